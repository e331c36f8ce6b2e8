"""data: the registry as an SQLite database, and the questions that the help shows."""

import json
import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from chengguo.output.export.sqlite import TABLES
from conftest import Run

AS_OF = ("--as-of", "2019-10-01")
HELP = Path(__file__).parent.parent / "src/chengguo/help"
QUERIES = re.findall(r"```sql\n(.*?)```", (HELP / "en/data.md").read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture
def database(run: Run, registry: Path) -> Path:
    """Return the database of the table, with two reports and an extension."""
    assert run("update", "4.1", "--note", "平台试运行", "--date", "2019-06-30").code == 0
    assert run("update", "2.1", "--status", "done", "--date", "2018-12-20").code == 0
    extension = ("--to", "2020-06-30", "--reason", "设备到货推迟", "--date", "2019-09-01")
    assert run("extend", "5.1", *extension).code == 0
    outcome = run("export", "data.sqlite", *AS_OF)
    assert (outcome.code, outcome.err) == (0, "")
    return registry.parent / "data.sqlite"


def asked(database: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(database)) as connection:
        return list(connection.execute(query))


def test_every_table_has_what_the_json_has(run: Run, database: Path) -> None:
    items = json.loads(run("list", *AS_OF, "--format", "json").out)["items"]
    kept = asked(database, "SELECT id, title, due, status, alert, days_left FROM items")
    assert kept == [
        tuple(each[name] for name in ("id", "title", "due", "status", "alert", "days_left")) for each in items
    ]
    roles = [
        (each["id"], name, role, place)
        for each in items
        for role in ("lead", "support")
        for place, name in enumerate(each[role], 1)
    ]
    assert asked(database, "SELECT id, department, role, place FROM roles") == roles
    assert asked(database, "SELECT id, date, status, note FROM reports") == [
        ("2.1", "2018-12-20", "done", None),
        ("4.1", "2019-06-30", None, "平台试运行"),
    ]
    assert asked(database, "SELECT id, wording, due, reason FROM extensions") == [
        ("5.1", "2020-06-30", "2020-06-30", "设备到货推迟")
    ]
    assert asked(database, "SELECT count(*), max(as_of) FROM plans") == [(1, "2019-10-01")]
    alerts = [(each["id"], alert["kind"]) for each in items for alert in each["alerts"]]
    assert asked(database, "SELECT id, kind FROM alerts") == alerts


def test_the_help_names_every_table_in_both_languages() -> None:
    for language in ("en", "zh"):
        text = (HELP / language / "data.md").read_text(encoding="utf-8")
        assert re.findall(r"(?m)^\| `(\w+)` \|", text) == list(TABLES)
        assert re.findall(r"```sql\n(.*?)```", text, re.DOTALL) == QUERIES


def test_the_questions_of_the_help_are_answered(run: Run, database: Path) -> None:
    departments = json.loads(run("depts", *AS_OF, "--format", "json").out)["departments"]
    counts = {each["name"]: (each["open"], each["overdue"]) for each in departments if each["open"]}
    first, second = QUERIES
    assert {name: (open_, late or 0) for name, open_, late in asked(database, first)} == counts
    assert asked(database, second) == [("2.1", "2018-12-20", None), ("4.1", "2019-06-30", "平台试运行")]


@pytest.mark.skipif(not shutil.which("sqlite3"), reason="the sqlite3 command is not installed")
def test_the_command_of_sqlite_reads_it(database: Path) -> None:
    done = subprocess.run(
        ["sqlite3", str(database), QUERIES[0]],  # noqa: S607
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    assert done.stdout.splitlines()[0].startswith("市科委|")


def test_it_is_the_same_bytes_for_the_same_file_and_day(run: Run, database: Path) -> None:
    before = database.read_bytes()
    assert run("export", "data.sqlite", *AS_OF, "--force").code == 0
    assert database.read_bytes() == before

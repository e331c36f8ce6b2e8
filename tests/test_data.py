"""data: the registry as an SQLite database, and the questions that the help shows."""

import json
import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from chengguo.output.export.relations import TABLES
from conftest import Run

AS_OF = ("--as-of", "2019-10-01")
HELP = Path(__file__).parent.parent / "src/chengguo/help"
QUERIES = re.findall(r"```sql\n(.*?)```", (HELP / "en/data.md").read_text(encoding="utf-8"), re.DOTALL)
OF_SQLITE, OF_DUCKDB = QUERIES[:2], QUERIES[2:]


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
    first, second = OF_SQLITE
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


# -- several plans -------------------------------------------------------------------------------


@pytest.fixture
def both(registry: Path) -> Path:
    """A folder with the table twice, in one of them an item done."""
    folder = registry.parent / "plans"
    folder.mkdir()
    text = registry.read_text(encoding="utf-8")
    (folder / "甲.yaml").write_text(text, encoding="utf-8")
    (folder / "乙.yaml").write_text(text.replace("status: pending", "status: done", 1), encoding="utf-8")
    return folder


@pytest.mark.usefixtures("both")
def test_a_database_holds_several_plans(run: Run, registry: Path) -> None:
    outcome = run("export", "data.sqlite", "-f", "plans", *AS_OF)
    assert (outcome.code, outcome.err) == (0, "")
    data = registry.parent / "data.sqlite"
    assert asked(data, "SELECT plan FROM plans") == [("乙",), ("甲",)]
    assert asked(data, "SELECT plan, count(*) FROM items WHERE status = 'done' GROUP BY plan") == [("乙", 1)]
    departments = json.loads(run("depts", "-f", "plans", *AS_OF, "--json").out)["departments"]
    counts = {each["name"]: (each["open"], each["overdue"]) for each in departments if each["open"]}
    assert {name: (open_, late or 0) for name, open_, late in asked(data, OF_SQLITE[0])} == counts
    twice = (
        "SELECT count(*) FROM roles JOIN departments ON (roles.plan, department) = (departments.plan, name)"
    )
    assert asked(data, twice) == asked(data, "SELECT count(*) FROM roles")


def test_a_database_of_one_plan_names_it_as_one_of_several(run: Run, registry: Path) -> None:
    assert run("export", "data.sqlite", *AS_OF).code == 0
    assert asked(registry.parent / "data.sqlite", "SELECT DISTINCT plan FROM items") == [(registry.stem,)]


def test_a_database_of_one_plan_takes_its_key(run: Run, registry: Path) -> None:
    text = registry.read_text(encoding="utf-8")
    registry.write_text(text.replace("plan:\n", "plan:\n  key: 成果\n", 1), encoding="utf-8")
    assert run("export", "data.sqlite", *AS_OF).code == 0
    assert asked(registry.parent / "data.sqlite", "SELECT DISTINCT plan FROM items") == [("成果",)]


# -- Parquet -------------------------------------------------------------------------------------


@pytest.mark.usefixtures("both")
def test_parquet_is_a_folder_a_plan_with_typed_columns(run: Run, registry: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="PyArrow is not installed")
    outcome = run("export", "data", "--format", "parquet", "-f", "plans", *AS_OF)
    assert outcome == (0, "data: 2 plans, 48 items, as of 2019-10-01\n", "")
    data = registry.parent / "data"
    assert sorted(path.name for path in data.iterdir()) == ["乙", "甲"]
    for plan in ("甲", "乙"):
        assert {path.stem for path in (data / plan).iterdir()} == {*TABLES}
    items = parquet.read_table(data / "甲" / "items.parquet")
    kinds = {field.name: str(field.type) for field in items.schema}
    assert [kinds[name] for name in ("plan", "task", "due", "days_left", "content")] == [
        *("string", "int64", "date32[day]", "int64", "string")
    ]
    wanted = json.loads(run("list", *AS_OF, "--json").out)["items"]
    found = [(row["id"], str(row["due"] or ""), row["days_left"]) for row in items.to_pylist()]
    assert found == [(each["id"], each["due"] or "", each["days_left"]) for each in wanted]
    departments = parquet.read_table(data / "甲" / "departments.parquet").to_pylist()
    assert departments[0]["aliases"] == ["市科学技术委员会"]
    assert parquet.read_table(data / "甲" / "reports.parquet").num_rows == 0


@pytest.mark.usefixtures("both")
def test_parquet_is_replaced_by_force_alone(run: Run, registry: Path) -> None:
    pytest.importorskip("pyarrow", reason="PyArrow is not installed")
    words = ("export", "data", "--format", "parquet", *AS_OF)
    assert run(*words, "-f", "plans").code == 0
    refused = run(*words, "-f", "plans")
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.startswith(f"chengguo: {Path('data/乙/plans.parquet')} exists\n")
    before = (registry.parent / "data/甲/items.parquet").read_bytes()
    assert run(*words, "-f", "plans", "--force").code == 0
    assert (registry.parent / "data/甲/items.parquet").read_bytes() == before
    assert run(*words, "-f", "plans/甲.yaml", "--force").out == (
        "data: 1 plan, 24 items, as of 2019-10-01\nleft there, of no plan of this export: 乙\n"
    )
    assert run(*words, "--by", "dept").code == 2


def test_duckdb_answers_the_help_over_two_hundred_plans(run: Run, registry: Path) -> None:
    pytest.importorskip("pyarrow", reason="PyArrow is not installed")
    duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed")
    folder = registry.parent / "plans"
    folder.mkdir()
    for number in range(200):
        plan = SMALL.replace("2019", str(2018 + number % 3)).replace("方案", f"方案{number:03}")
        (folder / f"方案{number:03}.yaml").write_text(plan, encoding="utf-8")
    outcome = run("export", "data", "--format", "parquet", "-f", "plans", *AS_OF)
    assert outcome == (0, "data: 200 plans, 400 items, as of 2019-10-01\n", "")
    first, second = (
        duckdb.sql(query.replace("'data/", f"'{registry.parent.as_posix()}/data/")).fetchall()
        for query in OF_DUCKDB
    )
    assert first == [("市科委", 200, 67), ("市教委", 200, 0)]
    assert len(second) == 200
    assert second[:3] == [("方案000", 2, 0, 0), ("方案001", 2, 0, 1), ("方案002", 2, 0, 0)]


SMALL = """\
format: 1
plan: {title: 方案, years: 2017-2020}
departments: {市科委: {}, 市教委: {}}
sections: {一: 甲}
tasks:
- id: 1
  section: 一
  title: 甲
  items:
  - {id: 1, content: 甲, lead: [市科委], support: [], schedule: 2019 年底, status: pending}
  - {id: 2, content: 乙, lead: [市教委], support: [市科委], schedule: 持续推进, status: pending}
"""


def test_the_help_shows_the_same_question_for_spark() -> None:
    def words(text: str) -> list[str]:
        return re.sub(r"'data/\*/(\w+)\.parquet'", r"\1", text).strip().rstrip(";").split()

    for language in ("en", "zh"):
        text = (HELP / language / "data.md").read_text(encoding="utf-8")
        (spark,) = re.findall(r'spark\.sql\("""\n(.*?)"""\)', text, re.DOTALL)
        assert words(spark) == words(OF_DUCKDB[0])

"""A field of an item, and a status, are one entry each: a copy of the program with one more of both."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import chengguo
from conftest import TASKS_YAML

SOURCE = Path(chengguo.__file__).parent
FIELD = """\
    Field("budget", "text", N_("budget"), N_("the money for it"), heading="资金", example="一百万元"),
    Field("checkers", "names", N_("checkers"), N_("who checks it"), heading="督导单位", example="[某办]"),
    Field("sited", "date", N_("sited on"), N_("the day of the choice of a place"), heading="选址日期"),
"""
STATUS = '    PAUSED = "paused", N_("paused"), "暂缓 缓办", "on hold"\n'


# Runs command after command in one process, which is quicker: words in, exit code and both outputs out.
RUNNER = """
import io, json, sys
from chengguo import cli
for line in sys.stdin:
    sys.argv, told, streams = ["chengguo", *json.loads(line)], sys.stdout, [io.BytesIO(), io.BytesIO()]
    sys.stdout, sys.stderr = (io.TextIOWrapper(each, "utf-8", newline="") for each in streams)
    code = cli.run()
    sys.stdout.flush(), sys.stderr.flush()
    texts = [each.getvalue().decode() for each in streams]
    sys.stdout = told
    print(json.dumps([code, *texts]), flush=True)
"""


class Program(NamedTuple):
    """The copy, running, and the folder that it runs in."""

    folder: Path
    process: subprocess.Popen[str]

    def run(self, *words: str) -> str:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{json.dumps(words)}\n")
        self.process.stdin.flush()
        code, out, err = json.loads(self.process.stdout.readline())
        assert (code, err) == (0, ""), (words, err)
        return str(out)


def insert(file: Path, above: str, lines: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(above) == 1
    file.write_text(text.replace(above, lines + above), encoding="utf-8")


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """The program with three fields and a status more, and a registry that has them."""
    place = tmp_path_factory.mktemp("program")
    half_written = shutil.ignore_patterns("*.pyc.*")  # what is compiled is taken along, for it costs seconds
    shutil.copytree(SOURCE, place / "chengguo", ignore=half_written)
    insert(
        place / "chengguo/registry/fields.py",
        '    Field(\n        "schedule",\n        "text",\n        N_("schedule"),',
        FIELD,
    )
    insert(place / "chengguo/model/status.py", '    BLOCKED = "blocked"', STATUS)
    folder = tmp_path_factory.mktemp("work")
    (folder / "tasks.yaml").write_bytes(TASKS_YAML.read_bytes())
    environment = {
        **os.environ,
        "PYTHONPATH": str(place),
        "XDG_STATE_HOME": str(folder / "state"),
        "LANG": "C.UTF-8",
        "LANGUAGE": "",
        "COLUMNS": "100",
    }
    with subprocess.Popen(
        [sys.executable, "-c", RUNNER],
        cwd=folder,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        found = Program(folder, process)
        found.run("update", "4", "--set", "budget=三百万元: 首期", "--set", "督导单位=市效能办、某办")
        found.run("update", "4", "--set", "sited=2019-03-01", "--status", "缓办", "--date", "2019-02-01")
        yield found


def test_the_update_stands_in_the_file_where_it_is_declared(program: Program) -> None:
    text = (program.folder / "tasks.yaml").read_text(encoding="utf-8")
    at = text.index("    budget: ")
    assert text[at:].splitlines()[:4] == [
        '    budget: "三百万元: 首期"',
        "    checkers: [市效能办, 某办]",
        "    sited: 2019-03-01",
        "    schedule: 2019 年底",
    ]
    assert "    status: paused\n    progress:\n    - date: 2019-02-01\n      status: paused\n" in text
    assert program.run("validate", "--strict") == "tasks.yaml: no findings\n"


def test_it_is_shown_and_listed(program: Program) -> None:
    shown = program.run("show", "4.1", "--as-of", "2019-03-01")
    for line in (
        "budget            三百万元: 首期",
        "checkers          市效能办、某办",
        "sited on          2019-03-01",
    ):
        assert f"{line}\n" in shown
    assert "paused" in program.run("list", "--status", "暂缓")
    assert "paused" in program.run("stats", "--by", "status")
    csv = program.run(
        "list", "--status", "paused", "--format", "csv", "--columns", "id,budget,checkers,sited"
    )
    assert csv == "id,budget,checkers,sited\n4.1,三百万元: 首期,市效能办、某办,2019-03-01\n"


def test_json_always_has_it(program: Program) -> None:
    items = json.loads(program.run("list", "--format", "json"))["items"]
    named = {item["id"]: (item["budget"], item["checkers"], item["sited"]) for item in items}
    assert named["4.1"] == ("三百万元: 首期", ["市效能办", "某办"], "2019-03-01")
    assert named["1.1"] == (None, None, None)


def test_schema_and_template_have_it(program: Program) -> None:
    schema = json.loads(program.run("schema"))
    item = schema["properties"]["tasks"]["items"]["properties"]["items"]["items"]["properties"]
    assert item["budget"]["title"] == "budget · budget"
    assert item["checkers"]["type"] == "array"
    assert "paused" in item["status"]["enum"]
    template = program.run("init", "-")
    assert "    # budget: 一百万元\n" in template
    assert "paused 暂缓" in template


@pytest.mark.parametrize("suffix", ["xlsx", "docx"])
def test_it_goes_out_and_comes_back(program: Program, suffix: str) -> None:
    program.run("export", f"out.{suffix}", "--restorable", "--as-of", "2019-03-01")
    program.run("import", f"out.{suffix}", "-o", f"back-{suffix}.yaml")
    was, now = (
        json.loads(program.run("list", "-f", name, "--as-of", "2019-03-01", "--format", "json"))["items"]
        for name in ("tasks.yaml", f"back-{suffix}.yaml")
    )
    assert now == was


def test_a_change_of_it_is_told(program: Program) -> None:
    (program.folder / "before.yaml").write_bytes((program.folder / "tasks.yaml").read_bytes())
    changed = program.run("update", "4", "--set", "budget=五百万元", "--dry-run")
    assert "  budget: 三百万元: 首期 → 五百万元\n" in changed

"""The gallery of bad registries: errors/<CODE>-<slug>/ holds one, and what ``validate`` prints of it.

A new folder with a tasks.yaml is a new test. ``CHENGGUO_UPDATE_GALLERY=1 pytest tests/test_gallery.py``
writes what is expected anew; read every difference before it is kept.
"""

import json
import os
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from chengguo.text.findings import CODES, WARNINGS
from conftest import Run

ERRORS = Path(__file__).parent / "errors"
FOLDERS = sorted(path.parent.name for path in ERRORS.glob("*/tasks.yaml"))
EXPECTED = {
    "text": "expected.txt",
    "concise": "expected.concise",
    "json": "expected.json",
    "github": "expected.github",
    "gitlab": "expected.gitlab.json",
    "junit": "expected.junit.xml",
    "sarif": "expected.sarif",
}
UPDATE = os.environ.get("CHENGGUO_UPDATE_GALLERY") == "1"


every_folder = pytest.mark.parametrize("name", FOLDERS)


@pytest.fixture(autouse=True)
def _few_findings(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let three findings be too many for Y110, whose output would fill the gallery."""
    if "Y110" in request.node.name:
        monkeypatch.setattr("chengguo.text.findings.MOST", 3)


def _expected(name: str) -> Any:
    return json.loads((ERRORS / name / "expected.json").read_bytes())


@every_folder
def test_validate_prints_what_is_expected(run: Run, name: str) -> None:
    outcomes = {
        file: run("validate", "tasks.yaml", "--format", form, folder=ERRORS / name)
        for form, file in EXPECTED.items()
    }
    if UPDATE:
        for file, outcome in outcomes.items():
            (ERRORS / name / file).write_bytes(outcome.out.encode())
    assert {file: outcome.out.encode() for file, outcome in outcomes.items()} == {
        file: (ERRORS / name / file).read_bytes() for file in outcomes
    }
    assert {outcome.err for outcome in outcomes.values()} == {""}
    assert {outcome.code for outcome in outcomes.values()} == {0 if name[:4] in WARNINGS else 1}


@pytest.mark.parametrize("name", [name for name in FOLDERS if name[:4] in WARNINGS])
def test_warnings_fail_when_strict(run: Run, name: str) -> None:
    assert run("validate", "tasks.yaml", "--strict", folder=ERRORS / name).code == 1


@every_folder
def test_the_fault_is_the_only_one(name: str) -> None:
    codes = {finding["code"] for finding in _expected(name)["findings"]}
    assert codes == ({"S201", "Y110"} if name.startswith("Y110") else {name[:4]})


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_folder(code: str) -> None:
    assert [name for name in FOLDERS if name.startswith(f"{code}-")]


@every_folder
def test_folder_holds_a_registry_and_three_outputs_and_nothing_else(name: str) -> None:
    assert re.fullmatch(r"[A-Z][0-9]{3}(?:-[a-z0-9]+)+", name)
    assert {path.name for path in (ERRORS / name).iterdir()} == {"tasks.yaml", *EXPECTED.values()}


def test_the_registry_that_all_others_come_from_is_sound(run: Run) -> None:
    assert run("validate", "sound.yaml", folder=ERRORS) == (0, "sound.yaml: no findings\n", "")


# The caret line, held against the widths of the characters: the expected files must not hide a slip.

_BLOCK = re.compile(
    r"^tasks\.yaml:(?P<line>\d+):(?P<column>\d+): .*\n"
    r"  \d+ \| (?P<excerpt>.*)\n"
    r" +\| (?P<lead> *)(?P<carets>\^+)\n",
    re.MULTILINE,
)


def _width(text: str) -> int:
    """Count the columns that ``text`` takes; a tab is shown as one space, a control character spelt out."""
    columns = {"W": 2, "F": 2}
    return sum(
        0
        if unicodedata.combining(character)
        else len(f"\\x{ord(character):02x}")
        if unicodedata.category(character) == "Cc" and character != "\t"
        else columns.get(unicodedata.east_asian_width(character), 1)
        for character in text
    )


@pytest.mark.parametrize("name", [name for name in FOLDERS if not name.startswith("Y101")])
def test_carets_stand_under_the_place(name: str) -> None:
    lines = (ERRORS / name / "tasks.yaml").read_bytes().decode("utf-8-sig").split("\n")
    blocks = list(_BLOCK.finditer((ERRORS / name / "expected.txt").read_bytes().decode()))
    findings = _expected(name)["findings"]
    assert len(blocks) == len(findings)
    for block, finding in zip(blocks, findings, strict=True):
        assert (int(block["line"]), int(block["column"])) == (finding["line"], finding["column"])
        line = lines[finding["line"] - 1]
        start, end = finding["column"] - 1, finding["end_column"] - 1
        if "…" in block["excerpt"]:
            continue  # only a part of the line is shown
        assert len(block["lead"]) == _width(line[:start])
        if finding["end_line"] == finding["line"]:
            assert len(block["carets"]) == max(1, _width(line[start:end]))

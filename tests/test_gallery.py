"""The gallery of bad registries: errors/<CODE>-<slug>/ holds one, and what ``validate`` prints of it.

A new folder with a tasks.yaml is a new test. ``expected.txt`` is what people read; the other formats are kept
for the folders of ``FEATURES``, which between them hold all that a format has to write.
``CHENGGUO_UPDATE_GALLERY=1 pytest tests/test_gallery.py`` writes what is expected anew; read every difference
before it is kept.
"""

import json
import os
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chengguo.checks.rules import CHECKS
from chengguo.checks.several import NAMESAKES
from chengguo.text.checks import UNOPENED
from chengguo.text.findings import Severity
from conftest import Run

ERRORS = Path(__file__).parent / "errors"
WARNINGS = {code for code, check in CHECKS.items() if check.severity is Severity.WARNING}
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


Findings = list[dict[str, Any]]

# The folders that are kept in every format: what a format has to write, and what is true of their bytes and
# findings because of it.
FEATURES: dict[str, tuple[str, Callable[[bytes, Findings], bool]]] = {
    "Y110-more-than-shown": (
        "several findings of several codes",
        lambda _, found: len(found) > 1 and len({each["code"] for each in found}) > 1,
    ),
    "Y107-two-on-a-line": (
        "two findings on a line; control characters",
        lambda data, found: b"\x7f" in data and found[0]["line"] == found[1]["line"],
    ),
    "D401-several-lines": (
        "several lines; a line feed in a message; an address",
        lambda _, found: (
            found[0]["end_line"] > found[0]["line"] and "\n" in found[0]["message"] and found[0]["address"]
        ),
    ),
    "Y109-empty": (
        "a place without width",
        lambda _, found: all(found[0][f"end_{name}"] == found[0][name] for name in ("line", "column")),
    ),
    "D401-bom-and-crlf": (
        "a byte order mark; lines that end in CRLF",
        lambda data, _: data.startswith(b"\xef\xbb\xbf") and b"\r\n" in data,
    ),
    "Y101-gbk": ("bytes that are not UTF-8", lambda data, _: "\ufffd" in data.decode(errors="replace")),
    "Y102-second-colon": (
        "a character beyond the basic plane in the line",
        lambda data, found: max(data.decode().split("\n")[found[0]["line"] - 1]) > "\uffff",
    ),
    "Y104-merge-key": ("signs of XML", lambda _, found: "<" in found[0]["message"]),
    "N306-shared-alias": ("another place; Chinese", lambda _, found: not found[0]["message"].isascii()),
    "S205-number-sign": (
        "a warning; quotation marks",
        lambda _, found: found[0]["severity"] == "warning" and '"' in found[0]["hint"],
    ),
}


def files_of(name: str) -> dict[str, str]:
    """Return the formats of a folder, and the files that hold them."""
    return EXPECTED if name in FEATURES else {"text": EXPECTED["text"]}


every_folder = pytest.mark.parametrize("name", FOLDERS)


@pytest.fixture(autouse=True)
def _few_findings(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let paths count from the folder, and three findings be too many for Y110, which would fill it."""
    monkeypatch.setattr("chengguo.output.findings.places.top", lambda folder: folder)  # with .git or without
    if "Y110" in request.node.name:
        monkeypatch.setattr("chengguo.text.findings.MOST", 3)


_FOUND: dict[str, Findings] = {}


def _findings(run: Run, name: str) -> Findings:
    if name not in _FOUND:
        printed = run("validate", "tasks.yaml", "--format", "json", folder=ERRORS / name).out
        _FOUND[name] = json.loads(printed)["findings"]
    return _FOUND[name]


@every_folder
def test_validate_prints_what_is_expected(run: Run, name: str) -> None:
    outcomes = {
        file: run("validate", "tasks.yaml", "--format", form, folder=ERRORS / name)
        for form, file in files_of(name).items()
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
def test_the_fault_is_the_only_one(run: Run, name: str) -> None:
    codes = {finding["code"] for finding in _findings(run, name)}
    assert codes == ({"S201", "Y110"} if name.startswith("Y110") else {name[:4]})


@pytest.mark.parametrize(
    "code", sorted(CHECKS.keys() - {UNOPENED.code, NAMESAKES.code})
)  # no folder holds a file that is not there, or two
def test_every_code_has_a_folder(code: str) -> None:
    assert [name for name in FOLDERS if name.startswith(f"{code}-")]


@every_folder
def test_folder_holds_a_registry_and_its_outputs_and_nothing_else(name: str) -> None:
    assert re.fullmatch(r"[A-Z][0-9]{3}(?:-[a-z0-9]+)+", name)
    assert {path.name for path in (ERRORS / name).iterdir()} == {"tasks.yaml", *files_of(name).values()}


@pytest.mark.parametrize("name", FEATURES)
def test_folder_in_every_format_holds_its_feature(run: Run, name: str) -> None:
    feature, holds = FEATURES[name]
    assert holds((ERRORS / name / "tasks.yaml").read_bytes(), _findings(run, name)), feature


def test_another_place_is_in_the_format_that_has_room_for_it() -> None:
    [run] = json.loads((ERRORS / "N306-shared-alias" / "expected.sarif").read_bytes())["runs"]
    assert len(run["results"][0]["relatedLocations"]) == 1


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
def test_carets_stand_under_the_place(run: Run, name: str) -> None:
    lines = (ERRORS / name / "tasks.yaml").read_bytes().decode("utf-8-sig").split("\n")
    blocks = list(_BLOCK.finditer((ERRORS / name / "expected.txt").read_bytes().decode()))
    findings = _findings(run, name)
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

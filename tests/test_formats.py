"""Findings as others read them: concise, GitLab, JUnit, SARIF, and the choice that auto makes."""

import json
import os
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import junitparser
import pytest
from sarif import loader  # type: ignore[import-untyped]  # the package has no types

import systems
from chengguo import __version__
from chengguo.checks.rules import CHECKS
from conftest import Run

FORMATS = ("text", "concise", "json", "github", "gitlab", "junit", "sarif")
SOUND = """\
format: 1
plan: {title: 示例方案}
departments: {市科委: {}, 市教委: {}}
sections: {一: 第一部分}
tasks:
- id: 1
  section: 一
  title: 示例任务
  items:
  - id: 1
    content: 示例内容。
    lead: [市科委]
    support: [市教委]
    schedule: 2019 年底
    status: pending
"""
WARNED = SOUND.replace("2019 年底", "2019 年前")
FAULTY = WARNED.replace("[市科委]", "[市科委, 市可委]")
TWINS = SOUND + SOUND[SOUND.index("- id: 1") :]
TWICE = SOUND.replace("[市科委]", "[市科委, 市可委, 市可委]")
MISSING = "format: 1\n"  # four fields are missing, all told of at one place
CONFLICT = SOUND.replace(
    "    status: pending\n",
    "<<<<<<< HEAD\n    status: done\n=======\n    status: pending\n>>>>>>> other\n",
)
NO_DEPARTMENT = "no department '市可委' in the register"
DOUBTFUL = "the schedule '2019 年前' is doubtful: read as 2018-12-31; it may mean 2019-12-31"
ADD_DUE = "Keep the official wording and add 'due:' with the day that is meant."
not_utf8 = pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="file names are Unicode there")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder of one sound file and three that are not."""
    for name, text in {"sound": SOUND, "warned": WARNED, "faulty": FAULTY, "twins": TWINS}.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def printed(run: Run, text: str, chosen: str, **environment: str) -> str:
    """Give what is printed of a faulty text, read from standard input."""
    outcome = run("validate", "-", "--format", chosen, stdin=text.encode(), **environment)
    assert (outcome.code, outcome.err) == (1, "")
    return outcome.out


# -- every format --------------------------------------------------------------------------------


@pytest.mark.parametrize("chosen", FORMATS)
@pytest.mark.parametrize(
    ("name", "code", "strict"), [("sound", 0, 0), ("warned", 0, 1), ("faulty", 1, 1), ("twins", 1, 1)]
)
@pytest.mark.usefixtures("folder")
def test_the_exit_code_is_that_of_the_findings(
    run: Run, name: str, code: int, strict: int, chosen: str
) -> None:
    words = ("validate", f"{name}.yaml", "--format", chosen)
    assert run(*words).code == code
    assert run(*words, "--strict").code == strict


FILES = ("faulty.yaml", "sound.yaml", "twins.yaml")


@pytest.mark.parametrize("chosen", FORMATS)
@pytest.mark.usefixtures("folder")
def test_of_several_files_every_finding_is_there_in_order(run: Run, chosen: str) -> None:
    outcome = run("validate", *FILES, "--format", chosen)
    assert (outcome.code, outcome.err) == (1, "")
    told = [outcome.out.find(message) for message in (NO_DEPARTMENT, DOUBTFUL, "task 1 stands twice")]
    assert -1 < told[0] < told[1] < told[2]


@pytest.mark.parametrize("chosen", FORMATS)
@pytest.mark.usefixtures("folder")
def test_a_file_that_is_not_there_hides_no_other(run: Run, chosen: str) -> None:
    outcome = run("validate", "faulty.yaml", "nowhere.yaml", "--format", chosen)
    assert (outcome.code, outcome.err) == (2, "")
    for told in (NO_DEPARTMENT, DOUBTFUL, "there is no file nowhere.yaml"):
        assert told in outcome.out


@pytest.mark.usefixtures("folder")
def test_every_file_that_is_not_there_is_told_of(run: Run) -> None:
    outcome = run("validate", "nowhere.yaml", "sound.yaml", "neither.yaml")
    assert (outcome.code, outcome.err) == (2, "")
    assert "nowhere.yaml:1:1: Y100 there is no file nowhere.yaml\n" in outcome.out
    assert "neither.yaml:1:1: Y100 there is no file neither.yaml\n" in outcome.out


@pytest.mark.parametrize("chosen", FORMATS)
def test_standard_input_has_a_name(run: Run, chosen: str) -> None:
    assert "<stdin>" in unquote(printed(run, FAULTY, chosen)).replace("&lt;", "<").replace("&gt;", ">")


@not_utf8
@pytest.mark.parametrize(
    "chosen",
    [
        *("text", "concise", "json", "github", "junit"),
        *(pytest.param(chosen) for chosen in ("gitlab", "sarif")),
    ],
)
def test_a_file_name_that_is_not_utf8_is_no_fault(run: Run, tmp_path: Path, chosen: str) -> None:
    name = os.fsdecode("任务.yaml".encode("gbk"))
    (tmp_path / name).write_text(FAULTY, encoding="utf-8")
    outcome = run("validate", name, "--format", chosen)
    assert (outcome.code, outcome.err) == (1, "")
    assert "N301" in outcome.out


# -- concise -------------------------------------------------------------------------------------


@pytest.mark.usefixtures("folder")
def test_concise_is_a_line_a_finding(run: Run) -> None:
    outcome = run("validate", *FILES, "--format", "concise")
    assert (outcome.code, outcome.err) == (1, "")
    assert outcome.out == (
        f"faulty.yaml:12:17: N301 {NO_DEPARTMENT}\n"
        f"faulty.yaml:14:15: D402 warning: {DOUBTFUL}\n"
        "twins.yaml:16:7: T601 task 1 stands twice\n"
    )


@pytest.mark.usefixtures("folder")
def test_concise_says_nothing_of_sound_files(run: Run) -> None:
    assert run("validate", "sound.yaml", "sound.yaml", "--format", "concise") == (0, "", "")


@pytest.mark.usefixtures("folder")
def test_concise_in_chinese(run: Run) -> None:
    out = run("validate", "faulty.yaml", "--format", "concise", LANG="zh_CN.UTF-8").out
    fault, doubt = out.splitlines()
    assert fault.startswith("faulty.yaml:12:17: N301 部门")
    assert doubt.startswith("faulty.yaml:14:15: D402 警告：")


def test_concise_is_one_line_even_for_a_name_of_two(run: Run) -> None:
    text = SOUND.replace("[市科委]", r'[市科委, "市可\n委"]')
    assert printed(run, text, "concise") == (
        r"<stdin>:12:17: N301 no department '市可\n委' in the register" + "\n"
    )


@systems.names
@pytest.mark.parametrize("chosen", ["concise", "text"])
def test_an_escape_in_a_file_name_is_made_visible(run: Run, tmp_path: Path, chosen: str) -> None:
    (tmp_path / "\x1b[31m.yaml").write_text(FAULTY, encoding="utf-8")
    out = run("validate", "\x1b[31m.yaml", "--format", chosen).out
    assert out.startswith(r"\x1b[31m.yaml:12:17: N301 ")


# -- JUnit ---------------------------------------------------------------------------------------


def suites(xml: str) -> list[junitparser.TestSuite]:
    document = junitparser.JUnitXml.fromstring(xml.encode())
    assert isinstance(document, junitparser.JUnitXml)
    assert document.name == "chengguo validate"
    return list(document)


def failures(suite: junitparser.TestSuite) -> list[tuple[str, str, str, str]]:
    """Give the name of each failed case and the type, message and text of its one failure."""
    found = []
    for case in suite:
        [failure] = case.result
        assert isinstance(failure, junitparser.Failure)
        found.append((case.name, failure.type, failure.message, failure.text))
    return found


@pytest.mark.usefixtures("folder")
def test_junit_has_a_suite_a_file(run: Run) -> None:
    read = suites(run("validate", *FILES, "--format", "junit").out)
    counts = [(suite.name, suite.tests, suite.failures, suite.errors, suite.skipped) for suite in read]
    assert counts == [("faulty.yaml", 2, 2, 0, 0), ("sound.yaml", 1, 0, 0, 0), ("twins.yaml", 1, 1, 0, 0)]
    assert [len(list(suite)) for suite in read] == [2, 1, 1]
    assert [{case.classname for case in suite} for suite in read] == [{name} for name in FILES]


@pytest.mark.usefixtures("folder")
def test_junit_has_a_passed_case_for_a_sound_file(run: Run) -> None:
    outcome = run("validate", "sound.yaml", "--format", "junit")
    [[case]] = suites(outcome.out)
    assert (outcome.code, case.name, case.is_passed) == (0, "sound", True)


@pytest.mark.usefixtures("folder")
def test_junit_has_a_failed_case_a_finding(run: Run) -> None:
    [suite] = suites(run("validate", "faulty.yaml", "--format", "junit").out)
    assert [case.is_passed for case in suite] == [False, False]
    assert failures(suite) == [
        (
            f"N301 faulty.yaml:12:17 {NO_DEPARTMENT}",
            "error N301",
            NO_DEPARTMENT,
            f"faulty.yaml:12:17: {NO_DEPARTMENT}\nDid you mean 市科委, 市教委?",
        ),
        (
            f"D402 faulty.yaml:14:15 {DOUBTFUL}",
            "warning D402",
            DOUBTFUL,
            f"faulty.yaml:14:15: {DOUBTFUL}\n{ADD_DUE}",
        ),
    ]


def test_junit_cases_have_names_of_their_own(run: Run) -> None:
    [suite] = suites(printed(run, MISSING, "junit"))
    assert suite.tests == 4
    assert len({case.name for case in suite}) == 4


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<甲 & '乙'>", "<甲 & '乙'>"),
        (r"\"甲\"", '"甲"'),
        ("甲]]>乙", "甲]]>乙"),
        ("&amp;", "&amp;"),
        ("<!--", "<!--"),
        (r"\0\e\x8f", r"\x00\x1b\x8f"),
        (r"\u202e甲", r"\u202e甲"),
        (r"甲\t乙", "甲\t乙"),
        ("🎉", "🎉"),
        pytest.param(r"\uFFFE", r"\ufffe"),
        pytest.param(r"\uFFFF", r"\uffff"),
    ],
)
def test_junit_escapes_what_xml_cannot_hold(run: Run, written: str, shown: str) -> None:
    text = SOUND.replace("[市科委]", f'[市科委, "{written}"]')
    [suite] = suites(printed(run, text, "junit"))
    [(_name, _type, message, told)] = failures(suite)
    assert message == f"no department '{shown}' in the register"
    assert told.startswith(f"<stdin>:12:17: {message}")


@systems.names
def test_junit_escapes_file_names(run: Run, tmp_path: Path) -> None:
    name = "<a> & 'b' \"c\" 表.yaml"
    (tmp_path / name).write_text(FAULTY, encoding="utf-8")
    [suite] = suites(run("validate", name, "--format", "junit").out)
    assert suite.name == name
    assert [case.name for case in suite] == [
        f"N301 {name}:12:17 {NO_DEPARTMENT}",
        f"D402 {name}:14:15 {DOUBTFUL}",
    ]


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_junit_is_xml_whatever_the_console_holds(run: Run, encoding: str) -> None:
    words = ("validate", "-", "--format", "junit")
    out = run(*words, stdin=FAULTY.encode(), encoding=encoding).out
    document = junitparser.JUnitXml.fromstring(out.encode(encoding))
    assert [case.result[0].message for suite in document for case in suite] == [NO_DEPARTMENT, DOUBTFUL]


# -- SARIF ---------------------------------------------------------------------------------------


def only(required: dict[str, Any], **optional: Any) -> dict[str, Any]:
    """Give the schema of an object that has all of ``required`` and nothing beyond ``optional``."""
    return {
        "type": "object",
        "required": list(required),
        "properties": {**required, **optional},
        "additionalProperties": False,
    }


def distinct(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items, "uniqueItems": True}


# What SARIF 2.1.0 asks of the parts that are used, with the number of the section.
_MESSAGE = only({"text": {"type": "string", "minLength": 1}})  # 3.11, 3.12
_LEVEL = {"enum": ["none", "note", "warning", "error"]}  # 3.27.10
_COUNT = {"type": "integer", "minimum": 1}
_REGION = only({"startLine": _COUNT}, startColumn=_COUNT, endLine=_COUNT, endColumn=_COUNT)  # 3.30
_URI = {
    "type": "string",
    "pattern": r"^(file://)?[A-Za-z0-9._~/:-]*(%[0-9A-F]{2}[A-Za-z0-9._~/:-]*)*$",
}  # RFC 3986
_PLACE = only({"artifactLocation": only({"uri": _URI})}, region=_REGION)  # 3.4, 3.29
_LOCATION = only({"physicalLocation": _PLACE}, message=_MESSAGE)  # 3.28
_RULE = only(  # 3.49
    {"id": {"type": "string"}},
    shortDescription=_MESSAGE,
    fullDescription=_MESSAGE,
    defaultConfiguration=only({}, level=_LEVEL),  # 3.50
)
_DRIVER = only(  # 3.19
    {"name": {"type": "string", "minLength": 1}},
    version={"type": "string"},
    informationUri={"type": "string"},
    rules=distinct(_RULE),
)
_RESULT = only(  # 3.27
    {"message": _MESSAGE},
    ruleId={"type": "string"},
    ruleIndex={"type": "integer", "minimum": 0},
    level=_LEVEL,
    locations={"type": "array", "items": _LOCATION},
    relatedLocations=distinct(_LOCATION),
    partialFingerprints={"type": "object", "additionalProperties": {"type": "string"}},
)
_RUN = only(  # 3.14; results, for a run that has looked for some
    {"tool": only({"driver": _DRIVER}), "results": {"type": "array", "items": _RESULT}},
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
)
_LOG = only(  # 3.13
    {"version": {"const": "2.1.0"}, "runs": {"type": "array", "items": _RUN}},
    **{"$schema": {"type": "string", "format": "uri"}},
)
_CHECKER = jsonschema.Draft7Validator(_LOG)


def logged(out: str) -> Any:
    """Give the only run of a SARIF log, which is as the standard asks."""
    log = json.loads(out)
    assert [error.message for error in _CHECKER.iter_errors(log)] == []
    [run] = log["runs"]
    return run


def regions(results: Any) -> list[tuple[int, int, int, int]]:
    fields = ("startLine", "startColumn", "endLine", "endColumn")
    found = [result["locations"][0]["physicalLocation"]["region"] for result in results]
    return [tuple(region[field] for field in fields) for region in found]


@pytest.mark.usefixtures("folder")
def test_sarif_tools_reads_the_results(run: Run, folder: Path) -> None:
    report = folder / "findings.sarif"
    report.write_text(run("validate", *FILES, "--format", "sarif").out, encoding="utf-8")
    read = loader.load_sarif_file(str(report))
    assert read.get_distinct_tool_names() == ["chengguo"]
    assert read.get_records() == [
        {
            "Tool": "chengguo",
            "Severity": severity,
            "Code": code,
            "Description": description,
            "Location": location,
            "Line": line,
        }
        for location, line, severity, code, description in [
            ("faulty.yaml", 12, "error", "N301", f"{NO_DEPARTMENT}\nDid you mean 市科委, 市教委?"),
            ("faulty.yaml", 14, "warning", "D402", f"{DOUBTFUL}\n{ADD_DUE}"),
            (
                "twins.yaml",
                16,
                "error",
                "T601",
                "task 1 stands twice\nGive the newer one an id that is free; addresses must not change.",
            ),
        ]
    ]


@pytest.mark.usefixtures("folder")
def test_a_sarif_log_names_its_standard(run: Run) -> None:
    log = json.loads(run("validate", *FILES, "--format", "sarif").out)
    assert list(log) == ["$schema", "version", "runs"]
    assert log["version"] == "2.1.0"
    assert log["$schema"] == (
        "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
    )
    assert logged(json.dumps(log))["columnKind"] == "unicodeCodePoints"


@pytest.mark.usefixtures("folder")
def test_sarif_describes_the_codes_that_it_found(run: Run) -> None:
    log = logged(run("validate", "faulty.yaml", "--format", "sarif").out)
    driver, found = log["tool"]["driver"], sorted({result["ruleId"] for result in log["results"]})
    assert (driver["name"], driver["version"]) == ("chengguo", __version__)
    assert len(found) > 1
    told = {rule["id"]: (rule["shortDescription"], rule["defaultConfiguration"]) for rule in driver["rules"]}
    assert told == {
        code: ({"text": CHECKS[code].meaning}, {"level": CHECKS[code].severity.value}) for code in found
    }
    assert len({rule["fullDescription"]["text"] for rule in driver["rules"]}) == len(found)


@pytest.mark.usefixtures("folder")
def test_sarif_of_a_sound_file_has_an_empty_list_of_results(run: Run) -> None:
    outcome = run("validate", "sound.yaml", "--format", "sarif")
    assert (outcome.code, logged(outcome.out)["results"]) == (0, [])


@pytest.mark.parametrize(
    "text",
    [FAULTY, TWINS, TWICE, MISSING, CONFLICT, "", "- a\n", "a: [", 'a: "', "\tx: 1", "a: 1\n---\nb: 2\n"],
)
def test_sarif_results_point_at_their_rules(run: Run, text: str) -> None:
    logs = logged(printed(run, text, "sarif"))
    rules = [rule["id"] for rule in logs["tool"]["driver"]["rules"]]
    codes = [line.split()[1] for line in printed(run, text, "concise").splitlines()]
    assert [result["ruleId"] for result in logs["results"]] == codes
    assert [rules[result["ruleIndex"]] for result in logs["results"]] == codes
    assert len(codes) > 0


@pytest.mark.parametrize("lead", ["", "\ufeff"])
def test_sarif_regions_count_code_points_from_1(run: Run, lead: str) -> None:
    text = SOUND.replace("[市科委]", "[市科委, '🎉', 市可委]")
    results = logged(printed(run, lead + text, "sarif"))["results"]
    assert regions(results) == [(12, 17, 12, 20), (12, 22, 12, 25)]
    lines = text.splitlines()
    marked = [lines[line - 1][start - 1 : end - 1] for line, start, _line, end in regions(results)]
    assert marked == ["'🎉'", "市可委"]


def test_the_first_place_of_a_file_is_1_1(run: Run) -> None:
    assert regions(logged(printed(run, "", "sarif"))["results"]) == [(1, 1, 1, 1)]
    assert regions(logged(printed(run, "格: 1\n", "sarif"))["results"])[0] == (1, 1, 1, 2)


def test_sarif_paths_are_percent_encoded(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "资料 #1" / "任务 100%.yaml"
    path.parent.mkdir()
    path.write_text(FAULTY, encoding="utf-8")
    out = run("validate", str(path.relative_to(tmp_path)), "--format", "sarif").out
    places = [result["locations"][0]["physicalLocation"] for result in logged(out)["results"]]
    uri = "%E8%B5%84%E6%96%99%20%231/%E4%BB%BB%E5%8A%A1%20100%25.yaml"
    assert [place["artifactLocation"]["uri"] for place in places] == [uri, uri]
    assert unquote(uri) == "资料 #1/任务 100%.yaml"


@pytest.mark.usefixtures("folder")
def test_sarif_relates_a_duplicate_to_the_first(run: Run) -> None:
    [result] = logged(run("validate", "twins.yaml", "--format", "sarif").out)["results"]
    [location] = result["relatedLocations"]
    place = location["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "twins.yaml"}
    assert (place["region"]["startLine"], place["region"]["startColumn"]) == (6, 7)
    assert regions([result]) == [(16, 7, 16, 8)]


@pytest.mark.usefixtures("folder")
def test_sarif_relates_nothing_to_a_lone_place(run: Run) -> None:
    results = logged(run("validate", "faulty.yaml", "--format", "sarif").out)["results"]
    assert [result.get("relatedLocations", []) for result in results] == [[], []]


def test_sarif_is_ascii_where_the_console_is_not_unicode(run: Run) -> None:
    words = ("validate", "-", "--format", "sarif")
    out = run(*words, stdin=FAULTY.encode(), encoding="gbk").out
    assert out.isascii()
    assert logged(out)["results"] == logged(printed(run, FAULTY, "sarif"))["results"]


# -- GitLab --------------------------------------------------------------------------------------


def fingerprints(run: Run, text: str) -> list[str]:
    return [entry["fingerprint"] for entry in json.loads(printed(run, text, "gitlab"))]


@pytest.mark.usefixtures("folder")
def test_gitlab_has_an_entry_a_finding(run: Run) -> None:
    entries = json.loads(run("validate", *FILES, "--format", "gitlab").out)
    assert [len(entry.pop("fingerprint")) for entry in entries] == [64, 64, 64]
    assert entries == [
        {
            "description": f"{NO_DEPARTMENT} Did you mean 市科委, 市教委?",
            "check_name": "N301",
            "severity": "major",
            "location": {"path": "faulty.yaml", "lines": {"begin": 12}},
        },
        {
            "description": f"{DOUBTFUL} {ADD_DUE}",
            "check_name": "D402",
            "severity": "minor",
            "location": {"path": "faulty.yaml", "lines": {"begin": 14}},
        },
        {
            "description": "task 1 stands twice Give the newer one an id that is free; "
            "addresses must not change.",
            "check_name": "T601",
            "severity": "major",
            "location": {"path": "twins.yaml", "lines": {"begin": 16}},
        },
    ]


@pytest.mark.usefixtures("folder")
def test_gitlab_has_an_empty_list_for_sound_files(run: Run) -> None:
    assert run("validate", "sound.yaml", "--format", "gitlab") == (0, "[]\n", "")


@pytest.mark.parametrize(
    ("given", "path"), [("表/甲 乙.yaml", "表/甲 乙.yaml"), ("./表/甲 乙.yaml", "表/甲 乙.yaml")]
)
def test_gitlab_paths_are_relative_as_given(run: Run, tmp_path: Path, given: str, path: str) -> None:
    (tmp_path / "表").mkdir()
    (tmp_path / "表" / "甲 乙.yaml").write_text(FAULTY, encoding="utf-8")
    entries = json.loads(run("validate", given, "--format", "gitlab").out)
    assert [entry["location"]["path"] for entry in entries] == [path, path]


@pytest.mark.parametrize("text", [FAULTY, TWINS, TWICE, MISSING])
def test_gitlab_fingerprints_are_unique(run: Run, text: str) -> None:
    found = fingerprints(run, text)
    assert len(set(found)) == len(found) == len(printed(run, text, "concise").splitlines())


@pytest.mark.usefixtures("folder")
def test_gitlab_fingerprints_tell_files_apart(run: Run, folder: Path) -> None:
    (folder / "again.yaml").write_text(FAULTY, encoding="utf-8")
    entries = json.loads(run("validate", "faulty.yaml", "again.yaml", "--format", "gitlab").out)
    assert len({entry["fingerprint"] for entry in entries}) == 4


@pytest.mark.parametrize(
    "text",
    [
        *(FAULTY, TWINS, TWICE, MISSING),
        "format: [1\n",
        pytest.param(CONFLICT),
    ],
)
def test_gitlab_fingerprints_stay_when_lines_are_inserted_above(run: Run, text: str) -> None:
    below = f"# 一行\n\n# 又一行\n{text}"
    assert fingerprints(run, below) == fingerprints(run, text)
    lines = [json.loads(printed(run, each, "gitlab"))[0]["location"]["lines"] for each in (text, below)]
    assert lines[1]["begin"] == lines[0]["begin"] + 3


def test_gitlab_fingerprints_stay_when_another_finding_goes(run: Run) -> None:
    [gone, stays] = fingerprints(run, FAULTY.replace("年前", "年低"))
    [left] = fingerprints(run, WARNED.replace("年前", "年低"))
    assert left == stays != gone


# -- auto ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("environment", "chosen"),
    [
        ({"GITHUB_ACTIONS": "true"}, "github"),
        ({}, "text"),
        ({"GITHUB_ACTIONS": "false"}, "text"),
        ({"GITHUB_ACTIONS": ""}, "text"),
        ({"CI": "true", "GITLAB_CI": "true"}, "text"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_auto_is_github_in_its_actions_and_text_elsewhere(
    run: Run, environment: dict[str, str], chosen: str
) -> None:
    outcome = run("validate", *FILES, "--format", "auto", **environment)
    assert outcome == run("validate", *FILES, "--format", chosen)
    assert outcome.out.startswith("::error file=") is (chosen == "github")


@pytest.mark.usefixtures("folder")
def test_without_a_format_github_actions_changes_nothing(run: Run) -> None:
    assert run("validate", *FILES, GITHUB_ACTIONS="true") == run("validate", *FILES)


@pytest.mark.usefixtures("folder")
def test_an_unknown_format_is_wrong_usage(run: Run) -> None:
    outcome = run("validate", "sound.yaml", "--format", "xml")
    assert (outcome.code, outcome.out) == (2, "")
    assert "Invalid value for '--format': 'xml' is not one of" in " ".join(
        outcome.err.replace("│", " ").split()
    )


# -- places and files that cannot be opened ------------------------------------------------------


def places(run: Run, name: str, folder: Path) -> tuple[str, str, str]:
    """Give the path of one file in the formats that hosts of code read."""
    out = {form: run("validate", name, "--format", form, folder=folder).out for form in FORMATS}
    [result, *_others] = logged(out["sarif"])["results"]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    github = out["github"].partition("file=")[2].partition(",")[0]
    return unquote(uri), json.loads(out["gitlab"])[0]["location"]["path"], unquote(github)


def test_paths_count_from_the_top_of_the_repository(run: Run, tmp_path: Path) -> None:
    repository = tmp_path / "库"
    below = repository / "a" / "b"
    for file in (below / "x.yaml", repository / "a" / "y.yaml", tmp_path / "z.yaml"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(FAULTY, encoding="utf-8")
    (repository / ".git").mkdir()
    assert places(run, "x.yaml", below) == ("a/b/x.yaml",) * 3
    assert places(run, "../y.yaml", below) == ("a/y.yaml",) * 3
    assert places(run, str(below / "x.yaml"), below) == ("a/b/x.yaml",) * 3
    outside = tmp_path / "z.yaml"
    name = outside.as_posix()
    assert places(run, name, below) == (unquote(outside.as_uri()), name, name)


@systems.links
def test_paths_by_a_link_count_from_the_top_of_the_repository(run: Run, tmp_path: Path) -> None:
    repository = tmp_path / "库"
    (repository / ".git").mkdir(parents=True)
    (repository / "y.yaml").write_text(FAULTY, encoding="utf-8")
    (tmp_path / "link").symlink_to(repository)
    assert places(run, str(tmp_path / "link" / "y.yaml"), repository) == ("y.yaml",) * 3


@pytest.mark.parametrize("chosen", FORMATS)
@pytest.mark.usefixtures("folder")
def test_a_file_that_cannot_be_opened_is_in_the_report(run: Run, chosen: str) -> None:
    outcome = run("validate", "no.yaml", "sound.yaml", "--format", chosen)
    assert (outcome.code, outcome.err) == (2, "")
    for part in ("no.yaml", "Y100", "there is no file no.yaml"):
        assert part in outcome.out
    if chosen == "sarif":
        assert [result["ruleId"] for result in logged(outcome.out)["results"]] == ["Y100"]
    if chosen == "junit":
        suites = junitparser.JUnitXml.fromstring(outcome.out.encode())
        assert [suite.failures for suite in suites] == [1, 0]

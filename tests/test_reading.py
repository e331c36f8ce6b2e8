"""reading: nodes to a registry and findings; one bad value hides no other, and nothing raises."""

import random
from datetime import date
from json import loads
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengguo.checks.rules import check
from chengguo.model import Department, Item, Plan, Progress, Registry, Years
from chengguo.model.status import Status
from chengguo.output.findings import github, json, text
from chengguo.registry.reading import read_registry
from chengguo.text.source import Source, decode
from conftest import TASKS_YAML, Run

SOUND = (Path(__file__).parent / "errors" / "sound.yaml").read_text(encoding="utf-8")


def registry(*replacements: tuple[str, str]) -> Registry:
    """Read the sound registry with each of the old texts replaced, once."""
    changed = SOUND
    for old, new in replacements:
        assert old in changed
        changed = changed.replace(old, new, 1)
    return read_registry(Source("tasks.yaml", changed)).registry


def told(found: Registry) -> list[tuple[str, str]]:
    return [(finding.code, finding.message) for finding in found.findings]


def item(found: Registry, address: str) -> Item:
    return next(item for item in found.items if item.address == address)


# What a sound file says.


def test_a_sound_file_is_read_whole() -> None:
    found = registry()
    assert found.findings == ()
    assert found.plan == Plan(
        "上海市促进科技成果转移转化行动方案(2017—2020)", "任务分工与进度表", Years(2017, 2020), None
    )
    assert [(section.id, section.title) for section in found.sections] == [
        ("三", "建设科技成果转移转化服务体系"),
        ("四", "优化科技成果转移转化生态体系"),
    ]
    assert [(task.id, task.section, len(task.items)) for task in found.tasks] == [(8, "三", 2), (12, "四", 1)]
    assert [item.address for item in found.items] == ["8.1", "8.3", "12.1"]


def test_an_item_is_read_whole() -> None:
    found = item(registry(), "8.1")
    assert found.content == "建设国家技术转移人才培养基地。"
    assert (found.lead, found.support) == (("市科委",), ("市教委",))
    assert (found.schedule.wording, found.due, found.explicit_due) == ("2018 年底", date(2018, 12, 31), None)
    assert found.status is Status.DONE
    assert found.progress == (
        Progress(date(2018, 6, 29), Status.IN_PROGRESS, None),
        Progress(date(2018, 12, 20), Status.DONE, "基地已挂牌"),
    )


def test_places_are_those_of_the_values() -> None:
    found = item(registry(), "12.1")
    places = {field: [SOUND[slice(*span)] for span in spans] for field, spans in found.places.items()}
    assert places.pop("content")[0].startswith("|-\n")
    assert places == {
        "id": ["1"],
        "lead": ["各相关区政府", "市科委"],
        "support": ["市教委"],
        "schedule": ["2019 年底"],
        "status": ["pending"],
        "progress": [],
    }


def test_a_department_may_be_all_empty() -> None:
    found = registry(("  市教委:\n    full: 上海市教育委员会\n", "  市教委:\n"))
    assert found.findings == ()
    span = found.departments[1].span
    assert found.departments[1] == Department("市教委", None, (), False, None, None, span)  # noqa: FBT003
    assert span.end - span.start == len("市教委")


def test_optional_fields_may_be_left_out() -> None:
    found = registry(
        ("  table: 任务分工与进度表\n  years: 2017-2020\n", ""),
        ("    support: [市教委]\n    schedule: 2019", "    schedule: 2019"),
    )
    assert found.findings == ()
    assert (found.plan.table, found.plan.years) == ("", None)
    assert item(found, "12.1").support == ()


def test_all_fields_of_the_register_and_the_plan_are_read() -> None:
    found = registry(
        ("  years: 2017-2020\n", "  years: 2017—2020\n  issued: 2017-05-31\n"),
        ("    group: true\n", "    group: false\n    successor: 市科委\n    until: 2018-11\n"),
    )
    assert found.findings == ()
    assert (found.plan.years, found.plan.issued) == (Years(2017, 2020), date(2017, 5, 31))
    assert found.departments[2][3:6] == (False, "市科委", "2018-11")


# Scalars mean what they look like.

LOOKS = ["no", "on", "yes", "true", "null", "~", "010", "1.10", "12:30", "2017-12-31", "1e3", "0x1F", "="]


@pytest.mark.parametrize("word", LOOKS)
def test_a_text_is_the_text_as_written(word: str) -> None:
    found = registry(("title: 示范打造科技成果转化功能集聚区", f"title: {word}"))
    assert found.findings == ()
    assert found.tasks[1].title == word


@pytest.mark.parametrize("word", LOOKS)
def test_a_name_and_a_key_are_the_text_as_written(word: str) -> None:
    found = registry(("  市教委:", f"  {word}:"), ("support: [市教委]", f"support: [{word}]"))
    assert found.findings == ()
    assert found.departments[1].name == word
    assert item(found, "8.1").support == (word,)


@pytest.mark.parametrize("word", LOOKS)
def test_a_title_is_shown_as_written(run: Run, registry: Path, word: str) -> None:
    table = registry.read_text(encoding="utf-8")
    registry.write_text(table.replace("加快形成促进科技成果转移转化的协同机制", word), encoding="utf-8")
    outcome = run("list", "--format", "json")
    assert (outcome.code, outcome.err) == (0, "")
    assert loads(outcome.out)["items"][0]["title"] == word


# Values that cannot stand where they are. The value is left out, never guessed.


@pytest.mark.parametrize(
    "written", ["0", "-1", "+1", "01", "1.0", "1_0", "一", "\uff11", "1e1", "9" * 10, "9" * 5000]
)
def test_an_id_is_a_plain_whole_number(written: str) -> None:
    found = registry(("- id: 12", f"- id: {written}"))
    shown = written if len(written) <= 40 else written[:40] + "…"
    assert told(found) == [("S204", f"'{shown}' cannot stand here")]
    assert found.findings[0].hint == "Write a whole number such as 3."
    assert found.tasks[1].id == 0
    assert found.tasks[1].items[0].content.startswith("进一步")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2019-02-30", "a day that the calendar has, such as 2019-12-31"),
        ("2019-13-01", "a day that the calendar has, such as 2019-12-31"),
        ("0000-01-01", "a day that the calendar has, such as 2019-12-31"),
        ("2019-W0-01", "a day that the calendar has, such as 2019-12-31"),
        ("2019-1-1", "a date such as 2019-12-31"),
        ("20191231", "a date such as 2019-12-31"),
        ("2019/12/31", "a date such as 2019-12-31"),
        ("2019年底", "a date such as 2019-12-31"),
        ("2019-12-31 00:00:00", "a date such as 2019-12-31"),
        ("9" * 5000, "a date such as 2019-12-31"),
    ],
)
def test_a_date_is_a_day_of_the_calendar(written: str, expected: str) -> None:
    found = registry(("    schedule: 2019 年底\n", f"    schedule: 2019 年底\n    due: {written}\n"))
    (finding,) = found.findings
    assert (finding.code, finding.hint, finding.address) == ("S204", f"Write {expected}.", "12.1")
    assert item(found, "12.1").explicit_due is None


@pytest.mark.parametrize("written", ["yes", "no", "on", "off", "True", "FALSE", "1", "y", "是"])
def test_a_flag_is_true_or_false(written: str) -> None:
    found = registry(("group: true", f"group: {written}"))
    assert told(found) == [("S204", f"'{written}' cannot stand here")]
    assert found.departments[2].group is False


@pytest.mark.parametrize(
    "written", ["2018", "2018-1", "2018-00", "2018-13", "2018-11-01", "2018.11", "2018年11月", "201811"]
)
def test_a_month_is_a_month(written: str) -> None:
    found = registry(("group: true", f"until: {written}"))
    assert told(found) == [("S204", f"'{written}' cannot stand here")]
    assert found.departments[2].until is None


@pytest.mark.parametrize(
    ("written", "years"),
    [
        ("2017", Years(2017, 2017)),
        ("2017-2020", Years(2017, 2020)),
        ("2017–2020", Years(2017, 2020)),
        ("2017~2020", Years(2017, 2020)),
        ("2017至2020", Years(2017, 2020)),
        ("2020-2017", None),
        ("2017-20", None),
        ("2017 - 2020", None),
        ("17-20", None),
        ("2017-2018-2019", None),
    ],
)
def test_years_are_a_year_or_a_span(written: str, years: Years | None) -> None:
    found = registry(("years: 2017-2020", f"years: {written}"))
    assert found.plan.years == years
    assert [finding.code for finding in found.findings] == ([] if years else ["S204"])


@pytest.mark.parametrize(
    ("written", "status", "expected"),
    [
        ("已完成", Status.DONE, "done"),
        ("办结", Status.DONE, "done"),
        ("Done", Status.DONE, "done"),
        ("进行中", Status.IN_PROGRESS, "in_progress"),
        ("in progress", Status.IN_PROGRESS, "in_progress"),
        ("受阻", Status.BLOCKED, "blocked"),
        ("未启动", Status.PENDING, "pending"),
        ("已终止", Status.CANCELLED, "cancelled"),
        ("差不多了", Status.PENDING, "pending, in_progress, blocked, done, cancelled"),
    ],
)
def test_a_status_is_understood_in_chinese_and_reported(written: str, status: Status, expected: str) -> None:
    found = registry(("    status: pending\n\n", f"    status: {written}\n\n"))
    (finding,) = found.findings
    assert (finding.code, finding.hint, finding.address) == ("S204", f"Write {expected}.", "8.3")
    assert item(found, "8.3").status is status


@pytest.mark.parametrize(("written", "codes"), [("1", []), ("'1'", []), ("2", ["S204"]), ("one", ["S204"])])
def test_the_format_is_1(written: str, codes: list[str]) -> None:
    found = registry(("format: 1", f"format: {written}"))
    assert [finding.code for finding in found.findings] == codes
    assert len(found.items) == 3


# Shapes.


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("title: 示范打造", "title: [示范打造]\n  x: ", "a text is expected here, not a list"),
        ("schedule: 2019 年底", "schedule: {due: 2019 年底}", "a text is expected here, not a mapping"),
        ("id: 12", "id: [12]", "a text is expected here, not a list"),
        ("- date: 2018-06-29", "- date: [2018-06-29]", "a text is expected here, not a list"),
        ("sections:\n", "sections: [甲]\nx:\n", "a mapping of fields is expected here, not a list"),
        ("status: done\n", "status: {}\n", "a text is expected here, not a mapping"),
        ("lead: [各相关区政府, 市科委]", "lead: {市科委: 1}", "a list is expected here, not a mapping"),
        ("[各相关区政府, 市科委]", "[[各相关区政府], 市科委]", "a name is expected here, not a list"),
        ("    group: true", "    - group", "a mapping of fields is expected here, not a list"),
        ("  years: 2017-2020\n", "  years:\n  - 2017\n", "a text is expected here, not a list"),
        (
            "    aliases: [市科学技术委员会]",
            "    aliases: 市科学技术委员会",
            "a list of names is expected here, not a text",
        ),
    ],
)
def test_a_value_of_the_wrong_kind_is_said_to_be_one(old: str, new: str, message: str) -> None:
    found = registry((old, new))
    assert ("S202", message) in told(found)
    assert len(found.items) == 3


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("- a\n- b\n", "a mapping of fields is expected here, not a list"),
        ("[]\n", "a mapping of fields is expected here, not a list"),
        ("任务分工与进度表\n", "a mapping of fields is expected here, not a text"),
        ("'1'\n", "a mapping of fields is expected here, not a text"),
    ],
)
def test_what_is_no_mapping_at_the_top_is_one_finding(content: str, message: str) -> None:
    document = check(read_registry(Source("tasks.yaml", content)))
    assert told(document.registry) == [("S202", message)]


def test_an_empty_mapping_lacks_every_field() -> None:
    found = read_registry(Source("tasks.yaml", "{}\n")).registry
    assert told(found) == [
        ("S203", f"the field '{name}' is missing")
        for name in ("format", "plan", "departments", "sections", "tasks")
    ]


def test_a_lone_name_is_taken_and_reported() -> None:
    found = registry(("lead: [各相关区政府, 市科委]", "lead: 市科委"))
    assert told(found) == [("S202", "a list of names is expected here, not a text")]
    assert found.findings[0].hint == "Write it as a list: lead: [市科委]"
    assert item(found, "12.1").lead == ("市科委",)


def test_names_that_cannot_be_read_leave_the_others() -> None:
    found = registry(("[各相关区政府, 市科委]", "[各相关区政府, '', {a: b}, [c], 市科委]"))
    assert [finding.code for finding in found.findings] == ["S203", "S202", "S202"]
    assert item(found, "12.1").lead == ("各相关区政府", "市科委")


# Fields that nobody defined, that are missing, that are empty.


@pytest.mark.parametrize(
    ("old", "new", "key", "hint"),
    [
        ("    support:", "    suport:", "suport", "Did you mean 'support'?"),
        ("    support:", "    Support:", "Support", "Did you mean 'support'?"),
        ("    support:", "    'support ':", "support ", "Did you mean 'support'?"),
        ("      note:", "      notes:", "notes", "Did you mean 'note'?"),
        ("    aliases:", "    alias:", "alias", "Did you mean 'aliases'?"),
        ("  table:", "  表名:", "表名", "Known here: title, table, years, issued, reports, closing, key."),
        (
            "  table:",
            "  \u3000table:",
            "\u3000table",
            "It contains a no-break or full-width space; indent with ordinary spaces.",
        ),
    ],
)
def test_an_unknown_key_is_a_finding_with_what_was_meant(old: str, new: str, key: str, hint: str) -> None:
    found = registry((old, new))
    (finding,) = found.findings
    assert (finding.code, finding.message, finding.hint) == ("S201", f"unknown key '{key}'", hint)


@pytest.mark.parametrize("field", ["content", "lead", "schedule", "status"])
def test_a_required_field_that_is_missing_is_reported_at_the_item(field: str) -> None:
    lines = SOUND.split("\n")
    last = max(number for number, line in enumerate(lines) if line.strip().startswith(f"{field}:"))
    del lines[last : last + (2 if field == "content" else 1)]
    found = read_registry(Source("tasks.yaml", "\n".join(lines))).registry
    (finding,) = found.findings
    assert (finding.code, finding.message, finding.address) == (
        "S203",
        f"the field '{field}' is missing",
        "12.1",
    )
    assert finding.hint.startswith(f"Add '{field}: …': ")


@pytest.mark.parametrize("empty", ["", " ''", ' ""', " '\u3000'", " |-", " # 注"])
def test_an_empty_field_is_reported_and_counts_as_left_out(empty: str) -> None:
    found = registry(("    schedule: 2019 年底\n", f"    schedule:{empty}\n"))
    assert told(found) == [("S203", "the field 'schedule' is empty")]
    assert item(found, "12.1").schedule.kind == "none"


def test_an_optional_field_may_not_be_empty_either() -> None:
    found = registry(("  table: 任务分工与进度表", "  table:"))
    assert told(found) == [("S203", "the field 'table' is empty")]
    assert found.findings[0].hint == "Write a value, or delete the key."


def test_a_list_may_be_empty() -> None:
    found = registry(("    support: [市教委]\n    schedule: 2019", "    support: []\n    schedule: 2019"))
    assert found.findings == ()


def test_an_item_without_an_id_is_still_read() -> None:
    found = registry(("  - id: 3\n    content", "  - content"))
    assert told(found) == [("S203", "the field 'id' is missing")]
    assert [(item.task, item.id) for item in found.items] == [(8, 1), (8, 0), (12, 1)]


# Progress.


def test_an_entry_without_a_readable_day_is_left_out() -> None:
    found = registry(("    - date: 2018-06-29\n", "    - date: 2018-06-31\n"))
    assert [finding.code for finding in found.findings] == ["S204"]
    assert [entry.date for entry in item(found, "8.1").progress] == [date(2018, 12, 20)]


def test_an_entry_that_says_nothing_is_a_finding() -> None:
    found = registry(("      status: done\n      note: 基地已挂牌\n", ""))
    assert told(found) == [("S203", "a progress entry that says nothing")]


def test_an_entry_that_is_refused_is_left_out() -> None:
    found = registry(("    - date: 2018-06-29\n      status: in_progress\n", "    - *nowhere\n"))
    assert told(found) == [("Y104", "the alias *nowhere is not allowed")]
    assert [entry.date for entry in item(found, "8.1").progress] == [date(2018, 12, 20)]


def test_a_note_alone_is_enough() -> None:
    found = registry(("      status: done\n      note", "      note"))
    assert found.findings == ()
    assert item(found, "8.1").progress[1] == Progress(date(2018, 12, 20), None, "基地已挂牌")


# Comments that are none.


@pytest.mark.parametrize(
    ("written", "cut"),
    [
        ("title: 示范 #12", "#12"),
        ("title: 示范 #12 打造", "#12 打造"),
        ("title: '示范 #12'", None),
        ("title: 示范#12", None),
        ("title: 示范 # 12", None),
        ("title: 示范 #", None),
        ("title: |-\n    示范 #12", None),
    ],
)
def test_a_text_that_a_comment_cuts_off_is_a_warning(written: str, cut: str | None) -> None:
    found = registry(("title: 示范打造科技成果转化功能集聚区", written))
    message = f"'{cut}' is taken for a comment, not for a part of the text"
    assert told(found) == ([("S205", message)] if cut else [])


# Several at once.


def test_every_fault_of_a_file_is_found_at_once_in_the_order_of_the_file() -> None:
    found = registry(
        ("years: 2017-2020", "years: 2017—2o20"),
        ("group: true", "grup: yes"),
        ("  - id: 1\n", "  - id: 01\n"),
        ("- date: 2018-06-29", "- date: 2018-06-31"),
        ("note: 基地已挂牌", "note: [基地已挂牌]"),
        ("status: pending", "status: 待定"),
        ("  section: 四", "  section:"),
        ("    schedule: 2019 年底\n", ""),
    )
    lines = [Source("", SOUND).position(finding.span.start).line for finding in found.findings]
    assert lines == sorted(lines)
    assert [(finding.code, finding.address) for finding in found.findings] == [
        ("S204", None),
        ("S201", None),
        ("S204", None),
        ("S204", None),
        ("S202", None),
        ("S204", "8.3"),
        ("S203", "12"),
        ("S203", "12.1"),
    ]
    assert len(found.items) == 3


@pytest.mark.parametrize("broken", ["- 文字", "- [a, b]", "- *nowhere", "- {}", "- !x {}", "-"])
def test_one_bad_item_hides_no_other(broken: str) -> None:
    found = registry(("  - id: 3\n", f"  {broken}\n  - id: 3\n"), ("2019 年底", "[x]"))
    contents = [item.content for item in found.items if item.content]
    assert len(contents) == 3
    assert found.findings[0].code in {"S202", "S203", "Y104"}
    assert (found.findings[-1].code, found.findings[-1].address) == ("S202", "12.1")


def test_the_most_findings_of_a_file_are_a_thousand_and_the_rest_is_said_to_be_more() -> None:
    keys = "".join(f"  k{number}: x\n" for number in range(1500))
    found = registry(("  years: 2017-2020\n", keys))
    assert len(found.findings) == 1001
    assert told(found)[-1] == ("Y110", "there are more findings; the first 1000 are shown")
    assert {code for code, _message in told(found)[:-1]} == {"S201"}


# Line endings, byte order marks.


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_places_do_not_depend_on_marks_and_line_endings(mark: bytes, ending: str) -> None:
    broken = SOUND.replace("group: true", "grup: yes").replace("2019 年底", "[x]")
    source = decode(mark + broken.replace("\n", ending).encode(), "tasks.yaml")
    findings = read_registry(source).registry.findings
    assert [source.position(finding.span.start) for finding in findings] == [(15, 5), (56, 15)]
    assert [source.text[slice(*finding.span)] for finding in findings] == ["grup", "[x]"]


@pytest.mark.parametrize("character", ["\x85", "\u2028", "\u2029"])
def test_lines_are_counted_by_line_feeds_whatever_a_text_holds(character: str) -> None:
    found = registry(("note: 基地已挂牌", f'note: "基地{character}已挂牌"'), ("2019 年底", "[x]"))
    (finding,) = found.findings
    changed = SOUND.replace("note: 基地已挂牌", f'note: "基地{character}已挂牌"')
    assert Source("", changed).position(finding.span.start) == (56, 15)


# Nothing raises. Mutations are of bytes, of lines and of the pieces that mean something to YAML.

TABLE = TASKS_YAML.read_bytes()
_CHARACTERS = "：、\u3000\u00a0\x85\u2028\ufeff\x00\x1b市😀"
_MARKS = b"- : # & * ! | > ' \" % @ ` { } [ ] , ? ~ << <<: &a !!int --- ... \\ud800 \xff \xc0 \x80".split()
_LINES = b"- |  - |id: 1|due: 2019-02-30|---|<<<<<<< a|=======|>>>>>>> b|    - [|\t|\r".split(b"|")
_PIECES = [
    *(character.encode() for character in _CHARACTERS),
    *_MARKS,
    *(b"\n" + line + b"\n" for line in _LINES),
    b"[" * 40,
]


def mutate(data: bytes, seed: int) -> bytes:
    """Make up to five cuts, insertions, swaps and repetitions; which ones depends on ``seed`` alone."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    for _time in range(chance.randint(1, 5)):
        start = chance.randrange(len(data) + 1)
        end = min(len(data), start + chance.choice((0, 1, 3, 20, 400)))
        middle = chance.choice((b"", data[start:end] * 2, chance.choice(_PIECES), chance.choice(_PIECES) * 3))
        data = data[:start] + middle + data[end:]
    return data


def survive(data: bytes) -> None:
    """Read, check and show ``data``; hold what must be true of every file."""
    document = check(read_registry(decode(data, "tasks.yaml")))
    findings = document.registry.findings
    assert document.root is not None or findings
    assert [finding.span for finding in findings] == sorted(finding.span for finding in findings)
    checked = [(document.source, findings)]
    assert text.render(checked).count("\n\n") >= len(findings)
    assert github.render(checked).count("\n") == len(findings)
    assert len(loads(json.render(checked))["findings"]) == len(findings)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32))
def test_no_mutation_of_the_table_raises(seed: int) -> None:
    survive(mutate(TABLE, seed))


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32))
def test_no_mutation_of_a_small_registry_raises(seed: int) -> None:
    survive(mutate(SOUND.encode(), seed))


@settings(max_examples=150, deadline=None)
@given(st.binary() | st.text().map(lambda drawn: drawn.encode(errors="surrogatepass")))
def test_no_bytes_raise(data: bytes) -> None:
    survive(data)

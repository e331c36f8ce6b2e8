"""The formats: JSON, JSON Lines, CSV, TSV and Markdown, to the letter."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from generate import generate
from hypothesis import given
from hypothesis import strategies as st

from chengguo.output.formats import json as document
from chengguo.output.json_shapes import COLUMNS
from chengguo.text.visible import escaped
from conftest import TABLE, UNSAID, Run
from measuring import linux, measured

AS_OF = ("--as-of", "2019-10-01")
KEYS = [
    *("id", "task", "item", "section", "section_title", "title", "content", "lead", "support"),
    *("schedule", "status", "alert", "days_left", "progress", "due", "extensions"),
    *("part", "alerts", "parts", "light", "upper_section", "upper_section_title"),
    *("extra", "accepted_undated", "verified", "returned"),
]
SCHEDULE_KEYS = ["wording", "kind", "start", "due", "doubt"]

SMALL = """\
format: 1
plan: {title: 方案, table: 分工表}
departments: {甲局: {}, 乙局: {}}
sections: {一: 第一部分}
tasks:
- id: 3
  section: 一
  title: 建设平台
  items:
  - id: 1
    content: |-
      建立平台。
      健全“机制”。
    lead: [甲局]
    support: []
    schedule: 2019 年底
    status: blocked
    progress:
    - {date: 2019-09-01, status: blocked, note: '等待资金, 预计 12 月'}
    - {date: 2019-09-10, note: 已协调}
  - {id: 2, content: 推广经验。, lead: [乙局, 甲局], schedule: 适时, status: pending}
"""
FIRST: dict[str, Any] = {
    "id": "3.1",
    "task": 3,
    "item": 1,
    "section": "一",
    "section_title": "第一部分",
    "title": "建设平台",
    "content": "建立平台。\n健全“机制”。",
    "lead": ["甲局"],
    "support": [],
    "schedule": {
        "wording": "2019 年底",
        "kind": "deadline",
        "start": None,
        "due": "2019-12-31",
        "doubt": None,
    },
    "status": "blocked",
    "alert": "blocked",
    "days_left": 91,
    "progress": [
        {"date": "2019-09-01", "status": "blocked", "note": "等待资金, 预计 12 月", **UNSAID},
        {"date": "2019-09-10", "status": None, "note": "已协调", **UNSAID},
    ],
    "due": "2019-12-31",
    "extensions": [],
    "part": None,
    "alerts": [{"kind": "blocked", "part": None, "due": None, "days": None}],
    "parts": [],
    "light": {"name": "黄", "color": "yellow", "shape": "▲"},
    "upper_section": None,
    "upper_section_title": None,
    "extra": {},
    "accepted_undated": None,
    "verified": None,
    "returned": None,
}
SECOND: dict[str, Any] = {
    "id": "3.2",
    "task": 3,
    "item": 2,
    "section": "一",
    "section_title": "第一部分",
    "title": "建设平台",
    "content": "推广经验。",
    "lead": ["乙局", "甲局"],
    "support": [],
    "schedule": {
        "wording": "适时",
        "kind": "unknown",
        "start": None,
        "due": None,
        "doubt": "it names no day",
    },
    "status": "pending",
    "alert": None,
    "days_left": None,
    "progress": [],
    "due": None,
    "extensions": [],
    "part": None,
    "alerts": [],
    "parts": [],
    "light": {"name": "绿", "color": "green", "shape": "●"},
    "upper_section": None,
    "upper_section_title": None,
    "extra": {},
    "accepted_undated": None,
    "verified": None,
    "returned": None,
}


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Two items, between them everything that a field can be."""
    path = tmp_path / "tasks.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return path


def written(run: Run, *words: str) -> str:
    outcome = run(*words)
    assert (outcome.code, outcome.err) == (0, "")
    return outcome.out


def write_content(folder: Path, content: str, lead: str = "甲局") -> None:
    """Write a registry of one item, as JSON: every JSON document is YAML."""
    item = {"id": 1, "content": content, "lead": [lead], "schedule": "2019 年底", "status": "pending"}
    registry = {
        "format": 1,
        "plan": {"title": "方案"},
        "departments": {lead: {}},
        "sections": {"一": "甲"},
        "tasks": [{"id": 1, "section": "一", "title": "任务", "items": [item]}],
    }
    (folder / "tasks.yaml").write_text(json.dumps(registry), encoding="utf-8")


# -- json and jsonl ------------------------------------------------------------------------------


@pytest.mark.usefixtures("small")
def test_json_is_the_public_shape(run: Run) -> None:
    document = {
        "schema": "chengguo/list/1",
        "as_of": "2019-10-01",
        "file": "tasks.yaml",
        "count": 2,
        "items": [FIRST, SECOND],
    }
    out = written(run, "list", *AS_OF, "--format", "json")
    assert out == json.dumps(document, ensure_ascii=False, indent=2) + "\n"


@pytest.mark.usefixtures("small")
def test_jsonl_is_an_item_a_line(run: Run) -> None:
    out = written(run, "list", *AS_OF, "--format", "jsonl")
    assert out == "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in (FIRST, SECOND))


@pytest.mark.usefixtures("small")
def test_an_empty_list_is_a_document_in_json_and_nothing_in_jsonl(run: Run) -> None:
    document = json.loads(written(run, "list", "--year", "2030", *AS_OF, "--format", "json"))
    assert (document["count"], document["items"]) == (0, [])
    assert written(run, "list", "--year", "2030", "--format", "jsonl") == ""


@pytest.mark.usefixtures("registry")
def test_every_item_of_the_table_has_every_key_and_the_text_of_the_file(run: Run) -> None:
    items = json.loads(written(run, "list", *AS_OF, "--format", "json"))["items"]
    assert {tuple(item) for item in items} == {tuple(KEYS)}
    assert {tuple(item["schedule"]) for item in items} == {tuple(SCHEDULE_KEYS)}
    assert [
        [item[key] for key in ("task", "item", "section", "section_title", "title", "content", "lead")]
        + [item["support"], item["schedule"]["wording"]]
        for item in items
    ] == [
        [task["id"], row["id"], task["section"], TABLE["sections"][task["section"]], task["title"]]
        + [row[key] for key in ("content", "lead", "support", "schedule")]
        for task in TABLE["tasks"]
        for row in task["items"]
    ]


@pytest.mark.usefixtures("small")
def test_json_names_the_file_as_it_was_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    below = tmp_path / "below"
    assert json.loads(run("list", "--format", "json", folder=below).out)["file"] == str(Path("../tasks.yaml"))
    out = run("list", "--format", "json", "-f", "./tasks.yaml").out
    assert json.loads(out)["file"] == "./tasks.yaml"


@pytest.mark.usefixtures("small")
def test_the_due_date_of_the_file_is_the_due_date_in_json(run: Run, tmp_path: Path) -> None:
    text = SMALL.replace("schedule: 适时", "schedule: 适时, due: 2019-10-31")
    (tmp_path / "tasks.yaml").write_text(text, encoding="utf-8")
    item = json.loads(written(run, "list", *AS_OF, "--format", "json"))["items"][1]
    assert (item["schedule"]["due"], item["days_left"]) == ("2019-10-31", 30)


# -- csv and tsv ---------------------------------------------------------------------------------


def flat(item: dict[str, Any]) -> list[str]:
    """Give the record of an item as csv should hold it."""
    schedule = item["schedule"]
    parts = {
        **item,
        "schedule": schedule["wording"],
        **{key: schedule[key] for key in ("kind", "start", "due", "doubt")},
        "extensions": "、".join(f"{each['date']} → {each['due']}" for each in item["extensions"]),
        "lead": "、".join(item["lead"]),
        "support": "、".join(item["support"]),
        "progress": "、".join(
            " ".join(str(entry[key]) for key in ("date", "status", "note") if entry[key])
            for entry in item["progress"]
        ),
        "alerts": "、".join(notice["kind"] for notice in item["alerts"]),  # none of these items has a part
        "parts": "",
        "light": item["light"]["name"],
    }
    return ["" if parts[name] is None else str(parts[name]) for name in COLUMNS]


@pytest.mark.parametrize(("format_", "delimiter"), [("csv", ","), ("tsv", "\t")])
@pytest.mark.usefixtures("small")
def test_delimited_text_is_read_back_as_it_was(run: Run, format_: str, delimiter: str) -> None:
    out = written(run, "list", *AS_OF, "--format", format_)
    rows = list(csv.reader(io.StringIO(out, newline=""), delimiter=delimiter))
    assert rows == [list(COLUMNS), flat(FIRST), flat(SECOND)]


@pytest.mark.usefixtures("registry")
def test_csv_of_the_whole_table_holds_every_cell(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(written(run, "list", *AS_OF, "--format", "csv"), newline="")))
    items = json.loads(written(run, "list", *AS_OF, "--format", "json"))["items"]
    assert [list(row.values()) for row in rows] == [flat(item) for item in items]


@pytest.mark.parametrize("format_", ["csv", "tsv"])
@pytest.mark.usefixtures("small")
def test_an_empty_list_has_a_header(run: Run, format_: str) -> None:
    out = written(run, "list", "--year", "2030", "--format", format_)
    assert out == {"csv": ",", "tsv": "\t"}[format_].join(COLUMNS) + "\n"


@pytest.mark.parametrize("format_", ["csv", "tsv"])
@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
@pytest.mark.usefixtures("small")
def test_bom_is_utf_8_with_a_byte_order_mark_whatever_the_console(
    run: Run, format_: str, encoding: str
) -> None:
    plain = written(run, "list", *AS_OF, "--format", format_)
    outcome = run("list", *AS_OF, "--format", format_, "--bom", encoding=encoding)
    assert outcome.out.encode(encoding) == b"\xef\xbb\xbf" + plain.encode()
    assert (outcome.code, outcome.err) == (0, "")


@pytest.mark.usefixtures("small")
def test_without_bom_there_is_none(run: Run) -> None:
    assert written(run, "list", "--format", "csv").startswith("id,")


@pytest.mark.parametrize(
    "content",
    [
        *("=1+1", "'=1", "+1", "-1", "@SUM(A1)", "＝1", "＋1", "－1", "＠x"),
        *(" =1", "\u3000=1", "\xa0=1", "\n=1", "\t=1", "\tx"),
    ],
)
@pytest.mark.parametrize("format_", ["csv", "tsv"])
def test_what_a_spreadsheet_would_run_is_quoted(run: Run, tmp_path: Path, content: str, format_: str) -> None:
    write_content(tmp_path, content)
    out = written(run, "list", "--columns", "content", "--format", format_)
    rows = csv.reader(io.StringIO(out, newline=""), delimiter="\t" if format_ == "tsv" else ",")
    assert list(rows) == [["content"], [f"'{content}"]]


@pytest.mark.parametrize("content", ["1-1", "a=1", "(=1)", "2019-12-31", "“=1”"])
def test_what_a_spreadsheet_would_not_run_stays(run: Run, tmp_path: Path, content: str) -> None:
    write_content(tmp_path, content)
    out = written(run, "list", "--columns", "content", "--format", "csv")
    assert list(csv.reader(io.StringIO(out))) == [["content"], [content]]


def test_a_leading_carriage_return_is_spelt_out(run: Run, tmp_path: Path) -> None:
    write_content(tmp_path, "\r=1")
    out = written(run, "list", "--columns", "content", "--format", "csv")
    assert out == "content\n\\r=1\n"


def test_names_and_counts_are_made_safe_too(run: Run, tmp_path: Path) -> None:
    write_content(tmp_path, "内容", lead="=甲局")
    out = written(run, "list", "--columns", "lead,days_left", "--as-of", "2020-01-01", "--format", "csv")
    assert list(csv.reader(io.StringIO(out))) == [["lead", "days_left"], ["'=甲局", "-1"]]
    assert written(run, "depts", "--format", "csv").splitlines()[1].startswith("'=甲局,")
    assert written(run, "stats", "--by", "dept", "--format", "csv").splitlines()[1].startswith("'=甲局,")


def test_delimiters_quotes_and_line_breaks_are_read_back(run: Run, tmp_path: Path) -> None:
    content = 'a,b\tc"d"\n第二段'
    write_content(tmp_path, content)
    for format_, delimiter in (("csv", ","), ("tsv", "\t")):
        out = written(run, "list", "--columns", "id,content", "--format", format_)
        rows = list(csv.reader(io.StringIO(out, newline=""), delimiter=delimiter))
        assert rows == [["id", "content"], ["1.1", content]]


# -- markdown ------------------------------------------------------------------------------------


@pytest.mark.usefixtures("small")
def test_markdown(run: Run) -> None:
    assert written(run, "list", *AS_OF, "--format", "md") == (
        "**方案 分工表**\n"
        "\n"
        "2 items, as of 2019-10-01\n"
        "\n"
        "| ID | 重点任务 | 重点任务主要内容 | 责任部门 | 配合部门 | 计划进度 | status |\n"
        "|---|---|---|---|---|---|---|\n"
        "| 3.1 | 建设平台 | 建立平台。<br>健全“机制”。 | 甲局 |  | 2019 年底 | blocked<br>91 days left |\n"
        "| 3.2 | 建设平台 | 推广经验。 | 乙局、甲局 |  | 适时 | pending |\n"
        "\n"
        "Doubtful: 3.2 适时: it names no day\n"
    )


@pytest.mark.usefixtures("small")
def test_markdown_right_aligns_numbers(run: Run) -> None:
    out = written(run, "list", *AS_OF, "--columns", "id,days_left,alert", "--format", "md")
    assert out.splitlines()[4:8] == [
        "| ID | days left | alert |",
        "|---|---:|---|",
        "| 3.1 | 91 | blocked |",
        "| 3.2 |  |  |",
    ]


@pytest.mark.parametrize(
    ("content", "cell"),
    [
        ("a|b", r"a\|b"),
        ("[甲](http://example.com)", r"\[甲\](http://example.com)"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("A&amp;B", "A&amp;amp;B"),
        ("`code`", r"\`code\`"),
        ("*粗* _斜_ ~删~ #1", r"\*粗\* \_斜\_ \~删\~ \#1"),
        ("HEAD~1 a_b 一_二 ~删", r"HEAD\~1 a_b 一_二 \~删"),
        ("HEAD~1", "HEAD~1"),
        ("C:\\new|x", r"C:\\new\|x"),
        ("第一段\n第二段", "第一段<br>第二段"),
    ],
)
def test_markdown_takes_nothing_for_markup(run: Run, tmp_path: Path, content: str, cell: str) -> None:
    write_content(tmp_path, content)
    out = written(run, "list", "--columns", "content", "--as-of", "2019-10-01", "--format", "md")
    assert out.splitlines()[4:] == ["| 重点任务主要内容 |", "|---|", f"| {cell} |"]


def test_markdown_escapes_title_and_notes(run: Run, tmp_path: Path) -> None:
    text = SMALL.replace("方案", "'<b>*方案*'").replace("适时", "'|适时|'")
    (tmp_path / "tasks.yaml").write_text(text, encoding="utf-8")
    lines = written(run, "list", "--format", "md").splitlines()
    assert lines[0] == r"**&lt;b&gt;\*方案\* 分工表**"
    assert lines[-1] == r"Doubtful: 3.2 \|适时\|: it names no day"


# -- any format ----------------------------------------------------------------------------------


@pytest.mark.parametrize("format_", ["xml", "", "JSON"])
@pytest.mark.usefixtures("small")
def test_unknown_format_is_wrong_usage(run: Run, format_: str) -> None:
    outcome = run("list", "--format", format_, COLUMNS="200")
    assert (outcome.code, outcome.out) == (2, "")
    assert f"'{format_}' is not one of 'table', 'json', 'jsonl', 'csv', 'tsv', 'md'." in outcome.err


@pytest.mark.parametrize("format_", ["json", "jsonl", "csv", "tsv", "md"])
@pytest.mark.usefixtures("small")
def test_formats_for_scripts_do_not_depend_on_the_terminal(run: Run, format_: str) -> None:
    piped = written(run, "list", *AS_OF, "--format", format_)
    narrow = run("list", *AS_OF, "--format", format_, "--color", "always", COLUMNS="40")
    assert narrow == (0, piped, "")


# -- in pieces -----------------------------------------------------------------------------------

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(
    head=st.dictionaries(st.text(), JSON, max_size=3), record=JSON, count=st.sampled_from([0, 1, 2, 100, 101])
)
def test_a_document_in_pieces_is_the_same(head: dict[str, Any], record: object, count: int) -> None:
    head.pop("items", None)
    records = [record] * count
    pieces = document.pieces(head, "items", records)
    assert "".join(pieces) == document.render({**head, "items": records})


@given(
    value=st.one_of(JSON, st.lists(JSON), st.dictionaries(st.text(), st.tuples(JSON, JSON))),
    ascii_only=st.booleans(),
)
def test_a_document_is_what_the_library_writes(value: object, *, ascii_only: bool) -> None:
    written = document.render(value, ascii_only=ascii_only)
    assert written == escaped(json.dumps(value, ensure_ascii=ascii_only, indent=2)) + "\n"


def test_a_record_is_made_when_its_piece_is_asked_for() -> None:
    records = iter(range(10_000))
    pieces = document.pieces({}, "items", records)
    assert next(pieces) == '{\n  "items": ['
    assert next(pieces).startswith("\n    0,\n    1,")
    assert next(records) <= 100


@linux
@pytest.mark.parametrize("format_", ["json", "jsonl"])
def test_thousands_of_items_take_the_memory_of_reading_them(tmp_path: Path, format_: str) -> None:
    (tmp_path / "tasks.yaml").write_text(generate(4_000), encoding="utf-8")
    every, one = (  # both read all
        measured(tmp_path, "list", "--format", format_, "--limit", limit, *AS_OF, within=8)
        for limit in ("4000", "1")
    )
    assert (every.code, every.err, one.code, one.err) == (0, "", 0, "")
    assert len(every.out) > 2_000 * len(one.out)
    assert every.megabytes < one.megabytes + 15


@pytest.mark.parametrize("format_", ["table", "json", "jsonl", "csv", "md"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])  # which begin with a mark, once
@pytest.mark.usefixtures("small")
def test_pieces_are_one_text_in_any_encoding(run: Run, format_: str, encoding: str) -> None:
    out = written(run, "list", *AS_OF, "--format", format_)
    assert run("list", *AS_OF, "--format", format_, encoding=encoding) == (0, out, "")

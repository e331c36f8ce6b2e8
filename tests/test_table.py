"""Tables for people: snapshots, and what holds at every width. No text of the table is ever cut.

CHENGGUO_UPDATE_SNAPSHOTS=1 writes the snapshots anew; read them before they are committed.
"""

import os
import re
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from chengguo.output.formats import layout
from chengguo.output.json_shapes import COLUMNS
from chengguo.text.widths import Ruler
from conftest import TABLE, Run

SNAPSHOTS = Path(__file__).parent / "snapshots"
UPDATE = bool(os.environ.get("CHENGGUO_UPDATE_SNAPSHOTS"))
AS_OF = ("--as-of", "2019-10-01")
COMMANDS = [("list",), ("due",), ("show", "3"), ("depts",), ("stats",)]
# What is kept of each command, in a file that holds it as each kind of reader sees it.
KEPT = [*COMMANDS, ("overdue",), ("log",), ("diff", "before.yaml", "--since", "2019-09-01")]
ENGLISH, CHINESE = {"LANG": "C.UTF-8"}, {"LANG": "zh_CN.UTF-8"}
READERS: dict[str, dict[str, str]] = {
    "80x24, English": {"terminal": "80x24", **ENGLISH},
    "80x24, Chinese": {"terminal": "80x24", **CHINESE},
    "100x30, English": {"terminal": "100x30", **ENGLISH},
    "100x30, Chinese": {"terminal": "100x30", **CHINESE},
    "160x50, English": {"terminal": "160x50", **ENGLISH},
    "160x50, Chinese": {"terminal": "160x50", **CHINESE},
    "80x24, Chinese in GBK": {"terminal": "80x24", "encoding": "gbk", **CHINESE},
    "40x20, Chinese": {"terminal": "40x20", **CHINESE},
    "piped, English": ENGLISH,
    "piped, Chinese in GBK": {"encoding": "gbk", **CHINESE},
}
# The official cells by heading, a text for each item, from the file alone.
OFFICIAL = {
    "重点任务": [task["title"] for task in TABLE["tasks"] for _item in task["items"]],
    "重点任务主要内容": [item["content"] for task in TABLE["tasks"] for item in task["items"]],
    "责任部门": ["、".join(item["lead"]) for task in TABLE["tasks"] for item in task["items"]],
    "配合部门": ["、".join(item["support"]) for task in TABLE["tasks"] for item in task["items"]],
    "计划进度": [item["schedule"] for task in TABLE["tasks"] for item in task["items"]],
}
ADDRESSES = [f"{task['id']}.{item['id']}" for task in TABLE["tasks"] for item in task["items"]]
NAMES = frozenset({"责任部门", "配合部门"})
# A heading ends where two blanks follow: "days left" is one.
HEADING = re.compile(r"\S+(?: \S+)*")
CARD_LINE = re.compile(r"(?P<heading>\S+(?: \S+)*?) {2,}(?P<value>\S.*)")


def printed(run: Run, *words: str, width: str = "") -> str:
    outcome = run(*words, *AS_OF, **({"COLUMNS": width} if width else {}))
    assert (outcome.code, outcome.err) == (0, "")
    return outcome.out


@pytest.fixture
def reported(registry: Path, run: Run) -> None:
    """The table with a few reports, and as it was before them."""
    (registry.parent / "before.yaml").write_bytes(registry.read_bytes())
    for words in (
        ("4", "--status", "done", "--date", "2019-09-20", "--note", "已上线运行"),
        ("3.2", "--status", "in_progress", "--date", "2019-09-25", "--note", f"已完成调研，{'形成' * 30}"),
        ("3.4", "--status", "blocked", "--date", "2019-09-26"),
    ):
        assert run("update", *words).code == 0


def snapshot(command: tuple[str, ...]) -> Path:
    """Return the file of a command, named by its name and its first word."""
    return SNAPSHOTS / f"{'-'.join(command[:2]).removesuffix('.yaml')}.txt"


@pytest.mark.parametrize("command", KEPT, ids=" ".join)
@pytest.mark.usefixtures("reported")
def test_snapshot(run: Run, command: tuple[str, ...]) -> None:
    path = snapshot(command)
    as_of = AS_OF if command != ("log",) else ()
    lines = []
    for name, reader in READERS.items():
        outcome = run(*command, *as_of, **reader)
        assert (outcome.code, outcome.err) == (0, ""), name
        lines += [f"== {name}", *(line.rstrip() for line in outcome.out.splitlines())]
    if UPDATE:
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert lines == path.read_text(encoding="utf-8").splitlines()


def test_no_snapshot_is_left_over() -> None:
    assert {*SNAPSHOTS.iterdir()} == {*map(snapshot, KEPT), SNAPSHOTS / "help.txt"}


# -- reading a table back ------------------------------------------------------------------------


def cut(line: str, start: int, end: int) -> str:
    """Give the characters of a line that stand from one terminal column up to another."""
    kept, place = "", 0
    for character in line:
        kept += character if start <= place < end else ""
        place += cell_len(character)
    return kept


def cells(text: str) -> dict[str, str]:
    """Give, by heading, all that stands in a column of a table, blanks and line breaks taken out."""
    lines = text.splitlines()
    first_rule = next(number for number, line in enumerate(lines) if "──" in line)
    head = lines[first_rule - 1] if "重点任务" in lines[first_rule - 1] else lines[first_rule + 1]
    headings = [(match[0], cell_len(head[: match.start()])) for match in HEADING.finditer(head)]
    body = [line for line in lines[first_rule + 1 :] if line.startswith(" ") and "──" not in line]
    body = [line for line in body if line != head]
    found = {}
    for (heading, start), (_next, end) in pairwise([*headings, ("", sys.maxsize)]):
        found[heading] = "".join("".join(cut(line, start, end).split()) for line in body)
    return found


def card_values(text: str) -> dict[str, str]:
    """Give, by heading, all that stands behind it on the cards, blanks and line breaks taken out."""
    found: dict[str, str] = {}
    heading = ""
    for line in text.splitlines():
        match = CARD_LINE.fullmatch(line.rstrip())
        heading = match["heading"] if match else heading if line.startswith("    ") else ""
        value = match["value"] if match else line
        if heading:
            found[heading] = found.get(heading, "") + "".join(value.split())
    return found


def squeezed(heading: str) -> str:
    """Give all official cells of a column on end, without blanks and line breaks.

    In a column of names a line break may stand for the 、 behind a name: there 、 is left out.
    """
    texts = "".join("".join(text.split()) for text in OFFICIAL[heading])
    return texts.replace("、", "") if heading in NAMES else texts


def check_complete(found: dict[str, str], headings: list[str]) -> None:
    for heading in headings:
        text = found[heading].replace("、", "") if heading in NAMES else found[heading]
        assert text == squeezed(heading)


@pytest.mark.parametrize("width", ["105", "120", "200", ""])
@pytest.mark.usefixtures("registry")
def test_every_official_cell_is_in_the_table_in_full(run: Run, width: str) -> None:
    found = cells(printed(run, "list", width=width))
    check_complete(found, [*OFFICIAL])
    assert found["ID"] == "".join(ADDRESSES)


@pytest.mark.parametrize("width", ["30", "40", "80", "104"])
@pytest.mark.usefixtures("registry")
def test_every_official_cell_is_on_the_cards_in_full(run: Run, width: str) -> None:
    found = card_values(printed(run, "list", width=width))
    check_complete(found, [*OFFICIAL])
    assert found["ID"] == "".join(ADDRESSES)


@pytest.mark.parametrize("size", ["80x24", "120x40"])
@pytest.mark.usefixtures("registry")
def test_wide_on_a_terminal_is_what_a_pipe_of_that_width_gets(run: Run, size: str) -> None:
    wide = run("list", "--wide", *AS_OF, terminal=size).out.splitlines()
    assert [line.rstrip() for line in wide] == printed(run, "list", width=size.partition("x")[0]).splitlines()


@pytest.mark.usefixtures("registry")
def test_cards_with_contents_have_them_in_full(run: Run) -> None:
    found = card_values(printed(run, "list", "--columns", "id,content,lead,support,schedule", width="40"))
    check_complete(found, ["重点任务主要内容", "责任部门", "配合部门", "计划进度"])


@pytest.mark.parametrize("task", [1, 3, 11])
@pytest.mark.usefixtures("registry")
def test_show_gives_every_official_cell_and_full_name_in_full(run: Run, task: int) -> None:
    found = card_values(printed(run, "show", str(task), width="40"))
    items = TABLE["tasks"][task - 1]["items"]
    for heading, key in (("重点任务主要内容", "content"), ("计划进度", "schedule")):
        assert found[heading] == "".join("".join(item[key].split()) for item in items)
    for heading, key in (("责任部门", "lead"), ("配合部门", "support")):
        names = [(name, TABLE["departments"][name].get("full")) for item in items for name in item[key]]
        assert found[heading] == "".join(f"{name}({full})" if full else name for name, full in names)


@pytest.mark.parametrize("width", ["80", "120"])
@pytest.mark.usefixtures("registry")
def test_every_department_and_full_name_is_in_the_table_in_full(run: Run, width: str) -> None:
    text = printed(run, "depts", width=width)
    lines = text.splitlines()
    start = cell_len(lines[2][: lines[2].index("full name")])
    end = cell_len(lines[2][: lines[2].index("leads")])
    body = lines[4:]
    assert "".join(cut(line, 0, start).strip() for line in body) == "".join(TABLE["departments"])
    full = "".join(entry.get("full", "") for entry in TABLE["departments"].values())
    assert "".join(cut(line, start, end).strip() for line in body) == full


@pytest.mark.usefixtures("registry")
def test_more_columns_than_there_is_room_for_lose_no_text(run: Run) -> None:
    text = printed(run, "list", "--columns", ",".join(COLUMNS), width="80")
    for heading in OFFICIAL:
        assert not set(squeezed(heading)) - set(text)


# -- at every width ------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [20, 59, 60, 119, 160])
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.usefixtures("registry")
def test_no_line_is_wider_than_the_terminal_and_nothing_is_cut(
    run: Run, command: tuple[str, ...], width: int
) -> None:
    text = printed(run, *command, width=str(width))
    assert max(map(cell_len, text.splitlines())) <= width
    assert "…" not in text


@pytest.mark.usefixtures("registry")
def test_a_department_is_broken_only_where_it_is_wider_than_its_column(run: Run) -> None:
    lines = printed(run, "list", "--columns", "id,lead,support", width="80").splitlines()
    for name in TABLE["departments"]:
        if cell_len(f"{name}、") <= 14:
            named = sum(name in item for heading in NAMES for item in OFFICIAL[heading])
            assert sum(line.count(name) for line in lines) == named


def line_ends(run: Run, width: str) -> list[str]:
    """Give the first and the last character of every line of the contents, as they are folded."""
    heading = "重点任务主要内容"
    lines = printed(run, "list", "--columns", "id,content", width=width).splitlines()
    head = next(line for line in lines if heading in line)
    start = cell_len(head[: head.index(heading)])
    texts = [cut(line, start, sys.maxsize).strip() for line in lines[lines.index(head) + 1 :]]
    return [text[0] + text[-1] for text in texts if text and "──" not in text]


@pytest.mark.parametrize("width", ["40", "81", "82", "120"])
@pytest.mark.usefixtures("registry")
def test_lines_break_at_full_width_marks_as_in_print(run: Run, width: str) -> None:
    assert not [
        pair for pair in line_ends(run, width) if pair[0] in "，。、；：！？）”》" or pair[1] in "（“《"
    ]


@pytest.mark.usefixtures("registry")
def test_lines_break_at_half_width_marks_as_in_print(run: Run) -> None:
    pairs = [pair for width in ("40", "80", "120") for pair in line_ends(run, width)]
    assert not [pair for pair in pairs if pair[0] in ",;:)" or pair[1] == "("]


def test_a_word_wider_than_its_column_is_folded(run: Run, registry: Path) -> None:
    text = registry.read_text(encoding="utf-8").replace("加快形成促进", "x" * 200)
    registry.write_text(text, encoding="utf-8")
    out = printed(run, "list", width="80")
    assert out.count("x") == 200
    assert max(map(cell_len, out.splitlines())) <= 80


@pytest.mark.parametrize("width", ["40", "80"])
@pytest.mark.usefixtures("registry")
def test_an_empty_list_is_its_title_alone(run: Run, width: str) -> None:
    lines = [line.strip() for line in printed(run, "list", "--year", "2020", width=width).splitlines()]
    plan = "".join(lines).removesuffix("0 items, as of 2019-10-01")
    assert plan.replace(" ", "") == "上海市促进科技成果转移转化行动方案(2017—2020)任务分工与进度表"


# -- on a terminal -------------------------------------------------------------------------------

SIZES = ["80x24", "100x30", "120x40", "160x50"]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.usefixtures("registry")
def test_an_item_takes_a_line_of_a_terminal(run: Run, size: str) -> None:
    lines = run("list", *AS_OF, terminal=size, **CHINESE).out.splitlines()
    rows = [line.split()[0] for line in lines if re.match(r"\d+\.\d+ ", line)]
    assert rows == ADDRESSES
    assert len(lines) == len(ADDRESSES) + len(["plan", "count", "head", "rule", "alert", "in short"])
    assert max(map(cell_len, lines)) <= int(size.partition("x")[0])


@pytest.mark.parametrize("command", [("list",), ("due",), ("overdue",), ("log",)], ids=" ".join)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.usefixtures("reported")
def test_no_two_items_look_the_same(run: Run, command: tuple[str, ...], size: str) -> None:
    """A line of the content stands where several items share a title."""
    shared = {
        f"{task['id']}.{item['id']}": item["content"]
        for task in TABLE["tasks"]
        for item in task["items"]
        if len(task["items"]) > 1
    }
    lines = run(*command, terminal=size, **CHINESE).out.splitlines()
    rows = {word: line for line in lines for word in line.split() if word in shared}
    assert rows
    assert [address for address, line in rows.items() if shared[address][:7] not in line] == []


def test_tasks_of_one_title_are_told_apart(run: Run, registry: Path) -> None:
    text = registry.read_text(encoding="utf-8")
    for title in OFFICIAL["重点任务"]:
        text = text.replace(title, "促进消费")
    registry.write_text(text, encoding="utf-8")
    for command in (("list",), ("due",)):
        shown = run(*command, *AS_OF, terminal="80x24", **CHINESE).out
        assert "促进消费" not in shown
        assert "建立科技成果转移" in shown


# -- into a pipe ---------------------------------------------------------------------------------


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.usefixtures("registry")
def test_a_pipe_gets_120_columns_unless_told(run: Run, command: tuple[str, ...]) -> None:
    text = printed(run, *command)
    assert text == printed(run, *command, width="120")
    assert max(map(cell_len, text.splitlines())) <= 120
    assert "…" not in text


# -- the layout, whatever stands in it -----------------------------------------------------------

WORDS = st.text(st.sampled_from("市科委，。（）abc 12、—“”é"), max_size=30)
ROWS = st.lists(st.tuples(WORDS, st.lists(WORDS.filter(str.strip), min_size=1, max_size=4)), max_size=4)


def drawn(frame: layout.Frame, rows: layout.Rows) -> list[str]:
    return ["".join(text for text, _style in line) for line in layout.table(frame, rows)]


@given(rows=ROWS, room=st.integers(12, 60), ambiguous=st.sampled_from((1, 2)))
def test_a_table_keeps_every_character_and_its_width(
    rows: list[tuple[str, list[str]]], room: int, ambiguous: int
) -> None:
    ruler = Ruler(ambiguous)
    cells = [([layout.text(text, ruler), layout.names(names, ruler)], "") for text, names in rows]
    columns = [layout.Column("a"), layout.Column("b")]
    lines = drawn(layout.frame(columns, cells, layout.SIGNS, room, ruler), cells)
    assert {ruler.width(line) for line in lines if line[0] == "|"} <= {ruler.width(lines[1])}
    assert ruler.width(lines[1]) <= room
    inside = [line.split("|") for line in lines if line[0] == "|" and "+" not in line]
    left, right = ("".join(line[at] for line in inside) for at in (1, 2))
    assert "".join(left.split()) == "a" + "".join("".join(text.split()) for text, _names in rows)
    assert "".join(right.split()) == "b" + "".join("".join("、".join(names).split()) for _text, names in rows)


@given(rows=ROWS, room=st.integers(12, 60), ambiguous=st.sampled_from((1, 2)))
def test_a_row_that_takes_a_line_says_where_it_is_cut(
    rows: list[tuple[str, list[str]]], room: int, ambiguous: int
) -> None:
    ruler = Ruler(ambiguous)
    cells = [([layout.cut_text(text, ruler), layout.cut_names(names, ruler)], "") for text, names in rows]
    columns = [layout.Column("a", is_cut=True), layout.Column("b", is_cut=True)]
    frame = layout.frame(columns, cells, layout.COMPACT, room, ruler)
    lines = drawn(frame, cells)[2:]
    assert len(lines) == len(rows)
    assert max(map(ruler.width, lines), default=0) <= room
    assert any("…" in line for line in lines) is frame.is_cut
    if not frame.is_cut:
        texts = ["".join(f"{text}{'、'.join(names)}".split()) for text, names in rows]
        assert ["".join(line.split()) for line in lines] == texts

"""The plain form: what is read from lines is what the YAML parser reads: values, places and findings."""

import random
import re
import subprocess
import sys
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from generate import generate
from hypothesis import given, settings

from chengguo.cli.session import unplaced
from chengguo.edits.editing import Change, make
from chengguo.edits.planning import Insert, Operation, Put, edits_for
from chengguo.edits.proving import expected, prove, tree
from chengguo.edits.registering import add_item, add_task
from chengguo.errors import Refused
from chengguo.model import Item
from chengguo.model.status import Status
from chengguo.registry import rereading
from chengguo.registry.documents import Document
from chengguo.registry.reading import read_by_nodes, read_in_lines, read_registry
from chengguo.registry.rereading import entries_of
from chengguo.registry.tasks import are_sound
from chengguo.text.nodes import Mapping, Node, Sequence
from chengguo.text.source import Edit, Source, Span, decode
from conftest import TASKS_YAML
from registries import registries

EVERYTHING = """\
# 督办清单
format: 1

plan:
  title: 行动方案(2017—2020)
  table: "任务: 表"
  years: 2017-2020
  issued: 2017-05-03
  reports: 每月25日前

departments:
  市科委:
    full: 上海市科学技术委员会
    aliases: [市科学技术委员会, 科委]
  市教委: {}
  # 组
  各区:
    group: true

columns:
  预算: {kind: number}
  联系人: {kind: persons}
  配套: {kind: names, private: true}
  现场: {of: report}

sections:
  一: 增强
  （二）: '建立 #库'

alerts:
  due_soon: 20d

lights:
  红:
    when: [overdue, late over 30d]
    color: red

tasks:
- id: 1
  section: 一
  title: 机制 12:30
  items:
  # 备注
  - id: 1
    content: |-
      建立制度。
      # 不是注释
      第二段: 甲 #1
    lead: [市科委]
    support: [市教委, 各区]
    schedule: 2017 年底
    due: 2017-12-31
    extra:
      预算: 1200.5
      联系人: [张, 李]
    extensions:
    - date: 2018-01-02
      to: 2018年底
      reason: "设备: 推迟"
      approved_by: 市政府
    status: done
    progress:
    - date: 2018-02-01
      status: in_progress
      percent: 50
      note: 已办#2
      evidence: [某文〔2026〕1号, 乙]
      by: 市科委
      extra: {现场: 三次}
    # 中间
    - date: 2018-03-01
      milestone: 1
      status: done
      note: "好, 的"
    verified: {date: 2018-12-31, by: 督办, evidence: [甲]}
  - id: 2
    content: 短的一行
    lead: [市教委]
    # 存疑
    schedule: 2018年6月底前启动建设、持续推进
    accepted_undated: {by: 市科委, until: 2030-06-30}
    status: pending

# 第二
- id: 2
  section: （二）
  title: 'it: 好'
  items:
  - id: 1
    content: |-
      　每月一次。
    lead: [市科委, 市教委]
    schedule: 每月28日前
    status: in_progress
    progress:
    - date: 2018-02-01
      period: 2018-02
      status: done
    returned: {date: 2018-05-01, reason: 缺}

"""
WINDOWS = EVERYTHING.replace("\n", "\r\n")


def bare(node: Node) -> Any:
    """Give a node without the ends of its mappings and lists: of the root they are not looked for."""
    if isinstance(node, Mapping):
        return [node.start, node.flow, [(key, bare(value)) for key, value in node.entries]]
    return [node.start, node.flow, [*map(bare, node.items)]] if isinstance(node, Sequence) else node


def in_lines(source: Source) -> Document | None:
    """Read the plain form, and hold it to what the parser reads."""
    document = read_in_lines(source)
    if document is not None:
        expected = read_by_nodes(source)
        assert document.registry == expected.registry
        assert document.root is not None
        assert expected.root is not None
        assert bare(document.root) == bare(expected.root)
    return document


@pytest.mark.parametrize(
    "data",
    [
        TASKS_YAML.read_bytes(),
        EVERYTHING.encode(),
        WINDOWS.encode(),
        b"\xef\xbb\xbf" + WINDOWS.encode(),
        *(generate(count).encode() for count in (24, 1000)),
    ],
    ids=["tasks.yaml", "everything", "CRLF", "BOM", "24", "1,000"],
)
def test_what_we_write_is_read_from_its_lines(data: bytes) -> None:
    assert in_lines(decode(data, "x"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("    lead: [市教委]\n    # 存疑\n", "    # 存疑\n\n    status: pending\n    lead: [市教委]\n"),
        ("      第二段: 甲 #1\n", "      第二段: 甲 #1\n\n    # 注\n"),
        ("      预算: 1200.5\n", "      预算: 1200.5\n    # 注\n\n"),
        ("    content: 短的一行\n", "    content: 短的一行\n   # 注\n"),
    ],
)
def test_fields_stand_in_any_order_with_comments_between(before: str, after: str) -> None:
    text = EVERYTHING.replace("\n    status: pending\n", "\n") if "status" in after else EVERYTHING
    assert in_lines(Source("x", text.replace(before, after)))


@pytest.mark.parametrize("line", ["        # 正文\n", "      \n", "        \n", "\n      # 正文\n"])
def test_what_may_belong_to_paragraphs_is_read_as_the_parser_reads_it(line: str) -> None:
    text = EVERYTHING.replace("      第二段: 甲 #1\n", f"      第二段: 甲 #1\n{line}")
    assert in_lines(Source("x", text))


ODD = "    content: >-\n      折行的\n"


@pytest.mark.parametrize(
    "bad", [ODD, ODD.replace(">-", "|"), "    content: 某 # 注\n", "    content: [甲]\n"]
)
def test_a_task_in_another_form_is_read_by_the_parser_and_the_others_from_their_lines(bad: str) -> None:
    assert in_lines(Source("x", EVERYTHING.replace("    content: 短的一行\n", bad)))


@pytest.mark.parametrize(
    "text",
    [
        EVERYTHING.replace("- id: 2\n  section", "---\n- id: 2\n  section"),
        EVERYTHING.replace("督办\n", "督办 &a\n") + "lights: {}\n",
        EVERYTHING.replace("    content: 短的一行", "    content: *a"),
        EVERYTHING.replace("    content: 短的一行", '    content: "甲'),
        EVERYTHING.replace("  title: 机制", "  title: 机制\x07"),
        EVERYTHING.replace("\n- ", "\n  - ").replace("\n  ", "\n    "),
        EVERYTHING.replace("tasks:\n", "<<<<<<< a\n=======\n>>>>>>> b\ntasks:\n"),
        "format: 1\n",
        "tasks:\n",
        "format: 1\ntasks:\n",
    ],
)
def test_what_only_a_parser_of_the_whole_can_tell_is_left_to_it(text: str) -> None:
    assert in_lines(Source("x", text)) is None


PIECES = (
    *" \n\t\r:#-,[]{}\"'|>&*!%@`?\\.=~0a年。：\u3000\u00a0\x85\u2028\ufeff\x07😀<",
    *(
        "\n  ",
        "\n    ",
        "\n      ",
        ": ",
        " #",
        "- ",
        "---\n",
        "...\n",
        "<<: x",
        "null",
        '"a',
        "'a",
        "|-",
        ">\n",
    ),
    *(
        "{a: b}",
        "[a, b]",
        "&a ",
        "*a",
        "!x ",
        "? a",
        "\ntasks:\n",
        "lights:\n",
        "status: done\n",
        "  - id: 3\n",
    ),
    *(
        "- id: 3\n",
        "\n\n",
        "    # c\n",
        "      # c\n",
        "# c\n",
        "2019-13-01",
        "完成",
        "[]",
        "{}",
        ", ,",
        '" "',
    ),
)


def mutated(text: str, chance: random.Random) -> str:
    """Give a text with one to three changes such as people, merges and other programs make."""
    for _change in range(chance.choice((1, 1, 2, 3))):
        at, kind = chance.randrange(len(text)), chance.randrange(6)
        lines = text.split("\n")
        row, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        if kind <= 1:
            text = text[:at] + chance.choice(PIECES) + text[at + kind :]
        elif kind == 2:
            text = text[:at] + text[at + chance.choice((1, 2, 5, 20)) :]
        else:
            lines[row : row + 1] = {
                3: [],
                4: [lines[row], lines[other]],
                5: [
                    chance.choice((" ", "  ", "")) + lines[row] + chance.choice(("", " ", " # c", ":", "\r"))
                ],
            }[kind]
            text = "\n".join(lines)
    return text


@pytest.mark.parametrize("text", [EVERYTHING, WINDOWS], ids=["LF", "CRLF"])
def test_mutated_texts_are_read_as_the_parser_reads_them_or_left_to_it(text: str) -> None:
    chance = random.Random(20)  # noqa: S311 - no secret
    taken = [in_lines(Source("x", mutated(text, chance))) is not None for _number in range(150)]
    assert 20 < sum(taken) < 130


# What an expression can tell to be sound: it has no values that need a second look.
NOTHING_ELSE = re.sub(
    r"(?m)^    (?:  extra:.*|extra:\n(?:      .*\n)+|(?:accepted_undated|verified|returned):.*\n)",
    "",
    EVERYTHING,
)


@pytest.mark.parametrize("text", [NOTHING_ELSE, generate(24)], ids=["all fields", "generated"])
def test_in_what_is_sound_at_a_glance_nothing_is_wrong_and_nothing_is_left_unfound(text: str) -> None:
    """An edit tells what is wrong with the others, and does not read them to find that nothing is."""
    chance = random.Random(22)  # noqa: S311 - no secret
    assert are_sound(read_registry(Source("x", text), of_one=True).registry.tasks)
    sound = 0
    for _number in range(400):
        source = Source("x", mutated(text, chance))
        found = read_registry(source, of_one=True).registry
        if not are_sound(found.tasks):
            continue
        sound += 1
        expected = read_by_nodes(source).registry
        assert found._replace(tasks=tuple(found.tasks)) == expected
        assert unplaced(expected) == ()
    assert 40 < sound < 390


@settings(max_examples=60, deadline=None)
@given(data=registries())
def test_every_style_is_read_as_the_parser_reads_it_or_left_to_it(data: bytes) -> None:
    in_lines(decode(data, "x"))


def test_the_plain_form_needs_no_yaml_parser() -> None:
    program = (
        "import sys; from chengguo import load; load(sys.argv[1]); print([*{'yaml', 're'} & {*sys.modules}])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(TASKS_YAML)], capture_output=True, encoding="utf-8", check=True
    )
    assert "yaml" not in done.stdout


@pytest.mark.parametrize(
    "text", [EVERYTHING.replace("#2", ""), WINDOWS.replace("#2", "")], ids=["LF", "CRLF"]
)
def test_what_is_read_again_after_an_edit_is_what_the_parser_reads(text: str) -> None:
    document = read_registry(Source("x", text))
    assert entries_of(document) is not None
    for item in document.registry.items:
        for change in (
            Change(item, date(2019, 1, 1), Status.BLOCKED, "受阻: 两项"),
            Change(item, date(2019, 1, 1), fields=(("lead", ("各区",)), ("schedule", "2019年6月底"))),
        ):
            is_as_the_parser_reads_it(make(document, (change,)).document)


def is_as_the_parser_reads_it(after: Document) -> None:
    """Hold what is read again after an edit to what the parser reads of the whole."""
    expected = read_by_nodes(after.source)
    assert entries_of(after) is not None
    assert after.registry._replace(tasks=tuple(after.registry.tasks)) == expected.registry
    assert after.root is not None
    assert expected.root is not None
    assert bare(after.root) == bare(expected.root)


@pytest.mark.parametrize("text", [EVERYTHING, WINDOWS], ids=["LF", "CRLF"])
def test_what_is_added_is_what_the_parser_reads(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    document = read_registry(Source("x", text))
    item: dict[str, Any] = {
        "id": "9",
        "content": "新增",
        "lead": ("各区",),
        "schedule": "持续推进",
        "status": "pending",
    }
    monkeypatch.setattr(rereading, "read_registry", None)  # none of it needs the whole
    after = add_item(document, 1, item)
    is_as_the_parser_reads_it(after)
    after = add_task(after, {"id": "3", "section": "一", "title": "新增"}, {**item, "id": "1"})
    is_as_the_parser_reads_it(after)
    is_as_the_parser_reads_it(add_item(after, 3, item))


def proved(document: Document, item: Item, operations: list[Operation], edits: list[Edit]) -> bool:
    """Tell whether edits pass the proof, which reads again just what they touch."""
    try:
        prove(document, edits, lambda only: expected(document, [(item, operations)], only))
    except Refused:
        return False
    return True


def proved_as_a_whole(source: Source, item: Item, operations: list[Operation], edits: list[Edit]) -> bool:
    """Tell whether edits pass when both texts are read by the parser, and all of their values compared."""
    before, after = read_by_nodes(source), read_by_nodes(source.apply(edits))
    known, new = ([finding.code for finding in each.registry.findings] for each in (before, after))
    same = tree(after.root) == expected(before, [(item, operations)], None)
    return same and all(new.count(code) <= known.count(code) for code in new)


def disturbed(edits: list[Edit], length: int, chance: random.Random) -> list[Edit]:
    """Give edits of which one does more than it should, elsewhere than it should, or another one beside."""
    number, kind = chance.randrange(len(edits)), chance.randrange(5)
    (start, end), text = edits[number]
    if kind == 0:
        at = chance.randrange(len(text) + 1)
        return [*edits[:number], Edit(Span(start, end), text[:at] + chance.choice(PIECES) + text[at:])]
    if kind == 1:
        by = chance.choice((-40, -2, -1, 1, 2, 40))
        start, end = (min(max(at + by, 0), length) for at in (start, end))
        return [*edits[:number], Edit(Span(start, end), text), *edits[number + 1 :]]
    if kind == 2:
        end = min(end + chance.choice((1, 3, 30, 300)), length)
        return [*edits[:number], Edit(Span(start, end), text), *edits[number + 1 :]]
    if kind == 3:
        at = chance.randrange(length)
        return [*edits, Edit(Span(at, at), chance.choice(PIECES))]
    return edits


def apart(edits: list[Edit]) -> bool:
    """True if no two edits overlap, nor are in one place."""
    ordered = sorted(edits, key=lambda edit: edit.span)
    return all(one.span.end < other.span.start for one, other in pairwise(ordered))


OPERATIONS: tuple[list[Operation], ...] = (
    [Put("status", "blocked")],
    [Put("schedule", "2019年6月底"), Put("lead", ("各区",))],
    [Put("due", "2019-06-30", after="schedule")],
    [Insert("progress", {"date": "2020-01-01", "status": "done", "note": "已办: 两项 #1"}, "status", 0)],
)


@pytest.mark.parametrize("text", [EVERYTHING, WINDOWS], ids=["LF", "CRLF"])
def test_the_proof_of_what_is_touched_tells_what_the_proof_of_everything_does(text: str) -> None:
    chance = random.Random(21)  # noqa: S311 - no secret
    source = Source("x", text)
    document = read_registry(source)
    outcomes = []
    for _number in range(80):
        item, operations = chance.choice(document.registry.items), chance.choice(OPERATIONS)
        edits = disturbed(edits_for(document, item, operations), len(text), chance)
        if apart(edits):
            outcomes.append(proved(document, item, operations, edits))
            assert outcomes[-1] == proved_as_a_whole(source, item, operations, edits), edits
    assert 10 < sum(outcomes) < len(outcomes) - 10

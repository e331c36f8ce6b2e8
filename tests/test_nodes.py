"""nodes: YAML text to nodes that keep their text and their places, and what is refused on the way."""

import time
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengguo.text.nodes import (
    DEEPEST,
    LONGEST_LIST,
    WIDEST,
    Mapping,
    Node,
    Refused,
    Scalar,
    Sequence,
)
from chengguo.text.parser import Parsed, parse
from chengguo.text.source import Source, decode
from conftest import TASKS_YAML


def read(text: str) -> Parsed:
    return parse(Source("tasks.yaml", text))


def value(text: str) -> Node:
    """Give the value of the one key of a sound text."""
    parsed = read(text)
    assert parsed.findings == []
    assert isinstance(parsed.root, Mapping)
    ((_key, node),) = parsed.root.entries
    return node


def found(text: str) -> list[tuple[str, str]]:
    """Give the findings as their codes and the stretches of text that they are about."""
    return [(each.code, text[each.span.start : each.span.end]) for each in read(text).findings]


def walk(node: Node | None) -> Iterator[Node]:
    if isinstance(node, Mapping):
        for key, child in node.entries:
            yield key
            yield from walk(child)
    elif isinstance(node, Sequence):
        for child in node.items:
            yield from walk(child)
    if node:
        yield node


# Scalars are their text.


PLAIN = (
    "no on off yes y true null ~ 010 0o17 0x1F 1_000 1.10 1e3 .inf 12:30 190:20:30 2017-12-31 2019-02-30",
    "2001-12-14t21:59:43.10-05:00 2017-2020 +1 = 市科委 “模式” 😀",
)


@pytest.mark.parametrize("text", " ".join(PLAIN).split())
def test_a_plain_scalar_is_its_text_and_no_value(text: str) -> None:
    assert value(f"a: {text}") == Scalar(text, 3, 3 + len(text), "")
    listed = Scalar(text, 4, 4 + len(text), "")
    assert value(f"a: [{text}]") == Sequence((listed,), 3, 5 + len(text), flow=True)


@pytest.mark.parametrize(
    ("written", "text", "style"),
    [
        ("'no'", "no", "'"),
        ("'it''s: #1'", "it's: #1", "'"),
        ('"a\\tb\\u5e02"', "a\tb市", '"'),
        ('"甲\n  乙"', "甲 乙", '"'),
        ("甲\n  乙", "甲 乙", ""),
        ("''", "", "'"),
        ("甲#乙", "甲#乙", ""),
        ("http://a:b", "http://a:b", ""),
        ("a：b", "a：b", ""),
    ],
)
def test_quotes_and_folds_are_read_and_the_place_holds_them(written: str, text: str, style: str) -> None:
    assert value(f"a: {written}\n") == Scalar(text, 3, 3 + len(written), style)


@pytest.mark.parametrize(
    ("header", "text"),
    [("|-", "甲\n乙"), ("|", "甲\n乙\n"), ("|+", "甲\n乙\n\n"), (">-", "甲 乙"), (">", "甲 乙\n")],
)
def test_a_block_scalar_keeps_its_lines(header: str, text: str) -> None:
    node = value(f"a: {header}\n  甲\n  乙\n\n")
    assert isinstance(node, Scalar)
    assert (node.text, node.style, node.start) == (text, header[0], 3)


def test_an_empty_value_is_an_empty_text_of_no_length() -> None:
    assert value("a:\n") == Scalar("", 2, 2, "")


@pytest.mark.parametrize(
    "text", ["a: no # 注\n", "a:   no\n", "\n\n# 注\na: no", "---\na: no\n", "a: no\n...\n"]
)
def test_the_place_of_a_scalar_is_the_scalar_alone(text: str) -> None:
    node = value(text)
    assert isinstance(node, Scalar)
    assert text[node.start : node.end] == "no"


# Collections.


def test_a_block_ends_with_its_last_value_not_behind_blanks_and_comments() -> None:
    text = "a:\n- b: 甲\n  c: 乙\n- 丙  # 注\n\n# 注\n"
    node = value(text)
    assert isinstance(node, Sequence)
    first, second = node.items
    assert [text[part.start : part.end] for part in (node, first, second)] == [
        "- b: 甲\n  c: 乙\n- 丙",
        "b: 甲\n  c: 乙",
        "丙",
    ]
    assert (node.flow, first.flow if isinstance(first, Mapping) else None) == (False, False)


def test_a_flow_collection_ends_behind_its_bracket() -> None:
    text = "a: {b: [甲, 乙], c: {} } # 注\n"
    node = value(text)
    assert isinstance(node, Mapping)
    assert text[node.start : node.end] == "{b: [甲, 乙], c: {} }"
    assert node.flow
    names = node.get("b")
    assert isinstance(names, Sequence)
    assert text[names.start : names.end] == "[甲, 乙]"
    assert node.get("c") == Mapping((), 18, 20, flow=True)
    assert node.get("d") is None


def test_entries_stand_in_the_order_of_the_file() -> None:
    root = read("b: 1\na: 2\n市科委: 3\n").root
    assert isinstance(root, Mapping)
    assert [key.text for key, _value in root.entries] == ["b", "a", "市科委"]


@pytest.mark.parametrize("break_", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_every_scalar_of_the_table_stands_at_its_place(break_: str, mark: str) -> None:
    data = (mark + TASKS_YAML.read_text(encoding="utf-8").replace("\n", break_)).encode()
    source = decode(data, "")
    root, findings = parse(source)
    assert findings == []
    plain = [node for node in walk(root) if isinstance(node, Scalar) and not node.style]
    assert len(plain) > 500
    assert [source.text[node.start : node.end] for node in plain] == [node.text for node in plain]
    flows = [node for node in walk(root) if isinstance(node, Sequence) and node.flow]
    assert {source.text[node.start] + source.text[node.end - 1] for node in flows} == {"[]"}


@pytest.mark.parametrize("character", ["\x85", "\u2028", "\u2029"])
def test_line_breaks_of_yaml_alone_move_no_place(character: str) -> None:
    text = f'a: "甲{character}乙"\nb: 丙\n'
    root = read(text).root
    assert isinstance(root, Mapping)
    node = root.get("b")
    assert node is not None
    assert text[node.start : node.end] == "丙"


# What is refused by name.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: &b c\n", [("Y104", "&b")]),
        ("a: &b [c]\n", [("Y104", "&b")]),
        ("&b a: c\n", [("Y104", "&b")]),
        ("a: &b\n  c: d\n", [("Y104", "&b")]),
        ("a: &b c\nd: *b\n", [("Y104", "&b"), ("Y104", "*b")]),
        ("a: *nowhere\n", [("Y104", "*nowhere")]),
        ("a: !b c\n", [("Y104", "!b")]),
        ("a: !!int 1\n", [("Y104", "!!int")]),
        ("a: !<tag:yaml.org,2002:str> b\n", [("Y104", "!<tag:yaml.org,2002:str>")]),
        ("a: !!python/object/new:os.system [x]\n", [("Y104", "!!python/object/new:os.system")]),
        ("a: !!set {b}\n", [("Y104", "!!set")]),
        ("a:\n  <<: {b: c}\n", [("Y104", "<<")]),
        ("a: 1\na: 2\na: 3\n", [("Y103", "a"), ("Y103", "a")]),
        ("a: {b: 1, 'b': 2}\n", [("Y103", "'b'")]),
        ("a: 1\n---\nb: 2\n", [("Y105", "---")]),
        ("--- a\n--- b\n--- c\n", [("Y105", "---")]),
        ("? [a]\n: b\n", [("S202", "[a]")]),
        ("? {a: b}\n: c\n", [("S202", "{a: b}")]),
    ],
)
def test_what_a_registry_does_not_need_is_refused_at_its_place(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert found(text) == expected


def test_the_tag_bang_alone_is_refused() -> None:
    assert [code for code, _place in found("a: ! b\n")] == ["Y104"]


def test_quoted_marks_are_text() -> None:
    assert found("\"<<\": '&b'\nc: '*d'\ne: '!f'\n") == []


def test_an_alias_leaves_a_gap_and_the_rest_is_read() -> None:
    root = read("a: [*b, c]\n").root
    assert root == Mapping(
        ((Scalar("a", 0, 1, ""), Sequence((Refused(4, 6), Scalar("c", 8, 9, "")), 3, 10, flow=True)),),
        0,
        10,
        flow=False,
    )


def test_a_bomb_of_aliases_is_named_and_not_expanded() -> None:
    levels = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 30)]
    started = time.process_time()
    codes = {code for code, _place in found("a0: &a0 x\n" + "".join(levels))}
    assert codes == {"Y104"}
    assert time.process_time() - started < 1


def test_the_second_of_two_keys_points_to_the_first() -> None:
    text = "a: 1\nb: 2\na: 3\n"
    (finding,) = read(text).findings
    assert finding.message == "the key 'a' stands twice"
    assert finding.span == (10, 11)
    assert finding.related == ((0, 1),)


def test_a_key_may_stand_in_two_mappings() -> None:
    assert found("a: {c: 1}\nb: {c: 2}\n") == []


# Depth and breadth.


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a: ", "}")])
def test_the_limit_of_depth_is_exact(opening: str, closing: str) -> None:
    deepest = opening * DEEPEST + "x" + closing * DEEPEST
    assert found(deepest) == []
    assert [code for code, _place in found(opening + deepest + closing)] == ["Y106"]


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "a: " + "[" * 10_000 + "]" * 10_000, "{a: " * 20_000, "- " * 50_000, "? " * 50_000],
    ids=["brackets", "closed brackets", "braces", "dashes", "question marks"],
)
def test_any_depth_is_one_finding_at_once(text: str) -> None:
    started = time.process_time()
    root, findings = read(text)
    assert root is None
    assert [finding.message for finding in findings] == [f"nested deeper than {DEEPEST} levels"]
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    ("line", "most", "message"),
    [
        ("k{}: x\n", WIDEST, f"a mapping of more than {WIDEST} keys"),
        ("- x\n", LONGEST_LIST, f"a list of more than {LONGEST_LIST} entries"),
    ],
)
def test_the_limit_of_breadth_is_exact(line: str, most: int, message: str) -> None:
    widest = "".join(map(line.format, range(most)))
    assert found(widest) == []
    root, (finding,) = read(widest + line)
    assert root is None
    assert (finding.code, finding.message) == ("Y106", message)


# Characters.


@pytest.mark.parametrize("code", [0x00, 0x07, 0x0B, 0x1B, 0x7F, 0x80, 0x9B, 0xFFFE, 0xFFFF])
def test_a_control_character_has_its_place_and_the_rest_is_read(code: int) -> None:
    text = f"a: 市{chr(code)}科委\nb: 1\nb: 2\n"
    root, findings = read(text)
    assert [(finding.code, finding.span) for finding in findings] == [("Y107", (4, 5)), ("Y103", (13, 14))]
    assert findings[0].message == f"a control character (U+{code:04X})"
    assert isinstance(root, Mapping)
    assert root.get("a") == Scalar("市\ufffd科委", 3, 7, "")


@pytest.mark.parametrize("character", ["\t", "\x85", "\u2028", "\ufeff", "\u200b", "\u202e", "\U0001f600"])
def test_these_are_no_control_characters_of_yaml(character: str) -> None:
    assert found(f'a: "市{character}科委"\n') == []


def test_a_lone_surrogate_is_a_control_character() -> None:
    assert found("a: \ud800\n") == [("Y107", "\ud800")]


@pytest.mark.parametrize("escape", ["\\ud800", "\\udc00", "\\U00110000"])
def test_an_escape_for_no_character_is_refused(escape: str) -> None:
    ((code, _place),) = found(f'a: "市{escape}"\n')
    assert code == "Y102"


# Conflicts, encodings, nothing.

CONFLICT = "a: 1\n<<<<<<< HEAD\nb: 2\nc: 3\n=======\nb: 4\n>>>>>>> theirs\nd: 5\n"


@pytest.mark.parametrize(
    "text", [CONFLICT, CONFLICT.replace("\n", "\r\n"), CONFLICT.removesuffix("\nd: 5\n")]
)
def test_a_conflict_is_recognised(text: str) -> None:
    root, (finding,) = read(text)
    assert root is None
    assert (finding.code, finding.message) == (
        "Y108",
        "an unresolved merge conflict: lines 3–4 against lines 6–6",
    )
    assert text[finding.span.start : finding.span.end] == "<<<<<<<"
    assert text[: finding.span.start].count("\n") == 1


@pytest.mark.parametrize(
    "text",
    [
        "a: |\n  <<<<<<< HEAD\n  =======\n  >>>>>>> theirs\n",
        "# <<<<<<< HEAD\n# =======\n# >>>>>>> theirs\na: b\n",
        "a: <<<<<<<\n",
    ],
)
def test_markers_inside_a_line_are_text(text: str) -> None:
    assert found(text) == []


def test_undecodable_bytes_are_one_finding() -> None:
    root, (finding,) = parse(decode("format: 1\n# 任务分工与进度表\n".encode("gbk"), "a.yaml"))
    assert root is None
    assert (finding.code, finding.span) == ("Y101", (12, 13))
    assert finding.message == "the file is not UTF-8; it looks like GBK"
    assert finding.hint.endswith("iconv -f GB18030 -t UTF-8 a.yaml > NEW.yaml")


@pytest.mark.parametrize("text", ["", "\n", "# 注\n", "---\n", "---\n...\n", "\r\n\r\n", "  \n"])
def test_nothing_is_no_registry(text: str) -> None:
    root, (finding,) = read(text)
    assert root is None
    assert (finding.code, finding.span, finding.message) == ("Y109", (0, 0), "no registry in tasks.yaml")


# Slips of a Chinese keyboard.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: |-\n  目标：甲\nb: 乙: 丙\n", ("a second colon on the line", ":")),
        ("a: |-\n  \u3000\u3000甲\nb: 乙: 丙\n", ("a second colon on the line", ":")),
        ("a：甲\n\nb: 乙\n", ("a full-width colon (：) behind a key", "：")),
    ],
)
def test_a_slip_is_looked_for_where_it_can_be(text: str, expected: tuple[str, str]) -> None:
    (finding,) = read(text).findings
    assert (finding.message, text[slice(*finding.span)]) == expected


# Broken YAML never raises, and says where.


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("ab市: -?[]{},#&*!|>'\"%@`\\\n\r\t\x00\x85\u3000\ufeff<=")) | st.text())
def test_no_text_raises_and_every_place_lies_in_it(text: str) -> None:
    root, findings = read(text)
    places = [finding.span for finding in findings] + [node.span for node in walk(root)]
    slack = len("---")  # where a mark at the very end is pointed at
    assert all(0 <= start <= end <= len(text) + slack for start, end in places)
    assert root is not None or findings

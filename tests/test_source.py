"""source: bytes to text, places in it as editors count them, and edits."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengguo.text.source import Edit, Position, Source, Span, Undecodable, decode

BOM = b"\xef\xbb\xbf"
TITLE = "format: 1\nplan:\n  title: 任务分工与进度表\n"


# Bytes to text.


def test_utf_8_is_decoded() -> None:
    assert decode(TITLE.encode(), "a.yaml") == Source("a.yaml", TITLE)


def test_byte_order_mark_is_kept_out_of_the_text() -> None:
    assert decode(BOM + TITLE.encode(), "a.yaml") == Source("a.yaml", TITLE, bom=True)


def test_a_second_byte_order_mark_is_text() -> None:
    assert decode(BOM + BOM + b"a", "").text == "\ufeffa"


def test_nothing_is_an_empty_text() -> None:
    assert decode(b"", "") == Source("", "")


@pytest.mark.parametrize(
    ("codec", "encoding", "offset"),
    [
        ("gbk", "GBK", 25),
        ("gb18030", "GBK", 25),
        ("utf-16", "UTF-16", 0),
        ("utf-16-le", "UTF-16LE", 0),
        ("utf-16-be", "UTF-16BE", 0),
    ],
)
def test_another_encoding_is_named_and_shown(codec: str, encoding: str, offset: int) -> None:
    source = decode(TITLE.encode(codec), "")
    assert source == Source("", TITLE, undecodable=Undecodable(offset, encoding))


def test_big5_is_told_from_gbk() -> None:
    text = "重點任務:\n  一: 增強科技成果轉移轉化主體內生動力\n"
    assert decode(text.encode("big5"), "") == Source("", text, undecodable=Undecodable(0, "Big5"))


def test_characters_outside_gbk_are_still_gb18030() -> None:
    text = "市科委: 㐂\n"
    assert decode(text.encode("gb18030"), "") == Source("", text, undecodable=Undecodable(0, "GBK"))


def test_utf_16_with_a_mark_of_either_order_is_read() -> None:
    little, big = TITLE.encode("utf-16-le"), TITLE.encode("utf-16-be")
    assert decode(b"\xff\xfe" + little, "").text == decode(b"\xfe\xff" + big, "").text == TITLE


@pytest.mark.parametrize(
    ("data", "offset"),
    [
        (b"id: 1\nnote: \xff\n", 12),
        ("市科委、".encode()[:-1] + b"\n", 3),
        ("市科委".encode() + b"\xc0\x80", 3),
        (b"a: \xed\xa0\x80\n", 3),  # a surrogate
    ],
)
def test_bytes_of_no_encoding_have_the_place_of_the_first_wrong_one(data: bytes, offset: int) -> None:
    assert decode(data, "").undecodable == Undecodable(offset, None)


def test_offset_behind_a_byte_order_mark_does_not_count_it() -> None:
    assert decode(BOM + b"note: \xff\n", "") == Source(
        "", "note: \ufffd\n", bom=True, undecodable=Undecodable(6, None)
    )


@settings(max_examples=150, deadline=None)
@given(st.text(), st.booleans())
def test_what_is_decoded_is_encoded_again(text: str, bom: bool) -> None:  # noqa: FBT001
    data = BOM * bom + text.encode("utf-8", "ignore")
    source = decode(data, "")
    assert source.undecodable or source.encode() == data


@settings(max_examples=150, deadline=None)
@given(st.binary())
def test_no_bytes_raise(data: bytes) -> None:
    source = decode(data, "")
    assert source.undecodable is None or 0 <= source.undecodable.offset <= len(source.text)


# Places.


@pytest.mark.parametrize(
    ("text", "offset", "place"),
    [
        ("", 0, (1, 1)),
        ("ab", 2, (1, 3)),
        ("a\nb", 1, (1, 2)),
        ("a\nb", 2, (2, 1)),
        ("a\r\nb", 3, (2, 1)),
        ("a\rb", 2, (1, 3)),
        ("a\u2028b", 2, (1, 3)),
        ("a\u2029b\x85c\x0bd\x0ce", 9, (1, 10)),
        ("市科委\n😀x", 5, (2, 2)),
        ("a\n\n", 3, (3, 1)),
    ],
)
def test_lines_end_at_line_feeds_and_columns_are_code_points(
    text: str, offset: int, place: tuple[int, int]
) -> None:
    assert Source("", text).position(offset) == place


def test_positions_are_given_in_the_order_asked() -> None:
    assert Source("", "a\nb\nc").positions([4, 0, 2, 4]) == [(3, 1), (1, 1), (2, 1), (3, 1)]


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from("ab市\n\r\x85\u2028")), st.data())
def test_position_agrees_with_counting(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    before = text[:offset].split("\n")
    assert Source("", text).position(offset) == Position(len(before), len(before[-1]) + 1)


@pytest.mark.parametrize(("number", "line"), [(1, "甲"), (2, "乙\u2028丙"), (3, ""), (4, "丁\r戊")])
def test_line_is_given_without_its_ending(number: int, line: str) -> None:
    assert Source("", "甲\r\n乙\u2028丙\n\r\n丁\r戊").line(number) == line


# Edits.


def test_edits_are_made_at_once_in_the_places_of_the_old_text() -> None:
    source = Source("a.yaml", "status: pending\n", bom=True)
    edits = [Edit(Span(16, 16), "due: x\n"), Edit(Span(8, 15), "done"), Edit(Span(0, 0), "- ")]
    assert source.apply(edits) == Source("a.yaml", "- status: done\ndue: x\n", bom=True)


def test_no_edit_changes_nothing() -> None:
    assert Source("", TITLE).apply([]) == Source("", TITLE)


def test_edits_may_touch() -> None:
    assert Source("", "abcd").apply([Edit(Span(2, 3), "C"), Edit(Span(1, 2), "B")]).text == "aBCd"


@pytest.mark.parametrize("other", [Span(0, 2), Span(1, 3), Span(2, 2), Span(1, 2)])
def test_edits_that_overlap_are_refused(other: Span) -> None:
    with pytest.raises(ValueError, match="overlap"):
        Source("", "abcd").apply([Edit(Span(1, 3), "x"), Edit(other, "y")])


@settings(max_examples=150, deadline=None)
@given(st.text(min_size=1), st.data())
def test_edits_leave_all_other_text(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=8, unique=True)))
    spans = [Span(start, end) for start, end in pairwise(cuts)][::2]
    edits = [Edit(span, "X" * number) for number, span in enumerate(spans)]
    expected = text
    for span, replacement in reversed(edits):
        expected = expected[: span.start] + replacement + expected[span.end :]
    assert Source("", text).apply(data.draw(st.permutations(edits))).text == expected

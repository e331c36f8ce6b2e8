"""diff: a change shown with its context, whatever the size of the file around it."""

from hypothesis import given
from hypothesis import strategies as st

from chengguo.output.formats import diff
from chengguo.text.source import Source

LINES = st.sampled_from(("a\n", "b\n", "c\n"))
TEXTS = st.lists(LINES, max_size=12).map("".join)


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_equal_ends_are_left_out_of_the_work_and_not_of_the_lines(
    head: str, old: str, new: str, tail: str
) -> None:
    before, after = head + old + tail, head + new + tail
    assert patched(before, diff.render(Source("a", before), Source("b", after))) == after


def patched(before: str, shown: str) -> str:
    """Apply a unified diff, holding every line that it names against the file."""
    old, new, at = before.splitlines(), [], 0
    for line in shown.splitlines()[2:]:
        if line.startswith("@@"):
            start = line.split()[1].lstrip("-")
            first, _comma, count = start.partition(",")
            begin = int(first) - (count != "0")
            new += old[at:begin]
            at = begin
        elif line.startswith("+"):
            new.append(line[1:])
        else:
            assert old[at] == line[1:]
            new += [line[1:]] if line.startswith(" ") else []
            at += 1
    return "".join(f"{line}\n" for line in [*new, *old[at:]])


def test_a_change_in_a_large_file_is_found_at_its_line() -> None:
    lines = [f"line {number}\n" for number in range(1, 30_001)]
    before = Source("a", "".join(lines))
    after = Source("b", "".join([*lines[:14_999], "another\n", *lines[15_000:]]))
    assert diff.render(before, after).splitlines() == [
        "--- a",
        "+++ b",
        "@@ -14997,7 +14997,7 @@",
        *(f" line {number}" for number in range(14_997, 15_000)),
        "-line 15000",
        "+another",
        *(f" line {number}" for number in range(15_001, 15_004)),
    ]

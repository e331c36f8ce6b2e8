"""Carry a change of lines over to a text that may have changed elsewhere since."""

from difflib import SequenceMatcher
from typing import NamedTuple


class _Hunk(NamedTuple):
    """Lines ``start`` to ``end`` (exclusive, from 0) of one text, and what stands for them in another."""

    start: int
    end: int
    lines: list[bytes]


def carry(old: bytes, new: bytes, now: bytes) -> bytes | None:
    """Return ``now`` with the change from ``old`` to ``new`` made in it, line by line.

    ``now`` is ``old``, or what others made of it. None where those lines, or the ones next to them, are not
    as ``old`` has them. The way back is the change from ``new`` to ``old``.
    """
    if now == old:
        return new
    ours, theirs = _hunks(old, new), _hunks(old, now)
    if any(one.start <= other.end and other.start <= one.end for one in ours for other in theirs):
        return None
    lines = old.split(b"\n")
    for start, end, other in sorted([*ours, *theirs], reverse=True):
        lines[start:end] = other
    return b"\n".join(lines)


def _hunks(one: bytes, other: bytes) -> list[_Hunk]:
    """Return what must be replaced in ``one`` to make it ``other``; equal ends are not compared twice."""
    ours, theirs = one.split(b"\n"), other.split(b"\n")
    shorter = min(len(ours), len(theirs))
    head = next((n for n in range(shorter) if ours[n] != theirs[n]), shorter)
    tail = next((n for n in range(shorter - head) if ours[-1 - n] != theirs[-1 - n]), shorter - head)
    matcher = SequenceMatcher(None, ours[head : len(ours) - tail], theirs[head : len(theirs) - tail])
    return [
        _Hunk(head + i1, head + i2, theirs[head + j1 : head + j2])
        for tag, i1, i2, j1, j2 in matcher.get_opcodes()
        if tag != "equal"
    ]

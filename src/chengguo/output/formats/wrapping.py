"""Where a line of Chinese may break: between any two characters, save at punctuation.

By GB/T 15834-2011 《标点符号用法》 5.1, a mark that closes does not begin a line and one that opens does not
end it.
"""

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate

from chengguo.text.widths import Ruler

# Marks by the letter of their kind. ASCII marks, which the official text uses too, count only beside a
# Chinese character: not in 3.2.
_MARKS = {
    "O": "（《〈【〔「『",
    "o": "“‘",
    "a": "([",
    "C": "）》〉】〕」』，。、；：！？",
    "c": "”’…",
    "b": ",;:!?)]",
}
# What stays on one line: a Chinese character or a word, what opens before it, what closes behind it, blanks.
_WORDS = re.compile("[sS]*[Ooa]*(?:[wOCS][Ccb]*|[nab]+[Cc]*)[sS]*|[sS]*[^sS][sS]*")


def _kind(character: str) -> str:
    """Return the kind of a character that is no mark: blank or not, Chinese or not."""
    is_chinese = "\u2e80" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff"
    if is_chinese or "\uff00" <= character <= "\uffef":
        return "S" if character.isspace() else "w"
    return "s" if character.isspace() else "n"


# The kinds of the characters that were met so far. An expression of letters compiles at once, one that names
# the Chinese characters themselves takes longer than all else that a short table needs.
_KINDS = {code: _kind(chr(code)) for code in range(128)} | {
    ord(mark): kind for kind, marks in _MARKS.items() for mark in marks
}


def _words(line: str) -> list[int]:
    """Return where the words of a line end."""
    kinds = line.translate(_KINDS)
    if not kinds.isascii():
        _KINDS.update((ord(character), _kind(character)) for character in kinds if not character.isascii())
        kinds = line.translate(_KINDS)
    return [*accumulate(map(len, _WORDS.findall(kinds)))]


@lru_cache(maxsize=4096)  # names and schedules stand in row after row
def fold(line: str, columns: int, ruler: Ruler) -> tuple[str, ...]:
    """Fold a line into lines of at most so many columns; a word that is wider than that is broken."""
    if ruler.width(line) <= columns:
        return (line,)
    ends, reached = _words(line), ruler.reached(line)
    folded: list[str] = []
    start = done = 0  # where the next line begins, and how many words end before it or are broken
    while ends and start < len(line):
        most = reached[start] + columns
        upto = bisect_right(ends, most, done, key=reached.__getitem__)
        if upto < len(ends) and reached[len(line[: ends[upto]].rstrip())] <= most:
            upto += 1  # what is too much of it is blanks
        end = ends[upto - 1] if upto else 0
        if end == start:
            *full, rest = ruler.cut(line[start : ends[done]], columns)
            folded += full
            start, done = ends[done] - len(rest), done + 1
        else:
            folded.append(line[start:end])
            start, done = end, upto
    return tuple([each.rstrip() for each in folded]) or ("",)

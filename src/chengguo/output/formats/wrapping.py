"""Where a line of Chinese may break: between any two characters, save at punctuation.

By GB/T 15834-2011 《标点符号用法》 5.1, a mark that closes does not begin a line and one that opens does not
end it.
"""

import re

from chengguo.text.widths import Ruler

_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f"
_OPENING = "（“‘《〈【〔「『"
_CLOSING = "）”’》〉】〕」』，。、；：！？…"


# ASCII marks, which the official text uses too, count only beside a Chinese character: not in 3.2.
_BEFORE, _BEHIND = rf"[{_OPENING}(\[]*", rf"[{_CLOSING},;:!?)\]]*"
_WORD = rf"{_BEFORE}(?:[{_WIDE}]{_BEHIND}|[^\s{_WIDE}{_OPENING}{_CLOSING}]+[{_CLOSING}]*)"
_WORDS = re.compile(rf"\s*{_WORD}\s*|\s*\S\s*")  # what stays on one line


def fold(line: str, columns: int, ruler: Ruler) -> list[str]:
    """Fold a line into lines of at most so many columns; a word that is wider than that is broken."""
    if ruler.width(line) <= columns:
        return [line]
    folded, used = [""], 0
    for word in _WORDS.findall(line):
        bare = word.rstrip()
        width = ruler.width(bare)
        if width > columns - used and folded[-1]:
            folded.append("")
            used = 0
        if width > columns:
            *full, word = ruler.cut(word, columns)  # noqa: PLW2901 - what is left of it
            folded[-1:] = [*full, ""]
        folded[-1] += word
        used += width if word == bare else ruler.width(word)
    return [each.rstrip() for each in folded]

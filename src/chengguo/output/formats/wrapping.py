"""Teach Rich where a line of Chinese may break: between any two characters, save at punctuation.

Rich breaks lines at spaces only, and folds or cuts (in help, with "…") a sentence that has none. By GB/T
15834-2011 《标点符号用法》 5.1, a mark that closes does not begin a line and one that opens does not end it.
"""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.text import Text

_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f"
_OPENING = "（“‘《〈【〔「『"
_CLOSING = "）”’》〉】〕」』，。、；：！？…"


def install() -> None:
    """Make Rich, from now on, wrap Chinese as it is wrapped in print."""
    import rich._wrap  # Rich has no public hook for this; a test tells when the name is gone
    import rich.text

    # ASCII marks, which the official text uses too, count only beside a Chinese character: not in 3.2.
    opening, closing = rf"[{_OPENING}(]*", rf"[{_CLOSING},;:!?)]*"
    word = rf"{opening}(?:[{_WIDE}]{closing}|[^\s{_WIDE}{_OPENING}{_CLOSING}]+[{_CLOSING}]*)"
    rich._wrap.re_word = re.compile(rf"\s*{word}\s*|\s*\S\s*")  # noqa: SLF001
    rich.text.Text.rstrip_end = _without_spaces_beyond  # type: ignore[method-assign,assignment]


def _without_spaces_beyond(text: "Text", size: int) -> None:
    """Take the spaces off the end of a line that stand beyond ``size`` cells; Rich counts code points."""
    from rich.cells import cell_len

    spaces = len(text.plain) - len(text.plain.rstrip())
    beyond = min(spaces, cell_len(text.plain) - size)
    if beyond > 0:
        text.right_crop(beyond)

"""What an item is called where there is no room for all of it."""

from collections import Counter

from chengguo.queries.query import Row
from chengguo.text.visible import visible

_LONGEST = 40  # characters of a content that stands for a title


def work(row: Row, longest: int = _LONGEST) -> str:
    """Return what names the work: the title, or the content where it is one item of several.

    What is longer than so many characters is cut, with a mark.
    """
    contents = Counter(item.content for item in row.task.items)
    is_alone = len(row.task.items) == 1 or contents[row.item.content] > 1
    text = one_line(row.task.title if is_alone and row.task.title else row.item.content)
    return text if len(text) <= longest else text[: longest - 1] + "…"


def one_line(text: str) -> str:
    """Return a text without line feeds, what cannot be seen spelt out."""
    return " ".join(visible(text).split())

"""What an item is called where there is no room for all of it."""

from collections import Counter
from datetime import date

from chengguo.model import Registry
from chengguo.queries import query
from chengguo.queries.query import Row
from chengguo.text.visible import visible

_LONGEST = 40  # characters of a content that stands for a title


def work(row: Row, longest: int | None = _LONGEST) -> str:
    """Return what names the work: the title, or the content where several items share that title.

    What is longer than so many characters is cut, with a mark; nothing is cut without a number.
    """
    contents = Counter(item.content for item in row.task.items)
    is_own = not row.is_title_shared or contents[row.item.content] > 1
    text = one_line((is_own and row.task.title) or row.item.content or row.task.title)
    return text if longest is None or len(text) <= longest else text[: longest - 1] + "…"


def works(registry: Registry, longest: int | None = _LONGEST) -> dict[str, str]:
    """Return what names the work of each item, by its address."""
    return {row.address: work(row, longest) for row in query.rows(registry, date.max)}


def one_line(text: str) -> str:
    """Return a text without line feeds, what cannot be seen spelt out."""
    return " ".join(visible(text).split())

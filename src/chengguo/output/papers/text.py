"""Text: the 通报 as it is pasted into a chat group."""

from chengguo.output.papers.page import Page
from chengguo.output.papers.templates import fill


def write(page: Page, template: str | None) -> bytes:
    """Return ``page`` as text in UTF-8."""
    return fill("report.txt", page, template).encode()

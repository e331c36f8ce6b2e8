"""HTML: one page that holds all it needs, for a desk, a phone and A4 paper."""

from chengguo.output.papers.page import Page
from chengguo.output.papers.templates import fill


def write(page: Page, template: str | None) -> bytes:
    """Return ``page`` as an HTML page in UTF-8; every text of the registry is escaped."""
    return fill("report.html", page, template, autoescape=True).encode()

"""Markdown: the 通报 with headings and tables."""

from typing import Any

from chengguo.output.formats.markdown import escape
from chengguo.output.papers.page import Page
from chengguo.output.papers.templates import fill


def write(page: Page, template: str | None) -> bytes:
    """Return ``page`` as Markdown in UTF-8; no text of the registry is taken as markup."""
    return fill("report.md", page, template, finalize=_escaped).encode()


def _escaped(value: Any) -> Any:
    return escape(value) if isinstance(value, str) else value

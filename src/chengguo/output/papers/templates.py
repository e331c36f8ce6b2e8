"""Templates of papers: those of the package, or the office's own, filled in with a Page."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chengguo.errors import CannotOpen, WrongUsage
from chengguo.files import installing
from chengguo.files.store import read_bytes
from chengguo.language import _
from chengguo.output.papers import words

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

    from chengguo.output.papers.page import Page

_OWN = Path(__file__).parent / "templates"


def environment(**options: Any) -> "SandboxedEnvironment":
    """Return what fills templates in, with the filters of papers. Raises ``WrongUsage`` without jinja2.

    A template cannot reach beyond the values that it is filled in with.
    """
    try:
        from jinja2 import StrictUndefined
        from jinja2.sandbox import SandboxedEnvironment
    except ImportError as error:
        raise WrongUsage(_("reports and notices need jinja2"), installing.command("report")) from error
    made = SandboxedEnvironment(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True, **options
    )
    made.filters |= {
        "day": long_day,
        "share": share,
        "late": words.late,
        "late_parts": words.late_parts,
        "due": words.due,
        "unstopped": words.unstopped,
    }
    return made


def long_day(day: date) -> str:
    """Return a day as papers write it: 2019年10月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


def share(part: int, whole: int) -> str:
    """Return so many of so many in per cent, to a tenth: 12.5%; — of none."""
    if not whole:
        return "—"
    tenths = (1000 * part + whole // 2) // whole
    return f"{tenths // 10}.{tenths % 10}%" if tenths % 10 else f"{tenths // 10}%"


def fill(name: str, page: "Page", template: str | None, **options: Any) -> str:
    """Return a text filled in with a page: the office's ``template``, else the package's own of that name.

    Raises ``CannotOpen`` for a template that cannot be read, ``WrongUsage`` for one that cannot be filled in.
    """
    made = environment(**options)
    drawn: dict[str, Callable[..., str]] = {}
    if options.get("autoescape"):
        from markupsafe import Markup

        from chengguo.output.papers import drawing

        drawn = {
            "bar": lambda bars: Markup(drawing.bar(bars)),  # noqa: S704 - every text in it is escaped
            "curve": lambda curve: Markup(drawing.curve(curve)),  # noqa: S704 - the same
            "strip": lambda strip: Markup(drawing.strip(strip)),  # noqa: S704 - the same
        }
    path = Path(template) if template else _OWN / name
    text: str = filled(str(path), lambda: made.from_string(_read(path)).render(page=page, **drawn))
    return text


def filled(name: str, render: Callable[[], Any]) -> Any:
    """Return what ``render`` makes; what is wrong with the template is told with its line."""
    from jinja2 import TemplateError

    try:
        return render()
    except (TemplateError, TypeError, ValueError) as error:
        place = getattr(error, "lineno", None)
        line = f":{place}" if place else ""
        message = _("{file}: the template cannot be filled in: {reason}").format(
            file=name + line, reason=error
        )
        raise WrongUsage(message, _("See: chengguo help papers")) from error


def _read(path: Path) -> str:
    try:
        return read_bytes(path, is_registry=False).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CannotOpen(_("{file} is not UTF-8").format(file=path)) from error


def fill_docx(template: str, day: date, **values: Any) -> bytes:
    """Return the office's own Word document with its fields filled in. Raises as ``fill`` does."""
    try:
        from docxtpl import DocxTemplate
    except ImportError as error:
        raise WrongUsage(_("a template of Word needs docxtpl"), installing.command("report")) from error
    from zipfile import BadZipFile

    from docx.opc.exceptions import PackageNotFoundError

    from chengguo.output.export.settling import settled

    try:
        document = DocxTemplate(io.BytesIO(read_bytes(template, is_registry=False)))
        filled(template, lambda: document.render(values, environment(), autoescape=True))
    except (BadZipFile, PackageNotFoundError, KeyError) as error:
        raise CannotOpen(_("{file} is no Word document").format(file=template)) from error
    out = io.BytesIO()
    document.save(out)
    return settled(out.getvalue(), day)

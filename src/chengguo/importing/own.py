"""Columns that a table has beside the official ones: kept with their headings and what stands in them.

What stands in a cell stays as it is printed. A column holds numbers, shares, days or names of departments
only where every cell of it is one, word for word; else it holds texts.
"""

import re
from collections.abc import Collection, Iterable, Sequence

from chengguo.departments.cells import Unit, read_cell
from chengguo.errors import WrongUsage
from chengguo.language import _, listed
from chengguo.model import Column, Figure
from chengguo.registry import figures
from chengguo.registry.report_headings import PRINTED, is_news
from chengguo.registry.writing import Cell
from chengguo.text.widths import folded

SEPARATOR = "、"
_ROLE = re.compile(r".{0,8}(?:单位|部门|机构|机关|处室|科室)(?:（.*）)?")

_LABEL = re.compile(r".*(?:编号|序号|代码)|.*\bno\.?", re.IGNORECASE)  # what stands below is a name: 1.10
_PERSONAL = re.compile(r"电话|手机|联系方式|邮箱|微信|身份证|\b(?:phone|mobile|e-?mail)\b", re.IGNORECASE)


def kind_of(heading: str, texts: Iterable[str]) -> str:
    """Return what a column holds, by its heading and all that stands in it."""
    filled = [text for text in texts if text]
    if _LABEL.fullmatch(heading):
        return "text"
    kinds = [
        kind for kind in figures.EXPECTED if filled and all(figures.is_figure(kind, each) for each in filled)
    ]
    if "number" in kinds and not any(map(_is_label, filled)):
        return "number"
    if "percent" in kinds and all(text.endswith("%") for text in filled):
        return "percent"
    if "date" in kinds:
        return "date"
    return "names" if filled and _ROLE.fullmatch(heading) and all(map(_are_names, filled)) else "text"


def _is_label(text: str) -> bool:
    """True if a number is rather a name, such as that of a telephone: it is long, or begins with 0."""
    digits = text.partition(".")[0].replace(",", "")
    return len(digits) > 10 or (digits.startswith("0") and digits != "0") or text.startswith("+")  # noqa: PLR2004


def _are_names(text: str) -> bool:
    found = read_cell(text, "support")
    names = [unit.name for unit in (*found.lead, *found.support)]
    return not found.doubts and SEPARATOR.join(names) == text


def units_of(text: str) -> tuple[Unit, ...]:
    """Return the departments that a cell of a column of names has."""
    found = read_cell(text, "support")
    return (*found.lead, *found.support)


def value_of(column: Column, text: str, names: Sequence[str] = ()) -> Cell:
    """Return a cell as the file holds it; ``names`` are those of the departments in it."""
    if column.kind == "names" and names:
        return tuple(names)
    if column.is_list:
        return tuple(part.strip() for part in text.split(SEPARATOR) if part.strip())
    return text if column.kind == "text" else Figure(text)


def refuse_unknown(dropped: Iterable[str], headings: Collection[str]) -> None:
    """Refuse a name of ``--drop`` that no column has, by ``WrongUsage``."""
    known = {folded(name) for each in headings for name in (each, each.removeprefix(PRINTED))}
    for name in dropped:
        if folded(name) not in known:
            message = _("--drop {name}: the table has no such column of its own").format(name=name)
            raise WrongUsage(message, _("Columns: {names}.").format(names=listed(headings) or _("none")))


def notes(kept: Sequence[Column], dropped: Collection[str], file: str, output: str) -> list[str]:
    """Say which columns are kept as the office's own, and which are left out as was asked.

    Those in which reports stand are told too, with the command that takes them from ``file``.
    """
    said = []
    headings = [column.heading.removeprefix(PRINTED) for column in kept if column.heading.startswith(PRINTED)]
    if kept:
        named = (
            column.heading if column.kind == "text" else f"{column.heading} ({column.kind})"
            for column in kept
        )
        why = _("columns kept as the office's own: {names}; --drop NAME leaves one out")
        said.append(why.format(names=listed(named)))
    if personal := [column.heading for column in kept if _PERSONAL.search(column.heading)]:
        why = _("handed round with the others: {names}; 'private: true' under 'columns:' keeps them in")
        said.append(why.format(names=listed(personal)))
    if reports := [each for each in headings if is_news(each)]:
        why = _(
            "no reports are made of {names}; to take them in as reports of a day: "
            "chengguo collect {file} --date DAY -f {registry}"
        )
        said.append(why.format(names=listed(reports), file=file, registry=output))
    if dropped:
        said.append(_("columns left out, as asked: {names}").format(names=listed(dropped)))
    return said

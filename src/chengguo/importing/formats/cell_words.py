"""What a cell of a workbook says: as its format and font show it, without what is struck out."""

import math
import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from chengguo.importing.formats import cell_looks, number_formats, signs
from chengguo.importing.formats.cell_looks import Styles
from chengguo.importing.formats.letters import LOW_LINE, raised, struck_out
from chengguo.importing.rows import LOOKS, Look, Remark
from chengguo.language import _

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_ODD = re.compile(f"_x|\r|{LOW_LINE}")
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')  # what a number format prints as it is
# Formats by number that every Chinese Excel has (ECMA-376, 18.8.30, zh-cn), of a month or of a day.
_BUILT_IN_DAYS = {
    **dict.fromkeys((27, 36, 50, 52, 57), "month"),
    **dict.fromkeys((28, 29, 31, 51, 53, 54, 58), "day"),
}
_LAST_SERIAL = 73050  # 2099-12-31


def words(cell: Any, place: int, style: int, styles: Styles) -> tuple[str, Remark | None]:
    """Return the words of a cell that count, and what to say of others, or that nobody sees them."""
    font = styles.signs.get(style, "")
    shown = _written(cell, font)
    no_words = {
        "e": _("the cell shows an error, and is left empty: '{text}'"),
        "f": _("the cell has a formula without a result, and is left empty: '{text}'"),
    }
    if why := no_words.get(cell.data_type):
        return "", Remark(place, why, shown, empties=True)
    is_struck = style in styles.struck
    if out := shown if is_struck else _runs(cell.value, font, is_struck=True):
        return "" if is_struck else _runs(cell.value, font, is_struck=False), struck_out(place, out)
    unseen = ""
    if number_formats.hides(str(cell.number_format)):
        unseen = _("the format of the cell hides its words; they are read all the same")
    elif style in styles.unseen or (style in styles.bare and _has_white(cell.value)):
        unseen = _("words of the cell have the colour of their ground; they are read all the same")
    return shown, Remark(place, unseen) if shown and unseen else None


def _has_white(value: Any) -> bool:
    """True if a run of a rich text is white."""
    return isinstance(value, list) and any(cell_looks.is_white(getattr(run, "font", None)) for run in value)


def _runs(value: Any, font_of_cell: str, *, is_struck: bool) -> str:
    """Return the runs of a rich text that are struck out, or those that are not."""
    runs = [(str(run), getattr(run, "font", None)) for run in value] if isinstance(value, list) else []
    texts = (
        raised(text)
        if getattr(font, "vertAlign", None) == "superscript"
        else signs.shown(text, font.rFont if font else font_of_cell)
        for text, font in runs
        if bool(getattr(font, "strike", False)) is is_struck
    )
    return _unescaped("".join(texts)).strip()


def looks(runs: list[Any], place: int) -> Iterator[Look]:
    """Return the words of a rich text that stand out, with the place of its cell.

    Those that follow one another are one.
    """
    known = [(str(run), frozenset(cell_looks.kinds(getattr(run, "font", None)))) for run in runs]
    for kind in LOOKS:
        for stands_out, group in groupby(known, key=lambda each: kind in each[1]):
            if stands_out:
                yield Look(kind, place, _unescaped("".join(text for text, _kinds in group)).strip())


def _unescaped(text: str) -> str:
    """Return characters that a workbook writes by their number, as _x000D_, as themselves."""
    if not _ODD.search(text):
        return text
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # two numbers may be one sign
    return text.replace("\r\n", "\n").replace("\r", "\n").replace(LOW_LINE, "_")


def _written(cell: Any, font: str) -> str:
    """Write what a cell holds as text: a day as its format shows it, a whole number without a point."""
    match cell.value:
        case bool() as value:
            return str(value).upper()
        case date() as day:  # or a moment
            return _moment(cell, day)
        case int() | float() as number:
            return _built_in_day(cell, number) or _number(cell, number)
        case list() as runs:
            return _runs(runs, font, is_struck=False) or _runs(runs, font, is_struck=True)
        case str() as text:
            words = signs.shown(_unescaped(text), font)
            return number_formats.with_words(words, str(cell.number_format)).strip()
        case value:
            text = _hours(value) if isinstance(value, timedelta) else str(value)
            return _unescaped(text).strip()


def _hours(span: timedelta) -> str:
    """Write a span of time as [h]:mm:ss shows it."""
    seconds = int(span.total_seconds())
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _moment(cell: Any, moment: date) -> str:
    if isinstance(moment, datetime):
        if moment.time() != time() and _shows(cell, "h"):
            return moment.isoformat(" ")
        moment = moment.date()
    return _day(cell, moment)


def _built_in_day(cell: Any, number: float) -> str:
    """Write a number that Chinese Excel shows as a day by a format that openpyxl does not know; else ""."""
    from openpyxl.utils.datetime import from_excel  # only a workbook pays for it

    shown = _BUILT_IN_DAYS.get(cell.style_array.numFmtId)
    if shown is None or not 0 < number < _LAST_SERIAL:
        return ""
    day = from_excel(number)
    return f"{day.year}年{day.month}月" + (f"{day.day}日" if shown == "day" else "")


def _number(cell: Any, number: float) -> str:
    """Write a number as its format shows it: 2025.1 as 2025.10, 6 as 6月底前."""
    if not math.isfinite(number):
        return "#NUM!"  # as Excel shows what is too large
    return number_formats.shown(number, str(cell.number_format))


def _day(cell: Any, day: date) -> str:
    """Write a day; 1 June that is shown as 2025年6月 is the month."""
    if written := number_formats.day(day, str(cell.number_format)):
        return written
    if _shows(cell, "d") or not _shows(cell, "m") or _shows(cell, "h"):
        shown = str(cell.number_format)
        return f"{day.year}/{day.month}/{day.day}" if "/" in shown else day.isoformat()
    return f"{day.year}年{day.month}月"


def _shows(cell: Any, letter: str) -> bool:
    """True if the format of a cell has a letter: y, m, d or h."""
    return letter in _LITERAL.sub("", str(cell.number_format)).lower()

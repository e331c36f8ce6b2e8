"""What a cell of an OpenDocument spreadsheet says, and what stands beside its words: notes, shapes."""

import math
import re
from collections.abc import Collection, Iterator, Mapping
from itertools import groupby
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element, fromstring

from chengguo.importing.formats import signs
from chengguo.importing.formats.css import is_red
from chengguo.importing.formats.letters import raised, struck_out
from chengguo.importing.formats.opendocument_styles import (
    DRAW,
    FORM,
    OFFICE,
    SVG,
    TABLE,
    TEXT,
    Styles,
    inside,
    space,
)
from chengguo.importing.rows import LOOKS, Look, Remark
from chengguo.language import _

_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_LINK = "{http://www.w3.org/1999/xlink}href"
PARAGRAPHS = frozenset({TEXT + "p", TEXT + "h"})
_ANNOTATION, _NOTE, _SPAN, _RUBY = OFFICE + "annotation", TEXT + "note", TEXT + "span", TEXT + "ruby-text"
_OBJECTS = (DRAW + "object", DRAW + "object-ole")
_BLANK, _BROKEN = re.compile(r"[ \t\r\n]+"), frozenset("\t\r\n")
_MOST_SPACES = 100  # that one element stands for
_ERROR = re.compile(r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!)|(?:Err|错误)[::]\s*\d{3}")
_FORMULA = re.compile(r"^\w+:(?==)|[\[\]]|(?<![\w'])\.(?=\$?[A-Z])")
_DATE = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?:T(?P<time>[\d:]+))?.*")
_TIME = re.compile(r"PT(\d+)H(\d+)M(\d+).*S")
# What a control of a form says, by its attributes, and the sign of one that is ticked.
_SAYS = ("label", "current-value", "value")
_TICKS = {"checkbox": ("□", "☑", "state", "checked"), "radio": ("○", "●", "selected", "true")}


class Cell(NamedTuple):
    """The words of a cell, those that stand out, and what is to be told; all at the place 0."""

    text: str = ""
    looks: tuple[Look, ...] = ()
    told: tuple[Remark, ...] = ()


class Reader(NamedTuple):
    """Reads cells and shapes by the styles of a file, and its parts, of which each is told once."""

    styles: Styles
    parts: dict[str, bytes]

    def cell(self, cell: Element, style: str) -> Cell:
        """Return what a cell says as the sheet shows it; without that, its value."""
        found = _Gathered(self, style)
        found.blocks(cell)
        shown = "".join(found.all).strip("\n")
        is_month = self.styles.of_cell(style).is_of_months
        said = _day(cell, shown, is_month=is_month) if shown else _value(cell, is_month=is_month)
        if said != shown:
            again = _Gathered(self, style)
            again.words(said, {})
            again.told = found.told
            found = again
        formula = cell.get(TABLE + "formula", "")
        if cell.get(_CALC + "value-type") == "error" or (formula and _ERROR.fullmatch(said)):
            return found.empty(_("the cell shows an error, and is left empty: '{text}'"), said)
        if formula and not said and OFFICE + "value-type" not in cell.attrib:
            code = _FORMULA.sub("", formula)
            return found.empty(
                _("the cell has a formula without a result, and is left empty: '{text}'"), code
            )
        if said and not shown and cell.find(TEXT + "p") is not None:
            found.told.append(
                Remark(0, _("the format of the cell hides its words; they are read all the same"))
            )
        return found.cell()

    def shapes(self, shape: Element) -> Iterator[Remark]:
        """Return what to tell of something that is drawn on a sheet: a text box, a picture, a control."""
        if shape.tag in {DRAW + "g", DRAW + "a"}:
            for each in shape:
                yield from self.shapes(each)
            return
        about = [each.text or "" for each in inside(shape, SVG + "title", SVG + "desc")]
        objects = [each for each in shape if each.tag in _OBJECTS]
        for each in objects:
            yield from self._object(each)
        if not objects and shape.find(DRAW + "image") is not None:
            why = _("a picture stands here, and is not read: '{text}'")
            named = "、".join(filter(None, about)) or shape.get(DRAW + "name", "")
            yield Remark(0, why, named, is_of_file=True)
            about = []
        if text := "\n".join(filter(None, (spoken(shape), *about))):
            yield Remark(0, _("a text box stands here, and is left out: '{text}'"), text)

    def _object(self, link: Element) -> Iterator[Remark]:
        """Tell a chart by its words, without the numbers that it is drawn of, and other files."""
        part = self.parts.pop(link.get(_LINK, "").removeprefix("./") + "/content.xml", b"")
        root = fromstring(part) if part else link  # noqa: S314 - document types were refused
        charts = root.iter(space("chart") + "chart")
        if (chart := next(charts, None)) is not None:
            if text := spoken(chart, without=TABLE + "table"):
                yield Remark(0, _("a chart is left out: '{text}'"), text, is_of_file=True)
            return
        text = spoken(root) or " ".join(" ".join(root.itertext()).split())
        yield Remark(0, _("a file of another program stands here, and is not read: '{text}'"), text)


def controls(sheet: Element) -> dict[str, str]:
    """Return what the controls of the forms of a sheet say, by their names."""
    found: dict[str, str] = {}
    for control in (each for forms in sheet.findall(OFFICE + "forms") for each in forms.iter()):
        words = [control.get(FORM + name, "") for name in _SAYS]
        words += [each.get(FORM + "label", "") for each in control]
        words += [spoken(control)] if control.tag == FORM + "textarea" else []
        off, on, state, ticked = _TICKS.get(control.tag.removeprefix(FORM), ("", "", "", ""))
        is_on = ticked in {control.get(f"{FORM}current-{state}"), control.get(FORM + state)}
        if text := " ".join(dict.fromkeys(filter(None, words))):
            names = (value for key, value in control.attrib.items() if key.endswith("}id"))
            found |= dict.fromkeys(names, (on if is_on and on else off) + text)
    return found


def spoken(element: Element, without: str = "") -> str:
    """Return the words of the paragraphs in an element, a line each."""
    lines = (_settled("".join(_inline(each))) for each in _paragraphs(element, without))
    return "\n".join(filter(None, lines))


def _paragraphs(element: Element, without: str) -> Iterator[Element]:
    for part in element:
        if part.tag in PARAGRAPHS:
            yield part
        if part.tag not in {without, *_OBJECTS}:
            yield from _paragraphs(part, without)


def _inline(element: Element) -> Iterator[str]:
    """Return the words of a paragraph, without those of paragraphs that stand in it."""
    yield _plain(element.text)
    for part in element:
        if part.tag not in PARAGRAPHS and not part.tag.startswith(DRAW):
            yield _mark(part)
            yield from _inline(part)
        yield _plain(part.tail)


def _plain(text: str | None) -> str:
    """Return words of the source; where it breaks a line there is a mark, see ``_settled``."""
    if not text or _BROKEN.isdisjoint(text):
        return text or ""
    return _BLANK.sub(lambda blank: "\r" if blank[0].strip(" ") else blank[0], text)


def _settled(text: str) -> str:
    """Return words with a space for each break of the source, but for those at the ends of lines."""
    if "\r" in text:
        text = "\n".join(line.strip("\r") for line in text.split("\n")).replace("\r", " ")
    return text.strip()


def _mark(part: Element) -> str:
    if part.tag == TEXT + "s":
        count = part.get(TEXT + "c", "1")
        return " " * min(int(count), _MOST_SPACES)
    return {TEXT + "tab": "\t", TEXT + "line-break": "\n"}.get(part.tag, "")


class _Gathered:
    """Gathers the words of a cell, run by run."""

    def __init__(self, reader: Reader, style: str) -> None:
        self.reader = reader
        self.base = reader.styles.of_cell(style)
        self.all: list[str] = []
        self.kept: list[tuple[str, Collection[str]]] = []  # with how they stand out
        self.out: dict[str, list[str]] = {"struck": [], "hidden": [], "ruby": []}
        self.told: list[Remark] = []
        self.is_unseen = False

    def blocks(self, element: Element) -> None:
        """Take the paragraphs of a cell, and what stands beside them."""
        styles = self.reader.styles
        for part in element:
            if part.tag in PARAGRAPHS:
                self.line()
                self.inline(part, styles.words("paragraph", part.get(TEXT + "style-name", "")))
            elif not self.beside(part):
                if (part.text or "").strip():
                    raise ValueError("words stand outside of the paragraphs")
                self.blocks(part)

    def line(self) -> None:
        """Begin a line."""
        if self.all:
            for words in (self.all, *self.out.values()):
                words.append("\n")
            self.kept.append(("\n", self.kept[-1][1] if self.kept else ()))

    def inline(self, element: Element, look: Mapping[str, Any]) -> None:
        """Take the words of a paragraph, or of a part of one that looks so."""
        self.words(_plain(element.text), look)
        for part in element:
            if part.tag == _SPAN:
                own = self.reader.styles.words("text", part.get(TEXT + "style-name", ""))
                self.inline(part, {**look, **own})
            elif part.tag == _RUBY:
                self.all.append(words := "".join(part.itertext()))
                self.out["ruby"].append(words)
            elif not self.beside(part):
                self.words(_mark(part), look)
                self.inline(part, look)
            self.words(_plain(part.tail), look)

    def beside(self, part: Element) -> bool:
        """Take what is said beside the words; False for words."""
        if part.tag == _ANNOTATION:
            self.note(_("the cell has a comment, which is left out: '{text}'"), part)
        elif part.tag == _NOTE:
            is_end = part.get(TEXT + "note-class") == "endnote"
            end = _("there is an end note, which is left out: '{text}'")
            self.note(end if is_end else _("there is a foot note, which is left out: '{text}'"), part)
        elif part.tag.startswith(DRAW):
            self.told += self.reader.shapes(part)
        else:
            return False
        return True

    def note(self, why: str, part: Element) -> None:
        """Tell a note, if it says anything."""
        if text := spoken(part):
            self.told.append(Remark(0, why, text, is_note=True))

    def words(self, text: str, own: Mapping[str, Any]) -> None:
        """Take words; ``own`` is how they look by themselves, and else they look as their cell."""
        if not text:
            return
        self.all.append(text)
        look = {**self.base.words, **own} if own else self.base.words
        if how := next((each for each in ("struck", "hidden") if look.get(each)), ""):
            self.out[how].append(text)
            return
        text = raised(text) if look.get("raised") else signs.shown(text, look.get("font"))
        self.is_unseen |= look.get("color") == self.base.ground and bool(text.strip())
        stands_out = {**own, "red": is_red(own.get("color", ""))} if own else own
        self.kept.append((text, [kind for kind in LOOKS if stands_out.get(kind)]))

    def empty(self, why: str, text: str) -> Cell:
        """Return the cell without its words, and why."""
        return Cell(told=(*self.told, Remark(0, why, _settled(text), empties=True)))

    def cell(self) -> Cell:
        """Return what was gathered."""
        text = _settled("".join(words for words, _kinds in self.kept))
        texts = ((how, _settled("".join(words))) for how, words in self.out.items() if words)
        told = [*self.told, *(_left_out(how, words) for how, words in texts if words)]
        if self.is_unseen:
            why = _("words of the cell have the colour of their ground; they are read all the same")
            told.append(Remark(0, why))
        return Cell(text, tuple(self.looks()), tuple(told))

    def looks(self) -> Iterator[Look]:
        """Return the words that stand out; those that follow one another are one."""
        there = {kind for _words, kinds in self.kept for kind in kinds}
        for kind in filter(there.__contains__, LOOKS):
            for stands_out, group in groupby(self.kept, key=lambda each: kind in each[1]):
                words = _settled("".join(text for text, _kinds in group))
                yield from [Look(kind, 0, words)] if stands_out and words else []


def _left_out(how: str, text: str) -> Remark:
    if how == "struck":
        return struck_out(0, text)
    if how == "ruby":
        return Remark(0, _("letters stand above words, and are left out: '{text}'"), text)
    return Remark(0, _("words are hidden in the document, and left out: '{text}'"), text, empties=True)


def _value(cell: Element, *, is_month: bool) -> str:
    """Return what a cell holds whose words are not written: "" for nothing."""
    said = {name: cell.get(f"{OFFICE}{name}", "") for name in ("string-value", "boolean-value", "value")}
    if day := _DATE.fullmatch(cell.get(OFFICE + "date-value", "")):
        return _written(day, "", is_month=is_month)
    if time := _TIME.fullmatch(cell.get(OFFICE + "time-value", "")):
        return f"{int(time[1])}:{time[2]}:{time[3]}"
    if not said["value"]:
        return said["string-value"] or said["boolean-value"].upper()
    is_share = cell.get(OFFICE + "value-type") == "percentage"
    number = float(said["value"]) * (100 if is_share else 1)
    if not math.isfinite(number):
        return "#NUM!"  # as a workbook shows what is too large
    text = str(int(number)) if number.is_integer() else f"{number:.15g}"
    return text + ("%" if is_share else "")


def _day(cell: Element, shown: str, *, is_month: bool) -> str:
    """Return what a cell shows; a day that may be mistaken, as 6/1/25 is, as it is written plainly.

    So is one with the hour of midnight, which nobody gave it. A day with words is as they say it.
    """
    found = _DATE.fullmatch(cell.get(OFFICE + "date-value", ""))
    if found is None or not shown.isascii():
        return shown
    has_hour = ":" in shown and not _hour(found)
    is_clear = shown.startswith(found["year"]) and not has_hour
    return shown if is_clear else _written(found, shown, is_month=is_month)


def _written(day: re.Match[str], shown: str, *, is_month: bool) -> str:
    """Write a day plainly: with its hour if it has one, by its month alone, or by / where it is shown so."""
    year, month, number = day["year"], int(day["month"]), int(day["day"])
    if _hour(day):
        return f"{year}-{month:02}-{number:02} {day['time']}"
    if is_month:
        return f"{year}年{month}月"
    return f"{year}/{month}/{number}" if "/" in shown else f"{year}-{month:02}-{number:02}"


def _hour(day: re.Match[str]) -> str:
    """Return the hour of a day; "" for midnight, which a day without one has."""
    return (day["time"] or "").strip("0:")

"""One node to one value, by the kind of its field: what cannot be read is a finding, and nothing."""

import re
from collections.abc import Callable, Iterable
from collections.abc import Sequence as Many
from datetime import date
from typing import Any, NamedTuple

from chengguo.language import _, listed
from chengguo.model import Condition, Context, Schedule, Years
from chengguo.model.status import Status, reported_status
from chengguo.registry import checks
from chengguo.registry.conditions import KNOWN, condition_from
from chengguo.registry.field_kinds import COLORS, KEY, PERIOD, Field, Fields, Kind
from chengguo.text.checks import WRONG_KIND
from chengguo.text.findings import Check, Collection, Finding, shortened
from chengguo.text.nodes import Mapping, Node, Refused, Scalar, Sequence
from chengguo.text.source import Span
from chengguo.text.visible import odd_blanks


class Record(NamedTuple):
    """The readable fields of a mapping, and where each stands."""

    values: dict[str, Any]
    places: dict[str, tuple[Span, ...]]


class Values:
    """Reads the nodes of one file; every reader of a value gives None for what cannot be read."""

    def __init__(self, text: str, findings: Collection) -> None:
        """Begin with the text of the file and what its YAML had wrong."""
        self.text = text
        self.findings = findings
        self.address: str | None = None
        self.context = Context()  # what schedules are read against, once the plan is known
        self.schedules: dict[str, Schedule] = {}  # a thousand items share a handful of wordings
        self.extended: dict[str, Schedule] = {}
        self.by_kind: dict[Kind, Callable[[Node, Field], Any]] = {
            "text": self.text_of,
            "integer": self.integer,
            "flag": self.flag,
            "date": self.date,
            "month": self.month,
            "years": self.years,
            "status": self.status,
            "schedule": self.text_of,
            "percent": self.percent,
            "period": self.period,
            "days": self.days,
            "conditions": self.conditions,
            "color": self.color,
            "choice": self.choice,
            "key": self.key,
            "names": self.names,
            "texts": self.texts,
            "record": self.mapping,
            "register": self.mapping,
            "titles": self.mapping,
            "records": self.sequence,
        }

    def record(self, node: Node, fields: Fields) -> Record:
        """Read a mapping of declared fields: unknown keys, missing fields and wrong values are findings."""
        values: dict[str, Any] = {}
        places: dict[str, tuple[Span, ...]] = {}
        if not isinstance(node, Mapping):
            self.wrong_kind(node, _("a mapping of fields"), _("Write 'key: value' lines here."))
            return Record(values, places)
        for key, child in node.entries:
            field = fields.get(key.text)
            if field is None:
                self.unknown_key(key, fields)
                continue
            places[field.name] = (Span(child.start, child.end) if child.start < child.end else key.span,)
            value = self.value(key, child, field)
            if value is not None:
                values[field.name] = value
        self.missing(node, fields, places)
        return Record(values, places)

    def missing(self, node: Mapping, fields: Fields, places: dict[str, tuple[Span, ...]]) -> None:
        """Report the required fields that are not there, at the first key of the mapping."""
        if self.findings.is_full:
            return
        for field in fields.values():
            if field.required and field.name not in places:
                span = node.entries[0][0].span if node.entries else node.span
                hint = _("Add '{name}: …': {about}.").format(name=field.name, about=_(field.about))
                self.report(
                    checks.MISSING, span, _("the field '{name}' is missing").format(name=field.name), hint
                )

    def unknown_key(self, key: Scalar, known: Iterable[str]) -> None:
        """Report a key that nobody defined, with the one that was probably meant."""
        if self.findings.is_full or not key.text or (key.text == "<<" and not key.style):
            return  # the parser has reported it
        from difflib import get_close_matches  # only a wrong key pays for it

        near = get_close_matches(key.text.strip().lower(), known, n=1)
        hint = _("Did you mean '{name}'?").format(name=near[0]) if near else ""
        hint = hint or _("Known here: {names}.").format(names=listed(known))
        if any(character in key.text for character in "\u00a0\u3000"):
            hint = _("It contains a no-break or full-width space; indent with ordinary spaces.")
        self.report(
            checks.UNKNOWN_KEY, key.span, _("unknown key '{key}'").format(key=shortened(key.text)), hint
        )

    def peek_id(self, node: Node) -> int:
        """Read the id ahead of the other fields, whose findings carry it; 0 where it cannot be read."""
        child = node.get("id") if isinstance(node, Mapping) else None
        return int(child.text) if isinstance(child, Scalar) and _is_number(child.text) else 0

    # -- values, by kind: each gives None for what cannot be read, having reported it ------------

    def value(self, key: Scalar, node: Node, field: Field) -> Any:
        """Read the value of one field."""
        if isinstance(node, Refused):
            return None
        if is_empty(node):
            hint = _("Write a value, or delete the key.") if not field.required else _("Write a value.")
            self.report(
                checks.MISSING, key.span, _("the field '{name}' is empty").format(name=key.text), hint
            )
            return None
        return self.by_kind[field.kind](node, field)

    def text_of(self, node: Node, _field: Field) -> str | None:
        """Read a text."""
        if isinstance(node, Scalar):
            if not node.style and self.text.startswith(" #", node.end):
                self.cut_off(node)
            return node.text
        self.wrong_kind(node, _("a text"), _('Put the text in "double quotes" if it begins with [ or {.'))
        return None

    def integer(self, node: Node, field: Field) -> int | None:
        """Read a whole number, without a sign and without leading zeros."""
        text = self.text_of(node, field)
        if text is None or _is_number(text):
            return int(text) if text else None
        self.wrong_value(node, text, _("a whole number such as 3"))
        return None

    def percent(self, node: Node, field: Field) -> int | None:
        """Read a share in per cent, from 0 to 100, without a sign."""
        text = self.text_of(node, field)
        if text is None or text == "0" or (_is_number(text) and int(text) <= 100):  # noqa: PLR2004 - per cent
            return int(text) if text else None
        self.wrong_value(node, text, _("a whole number from 0 to 100"))
        return None

    def choice(self, node: Node, field: Field) -> str | None:
        """Read one of the words that may stand there."""
        text = self.text_of(node, field)
        if text is None or text in field.choices:
            return text
        self.wrong_value(node, text, listed(field.choices))
        return None

    def key(self, node: Node, field: Field) -> str | None:
        """Read what names a plan in an address."""
        text = self.text_of(node, field)
        if text is None or re.fullmatch(KEY, text):
            return text
        self.wrong_value(node, text, _("a word without : / , 、 and blanks, such as 成果"))
        return None

    def period(self, node: Node, field: Field) -> str | None:
        """Read the name of a period, kept as its text."""
        text = self.text_of(node, field)
        if text is None or re.fullmatch(PERIOD, text):
            return text
        self.wrong_value(node, text, _("a period such as 2025-02, 2025-Q1, 2025-H1, 2025 or 2025-W05"))
        return None

    def days(self, node: Node, field: Field) -> int | None:
        """Read a number of days: 30d, 30天, or the number alone."""
        text = self.text_of(node, field)
        if text is None:
            return None
        if match := re.fullmatch(r"([0-9]{1,4}) ?[d天日]?", text):
            return int(match[1])
        self.wrong_value(node, text, _("a number of days such as 30d"))
        return None

    def conditions(self, node: Node, field: Field) -> tuple[Condition, ...] | None:
        """Read the conditions of a light."""
        found = []
        for name, span in self.names(node, field) or ():
            condition = condition_from(name)
            if condition:
                found.append(condition)
                continue
            message = _("'{text}' is no condition of a light").format(text=shortened(name))
            self.report(
                checks.NOT_ALLOWED, span, message, _("Known here: {names}.").format(names=listed(KNOWN))
            )
        return tuple(found)

    def color(self, node: Node, field: Field) -> str | None:
        """Read a colour."""
        text = self.text_of(node, field)
        if text is None or text in COLORS:
            return text
        self.wrong_value(node, text, listed(COLORS))
        return None

    def flag(self, node: Node, field: Field) -> bool | None:
        """Read true or false; yes, no, on and off are texts here."""
        text = self.text_of(node, field)
        if text is None or text in {"true", "false"}:
            return text == "true" if text else None
        self.wrong_value(node, text, _("true or false"))
        return None

    def date(self, node: Node, field: Field) -> date | None:
        """Read a day."""
        text = self.text_of(node, field)
        if text is None:
            return None
        if len(text) == len("2019-12-31") and text[4] == text[7] == "-":
            try:
                return date.fromisoformat(text)
            except ValueError:
                self.wrong_value(node, text, _("a day that the calendar has, such as 2019-12-31"))
                return None
        self.wrong_value(node, text, _("a date such as 2019-12-31"))
        return None

    def month(self, node: Node, field: Field) -> str | None:
        """Read a month, kept as its text."""
        text = self.text_of(node, field)
        if text is None or re.fullmatch(r"[0-9]{4}-(?:0[1-9]|1[0-2])", text):
            return text
        self.wrong_value(node, text, _("a month such as 2018-11"))
        return None

    def years(self, node: Node, field: Field) -> Years | None:
        """Read a year or a span of years, both inclusive."""
        text = self.text_of(node, field)
        if text is None:
            return None
        if is_years(text) and (match := re.fullmatch(_YEARS, text)):
            return Years(int(match[1]), int(match[2] or match[1]))
        self.wrong_value(node, text, _("years such as 2017-2020"))
        return None

    def status(self, node: Node, field: Field) -> Status | None:
        """Read a status; a Chinese word is understood, and reported, for the file holds the English."""
        text = self.text_of(node, field)
        status, doubt = (reported_status(text) if text else None) or (None, None)
        if text is not None and text != status:
            expected = _("{status}: {doubt}").format(status=status, doubt=_(doubt)) if doubt else status
            self.wrong_value(node, text, expected or listed(Status), None if doubt else status)
        return status

    def names(self, node: Node, field: Field) -> tuple[tuple[str, Span], ...] | None:
        """Read a list of names, each with its place; a lone name is taken, and reported."""
        if isinstance(node, Scalar):
            hint = _("Write it as a list: {name}: [{value}]").format(name=field.name, value=node.text)
            self.wrong_kind(node, _("a list of names"), hint)
            return ((node.text, node.span),)
        names = []
        for child in self.sequence(node, field) or ():
            if isinstance(child, Scalar) and child.text.strip():
                names.append((child.text, child.span))
            elif isinstance(child, Scalar):
                hint = _("Write a name, or delete the entry.")
                self.report(
                    checks.MISSING, child.span, _("an empty name in '{name}'").format(name=field.name), hint
                )
            else:
                self.wrong_kind(child, _("a name"), _("Write one name an entry."))
        if field.required and not names and isinstance(node, Sequence) and not node.items:
            hint = _("Write at least one name.")
            self.report(
                checks.MISSING, node.span, _("the field '{name}' is empty").format(name=field.name), hint
            )
        return tuple(names)

    def texts(self, node: Node, field: Field) -> tuple[str, ...] | None:
        """Read a list of texts."""
        found = self.names(node, field)
        return None if found is None else tuple(text for text, _span in found)

    def mapping(self, node: Node, _field: Field) -> Mapping | None:
        """Take a mapping."""
        if isinstance(node, Mapping):
            return node
        self.wrong_kind(node, _("a mapping of fields"), _("Write 'key: value' lines here."))
        return None

    def sequence(self, node: Node, _field: Field) -> Many[Node] | None:
        """Take the nodes of a list."""
        if isinstance(node, Sequence):
            return node.items
        self.wrong_kind(node, _("a list"), _("Begin each entry with '- '."))
        return None

    # -- findings --------------------------------------------------------------------------------

    def wrong_kind(self, node: Node, expected: str, hint: str) -> None:
        """Report a list where a text belongs, and the like."""
        if isinstance(node, Refused):
            return
        found = (
            _("a text")
            if isinstance(node, Scalar)
            else _("a list")
            if isinstance(node, Sequence)
            else _("a mapping")
        )
        message = _("{expected} is expected here, not {found}").format(expected=expected, found=found)
        self.report(WRONG_KIND, _first_line(node.span, self.text), message, hint)

    def wrong_value(self, node: Node, text: str, expected: str, fix: str | None = None) -> None:
        """Report a text that is none of the values that may stand here, and the one that should, if known."""
        message = _("'{text}' cannot stand here").format(text=shortened(text))
        if odd := odd_blanks(text):
            message = _("'{text}' cannot stand here: there is {characters} in it").format(
                text=shortened(text), characters=listed(odd)
            )
        hint = _("Write {expected}.").format(expected=expected)
        span = node.span if fix else _first_line(node.span, self.text)
        self.findings.append(Finding(checks.NOT_ALLOWED, span, message, hint, self.address, fix=fix))

    def cut_off(self, node: Scalar) -> None:
        """Report a text that goes on behind a #, as in ``fix #12``; a comment has a space behind its #."""
        line_end = self.text.find("\n", node.end)
        rest = self.text[node.end : len(self.text) if line_end < 0 else line_end].rstrip()
        if rest[2:3].strip():
            message = _("'{rest}' is taken for a comment, not for a part of the text").format(
                rest=shortened(rest.strip())
            )
            hint = _('Put the text in "double quotes"; or, if it is a comment, a space behind the #.')
            self.report(checks.CUT_OFF, Span(node.end + 1, node.end + len(rest)), message, hint)

    def report(self, check: Check, span: Span, message: str, hint: str) -> None:
        """Add a finding about the item or task in hand."""
        self.findings.append(Finding(check, span, message, hint, self.address))


_LONGEST_NUMBER = 10
_YEARS = r"([0-9]{4})(?:[-—–~至]([0-9]{4}))?"  # any dash that people type


def is_years(text: str) -> bool:
    """True if a text is a year, or a span of years that goes forward."""
    match = re.fullmatch(_YEARS, text)
    return match is not None and match[1] <= (match[2] or match[1])


def is_empty(node: Node) -> bool:
    """True if nothing is written: a block or a pair of quotes without text counts, [] does not."""
    return isinstance(node, Scalar) and not node.text.strip()


def _is_number(text: str) -> bool:
    """True if a text is a whole number from 1, without leading zeros and of a sane length."""
    return text.isascii() and text.isdecimal() and text[0] != "0" and len(text) < _LONGEST_NUMBER


def _first_line(span: Span, text: str) -> Span:
    """Cut a place that runs over several lines at the end of its first."""
    newline = text.find("\n", span.start, span.end)
    return span if newline < 0 else Span(span.start, newline)

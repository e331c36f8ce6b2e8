"""Headings that say who does the tasks below: 一、优化服务（牵头单位：市科委）, to a bracket of each task."""

from collections.abc import Iterator, Mapping, Sequence

from chengguo.departments import roles
from chengguo.importing.rows import Row, text_of
from chengguo.importing.shapes import brackets, likely, numbers, over_rows, paragraphs
from chengguo.importing.shapes.labels import bullet
from chengguo.language import _
from chengguo.text.expressions import expression
from chengguo.text.traditional import SIMPLIFIED

# Forms of numbers and marks: a heading of one of the first stands over those behind it.
_FORMS = ("#", "chinese", "bracketed", "dotted", "digits", "digits in brackets", "•")
_OVER = _FORMS[:3]
_HEADLINE = expression("[^。；;！!]{2,40}。?")
_PARTS = expression(rf"[；;]|[，,。\s]+(?={roles.LINE_LABEL}\s*[:：])")
_LABEL = expression(
    rf"(?P<role>{roles.NAMED}|{roles.words('label')})\s*[:：]|(?P<schedule>{roles.SCHEDULES}|时间)\s*[:：]"
)
_ENDS = "。；; "
_Parts = dict[str, list[str]]  # the parts of a bracket, by what they say


def rows(lines: tuple[Row, ...], _known: Mapping[str, str]) -> tuple[Row, ...] | None:
    """Put what a heading says of who and when behind each task below that does not say it itself."""
    made = list(lines)
    units = _units(lines)
    for at, row in enumerate(lines):
        form = _form(row)
        found = (_said(made, at) if form in _OVER else None) or units.get(at)
        if found is None:
            continue
        place, begin, parts = found
        said = text_of(made[place])
        tasks = {below: _with(text_of(made[below]), parts) for below in _below(lines, at, form)}
        changed = {below: new for below, new in tasks.items() if new != text_of(made[below])}
        if not changed:
            continue
        note = _("it is said of the tasks below: '{text}'").format(text=said[begin:] or said)
        made[place] = lines[place]._replace(cells=(said[:begin].rstrip(_ENDS),), note=note)
        for below, new in changed.items():
            made[below] = made[below]._replace(cells=(new,))
    return tuple(made) if tuple(made) != lines else None


def _units(lines: Sequence[Row]) -> dict[int, tuple[int, int, _Parts]]:
    """Return the headings that are names and nothing more, as all of their form are: 一、市科委（3项）."""
    found: dict[int, tuple[int, int, _Parts]] = {}
    for form in _OVER:
        places = [at for at, row in enumerate(lines) if _form(row) == form]
        names = [over_rows.unit_over(text_of(lines[at])) for at in places]
        if all(names):
            ends = (len(text_of(lines[at])) for at in places)
            found |= {
                at: (at, end, {"lead": [each]}) for at, end, each in zip(places, ends, names, strict=True)
            }
    return found


def _said(lines: Sequence[Row], at: int) -> tuple[int, int, _Parts] | None:
    """Return where a heading says who, in its line or the next: which, from where on there, and what."""
    for place in (at, at + 1):
        duty = _duty(text_of(lines[place])) if place < len(lines) else None
        head = text_of(lines[at])[: duty[0] if duty and place == at else None]
        if duty and (place == at or not duty[0]):
            return (place, duty[0], duty[2]) if _HEADLINE.fullmatch(head) else None
    return None


def _form(row: Row) -> str:
    """Return the form of the number or of the mark that a line begins with; "" where it has none."""
    text = text_of(row)
    found = numbers.NUMBER.match(text)
    if found is None or found.lastgroup is None:
        return "#" if row.level else "•" if row.mark or bullet(text)[0] else ""
    is_digit = found.lastgroup == "bracketed" and found["bracketed"].isdigit()
    return "digits in brackets" if is_digit else found.lastgroup


def _below(lines: Sequence[Row], at: int, form: str) -> Iterator[int]:
    """Return the places of the tasks below a heading: lines whose numbers have the lowest form there."""
    found: list[tuple[int, str]] = []
    for place in range(at + 1, len(lines)):
        here = _form(lines[place])
        if lines[place].level or (here in _FORMS and _FORMS.index(here) <= _FORMS.index(form)):
            break
        found += [(place, here)] if here in _FORMS else []
    lowest = next((each for each in reversed(_FORMS) if any(here == each for _place, here in found)), "")
    yield from (place for place, here in found if here == lowest)


def _duty(text: str) -> tuple[int, int, _Parts] | None:
    """Return the bracket that ends a text: its places, and what it says of who and when; else None."""
    last = max(brackets.outer(text), default=(0, 0))
    if not last[1] or len(text.rstrip(_ENDS)) != last[1] + 1:
        return None
    parts: _Parts = {}
    for part in _PARTS.split(text[last[0] + 1 : last[1]]):
        parts.setdefault(_kind(part), []).append(part)
    return None if "" in parts else (*last, parts)


def _kind(part: str) -> str:
    """Return what a part of a bracket says: the kind of its role, a schedule, or "" for nothing known."""
    found = _LABEL.match(part.translate(SIMPLIFIED))
    if found:
        return "schedule" if found["schedule"] else roles.kind_of(found["role"], "label")
    if likely.is_schedule(part):
        return "schedule"
    return "lead" if paragraphs.says_who(f"（{part}）") or likely.is_names(part) else ""


def _with(text: str, above: _Parts) -> str:
    """Return a task with what the heading above it says, as far as it does not say so itself."""
    duty = _duty(text)
    what, own = (text[: duty[0]], duty[2]) if duty else _timed(text)
    if own.keys() - {"schedule", "watch", "support"} and not (
        "answer" in own and "lead" in above and "lead" not in own
    ):
        taken = above.keys() & {"schedule"} - own.keys()
    else:
        taken = above.keys() - own.keys()
    parts = [part for kind in above if kind in taken for part in above[kind]]
    if not parts:
        return text
    said = [part for kind in own for part in own[kind]]
    return f"{what}（{'；'.join((*parts, *said))}）"


def _timed(text: str) -> tuple[str, _Parts]:
    """Part a task without a bracket from a last clause that says by when: 清淤，9月底前完成."""
    what, comma, last = text.rstrip(_ENDS).rpartition("，")
    return (what, {"schedule": [last]}) if comma and likely.is_schedule(last) else (text, {})

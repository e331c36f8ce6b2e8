"""That nothing is wrong in any of the tasks of a file, told by one expression of all their lines.

An edit is planned and proved in the one task that it touches; of the others it must only be known that they
can be read, and that nobody is to be told anything of them. The expression holds for less than can be read:
fields in the order in which we write them, each on its line, with values that need no second look. Where it
does not, all of the tasks are read.
"""

import re
from collections.abc import Set as AbstractSet

from chengguo.model import Context
from chengguo.model.status import Status
from chengguo.registry.field_kinds import PERIOD, Field, Fields
from chengguo.registry.fields import ITEM, TASK
from chengguo.registry.item_records import PROGRESS, SAYS_NOTHING
from chengguo.schedules import read_schedule
from chengguo.text.canonical import Entries, NotCanonical, is_plain, names, scalar
from chengguo.text.nodes import LONGEST_LIST

# A text on its line: in quotes, or plain, with no blank behind a colon or before a #. A set of characters
# beyond Latin takes a millisecond to compile, so that the wide blank, with which none begins, is in none.
_PLAIN = r"""(?!\u3000)[^-?:,\[\]{}#&*!|>'"%@` \xa0\n][^:#\n]*+(?:(?::(?![ \n])|(?<! )#)[^:#\n]*+)*+(?<! )"""
_QUOTED = r""""(?!\u3000)[^"\\ \xa0\n][^"\\\n]*+"|'(?!\u3000)[^'\\ \xa0\n][^'\\\n]*+'"""
_TEXT = f"(?:{_PLAIN}|{_QUOTED})"
_NAME = r"""(?!\u3000)[^-?:,\[\]{}#&*!|>'"%@`\\ \xa0\n][^,\[\]{}:#"'&*!|>%@`?\\\n]*+(?<! )"""
# The days that each year has.
_DAYS = "(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31"
_NAMES = r"\[.*+"  # looked at by themselves, for most of them stand there again and again
_VALUES = {
    "text": _TEXT,
    "schedule": _TEXT,
    "integer": "[1-9][0-9]{0,8}",
    "percent": "(?:0|[1-9][0-9]?|100)",
    "date": f"[12][0-9]{{3}}-(?:{_DAYS})",
    "status": f"(?:{'|'.join(Status)})",
    "period": f"(?:{PERIOD})",
    "names": _NAMES,
    "texts": rf"\[{_NAME}(?:, {_NAME}){{0,999}}+\]",
}
_AGAIN = rf"\n *+({'|'.join(each.name for each in ITEM.values() if each.kind == 'names')}|schedule): (.*)"


def are_sound(entries: Entries, departments: AbstractSet[str], context: Context) -> bool:
    """True if nothing is wrong in any task of a list, and each item can be found by department and day."""
    text = entries.text[entries.starts[0] - 1 :]
    if max(map(text.count, ("\n  - ", "\n    - "))) > LONGEST_LIST or not is_plain(text):
        return False
    text = text.replace("\r\n", "\n") if "\r" in text else text
    if not re.fullmatch(f"\n{_list(TASK, 0)}", text):
        return False
    try:
        return all(_is_known(name, raw, departments, context) for name, raw in {*re.findall(_AGAIN, text)})
    except NotCanonical:
        return False


def _is_known(name: str, raw: str, departments: AbstractSet[str], context: Context) -> bool:
    """True if names are in the register, or the words of a schedule understood; raises ``NotCanonical``."""
    if name == "schedule":
        return read_schedule(scalar(raw), context).is_understood
    return departments >= {*names(raw)}


def _list(fields: Fields, column: int) -> str:
    """Return the expression of a list whose dashes are in a column."""
    passed_over = rf"(?: {{0,{column + 3}}}+(?:#.*+)?+\n)*+"
    dash, lead = " " * column + "- ", " " * (column + 2)
    lines = ""
    for field in fields.values():
        value = _value(field, column)
        if value is None:
            continue
        line = rf"{passed_over if lines else ''}{lead if lines else dash}{field.name}:{value}"
        lines += line if field.required else f"(?:{line})?+"
        if field.name == "date" and fields is PROGRESS:
            says = "|".join(name for name in PROGRESS if name not in SAYS_NOTHING)
            lines += f"(?=(?:{lead}.*\n)*?{lead}(?:{says}):)"
    return f"{passed_over}(?:{lines}{passed_over})++"


def _value(field: Field, column: int) -> str | None:
    """Return the expression of a value, from behind its colon to the end of its line; None for others."""
    if field.kind == "records":
        return f"\n{_list(field.fields or {}, column + 2)}"
    if field.kind not in _VALUES:
        return None
    value = f" {_VALUES[field.kind]}"
    below = " " * (column + 4)
    return rf"(?:{value}| \|-(?:\n{below}[^ \n].*+)++)\n" if field.is_block else rf"{value}\n"

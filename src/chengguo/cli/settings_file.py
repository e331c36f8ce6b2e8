"""A file of settings: its table, and where in the text each setting stands, for what is said of it."""

import re
from pathlib import Path
from typing import Any, NamedTuple

from chengguo.errors import WrongUsage
from chengguo.files import store
from chengguo.language import N_, _

_TABLE = ("tool", "chengguo")
_AT = re.compile(r" \(at (?:line ([0-9]+), column ([0-9]+)|end of document)\)$")
# What the parser says, by how it begins, and what we say.
_REASONS = {
    "Expected '=' after": N_("there is no = behind the name of the setting"),
    "Invalid value": N_("the value is none: text stands in quotes"),
    "Unterminated string": N_("a quote is not closed"),
    "Illegal character": N_("there is a character that may not stand here"),
    "Expected newline or end of document": N_("more stands behind the value"),
    "Cannot overwrite a value": N_("the setting is given twice"),
    "Unclosed array": N_("a [ is not closed"),
    "Expected ']'": N_("a [ is not closed"),
    "Unescaped '\\'": N_("a \\ stands in double quotes; write '…' with single ones, or \\\\"),
}


class File(NamedTuple):
    """The path of a file of settings, its text, and its table ``[tool.chengguo]``."""

    path: Path
    text: str
    table: dict[str, Any]

    def place(self, name: str, *, of_value: bool = False) -> str:
        """Return where a setting stands, or its value: the file, the line and the column from 1."""
        header = re.search(r"^[ \t]*\[[ \t]*tool[ \t]*\.[ \t]*chengguo[ \t]*\]", self.text, re.MULTILINE)
        key = re.compile(
            rf"^[ \t]*(?P<key>[\"']?{re.escape(name)}[\"']?)[ \t]*=[ \t]*(?P<value>.?)", re.MULTILINE
        )
        found = key.search(self.text, header.end() if header else 0)
        return _located(self.path, self.text, found.start("value" if of_value else "key") if found else 0)


def read(path: Path) -> File:
    """Read a file of settings; raises ``WrongUsage`` for one that is none, with the place."""
    import tomllib  # only who has a file pays for it

    data = store.read_bytes(path)
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        where = _located(path, data[: error.start].decode("latin-1"), error.start)
        raise WrongUsage(
            _("{place}: the file is not UTF-8").format(place=where), _("Save it as UTF-8.")
        ) from error
    try:
        table: Any = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _not_read(path, text, str(error)) from error
    for name in _TABLE:
        table = table.get(name, {}) if isinstance(table, dict) else {}
    if not isinstance(table, dict) or not table:
        message = _("{file} has no table [tool.chengguo]").format(file=path)
        raise WrongUsage(message, _("Write [tool.chengguo] above the settings."))
    return File(path, text, table)


def _not_read(path: Path, text: str, said: str) -> WrongUsage:
    """Say what the parser does not understand, and where."""
    at = _AT.search(said)
    where = f"{path}:{at[1]}:{at[2]}" if at and at[1] else _located(path, text, len(text.rstrip()))
    why = next((_(reason) for begins, reason in _REASONS.items() if said.startswith(begins)), "")
    message = _("{place}: this cannot be read as TOML").format(place=where)
    return WrongUsage(
        _("{message}: {reason}").format(message=message, reason=why) if why else message,
        _('A line is a setting and its value, such as: lang = "zh"'),
    )


def _located(path: Path, text: str, at: int) -> str:
    before = text[:at]
    return f"{path}:{before.count(chr(10)) + 1}:{at - (before.rfind(chr(10)) + 1) + 1}"

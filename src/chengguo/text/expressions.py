"""Regular expressions that are compiled when they are first used: a table needs few of all that are known."""

import re
from typing import Any, cast


class _Expression:
    """An expression that has the attributes of the compiled one, each from its first use on."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self.pattern)
        for each in ("match", "fullmatch", "search", "finditer", "findall", "split", "sub"):
            setattr(self, each, getattr(compiled, each))
        return getattr(compiled, name)


def expression(pattern: str) -> re.Pattern[str]:
    """Return a pattern for this text; raises re.error at its first use if the text is none."""
    return cast("re.Pattern[str]", _Expression(pattern))

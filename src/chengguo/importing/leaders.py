"""The rules above a table that say who of several leads: the first, the marked, the bold, who answers."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from chengguo.departments import roles


class Rules(NamedTuple):
    """The rules of a table: the mark of who leads, whether bold names lead, and whether who answers does.

    Who answers leads only in rows that do not say who leads.
    """

    mark: str = ""
    bold: bool = False
    stands_in: bool = False

    def of_cell(self, cell: str, bold: Iterable[str]) -> str:
        """Return a cell with who leads behind the names that lead; ``bold`` are its bold words."""
        return roles.marked(roles.emphasised(cell, bold) if self.bold else cell, self.mark)


def rules(texts: Sequence[str]) -> Rules:
    """Return the rules that texts above a table have."""
    marks = (found[0] for text in texts if (found := roles.MARK_LEADS.search(text)))
    is_bold = any(map(roles.BOLD_LEADS.search, texts))
    return Rules(next(marks, ""), is_bold, any(map(roles.STANDS_IN.search, texts)))

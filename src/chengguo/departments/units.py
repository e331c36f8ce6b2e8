"""Who leads and who supports, as a cell of departments says it."""

from typing import Literal, NamedTuple

Role = Literal["lead", "support"]


class Unit(NamedTuple):
    """A body as the register should name it: complete, with other names it was given. A group is several."""

    name: str
    aliases: tuple[str, ...] = ()
    group: bool = False
    wording: str = ""


class Departments(NamedTuple):
    """Who leads and who supports.

    ``is_open`` tells that the list goes on (等), ``is_ditto`` that it is as in the cell above. ``schedule``
    holds the words of a schedule that stand in the cell; ``doubts`` what is not certain.
    """

    lead: tuple[Unit, ...] = ()
    support: tuple[Unit, ...] = ()
    is_open: bool = False
    is_ditto: bool = False
    schedule: str | None = None
    doubts: tuple[str, ...] = ()

"""What the rules look at."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from chengguo.departments.names import Names
from chengguo.model import Registry
from chengguo.text.findings import Check, Finding


class Subject(NamedTuple):
    """The registry, the names that its register knows, and the day of the question."""

    registry: Registry
    names: Names
    day: date


class Rule(NamedTuple):
    """A function that looks for what is wrong, and every check whose findings it may yield.

    ``is_of_whole`` is one that holds the parts of a registry against each other, not each task by itself.
    """

    find: Callable[[Subject], Iterator[Finding]]
    checks: tuple[Check, ...]
    is_of_whole: bool = False

"""Sequences of which only those members are made that somebody asks for."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar, overload

_Member = TypeVar("_Member")


class OnDemand(Sequence[_Member]):
    """A sequence whose members are made when they are asked for, each once."""

    def __init__(
        self, count: int, make: Callable[[int], _Member], made: dict[int, _Member] | None = None
    ) -> None:
        """Take how many there are, what makes the one of a place, and those that are made."""
        self._count, self._make, self._made = count, make, made or {}

    def __len__(self) -> int:
        """Count the members."""
        return self._count

    @overload
    def __getitem__(self, place: int) -> _Member: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[_Member, ...]: ...
    def __getitem__(self, place: Any) -> Any:
        """Return a member, or several; raises what making one does."""
        if isinstance(place, slice):
            return tuple(self[each] for each in range(*place.indices(self._count)))
        place = range(self._count)[place]
        if place not in self._made:
            self._made[place] = self._make(place)
        return self._made[place]

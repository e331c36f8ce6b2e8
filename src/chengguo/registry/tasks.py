"""Tasks that are made of their lines when they are asked for."""

from collections.abc import Callable, Iterable
from collections.abc import Sequence as Many
from typing import Any, overload

from chengguo.model import Task


class Tasks(Many[Task]):
    """The tasks of a registry, of which only those that somebody asks for are made.

    ``is_sound`` says that nothing is wrong in any, and that each item has departments of the register and a
    schedule that is understood; so none need be looked at for that.
    """

    def __init__(
        self,
        count: int,
        make: Callable[[int], Task],
        made: dict[int, Task],
        places_of: Callable[[int], Iterable[int]] | None = None,
        *,
        is_sound: bool = False,
    ) -> None:
        """Take how many there are, what makes the one of a place, and those that are made.

        ``places_of`` returns where tasks of a number may be.
        """
        self._count, self._make, self._made, self._places_of = count, make, made, places_of
        self.is_sound = is_sound

    def __len__(self) -> int:
        """Count the tasks."""
        return self._count

    @overload
    def __getitem__(self, place: int) -> Task: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Task, ...]: ...
    def __getitem__(self, place: Any) -> Any:
        """Return a task, or several."""
        if isinstance(place, slice):
            return tuple(self[each] for each in range(*place.indices(self._count)))
        place = range(self._count)[place]
        if place not in self._made:
            self._made[place] = self._make(place)
        return self._made[place]

    def numbered(self, number: int) -> list[Task]:
        """Return the tasks of a number."""
        places = range(self._count) if self._places_of is None else self._places_of(number)
        return [task for task in map(self.__getitem__, places) if task.id == number]


def numbered(tasks: Many[Task], number: int) -> list[Task]:
    """Return the tasks of a number."""
    if isinstance(tasks, Tasks):
        return tasks.numbered(number)
    return [task for task in tasks if task.id == number]


def are_sound(tasks: Many[Task]) -> bool:
    """True if nothing need be looked for in any of the tasks."""
    return isinstance(tasks, Tasks) and tasks.is_sound

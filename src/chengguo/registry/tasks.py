"""Tasks that are made of their lines when they are asked for."""

from collections.abc import Callable, Iterable
from collections.abc import Sequence as Many

from chengguo.model import Task
from chengguo.text.on_demand import OnDemand


class Tasks(OnDemand[Task]):
    """The tasks of a registry, of which only those that somebody asks for are made.

    ``is_sound`` says that nothing is wrong in any, and that each item has departments of the register and a
    schedule that is understood; so none need be looked at for that.
    """

    def __init__(
        self,
        count: int,
        make: Callable[[int], Task],
        made: dict[int, Task] | None = None,
        places_of: Callable[[int], Iterable[int]] | None = None,
        *,
        is_sound: bool = False,
    ) -> None:
        """Take what a sequence on demand does, and what returns where tasks of a number may be."""
        super().__init__(count, make, made)
        self._places_of = places_of
        self.is_sound = is_sound

    def numbered(self, number: int) -> list[Task]:
        """Return the tasks of a number."""
        places = range(len(self)) if self._places_of is None else self._places_of(number)
        return [task for task in map(self.__getitem__, places) if task.id == number]


def numbered(tasks: Many[Task], number: int) -> list[Task]:
    """Return the tasks of a number."""
    if isinstance(tasks, Tasks):
        return tasks.numbered(number)
    return [task for task in tasks if task.id == number]


def are_sound(tasks: Many[Task]) -> bool:
    """True if nothing need be looked for in any of the tasks."""
    return isinstance(tasks, Tasks) and tasks.is_sound

"""A bar for whoever waits at a terminal: on standard error, for what takes over a second, and gone then."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer

_PATIENCE = 1.0  # seconds in which nobody wonders


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """Show a bar, which says what is done, while what follows takes over a second.

    Where standard error is no terminal, nothing is shown.
    """
    if not sys.stderr.isatty():
        yield
        return
    bar = _Bar(what)
    timer = Timer(_PATIENCE, bar.show)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        bar.hide()


class _Bar:
    """A bar that is not shown yet."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.hide: Callable[[], None] = lambda: None

    def show(self) -> None:
        """Show it: Rich is imported only by whoever waits."""
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description}", markup=False), BarColumn(), TimeElapsedColumn())
        progress = Progress(*columns, console=Console(stderr=True), transient=True)
        progress.add_task(self.what, total=None)
        self.hide = progress.stop
        progress.start()

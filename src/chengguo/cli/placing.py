"""Put a file that was made where the user wants it."""

import os
from collections.abc import Callable

from chengguo.errors import CannotOpen, Refused
from chengguo.files import saving
from chengguo.language import _


def place(
    output: str, data: bytes, continued: Callable[[bytes], bytes] | None = None, *, force: bool
) -> None:
    """Write the file whole, or not at all; an older one is replaced only by ``force``.

    ``continued`` makes the new file of the older one, where it goes on from it.
    """
    try:
        saving.create(output, data)
    except FileExistsError as error:
        if os.path.isdir(output):  # noqa: PTH112 - what cannot be looked at is told by the write
            raise CannotOpen(_("{file} is a folder, not a file").format(file=output)) from error
        if not force:
            raise Refused(
                _("{file} exists").format(file=output), _("Name another file, or use --force.")
            ) from error
        saving.replace(output, continued or (lambda _old: data))

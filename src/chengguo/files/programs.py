"""Other programs, found where the user keeps programs and nowhere else."""

import os
import shutil
from pathlib import Path


def find(name: str) -> str | None:
    """Return the path of a program by its name, or of the file that is named; None where there is none.

    A name alone is never found in the folder that we are in, where Windows looks first: a file that came
    with somebody's registry is not run.
    """
    os.environ.setdefault("NoDefaultCurrentDirectoryInExePath", "1")
    found = shutil.which(name)
    return found if found and (Path(found).is_absolute() or Path(name).name != name) else None

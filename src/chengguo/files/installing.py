"""How what an extra of the package needs is installed."""

import re
import sys

_NAME = "chengguo"


def command(extra: str) -> str:
    """Return the command that installs what an extra needs for the Python that runs this program.

    It names the libraries: that holds for a clone, and for what was installed from one, alike.
    """
    from importlib.metadata import PackageNotFoundError, requires  # only who lacks a library asks

    try:
        needed = [each.split(";") for each in requires(_NAME) or ()]
    except PackageNotFoundError:
        needed = []
    mark = re.compile(rf"extra\s*==\s*['\"]{extra}['\"]")
    names = [f'"{name.strip()}"' for name, *marks in needed if mark.search("".join(marks))]
    python = f'"{sys.executable}"' if " " in sys.executable else sys.executable
    return f"{python} -m pip install {' '.join(names or [f'{_NAME}[{extra}]'])}"

"""What went wrong, said on stderr: one line, and a hint on a line of its own."""

import sys

from chengguo.language import _
from chengguo.text.visible import visible


def print_error(message: str, hint: str) -> None:
    """Write a message and, where there is one, its hint to stderr."""
    print(f"chengguo: {visible(message)}", file=sys.stderr)
    if hint:
        print("  " + _("hint: {hint}").format(hint=visible(hint)), file=sys.stderr)

"""Draw the picture of the README: ``python tests/picture.py`` writes .github/overdue.svg."""

import io
import os
import re
import subprocess
import sys
from contextlib import suppress
from html import unescape
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

ROOT = Path(__file__).parents[1]
WORDS = ("overdue", "--as-of", "2019-06-01", "--color", "always")
WIDTH = 84
CELL = 12.2  # units of the picture that Rich draws a cell in


def main() -> None:
    """Run the command as a Chinese terminal shows it, and write what it printed as a picture."""
    environment = {**os.environ, "LANG": "zh_CN.UTF-8", "COLUMNS": str(WIDTH), "TERM": "xterm", "PAGER": ""}
    command = [sys.executable, "-m", "chengguo", *WORDS]
    printed = on_a_terminal(command, environment)
    console = Console(record=True, width=WIDTH, file=io.StringIO())
    console.print(Text.from_ansi(f"$ chengguo {' '.join(WORDS[:3])}\n{printed.decode()}"))
    picture = console.export_svg(title="chengguo", theme=MONOKAI, unique_id="overdue")
    # A picture fetches nothing: the fonts are the reader's own. Its writer is not told of.
    picture = re.sub(r"@font-face \{.*?\}\s*|<!--.*?-->\s*", "", picture, flags=re.DOTALL)
    picture = re.sub(r'textLength="[\d.]+"([^>]*)>([^<]*)<', _as_wide_as_cells, picture)
    (ROOT / ".github" / "overdue.svg").write_text(picture.replace("Fira Code", "monospace"), encoding="utf-8")


def on_a_terminal(command: list[str], environment: dict[str, str]) -> bytes:
    """Run a command with a terminal as its output, and return what it writes there."""
    import pty  # not on Windows

    leader, follower = pty.openpty()
    printed = b""
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=follower):
        os.close(follower)
        with suppress(OSError):  # Linux says so where the other end is closed
            while chunk := os.read(leader, 65536):
                printed += chunk
    os.close(leader)
    return printed.replace(b"\r\n", b"\n")


def _as_wide_as_cells(text: re.Match[str]) -> str:
    """Give a text the width of its cells: Rich counts a Chinese character as one."""
    return f'textLength="{CELL * cell_len(unescape(text[2])):.1f}"{text[1]}>{text[2]}<'


if __name__ == "__main__":
    main()

"""Print how the time of each command grows with the registry: python tests/bench/growth.py

Seconds of CPU of whole processes at each size, and what the last step makes of the size's own factor: 1.0 is
linear, less is better. Office files are left out at the largest size.
"""

import argparse
import os
import tempfile
from itertools import pairwise
from pathlib import Path

from generate import generate
from ratios import install, output, used

SIZES = (1_000, 10_000, 90_000)  # of some 700 bytes each; a registry has 64 MB at most
OFFICE = frozenset({"export xlsx", "export docx", "import xlsx", "import docx", "form", "notice"})
REPORT = ("--status", "in_progress", "--note", "已办")
# Words of a command by its name, and what it reads on standard input or in its environment; {folder} has the
# registry and what was exported of it. The order is that in which they are run.
COMMANDS = {
    "list": ("list",),
    "list --format json": ("list", "--format", "json"),
    "list --dept": ("list", "--dept", "市科委"),
    "list WORD": ("list", "共享"),
    "due": ("due",),
    "overdue": ("overdue",),
    "show": ("show", "3.2"),
    "stats": ("stats",),
    "depts": ("depts",),
    "log": ("log",),
    "diff": ("diff", "{folder}/before.yaml"),
    "diff --since": ("diff", "--since", "2018-06-30", "--until", "2018-12-31"),
    "validate": ("validate", "{folder}/tasks.yaml"),
    "validate --fix": ("validate", "--fix", "{folder}/tasks.yaml"),
    "update": ("update", "3.2", *REPORT, "--date", "2019-05-05"),
    "update --dry-run": ("update", "3.3", *REPORT, "--dry-run"),
    "update --dept": ("update", "--dept", "市知识产权局", *REPORT, "--dry-run", "--format", "json"),
    "extend": ("extend", "3.1", "--to", "2030-06-30", "--reason", "设备到货推迟", "--force"),
    "add": ("add", "--task", "4", "--content", "新增", "--lead", "市科委", "--schedule", "2019年底"),
    "add a task": (
        *("add", "--section", "一", "--title", "新增", "--content", "新增"),
        *("--lead", "市科委", "--schedule", "2019年底"),
    ),
    "undo": ("undo",),
    "redo": ("redo",),
    "merge": ("merge", "{folder}/before.yaml", "{folder}/tasks.yaml", "{folder}/theirs.yaml"),
    "completion": (),
    "export csv": ("export", "{folder}/a.csv", "--force"),
    "export ics": ("export", "{folder}/a.ics", "--force"),
    "export html": ("export", "{folder}/a.html", "--force"),
    "export md": ("export", "{folder}/a.md", "--force"),
    "export sqlite": ("export", "{folder}/a.sqlite", "--force"),
    "export parquet": ("export", "{folder}/parquet", "--format", "parquet", "--force"),
    "export xlsx": ("export", "{folder}/a.xlsx", "--force"),
    "export docx": ("export", "{folder}/a.docx", "--force"),
    "report html": ("report", "{folder}/r.html", "--force"),
    "report txt": ("report", "{folder}/r.txt", "--force"),
    "notice": ("notice", "{folder}/notices", "--dept", "市科委", "--force"),
    "form": ("form", "{folder}/forms", "--dept", "市科委", "--force"),
    "import csv": ("import", "{folder}/a.csv", "--output", "{folder}/i.yaml", "--force"),
    "import md": ("import", "{folder}/a.md", "--output", "{folder}/i.yaml", "--force"),
    "import xlsx": ("import", "{folder}/a.xlsx", "--output", "{folder}/i.yaml", "--force"),
    "import docx": ("import", "{folder}/a.docx", "--output", "{folder}/i.yaml", "--force"),
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="how many items")
    parser.add_argument("--only", nargs="+", choices=COMMANDS, default=[*COMMANDS], metavar="COMMAND")
    parser.add_argument("--program", help="a chengguo that is installed; else this checkout is, for the time")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        program = wanted.program or str(
            install(Path(folder) / "venv", extras="[office,parquet,report]") / "chengguo"
        )
        print(f"{'items':20}" + "".join(f"{size:>10,}" for size in wanted.sizes))
        places = [registry(Path(folder) / str(size), size) for size in wanted.sizes]
        for name in wanted.only:
            seconds = [
                taken(program, name, place)
                for size, place in zip(wanted.sizes, places, strict=True)
                if name not in OFFICE or size <= SIZES[1]
            ]
            print(row(name, seconds, wanted.sizes), flush=True)


def registry(folder: Path, count: int) -> Path:
    """Make a folder with a registry of ``count`` items, one as it was before, and one that others have."""
    folder.mkdir()
    text = generate(count)
    (folder / "before.yaml").write_text(text, encoding="utf-8")
    (folder / "tasks.yaml").write_text(text, encoding="utf-8")
    (folder / "theirs.yaml").write_text(text.replace("正征求意见", "已征求意见", 5), encoding="utf-8")
    return folder


def taken(program: str, name: str, folder: Path) -> float:
    """Return the seconds of CPU that a command takes in a folder; a linter's exit code is no fault."""
    environment = {**os.environ, "XDG_STATE_HOME": str(folder / "state")}
    if name == "completion":
        words = [program]
        environment |= {
            "_CHENGGUO_COMPLETE": "complete_bash",
            "COMP_WORDS": f"chengguo -f {folder}/tasks.yaml list --dept 市",
            "COMP_CWORD": "5",
        }
    else:
        given = [word.format(folder=folder) for word in COMMANDS[name]]
        words = [program, *given]
        environment["CHENGGUO_FILE"] = str(folder / "tasks.yaml")
    before = used()
    output(words, environment)
    return used() - before


def row(name: str, seconds: list[float], sizes: list[int]) -> str:
    """Return the line of a command: what it takes at each size, and how that grows."""
    steps = [
        (high / low) / (more / fewer)
        for (low, high), (fewer, more) in zip(pairwise(seconds), pairwise(sizes), strict=False)
    ]
    cells = "".join(f"{each:10.2f}" for each in seconds)
    return f"{name:20}{cells:{10 * len(sizes)}}" + (f"   {steps[-1]:.2f} x linear" if steps else "")


if __name__ == "__main__":
    main()

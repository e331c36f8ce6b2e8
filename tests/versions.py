"""Run the tests with other releases of the libraries and other Pythons, each in an environment of its own.

``python tests/versions.py locked`` takes what ``locked.txt`` names, as CI does, ``lowest`` the lowest that
pyproject.toml allows (``lowest.txt``), and ``newest`` what is newest today. Each runs under every Python from
3.11 to 3.14 that the machine has, ``lowest`` under 3.11 alone, for which all those releases were built.
Words after ``--`` go to pytest. ``python tests/versions.py lock`` writes both files, with what is newest.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from pathlib import Path

from packaging.requirements import Requirement

TESTS = Path(__file__).parent
ROOT = TESTS.parent
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
CONSTRAINTS = {"locked": "locked.txt", "lowest": "lowest.txt", "newest": None}
_BIN = "Scripts" if sys.platform == "win32" else "bin"


def pythons() -> dict[str, str]:
    """Return the interpreters of the machine by version: those on PATH, and those of pyenv."""
    roots = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    found = {}
    for version in PYTHONS:
        pyenv = sorted(roots.glob(f"{version}.*/bin/python"))
        places = [sys.executable, shutil.which(f"python{version}"), *map(str, pyenv)]
        runs = [place for place in places if place and version_of(place) == version]
        if runs:
            found[version] = runs[0]
    return found


def version_of(python: str) -> str:
    """Return the version that an interpreter says it is: 3.11; nothing where it does not run."""
    about = "import sys; print('%d.%d' % sys.version_info[:2])"
    return subprocess.run([python, "-c", about], capture_output=True, check=False, text=True).stdout.strip()


def environment(python: str, folder: Path, *words: str) -> Path:
    """Make an environment in ``folder`` with what ``words`` tell pip to install; return its interpreter."""
    subprocess.run([python, "-m", "venv", folder], check=True)
    made = folder / _BIN / "python"
    subprocess.run([made, "-m", "pip", "install", "--quiet", *words], check=True, cwd=ROOT)
    return made


def run(which: str, python: str, words: list[str]) -> int:
    """Run the tests with the releases that ``which`` names, and return what pytest returns."""
    file = CONSTRAINTS[which]
    constraint = ["--constraint", f"tests/{file}"] if file else []
    with tempfile.TemporaryDirectory(prefix="chengguo-") as folder:
        made = environment(python, Path(folder), "--editable", ".[dev]", *constraint)
        return subprocess.run(
            [made, "-m", "pytest", "-p", "no:cacheprovider", *words], check=False, cwd=ROOT
        ).returncode


def lock() -> None:
    """Write both files, with uv, which resolves for every Python and system at once."""
    with tempfile.TemporaryDirectory(prefix="chengguo-") as folder:
        uv = environment(sys.executable, Path(folder) / "uv", "uv").with_name("uv")
        floors = Path(folder) / "floors.txt"
        floors.write_text("\n".join(lowest()), encoding="utf-8")
        _write(uv, "locked.txt", "--universal")
        _write(uv, "lowest.txt", "--constraint", str(floors))


def lowest() -> list[str]:
    """Return the lowest releases that pyproject.toml allows of what the program itself needs."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    needed = map(
        Requirement, [*project["dependencies"], *extras["calendar"], *extras["office"], *extras["parquet"]]
    )
    return [
        f"{one.name}=={bound.version}" for one in needed for bound in one.specifier if bound.operator == ">="
    ]


def _write(uv: Path, name: str, *words: str) -> None:
    """Write one pinned release a line."""
    command = [
        str(uv),
        "pip",
        "compile",
        "pyproject.toml",
        "--all-extras",
        "--python-version",
        PYTHONS[0],
        *words,
    ]
    bare = ["--quiet", "--no-header", "--no-annotate"]
    out = subprocess.run([*command, *bare], check=True, capture_output=True, text=True, cwd=ROOT).stdout
    (TESTS / name).write_text(f"# Written by: python tests/versions.py lock\n{out}", encoding="utf-8")


def main() -> int:
    """Run the command that is named, and tell how long each run took."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=[*CONSTRAINTS, "lock"])
    parser.add_argument("--python", action="append", choices=PYTHONS, help="only this one; may be repeated")
    parser.add_argument("words", nargs="*", help="for pytest, after --")
    wanted = parser.parse_args()
    if wanted.command == "lock":
        lock()
        return 0
    found = pythons()
    first = [PYTHONS[0]] if wanted.command == "lowest" else PYTHONS
    return max(
        [
            _told(wanted.command, found.get(version), version, wanted.words)
            for version in wanted.python or first
        ]
    )


def _told(which: str, python: str | None, version: str, words: list[str]) -> int:
    if python is None:
        sys.stdout.write(f"{which}, Python {version}: not on this machine\n")
        return 0
    start = time.monotonic()
    code = run(which, python, words)
    outcome = "passed" if code == 0 else "FAILED"
    sys.stdout.write(f"{which}, Python {version}: {outcome} in {time.monotonic() - start:.0f} s\n")
    sys.stdout.flush()
    return code


if __name__ == "__main__":
    sys.exit(main())

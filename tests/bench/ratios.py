"""Print how long commands take, as ratios of whole processes run in turns: python tests/bench/ratios.py

A wheel of this checkout is installed, with its bytecode, into a fresh virtual environment, and run by its
console script. Ratios are of medians of CPU time; a machine's own speed and mood cancel out. Nothing fails
here: the figures are for people, and for the README.
"""

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Mapping
from pathlib import Path

from generate import generate

ROOT = Path(__file__).parents[2]
LARGE = 10_000
MEDIUM = 1_000
# Run in the installed environment: what reading and checking a file takes, in seconds and MB.
LOAD = """
import sys, time
from chengguo import load
start = time.perf_counter()
registry = load(sys.argv[1])
seconds = time.perf_counter() - start
status = open("/proc/self/status").read() if sys.platform == "linux" else "VmHWM: 0 kB"
peak = int(status.partition("VmHWM:")[2].split()[0]) / 1024
print(f"{len(registry.items)} items read and checked in {seconds:.2f} s, at most {peak:.0f} MB, "
      f"{len(registry.findings)} findings")
"""

MOMENT = "{moment}"  # stands for another text each time, so that there is something to write
UPDATE = ("update", "3.2", "--status", "in_progress", "--note")
CSAFE = "import sys, yaml; yaml.load(open(sys.argv[1], 'rb'), yaml.CSafeLoader)"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=30, help="how often each command is run")
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = folder  # where undo would look for what is written here
        binaries = install(Path(folder) / "venv", "check-jsonschema", "yamllint")
        python, chengguo = str(binaries / "python"), str(binaries / "chengguo")
        table = str(ROOT / "tasks.yaml")
        commands = {
            "python -c pass": [python, "-c", "pass"],
            'python -c "import typer"': [python, "-c", "import typer"],
            "chengguo --version": [chengguo, "--version"],
            "chengguo list --format json": [chengguo, "-f", table, "list", "--format", "json"],
            "chengguo list": [chengguo, "-f", table, "list"],
            "chengguo validate": [chengguo, "validate", table],
        }
        print("24 items; against bare Python, and against importing Typer:")
        print_ratios(in_turns(commands, runs), units=2)
        print(f"\n{MEDIUM} items, whole processes:")
        medium = Path(folder) / "medium.yaml"
        medium.write_text(generate(MEDIUM), encoding="utf-8")
        schema = str(ROOT / "src/chengguo/registry.schema.json")
        checkers = {
            "chengguo validate": [chengguo, "validate", str(medium)],
            "check-jsonschema": [str(binaries / "check-jsonschema"), "--schemafile", schema, str(medium)],
            "yamllint": [str(binaries / "yamllint"), str(medium)],
        }
        print_ratios(in_turns(checkers, max(3, runs // 6)))
        listings = {
            "chengguo list --format json": [chengguo, "-f", str(medium), "list", "--format", "json"],
            "chengguo list": [chengguo, "-f", str(medium), "list"],
            "chengguo update": [chengguo, "-f", str(medium), *UPDATE, MOMENT],
        }
        print_ratios(in_turns(listings, max(3, runs // 6)))
        large = Path(folder) / "large.yaml"
        large.write_text(generate(LARGE), encoding="utf-8")
        print(f"\n{LARGE} items, {large.stat().st_size / 1e6:.1f} MB, whole processes:")
        commands = {
            "chengguo list --format json": [chengguo, "-f", str(large), "list", "--format", "json"],
            "chengguo list": [chengguo, "-f", str(large), "list"],
            "chengguo list --dept 市科委": [chengguo, "-f", str(large), "list", "--dept", "市科委"],
            "chengguo due": [chengguo, "-f", str(large), "due"],
            "chengguo update --dry-run": [chengguo, "-f", str(large), *UPDATE, "已办", "--dry-run"],
            "chengguo update": [chengguo, "-f", str(large), *UPDATE, MOMENT],
            **others(Path(folder), LARGE),
            "yaml.CSafeLoader": [python, "-c", CSAFE, str(large)],
        }
        print_ratios(in_turns(commands, max(3, runs // 10)))
        print()
        for _ in range(3):
            print(output([python, "-c", LOAD, str(large)]).strip())


def install(folder: Path, *others: str, extras: str = "") -> Path:
    """Install this checkout, and other packages, into a fresh environment; return where its programs are."""
    venv.create(folder, with_pip=True)
    binaries = folder / ("Scripts" if sys.platform == "win32" else "bin")
    output([str(binaries / "python"), "-m", "pip", "install", "--quiet", f"{ROOT}{extras}", *others])
    return binaries


def in_turns(commands: dict[str, list[str]], runs: int) -> dict[str, list[float]]:
    """Run every command once a round, and return the seconds of CPU that each took in each round."""
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for command in commands.values():
        output(command)
    for _ in range(runs):
        for name, command in commands.items():
            before = used()
            output(command)
            seconds[name].append(used() - before)
    return seconds


def used() -> float:
    """Return the seconds of CPU that the programs run so far have taken."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def print_ratios(seconds: dict[str, list[float]], units: int = 1) -> None:
    """Print the median of each, and its ratios to the first ones, of which each is a unit."""
    medians = {name: statistics.median(times) for name, times in seconds.items()}
    first = [*medians.values()][:units]
    for name, median in medians.items():
        print(f"{name:40} {median * 1000:6.0f} ms" + "".join(f"  {median / unit:6.2f} x" for unit in first))


def others(folder: Path, count: int) -> dict[str, list[str]]:
    """Return what other programs do with as many tasks; those that are not here are told."""
    tasks = folder / "tasks.json"
    listed = (
        {"description": f"第{number}项 建立科技成果转移转化制度", "due": "20191231T000000Z"}
        for number in range(count)
    )
    tasks.write_text("\n".join(map(json.dumps, listed)), encoding="utf-8")
    commands = {}
    if shutil.which("task"):
        settings = folder / "taskrc"
        settings.write_text(f"data.location={folder}\nconfirmation=off\nverbose=nothing\n", encoding="utf-8")
        output(["task", f"rc:{settings}", "import", str(tasks)])
        commands["task list"] = ["task", f"rc:{settings}", "list"]
        commands["task modify"] = ["task", f"rc:{settings}", "7", "modify", f"已办{MOMENT}"]
    if shutil.which("ledger"):
        book = folder / "book.ledger"
        entry = "2019/12/31 第{}项\n    市科委  1\n    市教委\n\n"
        book.write_text("".join(entry.format(number) for number in range(count)), encoding="utf-8")
        commands["ledger register"] = ["ledger", "-f", str(book), "register"]
    if shutil.which("jq"):
        commands["jq"] = ["jq", "-r", 'select(.due > "2019") | .description', str(tasks)]
    for name in ("task", "ledger", "jq"):
        if not shutil.which(name):
            print(f"skipped: {name} is not installed")
    return commands


def output(command: list[str], environment: Mapping[str, str] = os.environ) -> str:
    """Run a command as a user's shell would, with bytecode written, and return what it prints."""
    given = {name: value for name, value in environment.items() if name != "PYTHONDONTWRITEBYTECODE"}
    words = [word.replace(MOMENT, str(time.time_ns())) for word in command]
    done = subprocess.run(words, capture_output=True, check=False, encoding="utf-8", env=given)
    if done.returncode not in (0, 1):  # a linter exits with 1 where it finds something
        sys.exit(f"{command}: exit code {done.returncode}\n{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    main()

"""Running the program in a process of its own, to measure the time and the memory that a file takes."""

import atexit
import json
import os
import signal
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from chengguo.text import nodes

linux = pytest.mark.skipif(sys.platform != "linux", reason="measured the way Linux measures")
ENVIRONMENT = {"LANG": "C.UTF-8", "PYTHONPATH": str(Path(nodes.__file__).parents[2])}  # the same program
# The program as it is once it has started, which costs more than most files do: for each line of its input it
# forks, and the fork does what the line says. What it took to start is added to what each call takes.
_PROGRAM = """
import json, os, resource, signal, sys, time
from chengguo import cli
from chengguo.cli import validate  # reads registries
begun = time.process_time()
while line := sys.stdin.readline():
    folder, words, streams, seconds = json.loads(line)
    child = os.fork()
    if not child:
        for number, (name, mode) in enumerate(zip(streams, ("r", "w", "w"))):
            with open(name, mode) as file:
                os.dup2(file.fileno(), number)
        sys.stdin, sys.stdout, sys.stderr = (open(number, mode) for number, mode in enumerate("rww"))
        os.chdir(folder)
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
        sys.argv = ["chengguo", *words]
        cli.main()
    spent = since = None
    while not (found := os.wait4(child, os.WNOHANG))[0]:
        with open(f"/proc/{child}/stat") as file:
            now = file.read().rpartition(")")[2].split()[11:13]
        spent, since = (now, time.monotonic()) if now != spent else (spent, since)
        if time.monotonic() - since > 10 * seconds:  # it waits, and not for others' work
            os.kill(child, signal.SIGALRM)
        time.sleep(0.005)
    _, status, usage = found
    took = begun + usage.ru_utime + usage.ru_stime
    print(json.dumps([os.waitstatus_to_exitcode(status), took, usage.ru_maxrss]), flush=True)
"""


KILLED = {-signal.SIGKILL, -signal.SIGXCPU, -signal.SIGALRM} if sys.platform == "linux" else set()


class Measured(NamedTuple):
    """What a command left behind, and what it took: seconds of CPU time and megabytes at the most."""

    code: int
    out: str
    err: str
    seconds: float
    megabytes: float


def measured(folder: Path, *words: str, stdin: str = os.devnull, within: int = 2) -> Measured:
    """Run ``chengguo`` in ``folder``, killed where it takes more seconds of CPU time than ``within``.

    Others on the machine make the same work take twice its time for a while: what takes too long is tried
    anew.
    """
    for _try in range(3):
        found = _measured(folder, *words, stdin=stdin, within=within)
        if found.code not in KILLED and found.seconds < within:
            break
    return found


def _measured(folder: Path, *words: str, stdin: str, within: int) -> Measured:
    out, err = (folder.parent / f"{folder.name}.{name}" for name in ("out", "err"))
    program = _program()
    assert program.stdin
    assert program.stdout
    program.stdin.write(json.dumps([str(folder), words, [stdin, str(out), str(err)], within]) + "\n")
    program.stdin.flush()
    code, seconds, kilobytes = json.loads(program.stdout.readline())
    return Measured(
        code, out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8"), seconds, kilobytes / 1024
    )


@cache
def _program() -> subprocess.Popen[str]:
    command, pipe = [sys.executable, "-c", _PROGRAM], subprocess.PIPE
    program = subprocess.Popen(command, env=ENVIRONMENT, stdin=pipe, stdout=pipe, encoding="utf-8")
    atexit.register(program.communicate)  # which ends its input, and so the program
    return program

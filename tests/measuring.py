"""Running the program in a process of its own, to measure the time and the memory that a file takes."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from chengguo.text import nodes

linux = pytest.mark.skipif(sys.platform != "linux", reason="measured the way Linux measures")
ENVIRONMENT = {"LANG": "C.UTF-8", "PYTHONPATH": str(Path(nodes.__file__).parents[2])}  # the same program
# A process of its own between this one and the program: ru_maxrss of a child begins with its parent's.
_MEASURE = """
import os, resource, signal, sys, time
seconds = int(sys.argv[2])
child = os.fork()
if not child:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
    os.execv(sys.executable, [sys.executable, "-m", "chengguo", *sys.argv[3:]])
spent = since = None
while not (found := os.wait4(child, os.WNOHANG))[0]:
    with open(f"/proc/{child}/stat") as file:
        now = file.read().rpartition(")")[2].split()[11:13]
    spent, since = (now, time.monotonic()) if now != spent else (spent, since)
    if time.monotonic() - since > 10 * seconds:  # it waits without using any time, and not for others' work
        os.kill(child, signal.SIGALRM)
    time.sleep(0.005)
_, status, usage = found
with open(sys.argv[1], "w") as report:
    print(os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, usage.ru_maxrss, file=report)
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
    report, out, err = (folder.parent / f"{folder.name}.{name}" for name in ("report", "out", "err"))
    with Path(stdin).open("rb") as source, out.open("wb") as stdout, err.open("wb") as stderr:
        command = [sys.executable, "-S", "-c", _MEASURE, str(report), str(within), *words]
        subprocess.run(
            command, cwd=folder, env=ENVIRONMENT, stdin=source, stdout=stdout, stderr=stderr, check=True
        )
    code, seconds, kilobytes = report.read_text(encoding="utf-8").split()
    return Measured(
        int(code),
        out.read_text(encoding="utf-8"),
        err.read_text(encoding="utf-8"),
        float(seconds),
        int(kilobytes) / 1024,
    )

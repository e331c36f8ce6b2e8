"""Which tests need what a system may lack, and why: every marker for it stands here."""

import importlib.util
import os
import shutil
import sys
import tempfile
from pathlib import Path

import pytest

WINDOWS = sys.platform == "win32"


# Modules of tests that cannot even be imported on Windows.
POSIX_MODULES = {
    "test_shells.py": "they drive shells on a pseudo-terminal",
    "test_writing.py": "they look into POSIX's way of writing; Windows has its own (test_windows.py)",
}


def _links() -> bool:
    """Return whether a symbolic link can be made and is one: Windows asks for a right to make them."""
    with tempfile.TemporaryDirectory() as folder:
        link = Path(folder) / "link"
        try:
            link.symlink_to("target")
        except OSError:
            return False
        return link.is_symlink()


def _needs(there: object, reason: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not there, reason=reason)


windows = _needs(WINDOWS, "holds of Windows' way of writing")
posix_protocol = _needs(
    not WINDOWS, "looks into POSIX's way of writing; Windows has its own (test_windows.py)"
)
modes = _needs(not WINDOWS, "Windows has no file modes, owners or umask")
names = _needs(not WINDOWS, "Windows forbids such file names")
signals = _needs(not WINDOWS, "Windows has no such signals")
terminals = _needs(not WINDOWS, "Windows has no pseudo-terminals of this kind")
descriptors = _needs(not WINDOWS, "Windows inherits and closes descriptors differently")
links = _needs(_links(), "symbolic links cannot be made here")
posix_files = _needs(not WINDOWS, "Windows has no such files")
exchange = _needs(sys.platform == "linux", "no exchange of two files here")
strace = _needs(shutil.which("strace"), "there is no strace here")
alarms = _needs(not WINDOWS, "Windows cannot break a search off")
full_device = _needs(os.access("/dev/full", os.W_OK), "there is no full device")
xdg = _needs(not WINDOWS, "%LOCALAPPDATA% is no matter of XDG")
fifos = _needs(hasattr(os, "mkfifo"), "no FIFOs here")
devices = _needs(Path("/dev/zero").exists(), "no such devices here")
# What checks the source does so on the system that it is written on.
checkers = _needs(importlib.util.find_spec("pre_commit"), "the checkers of the source are not here")
memory = _needs(not WINDOWS and Path("/proc/self/mem").exists(), "no file here fails while it is read")
git = _needs(shutil.which("git"), "git is not here")
shell = _needs(not WINDOWS and shutil.which("bash"), "needs a POSIX shell")
somebody = _needs(hasattr(os, "geteuid") and os.geteuid() != 0, "root may read and write everything")

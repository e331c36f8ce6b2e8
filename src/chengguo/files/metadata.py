"""Whose a file is and who may do what with it: owner, group, mode, ACL, extended attributes."""

import contextlib
import os
import stat
import sys

# The kernel makes these of the content itself.
_OF_THE_CONTENT = frozenset({"security.ima", "security.evm"})


def copy(old: int, new: int) -> bool:
    """Make an open file belong to whom another does; True if it then does, in everything.

    On Linux ACLs are extended attributes. A mode that fits is not set: some file systems (exFAT, NTFS) have
    one for all files and refuse to set any.
    """
    _copy_owner(old, new)
    _copy_attributes(old, new)
    mode = stat.S_IMODE(os.fstat(old).st_mode)
    if stat.S_IMODE(os.fstat(new).st_mode) != mode and hasattr(os, "fchmod"):
        with contextlib.suppress(OSError):
            os.fchmod(new, mode)
    return _facts(old) == _facts(new)


def _copy_owner(old: int, new: int) -> None:
    if not hasattr(os, "fchown"):
        return
    was, now = os.fstat(old), os.fstat(new)
    if (was.st_uid, was.st_gid) == (now.st_uid, now.st_gid):
        return
    with contextlib.suppress(OSError):
        os.fchown(new, was.st_uid, was.st_gid)


def _copy_attributes(old: int, new: int) -> None:
    if sys.platform != "linux":
        return
    was, now = _attributes(old), _attributes(new)
    for name in now.keys() - was.keys():  # such as the ACL that a folder bequeaths
        with contextlib.suppress(OSError):
            os.removexattr(new, name)
    for name, value in was.items():
        if now.get(name) != value:
            with contextlib.suppress(OSError):
                os.setxattr(new, name, value)


def _attributes(descriptor: int) -> dict[str, bytes]:
    """Return the extended attributes of an open file by name, none where the system has none."""
    found: dict[str, bytes] = {}
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            for name in os.listxattr(descriptor):
                if name not in _OF_THE_CONTENT:
                    with contextlib.suppress(OSError):  # one that we may not read
                        found[name] = os.getxattr(descriptor, name)
    return found


def _facts(descriptor: int) -> tuple[int, int, int, dict[str, bytes]]:
    status = os.fstat(descriptor)
    return status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode), _attributes(descriptor)

"""The lock of an open file, and what a system that has none answers."""

import errno
import sys
from enum import Enum, auto


class Lock(Enum):
    """What came of the wish to lock a file."""

    TAKEN = auto()
    HELD = auto()  # by another process
    STALE = auto()  # the file is no longer there: it must be opened anew
    NONE = auto()  # there are no locks here: on some network and user-space file systems


if sys.platform == "win32":

    def take(_descriptor: int) -> Lock:
        """Lock nothing: a file that is open cannot be removed there, which is what a lock is for here."""
        return Lock.NONE

else:
    import fcntl

    def take(descriptor: int) -> Lock:
        """Try to lock an open file, without waiting.

        The descriptor must be open for writing: NFS makes a lock of byte ranges of this one, and refuses
        with EBADF otherwise. EWOULDBLOCK alone means that another process has the lock. ENOLCK, ENOSYS,
        ENOTSUP, EINVAL, EIO, EACCES and the like mean that there is none to be had; where more than the
        lock is broken, the next call says so.
        """
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return Lock.HELD
        except OSError as error:
            return Lock.STALE if error.errno == errno.ESTALE else Lock.NONE
        return Lock.TAKEN

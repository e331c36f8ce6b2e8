"""Why the system refused, in the reader's language: what it says by itself may be in another one."""

import errno

from chengguo.language import N_, _

IS_HELD = (32, 33)  # what Windows answers where another program holds a file, or a part of it
_IS_NO_NAME = 123  # what Windows answers to a name with one of *?<>"| in it, which no file can have

_REASONS = {  # by name: no system has all of the numbers
    "EACCES": N_("Permission denied"),
    "EPERM": N_("Operation not permitted"),
    "ENOENT": N_("No such file or directory"),
    "ENOTDIR": N_("Not a directory"),
    "EISDIR": N_("Is a directory"),
    "EEXIST": N_("File exists"),
    "ENOSPC": N_("No space left on device"),
    "EDQUOT": N_("Disk quota exceeded"),
    "EROFS": N_("Read-only file system"),
    "EFBIG": N_("File too large"),
    "EBUSY": N_("Device or resource busy"),
    "EIO": N_("Input/output error"),
    "ELOOP": N_("Too many levels of symbolic links"),
    "ENAMETOOLONG": N_("File name too long"),
    "EINVAL": N_("Invalid argument"),
    "EMFILE": N_("Too many open files"),
    "ENXIO": N_("No such device or address"),
    "ETXTBSY": N_("another program holds it"),
}


def is_held(error: Exception) -> bool:
    """True if Windows refused because another program has the file open."""
    return getattr(error, "winerror", None) in IS_HELD


def is_no_name(error: Exception) -> bool:
    """True if Windows refused because no file can have this name."""
    return getattr(error, "winerror", None) == _IS_NO_NAME


def no_temporary_file(error: Exception) -> tuple[str, str]:
    """Return the message and the hint for a temporary file that cannot be written."""
    message = _("no temporary file can be written: {reason}").format(reason=reason(error))
    return message, _("Let TMPDIR (on Windows TEMP) name a folder that has room.")


def reason(error: Exception) -> str:
    """Return what kept a file from being opened or written: never the system's own words."""
    if isinstance(error, ValueError):  # the one path that open() does not take
        return _("no file can have this name")
    if is_held(error):
        return _("another program holds it")
    number = getattr(error, "errno", None) or 0
    name = errno.errorcode.get(number, str(number))
    return _(_REASONS[name]) if name in _REASONS else _("error {name} of the system").format(name=name)

"""What stops a command: one base error with an exit code. It prints nothing and imports nothing."""


class ChengguoError(Exception):
    """A command cannot go on. ``message`` says why, ``hint`` what to do next."""

    exit_code = 70

    def __init__(self, message: str, hint: str = "") -> None:
        """Keep the message as the error's text and the hint beside it."""
        super().__init__(message)
        self.message = message
        self.hint = hint


class Refused(ChengguoError):
    """A change that cannot be made, or cannot be proved to change just what it should."""

    exit_code = 1


class NoRegistry(ChengguoError):
    """A file that was opened but holds nothing that can be read as a registry."""

    exit_code = 1


class WrongUsage(ChengguoError):
    """Words on the command line that do not fit together."""

    exit_code = 2


class CannotOpen(ChengguoError):
    """A file that is missing, unreadable, or not a regular file."""

    exit_code = 2


class CannotWrite(ChengguoError):
    """Standard output that is closed, or on a device that is full."""

    exit_code = 74


class UnknownTask(ChengguoError):
    """An address that no task or item of the registry has."""

    exit_code = 3


class UnknownDepartment(ChengguoError):
    """A name that no department of the register has."""

    exit_code = 3


class UnknownSection(ChengguoError):
    """A name that no section of the registry has."""

    exit_code = 3


class Interrupted(ChengguoError):
    """A command that the user has broken off, where more is to be said of it than that."""

    exit_code = 130


class Busy(ChengguoError):
    """A file that another process holds, or keeps changing."""

    exit_code = 75

"""What is set once for every command: in ``chengguo.toml``, or in variables of the environment.

A variable counts before the file beside the registry that is named, or the nearest above it; that before the
one of the working folder, or the nearest above that; this before the user's own. A relative path in a file
counts from its folder. What names a program counts in a variable and in the user's own file alone: a file
near a registry may have come with it.
"""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from chengguo.errors import CannotOpen, WrongUsage
from chengguo.files import store
from chengguo.language import N_, _, languages, listed

if TYPE_CHECKING:
    from pathlib import Path  # takes long to load; only who has a file of settings pays for it

FILE_NAME = "chengguo.toml"


class _Setting(NamedTuple):
    """What can be set: how its value is read, what it means, an example as a file writes it.

    ``read`` takes a text of a variable or a value of a file, and the folder from which a path counts; it
    raises ValueError for what is none. ``usual`` is a variable of the system that counts where nothing else
    is set, also if it is empty.
    """

    read: "Callable[[Any, Path | None], Any]"
    means: str
    example: str
    is_users: bool = False
    usual: str = ""


def _path(value: Any, folder: "Path | None") -> str:
    if not isinstance(value, str) or not value:
        raise ValueError
    return (
        str(folder / os.path.expanduser(value)) if folder else value
    )  # no fault for a home that there is not


def _paths(value: Any, folder: "Path | None") -> tuple[str, ...]:
    parts = value.split(os.pathsep) if isinstance(value, str) else value
    if not isinstance(parts, list) or not parts:
        raise ValueError
    return tuple(_pattern(part, folder) for part in parts)


def _pattern(value: Any, folder: "Path | None") -> str:
    """Return the path of a file, a folder or a pattern; what the folder itself is called is no pattern."""
    plain = _path(value, folder)
    if plain == value or not store.is_many(plain) or os.path.isdir(plain):  # as written
        return plain
    from glob import escape  # only a pattern pays for it
    from pathlib import Path

    return os.path.join(escape(str(folder)), Path(value).expanduser())  # as written


def _text(value: Any, _folder: "Path | None") -> str:
    if not isinstance(value, str):
        raise ValueError  # noqa: TRY004 - of values that are read, not of arguments
    return value


def _names(value: Any, _folder: "Path | None") -> tuple[str, ...]:
    parts = value.replace("，", ",").split(",") if isinstance(value, str) else value
    if not isinstance(parts, list) or not all(isinstance(part, str) and part.strip() for part in parts):
        raise ValueError
    return tuple(part.strip() for part in parts)


def _days(value: Any, _folder: "Path | None") -> int:
    days = int(value) if isinstance(value, str) and value.isascii() and value.isdigit() else value
    if not isinstance(days, int) or isinstance(days, bool) or not 0 <= days <= _MOST_DAYS:
        raise ValueError
    return days


def _language(value: Any, _folder: "Path | None") -> str:
    if value not in languages():  # what a file has may have no hash
        raise ValueError
    return str(value)


_MOST_DAYS = 3650
SETTINGS = {
    "file": _Setting(_path, N_("the registry, where no other is named"), '"分工/tasks.yaml"'),
    "files": _Setting(
        _paths, N_("the registries that are read as one: files, folders, patterns"), '["plans/**/*.yaml"]'
    ),
    "departments": _Setting(_path, N_("the register that they have in common"), '"departments.yaml"'),
    "dept": _Setting(_names, N_("my departments, for --mine"), '"市科委"'),
    "lang": _Setting(_language, N_("the language: zh or en"), '"zh"'),
    "columns": _Setting(_names, N_("the columns of tables of items"), '"编号,责任部门,截止日期"'),
    "due_soon": _Setting(_days, N_("an alert so many days before the due date"), "15"),
    "stale": _Setting(_days, N_("an alert so many days after the last report"), "60"),
    "pager": _Setting(
        _text,
        N_("the program for what does not fit the screen; less where none is set, cat for none"),
        '"less -FRX"',
        is_users=True,
        usual="PAGER",
    ),
    "holidays": _Setting(_path, N_("the calendar of holidays, to count working days"), '"holidays.txt"'),
}


class Value(NamedTuple):
    """The value of a setting, and where it comes from: the name of a file or of a variable."""

    value: Any
    origin: str
    is_users: bool = False  # of the user's own file, which counts where nothing nearer does


_values: dict[str, Value] = {}


def load(environment: Mapping[str, str], named: Sequence[str] = ()) -> None:
    """Read what is set, also near the registries that are ``named``, those of the variable otherwise.

    Raises ``WrongUsage`` for what cannot be read.
    """
    _values.clear()
    for name, setting in SETTINGS.items():
        if setting.usual in environment:
            _values[name] = Value(environment[setting.usual], f"${setting.usual}")
    own = _there(_user_file(environment))
    if own:
        _values.update(_of_file(own, is_users=True))
    named = named or environment.get(variable("file"), "").split(os.pathsep)
    for near in reversed(dict.fromkeys(map(_nearest, (*named, "")))):  # the first one counts
        if near and near != own:
            _values.update(_of_file(near))
    for name in SETTINGS:
        if text := environment.get(variable(name)):
            _values[name] = Value(_read(name, text, None, variable(name)), f"${variable(name)}")


def variable(name: str) -> str:
    """Return the variable of the environment that sets it."""
    return f"CHENGGUO_{name.upper()}"


def find(name: str) -> Value | None:
    """Return what is set, and where; None where nothing is."""
    return _values.get(name)


def value(name: str) -> Any:
    """Return what is set; None where nothing is."""
    found = _values.get(name)
    return found.value if found else None


def registries(chosen: list[str] | None) -> tuple[str, ...]:
    """Choose the registries: those named, those set, the nearest, the user's; patterns stay such."""
    if chosen:
        return tuple(chosen)
    found = _nearer(find("file"), find("files"))
    if found and not found.is_users:
        return _listed(found)
    try:
        return (store.find(None, os.environ, store.working_folder()),)
    except CannotOpen:
        if found:
            return _listed(found)
        raise


def _nearer(*values: Value | None) -> Value | None:
    """Return the value that counts before the others; raises ``WrongUsage`` for two of one place."""
    found = sorted((each for each in values if each), key=_distance)
    if len(found) > 1 and _distance(found[0]) == _distance(found[1]):
        message = _("{file} sets both file and files").format(
            file=listed(dict.fromkeys(each.origin for each in found))
        )
        raise WrongUsage(message, _("Set one of the two."))
    return found[0] if found else None


def _distance(value: Value) -> int:
    return 0 if value.origin.startswith("$") else 2 if value.is_users else 1


def _listed(found: Value) -> tuple[str, ...]:
    """Return what a setting names; a variable may name several files, as $PATH does folders."""
    if isinstance(found.value, tuple):
        return found.value
    text = str(found.value)
    is_variable = found.origin.startswith("$") and os.pathsep in text
    if is_variable and not os.path.exists(text):  # as typed
        return tuple(part for part in text.split(os.pathsep) if part)
    return (text,)


def _user_file(environment: Mapping[str, str]) -> str:
    """Return the path of the user's own file, where the system keeps such; "" where there is no home."""
    if sys.platform == "win32":
        folder = environment.get("APPDATA")
    else:
        folder = environment.get("XDG_CONFIG_HOME") or (
            f"{environment['HOME']}/.config" if environment.get("HOME") else None
        )
    return os.path.join(folder, "chengguo", FILE_NAME) if folder else ""


def _nearest(named: str = "") -> "Path | None":
    """Return the file of settings that is nearest above the working folder, or above a registry or folder."""
    folder = named if os.path.isdir(named) else os.path.dirname(named)  # as typed
    try:
        folder = folder if os.path.isabs(folder) else os.path.join(store.working_folder(), folder)
    except CannotOpen:  # a command that needs the folder says so
        return None
    folders = store.upwards(os.path.normpath(folder))
    return next(filter(None, (_there(os.path.join(each, FILE_NAME)) for each in folders)), None)


def _there(path: str) -> "Path | None":
    """Return the path of a file of settings, where there is one: only then pathlib is loaded."""
    if not os.path.isfile(path):  # a folder that cannot be searched has none
        return None
    from pathlib import Path

    return Path(path)


def _of_file(path: "Path", *, is_users: bool = False) -> dict[str, Value]:
    """Read the settings of a file."""
    from chengguo.cli import settings_file  # only who has a file pays for it

    file = settings_file.read(path)
    known = (name for name in file.table if name in SETTINGS and SETTINGS[name].is_users)
    if not is_users and (foreign := next(known, None)):
        message = _("{place}: {name} cannot be set here, where a registry may have brought the file")
        hint = _("Set {variable}, or {name} in your own {own}.").format(
            variable=variable(foreign), name=foreign, own=_user_file(os.environ) or FILE_NAME
        )
        raise WrongUsage(message.format(place=file.place(foreign, of_value=False), name=foreign), hint)
    return {
        name: Value(
            _read(name, each, path.parent, file.place(name, of_value=name in SETTINGS)), str(path), is_users
        )
        for name, each in file.table.items()
    }


def _nearest_name(name: str) -> str | None:
    from difflib import get_close_matches  # only a wrong name pays for it

    return next(iter(get_close_matches(name.replace("-", "_"), SETTINGS)), None)


def _read(name: str, given: Any, folder: "Path | None", origin: str) -> Any:
    """Read one value; raises ``WrongUsage`` for one of another kind, and for a setting that there is not."""
    if name not in SETTINGS:
        message = _("{file}: there is no setting '{name}'").format(file=origin, name=name)
        hint = _("Settings: {names}.").format(names=listed(SETTINGS))
        if near := _nearest_name(name):
            hint = _("Did you mean {name}?").format(name=near)
        raise WrongUsage(message, hint)
    try:
        return SETTINGS[name].read(given, folder)
    except ValueError as error:
        message = _("{file}: {name} cannot be {value}").format(file=origin, name=name, value=given)
        hint = _("It is {means}, such as {example}.")
        means = _(SETTINGS[name].means)
        raise WrongUsage(message, hint.format(means=means, example=SETTINGS[name].example)) from error

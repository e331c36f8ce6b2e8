"""Which language the words for people are in: gettext, with English in the source.

The language is chosen once, when the program starts, the POSIX way (``LANGUAGE``, ``LC_ALL``,
``LC_MESSAGES``, ``LANG``, the first that is set). Names of commands, options, codes and JSON keys are
never translated. A new language is its catalogue under ``locale`` and its topics under ``help``.
"""

import gettext
import os
import re
import struct
import sys
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, ParamSpec, TypeVar, cast

if TYPE_CHECKING:
    from gettext import _TranslationsReader

DOMAIN = "chengguo"
LIBRARIES = "libraries"  # what Typer and Click say, which changes with their releases and not with ours
# Of os.path: pathlib takes longer to load than the words do, and every command needs these.
CATALOGUES = os.path.join(os.path.dirname(__file__), "locale")
TOPICS = os.path.join(os.path.dirname(__file__), "help")  # a folder a language, a file a topic
_SOURCE = ("en", "c", "posix")  # what English is called, which the words are in
_NO_DOMAIN = "messages"  # gettext's own name for a program without a catalogue
_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")


class Catalogue(gettext.NullTranslations):
    """A compiled catalogue (.mo), whose words are taken from where they stand in it.

    gettext's own class makes a dictionary of them first, which takes longer than many commands do.
    """

    def _parse(self, fp: "_TranslationsReader") -> None:
        data = fp.read()
        _magic, _version, count, messages, words = struct.unpack_from("<5I", data)  # as Babel writes them
        lengths_and_starts = f"<{2 * count}I"
        keys = struct.unpack_from(lengths_and_starts, data, messages)
        places = struct.unpack_from(lengths_and_starts, data, words)
        self._data = data
        self._places = {
            data[start : start + length]: place
            for length, start, *place in zip(keys[::2], keys[1::2], places[::2], places[1::2], strict=True)
        }
        heads = [line.partition(":") for line in (self._word("") or "").splitlines()]
        self._facts = {name.strip().lower(): value.strip() for name, _colon, value in heads}

    def info(self) -> dict[str, str]:
        """Return what the catalogue says of itself, such as its language."""
        return self._facts

    def _word(self, message: str) -> str | None:
        length, start = self._places.get(message.encode(), (0, 0))
        return self._data[start : start + length].decode() if start else None

    def gettext(self, message: str) -> str:
        """Return a message in the language of the catalogue, or as it is where that has no word for it."""
        word = self._word(message)
        return message if word is None else word

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the form of a message that a number asks for."""
        forms = (self._word(f"{msgid1}\0{msgid2}") or "").split("\0")
        if forms == [""]:
            return super().ngettext(msgid1, msgid2, n)
        rule = self._facts["plural-forms"].rpartition("plural=")[2].rstrip(";")
        return forms[gettext.c2py(rule)(n) if len(forms) > 1 else 0]


_chosen: gettext.NullTranslations = gettext.NullTranslations()
_inherited: dict[str, str] | None = None
_is_asked = False
_forget: list[Callable[[], None]] = []  # what is remembered in the words of a language


def choose(wanted: str | None = None) -> None:
    """Choose the language, that of the environment where none is ``wanted``, for our own words and Typer's.

    Typer and Click look their words up in gettext's current domain, so that of their catalogue is made the
    current one; gettext reads it when they first ask, which few commands make them do. A language has one
    catalogue, for whatever place; gettext is told so.
    """
    global _chosen, _inherited, _is_asked  # noqa: PLW0603 - like gettext's own domain, a fact of the process
    _chosen, _inherited = gettext.NullTranslations(), _inherited if wanted else dict(os.environ)
    _is_asked = wanted is not None
    for forget in _forget:
        forget()
    wanted = wanted or next((value for value in map(os.environ.get, _VARIABLES) if value), None) or _desktop()
    catalogue = _catalogue(wanted)
    if catalogue is None:
        if gettext.textdomain() == LIBRARIES:  # another was chosen before
            gettext.textdomain(_NO_DOMAIN)
        return
    os.environ["LANGUAGE"] = catalogue
    gettext.bindtextdomain(LIBRARIES, CATALOGUES)
    gettext.textdomain(LIBRARIES)
    _chosen = gettext.translation(DOMAIN, CATALOGUES, class_=Catalogue, fallback=True)


def environment() -> dict[str, str]:
    """Return the environment for another program: as it was before the language was chosen."""
    return dict(os.environ) if _inherited is None else _inherited


def N_(message: str) -> str:  # noqa: N802 - the customary name for "to be translated where it is shown"
    """Mark a message for the catalogue; it is looked up when it is shown."""
    return message


def _(message: str) -> str:
    """Return ``message`` in the chosen language, or as it is where that has no word for it."""
    return _chosen.gettext(message)


def remembered(function: Callable[_Given, _Result]) -> Callable[_Given, _Result]:
    """Return a function that does not reckon again what it did for the same values, in the same language.

    For readings of cells, which a table has over and over; what is returned is never changed. As many are
    kept as the longest table has, so that going through it again costs nothing.
    """
    kept = lru_cache(maxsize=16_384)(function)
    _forget.append(kept.cache_clear)
    return cast("Callable[_Given, _Result]", kept)


def chosen() -> str:
    """Return the chosen language, such as zh."""
    return _chosen.info().get("language", "en").split("_")[0]


def asked() -> str:
    """Return the language that somebody asked for, by --lang or a setting, such as zh.

    A console asks for none: what scripts read is then in that of the source.
    """
    return chosen() if _is_asked else "en"


def languages() -> tuple[str, ...]:
    """Return the languages that there are words in, that of the source last."""
    return (*sorted(name.split("_")[0] for name in os.listdir(CATALOGUES)), "en")


def in_chinese(message: str) -> str:
    """Return ``message`` in Chinese, whatever the chosen language: what editors show is in both."""
    return gettext.translation(DOMAIN, CATALOGUES, ["zh_CN"], Catalogue).gettext(message)


def plural(one: str, many: str, count: int, **values: str) -> str:
    """Return the form that ``count`` asks for, with ``{count}`` and other values filled in."""
    return _chosen.ngettext(one, many, count).format(count=count, **values)


def listed(parts: Iterable[str]) -> str:
    """Join parts as the language lists them: a, b or a、b."""
    return _(", ").join(part for part in parts if part)


def topics() -> tuple[str, ...]:
    """Return the names of the topics of the help, in the order of the alphabet."""
    names = os.listdir(os.path.join(TOPICS, "en"))
    return tuple(sorted(name.removesuffix(".md") for name in names if name.endswith(".md")))


def topic(name: str) -> str:
    """Return the text of a topic of the help in the chosen language, as Markdown."""
    from pathlib import Path  # only help pays for it

    return Path(TOPICS, chosen(), f"{name}.md").read_text(encoding="utf-8")


def _catalogue(wanted: str) -> str | None:
    """Return the name of the catalogue of the first language that is there, of one name or several: zh_TW:en.

    None where that is English, the language of the source: then no catalogue is looked for.
    """
    for name in wanted.split(":"):
        language = re.split("[-_.@]", name.lower())[0]
        if language in {"en", "c", "posix"}:
            return None
        found = next((name for name in os.listdir(CATALOGUES) if name.split("_")[0] == language), None)
        if found:
            return found
    return None


def _desktop() -> str:
    """Return the language of the Windows desktop, such as zh_CN, where no variable tells one."""
    if sys.platform != "win32":
        return "C"
    import ctypes  # only Windows asks
    import locale

    return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "en_US")

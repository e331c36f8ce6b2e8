"""The Chinese catalogues: ``chengguo.po`` holds our own words, ``libraries.po`` what Typer and Click say.

``python tests/catalogue.py update`` takes in what is new in the sources, drops those of our own words that
are gone, and compiles. ``python tests/catalogue.py check`` writes nothing. Both name what is left to do, and
then exit with 1. Words of libraries stay when a release no longer has them: another that we allow may.
"""

import argparse
import gettext
import inspect
import io
import re
import sys
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

import click
import typer
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

import chengguo
from chengguo.cli.commands import COMMANDS
from chengguo.cli.with_typer import app_of
from chengguo.language import CATALOGUES, DOMAIN, LIBRARIES

LOCALE = "zh_CN"
FOLDER = Path(CATALOGUES) / LOCALE / "LC_MESSAGES"
DOMAINS = (DOMAIN, LIBRARIES)
_KEYWORDS = {**DEFAULT_KEYWORDS, "plural": (1, 2)}

MessageId = str | tuple[str, ...]  # a message with a plural has two
Held = dict[str, tuple[object, object, list[str]]]


class _Chinese(Catalog):
    """A catalogue whose header tells what its readers need, without the dates that would fill its diffs."""

    mime_headers = property(
        lambda self: [
            ("Language", LOCALE),
            ("Plural-Forms", self.plural_forms),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit\n"),
        ]
    )


def po(domain: str) -> Path:
    """Return the file that people fill in."""
    return FOLDER / f"{domain}.po"


def mo(domain: str) -> Path:
    """Return the file that gettext reads."""
    return FOLDER / f"{domain}.mo"


@cache
def messages(domain: str) -> dict[MessageId, list[str]]:
    """Return every message of the sources, with the files that it stands in, ordered by these."""
    files: dict[MessageId, set[str]] = {}
    found = [*_marked(chengguo), *_docstrings()] if domain == DOMAIN else [*_marked(click), *_marked(typer)]
    for message, file in found:
        files.setdefault(message, set()).add(file)
    return dict(
        sorted(
            ((id_, sorted(names)) for id_, names in files.items()),
            key=lambda entry: (entry[1], str(entry[0])),
        )
    )


def _marked(package: ModuleType) -> Iterator[tuple[MessageId, str]]:
    folder = Path(str(package.__file__)).parent
    calls = re.compile(rb"\b(?:" + "|".join(_KEYWORDS).encode() + rb")\s*\(")
    for path in folder.rglob("*.py"):
        if calls.search(path.read_bytes()):  # the others need no reading token by token
            for _line, message, _comments, _context in extract_from_file("python", path, keywords=_KEYWORDS):
                yield message, f"{folder.name}/{path.relative_to(folder).as_posix()}"


def _docstrings() -> Iterator[tuple[MessageId, str]]:
    """Yield the help of the commands, which Typer takes from their docstrings."""
    for room in set(COMMANDS.values()):
        app = app_of(import_module(f"chengguo.cli.{room}").app)
        below = [group.typer_instance for group in app.registered_groups if group.typer_instance]
        for each in (app, *below):
            called = [info.callback for info in (each.registered_commands or ())]
            called += [each.registered_callback.callback] if each.registered_callback else []
            yield from ((inspect.getdoc(one) or "", f"chengguo/cli/{room}.py") for one in called)


def read(domain: str) -> Catalog:
    """Read a catalogue as it was last written."""
    with po(domain).open("rb") as file:
        return read_po(file, LOCALE)


def merged(domain: str) -> Catalog:
    """Return the catalogue of the messages of the sources, with the translations that there are."""
    old, new = read(domain), _Chinese(LOCALE, header_comment="# Written by tests/catalogue.py.", fuzzy=False)
    for message, files in _wanted(domain, old).items():
        known = old.get(message)
        if known is None or known.pluralizable != isinstance(message, tuple):
            known = Message(message)
        places = [(file, 0) for file in files]
        new.add(message, known.string, places, known.flags, user_comments=known.user_comments)
    return new


def _wanted(domain: str, old: Catalog) -> dict[MessageId, list[str]]:
    """Return the messages with their places; libraries' have none: they would change with each release."""
    if domain == DOMAIN:
        return messages(domain)
    known = {singular(id_): id_ for id_ in [*ids(old), *messages(domain)]}
    return {known[name]: [] for name in sorted(known)}


def ids(catalogue: Catalog) -> list[MessageId]:
    """Return the messages that a catalogue holds, without its header."""
    found = [message.id for message in catalogue if message.id]
    return [tuple(id_) if isinstance(id_, list) else id_ for id_ in found]


def singular(message: MessageId) -> str:
    """Return the message, or its form for one."""
    return message if isinstance(message, str) else message[0]


def compiled(domain: str) -> bytes:
    """Return what the .mo file may look like; another Babel may write the same otherwise."""
    out, whole = io.BytesIO(), _Chinese(LOCALE, fuzzy=False)
    for message in read(domain):
        if message.id:
            whole.add(message.id, message.string, flags=message.flags)
    write_mo(out, whole)
    return out.getvalue()


def held(catalogue: Catalog) -> Held:
    """Return what a catalogue holds, however it is written: translations and places, by the singular."""
    entries = ((id_, catalogue[singular(id_)]) for id_ in ids(catalogue))
    return {
        singular(id_): (id_, entry.string, [file for file, _ in entry.locations]) for id_, entry in entries
    }


def translations(compiled: bytes) -> dict[object, str]:
    """Return what gettext finds in the bytes of a .mo file, the header included."""
    found = gettext.GNUTranslations(io.BytesIO(compiled))
    return {**found._catalog, "": found.info()["plural-forms"]}  # type: ignore[attr-defined]


def update() -> None:
    """Write the catalogues anew, and compile them."""
    for domain in DOMAINS:
        out = io.BytesIO()
        write_po(out, merged(domain), width=0, include_lineno=False)
        po(domain).write_bytes(out.getvalue().rstrip() + b"\n")
        mo(domain).write_bytes(compiled(domain))


def problems() -> list[str]:
    """Name what keeps the catalogues from being whole, a line each."""
    return [problem for domain in DOMAINS for problem in _problems(domain)]


def _problems(domain: str) -> Iterator[str]:
    wanted, old = messages(domain), read(domain)
    known = {message.id: message for message in old if message.id}
    yield from (
        f"missing: {id_!r}" for id_ in wanted if id_ not in known or not all(known[id_].string or [""])
    )
    yield from (f"fuzzy: {message.id!r}" for message in known.values() if message.fuzzy)
    if domain == DOMAIN:
        yield from (f"obsolete: {id_!r}" for id_ in [*known, *old.obsolete] if id_ not in wanted)
    if translations(mo(domain).read_bytes()) != translations(compiled(domain)):
        yield f"out of date: {domain}.mo"


def main() -> int:
    """Run the command that is named."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=["update", "check"])
    if parser.parse_args().command == "update":
        update()
    found = problems()
    sys.stdout.writelines(f"{line}\n" for line in found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

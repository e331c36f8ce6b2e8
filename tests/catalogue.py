"""The Chinese catalogue: chengguo's own words, and Typer's and Click's, which are looked up in it too.

``python tests/catalogue.py update`` takes in what is new in the sources, drops what is gone, and compiles.
``python tests/catalogue.py check`` writes nothing. Both name what is left to do, and then exit with 1.
"""

import argparse
import inspect
import io
import sys
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import click
import typer
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

import chengguo
from chengguo.cli.app import COMMANDS
from chengguo.language import CATALOGUES, DOMAIN

LOCALE = "zh_CN"
PO = CATALOGUES / LOCALE / "LC_MESSAGES" / f"{DOMAIN}.po"
MO = PO.with_suffix(".mo")
_KEYWORDS = {**DEFAULT_KEYWORDS, "plural": (1, 2)}

MessageId = str | tuple[str, ...]  # a message with a plural has two


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


@cache
def messages() -> dict[MessageId, list[str]]:
    """Give every message of the sources, with the files that it stands in, ordered by these."""
    files: dict[MessageId, set[str]] = {}
    for message, file in [*_marked(), *_docstrings()]:
        files.setdefault(message, set()).add(file)
    found = {message: sorted(names) for message, names in files.items()}
    return dict(sorted(found.items(), key=lambda entry: (entry[1], str(entry[0]))))


def _marked() -> Iterator[tuple[MessageId, str]]:
    for package in (chengguo, click, typer):
        folder = Path(str(package.__file__)).parent
        for file, _line, message, _comments, _context in extract_from_dir(folder, keywords=_KEYWORDS):
            yield message, f"{folder.name}/{Path(file).as_posix()}"


def _docstrings() -> Iterator[tuple[MessageId, str]]:
    """Give the help of the commands, which Typer takes from their docstrings."""
    for room in set(COMMANDS.values()):
        for info in import_module(f"chengguo.cli.{room}").app.registered_commands:
            yield inspect.getdoc(info.callback) or "", f"chengguo/cli/{room}.py"


def read() -> Catalog:
    """Read the catalogue as it was last written."""
    with PO.open("rb") as file:
        return read_po(file, LOCALE)


def merged() -> Catalog:
    """Give the catalogue of the messages of the sources, with the translations that there are."""
    old, new = read(), _Chinese(LOCALE, header_comment="# Written by tests/catalogue.py.", fuzzy=False)
    for message, files in messages().items():
        known = old.get(message)
        if known is None or known.pluralizable != isinstance(message, tuple):
            known = Message(message)
        places = [(file, 0) for file in files]
        new.add(message, known.string, places, known.flags, user_comments=known.user_comments)
    return new


def compiled() -> bytes:
    """Give what the .mo file should hold."""
    out = io.BytesIO()
    write_mo(out, merged())
    return out.getvalue()


def update() -> None:
    """Write the catalogue anew, and compile it."""
    out = io.BytesIO()
    write_po(out, merged(), width=0, include_lineno=False)
    PO.write_bytes(out.getvalue().rstrip() + b"\n")
    MO.write_bytes(compiled())


def problems() -> list[str]:
    """Name what keeps the catalogue from being whole, a line each."""
    wanted, old = messages(), read()
    known = {message.id: message for message in old if message.id}
    found = [f"missing: {id_!r}" for id_ in wanted if id_ not in known or not all(known[id_].string or [""])]
    found += [f"fuzzy: {message.id!r}" for message in known.values() if message.fuzzy]
    found += [f"obsolete: {id_!r}" for id_ in [*known, *old.obsolete] if id_ not in wanted]
    return found if MO.read_bytes() == compiled() else [*found, f"out of date: {MO.name}"]


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

"""The command that checks registries, for people and for CI."""

import os
import sys
from datetime import date
from importlib import import_module
from typing import Annotated, NamedTuple

from chengguo.checks import several
from chengguo.checks.rules import CHECKS
from chengguo.cli import printing, session
from chengguo.cli.declared import Argument, Commands, Context, Option
from chengguo.cli.options import FileOption, day_option
from chengguo.cli.print_error import print_error
from chengguo.errors import CannotOpen, ChengguoError, WrongUsage
from chengguo.files import store
from chengguo.files.named import once
from chengguo.language import _, listed, plural
from chengguo.output.findings import FORMATS
from chengguo.registry import uniting
from chengguo.registry.documents import Document
from chengguo.registry.reading import read_registry
from chengguo.text import checks, findings
from chengguo.text.findings import Checked, Finding, Severity
from chengguo.text.source import Source, Span
from chengguo.text.visible import visible_line

app = Commands()
_AUTO = "auto"  # github inside GitHub Actions, text elsewhere


@app.command("validate", epilog=_("Example: chengguo validate tasks.yaml --strict"))
def validate(
    context: Context,
    files: Annotated[
        list[str] | None,
        Argument(metavar="[FILE]..."),
    ] = None,
    *,
    format: Annotated[
        str,
        Option(
            "--format",
            choices=(*FORMATS, _AUTO),
            metavar="FORMAT",
            help=_(
                "How the findings are written: {formats}; auto is github in its Actions, else text."
            ).format(formats=", ".join((*FORMATS, _AUTO))),
        ),
    ] = "text",
    strict: Annotated[bool, Option("--strict", help=_("Let warnings fail too."))] = False,
    select: Annotated[
        list[str] | None, Option(metavar="CODE", help=_("Only these codes or groups: D401, D, or D,P."))
    ] = None,
    ignore: Annotated[
        list[str] | None, Option(metavar="CODE", help=_("All but these codes or groups."))
    ] = None,
    fix: Annotated[
        bool, Option("--fix", help=_("Put right what has just one right answer, then check again."))
    ] = False,
    show_diff: Annotated[
        bool, Option("--diff", help=_("Print what --fix would change, and write nothing."))
    ] = False,
    only_registries: Annotated[
        bool,
        Option(
            "--only-registries",
            help=_(
                "Pass over every FILE that is neither called tasks nor has three of the keys format, plan, "
                "departments, sections, tasks at the beginning of a line."
            ),
        ),
    ] = False,
    as_of: Annotated[
        date | None, day_option(_("The day on which an accepted_undated must hold."), otherwise=_("today"))
    ] = None,
    max_size: Annotated[
        int,
        Option(metavar="MB", min=1, help=_("The largest file that is read, in megabytes.")),
    ] = store.LARGEST // store.MEGABYTE,
    file: FileOption = None,
) -> None:
    """Check registries: exit with 0 where all is well, with 1 where there are findings.

    FILE is a registry, several are checked together, a folder or "pattern" is those that it has, and - is
    standard input; without FILE it is what the other commands read. Nothing is written without --fix.
    """
    wanted = _Wanted(_codes(select), _codes(ignore), as_of)
    checked: list[Checked] = []
    documents: list[tuple[int, Document]] = []  # the registries, and where in ``checked`` each stands
    paths = _paths(files, checked) if files else session.paths_of(context, file)
    if show_diff and format not in ("text", "concise", _AUTO):
        raise WrongUsage(_("--diff does not go with this --format"), _("Leave --format out."))
    if fix and store.STANDARD_INPUT in paths and not show_diff:
        raise WrongUsage(_("standard input cannot be mended"), _("Name a file, or use --diff."))
    failed: list[ChengguoError] = []
    for path in once(paths, str):  # one file that fails keeps no other from being checked
        try:
            source = store.read_source(path, max_size * store.MEGABYTE)
        except ChengguoError as error:
            checked.append(_unopened(path, error))
            continue
        if only_registries and not uniting.is_registry(source):
            continue
        if uniting.is_register(source):
            checked.append((source, wanted.chosen(_of_register(source))))
            continue
        document = wanted.check(source)
        try:
            document = _mended(path, document, wanted, fix=fix, show_diff=show_diff)
        except ChengguoError as error:
            failed.append(error)
        documents.append((len(checked), document))
        checked.append((document.source, wanted.of(document)))
    _add_namesakes(checked, documents, wanted)
    printing.put(_rendered(checked, format))
    _conclude(checked, failed, strict=strict)


def _add_namesakes(checked: list[Checked], documents: list[tuple[int, Document]], wanted: "_Wanted") -> None:
    """Add what several registries have between them to the findings of each, in its order."""
    for which, finding in several.namesakes([document for _place, document in documents]):
        place = documents[which][0]
        source, found = checked[place]
        added = (*found, *wanted.chosen((finding,)))
        checked[place] = source, tuple(sorted(added, key=lambda each: each.span))


def _conclude(checked: list[Checked], failed: list[ChengguoError], *, strict: bool) -> None:
    """Tell of the files that could not be mended, and exit as these and the findings ask for."""
    for failure in failed[:-1]:
        print_error(failure.message, failure.hint)
    if failed:
        raise failed[-1]
    found = [finding for _source, each in checked for finding in each]
    if any(finding.check is checks.UNOPENED for finding in found):
        sys.exit(CannotOpen.exit_code)
    if any(strict or finding.severity is Severity.ERROR for finding in found):
        sys.exit(1)


def _paths(words: list[str], checked: list[Checked]) -> tuple[str, ...]:
    """Return the files that are named; a folder or pattern without any hides no other."""
    found: list[str] = []
    for word in words:
        try:
            found += session.files_of([word])
        except ChengguoError as error:
            checked.append(_unopened(word, error))
    return tuple(found)


def _unopened(path: str, error: ChengguoError) -> Checked:
    """Return a file that could not be opened, with that as what was found, whatever codes are wanted."""
    finding = Finding(checks.UNOPENED, Span(0, 0), error.message, error.hint)
    return Source(path, ""), (finding,)


class _Wanted(NamedTuple):
    """Which findings are wanted, by the beginnings of their codes, and of which day, if not today."""

    select: tuple[str, ...]
    ignore: tuple[str, ...]
    day: date | None

    def check(self, source: Source) -> Document:
        """Read and check a registry as of the day."""
        return session.checked(read_registry(source), self.day)

    def of(self, document: Document) -> tuple[Finding, ...]:
        """Return the findings of a document that are wanted."""
        return self.chosen(document.registry.findings)

    def chosen(self, found: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """Return those findings that are wanted."""
        return findings.select(found, self.select, self.ignore)


def _of_register(source: Source) -> tuple[Finding, ...]:
    """Return what is wrong with a register that registries have in common; say on stderr that it is one."""
    from chengguo.registry.register import read_departments  # only a register pays for it

    told = _("{file} has departments alone: it is checked as a register that registries have in common")
    hint = _("They are checked with it where chengguo.toml says departments = …: chengguo validate FILE")
    print(f"{told.format(file=visible_line(source.name))}\n{hint}", file=sys.stderr)
    return read_departments(source).findings


def _mended(path: str, document: Document, wanted: _Wanted, *, fix: bool, show_diff: bool) -> Document:
    """Fix the file, or print what that would change, as far as it is asked for; give it as it then is."""
    if show_diff:
        from chengguo.edits import editing
        from chengguo.output.formats import diff

        printing.put(diff.render(document.source, editing.fix(document, wanted.of(document))))
    elif fix and any(finding.fix for finding in wanted.of(document)):
        return _fixed(path, wanted)
    return document


def _fixed(path: str, wanted: _Wanted) -> Document:
    """Write the file with its fixes, and give it checked again; say on stderr how many there were."""
    from chengguo.edits import editing  # only --fix pays for it

    def plan(source: Source) -> tuple[Source, tuple[Document, Source]]:
        before = wanted.check(source)
        after = editing.fix(before, wanted.of(before))
        return after, (before, after)

    before, after = session.edit(path, plan)
    if count := sum(finding.fix is not None for finding in wanted.of(before)):
        name = visible_line(path)
        text = plural("{count} finding fixed in {file}", "{count} findings fixed in {file}", count, file=name)
        print(text, file=sys.stderr)
    return wanted.check(after)


def _codes(given: list[str] | None) -> tuple[str, ...]:
    """Take codes and groups, with commas between; raises ``WrongUsage`` for one that there is not."""
    codes = tuple(code.strip().upper() for text in given or () for code in text.split(",") if code.strip())
    for code in codes:
        if not any(known.startswith(code) for known in CHECKS):
            hint = _("Codes: {codes}.").format(codes=listed(CHECKS))
            raise WrongUsage(_("there is no code '{code}'").format(code=code), hint)
    return codes


def _rendered(checked: list[Checked], chosen: str) -> str:
    """Return the findings in a format."""
    if chosen == _AUTO:
        chosen = "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"
    written: str = import_module(f"chengguo.output.findings.{chosen}").render(
        checked, ascii_only=not printing.is_unicode()
    )
    return written

"""The command that checks registries, for people and for CI."""

import os
import sys
from enum import StrEnum
from typing import Annotated

import typer

from chengguo import editing, findings, rules, saving, store
from chengguo.cli import session
from chengguo.cli.options import FileOption
from chengguo.errors import CannotOpen, WrongUsage
from chengguo.findings import Checked, Severity
from chengguo.language import _, listed, plural
from chengguo.reading import Document, read
from chengguo.source import Source

app = typer.Typer()


class FindingFormat(StrEnum):
    """How findings are written."""

    TEXT = "text"
    CONCISE = "concise"
    JSON = "json"
    GITHUB = "github"
    GITLAB = "gitlab"
    JUNIT = "junit"
    SARIF = "sarif"
    AUTO = "auto"


@app.command("validate", epilog=_("Example: chengguo validate tasks.yaml --strict"))
def validate(
    context: typer.Context,
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FILE]..."),
    ] = None,
    *,
    format: Annotated[
        FindingFormat,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help=_(
                "How the findings are written: {formats}; auto is github in its Actions, else text."
            ).format(formats=", ".join(FindingFormat)),
        ),
    ] = FindingFormat.TEXT,
    strict: Annotated[bool, typer.Option("--strict", help=_("Let warnings fail too."))] = False,
    select: Annotated[
        list[str] | None, typer.Option(metavar="CODE", help=_("Only these codes or groups: D401, D, or D,P."))
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option(metavar="CODE", help=_("All but these codes or groups."))
    ] = None,
    fix: Annotated[
        bool, typer.Option("--fix", help=_("Put right what has just one right answer, then check again."))
    ] = False,
    show_diff: Annotated[
        bool, typer.Option("--diff", help=_("Print what --fix would change, and write nothing."))
    ] = False,
    max_size: Annotated[
        int, typer.Option(metavar="MB", min=1, help=_("The largest file that is read, in megabytes."))
    ] = store.LARGEST // store.MEGABYTE,
    file: FileOption = None,
) -> None:
    """Check registries: exit with 0 where all is well, with 1 where there are findings.

    FILE is a registry, several are checked together, and - is standard input; without FILE it is the
    one that the other commands read. Nothing is written without --fix.
    """
    chosen, ignored = _codes(select), _codes(ignore)
    paths = list(files or []) or [session.path_of(context, file)]
    if fix and store.STANDARD_INPUT in paths and not show_diff:
        raise WrongUsage(_("standard input cannot be mended"), _("Name a file, or use --diff."))
    documents, missing = _read_all(paths, max_size * store.MEGABYTE)
    if show_diff:
        _write_diff(documents)
    elif fix:
        documents = [_fixed(document) for document in documents]
    checked = [
        document._replace(
            registry=document.registry._replace(
                findings=findings.select(document.registry.findings, chosen, ignored)
            )
        )
        for document in documents
    ]
    _write(checked, format)
    if missing:
        raise missing[-1]
    severities = {finding.severity for document in checked for finding in document.registry.findings}
    if Severity.ERROR in severities or (strict and severities):
        raise typer.Exit(1)


def _read_all(paths: list[str], largest: int) -> tuple[list[Document], list[CannotOpen]]:
    """Read and check every file; one that cannot be opened keeps no other from being checked."""
    documents, missing = [], []
    for path in paths:
        try:
            documents.append(rules.check(read(store.read_source(path, largest))))
        except CannotOpen as error:
            missing.append(error)
    return documents, missing


def _write_diff(documents: list[Document]) -> None:
    from chengguo.render import diff

    for document in documents:
        session.put(diff.render(document.source, editing.fix(document)))


def _fixed(document: Document) -> Document:
    """Write the file with its fixes, and give it checked again; say on stderr how many there were."""
    fixed: list[Document] = [document]

    def plan(source: Source) -> Source:
        fixed[:] = [rules.check(read(source))]
        return editing.fix(fixed[0])

    if all(finding.fix is None for finding in document.registry.findings):
        return document
    saving.edit(document.source.name, plan)
    count = sum(finding.fix is not None for finding in fixed[0].registry.findings)
    name = document.source.name
    print(
        plural("{count} finding fixed in {file}", "{count} findings fixed in {file}", count, file=name),
        file=sys.stderr,
    )
    return rules.check(read(store.read_source(name)))


def _codes(given: list[str] | None) -> tuple[str, ...]:
    """Take codes and groups, with commas between; raises ``WrongUsage`` for one that there is not."""
    codes = tuple(code.strip().upper() for text in given or () for code in text.split(",") if code.strip())
    for code in codes:
        if not any(known.startswith(code) for known in findings.CODES):
            hint = _("Codes: {codes}.").format(codes=listed(findings.CODES))
            raise WrongUsage(_("there is no code '{code}'").format(code=code), hint)
    return codes


def _write(documents: list[Document], chosen: FindingFormat) -> None:
    """Write the findings; ``auto`` is github inside GitHub Actions and text elsewhere."""
    checked = [(document.source, document.registry.findings) for document in documents]
    if chosen is FindingFormat.AUTO:
        chosen = FindingFormat.GITHUB if os.environ.get("GITHUB_ACTIONS") == "true" else FindingFormat.TEXT
    session.put(_rendered(checked, chosen))


def _rendered(checked: list[Checked], chosen: FindingFormat) -> str:
    """Give the findings in a format; a medium's room is imported where it is used."""
    ascii_only = not session.is_unicode()
    if chosen in (FindingFormat.JSON, FindingFormat.SARIF, FindingFormat.GITLAB):
        from chengguo.render import gitlab, json, sarif

        if chosen is FindingFormat.JSON:
            return json.render_findings(checked, ascii_only=ascii_only)
        medium = sarif if chosen is FindingFormat.SARIF else gitlab
        return json.render(medium.document(checked), ascii_only=ascii_only)
    if chosen is FindingFormat.GITHUB:
        from chengguo.render import github

        return github.render(checked)
    if chosen is FindingFormat.JUNIT:
        from chengguo.render import junit

        return junit.render(checked)
    from chengguo.render import text

    return text.render_concise(checked) if chosen is FindingFormat.CONCISE else text.render(checked)

"""The command that checks registries, for people and for CI."""

from enum import StrEnum
from typing import Annotated

import typer

from chengguo import findings, rules, store
from chengguo.cli import session
from chengguo.cli.options import FileOption
from chengguo.errors import CannotOpen, WrongUsage
from chengguo.findings import Severity
from chengguo.language import _
from chengguo.reading import Document, read

app = typer.Typer()


class FindingFormat(StrEnum):
    """How findings are written."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


@app.command("validate", epilog=_("Example: chengguo validate tasks.yaml --strict"))
def validate(
    context: typer.Context,
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FILE]...", help=_("Registries to check; - is standard input.")),
    ] = None,
    *,
    format: Annotated[
        FindingFormat, typer.Option("--format", help=_("How the findings are written."))
    ] = FindingFormat.TEXT,
    strict: Annotated[bool, typer.Option("--strict", help=_("Let warnings fail too."))] = False,
    select: Annotated[
        list[str] | None, typer.Option(metavar="CODE", help=_("Only these codes or groups: D401, D, or D,P."))
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option(metavar="CODE", help=_("All but these codes or groups."))
    ] = None,
    file: FileOption = None,
) -> None:
    """Check registries: exit with 0 where all is well, with 1 where there are findings."""
    chosen, ignored = _codes(select), _codes(ignore)
    paths = list(files or []) or [session.path_of(context, file)]
    documents, missing = _read_all(paths)
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


def _read_all(paths: list[str]) -> tuple[list[Document], list[CannotOpen]]:
    """Read and check every file; one that cannot be opened keeps no other from being checked."""
    documents, missing = [], []
    for path in paths:
        try:
            documents.append(rules.check(read(store.read_source(path))))
        except CannotOpen as error:
            missing.append(error)
    return documents, missing


def _codes(given: list[str] | None) -> tuple[str, ...]:
    """Take codes and groups, with commas between; raises ``WrongUsage`` for one that there is not."""
    codes = tuple(code.strip().upper() for text in given or () for code in text.split(",") if code.strip())
    for code in codes:
        if not any(known.startswith(code) for known in findings.CODES):
            hint = _("Codes: {codes}.").format(codes=", ".join(findings.CODES))
            raise WrongUsage(_("there is no code '{code}'").format(code=code), hint)
    return codes


def _write(documents: list[Document], chosen: FindingFormat) -> None:
    pairs = [(document.source, document.registry.findings) for document in documents]
    if chosen is FindingFormat.JSON:
        from chengguo.render import json  # a medium is imported where it is used

        session.put(json.render_findings(pairs, ascii_only=not session.is_unicode()))
    elif chosen is FindingFormat.GITHUB:
        from chengguo.render import github

        session.put("".join(github.render(source, found) for source, found in pairs))
    else:
        from chengguo.render import text

        session.put("".join(text.render(source, found) for source, found in pairs) + text.summary(pairs))

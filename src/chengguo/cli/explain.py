"""The commands that tell of the file format: explain, schema."""

from typing import Annotated

from chengguo.checks import rules
from chengguo.cli import completion, printing
from chengguo.cli.declared import Argument, Commands, Context
from chengguo.cli.options import NoPagerOption
from chengguo.errors import WrongUsage
from chengguo.language import _
from chengguo.text.findings import Severity

app = Commands()


@app.command("explain", epilog=_("Example: chengguo explain D401"))
def explain(
    context: Context,
    codes: Annotated[
        list[str] | None,
        Argument(metavar="[CODE]...", autocompletion=completion.codes),
    ] = None,
    *,
    no_pager: NoPagerOption = False,
) -> None:
    """Explain what a code of validate means and why it matters, with a wrong and a right example.

    CODE is a code such as D401. Without a code, list them all.
    """
    wanted = [code.strip().upper() for code in codes or ()]
    unknown = [code for code in wanted if code not in rules.CHECKS]
    if unknown:
        message = _("there is no code '{code}'").format(code=unknown[0])
        raise WrongUsage(message, _("'chengguo explain' lists the codes."))
    told = "\n".join(map(_explained, wanted)) if wanted else _listed()
    printing.put(told, paged=not (no_pager or context.obj.no_pager))


@app.command("schema", epilog=_("Example: chengguo schema > registry.schema.json"))
def schema() -> None:
    """Print the JSON Schema of a registry, for editors and other checkers."""
    from chengguo.output.formats import json
    from chengguo.registry import schema as schemas

    printing.put(json.render(schemas.build(), ascii_only=not printing.is_unicode()))


def _explained(code: str) -> str:
    check = rules.CHECKS[code]
    severity = _("warning") if check.severity is Severity.WARNING else _("error")
    head = _("{code} {what} ({group}, {severity})").format(
        code=code, what=_(check.meaning), group=_(rules.GROUPS[code[0]]), severity=severity
    )
    parts = [head, _(check.why)]
    for title, example in ((_("Wrong:"), check.wrong), (_("Right:"), check.right)):
        parts += [title, _indented(example)] if example else []
    return "\n\n".join(parts) + "\n"


def _indented(example: str) -> str:
    from chengguo.text.visible import visible

    return "\n".join(f"    {visible(line)}".rstrip() for line in example.rstrip("\n").split("\n"))


def _listed() -> str:
    lines = []
    for group, title in rules.GROUPS.items():
        lines.append(_(title))
        lines += [
            f"  {check.code}  {_(check.meaning)}" for check in rules.CHECKS.values() if check.code[0] == group
        ]
    return "\n".join(lines) + "\n"

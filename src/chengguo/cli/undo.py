"""The commands that go back and forth in what chengguo changed."""

from chengguo.cli import printing, session
from chengguo.cli.declared import Commands, Context
from chengguo.cli.options import DryRunOption, FileOption
from chengguo.errors import Refused, WrongUsage
from chengguo.files import store, undoing
from chengguo.files.undoing import Step, Way
from chengguo.language import _
from chengguo.output.formats import diff
from chengguo.registry.reading import read_registry
from chengguo.text.source import Source
from chengguo.text.visible import visible_line

app = Commands()


@app.command("undo", epilog=_("Example: chengguo undo --dry-run"))
def undo(context: Context, *, dry_run: DryRunOption = False, file: FileOption = None) -> None:
    """Take back the last change that chengguo made of the registry on this machine, and show it.

    Given again, it takes back the one before; redo makes it again.
    Only where nobody has touched those lines since.
    """
    taken = _step(session.path_of(context, file), Way.UNDO, dry_run=dry_run)
    if taken.is_last:
        end = _("The last change of {file} was taken back.")
    else:
        end = _("The change of {moment} was taken back from {file}; what was changed otherwise stays.")
    _show(taken, end, dry_run=dry_run)


@app.command("redo", epilog=_("Example: chengguo redo --dry-run"))
def redo(context: Context, *, dry_run: DryRunOption = False, file: FileOption = None) -> None:
    """Make the change of the registry again that undo took back last, and show it.

    Given again, it makes the next one again, until chengguo changes something else.
    Only where nobody has touched those lines since.
    """
    made = _step(session.path_of(context, file), Way.REDO, dry_run=dry_run)
    _show(made, _("The change of {moment} was made again in {file}."), dry_run=dry_run)


def _step(path: str, way: Way, *, dry_run: bool) -> Step:
    if path == store.STANDARD_INPUT:
        raise WrongUsage(_("standard input cannot be updated"), _("Name a file with -f FILE."))
    return undoing.step(path, way, _refuse_broken, dry_run=dry_run)


def _refuse_broken(planned: Step) -> None:
    """Refuse what would bring up findings that neither the file nor the change had."""
    found = _count(planned.after)
    if planned.after.undecodable or (found and found > max(map(_count, (planned.before, planned.meant)))):
        message = _("that would leave {file} broken").format(file=planned.before.name)
        raise Refused(message, _("Nothing was written; make this change by hand, and validate."))


def _count(source: Source) -> int:
    return len(read_registry(source).registry.findings)


def _show(step: Step, end: str, *, dry_run: bool) -> None:
    """Print the difference, and what was done."""
    end = _("Dry run: {file} was not written.") if dry_run else end
    said = end.format(file=visible_line(step.before.name), moment=step.moment)
    printing.put(diff.render(step.before, step.after) + said + "\n")

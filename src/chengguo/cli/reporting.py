"""What the options of ``update`` say of an item: what was reported of it, and fields that are put right."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, NamedTuple

from chengguo.cli import completion, options
from chengguo.cli.days import day_gone_by, day_to_come
from chengguo.cli.declared import Option
from chengguo.cli.options import day_option, department_option
from chengguo.cli.setting import Further
from chengguo.departments import names
from chengguo.edits.naming import Named
from chengguo.errors import WrongUsage
from chengguo.language import _
from chengguo.model import Registry
from chengguo.model.status import Status
from chengguo.registry.writing import Cell, Value

MilestoneOption = Annotated[
    int | None,
    Option(
        "--milestone",
        min=1,
        metavar="NUMBER",
        autocompletion=completion.milestones,
        help=_("The milestone that it is about, of a schedule that has several."),
    ),
]


class Reported(NamedTuple):
    """What was reported, on which day, and of which part of an item."""

    @staticmethod
    def panel() -> str:
        """Return the title of the help."""
        return _("What was reported")

    status: Annotated[
        Any | None,
        Option(
            parser=options.status,
            metavar="STATUS",
            autocompletion=completion.statuses,
            help=_("What was reported: {statuses}.").format(statuses=", ".join(Status)),
        ),
    ] = None
    note: Annotated[str | None, Option(metavar="TEXT", help=_("What was said about it."))] = None
    day: Annotated[
        date | None, day_option(_("The day of the report."), "--date", otherwise=_("today"), read=day_gone_by)
    ] = None
    milestone: MilestoneOption = None
    period: Annotated[
        str | None,
        Option(
            metavar="PERIOD",
            autocompletion=completion.periods,
            help=_("The period of recurring work that it is about, such as 2025-02 or 2025-Q1."),
        ),
    ] = None
    whole: Annotated[
        bool, Option("--whole", help=_("Close recurring work for good, not one period of it."))
    ] = False
    percent: Annotated[
        int | None,
        Option(parser=options.percent, metavar="NUMBER", help=_("How much is done by then, in per cent.")),
    ] = None
    problem: Annotated[str | None, Option(metavar="TEXT", help=_("What stands in the way."))] = None
    following: Annotated[str | None, Option("--next", metavar="TEXT", help=_("What is to be done next."))] = (
        None
    )
    evidence: Annotated[
        list[str] | None,
        Option(
            metavar="TEXT",
            help=_("What proves it: a file, the number of a document; repeat it for several."),
        ),
    ] = None
    by: Annotated[str | None, department_option(_("The department that reported."))] = None

    @property
    def is_report(self) -> bool:
        """True if anything was reported, be it in a note alone."""
        said = (self.status, self.note, self.percent, self.problem, self.following)
        return any(value is not None for value in said) or bool(self.evidence)

    @property
    def part(self) -> Named:
        """The part that it is about."""
        return Named(self.milestone, self.period, self.whole)

    def checked(self) -> "Reported":
        """Return it without blank texts; raises ``WrongUsage`` for what does not go together."""
        texts: dict[str, Any] = {
            name: _said(getattr(self, name)) for name in ("note", "problem", "following", "by")
        }
        evidence = [text for text in self.evidence or () if _said(text)]
        report = self._replace(**texts, evidence=evidence or None)
        if sum((report.milestone is not None, report.period is not None, report.whole)) > 1:
            message = _("--milestone, --period and --whole do not go together")
            raise WrongUsage(message, _("Give one of them."))
        if any(report.part) and not report.is_report:
            raise WrongUsage(_("nothing is said of the part"), _("Give --status, --note, --percent."))
        if report.by and not report.is_report:
            raise WrongUsage(_("--by goes with a report"), _("Give --status, --note, or both."))
        return report

    def details(self, registry: Registry) -> Iterator[tuple[str, Any]]:
        """Yield what else it says, by the names of the fields; who reported by the name in the register.

        Raises ``UnknownDepartment`` for whom it does not know.
        """
        known = names.index(registry.departments)
        names.reporters(self.by or "", known)
        said = {
            "problem": self.problem,
            "next": self.following,
            "evidence": tuple(self.evidence or ()),
            "by": (names.find(self.by, known) or self.by) if self.by else None,
        }
        yield from ((name, value) for name, value in said.items() if value)


class Corrected(NamedTuple):
    """Fields of an item that are put right."""

    @staticmethod
    def panel() -> str:
        """Return the title of the help."""
        return _("A field put right")

    schedule: Annotated[
        str | None,
        Option(metavar="TEXT", help=_("The official wording, where it was mistyped or amended.")),
    ] = None
    due: Annotated[
        date | None, day_option(_("The due date of a wording that cannot be read."), read=day_to_come)
    ] = None
    lead: Annotated[
        list[str] | None,
        department_option(_("The lead departments from now on, in the official order; repeatable.")),
    ] = None
    support: Annotated[
        list[str] | None,
        department_option(_("The supporting departments from now on, as --lead; '' for none.")),
    ] = None
    accept_undated: Annotated[
        str | None,
        Option(metavar="NAME", help=_("Who accepted that nobody can name a day yet; with --until.")),
    ] = None
    until: Annotated[
        date | None, day_option(_("The last day on which --accept-undated holds."), read=day_to_come)
    ] = None
    others: Annotated[
        list[str] | None,
        Option(
            "--set",
            metavar="FIELD=VALUE",
            help=_("A column of the office's own; repeatable. For a wording: chengguo edit."),
        ),
    ] = None

    def check(self) -> None:
        """Raise ``WrongUsage`` for a blank wording, nobody in the lead, half an acceptance."""
        if self.schedule is not None and not self.schedule.strip():
            raise WrongUsage(_("--schedule is blank"), _("Give the official wording."))
        if self.lead is not None and not any(name.strip() for name in self.lead):
            raise WrongUsage(_("--lead names nobody"), _("An item has at least one lead department."))
        if (self.accept_undated is None) != (self.until is None) or not _said(self.accept_undated or "-"):
            raise WrongUsage(
                _("--accept-undated and --until go together"), _("Say who accepted it, and until when.")
            )

    def fields(self, registry: Registry) -> Iterator[tuple[str, Value]]:
        """Yield the fields with their new values, but for --set; departments by their registered names."""
        given: dict[str, Value | None] = {
            "schedule": self.schedule,
            "due": self.due.isoformat() if self.due else None,
            "accepted_undated": self._acceptance(),
            "lead": _registered(self.lead, registry),
            "support": _registered(self.support, registry),
        }
        yield from ((name, value) for name, value in given.items() if value is not None)

    def _acceptance(self) -> dict[str, Cell] | None:
        if self.accept_undated is None or self.until is None:
            return None
        return {"by": self.accept_undated.strip(), "until": self.until.isoformat()}

    def further(self, registry: Registry) -> Further:
        """Return what --set gives values; raises ``WrongUsage`` for what it cannot."""
        return Further.of(self.others or (), registry)


def _said(text: str | None) -> str | None:
    """Return a text; None for one that says nothing."""
    return text if text and text.strip() else None


def _registered(given: list[str] | None, registry: Registry) -> tuple[str, ...] | None:
    """Return the registered names for those given, each once; raises ``UnknownDepartment``."""
    if given is None:
        return None
    known = names.index(registry.departments)
    return tuple(dict.fromkeys(names.resolve(name, known) for name in given if name.strip()))

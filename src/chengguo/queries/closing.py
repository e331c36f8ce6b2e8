"""True if what was reported done is verified (已销号), was sent back (退回), or waits for either."""

from datetime import date
from enum import StrEnum
from typing import Self

from chengguo.language import N_
from chengguo.model import Item, Plan, Progress
from chengguo.model.office_notes import RETURNED, VERIFIED, is_return
from chengguo.model.status import Status


class Closing(StrEnum):
    """How far the closing of an item has come, where a report alone does not close it.

    An entry holds the word for scripts, the one for people, and the Chinese words that people write for it.
    """

    UNVERIFIED = "unverified", N_("to be verified"), "待核验 待销号 未核验"
    VERIFIED = "verified", N_("verified and closed"), "已销号 销号 已核验"
    RETURNED = "returned", N_("sent back"), "退回 已退回 被退回"

    word: str
    chinese: tuple[str, ...]

    def __new__(cls, value: str, word: str = "", chinese: str = "") -> Self:
        """Make one of its entry."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.word = word
        member.chinese = tuple(chinese.split())
        return member


def closing_from(word: str) -> Closing | None:
    """Return what a word stands for, in English or Chinese; None where it stands for none."""
    wanted = word.strip().lower()
    return next((each for each in Closing if wanted in (each.value, each.word, *each.chinese)), None)


def stands(status: Status, closing: Closing | None, wanted: Status | Closing) -> bool:
    """True if an item has a status, or its closing has come so far.

    Where a report closes, what is done is as good as verified.
    """
    if wanted is Closing.VERIFIED and closing is None:
        return status is Status.DONE
    return wanted in (status, closing)


def closing(plan: Plan, item: Item, status: Status, day: date) -> Closing | None:
    """Return how far the closing of an item had come by the end of a day.

    None where reports close the items of the plan, and for what is neither done nor sent back.
    """
    if plan.closing != "verified":
        return None
    verified, returned = (_since(item, name, day) for name in ("verified", "returned"))
    if status is Status.DONE:
        holds = verified and not _reopened(item, verified, returned, day)
        return Closing.VERIFIED if holds else Closing.UNVERIFIED
    return Closing.RETURNED if returned and not status.is_closed else None


def _reopened(item: Item, verified: date, returned: date | None, day: date) -> bool:
    """True if an item was open again after it was verified.

    Within a day the file does not tell which came first: what was sent back on the day of its verification
    is to be verified again, lest it count as closed unseen.
    """
    return bool(returned and returned >= verified) or any(
        report.status and report.status is not Status.DONE and not report.is_of_part
        for report in item.progress
        if verified < report.date <= day
    )


def kept(item: Item, name: str) -> Progress | None:
    """Return what was ``verified`` or ``returned`` last as a report; None where none was, or a report has it.

    A file holds the last of each alone: what another is to replace stays as such a report.
    """
    record = item.others.get(name)
    if not record:
        return None
    note = VERIFIED if name == "verified" else RETURNED.format(reason=record["reason"])
    evidence, by = tuple(record.get("evidence") or ()), record.get("by")
    found = Progress(record["date"], None, note, evidence=evidence, by=by)
    is_told = any((each.date, each.note, each.by) == (found.date, note, by) for each in item.progress)
    return None if is_told else found


def recorded(item: Item) -> tuple[Progress, ...]:
    """Return the reports of an item, what was verified and sent back among them by its day.

    What was sent back on the day of its verification was verified before: not twice on one day.
    """
    returned, verified = (kept(item, name) for name in ("returned", "verified"))
    found = sorted([*item.progress, *([returned] if returned else [])], key=lambda each: each.date)
    if verified:
        before = [
            each.date < verified.date or (each.date == verified.date and not is_return(each))
            for each in found
        ]
        found.insert(next((at for at, is_before in enumerate(before) if not is_before), len(found)), verified)
    return tuple(found)


def _since(item: Item, name: str, day: date) -> date | None:
    record = item.others.get(name)
    return record["date"] if record and record["date"] <= day else None

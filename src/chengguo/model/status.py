"""The statuses of an item, an entry each, and the words that people write for them."""

from enum import StrEnum
from typing import Self

from chengguo.language import N_


class Status(StrEnum):
    """What was last reported of an item. Alerts such as 逾期 are computed and never stored.

    An entry holds the word of the file, the word for people, what people write for it in Chinese (the
    first is ours) and in English, and whether nothing more is expected then.
    """

    PENDING = "pending", N_("pending"), "未启动 未开始 待启动 未开展", "todo|not started"
    IN_PROGRESS = "in_progress", N_("in progress"), "进行中 推进中 正在推进 正常推进", "in-progress|started"
    BLOCKED = "blocked", N_("blocked"), "受阻 停滞", "stuck"
    DONE = "done", N_("done"), "已完成 完成 已办结 办结 已销号 销号", "completed|complete|finished", True
    CANCELLED = "cancelled", N_("cancelled"), "已终止 终止 已取消 取消", "canceled", True

    word: str
    chinese: str
    synonyms: tuple[str, ...]
    is_closed: bool

    def __new__(
        cls,
        value: str,
        word: str = "",
        chinese: str = "",
        english: str = "",
        is_closed: bool = False,  # noqa: FBT001, FBT002 - columns of the table above
    ) -> Self:
        """Make a status of its entry."""
        status = str.__new__(cls, value)
        status._value_ = value
        status.word = word
        status.chinese = chinese.split(maxsplit=1)[0]
        status.synonyms = (word, *chinese.split(), *english.split("|"))
        status.is_closed = is_closed
        return status


_STATUSES = {word: status for status in Status for word in (status.value, *status.synonyms)}


def status_from(word: str) -> Status | None:
    """Return the status that a word stands for, in English or Chinese; None where it stands for none."""
    return _STATUSES.get(word.strip().lower())


# What people report and schedules say as well, or what says less than a status does: then with the doubt.
_REPORTED = {
    **dict.fromkeys(
        (
            *("有序推进", "稳步推进", "扎实推进", "加快推进", "按计划推进", "按序时推进", "序时推进"),
            *("达到序时进度", "已启动", "已开展", "办理中", "正在办理", "在办", "持续推进中", "长期坚持"),
        ),
        (Status.IN_PROGRESS, None),
    ),
    **dict.fromkeys(("尚未启动", "尚未开展", "待开展"), (Status.PENDING, None)),
    **dict.fromkeys(("提前完成", "按期完成", "全部完成", "超额完成"), (Status.DONE, None)),
    **dict.fromkeys(
        ("基本完成", "部分完成", "阶段性完成"),
        (Status.IN_PROGRESS, N_("what is left keeps it from being done")),
    ),
    **dict.fromkeys(
        ("滞后", "进展滞后", "进展缓慢", "推进缓慢", "未达序时", "未达序时进度"),
        (Status.IN_PROGRESS, N_("if something stands in its way, it is blocked")),
    ),
    "未完成": (Status.IN_PROGRESS, N_("if nothing was begun, it is pending")),
    **dict.fromkeys(
        ("暂缓", "暂停", "中止", "搁置"), (Status.BLOCKED, N_("if it is given up, it is cancelled"))
    ),
}


def reported_status(word: str) -> tuple[Status, str | None] | None:
    """Return the status that a word means in a report, and, untranslated, the doubt where there is one."""
    sure = status_from(word)
    return (sure, None) if sure else _REPORTED.get(word.strip())

"""What the columns are called in which departments report: those of a form, and those of plain tables."""

from chengguo.registry.item_records import PROGRESS
from chengguo.text.widths import folded

# What is filled in: the heading, and the field of a report that it is.
FILLED = {
    "状态": "status",
    "本期进展": "note",
    "完成日期": "date",
    PROGRESS["problem"].heading: "problem",
    PROGRESS["next"].heading: "next",
    PROGRESS["evidence"].heading: "evidence",
}

# The words above a column of a plain table, by the field of a report.
_WORDS = {
    "address": "编号 id 地址 分项编号 任务编号 事项编号 分项",
    "status": "状态 办理状态 进展状态 报告状态 当前状态 完成状态 status",
    "note": (
        "本期进展 进展情况 工作进展 进展 办理情况 完成情况 落实情况 推进情况 进展说明 目前进展 最新进展 "
        "工作进展情况 情况 说明 note"
    ),
    "date": "日期 报告日期 填报日期 上报日期 报送日期 办结日期 完成日期 报告时间 填报时间 date",
    "done_on": "完成时间 办结时间 实际完成时间 实际完成日期 实际办结时间",  # or its deadline
    "percent": "完成比例 完成率 完成百分比 进度比例 percent",
    "problem": "存在问题 存在的问题 问题 困难问题 问题困难 主要问题 problem",
    "next": "下步措施 下一步措施 下步打算 下一步打算 下一步工作 下步工作 下一步计划 下一步工作计划 next",
    "evidence": "佐证材料 佐证 证明材料 支撑材料 evidence",
    "by": "填报单位 填报部门 报送单位 报送部门 by",
    "milestone": "节点 milestone",
    "period": "期次 period",
}
FIELD_OF = {word: field for field, words in _WORDS.items() for word in words.split()}
FIELD_OF |= FILLED

_COMMON = frozenset(("情况", "说明"))  # columns of many a table, that say nothing of progress
# Columns of news, whatever a registry declares: the office's own may not be called so.
_NEWS = frozenset(word for word, field in FIELD_OF.items() if field in {"status", "note"}) - _COMMON
PRINTED = "原表"


def is_news(heading: str) -> bool:
    """True if statuses or what was done stand in a column of that heading."""
    return folded(heading).lower() in _NEWS


def kept_as(heading: str) -> str:
    """Return the heading under which a column of a table is kept: 原表状态 for 状态."""
    return f"{PRINTED}{heading}" if is_news(heading) else heading

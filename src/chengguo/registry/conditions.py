"""The conditions of lights: a closed vocabulary, in English and Chinese."""

import re

from chengguo.model import Condition

# A word stands for itself; what is measured has a number, and may be "over" it. Each with an example.
WORDS = {
    "overdue": "逾期",
    "missed": "节点逾期",
    "due soon": "临期",
    "blocked": "受阻",
    "unreported": "未报告",
    "stale": "久未报告",
    "done late": "逾期完成",
    "extended": "延期",
}
_MEASURES = {  # how it is read in English and in Chinese, an example, how Chinese papers write it
    "due within": (r"due within ([0-9]{1,4}) ?d", r"([0-9]{1,4})天内到期", "due within 10d", "{}{}天内到期"),
    "late": (r"late (over )?([0-9]{1,4}) ?d", r"逾期(超过)?([0-9]{1,4})天", "late 11d", "逾期{}{}天"),
    "behind": (
        *(r"behind (over )?([0-9]{1,3})", r"落后(超过)?([0-9]{1,3})个?(?:百分)?点", "behind 10"),
        "落后序时进度{}{}个百分点",
    ),
}
KNOWN = (*WORDS, *(example for _english, _chinese, example, _form in _MEASURES.values()), "late over 30d")


def condition_from(text: str) -> Condition | None:
    """Return the condition that a text says; None where it says none."""
    words = " ".join(text.replace("_", " ").split()).lower()
    for word, chinese in WORDS.items():
        if words in (word, chinese):
            return Condition(word, text)
    for kind, (english, chinese, _example, _form) in _MEASURES.items():
        if match := re.fullmatch(english, words) or re.fullmatch(chinese, words):
            *over, number = match.groups()
            return Condition(kind, text, int(number), is_over=any(over))
    return None


def in_chinese(condition: Condition) -> str:
    """Return a condition as Chinese papers write it."""
    if condition.number is None:
        return WORDS[condition.kind]
    return _MEASURES[condition.kind][3].format("超过" if condition.is_over else "", condition.number)

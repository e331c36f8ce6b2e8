"""What a row is by its look: a section's, a note under the table, a page's mark, or cut off."""

import re
from functools import lru_cache

_DIGITS = "零一二三四五六七八九"
SECTION = re.compile(r"[(（]?(?P<id>[一二三四五六七八九十]{1,4})[)）、.．]\s*(?P<title>\S.*)", re.DOTALL)  # noqa: RUF001 - as printed
SECTION_NUMBER = re.compile(r"[(（]?(?P<id>[一二三四五六七八九十]{1,4})[)）]?[、.．]?")  # noqa: RUF001 - as printed
TASK = re.compile(r"(?P<id>[1-9][0-9]{0,8})(?:[.．、]|(?=\s))\s*(?P<title>[^\d\s].*)", re.DOTALL)  # noqa: RUF001 - as printed
NUMBER = re.compile(r"[1-9][0-9]{0,8}")
DOTTED = re.compile(r"(?P<task>[1-9][0-9]{0,8})[.．-](?P<item>[0-9]{1,4})")  # noqa: RUF001 - as printed
SENTENCE_ENDS = tuple("。；;！!.…)）”")
_NOTE = re.compile(
    r"(?:合计|总计|小计|共计)$|[*※]"
    r"|(?:注|备注|附注|说明|填表人?|填报人?|制表人?|审核人?|审批人?|复核人?|经办人?|签发人?|拟稿人?|联系人|联系电话"
    r"|(?:填报|填表|制表|报送)(?:单位|日期|时间)|单位|日期|抄送|主送|印发)(?:\(.*\))?\d*[:：]"
)
_PAGE = re.compile(r"[(（]?(?:续|接)?上?[表页]?[)）]?|[—\-\s]*\d+[—\-\s]*|第\d+页.*")
# What stands in a row that only counts the columns, or leaves room: 1, 2, 3; 甲, 乙, 丙; ……
_FILLER = re.compile("[(（]?\\d{1,2}[)）]?|[甲乙丙丁戊己庚]|[.…·—-]+")
_HEADLINE = re.compile(r"[^。；;：:，,！!*※|]{2,30}")


def is_note(text: str) -> bool:
    """True if a cell begins a note: 注：…, 填表人：…, 合计."""
    return bool(_NOTE.match("".join(text.split())))


def is_filler(filled: list[str]) -> bool:
    """True if the filled cells of a row say nothing: they count the columns, or are dots."""
    return len(filled) > 2 and all(map(_FILLER.fullmatch, filled))  # noqa: PLR2004 - 1 and a title may be a task


def is_headline(text: str) -> bool:
    """True if the one cell of a row may name a section though it has no number."""
    return bool(_HEADLINE.fullmatch(text)) and not _PAGE.fullmatch(text) and not is_note(text)


@lru_cache(maxsize=1000)
def chinese(count: int) -> str:
    """Return a number below 100,000 as sections are numbered: 一, 十二, 二十, 一百零五."""
    units = ("万", "千", "百", "十", "")[-len(str(count)) :]
    digits = (
        "零" if digit == "0" else _DIGITS[int(digit)] + unit
        for digit, unit in zip(str(count), units, strict=True)
    )
    text = re.sub("零+", "零", "".join(digits)).rstrip("零")
    return text.removeprefix("一") if text.startswith("一十") else text

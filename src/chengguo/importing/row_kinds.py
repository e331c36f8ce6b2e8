"""What a row is by its look: a section's, a note under the table, a page's mark, or cut off."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from chengguo.importing.rows import Row
from chengguo.schedules.plain import is_ditto
from chengguo.text.widths import folded

_CHINESE = "一二三四五六七八九十"
_IN_FULL = "壹贰貳叁參肆伍陆陸柒捌玖拾"  # these stand over 一、
SECTION_NUMBER = re.compile(r"[(（]?(?P<id>[一二三四五六七八九十]{1,4})[)）]?[、.．]?")  # noqa: RUF001 - as printed
# How a section is numbered: those of a form are parts of those of the form before it.
HEADINGS = tuple(f"heading {level}" for level in range(1, 10))  # of a document, by their levels
FORMS = ("sheet", *HEADINGS, "part", "main", "bracket", "plain", "column", "lower column")
_SECTION = re.compile(
    rf"(?P<part>第[{_CHINESE}]{{1,4}}(?:部分|[章篇编])|[{_IN_FULL}]{{1,3}}(?=[、.．]))[、:：.．]?\s*(?P<of_part>\S.*)"  # noqa: RUF001 - as printed
    rf"|[(（](?P<bracket>[{_CHINESE}]{{1,4}})[)）][、.．]?\s*(?P<of_bracket>\S.*)"  # noqa: RUF001 - as printed
    rf"|(?P<main>[{_CHINESE}]{{1,4}})[)）、.．]\s*(?P<of_main>\S.*)",  # noqa: RUF001 - as printed
    re.DOTALL,
)
# A line by itself that counts what it names: 行动一 能源转型, Pillar 1: Build skills.
_COUNTED = re.compile(
    rf"(?P<part>(?:行动|专项|板块|专题|领域|方向|工程)[{_CHINESE}]{{1,3}}"
    r"|(?i:pillar|goal|objective|theme|priority|strand|part|chapter|section) (?:\d{1,2}|[IVX]{1,4}))"
    r"(?:\s*[、:：.–—-]|\s)\s*(?P<title>\S.*)"
)
_FRAMED = re.compile("[【〖]([^【】〖〗。；;：:]{2,30})[】〗]")
TASK = re.compile(r"(?P<id>[1-9][0-9]{0,8})(?:[.．、﹒]|(?=\s))\s*(?P<title>[^\d\s].*)", re.DOTALL)  # noqa: RUF001 - as printed
NUMBER = re.compile(r"[1-9][0-9]{0,8}")
_ANNEX = re.compile(r"附(?:件|表)?\s*[\d一二三四五六七八九十]*")
_CIRCLED = re.compile("[①-⑳]")
_PLAIN = re.compile(rf"[{_CHINESE}]{{1,4}}|\d{{1,4}}")  # a number that those in brackets stand under
SENTENCE_ENDS = tuple("。；;！!.…)）”")
_NOTE = re.compile(
    r"(?:合计|总计|小计|共计)$|[*※]"
    r"|(?:注|备注|附注|说明|填表人?|填报人?|制表人?|审核人?|审批人?|复核人?|经办人?|签发人?|拟稿人?|核稿人?|联系人|联系电话"
    r"|(?:填报|填表|制表|报送|会签)(?:单位|日期|时间)|单位|日期|抄送|主送|印发)(?:\(.*\))?\d*[:：]"
)
_PAGE = re.compile(r"[(（]?(?:续|接)?上?[表页]?[)）]?|[—\-\s]*\d+[—\-\s]*|第\d+页.*")
# What a page has around its table: - 1 -, 第1页 共3页, 1/3, （续表）, 接下页.
_PAGE_MARK = re.compile(
    r"[—–-]\s*\d+\s*[—–-]?|\d+\s*[—–-]|第?\s*\d+\s*页.{0,8}|\d+\s*/\s*\d+|[Pp]age \d+.{0,8}"
    r"|[(（]?(?:续上?[表页]|上?[接续][上下][表页]|转下页)\d*[)）]?"
)
# What stands in a row that only counts the columns, or leaves room: 1, 2, 3; 甲, 乙, 丙; ……
_FILLER = re.compile("[(（]?\\d{1,2}[)）]?|[甲乙丙丁戊己庚]|[.…·—-]+")
_TO_SIGN = re.compile(".{1,20}[:：]")  # 会签单位：, 区教育局（签字）：
_HEADLINE = re.compile(r"[^。；;：:，,！!*※|]{2,30}")


class Heading(NamedTuple):
    """The heading of a section: the form of its number, the number, empty for none, and its title."""

    form: str
    number: str
    title: str


def heading(text: str) -> Heading | None:
    """Read the heading of a section: 一、深化公开, （一）做好规划公开, 第一部分 总则, 【产销对接】."""
    if (framed := _FRAMED.fullmatch(text)) and not is_note(framed[1]):
        return Heading("plain", "", framed[1])
    found = _SECTION.fullmatch(text)
    if found is None:
        return None
    form = next(each for each in ("part", "main", "bracket") if found[each])
    return Heading(form, found[form], found[f"of_{form}"])


def heading_of(row: Row) -> Heading | None:
    """Read the heading of a section that stands alone in a row: by its number, else by its level."""
    text = "".join(row.cells)
    counted = _COUNTED.fullmatch(text.strip())
    found = Heading("part", counted["part"], counted["title"]) if counted else heading(text)
    is_one = row.level > 0 and is_headline(text) and not is_annex(text)
    return found or (Heading(HEADINGS[row.level - 1], "", text) if is_one else None)


def is_annex(text: str) -> bool:
    """True if a text only numbers an annex: 附件2."""
    return _ANNEX.fullmatch(text) is not None


def bare_number(number: str) -> str:
    """Return a number without the signs around it: (1), 1. and 1、 as 1."""
    return folded(number).strip("()（）.、")


def is_whole(number: str) -> bool:
    """True if a number is a whole one, as tasks have: 1, 01, (1), 一; or an empty cell, or one as above."""
    bare = bare_number(number)
    is_plain = NUMBER.fullmatch(bare.lstrip("0")) or SECTION_NUMBER.fullmatch(bare)
    return not bare or is_plain is not None or is_ditto(number)


def is_under(number: str, above: str) -> bool:
    """True if a number is that of a row under the one above: 1.1 and 1-1, (1) and ① under 1."""
    if _CIRCLED.fullmatch(number.strip()):
        return _PLAIN.fullmatch(folded(above)) is not None
    number, above = folded(number), folded(above).strip(".、()")
    if re.fullmatch(r"\(?\d{1,3}\)", number):
        return _PLAIN.fullmatch(above) is not None
    return bool(above) and re.fullmatch(rf"{re.escape(above)}[.-]\d{{1,4}}", number) is not None


def number_under(number: str, above: str) -> int:
    """Return the last number of a row that is numbered under the one above, 0 where it is not."""
    last = re.split("[.-]", bare_number(number))[-1]
    return int(last) if is_under(number, above) and last.isdecimal() else 0


def heading_beside(number: str, title: str) -> Heading | None:
    """Read a heading whose number stands in a cell of its own: 一 | 深化公开."""
    bare = SECTION_NUMBER.fullmatch(number)
    return heading(f"{number}、{title}" if bare and bare["id"] == number else f"{number}{title}")


def is_note(text: str) -> bool:
    """True if a cell begins a note: 注：…, 填表人：…, 合计."""
    return bool(_NOTE.match("".join(text.split())))


def alone(row: Sequence[str]) -> str:
    """Return what stands in a row of one cell, or behind 注 in a cell of its own; "" for other rows."""
    filled = [cell for cell in row if cell]
    is_one = len(filled) == 1 or (len(filled) == 2 and is_note(f"{filled[0].rstrip(':：')}:"))  # noqa: PLR2004 - both
    return "：".join(filled) if is_one else ""


def is_filler(filled: list[str]) -> bool:
    """True if the filled cells of a row say nothing: they count the columns, or wait for a signature."""
    is_counted = len(filled) > 2 and all(map(_FILLER.fullmatch, filled))  # noqa: PLR2004 - 1 and a title may be a task
    return is_counted or (len(filled) > 1 and all(map(_TO_SIGN.fullmatch, filled)))


def is_page_mark(text: str) -> bool:
    """True if a line is the number of a page, or says that the table goes on from the page before."""
    return bool(_PAGE_MARK.fullmatch("".join(text.split())))


def is_of_page(row: Row) -> bool:
    """True if nothing stands in a row but the number of a page, or that a table goes on."""
    filled = [cell for cell in row.cells if cell]
    return len(filled) == 1 and is_page_mark(filled[0])


def is_headline(text: str) -> bool:
    """True if the one cell of a row may name a section though it has no number."""
    return bool(_HEADLINE.fullmatch(text)) and not _PAGE.fullmatch(text) and not is_note(text)

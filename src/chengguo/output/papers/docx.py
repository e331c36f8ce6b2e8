"""Word: the page as an official paper, or the office's own document filled in."""

from typing import Any

from chengguo.output.papers import official, words
from chengguo.output.papers.entries import Entry, Listing
from chengguo.output.papers.page import Office, Page
from chengguo.output.papers.templates import fill, fill_docx

_LIST = (("编号", "任务", "责任部门", "情况", "最近报告"), (3, 4.4, 3.2, 3, 4.4))
_COUNTS = (
    ("部门", "负责", "完成", "应完成", "临期", "逾期", "节点逾期", "期次逾期", "未报告"),
    (4.2, 1.3, 1.3, 1.7, 1.3, 1.3, 2, 2, 1.7),
)


def write(page: Page, template: str | None) -> bytes:
    """Return ``page`` as a Word document; ``template`` is a .docx with fields."""
    if template:
        return fill_docx(template, page.day, page=page)
    made = official.paper(f"{page.title}推进情况", page.day)
    said = fill("sentence.txt", page, None).splitlines()
    official.title(made, f"{page.title}推进情况", said[0])
    for line in said[1:]:
        official.body(made, line)
    _listing(made, f"一、逾期与受阻（{page.troubled_in_words}）", page.troubled)
    _listing(made, f"二、近期到期（{page.within}天内{words.due(page.ahead)}）", page.coming)
    for each in page.reports_due:
        official.body(made, f"报送：{each.name}期进展，{each.last}前。")
    official.heading(made, "三、各责任部门")
    heads, widths = _COUNTS
    official.table(made, widths, (heads, *map(_counts, page.offices)))
    _changes(made, page)
    period = f"（{page.silence.period}期）" if page.silence.period else ""
    official.heading(made, f"五、未报告{period}")
    names = "、".join(f"{name}（{count}项）" for name, count in page.silence.departments)
    official.body(made, f"{names}。" if names else "无。")
    official.signature(made, page.office, f"{page.day.year}年{page.day.month}月{page.day.day}日")
    return official.saved(made, page.day)


def _listing(made: Any, heading: str, among: Listing) -> None:
    official.heading(made, heading)
    if not among.shown:
        official.body(made, "无。")
        return
    heads, widths = _LIST
    official.table(made, widths, (heads, *map(_cells, among.shown)))
    if among.left_out:
        official.body(made, f"另有{among.left_out}条，未列出。")


def _cells(entry: Entry) -> tuple[str, ...]:
    day = f"{entry.due} " if entry.due else ""
    reported = f"{entry.reported} " if entry.reported else ""
    return (
        entry.number,
        entry.work,
        entry.leads,
        f"{day}{entry.shape} {entry.standing}",
        reported + entry.told,
    )


def _counts(office: Office) -> tuple[str, ...]:
    counts = (office.lead, office.done, office.fulfilment.expected, office.due_soon)
    return (office.name, *map(str, (*counts, *office.late, office.unreported)))


def _changes(made: Any, page: Page) -> None:
    official.heading(made, f"四、本期变化（{page.span.first}至{page.span.last}）")
    for name, among in page.changes.lists:
        works = words.unstopped(words.joined(*(f"{each.number} {each.work}" for each in among)))
        official.body(made, f"{name}{len(among)}项：{works}。" if among else f"{name}0项。")
    official.body(made, f"新报告{page.changes.reports}条。")

"""Which column is which, by the words that offices print above them."""

import unicodedata

from chengguo.errors import WrongUsage
from chengguo.language import _, listed

FIELDS = {
    "number": ("序号", "编号"),
    "title": ("重点任务", "工作任务", "主要任务", "项目"),
    "content": ("重点任务主要内容", "主要内容", "具体要求", "工作措施", "目标和要求"),
    "lead": ("责任部门", "责任单位", "牵头单位", "牵头部门", "主责单位", "主办", "承办单位"),
    "support": ("配合部门", "配合单位", "协办单位", "参加单位", "参与"),
    "schedule": ("计划进度", "完成时限", "时限要求", "时间进度", "时间节点", "进度安排"),
}
_WORDS = {word: field for field, words in FIELDS.items() for word in words}
_NEEDED = {"lead", "schedule"}
Columns = dict[str, int]  # the place, from 0, of each field that the table has


def folded(cell: str) -> str:
    """Fold what typesetting does to a cell: spaces inside a word, full-width forms."""
    return "".join(unicodedata.normalize("NFKC", cell).split()) if len(cell) < 200 else cell  # noqa: PLR2004


def words(mapped: list[str]) -> dict[str, str]:
    """Give the header words with those of ``--map 列名=field`` added; raises ``WrongUsage``."""
    known = dict(_WORDS)
    for text in mapped:
        word, _equals, field = text.partition("=")
        if not word.strip() or field.strip() not in FIELDS:
            message = _("--map {text}: write a column's name, =, and a field").format(text=text)
            raise WrongUsage(message, _("Fields: {fields}.").format(fields=listed(FIELDS)))
        known[folded(word)] = field.strip()
    return known


def recognise(cells: tuple[str, ...], known: dict[str, str]) -> Columns | None:
    """Give the columns if the row is a header: who and when have a column, and what. None where not."""
    found: Columns = {}
    for place, cell in enumerate(cells):
        field = known.get(folded(cell))
        if field:
            found.setdefault(field, place)
    return found if set(found) >= _NEEDED and ({"title", "content"} & set(found)) else None

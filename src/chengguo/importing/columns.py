"""Which column is which, by the words that offices print above them."""

import unicodedata

from chengguo.errors import WrongUsage
from chengguo.language import _, listed

FIELDS = {
    "number": ("序号", "编号", "序", "项目编号", "任务序号"),
    "section": (
        "类别",
        "板块",
        "领域",
        "任务类别",
        "工作类别",
        "一级任务",
        "任务板块",
        "重点领域",
        "方面",
        "章节",
    ),
    "title": (
        *("重点任务", "工作任务", "主要任务", "项目", "任务名称", "任务", "整治任务", "重点工作", "工作事项"),
        *(
            "任务事项",
            "重点事项",
            "事项",
            "项目名称",
            "工作项目",
            "二级任务",
            "目标任务",
            "工作内容",
            "改革任务",
        ),
        *("重点工作任务", "任务项目", "建设任务", "工作重点"),
    ),
    "content": (
        *(
            "重点任务主要内容",
            "主要内容",
            "具体要求",
            "工作措施",
            "目标和要求",
            "具体任务",
            "具体内容",
            "任务内容",
        ),
        *("具体措施", "工作要求", "主要措施", "任务要求", "内容", "工作目标", "具体举措", "举措", "目标要求"),
        *(
            "政策措施",
            "三级任务",
            "细化任务",
            "任务举措",
            "具体工作",
            "重点内容",
            "措施",
            "主要举措",
            "落实举措",
        ),
    ),
    "lead": (
        *(
            "责任部门",
            "责任单位",
            "牵头单位",
            "牵头部门",
            "主责单位",
            "主办",
            "承办单位",
            "负责单位",
            "主责部门",
        ),
        *(
            "责任单位及配合单位",
            "主办单位",
            "主管部门",
            "实施单位",
            "责任主体",
            "落实单位",
            "牵头责任单位",
            "主办部门",
        ),
        *(
            "负责部门",
            "牵头",
            "责任部门(单位)",
            "责任单位(部门)",
            "部门分工",
            "责任分工",
            "承办部门",
            "牵头处室",
        ),
    ),
    "support": (
        *(
            "配合部门",
            "配合单位",
            "协办单位",
            "参加单位",
            "参与",
            "协办部门",
            "参与单位",
            "参与部门",
            "协同部门",
        ),
        *("协同单位", "协作单位", "配合", "协办", "配合责任单位", "参加部门", "协助单位", "支持单位"),
    ),
    "schedule": (
        *(
            "计划进度",
            "完成时限",
            "时限要求",
            "时间进度",
            "时间节点",
            "进度安排",
            "完成时间",
            "时限",
            "办结时限",
        ),
        *(
            "计划完成时间",
            "时间安排",
            "完成期限",
            "进度要求",
            "工作时限",
            "完成时间节点",
            "时间要求",
            "进度",
            "期限",
        ),
        *("完成时限要求", "整改时限", "实施时间", "起止时间", "推进时限", "目标时限"),
    ),
}
# The characters of these words as they are written in Hong Kong and Taiwan.
_TRADITIONAL = str.maketrans(
    "號責單務點內時間進協辦牽頭門參與項實標體對領層級類別塊劃節擔導",
    "号责单务点内时间进协办牵头门参与项实标体对领层级类别块划节担导",
)
_WORDS = {word: field for field, words in FIELDS.items() for word in words}
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
    """Give the columns if the row is a header: what and who have one, and when or with whom. Else None."""
    found: Columns = {}
    for place, cell in enumerate(cells):
        field = known.get(folded(cell).rstrip(":*").translate(_TRADITIONAL))
        if field:
            found.setdefault(field, place)
    who = "lead" in found and {"schedule", "support"} & set(found)
    is_header = who and {"title", "content"} & set(found)
    return found if is_header else None

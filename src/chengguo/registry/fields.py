"""The fields of a registry file, declared once: the reader and the JSON Schema are both made from this."""

from collections.abc import Iterable

from chengguo.language import N_
from chengguo.model import Item
from chengguo.registry.field_kinds import Field, Fields, named
from chengguo.registry.item_records import ACCEPTANCE, EXTENSION, PROGRESS, RETURNED, VERIFIED
from chengguo.registry.office_fields import ALERTS, COLUMN, LIGHT

PLAN = named(
    Field(
        "title",
        "text",
        N_("title of the plan"),
        N_("the title of the plan, as printed"),
        heading="方案名称",
        example="某某行动方案",
        required=True,
    ),
    Field(
        "table",
        "text",
        N_("title of the table"),
        N_("the title of the table, as printed"),
        heading="表名",
        example="任务分工与进度表",
    ),
    Field(
        "years",
        "years",
        N_("years of the plan"),
        N_("the years of the plan, such as 2017-2020; no due date may lie outside"),
        heading="年份",
        example="2026-2030",
    ),
    Field(
        "issued",
        "date",
        N_("day of issue"),
        N_("the day of issue, from which 3个月内 and the like count"),
        heading="印发日期",
        example="2026-01-05",
    ),
    Field(
        "reports",
        "schedule",
        N_("rhythm of reports"),
        N_("the rhythm by which every open item reports, such as 每月25日前"),
        heading="报送周期",
        example="每月25日前",
    ),
    Field(
        "closing",
        "choice",
        N_("closing"),
        N_("what closes an item: the report, or its verification (销号)"),
        heading="办结方式",
        example="verified",
        choices=("reported", "verified"),
        more=N_("reported or verified"),
    ),
    Field(
        "key",
        "key",
        N_("key of the plan"),
        N_("what names the plan among others, as in 成果:3.2; without it the file's name does"),
        heading="规划代号",
        example="成果",
        more=N_("without : / , 、 and blanks"),
    ),
)
DEPARTMENT = named(
    Field(
        "full", "text", N_("full name"), N_("the full name (全称)"), heading="全称", example="某市责任部门"
    ),
    Field(
        "aliases",
        "names",
        N_("aliases"),
        N_("other names that people search for"),
        heading="别名",
        example="[责任单位]",
    ),
    Field(
        "group",
        "flag",
        N_("group"),
        N_("true for a group of bodies that the table does not name one by one"),
        heading="组",
        example="false",
        more=N_("such as 各相关区政府"),
    ),
    Field(
        "successor",
        "text",
        N_("successor"),
        N_("the body that took over its work"),
        heading="继任部门",
        example="继任部门",
    ),
    Field(
        "until",
        "month",
        N_("until"),
        N_("the month in which the name ended, such as 2018-11"),
        heading="止于",
        example="2026-11",
    ),
)
ITEM = named(
    Field(
        "id",
        "integer",
        N_("item"),
        N_("the item's number within its task; it never changes"),
        heading="分项",
        example="1",
        required=True,
    ),
    Field(
        "content",
        "text",
        N_("content"),
        N_("重点任务主要内容, in the official wording, one line a paragraph"),
        heading="重点任务主要内容",
        example="第一项任务的主要内容。",
        required=True,
        is_block=True,
    ),
    Field(
        "lead",
        "names",
        N_("lead departments"),
        N_("责任部门, in the official order"),
        heading="责任部门",
        example="[责任部门]",
        required=True,
    ),
    Field(
        "support",
        "names",
        N_("supporting departments"),
        N_("配合部门, in the official order"),
        heading="配合部门",
        example="[配合部门]",
    ),
    Field(
        "schedule",
        "text",
        N_("schedule"),
        N_("计划进度, in the official wording; the due date is derived from it"),
        heading="计划进度",
        example="持续推进",
        more=N_("such as 2026年底, 6月底前, 3个月内, 每月28日前, 持续推进; ask: chengguo when 6月底前"),
        required=True,
    ),
    Field(
        "due",
        "date",
        N_("due date"),
        N_("the due date, only where the wording cannot be read"),
        heading="商定日期",
        example="2030-12-31",
        more=N_("such as 2026-12-31"),
    ),
    Field(
        "extra",
        "extra",
        N_("columns of the office's own"),
        N_("the values of the columns that belong to an item"),
        heading="自设栏目",
        example="{}",
        more=N_("as 'columns:' declares them"),
        is_block=True,
        of="item",
    ),
    Field(
        "accepted_undated",
        "record",
        N_("no day for now"),
        N_("who accepted that nobody can name a day yet, and until when"),
        heading="暂不定期",
        more=N_("where the wording is such as 适时 or 主汛期前"),
        fields=ACCEPTANCE,
    ),
    Field(
        "extensions",
        "records",
        N_("extensions"),
        N_("extensions (延期), oldest first; the schedule keeps its official wording"),
        heading="延期",
        fields=EXTENSION,
    ),
    Field(
        "status",
        "status",
        N_("status"),
        N_("what was last reported"),
        heading="办理状态",
        example="pending",
        required=True,
    ),
    Field(
        "progress",
        "records",
        N_("progress"),
        N_("what was reported when, oldest first"),
        heading="进展记录",
        fields=PROGRESS,
    ),
    Field(
        "verified",
        "record",
        N_("verified"),
        N_("when and by whom what was reported done was verified (销号)"),
        heading="销号",
        fields=VERIFIED,
    ),
    Field(
        "returned",
        "record",
        N_("sent back"),
        N_("when and why what was reported done was last sent back (退回)"),
        heading="退回",
        fields=RETURNED,
    ),
)
TASK = named(
    Field(
        "id",
        "integer",
        N_("task"),
        N_("the task's number in the table"),
        heading="序号",
        example="1",
        required=True,
    ),
    Field(
        "section",
        "text",
        N_("section"),
        N_("the id of its section"),
        heading="所属部分",
        example="一",
        required=True,
    ),
    Field(
        "title",
        "text",
        N_("key task"),
        N_("重点任务, in the official wording"),
        heading="重点任务",
        example="第一项重点任务",
        required=True,
    ),
    Field(
        "items", "records", N_("items"), N_("its items, a row of the table each"), required=True, fields=ITEM
    ),
)
SECTION = named(
    Field(
        "title",
        "text",
        N_("section title"),
        N_("the title of the section, as printed"),
        heading="部分名称",
        example="第一节",
        required=True,
    ),
    Field(
        "in",
        "text",
        N_("upper section"),
        N_("the id of the section that it is a part of"),
        heading="上级部分",
        example="一",
    ),
)
REGISTRY = named(
    Field("format", "integer", N_("format"), N_("the version of this file format: 1"), required=True),
    Field(
        "plan", "record", N_("plan"), N_("the document that the table belongs to"), required=True, fields=PLAN
    ),
    Field(
        "departments",
        "register",
        N_("departments"),
        N_("the register: the only names that items may use"),
        required=True,
        fields=DEPARTMENT,
    ),
    Field(
        "columns",
        "register",
        N_("columns"),
        N_("the office's own columns, by their headings, in the order of the table"),
        fields=COLUMN,
    ),
    Field(
        "sections",
        "titles",
        N_("sections"),
        N_("the sections of the table: id and title; one within another says in which"),
        required=True,
        fields=SECTION,
    ),
    Field("alerts", "record", N_("alerts"), N_("from when on the office wants to be alerted"), fields=ALERTS),
    Field(
        "lights",
        "register",
        N_("lights"),
        N_("the lights of the office, by their words; the first that holds counts"),
        fields=LIGHT,
    ),
    Field(
        "tasks",
        "records",
        N_("tasks"),
        N_("the key tasks, in the order of the table"),
        required=True,
        fields=TASK,
    ),
)


OFFICIAL = (TASK["title"], *map(ITEM.__getitem__, ("content", "lead", "support", "schedule")))  # as printed
# The fields of an item that the model has no attribute for: they are read, shown and written by their kind.
OTHERS = tuple(field for field in ITEM.values() if not hasattr(Item, field.name))


# What no column of the office's own may be called: it would stand for two things.
TAKEN = frozenset(
    (
        TASK["id"].heading,
        *(field.heading for field in OFFICIAL),
        *(name for each in (ITEM, TASK) for name in each),
    )
)


def label(name: str) -> str:
    """Return what people call a field of the table, untranslated; its name where it is not declared."""
    records = (field.fields or {} for field in ITEM.values() if field.kind == "record")
    known = (fields[name].label for fields in (ITEM, TASK, REGISTRY, DEPARTMENT, *records) if name in fields)
    return next(known, name)


def labels(parts: Iterable[str]) -> dict[str, str]:
    """Return what people call the parts of a record, each as the record declares it that they make up."""
    names = (*parts,)
    records = (field.fields or {} for field in ITEM.values() if field.kind == "record")
    of = next((fields for fields in records if _is_made_up(fields, names)), {})
    return {name: of[name].label if name in of else label(name) for name in names}


def _is_made_up(fields: Fields, names: tuple[str, ...]) -> bool:
    """True if all of the names are declared, and all that a record must have are among them."""
    required = {name for name, field in fields.items() if field.required}
    return required <= {*names} <= fields.keys()

"""The fields of a registry file, declared once: the reader and the JSON Schema are both made from this."""

from enum import Enum
from typing import NamedTuple

from chengguo.findings import N_


class Kind(Enum):
    """What a field may hold."""

    TEXT = "text"
    INTEGER = "integer"
    FLAG = "true or false"
    DATE = "date"
    MONTH = "month"
    YEARS = "years"
    STATUS = "status"
    NAMES = "list of names"
    RECORD = "mapping of fields"  # one mapping of the fields that ``fields`` names
    REGISTER = "mapping by name"  # name → a mapping of those fields
    TITLES = "mapping of titles"  # id → text
    RECORDS = "list of mappings"


class Field(NamedTuple):
    """One key of a mapping. ``about`` is what the schema and the messages say of it."""

    name: str
    kind: Kind
    about: str
    required: bool = False
    fields: "tuple[Field, ...]" = ()


PLAN = (
    Field("title", Kind.TEXT, N_("the title of the plan, as printed"), required=True),
    Field("table", Kind.TEXT, N_("the title of the table, as printed")),
    Field("years", Kind.YEARS, N_("the years of the plan, such as 2017-2020; no due date may lie outside")),
    Field("issued", Kind.DATE, N_("the day of issue, from which 3个月内 and the like count")),
)
DEPARTMENT = (
    Field("full", Kind.TEXT, N_("the full name (全称)")),
    Field("aliases", Kind.NAMES, N_("other names that people search for")),
    Field("group", Kind.FLAG, N_("true for a group of bodies that the table does not name one by one")),
    Field("successor", Kind.TEXT, N_("the body that took over its work")),
    Field("until", Kind.MONTH, N_("the month in which the name ended, such as 2018-11")),
)
PROGRESS = (
    Field("date", Kind.DATE, N_("the day of the report"), required=True),
    Field("status", Kind.STATUS, N_("what was reported")),
    Field("note", Kind.TEXT, N_("what was said about it")),
)
ITEM = (
    Field("id", Kind.INTEGER, N_("the item's number within its task; it never changes"), required=True),
    Field(
        "content",
        Kind.TEXT,
        N_("重点任务主要内容, in the official wording, one line a paragraph"),
        required=True,
    ),
    Field("lead", Kind.NAMES, N_("责任部门, in the official order"), required=True),
    Field("support", Kind.NAMES, N_("配合部门, in the official order")),
    Field(
        "schedule",
        Kind.TEXT,
        N_("计划进度, in the official wording; the due date is derived from it"),
        required=True,
    ),
    Field("due", Kind.DATE, N_("the due date, only where the wording cannot be read")),
    Field("status", Kind.STATUS, N_("what was last reported"), required=True),
    Field("progress", Kind.RECORDS, N_("what was reported when, oldest first"), fields=PROGRESS),
)
TASK = (
    Field("id", Kind.INTEGER, N_("the task's number in the table"), required=True),
    Field("section", Kind.TEXT, N_("the id of its section"), required=True),
    Field("title", Kind.TEXT, N_("重点任务, in the official wording"), required=True),
    Field("items", Kind.RECORDS, N_("its items, a row of the table each"), required=True, fields=ITEM),
)
REGISTRY = (
    Field("format", Kind.INTEGER, N_("the version of this file format: 1"), required=True),
    Field("plan", Kind.RECORD, N_("the document that the table belongs to"), required=True, fields=PLAN),
    Field(
        "departments",
        Kind.REGISTER,
        N_("the register: the only names that items may use"),
        required=True,
        fields=DEPARTMENT,
    ),
    Field("sections", Kind.TITLES, N_("the sections of the table: id and title"), required=True),
    Field("tasks", Kind.RECORDS, N_("the key tasks, in the order of the table"), required=True, fields=TASK),
)

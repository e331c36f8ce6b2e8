"""The fields of a registry file, declared once: the reader and the JSON Schema are both made from this."""

from typing import Literal, NamedTuple

from chengguo.text.findings import N_

# What a field may hold. "record" is one mapping of the fields that it names, "records" a list of such,
# "register" a mapping from names to such, "titles" a mapping from ids to texts.
Kind = Literal[
    "text",
    "integer",
    "flag",
    "date",
    "month",
    "years",
    "status",
    "names",
    "record",
    "register",
    "titles",
    "records",
]


class Field(NamedTuple):
    """One key of a mapping: its name and kind, and what the schema and the messages call and say of it."""

    name: str
    kind: Kind
    label: str
    about: str
    required: bool = False
    fields: "Fields | None" = None


Fields = dict[str, Field]  # the fields of a mapping, by name


def _named(*fields: Field) -> Fields:
    return {field.name: field for field in fields}


PLAN = _named(
    Field("title", "text", N_("title of the plan"), N_("the title of the plan, as printed"), required=True),
    Field("table", "text", N_("title of the table"), N_("the title of the table, as printed")),
    Field(
        "years",
        "years",
        N_("years of the plan"),
        N_("the years of the plan, such as 2017-2020; no due date may lie outside"),
    ),
    Field(
        "issued", "date", N_("day of issue"), N_("the day of issue, from which 3个月内 and the like count")
    ),
)
DEPARTMENT = _named(
    Field("full", "text", N_("full name"), N_("the full name (全称)")),
    Field("aliases", "names", N_("aliases"), N_("other names that people search for")),
    Field(
        "group", "flag", N_("group"), N_("true for a group of bodies that the table does not name one by one")
    ),
    Field("successor", "text", N_("successor"), N_("the body that took over its work")),
    Field("until", "month", N_("until"), N_("the month in which the name ended, such as 2018-11")),
)
PROGRESS = _named(
    Field("date", "date", N_("day"), N_("the day of the report"), required=True),
    Field("status", "status", N_("status"), N_("what was reported")),
    Field("note", "text", N_("note"), N_("what was said about it")),
)
EXTENSION = _named(
    Field("date", "date", N_("day"), N_("the day on which the extension was asked for"), required=True),
    Field(
        "to",
        "text",
        N_("extended to"),
        N_("the day that was agreed on, worded as a schedule is"),
        required=True,
    ),
    Field("reason", "text", N_("reason"), N_("why more time is needed"), required=True),
    Field("approved_by", "text", N_("approved by"), N_("who agreed to it")),
)
ITEM = _named(
    Field(
        "id", "integer", N_("item"), N_("the item's number within its task; it never changes"), required=True
    ),
    Field(
        "content",
        "text",
        N_("content"),
        N_("重点任务主要内容, in the official wording, one line a paragraph"),
        required=True,
    ),
    Field("lead", "names", N_("lead departments"), N_("责任部门, in the official order"), required=True),
    Field("support", "names", N_("supporting departments"), N_("配合部门, in the official order")),
    Field(
        "schedule",
        "text",
        N_("schedule"),
        N_("计划进度, in the official wording; the due date is derived from it"),
        required=True,
    ),
    Field("due", "date", N_("due date"), N_("the due date, only where the wording cannot be read")),
    Field(
        "extensions",
        "records",
        N_("extensions"),
        N_("extensions (延期), oldest first; the schedule keeps its official wording"),
        fields=EXTENSION,
    ),
    Field("status", "status", N_("status"), N_("what was last reported"), required=True),
    Field("progress", "records", N_("progress"), N_("what was reported when, oldest first"), fields=PROGRESS),
)
TASK = _named(
    Field("id", "integer", N_("task"), N_("the task's number in the table"), required=True),
    Field("section", "text", N_("section"), N_("the id of its section"), required=True),
    Field("title", "text", N_("key task"), N_("重点任务, in the official wording"), required=True),
    Field(
        "items", "records", N_("items"), N_("its items, a row of the table each"), required=True, fields=ITEM
    ),
)
REGISTRY = _named(
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
    Field("sections", "titles", N_("sections"), N_("the sections of the table: id and title"), required=True),
    Field(
        "tasks",
        "records",
        N_("tasks"),
        N_("the key tasks, in the order of the table"),
        required=True,
        fields=TASK,
    ),
)


def label(name: str) -> str:
    """Give what people call a field of the table, untranslated; its name where it is not declared."""
    known = (fields[name].label for fields in (ITEM, TASK, REGISTRY) if name in fields)
    return next(known, name)

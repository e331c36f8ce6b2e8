"""The fields of what an office sets for itself: its own columns, its alerts, its lights."""

from chengguo.language import N_
from chengguo.registry.field_kinds import Field, named

COLUMN = named(
    Field(
        "kind",
        "choice",
        N_("kind of values"),
        N_("what stands in the column"),
        heading="类型",
        example="text",
        choices=("text", "number", "percent", "date", "names", "persons"),
        more=N_("text, number, percent, date, names (of departments) or persons"),
    ),
    Field(
        "of",
        "choice",
        N_("column of"),
        N_("whether it belongs to the item or to a report"),
        heading="归属",
        example="item",
        choices=("item", "report"),
        more=N_("item or report"),
    ),
    Field(
        "private",
        "flag",
        N_("private"),
        N_("true for what is not handed round: export leaves it out"),
        heading="不外传",
        example="false",
    ),
)
ALERTS = named(
    Field(
        "due_soon",
        "days",
        N_("due soon"),
        N_("how many days before a due date it is near, such as 30d"),
        heading="临期",
        example="30d",
    ),
    Field(
        "stale",
        "days",
        N_("not reported on"),
        N_("after how many days without a report an item is not reported on, such as 90d"),
        heading="久未报告",
        example="90d",
    ),
)
LIGHT = named(
    Field(
        "when",
        "conditions",
        N_("conditions"),
        N_("when it holds: one of its conditions is enough; without any, always"),
        heading="条件",
        example="[overdue, missed]",
        more=N_(
            "overdue, missed, due soon, blocked, unreported, stale, done late, extended, due within 10d,"
            " late 11d, late over 30d, behind 10"
        ),
    ),
    Field(
        "color", "color", N_("colour"), N_("its colour in tables and exports"), heading="颜色", example="red"
    ),
    Field(
        "shape", "text", N_("shape"), N_("the sign that stands before its word"), heading="标识", example="■"
    ),
)

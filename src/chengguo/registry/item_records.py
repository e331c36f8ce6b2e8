"""The fields of what stands in an item with a day of its own: reports, extensions, what was verified."""

from chengguo.language import N_
from chengguo.registry.field_kinds import Field, named

PROGRESS = named(
    Field(
        "date",
        "date",
        N_("day"),
        N_("the day of the report"),
        heading="报告日期",
        example="2026-11-05",
        required=True,
    ),
    Field(
        "milestone",
        "integer",
        N_("milestone"),
        N_("the number of the milestone that it is about, of a schedule that has several"),
        heading="节点",
        example="1",
    ),
    Field(
        "period",
        "period",
        N_("period"),
        N_(
            "the period of recurring work that it is about, such as 2025-02, 2025-Q1, 2025-H1, 2025, 2025-W05"
        ),
        heading="期次",
        example="2026-11",
        more=N_("or whole, where the work is over for good"),
    ),
    Field("status", "status", N_("status"), N_("what was reported"), heading="报告状态", example="pending"),
    Field(
        "percent",
        "percent",
        N_("per cent"),
        N_("how much of the work was done by then, from 0 to 100"),
        heading="完成比例",
        example="50",
    ),
    Field("note", "text", N_("note"), N_("what was said about it"), heading="情况", example="报来的情况"),
    Field(
        "problem",
        "text",
        N_("problem"),
        N_("what stands in the way"),
        heading="存在问题",
        example="报来的问题",
    ),
    Field(
        "next",
        "text",
        N_("next steps"),
        N_("what is to be done next"),
        heading="下步措施",
        example="下步打算",
    ),
    Field(
        "evidence",
        "texts",
        N_("evidence"),
        N_("what proves it: names of files, numbers of documents"),
        heading="佐证材料",
        example="[某文〔2026〕1号]",
    ),
    Field(
        "by",
        "text",
        N_("reported by"),
        N_("the department that reported"),
        heading="填报单位",
        example="责任部门",
    ),
    Field(
        "extra",
        "extra",
        N_("columns of the office's own"),
        N_("the values of the columns that belong to a report"),
        heading="自设栏目",
        example="{}",
        of="report",
    ),
)
SAYS_NOTHING = frozenset({"date", "milestone", "period", "by"})  # of the work
EXTENSION = named(
    Field(
        "date",
        "date",
        N_("day"),
        N_("the day on which the extension was asked for"),
        heading="申请日期",
        example="2030-11-05",
        required=True,
    ),
    Field(
        "to",
        "text",
        N_("extended to"),
        N_("the day that was agreed on, worded as a schedule is"),
        heading="延至",
        example="2031年底",
        required=True,
    ),
    Field(
        "reason",
        "text",
        N_("reason"),
        N_("why more time is needed"),
        heading="理由",
        example="延期的理由",
        required=True,
    ),
    Field(
        "approved_by",
        "text",
        N_("approved by"),
        N_("who agreed to it"),
        heading="批准单位",
        example="批准的单位",
    ),
    Field(
        "milestone",
        "integer",
        N_("milestone"),
        N_("the number of the milestone that is put off, where it is not the whole"),
        heading="节点",
        example="2",
    ),
)
ACCEPTANCE = named(
    Field(
        "by",
        "text",
        N_("accepted by"),
        N_("who accepted it"),
        heading="认可单位",
        example="责任部门",
        required=True,
    ),
    Field(
        "until",
        "date",
        N_("accepted until"),
        N_("the last day on which that holds"),
        heading="认可至",
        example="2030-06-30",
        required=True,
    ),
)
VERIFIED = named(
    Field(
        "date",
        "date",
        N_("day"),
        N_("the day on which it was verified"),
        heading="销号日期",
        example="2031-01-10",
        required=True,
    ),
    Field("by", "text", N_("verified by"), N_("who verified it"), heading="核验单位", example="核验的单位"),
    Field(
        "evidence",
        "texts",
        N_("evidence"),
        N_("what it was verified by: names of files, numbers of documents"),
        heading="核验依据",
        example="[某督〔2031〕1号]",
    ),
)
RETURNED = named(
    Field(
        "date",
        "date",
        N_("day"),
        N_("the day on which it was sent back"),
        heading="退回日期",
        example="2030-12-20",
        required=True,
    ),
    Field("by", "text", N_("sent back by"), N_("who sent it back"), heading="退回单位", example="核验的单位"),
    Field(
        "reason",
        "text",
        N_("reason"),
        N_("why it was sent back"),
        heading="退回理由",
        example="退回的理由",
        required=True,
    ),
)

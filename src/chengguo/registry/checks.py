"""What can be wrong with the shape of a registry: found while its fields are read."""

from chengguo.language import N_
from chengguo.text.findings import Check, Severity

UNKNOWN_KEY = Check(
    "S201",
    N_("an unknown key"),
    N_("A misspelt key is a field that nobody reads: 'supports:' would leave an item without support."),
    wrong="    supports: [市教委]\n",
    right="    support: [市教委]\n",
)

MISSING = Check(
    "S203",
    N_("a missing or empty field"),
    N_("A row of the table without it cannot be addressed, chased or dated."),
    wrong="    lead:\n",
    right="    lead: [市科委]\n",
)

NOT_ALLOWED = Check(
    "S204",
    N_("a value that is not allowed here"),
    N_("Scripts and the other commands rely on the values that the format names."),
    wrong="    status: 已完成\n",
    right="    status: done\n",
)

CUT_OFF = Check(
    "S205",
    N_("a text that a comment cuts off"),
    N_("After a space, # begins a comment in YAML: what follows is no part of the value."),
    wrong="  title: 落实 #12 号文件\n",
    right='  title: "落实 #12 号文件"\n',
    severity=Severity.WARNING,
)

HEADING_OF_REPORTS = Check(
    "S206",
    N_("a column of the office's own called like one of reports"),
    N_("Of two columns of one name nobody can tell which a department fills in: a report would be lost."),
    wrong="columns: {状态: {}}\n",
    right="columns: {原表状态: {}}\n",
    severity=Severity.WARNING,
)

CHECKS = (UNKNOWN_KEY, MISSING, NOT_ALLOWED, CUT_OFF, HEADING_OF_REPORTS)

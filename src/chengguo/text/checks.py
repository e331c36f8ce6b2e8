"""What can be wrong with a file before it is a registry: found while its text and its YAML are read."""

from chengguo.language import N_
from chengguo.text.findings import MORE, Check

UNOPENED = Check(
    "Y100",
    N_("the file cannot be opened"),
    N_("What was not read was not checked: a report without it would look clean."),
    wrong="# 没有这个文件，或不许读\n",
    right="# 有这个文件，也可以读\n",
)

NOT_UTF8 = Check(
    "Y101",
    N_("the file is not UTF-8"),
    N_("Bytes in another encoding turn into other words, silently, on the next machine."),
    wrong="# 用 GBK 保存的文件\n",
    right="# 用 UTF-8 保存的文件\n",
)

UNREADABLE = Check(
    "Y102",
    N_("the YAML cannot be read"),
    N_("Where the structure cannot be read, nothing after it can be trusted."),
    wrong="  title: 行动方案: 2017 版\n",
    right='  title: "行动方案: 2017 版"\n',
)

KEY_TWICE = Check(
    "Y103",
    N_("a key stands twice in a mapping"),
    N_("YAML readers silently take the last; a text merge in git can make such a pair without a word."),
    wrong="    status: pending\n    status: done\n",
    right="    status: done\n",
)

REFERENCE = Check(
    "Y104",
    N_("an anchor, alias, tag or merge key"),
    N_("They make one place in the file mean another, so that an edit of one line changes several items."),
    wrong="    lead: &lead [市科委]\n",
    right="    lead: [市科委]\n",
)

SECOND_DOCUMENT = Check(
    "Y105",
    N_("more than one document in the file"),
    N_("A registry is one document; readers would take the first and drop the rest."),
    wrong="format: 1\n---\n",
    right="format: 1\n",
)

TOO_BIG = Check(
    "Y106",
    N_("nested too deep, too many keys, or too long a line"),
    N_("No registry nests so deep or is so wide; such a file is a mistake or an attack."),
    wrong="    lead: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[市科委]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]\n",
    right="    lead: [市科委]\n",
)

CONTROL_CHARACTER = Check(
    "Y107",
    N_("a control character"),
    N_("It cannot be seen in an editor, but terminals obey it and searches miss the word."),
    wrong="    content: 建立\x07平台。\n",
    right="    content: 建立平台。\n",
)

MERGE_CONFLICT = Check(
    "Y108",
    N_("an unresolved merge conflict"),
    N_("Two people changed the same lines; git has left both versions for somebody to choose."),
    wrong="<<<<<<< HEAD\n    status: done\n=======\n    status: pending\n>>>>>>> other\n",
    right="    status: done\n",
)

NO_REGISTRY = Check(
    "Y109",
    N_("there is no registry in the file"),
    N_("An empty file has no findings of its own, but it is hardly what was meant."),
    wrong="# 空文件\n",
    right="format: 1\n",
)

WRONG_KIND = Check(
    "S202",
    N_("a value of the wrong kind"),
    N_("A text where a list belongs would be read letter by letter, or not at all."),
    wrong="    lead: 市科委\n",
    right="    lead: [市科委]\n",
)

CHECKS = (
    UNOPENED,
    NOT_UTF8,
    UNREADABLE,
    KEY_TWICE,
    REFERENCE,
    SECOND_DOCUMENT,
    TOO_BIG,
    CONTROL_CHARACTER,
    MERGE_CONFLICT,
    NO_REGISTRY,
    MORE,
    WRONG_KIND,
)

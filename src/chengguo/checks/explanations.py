"""What ``chengguo explain`` says of each code: why it matters, a wrong example and a right one.

What a code means in a word is in ``findings.CODES``; the tests run every example.
"""

from typing import NamedTuple

from chengguo.language import N_


class Explanation(NamedTuple):
    """Why a finding matters, and YAML that has it and YAML that has not."""

    why: str
    wrong: str
    right: str


EXPLANATIONS = {
    "Y100": Explanation(
        N_("What was not read was not checked: a report without it would look clean."),
        "# 没有这个文件，或不许读\n",
        "# 有这个文件，也可以读\n",
    ),
    "Y101": Explanation(
        N_("Bytes in another encoding turn into other words, silently, on the next machine."),
        "# 用 GBK 保存的文件\n",
        "# 用 UTF-8 保存的文件\n",
    ),
    "Y102": Explanation(
        N_("Where the structure cannot be read, nothing after it can be trusted."),
        "  title: 行动方案: 2017 版\n",
        '  title: "行动方案: 2017 版"\n',
    ),
    "Y103": Explanation(
        N_("YAML readers silently take the last; a text merge in git can make such a pair without a word."),
        "    status: pending\n    status: done\n",
        "    status: done\n",
    ),
    "Y104": Explanation(
        N_(
            "They make one place in the file mean another, so that an edit of one line changes several items."
        ),
        "    lead: &lead [市科委]\n",
        "    lead: [市科委]\n",
    ),
    "Y105": Explanation(
        N_("A registry is one document; readers would take the first and drop the rest."),
        "format: 1\n---\n",
        "format: 1\n",
    ),
    "Y106": Explanation(
        N_("No registry nests so deep or is so wide; such a file is a mistake or an attack."),
        "    lead: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[市科委]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]\n",
        "    lead: [市科委]\n",
    ),
    "Y107": Explanation(
        N_("It cannot be seen in an editor, but terminals obey it and searches miss the word."),
        "    content: 建立\x07平台。\n",
        "    content: 建立平台。\n",
    ),
    "Y108": Explanation(
        N_("Two people changed the same lines; git has left both versions for somebody to choose."),
        "<<<<<<< HEAD\n    status: done\n=======\n    status: pending\n>>>>>>> other\n",
        "    status: done\n",
    ),
    "Y109": Explanation(
        N_("An empty file has no findings of its own, but it is hardly what was meant."),
        "# 空文件\n",
        "format: 1\n",
    ),
    "Y110": Explanation(
        N_("A file with so many is broken as a whole; listing them all would take minutes and help nobody."),
        "",
        "",
    ),
    "S201": Explanation(
        N_("A misspelt key is a field that nobody reads: 'supports:' would leave an item without support."),
        "    supports: [市教委]\n",
        "    support: [市教委]\n",
    ),
    "S202": Explanation(
        N_("A text where a list belongs would be read letter by letter, or not at all."),
        "    lead: 市科委\n",
        "    lead: [市科委]\n",
    ),
    "S203": Explanation(
        N_("A row of the table without it cannot be addressed, chased or dated."),
        "    lead:\n",
        "    lead: [市科委]\n",
    ),
    "S204": Explanation(
        N_("Scripts and the other commands rely on the values that the format names."),
        "    status: 已完成\n",
        "    status: done\n",
    ),
    "S205": Explanation(
        N_("After a space, # begins a comment in YAML: what follows is no part of the value."),
        "  title: 落实 #12 号文件\n",
        '  title: "落实 #12 号文件"\n',
    ),
    "N301": Explanation(
        N_("A name outside the register is a slip, or a body that nobody will find under its own name."),
        "    lead: [市科委会]\n",
        "    lead: [市科委]\n",
    ),
    "N302": Explanation(
        N_("The task would be missing from its section in every list and count."),
        "  section: 二\n",
        "  section: 一\n",
    ),
    "N303": Explanation(
        N_("It would be counted twice; most likely one of the two is another department's place."),
        "    lead: [市科委, 市科委]\n",
        "    lead: [市科委]\n",
    ),
    "N304": Explanation(
        N_("Who leads an item does not support it; one of the two cells holds a slip."),
        "    support: [市科委, 市教委]\n",
        "    support: [市教委]\n",
    ),
    "N305": Explanation(
        N_("Either the entry is left over, or an item has lost a department."),
        "  市教委: {}\n  市财政局: {}\n",
        "  市教委: {}\n",
    ),
    "N306": Explanation(
        N_("A search for the name would have to guess which of the two is meant."),
        "  市教委: {aliases: [市科委]}\n",
        "  市教委: {aliases: [市教育委员会]}\n",
    ),
    "N307": Explanation(
        N_("One body under two names is found, counted and chased only by half."),
        "    lead: [上海市科学技术委员会]\n",
        "    lead: [市科委]\n",
    ),
    "N308": Explanation(
        N_(
            "The list already parts the names; with the mark the name is another word, which no search finds."
        ),
        "    lead: [市科委、]\n",
        "    lead: [市科委]\n",
    ),
    "N309": Explanation(
        N_(
            "Names are typed and completed on command lines, where ; or $ may start another command. If the "
            "printed table has the character, leave it: --ignore N309."
        ),
        "  市教委: {successor: 市教育局;}\n",
        "  市教委: {successor: 市教育局}\n",
    ),
    "D401": Explanation(
        N_("Without a date nobody is reminded; and a date is never guessed."),
        "    schedule: 2019 年低\n",
        "    schedule: 2019 年底\n",
    ),
    "D402": Explanation(
        N_("Two offices would read it in two ways and wait for each other."),
        "    schedule: 2020 年前\n",
        "    schedule: 2020 年前\n    due: 2019-12-31\n",
    ),
    "D403": Explanation(
        N_("The printed wording counts; a date beside it that says otherwise misleads the reminders."),
        "    schedule: 2019 年底\n    due: 2020-12-31\n",
        "    schedule: 2019 年底\n",
    ),
    "D404": Explanation(
        N_("A date after the plan's end is nearly always a slip of a digit."),
        "    schedule: 2029 年底\n",
        "    schedule: 2019 年底\n",
    ),
    "D405": Explanation(
        N_("An extension decides when the item is overdue: it must name a day, and a later one."),
        "    schedule: 2019 年底\n"
        "    extensions:\n    - {date: 2019-11-05, to: 2018年底, reason: 设备延期到货}\n",
        "    schedule: 2019 年底\n"
        "    extensions:\n    - {date: 2019-11-05, to: 2020年底, reason: 设备延期到货}\n",
    ),
    "D406": Explanation(
        N_(
            "The words are understood, and yet nobody can be reminded: a day must still be agreed on, or"
            " the day of issue be written in the plan."
        ),
        "    schedule: 适时\n",
        "    schedule: 适时\n    due: 2019-12-31\n",
    ),
    "P501": Explanation(
        N_("Two answers to 'is it done?': lists show the one, reports of a past day the other."),
        "    status: pending\n",
        "    status: done\n",
    ),
    "P502": Explanation(
        N_("How things stood on a day is read from the order of the entries."),
        "    - date: 2020-11-05\n      status: in_progress\n",
        "    - date: 2019-11-05\n      status: in_progress\n",
    ),
    "P504": Explanation(
        N_("Nobody can tell on which day it was closed, nor whether that was in time."),
        "    status: done\n",
        "    status: done\n    progress:\n    - {date: 2019-11-05, status: done}\n",
    ),
    "T601": Explanation(
        N_("Two items under one address: a report on one would be recorded on the other."),
        "- id: 4\n  section: 一\n  title: 另一任务\n  items:\n"
        "  - {id: 1, content: 另一事项。, lead: [市科委], schedule: 2019 年底, status: pending}\n",
        "",
    ),
    "T602": Explanation(
        N_("Its tasks have lost their section, or the section is left over."),
        "  一: 增强主体内生动力\n  二: 建立信息库\n",
        "  一: 增强主体内生动力\n",
    ),
    "T603": Explanation(
        N_("A key task without a row has no department and no date: nobody will do it."),
        "- {id: 5, section: 一, title: 另一任务, items: []}\n",
        "",
    ),
}

"""rules: what a sound registry obeys, rule by rule, on both sides of each line that a rule draws."""

from pathlib import Path

import pytest

from chengguo.checks import rules
from chengguo.checks.rules import check
from chengguo.registry.reading import read_registry
from chengguo.text.findings import Finding, Severity
from chengguo.text.source import Source

SOUND = (Path(__file__).parent / "errors" / "sound.yaml").read_text(encoding="utf-8")
# Fields of the last item, 12.1.
LEAD = "lead: [各相关区政府, 市科委]"
SCHEDULE = "    schedule: 2019 年底\n"
LAST_SUPPORT = "    support: [市教委]\n" + SCHEDULE
# What has the status of item 8.1, and its two reports.
STATUS = "    status: done\n    progress"
REPORTS = "    - date: 2018-06-29\n      status: in_progress\n    - date: 2018-12-20\n      status: done\n"

Replacement = tuple[str, str]


def findings(*replacements: Replacement) -> tuple[Finding, ...]:
    """Check the sound registry with each of the old texts replaced, once."""
    changed = SOUND
    for old, new in replacements:
        assert old in changed
        changed = changed.replace(old, new, 1)
    return check(read_registry(Source("tasks.yaml", changed))).registry.findings


def codes(*replacements: Replacement) -> list[str]:
    return [finding.code for finding in findings(*replacements)]


def due(wording: str, day: str = "") -> Replacement:
    """Give item 12.1 another wording and, where given, an explicit day."""
    return SCHEDULE, f"    schedule: {wording}\n" + (f"    due: {day}\n" if day else "")


def test_the_sound_registry_is_sound() -> None:
    assert findings() == ()


def test_every_rule_says_what_it_holds() -> None:
    assert all(rule.find.__doc__ for rule in rules.RULES)


def test_every_check_of_a_rule_is_found_by_one_rule_alone() -> None:
    codes = [check.code for rule in rules.RULES for check in rule.checks]
    assert len(codes) == len(set(codes))


# Names.


@pytest.mark.parametrize(
    ("name", "code", "hint"),
    [
        ("市科技委", "N301", "Did you mean 市科委, 市教委?"),
        ("市科委、市教委", "N301", "These are several; give each by itself: 市科委, 市教委."),
        ("市信息中心", "N301", "Add it under 'departments:'."),
        ("市科学技术委员会", "N307", "Write 市科委, the registered name."),
        ("上海市科学技术委员会", "N307", "Write 市科委, the registered name."),
        ("市科委\u3000", "N307", "Write 市科委, the registered name."),
        ("市科委、", "N308", "Write 市科委."),
        ("、市科委；", "N308", "Write 市科委."),
        ("市科学技术委员会；", "N308", "Write 市科委."),
    ],
)
def test_a_name_that_is_not_the_registered_one(name: str, code: str, hint: str) -> None:
    (finding,) = findings((LEAD, f"lead: [各相关区政府, '{name}']"))
    assert (finding.code, finding.hint, finding.address) == (code, hint, "12.1")


@pytest.mark.parametrize("name", ["市科学技术委员会", "市科委、", "市科委 "])
def test_a_name_with_one_right_answer_has_it_as_its_fix(name: str) -> None:
    (finding,) = findings((LEAD, f"lead: [各相关区政府, '{name}']"))
    assert finding.fix == "市科委"


def test_a_name_that_is_guessed_at_has_no_fix() -> None:
    (finding,) = findings((LEAD, "lead: [各相关区政府, 市科技委]"))
    assert finding.fix is None


@pytest.mark.parametrize(
    ("replacement", "code", "first"),
    [
        ((LEAD, "lead: [市科委, 各相关区政府, 市科委]"), "N303", "市科委"),
        ((LAST_SUPPORT, "    support: [市教委, 市教委]\n" + SCHEDULE), "N303", "市教委"),
        ((LAST_SUPPORT, "    support: [市教委, 市科委]\n" + SCHEDULE), "N304", "市科委"),
    ],
)
def test_a_department_stands_once_in_a_row(replacement: Replacement, code: str, first: str) -> None:
    (finding,) = findings(replacement)
    (related,) = finding.related
    text = SOUND.replace(*replacement)
    assert (finding.code, finding.address) == (code, "12.1")
    assert text[slice(*finding.span)] == text[slice(*related)] == first
    assert related < finding.span


def test_one_department_under_two_names_stands_twice() -> None:
    assert codes((LEAD, "lead: [各相关区政府, 市科委, 市科学技术委员会]")) == ["N307", "N303"]


def test_a_name_that_nobody_knows_stands_twice_too() -> None:
    assert codes((LEAD, "lead: [各相关区政府, 市某委, 市某委]")) == ["N301", "N301", "N303"]


def test_a_department_may_lead_one_row_and_support_another() -> None:
    assert codes(("lead: [市科委]\n    support: [市教委]", "lead: [市教委]\n    support: [市科委]")) == []


def test_an_entry_that_is_used_only_under_another_name_is_used() -> None:
    assert codes((LEAD, "lead: [各相关 区政府, 市科委]")) == ["N307"]


def test_an_entry_that_is_not_used_is_a_warning() -> None:
    (finding,) = findings(("sections:", "  市信息中心:\n\nsections:"))
    assert (finding.code, finding.severity, finding.message) == (
        "N305",
        "warning",
        "no item names '市信息中心'",
    )


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("aliases: [市科委]", "'市科委' is also a name of '市科委'"),
        ("aliases: [市科学技术委员会]", "'市科学技术委员会' is also a name of '市科委'"),
        ("aliases: [x]\n    full: 上海市科学技术委员会", "'上海市科学技术委员会' is also a name of '市科委'"),
    ],
)
def test_two_entries_may_not_claim_one_name(entry: str, message: str) -> None:
    (finding,) = findings(("    full: 上海市教育委员会\n", f"    {entry}\n"))
    assert (finding.code, finding.message, len(finding.related)) == ("N306", message, 1)


def test_an_entry_may_repeat_its_own_name() -> None:
    assert codes(("    full: 上海市教育委员会\n", "    full: 市教委\n    aliases: [市教委, 市教委]\n")) == []


# Sections and ids.


def test_a_section_must_be_in_the_list() -> None:
    (finding,) = findings(("  四: 优化科技成果转移转化生态体系\n", ""))
    assert (finding.code, finding.message, finding.hint, finding.address) == (
        "N302",
        "no section '四' in the list of sections",
        "Sections: 三.",
        "12",
    )


def test_a_section_of_the_list_must_have_a_task() -> None:
    (finding,) = findings(("sections:\n", "sections:\n  二: 建立开放共享的科技成果信息库\n"))
    assert (finding.code, finding.message) == ("T602", "section '二' has no task")


def test_a_task_must_have_an_item() -> None:
    empty = "- id: 9\n  section: 四\n  title: 着力建设研发与转化功能型平台\n  items: []\n"
    (finding,) = findings(("\n- id: 12\n", f"\n{empty}- id: 12\n"))
    assert (finding.code, finding.address) == ("T603", "9")


def test_a_task_id_stands_once() -> None:
    (finding,) = findings(("- id: 12\n", "- id: 8\n"))
    assert (finding.code, finding.message, finding.address) == ("T601", "task 8 stands twice", "8")
    assert [SOUND[slice(*span)] for span in finding.related] == ["8"]


def test_an_item_id_stands_once_in_its_task() -> None:
    (finding,) = findings(("  - id: 3\n", "  - id: 1\n"))
    assert (finding.code, finding.message, finding.address) == (
        "T601",
        "item 1 stands twice in task 8",
        "8.1",
    )


def test_items_of_two_tasks_may_have_one_id() -> None:
    assert codes(("  - id: 3\n", "  - id: 2\n"), ("- id: 12\n", "- id: 13\n")) == []


def test_ids_that_cannot_be_read_are_not_alike() -> None:
    assert codes(("  - id: 1\n", "  - id: x\n"), ("  - id: 3\n", "  - id: x\n")) == ["S204", "S204"]
    assert codes(("- id: 8\n", "- id: x\n"), ("- id: 12\n", "- id: x\n")) == ["S204", "S204"]


def test_ids_need_no_order_and_no_sequence() -> None:
    assert codes(("- id: 8\n", "- id: 99\n"), ("  - id: 1\n", "  - id: 40\n")) == []


# Dates.


@pytest.mark.parametrize(
    ("replacement", "expected"),
    [
        (due("2019 年低"), ["D401"]),
        (due("2019年2月30日"), ["D401"]),
        (due("2019 年低", "2019-12-31"), []),
        (due("持续推进"), []),
        (due("持续推进", "2019-12-31"), []),
        (due("2019 年前"), ["D402"]),
        (due("2019 年前", "2018-12-31"), []),
        (due("2019 年前", "2019-12-31"), []),
        (due("2019 年底", "2019-12-31"), []),
        (due("2019 年底", "2019-12-30"), ["D403"]),
        (due("2019 年底", "2020-12-31"), ["D403"]),
        (due("2016 年底"), ["D404"]),
        (due("2017-01-01"), []),
        (due("2020 年底"), []),
        (due("2021-01-01"), ["D404"]),
        (due("2019 年低", "2016-12-31"), ["D404"]),
        (due("2019 年底", "2021-12-31"), ["D403", "D404"]),
    ],
)
def test_a_schedule_is_read_and_agrees_with_the_day_and_the_years(
    replacement: Replacement, expected: list[str]
) -> None:
    assert codes(replacement) == expected


def test_without_years_no_day_lies_outside_them() -> None:
    assert codes(("  years: 2017-2020\n", ""), due("2029 年底")) == []


def test_a_day_outside_is_shown_where_it_is_written() -> None:
    replacement = due("2019 年低", "2016-12-31")
    (finding,) = findings(replacement)
    assert SOUND.replace(*replacement)[slice(*finding.span)] == "2016-12-31"
    assert finding.message == "due 2016-12-31 lies outside the plan's years 2017-2020"


def test_a_doubt_is_a_warning_that_says_why() -> None:
    (finding,) = findings(due("2019 年前"))
    assert finding.severity == "warning"
    assert finding.message == (
        "the schedule '2019 年前' is doubtful: read as 2018-12-31; it may mean 2019-12-31"
    )


# Progress.


@pytest.mark.parametrize(
    ("replacements", "expected"),
    [
        ([(STATUS, STATUS.replace("done", "blocked"))], ["P501"]),
        ([(STATUS, STATUS.replace("done", "in_progress"))], ["P501"]),
        ([("      status: done\n", "")], ["P501"]),
        ([("      status: done\n", ""), (STATUS, STATUS.replace("done", "in_progress"))], []),
        ([(REPORTS, "    - date: 2018-12-20\n")], ["P504"]),
        ([(REPORTS, REPORTS.replace("06-29", "12-20"))], []),
        ([(REPORTS, REPORTS.replace("06-29", "12-21"))], ["P502"]),
        ([(REPORTS, REPORTS.replace("2018-06-29", "2019-06-29"))], ["P502"]),
        ([(REPORTS, REPORTS.replace("in_progress", "进行中"))], ["S204"]),
    ],
)
def test_the_status_is_the_last_report_and_reports_stand_in_order(
    replacements: list[Replacement], expected: list[str]
) -> None:
    assert codes(*replacements) == expected


def test_a_status_that_disagrees_points_to_the_report() -> None:
    (finding,) = findings((STATUS, STATUS.replace("done", "blocked")))
    assert (finding.code, finding.address, len(finding.related)) == ("P501", "8.1", 1)
    assert finding.message == "the status is blocked, but the last progress entry (2018-12-20) says done"


def test_each_entry_out_of_order_is_a_finding() -> None:
    days = ("2018-12-03", "2018-12-02", "2018-12-04", "2018-12-01")
    reports = "".join(f"    - date: {day}\n      status: done\n" for day in days)
    found = findings((REPORTS, reports))
    assert [finding.message for finding in found] == [
        "the entry of 2018-12-02 stands behind that of 2018-12-03",
        "the entry of 2018-12-01 stands behind that of 2018-12-04",
    ]


# All together.


def test_findings_of_all_rules_stand_in_the_order_of_the_file() -> None:
    found = findings(
        ("  市教委:", "  市信息中心:\n  市教委:"),
        ("sections:\n", "sections:\n  二: 建立开放共享的科技成果信息库\n"),
        (STATUS, STATUS.replace("done", "blocked")),
        ("  - id: 3\n", "  - id: 1\n"),
        (LEAD, "lead: [各相关区政府, 市科技委]"),
        due("2019 年低"),
    )
    assert [finding.code for finding in found] == ["N305", "T602", "P501", "T601", "N301", "D401"]
    assert [finding.address for finding in found] == [None, None, "8.1", "8.1", "12.1", "12.1"]


def test_rules_look_at_what_can_be_read_beside_what_cannot() -> None:
    assert codes((LEAD, "lead: [[x], 市科技委, 各相关区政府]"), due("[x]")) == ["S202", "N301", "S202"]


@pytest.mark.parametrize("broken", ["", "# 注\n", "a: [\n", "[" * 40, "- a\n"])
def test_what_cannot_be_read_at_all_is_checked_no_further(broken: str) -> None:
    document = read_registry(Source("tasks.yaml", broken))
    assert check(document).registry.findings == document.registry.findings
    assert len(document.registry.findings) == 1


def test_that_there_is_more_is_said_once() -> None:
    keys = "".join(f"  k{number}: x\n" for number in range(1500))
    assert codes(("  years: 2017-2020\n", keys), due("2019 年低")).count("Y110") == 1


def renamed(name: str) -> list[Replacement]:
    """Give 市教委 another name everywhere."""
    return [("  市教委:\n", f'  "{name}":\n'), *[("[市教委]", f'["{name}"]')] * SOUND.count("[市教委]")]


@pytest.mark.parametrize("name", ["各区(县)政府", "市 甲局", "市乙局:一处", "市委“两新”工委", "A-1.局"])
def test_a_name_that_no_shell_acts_on(name: str) -> None:
    assert findings(*renamed(name)) == ()


@pytest.mark.parametrize(
    ("name", "characters"),
    [
        ("市局;x", ";"),
        ("市局$(x)", "$"),
        ("市局\u200b", "U+200B ZERO WIDTH SPACE"),
        ("市\u3000局", "U+3000"),
        ("市\\n局\\t", "U+000A, U+0009"),
    ],
)
def test_a_name_that_a_shell_or_a_terminal_acts_on(name: str, characters: str) -> None:
    (finding,) = findings(*renamed(name))
    assert (finding.code, finding.severity) == ("N309", Severity.WARNING)
    assert characters in finding.message
    (of_section,) = findings(("  四:", f'  "{name}":'), ("section: 四\n", f'section: "{name}"\n'))
    assert of_section.code == "N309"


def test_a_blank_that_is_no_space_is_named() -> None:
    (finding,) = findings(("    status: pending\n", "    status: pending\u00a0\n"))
    assert finding.message == "'pending\u00a0' cannot stand here: there is U+00A0 NO-BREAK SPACE in it"

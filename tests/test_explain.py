"""What explain says of the codes: every one explained, and every example run."""

import re
from collections import Counter

import pytest

from chengguo.checks.rules import CHECKS, GROUPS
from chengguo.language import in_chinese
from chengguo.text.findings import MOST, Severity
from conftest import Run

WARNINGS = {code for code, check in CHECKS.items() if check.severity is Severity.WARNING}

# The sound registry that the examples stand in.
BASE = """\
format: 1
plan:
  title: 行动方案
  years: 2017-2020
departments:
  市科委: {full: 上海市科学技术委员会}
  市教委: {}
sections:
  一: 增强主体内生动力
tasks:
- id: 4
  section: 一
  title: 示例任务
  items:
  - id: 1
    content: 建立平台。
    lead: [市科委]
    support: [市教委]
    schedule: 2019 年底
    status: done
    progress:
    - date: 2019-11-05
      status: in_progress
    - date: 2019-12-20
      status: done
- id: 6
  section: 一
  title: 其他任务
  items:
  - {id: 1, content: 内容, lead: [市科委], support: [市教委], schedule: 持续推进, status: pending}
"""
END = ""  # an example that is put behind all the rest
LEAD = "    lead: [市科委]\n"
SUPPORT = "    support: [市教委]\n"
SCHEDULE = "    schedule: 2019 年底\n"
STATUS = "    status: done\n"
REPORTS = (
    "    progress:\n    - date: 2019-11-05\n      status: in_progress\n"
    "    - date: 2019-12-20\n      status: done\n"
)
TITLE = "  title: 行动方案\n"
FORMAT = "format: 1\n"
REGISTERED = "  市教委: {}\n"
# Which lines of the registry the examples of a code take the place of.
REPLACED = {
    "Y102": TITLE,
    "Y103": STATUS,
    "Y104": LEAD,
    "Y105": FORMAT,
    "Y106": LEAD,
    "Y107": "    content: 建立平台。\n",
    "Y108": STATUS,
    "S201": SUPPORT,
    "S202": LEAD,
    "S203": LEAD,
    "S204": STATUS,
    "S205": TITLE,
    "S206": END,
    "N301": LEAD,
    "N302": "  section: 一\n",
    "N303": LEAD,
    "N304": SUPPORT,
    "N305": REGISTERED,
    "N306": REGISTERED,
    "N307": LEAD,
    "N308": LEAD,
    "N309": REGISTERED,
    "N310": "    - date: 2019-11-05\n      status: in_progress\n",
    "D401": SCHEDULE,
    "D402": SCHEDULE,
    "D403": SCHEDULE,
    "D404": SCHEDULE,
    "D406": SCHEDULE,
    "D405": SCHEDULE,
    "P501": STATUS,
    "P504": STATUS + REPORTS,
    "P502": "    - date: 2019-11-05\n      status: in_progress\n",
    "P503": "    - date: 2019-11-05\n      status: in_progress\n",
    "P505": "    - date: 2019-11-05\n      status: in_progress\n",
    "P506": STATUS + REPORTS,
    "P507": "    - date: 2019-12-20\n      status: done\n",
    "T601": END,
    "T602": "  一: 增强主体内生动力\n",
    "T603": END,
}
# Y101 is about bytes, Y109 about a whole file, Y110 about a number, N311 about several files: each has a test
# of its own.
APART = {"Y100", "Y101", "Y109", "Y110", "N311"}
# What comes with a finding: the fields that stand behind the second "---"; the example's empty list.
BESIDE = {"Y105": {"S203": 4}}


def with_example(code: str, example: str) -> str:
    """Put an example in its place in the registry."""
    lines = REPLACED[code]
    assert lines in BASE
    return BASE.replace(lines, example, 1) if lines else BASE + example


def found(run: Run, data: str | bytes) -> Counter[str]:
    """Give the codes of the findings in a registry, each with its number."""
    data = data.encode() if isinstance(data, str) else data
    outcome = run("validate", "-", "--format", "concise", stdin=data)
    assert outcome.err == ""
    codes = Counter(line.split()[1] for line in outcome.out.splitlines())
    assert outcome.code == int(bool(codes.keys() - WARNINGS))
    return codes


# -- the examples --------------------------------------------------------------------------------


def test_every_code_is_explained_and_no_other() -> None:
    assert [*CHECKS] == sorted(CHECKS, key=lambda code: ([*GROUPS].index(code[0]), code))


def test_every_example_is_run() -> None:
    assert REPLACED.keys() | APART == CHECKS.keys()


def test_the_registry_of_the_examples_is_sound(run: Run) -> None:
    assert found(run, BASE) == {}


@pytest.mark.parametrize(
    "code",
    [pytest.param(code) if code == "Y104" else code for code in REPLACED],
)
def test_a_wrong_example_has_its_finding(run: Run, code: str) -> None:
    wrong = with_example(code, CHECKS[code].wrong)
    assert found(run, wrong) == {code: 1} | BESIDE.get(code, {})


@pytest.mark.parametrize("code", REPLACED)
def test_a_right_example_has_no_finding(run: Run, code: str) -> None:
    assert found(run, with_example(code, CHECKS[code].right)) == {}


def test_the_examples_of_y101_differ_in_their_bytes(run: Run) -> None:
    wrong, right = CHECKS["Y101"].wrong, CHECKS["Y101"].right
    assert found(run, (wrong + BASE).encode("gbk")) == {"Y101": 1}
    assert found(run, right + BASE) == {}


def test_the_wrong_example_of_y109_is_a_whole_file_and_the_right_one_its_first_line(run: Run) -> None:
    wrong, right = CHECKS["Y109"].wrong, CHECKS["Y109"].right
    assert found(run, wrong) == {"Y109": 1}
    assert found(run, BASE.replace(FORMAT, right, 1)) == {}


@pytest.mark.parametrize(("count", "codes"), [(MOST, {"N307": MOST}), (MOST + 1, {"N307": MOST, "Y110": 1})])
def test_y110_is_a_matter_of_number(run: Run, count: int, codes: dict[str, int]) -> None:
    item = "  - {id: %d, content: 内容, lead: [上海市科学技术委员会], schedule: 持续推进, status: pending}\n"
    assert found(run, BASE + "".join(item % number for number in range(2, count + 2))) == codes


# -- the command ---------------------------------------------------------------------------------

D401 = """\
D401 a schedule wording that cannot be read (dates, error)

Without a date nobody is reminded; and a date is never guessed.

Wrong:

        schedule: 2019 年低

Right:

        schedule: 2019 年底
"""
T603 = """\
T603 a task without items (structure, error)

A key task without a row has no department and no date: nobody will do it.

Wrong:

    - {id: 5, section: 一, title: 另一任务, items: []}
"""


def test_a_code_is_explained(run: Run) -> None:
    assert run("explain", "D401") == (0, D401, "")


def test_several_codes_are_explained_in_the_order_given(run: Run) -> None:
    assert run("explain", "T603", "D401") == (0, f"{T603}\n{D401}", "")


@pytest.mark.parametrize("word", ["d401", " D401 ", "D401"])
def test_case_and_blanks_do_not_matter(run: Run, word: str) -> None:
    assert run("explain", word) == (0, D401, "")


@pytest.mark.parametrize("code", CHECKS)
def test_every_code_is_shown_with_all_that_there_is(run: Run, code: str) -> None:
    outcome = run("explain", code)
    check = CHECKS[code]
    head, told, *_examples = outcome.out.removesuffix("\n").split("\n\n")
    assert (outcome.code, outcome.err) == (0, "")
    assert (head, told) == (f"{code} {check.meaning} ({GROUPS[code[0]]}, {check.severity})", check.why)
    shown = re.sub(r"(?m)^ {4}", "", outcome.out)
    assert all(example.replace("\x07", r"\x07") in shown for example in (check.wrong, check.right))


def test_the_control_character_of_an_example_is_made_visible(run: Run) -> None:
    out = run("explain", "Y107").out
    assert "\n        content: 建立\\x07平台。\n" in out
    assert out.replace("\n", "").isprintable()


def test_no_heading_stands_over_nothing(run: Run) -> None:
    assert run("explain", "Y110").out == (
        "Y110 more findings than are shown (YAML and text, error)\n"
        "\n"
        "A file with so many is broken as a whole; listing them all would take minutes and help nobody.\n"
    )


def test_without_a_code_all_are_listed_by_group(run: Run) -> None:
    lines = []
    for group, title in GROUPS.items():
        lines += [
            title,
            *(f"  {code}  {check.meaning}" for code, check in CHECKS.items() if code[0] == group),
        ]
    assert run("explain") == (0, "\n".join(lines) + "\n", "")
    assert len(lines) == len(GROUPS) + len(CHECKS)


@pytest.mark.parametrize("words", [["X999"], ["D401", "X999"], ["x999", "D401"], ["X999", "X998"]])
def test_an_unknown_code_is_wrong_usage(run: Run, words: list[str]) -> None:
    message = "chengguo: there is no code 'X999'\n  hint: 'chengguo explain' lists the codes.\n"
    assert run("explain", *words) == (2, "", message)


def test_a_group_is_no_code(run: Run) -> None:
    assert run("explain", "D").code == 2


# -- in Chinese ----------------------------------------------------------------------------------


def test_a_code_is_explained_in_chinese(run: Run) -> None:
    out = run("explain", "D401", LANG="zh_CN.UTF-8").out
    head, why, wrong, *examples = out.split("\n\n")
    assert head == f"D401 {in_chinese(CHECKS['D401'].meaning)}（{in_chinese(GROUPS['D'])}，错误）"
    assert why == in_chinese(CHECKS["D401"].why)
    assert [wrong, *examples] == [
        "错误：",
        "        schedule: 2019 年低",
        "正确：",
        "        schedule: 2019 年底\n",
    ]


@pytest.mark.parametrize("code", CHECKS)
def test_every_explanation_is_in_both_languages(code: str) -> None:
    for words in (CHECKS[code].meaning, CHECKS[code].why, GROUPS[code[0]]):
        assert re.search("[a-z]{3}", words)
        assert re.search("[\u4e00-\u9fff]{2}", in_chinese(words))

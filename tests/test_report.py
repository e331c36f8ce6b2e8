"""The page for leaders and the 通报: its numbers are those of the other commands, in every format."""

import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import docx
import pytest

from conftest import Run
from offices import office
from rounds import rounds
from rounds import words as written

NUMBERS = """\
{% set f, d, c = page.figures, page.fulfilment, page.changes %}
{"items": {{ f.total }}, "done": {{ f.done }}, "cancelled": {{ f.cancelled }}, "overdue": {{ f.overdue }},
 "missed": {{ f.missed }}, "due_soon": {{ page.due_soon }}, "unreported": {{ page.silence.entries|length }},
 "expected": {{ d.expected }}, "fulfilled": {{ d.done }}, "in_time": {{ d.in_time }},
 "troubled": {{ page.troubled.total }}, "coming": {{ page.coming.total }}, "reports": {{ c.reports }},
 "lights": { {% for each in page.bars %}{% for tally in each.tallies %}
  "{{ each.name }} {{ tally.light.name }}": {{ tally.total }},{% endfor %}{% endfor %} "": 0},
 "offices": { {% for each in page.offices %}
  "{{ each.name }}": [{{ each.lead }}, {{ each.done }}, {{ each.overdue }}, {{ each.missed }},
  {{ each.unreported }}],{% endfor %} "": 0},
 "changes": { {% for name, among in (("done", c.done), ("overdue", c.overdue), ("extended", c.extended),
  ("returned", c.returned)) %}"{{ name }}": "{{ among|map(attribute="number")|join(" ") }}",
 {% endfor %} "": 0}}
"""


def objects(run: Run, *words: str) -> list[dict[str, Any]]:
    outcome = run(*words, "--format", "jsonl")
    assert outcome.code == 0, outcome.err
    return [json.loads(line) for line in outcome.out.splitlines()]


@pytest.mark.parametrize("day", ["2017-12-31", "2019-01-01", "2019-10-01", "2019-12-10", "2020-03-01"])
@pytest.mark.parametrize("reports", ["", "每月25日前"])
def test_every_number_is_that_of_the_other_commands(run: Run, tmp_path: Path, day: str, reports: str) -> None:
    office(tmp_path, reports=reports)
    (tmp_path / "numbers.txt").write_text(NUMBERS, encoding="utf-8")
    on = ("--as-of", day)
    outcome = run("report", "-", "--since", "2017-02-01", "--template", "numbers.txt", *on)
    assert (outcome.code, outcome.err) == (0, "")
    told = json.loads(outcome.out)
    groups = objects(run, "stats", *on)
    for name, key in (("items", "total"), ("done", "done"), ("overdue", "overdue"), ("missed", "missed")):
        assert told[name] == sum(group[key] for group in groups), name
    still_open = ("--not-status", "done", "--not-status", "cancelled")
    due = objects(run, "due", "--within", "30d", *on)
    assert told["coming"] == len(due)
    assert told["due_soon"] == len(due)
    assert told["unreported"] == len(objects(run, "overdue", "--reports", *on))
    expected = objects(run, "list", "--due-by", day, "--not-status", "cancelled", *on)
    fulfilled = [item for item in expected if item["status"] == "done"]
    late = objects(run, "list", "--alert", "done_late", "--status", "done", *on)
    assert (told["expected"], told["fulfilled"]) == (len(expected), len(fulfilled))
    assert told["in_time"] == len(fulfilled) - len(late)
    overdue = objects(run, "overdue", *on)
    blocked = objects(run, "list", "--status", "blocked", *on)
    named = {item["id"] for item in overdue}
    assert told["troubled"] == len(overdue) + sum(item["id"] not in named for item in blocked)
    assert told["reports"] == len(objects(run, "log", "--since", "2017-02-01", "--until", day))
    for name, count in told["lights"].items():
        kind, _, light = name.partition(" ")
        if light in ("红", "黄", "绿"):
            lit = objects(run, "list", "--light", light, *still_open, *on)
            ongoing = {item["id"] for item in objects(run, "list", "--ongoing", *on)}
            assert count == sum((item["id"] in ongoing) == (kind == "持续推进") for item in lit)
    assert sum(told["lights"].values()) == told["items"]
    loads = {load["name"]: load for load in objects(run, "depts", *on) if load["lead"]}
    done = {group["key"]: group["done"] for group in objects(run, "stats", "--by", "dept", *on)}
    del told["offices"][""]
    assert told["offices"] == {
        name: [load["lead"], done[name], load["overdue"], load["missed"], load["unreported"]]
        for name, load in loads.items()
    }


def test_changes_are_those_of_the_days_told_of(run: Run, tmp_path: Path) -> None:
    office(tmp_path)
    (tmp_path / "numbers.txt").write_text(NUMBERS, encoding="utf-8")

    def changes(*words: str) -> dict[str, str]:
        outcome = run("report", "-", "--template", "numbers.txt", *words)
        assert outcome.code == 0, outcome.err
        found: dict[str, str] = json.loads(outcome.out)["changes"]
        return found

    september = {"done": "5.1 13.1", "overdue": "", "extended": "6.2", "returned": "", "": 0}
    assert changes("--period", "2019-09") == september
    assert changes("--since", "2019-09-01", "--as-of", "2019-09-30") == september
    assert changes("--period", "2019-09", "--as-of", "2019-11-01") == {**september, "done": "5.1 13.1"}
    assert changes("--period", "2019-Q4", "--as-of", "2019-10-31")["returned"] == "5.1"
    assert changes("--since", "2019-09-28", "--as-of", "2019-09-28")["done"] == "13.1"
    assert changes("--since", "2019-09-29", "--as-of", "2019-10-05")["done"] == ""


def test_the_text_can_be_sent_as_it_is(run: Run, tmp_path: Path) -> None:
    office(tmp_path, reports="每月25日前")
    outcome = run("report", "-", "--period", "2019-09", "--office", "市推进办")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith(
        "【通报】上海市促进科技成果转移转化行动方案(2017—2020)推进情况\n"
        "市推进办\n（2019-09期，2019年8月26日至2019年9月25日）\n\n一、总体情况\n"
        "截至2019年9月25日，共24项：已完成4项（16.7%），逾期1项（4.2%），30天内到期0项，未报告"
    )
    assert "截至当日应完成4项，已完成3项（75%），其中按期完成2项，按期完成率50%。" in outcome.out
    assert "\n新完成1项：\n- 5.1 积极推动科技成果信息的开发利用（市科委、市教委）" in outcome.out
    assert "\n延期1项：\n- 6.2 " in outcome.out
    assert "\n五、近期到期（30天内0项）\n无。\n\n六、未报告（2019-09期）\n- 市科委：" in outcome.out
    assert not re.search(r"\n\n\n| \n|[{}%]{2}", outcome.out)


@pytest.mark.parametrize("name", ["page.html", "page.docx", "page.md", "page.txt"])
def test_the_same_file_and_day_give_the_same_bytes_in_every_language(
    run: Run, tmp_path: Path, name: str
) -> None:
    office(tmp_path)
    words = ("report", name, "--as-of", "2019-10-01", "--force")
    made = set()
    for language in ("C.UTF-8", "zh_CN.UTF-8"):
        assert run(*words, LANG=language).code == 0
        made.add((tmp_path / name).read_bytes())
    assert len(made) == 1
    refused = run(*words[:-1])
    assert (refused.code, refused.out) == (1, "")
    assert refused.err == f"chengguo: {name} exists\n  hint: Name another file, or use --force.\n"


class _Tags(HTMLParser):
    """What tags a page has, with their attributes, and whether they are closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attributes)))
        if tag not in ("meta", "rect", "line"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("rect", "line"):
            assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attributes)))


def test_the_page_holds_all_it_needs_and_says_it_to_everybody(run: Run, tmp_path: Path) -> None:
    office(tmp_path)
    text = run("report", "-", "--format", "html", "--as-of", "2019-12-10").out
    page = _Tags(text)
    assert page.open == []
    names = {tag for tag, _attributes in page.found}
    assert names.isdisjoint({"script", "link", "img", "iframe", "object"})
    assert not re.search(r"https?:|@import|url\(|\son[a-z]+=", text)
    assert ("html", {"lang": "zh-CN"}) in page.found
    assert [tag for tag, _attributes in page.found if tag in ("h1", "h2")] == ["h1", *["h2"] * 6]
    assert all(each.get("aria-label") for tag, each in page.found if tag == "svg")
    assert all(each.get("scope") for tag, each in page.found if tag == "th")
    assert "方案 &lt;b&gt;起草&lt;/b&gt;" in text
    assert "<b>起草" not in text


def test_the_markdown_takes_nothing_for_markup(run: Run, tmp_path: Path) -> None:
    office(tmp_path)
    text = run("report", "-", "--format", "md", "--as-of", "2019-12-10").out
    assert "&lt;b&gt;起草&lt;/b&gt; \\| 1" in text
    assert not re.search(r"\n\n\n|<br>", text)
    widths = {row.count("|") for row in text.replace("\\|", "").splitlines() if row.startswith("| 1")}
    assert widths == {7, 12}


def test_the_document_is_an_official_paper(run: Run, tmp_path: Path) -> None:
    office(tmp_path)
    assert run("report", "page.docx", "--as-of", "2019-12-10", "--office", "市推进办").code == 0
    made = docx.Document(io.BytesIO((tmp_path / "page.docx").read_bytes()))
    section = made.sections[0]
    millimetres = (section.page_width, section.top_margin, section.left_margin, section.right_margin)
    assert [round(each / 36000) for each in millimetres if each] == [210, 37, 28, 26]
    grid = section._sectPr.find("{*}docGrid")
    assert [value for _name, value in sorted(grid.items())] == ["-848", "579", "linesAndChars"]
    texts = [paragraph.text for paragraph in made.paragraphs if paragraph.text]
    assert "".join(texts[:2]) == "上海市促进科技成果转移转化行动方案(2017—2020)推进情况"
    assert texts[-2:] == ["市推进办", "2019年12月10日"]
    fonts = re.findall('w:eastAsia="(.*?)"', made.paragraphs[0]._p.xml)
    assert fonts == ["方正小标宋简体"]
    assert [len(table.rows) for table in made.tables] == [3, 8, 13]


def test_a_template_of_the_office_is_filled_in(run: Run, tmp_path: Path) -> None:
    office(tmp_path)
    document = docx.Document()
    document.add_paragraph("{{ page.title }}：{{ page.figures.done }}项 {{ page.day|day }}")
    document.save(str(tmp_path / "own.docx"))
    assert run("report", "page.docx", "--as-of", "2019-10-01", "--template", "own.docx").code == 0
    filled = docx.Document(str(tmp_path / "page.docx"))
    assert filled.paragraphs[0].text == "上海市促进科技成果转移转化行动方案(2017—2020)：5项 2019年10月1日"


@pytest.mark.parametrize(
    ("template", "reason"),
    [
        ("一行\n{{ page.nothing }}", "own.txt: the template cannot be filled in: "),
        ("一行\n{% for %}", "own.txt:2: the template cannot be filled in: "),
        ("{{ page.__class__.__mro__ }}", "own.txt: the template cannot be filled in: "),
    ],
)
def test_a_template_that_cannot_be_filled_in_is_told(
    run: Run, tmp_path: Path, template: str, reason: str
) -> None:
    office(tmp_path)
    (tmp_path / "own.txt").write_text(template, encoding="utf-8")
    outcome = run("report", "out.txt", "--template", "own.txt")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"chengguo: {reason}")
    assert not (tmp_path / "out.txt").exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("page.pdf",), "page.pdf is none of .html, .docx, .md, .txt"),
        (("-", "--since", "2019-09-01", "--period", "2019-09"), "--since and --period do not go together"),
        (("-", "--period", "2019-13"), "--period: '2019-13' is no period"),
        (("-", "--since", "2019-09-01", "--as-of", "2019-08-01"), "what it tells of begins on 2019-09-01"),
        (("-", "--template", "none.txt"), "there is no file none.txt"),
        (("-", "--format", "docx", "--template", "tasks.yaml"), "tasks.yaml is no Word document"),
    ],
)
def test_words_that_do_not_fit_are_told(
    run: Run, tmp_path: Path, words: tuple[str, ...], message: str
) -> None:
    office(tmp_path)
    outcome = run("report", *words)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"chengguo: {message}")


def test_a_table_without_any_item_has_a_page(run: Run, tmp_path: Path) -> None:
    head = "format: 1\nplan: {title: 方案}\ndepartments: {甲: {}}\nsections: {一: 部分}\ntasks: []\n"
    (tmp_path / "tasks.yaml").write_text(head, encoding="utf-8")
    for kind in ("html", "docx", "md", "txt"):
        assert run("report", f"page.{kind}", "--as-of", "2019-10-01").code == 0
    assert "共0项：已完成0项（—）" in (tmp_path / "page.txt").read_text(encoding="utf-8")


def test_no_page_has_the_signature_alone_and_a_long_title_is_parted_at_a_bracket(
    run: Run, tmp_path: Path
) -> None:
    office(tmp_path)
    assert run("report", "通报.docx", "--office", "推进办", "--as-of", "2019-09-25").code == 0
    paragraphs = docx.Document(str(tmp_path / "通报.docx")).paragraphs
    assert [each.text for each in paragraphs[:2]] == [
        "上海市促进科技成果转移转化行动方案",
        "(2017—2020)推进情况",
    ]
    *_before, last, blank, signed, day = paragraphs
    assert (blank.text, signed.text, day.text) == ("", "推进办", "2019年9月25日")
    assert last.text
    assert all(each.paragraph_format.keep_with_next for each in (last, blank, signed))


SOON = """\
format: 1
plan: {title: 方案, years: 2019-2020}
departments: {甲局: {}}
sections: {一: 第一部分}
tasks:
- id: 1
  section: 一
  title: 建设平台
  items:
  - id: 1
    content: 建设平台。
    lead: [甲局]
    schedule: 2019年6月底前完成方案，2020年底前建成
    status: in_progress
"""


def test_a_milestone_counts_in_number_table_and_text(run: Run, tmp_path: Path) -> None:
    (tmp_path / "tasks.yaml").write_text(SOON, encoding="utf-8")
    on = ("--as-of", "2019-06-15")
    assert len(objects(run, "due", "--within", "30d", *on)) == 1
    text = run("report", "-", *on).out
    assert "30天内到期节点1个" in text
    assert "五、近期到期（30天内节点1个）\n- 1.1（节点1） 建设平台" in text
    assert "30天内到期节点1个" in run("report", "-", "--format", "md", *on).out


@pytest.mark.parametrize(("days", "near"), [("3", 0), ("20", 1)])
def test_what_is_near_is_set_for_papers_as_for_due(run: Run, tmp_path: Path, days: str, near: int) -> None:
    (tmp_path / "tasks.yaml").write_text(SOON, encoding="utf-8")
    on = ("--as-of", "2019-06-15")
    rows = run("due", "--within", f"{days}d", "--format", "jsonl", *on).out.splitlines()
    assert sum(json.loads(row)["part"] is not None for row in rows) == near
    due = f"{days}天内到期" + ("节点1个" if near else "0项")
    assert due in run("report", "-", *on, CHENGGUO_DUE_SOON=days).out
    told = run("notice", "--text", *on, CHENGGUO_DUE_SOON=days).out
    assert ("节点即将到期1个" in told) == bool(near)


def test_text_leaves_nothing_out_and_no_paper_names_an_annex(run: Run, tmp_path: Path) -> None:
    head, _tasks, item = SOON.partition("  - id: 1\n")
    items = "".join(f"  - id: {number}\n{item}" for number in range(1, 15))
    (tmp_path / "tasks.yaml").write_text(head + items, encoding="utf-8")
    for form in ("txt", "md", "html"):
        out = run("report", "-", "--format", form, "--as-of", "2021-03-01").out
        assert "附件" not in out
        assert (form == "html") == ("另有" in out and "条，未列出。" in out)
        assert form == "html" or "1.14（节点1）" in out


def test_lists_are_as_long_as_is_asked_for(run: Run, tmp_path: Path) -> None:
    rounds(tmp_path)
    on = ("--as-of", "2025-07-05")
    text = run("report", "-", "--limit", "1", *on).out
    assert len(text.splitlines()) < len(run("report", "-", *on).out.splitlines())
    assert (
        "\n- 1.2（节点1） 出台方案并组织实施（市科委、市数据局） 2025-03-31 逾期96天\n另有3条，未列出。\n\n"
        in text
    )
    assert text.endswith("\n- 市科委：2项\n另有2个部门，未列出。\n")
    assert text.count("另有2个部门，未列出。\n") == 2
    marked = run("report", "-", "--format", "md", "--limit", "1", *on).out
    assert "未报告 |\n\n另有3条，未列出。\n\n## 三、" in marked
    assert not re.search(r"\n\n\n|<br>", marked + text)
    assert run("report", "p.html", "--limit", "3", *on).code == 0
    assert "另有1条，未列出。" in written(tmp_path / "p.html")
    assert run("report", "-", "--limit", "0", *on).code == 2


def test_the_periods_that_are_named_are_those_of_the_plan(run: Run, tmp_path: Path) -> None:
    rounds(tmp_path)
    outcome = run("report", "-", "--period", "2025-13", "--as-of", "2026-11-27")
    assert (outcome.code, outcome.out) == (2, "")
    assert "Periods up to 2025-12-31: 2025-02, 2025-03," in outcome.err
    assert "2025-12, 2026-01." in outcome.err
    assert run("report", "-", "--period", "2026-10", "--as-of", "2026-11-27").code == 0


def test_what_was_ended_is_among_the_changes(run: Run, tmp_path: Path) -> None:
    rounds(tmp_path)
    on = ("--as-of", "2025-07-05")
    assert "\n三、本期变化（新报告0条）\n新逾期1项：\n- 1.1 " in run("report", "-", *on).out
    run("update", "1.1", "--status", "cancelled", "--note", "与他项合并", "--date", "2025-07-01")
    assert (
        "\n三、本期变化（新报告1条）\n终止1项：\n- 1.1 建成平台一期（市科委） " in run("report", "-", *on).out
    )
    marked = run("report", "-", "--format", "md", *on).out
    assert "退回0项，终止1项，新报告1条。\n\n终止1项：\n\n- 1.1 " in marked
    for name, said in (("p.html", "终止1新报告（条）1"), ("p.docx", "终止1项：1.1建成平台一期。")):
        run("report", name, *on)
        assert said in written(tmp_path / name)
    later = run("report", "-", "--as-of", "2025-09-05").out
    assert "无新完成、新逾期、延期、退回、终止。" in later


def test_what_is_blocked_and_late_is_counted_as_both(run: Run, tmp_path: Path) -> None:
    rounds(tmp_path)
    for item in ("1.1", "2.2", "3.1"):
        assert run("update", item, "--status", "blocked", "--date", "2025-06-20").code == 0
    said = "（逾期1项、节点逾期1个、期次逾期2期、受阻3项，其中逾期1项）"
    assert f"逾期与受阻{said}\n" in run("report", "-", "--as-of", "2025-07-10").out
    for name in ("p.html", "p.docx", "p.md"):
        assert run("report", name, "--as-of", "2025-07-10").code == 0
        assert said.strip("（）") in written(tmp_path / name), name
    assert "受阻3项）\n" in run("report", "-", "--as-of", "2025-06-25").out


def test_on_the_day_after_a_round_all_that_it_says_is_of_that_round(run: Run, tmp_path: Path) -> None:
    rounds(tmp_path)
    run("update", "3.1", "--status", "in_progress", "--note", "已开工", "--date", "2025-07-20")
    said = run("report", "-", "--as-of", "2025-07-26").out
    assert "（2025-07期，2025年6月26日至2025年7月26日）" in said
    assert "三、本期变化（新报告1条）" in said
    assert "六、未报告（2025-07期）" in said

"""Notices to departments: as papers, as text for a chat, as drafts of mails."""

import email
import email.policy
import io
import re
import time
import zipfile
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

import libreoffice
from chengguo.output.papers import official
from conftest import Run
from offices import office
from rounds import rounds
from rounds import words as written

DAY = ("--as-of", "2019-12-10")
BODY = (
    "截至2019年12月10日，《上海市促进科技成果转移转化行动方案(2017—2020)》中由你单位负责的任务，"
    "逾期1项、即将到期6项（见下表）。请按要求办理，并于2019年12月17日前反馈。"
)


@pytest.fixture(autouse=True)
def _office(tmp_path: Path) -> None:
    office(tmp_path)


def test_each_lead_department_gets_one(run: Run, tmp_path: Path) -> None:
    outcome = run("notice", "out", *DAY, "--office", "市推进办", "--number", "督〔2019〕{n}号")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith(
        f"{Path('out/督办通知单-市科委.docx')}: 7 items, 1 overdue\n"
        f"{Path('out/提醒函-市教委.docx')}: 1 item, 0 overdue\n"
    )
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == sorted(line.split(":")[0].removeprefix("out")[1:] for line in outcome.out.splitlines())
    made = docx.Document(str(tmp_path / "out" / "督办通知单-市科委.docx"))
    texts = [paragraph.text for paragraph in made.paragraphs if paragraph.text]
    assert texts == [
        "督办通知单",
        "督〔2019〕1号",
        "上海市科学技术委员会：",
        BODY,
        "市推进办",
        "2019年12月10日",
    ]
    (table,) = made.tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["编号", "工作任务", "完成时限", "逾期或剩余天数", "最近报告", "要求"]
    assert rows[1][0] == "8.3"
    assert rows[1][1].startswith("支持各类众创空间")
    assert not rows[1][1].endswith("…")
    assert rows[1][2:5] == ["2018年12月31日", "逾期344天", "2019年9月10日 创业导师工作室已建12家"]
    assert rows[1][5] == "说明逾期原因、整改措施和完成时限，12月17日前书面反馈"


def test_which_items_and_departments_are_told(run: Run) -> None:
    def told(*words: str) -> list[str]:
        out = run("notice", "--text", *DAY, *words).out
        return re.findall(r"^(?:【.*|\d+\. [\d.]+)", out, re.MULTILINE)

    assert told("--overdue") == ["【督办通知单】〔2019〕　　号", "1. 8.3"]
    assert told("--within", "7d") == []
    within = told("--within", "30d", "--dept", "市教委", "--kind", "催办单")
    assert within == ["【催办单】〔2019〕　　号", "1. 5.1"]
    both = told("--within", "30d", "--overdue", "--dept", "市科委")
    assert len(both) == 8
    each = told("--by", "item", "--dept", "市科学技术委员会")
    assert len(each) == 14
    assert (
        run("notice", "--text", *DAY, "--within", "7d").out == "Nothing to tell anybody, as of 2019-12-10\n"
    )


def test_the_items_are_those_of_overdue_and_due(run: Run) -> None:
    text = run("notice", "--text", *DAY).out
    listed = run("overdue", *DAY, "--format", "csv", "--columns", "id").out.split()[1:]
    listed += run("due", "--within", "30d", *DAY, "--format", "csv", "--columns", "id").out.split()[1:]
    assert set(re.findall(r"^\d+\. ([\d.]+)", text, re.MULTILINE)) == set(listed)


def test_a_draft_of_a_mail_has_both_attached(run: Run, tmp_path: Path) -> None:
    assert run("notice", "out", *DAY, "--eml", "--dept", "市教委").code == 0
    data = (tmp_path / "out" / "提醒函-市教委.eml").read_bytes()
    mail = email.message_from_bytes(data, policy=email.policy.default)
    assert (mail["X-Unsent"], mail["To"]) == ("1", None)
    assert mail["Subject"] == "提醒函：上海市促进科技成果转移转化行动方案(2017—2020)"
    body, notice, form = mail.iter_parts()
    assert body.get_content().startswith("【提醒函】〔2019〕　　号\r\n上海市教育委员会：\r\n")
    assert notice.get_filename() == "提醒函-市教委.docx"
    assert notice.get_content() == (tmp_path / "out" / "提醒函-市教委.docx").read_bytes()
    assert form.get_filename() == "市教委.xlsx"
    sheet = openpyxl.load_workbook(io.BytesIO(form.get_content())).worksheets[0]
    assert sheet["A4"].value == "5.1"
    assert run("notice", "out", *DAY, "--eml", "--dept", "市教委", "--force").code == 0
    assert (tmp_path / "out" / "提醒函-市教委.eml").read_bytes() == data


def test_nothing_is_written_where_a_file_would_be_replaced(run: Run, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "提醒函-市商务委.docx").write_bytes(b"mine")
    outcome = run("notice", "out", *DAY)
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err == (
        f"chengguo: {Path('out/提醒函-市商务委.docx')} exists\n  hint: Name another folder, or use --force.\n"
    )
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["提醒函-市商务委.docx"]


def test_the_form_of_the_office_is_filled_in(run: Run, tmp_path: Path) -> None:
    form = docx.Document()
    form.add_paragraph(
        "{{ notice.salutation }} {{ notice.late }}/{{ notice.items|length }} {{ notice.reply|day }}"
    )
    form.add_paragraph("{% for each in notice.items %}{{ each.number }} {{ each.standing }}；{% endfor %}")
    form.save(str(tmp_path / "form.docx"))
    words = ("--dept", "市教委", "--template", "form.docx", "--reply-by", "2019-12-20")
    assert run("notice", "out", *DAY, *words).code == 0
    made = docx.Document(str(tmp_path / "out" / "提醒函-市教委.docx"))
    assert [each.text for each in made.paragraphs] == ["上海市教育委员会 0/1 2019年12月20日", "5.1 余21天；"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "no folder to write to"),
        (("tasks.yaml",), "tasks.yaml cannot be made: "),
        (("out", "--within", "9999y"), "--within ends after the year 9999"),
        (("out", "--template", "tasks.yaml"), "tasks.yaml is no Word document"),
    ],
)
def test_words_that_do_not_fit_are_told(run: Run, words: tuple[str, ...], message: str) -> None:
    outcome = run("notice", *words, *DAY)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"chengguo: {message}")


@libreoffice.printed
def test_a_full_page_has_22_lines_of_28_characters(tmp_path: Path) -> None:
    made = official.paper("题目", date(2019, 12, 10))
    official.body(made, "一" * 28 * 30, indent=0)
    (tmp_path / "full.docx").write_bytes(official.saved(made, date(2019, 12, 10)))
    libreoffice.convert(tmp_path, "pdf", "full.docx")
    text = libreoffice.text_of(tmp_path / "full.pdf", "-f", "1", "-l", "1")
    lines = [line.replace(" ", "") for line in text.splitlines() if "一" in line]
    assert lines == ["一" * 28] * 22


def test_a_table_of_thousands_of_rows_is_made_at_once() -> None:
    rows = [("编号", *"一二三四五")]
    rows += [(f"{number}", "一\n二\t三", "", "四", "五", "六") for number in range(2_000)]
    made = official.paper("督办通知单", date(2019, 12, 10))
    began = time.process_time()
    official.table(made, (1, 2, 3, 4, 5, 6), rows)
    assert time.process_time() - began < 3  # a slow machine; without copies it takes twice that on a fast one
    (table,) = made.tables
    signs = {qn("w:br"): "\n", qn("w:tab"): "\t"}
    cells = [
        "".join(signs.get(each.tag) or each.text for each in cell.iter(qn("w:t"), *signs))
        for cell in table._tbl.iter(qn("w:tc"))
    ]
    assert cells == [text for row in rows for text in row]
    assert len(table._tbl.xpath("w:tr/w:trPr/w:tblHeader")) == 1
    assert len(table._tbl.xpath("w:tr/w:trPr/w:cantSplit")) == len(rows)
    sizes = table._tbl.xpath(".//w:sz/@w:val")
    assert sizes == ["21"] * len(cells)


def test_what_is_there_from_before_is_named(run: Run, tmp_path: Path) -> None:
    """Notices of an earlier day stay where they are; whoever sends the folder is told which these are."""
    assert run("notice", "out", "--eml", *DAY, "--dept", "市教委").code == 0
    for name in ("说明.docx", ".督办通知单-甲.docx", "提醒函-乙.txt"):
        (tmp_path / "out" / name).write_bytes(b"")
    told = "there from before, not written now: 提醒函-市教委.docx, 提醒函-市教委.eml"
    outcome = run("notice", "out", "--dept", "市商务委", *DAY)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines()[-1] == told
    nothing = run("notice", "out", "--as-of", "2010-01-01")
    assert nothing.out.splitlines()[-1] == "Nothing to tell anybody, as of 2010-01-01"
    assert "there from before, not written now: 提醒函-市商务委.docx, 提醒函-市教委.docx, " in nothing.out
    assert (tmp_path / "out" / "提醒函-市教委.docx").stat().st_size > 0


def test_the_last_report_is_that_of_the_period_or_milestone(run: Run, tmp_path: Path) -> None:
    rounds(tmp_path)
    for words in (
        ("2.1", "--period", "2025-Q2", "--status", "done", "--note", "会开了"),
        ("1.2", "--milestone", "2", "--note", "正在实施"),
    ):
        assert run("update", *words, "--date", "2025-07-01").code == 0
    on = ("--as-of", "2025-09-10")
    told = run("notice", "--text", *on).out
    assert re.findall(r"(2\.1（.*?）|1\.2（.*?）).*\n   最近报告：(.*?)；", told) == [
        ("1.2（节点1）", "未报告"),
        ("2.1（2025-Q1）", "未报告"),
        ("2.1（2025-Q3）", "未报告"),
        ("1.2（节点1）", "未报告"),
    ]
    run("update", "2.1", "--note", "会期已定", "--date", "2025-08-01")  # within the third quarter
    run("update", "1.2", "--note", "方案待审", "--date", "2025-08-02")  # of the whole
    told = run("notice", "--text", *on, "--dept", "市教委").out
    assert re.findall(r"最近报告：(.*?)；", told) == ["未报告", "2025年8月1日 会期已定"]
    table = run("report", "-", "--format", "md", *on).out
    assert (
        "| 1.2（节点1） | 出台方案并组织实施 | 市科委、市数据局 | 2025-03-31 | ■ 逾期163天 | 2025-08-02 方案"
        in table
    )
    assert "| 2.1（2025-Q1） | 每季度召开会议 | 市教委 | 2025-03-31 | ■ 逾期163天 | 未报告 |" in table


def test_a_report_of_a_part_is_told_as_such_of_the_whole(run: Run, tmp_path: Path) -> None:
    rounds(tmp_path)
    run("update", "1.2", "--milestone", "1", "--status", "done", "--note", "已印发", "--date", "2025-03-20")
    assert "最近报告：2025年3月20日 （节点1）已印发；" in run("notice", "--text", "--as-of", "2025-12-20").out


def test_problems_and_next_steps_are_told(run: Run, tmp_path: Path) -> None:
    rounds(tmp_path)
    said = ("--status", "blocked", "--note", "停了", "--problem", "缺|钱", "--next", "请市财政局协调")
    assert run("update", "3.1", *said, "--date", "2025-09-05").code == 0
    on = ("--as-of", "2025-09-10")
    told = run("notice", "--text", *on, "--dept", "市数据局").out
    assert "最近报告：2025年9月5日 停了；存在问题：缺|钱；下步措施：请市财政局协调；要求：" in told
    run("notice", "out", *on, "--dept", "市数据局")
    assert "停了；存在问题：缺|钱；下步措施：请市财政局协调" in written(
        tmp_path / "out" / "督办通知单-市数据局.docx"
    )
    assert "\n  存在问题：缺|钱；下步措施：请市财政局协调\n" in run("report", "-", *on).out
    assert (
        "停了；存在问题：缺\\|钱；下步措施：请市财政局协调 |" in run("report", "-", "--format", "md", *on).out
    )
    for name in ("p.html", "p.docx"):
        run("report", name, *on)
        assert written(tmp_path / name).count("存在问题：缺|钱；下步措施：请市财政局协调") == 2


def test_no_sentence_has_two_stops(run: Run, tmp_path: Path) -> None:
    text = """\
format: 1
plan: {title: 计划, years: 2019, issued: 2019-01-05}
departments: {甲局: {}}
sections: {一: 甲}
tasks:
- id: 1
  section: 一
  title: 建设
  items:
  - {id: 1, content: 建设平台。, lead: [甲局], schedule: 6月底前, status: pending}
  - id: 2
    content: 出台办法。
    lead: [甲局]
    schedule: 6月底前
    status: in_progress
    progress:
    - {date: 2019-06-20, status: in_progress, note: 已起草。, problem: 缺人。, next: 加快。}
  - {id: 3, content: 适时推广；, lead: [甲局], schedule: 适时, status: pending}
"""
    (tmp_path / "tasks.yaml").write_text(text, encoding="utf-8")
    said = [run("notice", "--text", "--as-of", "2019-07-28").out]
    for form in ("txt", "md", "docx", "html"):
        assert run("report", f"a.{form}", "--as-of", "2019-07-28", "--since", "2019-06-01").code == 0
        data = (tmp_path / f"a.{form}").read_bytes()
        if form == "docx":
            data = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml")
        said.append(re.sub("<[^>]*>", "", data.decode()))
    for each in said:
        assert not re.search("[。；][。；（]", each), each
    assert "1.1 建设平台；1.2 出台办法。" in said[3]
    assert "已起草；存在问题：缺人；下步措施：加快。" in said[2]


def test_nobody_is_asked_to_reply_before_the_notice_is_written(run: Run, tmp_path: Path) -> None:
    rounds(tmp_path)
    words = ("notice", "--text", "--as-of", "2025-07-05", "--reply-by")
    said = "chengguo: --reply-by 2025-07-04 is before 2025-07-05, the day of the notices\n"
    said += "  hint: Give a later day, or an earlier --as-of.\n"
    assert run(*words, "2025-07-04") == (
        2,
        "",
        said,
    )
    assert "并于2025年7月5日前反馈" in run(*words, "2025-07-05").out


def test_what_is_said_of_each_notice_counts_what_it_is_about(run: Run, tmp_path: Path) -> None:
    rounds(tmp_path)
    assert run("notice", "out", "--as-of", "2025-07-05", LANGUAGE="zh_CN").out.splitlines() == [
        f"{Path('out/督办通知单-市科委.docx')}：1 项、1 个节点，逾期 1 项、节点逾期 1 个",
        f"{Path('out/督办通知单-市教委.docx')}：2 个期次，逾期 0 项、期次逾期 2 期",
        f"{Path('out/督办通知单-市数据局.docx')}：1 个节点，逾期 0 项、节点逾期 1 个",
    ]

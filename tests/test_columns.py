"""Columns of the office's own, from the command line: declared, set, asked for, handed round."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

import docx
import openpyxl
import pytest

from chengguo import load
from conftest import Run

REGISTRY = """\
format: 1
plan: {title: 某市方案, table: 分工表, years: 2019-2020}
departments: {甲局: {full: 某市甲局}, 乙局: {}, 效能办: {aliases: [市效能办]}}
columns:  # the office's own
  分管领导: {}
  责任人: {}
  资金: {kind: number}
  开工: {kind: date}
  完成比例: {kind: percent, of: report}
  督导单位: {kind: names}
  联系电话: {private: true}
sections: {一: 第一部分}
tasks:
- id: 1
  section: 一
  title: 建设平台
  items:
  - id: 1
    content: 内容一。
    lead: [甲局]
    schedule: 2019年底
    extra:
      责任人: 李四、张三  # by telephone
      资金: 1200
      开工: 2019-03-01
      督导单位: [效能办]
      联系电话: "021-1"
    status: pending
  - id: 2
    content: 内容二。
    lead: [乙局]
    schedule: 2019年底
    extra: {责任人: 王五, 资金: "300", 联系电话: "021-2"}
    status: in_progress
    progress:
    - {date: 2019-05-01, status: in_progress, extra: {完成比例: 20%}}
    - date: 2019-06-01
      note: 一期上线
      percent: 80
      problem: 选址难
      next: 完成选址
      evidence: [某文〔2019〕8号, a、b.pdf]
      by: 乙局
      extra: {完成比例: 80%}
- id: 2
  section: 一
  title: 其他
  items:
  - {id: 1, content: 内容三。, lead: [乙局], schedule: 持续推进, status: pending}
"""


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    file = tmp_path / "tasks.yaml"
    file.write_text(REGISTRY, encoding="utf-8")
    return file


pytestmark = pytest.mark.usefixtures("registry")


def ids(run: Run, *words: str) -> list[str]:
    outcome = run("list", "--columns", "id", "--format", "csv", *words)
    assert (outcome.code, outcome.err) == (0, "")
    return outcome.out.splitlines()[1:]


def test_a_registry_with_columns_is_sound(run: Run) -> None:
    assert run("validate", "--strict") == (0, "tasks.yaml: no findings\n", "")


@pytest.mark.parametrize(
    ("conditions", "found"),
    [
        (["责任人=李四"], ["1.1"]),
        (["责任人=李四、张三"], ["1.1"]),
        (["责任人=李"], []),
        (["责任人~李|王"], ["1.1", "1.2"]),
        (["责任人="], ["2.1"]),
        (["资金>300"], ["1.1"]),
        (["资金≥300"], ["1.1", "1.2"]),
        (["资金 < 1,000"], ["1.2"]),
        (["资金=300.0"], ["1.2"]),
        (["开工<2019-03-02"], ["1.1"]),
        (["完成比例>50"], ["1.2"]),
        (["督导单位=效能办", "资金>1000"], ["1.1"]),
        (["督导单位=效能办", "资金<1000"], []),
    ],
)
def test_where(run: Run, conditions: list[str], found: list[str]) -> None:
    assert ids(run, *(word for each in conditions for word in ("--where", each))) == found


def test_a_report_counts_from_its_day_on(run: Run) -> None:
    words = ("--where", "完成比例>50", "--as-of")
    assert (ids(run, *words, "2019-05-31"), ids(run, *words, "2019-06-01")) == ([], ["1.2"])


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        ("责任=李四", "--where 责任=李四: there is no column '责任'"),
        ("责任", "--where 责任: no column and value"),
        ("=李四", "--where =李四: no column and value"),
        ("责任人>李四", "--where 责任人>李四: the column holds no numbers and no days"),
        ("资金>很多", "--where 资金>很多: the column holds something else"),
        ("责任人~(", "--where: '(' is not a regular expression"),
    ],
)
def test_a_condition_that_asks_nothing_is_wrong_usage(run: Run, condition: str, message: str) -> None:
    outcome = run("list", "--where", condition)
    assert (outcome.code, outcome.out) == (2, "")
    assert message in outcome.err


def test_a_condition_is_refused_in_chinese(run: Run) -> None:
    outcome = run("list", "--where", "责任人>李四", LANGUAGE="zh_CN")
    assert "该栏目的内容既非数字也非日期" in outcome.err


def test_sort_and_columns(run: Run) -> None:
    assert ids(run, "--sort", "资金") == ["1.2", "1.1", "2.1"]
    assert ids(run, "--sort", "资金", "--reverse") == ["1.1", "1.2", "2.1"]
    outcome = run("list", "--columns", "id,资金,督导单位,完成比例", "--format", "csv")
    assert outcome.out == "id,资金,督导单位,完成比例\n1.1,1200,效能办,\n1.2,300,,80%\n2.1,,,\n"
    assert "there is no column '奖金'" in run("list", "--columns", "id,奖金").err


def test_csv_has_every_column(run: Run) -> None:
    first = run("list", "--format", "csv").out.splitlines()[0]
    assert first.endswith(",分管领导,责任人,资金,开工,完成比例,督导单位,联系电话")


@pytest.mark.parametrize("name", ["效能办", "市效能办"])
def test_a_third_role(run: Run, name: str) -> None:
    assert ids(run, "--dept", name, "--role", "督导单位") == ["1.1"]
    assert "1 item, as of 2019-05-01; 效能办: 督导单位" in (
        run("list", "--dept", name, "--role", "督导单位", "--as-of", "2019-05-01").out
    )
    assert ids(run, "--dept", "甲局", "--role", "督导单位") == []
    outcome = run("list", "--dept", "甲局", "--role", "责任人", COLUMNS="200")
    assert (outcome.code, "'责任人' is not one of 'lead', 'support', 'any', '督导单位'." in outcome.err) == (
        2,
        True,
    )


def test_a_name_that_the_register_lacks_is_found_and_told(run: Run, registry: Path) -> None:
    registry.write_text(REGISTRY.replace("效能办: {aliases: [市效能办]}", ""), encoding="utf-8")
    assert ids(run, "--dept", "效能办", "--role", "督导单位") == ["1.1"]
    assert "N301 no department '效能办'" in run("validate", "--format", "concise").out


def test_json(run: Run) -> None:
    items = json.loads(run("list", "--format", "json").out)["items"]
    assert items[0]["extra"] == {
        "分管领导": None,
        "责任人": "李四、张三",
        "资金": 1200,
        "开工": "2019-03-01",
        "督导单位": ["效能办"],
        "联系电话": "021-1",
    }
    assert items[1]["progress"][1] == {
        "date": "2019-06-01",
        "status": None,
        "note": "一期上线",
        "milestone": None,
        "period": None,
        "percent": 80,
        "problem": "选址难",
        "next": "完成选址",
        "evidence": ["某文〔2019〕8号", "a、b.pdf"],
        "by": "乙局",
        "extra": {"完成比例": 80},
    }


def test_show(run: Run) -> None:
    out = run("show", "1.2").out
    assert "责任人            王五\n" in out
    report = (
        "2019-06-01 80% 一期上线; problem 选址难; next steps 完成选址; evidence 某文〔2019〕8号、a、b.pdf"
    )
    assert f"{report}; reported by 乙局; 完成比例 80%" in " ".join(out.split())
    assert "存在问题 选址难；下步措施 完成选址" in run("show", "1.2", LANGUAGE="zh_CN").out


# -- writing -------------------------------------------------------------------------------------


def test_set_changes_its_line_and_nothing_else(run: Run, registry: Path) -> None:
    outcome = run(
        "update", "1.1", "--set", "责任人=赵六", "--set", "督导单位=市效能办、乙局", "--set", "分管领导=钱某"
    )
    assert outcome.err == ""
    assert "  责任人: 李四、张三 → 赵六\n" in outcome.out
    text = REGISTRY.replace("责任人: 李四、张三  #", "责任人: 赵六  #").replace("[效能办]", "[效能办, 乙局]")
    assert registry.read_text(encoding="utf-8") == text.replace(
        '联系电话: "021-1"\n', '联系电话: "021-1"\n      分管领导: 钱某\n'
    )
    assert run("validate", "--strict").code == 0


def test_set_in_braces_and_where_nothing_is(run: Run, registry: Path) -> None:
    run("update", "1.2", "--set", "开工=2019年3月1日", "--set", "责任人=a: b")
    run("update", "2.1", "--set", "责任人=王五")
    text = registry.read_text(encoding="utf-8")
    assert 'extra: {责任人: "a: b", 资金: "300", 联系电话: "021-2", 开工: 2019-03-01}' in text
    assert "schedule: 持续推进, extra: {责任人: 王五}, status: pending}" in text
    assert ids(run, "--where", "责任人=王五") == ["2.1"]


def test_set_of_a_column_that_an_item_does_not_have_yet(run: Run, tmp_path: Path) -> None:
    (tmp_path / "tasks.yaml").write_text(
        REGISTRY.replace('extra: {责任人: 王五, 资金: "300", 联系电话: "021-2"}\n    ', ""), encoding="utf-8"
    )
    assert run("update", "1.2", "--set", "责任人=王五", "--set", "资金=5").code == 0
    text = (tmp_path / "tasks.yaml").read_text(encoding="utf-8")
    assert "    schedule: 2019年底\n    extra:\n      责任人: 王五\n      资金: 5\n    status: in" in text
    assert run("undo").code == 0


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("资金=很多", "--set 资金=很多: no value for a column of that kind"),
        ("责任人=", "--set 责任人=: no value for a column of that kind"),
        ("督导单位=丙局", "no department '丙局' in the register"),
        ("奖金=5", "--set 奖金=5: there is no field or column '奖金'"),
        ("奖金", "--set 奖金: no field and value"),
    ],
)
def test_a_value_that_cannot_stand_there_is_refused(
    run: Run, registry: Path, word: str, message: str
) -> None:
    before = registry.read_bytes()
    outcome = run("update", "1.1", "--set", word)
    assert outcome.code in {2, 3}
    assert message in outcome.err
    assert registry.read_bytes() == before


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        *[("content=改过的内容", "chengguo edit ID"), ("重点任务=甲", "chengguo edit ID")],
        *[("section=二", "chengguo edit ID"), ("schedule=2019年底", "option of its own: --schedule.")],
        *[
            ("计划进度=2019年底", "option of its own: --schedule."),
            ("lead=甲局", "option of its own: --lead."),
        ],
        ("奖金=5", "see: chengguo help reports"),
    ],
)
@pytest.mark.usefixtures("registry")
def test_what_is_no_column_is_said_to_be_put_right_how(run: Run, word: str, hint: str) -> None:
    outcome = run("update", "1.1", "--set", word)
    assert (outcome.code, outcome.out) == (2, "")
    assert hint in " ".join(outcome.err.split())
    assert "columns:" in run("help", "reports").out


def test_a_report_with_all_that_it_may_say(run: Run, registry: Path) -> None:
    words = (
        "--percent",
        "30",
        "--problem",
        "难: 很难",
        "--next",
        "再议",
        "--evidence",
        "a.pdf",
        "--by",
        "某市甲局",
    )
    assert run("update", "1.1", *words, "--set", "完成比例=30%", "--date", "2019-06-01").code == 0
    assert (
        "    status: pending\n"
        "    progress:\n"
        "    - date: 2019-06-01\n"
        "      percent: 30\n"
        '      problem: "难: 很难"\n'
        "      next: 再议\n"
        "      evidence: [a.pdf]\n"
        "      by: 甲局\n"
        "      extra: {完成比例: 30%}\n"
    ) in registry.read_text(encoding="utf-8")
    before = registry.read_bytes()
    again = run("update", "1.1", *words, "--set", "完成比例=30%", "--date", "2019-06-01")
    assert "already recorded" in again.out
    assert registry.read_bytes() == before
    assert run("update", "1.1", "--by", "甲局").code == 2


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("资金: 1200", "资金: 很多", "'很多' cannot stand here"),
        ("责任人: 李四、张三  #", "责人: 李四  #", "unknown key '责人'"),
        ("资金: 1200", "完成比例: 80%", "the column '完成比例' belongs to reports"),
        ("  分管领导: {}", "  责任部门: {}", "'责任部门' cannot stand here"),
        ("kind: number", "kind: money", "'money' cannot stand here"),
        ("[效能办]\n", "[某办]\n", "no department '某办' in the register"),
        ("[效能办]\n", "[市效能办]\n", "'市效能办' is another name for '效能办'"),
        ("percent: 80", "percent: 101", "'101' cannot stand here"),
    ],
)
def test_what_is_wrong_is_found(run: Run, registry: Path, old: str, new: str, message: str) -> None:
    assert REGISTRY.count(old) == 1
    registry.write_text(REGISTRY.replace(old, new), encoding="utf-8")
    outcome = run("validate")
    assert outcome.code == 1
    assert message in outcome.out


def test_an_undeclared_column_is_told_how_to_be_declared(run: Run, registry: Path) -> None:
    begin, end = REGISTRY.index("columns:"), REGISTRY.index("sections:")
    registry.write_text(REGISTRY[:begin] + REGISTRY[end:], encoding="utf-8")
    assert "Declare it under 'columns:': 责任人: {}" in run("validate").out


# -- two versions --------------------------------------------------------------------------------


def test_diff_tells_a_change_by_its_heading(run: Run, tmp_path: Path) -> None:
    (tmp_path / "old.yaml").write_text(REGISTRY, encoding="utf-8")
    run("update", "1.1", "--set", "责任人=赵六")
    changes = json.loads(run("diff", "old.yaml", "--format", "json").out)["changes"]
    assert [(one["field"], one["before"], one["after"]) for one in changes] == [
        ("责任人", "李四、张三", "赵六")
    ]


def test_merge_keeps_the_columns_of_both_sides(run: Run, tmp_path: Path) -> None:
    base, ours, theirs = (tmp_path / f"{name}.yaml" for name in ("base", "ours", "theirs"))
    for file in (base, ours, theirs):
        file.write_text(REGISTRY, encoding="utf-8")
    run("update", "1.1", "--set", "责任人=赵六", "-f", "ours.yaml")
    run("update", "1.1", "--set", "资金=5", "-f", "theirs.yaml")
    run(
        "update", "1.1", "--percent", "5", "--set", "完成比例=5%", "--date", "2019-06-01", "-f", "theirs.yaml"
    )
    assert run("merge", "base.yaml", "ours.yaml", "theirs.yaml").code == 0
    (merged, *_rest) = load(ours).items
    assert (dict(merged.extra)["责任人"], dict(merged.extra)["资金"]) == ("赵六", "5")
    assert merged.progress[0].extra == (("完成比例", "5%"),)


# -- handed round --------------------------------------------------------------------------------


def texts(file: Path) -> str:
    if file.suffix == ".xlsx":
        book = openpyxl.load_workbook(file)
        cells = (cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
        return "\n".join(str(cell) for cell in cells if cell is not None)
    if file.suffix == ".docx":
        tables = docx.Document(str(file)).tables
        return "\n".join(cell.text for table in tables for row in table.rows for cell in row.cells)
    return file.read_text(encoding="utf-8")


@pytest.mark.parametrize("suffix", ["xlsx", "docx", "md", "html", "csv"])
def test_every_format_has_the_columns_and_private_ones_when_asked(
    run: Run, tmp_path: Path, suffix: str
) -> None:
    outcome = run("export", f"a.{suffix}")
    assert outcome.out.endswith("\nleft out, as private: 联系电话; --private adds them\n")
    text = texts(tmp_path / f"a.{suffix}")
    places = [
        text.index(heading) for heading in ("分管领导", "责任人", "资金", "开工", "完成比例", "督导单位")
    ]
    assert places == sorted(places)
    for word in ("李四、张三", "1200", "2019-03-01", "效能办"):
        assert word in text
    assert "联系电话" not in text
    assert "021-1" not in text
    assert run("export", f"b.{suffix}", "--private").code == 0
    assert "021-1" in texts(tmp_path / f"b.{suffix}")


@pytest.mark.parametrize("words", [("a.sqlite",), ("a", "--format", "parquet")])
def test_what_is_private_is_in_no_table_of_a_database(
    run: Run, tmp_path: Path, registry: Path, words: tuple[str, ...]
) -> None:
    text = registry.read_text(encoding="utf-8")
    of_reports = text.replace("  联系电话: {", "  报送人电话: {of: report, private: true}\n  联系电话: {")
    registry.write_text(of_reports, encoding="utf-8")
    assert run("update", "1.1", "--note", "已报", "--set", "报送人电话=021-2").code == 0
    if "parquet" in words:
        pytest.importorskip("pyarrow", reason="PyArrow is not installed")
    outcome = run("export", *words)
    assert outcome.code == 0
    assert outcome.out.endswith("\nleft out, as private: 报送人电话, 联系电话; --private adds them\n")
    assert not [each for each in ("021-1", "021-2") if each in stored(tmp_path / words[0])]
    assert run("export", *words, "--private", "--force").code == 0
    assert [each for each in ("021-1", "021-2") if each in stored(tmp_path / words[0])] == ["021-1", "021-2"]


def stored(path: Path) -> str:
    """Return all that the tables of a database say, or those of a folder of Parquet."""
    if path.is_dir():
        from pyarrow import parquet

        return str([parquet.read_table(each).to_pylist() for each in sorted(path.glob("*/*.parquet"))])
    with closing(sqlite3.connect(path)) as connection:
        return "\n".join(connection.iterdump())


@pytest.mark.parametrize("suffix", ["xlsx", "docx"])
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_they_come_back(run: Run, tmp_path: Path, registry: Path, suffix: str, language: str) -> None:
    assert run("export", f"a.{suffix}", "--private", "--restorable", LANGUAGE=language).code == 0
    outcome = run("import", f"a.{suffix}", "-o", "again.yaml")
    assert outcome.out.endswith("0 doubts\n")
    was, now = load(registry), load(tmp_path / "again.yaml")
    assert now.columns == was.columns
    assert [(each.extra, each.progress) for each in now.items] == [
        (each.extra, each.progress) for each in was.items
    ]


def test_a_changed_cell_comes_back_and_one_that_is_no_number_makes_texts(run: Run, tmp_path: Path) -> None:
    run("export", "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    sheet = book["任务分工"]
    headings = [cell.value for cell in sheet[4]]
    sheet.cell(6, headings.index("资金") + 1).value = "未定"
    sheet.cell(6, headings.index("责任人") + 1).value = "赵六"
    book.save(tmp_path / "a.xlsx")
    out = run("import", "a.xlsx", "-o", "again.yaml").out
    assert "the column '资金' holds texts from now on, for: '未定'" in out
    assert dict(load(tmp_path / "again.yaml").items[0].extra)["责任人"] == "赵六"
    assert run("validate", "-f", "again.yaml").code == 0


# -- taken in ------------------------------------------------------------------------------------

NINE = (
    "分管领导",
    "责任人",
    "联系电话",
    "年度目标值",
    "第一季度目标",
    "完成比例",
    "存在问题",
    "备注",
    "督导单位",
)
TABLE = (
    ("某市2019年重点工作任务分工表",),
    ("序号", "重点任务", "主要内容", "责任单位", "完成时限", *NINE),
    *(
        (
            "1",
            "建设平台",
            "建设一期。",
            "市科委",
            "6月底",
            "王某",
            "李四\n张三",
            "021-1",
            "1200",
            "选址",
            "80%",
            "无",
            "",
            "市教委",
        ),
        (
            "2",
            "推进改革",
            "推进。",
            "市教委",
            "年底",
            "钱某",
            "赵六",
            "13800000000",
            "5",
            "启动",
            "5%",
            "难",
            "注",
            "市科委、市审计局",
        ),
    ),
)


def test_a_table_with_nine_more_columns_goes_in_and_comes_out(run: Run, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in TABLE:
        book.active.append(row)
    book.save(tmp_path / "报告.xlsx")
    outcome = run("import", "报告.xlsx", "-o", "made.yaml")
    assert outcome.err == ""
    assert (
        "columns kept as the office's own: 分管领导, 责任人, 联系电话, 年度目标值 (number), 第一季度目标,"
        " 完成比例 (percent), 存在问题, 备注, 督导单位 (names); --drop NAME leaves one out" in outcome.out
    )
    assert (
        "handed round with the others: 联系电话; 'private: true' under 'columns:' keeps them in"
        in outcome.out
    )
    assert run("validate", "--strict", "-f", "made.yaml").code == 0
    assert [each.content for each in load(tmp_path / "made.yaml").items] == ["建设一期。", "推进。"]
    assert run("export", "out.xlsx", "-f", "made.yaml").code == 0
    rows = openpyxl.load_workbook(tmp_path / "out.xlsx")["任务分工"].iter_rows(min_row=4, values_only=True)
    header, _section, *lines = ([str(cell or "") for cell in row[-9:]] for row in rows)
    assert tuple(header) == NINE
    shown = [[cell.replace("0.8", "80%").replace("0.05", "5%") for cell in line] for line in lines]
    assert [tuple(line) for line in shown] == [row[5:] for row in TABLE[2:]]


# A header of two rows: what stands above columns of the office's own tells them apart.
STACKED = (
    ("任务", "责任分工", "", "", "计划投资", "", "实际投资", "", "备注"),
    ("", "牵头单位", "配合单位", "督导单位", "来源", "金额", "来源", "金额", ""),
    ("建设平台", "甲局", "乙局", "丙局", "财政", "100", "自筹", "90", "无误"),
    ("建设中心", "乙局", "甲局", "丙局", "自筹", "200", "财政", "180", "加快"),
)
BOTH = (
    "督导单位 (names), 来源（计划投资）, 金额（计划投资） (number),"
    " 来源（实际投资）, 金额（实际投资） (number), 备注;"
)

TYPED_BELOW = (
    ("", "", "经费", ""),
    ("任务", "牵头单位", "来源", "备注"),
    ("建设平台", "甲局", "财政", "无误"),
    ("建设中心", "乙局", "自筹", "加快"),
)


def as_text(table: Iterable[Iterable[str]]) -> bytes:
    return "\n".join(map(",".join, table)).encode()


def as_page(table: Sequence[Sequence[str]]) -> bytes:
    upper = "<td>任务<td colspan=3>责任分工<td colspan=2>计划投资<td colspan=2>实际投资<td>备注"
    rows = "".join(f"<tr><td>{'<td>'.join(row)}" for row in table[1:])
    return f"<meta charset=utf-8><table><tr>{upper}{rows}</table>".encode()


@pytest.mark.parametrize(
    ("name", "data", "columns"),
    [
        ("表.csv", as_text(STACKED), BOTH),
        ("侧.csv", as_text(zip(*STACKED, strict=True)), BOTH),
        ("表.html", as_page(STACKED), BOTH),
        # 备注 stands in the lower row, as 任务 does: it is no part of what stands above 来源.
        ("侧.csv", as_text(zip(*TYPED_BELOW, strict=True)), "来源（经费）, 备注;"),
    ],
    ids=["in lines", "on its side", "merged", "typed below"],
)
def test_a_column_is_called_by_both_rows_of_a_header(
    run: Run, tmp_path: Path, name: str, data: bytes, columns: str
) -> None:
    (tmp_path / name).write_bytes(data)
    outcome = run("import", name, "-o", "made.yaml", "--title", "某市方案")
    assert (outcome.code, outcome.err) == (0, "")
    assert f"columns kept as the office's own: {columns} --drop" in outcome.out


def test_a_dropped_column_is_left_out_and_a_wrong_name_refused(run: Run, tmp_path: Path) -> None:
    text = "\n".join("\t".join(cell.replace("\n", "") for cell in row) for row in TABLE)
    (tmp_path / "表.tsv").write_text(text, encoding="utf-8")
    out = run(
        "import", "表.tsv", "-o", "made.yaml", "--drop", "联系电话", "--drop", "备注", LANGUAGE="zh_CN"
    ).out
    assert "按要求去掉的栏目：联系电话、备注" in out
    assert [each.heading for each in load(tmp_path / "made.yaml").columns] == [
        each for each in NINE if each not in {"联系电话", "备注"}
    ]
    wrong = run("import", "表.tsv", "-o", "other.yaml", "--drop", "电话")
    assert (wrong.code, "--drop 电话: the table has no such column" in wrong.err) == (2, True)


def test_targets_of_periods_never_join_the_content(run: Run, tmp_path: Path) -> None:
    header = "任务\t主要内容\t一季度任务\t上半年目标\t年度目标\t责任单位"
    text = f"某市2019年任务分工表\n{header}\n甲\t乙\t丙\t丁\t戊\t市科委"
    (tmp_path / "表.tsv").write_text(text, encoding="utf-8")
    run("import", "表.tsv", "-o", "made.yaml")
    (item,) = load(tmp_path / "made.yaml").items
    assert (item.content, item.extra) == (
        "乙",
        (("一季度任务", "丙"), ("上半年目标", "丁"), ("年度目标", "戊")),
    )

"""Text as programs write it: marks of Markdown, the delimiters and wrappings of spreadsheets."""

from pathlib import Path

import pytest

from chengguo import load
from chengguo.importing.formats import read_rows
from conftest import Run

TITLE = "某市2025年重点工作任务清单"
TESTS = Path(__file__).parent
TEXTS = [
    file
    for folder in ("samples", "unlike")
    for file in sorted((TESTS / folder).iterdir())
    if file.suffix in {".csv", ".tsv", ".txt", ".md", ".html"}
]


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_how_lines_end_makes_no_difference(end: str) -> None:
    for file in TEXTS:
        data = file.read_bytes()
        codec = "utf-16" if data.startswith(b"\xff\xfe") else "latin-1"  # any that keeps its bytes
        ended = data.decode(codec).replace("\r\n", "\n").replace("\n", end).encode(codec)
        assert read_rows(ended, file.name) == read_rows(data, file.name), file.name


@pytest.mark.parametrize(
    "text",
    [
        '序号,重点任务,责任单位,完成时限\n="1",="建设平台",="市甲局",="2025年6月底前"\n',
        "序号，重点任务，责任单位，完成时限\n1，建设平台，市甲局，2025年6月底前\n",
        "序号|重点任务|责任单位|完成时限\n1|建设平台|市甲局|2025年6月底前\n",
        "sep=;\n序号;重点任务;责任单位;完成时限\n1;建设平台;市甲局;2025年6月底前\n",
        "序号；重点任务；责任单位；完成时限\n1；建设平台；市甲局；2025年6月底前\n",
        "序号｜重点任务｜责任单位｜完成时限\n1｜建设平台｜市甲局｜2025年6月底前\n",  # noqa: RUF001 - as typed
        "SEP=|\r\n序号|重点任务|责任单位|完成时限\r\n1|建设平台|市甲局|2025年6月底前\r\n",
    ],
    ids=["formulas", "wide commas", "bars", "said", "wide semicolons", "wide bars", "said bars"],
)
def test_delimiters_and_wrappings(run: Run, tmp_path: Path, text: str) -> None:
    (tmp_path / "表.csv").write_text(text, encoding="utf-8", newline="")
    outcome = run("import", "表.csv", "--title", TITLE, "--strict")
    assert (outcome.code, outcome.err) == (0, "")
    (item,) = load(tmp_path / "tasks.yaml").items
    assert (item.address, item.content, item.lead) == ("1.1", "建设平台", ("市甲局",))
    assert item.schedule.wording == "2025年6月底前"


@pytest.mark.parametrize("sign", ["，", "；"])
def test_lines_parted_by_a_wide_sign_are_a_table(run: Run, tmp_path: Path, sign: str) -> None:
    rows = (
        ("序号", "重点任务", "责任单位", "完成时限"),
        ("1", "建设平台", "市甲局、市乙局", "2025年6月底前"),
        ("2", "办好活动", "市丙局", "持续推进"),
    )
    (tmp_path / "表.txt").write_text("\n".join((TITLE, *map(sign.join, rows))), encoding="utf-8")
    outcome = run("import", "表.txt")
    assert (outcome.code, outcome.err) == (0, "")
    assert [
        (item.content, item.lead, item.schedule.wording) for item in load(tmp_path / "tasks.yaml").items
    ] == [
        ("建设平台", ("市甲局", "市乙局"), "2025年6月底前"),
        ("办好活动", ("市丙局",), "持续推进"),
    ]


@pytest.mark.parametrize(
    ("cells", "read", "told"),
    [
        (
            "建设平台 | ~~市甲局~~市乙局 | <del>6月底前</del>9月底前",
            ("建设平台", ("市乙局",), "9月底前"),
            [
                "3: words are struck out, and left out: '市甲局'",
                "4: words are struck out, and left out: '6月底前'",
            ],
        ),
        (
            '[编制规划](http://example.org/a_b "见附件") | **市丙局** | 6月底前[^1]',
            ("编制规划", ("市丙局",), "6月底前"),
            [
                "2: the page says more, which is left out: '见附件'",
                "4: there is a foot note, which is left out: '其中一期为3月底前。'",
            ],
        ),
        (
            r"建设&nbsp;&lt;平台&gt; A\*B \_x\_ | 市丙局 | 9月底前",
            ("建设 <平台> A*B _x_", ("市丙局",), "9月底前"),
            [],
        ),
        (
            '推进 *斜体* | <u title="原为市乙局">市丁局</u> | 12月底前<!-- 8月底前 -->',
            ("推进 斜体", ("市丁局",), "12月底前"),
            [
                "3: the page says more, which is left out: '原为市乙局'",
                "4: there is a comment, which is left out: '8月底前'",
            ],
        ),
    ],
    ids=["struck", "links and notes", "entities and escapes", "emphasis and comments"],
)
def test_marks_of_markdown_are_no_words(
    run: Run, tmp_path: Path, cells: str, read: tuple[object, ...], told: list[str]
) -> None:
    table = f"| 序号 | 重点任务 | 责任单位 | 完成时限 |\n|---|---|---|---|\n| 1 | {cells} |\n"
    (tmp_path / "表.md").write_text(f"# {TITLE}\n\n{table}\n[^1]: 其中一期为3月底前。\n", encoding="utf-8")
    outcome = run("import", "表.md")
    assert (outcome.code, outcome.err) == (0, "")
    (item,) = load(tmp_path / "tasks.yaml").items
    assert (item.content, item.lead, item.schedule.wording) == read
    for each in told:
        assert f"表.md:5:{each}" in outcome.out


@pytest.mark.parametrize(
    "struck",
    [
        "<del>市甲局</del>",
        "<s><b>市甲局</b></s>",
        '<span style="color:red;text-decoration: line-through">市<span>甲</span>局</span>',
        "<strike>市甲局",
    ],
)
def test_struck_words_of_a_page_are_left_out_and_told(run: Run, tmp_path: Path, struck: str) -> None:
    header = "<tr><td>序号</td><td>重点任务</td><td>责任单位</td><td>完成时限</td></tr>"
    row = f"<tr><td>1</td><td>建设平台</td><td>市乙局{struck}</td><td>6月底前</td></tr>"
    page = f"<html><body><h1>{TITLE}</h1>\n<table>{header}\n{row}</table></body></html>"
    (tmp_path / "表.html").write_text(page, encoding="utf-8")
    outcome = run("import", "表.html")
    assert (outcome.code, outcome.err) == (0, "")
    (item,) = load(tmp_path / "tasks.yaml").items
    assert (item.lead, item.schedule.wording) == (("市乙局",), "6月底前")
    assert "表.html:3:3: words are struck out, and left out: '市甲局'" in outcome.out


def test_the_year_and_the_day_of_issue_may_be_said(run: Run, tmp_path: Path) -> None:
    text = "某局任务表\n任务,责任单位,时限\n建设平台,市甲局,6月底前\n编制规划,市乙局,印发之日起30日内\n"
    (tmp_path / "表.csv").write_text(text, encoding="utf-8")
    assert run("import", "表.csv", "--year", "2024", "--issued", "2024-03-01").code == 0
    registry = load(tmp_path / "tasks.yaml")
    assert [str(item.due) for item in registry.items] == ["2024-06-30", "2024-03-31"]
    assert str(registry.plan.issued) == "2024-03-01"
    assert registry.plan.years is not None
    assert tuple(registry.plan.years) == (2024, 2024)
    assert run("import", "表.csv", "--year", "24").code == 2
    assert run("import", "表.csv", "--issued", "不知").code == 2


PAGE = """<html><head><title>导出网页</title><style><!-- .xl65 {{text-decoration:line-through}}
.h {{display:none}} h1::before {{content:"暂行"}} b::after {{content:"\\f101"}}
@media (max-width: 9px) {{ td {{x:y}} .w {{display:none}} }}
--></style></head><body><!-- 勿外传 --><a title="点击下载">{title}</a>
<h1>{title}</h1><table><caption>单位：项</caption>
<tr><td>序号</td><td>重点任务</td><td>责任单位</td><td>完成时限</td></tr>
<tr><td>1</td><td>{cells}</td><td>6月底前</td></tr></table></body></html>"""
PLAIN = ("建设平台", "市乙局")


@pytest.mark.parametrize(
    ("cells", "read", "told"),
    [
        (
            '建设平台<td>市乙局<b class="xl65">市甲局</b>',
            PLAIN,
            "3: words are struck out, and left out: '市甲局'",
        ),
        ('建设平台<td><b class="w">市乙局</b>', PLAIN, ""),
        (
            '建设平台<td>市乙局<b class="h">市甲局</b>',
            PLAIN,
            "3: words are hidden on the page, and left out: '市甲局'",
        ),
        (
            '建设平台<td class="h">旧平台<td>市乙局',
            PLAIN,
            "2: words are hidden on the page, and left out: '旧平台'",
        ),
        (
            "建设平台<td><select><option>市甲局<option selected>市乙局</select>",
            PLAIN,
            "3: others could be chosen here, and are left out: '市甲局'",
        ),
        (
            '建设平台<td title="原为市甲局">市乙局',
            PLAIN,
            "3: the page says more, which is left out: '原为市甲局'",
        ),
        (
            '建设平台<td><input list=a value="市乙局"><datalist id=a><option value="市甲局"></datalist>',
            PLAIN,
            "3: others could be chosen here, and are left out: '市甲局'",
        ),
        (
            "建设平台<annotation>x^2</annotation><td>市乙局",
            PLAIN,
            "2: words are hidden on the page, and left out: 'x^2'",
        ),
        (
            '<ruby>建设<rt>jiànshè</rt></ruby>平台<td><input value="市乙局">',
            PLAIN,
            "2: letters stand above words, and are left out: 'jiànshè'",
        ),
        ("建10<sup>4</sup>亩<td>市乙局", ("建10⁴亩", "市乙局"), "1: these words are nowhere"),
        (
            "<input type=checkbox checked>建设平台<td>市乙局",
            ("☑建设平台", "市乙局"),
            "1: these words are nowhere",
        ),
    ],
)
def test_what_a_page_hides_or_has_to_fill_in(
    run: Run, tmp_path: Path, cells: str, read: tuple[str, str], told: str
) -> None:
    (tmp_path / "表.html").write_text(PAGE.format(title=TITLE, cells=cells), encoding="utf-8")
    outcome = run("import", "表.html")
    assert (outcome.code, outcome.err) == (0, "")
    (item,) = load(tmp_path / "tasks.yaml").items
    assert (item.content, *item.lead) == read
    assert f":{told}" in outcome.out
    assert "表.html: the title of the page is left out: '导出网页'" in outcome.out
    assert "表.html: comments in the source of the page are left out: '勿外传'" in outcome.out
    assert "表.html: the page says more, which is left out: '点击下载'" in outcome.out
    assert "表.html: styles put words into the page, which are left out: '暂行'" in outcome.out
    assert "these words are nowhere in what was read: '单位：项'" in outcome.out


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_markdown_names_elsewhere(run: Run, tmp_path: Path, end: str) -> None:
    text = (
        f"---\ntitle: {TITLE}\nauthor: 某人\n---\n<!-- 草稿，\n未定 -->\n"
        "|序号|重点任务|责任单位|完成时限|\n|-|-|-|-|\n"
        '|1|[编制规划][甲]10<sup>4</sup>项![图](x.png)|市甲局|6月底前|\n\n[甲]: http://example.org "引文"\n'
    )
    (tmp_path / "表.md").write_text(text, encoding="utf-8", newline=end)
    out = run("import", "表.md").out
    (item,) = load(tmp_path / "tasks.yaml").items
    assert (item.content, item.lead) == ("编制规划10⁴项", ("市甲局",))
    assert "表.md:5:1: there is a comment, which is left out: '草稿， 未定'" in out
    assert "表.md: a picture stands here, and is not read: '图'" in out
    assert "表.md:11:1: there is a comment, which is left out: '引文'" in out
    assert "表.md: what stands before the text for programs is left out: 'author: 某人'" in out


def test_signs_that_were_lost_before_are_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "表.csv").write_text(
        f"{TITLE}\n任务,责任单位,时限\n建设平\ufffd,市甲局,6月底前\n", encoding="utf-8"
    )
    out = run("import", "表.csv").out
    assert "表.csv:3:1: signs were lost before the file came here: '建设平\ufffd'" in out

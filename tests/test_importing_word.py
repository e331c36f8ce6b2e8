"""What Word shows that is no plain text, and what it hides: read, or told with its place."""

import io
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml

from chengguo import load
from chengguo.model import Registry
from conftest import Run

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
HEADER = ("序号", "重点任务", "责任单位", "配合单位", "完成时限")
PLAIN = ("1", "建设平台", "市甲局", "市乙局", "6月底前")
STRUCK = "<w:r><w:rPr><w:strike/></w:rPr><w:t>{}</w:t></w:r>"

Read = Callable[..., tuple[list[str], Registry]]


def run_of(text: str) -> str:
    return text if text.startswith("<") else f"<w:r><w:t>{text}</w:t></w:r>"


def document(*rows: tuple[str, ...], above: str = "某市2025年重点工作任务清单", **notes: str) -> bytes:
    """Make a document of a table; a cell that begins with < is the XML of its runs."""
    made = docx.Document()
    for line in above.splitlines():
        made.add_paragraph(line)
    table = made.add_table(0, len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            paragraph = parse_xml(f"<w:p {SPACES}>{run_of(text)}</w:p>")
            cell._tc.replace(cell._tc.p_lst[0], paragraph)
    for kind, text in notes.items():
        _note(made, kind, text)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _note(made: docx.document.Document, kind: str, text: str) -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    xml = f'<w:{kind}s {SPACES}><w:{kind} w:id="5"><w:p>{run_of(text)}</w:p></w:{kind}></w:{kind}s>'
    content = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}s+xml"
    part = Part(PackURI(f"/word/{kind}s.xml"), content, xml.encode(), made.part.package)
    made.part.relate_to(part, getattr(RELATIONSHIP_TYPE, f"{kind.upper()}S"))


@pytest.fixture
def read(run: Run, tmp_path: Path) -> Read:
    """Import a document; give what was told of it, without its name, and the registry."""

    def once(*rows: tuple[str, ...], **more: str) -> tuple[list[str], Registry]:
        (tmp_path / "表.docx").write_bytes(document(HEADER, *rows, **more))
        outcome = run("import", "表.docx", "--force")
        assert (outcome.code, outcome.err) == (0, ""), outcome
        told = [line for line in outcome.out.splitlines() if line.startswith("表.docx:")]
        return [line.removeprefix("表.docx:") for line in told], load(tmp_path / "tasks.yaml")

    return once


def in_short(registry: Registry) -> list[tuple[object, ...]]:
    return [(each.content, each.lead, each.support, each.schedule.wording) for each in registry.items]


def field(code: str, result: str = "") -> str:
    middle = f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run_of(result)}' if result else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>{middle}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


LETTERS = "<m:r><m:t>{}</m:t></m:r>".format
RAISED = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>4</w:t></w:r>'
CHOICE = (
    '<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{}</w:ffData></w:fldChar></w:r><w:r><w:instrText>FORM'
    '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


@pytest.mark.parametrize(
    ("runs", "shown"),
    [
        (run_of("建设") + field(r"eq \o\ac(○,11)") + run_of("平台"), "建设⑪平台"),
        (run_of("到") + field("REF 年", "2025") + run_of("年"), "到2025年"),
        (f'<w:fldSimple w:instr=" SEQ 表 ">{run_of("3")}</w:fldSimple>{run_of("个平台")}', "3个平台"),
        (run_of("覆盖率") + "<m:oMath><m:r><m:t>≥90%</m:t></m:r></m:oMath>", "覆盖率≥90%"),
        (f"<m:oMath><m:f><m:num>{LETTERS('3')}</m:num><m:den>{LETTERS('4')}</m:den></m:f></m:oMath>", "3/4"),
        (f"<m:oMath><m:d><m:e>{LETTERS('a+b')}</m:e></m:d></m:oMath>", "(a+b)"),
        (
            f"<m:oMath><m:sSup><m:e>{LETTERS('10')}</m:e><m:sup>{LETTERS('4')}</m:sup></m:sSup></m:oMath>",
            "10⁴",
        ),
        (run_of("10") + RAISED + run_of("亩"), "10⁴亩"),
        (CHOICE.format("<w:checkBox><w:checked/></w:checkBox>") + run_of("是"), "☑是"),
        (field(r"eq \f(3,4)") + run_of("以上"), "3/4以上"),
        (run_of("开展") + field(r" EQ \o \ac(□,安) ") + run_of("字号工程"), "开展安字号工程"),
        (run_of("10") + field(r"eq \s\up5(4)") + run_of("亩"), "10⁴亩"),
        (field(r"eq \r(3,\f(a+1,2))"), "³√((a+1)/2)"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>' + run_of("建设平台"), "☑建设平台"),
        (f'<w:dir w:val="ltr">{run_of("建设")}</w:dir>' + run_of("平台"), "建设平台"),
        ("<w:r><w:t>实名</w:t><w:noBreakHyphen/><w:t>制</w:t></w:r>", "实名-制"),
    ],
)
def test_what_word_shows_is_text(read: Read, runs: str, shown: str) -> None:
    told, registry = read(("1", runs, *PLAIN[2:]))
    assert registry.items[0].content == shown
    assert told == [" the table has no sections; all is put into one"]


PICKED = (
    "<w:ddList><w:result w:val='1'/><w:listEntry w:val='市丙局'/><w:listEntry w:val='市丁局'/></w:ddList>"
)
LIST = (
    '<w:sdt><w:sdtPr>{}<w:dropDownList><w:listItem w:displayText="市丙局" w:value="3"/>'
    '<w:listItem w:value="市丁局"/></w:dropDownList></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>'
)


@pytest.mark.parametrize(
    "runs", [CHOICE.format(PICKED), LIST.format("", run_of("市丁局"))], ids=["old", "new"]
)
def test_what_could_be_chosen_is_told_beside_what_is(read: Read, runs: str) -> None:
    told, registry = read((*PLAIN[:2], runs, *PLAIN[3:]))
    assert registry.items[0].lead == ("市丁局",)
    assert " words to choose from are left out: '市丙局、市丁局'" in told


@pytest.mark.parametrize(
    ("control", "asked"),
    [
        (LIST, "选择一项。"),
        (
            "<w:sdt><w:sdtPr>{}<w:text/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
            "单击此处输入文字。",
        ),
    ],
)
def test_what_a_form_asks_for_is_no_answer(read: Read, control: str, asked: str) -> None:
    """The cell stands for itself: no answer is taken from the row above."""
    runs = control.format("<w:showingPlcHdr/>", run_of(asked))
    told, registry = read(PLAIN, ("2", "编制规划", "市丙局", runs, runs))
    assert in_short(registry)[1] == ("编制规划", ("市丙局",), (), "未载明")
    assert f"4:5: a form asks here, and nothing was filled in: '{asked}'" in told


BOX = (
    '<w:sdt><w:sdtPr><w14:checkbox xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml">'
    '<w14:checked w14:val="{}"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>{}</w:t></w:r>'
    "</w:sdtContent></w:sdt>"
)


def test_who_is_ticked_leads(read: Read) -> None:
    boxes = BOX.format(0, "☐") + run_of("市甲局 ") + BOX.format(1, "☒") + run_of("市丙局")
    told, registry = read((*PLAIN[:2], boxes, *PLAIN[3:4], run_of("☑9月底前　□12月底前")))
    assert in_short(registry) == [("建设平台", ("市丙局",), ("市乙局",), "9月底前")]
    assert "3:3: what is ticked counts, of: '□市甲局 ☑市丙局'" in told
    assert "3:5: what is ticked counts, of: '☑9月底前　□12月底前'" in told


def test_signs_that_are_letters_of_another_font(read: Read) -> None:
    font = '<w:r><w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr><w:t>{}</w:t></w:r>'
    _told, registry = read(("1", font.format("\uf0fe") + run_of("建设") + font.format("þ"), *PLAIN[2:]))
    assert registry.items[0].content == "☑建设☑"


WHITE = '<w:r><w:rPr><w:color w:val="FFFFFF"/>{}</w:rPr><w:t>市甲局</w:t></w:r>'


@pytest.mark.parametrize(("ground", "count"), [("", 1), ('<w:shd w:fill="000000"/>', 0)])
def test_white_words_are_read_and_told_where_nothing_is_behind_them(
    read: Read, ground: str, count: int
) -> None:
    told, registry = read((*PLAIN[:2], WHITE.format(ground), *PLAIN[3:]))
    assert registry.items[0].lead == ("市甲局",)
    why = "3:3: words of the cell have the colour of their ground; they are read all the same"
    assert told.count(why) == count


def test_letters_that_are_drawn_and_what_is_said_of_shapes_are_told(read: Read) -> None:
    shape = (
        '<v:shape xmlns:v="urn:schemas-microsoft-com:vml" alt="印章"><v:textpath string="草稿"/></v:shape>'
    )
    drawn = f"<w:r><w:pict>{shape}</w:pict></w:r>"
    tip = f'<w:hyperlink w:anchor="a" w:tooltip="延至9月底">{run_of("6月底前")}</w:hyperlink>'
    told, registry = read((*PLAIN[:4], drawn + tip))
    assert registry.items[0].schedule.wording == "6月底前"
    assert "3:5: a text box stands here, and is left out: '草稿'" in told
    assert " what is said of a table, a shape or a picture is left out: '印章'" in told
    assert " a cell prompts, and the words are left out: '延至9月底'" in told


def test_the_results_of_fields_are_numbers_and_schedules(read: Read) -> None:
    told, registry = read((field("SEQ 项", "3"), *PLAIN[1:4], field("DATE 时限", "6月底前")))
    assert (registry.items[0].address, registry.items[0].schedule.wording) == ("3.1", "6月底前")
    assert told[1:] == ["3:1: the first task has the number 3"]


def test_a_struck_row_is_left_out_and_told(read: Read) -> None:
    told, registry = read(
        PLAIN, tuple(STRUCK.format(text) for text in ("2", "旧事", "市乙局", "", "9月底前"))
    )
    assert [item.content for item in registry.items] == ["建设平台"]
    assert "4:2: words are struck out, and left out: '旧事'" in told


def test_struck_words_give_way_to_those_that_replace_them(read: Read) -> None:
    told, registry = read((*PLAIN[:2], STRUCK.format("市甲局") + run_of("市丙局"), *PLAIN[3:]))
    assert registry.items[0].lead == ("市丙局",)
    assert "3:3: words are struck out, and left out: '市甲局'" in told


@pytest.mark.parametrize(
    ("runs", "why"),
    [
        (
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>旧</w:t></w:r>",
            "words are hidden in the document, and left out",
        ),
        (
            f"<w:r><w:ruby><w:rt>{run_of('旧')}</w:rt><w:rubyBase>{run_of('')}</w:rubyBase></w:ruby></w:r>",
            "letters stand above words, and are left out",
        ),
    ],
)
def test_words_that_are_out_of_sight_or_above_others_are_told(read: Read, runs: str, why: str) -> None:
    told, registry = read(("1", runs + run_of("建设平台"), *PLAIN[2:]))
    assert registry.items[0].content == "建设平台"
    assert f"3:2: {why}: '旧'" in told


@pytest.mark.parametrize(
    ("kind", "name"), [("comment", "a comment"), ("footnote", "a foot note"), ("endnote", "an end note")]
)
def test_notes_are_told_with_their_place_and_words(read: Read, kind: str, name: str) -> None:
    reference = f'<w:r><w:{kind}Reference w:id="5"/></w:r>'
    told, registry = read((*PLAIN[:4], run_of("6月底前") + reference), **{kind: "改为9月底前"})
    assert registry.items[0].schedule.wording == "6月底前"
    assert f"3:5: there is {name}, which is left out: '改为9月底前'" in told


def test_bold_names_lead_where_a_rule_says_so(read: Read) -> None:
    who = run_of("市教委、") + "<w:r><w:rPr><w:b/></w:rPr><w:t>市科委</w:t></w:r>" + run_of("、市财政局")
    title = "某市2025年重点工作任务清单"
    _told, registry = read(("1", "甲事", who, "", "6月底前"), above=f"{title}\n注：加粗的为牵头单位")
    assert (registry.items[0].lead, registry.items[0].support) == (("市科委",), ("市教委", "市财政局"))
    _told, registry = read(("1", "甲事", who, "", "6月底前"), above=title)
    assert (registry.items[0].lead, registry.items[0].support) == (("市教委", "市科委", "市财政局"), ())


def test_a_deleted_cell_of_tracked_changes_is_refused(run: Run, tmp_path: Path) -> None:
    made = docx.Document(io.BytesIO(document(HEADER, PLAIN)))
    properties = made.tables[0].rows[1].cells[4]._tc.get_or_add_tcPr()
    properties.append(parse_xml(f'<w:cellDel {SPACES} w:id="1" w:author="某"/>'))
    made.save(str(tmp_path / "表.docx"))
    outcome = run("import", "表.docx")
    assert (outcome.code, outcome.out) == (1, "")
    assert "表.docx has tracked changes" in outcome.err


def read_of(run: Run, tmp_path: Path, made: docx.document.Document) -> tuple[list[str], Registry]:
    made.save(str(tmp_path / "表.docx"))
    outcome = run("import", "表.docx")
    assert (outcome.code, outcome.err) == (0, ""), outcome
    return outcome.out.splitlines(), load(tmp_path / "tasks.yaml")


def test_the_style_of_words_strikes_them_too(run: Run, tmp_path: Path) -> None:
    gone = '<w:r><w:rPr><w:rStyle w:val="Gone"/></w:rPr><w:t>市甲局、</w:t></w:r>' + run_of("市丙局")
    made = docx.Document(io.BytesIO(document(HEADER, (*PLAIN[:2], gone, *PLAIN[3:]))))
    style = f'<w:style {SPACES} w:type="character" w:styleId="Gone"><w:rPr><w:strike/></w:rPr></w:style>'
    made.styles.element.append(parse_xml(style))
    told, registry = read_of(run, tmp_path, made)
    assert registry.items[0].lead == ("市丙局",)
    assert "表.docx:3:3: words are struck out, and left out: '市甲局、'" in told


def test_what_stands_around_the_text_is_told(run: Run, tmp_path: Path) -> None:
    made = docx.Document(io.BytesIO(document(HEADER, PLAIN)))
    made.sections[0].header.paragraphs[0].text = "内部资料"
    made.sections[0].footer.paragraphs[0].text = "— 1 —"
    mark = '<v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textpath string="草稿"/></v:shape>'
    drawn = parse_xml(f"<w:r {SPACES}><w:pict>{mark}</w:pict></w:r>")
    made.sections[0].header.paragraphs[0]._p.append(drawn)
    row = made.tables[0].add_row()  # type: ignore[no-untyped-call] # python-docx has no types there
    row.cells[0].text = "2"
    row._tr.get_or_add_trPr().append(parse_xml(f"<w:hidden {SPACES}/>"))
    told, _registry = read_of(run, tmp_path, made)
    at = told.index("表.docx: the head of the pages is left out: '内部资料\\n草稿'")
    assert not any("foot" in line for line in told[at:])
    assert "表.docx:4:1: the row is left out, for it is hidden: '2'" in told


def test_letters_that_a_field_draws_above_words_are_told(read: Read) -> None:
    code = r'EQ \* jc2 \* "Font:宋体" \* hps10 \o\ad(\s\up 9(xian),县)'
    told, registry = read(("1", field(code) + run_of("城更新"), *PLAIN[2:]))
    assert registry.items[0].content == "县城更新"
    assert "3:2: letters stand above words, and are left out: 'xian'" in told


def test_a_field_without_a_result_that_nobody_can_draw_is_told(read: Read) -> None:
    told, registry = read((*PLAIN[:4], run_of("6月底前") + field("REF 时限")))
    assert registry.items[0].schedule.wording == "6月底前"
    assert "3:5: a field has no result, and is left out: 'REF 时限'" in told


@pytest.mark.parametrize("gap", ["\t", "\t\t", "    ", "\u3000\u3000"])
def test_a_table_typed_into_paragraphs(run: Run, tmp_path: Path, gap: str) -> None:
    made = docx.Document()
    made.add_paragraph("某县2026年侨务工作任务")
    for row in (
        ("序号", "任务", "责任单位", "完成时限"),
        ("1", "走访侨资企业20家", "县侨联", "9月底前"),
        ("2", "举办侨乡文化节", "县委统战部、县文旅局", "10月"),
    ):
        made.add_paragraph(gap.join(row))
    made.save(str(tmp_path / "表.docx"))
    assert run("import", "表.docx").code == 0
    found = [(each.content, each.lead, each.schedule.wording) for each in load(tmp_path / "tasks.yaml").items]
    assert found == [
        ("走访侨资企业20家", ("县侨联",), "9月底前"),
        ("举办侨乡文化节", ("县委统战部", "县文旅局"), "10月"),
    ]

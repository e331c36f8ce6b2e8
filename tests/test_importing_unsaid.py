"""Nothing of a table is dropped unsaid: each word of it is in the registry, or told with its place."""

import html
import json
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from conftest import Run

SAMPLES = Path(__file__).parent / "samples"
# What headers, numbers before titles, days of issue and cells without a word of their own are made of.
FORMAL = (
    "序号编号重点主要工作任务目标和具体要求内容措施责任牵头主办协办配合参与单位部门完成时限时间进度计划安排节点举措整治项负分工"
    "一二三四五六七八九十年月日印发附件同上无"
)
# Tables of which something stands in no item, and the words that are to be told.
TABLES = {
    "表.csv": (
        "某市2025年任务分解表\n填报单位：区政府办\n任务,责任单位,时限\n建设平台,市甲局,6月底前\n",
        "2:1: these words are nowhere in what was read: '填报单位：区政府办'",
    ),
    "单.tsv": (
        "某市2025年任务分解表\n注：加★的为牵头单位。\n任务\t责任单位\t时限\n甲事\t市甲局、★市乙局\t6月底前\n",
        "2:1: the rule is applied to the rows: '注：加★的为牵头单位。'",
    ),
    "一行.html": (  # all of it on one line, which tells no row apart
        "<table><tr><td>甲事<td>乙事<tr><td>另附<td>见后<tr><td>丙事<td>责任单位：市甲局</table>",
        "1:1: these words are nowhere in what was read: '另附'",
    ),
}


def words(text: str) -> Counter[str]:
    """Count the characters of a text that are no white space, punctuation or mark."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return Counter(each for each in folded if unicodedata.category(each)[0] not in "PZCM" and each != "|")


@pytest.mark.parametrize(("name", "text", "told"), [(name, *each) for name, each in TABLES.items()])
def test_what_stands_in_no_item_is_told(run: Run, tmp_path: Path, name: str, text: str, told: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert told in run("import", name, "-o", "-").err


def test_a_title_without_a_word_is_none(run: Run, tmp_path: Path) -> None:
    (tmp_path / "表.csv").write_text(
        "某市2025年任务分解表\n任务,责任单位,时限\n。,市甲局,6月底前\n乙事,市乙局,6月底前\n", encoding="utf-8"
    )
    outcome = run("import", "表.csv", "-o", "-")
    assert "3:1: the row is left out, for it does not say what: '。 | 市甲局 | 6月底前'" in outcome.err
    assert 'title: "。"' not in outcome.out


def of_file(file: Path) -> Counter[str]:
    """Count the characters of a file, but for those of tags and of what has no words."""
    data = file.read_bytes()
    text = next(data.decode(codec) for codec in ("utf-16", "utf-8-sig", "gbk") if can_be(data, codec))
    text = re.sub(r"<!--.*?-->|<(style|script|title)\b.*?</\1>", "", text, flags=re.DOTALL)
    if file.suffix in {".html", ".md"}:
        text = re.sub(r"<[^<>]*>", "", text)
    return words(html.unescape(text))


def can_be(data: bytes, codec: str) -> bool:
    """True if data may be a text so encoded; UTF-16 has a mark."""
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return False
    return codec != "utf-16" or data[:2] in {b"\xff\xfe", b"\xfe\xff"}


@pytest.mark.parametrize(
    "sample",
    sorted(path for path in SAMPLES.iterdir() if path.suffix in {".csv", ".tsv", ".txt", ".html", ".md"}),
)
def test_every_word_of_a_sample_is_in_the_registry_or_told(run: Run, tmp_path: Path, sample: Path) -> None:
    """Hold the file against the one that is written and what is said, without a look at how it is made."""
    if sample.stem == "README":
        return
    report = json.loads(run("import", str(sample), "--format", "json").out)
    written = (tmp_path / "tasks.yaml").read_text(encoding="utf-8")
    said = "".join((written, *(doubt["why"] for doubt in report["doubts"]), *report["notes"]))
    lost = of_file(sample) - words(said)
    assert set(lost) <= set(words(FORMAL)), lost


def test_a_character_that_is_lost_is_a_fault(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever a reader loses is noticed before anything is written."""
    from chengguo.importing.formats import delimited

    read = delimited.read
    monkeypatch.setattr(
        delimited, "read", lambda *file: [row._replace(cells=row.cells[:-1]) for row in read(*file)]
    )
    (tmp_path / "表.csv").write_text(
        "某市2025年任务表\n任务,责任单位,时限\n甲事,市甲局,6月\n", encoding="utf-8"
    )
    outcome = run("import", "表.csv")
    assert (outcome.code, outcome.out) == (70, "")
    assert "characters were lost in reading, a fault of the program: '某市2205年任务表时限6月'" in outcome.err
    assert not (tmp_path / "tasks.yaml").exists()

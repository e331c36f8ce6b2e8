"""Nothing of a table is dropped unsaid: each word of it is in the registry, or told with its place."""

import json
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from chengguo.importing import formats
from conftest import Run

SAMPLES = Path(__file__).parent / "samples"
# What headers, numbers before titles, days of issue and cells without a word of their own are made of.
FORMAL = (
    "序号编号重点主要工作任务目标和具体要求内容措施责任牵头主办协办配合参与单位部门完成时限时间进度计划安排节点举措"
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
}


def words(text: str) -> Counter[str]:
    """Count the characters of a text that are no white space or punctuation."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return Counter(each for each in folded if unicodedata.category(each)[0] not in "PZC")


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


@pytest.mark.parametrize(
    "sample", sorted(path for path in SAMPLES.iterdir() if path.suffix in {".csv", ".tsv", ".txt", ".html"})
)
def test_every_word_of_a_sample_is_in_the_registry_or_told(run: Run, tmp_path: Path, sample: Path) -> None:
    """Hold the cells against the file that is written and what is said, without a look at how it is made."""
    outcome = run("import", str(sample), "--format", "json")
    report = json.loads(outcome.out)
    written = (tmp_path / "tasks.yaml").read_text(encoding="utf-8")
    there = words(written + "".join(doubt["why"] for doubt in report["doubts"]))
    passed = words(FORMAL)
    for row in formats.read_rows(sample.read_bytes(), sample.name):
        for cell in row.cells:
            assert set(words(cell)) <= set(there | passed), (row.line, cell)

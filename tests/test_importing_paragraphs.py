"""Paragraphs of plans: a task, and in a bracket or on the lines below it who does it and by when."""

from pathlib import Path

import pytest

import reading_tables
from conftest import Run

TITLE = "某市2026年民生实事清单"
LABELS = "责任单位主要责任人完成时限进度安排"


@pytest.fixture
def read(run: Run, tmp_path: Path) -> reading_tables.Reading:
    def once(*lines: str) -> tuple[list[tuple[str, ...]], str]:
        return reading_tables.read(run, tmp_path, "表.txt", "\n".join((TITLE, *lines)), LABELS)

    return once


@pytest.mark.parametrize("stop", ["。", ""])
@pytest.mark.parametrize("words", ["提升县（市、区）服务", "建设平台(以下简称平台)", "改造(含新建)学校10所"])
def test_a_bracket_in_a_task_says_nothing_of_who_stands_below(
    read: reading_tables.Reading, words: str, stop: str
) -> None:
    found, told = read("一、教育", f"1.{words}{stop}", "责任单位：市教育局", "2.建小学。", "责任单位：市甲局")
    assert found == [
        ("教育", words, f"{words}{stop}", "市教育局", "", "未载明"),
        ("教育", "建小学", "建小学。", "市甲局", "", "未载明"),
    ]
    assert "left out" not in told


@pytest.mark.parametrize("stop", ["。", ""])
def test_tasks_without_numbers_stand_above_the_lines_that_say_who(
    read: reading_tables.Reading, stop: str
) -> None:
    found, told = read(
        f"新增学位2万个{stop}",
        "主要责任人：某某",
        "责任单位：市教育局",
        "进度安排：6月底前开工；12月底前招生。",
        f"建小学30所(含改扩建){stop}",
        "主要责任人：某某",
        "责任单位：市教育局",
        "进度安排：12月底前全部开工。",
    )
    assert [each[2:] for each in found] == [
        (f"新增学位2万个{stop}", "市教育局", "", "6月底前开工；12月底前招生"),
        (f"建小学30所(含改扩建){stop}", "市教育局", "", "12月底前全部开工"),
    ]
    assert "left out" not in told
    assert "nowhere" not in told


def test_a_line_between_the_title_and_a_single_line_that_says_who_is_no_task(
    read: reading_tables.Reading,
) -> None:
    found, _told = read("教育领域", "责任单位：市教育局", "1.建小学。", "责任单位：市甲局")
    assert [each[2:4] for each in found] == [("建小学。", "市甲局")]

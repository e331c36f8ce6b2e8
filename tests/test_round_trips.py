"""What export writes in .md, .html and .csv, import reads: the table comes back; what does not is told."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from chengguo.text.widths import folded
from conftest import Run, values_of

# Signs that Markdown, HTML or a spreadsheet means something by, and words; an office's cell is seldom worse.
SIGNS = st.sampled_from([*"*_`|~#<>&[]()!\\'=-+@.:", "<b>", "&amp;", "**", "__", "](x)", "<br>"])
WORDS = st.sampled_from(["建设平台", "一体化", "A", "x1", "办理 事项", "（试行）"])
LINES = st.tuples(WORDS, st.lists(SIGNS | WORDS, max_size=5).map("".join), WORDS).map("".join)
STARTS = st.tuples(st.sampled_from(["", "-", "=", "+", "'-", "@", "*", "# "]), LINES).map("".join)
CONTENTS = st.lists(STARTS, min_size=1, max_size=2).map("\n".join)
FORMATS = ["md", "html", "csv", "docx"]


def rows(table: dict[str, Any]) -> list[tuple[object, ...]]:
    return [
        (task["title"], item["content"], item["lead"], item.get("support", []), str(item["schedule"]))
        for task in table["tasks"]
        for item in task["items"]
    ]


def load(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = values_of(path)
    return found


@pytest.mark.parametrize("language", ["C.UTF-8", "zh_CN.UTF-8"])
@pytest.mark.parametrize("suffix", FORMATS)
def test_the_table_comes_back_and_what_does_not_is_told(
    run: Run, registry: Path, suffix: str, language: str
) -> None:
    assert run("export", f"表.{suffix}", "--as-of", "2019-10-01", LANG=language).code == 0
    title = ("--title", "上海市行动方案") if suffix == "csv" else ()  # which has no place for one
    outcome = run("import", f"表.{suffix}", "-o", "again.yaml", *title)
    assert outcome.code == 0
    assert outcome.out.endswith("0 doubts\n")
    assert (
        "not read, for they are reckoned from the registry, which an export in .xlsx holds, and one in .docx "
        "with --restorable: " in outcome.out
    )
    before, after = load(registry), load(registry.with_name("again.yaml"))
    assert rows(after) == rows(before)
    assert after["sections"] == before["sections"]
    assert "columns" not in after
    if suffix != "csv":  # which has no place for what stands above the table
        assert after["plan"]["table"] == "任务分工与进度表"


@pytest.mark.parametrize("suffix", FORMATS)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(LINES, st.lists(CONTENTS, min_size=1, max_size=2)), min_size=4, max_size=6))
def test_whatever_stands_in_a_cell_comes_back(
    run: Run, tmp_path: Path, suffix: str, tasks: list[tuple[str, list[str]]]
) -> None:
    usual = {"lead": ["甲局"], "schedule": "2025年底", "status": "pending"}
    table = {
        "format": 1,
        "plan": {"title": "某市2025年重点工作", "table": "重点任务分解表", "years": 2025},
        "departments": {"甲局": {}},
        "sections": {"一": "第一部分"},
        "tasks": [
            {
                "id": number,
                "section": "一",
                "title": title,
                "items": [{"id": at, "content": text} | usual for at, text in enumerate(contents, 1)],
            }
            for number, (title, contents) in enumerate(tasks, 1)
        ],
    }
    (tmp_path / "tasks.yaml").write_text(json.dumps(table, ensure_ascii=False), encoding="utf-8")
    assert run("export", f"out.{suffix}", "--as-of", "2025-10-01", "--force").code == 0
    assert run("import", f"out.{suffix}", "-o", "again.yaml", "--force", "--discard-existing").code == 0
    assert rows(load(tmp_path / "again.yaml")) == rows(table)


# Of several spaces HTML makes one.
PIECES = st.sampled_from(
    [*" :：&\"'“”（）/.-、,;+", "市", "甲", "局", "科委", "Office", "R&D", "3", "12345", "各", "和", "等"]
)
NAMES = (
    st.lists(PIECES, min_size=1, max_size=4).map("".join).map(lambda name: " ".join(f"甲{name}局".split()))
)
ODD = st.lists(PIECES, max_size=3).map(lambda pieces: " ".join("".join(pieces).split())).filter(bool)


def distinct(names: list[str]) -> bool:
    return len({*map(folded, names)}) == len(names)  # : and ： are one name


@pytest.mark.parametrize("suffix", FORMATS)
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(NAMES | ODD, min_size=4, max_size=8).filter(distinct), title=ODD)
def test_names_and_titles_come_back_as_they_are(
    run: Run, tmp_path: Path, suffix: str, names: list[str], title: str
) -> None:
    item = {"id": 1, "content": "甲", "lead": names[:1], "support": names[1:], "schedule": "2025年底"}
    table = {
        "format": 1,
        "plan": {"title": f"某市 {title} 行动方案", "years": 2025},
        "departments": {name: {} for name in names},
        "sections": {"一": "第一部分"},
        "tasks": [{"id": 1, "section": "一", "title": "建立", "items": [item | {"status": "pending"}]}],
    }
    (tmp_path / "tasks.yaml").write_text(json.dumps(table, ensure_ascii=False), encoding="utf-8")
    assume(run("validate").code == 0)
    assert run("export", f"out.{suffix}", "--as-of", "2025-10-01", "--force").code == 0
    outcome = run("import", f"out.{suffix}", "-o", "again.yaml", "--force", "--discard-existing")
    assert outcome.code == 0, outcome.err
    again = load(tmp_path / "again.yaml")
    assert rows(again) == rows(table)
    assert suffix == "csv" or again["plan"]["title"] == f"某市 {title} 行动方案"


ENGLISH = [
    "Women's Federation",
    "Women’s Federation",
    "R&D Office",
    "Sport/Culture Office",
    "Sino-German Centre",
]


@pytest.mark.parametrize("name", [*ENGLISH, "Department of Health & Family Planning"])
def test_a_name_in_english_with_a_sign_is_one(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "表.csv").write_text(f"任务,责任单位,时限\n建立,{name}、市科委,2025年底\n", encoding="utf-8")
    outcome = run("import", "表.csv", "--title", "某市2025年行动方案")
    assert (outcome.code, outcome.err) == (0, "")
    assert "may be no name" not in outcome.out
    assert [row[2] for row in rows(load(tmp_path / "tasks.yaml"))] == [[name, "市科委"]]

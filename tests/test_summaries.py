"""``chengguo depts`` and ``chengguo stats``: the counts, against counts made from the file alone."""

import csv
import io
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from conftest import TABLE, Run

ROWS = [
    {**item, "section": task["section"], "address": f"{task['id']}.{item['id']}"}
    for task in TABLE["tasks"]
    for item in task["items"]
]
AS_OF = ("--as-of", "2019-10-01")
LATER = ("missed", "unreported", "unreported_items")
OVERDUE = ("2017 年底", "2018 年底")  # as of that day

MIXED = """\
format: 1
plan: {title: 方案}
departments:
  甲局: {full: 某市甲局}
  乙局: {aliases: [乙, 二局]}
  各有关区: {group: true}
sections: {二: 后列部分, 一: 先列部分}
tasks:
- id: 1
  section: 一
  title: 任务
  items:
  - {id: 1, content: 甲事, lead: [甲局], support: [乙局], schedule: 2018 年底, status: done}
  - {id: 2, content: 乙事, lead: [甲局, 乙局], schedule: 2018 年底, status: pending}
  - {id: 3, content: 丙事, lead: [甲局], schedule: 2020 年底, status: cancelled}
- id: 2
  section: 二
  title: 任务
  items:
  - {id: 1, content: 丁事, lead: [乙局], schedule: 持续推进, status: in_progress}
  - {id: 2, content: 戊事, lead: [乙局], schedule: 适时, status: done}
"""


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """Five items of every kind, in sections and departments of unequal fortune."""
    path = tmp_path / "tasks.yaml"
    path.write_text(MIXED, encoding="utf-8")
    return path


def read_json(run: Run, *words: str) -> dict[str, Any]:
    outcome = run(*words, "--format", "json")
    assert (outcome.code, outcome.err) == (0, "")
    document: dict[str, Any] = json.loads(outcome.out)
    return document


def lines(run: Run, *words: str) -> list[str]:
    outcome = run(*words)
    assert (outcome.code, outcome.err) == (0, "")
    return [line.strip() for line in outcome.out.splitlines()]


# -- depts ---------------------------------------------------------------------------------------


@pytest.mark.usefixtures("registry")
def test_depts_counts_what_each_department_leads_and_supports(run: Run) -> None:
    lead = Counter(name for row in ROWS for name in row["lead"])
    support = Counter(name for row in ROWS for name in row["support"])
    overdue = Counter(name for row in ROWS if row["schedule"] in OVERDUE for name in row["lead"])
    document = read_json(run, "depts", *AS_OF)
    assert document == {
        "schema": "chengguo/depts/1",
        "as_of": "2019-10-01",
        "file": "tasks.yaml",
        "count": 24,
        "departments": [
            {
                "name": name,
                "full": entry.get("full"),
                "aliases": entry.get("aliases", []),
                "group": entry.get("group", False),
                "lead": lead[name],
                "support": support[name],
                "open": lead[name],
                "overdue": overdue[name],
                "missed": 0,
                "unreported": lead[name],  # nothing was ever reported
                "unreported_items": [row["address"] for row in ROWS if name in row["lead"]],
            }
            for name, entry in TABLE["departments"].items()
        ],
    }


@pytest.mark.usefixtures("mixed")
def test_depts_counts_as_open_and_overdue_only_what_is_open(run: Run) -> None:
    departments = read_json(run, "depts", *AS_OF)["departments"]
    counts = [[entry[key] for key in ("lead", "support", "open", "overdue")] for entry in departments]
    assert counts == [[3, 0, 1, 1], [3, 1, 2, 1], [0, 0, 0, 0]]


@pytest.mark.parametrize(
    ("role", "counts"),
    [
        ("lead", [[2, 2], [2, 1], [0, 0]]),
        ("support", [[0, 0], [1, 1], [0, 0]]),
        ("any", [[2, 2], [3, 2], [0, 0]]),
    ],
)
def test_who_supports_owes_nothing_unless_asked_for(
    run: Run, mixed: Path, role: str, counts: list[list[int]]
) -> None:
    mixed.write_text(MIXED.replace("status: done", "status: pending", 1), encoding="utf-8")
    departments = read_json(run, "depts", "--role", role, *AS_OF)["departments"]
    assert [[entry["open"], entry["overdue"]] for entry in departments] == counts


@pytest.mark.usefixtures("mixed")
def test_depts_as_a_table(run: Run) -> None:
    table = [line.split() for line in lines(run, "depts", *AS_OF)]
    assert table[0] == ["3", "departments,", "as", "of", "2019-10-01"]
    assert table[2] == [
        *("department", "full", "name", "leads", "supports", "open", "overdue"),
        *("missed", "unreported"),
    ]
    assert table[4:7] == [
        ["甲局", "某市甲局", "3", "0", "1", "1", "0", "0"],
        ["乙局", "3", "1", "2", "1", "0", "0"],
        ["各有关区", "0", "0", "0", "0", "0", "0"],
    ]


@pytest.mark.usefixtures("mixed")
def test_depts_for_scripts(run: Run) -> None:
    rows = list(csv.reader(io.StringIO(run("depts", *AS_OF, "--format", "csv").out)))
    assert rows == [
        [*("name", "full", "aliases", "group", "lead", "support", "open", "overdue"), *LATER],
        ["甲局", "某市甲局", "", "false", "3", "0", "1", "1", "0", "0", ""],
        ["乙局", "", "乙、二局", "false", "3", "1", "2", "1", "0", "0", ""],
        ["各有关区", "", "", "true", "0", "0", "0", "0", "0", "0", ""],
    ]
    assert lines(run, "depts", *AS_OF, "--format", "tsv") == ["\t".join(row).strip() for row in rows]
    records = [json.loads(line) for line in lines(run, "depts", *AS_OF, "--format", "jsonl")]
    assert records == read_json(run, "depts", *AS_OF)["departments"]


@pytest.mark.usefixtures("mixed")
def test_depts_as_markdown(run: Run) -> None:
    assert run("depts", *AS_OF, "--format", "md").out == (
        "**3 departments, as of 2019-10-01**\n"
        "\n"
        "| department | full name | leads | supports | open | overdue | missed | unreported |\n"
        "|---|---|---:|---:|---:|---:|---:|---:|\n"
        "| 甲局 | 某市甲局 | 3 | 0 | 1 | 1 | 0 | 0 |\n"
        "| 乙局 |  | 3 | 1 | 2 | 1 | 0 | 0 |\n"
        "| 各有关区 |  | 0 | 0 | 0 | 0 | 0 | 0 |\n"
    )


@pytest.mark.usefixtures("mixed")
def test_counts_are_ordered_by_the_most_of_one(run: Run) -> None:
    def first(*words: str) -> str:
        return lines(run, *words, *AS_OF, "--format", "csv")[1].partition(",")[0]

    assert [first("depts"), first("depts", "--reverse")] == ["甲局", "各有关区"]
    assert [first("depts", "--sort", "open"), first("depts", "--sort", "lead")] == ["乙局", "甲局"]
    assert first("depts", "--sort", "open", "--reverse") == "各有关区"
    assert [first("stats"), first("stats", "--sort", "overdue")] == ["二", "一"]
    assert run("stats", "--role", "any").err.startswith(
        "chengguo: --role goes with --dept, or with --by dept\n"
    )


# -- stats ---------------------------------------------------------------------------------------


def group(key: str, title: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    overdue = sum(row["schedule"] in OVERDUE for row in rows)
    count = len(rows)
    return {
        "key": key,
        "title": title,
        "total": count,
        "done": 0,
        "cancelled": 0,
        "open": count,
        "overdue": overdue,
        "missed": 0,
    }


BY_SECTION = [
    group(key, title, [row for row in ROWS if row["section"] == key])
    for key, title in TABLE["sections"].items()
]
BY_DEPARTMENT = [
    group(name, entry.get("full", name), [row for row in ROWS if name in row["lead"]])
    for name, entry in TABLE["departments"].items()
    if any(name in row["lead"] for row in ROWS)
]
BY_YEAR = [
    group(key, key, [row for row in ROWS if row["schedule"] == wording])
    for key, wording in (
        ("2017", "2017 年底"),
        ("2018", "2018 年底"),
        ("2019", "2019 年底"),
        ("ongoing", "持续推进"),
    )
]


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        ("section", BY_SECTION),
        ("dept", BY_DEPARTMENT),
        ("status", [group("pending", "pending", ROWS)]),
        ("year", BY_YEAR),
    ],
)
@pytest.mark.usefixtures("registry")
def test_stats_by_each_key(run: Run, by: str, groups: list[dict[str, Any]]) -> None:
    assert read_json(run, "stats", "--by", by, *AS_OF) == {
        "schema": "chengguo/stats/1",
        "as_of": "2019-10-01",
        "file": "tasks.yaml",
        "by": by,
        "count": len(groups),
        "groups": groups,
    }


@pytest.mark.usefixtures("registry")
def test_stats_are_by_section_unless_told(run: Run) -> None:
    assert run("stats", *AS_OF) == run("stats", "--by", "section", *AS_OF)


@pytest.mark.parametrize("by", ["section", "status", "year"])
@pytest.mark.usefixtures("mixed")
def test_groups_add_up_to_the_whole(run: Run, by: str) -> None:
    groups = read_json(run, "stats", "--by", by, *AS_OF)["groups"]
    sums = [sum(one[key] for one in groups) for key in ("total", "done", "cancelled", "open", "overdue")]
    assert sums == [5, 2, 1, 2, 1]


@pytest.mark.parametrize(
    ("by", "keys"),
    [
        ("section", ["二", "一"]),
        ("dept", ["甲局", "乙局"]),
        ("status", ["pending", "in_progress", "done", "cancelled"]),
        ("year", ["2018", "2020", "ongoing", "undated"]),
    ],
)
@pytest.mark.usefixtures("mixed")
def test_groups_stand_in_the_order_of_the_register_and_empty_ones_are_left_out(
    run: Run, by: str, keys: list[str]
) -> None:
    assert [one["key"] for one in read_json(run, "stats", "--by", by, *AS_OF)["groups"]] == keys


@pytest.mark.usefixtures("mixed")
def test_stats_as_of_an_earlier_day_have_nothing_overdue(run: Run) -> None:
    groups = read_json(run, "stats", "--as-of", "2018-12-31")["groups"]
    assert [one["overdue"] for one in groups] == [0, 0]


@pytest.mark.usefixtures("mixed")
def test_stats_as_a_table(run: Run) -> None:
    table = [line.replace("━", "").replace("╸", "").split() for line in lines(run, "stats", *AS_OF)]
    assert table[0] == ["5", "items,", "as", "of", "2019-10-01"]
    assert table[2] == ["section", "items", "done", "cancelled", "open", "overdue", "missed", "done", "%"]
    assert table[4:6] == [
        ["后列部分", "2", "1", "0", "1", "0", "0", "50%"],
        ["先列部分", "3", "1", "1", "1", "1", "0", "33%"],
    ]


@pytest.mark.usefixtures("mixed")
def test_the_bar_is_as_long_as_the_share_that_is_done(run: Run) -> None:
    bars = [line.count("━") for line in lines(run, "stats", *AS_OF)[4:6]]
    assert bars == [6, 4]


@pytest.mark.usefixtures("mixed")
def test_stats_by_department_say_that_items_count_several_times(run: Run) -> None:
    said = "An item counts once for each department that leads it."
    assert said in lines(run, "stats", "--by", "dept", *AS_OF)
    either = "An item counts once for each department that leads or supports it."
    assert either in lines(run, "stats", "--by", "dept", "--role", "any", *AS_OF)
    assert said not in lines(run, "stats", "--by", "section", *AS_OF)


@pytest.mark.usefixtures("mixed")
def test_stats_for_scripts(run: Run) -> None:
    rows = list(csv.reader(io.StringIO(run("stats", "--by", "year", *AS_OF, "--format", "csv").out)))
    assert rows == [
        ["key", "title", "total", "done", "cancelled", "open", "overdue", "missed"],
        ["2018", "2018", "2", "1", "0", "1", "1", "0"],
        ["2020", "2020", "1", "0", "1", "0", "0", "0"],
        ["ongoing", "ongoing", "1", "0", "0", "1", "0", "0"],
        ["undated", "undated", "1", "1", "0", "0", "0", "0"],
    ]


@pytest.mark.parametrize(
    ("by", "headings"),
    [
        ("status", ["pending", "in progress", "done", "cancelled"]),
        ("year", ["2018", "2020", "ongoing", "no date"]),
    ],
)
@pytest.mark.usefixtures("mixed")
def test_people_get_words_where_scripts_get_keys(run: Run, by: str, headings: list[str]) -> None:
    table = run("stats", "--by", by, *AS_OF, "--format", "md").out.splitlines()[4:]
    assert [row.split(" | ")[0] for row in table] == [f"| {heading}" for heading in headings]


@pytest.mark.usefixtures("mixed")
def test_unknown_key_is_wrong_usage(run: Run) -> None:
    outcome = run("stats", "--by", "month", COLUMNS="200")
    assert (outcome.code, outcome.out) == (2, "")
    assert "'month' is not one of 'section', 'dept', 'status', 'year', 'plan'." in outcome.err


# -- a registry without anything -----------------------------------------------------------------

EMPTY = "format: 1\nplan: {title: 方案}\ndepartments: {}\nsections: {}\ntasks: []\n"


@pytest.mark.parametrize(
    ("command", "said"), [("depts", "0 departments, as of"), ("stats", "0 items, as of")]
)
def test_nothing_to_count_is_fine(run: Run, tmp_path: Path, command: str, said: str) -> None:
    (tmp_path / "tasks.yaml").write_text(EMPTY, encoding="utf-8")
    assert lines(run, command, *AS_OF) == [f"{said} 2019-10-01"]
    assert read_json(run, command)["count"] == 0


@pytest.mark.parametrize(
    ("command", "header"),
    [
        ("depts", "name,full,aliases,group,lead,support,open,overdue,missed,unreported,unreported_items\n"),
        ("stats", "key,title,total,done,cancelled,open,overdue,missed\n"),
    ],
)
def test_nothing_to_count_still_has_a_header(run: Run, tmp_path: Path, command: str, header: str) -> None:
    (tmp_path / "tasks.yaml").write_text(EMPTY, encoding="utf-8")
    assert run(command, "--format", "csv") == (0, header, "")

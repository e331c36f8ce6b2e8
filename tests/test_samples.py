"""What import reads right of tables in the shape of real ones; samples/README.md has the figures.

Each sample has the reading that was written by hand beside it, before any importer saw it.
"""

import json
import os
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from chengguo import load
from chengguo.model import Registry
from conftest import Run

FOLDER = Path(__file__).parent / "samples"
SAMPLES = sorted(file for file in FOLDER.iterdir() if file.suffix != ".json" and file.stem != "README")
UPDATE = "CHENGGUO_UPDATE_README" in os.environ
MARKS = ("<!-- samples -->\n", "<!-- end of samples -->\n")


@cache
def expected(file: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(
        file.with_name(f"{file.stem}.expected.json").read_text(encoding="utf-8")
    )
    return read


class Read(NamedTuple):
    """What import made of a sample: its summary, the registry and the text of that."""

    summary: dict[str, Any]
    registry: Registry
    text: str


_READ: dict[Path, Read] = {}


def read(run: Run, folder: Path, file: Path) -> Read:
    """Import a sample as a user does, once for all that is asked of it."""
    if file not in _READ:
        (folder / file.name).write_bytes(file.read_bytes())
        made = folder / f"{file.stem}.yaml"
        outcome = run("import", file.name, "--format", "json", "-o", made.name)
        assert (outcome.code, outcome.err) == (0, "")
        _READ[file] = Read(json.loads(outcome.out), load(made), made.read_text(encoding="utf-8"))
    return _READ[file]


def compared(run: Run, folder: Path, file: Path) -> Counter[str]:
    """Count what was read right, what was flagged, and what was read wrong without a flag."""
    summary, registry, _text = read(run, folder, file)
    counts: Counter[str] = Counter()
    wanted = expected(file)["items"]
    assert len(registry.items) == len(wanted)
    flags = "\n".join(doubt["why"] for doubt in summary["doubts"])
    for item, want in zip(registry.items, wanted, strict=True):
        schedule = item.schedule
        names = (list(item.lead), list(item.support)) == (want["lead"], want["support"])
        days = [str(day) if day else None for day in (schedule.start, schedule.due)]
        dates = (schedule.kind, schedule.wording, *days) == (
            want["kind"],
            want["schedule"],
            want["start"],
            want["due"],
        )
        counts["items"] += 1
        counts["departments exact"] += names
        counts["dates exact"] += dates
        counts["doubtful"] += want["doubtful"]
        counts["doubtful flagged"] += want["doubtful"] and schedule.wording in flags
        counts["silently wrong"] += not names or (not dates and schedule.wording not in flags)
        counts["content exact"] += "".join(item.content.split()).rstrip("。") == want["content"].rstrip("。")
    return counts


@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: file.name)
def test_nothing_is_silently_wrong(run: Run, tmp_path: Path, file: Path) -> None:
    counts = compared(run, tmp_path, file)
    assert counts["silently wrong"] == 0
    assert counts["doubtful flagged"] == counts["doubtful"]
    assert counts["content exact"] == counts["items"]


@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: file.name)
def test_the_heading_is_read(run: Run, tmp_path: Path, file: Path) -> None:
    plan, want = read(run, tmp_path, file).registry.plan, expected(file)
    first, last = map(int, (want["years"].split("-") * 2)[:2]) if want["years"] else (0, 0)
    assert (plan.title, plan.years or (0, 0), str(plan.issued or "")) == (
        want["plan"],
        (first, last),
        want["issued"] or "",
    )


@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: file.name)
def test_what_is_made_validates(run: Run, tmp_path: Path, file: Path) -> None:
    (tmp_path / "tasks.yaml").write_text(read(run, tmp_path, file).text, encoding="utf-8")
    outcome = run("validate")
    assert outcome.code == 0
    assert {line.split()[1] for line in outcome.out.splitlines() if "warning:" in line} <= {"D402", "D406"}


@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: file.name)
def test_groups_are_groups_and_open_lists_keep_their_words(run: Run, tmp_path: Path, file: Path) -> None:
    _summary, registry, text = read(run, tmp_path, file)
    wanted = expected(file)["items"]
    groups = {name for item in wanted for name in item["groups"]}
    assert {each.name for each in registry.departments if each.group} == groups
    printed = [line for line in text.splitlines() if line.strip().startswith("# 原文")]
    assert sum("等" in line for line in printed) >= sum(item["open"] for item in wanted)


def test_the_readme_has_the_figures(run: Run, tmp_path: Path) -> None:
    names = ("items", "departments exact", "dates exact", "doubtful", "doubtful flagged", "silently wrong")
    lines = ["| sample | " + " | ".join(names) + " |", "| --- |" + " ---: |" * len(names)]
    total: Counter[str] = Counter()
    for file in SAMPLES:
        counts = compared(run, tmp_path, file)
        total += counts
        lines.append(f"| `{file.name}` | " + " | ".join(str(counts[name]) for name in names) + " |")
    lines.append("| all | " + " | ".join(str(total[name]) for name in names) + " |")
    table = "\n".join(lines) + "\n"
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    before, rest = readme.split(MARKS[0])
    now, after = rest.split(MARKS[1])
    if UPDATE:
        (FOLDER / "README.md").write_text(before + MARKS[0] + table + MARKS[1] + after, encoding="utf-8")
    assert now == table

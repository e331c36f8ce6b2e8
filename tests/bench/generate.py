"""Write a registry of any size to standard output: python tests/bench/generate.py 10000 > big.yaml.

The items are those of tasks.yaml over and over, under new ids, so that their texts and names are real; their
wordings are such as tables have, every third item has reports, every tenth was extended.
"""

import argparse
import sys
from pathlib import Path

WORDINGS = (
    "2017 年底",
    "2018年6月底前启动建设、持续推进",
    "持续推进",
    "2018年底前制定方案，2019年底前完成建设",
    "2019年三季度",
    "每季度末前报送",
    "2018年上半年",
    "2017年12月31日前完成，并长期坚持",
    "每年12月底前",
    "2020年6月底前完成主体工程，2020年底前投入使用",
)
_REPORTS = """\
    progress:
    - date: 2018-03-05
      status: in_progress
      note: 第 {number} 号任务：已拟定方案，正征求意见
      by: {lead}
    - date: 2018-09-28
      percent: {percent}
      note: "进展: 已完成 {percent}%"
      evidence: [某文〔2018〕{number}号]"""
_EXTENSION = """\
    extensions:
    - date: 2017-11-02
      to: 2020年底
      reason: 设备到货推迟
      approved_by: 市政府"""
TASKS_YAML = Path(__file__).parents[2] / "tasks.yaml"


def generate(count: int) -> str:
    """Give a sound registry of ``count`` items, ten a task."""
    head, _tasks, body = TASKS_YAML.read_text(encoding="utf-8").partition("\ntasks:\n")
    items = [_fields(item) for item in body.split("\n  - id: ")[1:]]
    sections = ("一", "二", "三", "四")
    lines = [head, "tasks:"]
    for number in range(count):
        task, item = divmod(number, 10)
        if item == 0:
            section = sections[task % len(sections)]
            lines += [
                f"- id: {task + 1}",
                f"  section: {section}",
                f"  title: 第 {task + 1} 项重点任务",
                "  items:",
            ]
        lines += [f"  - id: {item + 1}", *_told(items[number % len(items)], number)]
    return "\n".join(lines) + "\n"


def _told(fields: list[str], number: int) -> list[str]:
    """Return the fields of the item of a number, with its wording and what was reported of it."""
    lead = next(line for line in fields if line.startswith("    lead: ")).partition("[")[2]
    lead = lead.rstrip("]").split(", ")[0]
    fields = [line for line in fields if not line.startswith(("    schedule: ", "    status: "))]
    fields.append(f"    schedule: {WORDINGS[number % len(WORDINGS)]}")
    if number % len(WORDINGS) == 0:
        fields.append(_EXTENSION)
    if number % 3:
        return [*fields, "    status: pending"]
    reports = _REPORTS.format(number=number, lead=lead, percent=number % 90 + 5)
    return [*fields, "    status: in_progress", reports]


def _fields(item: str) -> list[str]:
    """Give the lines of an item's fields, without its id, its comments and what follows it."""
    lines = item.split("\n")[1:]
    end = next((row for row, line in enumerate(lines) if line and not line.startswith("    ")), len(lines))
    return [line for line in lines[:end] if line.strip() and not line.lstrip().startswith("#")]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write(generate(parser.parse_args().count))

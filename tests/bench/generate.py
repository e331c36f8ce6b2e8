"""Write a registry of any size to standard output: python tests/bench/generate.py 10000 > big.yaml.

The items are those of tasks.yaml over and over, under new ids, so that their texts and names are real.
"""

import argparse
import sys
from pathlib import Path

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
        lines += [f"  - id: {item + 1}", *items[number % len(items)]]
    return "\n".join(lines) + "\n"


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

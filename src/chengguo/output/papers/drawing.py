"""The drawings of the page, as SVG: places across are in per cent, so that texts stay as large on a phone."""

from datetime import date
from html import escape
from typing import NamedTuple

from chengguo.output.papers.lines import Curve, Step, Strip
from chengguo.output.papers.page import Bar

_LINE = 13  # pixels between marks above each other
_LABEL = 19  # per cent of the width of the strip, for the headings of sections
_HIGH = 104  # pixels of the curve
_NARROW = 5  # per cent of the bar: what is narrower has its number in the legend alone


def bar(bars: tuple[Bar, ...]) -> str:
    """Return the bar of lights: one stretch for items with days, one for standing work, a gap between."""
    total = sum(each.total for each in bars)
    gap = 1.0 if len(bars) > 1 else 0.0
    scale = (100 - gap * (len(bars) - 1)) / total if total else 0.0
    parts, left = [], 0.0
    for each in bars:
        for tally in each.tallies:
            wide = tally.total * scale
            parts.append(
                f'<rect class="{tally.light.color}" x="{left:.2f}%" y="1" width="{wide:.2f}%" height="20"/>'
            )
            if wide >= _NARROW:
                said = f"{tally.light.shape}{tally.total}"
                parts.append(_text(left + wide / 2, 16, said, f"middle on-{tally.light.color}"))
            left += wide
        left += gap
    told = "；".join(f"{each.name}{each.total}项：{_tallies(each)}" for each in bars)
    return _svg("bar", 22, f"各灯项数。{told}", parts)


def _tallies(each: Bar) -> str:
    return "、".join(f"{tally.light.name}{tally.total}项" for tally in each.tallies)


class _Chart(NamedTuple):
    """Where on the drawing of a curve a day and a number stand: in per cent across, in pixels down."""

    first: date
    days: int
    most: int

    def across(self, day: date) -> float:
        return 4 + 90 * (day - self.first).days / self.days

    def up(self, count: int) -> float:
        return _HIGH - 16 - (_HIGH - 32) * count / self.most


def curve(drawn: Curve) -> str:
    """Return planned (dashed) against done (drawn through) over time."""
    planned, done = drawn.planned[-1].total, drawn.done[-1].total if drawn.done else 0
    due = next((step.total for step in reversed(drawn.planned) if step.day <= drawn.today), 0)
    chart = _Chart(drawn.first, max((drawn.last - drawn.first).days, 1), max(planned, 1))
    floor, now = chart.up(0), chart.across(drawn.today)
    parts = [
        _line("axis", (4, floor), (94, floor)),
        *_years(drawn, chart),
        *_stairs(drawn.planned, (drawn.first, drawn.last), "planned", chart),
        *_stairs(drawn.done, (drawn.first, drawn.today), "finished", chart),
        _line("today", (now, 12), (now, floor)),
        _text(94, max(chart.up(planned) - 4, 10), f"计划 {planned}", "small end"),
        _text(min(max(now, 16), 92), chart.up(done) - 4, f"完成 {done}", "small end strong"),
    ]
    told = f"有期限的任务共{planned}项：截至{drawn.today}应完成{due}项，已完成{done}项"
    return _svg("curve", _HIGH, told, parts)


def _years(drawn: Curve, chart: _Chart) -> list[str]:
    """Return the names of the years, of many only some."""
    days = [max(date(year, 1, 1), drawn.first) for year in range(drawn.first.year, drawn.last.year + 1)]
    return [
        _text(chart.across(day), _HIGH - 3, str(day.year), "small") for day in days[:: -(-len(days) // 6)]
    ]


def _stairs(steps: tuple[Step, ...], ends: tuple[date, date], kind: str, chart: _Chart) -> list[str]:
    """Return the lines of a number that only grows, from one day to another."""
    (last, end), count, lines = ends, 0, []
    for step in (*steps, Step(end, steps[-1].total if steps else 0)):
        x, y = chart.across(step.day), chart.up(count)
        lines.append(_line(kind, (chart.across(last), y), (x, y)))
        lines.append(_line(kind, (x, y), (x, chart.up(step.total))))
        last, count = step.day, step.total
    return lines


def strip(drawn: Strip) -> str:
    """Return due dates by section and quarter, the day marked."""
    wide = (100 - _LABEL) / len(drawn.units)
    parts, top = _heads(drawn, wide), 18
    for band in drawn.bands:
        high = _LINE * max(1, *(len(marks) for marks in band.cells)) + 4
        parts.append(_line("grid", (0, top), (100, top)))
        parts.append(_text(0, top + _LINE, _cut(band.heading), "small"))
        for place, marks in enumerate(band.cells):
            for line, mark in enumerate(marks, 1):
                many = str(mark.total) if mark.total > 1 else ""
                middle = _LABEL + wide * (place + 0.5)
                parts.append(_text(middle, top + _LINE * line, mark.shape + many, f"middle ink-{mark.color}"))
        top += high
    now = _LABEL + wide * drawn.now
    parts.append(_line("today", (now, 14), (now, top)))
    parts.append(_text(now, top + 12, "今天", "small end strong"))
    return _svg("strip", top + 14, "各部分任务的到期时间，按季度排列；内容与其后的列表相同", parts)


def _heads(drawn: Strip, wide: float) -> list[str]:
    """Return the lines between quarters, with the year where it begins."""
    parts = []
    for place, unit in enumerate(drawn.units):
        left = _LABEL + wide * place
        is_first = place == 0 or unit.first.year != drawn.units[place - 1].first.year
        parts.append(
            f'<line class="grid{" year" * is_first}" x1="{left:.2f}%" x2="{left:.2f}%" y1="14" y2="100%"/>'
        )
        if is_first:
            parts.append(_text(left, 11, str(unit.first.year), "small"))
    return parts


_HEADING = 11  # characters


def _cut(text: str) -> str:
    return text if len(text) <= _HEADING else text[: _HEADING - 1] + "…"


def _line(kind: str, start: tuple[float, float], end: tuple[float, float]) -> str:
    """Return a line between two places, each in per cent across and pixels down."""
    (x1, y1), (x2, y2) = start, end
    return f'<line class="{kind}" x1="{x1:.2f}%" x2="{x2:.2f}%" y1="{y1:.1f}" y2="{y2:.1f}"/>'


def _text(across: float, down: float, text: str, kind: str) -> str:
    return f'<text class="{kind}" x="{across:.2f}%" y="{down:.1f}">{escape(text)}</text>'


def _svg(kind: str, high: int, told: str, parts: list[str]) -> str:
    """Return a drawing as wide as there is room; ``told`` says it to those who cannot see it."""
    head = f'<svg class="{kind}" role="img" aria-label="{escape(told)}" width="100%" height="{high}">'
    return f"{head}{''.join(parts)}</svg>"

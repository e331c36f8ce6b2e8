"""Tables that are made to hang or to break a reader: each is read or refused, at once, in little memory."""

import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from random import Random
from time import perf_counter

import pytest

import chengguo
from chengguo.departments.cells import read_cell

linux = pytest.mark.skipif(sys.platform != "linux", reason="measured the way Linux measures")
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot break a search off")

# -- words that repeat -----------------------------------------------------------------------------

_SOURCE = Path(chengguo.__file__).parent
MODULES = [
    f"chengguo.{wing}.{path.stem}"
    for wing in ("departments", "importing")
    for path in sorted((_SOURCE / wing).glob("[a-z]*.py"))
]


def patterns(module: str) -> Iterator[re.Pattern[str]]:
    """Give the regular expressions that a module has by name or in a table."""
    for value in vars(import_module(module)).values():
        for each in value.values() if isinstance(value, dict) else (value,):
            if isinstance(each, re.Pattern) and isinstance(each.pattern, str):
                yield each


def repeated(pattern: re.Pattern[str], draws: int) -> Iterator[str]:
    """Repeat what a pattern is made of, up to an end that it cannot go on with."""
    words = re.findall(r"[\u4e00-\u9fff]+|[^\w\s]", pattern.pattern)
    pieces = [*words, *(character for word in words for character in word), " ", "1", "a"]
    random = Random(pattern.pattern)  # noqa: S311 - the same at every run
    for _draw in range(draws):
        fragment = "".join(random.choices(pieces, k=random.choice((1, 1, 2, 3))))
        yield random.choice(("", *pieces)) + fragment * 30 + random.choice(("丂", *pieces))


@contextmanager
def broken_off(seconds: float) -> Iterator[None]:
    """Break off what takes longer."""

    def fail(*_signal: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, fail)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@posix
@pytest.mark.parametrize("module", MODULES)
def test_no_expression_is_read_in_exponential_time(module: str) -> None:
    for pattern in patterns(module):
        for text in repeated(pattern, 60):
            for search in (pattern.search, pattern.fullmatch):
                with broken_off(1):
                    search(text)


FRAGMENTS = [
    *(
        "各有关单位和",
        "有关",
        "区县",
        "市直属",
        "局与",
        "与",
        "镇街",
        "各",
        "会同政府",
        "商市",
        "（一）",
        "（",
        "）",
        "（会同",
    ),
    *(
        "牵头",
        "负责",
        "配合",
        "等",
        "、",
        " ",
        "\n",
        "责任单位：",
        "甲局",
        "市科委 ",
        "①",
        "1.",
        "〔",
        "-",
        "…",
        "和及",
    ),
    *(
        "各有关单位",
        "全市各",
        "市(区县",
        "科研院所",
        "市科委和市教委、",
        "按职责分工负责",
        "13800000000",
        "以",
        "为主",
        "简称",
    ),
]


@pytest.mark.parametrize("fragment", FRAGMENTS)
@pytest.mark.parametrize("times", [8, 24, 200])
def test_a_cell_of_what_repeats_is_read_at_once(fragment: str, times: int) -> None:
    for before, after in (("", ""), ("甲局", "!"), ("市", "局")):
        begin = perf_counter()
        found = read_cell((before + fragment * times + after)[:1000])
        assert perf_counter() - begin < 2  # on a busy machine; alone a tenth of it
        assert isinstance(found.doubts, tuple)


def test_a_cell_that_takes_too_many_steps_is_not_understood() -> None:
    assert read_cell("甲局" + "（一）" * 200).doubts == ("the cell is too involved to be read",)

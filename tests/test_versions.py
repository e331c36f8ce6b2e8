"""The releases of others that this project takes: the bounds in pyproject.toml, and the files of pins."""

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import requires

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import systems
import versions

pytestmark = systems.checkers

PROJECT = tomllib.loads((versions.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
RUNTIME = [Requirement(line) for line in PROJECT["dependencies"]]
OPTIONAL = PROJECT["optional-dependencies"]
EXTRAS = [Requirement(line) for extra in ("calendar", "office", "parquet") for line in OPTIONAL[extra]]
TOOLS = [Requirement(line) for line in OPTIONAL["dev"] if not line.startswith("chengguo[")]
FOUR = {"typer", "pyyaml", "rich", "python-dateutil"}
PINNED = re.compile(r"(?P<name>[a-z0-9-]+)==(?P<version>[0-9a-z.]+)(?: ; (?P<marker>.+))?")


def pins(name: str) -> Iterator[tuple[str, str]]:
    """Yield the releases that a file pins; a line that is anything else fails."""
    for line in (versions.TESTS / name).read_text(encoding="utf-8").splitlines()[1:]:
        found = PINNED.fullmatch(line)
        assert found, line
        yield canonicalize_name(found["name"]), found["version"]


def needed(*names: str) -> set[str]:
    """Return what pip installs for packages: they themselves, and what these require."""
    found: set[str] = set()
    queue = list(names)
    while queue:
        name = canonicalize_name(queue.pop())
        if name not in found:
            found.add(name)
            queue += [one.name for one in map(Requirement, requires(name) or []) if applies(one)]
    return found


def applies(requirement: Requirement) -> bool:
    return requirement.marker is None or requirement.marker.evaluate({"extra": ""})


def test_click_is_named_beside_the_four_and_brings_nothing_with_it() -> None:
    assert {one.name for one in RUNTIME} == {*FOUR, "click"}
    assert needed(*FOUR) == needed(*FOUR, "click")


@pytest.mark.parametrize("requirement", [*RUNTIME, *EXTRAS], ids=lambda one: one.name)
def test_what_the_program_needs_has_a_lowest_and_a_highest_release(requirement: Requirement) -> None:
    assert sorted(bound.operator for bound in requirement.specifier) == ["<", ">="]


@pytest.mark.parametrize("name", ["locked.txt", "lowest.txt"])
def test_every_requirement_is_pinned_within_its_bounds(name: str) -> None:
    pinned = dict(pins(name))
    for one in [*RUNTIME, *EXTRAS, *TOOLS]:
        assert one.specifier.contains(pinned[canonicalize_name(one.name)]), one
    assert needed(*(one.name for one in [*RUNTIME, *EXTRAS, *TOOLS])) <= {*pinned, "six"}


def test_lowest_releases_are_those_of_the_bounds() -> None:
    lowest = [Requirement(line) for line in versions.lowest()]
    pinned = dict(pins("lowest.txt"))
    assert {one.name for one in lowest} == {one.name for one in [*RUNTIME, *EXTRAS]}
    assert [one.name for one in lowest if not one.specifier.contains(pinned[one.name])] == []


def test_pythons_of_the_machine_are_of_the_version_that_they_are_listed_under() -> None:
    found = versions.pythons()
    assert found
    assert {version: versions.version_of(python) for version, python in found.items()} == {
        version: version for version in found
    }


def test_every_python_that_the_project_allows_is_one_to_run_or_none_yet() -> None:
    assert PROJECT["requires-python"] == f">={versions.PYTHONS[0]}"
    told = [line.rpartition(" :: ")[2] for line in PROJECT["classifiers"] if re.search(r":: 3\.\d+$", line)]
    assert told == list(versions.PYTHONS)

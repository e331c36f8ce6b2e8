"""A register of departments that several registries have in common, in a file of its own."""

from typing import NamedTuple

from chengguo.model import NOWHERE, Department
from chengguo.registry.fields import REGISTRY
from chengguo.registry.reading import Reader
from chengguo.text.findings import Finding
from chengguo.text.source import Source


class Register(NamedTuple):
    """A register that several registries have in common, and what is wrong with its file."""

    departments: tuple[Department, ...]
    findings: tuple[Finding, ...]


def read_departments(source: Source) -> Register:
    """Read a file that has departments alone; never raises. Its entries have no place in a registry."""
    from chengguo.text.parser import parse  # PyYAML takes its time to load

    root, findings = parse(source)
    if root is None:
        return Register((), findings.in_order())
    reader = Reader(source.text, findings)
    values = reader.record(root, _REGISTER).values
    entries = reader.departments(values.get("departments"))
    return Register(tuple(each._replace(span=NOWHERE) for each in entries), findings.in_order())


_REGISTER = {
    name: REGISTRY[name]._replace(required=name == "departments") for name in ("format", "departments")
}

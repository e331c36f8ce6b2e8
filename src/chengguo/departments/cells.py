"""A cell of departments (责任部门, 配合部门) to who leads and who supports.

Official tables write more into such a cell than names: who is first among them (牵头), who joins (会同,
配合), that the list is open (等), whose level is meant (省委宣传部、文化和旅游厅), by when. What is certain
of that is read; what is not is a doubt, in words.
"""

import re
from functools import lru_cache

from chengguo.departments import bodies, printed, reading, tokens
from chengguo.departments.units import Departments, Role, Unit
from chengguo.language import _, remembered
from chengguo.schedules.plain import is_ditto

__all__ = ["Departments", "Role", "Unit", "read_cell", "written"]

_SEPARATOR = "、"
_NAME = (
    r'(?:"(?:[^"]|"")+"|[^"、]+)'  # in quotation marks it is as it stands there; one of them stands for two
)
_QUOTED_LIST = re.compile(rf'(?=.*(?:^|、)"){_NAME}(?:、{_NAME})*+', re.DOTALL)
_NAMES = re.compile(_NAME)


def read_cell(cell: str, role: Role = "lead") -> Departments:
    """Read a cell of the column of ``role``; never raises. A cell without role words is all of that role.

    A cell in which names stand in quotation marks, as ``written`` puts them, is a list of names, each for
    itself.
    """
    return _read_cell(cell, role)


@remembered
def _read_cell(cell: str, role: Role) -> Departments:
    if '"' in cell and _QUOTED_LIST.fullmatch(cell.strip()):
        return _read_quoted(cell, role)
    text = printed.plain(cell)
    bare = re.sub(r"[()\s]", "", text)
    if is_ditto(bare) or tokens.NOBODY.fullmatch(bare):
        return Departments(is_ditto=is_ditto(bare))
    if len(text) > printed.LONGEST:
        return Departments(doubts=(_("the cell is too long to be names"),))
    found = reading.read_cell(text, role)
    if found.schedule:
        found = found._replace(schedule=printed.as_printed(found.schedule, cell))
    lead, support = (
        tuple(printed.in_print(unit, cell) for unit in units) for units in (found.lead, found.support)
    )
    return found._replace(lead=lead, support=support)


@lru_cache(maxsize=4096)
def written(names: tuple[str, ...], role: Role) -> str:
    """Return names as a cell that is read as them: those that would be others in quotation marks."""
    cell = _SEPARATOR.join(names)
    if not names or _is_read_as(cell, names, role):
        return cell
    apart = [each for each in names if not {_SEPARATOR, '"'} & {*each} and _is_read_as(each, (each,), role)]
    bare = apart if len(apart) < len(names) else ()  # side by side they were others
    return _SEPARATOR.join(each if each in bare else _quoted(each) for each in names)


def _is_read_as(cell: str, names: tuple[str, ...], role: Role) -> bool:
    found = read_cell(cell, role)
    return tuple(unit.name for unit in (found.lead if role == "lead" else found.support)) == names


def _quoted(name: str) -> str:
    return '"{}"'.format(name.replace('"', '""'))


def _read_quoted(cell: str, role: Role) -> Departments:
    """Read a list of names, each in quotation marks or as any cell of one."""
    found = Departments()
    for name in _NAMES.findall(cell.strip()):
        if name.startswith('"'):
            plain = name[1:-1].replace('""', '"')
            units = (Unit(plain, group=bodies.is_group(plain), wording=plain),)
            more = Departments(lead=units) if role == "lead" else Departments(support=units)
        else:
            more = read_cell(name, role)
        found = Departments(
            found.lead + more.lead,
            found.support + more.support,
            found.is_open or more.is_open,
            schedule=found.schedule or more.schedule,
            doubts=found.doubts + more.doubts,
        )
    return found

"""A cell of departments (责任部门, 配合部门) to who leads and who supports.

Official tables write more into such a cell than names: who is first among them (牵头), who joins (会同,
配合), that the list is open (等), whose level is meant (省委宣传部、文化和旅游厅), by when. What is certain
of that is read; what is not is a doubt, in words.
"""

import re

from chengguo.departments import printed, reading, tokens
from chengguo.departments.units import Departments, Role, Unit
from chengguo.language import _
from chengguo.schedules.plain import is_ditto

__all__ = ["Departments", "Role", "Unit", "read_cell"]


def read_cell(cell: str, role: Role = "lead") -> Departments:
    """Read a cell of the column of ``role``; never raises. A cell without role words is all of that role."""
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

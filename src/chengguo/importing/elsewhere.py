"""Names of one cell of a table as the others have them: which stand alone, which without their level."""

import re
from collections.abc import Iterable
from functools import cached_property
from itertools import pairwise

from chengguo.departments import bodies, shared
from chengguo.departments.cells import Departments, Unit
from chengguo.importing.rows import Row
from chengguo.language import _

_FEW = 2  # offices without a level, by which none of a table is told to have none
_LABELLED, _APART = re.compile("[:：]"), re.compile("[、，,;；。/（(\\s]+")


class Elsewhere:
    """The words of all cells of a table, among which a name may stand alone."""

    def __init__(self, rows: Iterable[Row]) -> None:
        """Take the words of the cells of rows."""
        self.begun: set[str] = set()  # the words that cells, or their labelled parts, begin with
        self.written: set[str] = set()  # all words between the separators of names
        self.alone: set[str] = set()  # those that are no group of places, nor the end of one: 各县、区教育局
        for cell in {cell for row in rows for cell in row.cells}:
            for part in _LABELLED.split(cell):
                words = _APART.split(part.strip())
                self.begun.add(words[0])
                self.written.update(words)
                both = {word for pair in pairwise(words) if shared.is_end_of_each(*pair) for word in pair}
                self.alone.update(word for word in words if word not in both)

    def read(self, found: Departments) -> Departments:
        """Return the departments of a cell as the others have their names."""
        return self.parted(self.named(found))

    def parted(self, found: Departments) -> Departments:
        """Return departments with two apart where one of them stands alone in other cells: 各区、市商务局."""
        groups = [unit.name for unit in found.lead + found.support if unit.group]
        both = {name: shared.parts_of_each(name) for name in groups}
        apart = {
            name: [Unit(each, group=bodies.is_group(each), wording=each) for each in names]
            for name, names in both.items()
            if not self.alone.isdisjoint(names)
        }
        if not apart:
            return found
        doubts = [each for each in found.doubts if not any(name in each for name in apart)]
        why = _("'{name}' is read as two, of which one stands alone in other cells")
        doubts += [why.format(name=name) for name in apart]
        lead, support = (
            tuple(each for unit in units for each in apart.get(unit.name, [unit]))
            for units in (found.lead, found.support)
        )
        return found._replace(lead=lead, support=support, doubts=tuple(doubts))

    def named(self, found: Departments) -> Departments:
        """Return departments without the levels that were completed for names that stand alone elsewhere.

        建设局 behind 开发区建投集团 is the 建设局 that other cells begin with, where none has 开发区建设局.
        """
        kept = {unit.name: short for unit in found.lead + found.support if (short := self.short(unit))}
        if not kept:
            return found
        completed = _("'{name}' is completed; it may be another body's branch")
        why = _("'{name}' begins other cells, and stays as it is printed; it may be '{whole}'")
        if not self.begun.issuperset(kept.values()):
            why = _("'{name}' stays as it is printed, as most of the table's names; it may be '{whole}'")
        doubts = [each for each in found.doubts if each not in {completed.format(name=name) for name in kept}]
        doubts += [why.format(name=short, whole=name) for name, short in kept.items()]
        lead, support = (
            tuple(unit._replace(name=kept.get(unit.name, unit.name)) for unit in units)
            for units in (found.lead, found.support)
        )
        return found._replace(lead=lead, support=support, doubts=tuple(doubts))

    def short(self, unit: Unit) -> str:
        """Return the name of a body as it is printed, where it was completed and others begin so; else ""."""
        name = self.completed(unit)
        return name if name in self.begun or self.is_levelless else ""

    def completed(self, unit: Unit) -> str:
        """Return the name of a body as it is printed, where it stands nowhere with its level; else ""."""
        name = re.sub("[(（].*", "", unit.wording, flags=re.DOTALL).strip()
        is_short = name != unit.name and unit.name.endswith(name) and bodies.lacks_level(name)
        return name if is_short and unit.name not in self.written else ""

    @cached_property
    def is_levelless(self) -> bool:
        """True if most cells of the table that begin with an office do not say whose it is."""
        offices = [word for word in self.begun if bodies.is_whole(word) and bodies.is_office(word)]
        lacking = [word for word in offices if bodies.lacks_level(word) and not bodies.is_party(word)]
        return len(lacking) > _FEW and len(lacking) * 2 > len(offices)

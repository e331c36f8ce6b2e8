"""CSV and TSV: a header, a record a row, safe to open in a spreadsheet.

Names and values are the stable ones; where another language is asked for, those of the tables, for people.
"""

import csv
import re
from collections.abc import Iterator

from chengguo.language import asked
from chengguo.output.cells import Cell, for_people, for_scripts
from chengguo.output.report import Output, Report
from chengguo.output.views import View

_DELIMITERS = {"csv": ",", "tsv": "\t"}
# What a spreadsheet takes for the beginning of a formula, full-width signs included.
FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r]")


def write(report: Report, output: Output, name: str) -> None:
    """Write the view for scripts as csv or tsv."""
    output.put(lines(report.scripts(), _DELIMITERS[name]), for_excel=True)


class _Echo:
    """A file for a writer of rows, which gets each back as it is written."""

    write = str


def lines(view: View, delimiter: str) -> Iterator[str]:
    """Yield the rows of ``view`` as delimited text; each ends with a line feed."""
    written = csv.writer(_Echo(), delimiter=delimiter, lineterminator="\n").writerow
    yield written([column.name if asked() == "en" else column.heading for column in view.columns])
    for row in view.rows:
        yield written([_safe(cell) for cell in row])


def _safe(cell: Cell) -> str:
    """Return the text of a cell, quoted with ' where a spreadsheet would run it; a number is none."""
    text = for_scripts(cell) if asked() == "en" else for_people(cell)
    return f"'{text}" if not isinstance(cell, int) and FORMULA.match(text.lstrip("'")) else text

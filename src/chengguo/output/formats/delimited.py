"""CSV and TSV: a header, a record a row, safe to open in a spreadsheet.

Names and values are the stable ones; where another language is asked for, those of the tables, for people.
"""

import csv
import io
import re

from chengguo.language import asked
from chengguo.output.cells import Cell, for_people, for_scripts
from chengguo.output.report import Output, Report
from chengguo.output.views import View

_DELIMITERS = {"csv": ",", "tsv": "\t"}
# What a spreadsheet takes for the beginning of a formula, full-width signs included.
FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r]")


def write(report: Report, output: Output, name: str) -> None:
    """Write the view for scripts as csv or tsv."""
    output.put(render(report.scripts(), _DELIMITERS[name]), for_excel=True)


def render(view: View, delimiter: str) -> str:
    """Return ``view`` as delimited text; lines end with a line feed."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow([column.name if asked() == "en" else column.heading for column in view.columns])
    writer.writerows([_safe(cell) for cell in row] for row in view.rows)
    return out.getvalue()


def _safe(cell: Cell) -> str:
    """Return the text of a cell, quoted with ' where a spreadsheet would run it; a number is none."""
    text = for_scripts(cell) if asked() == "en" else for_people(cell)
    return f"'{text}" if not isinstance(cell, int) and FORMULA.match(text.lstrip("'")) else text

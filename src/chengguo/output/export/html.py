"""HTML: one page that holds all it needs, without scripts, fit for A4 landscape."""

from html import escape

from chengguo.output.export.document import TINTS, Block, Document, Line, Section, Tint

_WIDTHS = (4, 12, 35, 11, 15, 8, 6, 9)  # of the columns, in hundredths where there are no others
_OWN_WIDTH = 9  # of each of the office's own
_CENTRED = frozenset({0, 5, 6, 7})  # the columns of short texts
_OWN = (0, 1)  # the columns of a task itself, beside all of its items
_TINTED = "\n".join(
    f".{name} {{ color: #{tint.letters}; background: #{tint.ground}; print-color-adjust: exact; }}"
    for name, tint in TINTS.items()
)
_STYLE = f"""
body {{ font-family: "FangSong", "STFangsong", "Noto Serif CJK SC", serif; margin: 1.5em; }}
h1, p {{ text-align: center; margin: .4em 0; }}
h1 {{ font-size: 1.5em; }}
table {{ border-collapse: collapse; table-layout: fixed; width: 100%; min-width: 64em; }}
th, td {{ border: 1px solid #444; padding: .3em; vertical-align: top; }}
th, td {{ white-space: pre-line; overflow-wrap: anywhere; }}
thead th {{ background: #e7e6e6; }}
th[colspan] {{ text-align: left; break-after: avoid; }}
.short {{ text-align: center; }}
{_TINTED}
thead {{ display: table-header-group; }}
@media screen {{ thead th {{ position: sticky; top: 0; }} }}
@page {{ size: A4 landscape; margin: 12mm; }}
@media print {{ body {{ margin: 0; font-size: 9pt; }} table {{ min-width: 0; width: calc(100% - 1px); }} }}
@media print {{ td:not([rowspan]) {{ break-inside: avoid; }} tr.heading {{ break-after: avoid; }} }}
"""


def write(document: Document) -> bytes:
    """Give ``document`` as an HTML page in UTF-8; every cell is escaped."""
    title, table, as_of = map(escape, (document.title, document.table, document.as_of))
    above = "".join(f"<p>{line}</p>\n" for line in (table, as_of) if line)
    widths = (*_WIDTHS, *(_OWN_WIDTH for _column in document.own))
    columns = "".join(f'<col style="width: {100 * width / sum(widths):.4g}%">' for width in widths)
    names = (*document.columns, *(column.heading for column in document.own))
    headings = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    body = "".join(_part(part, len(names)) for part in document.parts)
    page = (
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>{title}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n{above}"
        f"<table>\n<colgroup>{columns}</colgroup>\n<thead>\n<tr>{headings}</tr>\n</thead>\n{body}</table>\n</body>\n</html>\n"
    )
    return page.encode()


def _part(part: Section, width: int) -> str:
    heading = f'<tr class="heading"><th colspan="{width}" scope="rowgroup">{escape(part.heading)}</th></tr>\n'
    return f"<tbody>\n{heading}{''.join(map(_block, part.blocks))}</tbody>\n"


def _block(block: Block) -> str:
    return "".join(_line(block, line, first=number == 0) for number, line in enumerate(block.lines))


def _line(block: Block, line: Line, *, first: bool) -> str:
    own = (block.number, block.title) if first else ()
    rows = len(block.lines)
    cells = [_cell(text, column, block.tint, rows) for column, text in enumerate(own)]
    shown = zip((*line.cells, *line.own), line.tints, strict=True)
    cells += [_cell(text, column, tint) for column, (text, tint) in enumerate(shown, start=len(_OWN))]
    return f"<tr>{''.join(cells)}</tr>\n"


def _cell(text: str, column: int, tint: Tint | None, rows: int = 1) -> str:
    name = next((name for name, each in TINTS.items() if each is tint), None)
    marks = " ".join(filter(None, ("short" if column in _CENTRED else None, name)))
    shown = f' class="{marks}"' if marks else ""
    span = f' rowspan="{rows}"' if rows > 1 else ""
    return f"<td{shown}{span}>{escape(text)}</td>"

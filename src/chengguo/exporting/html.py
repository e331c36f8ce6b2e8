"""HTML: one page that holds all it needs, without scripts, fit for A4 landscape."""

from html import escape

from chengguo.exporting.document import Block, Document, Line, Part

_STYLE = """
body { font-family: "FangSong", "STFangsong", "Noto Serif CJK SC", serif; margin: 1.5em; }
h1, p { text-align: center; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid #444; padding: .3em .5em; vertical-align: top; white-space: pre-line; }
th[colspan] { text-align: left; }
.overdue { color: #b00000; }
tr { break-inside: avoid; }
thead { display: table-header-group; }
@page { size: A4 landscape; margin: 12mm; }
@media print { body { margin: 0; font-size: 9pt; } }
"""


def write(document: Document) -> bytes:
    """Give ``document`` as an HTML page in UTF-8; every cell is escaped."""
    title, table, as_of = map(escape, (document.title, document.table, document.as_of))
    headings = "".join(f'<th scope="col">{escape(name)}</th>' for name in document.columns)
    body = "".join(_part(part, len(document.columns)) for part in document.parts)
    page = (
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n<p>{table}</p>\n<p>{as_of}</p>\n"
        f"<table>\n<thead>\n<tr>{headings}</tr>\n</thead>\n{body}</table>\n</body>\n</html>\n"
    )
    return page.encode()


def _part(part: Part, width: int) -> str:
    heading = f'<tr><th colspan="{width}" scope="rowgroup">{escape(part.heading)}</th></tr>\n'
    return f"<tbody>\n{heading}{''.join(map(_block, part.blocks))}</tbody>\n"


def _block(block: Block) -> str:
    return "".join(_line(block, line, first=number == 0) for number, line in enumerate(block.lines))


def _line(block: Block, line: Line, *, first: bool) -> str:
    span = f'<td rowspan="{len(block.lines)}">'
    own = f"{span}{escape(block.number)}</td>{span}{escape(block.title)}</td>" if first else ""
    marks = ' class="overdue"' if line.overdue else ""
    return f"<tr{marks}>{own}{''.join(f'<td>{escape(cell)}</td>' for cell in line.cells)}</tr>\n"

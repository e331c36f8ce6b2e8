"""OpenDocument spreadsheets made by their XML, as LibreOffice and WPS save them."""

import io
import zipfile

_SPACES = {
    **{
        name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"
        for name in ("office", "table", "text", "style", "form", "chart")
    },
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "number": "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0",
    "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "dc": "http://purl.org/dc/elements/1.1/",
}
_KIND = "application/vnd.oasis.opendocument.spreadsheet"
_DECLARED = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in _SPACES.items())
_END = (  # as LibreOffice ends each sheet
    '<table:table-row table:number-rows-repeated="1048570">'
    '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
)


def cell(text: str = "", more: str = "", tag: str = "table-cell", note: str = "") -> str:
    """Write a cell: a paragraph for each line of its words, behind a note; a cell stands as it is."""
    if text.startswith("<table:"):
        return text
    lines = "".join(f"<text:p>{line}</text:p>" for line in text.split("\n") if text)
    return f'<table:{tag} office:value-type="string" {more}>{note}{lines}</table:{tag}>'


def value(kind: str, held: str, shown: str | None = None, more: str = "") -> str:
    """Write a cell that holds a value of a kind, such as a date, and shows it so."""
    name = {"date": "date-value", "string": "string-value"}.get(kind, "value")
    words = "" if shown is None else f"<text:p>{shown}</text:p>"
    says = f'office:value-type="{kind}" office:{name}="{held}"'
    return f"<table:table-cell {says} {more}>{words}</table:table-cell>"


def span(style: str, words: str) -> str:
    return f'<text:span text:style-name="{style}">{words}</text:span>'


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(map(cell, cells))}</table:table-row>"


def sheet(*rows: str, more: str = 'table:name="Sheet1"') -> str:
    return f"<table:table {more}>{''.join(rows)}{_END}</table:table>"


def style(name: str, family: str = "table-cell", inside: str = "", **attributes: str) -> str:
    """Write a style; attributes are named with _ for : and - both, as fo_color, of its words alone."""
    said = "".join(
        f' {key.replace("_", ":", 1).replace("_", "-")}="{text}"' for key, text in attributes.items()
    )
    words = f"<style:text-properties{said}/>" if said else ""
    return f'<style:style style:name="{name}" style:family="{family}">{inside}{words}</style:style>'


def part(name: str, inside: str) -> str:
    """Write a part of a file."""
    return f"<office:{name} {_DECLARED}>{inside}</office:{name}>"


def packed(*sheets: str, styles: str = "", parts: dict[str, str] | None = None) -> bytes:
    """Pack sheets, with what else the body has, into a file."""
    body = f"<office:body><office:spreadsheet>{''.join(sheets)}</office:spreadsheet></office:body>"
    texts = {
        "mimetype": _KIND,
        "content.xml": part("document-content", body),
        "styles.xml": part("document-styles", styles),
        **(parts or {}),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in texts.items():
            archive.writestr(name, text)
    return out.getvalue()


def flat(*sheets: str, styles: str = "") -> bytes:
    """Write sheets into a flat file, which is all one part."""
    body = f"<office:body><office:spreadsheet>{''.join(sheets)}</office:spreadsheet></office:body>"
    declared = f'{_DECLARED} office:mimetype="{_KIND}"'
    return f"<?xml version='1.0'?><office:document {declared}>{styles}{body}</office:document>".encode()

"""Write a table in each medium, read it as `import` does, and hold what was read and told against it."""

import io
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import docx
import openpyxl

from chengguo import load
from chengguo.importing.formats import read_rows
from chengguo.model import Registry
from conftest import Run

Table = Sequence[Sequence[str]]
Reading = Callable[..., tuple[list[tuple[str, ...]], str]]


class Item(NamedTuple):
    """An item as it was read, with the title of its section; names are parted by a blank."""

    section: str
    title: str
    content: str
    lead: str
    support: str
    schedule: str


def read(
    run: Run, folder: Path, name: str, data: bytes | str, header: str = ""
) -> tuple[list[tuple[str, ...]], str]:
    """Import a file, of which no letter may be lost unsaid, but those of ``header``: its labels.

    Return its items and what was told.
    """
    data = data.encode() if isinstance(data, str) else data
    (folder / name).write_bytes(data)
    outcome = run("import", name, "--force")
    assert (outcome.code, outcome.err) == (0, ""), outcome
    registry = load(folder / "tasks.yaml")
    texts = [cell for row in read_rows(data, name) for cell in row.cells]
    lost = unsaid(registry, outcome.out + header * len(texts), texts)
    assert not lost, lost
    return [tuple(each) for each in items(registry)], outcome.out


def items(registry: Registry) -> list[Item]:
    """Return the items of a registry."""
    sections = {section.id: section.title for section in registry.sections}
    return [
        Item(
            sections[task.section],
            task.title,
            item.content,
            " ".join(item.lead),
            " ".join(item.support),
            item.schedule.wording,
        )
        for task in registry.tasks
        for item in task.items
    ]


def unsaid(registry: Registry, told: str, texts: Iterable[str]) -> str:
    """Return the letters and digits of texts that neither the registry nor what was told has."""
    said = [registry.plan.title, registry.plan.table, told]
    said += [f"{section.id}{section.title}" for section in registry.sections]
    said += [f"{task.id}" for task in registry.tasks]
    said += ["".join(each) for each in items(registry)]
    said += [f"{heading}{text}" for item in registry.items for heading, text in item.extra]
    return "".join((_counted(texts) - _counted(said)).elements())


def _counted(texts: Iterable[str]) -> Counter[str]:
    plain = unicodedata.normalize("NFKC", "".join(texts))
    return Counter(each for each in plain if unicodedata.category(each)[0] not in "PZCS")


def _page(rows: Table) -> str:
    parts = []
    for row in rows:
        cells = "".join(f"<td>{cell}</td>" for cell in row)
        parts.append(f"<p>{row[0]}</p>" if len(row) == 1 else f"<tr>{cells}</tr>")
    return "".join(parts).replace("</p><tr>", "</p><table><tr>").replace("</tr><p>", "</tr></table><p>")


def _book(rows: Table) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.worksheets[0].append(list(row))
    book.save(out)
    return out.getvalue()


def _document(rows: Table) -> bytes:
    made, out = docx.Document(), io.BytesIO()
    table = None
    for row in rows:
        if len(row) == 1:
            table = None
            made.add_paragraph(row[0])
            continue
        if table is None:
            table = made.add_table(0, len(row))
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    made.save(out)
    return out.getvalue()


def _markdown(rows: Table) -> str:
    lines: list[str] = []
    before: Sequence[str] = ()
    for row in rows:
        if len(row) == 1:
            lines += ["", row[0], ""]
        else:
            lines += ["| " + " | ".join(row) + " |"] + ["|---" * len(row) + "|"] * (len(before) < 2)
        before = row
    return "\n".join(lines) + "\n"


MEDIA: dict[str, Callable[[Table], bytes | str]] = {
    "表.txt": lambda rows: "\n".join("\t".join(row) for row in rows) + "\n",
    "表.csv": lambda rows: "\n".join(",".join(row) for row in rows) + "\n",
    "表.html": _page,
    "表.xlsx": _book,
    "表.docx": _document,
    "表.md": _markdown,
}

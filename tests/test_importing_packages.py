"""Files of Office that libraries do not open for a part that says nothing of the table: they are read."""

import io
import re
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest

from chengguo import load
from chengguo.importing.formats import package
from conftest import Run

ROWS = [("任务", "责任单位", "完成时限"), ("建设平台", "市甲局", "6月底前")]

Change = Callable[[str, bytes], tuple[str, bytes]]


def workbook() -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in ROWS:
        book.worksheets[0].append(row)
    book.save(out)
    return out.getvalue()


def document() -> bytes:
    made, out = docx.Document(), io.BytesIO()
    table = made.add_table(0, len(ROWS[0]))
    for row in ROWS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    made.save(out)
    return out.getvalue()


def changed(data: bytes, change: Change) -> bytes:
    """Give a file with the name and the bytes of each part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            new.writestr(*change(part, old.read(part)))
    return out.getvalue()


def backslashes(part: str, data: bytes) -> tuple[str, bytes]:
    info = zipfile.ZipInfo("x")
    info.filename = part.replace("/", "\\")
    return info, data  # type: ignore[return-value] # what writestr takes too


def capitals(part: str, data: bytes) -> tuple[str, bytes]:
    *folders, name = part.split("/")
    return "/".join([*folders, name if name.startswith(("[", ".")) else name.capitalize()]), data


def replaced(old: bytes, new: bytes) -> Change:
    return lambda part, data: (part, data.replace(old, new))


WORKBOOKS: dict[str, Change] = {
    "backslashes": backslashes,
    "capitals": capitals,
    "a target by a backslash": replaced(b"/xl/worksheets/sheet1.xml", b"worksheets\\sheet1.xml"),
    "a day that is none": lambda part, data: (part, re.sub(rb"20\d\d-\d\d-\d\d", b"2025-02-30", data)),
    "an odd page": replaced(b"<pageMargins ", '<pageSetup orientation="横向"/><pageMargins '.encode()),
    "an odd view": replaced(b"<sheetView ", '<sheetView zoomScale="大" '.encode()),
    "an odd alignment": replaced(b'xfId="0" pivot', b'xfId="x" pivot'),
}
DOCUMENTS: dict[str, Change] = {
    "backslashes": backslashes,
    "a picture that is not there": replaced(
        b"</Relationships>",
        b'<Relationship Id="rId99" Target="../NULL" Type="http://schemas.openxmlformats.org/officeDocument/'
        b'2006/relationships/image"/></Relationships>',
    ),
}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        *(("表.xlsx", changed(workbook(), change)) for change in WORKBOOKS.values()),
        *(("表.docx", changed(document(), change)) for change in DOCUMENTS.values()),
    ],
    ids=[*WORKBOOKS, *(f"a document: {each}" for each in DOCUMENTS)],
)
def test_a_harmless_part_keeps_no_file_from_being_read(
    run: Run, tmp_path: Path, name: str, data: bytes
) -> None:
    (tmp_path / name).write_bytes(data)
    outcome = run("import", name)
    assert (outcome.code, outcome.err) == (0, "")
    assert [(item.content, item.lead) for item in load(tmp_path / "tasks.yaml").items] == [
        ("建设平台", ("市甲局",))
    ]


def test_what_is_missing_is_told_in_words(run: Run, tmp_path: Path) -> None:
    data = changed(workbook(), replaced(b"/xl/worksheets/sheet1.xml", b"/xl/worksheets/sheet7.xml"))
    (tmp_path / "表.xlsx").write_bytes(data)
    outcome = run("import", "表.xlsx")
    assert outcome.code == 1
    assert "表.xlsx cannot be read: its part xl/worksheets/sheet7.xml is missing (KeyError" in outcome.err


def test_elements_without_an_end_cost_no_time() -> None:
    sheet = b"<pageSetup><sheetPr>" * 50_000 + b"<sheetData/>"
    begun = time.process_time()
    assert package.for_workbook({"xl/worksheets/sheet1.xml": sheet}) == {"xl/worksheets/sheet1.xml": sheet}
    assert time.process_time() - begun < 2

"""LibreOffice, which opens what we write as an office does; what needs it is skipped where it is not."""

import shutil
import subprocess
from pathlib import Path

import pytest

OFFICE, READER = shutil.which("soffice"), shutil.which("pdftotext")
office = pytest.mark.skipif(not OFFICE, reason="LibreOffice is missing")
printed = pytest.mark.skipif(not (OFFICE and READER), reason="LibreOffice or pdftotext is missing")


def convert(folder: Path, kind: str, *files: str, into: str = ".", options: tuple[str, ...] = ()) -> None:
    """Convert files of ``folder`` to a kind such as pdf, in one start, which takes seconds."""
    profile = f"-env:UserInstallation={(folder.parent / 'office').as_uri()}"  # the first start makes it
    words = (OFFICE or "", profile, "--headless", *options, "--convert-to", kind, "--outdir", into, *files)
    subprocess.run(words, check=True, capture_output=True, timeout=120, cwd=folder)


def text_of(pdf: Path, *options: str) -> str:
    """Return the text of a PDF, in the order of its pages' own."""
    words = (READER or "", "-raw", *options, str(pdf), "-")
    return subprocess.run(words, check=True, capture_output=True, timeout=60).stdout.decode()

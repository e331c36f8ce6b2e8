"""A small registry with one item of each kind in time, whose work is verified: for counts and papers."""

import io
import re
import zipfile
from pathlib import Path

ROUNDS = """\
format: 1
plan: {title: 某市2025年重点工作, table: 任务分工表, years: 2025, reports: 每月25日前, closing: verified}
departments:
  市科委: {full: 某市科学技术委员会}
  市教委: {}
  市数据局: {}
sections: {一: 创新}
tasks:
- id: 1
  section: 一
  title: 平台
  items:
  - id: 1
    content: 建成平台一期
    lead: [市科委]
    support: [市教委]
    schedule: 2025年6月底前
    status: pending
  - id: 2
    content: 出台方案并组织实施
    lead: [市科委, 市数据局]
    schedule: 3月底前出台方案，年底前完成
    status: pending
- id: 2
  section: 一
  title: 例会
  items:
  - id: 1
    content: 每季度召开会议
    lead: [市教委]
    schedule: 每季度末
    status: pending
  - id: 2
    content: 持续做好宣传
    lead: [市教委]
    schedule: 持续推进
    status: pending
- id: 3
  section: 一
  title: 数据
  items:
  - id: 1
    content: 编制目录
    lead: [市数据局]
    schedule: 2025年9月底前
    status: pending
"""


def changed(*changes: tuple[str, str]) -> str:
    """Return the text of the registry with other words in the place of some."""
    text = ROUNDS
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def rounds(folder: Path, *changes: tuple[str, str], name: str = "tasks.yaml") -> Path:
    """Write the registry to a folder, with other words in the place of some."""
    path = folder / name
    path.write_text(changed(*changes), encoding="utf-8")
    return path


def words(path: Path) -> str:
    """Return the text that people read in a file that goes out, whatever its format, without blanks."""
    data = path.read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [name for name in archive.namelist() if name.endswith(".xml")]
            data = b"".join(map(archive.read, names))
    text = re.sub(r"<style.*?</style>", "", data.decode("utf-8"), flags=re.DOTALL)
    return re.sub(r"<[^>]*>|\s", "", text.replace("\r\n ", ""))

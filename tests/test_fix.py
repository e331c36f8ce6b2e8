"""``validate --fix`` and ``--diff``: what has just one right answer is put right, every other byte stays."""

import json
import re
import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import systems
from chengguo.checks import rules
from chengguo.departments.names import SEPARATORS
from chengguo.edits.editing import fix
from chengguo.model.status import Status
from chengguo.registry.reading import read_registry
from chengguo.text.findings import MOST
from chengguo.text.source import decode
from conftest import TASKS_YAML, Run
from registries import BOM, registries

# Quotes, comments, blank lines, flow and block: what an edit must leave alone.
SOUND = """\
# 名录 # 说明
format: 1

plan: {title: "示例方案"}
departments:
  市科委: {full: 上海市科学技术委员会, aliases: [市科学技术委员会]}   # 名录
  市教委:
    full: '上海市教育委员会'
sections: {一: 第一部分}
tasks:
- id: 1
  section: 一
  title: 示例任务
  items:
  # 第一项
  - id: 1
    content: |-
      示例内容：市科学技术委员会、
      status: 已完成
    lead: [ 市科委 ]   # 责任部门

    support:
    - '市教委'   # 配合部门
    schedule: 2019 年底
    status: done  # 已完成
    progress:
    - {date: 2019-11-05, status: "in_progress", note: 已完成}
    - date: 2019-12-20
      status: done
  - {id: 2, content: 其他内容。, lead: ["市科委", 市教委], schedule: 持续推进, status: pending}

# 附注：
# 市科委、市教委、
# status: 已完成
"""
LEAD = "[ 市科委 ]"
SUPPORT = "- '市教委'"
STATUS = "status: done  #"
REPORTED = 'status: "in_progress"'
FLOW = '["市科委", 市教委]'
PENDING = "status: pending}"
FAULTS = {
    LEAD: "[ 市科学技术委员会 ]",
    SUPPORT: "- '上海市教育委员会、'",
    STATUS: "status: 已办结  #",
    REPORTED: 'status: "进行中"',
    FLOW: '["市科委，", 市教委/]',
}
FIXED = 6  # findings: the last of the faults are two


def others(status: Status) -> list[str]:
    """Give the words for a status that files do not hold."""
    return [word for word in status.synonyms if word != status.value]


def faulty(text: str = SOUND) -> str:
    for right, wrong in FAULTS.items():
        text = text.replace(right, wrong)
    return text


BROKEN = faulty(SOUND.replace("schedule: 2019", "schedule: &a 2019"))
UNREADABLE = faulty().replace("2019 年底", "2019 年低")
DIFF = """\
--- tasks.yaml
+++ tasks.yaml
@@ -17,17 +17,17 @@
     content: |-
       示例内容：市科学技术委员会、
       status: 已完成
-    lead: [ 市科学技术委员会 ]   # 责任部门
+    lead: [ 市科委 ]   # 责任部门
\x20
     support:
-    - '上海市教育委员会、'   # 配合部门
+    - '市教委'   # 配合部门
     schedule: 2019 年底
-    status: 已办结  # 已完成
+    status: done  # 已完成
     progress:
-    - {date: 2019-11-05, status: "进行中", note: 已完成}
+    - {date: 2019-11-05, status: "in_progress", note: 已完成}
     - date: 2019-12-20
       status: done
-  - {id: 2, content: 其他内容。, lead: ["市科委，", 市教委/], schedule: 持续推进, status: pending}
+  - {id: 2, content: 其他内容。, lead: ["市科委", 市教委], schedule: 持续推进, status: pending}
\x20
 # 附注：
 # 市科委、市教委、
"""
FORMATS = ("text", "concise", "json", "github", "gitlab", "junit", "sarif", "auto")


def written(folder: Path, text: str | bytes, name: str = "tasks.yaml") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def state(folder: Path) -> list[tuple[str, int, int, bytes]]:
    """Give all that a write would change: names, inodes, times of change and bytes."""
    return sorted(
        (path.name, path.stat().st_ino, path.stat().st_mtime_ns, path.read_bytes())
        for path in folder.iterdir()
    )


def said(count: int, file: str = "tasks.yaml") -> str:
    return f"{count} {'finding' if count == 1 else 'findings'} fixed in {file}\n"


def codes(out: str) -> list[str]:
    """Give the codes of findings in the concise format."""
    return [line.split()[1] for line in out.splitlines()]


# -- what is put right ---------------------------------------------------------------------------

ONE_VALUE = [
    (LEAD, "[ 市科学技术委员会 ]"),
    (LEAD, "[ 上海市科学技术委员会 ]"),
    (LEAD, "[ 上海市 科学技术委员会 ]"),
    (LEAD, "[ 市科学技术委员会， ]"),
    (LEAD, "[ 市科委、； ]"),
    (LEAD, "[ 、市科委 ]"),
    (SUPPORT, "- '上海市教育委员会'"),
    (SUPPORT, "- ' 市教委 '"),
    (FLOW, '["上海市科学技术委员会", 市教委]'),
    (FLOW, '["市科委", 市教委；]'),
    (REPORTED, 'status: "推进中"'),
    (PENDING, "status: 未启动}"),
    (PENDING, "status: Pending}"),
    *((SUPPORT, f"- '市教委{separator}'") for separator in SEPARATORS),
    *((STATUS, f"status: {word}  #") for word in others(Status.DONE)),
]


@pytest.mark.parametrize(("right", "wrong"), ONE_VALUE, ids=[wrong for _right, wrong in ONE_VALUE])
def test_a_fix_changes_one_value(run: Run, tmp_path: Path, right: str, wrong: str) -> None:
    path = written(tmp_path, SOUND.replace(right, wrong))
    assert run("validate").code == 1
    assert run("validate", "--fix") == (0, "tasks.yaml: no findings\n", said(1))
    assert path.read_bytes() == SOUND.encode()


@pytest.mark.parametrize(("status", "word"), [(status, word) for status in Status for word in others(status)])
def test_a_word_for_a_status_becomes_the_status(run: Run, tmp_path: Path, status: Status, word: str) -> None:
    path = written(tmp_path, SOUND.replace(PENDING, f"status: {word}}}"))
    assert run("validate", "--fix").code == 0
    assert path.read_bytes() == SOUND.replace(PENDING, f"status: {status}}}").encode()


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", [b"", BOM], ids=["", "BOM"])
@pytest.mark.parametrize("cut", [0, 1], ids=["whole", "no newline at the end"])
def test_bytes_around_the_fixes_stay(run: Run, tmp_path: Path, newline: str, bom: bytes, cut: int) -> None:
    before, after = (
        bom + text.removesuffix("\n" * cut).replace("\n", newline).encode() for text in (faulty(), SOUND)
    )
    path = written(tmp_path, before)
    assert run("validate", "--fix") == (0, "tasks.yaml: no findings\n", said(FIXED))
    assert path.read_bytes() == after


def test_mixed_line_endings_stay(run: Run, tmp_path: Path) -> None:
    mixed = [text.replace("\n  ", "\r\n  ").encode() for text in (faulty(), SOUND)]
    path = written(tmp_path, mixed[0])
    assert run("validate", "--fix").code == 0
    assert path.read_bytes() == mixed[1]


def test_the_real_table_with_its_full_names_comes_back(run: Run, registry: Path) -> None:
    sound = TASKS_YAML.read_text(encoding="utf-8")
    head, tasks, items = sound.partition("\ntasks:\n")
    count = len(re.findall("市科委[],]|status: pending", items))
    items = re.sub("市科委(?=[],])", "上海市科学技术委员会", items)
    registry.write_text(head + tasks + items.replace("pending", "未启动"), encoding="utf-8", newline="")
    assert run("validate", "--fix") == (0, "tasks.yaml: no findings\n", said(count))
    assert registry.read_bytes() == TASKS_YAML.read_bytes()


@settings(max_examples=50, deadline=None)
@given(registries(), st.data())
def test_any_style_comes_back(data: bytes, draw: st.DataObject) -> None:
    def word(match: re.Match[str]) -> str:
        return draw.draw(st.sampled_from(Status(match[0]).synonyms))

    quote, separator = draw.draw(st.sampled_from(["''", '""'])), draw.draw(st.sampled_from(SEPARATORS))
    right = data.decode().replace("[市科委]", f"[{quote[0]}市科委{quote[1]}]")
    wrong = re.sub("|".join(Status), word, right).replace(
        "市科委" + quote[1], "市科委" + separator + quote[1]
    )
    wrong = wrong.replace("[ 市教委 ]", draw.draw(st.sampled_from(["[ 上海市教育委员会 ]", "[ 市教委、 ]"])))
    document = rules.check(read_registry(decode(wrong.encode(), "tasks.yaml")))
    assert fix(document, document.registry.findings).encode().decode() == right


# -- what is said, and what is left --------------------------------------------------------------


@pytest.mark.parametrize("strict", [False, True])
def test_the_exit_code_is_that_of_what_remains(run: Run, tmp_path: Path, strict: bool) -> None:  # noqa: FBT001
    words = ("validate", "--fix", "--format", "concise", *(["--strict"] if strict else []))
    written(tmp_path, faulty().replace("2019 年底", "2019 年前"))
    outcome = run(*words)
    assert (outcome.code, codes(outcome.out), outcome.err) == (int(strict), ["D402"], said(FIXED))


def test_an_error_that_remains_fails(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path, UNREADABLE)
    outcome = run("validate", "--fix", "--format", "concise")
    assert (outcome.code, outcome.err) == (1, said(FIXED))
    assert outcome.out == (
        "tasks.yaml:24:15: D401 the schedule '2019 年低' cannot be read: the wording is not understood\n"
    )
    assert path.read_bytes() == SOUND.replace("2019 年底", "2019 年低").encode()


def test_a_fix_can_bring_another_fault_to_light(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path, SOUND.replace(LEAD, "[ 市科委, 上海市科学技术委员会 ]"))
    outcome = run("validate", "--fix", "--format", "concise")
    assert (outcome.code, codes(outcome.out), outcome.err) == (1, ["N303"], said(1))
    assert path.read_bytes() == SOUND.replace(LEAD, "[ 市科委, 市科委 ]").encode()


def test_standard_output_holds_only_the_findings(run: Run, tmp_path: Path) -> None:
    written(tmp_path, UNREADABLE)
    outcome = run("validate", "--fix", "--format", "json")
    assert [finding["code"] for finding in json.loads(outcome.out)["findings"]] == ["D401"]
    assert outcome.err == said(FIXED)


def test_the_number_of_fixes_in_chinese(run: Run, tmp_path: Path) -> None:
    written(tmp_path, faulty())
    err = run("validate", "--fix", LANG="zh_CN.UTF-8").err
    assert re.fullmatch(r"[^a-z]*tasks\.yaml[^a-z]*6[^a-z]*\n", err)


def test_what_has_no_one_right_answer_stays(run: Run, tmp_path: Path) -> None:
    written(tmp_path, SOUND.replace(LEAD, "[ 市科 ]").replace(PENDING, "status: 差不多了}"))
    before = state(tmp_path)
    outcome = run("validate", "--fix", "--format", "concise")
    assert (outcome.code, codes(outcome.out), outcome.err) == (1, ["N301", "S204"], "")
    assert state(tmp_path) == before


def test_only_the_codes_that_are_chosen_are_fixed(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path, faulty())
    outcome = run("validate", "--fix", "--select", "S204")
    assert (outcome.code, outcome.err) == (0, said(2))
    wanted = SOUND
    for right in (LEAD, SUPPORT, FLOW):
        wanted = wanted.replace(right, FAULTS[right])
    assert path.read_bytes() == wanted.encode()


# -- several files -------------------------------------------------------------------------------


def test_several_files_are_fixed_and_counted_apart(run: Run, tmp_path: Path) -> None:
    written(tmp_path, faulty(), "a.yaml")
    written(tmp_path, SOUND, "b.yaml")
    written(tmp_path, SOUND.replace(PENDING, "status: 未启动}"), "c.yaml")
    assert run("validate", "--fix", "a.yaml", "b.yaml", "c.yaml") == (
        0,
        "a.yaml, b.yaml, c.yaml: no findings\n",
        said(FIXED, "a.yaml") + said(1, "c.yaml"),
    )
    assert [path.read_bytes() for path in sorted(tmp_path.iterdir())] == [SOUND.encode()] * 3


def test_a_file_that_is_not_there_keeps_no_other_from_being_fixed(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path, faulty())
    outcome = run("validate", "--fix", "nowhere.yaml", "tasks.yaml")
    assert (outcome.code, outcome.err) == (2, said(FIXED))
    assert outcome.out.startswith("nowhere.yaml:1:1: Y100 there is no file nowhere.yaml\n")
    assert path.read_bytes() == SOUND.encode()


def test_a_file_that_is_refused_keeps_no_other_from_being_fixed(run: Run, tmp_path: Path) -> None:
    written(tmp_path, BROKEN, "broken.yaml")
    path = written(tmp_path, faulty())
    outcome = run("validate", "--fix", "--format", "concise", "broken.yaml", "tasks.yaml")
    assert outcome.code == 1
    assert path.read_bytes() == SOUND.encode()
    assert outcome.out.startswith("broken.yaml:")
    assert said(FIXED) in outcome.err


def test_a_file_that_is_named_twice_is_fixed_once(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path, faulty())
    outcome = run("validate", "--fix", "tasks.yaml", "./tasks.yaml")
    assert (outcome.code, outcome.err) == (0, said(FIXED))
    assert path.read_bytes() == SOUND.encode()


# -- the file on disk ----------------------------------------------------------------------------


@pytest.mark.parametrize("chosen", FORMATS)
def test_without_fix_nothing_is_written(run: Run, tmp_path: Path, chosen: str) -> None:
    written(tmp_path, faulty())
    before = state(tmp_path)
    assert run("validate", "--format", chosen).code == 1
    assert run("validate", "tasks.yaml", "--strict", "--format", chosen).code == 1
    assert state(tmp_path) == before


def test_where_there_is_nothing_to_fix_nothing_is_written(run: Run, tmp_path: Path) -> None:
    written(tmp_path, SOUND)
    before = state(tmp_path)
    assert run("validate", "--fix") == (0, "tasks.yaml: no findings\n", "")
    assert state(tmp_path) == before


def test_a_second_time_there_is_nothing_to_fix(run: Run, tmp_path: Path) -> None:
    written(tmp_path, UNREADABLE)
    first = run("validate", "--fix")
    between = state(tmp_path)
    second = run("validate", "--fix")
    assert (second.code, second.out, second.err) == (first.code, first.out, "")
    assert state(tmp_path) == between


@systems.modes
def test_a_link_stays_a_link_and_the_mode_stays(run: Run, tmp_path: Path) -> None:
    target = written(tmp_path, faulty(), "real.yaml")
    target.chmod(0o640)
    link = tmp_path / "tasks.yaml"
    link.symlink_to("real.yaml")
    assert run("validate", "--fix") == (0, "tasks.yaml: no findings\n", said(FIXED))
    assert (link.readlink(), target.is_symlink()) == (Path("real.yaml"), False)
    assert target.read_bytes() == SOUND.encode()
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["real.yaml", "tasks.yaml"]


def test_no_other_file_is_left_behind(run: Run, tmp_path: Path) -> None:
    written(tmp_path, faulty())
    assert run("validate", "--fix").code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["tasks.yaml"]


# -- refused -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (STATUS, "status: &a 已办结  #"),
        (STATUS, "status: !!str 已办结  #"),
        ("schedule: 2019 年底", "schedule: 2019 年底\n    schedule: 2019 年底"),
        ("content: 其他内容。", "content: 其他\x07内容。"),
        ("# 附注：", "---"),
    ],
    ids=["anchor", "tag", "a key twice", "control character", "second document"],
)
def test_a_file_with_yaml_errors_is_refused(run: Run, tmp_path: Path, right: str, wrong: str) -> None:
    written(tmp_path, faulty(SOUND.replace(right, wrong)))
    before = state(tmp_path)
    outcome = run("validate", "--fix")
    assert outcome.code == 1
    assert outcome.err.endswith(
        "chengguo: tasks.yaml has YAML errors; an edit could go wrong\n"
        "  hint: 'chengguo validate' shows them.\n"
    )
    assert state(tmp_path) == before


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ("schedule: 2019 年底: 二", "Y102"),
        ("<<<<<<< HEAD\n    schedule: 2019 年底\n=======\n    schedule: 2020 年底\n>>>>>>> b", "Y108"),
    ],
)
def test_a_file_that_cannot_be_read_is_left_alone(run: Run, tmp_path: Path, wrong: str, code: str) -> None:
    written(tmp_path, faulty().replace("    schedule: 2019 年底", wrong))
    before = state(tmp_path)
    outcome = run("validate", "--fix", "--format", "concise")
    assert (outcome.code, codes(outcome.out), outcome.err) == (1, [code], "")
    assert state(tmp_path) == before


def test_a_file_that_is_not_utf8_is_left_alone(run: Run, tmp_path: Path) -> None:
    written(tmp_path, faulty().encode("gbk"))
    before = state(tmp_path)
    outcome = run("validate", "--fix", "--format", "concise")
    assert (outcome.code, codes(outcome.out), outcome.err) == (1, ["Y101"], "")
    assert state(tmp_path) == before


def test_many_findings_are_no_reason_to_refuse(run: Run, tmp_path: Path) -> None:
    item = "  - {id: %d, content: 内容。, lead: [%s], schedule: 持续推进, status: pending}\n"
    right, wrong = (
        SOUND + "".join(item % (number, name) for number in range(3, MOST + 4))
        for name in ("市科委", "市科学技术委员会")
    )
    path = written(tmp_path, wrong)
    run("validate", "--fix")
    assert run("validate", "--fix").code == 0
    assert path.read_bytes() == right.encode()


@pytest.mark.parametrize(
    "tail",
    [
        "",
        pytest.param("\n    # 说明\n\n"),
    ],
)
def test_a_block_scalar_is_fixed_or_refused_but_nothing_lost(run: Run, tmp_path: Path, tail: str) -> None:
    wrong, right = (
        SOUND.replace("    status: done  # 已完成\n", f"    status: {value}\n{tail}")
        for value in ("|-\n      已办结", "done")
    )
    path = written(tmp_path, wrong)
    assert (run("validate", "--fix").code, path.read_bytes().decode()) in [(0, right), (1, wrong)]


# -- standard input, and the difference ----------------------------------------------------------


def test_standard_input_cannot_be_mended(run: Run, tmp_path: Path) -> None:
    written(tmp_path, faulty())
    before = state(tmp_path)
    message = "chengguo: standard input cannot be mended\n  hint: Name a file, or use --diff.\n"
    assert run("validate", "--fix", "-", stdin=faulty().encode()) == (2, "", message)
    assert run("validate", "--fix", "tasks.yaml", "-", stdin=faulty().encode()) == (2, "", message)
    assert state(tmp_path) == before


@pytest.mark.parametrize("options", [["--diff"], ["--diff", "--fix"]], ids=" ".join)
def test_diff_prints_the_fixes_and_writes_nothing(run: Run, tmp_path: Path, options: list[str]) -> None:
    written(tmp_path, faulty())
    before = state(tmp_path)
    outcome = run("validate", *options)
    assert (outcome.code, outcome.err) == (1, "")
    assert outcome.out == DIFF + run("validate").out
    assert state(tmp_path) == before


@pytest.mark.parametrize("options", [["--diff"], ["--diff", "--fix"]], ids=" ".join)
def test_diff_of_standard_input(run: Run, options: list[str]) -> None:
    outcome = run("validate", "-", *options, stdin=faulty().encode())
    assert (outcome.code, outcome.err) == (1, "")
    assert outcome.out.startswith(DIFF.replace("tasks.yaml", "<stdin>"))


def test_diff_of_several_files(run: Run, tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        written(tmp_path, faulty(), name)
    written(tmp_path, SOUND, "sound.yaml")
    out = run("validate", "--diff", "a.yaml", "sound.yaml", "b.yaml").out
    assert out.startswith(DIFF.replace("tasks", "a") + DIFF.replace("tasks", "b"))


def test_where_there_is_nothing_to_fix_there_is_no_difference(run: Run, tmp_path: Path) -> None:
    written(tmp_path, SOUND)
    assert run("validate", "--diff") == run("validate") == (0, "tasks.yaml: no findings\n", "")


def test_diff_refuses_a_file_with_yaml_errors(run: Run) -> None:
    outcome = run("validate", "-", "--diff", stdin=BROKEN.encode())
    assert outcome.code == 1
    assert "---" not in outcome.out
    assert outcome.err.startswith("chengguo: <stdin> has YAML errors; an edit could go wrong\n")


@pytest.mark.parametrize("newline", ["\n", ""])
def test_diff_at_the_end_of_the_file_can_be_applied(run: Run, newline: str) -> None:
    right = SOUND[: SOUND.index("\n\n# 附注")] + newline
    outcome = run("validate", "-", "--diff", stdin=right.replace(PENDING, "status: 未启动}").encode())
    last = right.splitlines()[-1]
    note = "" if newline else "\\ No newline at end of file\n"
    assert outcome.out.startswith(
        "--- <stdin>\n"
        "+++ <stdin>\n"
        "@@ -27,4 +27,4 @@\n"
        '     - {date: 2019-11-05, status: "in_progress", note: 已完成}\n'
        "     - date: 2019-12-20\n"
        "       status: done\n"
        f"-{last.replace(PENDING, 'status: 未启动}')}\n{note}"
        f"+{last}\n{note}"
        "<stdin>:30:"
    )


@pytest.mark.parametrize("chosen", ["json", "sarif", "gitlab"])
def test_diff_leaves_a_document_for_machines_whole(run: Run, chosen: str) -> None:
    words = ("validate", "-", "--format", chosen)
    outcome = run(*words, "--diff", stdin=faulty().encode())
    if outcome.code == 2:  # refusing the two together is as good
        assert outcome.out == ""
    else:
        assert json.loads(outcome.out) == json.loads(run(*words, stdin=faulty().encode()).out)


@pytest.mark.parametrize(
    ("lead", "fixed"),
    [
        ("[市科委、市教委]", "[市科委, 市教委]"),
        ("[市科委，市教委]", "[市科委, 市教委]"),
        ("[市科委 市教委]  # 注", "[市科委, 市教委]  # 注"),
        ("[ '市科学技术委员会/市教委' ]", "[ '市科委', '市教委' ]"),
        ("\n    - 市科委、市教委  # 注\n", "\n    - 市科委\n    - 市教委  # 注\n"),
        ('\n      -  "市教委；市科委"', '\n      -  "市教委"\n      -  "市科委"'),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_known_names_in_one_are_parted(run: Run, tmp_path: Path, lead: str, fixed: str, newline: str) -> None:
    text = (Path(__file__).parent / "errors" / "sound.yaml").read_text(encoding="utf-8")
    old = "    lead: [市科委]\n    support: [市教委]\n    schedule: 2018 年底\n    status: pending"
    new = old.replace("[市科委]", lead).replace("    support: [市教委]\n", "")
    assert old in text
    text = text.replace(old, new).replace("\n", newline)
    file = tmp_path / "tasks.yaml"
    file.write_bytes(text.encode())
    assert run("validate", "--fix").code == 0
    assert file.read_bytes().decode() == text.replace(
        lead.replace("\n", newline), fixed.replace("\n", newline)
    )


def test_names_of_which_one_is_unknown_stay_together(run: Run, tmp_path: Path) -> None:
    text = (Path(__file__).parent / "errors" / "sound.yaml").read_text(encoding="utf-8")
    file = tmp_path / "tasks.yaml"
    file.write_text(text.replace("[各相关区政府, 市科委]", "[市科委、市商务委]"), encoding="utf-8")
    before = file.read_bytes()
    assert run("validate", "--fix").code == 1
    assert file.read_bytes() == before

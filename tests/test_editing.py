"""Edits of a registry's text: the status and one progress entry change, every other byte stays."""

import contextlib
import copy
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from chengguo.checks import rules
from chengguo.edits.editing import Change, Edited, make
from chengguo.errors import Refused
from chengguo.model import Extension, Progress
from chengguo.model.status import Status
from chengguo.registry.documents import Document
from chengguo.registry.reading import read_registry
from chengguo.schedules import read_schedule
from chengguo.text.source import decode
from registries import DATES, NEXT_LINE, registries

DAY = date(2019, 12, 20)
HEAD = """\
format: 1
plan: {title: 行动方案}
departments: {市科委: }
sections: {一: 主体}
"""
ITEM = """\
tasks:
- id: 1
  section: 一
  title: 标题
  items:
  - id: 1
    content: 内容
    lead: [市科委]
    schedule: 2019 年底
"""
MORE = "the edit of tasks.yaml would change more than it should"
BY_HAND = "Nothing was written; make this change by hand, and validate."


def document(text: str | bytes) -> Document:
    return read_registry(decode(text.encode() if isinstance(text, str) else text, "tasks.yaml"))


def edit(
    before: str | bytes, status: Status | None = Status.DONE, note: str | None = None, day: date = DAY
) -> Edited:
    """Make one change to every item."""
    old = document(before)
    return make(old, tuple(Change(item, day, status, note) for item in old.registry.items))


def edited(before: str, status: Status | None = Status.DONE, note: str | None = None) -> str:
    return edit(before, status, note).source.text


def refusal(before: str, status: Status | None = Status.DONE, note: str | None = None) -> tuple[str, str]:
    with pytest.raises(Refused) as refused:
        edit(before, status, note)
    return refused.value.message, refused.value.hint


# -- every style, every change -------------------------------------------------------------------


@contextlib.contextmanager
def parser(name: str) -> Iterator[None]:
    """Have the package read with one of PyYAML's two parsers."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("chengguo.text.parser._LOADER", yaml.SafeLoader if name == "pure" else yaml.CSafeLoader)
        yield


both_parsers = pytest.mark.parametrize("name", ["libyaml", "pure"])
NOTES = (
    *("已印发实施", "会议纪要: 3 条", "第 3 次会议 #2", "it's", '"引号"', "🎉 办结", "一\n二", "\n四"),
    *("- 一", "yes", "No", "null", "~", "123", "1.10", "2019-12-31", "尾空 ", " 首空", "a\tb", "{甲", "甲]"),
    *("a, b", "&a", "*a", "!a", "%a", "@a", "`a", "|", "> a", "=", "---", "...", "a\\b", "甲:", "<<", "è"),
    *("\x1b[31m", "\x85甲", "甲\u2028乙", "甲\ufeff", "甲\u3000", "\u202e甲", "\x7f", "甲" * 200, " ", "\n"),
    *("三\n", "五\r\n", "甲 - 乙", "甲\ufffe", "👨\u200d👩", "\U000e0067", "何时? 未定", "?"),
)  # fmt: skip
OTHER_NOTES = st.text(min_size=1, max_size=9)
STATUSES = st.sampled_from((None, *Status))
ANY_NOTE = st.none() | st.sampled_from(NOTES) | OTHER_NOTES
DAYS = st.sampled_from((date.fromisoformat(DATES[0]), date.fromisoformat(DATES[-1]), DAY))


def values(text: str) -> Any:
    return yaml.load(text, yaml.CBaseLoader)  # noqa: S506 - a loader that builds nothing but texts


def intended(before: Any, change: Change) -> Any:
    """Give the values of a file as they should be after a change."""
    after = copy.deepcopy(before)
    [item] = [
        item
        for task in after["tasks"]
        for item in task["items"]
        if (task["id"], item["id"]) == (str(change.item.task), str(change.item.id))
    ]
    entry = {"date": change.day.isoformat()}
    earlier = [each for each in item.get("progress", []) if each["date"] <= entry["date"]]
    later = [each for each in item.get("progress", []) if each["date"] > entry["date"]]
    if change.status:
        entry["status"] = change.status.value
        if not any("status" in each for each in later):
            item["status"] = change.status.value
    if change.note:
        entry["note"] = change.note
    item["progress"] = [*earlier, entry, *later]
    return after


def is_nothing(change: Change) -> bool:
    """Tell whether a change says nothing new: the status as reported by then, or the very last report."""
    earlier = [entry for entry in change.item.progress if entry.date <= change.day]
    reported = [entry.status for entry in earlier if entry.status]
    same = change.status in (None, reported[-1] if reported else Status.PENDING)
    if change.status and not any(entry.status for entry in change.item.progress[len(earlier) :]):
        same = same and change.status == change.item.status
    report = Progress(change.day, change.status, change.note)
    return same and (not change.note or earlier[-1:] == [report])


def outcome(old: Document, change: Change) -> Edited | Refused:
    try:
        return make(old, (change,))
    except Refused as refused:
        return refused


def expected_refusals(text: str, change: Change) -> set[str]:
    """Give the messages with which a change may be refused: lines cannot be added, or a note not be kept."""
    note = change.note
    if note and not note.strip():
        return {f"{change.item.address}: the note is blank"}
    kept = re.search(r"note: \|[+\d]", text)  # line feeds that count; a first line that is indented further
    open_end = re.search(r"note: [|>]", text) and not text.endswith("\n")
    return {MORE} if kept or open_end else set()


def with_status(text: str, change: Change) -> str:
    """Put the new status in the place of the old one, quotes as they are, unless a later report stands."""
    if any(entry.status and entry.date > change.day for entry in change.item.progress):
        return text
    start, end = change.item.places["status"][0]
    word = text[start:end].replace(change.item.status, change.status or change.item.status)
    return text[:start] + word + text[end:]


def shared(one: str, other: str) -> int:
    """Give how many characters two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (mine, yours) in pairs if mine != yours), min(len(one), len(other)))


def check_bytes(before: str, after: str, change: Change) -> None:
    """Hold that the status was replaced and one piece inserted, whole lines or within brackets."""
    kept = with_status(before, change)
    assert shared(kept, after) + shared(kept[::-1], after[::-1]) >= len(kept)
    lines = after.count("\n") - before.count("\n")
    keys = [len(re.findall(r"(?m)^ +progress:\r?$", text)) for text in (before, after)]
    if lines:
        assert lines in (1, keys[1] - keys[0] + 1 + bool(change.status) + bool(change.note))  # 1: in braces
        assert after.count("\r\n") - before.count("\r\n") == (lines if "\r\n" in before else 0)
        rest = iter(after.replace("\r\n", "\n").split("\n"))
        assert all(line in rest for line in kept.replace("\r\n", "\n").split("\n"))


REPORTS = st.tuples(DAYS, STATUSES, ANY_NOTE)


@both_parsers
@settings(max_examples=80, deadline=None)
@given(data=registries(), index=st.integers(0, 3), report=REPORTS)
def test_a_change_is_made_to_the_byte_or_refused(
    name: str, data: bytes, index: int, report: tuple[date, Status | None, str | None]
) -> None:
    with parser(name):
        old = document(data)
        items = old.registry.items
        assume(items)  # the pure parser takes no tab behind a value
        change = Change(items[index % len(items)], *report)
        new = outcome(old, change)
        if isinstance(new, Refused):
            assert new.message in expected_refusals(old.source.text, change)
        elif is_nothing(change):
            assert new == Edited(old, ())
        else:
            wanted = intended(values(old.source.text), change)
            assert values(new.source.text) == wanted
            assert new.source.bom == old.source.bom
            check_bytes(old.source.text, new.source.text, change)


@both_parsers
@settings(max_examples=30, deadline=None)
@given(data=registries(), report=REPORTS)
def test_changes_made_at_once_are_those_made_one_by_one(
    name: str, data: bytes, report: tuple[date, Status | None, str | None]
) -> None:
    with parser(name):
        old = one_by_one = document(data)
        assume(old.registry.items and (report[2] or "一").strip())
        try:
            for at in range(len(old.registry.items)):
                change = Change(one_by_one.registry.items[at], *report)
                one_by_one = read_registry(make(one_by_one, (change,)).source)
        except Refused:
            with pytest.raises(Refused):
                make(old, tuple(Change(item, *report) for item in old.registry.items))
            return
        at_once = make(old, tuple(Change(item, *report) for item in old.registry.items))
        assert at_once.source == one_by_one.source
        again = make(one_by_one, tuple(Change(item, *report) for item in one_by_one.registry.items))
        assert again == Edited(one_by_one, ())


WORDINGS = (
    "2020 年底",
    "持续推进",
    "it's",
    '"引号"',
    "2020-06-30",
    "123",
    "a: b",
    "6月 # 7月",
    "甲\\",
    "一\n二",
    "[甲",
)
FIELDS = st.one_of(
    st.tuples(st.just("schedule"), st.sampled_from(WORDINGS)),
    st.tuples(st.just("due"), st.sampled_from(("2019-12-31", "2020-06-30"))),
    st.tuples(
        st.sampled_from(("lead", "support")),
        st.lists(
            st.sampled_from(("市科委", "市教委", "市 商务委", "甲, 乙", "是#否")),
            min_size=1,
            max_size=3,
            unique=True,
        ).map(tuple),
    ),
)
EXTENSIONS = st.builds(
    Extension,
    st.just(DAY),
    st.sampled_from(("2020年底", "2021-06-30")).map(read_schedule),
    st.sampled_from(("设备: 未到", "no", "甲 # 乙")),
    st.none() | st.just("市科委"),
    st.none() | st.integers(1, 3),
)
UNEDITABLE = ("the names cannot be taken out", "is not a word on its line")


@both_parsers
@settings(max_examples=120, deadline=None)
@given(data=registries(), index=st.integers(0, 3), new_value=FIELDS | EXTENSIONS)
def test_a_field_is_changed_alone_or_refused(
    name: str, data: bytes, index: int, new_value: tuple[str, str | tuple[str, ...]] | Extension
) -> None:
    extension = new_value if isinstance(new_value, Extension) else None
    fields = () if isinstance(new_value, Extension) else (new_value,)
    with parser(name):
        old = document(data)
        assume(old.registry.items)
        item = old.registry.items[index % len(old.registry.items)]
        new = outcome(old, Change(item, DAY, fields=fields, extension=extension))
        if isinstance(new, Refused):
            assert any(reason in new.message for reason in UNEDITABLE)
            return
        wanted = values(old.source.text)
        task = next(task for task in wanted["tasks"] if task["id"] == str(item.task))
        mapping = next(each for each in task["items"] if each["id"] == str(item.id))
        mapping |= {key: list(value) if isinstance(value, tuple) else value for key, value in fields}
        if extension:
            day, to, reason, by, milestone = extension
            entry = {"date": day.isoformat(), "to": to.wording, "reason": reason, "approved_by": by}
            entry["milestone"] = str(milestone or "")
            mapping["extensions"] = [{key: value for key, value in entry.items() if value}]
        assert values(new.source.text) == wanted
        comments = [line[line.index("# ") :] for line in old.source.text.split("\n") if "# " in line]
        rest = iter(new.source.text.split("\n"))
        assert all(any(comment in line for line in rest) for comment in comments)


@settings(max_examples=40, deadline=None)
@given(registries())
def test_the_registries_that_are_drawn_are_sound(data: bytes) -> None:
    found = rules.check(document(data)).registry.findings
    left = {finding.message for finding in found if finding.code != "P504"}  # closed, and never reported on
    assert left <= {"the field 'progress' is empty"}


# -- the main styles, to the byte ----------------------------------------------------------------

# A line that begins with "-" stands before, one with "+" after, any other before and after.
STYLES = {
    "no progress yet": """\
-    status: pending
+    status: done
+    progress:
+    - date: 2019-12-20
+      status: done
""",
    "comments behind and below": """\
-    status: pending   # 待报
+    status: done   # 待报
+    progress:
+    - date: 2019-12-20
+      status: done
   # 第二项

 # 完
""",
    "single quotes": """\
-    status: 'pending'
+    status: 'done'
+    progress:
+    - date: 2019-12-20
+      status: done
""",
    "double quotes": """\
-    "status": "pending"
+    "status": "done"
+    progress:
+    - date: 2019-12-20
+      status: done
""",
    "an escape in the quotes": """\
-    status: "pend\\x69ng"
+    status: "done"
+    progress:
+    - date: 2019-12-20
+      status: done
""",
    "status on the next line": """\
     status:
-      pending
+      done
+    progress:
+    - date: 2019-12-20
+      status: done
     support: [市科委]
""",
    "tabs behind": """\
-    status: pending\t# 待报
+    status: done\t# 待报
+    progress:
+    - date: 2019-12-20
+      status: done
""",
    "blank lines at the end": """\
-    status: pending
+    status: done
+    progress:
+    - date: 2019-12-20
+      status: done


""",
    "end of document": """\
-    status: pending
+    status: done
+    progress:
+    - date: 2019-12-20
+      status: done
 ...
""",
    "progress above status": """\
     progress:
     - date: 2018-01-01
       note: 一
+    - date: 2019-12-20
+      status: done
-    status: pending
+    status: done
""",
    "progress without a value": """\
-    status: pending
+    status: done
     progress:  # 无
+    - date: 2019-12-20
+      status: done
     support: [市科委]
""",
    "empty brackets": """\
-    status: pending
-    progress: []
+    status: done
+    progress: [{date: 2019-12-20, status: done}]
""",
    "empty brackets with a comment": """\
-    status: pending
-    progress: [ # 无
+    status: done
+    progress: [{date: 2019-12-20, status: done} # 无
     ]
""",
    "a list in brackets": """\
-    status: pending
-    progress: [ {date: 2018-01-01, note: 一} ]  # 一
+    status: done
+    progress: [ {date: 2018-01-01, note: 一}, {date: 2019-12-20, status: done} ]  # 一
""",
    "a list in brackets over lines": """\
-    status: pending
+    status: done
     progress: [
-      {date: 2018-01-01, note: 一},  # 一
+      {date: 2018-01-01, note: 一}, {date: 2019-12-20, status: done},  # 一
     ]
""",
    "dashes under the key": """\
-    status: pending
+    status: done
     progress:
     - date: 2018-01-01
       note: 一  # 一
+    - date: 2019-12-20
+      status: done
     # 二
""",
    "dashes further in": """\
-    status: pending
+    status: done
     progress:
       -   date: 2018-01-01
           note: 一
+      -   date: 2019-12-20
+          status: done
""",
    "dashes on lines of their own": """\
-    status: pending
+    status: done
     progress:
     -
       date: 2018-01-01
       note: 一
+    - date: 2019-12-20
+      status: done
""",
    "entries in braces": """\
-    status: pending
+    status: done
     progress:
     -  {date: 2018-01-01, note: 一}  # 一
+    -  {date: 2019-12-20, status: done}
""",
    "a note over lines": """\
-    status: pending
+    status: done
     progress:
     - date: 2018-01-01
       note: "一

         二"
+    - date: 2019-12-20
+      status: done
     support: []
""",
    "a block that is stripped": """\
-    status: pending
+    status: done
     progress:
     - date: 2018-01-01
       note: |-
         一

         # 二
+    - date: 2019-12-20
+      status: done


 # 完
""",
    "a block that is clipped": """\
-    status: pending
+    status: done
     progress:
     - date: 2018-01-01
       note: |
         一
+    - date: 2019-12-20
+      status: done

     support: []
""",
    "a block that is kept": """\
-    status: pending
+    status: done
     progress:
     - date: 2018-01-01
       note: |+
         一
+    - date: 2019-12-20
+      status: done
""",
    "a block that is folded": """\
-    status: pending
+    status: done
     progress:
     - date: 2018-01-01
       note: >
         一
         二
+    - date: 2019-12-20
+      status: done
       # 二
""",
    "line breaks of YAML alone": """\
     support: ["市\x85科委"]
-    status: pending # 一
+    status: done # 一
+    progress:
+    - date: 2019-12-20
+      status: done
     due: "2019\u2028"
""",
}
SHAPES = {
    "dashes indented": """\
 tasks:
   - id: 1
     section: 一
     title: 标题
     items:
-      - status: pending
+      - status: done
+        progress:
+          - date: 2019-12-20
+            status: done
         id: 1
         content: 内容
         lead:
           - 市科委
         schedule: 2019 年底
""",
    "an item in braces": """\
 tasks:
 - id: 1
   items:
-  - {id: 1, lead: [市科委], status: pending, schedule: 2019 年底}
+  - {id: 1, lead: [市科委], status: done, progress: [{date: 2019-12-20, status: done}], schedule: 2019 年底}
""",
    "an item in braces over lines": """\
 tasks:
 - id: 1
   items:
   - {
       id: 1, content: 内容,
       lead: [市科委], schedule: 2019 年底,
-      status: pending # 待报
+      status: done, progress: [{date: 2019-12-20, status: done}] # 待报
     }
""",
    "JSON": """\
-"tasks": [{"id":1,"items":[{"id":1,"status":"pending","progress":[]}]}]
+"tasks": [{"id":1,"items":[{"id":1,"status":"done","progress":[{date: 2019-12-20, status: done}]}]}]
""",
    "two items at once": """\
 tasks:
 - id: 1
   items:
-  - {id: 1, status: blocked, progress: []}
+  - {id: 1, status: done, progress: [{date: 2019-12-20, status: done}]}
   - id: 2
-    status: pending
+    status: done
+    progress:
+    - date: 2019-12-20
+      status: done
     schedule: 2019 年底
""",
}


# A report before one that stands already: it goes to its place, and the status stays as reported later.
LATE = {
    "brackets": """\
     status: blocked
-    progress: [ {date: 2019-12-21, status: blocked} ]
+    progress: [ {date: 2019-12-20, status: done}, {date: 2019-12-21, status: blocked} ]
""",
    "brackets over lines": """\
     status: blocked
     progress: [ # 进展
-      {date: 2018-01-01, note: 一}, # 年初
+      {date: 2018-01-01, note: 一}, {date: 2019-12-20, status: done}, # 年初
       {date: 2019-12-21, status: blocked} # 年底
     ]
""",
    "the first of a block": """\
     status: blocked
     progress: # 进展
+    -  date: 2019-12-20
+       status: done

     # 年底
     -  date: 2019-12-21
        status: blocked
""",
    "between two of a block": """\
     status: blocked
     progress:
       - date: 2018-01-01 # 年初
         note: |
           一
+      - date: 2019-12-20
+        status: done

       # 年底
       - date: 2019-12-21
         status: blocked
""",
    "braces, behind one of the same day": """\
     status: blocked
     progress:
     - {date: 2019-12-20, note: 一} # 当日
+    - {date: 2019-12-20, status: done}
     - {date: 2019-12-21, status: blocked}
""",
    "behind one without a day": """\
     status: blocked
     progress:
     - note: 一
+    - date: 2019-12-20
+      status: done
     - date: 2019-12-21
       status: blocked
""",
}


def versions(diff: str) -> tuple[str, str]:
    """Give what stands before and after."""
    lines = re.findall(r"[^\n]*\n", diff)
    before = "".join(line[1:] or line for line in lines if not line.startswith("+"))
    after = "".join(line[1:] or line for line in lines if not line.startswith("-"))
    return before, after


@pytest.mark.parametrize("diff", [*STYLES.values(), *LATE.values()], ids=[*STYLES, *LATE])
def test_status_is_replaced_and_an_entry_added(diff: str) -> None:
    before, after = versions(diff)
    assert edited(HEAD + ITEM + before) == HEAD + ITEM + after


@pytest.mark.parametrize("diff", [*STYLES.values(), *LATE.values()], ids=[*STYLES, *LATE])
def test_carriage_returns_and_the_byte_order_mark_stay(diff: str) -> None:
    before, after = [
        b"\xef\xbb\xbf" + (HEAD + ITEM + text).replace("\n", "\r\n").encode() for text in versions(diff)
    ]
    assert edit(before).source.encode() == after


@pytest.mark.parametrize("diff", SHAPES.values(), ids=SHAPES)
def test_the_shape_of_the_item_is_kept(diff: str) -> None:
    before, after = versions(diff)
    assert edited(HEAD + before) == HEAD + after


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_last_line_without_an_ending_stays_without(ending: str) -> None:
    before, after = [
        (HEAD + ITEM + text).replace("\n", ending).removesuffix(ending)
        for text in versions(STYLES["no progress yet"])
    ]
    assert edited(before) == after


def test_mixed_line_endings_add_the_ending_of_the_line_above() -> None:
    before, after = versions(STYLES["no progress yet"])
    above = (HEAD + ITEM).replace("\n", "\r\n")
    assert edited(above + before) == above + after


def test_blank_lines_keep_their_spaces() -> None:
    before = HEAD + ITEM + "    status: pending  \n  \n   \n"
    entry = "    progress:\n    - date: 2019-12-20\n      status: done\n"
    assert edited(before) == HEAD + ITEM + "    status: done  \n" + entry + "  \n   \n"


def test_a_note_alone_leaves_the_status() -> None:
    before = HEAD + ITEM + "    status: pending\n"
    assert (
        edited(before, None, "待会签")
        == before + "    progress:\n    - date: 2019-12-20\n      note: 待会签\n"
    )


def test_the_same_status_with_a_note_adds_an_entry() -> None:
    before = HEAD + ITEM + "    status: 'done'\n"
    after = before + "    progress:\n    - date: 2019-12-20\n      status: done\n      note: 待会签\n"
    assert edited(before, Status.DONE, "待会签") == after


@pytest.mark.parametrize(
    ("status", "day"), [(Status.DONE, date(2019, 12, 21)), (None, DAY), (None, date(2019, 12, 21))]
)
def test_the_same_note_on_another_day_or_without_the_status_is_new(status: Status | None, day: date) -> None:
    entry = "    progress: [{date: 2019-12-20, status: done, note: 一}]\n"
    item = edit(HEAD + ITEM + "    status: done\n" + entry, status, "一", day)
    assert [difference.field for difference in item.differences] == ["progress"]
    assert item.differences[0].after[1:] == (Progress(day, status, "一"),)


def test_the_last_report_again_is_nothing_new() -> None:
    before = HEAD + ITEM + "    status: done\n    progress: [{date: 2019-12-20, status: done, note: 一}]\n"
    again = edit(before, Status.DONE, "一")
    assert (again.source.text, again.differences) == (before, ())


@pytest.mark.parametrize(
    ("note", "written"),
    [
        ("已印发实施", "已印发实施"),
        ("已印发 3 份（附件 - 略）", "已印发 3 份（附件 - 略）"),
        ("会议纪要: 3 条", '"会议纪要: 3 条"'),
        ("第 3 次 #2", '"第 3 次 #2"'),
        ('说"好"', '"说\\"好\\""'),
        ("it's", '"it\'s"'),
        ("一\n二", '"一\\n二"'),
        ("- 一", '"- 一"'),
        ("yes", '"yes"'),
        ("Null", '"Null"'),
        ("123", '"123"'),
        ("尾空 ", '"尾空 "'),
        ("a\\b", '"a\\\\b"'),
        ("🎉", '"🎉"'),
        ("甲\u2028乙", '"甲\\u2028乙"'),
        ("\x1b[31m", '"\\u001b[31m"'),
        ("甲\u202e乙", '"甲\\u202e乙"'),
    ],
)
def test_a_note_is_quoted_where_it_must_be(note: str, written: str) -> None:
    assert edited(HEAD + ITEM + "    status: pending\n", None, note).endswith(f"      note: {written}\n")


def test_a_note_with_a_question_mark_in_braces_is_read_by_the_pure_parser_too() -> None:
    after = edited(HEAD + ITEM + "    status: pending\n    progress: []\n", None, "done? yes")
    assert values(after)["tasks"][0]["items"][0]["progress"][0]["note"] == "done? yes"


def test_a_note_with_an_unseen_character_beyond_the_first_plane_is_kept() -> None:
    flag = "\U0001f3f4\U000e0067\U000e0062\U000e007f"
    after = edited(HEAD + ITEM + "    status: pending\n", None, flag)
    assert values(after)["tasks"][0]["items"][0]["progress"][0]["note"] == flag


@pytest.mark.parametrize(
    "name",
    [
        "libyaml",
        pytest.param("pure"),
    ],
)
def test_a_note_with_a_lone_surrogate_is_refused(name: str) -> None:
    with parser(name):
        assert refusal(HEAD + ITEM + "    status: pending\n", None, "\ud800") == (MORE, BY_HAND)


# -- what is refused, by name --------------------------------------------------------------------

TWICE = HEAD + ITEM + "    status: pending\n" + ITEM.split("items:\n")[1] + "    status: pending\n"
VALIDATE_PROGRESS = "'chengguo validate' shows what is wrong with it."
NO_LIST = ("1.1: its progress is not a list of entries", VALIDATE_PROGRESS)
NO_WORD = ("1.1: its status is not a word on its line", "Write it on one line, by hand: status: done")


@pytest.mark.parametrize("status", ["|-\n      pending", ">-\n      pending", "", "''", "# 待报"])
def test_a_status_that_is_no_word_on_its_line_is_refused(status: str) -> None:
    assert refusal(f"{HEAD}{ITEM}    status: {status}\n") == NO_WORD


def test_an_item_without_a_status_is_refused() -> None:
    assert refusal(HEAD + ITEM) == NO_WORD


@pytest.mark.parametrize("progress", ["null", "已印发", "{date: 2019-01-01, note: 一}", "|\n      一"])
def test_progress_that_is_no_list_is_refused(progress: str) -> None:
    assert refusal(f"{HEAD}{ITEM}    status: pending\n    progress: {progress}\n") == NO_LIST


def test_empty_progress_in_braces_is_refused() -> None:
    item = "{id: 1, content: 内容, lead: [市科委], schedule: 2019 年底, status: pending, progress: }"
    tasks = f"tasks:\n- {{id: 1, section: 一, title: 标题, items: [{item}]}}\n"
    assert refusal(HEAD + tasks) == NO_LIST


def test_an_address_that_stands_twice_is_refused() -> None:
    message = "the address 1.1 stands twice in the file"
    assert refusal(TWICE) == (message, "'chengguo validate' shows both places; give one another id.")


@pytest.mark.parametrize(
    "extra", ["status: pending", "due: &day 2019-12-31", "due: !!str 2019-12-31", "<<: {}"]
)
def test_broken_yaml_is_refused(extra: str) -> None:
    message = "tasks.yaml has YAML errors; an edit could go wrong"
    assert refusal(f"{HEAD}{ITEM}    status: pending\n    {extra}\n") == (
        message,
        "'chengguo validate' shows them.",
    )


def test_a_late_report_decides_the_status_where_no_later_one_has_any() -> None:
    before = f"{HEAD}{ITEM}    status: pending\n    progress: [{{date: 2019-12-21, note: 一}}]\n"
    assert edited(before) == (
        f"{HEAD}{ITEM}    status: done\n"
        "    progress: [{date: 2019-12-20, status: done}, {date: 2019-12-21, note: 一}]\n"
    )


def test_a_status_without_a_report_is_reported() -> None:
    assert edited(f"{HEAD}{ITEM}    status: done\n") == (
        f"{HEAD}{ITEM}    status: done\n    progress:\n    - date: 2019-12-20\n      status: done\n"
    )


def test_a_report_of_the_same_day_is_made() -> None:
    before = f"{HEAD}{ITEM}    status: pending\n    progress: [{{date: 2019-12-20, note: 一}}]\n"
    assert edited(before).endswith("[{date: 2019-12-20, note: 一}, {date: 2019-12-20, status: done}]\n")


@pytest.mark.parametrize(
    "shape",
    [
        "    ? status\n    : pending\n",
        "    status: pending\n    progress: ''\n",
        "    status: pending\n    progress:\n    - date: 2018-01-01\n      note: |\n        一",
        "    status: pending\n    progress:\n    - date: 2018-01-01\n      note: |+\n        一\n\n",
        "    status: pending\n    progress:\n    - note: |2\n          一\n        二\n",
        f"    status: pending{NEXT_LINE}    due: 2019-12-31\n",
    ],
    ids=["question mark", "empty quotes", "block at the end", "kept", "indented", "next line"],
)
def test_a_shape_that_cannot_be_proved_is_refused(shape: str) -> None:
    assert refusal(HEAD + ITEM + shape) == (MORE, BY_HAND)


def test_a_line_that_ends_in_cr_alone_is_named_as_the_cause() -> None:
    message, hint = refusal(f"{HEAD}{ITEM}    status: pending\r    due: 2019-12-31\n")
    assert message == MORE
    assert "lines that end in CR alone" in hint


@pytest.mark.parametrize(
    "progress",
    [
        "",
        "    progress: []\n",
        "    progress:\n",
    ],
    ids=["none", "brackets", "empty"],
)
@pytest.mark.parametrize("status", [None, Status.DONE])
def test_a_blank_note_is_refused(progress: str, status: Status | None) -> None:
    with pytest.raises(Refused):
        edit(HEAD + ITEM + "    status: pending\n" + progress, status, " ")


def test_one_refused_change_refuses_them_all() -> None:
    item = ITEM.split("items:\n")[1].replace("id: 1", "id: 2") + "    status:\n"
    message, _hint = refusal(HEAD + ITEM + "    status: pending\n" + item)
    assert message == "1.2: its status is not a word on its line"


@pytest.mark.parametrize(
    "above", ["- foo", "-", "- id: 1"], ids=["a word", "nothing", "a task without items"]
)
def test_a_broken_task_above_is_no_fault_of_the_program(above: str) -> None:
    before, after = [
        HEAD + ITEM.replace("tasks:\n", f"tasks:\n{above}\n") + text
        for text in versions(STYLES["no progress yet"])
    ]
    assert edited(before) == after


def test_a_task_that_stands_twice_is_no_fault_of_the_program() -> None:
    first = HEAD + ITEM + "    status: pending\n"
    before, after = [
        first + ITEM.removeprefix("tasks:\n").replace("  - id: 1", "  - id: 2") + text
        for text in versions(STYLES["no progress yet"])
    ]
    old = document(before)
    assert make(old, (Change(old.registry.items[1], DAY, Status.DONE, None),)).source.text == after


# -- what is said of it --------------------------------------------------------------------------


def test_differences_hold_the_fields_before_and_after() -> None:
    before = HEAD + ITEM + "    status: pending\n    progress: [{date: 2018-01-01, note: 一}]\n"
    earlier, later = Progress(date(2018, 1, 1), None, "一"), Progress(DAY, Status.DONE, "二")
    assert edit(before, Status.DONE, "二").differences == (
        ("1.1", "status", Status.PENDING, Status.DONE),
        ("1.1", "progress", (earlier,), (earlier, later)),
    )


def test_a_note_alone_differs_in_progress_alone() -> None:
    before = HEAD + ITEM + "    status: pending\n"
    assert edit(before, None, "一").differences == (("1.1", "progress", (), (Progress(DAY, None, "一"),)),)

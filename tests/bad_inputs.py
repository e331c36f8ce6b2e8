"""Bad and hostile registries, made here rather than kept: what each holds, and what must be found in it.

``CASES`` are small and each has one thing wrong, ``HOSTILE`` are large or made to hang a reader; the
strategies draw mutated registries, bytes and structures for hypothesis.
"""

import json
from collections.abc import Callable
from itertools import pairwise
from typing import Any, NamedTuple

from hypothesis import strategies as st

BOM = b"\xef\xbb\xbf"
BASE = """\
format: 1
plan:
  title: 行动方案
  years: 2017-2020
departments:
  市科委: {full: 上海市科学技术委员会}
  市教委: {full: 上海市教育委员会}
sections:
  一: 增强科技成果转移转化主体内生动力
tasks:
- id: 1
  section: 一
  title: 充分释放企业需求
  items:
  - id: 1
    content: 建立信息系统。
    lead: [市科委]
    support: [市教委]
    schedule: 2019 年底
    status: pending
"""
ITEM = "{id: 1, content: 健全机制。, lead: [市科委], schedule: 2019 年底, status: pending}"


def with_line(number: int, line: str) -> str:
    """Give the sound registry with line ``number`` (from 1) replaced."""
    lines = BASE.split("\n")
    lines[number - 1] = line
    return "\n".join(lines)


def with_lines(number: int, *lines: str) -> str:
    """Give the sound registry with ``lines`` put in below line ``number``."""
    whole = BASE.split("\n")
    whole[number:number] = lines
    return "\n".join(whole)


class Found(NamedTuple):
    """A finding that must be reported: its code and place, and what its message and hint must hold."""

    code: str
    place: str
    message: str
    hint: str


class Case(NamedTuple):
    """A bad registry and all that must be found in it; ``related`` are the places of "see also"."""

    name: str
    data: bytes
    found: tuple[Found, ...]
    related: tuple[str, ...] = ()
    code: int = 1

    @property
    def is_unreadable(self) -> bool:
        """Whether no registry at all can be read from it."""
        hopeless = {"Y101", "Y102", "Y106", "Y108", "Y109"}
        return any(found.code in hopeless or found[:2] == ("S202", "1:1") for found in self.found)


def _case(name: str, text: str | bytes, *found: tuple[str, str, str, str], **more: Any) -> Case:
    data = text if isinstance(text, bytes) else text.encode()
    return Case(name, data, tuple(Found(*each) for each in found), **more)


# -- what hints must say -------------------------------------------------------------------------

QUOTE = '"double quotes"'
KEEP_ONE = "Keep one of the two"
NEEDS_NONE = "A registry needs none: write the value out"
SPACES = "Indent with ordinary spaces"
COLON = "an ASCII colon and a space after it"
DELETE = "Delete it; it cannot be seen"
TOO_MUCH = "A registry has no need of that"
ONE_DOCUMENT = "A registry is one document: delete the line '---'"
TWICE_ID = "Give the newer one an id that is free"
BOTH_SIDES = "Keep what is right of both sides"


def iconv(codec: str) -> str:
    """Give the command that a hint must name."""
    return f"iconv -f {codec} -t UTF-8 tasks.yaml"


# -- keys and ids --------------------------------------------------------------------------------

TWICE = (
    _case(
        "duplicate key in a block",
        with_lines(20, "    status: blocked"),
        ("Y103", "21:5", "the key 'status' stands twice", KEEP_ONE),
        related=("20:5",),
    ),
    _case(
        "duplicate key in braces",
        with_line(6, "  市科委: {full: 上海市科学技术委员会, full: 上海市科委}"),
        ("Y103", "6:27", "the key 'full' stands twice", KEEP_ONE),
        related=("6:9",),
    ),
    _case(
        "duplicate department",
        with_lines(7, "  市科委: {}"),
        ("Y103", "8:3", "the key '市科委' stands twice", KEEP_ONE),
        related=("6:3",),
    ),
    _case(
        "duplicate key in other quotes",
        with_lines(4, '  "title": 行动方案'),
        ("Y103", "5:3", "the key 'title' stands twice", KEEP_ONE),
        related=("3:3",),
    ),
    _case(
        "key three times",
        with_lines(20, "    status: done", "    status: blocked"),
        ("Y103", "21:5", "the key 'status' stands twice", KEEP_ONE),
        ("Y103", "22:5", "the key 'status' stands twice", KEEP_ONE),
        related=("20:5", "20:5"),
    ),
    _case(
        "duplicate task id",
        BASE + f"- {{id: 1, section: 一, title: 健全机制, items: [{ITEM}]}}\n",
        ("T601", "21:8", "task 1 stands twice", TWICE_ID),
        related=("11:7",),
    ),
    _case(
        "duplicate item id",
        BASE + f"  - {ITEM}\n",
        ("T601", "21:10", "item 1 stands twice in task 1", TWICE_ID),
        related=("15:9",),
    ),
)

# -- numbers and dates that Python chokes on -----------------------------------------------------

DIGITS = "9" * 5000
SHOWN_DIGITS = f"'{'9' * 40}…' cannot stand here"


def _number(name: str, text: str, place: str, hint: str, *more: tuple[str, str, str, str]) -> Case:
    return _case(name, text, ("S204", place, SHOWN_DIGITS, hint), *more)


VALUES = (
    _case(
        "due on no day",
        with_lines(19, "    due: 2019-02-30"),
        ("S204", "20:10", "'2019-02-30' cannot stand here", "a day that the calendar has"),
    ),
    _case(
        "issued on no day",
        with_lines(4, "  issued: 2019-02-30"),
        ("S204", "5:11", "'2019-02-30' cannot stand here", "a day that the calendar has"),
    ),
    _case(
        "progress on no day",
        with_lines(20, "    progress: [{date: 2019-02-30, note: 已协调}]"),
        ("S204", "21:23", "'2019-02-30' cannot stand here", "a day that the calendar has"),
    ),
    _case(
        "schedule of no day",
        with_line(19, "    schedule: 2019-02-30"),
        ("D401", "19:15", "the calendar has no such day", "Keep the official wording and add 'due:"),
    ),
    _case(
        "until no month",
        with_line(6, "  市科委: {full: 上海市科学技术委员会, until: 2018-13}"),
        ("S204", "6:34", "'2018-13' cannot stand here", "Write a month such as 2018-11"),
    ),
    _number(
        "5,000 digits as item id", with_line(15, f"  - id: {DIGITS}"), "15:9", "a whole number such as 3"
    ),
    _number("5,000 digits as task id", with_line(11, f"- id: {DIGITS}"), "11:7", "a whole number such as 3"),
    _number("5,000 digits as format", with_line(1, f"format: {DIGITS}"), "1:9", "a whole number such as 3"),
    _number("5,000 digits as years", with_line(4, f"  years: {DIGITS}"), "4:10", "years such as 2017-2020"),
    _number(
        "5,000 digits as day", with_lines(19, f"    due: {DIGITS}"), "20:10", "a date such as 2019-12-31"
    ),
    _number(
        "5,000 digits as month",
        with_line(6, f"  市科委: {{until: {DIGITS}}}"),
        "6:16",
        "a month such as 2018-11",
    ),
    _number("5,000 digits as status", with_line(20, f"    status: {DIGITS}"), "20:13", "Write pending, "),
    _case(
        "octal id",
        with_line(15, "  - id: 010"),
        ("S204", "15:9", "'010' cannot stand here", "a whole number such as 3"),
    ),
    _case(
        "yes as a flag",
        with_line(6, "  市科委: {full: 上海市科学技术委员会, group: yes}"),
        ("S204", "6:34", "'yes' cannot stand here", "Write true or false"),
    ),
)

# -- anchors, aliases, merge keys, tags ----------------------------------------------------------


def _anchor(name: str, text: str, place: str, anchor: str, *more: tuple[str, str, str, str]) -> Case:
    return _case(name, text, ("Y104", place, f"the anchor &{anchor} is not allowed", NEEDS_NONE), *more)


def _alias(name: str, text: str, place: str, alias: str) -> Case:
    return _case(name, text, ("Y104", place, f"the alias *{alias} is not allowed", NEEDS_NONE))


def _tag(name: str, text: str, place: str, tag: str, *more: tuple[str, str, str, str]) -> Case:
    return _case(name, text, ("Y104", place, f"the tag {tag} is not allowed", NEEDS_NONE), *more)


_A_LIST = ("a text is expected here, not a list", f"Put the text in {QUOTE}")
_SHELL = "!!python/object/apply:os.system"
DECORATED = (
    _anchor("anchor on a text", with_line(3, "  title: &a 行动方案"), "3:10", "a"),
    _anchor("anchor on a list", with_line(17, "    lead: &lead [市科委]"), "17:11", "lead"),
    _anchor("anchor on a mapping", with_line(6, "  市科委: &x {full: 上海市科学技术委员会}"), "6:8", "x"),
    _anchor("anchor on a key", with_line(6, "  &x 市科委: {full: 上海市科学技术委员会}"), "6:3", "x"),
    _anchor("anchor on the whole file", f"&x\n{BASE}", "1:1", "x"),
    _alias("alias", with_line(16, "    content: *lead"), "16:14", "lead"),
    _alias("alias in a list", with_line(6, "  市科委: {aliases: [*lead]}"), "6:19", "lead"),
    _case(
        "anchor and alias",
        with_line(3, "  title: &name 行动方案").replace("建立信息系统。", "*name"),
        ("Y104", "3:10", "the anchor &name is not allowed", NEEDS_NONE),
        ("Y104", "16:14", "the alias *name is not allowed", NEEDS_NONE),
    ),
    _case(
        "alias of itself",
        with_line(6, "  市科委: {aliases: &a [*a]}"),
        ("Y104", "6:18", "the anchor &a is not allowed", NEEDS_NONE),
        ("Y104", "6:22", "the alias *a is not allowed", NEEDS_NONE),
    ),
    _case(
        "merge key",
        with_lines(15, "    <<: {due: 2019-12-31}"),
        ("Y104", "16:5", "the merge key << is not allowed", "a registry needs no merge keys"),
    ),
    _case(
        "merge key with an alias",
        with_lines(15, "    <<: *base"),
        ("Y104", "16:5", "the merge key << is not allowed", "a registry needs no merge keys"),
        ("Y104", "16:9", "the alias *base is not allowed", NEEDS_NONE),
    ),
    _tag(
        "tag that runs a command",
        with_line(3, f"  title: {_SHELL} [touch hacked]"),
        "3:10",
        _SHELL,
        ("S202", "3:10", *_A_LIST),
    ),
    _tag(
        "tag that names an object",
        with_line(3, "  title: !!python/name:os.x x"),
        "3:10",
        "!!python/name:os.x",
    ),
    _tag("tag of a type", with_line(4, "  years: !!str 2017-2020"), "4:10", "!!str"),
    _tag("tag on a mapping", with_line(6, "  市科委: !!map {full: 上海市科委}"), "6:8", "!!map"),
    _tag("tag on a key", with_line(6, "  !!str 市科委: {full: 上海市科委}"), "6:3", "!!str"),
    _tag("tag of one's own", with_line(3, "  title: !secret 行动方案"), "3:10", "!secret"),
    _tag(
        "tag in full", with_line(3, "  title: !<tag:yaml.org,2002:str> x"), "3:10", "!<tag:yaml.org,2002:str>"
    ),
    _tag("tag without a name", with_line(3, "  title: ! 行动方案"), "3:10", "!"),
    _tag(
        "tag by a directive",
        f"%TAG !p! tag:yaml.org,2002:python/\n---\n{with_line(3, '  title: !p!none x')}",
        "5:10",
        "!p!none",
    ),
)

# -- documents and shapes ------------------------------------------------------------------------

_LINES = "Write 'key: value' lines here"
DOCUMENTS = (
    _case(
        "second document",
        BASE + "---\n" + BASE,
        ("Y105", "21:1", "a second document begins here", ONE_DOCUMENT),
    ),
    _case(
        "second document, empty",
        BASE + "---\n",
        ("Y105", "21:1", "a second document begins here", ONE_DOCUMENT),
    ),
    _case(
        "second document after an end",
        BASE + "...\n---\na: b\n",
        ("Y105", "22:1", "a second document begins here", ONE_DOCUMENT),
    ),
    _case(
        "list at the top",
        "- 市科委\n",
        ("S202", "1:1", "a mapping of fields is expected here, not a list", _LINES),
    ),
    _case(
        "text at the top",
        "市科委\n",
        ("S202", "1:1", "a mapping of fields is expected here, not a text", _LINES),
    ),
    _case(
        "number at the top", "42", ("S202", "1:1", "a mapping of fields is expected here, not a text", _LINES)
    ),
    _case(
        "null at the top", "~\n", ("S202", "1:1", "a mapping of fields is expected here, not a text", _LINES)
    ),
    _case(
        "33 brackets",
        "[" * 33 + "]" * 33,
        ("Y106", "1:33", "nested deeper than 32 levels", TOO_MUCH),
    ),
    _case(
        "33 brackets in a field",
        with_line(17, f"    lead: {'[' * 33}{']' * 33}"),
        ("Y106", "17:38", "nested deeper than 32 levels", TOO_MUCH),
    ),
)
EMPTY = tuple(
    _case(f"nothing: {data!r}", data, ("Y109", "1:1", "no registry in tasks.yaml", ""))
    for data in (b"", b"# a\n# b\n", b"---\n", b"---\n...\n", b"\n \n\n", b"\r\n", BOM, BOM + b"# a")
)

# -- characters ----------------------------------------------------------------------------------

CONTROLS = "\x00\x08\x0b\x0c\x1b\x7f\x80\x9b\ufffe"
CHARACTERS = (
    *(
        _case(
            f"raw U+{ord(control):04X}",
            with_line(16, f"    content: 建立{control}[31m信息系统。"),
            ("Y107", "16:16", f"a control character (U+{ord(control):04X})", DELETE),
        )
        for control in CONTROLS
    ),
    _case(
        "raw ESC in a comment",
        with_line(1, "format: 1 # \x1b[2J"),
        ("Y107", "1:13", "a control character (U+001B)", DELETE),
    ),
    _case(
        "raw BEL in a key",
        with_line(16, "    con\x07tent: 建立信息系统。"),
        ("S203", "15:5", "the field 'content' is missing", "Add 'content: …'"),
        ("S201", "16:5", "unknown key 'con\ufffdtent'", "Did you mean 'content'?"),
        ("Y107", "16:8", "a control character (U+0007)", DELETE),
    ),
    _case(
        "raw NUL behind a BOM",
        BOM + b"format: 1\0\n" + BASE.partition("\n")[2].encode(),
        ("S204", "1:9", "'1\ufffd' cannot stand here", "a whole number such as 3"),
        ("Y107", "1:10", "a control character (U+0000)", DELETE),
    ),
)
_BIG5 = "format: 1\nplan:\n  title: 促進科技成果轉移轉化行動方案\n"
ENCODINGS = (
    _case(
        "a wrong byte",
        BASE.encode().replace("建立".encode(), b"\xff"),
        ("Y101", "16:14", "the file is not UTF-8", "iconv -f ENCODING -t UTF-8 tasks.yaml"),
    ),
    _case(
        "half a character at the end",
        BASE.encode() + "# 完".encode()[:-1],
        ("Y101", "21:3", "the file is not UTF-8", "iconv -f ENCODING -t UTF-8 tasks.yaml"),
    ),
    _case(
        "a surrogate as bytes",
        BASE.encode().replace("建立".encode(), b"\xed\xa0\x80"),
        ("Y101", "16:14", "the file is not UTF-8", "iconv -f ENCODING -t UTF-8 tasks.yaml"),
    ),
    _case("GBK", BASE.encode("gbk"), ("Y101", "3:10", "it looks like GBK", iconv("GB18030"))),
    _case(
        "a workbook",
        b"PK\x03\x04\x14\x00\x08\x00\xff\xfe\xd8",
        ("Y101", "1:9", "the file is not UTF-8", "chengguo import tasks.yaml"),
    ),
    _case(
        "GB18030",
        BASE.replace("建立", "㐀𠀀").encode("gb18030"),
        ("Y101", "3:10", "it looks like GBK", iconv("GB18030")),
    ),
    _case("Big5", _BIG5.encode("big5"), ("Y101", "3:10", "it looks like Big5", iconv("BIG5"))),
    _case("UTF-16", BASE.encode("utf-16"), ("Y101", "1:1", "it looks like UTF-16", iconv("UTF-16"))),
    _case(
        "UTF-16, little end first",
        BASE.encode("utf-16-le"),
        ("Y101", "1:1", "it looks like UTF-16", iconv("UTF-16LE")),
    ),
    _case(
        "UTF-16, big end first",
        BASE.encode("utf-16-be"),
        ("Y101", "1:1", "it looks like UTF-16", iconv("UTF-16BE")),
    ),
)


def _colon(name: str, text: str, place: str) -> Case:
    return _case(name, text, ("Y102", place, "a full-width colon (：) behind a key", COLON))


def _indented(name: str, text: str, place: str, message: str) -> Case:
    return _case(name, text, ("Y102", place, message, SPACES))


_NBSP, _WIDE, _TAB = (
    "a no-break space (U+00A0) as indentation",
    "a full-width space (U+3000) as indentation",
    "a tab as indentation",
)
_WIDE_KEY = "It contains a no-break or full-width space; indent with ordinary spaces"
KEYBOARD = (
    _colon("full-width colon, first line", with_line(1, "format：1"), "1:7"),
    _colon("full-width colon", with_line(3, "  title：行动方案"), "3:8"),
    _colon("full-width colon behind a dash", with_line(11, "- id：1"), "11:5"),
    _colon("full-width colon behind an inner dash", with_line(15, "  - id：1"), "15:7"),
    _colon("full-width colon and a space", with_line(20, "    status： pending"), "20:11"),
    _colon("full-width colon before a list", with_line(10, "tasks："), "10:6"),
    _indented("no-break spaces", with_line(16, "\xa0\xa0\xa0\xa0content: 建立。"), "16:1", _NBSP),
    _indented("no-break spaces behind spaces", with_line(16, "  \xa0\xa0content: 建立。"), "16:3", _NBSP),
    _indented("no-break spaces, first field", with_line(3, "\xa0\xa0title: 行动方案"), "3:1", _NBSP),
    _indented("full-width spaces", with_line(16, "\u3000\u3000content: 建立。"), "16:1", _WIDE),
    _indented("full-width space, first field", with_line(3, "\u3000title: 行动方案"), "3:1", _WIDE),
    _indented("a tab", with_line(16, "\tcontent: 建立。"), "16:1", _TAB),
    _indented("a tab behind spaces", with_line(16, "    \tcontent: 建立。"), "16:5", _TAB),
    _indented("a tab, first field", with_line(3, "\ttitle: 行动方案"), "3:1", _TAB),
    _indented("a tab, second field", with_line(4, "\tyears: 2017-2020"), "4:1", _TAB),
    _case(
        "no-break space in a key",
        with_line(4, "  \xa0years: 2017-2020"),
        ("S201", "4:3", "unknown key '\xa0years'", _WIDE_KEY),
    ),
    _case(
        "full-width space in a key",
        with_line(16, "    \u3000content: 建立。"),
        ("S203", "15:5", "the field 'content' is missing", "Add 'content: …'"),
        ("S201", "16:5", "unknown key '\u3000content'", _WIDE_KEY),
    ),
)

# -- values that must be quoted ------------------------------------------------------------------

_CUT = "is taken for a comment, not for a part of the text"
COMMENTS = (
    _case(
        "title: fix #12",
        with_line(13, "  title: fix #12"),
        ("S205", "13:14", f"'#12' {_CUT}", QUOTE),
        code=0,
    ),
    _case(
        "a comment in a title",
        with_line(13, "  title: 落实 #12 号文件"),
        ("S205", "13:13", f"'#12 号文件' {_CUT}", QUOTE),
        code=0,
    ),
    _case(
        "a comment in a schedule",
        with_line(19, "    schedule: 2019 年底 #1"),
        ("S205", "19:23", f"'#1' {_CUT}", QUOTE),
        code=0,
    ),
    _case(
        "a comment in a note",
        with_lines(20, "    progress:", "    - {date: 2019-01-02, note: 落实 #12", "      }"),
        ("S205", "22:35", f"'#12' {_CUT}", QUOTE),
        code=0,
    ),
)
_BEGINS = "a value cannot begin with this character"
UNQUOTED = (
    _case(
        "a: b: c", with_line(13, "  title: a: b: c"), ("Y102", "13:11", "a second colon on the line", QUOTE)
    ),
    _case(
        "a colon in a title",
        with_line(13, "  title: 行动方案: 2017"),
        ("Y102", "13:14", "a second colon on the line", QUOTE),
    ),
    *(
        _case(
            f"value begins with {mark}",
            with_line(13, f"  title: {mark}重要"),
            ("Y102", "13:10", _BEGINS, QUOTE),
        )
        for mark in ("*", "&", "@", "%", "!", "|", ">", "`", "* ", "& ", "@ ", "% ", "| ", "> ")
    ),
)
# -- merge conflicts -----------------------------------------------------------------------------


def conflicted(*ours: str, theirs: tuple[str, ...], newline: str = "\n") -> bytes:
    """Give the sound registry with a conflict below line 16, as git leaves it."""
    text = with_lines(16, "<<<<<<< HEAD", *ours, "=======", *theirs, ">>>>>>> 牵头部门")
    return text.replace("\n", newline).encode()


def _conflict(place: str, ours: str, theirs: str) -> tuple[str, str, str, str]:
    message = f"an unresolved merge conflict: {ours} against {theirs}"
    return ("Y108", place, message, BOTH_SIDES)


_OURS, _THEIRS = (
    ("    lead: [市科委]", "    due: 2019-12-31"),
    ("    lead: [市教委]", "    due: 2020-12-31", ""),
)
CONFLICTS = (
    _case("conflict", conflicted(*_OURS, theirs=_THEIRS), _conflict("17:1", "lines 18–19", "lines 21–23")),
    _case(
        "conflict with CRLF",
        conflicted(*_OURS, theirs=_THEIRS, newline="\r\n"),
        _conflict("17:1", "lines 18–19", "lines 21–23"),
    ),
    _case(
        "conflict behind a BOM",
        BOM + conflicted(*_OURS, theirs=_THEIRS),
        _conflict("17:1", "lines 18–19", "lines 21–23"),
    ),
    _case(
        "conflict from the first line to the last",
        "<<<<<<< HEAD\nformat: 1\nplan:\n=======\nformat: 1\nplan: {}\n>>>>>>> other",
        _conflict("1:1", "lines 2–3", "lines 5–6"),
    ),
    _case(
        "conflict with the common ancestor",
        conflicted(*_OURS, "||||||| 8a3f1c0", "    lead: []", theirs=_THEIRS),
        _conflict("17:1", "lines 18–19", "lines 23–25"),
    ),
    _case("conflict that we deleted", conflicted(theirs=_OURS), _conflict("17:1", "no lines", "lines 19–20")),
    _case(
        "conflict that they deleted",
        conflicted(*_OURS, theirs=()),
        _conflict("17:1", "lines 18–19", "no lines"),
    ),
    _case(
        "two conflicts",
        conflicted(*_OURS, theirs=_THEIRS) + b"<<<<<<<\n# a\n# b\n=======\n# c\n# d\n>>>>>>>\n",
        _conflict("17:1", "lines 18–19", "lines 21–23"),
        _conflict("29:1", "lines 30–31", "lines 33–34"),
    ),
)

CASES = (
    *TWICE,
    *VALUES,
    *DECORATED,
    *DOCUMENTS,
    *EMPTY,
    *CHARACTERS,
    *ENCODINGS,
    *KEYBOARD,
    *COMMENTS,
    *UNQUOTED,
    *CONFLICTS,
)

# -- large, deep and endless ---------------------------------------------------------------------


class Hostile(NamedTuple):
    """A registry made to exhaust a reader, and the first line and the last of what must be reported."""

    make: Callable[[], str]
    first: str
    last: str = "1 error"


def _bomb(merge: str = "") -> str:
    """Give lists (or mappings, merged) of nine aliases each: 9 ** 20 values to whoever expands them."""
    names = [f"a{number}" for number in range(20)]
    lines = [f"{names[0]}: &{names[0]} {{x: 1}}\n"]
    for before, name in pairwise(names):
        aliases = f"[{', '.join([f'*{before}'] * 9)}]"
        lines.append(f"{name}: &{name} {f'{{{merge}: {aliases}}}' if merge else aliases}\n")
    return "".join(lines)


def _keys(count: int, form: str) -> list[str]:
    return [form.format(number) for number in range(count)]


def _levels() -> str:
    return "".join(f"  {'  ' * depth}a:\n" for depth in range(3000))


_MANY, _LONG = 200_000, 5_000_000
_FULL = "1001 errors"
_DEEP = "Y106 nested deeper than 32 levels"
_WIDE_MAPPING = "Y106 a mapping of more than 10000 keys"
_LONG_LIST = "Y106 a list of more than 200000 entries"
HOSTILE = {
    "10,000 brackets": Hostile(lambda: "[" * 10_000, f"1:33: {_DEEP}"),
    "50,000 brackets": Hostile(lambda: "[" * 50_000, f"1:33: {_DEEP}"),
    "50,000 brackets in a field": Hostile(
        lambda: with_line(17, f"    lead: {'[' * 50_000}"), f"17:38: {_DEEP}"
    ),
    "50,000 braces": Hostile(lambda: "{a: " * 50_000, f"1:129: {_DEEP}"),
    "50,000 dashes": Hostile(lambda: "- " * 50_000, f"1:65: {_DEEP}"),
    "50,000 explicit keys": Hostile(lambda: "? " * 50_000, f"1:65: {_DEEP}"),
    "3,000 indents": Hostile(
        lambda: "".join(" " * depth + "a:\n" for depth in range(3000)), f"33:33: {_DEEP}"
    ),
    "3,000 indents in the plan": Hostile(
        lambda: BASE.replace("departments:", f"{_levels()}departments:"), f"36:65: {_DEEP}"
    ),
    "3,000 indents in a task": Hostile(lambda: BASE + _levels(), f"51:63: {_DEEP}"),
    "alias bomb": Hostile(_bomb, "1:1: S201 unknown key 'a0'", "216 errors"),
    "merge bomb": Hostile(lambda: _bomb("<<"), "1:1: S201 unknown key 'a0'", "235 errors"),
    "100,000 aliases of a long text": Hostile(
        lambda: f"format: &a {'9' * 100_000}\nplan: [{'*a,' * 100_000}]\n",
        "1:9: Y104 the anchor &a is not allowed",
        _FULL,
    ),
    "5 MB status": Hostile(
        lambda: with_line(20, f"    status: {'a' * _LONG}"), f"20:13: S204 '{'a' * 40}…' cannot stand here"
    ),
    "5 MB schedule": Hostile(
        lambda: with_line(19, f"    schedule: {'9' * _LONG}"), f"19:15: D401 the schedule '{'9' * 20}"
    ),
    "5 MB department": Hostile(
        lambda: with_line(18, f"    support: [市教委, {'市' * (_LONG // 3)}]"),
        f"18:20: N301 no department '{'市' * 20}",
    ),
    "5 MB without a colon": Hostile(
        lambda: "a" * _LONG, "1:1: S202 a mapping of fields is expected here, not a text"
    ),
    "5 MB of colons": Hostile(lambda: "a: " * (_LONG // 3), "1:5: Y102 a second colon on the line"),
    "5 MB of tabs": Hostile(
        lambda: with_line(3, "\t" * _LONG + "title: 行动方案"), "3:1: Y102 a tab as indentation"
    ),
    "200,000 keys in braces": Hostile(
        lambda: "{" + ", ".join(_keys(_MANY, "k{}: v")) + "}", f"1:1: {_WIDE_MAPPING}"
    ),
    "200,000 keys in a block": Hostile(
        lambda: BASE.replace("sections:", "".join(_keys(_MANY, "  局{}:\n")) + "sections:"),
        f"6:3: {_WIDE_MAPPING}",
    ),
    "200,000 duplicate keys in braces": Hostile(
        lambda: "{" + "k: v, " * _MANY + "}", "1:8: Y103 the key 'k' stands twice", _FULL
    ),
    "200,000 duplicate keys in a block": Hostile(
        lambda: "k: v\n" * _MANY, "2:1: Y103 the key 'k' stands twice", _FULL
    ),
    "a 5,000-digit number": Hostile(lambda: with_line(1, f"format: {DIGITS}"), f"1:9: S204 {SHOWN_DIGITS}"),
    "100,000 control characters": Hostile(
        lambda: BASE + "# \x07\n" * 100_000, "21:3: Y107 a control character (U+0007)", _FULL
    ),
    "10,000 duplicate names": Hostile(
        lambda: with_line(17, f"    lead: [{'市科委, ' * 10_000}]"),
        "17:17: N303 '市科委' stands twice in this cell",
        _FULL,
    ),
    "20,000 conflict markers without an end": Hostile(lambda: "<<<<<<< HEAD\n" * 20_000, "1:1: "),
    "200,000 conflicts": Hostile(
        lambda: "<<<<<<<\n=======\n>>>>>>>\n" * 200_000, "1:1: Y108 an unresolved merge conflict", _FULL
    ),
    "5 MB of control characters": Hostile(
        lambda: with_line(13, f"  title: {chr(7) * _LONG}"), "13:10: Y107 a control character (U+0007)", _FULL
    ),
    "70,000 unknown keys": Hostile(
        lambda: BASE + f"- {{{', '.join(_keys(10, 'titel{}: 甲'))}}}\n" * 7_000,
        "21:4: S201 unknown key 'titel0'",
        _FULL,
    ),
    "300,000 entries": Hostile(lambda: "- x\n" * 300_000, f"1:1: {_LONG_LIST}"),
    "1,000 unknown names, 9,000 known": Hostile(
        lambda: with_line(17, f"    lead: [{', '.join(_keys(1000, '市科学技木局{}'))}]").replace(
            "sections:", "".join(_keys(9000, "  市科学技术局{}:\n")) + "sections:"
        ),
        "9017:12: N301 no department '市科学技木局0'",
        _FULL,
    ),
    "1,000 unknown sections, 9,000 known": Hostile(
        lambda: (
            BASE.replace("tasks:", "".join(_keys(9000, "  第{}: 甲\n")) + "tasks:")
            + "- {id: 2, section: 无, title: 甲, items: []}\n" * 1000
        ),
        "9021:20: N302 no section '无'",
        _FULL,
    ),
    "1,000 unknown sections, an id of 1 MB": Hostile(
        lambda: (
            BASE.replace("tasks:", f"  ? {'长' * 300_000}\n  : 甲\ntasks:")
            + "- {id: 2, section: 无, title: 甲, items: []}\n" * 1000
        ),
        "23:20: N302 no section '无'",
        _FULL,
    ),
    "100,000 accents on one letter": Hostile(
        lambda: with_line(19, f"    schedule: {chr(0x301) * 50_000}{chr(0x323) * 50_000}"), "19:15: D401"
    ),
}

# -- for hypothesis ------------------------------------------------------------------------------

_SNIPPETS = (
    *("\x00", "\x07", "\x1b[31m", "\x7f", "\x85", "\x9b", "\u2028", "\ufeff", "\u202e", "\u200b"),
    *("\u3000", "\xa0", "：", "，", "“", "”", "－", "\uff11", "２０１９年底", "e\u0301", "\U0001f600"),
    *("\t", "\r", "\n", "\r\n", "  ", "- ", "-\n", "? ", ":", ": ", "#", " #", " # ", "'", '"', "\\"),
    *("[", "]", "{", "}", ",", "&a ", "*a", "!!str ", "! ", "<<: ", "|\n", "|+2\n", ">-\n", "@", "`", "%"),
    *("---\n", "...\n", "%YAML 1.1\n", "<<<<<<< HEAD\n", "=======\n", ">>>>>>> other\n"),
    *("no", "~", "null", "010", "2019-02-30", "9" * 30, "id: 1\n", "due: x\n", "progress:\n"),
)
_TEXT_CHANGES = (
    "delete",
    "double",
    "insert",
    "insert",
    "replace",
    "drop line",
    "double line",
    "swap lines",
    "indent",
)
_BYTE_CHANGES = ("swap", "set", "drop", "cut")


@st.composite
def mutations(draw: st.DrawFn, text: str) -> bytes:
    """Draw a copy of ``text`` with a few slips in it, now and then with some of its bytes wrong."""
    for change in draw(st.lists(st.sampled_from(_TEXT_CHANGES), min_size=1, max_size=5)):
        text = _changed_lines(draw, text, change) if "line" in change else _changed(draw, text, change)
    data = bytearray(text.encode())
    for change in draw(st.just(()) | st.lists(st.sampled_from(_BYTE_CHANGES), max_size=3)):
        _corrupt(draw, data, change)
    return bytes(data)


def _changed(draw: st.DrawFn, text: str, change: str) -> str:
    start = draw(st.integers(0, len(text)))
    end = min(len(text), start + draw(st.sampled_from((1, 1, 2, 5, 40))))
    snippet = draw(st.sampled_from(_SNIPPETS))
    middle = {
        "delete": "",
        "double": text[start:end] * 2,
        "insert": snippet + text[start:end],
        "replace": snippet,
        "indent": text[start:end].replace("\n", "\n" + snippet),
    }
    return text[:start] + middle[change] + text[end:]


def _changed_lines(draw: st.DrawFn, text: str, change: str) -> str:
    lines = text.split("\n")
    one, other = (draw(st.integers(0, len(lines) - 1)) for _line in range(2))
    if change == "drop line":
        del lines[one]
    elif change == "double line":
        lines.insert(other, lines[one])
    else:
        lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines)


def _corrupt(draw: st.DrawFn, data: bytearray, change: str) -> None:
    if not data:
        return
    one, other = (draw(st.integers(0, len(data) - 1)) for _byte in range(2))
    if change == "swap":
        data[one], data[other] = data[other], data[one]
    elif change == "set":
        data[one] = draw(st.integers(0, 255))
    elif change == "drop":
        del data[one]
    else:
        del data[one:]


_WORDS = st.sampled_from(
    (
        *("市科委", "一", "1", "0", "01", "1.1", "2019 年底", "持续推进", "2019-12-31", "2019-02-30"),
        *("pending", "done", "已完成", "true", "no", "~", "", " ", "：", "\x00", "\u202e", "a\nb"),
        *("=1+1", "[red]", "9" * 30),
    )
) | st.text(max_size=8)
_NAMES = (
    *("format", "plan", "title", "table", "years", "issued", "departments", "full", "aliases", "group"),
    *("successor", "until", "sections", "tasks", "id", "section", "items", "content", "lead", "support"),
    *("schedule", "due", "status", "progress", "date", "note", "titel", "<<", "", "市科委", "一"),
)
_SCALARS = _WORDS | st.integers(-1, 10**12) | st.booleans() | st.none() | st.floats(allow_nan=False)
_TREES = st.recursive(
    _SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_NAMES) | _WORDS, inner, max_size=4)
    ),
    max_leaves=8,
)


def _record(*names: str, **inner: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Draw a mapping of declared fields: those of ``inner`` mostly as they should be, the others anything."""
    fields = {name: _mostly(each) for name, each in inner.items()}
    return st.fixed_dictionaries(fields, optional={name: _TREES for name in names if name not in inner})


def _mostly(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.integers(0, 9).flatmap(lambda number: _TREES if number == 0 else strategy)


_PROGRESS = _record("note", status=_WORDS, date=_WORDS)
_ITEMS = _record(
    *("content", "support", "due"),
    id=st.sampled_from((1, 1, 2)),
    lead=st.lists(_WORDS, max_size=3),
    schedule=_WORDS,
    status=_WORDS,
    progress=st.lists(_PROGRESS, max_size=3),
)
_TASKS = _record("title", id=st.sampled_from((1, 2)), section=_WORDS, items=st.lists(_ITEMS, max_size=2))
_REGISTRIES = _record(
    "format",
    plan=_record("title", "table", years=_WORDS, issued=_WORDS),
    departments=st.dictionaries(_WORDS, _record("full", "aliases", "group", "until") | st.none(), max_size=3),
    sections=st.dictionaries(_WORDS, _WORDS, max_size=3),
    tasks=st.lists(_TASKS, max_size=3),
)


def structures() -> st.SearchStrategy[bytes]:
    """Draw YAML of any structure, much of it near a registry, in braces or in indented lines."""
    trees = _mostly(_REGISTRIES)
    in_braces = trees.map(lambda tree: json.dumps(tree, ensure_ascii=False))
    in_lines = trees.map(lambda tree: "\n".join(_lines(tree)) + "\n")
    return (in_braces | in_lines).map(str.encode)


def _lines(tree: Any) -> list[str]:
    """Write a tree as indented lines; a text is plain, whatever it holds."""
    if isinstance(tree, dict) and tree:
        return [line for key, value in tree.items() for line in (f"{key}:", *_indented_lines(value))]
    if isinstance(tree, list) and tree:
        return [line for value in tree for line in ("-", *_indented_lines(value))]
    return [tree if isinstance(tree, str) else json.dumps(tree)]


def _indented_lines(tree: Any) -> list[str]:
    return ["  " + line for line in _lines(tree)]

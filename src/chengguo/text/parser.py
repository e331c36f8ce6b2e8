"""Text to nodes that keep their places: the one module that knows PyYAML.

The parser's events are turned straight into nodes: no value is built from a scalar (``no``, ``010`` and
``2019-12-31`` stay the text that they are), and what a registry does not need (anchors, aliases, tags,
merge keys, a second document, deep nesting) is refused as it comes, before it can do harm.
"""

import re
from typing import Any, NamedTuple

import yaml

from chengguo.language import _
from chengguo.text import checks, syntax
from chengguo.text.canonical import is_passed_over, is_plain
from chengguo.text.findings import MOST, Collection, Finding, shortened
from chengguo.text.nodes import DEEPEST, LONGEST_LIST, WIDEST, Mapping, Node, Refused, Scalar, Sequence, moved
from chengguo.text.source import Source, Span

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# YAML allows tab, line feed and carriage return; surrogates cannot be written back as UTF-8.
_CONTROL = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
_MARKER = r"(?m)^(<{7}|\|{7}|={7}|>{7})(?: [^\n]*)?\r?$"


class Parsed(NamedTuple):
    """The root node of a text, ``None`` where there is none, and what is wrong with the YAML."""

    root: Node | None
    findings: Collection


class _Open:
    """A mapping or a sequence whose end has not come yet."""

    __slots__ = ("children", "flow", "key", "keys", "start")

    def __init__(self, start: int, flow: bool, keys: dict[str, Scalar] | None) -> None:  # noqa: FBT001
        self.start = start
        self.flow = flow
        self.keys = keys
        self.key: Scalar | None = None
        self.children: list[Any] = []


def parse(source: Source) -> Parsed:
    """Read the YAML of ``source``; never raises. What cannot be read at all leaves ``root`` None."""
    if source.undecodable:
        return Parsed(None, Collection([_undecodable(source)]))
    if conflicts := _conflicts(source):
        return Parsed(None, conflicts)
    # Compiling the expression takes as long as reading a small file, and most texts need none of it.
    suspect = not source.text.replace("\n", "").isprintable()
    findings = Collection()
    for match in re.finditer(_CONTROL, source.text) if suspect else ():
        findings.append(_control(match))
        if findings.more:
            break
    # One for one, so that every offset stays right and the rest of the file is still read.
    text = re.sub(f"{_CONTROL}+", _replaced, source.text) if findings else source.text
    root = None
    try:
        root = _root(text, findings)
    except ValueError:  # the parser in Python, at an escape beyond the last character
        findings.append(syntax.bad_escape(source.text, 0))
    except yaml.MarkedYAMLError as error:
        offset = error.problem_mark.index if error.problem_mark else None
        context = error.context_mark.index if error.context_mark else None
        findings.append(syntax.finding(source, error.problem or "", offset, context))
    if root is None and not findings:
        hint = _("'chengguo init' starts one; a registry begins with 'format: 1'.")
        findings.append(
            Finding(checks.NO_REGISTRY, Span(0, 0), _("no registry in {file}").format(file=source.name), hint)
        )
    return Parsed(root, findings)


def parse_entry(text: str, start: int, end: int) -> Node | None:
    """Return the node of one entry of a list of tasks, the stretch of a text; None for a parser of the whole.

    That is for whatever is wrong in it, or might reach beyond it.
    """
    key = "tasks:\n"
    words = text[start:end]
    first, *lines = words.split("\n")
    dash = len(first) - len(first.lstrip(" "))
    reaches_out = any(not line.startswith(" " * (dash + 1)) and not is_passed_over(line) for line in lines)
    if reaches_out or not is_plain(words.replace("\t", "")):
        return None
    root, findings = parse(Source("", key + words))
    tasks = root.get("tasks") if isinstance(root, Mapping) and len(root.entries) == 1 else None
    if findings or not isinstance(tasks, Sequence) or tasks.flow or len(tasks.items) != 1:
        return None
    return moved(tasks.items[0], start - len(key))


def _root(text: str, findings: Collection) -> Node | None:
    """Build the nodes, and once more up to where libyaml gave up, if that was at a limit of its own.

    It scans ahead for a colon, past a thousand brackets, before it tells of the one that passes our limit.
    """
    known = len(findings)
    try:
        return _build(text, findings)
    except yaml.MarkedYAMLError as error:
        if "nesting depth" not in (error.problem or "") or error.problem_mark is None:
            raise
        del findings[known:]
        return _build(text[: error.problem_mark.index], findings)


def _build(text: str, findings: Collection) -> Node | None:  # noqa: C901, PLR0912, PLR0915 - one branch an event
    """Turn the events into nodes, in one pass and without recursion."""
    next_event = _LOADER(text).get_event
    root: Node | None = None
    documents = 0
    stack: list[_Open] = []
    while True:
        event = next_event()
        kind = type(event)
        node: Node
        if kind is yaml.ScalarEvent:
            start, end = event.start_mark.index, event.end_mark.index
            node = Scalar(event.value, start, end, "" if event.style is None else event.style)
            if event.anchor or event.tag:
                findings.append(_decorated(event, text))
            if event.style == '"' and re.search("[\ud800-\udfff]", event.value):
                findings.append(syntax.bad_escape(text, start))  # the parser in C refuses it itself
                return None
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            if event.anchor or event.tag:
                findings.append(_decorated(event, text))
            if len(stack) == DEEPEST:
                findings.append(_too_deep(event.start_mark.index))
                return None
            stack.append(
                _Open(
                    event.start_mark.index, event.flow_style, {} if kind is yaml.MappingStartEvent else None
                )
            )
            continue
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            closed = stack.pop()
            children = tuple(closed.children)
            shape = Mapping if kind is yaml.MappingEndEvent else Sequence
            node = shape(children, closed.start, _end(closed, event), closed.flow)
        elif kind is yaml.AliasEvent:
            findings.append(_decorated(event, text))
            node = Refused(event.start_mark.index, event.end_mark.index)
        elif kind is yaml.DocumentStartEvent:
            documents += 1
            if documents > 1:
                findings.append(_second_document(event.start_mark.index))
                return root
            continue
        elif kind is yaml.StreamEndEvent:
            return root
        else:
            continue
        if not stack:
            root = None if isinstance(node, Scalar) and not node.text and not node.style else node
            continue
        parent = stack[-1]
        if parent.keys is None:
            parent.children.append(node)
        elif parent.key is None:
            parent.key = _key(node, parent.keys, findings)
            continue
        else:
            parent.children.append((parent.key, node))
            parent.key = None
        if len(parent.children) > (LONGEST_LIST if parent.keys is None else WIDEST):
            findings.append(_too_wide(parent))
            return None


def _end(closed: _Open, event: Any) -> int:
    """Return the end of a collection; a block's own end mark lies behind blanks and comments."""
    if closed.flow or not closed.children:
        return int(event.end_mark.index)
    last = closed.children[-1]
    return int(last[1].end if closed.keys is not None else last.end)


def _key(node: Node, keys: dict[str, Scalar], findings: Collection) -> Scalar:
    """Take a node as a key, noting a key that is no text, one that stands twice, and a merge key."""
    if not isinstance(node, Scalar):
        hint = _("Write the key as one word before the colon.")
        findings.append(Finding(checks.WRONG_KIND, node.span, _("a key must be a word"), hint))
        return Scalar("", node.start, node.end, "")
    first = keys.setdefault(node.text, node)
    if node.text == "<<" and not node.style:
        hint = _("Write the fields out where they belong; a registry needs no merge keys.")
        findings.append(Finding(checks.REFERENCE, node.span, _("the merge key << is not allowed"), hint))
    elif first is not node:
        message = _("the key '{key}' stands twice").format(key=node.text)
        hint = _("Keep one of the two; YAML readers silently take the last.")
        findings.append(Finding(checks.KEY_TWICE, node.span, message, hint, related=(first.span,)))
    return node


def _undecodable(source: Source) -> Finding:
    fault = source.undecodable
    assert fault is not None  # noqa: S101 - the caller asked
    if fault.encoding is None:
        message, codec = _("the file is not UTF-8"), "ENCODING"
    else:
        message = _("the file is not UTF-8; it looks like {encoding}").format(encoding=fault.encoding)
        codec = {"GBK": "GB18030", "Big5": "BIG5"}.get(fault.encoding, fault.encoding)
    hint = _("Save it as UTF-8 in your editor, or: iconv -f {codec} -t UTF-8 {file} > NEW.yaml").format(
        codec=codec, file=source.name
    )
    if source.text.startswith("PK\x03\x04"):
        hint = _("It is a workbook or a document; make a registry of it: chengguo import {file}").format(
            file=source.name
        )
    return Finding(checks.NOT_UTF8, Span(fault.offset, fault.offset + 1), message, hint)


def _conflicts(source: Source) -> Collection:
    """Find the conflicts that git has marked, with its three markers or with four."""
    found, places = Collection(), list[tuple[int, ...]]()
    opened: dict[str, int] = {}
    for match in re.finditer(_MARKER, source.text) if "<<<<<<<" in source.text else ():
        mark = match[1][0]
        opened = {"<": match.start()} if mark == "<" else opened
        if mark in "|=" and "<" in opened:
            opened.setdefault(mark, match.start())
        elif mark == ">" and "=" in opened:
            places.append((opened["<"], opened.get("|", opened["="]), opened["="], match.start()))
            opened = {}
            if len(places) > MOST:
                break
    if not places:
        return found
    lines = iter(source.positions([offset for place in places for offset in place]))
    for place in places:
        first, base, divide, last = (next(lines).line for _offset in place)
        message = _("an unresolved merge conflict: {ours} against {theirs}").format(
            ours=_side(first, base), theirs=_side(divide, last)
        )
        hint = _("Keep what is right of both sides, delete the marker lines, and validate again.")
        found.append(Finding(checks.MERGE_CONFLICT, Span(place[0], place[0] + 7), message, hint))
    return found


def _side(above: int, below: int) -> str:
    """Name the lines between two markers."""
    if below - above == 1:
        return _("no lines")
    return _("lines {first}–{last}").format(first=above + 1, last=below - 1)


def _control(match: re.Match[str]) -> Finding:
    message = _("a control character (U+{code:04X})").format(code=ord(match[0]))
    return Finding(
        checks.CONTROL_CHARACTER,
        Span(*match.span()),
        message,
        _("Delete it; it cannot be seen, but terminals obey it."),
    )


def _replaced(run: re.Match[str]) -> str:
    return "\ufffd" * len(run[0])


def _decorated(event: Any, text: str) -> Finding:
    start, end = event.start_mark.index, event.end_mark.index
    if isinstance(event, yaml.AliasEvent):
        message = _("the alias *{name} is not allowed").format(name=shortened(event.anchor or ""))
    elif event.anchor:
        message, end = (
            _("the anchor &{name} is not allowed").format(name=shortened(event.anchor)),
            start + len(event.anchor) + 1,
        )
    else:
        word = text[start:end].split(maxsplit=1)[0] if text[start:end].strip() else event.tag
        message, end = _("the tag {tag} is not allowed").format(tag=shortened(word)), start + len(word)
    hint = _("A registry needs none: write the value out, and quote it if it begins with & * or !.")
    return Finding(checks.REFERENCE, Span(start, end), message, hint)


def _too_deep(start: int) -> Finding:
    message = _("nested deeper than {limit} levels").format(limit=DEEPEST)
    return Finding(
        checks.TOO_BIG,
        Span(start, start + 1),
        message,
        _("A registry has no need of that; is this the right file?"),
    )


def _too_wide(opened: _Open) -> Finding:
    if opened.keys is None:
        message = _("a list of more than {limit} entries").format(limit=LONGEST_LIST)
    else:
        message = _("a mapping of more than {limit} keys").format(limit=WIDEST)
    return Finding(
        checks.TOO_BIG,
        Span(opened.start, opened.start + 1),
        message,
        _("A registry has no need of that; is this the right file?"),
    )


def _second_document(start: int) -> Finding:
    hint = _("A registry is one document: delete the line '---' and what does not belong.")
    return Finding(checks.SECOND_DOCUMENT, Span(start, start + 3), _("a second document begins here"), hint)

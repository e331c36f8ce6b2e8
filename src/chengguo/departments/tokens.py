"""TOKENS: what a cell of departments is made of. It is cut at labels and separators, a clause by the table.

Every character of a clause belongs to a token. What no row cuts out is text, and no rule passes over text in
silence.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from typing import NamedTuple

from chengguo.departments import bodies, roles
from chengguo.schedules import read_schedule
from chengguo.schedules.plain import is_ditto
from chengguo.text.expressions import expression

SEPARATORS = "、,;。/"
_MOST_JOINTS = 40  # 和 and the like between two separators
_LONGEST_CLAUSE = 100  # characters in front of a schedule that may be a name
NOBODY = expression(rf"[-–—―/\\]*|[无無](?:{roles.NAMED})?|暂无|空|不涉及|N/A")
TIME = expression(
    r"\d{4}年|\d{1,2}月(?:底|份|末|上|中|下|\d|前|$)|年[底内末]前?|全年|[上下]半年|季度|持续推进|长期(?:坚持|推进)|常态化|印发之日|个月内|立即|十[一二三四五六七]五"
)
_OPEN = (
    rf"(?<!高)(?<!中)等等?(?:(?:\d+|[一二三四五六七八九十]+)[个家]?)?(?:[{bodies.LEVELS}][直级]?|国务院)?(?:政府)?"
    "(?:各|有关|相关|若干|多个|多|其他|责任|成员|配合|职能)*"
    "(?:部门和单位|部门、单位|单位和部门|部门|单位|方面|机构|地区|高校|院校|企业|银行|区县?)?"
)
_OPEN_AND = expression(f"(?P<open>{_OPEN})(?:以及|[和及与])(?!单位|部门)")
_NUMBER = r"第?\(?(?:\d{1,3}|[一二三四五六七八九十]{1,3})\)?(?:项|条)?"
ITEMS = expression(rf"{_NUMBER}(?:[、,和及至到~—–-]{_NUMBER})*(?<=[项条])(?:任务|工作|措施)?")  # 第4、5项
_ROLE_AMID = expression(r"\(([^()]*)\)(?:\s*,?\s+and\s+)?(?=\w)")  # Police (lead) and Fire Service
# What ends a name and is none by itself, as 侨联 and 团委 are.
_TAIL = expression(".|[总分支大中本][局部队院会站所行]|[党工管]委|委员会|管委会|办公室|(?:人民)?政府")

_LATIN = expression("[A-Za-z]")
_PARTING = expression(rf"[{SEPARATORS}()]")

Place = tuple[int, int] | None


class Token(NamedTuple):
    """A piece of a clause: what it is by the table, and its characters."""

    kind: str
    text: str


class Cut(NamedTuple):
    """Where a kind of token stands in a clause; it is cut out there, and so is what stands on either side."""

    kind: str
    find: Callable[[str], Place]
    example: str


class Part(NamedTuple):
    """A label, None in front of the first, and the words under it."""

    label: re.Match[str] | None
    words: str


def closing(text: str, at: int) -> int:
    """Return the place of the bracket that closes the one at ``at``; -1 where none does."""
    depth = 0
    for place in range(at, len(text)):
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        if depth == 0:
            return place
    return -1


# -- a cell to its parts and clauses ---------------------------------------------------------------


def parts(text: str) -> list[Part]:
    """Part the cell at its labels."""
    text = _labelled(text)
    labels = [label for label in roles.LABEL.finditer(text) if _is_outside(text, label.start())]
    begins = [(None, 0), *((label, label.end()) for label in labels)]
    ends = [*(label.start() for label in labels), len(text)]
    return [Part(label, text[begin:end]) for (label, begin), end in zip(begins, ends, strict=True)]


@lru_cache(maxsize=64)
def clauses(words: str) -> tuple[tuple[Token, ...], ...]:
    """Return the tokens of each clause of a part."""
    return tuple(tuple(lexed(piece.strip())) for piece in pieces(_OPEN_AND.sub(r"\g<open>、", words)))


def pieces(text: str) -> list[str]:
    """Part the text at separators outside of brackets; at white space only where names end and begin."""
    found, begin, depth = [], 0, 0
    counted = {at for items in ITEMS.finditer(text) for at in range(*items.span())}
    counted.update(_slashes_within(text) if _LATIN.search(text) else ())
    for at, character in enumerate(text):
        depth = max(0, depth + {"(": 1, ")": -1}.get(character, 0))
        if depth == 0 and character in SEPARATORS and at not in counted:
            found.append(text[begin:at])
            begin = at + 1
    found.append(text[begin:])
    apart = (_lines(each) if is_english(bodies.BRACKET.sub("", each)) else _spaced(each) for each in found)
    return [part for parts in apart for part in parts if part]


def _slashes_within(text: str) -> Iterator[int]:
    """Yield the places of slashes that part no two names in English: Sport/Culture Office is one."""
    for slash in re.finditer("/", text):
        before = " ".join(_PARTING.split(text[: slash.start()])[-1].split())
        after = " ".join(_PARTING.split(text[slash.end() :])[0].split())
        if is_english(before + after) and not (bodies.is_whole(before) and bodies.is_whole(after)):
            yield slash.start()


def is_english(text: str) -> bool:
    """True if a text has letters and signs of English alone: its words keep the space between them."""
    return bodies.is_latin(text) and _LATIN.search(text) is not None


def _lines(piece: str) -> list[str]:
    """Part a piece in English where each line is a name; a line that only may go on stays apart in it."""
    first, *rest = piece.strip().split("\n")
    found = [first]
    for line in rest:
        if not bodies.is_whole(found[-1]):
            found[-1] += f" {line}"
        elif bodies.is_whole(line):
            found.append(line)
        else:
            found[-1] += f"\n{line}"
    return found


def _spaced(piece: str) -> list[str]:
    """Part a piece at white space between whole names; inside of a name typesetting put it there."""
    piece = bodies.BRACKET.sub(lambda bracket: f"({_joined(bracket[0][1:-1].split())})", piece)
    words = re.split(r"([ \n])", piece.strip())
    listed = _listed(words)
    found = words[:1]
    for at, (space, word) in enumerate(zip(words[1::2], words[2::2], strict=True), 1):
        before = found[-1]
        other = len(before) > 1 and bodies.is_whole(word) and bool(bodies.level(word))
        other = (other and not bodies.is_place(before)) or _may_be_apart(words[2 * at - 2], word)
        ends = bodies.is_whole(before) or _ends_in_role(before) or before.endswith(("等", ")"))
        if at in listed or (_begins_after(before, space, word) if ends else (other and space == " ")):
            found.append(word)
        else:
            # 浦东新 区政府 is one name if a line ends there, but that is doubtful: the line break stays.
            found[-1] = _joined((before, "\n", word) if not ends and other else (before, word))
    return found


def _may_be_apart(line: str, group: str) -> bool:
    """True if a group is no part of the name that a line before it may be: 高新园⏎各街道, not 市直⏎各部门."""
    return group.startswith("各") and bodies.may_be_name(line) and not bodies.is_each(f"{line}各")


def _listed(words: Sequence[str]) -> set[int]:
    """Return which lines are a name without a known end, and which begin behind one: 市教育局⏎高新园⏎各街道.

    Only where a line is a name in most places, for typesetting breaks names as well.
    """
    lines = words[::2]
    free = [at for at, each in enumerate(lines) if not bodies.is_whole(each)]
    if {*words[1::2]} != {"\n"} or len(lines) <= 2 * len(free):
        return set()
    return {begin for at in free if _stands_alone(lines, at) for begin in (at, at + 1)}


def _stands_alone(lines: Sequence[str], at: int) -> bool:
    """True if a line goes on with no name before it, nor another with it: a group follows, or nothing."""
    line, before, after = lines[at], lines[max(0, at - 1) : at], lines[at + 1 : at + 2]
    begins = all(bodies.is_whole(each) and not bodies.is_level_head(each) for each in before)
    is_name = bodies.may_be_name(line) and not (_ends_in_role(line) or TIME.search(line))
    return begins and is_name and all(_may_be_apart(line, each) for each in after)


def _joined(words: Iterable[str]) -> str:
    """Join what typesetting parted; words in English keep their space."""
    text = " ".join(words)
    return re.sub(r"(?<=[!-~]) (?![!-~])|(?<![!-~]) " if _LATIN.search(text) else " ", "", text)


def _begins_after(before: str, space: str, word: str) -> bool:
    """True if a word behind the end of a name begins another."""
    if _is_tail(word) or (bodies.is_level_head(before) and not bodies.names_its_level(word)):
        return False
    if bodies.names_its_level(word) or bodies.lacks_level(word) or _ends_in_role(word):
        return True
    # What makes no name together is two, of which one may be a person's: 市科委 李明, 李明 市科委.
    apart = space == " " and not bodies.is_whole(before + word)
    ends = bodies.has_strong_end(before) or bodies.may_stand_beside(before, word)
    return apart or (bodies.is_whole(word) and ends)


def _is_tail(word: str) -> bool:
    """True if a word is only the end of a name: 局, 委员会, (牵头)."""
    return bool(_TAIL.fullmatch(word)) or word.startswith("(")


def _labelled(text: str) -> str:
    """Make labels of what stands as one: 牵头单位 before a space, brackets that say roles before names.

    The same brackets behind names end them.
    """
    text = roles.BARE_LABEL.sub(r"\1\2:", text)
    if (first := re.match(r"\(([^()]*)\)", text)) and roles.BRACKET.fullmatch(first[1]):
        return re.sub(r"\(([^()]*)\)", lambda each: f"{each[1]}:" if _says_role(each[1]) else each[0], text)
    return _ROLE_AMID.sub(lambda each: f"({each[1]})、" if _says_role(each[1]) else each[0], text)


def _is_outside(text: str, at: int) -> bool:
    """True if a place is outside of brackets."""
    return text.count("(", 0, at) == text.count(")", 0, at)


def _says_role(words: str) -> bool:
    return roles.BRACKET.fullmatch(words) is not None


# -- a clause to tokens ----------------------------------------------------------------------------


def lexed(clause: str) -> list[Token]:
    """Return the tokens of a clause: the first row of the table that finds its kind cuts it there."""
    for cut in TOKENS if clause else ():
        if place := cut.find(clause):
            begin, end = place
            here = Token(cut.kind, clause[begin:end])
            return [*lexed(clause[:begin]), here, *lexed(clause[end:])]
    return [Token("text", clause)] if clause else []


def _all(is_kind: Callable[[str], object], clause: str) -> Place:
    """Return the place of the whole clause, where it is of a kind."""
    return (0, len(clause)) if is_kind(clause) else None


def _search(pattern: str) -> Callable[[str], Place]:
    """Return what finds an expression outside of brackets."""
    found = expression(pattern).finditer
    return lambda clause: next(
        (each.span() for each in found(clause) if _is_outside(clause, each.start())), None
    )


def _role_at_end(clause: str) -> Place:
    """Find what a body does behind its name: not 实施 behind 十四五期间, nor a word that its name holds.

    Of several places that behind a whole name counts: 各社会组织负责, 市科委组织实施.
    """
    found = list(_ends(clause))
    for begin in found:
        if bodies.is_whole(parted(_OPEN_END.sub("", clause[:begin]))[-1]):
            return begin, len(clause)
    name = clause[: found[0]] if found else ""
    is_free = bodies.has_end(name) or (not TIME.search(name) and roles.FREE.search(clause, len(name)))
    return (
        (len(name), len(clause)) if found and (not name or (is_free and not bodies.is_each(name))) else None
    )


def _ends(clause: str) -> Iterator[int]:
    """Return the places from which on words of roles reach to the end."""
    found = _ENDS.search(clause)
    while found:
        yield found.start()
        found = _ENDS.search(clause, found.start() + 1)


def _role_within(clause: str) -> Place:
    """Find what a body does between its name and what follows: 市科委负责制定方案."""
    found = roles.WITHIN.finditer(clause)
    return next((word.span() for word in found if bodies.is_whole(clause[: word.start()])), None)


def _role_in_front(clause: str) -> Place:
    """Find what a body does in front of its name: 牵头市科委."""
    word = roles.WITHIN.match(clause)
    rest = clause[word.end() :] if word else ""
    return word.span() if word and bodies.is_whole(rest) and bodies.names_its_level(rest) else None


def _joint(clause: str) -> Place:
    """Find 会同 and the like outside of brackets, between names or at the begin of the clause."""
    for match in roles.JOINT.finditer(clause):
        before, after = clause[: match.start()], clause[match.end() :]
        begins = bodies.names_its_level(after) or bodies.lacks_level(after) or bodies.has_end(before)
        begins = begins and not roles.WITHIN.match(after)  # 联合牵头
        if _is_outside(clause, match.start()) and (match[0] in {"会同", "会商"} or begins):
            return match.span()
    return None


def _and(clause: str) -> Place:
    """Find the first 和 that parts two names: 文化和旅游厅 is one."""
    name = parted(clause)[0]
    joint = bodies.AND.match(clause, len(name)) if name != clause else None
    return joint.span() if joint else None


def _time(clause: str) -> Place:
    """Find a schedule, right behind a name or alone: 市科委6月底前完成."""
    if bodies.has_end(clause) or not says_time(clause):
        return None
    for end in range(min(len(clause) - 1, _LONGEST_CLAUSE), 1, -1):
        if bodies.is_whole(clause[:end]) and bodies.names_its_level(clause[:end]) and says_time(clause[end:]):
            return end, len(clause)
    return 0, len(clause)


def says_time(words: str) -> bool:
    """True if words hold a time, or are a schedule and no body's: 各镇结合实际落实 names no day."""
    return bool(TIME.search(words)) or (
        not _is_named(words.strip("()")) and read_schedule(words).is_understood
    )


def _is_named(words: str) -> bool:
    """True if words begin with a body, or with one and end in its role."""
    role = _role_at_end(words)
    return bodies.names_its_level(words) or (role is not None and bodies.is_whole(words[: role[0]]))


def _ends_in_role(words: str) -> bool:
    return _ENDS.search(words) is not None


_OPEN_END = expression(f"{_OPEN}$")
_ENDS = expression(rf"[:·-]?(?:{roles.AFTER})$")
TOKENS: tuple[Cut, ...] = (
    Cut("ditto", partial(_all, is_ditto), "同上"),
    Cut("nobody", partial(_all, NOBODY.fullmatch), "无"),
    Cut("begin", _search("^(?:以及|及(?!其)|[和与](?=[省市县区各国])|请|以(?=.+为主))"), "以市科委为主"),
    Cut("begin", _search("(?:分别|均|主要|统一|共同|联合|具体|)(?<!自)由(?=[^来].)"), "由市科委"),
    Cut("joint", _joint, "科技部会同财政部"),
    Cut("role", _role_at_end, "市科委牵头"),
    Cut("open", _search(f"{_OPEN}$"), "市科委等部门"),
    Cut("label", _search(r"^[^\W\d_]{1,8}:(?=.)"), "建设:市科委"),
    Cut("and", _and, "市科委和市教委"),
    Cut("name", partial(_all, bodies.is_whole), "市科委"),
    Cut("name", partial(_all, bodies.TERRITORY.fullmatch), "直辖市及计划单列市"),
    Cut("name", partial(_all, bodies.KINDS.fullmatch), "各部门、单位"),
    Cut("role", _role_within, "市科委负责制定方案"),
    Cut("role", _role_in_front, "牵头市科委"),
    Cut("time", _time, "市科委6月底前完成"),
)


def parted(text: str) -> list[str]:
    """Part at 和, 及 and the like where a whole name stands on either side: 文化和旅游厅 is one.

    A text with more of them than people write stays whole, and is no name then.
    """
    joints = [match.span() for match in bodies.AND.finditer(text)]
    if len(joints) > _MOST_JOINTS:
        return [text]
    found: dict[int, list[str]] = {}  # by where a name begins: the names from there on
    for begin in [end for _start, end in reversed(joints)] + [0]:
        found[begin] = _parted_from(text, begin, [each for each in joints if each[0] >= begin], found)
    return found[0]


def _parted_from(
    text: str, begin: int, joints: list[tuple[int, int]], found: dict[int, list[str]]
) -> list[str]:
    """Part the text from a place on, at the first joint that parts names; ``found`` has what follows each."""
    for start, end in joints:
        before, following = text[begin:start], found[end]
        if len(before) > bodies.LONGEST:
            break
        if following[0] and bodies.is_whole(before) and bodies.begins_another(following[0], before):
            return [before, *following]
    return [text[begin:]]

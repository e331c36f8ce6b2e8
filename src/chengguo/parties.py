"""A cell of departments (责任部门, 配合部门) to who leads and who supports.

Official tables write more into such a cell than names: who is first among them (牵头), who joins (会同,
配合), that the list is open (等), whose level is meant (省委宣传部、文化和旅游厅), by when. What is certain
of that is read; what is not is a doubt, in words.
"""

import re
import unicodedata
from typing import Literal, NamedTuple

from chengguo import bodies, wording
from chengguo.language import _

Role = Literal["lead", "support"]


class Unit(NamedTuple):
    """A body as the register should name it: complete, with other names it was given. A group is several."""

    name: str
    aliases: tuple[str, ...] = ()
    group: bool = False
    wording: str = ""


class Parties(NamedTuple):
    """Who leads and who supports.

    ``is_open`` tells that the list goes on (等), ``is_ditto`` that it is as in the cell above. ``schedule``
    holds the words of a schedule that stand in the cell; ``doubts`` what is not certain.
    """

    lead: tuple[Unit, ...] = ()
    support: tuple[Unit, ...] = ()
    is_open: bool = False
    is_ditto: bool = False
    schedule: str | None = None
    doubts: tuple[str, ...] = ()


_LONGEST = 1000  # characters of a cell
_DITTO = frozenset({"同上", "〃", "″", '"', "''", "同前"})
_NOBODY = frozenset({"", "无", "-", "--", "/", "—", "——", "空"})
_FOLDED = str.maketrans({**dict.fromkeys("[【〔〖", "("), **dict.fromkeys("]】〕〗", ")"), "－": "-"})
_WIDE = str.maketrans("()", "（）")
_SEPARATORS = "、,;。/"
_LABEL = re.compile(
    r"(?P<schedule>(?:完成|办结|整改)?(?:时限|时间|期限)(?:要求)?|进度安排|计划进度):"
    r"|(?P<lead>牵头|主办|主责|承办|主管|组织)(?P<lead_unit>责任)?(?:单位|部门|处室|机构|人)?:"
    r"|(?P<answer>责任|负责|落实|实施)(?:单位|部门|处室|主体|机构)?:"
    r"|(?P<support>配合|协办|参加|参与|协助|支持|会同|协同|参建)(?:责任)?(?:单位|部门|处室|机构)?:"
)
_LEADS = (
    "(?:共同|联合|分别|具体|统一)?(?:牵头|主抓|主办|主责)(?:负责|组织实施|组织|实施|推进|落实|抓总|办理)?"
    "|(?:按照?|根据|依据)(?:各自)?(?:部门)?(?:职责|职能)(?:分工)?(?:分别|共同|抓好)?(?:负责|落实|推进|实施)?"
    "|(?:按照?)?分工(?:负责|落实)|(?:共同|分别|具体|联合|统筹|总)?负责(?:落实|组织实施|组织|实施|推进|办理)?|组织实施"
)
_SUPPORTS = (
    "(?:共同|积极|密切|予以)?(?:配合|协助|协办|参与|参加|支持|协同|参建)"
    "(?:落实|实施|推进|做好|办理|单位|部门)?"
)
_ENDS = re.compile(
    "(?P<open>等(?:有关|相关|多个)?(?:部门|单位|方面|机构)?)?"
    rf"(?:(?P<lead>{_LEADS})|(?P<support>{_SUPPORTS}))$"
)
_OPEN = re.compile(
    r"等(?:\d+个)?(?:有关|相关|多个|多|其他)?(?:部门和单位|部门、单位|部门|单位|方面|机构|地区)?$"
)
_TOGETHER = re.compile("会同|会商|商(?=[省市国有财发科])|联合(?!会|体|国|大学|办)")
_JOINED = re.compile("会同|会商|商|联合")
_CHIEF = re.compile("以(?P<name>.+)为主(?:体|要责任单位)?")
_AND = re.compile("以及|[和及与]")
_ROLE_BRACKET = re.compile(
    rf"(?P<lead>{_LEADS}|牵头(?:单位|部门))|(?P<support>{_SUPPORTS}|(?:配合|协办|参与)(?:单位|部门))"
)
_TIME = re.compile(
    r"\d{4}年|\d{1,2}月(?:底|份|末|上|中|下|\d|前|$)|年[底内末]前?|[上下]半年|季度|持续推进|长期(?:坚持|推进)|常态化|印发之日|个月内|立即|十[一二三四五六七]五"
)
_AND_ALL = re.compile("^(?:由|请|各相关单位:)")


def read(cell: str, role: Role = "lead") -> Parties:
    """Read a cell of the column of ``role``; never raises. A cell without role words is all of that role."""
    text = _plain(cell)
    wide = "（" in cell and "(" not in cell  # brackets stay as they are printed
    if text in _DITTO:
        return Parties(is_ditto=True)
    if text in _NOBODY:
        return Parties()
    if len(text) > _LONGEST:
        return Parties(doubts=(_("the cell is too long to be names"),))
    found = _Reader(role).cell(text)
    if found.schedule:
        found = found._replace(schedule=_as_printed(found.schedule, cell))
    if not wide:
        return found
    lead, support = (tuple(map(_widened, units)) for units in (found.lead, found.support))
    return found._replace(lead=lead, support=support)


def _as_printed(words: str, cell: str) -> str:
    """Give the words as the cell prints them, wide or narrow, where they stand in it in one piece."""
    narrow = "".join((unicodedata.normalize("NFKC", character) or " ")[0] for character in cell)
    at = narrow.find(words)
    return cell[at : at + len(words)] if at >= 0 else words


def _widened(unit: Unit) -> Unit:
    return unit._replace(name=unit.name.translate(_WIDE), wording=unit.wording.translate(_WIDE))


def _plain(cell: str) -> str:
    """Fold width and brackets; white space stays, for it may part names."""
    if len(cell) > _LONGEST * 2:
        return cell
    text = unicodedata.normalize("NFKC", cell).translate(_FOLDED).strip()
    text = re.sub(r"[ \t\u3000]*\n[ \t\u3000\n]*", "\n", text)
    return re.sub(r"[ \t\u3000]+", " ", text).strip(" \n。;；,，、")


class _Reader:
    """Reads one cell: names wait until the words after them tell their role."""

    def __init__(self, role: Role) -> None:
        self.role: Role = role
        self.found: dict[Role, list[Unit]] = {"lead": [], "support": []}
        self.waiting: list[Unit] = []
        self.doubts: list[str] = []
        self.schedule: list[str] = []
        self.is_open = False
        self.is_told = False  # a role word has been read
        self.state: Role | None = None  # the role of what follows, after 会同 or a label
        self.level = ""
        self.joined: list[str] = []  # names in the brackets of the one in hand: 科技部（会同财政部）

    def cell(self, text: str) -> Parties:
        """Read the whole cell: its labelled parts, or its one part."""
        text = self.unwrapped(text)
        labels = list(_LABEL.finditer(text))
        if not labels:
            self.part(text)
            self.settle(None)
        else:
            self.part(text[: labels[0].start()])
            self.settle(None)
            self.labelled(text, labels)
        return self.finished()

    def unwrapped(self, text: str) -> str:
        """Take the brackets off that hold the whole cell."""
        while text.startswith("(") and _closing(text, 0) == len(text) - 1:
            text = text[1:-1].strip()
        if text.count("(") != text.count(")"):
            self.doubt(_("a bracket is not closed: '{words}'").format(words=text))
        return text

    def labelled(self, text: str, labels: list[re.Match[str]]) -> None:
        """Read 牵头单位:… 配合单位:…; 责任单位 beside 牵头单位 supports."""
        has_lead = any(label["lead"] for label in labels)
        ends = [label.start() for label in labels[1:]] + [len(text)]
        for label, end in zip(labels, ends, strict=True):
            words = text[label.end() : end].strip(" \n" + _SEPARATORS)
            if label["schedule"]:
                self.schedule.append(words)
                continue
            leads = label["lead"] or (label["answer"] and not has_lead)
            self.state = "lead" if leads else "support"
            self.is_told = True
            self.part(words)
            self.settle(self.state)

    def part(self, text: str) -> None:
        """Read names, and the role words between and after them."""
        for piece in _pieces(text):
            self.piece(piece.strip())

    def piece(self, piece: str) -> None:
        """Read what stands between two separators: a name, with role words before or after it."""
        piece = _AND_ALL.sub("", piece).strip(" :")
        if piece in _NOBODY:
            return
        if not bodies.is_whole(piece) and (_TIME.search(piece) or wording.read(piece).is_understood):
            self.settle(None)
            self.schedule.append(piece)
            return
        if chief := _CHIEF.fullmatch(piece):
            self.names(chief["name"])
            self.is_told = True
            self.settle("lead")
            return
        before, after = _halves(piece)
        if after:
            self.piece(before)
            self.settle("lead")
            self.state, self.is_told = "support", True
            self.piece(after)
            return
        if ended := _ENDS.search(piece):
            self.ended(piece, ended)
            return
        if opened := _OPEN.search(piece):
            self.is_open = True
            piece = piece[: opened.start()]
        self.names(piece)

    def ended(self, piece: str, match: re.Match[str]) -> None:
        """Take the names so far in the role that the words after them say."""
        rest = piece[: match.start()]
        self.is_open = self.is_open or bool(match["open"])
        if rest:
            self.names(rest)
        # 会同…负责: who joins does not lead, though the sentence ends in 负责.
        role: Role = "support" if match["support"] or self.state == "support" else "lead"
        self.is_told = True
        self.settle(role)
        self.state = None

    def names(self, text: str) -> None:
        """Take a name, or several that 和 joins."""
        for name in _parted(text):
            previous = self.waiting[-1] if self.waiting else None
            if previous and previous.group and bodies.goes_on(previous.name, name):
                # 各区、县级市 is one group of places.
                whole = f"{previous.name}、{name}"
                self.waiting[-1] = previous._replace(name=whole, wording=whole)
            else:
                self.name(name)

    def name(self, text: str) -> None:
        """Take one name: what its brackets say, its level, whether it is a group."""
        name, aliases, role = self.without_brackets(text)
        if not name:
            return
        if not bodies.is_whole(name):
            self.doubt(_("'{name}' may be no name, or more than one").format(name=name))
        group = bodies.is_group(name)
        if not group and self.level and bodies.lacks_level(name):
            committee = "委" if bodies.is_party(name) else ""
            name = f"{self.level}{committee}{name}"
            if name.endswith("分局"):
                self.doubt(_("'{name}' is completed; it may be another body's branch").format(name=name))
        elif not group and (level := bodies.level(name)):
            self.level = level
        unit = Unit(name, aliases, group, text)
        if self.joined:
            self.found["lead"].append(unit)
            self.is_told, self.state = True, "support"
            while self.joined:
                self.part(self.joined.pop())
            self.settle("support")
        elif role:
            self.is_told = True
            self.settle(None)
            self.found[role].append(unit)
        else:
            self.waiting.append(unit)

    def without_brackets(self, text: str) -> tuple[str, tuple[str, ...], Role | None]:
        """Take brackets off a name: other names of it, its role, a time; kinds of places are part of it."""
        aliases: list[str] = []
        role: Role | None = None
        at = text.find("(")
        while at >= 0:
            end = _closing(text, at)
            if end < 0:
                return text, (), None
            inner = text[at + 1 : end]
            if bodies.is_list_of_places(inner):
                at = text.find("(", end)
                continue
            text = text[:at] + text[end + 1 :]
            if told := _ROLE_BRACKET.fullmatch(inner):
                role = "lead" if told["lead"] else "support"
            elif joined := _JOINED.match(inner):
                self.joined.append(inner[joined.end() :])
            elif _TIME.search(inner):
                self.schedule.append(inner)
            elif bodies.is_whole(inner) and not re.search(r"[、,;]", inner):
                aliases.append(inner)
            else:
                self.doubt(_("the bracket '{words}' was left aside").format(words=inner))
            at = text.find("(")
        return text.strip(), tuple(aliases), role

    def settle(self, role: Role | None) -> None:
        """Give the names that wait their role: the one told, else that of those before, else the column's."""
        if role is None and self.waiting:
            role = self.state or ("support" if self.is_told and self.found["lead"] else self.role)
        if role:
            self.found[role] += self.waiting
            self.waiting = []

    def doubt(self, why: str) -> None:
        self.doubts.append(why)

    def finished(self) -> Parties:
        """Give what was read; a body stands once, and who leads does not support."""
        seen: set[str] = set()
        kept: dict[Role, list[Unit]] = {"lead": [], "support": []}
        roles: tuple[Role, ...] = ("lead", "support")
        for role in roles:
            for unit in self.found[role]:
                if unit.name in seen:
                    self.doubt(_("'{name}' stands twice; the second is left out").format(name=unit.name))
                    continue
                seen.add(unit.name)
                kept[role].append(unit)
        if not kept["lead"] and not kept["support"]:
            self.doubt(_("no name was found"))
        schedule = ",".join(self.schedule) or None
        doubts = tuple(dict.fromkeys(self.doubts))
        lead, support = tuple(kept["lead"]), tuple(kept["support"])
        return Parties(lead, support, self.is_open, schedule=schedule, doubts=doubts)


def _closing(text: str, at: int) -> int:
    """Find the bracket that closes the one at ``at``; -1 where none does."""
    depth = 0
    for place in range(at, len(text)):
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        if depth == 0:
            return place
    return -1


def _pieces(text: str) -> list[str]:
    """Part the text at separators outside of brackets; at white space only where names end and begin."""
    pieces, begin, depth = [], 0, 0
    for at, character in enumerate(text):
        depth = max(0, depth + {"(": 1, ")": -1}.get(character, 0))
        if depth == 0 and character in _SEPARATORS:
            pieces.append(text[begin:at])
            begin = at + 1
    pieces.append(text[begin:])
    return [part for piece in pieces for part in _spaced(piece) if part]


def _spaced(piece: str) -> list[str]:
    """Part a piece at white space between whole names; inside of a name typesetting put it there."""
    words = re.split(r"[ \n]", piece.strip())
    found = words[:1]
    for word in words[1:]:
        before = found[-1]
        ends = bodies.is_whole(before) or _ENDS.search(before) or before.endswith(("等", ")"))
        begins = bodies.is_whole(word) or bodies.begins_anew(word) or _ENDS.search(word)
        if ends and begins and not _is_tail(word):
            found.append(word)
        else:
            found[-1] = before + word
    return found


def _is_tail(word: str) -> bool:
    """Tell whether a word is only the end of a name: 局, 委员会, (牵头)."""
    return len(word) <= 2 or word.startswith("(") or word in {"委员会", "管委会", "办公室"}  # noqa: PLR2004 - 局, 厅


def _parted(text: str) -> list[str]:
    """Part at 和, 及 and the like where a whole name stands on either side: 文化和旅游厅 is one."""
    for match in _AND.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        if before.count("(") == before.count(")") and after and bodies.is_whole(before):
            following = _parted(after)
            if bodies.is_whole(following[0]):
                return [before, *following]
    return [text]


def _halves(text: str) -> tuple[str, str]:
    """Part at 会同 outside of brackets: who leads, and who joins."""
    match = _TOGETHER.search(text)
    before = text[: match.start()] if match else ""
    if match is None or not before or before.count("(") > before.count(")"):
        return text, ""
    return before, text[match.end() :]

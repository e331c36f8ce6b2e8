"""Reads the names of a cell of departments, and the role words between and after them."""

import re
from functools import lru_cache

from chengguo.departments import bodies, roles
from chengguo.departments.units import Parties, Role, Unit
from chengguo.language import _
from chengguo.schedules import read_schedule
from chengguo.schedules.plain import is_ditto

NOBODY = re.compile(r"[-–—―/\\]*|[无無]|暂无|空|不涉及|N/A")
_MOST_STEPS = 1000  # pieces, names and brackets that a cell is read by; those of print have some dozens
_LONGEST_KIND = 4  # characters of a kind of bodies in the bracket of a group
_MARKS = re.compile("[★☆*▲△●○◆◇■□※#◎√✓]")
_BROKEN_OFF = re.compile(r"\.{3,}|。{3,}")
_PHONE = re.compile(r"(?:\(?0\d{2,3}\)?[- ]?)?(?<!\d)(?!(?:19|20)\d{6}(?!\d))\d{7,8}(?!\d)|1\d{10}(?!\d)")
_JOINED = re.compile("会同|会商|商|联合")
_CALLED = re.compile("(?:以下)?简称:?")
_CHIEF = re.compile("以?(?P<name>.+)为主(?:体|要责任单位)?")
_TIME = re.compile(
    r"\d{4}年|\d{1,2}月(?:底|份|末|上|中|下|\d|前|$)|年[底内末]前?|全年|[上下]半年|季度|持续推进|长期(?:坚持|推进)|常态化|印发之日|个月内|立即|十[一二三四五六七]五"
)
_BEGINNINGS = re.compile("^(?:由|请|以及|及(?!其)|[和与](?=[省市县区国各]))")


def read(text: str, role: Role) -> Parties:
    """Read the plain text of a cell; names without a role of their own have ``role``.

    What takes too many steps is not understood.
    """
    try:
        return _Reader(role).cell(text)
    except _TooInvolvedError:
        return Parties(doubts=(_("the cell is too involved to be read"),))


class _TooInvolvedError(Exception):
    """A cell takes more steps to read than any that people write."""


class _Reader:
    """Reads one cell: names wait until the words after them tell their role."""

    def __init__(self, role: Role) -> None:
        self.role: Role = role
        self.found: dict[Role, list[Unit]] = {"lead": [], "support": []}
        self.waiting: list[Unit] = []
        self.doubts: list[str] = []
        self.schedule: list[str] = []
        self.is_open = False
        self.is_led = False  # the cell says of somebody that he leads (牵头): who answers beside him supports
        self.is_told = False  # a role word has been read
        self.state: Role | None = None  # the role of what follows, after 会同 or a label
        self.levels: list[str] = []
        self.joined: list[str] = []  # names in the brackets of the one in hand: 科技部（会同财政部）
        self.steps = 0

    def cell(self, text: str) -> Parties:
        """Read the whole cell: its labelled parts, or its one part."""
        text = bodies.labelled(self.unwrapped(self.unmarked(text)))
        labels = [label for label in roles.LABEL.finditer(text) if bodies.is_outside(text, label.start())]
        self.is_led = bool(roles.LEADS.search(text)) or any(
            label["role"] and roles.kind_of(label["role"], "label") == "lead" for label in labels
        )
        self.part(text[: labels[0].start()] if labels else text)
        self.settle(None)
        self.labelled(text, labels)
        return self.finished()

    def unmarked(self, text: str) -> str:
        """Take out what stands beside names and is none, and say so: marks, numbers of telephones."""
        for mark in dict.fromkeys(_MARKS.findall(text)):
            self.doubt(_("the cell does not say what the mark '{mark}' means").format(mark=mark))
        if _BROKEN_OFF.search(text):
            self.is_open = True
            self.doubt(_("the names break off"))
        for number in _PHONE.findall(text):
            self.aside(number)
        for words in (_MARKS, _BROKEN_OFF, _PHONE):
            text = words.sub(" ", text)
        return text.strip()

    def unwrapped(self, text: str) -> str:
        """Take the brackets off that hold the whole cell; those that do not match only part the names."""
        while text.startswith("(") and bodies.closing(text, 0) == len(text) - 1:
            text = text[1:-1].strip()
        if any(bodies.closing(text, at) < 0 for at, each in enumerate(text) if each == "(") or (
            text.count("(") != text.count(")")
        ):
            self.doubt(_("a bracket is not closed: '{words}'").format(words=text))
            text = re.sub("[()]", "、", text)
        return text

    def labelled(self, text: str, labels: list[re.Match[str]]) -> None:
        """Read 牵头单位:… 配合单位:…; what stands under 责任人 is read where it is bodies."""
        ends = [label.start() for label in labels[1:]] + [len(text)]
        for label, end in zip(labels, ends, strict=False):
            words = text[label.end() : end].strip(" \n" + bodies.SEPARATORS)
            kind = roles.kind_of(label["role"], "label") if label["role"] else None
            if label["schedule"]:
                self.schedule.append(words)
            elif kind == "watch" or (label["person"] and not all(map(bodies.is_whole, bodies.pieces(words)))):
                self.aside(text[label.start() : end])
            else:
                # 责任单位:甲牵头,乙配合: the words inside say more than the label.
                inside = kind == "answer" and roles.LEADS.search(words)
                self.state = None if inside or not kind else self.told(kind, label["role"])
                self.is_told = True
                self.part(words)
                self.settle(self.state)

    def told(self, kind: roles.Kind, words: str) -> Role:
        """Return the role that words say: 负责 beside a 牵头 supports, else it is the column's."""
        if kind == "unclear":
            self.doubt(_("'{words}' may be read in more than one way").format(words=words))
        if kind == "lead":
            return "lead"
        return "support" if kind == "support" or self.is_led else self.role

    def part(self, text: str) -> None:
        """Read names, and the role words between and after them."""
        for piece in bodies.pieces(bodies.OPEN_AND.sub(r"\g<open>、", text)):
            self.piece(piece.strip())

    def piece(self, piece: str) -> None:
        """Read what stands between two separators: a name, with role words before or after it."""
        self.step()
        piece = _BEGINNINGS.sub("", piece).strip(" :")
        if is_ditto(piece):
            self.aside(piece)
        elif chief := _CHIEF.fullmatch(piece):
            self.names(chief["name"])
            self.is_told = self.is_led = True
            self.settle("lead")
        elif halves := bodies.halves(piece):
            self.piece(halves[0])
            self.settle("lead")
            self.state, self.is_told = "support", True
            self.piece(halves[1])
        elif (ended := bodies.ENDS.search(piece)) and _names_end(piece[: ended.start()]):
            self.is_open = self.is_open or bool(ended["open"])
            self.ended(piece[: ended.start()], ended)
        elif not NOBODY.fullmatch(piece) and not self.does(piece) and not self.timed(piece):
            opened = bodies.OPEN.search(piece)
            self.is_open = self.is_open or bool(opened)
            self.names(piece[: opened.start()] if opened else piece)

    def ended(self, name: str, words: re.Match[str]) -> None:
        """Take the names so far in the role that the words after them say."""
        self.names(name)
        kind = roles.kind_of(words["role"])
        self.is_told = True
        if kind == "watch":
            self.aside("、".join(unit.name for unit in self.waiting) + words["role"])
            self.waiting = []
        else:
            # 会同…负责: who joins does not lead, though the sentence ends in 负责.
            self.settle("support" if self.state == "support" else self.told(kind, words["role"]))
        self.state = None

    def does(self, piece: str) -> bool:
        """Take a name with what it does: 市科委负责制定方案, 市科委牵头市财政局, 市科委配合市财政局."""
        if bodies.is_whole(piece):
            return False
        for words in roles.WITHIN.finditer(piece):
            name, rest = piece[: words.start()], piece[words.end() :]
            if not bodies.is_whole(name):
                continue
            self.ended(name, words)
            if bodies.is_whole(rest) and bodies.begins_anew(rest):
                self.names(rest)
                if roles.kind_of(words["role"]) == "support":
                    self.doubt(_("'{words}' may be read in more than one way").format(words=piece))
                    self.settle("lead")
            elif not self.timed(rest):
                self.aside(words[0] + rest)
            return True
        return False

    def timed(self, piece: str) -> bool:
        """Take a schedule, and a name that stands right before one: 市科委6月底前完成."""
        if bodies.has_end(piece):
            return False
        said = read_schedule(piece)
        if not _TIME.search(piece) and not said.is_understood:
            return False
        if said.kind in {"ditto", "none", "state"}:
            self.aside(piece)
            return True
        for end in range(len(piece) - 1, 1, -1):
            if bodies.is_whole(piece[:end]) and bodies.begins_anew(piece[:end]):
                self.names(piece[:end])
                piece = piece[end:]
                break
        self.settle(None)
        self.schedule.append(piece)
        return True

    def names(self, text: str) -> None:
        """Take a name, or several that 和 joins."""
        for name in bodies.parted(text):
            previous = self.waiting[-1] if self.waiting else None
            if previous and previous.group and bodies.goes_on(previous.name, name):
                # 各区、县级市 is one group of places.
                whole = f"{previous.name}、{name}"
                self.waiting[-1] = previous._replace(name=whole, wording=whole)
            else:
                self.name(name)

    def name(self, text: str) -> None:
        """Take one name: what its brackets say, its level, whether it is a group."""
        self.step()
        name, aliases, kind = self.without_brackets(text)
        if not name:
            return
        self.check(name)
        name = name.replace("\n", "")
        group = bodies.is_group(name)
        unit = Unit(name if group else self.completed(name), aliases, group, text)
        if self.joined:
            self.found["lead"].append(unit)
            self.is_told, self.state = True, "support"
            while self.joined:
                self.part(self.joined.pop())
            self.settle("support")
        elif kind == "watch":
            self.aside(text)
        elif kind:
            role = self.told(kind, text)
            self.is_told = True
            self.settle(None)
            self.found[role].append(unit)
        else:
            self.waiting.append(unit)

    def check(self, name: str) -> None:
        """Doubt a name that may be none."""
        if bodies.is_person(name):
            self.doubt(_("'{name}' may be a person").format(name=name))
        elif not bodies.is_whole(name) or (bodies.may_be_two(name) and not bodies.is_group(name)):
            self.doubt(_("'{name}' may be no name, or more than one").format(name=name))
        elif bodies.points_back(name):
            self.doubt(_("'{name}' stands for names that are given elsewhere").format(name=name))

    def completed(self, name: str) -> str:
        """Give a name that leaves its level out that of the name before."""
        if bodies.is_head(name) and self.levels and self.levels[-1].endswith(name[0]):
            return self.levels[-1] + name[1:]
        if not bodies.lacks_level(name):
            if self.levels and bodies.is_nobodys(name):
                self.doubt(_("'{name}' does not say whose it is").format(name=name))
            self.levels += filter(None, [bodies.level(name)])
            return name
        if not self.levels:
            return self.of_the_state(name)
        level, before = self.levels[-1], self.waiting[-1:]
        whole = f"{level}{'委' if bodies.is_party(name) else ''}{name}"
        # 分局 may be another body's, 厅 is a province's, and 各区教育局、财政局 may both be the districts'.
        if (
            name.endswith("分局")
            or (name.endswith("厅") and level[-1] in "市州县区旗" and not level.endswith("自治区"))
            or len({each[-1] for each in self.levels}) > 1
            or (before and before[0].group and bodies.is_office(before[0].name))
        ):
            self.doubt(_("'{name}' is completed; it may be another body's branch").format(name=whole))
        return whole

    def of_the_state(self, name: str) -> str:
        """Give an office behind 国家发展改革委 the state's name (能源局 → 国家能源局), with a doubt."""
        before = [*self.found["lead"], *self.found["support"], *self.waiting]
        is_bureau = name.endswith("局") and not name.endswith("总局")
        if not is_bureau or not any(unit.name.startswith("国家") for unit in before):
            return name
        self.doubt(_("'{name}' is completed; it may be another body's branch").format(name=f"国家{name}"))
        return f"国家{name}"

    def without_brackets(self, text: str) -> tuple[str, tuple[str, ...], roles.Kind | None]:
        """Take brackets off a name: other names of it, its role, a time; 县(市), 机场(集团)公司 keep it."""
        aliases: tuple[str, ...] = ()
        kind: roles.Kind | None = None
        at = text.find("(")
        while at >= 0:
            self.step()
            end = bodies.closing(text, at)
            if end < 0:
                return text, (), None
            inner, rest = text[at + 1 : end], text[end + 1 :]
            is_note = roles.BRACKET.fullmatch(inner) or _JOINED.match(inner) or _is_time(inner)
            is_kind = text.startswith("各") and len(inner) <= _LONGEST_KIND and not is_note  # 各学院（系）
            if bodies.is_list_of_places(inner) or is_kind or (at and rest.strip(" (") and not is_note):
                at = text.find("(", end)
                continue
            text = text[:at] + rest
            others, told = self.bracket(inner)
            aliases, kind = aliases + others, told or kind
            at = text.find("(")
        return text.strip(), aliases, kind

    def bracket(self, inner: str) -> tuple[tuple[str, ...], roles.Kind | None]:
        """Read a bracket behind a name: another name of the body, with its role, who joins, or by when."""
        names: list[str] = []
        kind: roles.Kind | None = None
        if joined := _JOINED.match(inner):
            self.joined.append(inner[joined.end() :])
            return (), None
        for words in bodies.pieces(inner):
            if roles.BRACKET.fullmatch(words):
                kind = roles.kind_of(words)
                if words.startswith(("共同", "联合", "均", "双")):
                    self.doubt(_("'{words}' may be read in more than one way").format(words=words))
                    self.settle(self.told(kind, words))
            elif _is_time(words):
                self.schedule.append(words)
            else:
                names.append(_CALLED.sub("", words).strip('“”"'))
        if len(names) == 1 and names[0].count("(") <= 1:
            name, nested, deep = self.without_brackets(names[0])
            if bodies.is_whole(name) and not bodies.is_group(name) and not bodies.is_part(name):
                return (name, *nested), kind or deep
        if names:
            self.aside(inner)
        return (), kind

    def settle(self, role: Role | None) -> None:
        """Give the names that wait their role: the one told, else that of those before, else the column's."""
        if role is None and self.waiting:
            supports = self.is_led or (self.is_told and self.found["lead"])
            role = self.state or ("support" if supports else self.role)
        if role:
            self.found[role] += self.waiting
            self.waiting = []

    def step(self) -> None:
        """Count a step; raises ``_TooInvolvedError`` beyond the last."""
        self.steps += 1
        if self.steps > _MOST_STEPS:
            raise _TooInvolvedError

    def doubt(self, why: str) -> None:
        self.doubts.append(why.replace("\n", " "))  # a doubt is one line

    def aside(self, words: str) -> None:
        self.doubt(_("'{words}' was left aside").format(words=words))

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
        elif bool(kept["lead"]) != (self.role == "lead"):
            self.doubt(_("who leads by the cell is not who leads by its column"))
        schedule = ",".join(self.schedule) or None
        doubts = tuple(dict.fromkeys(self.doubts))
        lead, support = tuple(kept["lead"]), tuple(kept["support"])
        return Parties(lead, support, self.is_open, schedule=schedule, doubts=doubts)


@lru_cache(maxsize=256)
def _is_time(words: str) -> bool:
    said = read_schedule(words)
    return bool(_TIME.search(words)) or (said.is_understood and not said.doubt)


def _names_end(words: str) -> bool:
    """Tell whether role words may follow: not on 各 (各配合单位), nor on a time (十四五期间实施)."""
    return not bodies.is_each(words) and (bodies.has_end(words) or not _TIME.search(words))

"""Reads the names of a cell of departments, and the role words between and after them."""

import re
from collections.abc import Sequence

from chengguo.departments import bodies, brackets, roles, rules, shared, tokens
from chengguo.departments.tokens import Token
from chengguo.departments.units import Departments, Role, Unit
from chengguo.language import _
from chengguo.schedules import read_schedule

_MOST_STEPS = 1000  # pieces, names and brackets that a cell is read by; those of print have some dozens
_MARKS = re.compile(f"[{roles.MARKS}]")
_BROKEN_OFF = re.compile(r"\.{3,}|。{3,}")
_PHONE = re.compile(r"(?:\(?0\d{2,3}\)?[- ]?)?(?<!\d)(?!(?:19|20)\d{6}(?!\d))\d{7,8}(?!\d)|1\d{10}(?!\d)")
_SIGN = re.compile(r"\s*[+|&·.—–→]\s*")
_GUIDES = "指导"
_BRACKETED = re.compile(r"\([^()]*\)")


def read_cell(text: str, role: Role) -> Departments:
    """Read the plain text of a cell; names without a role of their own have ``role``.

    What takes too many steps is not understood.
    """
    try:
        return Reader(role).cell(text)
    except _TooInvolvedError:
        return Departments(doubts=(_("the cell is too involved to be read"),))


class _TooInvolvedError(Exception):
    """A cell takes more steps to read than any that people write."""


class Reader:
    """Reads one cell: names wait until the words after them tell their role."""

    def __init__(self, role: Role) -> None:
        """Begin with nothing but the role of the column."""
        self.role: Role = role
        self.found: dict[Role, list[Unit]] = {"lead": [], "support": []}
        self.waiting: list[Unit] = []
        self.doubts: list[str] = []
        self.schedule: list[str] = []
        self.is_open = False
        self.is_ditto = False  # those of the cell above are meant too
        self.is_led = False  # the cell says of somebody that he leads (牵头): who answers beside him supports
        self.is_told = False  # a role word has been read
        self.under: Role | None = None  # the role of the label that names stand under
        self.state: Role | None = None  # the role of what follows, after 会同 or a label
        self.is_led_inside = False  # the words under it say themselves who leads
        self.chiefs: set[str] = set()  # the words that say who leads
        self.glued = ""  # words after which a name stands without a role of its own: 市科委牵头市教委
        self.beside_guide: list[Unit] = []  # those that stand with who guides: 各区政府，市教委指导
        self.watched: list[tuple[str, str]] = []  # who only watches, and the words for it
        self.levels: list[str] = []
        # Names in the brackets of the one in hand, with their role: 科技部（会同财政部）.
        self.joined: list[tuple[Role, str]] = []
        self.steps = 0

    def cell(self, text: str) -> Departments:
        """Read the whole cell: its labelled parts, or its one part."""
        parts = tokens.parts(self.unwrapped(self.unmarked(text)))
        self.is_led = any(map(_leads, parts))
        for part in parts:
            self.labelled(part)
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
        return _SIGN.sub(self.parted, text.strip())

    def parted(self, sign: re.Match[str]) -> str:
        """Part two names at a sign that is no separator, and say so: 市科委+市财政局."""
        before, after = tokens.pieces(sign.string[: sign.start()]), tokens.pieces(sign.string[sign.end() :])
        if not before or not after:
            return sign[0]
        names = _SIGN.split(before[-1])[-1], _SIGN.split(after[0])[0]
        if not all(bodies.is_whole(each) and bodies.names_its_level(each) for each in names):
            return sign[0]
        self.unclear(sign[0].join(names))
        return "、"

    def unwrapped(self, text: str) -> str:
        """Take the brackets off that hold the whole cell; those that do not match only part the names."""
        while text.startswith("(") and tokens.closing(text, 0) == len(text) - 1:
            text = text[1:-1].strip()
        if any(tokens.closing(text, at) < 0 for at, each in enumerate(text) if each == "(") or (
            text.count("(") != text.count(")")
        ):
            self.doubt(_("a bracket is not closed: '{words}'").format(words=text))
            text = re.sub("[()]", "、", text)
        return text

    def labelled(self, part: tokens.Part) -> None:
        """Read 牵头单位:…; what stands under 责任人 is read where it is bodies."""
        label, words = part
        said = words.strip(" \n" + tokens.SEPARATORS)
        if label is None:
            self.state = self.under = None
            self.clauses(said)
            self.settle(None)
        elif label["schedule"]:
            self.schedule.append(said)
        elif _is_aside(label, said):
            self.aside(label[0] + words)
        else:
            self.under_label(label["role"], said)

    def under_label(self, label: str | None, words: str) -> None:
        """Read names under a role's label: 责任单位:甲牵头,乙配合 says more inside than by the label."""
        self.is_led_inside = any(map(_leading, tokens.clauses(words)))
        kind = roles.kind_of(label, "label") if label else None
        role = self.told(kind, label) if label and kind else None
        self.state = self.under = None if self.is_led_inside and kind == "answer" else role
        self.is_told = True
        self.clauses(words)
        self.settle(self.state)

    def clauses(self, words: str) -> None:
        """Read words that have no label: the tokens of each clause by the first rule that fits."""
        for clause in tokens.clauses(words):
            self.step()
            rules.read_clause(self, clause)

    def told(self, kind: roles.Kind, words: str) -> Role:
        """Return the role that words say: 负责 beside a 牵头 supports, else it is the column's."""
        if kind == "unclear":
            self.unclear(words)
        if kind == "lead":
            self.chiefs |= set(roles.LEADS.findall(words)[:1])
            if len(self.chiefs) > 1:
                self.unclear("、".join(sorted(self.chiefs)))  # 主办 beside 承办
            return "lead"
        return "support" if kind == "support" or self.is_led else self.role

    def ended(self, words: str) -> None:
        """Return the names that wait the role that the words behind them say."""
        kind = roles.kind_of(words)
        self.is_told = True
        if kind == "watch" or _GUIDES in words:
            self.beside_guide += self.waiting[:-1]
        if kind == "watch":
            self.watched += [("、".join(unit.name for unit in self.waiting), words)]
            self.waiting = []
        else:
            role = self.told(kind, words)
            weak = kind in {"answer", "unclear"}
            if self.state and (self.is_led_inside if weak else self.state != role):
                self.unclear(words)
            # 会同…负责: who joins does not lead, nor does who stands under 配合单位.
            self.settle(self.state if self.state and (weak or self.state == "support") else role)
        self.state = self.under

    def timed(self, words: str) -> None:
        """Take a schedule; a status is none, and is told."""
        self.settle(None)
        if roles.LEADS.search(words):
            self.unclear(words)
        if read_schedule(words).kind in {"ditto", "none", "state"}:
            self.aside(words)
        else:
            self.schedule.append(words)

    def name(self, text: str) -> None:
        """Take a name; those before it may share its end, and further kinds of places join theirs."""
        previous = self.waiting[-1] if self.waiting else None
        if previous and previous.group and self.goes_on(previous, text):
            return
        if previous and bodies.may_share_tail(previous.name, text):
            self.unclear(f"{previous.name}、{text}")
        before = [unit.wording for unit in self.waiting]
        if count := shared.one_or_several(before, text):
            self.unparted(count, text)
        elif names := shared.of_places(before, text) or shared.of_branches(before, text):
            self.share(names)
            if names[-1] != text:
                self.unclear(text)  # 东江三区政府
            self.one(names[-1])
        else:
            self.one(text)

    def goes_on(self, previous: Unit, text: str) -> bool:
        """Take a name that goes on with a group before it; return whether it does: 各区、县级市."""
        if whole := shared.begin_of_each(previous.name, text):
            self.one(whole)
            return True
        is_end = shared.is_end_of_each(previous.name, text)
        is_kind = bodies.goes_on(previous.name, text) or shared.is_further_kind(previous.name, text)
        if not is_end and not is_kind:
            return False
        whole = f"{previous.name}、{text}"
        is_of_each = shared.is_headed(text) or is_kind  # 各县、区教育局: of each, or of the one above them
        if not is_of_each or (bodies.is_headless(text) and bodies.is_headed(previous.name)):
            self.unclear(whole)
        self.waiting[-1] = previous._replace(name=whole, wording=whole)
        return True

    def share(self, names: Sequence[str]) -> None:
        """Complete the names that wait by the end of the one behind them: all but the last of ``names``."""
        for at, name in enumerate(names[:-1], len(self.waiting) - len(names) + 1):
            self.doubts = [doubt for doubt in self.doubts if doubt != _no_name(self.waiting[at].name)]
            self.waiting[at] = self.waiting[at]._replace(name=name)
            self.doubt(_("'{name}' is completed by the end of the name behind it").format(name=name))

    def unparted(self, count: int, text: str) -> None:
        """Put the last names that wait and the one behind them together as they are printed."""
        parts = self.waiting[-count:]
        whole = "、".join([*(unit.wording for unit in parts), text])
        self.doubts = [doubt for doubt in self.doubts if doubt not in {_no_name(each.name) for each in parts}]
        self.waiting[-count:] = [Unit(whole, wording=whole)]
        self.doubt(_("'{name}' may be one name, or several that share their end").format(name=whole))

    def one(self, text: str) -> None:
        """Take one name: what its brackets say, its level, whether it is a group."""
        self.step()
        name, aliases, kind = brackets.taken_off(self, text)
        if not name:
            if kind or aliases:
                self.aside(text)
            return
        self.check(name)
        name = name.replace("\n", " " if tokens.is_english(name) else "")
        group = bodies.is_group(name)
        unit = Unit(name if group else self.completed(name), aliases, group, text)
        if kind == "watch":
            self.aside(text)
        elif kind and not self.joined:
            role = self.told(kind, text)
            self.is_told = True
            self.settle(None)
            self.found[role].append(unit)
        else:
            self.waiting.append(unit)
            self.join()

    def join(self) -> None:
        """Read the names in the brackets of those that wait: 科技部（会同财政部）."""
        if self.joined:
            self.is_told = True
            self.settle(self.state or "lead")
        while self.joined:
            self.state, words = self.joined.pop(0)
            self.clauses(words)
            self.settle(self.state)
            self.state = self.under

    def check(self, name: str) -> None:
        """Doubt a name that may be none."""
        if bodies.is_person(name):
            self.doubt(_("'{name}' may be a person").format(name=name))
        elif not bodies.is_whole(name) or (bodies.may_be_two(name) and not bodies.is_group(name)):
            self.doubt(_no_name(name))
        elif bodies.points_back(name):
            self.doubt(_("'{name}' stands for names that are given elsewhere").format(name=name))

    def completed(self, name: str) -> str:
        """Return a name that leaves its level out that of the name before."""
        if bodies.is_head(name) and self.levels and self.levels[-1].endswith(name[0]):
            return self.levels[-1] + name[1:]
        if bodies.is_headless(name):
            return self.headed(name)
        if not bodies.lacks_level(name) or bodies.is_of_a_place(name):
            if self.levels and bodies.lacks_owner(name):
                self.doubt(_("'{name}' does not say whose it is").format(name=name))
            self.levels += filter(None, [bodies.level(name)])
            return name
        if not self.levels:
            return self.of_the_state(name)
        whole = f"{self.levels[-1]}{'委' if bodies.is_party(name) else ''}{name}"
        if self.may_be_anothers(name):
            self.doubt(_("'{name}' is completed; it may be another body's branch").format(name=whole))
        return whole

    def headed(self, name: str) -> str:
        """Return the head of the place that the name before is of: 城西区政府 for 政府 behind 城西区党委."""
        if self.levels:
            return self.levels[-1] + name
        self.doubt(_("'{name}' does not say whose it is").format(name=name))
        return name

    def may_be_anothers(self, name: str) -> bool:
        """True if a name without a level may be of another than that of the name before.

        分局 may be another body's, 厅 is a province's, and 各区教育局、财政局 may both be the districts'.
        """
        level, before = self.levels[-1], self.waiting[-1:]
        return (
            name.endswith("分局")
            or (name.endswith("厅") and level[-1] in "市州县区旗" and not level.endswith("自治区"))
            or len({each[-1] for each in self.levels}) > 1
            or any(unit.group and bodies.is_office(unit.name) for unit in before)
        )

    def of_the_state(self, name: str) -> str:
        """Return an office behind 国家发展改革委 the state's name (能源局 → 国家能源局), with a doubt."""
        before = [*self.found["lead"], *self.found["support"], *self.waiting]
        is_bureau = name.endswith("局") and not name.endswith("总局")
        if not is_bureau or not any(bodies.is_of_the_state(unit.name) for unit in before):
            return name
        self.doubt(_("'{name}' is completed; it may be another body's branch").format(name=f"国家{name}"))
        return f"国家{name}"

    def settle(self, role: Role | None) -> None:
        """Settle the names that wait: the role told, else that of those before, else the column's."""
        if role is None and self.waiting:
            supports = self.is_led or (self.is_told and self.found["lead"])
            role = self.state or ("support" if supports else self.role)
            if self.glued:
                self.unclear(self.glued)
        self.glued = ""
        if role:
            self.found[role] += self.waiting
            self.waiting = []

    def step(self) -> None:
        """Count a step; raises ``_TooInvolvedError`` beyond the last."""
        self.steps += 1
        if self.steps > _MOST_STEPS:
            raise _TooInvolvedError

    def doubt(self, why: str) -> None:
        """Note what is not certain."""
        self.doubts.append(why.replace("\n", " "))  # a doubt is one line

    def unclear(self, words: str) -> None:
        """Note words that may mean several things."""
        self.doubt(_("'{words}' may be read in more than one way").format(words=words))

    def aside(self, words: str) -> None:
        """Note words that are no part of what was read."""
        self.doubt(_("'{words}' was left aside").format(words=words))

    def led_beside_guide(self) -> None:
        """Let those lead that stand with who guides, where a column for who leads names nobody else."""
        is_led = self.role != "lead" or self.found["lead"] or not self.beside_guide
        for names, words in self.watched:
            self.aside((names if is_led else names.split("、")[-1]) + words)
        if not is_led:
            self.unclear("、".join(unit.name for unit in self.beside_guide))
            self.found["support"] = [each for each in self.found["support"] if each not in self.beside_guide]
            self.found["lead"] = self.beside_guide

    def finished(self) -> Departments:
        """Return what was read; a body stands once, and who leads does not support."""
        self.led_beside_guide()
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
        return Departments(lead, support, self.is_open, self.is_ditto, schedule, doubts)


def _no_name(name: str) -> str:
    return _("'{name}' may be no name, or more than one").format(name=name)


def _is_aside(label: re.Match[str], words: str) -> bool:
    """True if what stands under a label has no part in the work: persons, who only watches."""
    if label["person"]:
        return not all(map(bodies.is_whole, tokens.pieces(words)))
    return roles.kind_of(label["role"], "label") == "watch"


def _leads(part: tokens.Part) -> bool:
    """True if a part says of somebody that he leads."""
    said = part.label["role"] if part.label else None
    is_label = said is not None and roles.kind_of(said, "label") == "lead"
    return is_label or any(map(_leading, tokens.clauses(part.words)))


def _leading(clause: tuple[Token, ...]) -> bool:
    """True if a clause says so, behind a name or in its bracket."""
    said = [token.text for token in clause if token.kind == "role"]
    said += [words for token in clause for words in _BRACKETED.findall(token.text)]
    return any(roles.LEADS.search(words) for words in said)

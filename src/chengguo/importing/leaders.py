"""The rules around a table that say who of several leads, and who has a part in all of its tasks.

A new way to print one is a line of a table here, with its example, which is its test.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from chengguo.departments import bodies, roles
from chengguo.departments.cells import Departments, Unit, read_cell
from chengguo.departments.tokens import parted
from chengguo.importing import row_kinds
from chengguo.importing.rows import LOOKS, Look, Remark, Row
from chengguo.text.expressions import expression
from chengguo.text.traditional import SIMPLIFIED

_LEADS = f"(?:{roles.words('after', 'lead')}{roles.UNIT}?)"
_HELPS = f"(?:{roles.words('after', 'support')}{roles.UNIT}?)"
_IS = "(?:作?为|是|即|系|表示|代表|指|[:：])(?:该项|本项|此项)?(?:任务|工作)?的?"
_NEAR = "(?:[^，,。;；]{0,10}|[^，,。;；]{0,6}的[，,])"
_SIGNS = {"星": "★☆*", "三角": "▲△", "圆点": "●○"}  # 带星号的
_NOT = "(?<![未无不])(?<![未无不没].)(?<![未无不没]..)"  # 未标★的
_MARK = f"{_NOT}(?P<mark>[{roles.MARKS}]|{'|'.join(_SIGNS)})"
_BOLD, _LINED = "(?:加粗|粗体|黑体|加黑)", "(?:下[划横]|[划画])线"
_RED = "(?:[标加涂]红|红字|红色(?=字|标|单位|部门|的|者|为|表示))"
_FIRST = "(?:第[一1]|首|最前|列前|居前|前者)"
_NOT_SAID = "(?:无|不设|没有(?:明确|列明)?|未[列明确注标设写填示单独出]{1,3})"
_NOBODY = f"(?:{_NOT_SAID}{_LEADS}|{_LEADS}[^，,。;；]{{0,8}}(?:空|缺|[—―-]|[“\"']/[”\"']))"


class _Printed(NamedTuple):
    """A way to print a rule: what it rules, its words, and an example."""

    rules: Literal["first", "leads", "helps", "bold", "underlined", "red", "stands in"]
    words: str
    example: str


PRINTED = (
    _Printed(
        "first",
        rf"{_FIRST}(?:(?:位|个|家|名).{{0,12}}(?:为|是)?|[^，,。;；]{{0,12}}(?:为|是|即))(?<!总){_LEADS}",
        "排第一的为牵头单位",
    ),
    _Printed("first", rf"前者{_LEADS}", "前者牵头"),
    _Printed("first", rf"{_LEADS}[^，,。;；]{{0,6}}[列排居放写置位][在于为]?{_FIRST}", "牵头单位排在首位"),
    _Printed("first", r"(?i:\bfirst\b[^.;]{0,40}\bleads?\b)", "The agency named first is the lead"),
    _Printed("first", r"(?i:\bleads?\b[^.;]{0,30}\bfirst\b)", "The lead agency is listed first"),
    _Printed("leads", rf"{_MARK}(?={_NEAR}{_IS}{_LEADS})", "加★的为牵头单位"),
    _Printed("leads", rf"{_LEADS}[^，,。;；]{{0,8}}[用以加标带].{{0,3}}{_MARK}", "牵头单位名称前加★"),
    _Printed("leads", rf"{_MARK}{_LEADS}(?=[，,、;；。)）\s]|$)", "★牵头"),
    _Printed("leads", r"(?i:(?P<mark>[*★#▲])[^.;]{0,25}\bleads?\b)", "* denotes the lead agency"),
    _Printed("helps", rf"{_MARK}(?={_NEAR}{_IS}{_HELPS})", "标☆的为配合单位"),
    _Printed("helps", rf"{_MARK}{_HELPS}(?=[，,、;；。)）\s]|$)", "☆配合"),
    _Printed("bold", rf"{_BOLD}{_NEAR}{_IS}{_LEADS}", "加粗的为牵头单位"),
    _Printed("bold", rf"{_LEADS}[^，,。;；]{{0,6}}{_BOLD}", "牵头单位用黑体标注"),
    _Printed("bold", r"(?i:\blead[^.;]{0,40}\bbold\b|\bbold\b[^.;]{0,40}\blead)", "Those in bold lead"),
    _Printed("underlined", rf"{_LINED}{_NEAR}{_IS}{_LEADS}", "加下划线的为牵头单位"),
    _Printed("underlined", r"(?i:\bunderlined\b[^.;]{0,40}\blead)", "Underlined agencies lead"),
    _Printed("underlined", rf"{_LEADS}[^，,。;；]{{0,6}}{_LINED}", "牵头单位加下划线"),
    _Printed("red", rf"{_RED}{_NEAR}{_IS}{_LEADS}", "红色字体的为牵头单位"),
    _Printed("red", rf"{_LEADS}[^，,。;；]{{0,6}}{_RED}", "牵头单位用红字标注"),
    _Printed("red", r"(?i:\bred\b[^.;]{0,40}\blead|\blead[^.;]{0,40}\bin red\b)", "Agencies in red lead"),
    _Printed(
        "stands in",
        rf"{_NOBODY}[^。;；]{{0,10}}{roles.NAMED}[^。;；]{{0,10}}{_LEADS}",
        "无牵头单位的，责任单位即为牵头单位",
    ),
    _Printed(
        "stands in",
        r"(?i:\bno lead\b[^.;]{0,60}\b(?:responsible|implementing)\b[^.;]{0,40}\bleads?\b)",
        "Where no lead is named, the responsible agency leads",
    ),
    _Printed(
        "stands in",
        rf"[只仅][列有设][^，,。;；]{{0,4}}{roles.NAMED}[^。;；]{{0,10}}{_LEADS}",
        "仅列责任单位的，由其牵头",
    ),
)
_RULES = tuple((each.rules, expression(each.words)) for each in PRINTED)
# Without one of these no text has a rule, so that for most tables none of the expressions above is compiled.
_MAY_RULE = expression(
    rf"(?i:lead)|[{roles.MARKS}]|{'|'.join(_SIGNS)}|[第首前粗黑划画红]|[无不没未只仅空缺]|[—―/-]"
)

_SCOPE = (
    "(?P<scope>以下|以上|上述|本表|表[中内]|所有|全部|各项)(?:所有|全部|各项)?"
    "(?:政策|重点|具体|主要|工作)?(?:任务|措施|工作|事项|内容|项目|举措|政策)?"
)
_WHO = "(?P<who>[^，,。;；:：]{2,60}?)"
_HOW = "(?:按照?|职责|分工|各自|结合|实际|认真|具体|组织|抓好|做好|贯彻|共同|同步|积极|予以)*"
_DOES = f"{_HOW}(?P<does>(?:落实|推进|执行|实施|负责|办理|配合|参与|参加)+)"
_END = "(?=[，,。;；)）\\s]|到位|$)"
# Who has a part in all tasks, or in those below or above.
EVERYWHERE = (
    (
        rf"{_SCOPE}(?:均|都|一律)(?:需要?|须|应当?|由|请|要)+{_WHO}{_DOES}{_END}",
        "以下政策措施均需各区政府落实",
    ),
    (rf"{_SCOPE}[需须]要?{_WHO}{_DOES}{_END}", "以下任务需各区政府落实"),
    (rf"(?P<does>{roles.NAMED})(?:包?含|包括){_WHO}(?=[，,]不再)", "责任单位包括各区，不再列出"),
    (rf"{_WHO}(?:均|都|一律)(?:需要?|须|应当?|要)+{_DOES}{_END}", "各区政府均需抓好落实"),
    (rf"{_WHO}(?:均|都)(?:作?为|是)(?:{_SCOPE}的?)?(?P<does>{roles.NAMED})", "各区政府均为配合单位"),
    (rf"{_WHO}(?:作?为|是){_SCOPE}的?(?P<does>{roles.NAMED})", "各区政府为所有任务的责任单位"),
    (
        rf"(?:{_SCOPE}的?)?(?P<does>{roles.NAMED})[均都](?:包?含|包括|有|为|是){_WHO}{_END}",
        "责任单位均含各区政府",
    ),
)
_EVERYWHERE = tuple(expression(words) for words, _example in EVERYWHERE)
_MAY_BE_EVERYWHERE = expression("[均都律需须应由请含括有为是]|(?<!主)要")
_BELOW, _ABOVE = {"以下"}, {"以上", "上述"}
_KINDS = {"lead": expression(_LEADS), "support": expression(_HELPS)}
_VAGUE = expression("[各其他余它以上述有相关所列]+(?:责任|牵头|配合|成员)?(?:单位|部门)")  # those of each row
_PROPOSED = expression("[?？吗]|是否|[可能]否|建议|拟|待定|原为|(?i:suggest|should|propose)")
_BETWEEN = r"、，,;；。:：/\s()（）和及与"
# Between names that stand out together; a space in English is none.
_SEPARATOR = expression(r"\s*[、，,;；。\n]\s*|(?<![!-~])\s+|\s+(?![!-~])|^\s*and\s+|\s+and\s*$")
_LONGEST = 1_000  # characters of a sentence that is a rule
# A rule behind names, with where it does not hold, what is said of the others and of the rows below:
# 甲局、乙局（除特别注明外，首位为牵头，其他为配合，下同）.
_CLAUSE = r"[^，,；;。()（）\s、:：]"
_BELOW_TOO = "(?P<below>(?:以下|下|后)(?:各项)?[均都皆]?同)"
_BEHIND = expression(
    rf"[，,；;。\s]*(?:(?P<open>[(（])|(?<=[，,；;。\s]))(?P<unless>除{_CLAUSE}{{1,20}}外[，,])?"
    rf"(?P<rule>{_CLAUSE}{{2,20}}(?:[，,；;、]*(?:其[余他它]{_CLAUSE}{{0,8}}{_HELPS}|{_BELOW_TOO}))*)"
    r"(?(open)。?[)）])"
)
_JOINED = expression("作?为|是|即|牵头")
_BEGIN = expression(r"^(?:[（(]?(?:注|备注|说明|附注)[:：]?)?[（(]?\d{0,2}[)）.、]?")


class Duty(NamedTuple):
    """Who has a part in all tasks, in which role, and whether only in those that follow or stand above."""

    units: tuple[Unit, ...]
    kind: str  # "lead", "support", or "answer": who leads unless somebody else does
    is_below: bool
    is_above: bool


class Rules(NamedTuple):
    """The rules of a table.

    The first of several leads; the signs of who leads and of who supports; what stands out so leads; who
    answers leads in rows that do not say who leads; who has a part in all tasks.
    """

    is_first: bool = False
    leads: str = ""
    helps: str = ""
    looks: frozenset[str] = frozenset()
    stands_in: bool = False
    everywhere: tuple[Duty, ...] = ()

    @property
    def tell_leaders(self) -> bool:
        """True if they say by themselves who leads."""
        return self.is_first or bool(self.looks or self.leads)

    def seen_in(self, rows: Iterable[Row]) -> "Rules":
        """Return the rules without those of signs and looks that no row has."""
        rows = [row for row in rows if not row_kinds.alone(row.cells)]
        signs = {sign for row in rows for cell in row.cells for sign in roles.MARKS if sign in cell}
        return self._replace(
            leads=self.leads if signs & set(self.leads) else "",
            helps=self.helps if signs & set(self.helps) else "",
            looks=self.looks & {look.kind for row in rows for look in row.looks},
        )

    def holds_in(self, others: "Rules") -> bool:
        """True if none of its signs and looks is missing in others."""
        is_marked = all(getattr(others, name) or not getattr(self, name) for name in ("leads", "helps"))
        return is_marked and self.looks <= others.looks

    def of_cell(self, cell: str, looks: Iterable[Look]) -> str:
        """Return a cell with the role behind the names that have one by a rule, by how they look."""
        cell = _emphasised(cell, (look.words for look in looks if look.kind in self.looks))
        return _marked(_marked(cell, self.leads, "牵头"), self.helps, "配合")


def rules(texts: Sequence[str]) -> Rules:
    """Return the rules that texts around a table have; a sentence longer than people write has none."""
    texts = [each for text in texts for each in re.split("[。;；]", text) if 0 < len(each) <= _LONGEST]
    plain = [text.translate(SIMPLIFIED) for text in texts]
    likely = list(filter(_MAY_RULE.search, plain))
    found = [(rule, match) for text in likely for rule, words in _RULES if (match := words.search(text))]
    kinds = {rule for rule, _match in found}
    signs = {"leads": "", "helps": ""}
    for rule, match in found:
        if rule in signs:
            signs[rule] = signs[rule] or _SIGNS.get(match["mark"], match["mark"])
    return Rules(
        is_first="first" in kinds,
        leads=signs["leads"],
        helps=signs["helps"],
        looks=frozenset(LOOKS) & kinds,
        stands_in="stands in" in kinds,
        everywhere=tuple(duty for text in texts if (duty := _duty(text))),
    )


class Behind(NamedTuple):
    """A cell without the rule behind its names, the words of that, and if it holds for the rows below."""

    names: str
    words: str
    is_below: bool


def behind(cell: str) -> Behind | None:
    """Part a cell from the rule behind its names that the first of them leads; None where it has none."""
    for found in _BEHIND.finditer(cell):
        who = _JOINED.split(found["rule"].translate(SIMPLIFIED))[0]
        if rules([found["rule"]]).is_first and (who.startswith("第一个单位") or not bodies.is_whole(who)):
            names = cell[: found.start()] + cell[found.end() :]
            words = f"{found['unless'] or ''}{found['rule']}"
            return Behind(names, words, found["below"] is not None)
    return None


def noted(rows: Iterable[Row]) -> list[tuple[Row, Remark]]:
    """Return the notes to rows that are rules for a table, each with its row; a proposal is none."""
    notes = ((row, each) for row in rows for each in row.remarks if each.is_note)
    return [
        (row, each)
        for row, each in notes
        if rules([each.text]) != Rules() and not _PROPOSED.search(each.text)
    ]


def _duty(sentence: str) -> Duty | None:
    """Return who has a part in all tasks by a sentence; None where it names nobody for certain."""
    begun = _BEGIN.sub("", sentence)
    plain = begun.translate(SIMPLIFIED)
    asked = _EVERYWHERE if _MAY_BE_EVERYWHERE.search(plain) else ()
    found = next(filter(None, (words.search(plain) for words in asked)), None)
    who = begun[slice(*found.span("who"))].strip("“”\"'") if found else ""
    said = Departments() if _VAGUE.fullmatch(who) else read_cell(who)
    if not found or not said.lead or said.doubts:
        return None
    scope = found.groupdict().get("scope")
    kind = next((each for each, words in _KINDS.items() if words.search(found["does"])), "answer")
    return Duty(said.lead, kind, scope in _BELOW, scope in _ABOVE)


def _marked(cell: str, mark: str, role: str) -> str:
    """Return a cell with a role behind the names that have one of the marks; as it is without a mark."""
    if not mark:
        return cell
    name = rf"([A-Za-z][^、，,;；。:：\n{mark}]*|[^、，,;；。:：\s{mark}]+)"
    # A mark apart from the name before it belongs to that only where no name follows.
    behind = rf"(?<![和及与])(?<!\sand)(?<!\sand\s)(?:[{mark}]|\s+[{mark}](?=\s*(?:[、，,;；。]|$)))"

    cell = re.sub(rf"[（(]\s*([{mark}])\s*[)）]", r"\1", cell)

    def with_role(found: re.Match[str]) -> str:
        if found[1] is None:
            return f"{found[2]}（{role}）"
        first = parted(found[1])[0]  # of two that 和 joins, the mark is before the first
        return f"{first}（{role}）{found[1][len(first) :]}"

    return re.sub(rf"[{mark}]\s*{name}|{name}{behind}", with_role, cell)


def _emphasised(cell: str, words: Iterable[str]) -> str:
    """Return a cell with who leads behind each name in words of it that stand out."""
    names = (name for each in words for name in _SEPARATOR.split(each.rstrip("和及与")) if name)
    for name in dict.fromkeys(names):
        whole = rf"(?<![^{_BETWEEN}]){re.escape(name)}(?![^{_BETWEEN}等])"
        # What stands out may be a part of a name only: there it is told that the name is none.
        cell = re.sub(whole if re.search(whole, cell) else re.escape(name), r"\g<0>（牵头）", cell)
    return cell

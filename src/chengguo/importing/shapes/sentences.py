"""Numbered lines that say in a sentence, and in no bracket, who does the work and by when; to brackets."""

import re
from collections.abc import Callable, Iterator, Mapping

from chengguo.departments import bodies, roles
from chengguo.departments.cells import Departments, read_cell
from chengguo.importing.rows import Row
from chengguo.importing.shapes import brackets
from chengguo.importing.shapes.numbers import NUMBER
from chengguo.schedules import read_schedule
from chengguo.schedules.combining import tells_what
from chengguo.schedules.plain import plain

# Before a number that others count on from: 补充一条：6、检查食品安全.
_LEAD_IN = re.compile(r"[^，,。；;：:\d]{1,12}[：:]\s*(?=\d{1,3}[.．、﹒](?!\d))")  # noqa: RUF001 - as printed
_MAY_BEGIN = re.compile(r"(?<=[，,。；;：:])|(?<=[—–-]{2})|(?=由)")
_JOINTS = "，,；;：:—– "
_ENDS = "。；;！ "
_CLAUSES = re.compile("[，,；;]")
_ASKS = re.compile("^[请由]")
_PERSON = ("人", "同志", "解释")  # behind 负责, which then says not who does the work
_OTHERS = re.compile(rf"会同|联合|{roles.words('after', 'lead', 'support')}")
_NO_TIMES = frozenset({"unknown", "state", "none", "ditto"})
_FEWEST = 2  # characters of what is to be done


def rows(lines: tuple[Row, ...], _known: Mapping[str, str]) -> tuple[Row, ...] | None:
    """Put in brackets what numbered lines say of who and when, where no bracket of any line does."""
    if any(any(brackets.saying_who("".join(row.cells))) for row in lines):
        return None
    made = tuple(made for row in lines for made in _made(row))
    return made if made != lines else None


def _made(row: Row) -> Iterator[Row]:
    text = "".join(row.cells)
    lead_in = _LEAD_IN.match(text)
    if lead_in and (made := _bracketed(text[lead_in.end() :])) != text[lead_in.end() :]:
        yield row._replace(cells=(lead_in[0].strip(),))
        yield row._replace(cells=(made,))
    else:
        made = _bracketed(text)
        yield row if made == text else row._replace(cells=(made,))


def _bracketed(text: str) -> str:
    """Return a numbered line with what it says of who and when in a bracket at its end; another as it is."""
    number = NUMBER.match(text)
    if number is None:
        return text
    ways: tuple[Callable[[str], str], ...] = (_by_sentences, _by_clauses, _by_who, _by_request)
    words = text[number.end() :].strip()
    made = next(filter(None, (way(words) for way in ways)), "")
    return f"{number[0]}{made}" if made else text


def _by_sentences(text: str) -> str:
    """Put the last sentences in a bracket that say who and when; "" where none does."""
    sentences = re.findall("[^。]+。?", text)
    begin = len(sentences)
    while begin > 1 and (
        _names_who(sentences[begin - 1]) or read_schedule(sentences[begin - 1]).is_understood
    ):
        begin -= 1
    said = [each.strip("。") for each in sentences[begin:]]
    return f"{''.join(sentences[:begin])}（{'；'.join(said)}）" if any(map(_names_who, said)) else ""


def _names_who(sentence: str) -> bool:
    """True if a sentence says who does the work: 由市科委牵头，市教委配合; 由市科委负责解释 does not."""
    found = read_cell(sentence.strip("。"))
    is_sure = not found.doubts or (sentence.startswith("由") and "解释" not in sentence)
    return bool(roles.HELPS.search(sentence)) and bool(found.lead) and is_sure


def _by_clauses(text: str) -> str:
    """Put the last clauses in a bracket that say who and when: 排查隐患，由市科委牵头，6月底前完成."""
    for begin in sorted({found.start() for found in _MAY_BEGIN.finditer(text)}):
        what, said = text[:begin].rstrip(_JOINTS), text[begin:].strip(_ENDS)
        if len(what) >= _FEWEST and not _is_who(_CLAUSES.split(what)[-1]) and _says_who_and_when(said):
            return f"{what}（{said}）"
    return ""


def _says_who_and_when(text: str) -> bool:
    """True if each clause of a text says who does the work or by when, and one says who leads."""
    clauses = [each.strip() for each in _CLAUSES.split(text)]
    who = [each for each in clauses if _is_who(each)]
    are_all = all(each in who or _is_when(each) for each in clauses)
    return are_all and any(roles.HELPS.search(each) for each in who) and _names_only(clauses, who)


def _names_only(clauses: list[str], who: list[str]) -> bool:
    """True if clauses name somebody who leads, and none but those that say who names anybody."""
    found, wanted = (read_cell("，".join(each)) for each in (clauses, who))
    return bool(found.lead) and len(found.lead + found.support) == len(wanted.lead + wanted.support)


def _by_who(text: str) -> str:
    """Put who and when behind what is to be done: 请市科委负责，落实经费，6月底前; 市科委负责落实经费."""
    first, *clauses = [each.strip() for each in _CLAUSES.split(text.strip(_ENDS))]
    role = roles.HELPS.search(first)
    if role is None or not _is_who(first[: role.end()]) or not read_cell(first[: role.end()]).lead:
        return ""
    who, what = [first[: role.end()]], [first[role.end() :].lstrip(_JOINTS)]
    while clauses and not what[0] and _is_who(clauses[0]):
        who.append(clauses.pop(0))
    when: list[str] = []
    while clauses and _is_when(clauses[-1]):
        when.insert(0, clauses.pop())
    said = "，".join([*filter(None, what), *clauses])
    if not said and when and tells_what(plain(when[-1])):
        said = when[-1]  # 由市科委牵头，6月底前拿出方案: the time is within what is to be done
    is_other = said.startswith(_PERSON) or _OTHERS.search(said) or not _names_only([*who, *when], who)
    return "" if len(said) < _FEWEST or is_other else f"{said}（{'，'.join([*who, *when])}）"


def _by_request(text: str) -> str:
    """Put who and when of a last sentence that asks somebody behind what is to be done: 请市水务局牵头，….

    The sentences before it say of what: 关于积水问题.
    """
    *before, last = re.findall("[^。]+。?", text) or [""]
    made = _by_who(last.strip()) if before and _ASKS.match(last.strip()) else ""
    return f"{''.join(before)}{made}" if made and not any(map(_names_who, before)) else ""


def _is_who(clause: str) -> bool:
    """True if a clause is names of bodies with what they do, 由市科委牵头, and nothing doubtful."""
    role = roles.HELPS.search(clause)
    if role and role.end() == len(clause) and bodies.is_whole(_ASKS.sub("", clause[: role.start()])):
        return True
    found = (read_cell(clause, "lead"), read_cell(clause, "support"))
    return any(
        not each.doubts and bool(each.lead + each.support) and not each.schedule and _are_whole(each)
        for each in found
    )


def _are_whole(found: Departments) -> bool:
    return all(bodies.is_whole(unit.name) for unit in (*found.lead, *found.support))


def _is_when(clause: str) -> bool:
    found = read_schedule(clause)
    return found.is_understood and found.kind not in _NO_TIMES

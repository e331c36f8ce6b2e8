"""What the names of a list share: 东浦、南浦区政府 are two governments; 各县、区政府 stays one group.

Only the words of the list complete its names. Where they may be read otherwise nothing is made up:
市经济、信息化委 may be one body.
"""

import re
from collections.abc import Sequence

from chengguo.departments import bodies
from chengguo.text.expressions import expression

_PLACE = expression(
    r"(?P<stem>[\u4e00-\u9fff]{2,6}?)(?P<count>(?:[两二三四五六七八九十]个?)?)"
    r"(?P<kind>街道|地区|[省县区市镇乡旗州盟])(?P<tail>.*)"
)
# An area whose name is more than one letter behind that of the place: 临港新片区 makes no 张江区 of 张江.
_AREA = expression("(?:新|园|片|开发|高新|经开|功能|保税|度假|示范|合作|工业|自贸)$")
# Of such areas several have names of places, before the head that they share: 临港、望江新区管委会.
_NAMED_AREA = expression("(?<=[\u4e00-\u9fff]{2})(?:(?:产业|工业|科技)?园|高新|经开|开发|新|度假|示范)$")
_FIRM = expression(rf"[\u4e00-\u9fff]{{0,6}}(?:{bodies.FIRMS})")
_BRANCH = expression(rf"{_FIRM.pattern}(?P<tail>[省市州县区]?(?:[分支]公司|[分支]行))")
_COUNTS = {"两": 2, **{figure: value for value, figure in enumerate("二三四五六七八九十", 2)}}
_COUNTED = expression(r"([县区市镇乡旗州])([两二三四五六七八九十]个?)\1")  # 北浦区三区政府
_TOWNS = expression("[\u4e00-\u9fff]州")  # 广州 is no 州
_HEAD = "(?:人民政府|政府|党委|委|纪委|人大|政协|管委会|管理委员会|党工委|办事处|行署)"
_HEADS = expression(rf"(?:{_HEAD}(?:[和及]{_HEAD})?(?:办公室)?)?")
_EACH = r"(?P<each>[^、]*?(?:各(?:有关|相关)?|有关|相关))"
_COUNTY, _TOWN = "[省市州盟县区旗]", "(?:乡镇|[乡镇])"  # kinds of places that have the same heads
_LAST_OF_KINDS = tuple("省市州盟县区旗乡镇")
_SHARED = expression(
    rf"{_EACH}(?P<kinds>{_COUNTY}(?:、{_COUNTY})+|{_TOWN}、{_TOWN})(?P<tail>(?![级直属])[^()、]+)"
)
_HEADED = expression(rf"{_EACH}(?P<kind>{_COUNTY}|{_TOWN}|街道){_HEAD}")
_FURTHER = expression("直辖市|自治区|自治州|自治县|计划单列市|县级市")
_BARE = expression(rf"(?P<kind>{_COUNTY}|{_TOWN}|街道){_HEAD}")


def is_end_of_each(group: str, name: str) -> bool:
    """True if a name is the last kind of a group of places with the end of all: 区教育局 behind 各县."""
    if group[-1:] not in _LAST_OF_KINDS:
        return False
    found = _SHARED.fullmatch(f"{group}、{name}")
    return found is not None and bodies.has_end(found["kinds"][-1] + found["tail"])


def parts_of_each(name: str) -> tuple[str, ...]:
    """Return the group and the office that a name may be: 各区, 市商务局 of 各区、市商务局; else none."""
    group, _sign, rest = name.rpartition("、")
    is_both = is_end_of_each(group, rest) and bodies.is_group(group) and not is_headed(rest)
    return (group, rest) if is_both else ()


def is_headed(name: str) -> bool:
    """True if a name ends in the head of a place, which is surely of each: 各区政府, not 各区教育局."""
    return re.search(rf"{_HEAD}$", name) is not None


def is_further_kind(group: str, name: str) -> bool:
    """True if a name is the last kind of a group of places, with the end of all: 直辖市教育厅."""
    kind = _FURTHER.match(name)
    if kind is None or (kind[0] == "自治区" and not group.endswith("省")):
        return False
    return bodies.goes_on(group, kind[0]) and bodies.is_office(bodies.BRACKET.sub("", name))


def begin_of_each(group: str, name: str) -> str:
    """Return a name with the begin of the group before it: 街道办事处 behind 各镇政府; else ""."""
    above, own = _HEADED.fullmatch(group), _BARE.fullmatch(name)
    is_town = [bool(re.search("[乡镇]|街道", found["kind"])) for found in (above, own) if found]
    return f"{above['each']}{name}" if above and len(is_town) == 2 and len(set(is_town)) == 1 else ""  # noqa: PLR2004 - both


def of_places(before: Sequence[str], name: str) -> tuple[str, ...]:
    """Return the last names and this one with the end that they share; nothing where they share none.

    东浦, 南浦区政府 are 东浦区政府, 南浦区政府; the end is a head's, an office's, or only the place's kind.
    """
    name = _COUNTED.sub(r"\2\1", name)
    found = _PLACE.fullmatch(name)
    if found is None or bodies.lacks_level(name) or bodies.is_central(name):
        return ()
    heads: list[str] = []
    for each in reversed(before):
        if not (head := _head(each, found)):
            break
        heads.insert(0, head + found["tail"])
    count = _COUNTS.get(found["count"][:1])
    if not heads or (count and count != len(heads) + 1):
        return ()
    return (*heads, f"{found['stem']}{found['kind']}{found['tail']}")


def of_branches(before: Sequence[str], name: str) -> tuple[str, ...]:
    """Return firms with the end of the last, which they share: 移动, 电信市分公司; else nothing."""
    found = _BRANCH.fullmatch(name)
    heads: list[str] = []
    for each in reversed(before if found else ()):
        if not _FIRM.fullmatch(each):
            break
        heads.insert(0, each + found["tail"] if found else "")
    return (*heads, name) if heads else ()


def _head(name: str, shared: re.Match[str]) -> str:
    """Return a name as that of a place whose end is left out, with its kind; "" where it is none."""
    own, is_head = _PLACE.fullmatch(name), _HEADS.fullmatch(shared["tail"])
    if own and not own["tail"] and not own["count"]:
        same = own["kind"] == shared["kind"] or is_head
        return name if same and shared["tail"] else ""
    is_open = not bodies.has_end(name) or _TOWNS.fullmatch(name)
    is_stem = is_open and re.fullmatch(r"[\u4e00-\u9fff]{2,4}", name)
    is_place = is_stem and not bodies.level(name) and not bodies.is_trade(name) and not bodies.is_place(name)
    area = _NAMED_AREA.search(shared["stem"]) if is_head and shared["tail"] else None
    if not is_place or (_AREA.search(shared["stem"]) and not area):
        return ""
    return f"{name}{area[0] if area else ''}{shared['kind']}"


def one_or_several(before: Sequence[str], name: str) -> int:
    """Return how many of the last names are with this one a body, or several with one end: 市经济、信息化委.

    They are no names by themselves, and the first says whose it is.
    """
    if not bodies.is_office(name) or bodies.is_bare_trade(name) or bodies.names_its_level(name):
        return 0
    for count, each in enumerate(reversed(before), 1):
        is_name = bodies.has_end(each) and not bodies.is_bare_trade(each)
        if is_name or not re.fullmatch(r"[\u4e00-\u9fff]{2,6}", each):
            return 0
        if bodies.level(each):
            return count
    return 0

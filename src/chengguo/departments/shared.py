"""What the names of a list share: 东浦、南浦区政府 are two governments, and so are 各县、区政府.

Only the words of the list complete its names. Where they may be read otherwise nothing is made up:
市经济、信息化委 may be one body.
"""

import re
from collections.abc import Sequence

from chengguo.departments import bodies

_PLACE = re.compile(
    r"(?P<stem>[\u4e00-\u9fff]{2,6}?)(?P<count>[两二三四五六七八九十]?)"
    r"(?P<kind>街道|地区|[县区市镇乡旗州盟])(?P<tail>.*)"
)
# An area whose name is more than one letter behind that of the place: 临港新片区 makes no 张江区 of 张江.
_AREA = re.compile("(?:新|园|片|开发|高新|经开|功能|保税|度假|示范|合作|工业|自贸)$")
_COUNTS = {"两": 2, **{figure: value for value, figure in enumerate("二三四五六七八九十", 2)}}
_HEAD = "(?:人民政府|政府|党委|委|纪委|人大|政协|管委会|管理委员会|党工委|办事处|行署)"
_HEADS = re.compile(rf"(?:{_HEAD}(?:[和及]{_HEAD})?(?:办公室)?)?")
_EACH = r"(?P<each>[^、]*?(?:各(?:有关|相关)?|有关|相关))"
_COUNTY, _TOWN = "[省市州盟县区旗]", "(?:乡镇|[乡镇])"  # kinds of places that have the same heads
_SHARED = re.compile(
    rf"{_EACH}(?P<kinds>{_COUNTY}(?:、{_COUNTY})+|{_TOWN}、{_TOWN})(?P<tail>(?![、级直属])[^()]+)"
)
_HEADED = re.compile(rf"{_EACH}(?P<kind>{_COUNTY}|{_TOWN}|街道){_HEAD}")
_BARE = re.compile(rf"(?P<kind>{_COUNTY}|{_TOWN}|街道){_HEAD}")


def tail_of_each(group: str, name: str) -> tuple[str, ...]:
    """Return the groups that share the end of the last: 各县政府, 各区政府 for 各县, 区政府; else nothing."""
    found = _SHARED.fullmatch(f"{group}、{name}")
    if found is None or not bodies.has_end(found["kinds"][-1] + found["tail"]):
        return ()
    return tuple(f"{found['each']}{kind}{found['tail']}" for kind in found["kinds"].split("、"))


def is_headed(name: str) -> bool:
    """True if a name ends in the head of a place, which is surely of each: 各区政府, not 各区教育局."""
    return re.search(rf"{_HEAD}$", name) is not None


def begin_of_each(group: str, name: str) -> str:
    """Return a name with the begin of the group before it: 街道办事处 behind 各镇政府; else ""."""
    above, own = _HEADED.fullmatch(group), _BARE.fullmatch(name)
    is_town = [bool(re.search("[乡镇]|街道", found["kind"])) for found in (above, own) if found]
    return f"{above['each']}{name}" if above and len(is_town) == 2 and len(set(is_town)) == 1 else ""  # noqa: PLR2004 - both


def of_places(before: Sequence[str], name: str) -> tuple[str, ...]:
    """Return the last names and this one with the end that they share; nothing where they share none.

    东浦, 南浦区政府 are 东浦区政府, 南浦区政府; the end is a head's, an office's, or only the place's kind.
    """
    found = _PLACE.fullmatch(name)
    if found is None or bodies.lacks_level(name) or bodies.is_central(name):
        return ()
    heads: list[str] = []
    for each in reversed(before):
        if not (head := _head(each, found)):
            break
        heads.insert(0, head + found["tail"])
    count = _COUNTS.get(found["count"])
    if not heads or (count and count != len(heads) + 1):
        return ()
    return (*heads, f"{found['stem']}{found['kind']}{found['tail']}")


def _head(name: str, shared: re.Match[str]) -> str:
    """Return a name as that of a place whose end is left out, with its kind; "" where it is none."""
    own, is_head = _PLACE.fullmatch(name), _HEADS.fullmatch(shared["tail"])
    if own and not own["tail"] and not own["count"]:
        same = own["kind"] == shared["kind"] or is_head
        return name if same and shared["tail"] else ""
    is_stem = re.fullmatch(r"[\u4e00-\u9fff]{2,4}", name) and not bodies.has_end(name)
    is_place = is_stem and not bodies.level(name) and not bodies.is_trade(name)
    return "" if not is_place or _AREA.search(shared["stem"]) else name + shared["kind"]


def one_or_several(before: Sequence[str], name: str) -> int:
    """Return how many of the last names are with this one a body, or several with one end: 市经济、信息化委.

    They are no names by themselves, and the first says whose it is.
    """
    if not bodies.is_office(name) or bodies.is_bare_trade(name) or bodies.names_its_level(name):
        return 0
    for count, each in enumerate(reversed(before), 1):
        if (bodies.has_end(each) and not bodies.is_bare_trade(each)) or not re.fullmatch(
            r"[\u4e00-\u9fff]{2,6}", each
        ):
            return 0
        if bodies.level(each):
            return count
    return 0

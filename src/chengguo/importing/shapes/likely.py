"""What a line that stands under no word is likely to be: names of who does it, or by when.

Both are strict: what follows a date in a sentence is no schedule, and what may be no name is none.
"""

import re

from chengguo.departments import roles
from chengguo.departments.cells import read_cell
from chengguo.departments.tokens import NOBODY
from chengguo.schedules import read_schedule
from chengguo.text.widths import folded

_MOST_NAMES, _LONGEST = 300, 40  # characters
_SAYS_NO_TIME = frozenset({"state", "none", "ditto"})
# How a schedule ends: in a unit or part of time, or in what is done till then.
_TIME_ENDS = re.compile(
    r"(?:[年月日号周旬底末初前后内中间时起止期次季天]|季度|半年|完成|办结|推进|推动|开展|坚持|实施|落实|执行|进行|到位|见效|启动"
    r"|[动开竣完]工|投入使用|投用"
    r"|抓好|做好|整改|销号|长期|全年|化|改|\d)[)）]?[。；;]?$"
)
# What a task begins with or has, though it ends as a name does: 扩建学校2所, 建成中医馆.
_IS_DONE = re.compile(
    r"\d(?:所|个|家|处|座|[支中]队|[站馆室社局村镇]$)|^(?:[扩改迁续重]建|建[成好立设]|改造|举办|承办|组建|清理|引进|推出|更换|修复|召开|新[增设]|增[设加]|整治|设立|招[聘商]|完[成善]"
    r"|培[育训]|创[建办]|启[用动]|布局|升级|评选|命名|认定|挂牌|申报|争[创取]|用好|办好|建优|做[强优大])(?![办部局处科]$)"
)
_MARKS = re.compile(f"[{roles.MARKS}]")
_OF_SEVERAL = re.compile("以上|以下|上述|下列|前述|各项")  # 以上任务均于12月底前完成: of no one task


def is_names(text: str) -> bool:
    """True if a line is names, with their roles or a schedule, and nothing else; or says: nobody."""
    if len(text) > _MOST_NAMES or text.endswith("。"):
        return False
    if NOBODY.fullmatch(folded(text)):
        return True
    found = read_cell(_MARKS.sub(" ", text))
    names = [unit.name for unit in (*found.lead, *found.support)]
    says_who = bool(found.is_ditto or names) and not found.doubts and not any(map(_IS_DONE.search, names))
    return says_who and (not found.schedule or is_schedule(found.schedule))


def is_schedule(text: str) -> bool:
    """True if a line is a schedule, and no sentence that tells of a time."""
    if len(text) > _LONGEST or not _TIME_ENDS.search(text) or _OF_SEVERAL.match(text):
        return False
    found = read_schedule(text)
    return found.is_understood and found.kind not in _SAYS_NO_TIME

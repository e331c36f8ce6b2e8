"""Which column is which, by the words that offices print above them."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, count

from chengguo.departments import bodies, roles
from chengguo.errors import WrongUsage
from chengguo.importing.returning import reckoned
from chengguo.importing.returning.appendix import MAIN
from chengguo.importing.shapes import questions
from chengguo.language import _, listed
from chengguo.registry.fields import TAKEN
from chengguo.text.traditional import SIMPLIFIED
from chengguo.text.widths import folded

# The words that are sure, by field.
_SAID = {
    "number": "序号 编号 序 项次 项目编号 任务序号 任务编号 序次 no. no itemno. s/n #",
    "section": (
        "类别 板块 领域 任务类别 工作类别 一级任务 任务板块 重点领域 方面 章节 分类 类型 "
        "任务分类 工作板块 工作领域 一级分类 二级分类 部分 section "
        "theme pillar category workstream priorityarea"
    ),
    "title": (
        "重点任务 工作任务 主要任务 项目 任务名称 任务 整治任务 重点工作 工作事项 任务事项 "
        "重点事项 事项 项目名称 工作项目 二级任务 目标任务 工作内容 改革任务 重点工作任务 "
        "任务项目 建设任务 工作重点 督查事项 整改任务 实事项目 工作要点 主要工作 重点项目 "
        "改革事项 事项名称 实施项目 工作名称 action actions task tasks activity "
        "activities measure measures initiative keyaction keytask recommendation workitem"
    ),
    "content": (
        "重点任务主要内容 主要内容 具体要求 工作措施 目标和要求 具体任务 具体内容 任务内容 "
        "具体措施 工作要求 主要措施 任务要求 内容 工作目标 具体举措 举措 目标要求 政策措施 "
        "三级任务 细化任务 任务举措 具体工作 重点内容 措施 主要举措 落实举措 工作举措 建设内容 "
        "目标 年度目标 主要目标 推进举措 推进措施 任务目标 任务措施 工作任务及措施 工作内容及要求 "
        "实施内容 整改措施 任务分解 description details steps objective objectives target targets"
    ),
    "lead": "部门分工 责任分工 ledby assignedto incharge departmentresponsible agencyresponsible",
    "support": (
        "相关单位 相关部门 有关单位 有关部门 涉及单位 涉及部门 关联单位 关联部门 contributors collaborators "
        "partners partneragencies partnerorganisations partnerorganizations"
    ),
    "schedule": (
        "计划进度 完成时限 时限要求 时间进度 时间节点 进度安排 完成时间 时限 办结时限 "
        "计划完成时间 时间安排 完成期限 进度要求 工作时限 完成时间节点 时间要求 进度 期限 "
        "完成时限要求 整改时限 实施时间 起止时间 推进时限 目标时限 计划完成时限 完成日期 办结时间 "
        "推进时间 整改期限 完成节点 工作进度 年度进度 时间 日期 实施进度 实施期限 timeline deadline duedate "
        "targetdate timeframe completiondate targetcompletiondate when bywhen due schedule"
    ),
}
FIELDS = {field: tuple(words.split()) for field, words in _SAID.items()}
# Words that no list has, by how they are built; those of persons (责任领导, 责任人) are built otherwise.
_BUILT = {
    "number": re.compile(
        "(?:序|编|项|任务)(?:号|次)|(?:item|action|task|measure|project|serial|ref(?:erence)?)?(?:no[.]?|number)|s/?n|ref[.]?|#",
        re.IGNORECASE,
    ),
    "section": re.compile(".{0,6}(?:类别|板块|领域|分类|类型|方向|[大中小子]类)|[一二]级(?:指标|目标|目录)"),
    "schedule": re.compile(
        "(?!.*(?:(?:开工|启动|开始)(?!.*(?:完|竣|结束))|填报|报送|印发|更新|当前|目前|累计|形象|实际|交办"
        "|受理|发文|批示|接收|提出|检查|发现|立项|签订|会议|下达|登记))(?:[^(]{0,6}(?:时间|时限|期限|日期|节点|进度|时序)(?:要求|安排|节点|计划|及进度|及要求)?"
        "|[^(]{0,4}(?:推进|进度|时间|时序|序时|完成|阶段|节点)(?:计划|安排)表?|[^(]{0,4}(?:期程|工期)"
        "|(?:计划|预计|拟)?完成(?:[年月季]度?|年限|月份|周期)|时间表|里程碑|限[期时]|计划安排|到期日|截止日)"
        "|(?:target|planned|completion|complete|expected|milestone|final|due|delivery|end|time|implementation)*"
        "(?:date|deadline|timeline|timelimit|timeframe|timescale|schedule|period|by)"
        "|(?:target|planned|expected)?completion(?:time)?|(?:tobe)?completedby|target(?:year|month|quarter)"
        "|finish|milestones?|timing|datedue",
        re.IGNORECASE,
    ),
    "content": re.compile(
        ".{0,8}(?:内容|措施|举措|要求|目标|任务分解|任务细化)(?:[及和与、/(].*)?|(?:key)?(?:deliverables?|outputs?)|(?:description|details)(?:of.*)?",
        re.IGNORECASE,
    ),
    "title": re.compile(
        "(?:.{0,8}(?:任务|事项|项目|要点|工作|工程)|(?:重点|专项|重大|具体|主要|攻坚|工作)*(?:行动|课题)"
        "|(?:主要|重点|核心|具体|考核|评价|任务|年度|工作|绩效|约束性|预期性)*指标|(?:民生|惠民|为民|重点)*实事)"
        "(?:名称?|标题|清单|描述|说明)?(?:[(].*)?|案由|议题"
        "|(?:代表|委员|政协|人大|重点)*(?:建议|提案|议案)(?:名称?|标题|案由|题目|内容)?"
        "|(?:key|planned|priority|main|major|specific|proposed|policy)*(?:action|task|activity|measure|initiative"
        "|project|commitment|recommendation|indicator|proposal|work)"
        "(?:s|items?|name|title|description|required|stobetaken|content)?",
        re.IGNORECASE,
    ),
}
# The words of a part of the plan's time: what stands below is the target of it.
_YEAR = re.compile("(?:(?:19|20)[0-9]{2}年?|(?:本|全|当|今)年|年度)度?(?:目标|任务|工作|进度|计划)")
_PERIOD = re.compile(
    f"{_YEAR.pattern}|第?[一二三四1-4]季度|[上下]半年|(?:1[0-2]|[1-9])(?:[-—~至](?:1[0-2]|[1-9]))?月份?(?![前底末])"
)
_TIME = re.compile(f"(?:19|20)[0-9]{{2}}年?度?|{_PERIOD.pattern}")
# Two levels above a task of its own: 一级任务, 二级任务, 具体任务.
_LEVELS = re.compile("一级.+"), re.compile("二级.+")
_OF_OWN = re.compile("(?:三级|具体|细化|重点|主要|工作|年度)*(?:任务|事项|项目)(?:名称)?")
_WHAT = re.compile("任务|事项")  # what a column of contents says of its first half: 重点任务及内容
_MORE = tuple("及和与、/(")  # what begins the rest of a word that says more than a role
_REMARK = re.compile(r"\([^()]*\)$")  # 完成时限(2025年)
_LONGEST = 30  # characters of a word above a column
# Of several columns, the one whose word says it best.
_FOREMOST = {
    "number": re.compile("序"),
    "lead": roles.CHIEF,
    "schedule": re.compile("完成|办结|时限|期限"),
}
_WORDS = {word: field for field, words in FIELDS.items() for word in words}


@dataclass(frozen=True, slots=True)
class Columns:
    """The places, from 0, of each field that a table has, its words, and the places that were guessed.

    ``printed`` are the words on one line each, as they stand in the table. ``computed`` are the places of
    what an export of ours reckons from the registry.
    """

    places: Mapping[str, tuple[int, ...]]
    words: tuple[str, ...]
    guessed: tuple[int, ...] = ()
    printed: tuple[str, ...] = ()
    computed: tuple[int, ...] = ()
    height: int = 1

    def __contains__(self, field: object) -> bool:
        """True if the table has a column of the field."""
        return field in self.places

    def first(self, field: str) -> int:
        """Return the place of a field, 0 where it has none."""
        return self.places.get(field, (0,))[0]

    @property
    def last(self) -> int:
        """The last place that holds a field."""
        return max(place for places in self.places.values() for place in places)

    @property
    def taken(self) -> frozenset[int]:
        """The places that hold a field."""
        return frozenset(place for places in self.places.values() for place in places)

    def own(self) -> dict[int, str]:
        """Return the headings, by their places, of the columns that hold no field; each heading stands once.

        Those whose word the table has had already begin another table beside.
        """
        found: dict[int, str] = {}
        for place, word in enumerate(self.words):
            if not word or place in self.taken or (word in self.words[:place] and word in _WORDS):
                continue
            if place in self.computed:
                continue
            heading = self.printed[place]
            names = chain((heading,), (f"{heading}（{number}）" for number in count(2)))
            found[place] = next(name for name in names if name not in TAKEN and name not in found.values())
        return found

    def remarked(self) -> list[str]:
        """Return the headings of fields that say more in a bracket: 完成时限（2026年）."""
        return [self.printed[at] for at in sorted(self.taken) if _is_remarked(self.printed[at])]

    def reckoned(self) -> dict[int, str]:
        """Return the headings, by their places, of what an export of ours reckons; none of another table."""
        return {place: self.printed[place] for place in self.computed}

    def guessing(self, told: Collection[str]) -> "Columns":
        """Return the columns with the words of ``told`` as guesses, by the cells below them."""
        new = (place for place in self.taken if self.words[place] in told)
        return replace(self, guessed=(*self.guessed, *new))

    def field(self, place: int) -> str:
        """Return the field that stands at a place."""
        return next((field for field, places in self.places.items() if place in places), "")


_PROBLEM = re.compile(
    "(?:.{0,6}(?:存在|反馈|查摆|查出|指出|突出|发现|反映|信访|主要|具体|整改|巡察|巡视|督察|审计)的?)?问题(?:描述|表现|清单|概述)?"
)


def words(mapped: list[str]) -> dict[str, str]:
    """Return the header words with those of ``--map 列名=field`` added; raises ``WrongUsage``."""
    known = dict(_WORDS)
    for text in mapped:
        word, _equals, field = text.partition("=")
        if not word.strip() or field.strip() not in FIELDS:
            message = _("--map {text}: write a column's name, =, and a field").format(text=text)
            raise WrongUsage(message, _("Fields: {fields}.").format(fields=listed(FIELDS)))
        known[_word(word)] = field.strip()
    return known


def recognise(cells: tuple[str, ...], known: Mapping[str, str]) -> Columns | None:
    """Return the columns if the row is a header: what and who have one, and when or with whom. Else None.

    A table that has only what and who must name what by a word of the lists.
    """
    words, printed = tuple(map(_word, cells)), tuple(map(_on_one_line, cells))
    computed = tuple(reckoned.of_export(printed, MAIN).values())
    listed = {
        place: field
        for place, word in enumerate(words)
        if place not in computed and (field := _listed(word, known))
    }
    if not listed:
        return None
    fields = {
        place: listed.get(place) or built(word) for place, word in enumerate(words) if place not in computed
    }
    if any(
        _answers(words[place], words[place + 1])
        for place in range(len(words) - 1)
        if not fields.get(place + 1)
    ):
        return None
    what = {"title", "content"}
    fields |= _of_levels(fields, words)
    found = _assigned(_without_periods(fields, words, known), words)
    if not what & set(found):
        found = _assigned(fields, words)
    if "title" not in found and (
        places := [place for place, word in enumerate(words) if _PROBLEM.fullmatch(word)]
    ):
        found["title"] = (places[0],)  # 问题, beside 整改措施
    if "lead" not in found or not what & set(found):
        return None
    if not {"schedule", "support"} & set(found) and not what & set(listed.values()):
        return None
    guessed = [place for places in found.values() for place in places if place not in listed and words[place]]
    return Columns(found, words, tuple(guessed), printed, computed)


def _answers(word: str, beside: str) -> bool:
    """True if beside a word for who is responsible stands who is: the row is of a card, and no header."""
    names = re.split("[、,，/]", beside)
    if roles.column_of(word) is None or roles.HEADER.fullmatch(beside):
        return False  # 市级指导单位 is a word for a column too
    if not all(map(bodies.is_whole, names)):
        return False
    is_one = bool(bodies.level(names[0])) or bodies.lacks_level(names[0])
    return is_one and not bodies.TERRITORY.fullmatch(names[0])  # 街道 is another column's word


def _without_periods(
    fields: Mapping[int, str], words: tuple[str, ...], known: Mapping[str, str]
) -> dict[int, str]:
    """Leave out the targets of periods (第一季度目标): joined into one cell, nobody knew which is which.

    The target of one year is the content where nothing else is; what --map names is what it says.
    """
    chosen = {place for place, word in enumerate(words) if known.get(word) != _WORDS.get(word)}
    periods = {place for place, word in enumerate(words) if _PERIOD.match(word)} - chosen
    years = [place for place in periods if _YEAR.match(words[place])]
    others = {place: field for place, field in fields.items() if place not in periods}
    if len(years) == 1 and "content" not in others.values():
        return {**others, years[0]: fields[years[0]]}
    return others


def _of_levels(fields: Mapping[int, str], words: tuple[str, ...]) -> dict[int, str]:
    """Return the fields of a second level and of the task below it, where a table has both levels above."""
    upper, lower = (
        next((at for at, word in enumerate(words) if each.fullmatch(word)), -1) for each in _LEVELS
    )
    own = next((at for at, word in enumerate(words) if at > lower and _OF_OWN.fullmatch(word)), -1)
    is_so = 0 <= upper < lower < own and fields.get(upper) == "section" and fields.get(lower) == "title"
    return {lower: "section", own: "title"} if is_so and fields.get(own) in {"title", "content"} else {}


def _on_one_line(cell: str) -> str:
    return "".join(line.strip() for line in cell.splitlines())


def words_above(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of the cells of a row, as the lists have them."""
    return tuple(map(_word, cells))


def named(cells: tuple[str, ...], known: Mapping[str, str]) -> dict[str, str]:
    """Return the words of a row that name a field, and the field."""
    fields = {word: _listed(word, known) or built(word) for word in map(_word, cells)}
    return {word: field for word, field in fields.items() if field}


@lru_cache(maxsize=4096)  # each cell of a table may be a heading
def _word(cell: str) -> str:
    word = _whole(cell)
    bare = _REMARK.sub("", word)
    return bare if _listed(bare, _WORDS) else word


def _whole(cell: str) -> str:
    return folded(cell).rstrip(":*?").translate(SIMPLIFIED)


def _is_remarked(heading: str) -> bool:
    """True if the bracket of a heading is no part of the word that is known: 责任单位（部门） is one."""
    whole = _whole(heading)
    return _word(heading) != whole and not _listed(whole, _WORDS)


def is_problem(text: str) -> bool:
    """True if a text names what is to be mended, which is the task where nothing else says it."""
    return _PROBLEM.fullmatch(_word(text)) is not None


def is_time(text: str) -> bool:
    """True if a text is a part of the plan's time: 2026年, 一季度."""
    return _TIME.fullmatch(_word(text)) is not None


def is_sure(text: str, known: Mapping[str, str]) -> bool:
    """True if a text names a field by the words of the lists, or by those of roles or questions."""
    return bool(_listed(_word(text), known))


def _listed(word: str, known: Mapping[str, str]) -> str | None:
    """Return the field of a word that is sure: of the lists, or built of the words of roles."""
    return known.get(word) or known.get(word.lower()) or roles.column_of(word) or questions.field_of(word)


def built(word: str) -> str:
    """Guess the field of a word that no list has, empty where it is none."""
    if not word or len(word) > _LONGEST:
        return ""
    said = roles.HEADER.match(word)
    if said and word[said.end() :].startswith(_MORE) and (role := roles.column_of(said[0])):
        return role  # 责任单位及责任人
    return next((field for field, pattern in _BUILT.items() if pattern.fullmatch(word)), "")


def _assigned(fields: Mapping[int, str], words: tuple[str, ...]) -> dict[str, tuple[int, ...]]:
    """Return the places of each field; a word that comes again begins another table, which is not read."""
    found: dict[str, tuple[int, ...]] = {}
    for place, field in fields.items():
        if field and words[place] not in words[:place]:
            found[field] = (*found.get(field, ()), place)
    for field in [each for each in _FOREMOST if each in found]:
        place = _foremost(field, found[field], words)
        others = tuple(each for each in found[field] if each != place)
        found[field] = (place,)
        chief = tuple(each for each in others if _FOREMOST["lead"].search(words[each]))
        if field == "lead" and others and _FOREMOST["lead"].search(words[place]):
            found["lead"] += chief  # 县级牵头单位 beside 市级牵头单位
            rest = tuple(each for each in others if each not in chief)  # 责任单位 beside 牵头单位
            found |= {"support": tuple(sorted((*rest, *found.get("support", ()))))} if rest else {}
        elif field == "lead":  # 责任村(社区) beside 责任部门
            found["lead"] += tuple(each for each in others if roles.OF_PLACES.fullmatch(words[each]))
    if "title" not in found and (
        wide := [at for at in found.get("content", ()) if _is_wide(at, words) and _WHAT.search(words[at])]
    ):
        found["title"] = (wide[0],)  # 重点任务及内容 above two columns
        found["content"] = (*(at for at in found["content"] if at != wide[0]), wide[0] + 1)
    first, *more = found.get("title", (-1,))
    if "content" not in found and not more and 0 <= first < len(words) - 1 and not words[first + 1]:
        more = [first + 1]  # one word above two columns
    if more:
        found["title"] = (first,)
        found["content"] = tuple(sorted((*more, *found.get("content", ()))))
    # One word above two columns, where a word stands above a later one: 整改措施, empty, 责任单位.
    blank = [place + 1 for place in found.get("content", ()) if _is_wide(place, words)]
    if new := [place for place in blank if place not in found["content"]]:
        found["content"] = tuple(sorted((*found["content"], *new)))
    return found


def _is_wide(place: int, words: tuple[str, ...]) -> bool:
    """True if a word stands above two columns, and another above a later one."""
    return bool(words[place]) and place + 2 < len(words) and not words[place + 1]


def _foremost(field: str, places: tuple[int, ...], words: tuple[str, ...]) -> int:
    return next((place for place in places if _FOREMOST[field].search(words[place])), places[0])

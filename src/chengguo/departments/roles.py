"""ROLES: the words that say what a department does, and the patterns that are built of them.

One table serves the words above columns, the labels of lines and of cells, brackets behind names and what
follows a name. A new word is a line here with its example, which is its test.
"""

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from chengguo.text.expressions import expression
from chengguo.text.traditional import SIMPLIFIED

# Who answers leads, unless somebody else does. Who is unclear has the role of the column, with a doubt; who
# only watches (督办) has none, and is told.
Kind = Literal["lead", "answer", "support", "unclear", "watch"]
_ORDER: tuple[Kind, ...] = ("lead", "support", "watch", "answer", "unclear")  # 牵头负责 leads
_ANYWHERE = "column unit label bracket after"
_NAMES_TOO = f"{_ANYWHERE} name"
_ALONE = "column unit label bracket"
_COUNTY = "县(?:人民政府|政府|委|纪委|人大|政协|直|$)"  # 会同县 is one
_DUTY = "(?:按照?|根据|依据?|依照)(?:各自)?(?:部门)?(?:职责|职能)(?:分工|范围)?"


class RoleWord(NamedTuple):
    """A word, which may be an expression, and what it says of 市科委 in its example.

    It ``stands`` alone above a column, before 单位 and the like (unit), alone before a colon (label), in a
    bracket behind a name, after a name; or within one (name), where it says nothing.
    """

    word: str
    kind: Kind
    example: str
    stands: str = _ANYWHERE


# fmt: off
ROLES: tuple[RoleWord, ...] = (
    RoleWord("牵头", "lead", "市科委牵头，市教委配合"),
    RoleWord("主办", "lead", "市科委主办", _NAMES_TOO),
    RoleWord("主责", "lead", "市科委主责"),
    RoleWord("承办", "lead", "承办单位：市科委"),
    RoleWord("主导", "lead", "市科委主导", _NAMES_TOO),
    RoleWord("主抓", "lead", "市科委主抓"),
    RoleWord("抓总", "lead", "市科委抓总"),
    RoleWord("负?总责", "lead", "市科委负总责，各区政府具体落实"),
    RoleWord("(?:第一|主要|首要|首席|主体|直接)责任", "lead", "主要责任单位：市科委"),
    RoleWord("(?i:lead(?:ing)?)", "lead", "Lead: 市科委", _ALONE),
    RoleWord("为主体?(?![管要办责])", "lead", "以市科委为主，市教委配合", "after"),
    RoleWord("责任", "answer", "责任单位：市科委", _NAMES_TOO),
    RoleWord("负责", "answer", "市科委、市教委负责"),
    RoleWord("主管", "answer", "主管部门：市科委", _NAMES_TOO),
    RoleWord("实施", "answer", "市科委实施", "unit label bracket after name"),
    RoleWord("执行", "answer", "执行单位：市科委", "unit label bracket after name"),
    RoleWord("办理", "answer", "市科委办理", "unit label bracket after name"),
    RoleWord("(?:抓好?|具体|组织)落实", "answer", "市科委抓好落实", "bracket after"),
    RoleWord("落实", "answer", "落实单位：市科委", "unit label name"),
    RoleWord("经办", "answer", "经办单位：市科委", "unit"),
    RoleWord("分办", "answer", "分办：市科委、市教委", "column unit label bracket name"),
    RoleWord("组织", "answer", "组织单位：市科委", "unit label name"),
    RoleWord("成员", "answer", "成员单位：市科委", "unit name"),
    RoleWord(_DUTY, "answer", "市科委按职责分工负责", "bracket after"),
    RoleWord("(?:按照?)?分工(?:负责|落实)", "answer", "市科委、市教委分工落实", "bracket after"),
    RoleWord("结合(?:各自|自身|本地区?)?(?:工作)?实际", "answer", "市科委结合实际落实", "bracket after"),
    RoleWord("各负其责|各司其职", "answer", "市科委、市教委各负其责", "bracket after"),
    RoleWord("权责|主政", "answer", "权责单位：市科委", "unit"),
    RoleWord("包[案保抓]", "answer", "包案单位：市科委", "unit"),
    RoleWord("归口管理", "answer", "归口管理部门：市科委", "unit label"),
    RoleWord("承[接担]", "answer", "承接单位：市科委", "unit label"),
    RoleWord("(?:推进|完成|分工|发起|起草|认领|主持)", "answer", "推进单位：市科委", "unit"),
    RoleWord("(?i:responsib(?:le|ilit(?:y|ies)))", "answer", "Responsible: 市科委", _ALONE),
    RoleWord("(?i:implementing|executing|accountable|owner)", "answer", "Implementing: 市科委", _ALONE),
    RoleWord("配合", "support", "市教委牵头，市科委配合"),
    RoleWord("(?<![政科])协办", "support", "市教委主办，市科委协办"),
    RoleWord("协助", "support", "市教委牵头，市科委协助"),
    RoleWord("协同", "support", "市教委牵头，市科委协同", _NAMES_TOO),
    RoleWord("协作", "support", "责任单位：市教委；协作单位：市科委", _NAMES_TOO),
    RoleWord("参与", "support", "市教委牵头，市科委参与"),
    RoleWord("参加", "support", "市教委牵头，市科委参加", _NAMES_TOO),
    RoleWord("支[持援]", "support", "市教委牵头，市科委支持", _NAMES_TOO),
    RoleWord("会办", "support", "市教委主办，市科委会办", _NAMES_TOO),
    RoleWord("(?<!科)联办", "support", "市教委主办，市科委联办", _NAMES_TOO),
    RoleWord("合办", "support", "主办单位：市教委；合办单位：市科委", "unit"),
    RoleWord("参建", "support", "责任单位：市教委；参建单位：市科委"),
    RoleWord("会同", "support", "责任单位：市教委；会同单位：市科委", "unit label"),
    RoleWord("(?:合作|共建|联动|联合(?=[单部机]))", "support", "责任单位：市教委；合作单位：市科委", "unit"),
    RoleWord("(?:支撑|(?:服务)?保障|辅助|协管)", "support", "责任单位：市教委；支撑单位：市科委", "unit"),
    RoleWord("(?:服务)?保障(?!\\w)", "support", "市教委牵头，市科委保障", "bracket after name"),
    RoleWord("(?<![督监][促督])指导(?!督促|监督)", "support", "市教委牵头，市科委指导", "bracket after name"),
    RoleWord("次(?:要责任|责)", "support", "责任单位：市教委；次要责任单位：市科委", "unit"),
    RoleWord("其[他它]", "support", "第一责任单位：市教委；其他责任单位：市科委", "unit name"),
    RoleWord("(?i:support(?:ing)?)", "support", "Lead: 市教委; Supporting: 市科委", _ALONE),
    RoleWord("(?i:assisting|contributing)", "support", "Lead: 市教委; Assisting: 市科委", _ALONE),
    RoleWord(
        "(?i:cooperating|participating)", "support", "Lead: 市教委; Cooperating: 市科委", _ALONE
    ),
    RoleWord("(?i:collaborating|partnering)", "support", "Lead: 市教委; Collaborating: 市科委", _ALONE),
    RoleWord("(?i:(?<!lead)(?<!lead )partners?)", "support", "Lead: 市教委; Partners: 市科委", _ALONE),
    RoleWord("(?i:(?:supported|assisted) ?by)", "support", "Lead: 市教委; Supported by: 市科委", _ALONE),
    RoleWord(
        "(?i:in ?(?:co-?operation|collaboration|partnership) ?with)",
        "support",
        "Lead: 市教委; In cooperation with: 市科委",
        _ALONE,
    ),
    RoleWord("(?i:other)", "support", "Lead agency: 市教委; Other agencies: 市科委", "unit"),
    RoleWord("统筹", "unclear", "市科委统筹", _NAMES_TOO),
    RoleWord("协调", "unclear", "市科委协调", _NAMES_TOO),
    RoleWord("第[二三]责任", "unclear", "第一责任单位：市教委；第二责任单位：市科委"),
    RoleWord("落实", "unclear", "市科委落实", "bracket after"),
    RoleWord("指导", "watch", "责任单位：市教委；指导单位：市科委", "column unit label name"),
    RoleWord("督办", "watch", "市教委主办，市科委督办", _NAMES_TOO),
    RoleWord("督导", "watch", "责任单位：市教委；督导单位：市科委", _NAMES_TOO),
    RoleWord("(?:指导)?督促(?:指导)?", "watch", "市教委负责，市科委督促落实"),
    RoleWord("督查", "watch", "市教委负责，市科委督查", _NAMES_TOO),
    RoleWord("(?:指导)?监督(?:指导)?", "watch", "责任单位：市教委；监督单位：市科委", _NAMES_TOO),
    RoleWord("验收", "watch", "责任单位：市教委；验收单位：市科委", _NAMES_TOO),
    RoleWord("考核", "watch", "责任单位：市教委；考核单位：市科委", _NAMES_TOO),
)


class Joint(NamedTuple):
    """A word between one who leads and one who has the role ``second``, and what is before and after it."""

    word: str
    second: Kind
    example: str
    before: str = ""
    after: str = ""


JOINTS: tuple[Joint, ...] = (
    Joint("会同", "support", "市科委会同市教委", after=f"(?!(?<=^会同){_COUNTY})"),
    Joint("会商", "support", "市科委会商市教委"),
    Joint("商", "support", "市科委商市教委", after="(?=[省市国有财发科])"),
    Joint("会", "support", "市财政局会市教委", before="(?<=[局厅办部署院])", after="(?=[省市县区州国])"),
    Joint("联合", "unclear", "市科委联合市教委", after="(?!会|体|国|大学|办|社)"),
)
# What a unit is called behind such a word; how the work is shared before one, and what is done behind it.
UNIT = (
    "(?:单位|部门|机关|机构|局处|(?:政策)?局(?=/部门)|处室|科室|股室|主体(?:单位|部门)?|方"
    "|(?i: ?(?:agenc(?:y|ies)|departments?|bod(?:y|ies)|units?|offices?|entit(?:y|ies)|organi[sz]ations?"
    "|institutions?|divisions?|bureau[sx]?|branch(?:es)?|ministr(?:y|ies)|authorit(?:y|ies)|part(?:y|ies)|partners?|teams?)"
    "(?: ?(?:involved|concerned))?))"
)
# Who else a word above a column may be of: 责任企业, 责任村(社区). 支持企业 are those that are supported.
_PLACES = "(?:县区|县市区|区县|市县|园区|开发区|乡镇|镇街|街镇|街道|社区|村居|[镇乡村])"
_BODIES = (
    f"(?<!支持)(?<!组织)(?<!成员)(?<!其他)(?:{_PLACES}|企业|公司|集团|学校|高校|院校|学院|院系|院所|医院|协会|商会|[站办所局]{{2}}|部室"
    r"|[处科股]\([处科股]\)室|党?支部|团队|专班|班组|工作组|组|车间|单元|实体|平台)"
)
# Of what somebody has a role, and whose he is: 整改牵头单位, 牵头整改单位, 市级责任部门.
_OF = "(?:整改|项目|任务|工作|改革|行业|业务|建设|事项|问题)"
_WHICH = "(?i:(?:action|task|project|primary|main|key|overall|delivery) ?)"  # Action owner
_WHOSE = (
    r"(?:(?:[省市州县区乡镇局厅]|街道|村|社区){1,2}[级直属]?(?:\([^()]{1,6}\))?|中央|国家|本级|部门|属地|地方|兵团)"
)
_HOW = (
    "(?:共同|联合|分别|双|均|总|具体|统一|主要|第一|首要|主(?=牵头|承办|责任)|积极|密切|予以|组织|抓好?"
    "|依法|各自|属地|归口)"
)
_THEN = "(?:推进|做好|组织|完成)"
_PERSON = "(?:人员?|领导|同志|负责人)"
# Persons and how to reach them, and by when: labels beside those of roles.
PERSONS = (
    f"(?:[^\\W\\d_]{{0,3}}(?:责任|分管|主管|牵头|包[保联案抓]|挂钩|联系|联络|负责|经办)(?:负责)?[省市州县区]?{_PERSON}"
    "|(?:联系)?(?:电话|方式)|手机)"
)
# What is done by then: 办结时限. Without such a word 时限 is a label by itself, and no end of 使用期限.
_DONE = "(?:完成|办结|办理|办复|答复|回复|落实|整改|整治|治理|解决|化解|销号|建成|达标|推进|实施|执行)"
_TILL = "(?:时限|期限|时间节点|节点)(?:要求)?"
SCHEDULES = (
    f"(?:(?:计划|拟)?(?:{_DONE}|交办|工作){_TILL}|(?<![^\\W\\d_])(?:计划|拟)?{_TILL}"
    f"|(?:计划)?{_DONE}时间|计划进度|进度安排|时间进度)"
)
# fmt: on


def words(stands: str, *kinds: Kind) -> str:
    """Return the words that stand in one of these places, of these kinds or of all, as an expression."""
    places = frozenset(stands.split())
    found = [
        each for each in ROLES if places & frozenset(each.stands.split()) and each.kind in (kinds or _ORDER)
    ]
    return f"(?:{'|'.join(each.word for each in found)})"


def _chain(stands: str) -> str:
    """Return an expression for words that follow one another: 共同牵头负责, 协同配合.

    People write fewer than it takes; without an end it would look through all that repeats from each place.
    """
    return f"{_HOW}{{0,6}}{words(stands)}(?:{words(f'unit {stands}')}|{_HOW}|{_THEN}){{0,12}}+"


_NAMES = f"{_chain('unit')}(?:领导)?{_OF}?"
NAMED = f"{_NAMES}{UNIT}"  # 牵头单位, 主要责任部门, 牵头领导单位
_HEADED = f"{_NAMES}(?:{UNIT}|{_BODIES})"
_NAMED = expression(_HEADED)
_BESIDE = rf"(?:[/(、](?:{UNIT}|{_PLACES})\)?|\({NAMED}\))?"  # 责任单位(部门), 责任单位(牵头单位)
_QUALIFIED = f"(?:{_WHOSE}|{_OF}|{_WHICH})*+"
HEADER = expression(
    rf"{_QUALIFIED}(?P<first>{_HEADED}{_BESIDE})(?:[及和与、/]{_QUALIFIED}{_HEADED}{_BESIDE})*|(?:{_WHOSE}|{_WHICH})*+{_chain('column')}"
)
LABEL = expression(
    rf"(?P<schedule>{SCHEDULES}|时间):|(?P<person>{PERSONS}):|(?P<role>{_HEADED}|{_chain('label')}):"
)
LINE_LABEL = f"(?:{NAMED}|{SCHEDULES}|{PERSONS})"
_LINE_LABEL = expression(LINE_LABEL)
BARE_LABEL = expression(rf"(^|[\s、,;])({NAMED})(?:\s+|(?=[国省市州县区各]))")
BRACKET = expression(f"{NAMED}|{_chain('bracket')}")
AFTER = rf"(?:作?为|是){NAMED}|{_chain('after')}"
WITHIN = expression(_chain("after"))  # 市科委负责制定方案, 市科委牵头市财政局
_JOINTS = {each.word: f"{each.before}{each.word}{each.after}" for each in JOINTS}
JOINT = expression("|".join(_JOINTS.values()))
SECOND = {each.word: each.second for each in JOINTS}
_IN_NAMES = frozenset(each.word for each in ROLES if "name" in each.stands.split())
_FREE = "|".join(each.word for each in ROLES if "after" in each.stands and each.word not in _IN_NAMES)
FREE = expression(_FREE)  # what no name holds
# What makes two of a name: 市科委负责方案, 市科委指导市教委; a label is none.
NOT_IN_NAME = (
    rf"(?<![各关他级属直])(?:{_FREE})|(?<=[局厅委办部院府]){words('name')}(?=[各省市州县区])|^(?!其){NAMED}$"
    rf"|{_JOINTS['会同']}|(?:主办|督办)$"
)
LEADS = expression(f"(?<![各关]){words('after', 'lead')}")
CHIEF = expression(words("column unit", "lead"))
OF_PLACES = expression(rf"{_NAMES}{_PLACES}(?:[/(、]{_PLACES}\)?)?")  # 责任村(社区)
# A bracket that says who: by a label, by a word of those who lead, or by one that means it only after names.
IN_BRACKET = expression(
    rf"(?:{UNIT}|{words('label')})\s*[:：]|^{NAMED}[\s国省市州县区各]"
    rf"|{words('after', 'lead')}|负责(?!人|同志)|会同|按职责"
)
HELPS = expression(words("after"))
SURELY = expression(rf"{words('after', 'lead')}|负责|{UNIT}[:：]")  # though nothing is numbered
MARKS = "★☆*▲△●○◆◇■□※#◎√✓"


def column_of(word: str) -> Literal["lead", "support"] | None:
    """Return the column that a word above it names; None for one that names neither."""
    said = HEADER.fullmatch(word)
    kind = kind_of(said["first"] or word, "column") if said else None
    return "lead" if kind in {"lead", "answer"} else "support" if kind == "support" else None


def simplified(text: str) -> str:
    """Return the text with its labels in simplified script: names stay as they are printed."""
    parts, end = [], 0
    for label in _LINE_LABEL.finditer(folded := text.translate(SIMPLIFIED)):
        parts += [text[end : label.start()], folded[label.start() : label.end()]]
        end = label.end()
    return "".join([*parts, text[end:]])


@lru_cache(maxsize=256)
def kind_of(said: str, stands: str = "after bracket") -> Kind:
    """Return what words say together, there or before 单位; to lead and support at once is unclear."""
    stands = "unit" if _NAMED.search(said) else stands
    kinds = {word.lastgroup for word in _by_kind(stands).finditer(said)}
    if {"lead", "support"} <= kinds:
        return "unclear"
    return next(kind for kind in _ORDER if kind in kinds)


@lru_cache
def _by_kind(stands: str) -> re.Pattern[str]:
    return expression("|".join(f"(?P<{kind}>{words(stands, kind)})" for kind in _ORDER))

"""What names of public bodies look like: whole names, groups, the level that a name begins with.

Conventions of official tables; nothing here knows any register.
"""

import re

from chengguo.departments import roles
from chengguo.text.expressions import expression

LONGEST = 100  # characters of a name
LEVELS = "省市州县区旗盟"
_PLACES = (
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州"
    "|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆"
)
_CENTRAL = expression(r"国家|中国|中央|中共中央|全国|国务院|最高|中华|中科院")
# What a body is called by its end. 会 and 部 end other words too (社会, 内部).
_STRONG_END = expression("(?:[局厅委办部院署会社队校室处所站行联协)]|政府|公司|集团|大学|中心|公安|海关)$")
_END = expression(
    r"^共青团$|.(?:[局厅办院署府行馆站队联处室所科股]|(?<!社)会|(?<![内全局干])部|[委协校组庭]|(?<![和与及])社|中心|组织|政府|公司|集团|大学|园区|开发区"
    r"|新区|海关|公安|法制|银行|医院|机场|企业|国企|单位|部门|机构|高校|院校|[中小]学|幼儿园|军区|警备区|基地|专班|平台|街道"
    r"|办事处|[省州县区旗盟街]|(?<!城)[市镇乡]|(?<![农乡])村|社区|团[省市州县区]委|武警|兵团|保险|电网|电视台|电台"
    r"|移动|电信|联通|铁塔|邮政|石化|石油|团中央|共青团中央|党总支)$"
)
# What follows a letter of level: 市场 and 市政 are words of a trade, not a city's.
_WORD_OF_A_TRADE = "场|政(?!府|协|务|法)|容|块|域|内|外(?![办事专国经汇宣侨])"
_LEVEL = expression(rf"自治区|自治州|兵团|[{LEVELS}](?!{_WORD_OF_A_TRADE}|直$|级$)")
_PLACE_LEVEL = expression(rf"(?:(?:{_PLACES})|[\u4e00-\u9fff]{{2,6}}?)(?:自治区|自治州|自治县|[{LEVELS}])")
_PLACE = expression(_PLACES)
FIRMS = "移动|电信|联通|铁塔|邮政|石化|石油|银行|保险|人寿|人保|电网"
# What stands before the place of a branch, which is no part of that: 人民银行东浦市分行, 武警东浦市支队.
_OWNER = expression(
    f"{FIRMS}|国网|邮储|农发行|国开行|农商行|财险|烟草|武警|共青团|民[革盟建进]|农工党|致公党|九三学社|台盟|工商联|总[局署队行社]"
)
# The trades of offices: a name that begins so and ends as an office lacks its level.
_TRADE = expression(
    "发展|发改|改革|经济|经信|工信|工业|科技|科学|科委|教育|教委|教体|公安|民政|民宗|民族|宗教|司法|财政|人社|人力|自然资源"
    "|规划|规自|生态|环保|环境|住建|住房|建设|建委|城管|城市|城乡|交通|水利|水务|农业|农委|农办|商务|文旅|文化|文广|旅游"
    "|卫健|卫计|卫生|中医药|疾控|疾病|应急|审计|国资|市场|市政|体育|统计|医保|医疗保障|信访|知识产权|粮食|地方金融|金融|林业|园林|绿化"
    "|大数据|数据|政务|政府办|政府研究|政府法制|退役|外事|外办|机关|台办|侨办|税务|气象|水文|通信管理|地震|纪委|监委|人大|政协"
    "|工会|总工会|妇联|残联|科协|文联|工商|质监|质量|食品|药监|药品|安监|安全生产|烟草|邮政|消防|海洋|渔业|港航|口岸"
    "|乡村|扶贫|林草|农牧|外专|外国专家|能源|国土|土地|房管|房产|(?:人民)?法院|(?:人民)?检察|法制|招商|投资|供销|融媒体|行政审批|广电|广播|新闻|出版|版权|物价|史志|地方志|人防"
    "|公积金|公共资源|行政审批|行政服务|审批|营商|社会保|民防|信息|密码|保密局|外经|经贸|合作交流|机管|监察|畜牧|农机|港口|铁路办|重点工程|档案"
)
# Such an office of the whole state, and what it has elsewhere: 税务总局, 自然资源部东浦督察局.
_OF_THE_STATE = expression(rf"(?:{_TRADE.pattern})[^{LEVELS}]*?(?:总[局署](?:$|(?=..))|部(?![门分队])(?=..))")
# What such an office does, and a place's name behind both: 公安江北分局, but 公安交警分局, 生态环境分局.
_DUTIES = f"(?:{_TRADE.pattern}|监管|监督|管理|保护|综合|执法|行政|监察|稽查|交警|巡警|特警|治安|刑侦|[和与])"
_OF_A_PLACE = expression(rf"{_DUTIES}++[\u4e00-\u9fff]{{2,4}}(?:分局|分院|分中心)")
# Bodies of one rank, of which none is within another, and what is a word across a line break between two.
_RANKS = tuple(
    map(
        re.compile,
        (
            "(?<![发园新能])[县区旗]$",
            "市$",
            "(?:开发|高新|园|功能)区$",
            "(?:[镇乡]|街道|苏木)$",
            "(?:村|社区)$",
            "(?:[小中]学|学校|幼儿园|高中)$",
        ),
    )
)
_INNER = expression("(?:[科股队庭组]|车间)$")
_ONE_WORD = expression("科[技学研协普创教室目]|队伍|组[织合成]|股[份权票]|庭院")
_SHORTEST_BESIDE = 3  # characters of a name that stands beside another without a sign between
_COMMITTEE = expression("[区园城带湖岛]管(?:理)?委(?:员)?会$")  # of an area: whose it is, nobody asks
_PARTY = expression(
    "组织部|宣传部|统战部|统一战线|政法委|编办|编委办|网信办|社会工作部|社工部|老干部局|党校|政研室|改革办|财经办"
    "|巡察办|机要局|国安办|保密办|农村工作|直属机关工委"
)
_OFFICE_INSIDE = expression(rf"(?:[局厅]|(?<![{LEVELS}])委)(?=.{{3}})(?!员会)")  # no party committee: 市委
_OFFICE_END = expression("[局厅委办院署联府会协社室队馆]$|中心$")
_GROUP = expression(
    rf"(?:全?(?:自治区|[{LEVELS}])(?:级|直|属|委|政府)*)?各|(?:全?(?:自治区|[{LEVELS}])(?:级|直|属)*)?(?:有关|相关|涉及|其他|其它)"
    r"|地方(?:各级|(?=人民政府|政府))|其?(?:所属|直属|下属)|属地|所在地|沿线|沿江|沿海|成员单位|以上|上述|前述|(?:[市县区州乡镇街]|街道|乡镇)[(、]"
)
_GROUP_END = expression(
    "(?:有关|相关|直属|成员|责任|所属|主管|[级直属驻]|各.{0,6})(?:责任)?(?:国有)?"
    "(?:部门|单位|企业|国企|组织|高校|院校|医院|学校|机构|机关|区县|方面|专班|小组)$"
    rf"|[{LEVELS}][直级].{{0,4}}(?:部门|单位|企业|高校|机构)$"
    "|各(?:[省市州县区]|处室|科室|街道|乡镇|街镇)$"
)
_SEVERAL = "县市区|市县区|市区县|区县|县区|市县|县市|市州|州市|乡镇街道|镇街道|乡镇|街镇|镇街|乡街"
_TERRITORY_WORD = (
    f"{_SEVERAL}|计划单列市|直辖市|省?直管县|县级市|自治区|自治县|自治州|街道|社区|开发区|高新区|园区|新区|功能区|管委会"
    "|[省区县市州旗盟乡镇村居]"
)
_GOVERNMENT = "人民政府|行政公署|行署|政府|党委|办事处"
# The same words where they repeat: each has one reading (区县 is 区 and 县), else there is no end of them.
_TERRITORY_UNIT = (
    "计划单列市|直辖市|直管县|自治区|自治县|自治州|街道|社区|开发区|高新区|园区|新区|功能区|管委会"
    "|街(?=镇)|(?<=[镇乡])街(?![镇道])|县级市|[省区县市州旗盟乡镇村居]"
)
TERRITORY = expression(
    rf"(?:{_TERRITORY_WORD})(?:\((?:{_TERRITORY_UNIT}|[、和及/])+\))?(?:[和及](?:{_TERRITORY_WORD}))*"
    rf"(?:(?:{_GOVERNMENT})(?:[和及](?:{_GOVERNMENT}))?|委)?|{_GOVERNMENT}"
)
_TERRITORIAL_GROUP = expression(
    rf"(?:(?:全?[{LEVELS}])?各|有关|相关)*(?:地级以上|地|级|设区的?)?"
    rf"(?:{_TERRITORY_UNIT}|党委|工?委|行政公署|[、()/地])*"
)
_LEAGUE = expression(rf"团[{LEVELS}]委")
_HEAD = expression(rf"[{LEVELS}](?:委|政府)")
_PAIR = expression(f"(.*[{LEVELS}])(?:委|人民政府|政府|人大|政协)")
_OFFICE_OF_HEAD = expression("(?:人民政府|政府|人大|政协|委)(?=.)")
# Kinds of bodies that no name goes before: 科研院所.
_KIND = expression(
    "(?:科研|医疗|金融|教育|社会|行业|高等|重点|龙头|国有|骨干|商业|公立)+(?:院所|机构|组织|协会|院校|企业|银行|医院)"
    "|(?:建设|施工|监理|设计|用人|产权|运营)单位"
)
_BRANCHES = frozenset({"分公司", "子公司", "分支机构", "直属单位", "项目部"})
KINDS = expression("部门|单位|机构|企业")
_EACH_PLACE = expression("(?:[^局厅委府]*(?:各|有关|相关|所在)|属)地")
_BACK = expression(f"以上|上述|前述|上列|本表|同[^、]{{0,4}}{roles.UNIT}$")
_AREA = expression(
    "(?:经济|技术|产业|工业|高新)*(?:开发区|高新区|园区|新区|功能区)"
)  # no kind of places that govern
_TERRITORY_LIST = expression(rf"(?:{_TERRITORY_UNIT}|{_GOVERNMENT}|地|单位|部门|[、,和及/ ])+")

AND = expression("以及|[和及与]| and ")
_SHORT = expression("[\u4e00-\u9fff]{2,8}")
BRACKET = expression(r"\((?:[^()]|\([^()]*\))*\)")
# What stands in no name: what a body does, a time, "or"; a second name; what a task begins with.
_LEVEL_WORD = rf"(?:自治区|自治州|[{LEVELS}](?!{_WORD_OF_A_TRADE}|直|级|属))"
_NOT_IN_NAME = expression(
    rf"{roles.NOT_IN_NAME}|[()]|职责|[^\w()、“”]|或|暨(?!南)|(?<!普)及|除.+外|(?<!自)由(?!来)"
    r"|(?<![高中])等(?!级)|\d{4}年|\d月|年[底内]|^\d{1,2}(?!\d)|^请|^[现非](?=[国省市县区])|^[一二三四五]是"
    # 陈局 is a person; 市局 is a body.
    "|^[王李张刘陈杨赵黄周吴徐孙胡朱郭何马罗梁宋郑谢韩唐冯邓曹彭曾萧][局处科厅]$"
    rf"|(?:[和与局厅办署府会心司院部]|(?<![{LEVELS}纪])委){_LEVEL_WORD}|[^青]团[{LEVELS}]委|[局厅办署府委]各[区县市乡镇街]"
    "|^以下|均[需须应]|^(?:加强|加快|推进|推动|建立|完善|支持|鼓励|引导|培育|打造|制定|开展|落实|健全|深化|强化|优化|提升|做好|发挥"
    "|依托|探索|构建|搭建|新建|扩大|促进|确保|严格|坚持|全面|含|包括|不含|其中|原)"
)
# Words that end as names do and are none: 按规定执行, 统一部署, 跨省通办.
_NO_END = expression(
    "(?:[执进推实施运试履先举通平飞并旅同航出自]行|(?<!农)发行|[承举筹申交催快好通代帮即]办|[次上]办|部署|场所|[互串并]联|[好之出到]处|重组"
    "|[东西中外底]部)$"
)
# A body's name in English: Ministry of Housing and Urban Development, Met Office, DEVB.
_ENGLISH = expression(
    r"[A-Z]{2,8}|(?:[\w'’&/-]+ )*(?i:ministry|department|bureau|office|council|agency|authority|commission"
    r"|committee|board|police|service|institute|university|cent(?:re|er)|government|company|association|trust|group"
    r"|directorate|division|secretariat|administration|corporation|hospital|foundation|federation|treasury)s?"
    r"(?: (?:of|for|on) [\w'’&/ -]+)?"
)
_PERSON = expression(
    "(?:领导|领导班子|负责人|责任人|同志|主任|书记|主席|经理|董事长|总监|秘书长|专员|[省市州县区镇乡局厅部处科院校所组队行]长)$"
)
_PART = expression("(?:[处科股队]|分局|^办公[室厅])$")


def is_whole(name: str) -> bool:
    """True if ``name`` is one name of a body or of a group (市科委, not 市发展 nor 市科委或市教委)."""
    bare = BRACKET.sub("", name)
    return has_end(name) and (is_latin(name) or not (_NOT_IN_NAME.search(bare) or _NO_END.search(bare)))


def may_be_name(words: str) -> bool:
    """True if short words may be a name though they end as none does: 高新园, 城投（集团）."""
    bare = BRACKET.sub("", words)
    return _SHORT.fullmatch(bare) is not None and not (_NOT_IN_NAME.search(bare) or _NO_END.search(bare))


def is_latin(text: str) -> bool:
    """True if a text has no signs but those of English: Women’s Federation."""
    return text.replace("’", "'").isascii()


def has_end(name: str) -> bool:
    """True if ``name`` ends as a name does, whatever stands before its end."""
    if is_latin(name):
        return len(name) <= LONGEST and _ENGLISH.fullmatch(BRACKET.sub("", name).strip()) is not None
    return 1 < len(name) <= LONGEST and (bool(_END.search(BRACKET.sub("", name))) or is_group(name))


def is_person(name: str) -> bool:
    """True if ``name`` ends in a person's office: 分管领导, 王副市长."""
    return _PERSON.search(name) is not None


def is_part(name: str) -> bool:
    """True if ``name`` is of an office inside of a body, and does not say of which: 职成教处."""
    return _PART.search(name) is not None and not names_its_level(name)


def is_each(words: str) -> bool:
    """True if ``words`` only begin the name of a group: 各 of 各配合单位."""
    return _GROUP.fullmatch(words) is not None


def is_office(name: str) -> bool:
    """True if ``name`` ends as an office does: 教育局, not 政府."""
    return _OFFICE_END.search(name) is not None


def lacks_owner(name: str) -> bool:
    """True if ``name`` is short, ends as an office does and does not say whose: 体改办."""
    return re.fullmatch(
        "(?!.*(?:团.委|[证银保]监局|..实验室)).{1,4}(?<![总路事航])[局厅委办队室]", name
    ) is not None and not names_its_level(name)


def points_back(name: str) -> bool:
    """True if ``name`` stands for names that the table gives elsewhere: 以上各单位."""
    return _BACK.match(name) is not None


def is_group(name: str) -> bool:
    """True if ``name`` stands for bodies that it does not name one by one (各区, 有关部门)."""
    one = name.endswith(("委", "政府")) and not re.match(_SEVERAL, name)
    places = TERRITORY.fullmatch(name) is not None and not one
    several = _GROUP.match(name) and _END.search(
        BRACKET.sub("", name) + ("区" if _EACH_PLACE.fullmatch(name) else "")
    )
    return places or bool(several or _KIND.fullmatch(name) or _GROUP_END.search(name))


def goes_on(group: str, name: str) -> bool:
    """True if ``name`` is a further kind of the same group of places: 各区 and 县级市.

    各乡镇 and 县政府 are not: a county's government is over its towns. Nor are 各县区 and 开发区.
    """
    if _AREA.fullmatch(name):
        return False
    if re.search("[乡镇村街道社居]$", group) and re.match("[省市县区旗].*政府$", name):
        return False
    if name in _BRANCHES and group.startswith("各"):
        return True  # 各子公司、分公司
    if KINDS.fullmatch(name):
        return KINDS.fullmatch(group[-2:]) is not None  # 市直有关部门、单位
    return TERRITORY.fullmatch(name) is not None and _TERRITORIAL_GROUP.fullmatch(group) is not None


def is_place(name: str) -> bool:
    """True if ``name`` is a province's: 北京."""
    return _PLACE.fullmatch(name) is not None


def is_level_head(name: str) -> bool:
    """True if ``name`` is a head that an office may follow: 市委, 市政府."""
    return _HEAD.fullmatch(name) is not None


def has_strong_end(name: str) -> bool:
    """True if ``name`` ends as little else does: 局, 委员会; not 会, 部."""
    return _STRONG_END.search(name) is not None


def may_stand_beside(before: str, name: str) -> bool:
    """True if two whole names with space between are two: 法规科 执法支队, but 市科 学技术局 is one."""
    if min(len(before), len(name)) < _SHORTEST_BESIDE:
        return False
    if _INNER.search(before):
        is_one = _ONE_WORD.fullmatch(before[-1] + name[0])
        return not is_one and (_INNER.search(name) is not None or has_strong_end(name))
    return any(rank.search(before) and rank.search(name) for rank in _RANKS)


def is_list_of_places(text: str) -> bool:
    """True if a bracket holds kinds of places only, as in 各县(市、区)."""
    return _TERRITORY_LIST.fullmatch(text) is not None


def names_its_level(name: str) -> bool:
    """True if ``name`` says itself whose it is: by a level, a place, the state, or as a group."""
    return (
        bool(level(name))
        or bool(_LEAGUE.match(name))
        or is_central(name)
        or is_group(name)
        or bool(_PLACE.match(name))
    )


def level(name: str) -> str:
    """Return the level that ``name`` begins with: 省 of 省委宣传部, 上海市 of 上海市教委; "" for none."""
    if found := _LEVEL.match(name):
        return found[0] if len(name) > len(found[0]) + 1 or name[-1] == "委" else ""
    if is_group(name) or is_central(name) or _TRADE.match(name):
        return ""
    found = _PLACE_LEVEL.match(name)
    if found and _OWNER.search(found[0]):
        return ""
    return found[0] if found and (len(name) > len(found[0]) + 1 or name[-1] == "委") else ""


def is_central(name: str) -> bool:
    """True if ``name`` is one of the state's own: 国家……, 中央……, a ministry, or a branch of one."""
    if _CENTRAL.match(name) or _OF_THE_STATE.match(name):
        return True
    return name.endswith("部") and not _LEVEL.match(name) and not _PARTY.match(name) and not is_group(name)


def is_of_the_state(name: str) -> bool:
    """True if ``name`` is an office of the state's by its name, and no branch: 国家发展改革委."""
    return re.fullmatch("国家[^局署委办]+(?:[局署委办]|委员会|办公室)", name) is not None


def is_party(name: str) -> bool:
    """True if ``name`` is an office of a Party committee that does not say whose."""
    return _PARTY.match(name) is not None


def holds_party(name: str) -> bool:
    """True if an office of a Party committee stands anywhere in a name: 市委统战部."""
    return _PARTY.search(name) is not None


def is_head(name: str) -> bool:
    """True if ``name`` is the head of a place that it leaves unnamed: 区政府 beside 延庆区委."""
    return re.fullmatch(f"[{LEVELS}](?:委|政府|人民政府|人大|政协)", name) is not None


def is_headless(name: str) -> bool:
    """True if ``name`` is the mere kind of a head, of places that stand before it: 政府."""
    return re.fullmatch(_GOVERNMENT, name) is not None


def is_headed(group: str) -> bool:
    """True if a group of places ends in a head of its own: 各县(市、区)委."""
    return re.search(f"委$|(?:{_GOVERNMENT})$", group) is not None


def may_share_tail(head: str, name: str) -> bool:
    """True if a head may be an office by the tail of the next one: 市委 before 市政府办公室."""
    found = _PAIR.fullmatch(head)
    other = found and name.startswith(found[1]) and _OFFICE_OF_HEAD.match(name, found.end(1))
    return bool(other) and not is_group(name) and not name.startswith(head)


def is_trade(name: str) -> bool:
    """True if ``name`` begins with a trade of offices: 财政, 教育和体育局."""
    return _TRADE.match(name) is not None


def is_bare_trade(name: str) -> bool:
    """True if ``name`` is a trade and nothing more: 人社."""
    return _TRADE.fullmatch(name) is not None


def lacks_level(name: str) -> bool:
    """True if ``name`` is an office's without its level: 文化和旅游厅, not 广东金融监管局."""
    if is_party(name):
        return True
    own = bool(level(name)) or is_central(name) or is_group(name) or _COMMITTEE.search(name)
    return bool(_TRADE.match(name) and _OFFICE_END.search(name)) and not own


def is_of_a_place(name: str) -> bool:
    """True if an office behind its trade names a place of its own: 公安江北分局 is no district's."""
    return _OF_A_PLACE.fullmatch(name) is not None


def begins_another(name: str, before: str) -> bool:
    """True if ``name`` can begin another body's behind 和: 实验室与设备管理处 is one."""
    if is_latin(name):
        return has_end(name) and not re.search(" (?:of|for|on) ", before)
    whose = names_its_level(name) or lacks_level(name) or is_head(name) or TERRITORY.match(name) is not None
    return whose and has_end(name) and not goes_on(before, name)


def may_be_two(name: str) -> bool:
    """True if a name may be two: 和 joins them (张江集团和临港集团), or nothing (市卫健委市场监管局).

    So may one in English that is whole before a slash: Department of Health/Family Planning.
    """
    if is_latin(name) and any(is_whole(name[: each.start()]) for each in re.finditer("/", name)):
        return True
    joined = any(
        is_whole(name[: match.start()]) and has_end(name[match.end() :]) for match in AND.finditer(name)
    )
    return joined or any(
        names_its_level(name[: match.end()]) and lacks_level(name[match.end() :]) and not is_party(name)
        for match in _OFFICE_INSIDE.finditer(name)
    )

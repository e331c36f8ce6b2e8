"""What names of public bodies look like: whole names, groups, the level that a name begins with.

Conventions of official tables; nothing here knows any register.
"""

import re

LEVELS = "省市州县区旗盟"
_PLACES = (
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州"
    "|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆"
)
_CENTRAL = re.compile(r"国家|中国|中央|中共中央|全国|国务院|最高|中华|中科院")
# What a body is called by its end. 会 and 部 end other words too (社会, 内部).
_END = re.compile(
    r".(?:[局厅办院署府行馆站队联处室所]|(?<!社)会|(?<!内)部|委|中心|组织|政府|党委|党组|公司|集团|大学|学校|研究所|总所|事务所|园区|开发区"
    r"|新区|工委|海关|公安|法制|银行|医院|机场|企业|单位|部门|机构|高校|院校|军区|警备区|基地|专班|小组|平台|街道"
    r"|办事处|[省市州县区旗盟镇乡]|科协|团[省市州县区]委|武警|指挥部|总社|联社|供销社|保险|电网)$"
)
# A single letter of level and what follows; 市场 and 市政 are words of a trade, not a city's.
_LEVEL = re.compile(rf"自治区|自治州|兵团|[{LEVELS}](?!场|政(?!府|协|务)|容|块|域|内|外|直$|级$)")
_PLACE_LEVEL = re.compile(rf"(?:(?:{_PLACES})|[\u4e00-\u9fff]{{2,6}}?)(?:自治区|自治州|自治县|[{LEVELS}])")
_PLACE = re.compile(_PLACES)
# The trades of offices: a name that begins so and ends as an office lacks its level.
_TRADE = re.compile(
    "发展|发改|改革|经济|经信|工信|工业|科技|科学|科委|教育|教委|教体|公安|民政|民宗|民族|宗教|司法|财政|人社|人力|自然资源"
    "|规划|规自|生态|环保|环境|住建|住房|建设|建委|城管|城市|城乡|交通|水利|水务|农业|农委|农办|商务|文旅|文化|文广|旅游"
    "|卫健|卫计|卫生|应急|审计|国资|市场|市政|体育|统计|医保|医疗保障|信访|知识产权|粮食|地方金融|金融|林业|园林|绿化"
    "|大数据|数据|政务|政府办|政府研究|政府法制|退役|外事|外办|机关|台办|侨办|税务|气象|通信管理|地震|纪委|监委|人大|政协"
    "|工会|总工会|妇联|残联|科协|文联|工商|质监|质量|食品|药监|药品|安监|安全生产|烟草|邮政|消防|海洋|渔业|港航|口岸"
    "|乡村|扶贫|能源|国土|土地|房管|房产|法院|检察|法制|招商|投资|供销|融媒体|行政审批|广电|广播|新闻|出版|版权|物价|史志|地方志|人防"
    "|公积金|公共资源|行政审批|行政服务|审批|营商|社会保|民防|信息|合作交流|机管|监察|畜牧|农机|港口|铁路办|重点工程|档案"
)
_PARTY = re.compile(
    "组织部|宣传部|统战部|统一战线|政法委|编办|编委办|网信办|社会工作部|社工部|老干部局|党校|政研室|改革办|财经办"
    "|巡察办|机要局|国安办|保密办|农村工作|直属机关工委"
)
_OFFICE_END = re.compile("[局厅委办院署联府会协社室]$|中心$")
_GROUP = re.compile(
    rf"(?:全?(?:自治区|[{LEVELS}])(?:级|直|属|直属)*)?各|(?:全?(?:自治区|[{LEVELS}])(?:级|直|属)*)?(?:有关|相关|涉及|其他|其它)"
    r"|所属|直属|属地|所在地|沿线|沿江|沿海|成员单位|(?:[市县区州乡镇街]|街道|乡镇)[(、]"
)
_GROUP_END = re.compile(
    "(?:有关|相关|直属|成员|责任|所属|[级直]|各.{0,6})(?:责任)?(?:部门|单位|企业|组织|高校|机构|区县|方面)$"
)
_TERRITORY_WORD = (
    "县级市|自治县|自治州|区县|市州|乡镇|街镇|街道|开发区|高新区|园区|新区|功能区|管委会|[区县市州旗盟乡镇]"
)
TERRITORY = re.compile(
    rf"(?:{_TERRITORY_WORD})(?:\((?:{_TERRITORY_WORD}|[、和及/])+\))?(?:人民政府|政府|党委|委|办事处)?|人民政府|政府|党委|办事处"
)
_TERRITORIAL_GROUP = re.compile(
    rf"(?:(?:全?[{LEVELS}])?各|(?:各)?(?:有关|相关)|各相关|各有关)*(?:地级以上|地|设区的?)?(?:(?:{_TERRITORY_WORD}|党委)[、()/]*)+"
)
_TERRITORY_LIST = re.compile(rf"(?:{_TERRITORY_WORD}|[、,和及/ ])+")


def is_whole(name: str) -> bool:
    """Tell whether ``name`` ends as the name of a body or of a group does (市科委, not 市发展)."""
    return len(name) > 1 and (bool(_END.search(name)) or is_group(name))


def is_group(name: str) -> bool:
    """Tell whether ``name`` stands for bodies that it does not name one by one (各区, 有关部门)."""
    places = TERRITORY.fullmatch(name) is not None and not name.endswith(("委", "政府"))
    return places or bool(_GROUP.match(name) or _GROUP_END.search(name))


def goes_on(group: str, name: str) -> bool:
    """Tell whether ``name`` is a further kind of the same group of places: 各区 and 县级市."""
    return TERRITORY.fullmatch(name) is not None and _TERRITORIAL_GROUP.fullmatch(group) is not None


def is_list_of_places(text: str) -> bool:
    """Tell whether a bracket holds kinds of places only, as in 各县(市、区)."""
    return _TERRITORY_LIST.fullmatch(text) is not None


def begins_anew(name: str) -> bool:
    """Tell whether ``name`` says itself whose it is: by a level, a place, the state, or as a group."""
    return bool(level(name)) or is_central(name) or is_group(name) or bool(_PLACE.match(name))


def level(name: str) -> str:
    """Give the level that ``name`` begins with: 省 of 省委宣传部, 上海市 of 上海市教委; "" for none."""
    if found := _LEVEL.match(name):
        return found[0] if len(name) > len(found[0]) + 1 or name[-1] == "委" else ""
    if is_group(name) or is_central(name) or _TRADE.match(name):
        return ""
    found = _PLACE_LEVEL.match(name)
    return found[0] if found and len(name) > len(found[0]) + 1 else ""


def is_central(name: str) -> bool:
    """Tell whether ``name`` is one of the state's own: 国家……, 中央……, or a ministry."""
    if _CENTRAL.match(name):
        return True
    return name.endswith("部") and not _LEVEL.match(name) and not _PARTY.match(name) and not is_group(name)


def is_party(name: str) -> bool:
    """Tell whether ``name`` is an office of a Party committee that does not say whose."""
    return _PARTY.match(name) is not None


def lacks_level(name: str) -> bool:
    """Tell whether ``name`` is an office's without its level: 文化和旅游厅, not 广东金融监管局."""
    if is_party(name):
        return True
    own = bool(level(name)) or is_central(name) or is_group(name)
    return bool(_TRADE.match(name) and _OFFICE_END.search(name)) and not own

"""cells of departments, as tables print them, and who they say leads and supports."""

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chengguo.departments.cells import Departments, Unit, read_cell
from chengguo.departments.printed import plain
from chengguo.departments.reading import Reader
from chengguo.departments.roles import JOINTS, ROLES, Joint, kind_of
from chengguo.departments.rules import RULES, Rule, rule_of
from chengguo.departments.tokens import TOKENS, Cut, clauses, is_english, lexed, parts, pieces
from chengguo.text.traditional import SIMPLIFIED
from conftest import texts

ANNEX = Path(__file__).parent / "annex.txt"


def told(found: Departments) -> tuple[str, str]:
    """Write who leads and who supports: groups with a star, other names in brackets."""

    def names(units: tuple[Unit, ...]) -> str:
        return "|".join(
            unit.name + ("*" if unit.group else "") + "".join(f"[{alias}]" for alias in unit.aliases)
            for unit in units
        )

    return names(found.lead), names(found.support)


CELLS = [
    ("省委宣传部、文化和旅游厅", "省委宣传部|省文化和旅游厅", ""),
    ("市生态环境局、市场监管局", "市生态环境局|市市场监管局", ""),
    ("省财政厅、广东金融监管局", "省财政厅|广东金融监管局", ""),
    ("省市场监管局（省知识产权局）", "省市场监管局[省知识产权局]", ""),
    ("各区、县级市", "各区、县级市*", ""),
    ("各县（市、区）", "各县（市、区）*", ""),
    ("各县（市、区）、市科委(牵头)", "市科委", "各县（市、区）*"),
    ("各县【市、区】、省财政厅（省国资（集团）公司）", "各县【市、区】*|省财政厅[省国资（集团）公司]", ""),
    ("各区（市）、县政府", "各区（市）、县政府*", ""),
    ("政务和数据局", "政务和数据局", ""),
    ("州委编办及州直相关单位", "州委编办|州直相关单位*", ""),
    ("市科技局，杭州市政府", "市科技局|杭州市政府", ""),
    ("由科技部会同财政部等部门负责", "科技部", "财政部"),
    ("科技部（会同财政部）", "科技部", "财政部"),
    ("科技部、财政部按职责分工负责", "科技部|财政部", ""),
    ("由工业和信息化部、科技部、国务院国资委等部门按职责分工负责", "工业和信息化部|科技部|国务院国资委", ""),
    (
        "(牵头单位:州行政审批服务局;责任单位:州司法局、州委编办,6月底完成)",
        "州行政审批服务局",
        "州司法局|州委编办",
    ),
    ("市科委牵头，市教委、市财政局配合", "市科委", "市教委|市财政局"),
    ("省科技厅牵头，各市人民政府结合实际抓好落实", "省科技厅", "各市人民政府*"),
    ("乙山市委、市政府", "乙山市委|乙山市政府", ""),
    ("会同县人民政府、乙县人民政府", "会同县人民政府|乙县人民政府", ""),
    ("牵头单位市科技局，配合单位市财政局、税务局", "市科技局", "市财政局|市税务局"),
    ("各学院（系）、各部（处）", "各学院（系）*|各部（处）*", ""),
    ("省广电局、档案馆", "省广电局|省档案馆", ""),
    ("立案庭、执行局、各业务庭", "立案庭|执行局|各业务庭*", ""),
    ("責任單位：經濟發展局；配合單位：金融發展局", "經濟發展局", "金融發展局"),
    ("省科技厅按职责分工负责，各市人民政府结合实际落实", "省科技厅|各市人民政府*", ""),
    ("市科委（牵头）、市教委、市财政局", "市科委", "市教委|市财政局"),
    ("牵头单位：市科委；配合单位：市教委、市财政局", "市科委", "市教委|市财政局"),
    ("牵头：市住建局 配合：市城管局、市公安局", "市住建局", "市城管局|市公安局"),
    ("责任单位：县农业农村局\n配合单位：县财政局", "县农业农村局", "县财政局"),
    ("市交通运输局（牵头单位）；市公安局、市城管局（配合单位）", "市交通运输局", "市公安局|市城管局"),
    ("责任部门：市民政局", "市民政局", ""),
    ("以市科委为主，市财政局配合", "市科委", "市财政局"),
    ("省农业农村厅负责，省财政厅参与", "省农业农村厅", "省财政厅"),
    ("省直有关部门按职责分工负责，各市人民政府配合", "省直有关部门*", "各市人民政府*"),
    ("市教委牵头,市财政局等配合", "市教委", "市财政局"),
    ("市发展改革委 市科技局 市财政局", "市发展改革委|市科技局|市财政局", ""),
    ("市发展改\n革委、市科技局", "市发展改革委|市科技局", ""),
    ("市发展改革委、工业和信息化局、\n大数据局", "市发展改革委|市工业和信息化局|市大数据局", ""),
    ("工 信 局", "工信局", ""),
    ("省委组织部、宣传部", "省委组织部|省委宣传部", ""),
    ("市卫生健康委和市医保局", "市卫生健康委|市医保局", ""),
    ("市住房和城乡建设局和市自然资源和规划局", "市住房和城乡建设局|市自然资源和规划局", ""),
    ("市司法局、政府办公室", "市司法局|市政府办公室", ""),
    ("市财政局、市政府法制办", "市财政局|市政府法制办", ""),
    ("人民银行某省分行、省税务局", "人民银行某省分行|省税务局", ""),
    ("区残联、总工会、团区委", "区残联|区总工会|团区委", ""),
    ("区发展改革局/区财政局", "区发展改革局|区财政局", ""),
    ("市委、市政府各部门", "市委|市政府各部门*", ""),
    ("中国证监会、金融监管总局", "中国证监会|金融监管总局", ""),
    # Who answers beside one that leads supports.
    ("国家发展改革委牵头，财政部、国家卫生健康委等按职责分工负责", "国家发展改革委", "财政部|国家卫生健康委"),
    ("市财政局（责任单位）、市科委（牵头单位）", "市科委", "市财政局"),
    ("【牵头】市经信局【配合】市科技局、市财政局", "市经信局", "市科技局|市财政局"),
    ("市经信局（主办）市科技局（协办）", "市经信局", "市科技局"),
    ("市经信局为牵头单位，市科技局为配合单位", "市经信局", "市科技局"),
    ("由市经信局牵头，会同市科技局、市财政局等部门", "市经信局", "市科技局|市财政局"),
    ("市经信局会同市科技局办理", "市经信局", "市科技局"),
    ("市科委牵头市财政局、市教委配合", "市科委", "市财政局|市教委"),
    ("第一责任单位：市科委；其他责任单位：市财政局", "市科委", "市财政局"),
    ("农业农村部等有关部门和单位及各省级人民政府", "农业农村部|各省级人民政府*", ""),
    ("各有关部门，各省、自治区、直辖市人民政府", "各有关部门*|各省、自治区、直辖市人民政府*", ""),
    ("各乡镇、县政府", "各乡镇*|县政府", ""),
    ("省国资委、省属企业", "省国资委|省属企业*", ""),
    ("县直各部门、乡镇人民政府", "县直各部门*|乡镇人民政府*", ""),
    ("镇党政办、各村（居）委会", "镇党政办|各村（居）委会*", ""),
    ("上海机场（集团）有限公司、上港集团", "上海机场（集团）有限公司|上港集团", ""),
    ("市发展改革委\r\n市科委<br>市教委", "市发展改革委|市科委|市教委", ""),
    ("1.市科委2.市财政局", "市科委|市财政局", ""),
    ("①市科委②市财政局", "市科委|市财政局", ""),
    ("一、市科委\n二、市财政局", "市科委|市财政局", ""),
    ("市科委（6月底前）、市教委", "市科委|市教委", ""),
    ("市委宣传部（市新闻办（市政府新闻办））", "市委宣传部[市新闻办][市政府新闻办]", ""),
    ("市科委（以下简称科委）", "市科委[科委]", ""),
    ("市科委（市外国专家局，牵头）、市人社局", "市科委[市外国专家局]", "市人社局"),
    ("市政协办公室", "市政协办公室", ""),
    ("省农业农村厅、供销社", "省农业农村厅|省供销社", ""),
    ("市委党校、市作协、各专项工作组", "市委党校|市作协|各专项工作组*", ""),
    ("各高校、科研院所", "各高校*|科研院所*", ""),
    ("各市（地）人民政府（行署）", "各市（地）人民政府（行署）*", ""),
    ("各级党委和政府", "各级党委和政府*", ""),
    ("各镇街、开发区", "各镇街*|开发区*", ""),
    ("各县（市、区）、高新区", "各县（市、区）*|高新区*", ""),
    ("各乡镇、街道、园区", "各乡镇、街道*|园区*", ""),
    ("县工信局、工业园区管委会", "县工信局|工业园区管委会", ""),
    ("市财政局、城市管理委员会", "市财政局|市城市管理委员会", ""),
    ("法规科\n执法支队", "法规科|执法支队", ""),
    ("综合科\n法规科 财务科", "综合科|法规科|财务科", ""),
    ("市局法规科\n监测站", "市局法规科|监测站", ""),
    ("前湾村\n临河社区", "前湾村|临河社区", ""),
    ("城关镇 东溪街道", "城关镇|东溪街道", ""),
    ("东浦区\n南浦区", "东浦区|南浦区", ""),
    ("第一小学\n第二中学", "第一小学|第二中学", ""),
    ("市科\n学技术局", "市科学技术局", ""),
    ("河西镇\n中心卫生院", "河西镇中心卫生院", ""),
    ("青桐区\n东溪街道", "青桐区东溪街道", ""),
    ("各区（县）\n人民政府", "各区（县）人民政府*", ""),
    ("市委\n组织部", "市委组织部", ""),
    ("牵头单位 市财政局 配合单位 市审计局", "市财政局", "市审计局"),
    ("市财政局：牵头；市审计局：配合", "市财政局", "市审计局"),
    ("市财政局牵头，各相关单位按职责分工配合", "市财政局", "各相关单位*"),
    ("市财政局、市审计局为共同牵头单位", "市财政局|市审计局", ""),
    ("由市财政局、市审计局负责牵头", "市财政局|市审计局", ""),
    ("外交部、商务部等部门和单位按职责分工负责", "外交部|商务部", ""),
    ("各州、市党委和政府", "各州、市党委和政府*", ""),
    (
        "各省、自治区、直辖市及计划单列市、新疆生产建设兵团",
        "各省、自治区、直辖市及计划单列市*|新疆生产建设兵团",
        "",
    ),
    ("市交通局、公安局交警支队", "市交通局|市公安局交警支队", ""),
    ("（1）市科委（2）市财政局", "市科委|市财政局", ""),
    ("- 市科委\n- 市财政局", "市科委|市财政局", ""),
    ("市科委、市财政局依职责分工负责", "市科委|市财政局", ""),
    ("市科委负总责，各区政府具体落实", "市科委", "各区政府*"),
    ("市总工会、团市委", "市总工会|团市委", ""),
    ("省贸促会，省外办", "省贸促会|省外办", ""),
    ("机关各处室、珠三角各市、建设单位", "机关各处室*|珠三角各市*|建设单位*", ""),
    ("市总工会\n市妇联\n团市委", "市总工会|市妇联|团市委", ""),
    ("地方各级人民政府，省级有关部门（单位）", "地方各级人民政府*|省级有关部门（单位）*", ""),
    ("责任单位：市科委牵头，市教委、市财政局配合", "市科委", "市教委|市财政局"),
    ("市机关\n事务管\n理局", "市机关事务管理局", ""),
    ("市机关\n事务管理局\n供电公司", "市机关事务管理局|供电公司", ""),
    ("市住房\n和城乡\n建设局", "市住房和城乡建设局", ""),
    ("市发改委\n各县（市、\n区）政府", "市发改委|各县（市、区）政府*", ""),
    ("县农业农村和水利局", "县农业农村和水利局", ""),
    ("县直帮扶单位、自治区林草局、农牧厅", "县直帮扶单位*|自治区林草局|自治区农牧厅", ""),
    ("成员单位：市财政局、市审计局", "市财政局|市审计局", ""),
    # Where a name ends and a role begins: names that end as words of roles do, and hold them.
    ("各级党组织负责，各社会组织参与", "各级党组织*", "各社会组织*"),
    ("市科委组织实施", "市科委", ""),
    ("市教委主办，市残联、市妇联联办", "市教委", "市残联|市妇联"),
    ("市责任保险协会、市主办银行协会", "市责任保险协会|市主办银行协会", ""),
    ("市交通运输局（协办：市公安局）", "市交通运输局", "市公安局"),
    ("市文旅局承办、市体育局协办", "市文旅局", "市体育局"),
    ("分别由市教育局、市人社局牵头", "市教育局|市人社局", ""),
    ("【主管部门】市教育局【协同配合单位】市人社局", "市教育局", "市人社局"),
    ("市律师协会为第一责任单位，市住建局为成员单位", "市律师协会", "市住建局"),
    ("主辦：民政事務總署；協辦：各區民政事務處", "民政事務總署", "各區民政事務處*"),
    ("市科委、市教委（会同市财政局）", "市科委|市教委", "市财政局"),
    ("牵头单位：市科委；配合单位：市教委（会同市财政局）、市司法局", "市科委", "市教委|市财政局|市司法局"),
    ("市科委牵头抓总，各区政府属地负责", "市科委", "各区政府*"),
    ("各地、所在地", "各地*|所在地*", ""),
    ("无牵头单位；责任单位：市科委", "市科委", ""),
    ("总工会\n共青团\n妇联", "总工会|共青团|妇联", ""),
    ("统战部\n\n侨联 \n台办", "统战部|侨联|台办", ""),
    ("国家税务\n总局", "国家税务总局", ""),
    ("市科委（\n）、市教委（ 市委教卫工作党委 ）", "市科委|市教委[市委教卫工作党委]", ""),
    ("市公安局、城西区党委、政府", "市公安局|城西区党委|城西区政府", ""),
    ("市委、政府", "市委|市政府", ""),
    ("卫生健康局\n残联", "卫生健康局|残联", ""),
    ("市第一中学、市教委", "市第一中学|市教委", ""),
    ("省委宣传部、省保密局、密码管理局", "省委宣传部|省保密局|省密码管理局", ""),
    ("市科委、外经贸局", "市科委|市外经贸局", ""),
    ("市科委、市政法委", "市科委|市政法委", ""),
    ("市科委、东江实验室", "市科委|东江实验室", ""),
    ("市直有关部门、单位", "市直有关部门、单位*", ""),
    ("市科委等政府各有关部门", "市科委", ""),
    # What the names of a list share: groups stay as they are printed, or share their begin.
    ("各县、区政府", "各县、区政府*", ""),
    ("市教育局，各县、市、区人民政府", "市教育局|各县、市、区人民政府*", ""),
    ("各旗、县、区政府", "各旗、县、区政府*", ""),
    ("各有关县、区政府", "各有关县、区政府*", ""),
    ("省教育厅牵头，各州、市政府配合", "省教育厅", "各州、市政府*"),
    ("各乡、镇政府", "各乡、镇政府*", ""),
    ("各县、区委", "各县、区委*", ""),
    ("各镇政府、街道办事处", "各镇政府*|各街道办事处*", ""),
    ("各乡镇政府、街道办事处", "各乡镇政府*|各街道办事处*", ""),
    ("各乡镇、街道办事处", "各乡镇、街道办事处*", ""),
    ("各市、县（区）政府", "各市、县（区）政府*", ""),
    ("国务院有关部门、各省（自治区、直辖市）人民政府", "国务院有关部门*|各省（自治区、直辖市）人民政府*", ""),
    ("东浦区、南浦区", "东浦区|南浦区", ""),
    ("各省、自治区、直辖市教育厅（教委）", "各省、自治区、直辖市教育厅（教委）*", ""),
    ("各街道办事处、镇政府", "各街道办事处*|各镇政府*", ""),
    ("县人民法院、人民检察院", "县人民法院|县人民检察院", ""),
    ("东浦区政府、南浦区政府", "东浦区政府|南浦区政府", ""),
    ("东浦区委、区政府", "东浦区委|东浦区政府", ""),
    ("华东理工大学（奉贤校区）、同济大学", "华东理工大学（奉贤校区）|同济大学", ""),
    ("各基层党委（党总支、直属党支部）", "各基层党委（党总支、直属党支部）*", ""),
    # Names in English keep their spaces, and their and.
    ("Department of Health, Met Office", "Department of Health|Met Office", ""),
    ("Ministry of Science and Technology", "Ministry of Science and Technology", ""),
    ("Environment Bureau and Highways Department", "Environment Bureau|Highways Department", ""),
    ("Environment Bureau\nHighways Department", "Environment Bureau|Highways Department", ""),
    ("Department of\nHealth / DEVB", "Department of Health|DEVB", ""),
    ("Lead: Transport Bureau; Supporting agencies: Police", "Transport Bureau", "Police"),
    ("Department of Health (lead), Met Office", "Department of Health", "Met Office"),
    ("Met Office (lead) and Department of Health", "Met Office", "Department of Health"),
]


@pytest.mark.parametrize(
    ("cell", "lead"),
    [
        ("区城管局、公安东浦分局", "区城管局、公安东浦分局"),
        ("区教育局、自然资源和规划城西分局、财政局", "区教育局、自然资源和规划城西分局、区财政局"),
        ("区教育局、公安交警分局", "区教育局、区公安交警分局"),
        ("省财政厅、金融监管总局南陵监管局", "省财政厅、金融监管总局南陵监管局"),
        ("人民银行南陵省分行、金融监管总局南陵监管局", "人民银行南陵省分行、金融监管总局南陵监管局"),
        ("市水利局、自然资源部东浦督察局、财政局", "市水利局、自然资源部东浦督察局、市财政局"),
        ("市水利局、国网东浦市供电公司、财政局", "市水利局、国网东浦市供电公司、市财政局"),
        ("人民银行东浦市分行、财政局", "人民银行东浦市分行、财政局"),
        ("武警东浦市支队、教育局", "武警东浦市支队、教育局"),
        ("共青团东浦市委、教育局", "共青团东浦市委、教育局"),
        ("国家税务总局东浦市税务局、人社局", "国家税务总局东浦市税务局、人社局"),
        ("国家开发银行东浦市分行、财政局", "国家开发银行东浦市分行、财政局"),
        ("市教育局、税务总局", "市教育局、税务总局"),
    ],
)
def test_an_office_of_a_place_of_its_own_is_not_completed(cell: str, lead: str) -> None:
    assert "、".join(unit.name for unit in read_cell(cell).lead) == lead


@pytest.mark.parametrize(
    "words", ["按现有规定执行", "国家统一部署", "有序推行", "加快部署", "公共场所", "互联"]
)
def test_words_that_only_end_as_names_do_are_none_for_certain(words: str) -> None:
    assert read_cell(f"市科委、{words}").doubts == (f"'{words}' may be no name, or more than one",)


@pytest.mark.parametrize(("cell", "lead", "support"), CELLS)
def test_a_cell_says_who_leads_and_who_supports(cell: str, lead: str, support: str) -> None:
    found = read_cell(cell)
    assert told(found) == (lead, support)
    assert found.doubts == ()


SHARED = [
    ("东浦区、南浦区政府", "东浦区政府|南浦区政府", ""),
    ("东浦、南浦区政府", "东浦区政府|南浦区政府", ""),
    ("石桥镇、河口镇政府", "石桥镇政府|河口镇政府", ""),
    ("青山、绿水、白云镇政府", "青山镇政府|绿水镇政府|白云镇政府", ""),
    ("西江、北江、东江三区政府", "西江区政府|北江区政府|东江区政府", ""),
    ("东浦、南浦、北浦三个区政府", "东浦区政府|南浦区政府|北浦区政府", ""),
    ("东浦区、南浦区、北浦区三区政府", "东浦区政府|南浦区政府|北浦区政府", ""),
    ("龙山、凤山两街道办事处", "龙山街道办事处|凤山街道办事处", ""),
    ("县水利局，柳河、白沙乡政府", "县水利局|柳河乡政府|白沙乡政府", ""),
    ("广州、深圳市政府", "广州市政府|深圳市政府", ""),
    ("上海市、浙江省政府", "上海市政府|浙江省政府", ""),
    ("东浦区和南浦区政府", "东浦区政府|南浦区政府", ""),
    ("东浦、南浦区教育局", "东浦区教育局|南浦区教育局", ""),
    ("东浦区、南浦区财政局", "东浦区财政局|南浦区财政局", ""),
    ("东浦、南浦区委", "东浦区委|南浦区委", ""),
    ("东浦、南浦区", "东浦区|南浦区", ""),
    ("东山、西山街道办事处", "东山街道办事处|西山街道办事处", ""),
    ("东山街道、西山街道办事处", "东山街道办事处|西山街道办事处", ""),
    ("经开区、高新区管委会", "经开区管委会|高新区管委会", ""),
    ("阿里、那曲地区行署", "阿里地区行署|那曲地区行署", ""),
    ("甘孜、阿坝州政府", "甘孜州政府|阿坝州政府", ""),
    ("东浦县、南浦县政府，县财政局", "东浦县政府|南浦县政府|县财政局", ""),
    ("市公安局牵头，东浦、南浦区政府配合", "市公安局", "东浦区政府|南浦区政府"),
    ("牵头单位：市文旅局；配合单位：东浦、南浦区政府", "市文旅局", "东浦区政府|南浦区政府"),
    (
        "市国资委、中国移动、中国电信市分公司",
        "市国资委|中国移动市分公司|中国电信市分公司",
        "",
    ),
    ("工商银行、农业银行市分行", "工商银行市分行|农业银行市分行", ""),
    ("各区、县教育局", "各区、县教育局*", ""),
    ("市科委，临港、望江新区管委会", "市科委|临港新区管委会|望江新区管委会", ""),
    ("滨江、滨湖工业园区管委会", "滨江工业园区管委会|滨湖工业园区管委会", ""),
    # Where it is not certain that they share it, nothing is made up.
    ("市经济、信息化委", "市经济、信息化委", ""),
    ("市住房、城乡建设局、市财政局", "市住房、城乡建设局|市财政局", ""),
    ("市教育、人社、财政局", "市教育、人社、财政局", ""),
    ("省文化、旅游厅牵头，省财政厅配合", "省文化、旅游厅", "省财政厅"),
    ("张江、临港新片区管委会", "张江|临港新片区管委会", ""),
    ("西江、北江、东江四区政府", "西江|北江|东江四区政府", ""),
    ("市教育局+市财政局", "市教育局|市财政局", ""),
    ("市教育局 & 市财政局", "市教育局|市财政局", ""),
    ("市教育局|市财政局", "市教育局|市财政局", ""),
    ("第4、5项由市市场监管局牵头，市商务局配合", "市市场监管局", "市商务局"),
    ("第四项、第五项由县财政局负责", "县财政局", ""),
    ("第1—3项由县住建局负责，县财政局配合", "县住建局", "县财政局"),
]


@pytest.mark.parametrize(("cell", "lead", "support"), SHARED)
def test_what_names_share_completes_them_and_is_told(cell: str, lead: str, support: str) -> None:
    found = read_cell(cell)
    assert told(found) == (lead, support)
    assert found.doubts


@pytest.mark.parametrize(
    ("cell", "lead", "doubtful"),
    [
        ("经开区\n高新园\n各街道\n市科委", "经开区|高新园|各街道*|市科委", "高新园"),
        ("经开区\n高新园（石桥镇）\n各街道", "经开区|高新园[石桥镇]|各街道*", "高新园"),
        ("高新园\n各街道\n市教育局", "高新园|各街道*|市教育局", "高新园"),
        ("市教育局\n市财政局\n城投", "市教育局|市财政局|城投", "城投"),
        ("高新园\n各街道", "高新园各街道*", "高新园 各街道"),
        ("市教育局\n市属\n各高校\n市科委", "市教育局市属各高校*|市科委", ""),
        ("浦东新区\n规划和自\n然资源局\n区财政局", "浦东新区规划和自然资源局|区财政局", ""),
        ("市教育局\n市财政局\n等部门", "市教育局|市财政局", ""),
    ],
)
def test_a_name_without_a_known_end_on_a_line_of_its_own(cell: str, lead: str, doubtful: str) -> None:
    found = read_cell(cell)
    assert told(found)[0] == lead
    assert found.doubts == ((f"'{doubtful}' may be no name, or more than one",) if doubtful else ())


def test_no_doubt_stays_of_a_name_that_is_completed() -> None:
    why = "'东浦区政府' is completed by the end of the name behind it"
    assert read_cell("东浦、南浦区政府").doubts == (why,)


@pytest.mark.parametrize("cell", ["暂无", "N/A", "---", "–", "（无）", "无", "—", "-", "/", "", "  "])
def test_nobody_is_nobody(cell: str) -> None:
    assert read_cell(cell) == Departments()


@pytest.mark.parametrize("cell", ["同上", "〃", '"', "同 上", "（同上）", "同上行", "″"])
def test_as_above(cell: str) -> None:
    assert read_cell(cell).is_ditto


@pytest.mark.parametrize(
    "cell",
    [
        "省科技厅等",
        "市科委等9部门",
        "市科委等市有关部门",
        "市科委等相关职能部门",
        "同济大学、复旦大学等高校",
        "市科委…",
        "科技部、教育部等部门",
        "由科技部会同财政部等部门负责",
        "市教委牵头,市财政局等配合",
    ],
)
def test_a_list_that_goes_on_is_open(cell: str) -> None:
    assert read_cell(cell).is_open


@pytest.mark.parametrize(
    ("cell", "schedule"),
    [
        ("牵头单位：州信访局；责任单位：州融媒体中心，每月5日前报送", "每月5日前报送"),
        ("（由科技部、财政部按职责分工负责，2019年底前完成）", "2019年底前完成"),
        ("牵头单位：省商务厅；配合单位：无；完成时限：2025年上半年", "2025年上半年"),
        ("州行政审批服务局，7月底前取得进展，10月底前完成", "7月底前取得进展，10月底前完成"),
        ("省财政厅负责，长期坚持", "长期坚持"),
        ("市科委（6月底前）", "6月底前"),
        ("市科委（全年）", "全年"),
        ("市科委 长期", "长期"),
        ("市科委6月底前完成", "6月底前完成"),
        ("市科委，按职责分工负责；6月底前完成", "6月底前完成"),
    ],
)
def test_a_schedule_in_the_cell_keeps_its_words(cell: str, schedule: str) -> None:
    assert read_cell(cell).schedule == schedule


@pytest.mark.parametrize(
    "cell",
    [
        "市科委、张江",
        "市科委（牵头",
        "市科委)、(市教委",
        "区城市管理局、公安分局",
        "市委宣传部、文化和旅游厅",
        "省教育厅、各市教育局、财政局",
        "省教育厅、杭州市政府、财政局",
        "市科委、市科委",
        "国家发展改革委、能源局",
        "实验室与设备管理处",
        "市发展改革委、市人力资源和社",
        "省科技厅（详见附件）",
        "市科委（含下属单位）",
        "市教委（职成教处）",
        "市科委或市财政局",
        "市科委+市财政局",
        "市科委市财政局",
        "张江和市财政局",
        "除市科委外的各部门",
        "市科委各区政府",
        "★市科委、市财政局",
        "市科委 李明 13800000000",
        "责任人：王建国；责任单位：市科委",
        "王副县长、县教育局",
        "市科委负责制定方案",
        "市科委督促指导各区政府落实",
        "市科委、市教委（共同牵头）",
        "市科委（联系人：王五，电话：010-66666666）",
        "市科委…",
        "李明 市科委",
        "李明\n市科委",
        "市教育局、团委",
        "市住建局、公园城市局",
        "市公安局\n交警支队",
        "市妇联团市委",
        "市卫健委\n市场\n监管局",
        "党委、政府",
        "责任单位",
        "市科委—市财政局",
        "市科委→市财政局",
        "现市司法局",
        "监督单位：市审计局；责任单位：市科委",
        "陈局",
        "市科委、体改办",
        "市科委1、市财政局",
        "一是市科委；二是市财政局",
        "全部",
        "市科委配合市财政局",
        "配合市财政局",
        "配合单位：市财政局",
        "同上，市财政局",
        "以上各单位",
        "同牵头单位",
        "市科委协调市教委",
        "市公安局联合市交通运输局",
        "市委办公室统筹协调，市信访局负责",
        "市督查室督办，市城管局主办",
        "市城管局（督办单位：市效能办）",
        "各区政府落实",
        "第3项由市科委牵头",
        "建设：市住建局；运营：市城投集团",
        "市委、市政府办公室",
        "各县(市、区)委、政府",
        "牵头市科委，配合市教委",
        "市科委牵头市教委",
        "主办单位：市科委；承办单位：市教委",
        "配合单位：市科委牵头",
        "牵头单位：市科委牵头，市教委落实",
        "市科委会同市教委牵头",
        "市科委、市财政局（牵头",
        "市科委，6月底前牵头",
        "市科委，（牵头）",
        "以下措施均需各县区人民政府落实",
        "Department for Culture, Media and Sport",
        "Department of Health and Social Care Services",
        "Department of Health\nand Care",
        "加快建设研发平台",
        "已完成",
    ],
)
def test_what_is_not_certain_is_doubtful(cell: str) -> None:
    assert read_cell(cell).doubts


def test_a_column_of_support_supports() -> None:
    assert told(read_cell("市教委、市财政局", "support")) == ("", "市教委|市财政局")


def test_the_cells_of_the_annex_are_their_names() -> None:
    cells = [
        cell
        for line in ANNEX.read_text(encoding="utf-8").splitlines()
        for cell in line.split("\t")
        if "、" in cell and not re.search("[。,;；()（）0-9]", cell) and cell.count("市") > 1
    ]
    assert len(cells) > 20
    for cell in cells:
        found = read_cell(cell)
        assert [unit.name for unit in found.lead] == cell.split("、")
        assert found.doubts == ()


NAMES = (
    "市科委",
    "市教委",
    "市财政局",
    "省文化和旅游厅",
    "市委组织部",
    "国家发展改革委",
    "财政部",
    "各区政府",
    "团市委",
)
PIECES = (
    *"、，；（）()和及等由 \n：/",
    *"[]【】〔〕《》“”{}*?+|&·—-.\\^$#★①\u3000\u200b\u2028\x0b\t\udc80",
    "牵头",
    "负责",
    "配合",
    "会同",
    "单位",
    "责任",
    "同上",
    "6月底前",
    "局",
    "市",
    "某公司",
    "市財政局",
    "A",
)


ROLE_WORDS = [row.word for row in ROLES if row.word.isalpha()]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=8, unique=True), st.sampled_from("、，,;；/"))
def test_a_list_of_names_is_those_names(names: list[str], separator: str) -> None:
    found = read_cell(separator.join(names))
    assert [unit.name for unit in found.lead] == names
    assert found.doubts == ()


@settings(max_examples=10, deadline=None)
@given(texts(NAMES, PIECES, most=12))
@example(["?各区政府、市科委", "市科委〔）市科委", "?\nA", "市科委?\nA"])
def test_no_cell_raises_and_no_name_is_made_up(cells: list[str]) -> None:
    for cell in cells:
        no_name_is_made_up(cell)


def no_name_is_made_up(cell: str) -> None:
    found = read_cell(cell)
    # 宣传部 after 省委组织部 is 省委宣传部; an unclosed bracket, which is doubtful, holds what it holds.
    # A mark that is taken out, which is doubtful, leaves a space: A★B; so does a line's end in English, and
    # in a name that is English in part, which is doubtful, too.
    left = Reader("lead").unmarked(plain(cell))
    letters = {*unicodedata.normalize("NFKC", cell), *cell, *left, *"委、（）"}
    for unit in found.lead + found.support:
        is_doubtful = any(f"'{unit.name}'" in doubt for doubt in found.doubts)
        may_have_space = "\n" in left and (is_english(unit.name) or is_doubtful)
        assert set(unit.name) <= letters | ({" "} if may_have_space else set())
        assert unit.name
        assert "\n" not in unit.name
    assert "\n" not in "".join(found.doubts)
    names = [unit.name for unit in found.lead + found.support]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("cut", TOKENS, ids=lambda cut: cut.example)
def test_a_kind_of_token_is_found_in_its_example(cut: Cut) -> None:
    assert cut.kind in {token.kind for token in lexed(cut.example)}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.pattern)
def test_a_rule_reads_its_example(rule: Rule) -> None:
    assert rule in map(rule_of, clauses(plain(rule.example)))


@pytest.mark.parametrize("joint", JOINTS, ids=lambda joint: joint.word)
def test_a_joint_says_who_leads_and_who_joins(joint: Joint) -> None:
    found = read_cell(joint.example)
    second = found.support if joint.second == "support" else found.lead
    assert second[-1].name == "市教委"
    assert bool(found.doubts) == (joint.second == "unclear")


def law(cell: str) -> None:
    """Hold a cell to what is true of each: no character, no name, no word of a role is lost in silence."""
    found = read_cell(cell)
    if found in {Departments(), Departments(is_ditto=True)}:
        return
    told = "".join(found.doubts)
    names = "".join(name for each in found.lead + found.support for name in (each.name, *each.aliases))
    said = bare(f"{names};{told};{found.schedule}")
    reader = Reader("lead")
    for part in parts(reader.unwrapped(reader.unmarked(plain(cell)))):
        for piece in map(str.strip, pieces(part.words)):
            assert "".join(token.text for token in lexed(piece)) == piece
        for token in (token for clause in clauses(part.words) for token in clause):
            is_certain = token.kind not in {"text", "label", "ditto"} or bare(token.text) == ""
            is_role = token.kind == "role" and kind_of(token.text) in {"unclear", "watch"}
            assert (is_certain and not is_role) or told, (cell, token)
            if token.kind in {"name", "text"}:
                assert bare(token.text) in said, (cell, token)


def bare(words: str) -> str:
    """Give words without what stands in brackets, and without typesetting."""
    words = unicodedata.normalize("NFKD", words)  # no mark that follows a letter becomes one with it
    words = re.sub(r"[\[【〔〖{『「〈]", "(", re.sub(r"[]】〕〗}』」〉]", ")", words))  # as they are printed
    for _depth in range(words.count("(")):
        words = re.sub(r"\([^()]*\)", "", words)
    return re.sub(r"[\s()]", "", words).translate(SIMPLIFIED)


@pytest.mark.parametrize("cell", [cell for cell, _lead, _support in CELLS + SHARED])
def test_nothing_of_a_cell_is_lost_in_silence(cell: str) -> None:
    law(cell)


@settings(max_examples=10, deadline=None)
@given(texts(NAMES, PIECES, ROLE_WORDS, most=10))
@example(["AA\xb4市科委"])
def test_nothing_of_any_cell_is_lost_in_silence(cells: list[str]) -> None:
    for cell in cells:
        law(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "市科委、" * 1000,
        "市科委" + "(" * 490 + ")" * 490,
        "市科委" + "(市教委" * 190 + ")" * 190,
        "市科委和" * 249,
    ],
)
def test_a_cell_too_long_or_too_deep_is_doubtful(cell: str) -> None:
    assert read_cell(cell).doubts

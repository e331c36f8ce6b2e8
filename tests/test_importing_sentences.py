"""Lines without brackets: minutes, and messages of a group, whose sentences say who does what by when."""

from pathlib import Path

import pytest

import reading_tables
from conftest import Run

CHAT = """\
市府办-某某 2026/3/2 9:30
请各单位抓紧[抱拳]：
1、开学前完成校车检查，由市教育局牵头负责，市公安局、各街道配合，3月28日前完成
2、桥下积水点整治由市住建局牵头，市水务集团配合，4月底前拿出方案
3、请市财政局负责，落实排险经费90万元，本周五前到位
4. 灾损统计上报——市应急局牵头，市水利局配合，立即办理
5、东浦、南浦街道办负责低洼地区群众安置，9月10日前
市住建局-某某 2026/3/2 9:41
收到
补充一条：6、开展一次食品检查，由市商务局牵头
"""
READ = [
    ("开学前完成校车检查", "市教育局", "市公安局 各街道", "3月28日前完成"),
    ("桥下积水点整治", "市住建局", "市水务集团", "4月底前拿出方案"),
    ("落实排险经费90万元", "市财政局", "", "本周五前到位"),
    ("灾损统计上报", "市应急局", "市水利局", "立即办理"),
    ("低洼地区群众安置", "东浦街道办 南浦街道办", "", "9月10日前"),
    ("开展一次食品检查", "市商务局", "", "未载明"),
]


@pytest.fixture
def read(run: Run, tmp_path: Path) -> reading_tables.Reading:
    return lambda text, words="": reading_tables.read(
        run, tmp_path, "表.txt", text, f"由请牵头负责配合{words}"
    )


def test_messages_of_a_group_are_read_where_a_sentence_says_who(read: reading_tables.Reading) -> None:
    found, told = read(CHAT)
    assert [each[2:] for each in found] == READ
    assert "收到" in told
    assert "市住建局-某某 2026/3/2 9:41" in told


@pytest.mark.parametrize(
    "line",
    [
        "各部门要密切配合，形成合力，年底前见效。",
        "本办法由市政府办负责解释。",
        "市政府办负责解释本方案，6月底前。",
        "市教育局牵头，会同市财政局做好经费保障，6月底前完成。",
        "市财政局负责，市教育局配合做好保障。",
        "各部门负责人要亲自抓，层层落实责任。",
        "请市发改委牵头研究，提出意见，下周三前报市政府。",
        "加强宣传，市广电台、市报社配合，营造氛围。",
    ],
)
def test_a_sentence_that_may_say_something_else_is_told_and_left_out(
    read: reading_tables.Reading, line: str
) -> None:
    found, told = read(f"某市2026年会议纪要\n1.修订预案，市应急局牵头，3月底前。\n2.{line}\n")
    assert [each[2:] for each in found] == [("修订预案", "市应急局", "", "3月底前")]
    assert f"the row is left out: '{line}'" in told


@pytest.mark.parametrize("day", ["9月底前", "2026年底前"])
def test_a_date_behind_a_number_is_none_of_it(read: reading_tables.Reading, day: str) -> None:
    found, _told = read(f"某市2026年要点\n1.{day}建成车站。（市交通局）\n")
    assert found[0][2] == f"{day}建成车站。"


@pytest.mark.parametrize(("word", "support"), [("指导", "市教委"), ("服务保障", "市教委"), ("督促指导", "")])
def test_who_guides_beside_who_leads_supports_and_who_watches_is_told(
    read: reading_tables.Reading, word: str, support: str
) -> None:
    found, told = read(f"某市2026年要点\n1.组建队伍。由各区政府牵头，市教委{word}，6月底前完成。\n", word)
    assert [(each[3], each[4]) for each in found] == [("各区政府", support)]
    assert (f"'市教委{word}' was left aside" in told) == (not support)


def test_a_last_sentence_may_ask_somebody_to_do_what_is_said_before_it(read: reading_tables.Reading) -> None:
    found, told = read(
        "某市2026年督办通知\n一、关于积水问题。请市水务局牵头，会同市城管局，查明淤堵原因，3月底前完成清掏。\n"
        "二、关于路灯问题。请市城管局负责，4月底前修复到位。\n"
        "三、关于拥堵问题。请市教育局牵头，制定方案，5月6日前报市政府。\n",
        "会同三",
    )
    assert [each[1:] for each in found] == [
        ("关于积水问题", "查明淤堵原因", "市水务局", "市城管局", "3月底前完成清掏"),
        ("关于路灯问题", "关于路灯问题。", "市城管局", "", "4月底前修复到位"),
    ]
    assert "the row is left out: '关于拥堵问题。请市教育局牵头，制定方案，5月6日前报市政府。'" in told


def test_a_time_within_what_is_to_be_done_is_its_schedule(read: reading_tables.Reading) -> None:
    found, _told = read(
        "某县会议纪要\n1.由县甲局牵头，县乙局配合，5月底前拿出方案。\n2.由县乙局牵头，6月15日前报批。\n"
    )
    assert [each[2:] for each in found] == [
        ("5月底前拿出方案", "县甲局", "县乙局", "5月底前拿出方案"),
        ("6月15日前报批", "县乙局", "", "6月15日前报批"),
    ]


def test_a_time_of_all_tasks_is_none_of_the_last(read: reading_tables.Reading) -> None:
    tasks = "1.建渠。\n责任单位：县甲局\n2.清淤。\n责任单位：县乙局\n"
    found, told = read(f"某县2025年工作要点\n{tasks}以上任务均于2025年12月底前完成。\n", "责任单位")
    assert [each[5] for each in found] == ["未载明", "未载明"]
    assert "the row is left out: '以上任务均于2025年12月底前完成。'" in told

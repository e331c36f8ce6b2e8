"""The words above columns: of a qualifier, a role and a unit, in both scripts and in English."""

import pytest

from chengguo.importing import columns

WORDS = {
    "lead": (
        "市级牵头单位|省直责任部门|主要责任单位|第一责任单位|首要责任部门|整改责任单位|"
        "整改牵头单位|项目责任单位|项目实施单位|实施主体|责任主体|市直牵头部门|区级责任单位|"
        "县级牵头单位|镇（街道）责任单位|落实单位|责任科室|牵头科室|承办处室|主办单位|主责部门|"
        "归口管理部门|行业主管部门|责任单位（牵头）|牵头（责任）单位|牵头单位/责任单位|"
        "牵头及责任单位|任务承接单位|负责单位|负责部门|责任部门及单位|責任單位|牽頭單位|主辦機關|"
        "主责主办单位|共同责任单位|Lead agency|Lead Department|Responsible Agency|"
        "Responsible Entity|Responsible party|Responsibility|Lead Ministry/Agency|"
        "Implementing agency|Action owner|Owner|Primary responsible unit|街道牵头科室|"
        "兵团责任单位|本级责任部门|主要责任部门（单位）|责任单位及责任人|Overall lead|"
        "Main responsible body|Project owner|Lead partner|责任企业|牵头企业|责任村（社区）|责任乡镇（街道）|"
        "牵头站办|"
        "承办学校|责任处（科）室|牵头院系|牵头领导单位|主体责任单位|直接责任部门|主牵头部门|责任主体单位|"
        "承担单位|推进单位|分办单位|起草单位|Lead Division|Responsible Bureau|Assigned to|In charge"
    ),
    "support": (
        "市级配合单位|协同配合部门|配合责任单位|协办单位|参与单位|参加部门|协助单位|会办单位|"
        "其他责任单位|其他配合单位|协作部门|支持单位|联办单位|市县配合单位|配合（协助）单位|"
        "協辦機關|配合單位|Supporting agencies|Support agency|Supporting Partners|"
        "Cooperating departments|Contributing ministries|Partner organisations|"
        "Collaborating entities|Assisting unit|协同配合单位|配合单位（部门）|市直配合部门|"
        "Other supporting departments|Other departments involved|Delivery partners|Supported by|"
        "In cooperation with|Partner|配合企业|配合村（社区）|次要责任单位|支撑单位|共建单位|联合部门|"
        "相关单位|涉及部门|Participating departments|Collaborators"
    ),
    "": (
        "督导单位|指导单位|监管单位|验收单位|考核单位|督办单位|责任领导|责任人|牵头市领导|"
        "Accountable Officer|各地牵头单位|牵头领导及部门|Start date|Progress|Status|Remarks|"
        "Date of issue|开工时间|填报时间|监管责任单位|验收销号单位|项目业主|支持企业|启动时间|2025年目标值|"
        "领衔代表|提案人|建议人|投资计划|资金计划|任务分工"
    ),
    "schedule": (
        "Timeline|Deadline|Target completion date|Due by|Completion deadline|Time limit|"
        "Milestone date|By when|完成時限|辦理期限|完成時間要求|整改完成时限|计划完成时间节点|"
        "最迟完成时间|实施计划进度|推进计划|序时计划|推进时序|时序要求|阶段安排|辦理期程|工期|启动及完成时间|"
        "完成年限|时间表|Planned completion|Target year|To be completed by|Milestones|Implementation schedule"
    ),
    "title": (
        "Action item|Key tasks|Planned action|重点改革任务|主要指标|考核指标|任务清单|重点任务清单|建议标题|"
        "建议名称|提案案由|案由|议案名称|重点行动|民生实事|课题名称|Policy action|Project name|Work item|"
        "Recommendations"
    ),
    "number": ("序次|编号|Action No.|Task No|Item number|Ref.|Reference number|S/N"),
    "content": ("Deliverables|Description of action|工作任务分解|任務內容|具體措施"),
}


@pytest.mark.parametrize(
    ("word", "field"), [(word, field) for field, words in WORDS.items() for word in words.split("|")]
)
def test_a_word_names_a_field_by_how_it_is_built(word: str, field: str) -> None:
    assert "".join(columns.named((word,), columns.words([])).values()) == field


def test_a_word_for_who_guides_beside_one_for_who_supports_is_no_answer_to_it() -> None:
    words = ("项目编号", "项目名称", "项目主办单位", "项目协办单位", "市级指导单位", "计划完成时间")
    found = columns.recognise(words, columns.words([]))
    assert found is not None
    assert found.own() == {4: "市级指导单位"}


def test_towns_that_answer_beside_an_office_lead_with_it_and_support_who_leads() -> None:
    known = columns.words([])
    found = columns.recognise(("任务", "责任部门", "分管领导", "责任村（社区）", "完成时限"), known)
    assert found is not None
    assert found.places["lead"] == (1, 3)
    found = columns.recognise(("任务", "牵头部门", "责任镇（街道）", "完成时限"), known)
    assert found is not None
    assert (found.places["lead"], found.places["support"]) == ((1,), (2,))
    found = columns.recognise(("任务", "责任单位", "责任科室", "完成时限"), known)
    assert found is not None
    assert (found.places["lead"], found.own()) == ((1,), {2: "责任科室"})

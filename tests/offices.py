"""A registry as an office has it in the middle of the plan: the real table with some twenty reports."""

from functools import cache
from pathlib import Path

import yaml

from chengguo.files import store
from conftest import TASKS_YAML

REPORTS = {  # the item, and what was reported of it: day, status, words
    "1.1": [("2017-12-15", "done", "联席会议制度已印发实施")],
    "2.1": [("2018-11-30", "done", "流程规范已印发")],
    "3.1": [("2019-03-02", "in_progress", "视同利润考核口径已报国资委")],
    "3.2": [("2019-06-01", "in_progress", "已扶持企业300家")],
    "3.3": [("2019-06-03", "in_progress", "培训12期")],
    "3.4": [("2019-06-04", "in_progress", "新建联盟4个")],
    "4.1": [("2019-09-25", "in_progress", "平台一期上线试运行")],
    "5.1": [("2019-09-20", "done", "年度报告制度已发文"), ("2019-10-08", "in_progress", "退回补充材料")],
    "6.1": [("2019-03-12", "in_progress", "已遴选20家示范机构")],
    "6.2": [("2019-05-20", "in_progress", "科技创新券政策修订稿已征求意见")],
    "7.1": [("2019-07-01", "in_progress", "已备案机构10家")],
    "8.1": [("2019-01-15", "done", "基地已挂牌")],
    "8.3": [("2019-09-10", "in_progress", "创业导师工作室已建12家")],
    "9.1": [("2019-09-02", "in_progress", "基金已设立")],
    "10.1": [("2019-08-30", "blocked", "两中心整合方案待批")],
    "12.1": [("2019-09-18", "in_progress", "5个示范基地已遴选")],
    "13.1": [("2019-04-10", "in_progress", "已举办两届"), ("2019-09-28", "done", "第三届已举办")],
    "14.1": [("2019-09-04", "in_progress", "方案 <b>起草</b> | 1_2")],
}
EXTENSION = {"date": "2019-09-15", "to": "2019年底", "reason": "机构改革", "approved_by": "推进办"}


def office(folder: Path, *, reports: str = "", copies: int = 1) -> Path:
    """Write the registry into ``folder``, its items so many times over; ``reports`` is the plan's rhythm."""
    path = folder / "tasks.yaml"
    path.write_text(_text(reports, copies), encoding="utf-8")
    return path


@cache
def _text(reports: str, copies: int) -> str:
    table = yaml.safe_load(store.read_source(TASKS_YAML).text)
    if reports:
        table["plan"]["reports"] = reports
    for task in table["tasks"]:
        for item in task["items"]:
            told = REPORTS.get(f"{task['id']}.{item['id']}", [])
            item["progress"] = [{"date": day, "status": status, "note": note} for day, status, note in told]
            item["status"] = told[-1][1] if told else "pending"
            if (task["id"], item["id"]) == (6, 2):
                item["extensions"] = [EXTENSION]
    first = table["tasks"]
    for copy in range(1, copies):
        table["tasks"] = [*table["tasks"], *({**task, "id": task["id"] + 15 * copy} for task in first)]
    return yaml.safe_dump(table, allow_unicode=True, sort_keys=False)

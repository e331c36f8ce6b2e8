"""QUESTIONS: words above columns and labels that ask plainly: 做什么, 谁牵头, 何时完成.

A new way to ask is a line here with its example, which is its test.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from chengguo.departments import roles
from chengguo.text.expressions import expression


class Question(NamedTuple):
    """A way to ask, the field that answers it, and an example; without a field the role word in it tells."""

    pattern: str
    field: str
    example: str


_WHO = "(?:谁|哪[个些家](?:单位|部门)?|什么(?:单位|部门))"
_THING = "(?:事情?|工作|任务|内容)?"
_WHAT = "(?:些?什么|啥|哪些?)"
_HOW = "(?:怎么|怎样|如何|咋)样?"
_WHEN = "(?:什么时[候间]|何时|几时|啥时候?|哪[天月]|多久|几月(?:份|底)?|多长时间)"
_DO = "(?:做|干|办|抓|改|管|建|推进|落实)"
_DONE = "(?:完成|完|办结|办成|[做干办改建]完|[做干改建]成|落实|到位|见效|交账|结束|截止|交)"
QUESTIONS: tuple[Question, ...] = (
    Question(f"(?:由|归|靠|请)?{_WHO}来?(?P<role>{roles.WITHIN.pattern})", "", "由谁来牵头"),
    Question(f"(?P<named>{roles.NAMED})(?:是|有|为)?(?:谁|哪[个些家])", "", "牵头单位是谁"),
    Question(f"(?:由|归|靠|请)?{_WHO}来?{_DO}", "lead", "谁来干"),
    Question(f"{_WHO}来?(?:帮忙?|[协辅]助|搭手)|和{_WHO}一起{_DO}", "support", "谁来帮"),
    Question(f"(?:到|在)?{_WHEN}之?[前能要]?{_DONE}?", "schedule", "什么时候完成"),
    Question("(?:是|要)?(?:什么|啥|哪[件项个])(?:事情?|任务|工作|项目)", "title", "什么事"),
    Question(f"(?:要|应|该)?{_DO}(?:好|到)?{_WHAT}{_THING}", "content", "做什么"),
    Question(f"{_HOW}{_DO}?|{_DO}[到成](?:什么|啥)(?:程度|样子?|标准|地步)?", "content", "做到什么程度"),
    Question(
        "(?:要|达到)?(?:什么|啥)(?:目标|要求|效果|标准)|(?:目标|要求|标准)是(?:什么|啥)",
        "content",
        "目标是什么",
    ),
    Question("(?i:who(?:is)?(?:leads?|leading|responsible|incharge))", "lead", "Who leads"),
    Question("(?i:who(?:is)?(?:supports?|supporting|helps?|assists?))", "support", "Who supports"),
    Question("(?i:(?:by)?when)", "schedule", "By when"),
    Question("(?i:what(?:todo|isit|needstobedone)?)", "content", "What"),
)
_MAY_ASK = expression("[谁哪啥何几多怎咋如么]|(?i:wh)")
_ASKED = tuple((expression(each.pattern), each.field) for each in QUESTIONS)


@lru_cache(maxsize=4096)  # each cell of a table may be a heading
def field_of(word: str) -> str | None:
    """Return the field that a word asks for: its text without spaces and a question mark; else None."""
    for pattern, field in _ASKED if _MAY_ASK.search(word) else ():
        if found := pattern.fullmatch(word):
            return field or _role(found)
    return None


def _role(found: re.Match[str]) -> str | None:
    said = found.groupdict()
    kind = roles.kind_of(said["role"]) if said.get("role") else roles.kind_of(said["named"], "unit")
    return {"lead": "lead", "answer": "lead", "support": "support"}.get(kind)

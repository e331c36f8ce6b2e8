"""Counts in the words of papers: what is late, what is to come, milestones and periods by themselves."""

from chengguo.queries.summary import Count


def late(count: Count) -> str:
    """Return what is late: 逾期1项、节点逾期1个、期次逾期2期; "" where nothing is."""
    return _said(count, "逾期{}项", "节点逾期{}个", "期次逾期{}期")


def late_parts(count: Count) -> str:
    """Return which milestones and periods are late, without the items; "" where none is."""
    return late(count._replace(items=0))


def coming(count: Count) -> str:
    """Return what is to come: 即将到期1项、节点即将到期1个; "" where nothing is."""
    return _said(count, "即将到期{}项", "节点即将到期{}个", "期次即将到期{}期")


def due(count: Count) -> str:
    """Return how many are due, behind the word that they are: 1项、节点1个、期次2期; 0项 where none is."""
    return _said(count, "{}项", "节点{}个", "期次{}期") or "0项"


def unstopped(text: str) -> str:
    """Return a text without the stop at its end, for a sentence that goes on behind it."""
    return text.rstrip("。；")


def joined(*texts: str) -> str:
    """Return texts with ； between them, none of them with a stop of its own before that."""
    given = [text for text in texts if text]
    return "；".join([*map(unstopped, given[:-1]), *given[-1:]])


def _said(count: Count, *forms: str) -> str:
    return "、".join(form.format(number) for form, number in zip(forms, count, strict=True) if number)

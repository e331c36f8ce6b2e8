"""A registry cut down to the items that filters choose, and in Chinese, as papers are, what was chosen."""

from collections.abc import Collection
from datetime import date

from chengguo.cli.bundles import Filters
from chengguo.errors import WrongUsage
from chengguo.language import _, in_chinese
from chengguo.model import Registry
from chengguo.queries import query
from chengguo.queries.query import Role
from chengguo.registry import addresses
from chengguo.registry.documents import Document

_ROLES = {Role.LEAD.value: "负责", Role.SUPPORT.value: "配合", Role.ANY.value: ""}


def narrowed(document: Document, filters: Filters, as_of: date) -> Document:
    """Return the document with those items alone that are wanted as they stand on the day.

    Raises ``WrongUsage`` where there are none.
    """
    if filters._asdict() == Filters._field_defaults:
        return document
    registry = document.registry
    wanted = {row.address for row in filters.select(document, query.rows(registry, as_of))}
    if not wanted:
        raise WrongUsage(_("no item is as the options ask"), _("See what there is with: chengguo list"))
    return document._replace(registry=_cut(registry, wanted))


def _cut(registry: Registry, wanted: Collection[str]) -> Registry:
    """Return the registry, and each of the plans that it is made of, with the items of those addresses."""
    tasks = (
        task._replace(items=tuple(item for item in task.items if item.address in wanted))
        for task in registry.tasks
    )
    among = tuple(_cut(each, wanted) for each in registry.among)
    return registry._replace(tasks=tuple(task for task in tasks if task.items), among=among)


def in_words(document: Document, filters: Filters) -> str:
    """Say what the filters choose; "" where there are none."""
    role = _ROLES.get(filters.role, filters.role)
    departments = "、".join(filters.departments(document))
    said = (
        f"{departments}{role}" if departments else "",
        *(
            addresses.find_section(document.registry, name).title
            for name in filters.sections(document.registry)
        ),
        "、".join(in_chinese(each.word) for given in filters.status or () for each in given),
        "、".join("非" + in_chinese(each.word) for given in filters.not_status or () for each in given),
        "、".join(in_chinese(each.word) for given in filters.alert or () for each in given),
        "、".join(f"{name}灯" for name in filters.light or ()),
        *(filters.where or ()),
        f"{filters.due_by} 前到期" if filters.due_by else "",
        f"{filters.due_after} 后到期" if filters.due_after else "",
        *(f"含“{words}”" for words in filters.grep or ()),
    )
    return "，".join(part for part in said if part)

"""A file as it was read, and what its plan is called among others."""

import os
import re
from typing import NamedTuple

from chengguo.model import Registry
from chengguo.text.nodes import Mapping
from chengguo.text.source import Source


class Document(NamedTuple):
    """A file as read: its text, its nodes (``root`` is None where there is no mapping), its registry.

    One that several are read as has them in ``among``, and neither a text nor nodes of its own; in
    ``unread`` it has the names of the files that should be among them and cannot be read.
    """

    source: Source
    root: Mapping | None
    registry: Registry
    among: tuple["Document", ...] = ()
    unread: tuple[str, ...] = ()

    def of_plan(self, name: str) -> "Document":
        """Return the document of the plan of that name, itself where it is of one alone."""
        return next((each for each in self.among if each.registry.plan.name == name), self)


def named(document: Document, path: str) -> Document:
    """Return the document of the file at ``path`` with what names its plan: the key, else the file's name."""
    plan = document.registry.plan
    stem = os.path.splitext(os.path.basename(path))[0]  # noqa: PTH119, PTH122 - every query pays for it
    plan = plan._replace(name=plan.key or re.sub(r"[\s:：,，、;；]+", "_", stem).lstrip("-") or "stdin")
    return document._replace(registry=document.registry._replace(plan=plan))

"""Several registries: one body has one name in all of them."""

from collections.abc import Iterator, Sequence

from chengguo.departments import names
from chengguo.language import N_, _
from chengguo.model import Department
from chengguo.registry import uniting
from chengguo.registry.documents import Document
from chengguo.text.findings import Check, Finding, Severity
from chengguo.text.visible import visible_line

NAMESAKES = Check(
    "N311",
    N_("two names in several registries that may be of one body"),
    N_("A search for the one misses the work under the other, and the body gets two forms and two notices."),
    wrong="  市发改委: {}\n# 另一个台账\n  市发展改革委: {}\n",
    right="  市发改委: {}\n# 另一个台账\n  市发展改革委: {aliases: [市发改委]}\n",
    severity=Severity.WARNING,
)
_COMPARED = 500  # names, each of which is held against each


def namesakes(documents: Sequence[Document]) -> Iterator[tuple[int, Finding]]:
    """Yield, with the place of its registry, each name that may be another one's of a registry before it.

    What a full name or an alias makes one in any of them is one; two names of one registry are two bodies,
    and so are one and its successor.
    """
    if len(documents) < 2:  # noqa: PLR2004 - one has no others
        return
    from chengguo.departments import bodies, short_names  # they take their time to load

    known = names.index(uniting.register(each.registry for each in documents))
    seen: dict[str, tuple[str, str]] = {}  # what each is called where it stands first, and the file
    for place, document in enumerate(documents):
        units = [each for each in document.registry.register if not each.group and bodies.is_whole(each.name)]
        own = {names.find(each.name, known) or each.name: each for each in units}
        elsewhere = [name for name in seen if name not in own][:_COMPARED]
        for name, entry in own.items():
            for other in elsewhere if name not in seen else ():
                pair = sorted((entry.name, seen[other][0]), key=len)
                may_be_one = short_names.may_be_one(*pair) or short_names.may_be_one(*pair[::-1])
                if may_be_one and not _is_followed(name, other, known):
                    yield place, _finding(entry, *seen[other], pair)
        seen = {name: (entry.name, document.source.name) for name, entry in own.items()} | seen


def _is_followed(name: str, other: str, known: names.Names) -> bool:
    """True if one of two bodies took over from the other."""
    successors = (known.registered[name].successor, known.registered[other].successor)
    return other == successors[0] or name == successors[1]


def _finding(entry: Department, other: str, where: str, pair: list[str]) -> Finding:
    message = _("'{name}' and '{other}' of {file} may be one body")
    hint = _("If so, make one an alias of the other: '{long}: {{aliases: [{short}]}}'; if not: --ignore N311")
    return Finding(
        NAMESAKES,
        entry.span,
        message.format(name=entry.name, other=other, file=visible_line(where)),
        hint.format(short=pair[0], long=pair[1]),
    )

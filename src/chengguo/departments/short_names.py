"""Two names of which one may be short for the other: 市发改委, 财政局 of 市财政局."""

from functools import lru_cache

from chengguo.departments import bodies
from chengguo.text.expressions import expression

_LONG_FORMS = expression("(?<=委)员会$|(?<=办)公[室厅]$|[和与]")
_SHORTEST = 4  # characters of a short name with its level: 市发改委, but 市教委
_SHORTEST_BARE = 3  # and of one without


def may_be_one(short: str, name: str) -> bool:
    """True if ``short`` may be ``name`` in fewer words, without its level, or both."""
    if short[-1] != name[-1] and _stem(short)[-1] != _stem(name)[-1]:
        return False
    return _is_short_for(short, name) or _is_without_level(short, name)


def _is_short_for(short: str, name: str, least: int = _SHORTEST) -> bool:
    """True if ``short`` may be ``name`` in fewer words: 市发改委, 市发展和改革委员会."""
    is_shorter = len(short) < len(name)
    short, name = _stem(short), _stem(name)
    if short == name:
        return is_shorter
    if len(short) >= len(name) or short[0] != name[0] or short[-1] != name[-1]:
        return False
    if len(short) < least - short.endswith("委") or bodies.holds_party(name) or "政府" in short:
        return False
    rest = iter(name)
    return all(character in rest for character in short)


def _is_without_level(short: str, name: str) -> bool:
    """True if ``short`` does not say whose it is, and may be ``name`` so: 发改委, 市发展改革委."""
    if len(short) < _SHORTEST_BARE or bodies.names_its_level(short):
        return False
    rest = name.removeprefix(bodies.level(name))
    if rest == name:
        return False
    return short == rest or any(
        _is_short_for(*both, _SHORTEST_BARE) for both in ((short, rest), (rest, short))
    )


@lru_cache(maxsize=1024)
def _stem(name: str) -> str:
    """Return a name without what its long form alone has: 市教委 of 市教委员会."""
    return _LONG_FORMS.sub("", name)

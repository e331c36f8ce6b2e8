"""Several values of one option: it is repeated, or there are commas between them."""

import re
from collections.abc import Callable, Iterable

from chengguo.errors import WrongUsage
from chengguo.language import _

_COMMAS = re.compile("[,，、]")


def split(
    given: Iterable[str] | None, option: str, is_one: Callable[[str], bool] = lambda _text: False
) -> list[str]:
    """Return what was given once or several times, with commas between or not.

    A text that ``is_one`` is not split. Raises ``WrongUsage`` where an option is given, and nothing with it:
    that would ask for everything.
    """
    texts = [
        part.strip() for text in given or () for part in ([text] if is_one(text) else _COMMAS.split(text))
    ]
    return filled(texts, option)


def filled(given: Iterable[str] | None, option: str) -> list[str]:
    """Return the texts that are not empty; raises ``WrongUsage`` where all of those given are."""
    texts = [*(given or ())]
    found = [text for text in texts if text.strip()]
    if texts and not found:
        message = _("{option} is empty").format(option=option)
        raise WrongUsage(message, _("Give it a value, or leave it out."))
    return found

"""Numbers in Chinese, as sections are numbered."""

import re
from functools import lru_cache

_DIGITS = "零一二三四五六七八九"


@lru_cache(maxsize=1000)
def chinese(count: int) -> str:
    """Return a number below 100,000 as sections are numbered: 一, 十二, 二十, 一百零五."""
    units = ("万", "千", "百", "十", "")[-len(str(count)) :]
    digits = (
        "零" if digit == "0" else _DIGITS[int(digit)] + unit
        for digit, unit in zip(str(count), units, strict=True)
    )
    text = re.sub("零+", "零", "".join(digits)).rstrip("零")
    return text.removeprefix("一") if text.startswith("一十") else text

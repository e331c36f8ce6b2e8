"""What a field of a registry file is, and what it may hold."""

from typing import Literal, NamedTuple

from chengguo.model import WHOLE

COLORS = ("red", "orange", "yellow", "green", "blue", "grey")


# What a field may hold. "schedule" is a wording of when, "period" names a part of recurring work, "days" is
# a number of them (30d), "conditions" are those of lights, "color" is one of ``COLORS``, "choice" one of
# its words, "key" a word that parts an address (成果:3.2), "extra" a mapping from the columns of the office's
# own to their values; "record" is one mapping of the fields that it names, "records" a list of such,
# "register" a mapping from names to such, "titles" a mapping from ids to texts, or to a mapping of the
# fields that it names.
Kind = Literal[
    "text",
    "integer",
    "flag",
    "date",
    "month",
    "years",
    "status",
    "schedule",
    "percent",
    "period",
    "days",
    "conditions",
    "color",
    "choice",
    "key",
    "names",
    "texts",
    "extra",
    "record",
    "register",
    "titles",
    "records",
]


# What a period may be called, as a regular expression: a month, a quarter, a half, a year, a week or, where
# none of them has one day alone, its last day; or all of them.
PERIOD = f"[0-9]{{4}}(-(0[1-9]|1[0-2])(-[0-3][0-9])?|-Q[1-4]|-H[12]|-W[0-5][0-9])?|{WHOLE}"

# What a plan may be called, as a regular expression: nothing that parts addresses, no option.
KEY = "[^-\\s/:：,，、;；][^\\s/:：,，、;；]*"


class Field(NamedTuple):
    """One key of a mapping, for all that reads, shows or writes it.

    ``name`` is that of the file and of the JSON; ``label`` and ``about`` are what messages, tables and the
    schema call and say of it. ``heading`` stands above its column in an official table or in the tables
    behind an exported one; it is part of these files, and Chinese in every language. ``example`` is what a
    new registry starts with, ``more`` what may stand there, where ``about`` does not tell. A text that
    ``is_block`` is written below its key, a line a paragraph. ``choices`` are the words of a choice, the
    first of which holds where nothing is said; ``of`` tells whose columns an "extra" holds.
    """

    name: str
    kind: Kind
    label: str
    about: str
    heading: str = ""
    example: str = ""
    required: bool = False
    fields: "Fields | None" = None
    more: str = ""
    is_block: bool = False
    choices: tuple[str, ...] = ()
    of: str = ""


Fields = dict[str, Field]  # the fields of a mapping, by name


def named(*fields: Field) -> Fields:
    """Return the fields of a mapping by their names, in their order."""
    return {field.name: field for field in fields}

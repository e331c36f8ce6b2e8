"""The formats of a report: a module each, whose ``write`` takes the report, the output, and the name.

A new format is its module and one line here.
"""

FORMATS = {  # what --format names: the module that writes it
    "table": "table",
    "json": "json",
    "jsonl": "jsonl",
    "csv": "delimited",
    "tsv": "delimited",
    "md": "markdown",
}

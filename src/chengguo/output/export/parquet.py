"""Parquet: the tables of the database as files, a folder a plan, for what reads many of them at once."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from chengguo.errors import WrongUsage
from chengguo.files import installing
from chengguo.language import _
from chengguo.output.export.document import Document
from chengguo.output.export.relations import KINDS, TABLES, rows_of, unread


def write(document: Document) -> Iterator[tuple[str, str, bytes]]:
    """Yield each file: the name of its plan, what it is called, its bytes.

    Its columns have the same types in every file, also where a plan has nothing in them. Raises
    ``WrongUsage`` where PyArrow is missing.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise WrongUsage(_("Parquet needs PyArrow"), installing.command("parquet")) from error
    types: dict[str, Any] = {
        "text": pa.string(),
        "day": pa.date32(),
        "integer": pa.int64(),
        "flag": pa.bool_(),
        "texts": pa.list_(pa.string()),
    }
    for each in document.among or (document,):
        plan = each.registry.plan.name
        found: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
        own = each._replace(gaps=document.gaps)
        for name, values in (*rows_of(own, plan), *unread(document.gaps)):
            columns = TABLES[name]
            found[name].append(dict(zip(columns, map(_value, columns, values), strict=True)))
        for name, records in found.items():
            schema = pa.schema([(column, types[KINDS.get(column, "text")]) for column in TABLES[name]])
            out = pa.BufferOutputStream()
            parquet.write_table(pa.Table.from_pylist(records, schema), out)
            yield plan, f"{name}.parquet", out.getvalue().to_pybytes()


def _value(column: str, value: Any) -> Any:
    """Return a value as its column holds it."""
    match KINDS.get(column):
        case "day":
            return date.fromisoformat(value) if value else None
        case "texts":
            return json.loads(value)
        case _:
            return value

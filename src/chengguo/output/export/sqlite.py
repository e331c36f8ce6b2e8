"""SQLite: the registry as tables for questions of one's own, as it stood on the day (chengguo help data)."""

import sqlite3
from contextlib import closing

from chengguo.output.export.document import Document
from chengguo.output.export.relations import TABLES, rows


def write(document: Document) -> bytes:
    """Return the items of ``document``, with all that is known of them, as an SQLite database."""
    with closing(sqlite3.connect(":memory:")) as database:
        for table, columns in TABLES.items():
            database.execute(f"CREATE TABLE {table} ({', '.join(map(_quoted, columns))})")
        for table, values in rows(document):
            marks = ", ".join("?" * len(values))
            database.execute(f"INSERT INTO {table} VALUES ({marks})", values)  # noqa: S608 - a name of ours
        database.commit()
        return database.serialize()


def _quoted(column: str) -> str:
    return f'"{column}"'

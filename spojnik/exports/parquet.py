"""`dane/<slug>.parquet` for analysts: typed columns, lists as lists, amounts by year as a map.

DuckDB writes it (extra "parquet"). Without DuckDB there is no such file, and `absent` says so: never silently.
"""

from __future__ import annotations

import importlib.util
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from spojnik.exports import json
from spojnik.exports.table import Column, Table
from spojnik.output import Output

_TYPES = {"number": "DOUBLE", "integer": "BIGINT", "boolean": "BOOLEAN", "date": "DATE",
          "object": "MAP(VARCHAR, DOUBLE)"}


def absent() -> str:
    """Why there are no Parquet files, in Polish; "" when there are."""
    return "" if importlib.util.find_spec("duckdb") else (
        "Nie ma plików Parquet, bo brakuje pakietu DuckDB. Zainstalujesz go poleceniem: pip install duckdb.")


def export(table: Table) -> Iterator[Output]:
    """One row group after another, compressed by zstd. One thread: more would change the order of rows."""
    if absent():
        return
    import duckdb

    columns = ", ".join(f"'{column.name}': '{_type(column)}'" for column in table.columns)
    with tempfile.TemporaryDirectory(prefix="spojnik-") as folder:
        source, target = Path(folder, "rows.jsonl"), Path(folder, "rows.parquet")
        source.write_bytes(json.lines(table))
        with duckdb.connect(":memory:", config={"threads": 1, "autoinstall_known_extensions": False}) as base:
            base.execute(f"COPY (SELECT * FROM read_json('{source}', format='newline_delimited', "
                         f"maximum_object_size=33554432, columns={{{columns}}})) "
                         f"TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
        yield Output(PurePosixPath(f"dane/{table.dataset.slug}.parquet"), target.read_bytes())


def _type(column: Column) -> str:
    kind = column.kind
    if kind.item:
        return f"{_TYPES.get(kind.item.table['type'], 'VARCHAR')}[]"
    return _TYPES.get(kind.table["type"], "VARCHAR")

"""The CSV of a number and the description of that CSV, under the stem of its page."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from spojnik import addresses
from spojnik.catalog import Dataset
from spojnik.exports.dialect import for_machines
from spojnik.output import Output
from spojnik.web.numbers.figure import WORDY, Column, Figure, Table
from spojnik.world import World

KEYS_AT_MOST = 5_000
_TYPES = {**dict.fromkeys(WORDY, "string"), "year": "integer", "count": "integer"}


def number_files(world: World, dataset: Dataset, figure: Figure) -> Iterator[Output]:
    """`<stem>.csv` with the tidy table and `<stem>.json` that says what it means and on what it rests."""
    stem = figure.number.stem
    yield Output(PurePosixPath(f"{stem}.csv"), table_csv(figure.detail or figure.table))
    body = json.dumps(_metadata(world, dataset, figure), ensure_ascii=False, indent=1)
    yield Output(PurePosixPath(f"{stem}.json"), f"{body}\n".encode())


def table_csv(table: Table) -> bytes:
    """RFC 4180, as our other CSV files: UTF-8, commas, CRLF, nothing that a spreadsheet would run."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    printers = [for_machines(column.value_kind) for column in table.columns]
    for line in table.lines:
        writer.writerow(
            [printer(None if cell == "" else cell) for printer, cell in zip(printers, line.cells, strict=True)]
        )
    return stream.getvalue().encode()


def _column(column: Column) -> dict[str, str]:
    unit = {"money": "PLN", "percent": "%", "days": "dni"}.get(column.kind, "")
    found = {"name": column.name, "title": column.label, "datatype": _TYPES.get(column.kind, "number")}
    return {**found, "unit": unit} if unit else found


def _metadata(world: World, dataset: Dataset, figure: Figure) -> dict[str, Any]:
    number, table = figure.number, figure.detail or figure.table
    keys = figure.used if len(figure.used) <= KEYS_AT_MOST else ()
    return {
        "name": number.name,
        "title": number.title,
        "description": number.question,
        "result": figure.summary,
        "method": number.method,
        "caution": number.caution,
        "as_of": world.today,
        "page": number.page,
        "csv": f"{number.stem}.csv",
        "rows": len(table.lines),
        "columns": [_column(column) for column in table.columns],
        "dataset": {"id": dataset.id, "title": dataset.spec.title, "csv": f"dane/{dataset.slug}.csv"},
        "records_asked": figure.looked_at,
        "records_used": len(figure.used),
        "missing": list(figure.missing),
        "licence": "CC0-1.0",
        "records": [addresses.record_page(dataset.slug, key) for key in keys],
        "records_left_out": len(figure.used) - len(keys),
    }

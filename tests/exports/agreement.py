"""Reads our files back with other people's readers and brings every cell to one form, so that formats can be compared.

Known and documented losses (spojnik.exports.dialect.NOTES): paragraphs become one line in CSV, a semicolon inside an
item of a list becomes a comma or %3B, spreadsheets say tak and nie, and CSV guards what a spreadsheet would run.
"""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from spojnik.exports.dialect import bare, for_machines, single_line, years
from spojnik.exports.table import Column, Table

Row = dict[str, str]


def expected(table: Table) -> dict[str, Row]:
    """key → column → text, straight from the records."""
    return _rows(table, ([_text(column, cell) for column, cell in zip(table.columns, row, strict=True)]
                         for row in table.rows))


def from_csv(table: Table, body: bytes) -> dict[str, Row]:
    """The RFC 4180 file."""
    lines = list(csv.reader(io.StringIO(body.decode("utf-8"), newline="")))
    assert lines[0] == [column.name for column in table.columns]
    return _rows(table, ([_from_machine(column, bare(cell)) for column, cell in zip(table.columns, line, strict=True)]
                         for line in lines[1:]))


def from_excel_csv(table: Table, body: bytes) -> dict[str, Row]:
    """The file for Polish Excel."""
    assert body.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""), delimiter=";"))
    return _rows(table, ([_from_polish(column, bare(cell)) for column, cell in zip(table.columns, line, strict=True)]
                         for line in lines[1:]))


def from_xlsx(table: Table, body: bytes) -> dict[str, Row]:
    """The spreadsheet, read by openpyxl, which also shows formulas."""
    from openpyxl import load_workbook

    sheet = load_workbook(io.BytesIO(body), read_only=True)["dane"]
    lines = list(sheet.iter_rows(min_row=2))
    assert not [cell.coordinate for line in lines for cell in line if cell.data_type == "f"]
    return _rows(table, ([_from_sheet(column, cell.value) for column, cell in zip(table.columns, line, strict=True)]
                         for line in lines))


def from_json(table: Table, body: bytes) -> dict[str, Row]:
    """The whole-dataset JSON."""
    return _from_dicts(table, json.loads(body)["records"])


def from_jsonl(table: Table, body: bytes) -> dict[str, Row]:
    """One object a line."""
    return _from_dicts(table, [json.loads(line) for line in body.decode().splitlines()])


def from_sqlite(table: Table, body: bytes) -> dict[str, Row]:
    """The table of a dataset in the database."""
    base = sqlite3.connect(":memory:")
    base.deserialize(body)
    base.row_factory = sqlite3.Row
    rows = [dict(row) for row in base.execute(f'SELECT * FROM "{table.dataset.id}"')]
    for row in rows:
        for column in table.columns:
            if (column.kind.item or column.kind.table["type"] == "object") and row[column.name] is not None:
                row[column.name] = json.loads(row[column.name])
    base.close()
    return _from_dicts(table, rows)


def from_parquet(table: Table, body: bytes, folder: Path) -> dict[str, Row]:
    """The Parquet file, read by DuckDB; `folder` is any empty place."""
    import duckdb

    path = folder / "rows.parquet"
    path.write_bytes(body)
    found = duckdb.sql(f"SELECT * FROM '{path}'")
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]
    for row in rows:
        row.update({name: cell.isoformat() for name, cell in row.items() if isinstance(cell, date)})
    return _from_dicts(table, rows)


def from_record(table: Table, body: bytes) -> Row:
    """The JSON of one record."""
    return _from_dicts(table, [json.loads(body)["values"]])[json.loads(body)["key"]]


def disagreements(one: dict[str, Row], two: dict[str, Row]) -> list[str]:
    """`key/column: this | that` for every cell in which two readings differ."""
    return [f"{key}/{name}: {one.get(key, {}).get(name)!r} | {two.get(key, {}).get(name)!r}"
            for key in sorted(one.keys() | two.keys())
            for name in sorted(one.get(key, {}).keys() | two.get(key, {}).keys())
            if one.get(key, {}).get(name) != two.get(key, {}).get(name)]


READERS: dict[str, Callable[[Table, bytes], dict[str, Row]]] = {
    ".csv": from_csv, "-excel.csv": from_excel_csv, ".xlsx": from_xlsx, ".json": from_json, ".jsonl": from_jsonl}


def _rows(table: Table, lines: Any) -> dict[str, Row]:
    names = [column.name for column in table.columns]
    found = [dict(zip(names, line, strict=True)) for line in lines]
    return {row["key"]: row for row in found}


def _from_dicts(table: Table, rows: Sequence[dict[str, Any]]) -> dict[str, Row]:
    return _rows(table, ([_text(column, row.get(column.name)) for column in table.columns] for row in rows))


def _text(column: Column, cell: Any) -> str:
    if column.kind.name == "money_by_year" and cell is not None:
        return years(cell)
    return "" if cell is None else bare(for_machines(column.kind)(cell))


def _from_machine(column: Column, text: str) -> str:
    return years(json.loads(text)) if column.kind.name == "money_by_year" and text else text


def _from_polish(column: Column, text: str) -> str:
    kind = column.kind.table["type"]
    if kind == "boolean":
        return {"tak": "true", "nie": "false"}.get(text, text)
    return text.replace(",", ".") if kind == "number" else text


def _from_sheet(column: Column, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if column.kind.table["type"] in ("number", "integer") and isinstance(value, int | float):
        return for_machines(column.kind)(value)
    return single_line(_from_polish(column, str(value)))

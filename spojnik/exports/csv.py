"""CSV twice: RFC 4180 for programs, and one that Polish Excel opens by a double click without spoiling it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from spojnik.exports.dialect import for_excel, for_machines
from spojnik.exports.table import Cell, Column, Table
from spojnik.kinds import Kind
from spojnik.output import Output


def export(table: Table) -> Iterator[Output]:
    """`dane/<slug>.csv` and `dane/<slug>-excel.csv`."""
    slug = table.dataset.slug
    yield Output(PurePosixPath(f"dane/{slug}.csv"), plain(table))
    yield Output(PurePosixPath(f"dane/{slug}-excel.csv"), excel(table))


def plain(table: Table) -> bytes:
    """RFC 4180: UTF-8 without BOM, comma, CRLF as its section 2 asks, names of columns in the first line."""
    return _write(table, for_machines, lambda column: column.name, ",").encode()


def excel(table: Table) -> bytes:
    """BOM (else Excel reads "zgĹ‚oszenia"), semicolon and decimal comma as Polish Excel has them, Polish headings."""
    titles = headings(table)
    return ("\ufeff" + _write(table, for_excel, lambda column: titles[column.name], ";")).encode()


def headings(table: Table) -> dict[str, str]:
    """Column name → Polish heading, each one different: a label used twice is followed by the name."""
    labels = [column.label for column in table.columns]
    return {column.name: column.label if labels.count(column.label) == 1 else f"{column.label} ({column.name})"
            for column in table.columns}


def _write(table: Table, dialect: Callable[[Kind], Callable[[Cell], str]], heading: Callable[[Column], str],
           delimiter: str) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow([heading(column) for column in table.columns])
    printers = [dialect(column.kind) for column in table.columns]
    writer.writerows([printer(cell) for printer, cell in zip(printers, row, strict=True)] for row in table.rows)
    return stream.getvalue()

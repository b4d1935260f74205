"""CSV twice: RFC 4180 for programs, and one that Polish Excel opens by a double click without spoiling it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import cast

from spojnik.exports.dialect import for_excel, for_machines
from spojnik.exports.table import Cell, Table
from spojnik.kinds import Kind
from spojnik.output import Output


def export(table: Table) -> Iterator[Output]:
    """`dane/<slug>.csv` and `dane/<slug>-excel.csv`."""
    slug = table.dataset.slug
    yield Output(PurePosixPath(f"dane/{slug}.csv"), plain(table))
    yield Output(PurePosixPath(f"dane/{slug}-excel.csv"), excel(table))


def plain(table: Table) -> bytes:
    """RFC 4180: UTF-8 without BOM, comma, CRLF as its section 2 asks, names of columns in the first line."""
    write = liner(table)
    return (heading(table) + "".join([write(row) for row in table.rows])).encode()


def heading(table: Table) -> str:
    """The first line of the plain file."""
    return _writer(",")([column.name for column in table.columns])


def liner(table: Table) -> Callable[[Sequence[Cell]], str]:
    """A function from a row to its line in the plain file, for lists that share rows."""
    return _liner(table, for_machines, ",")


def excel(table: Table) -> bytes:
    """BOM (else Excel reads "zgĹ‚oszenia"), semicolon and decimal comma as Polish Excel has them, Polish headings."""
    titles, write = headings(table), _liner(table, for_excel, ";")
    first = _writer(";")([titles[column.name] for column in table.columns])
    return ("\ufeff" + first + "".join([write(row) for row in table.rows])).encode()


def headings(table: Table) -> dict[str, str]:
    """Column name → Polish heading, each one different: a label used twice is followed by the name."""
    labels = [column.label for column in table.columns]
    return {column.name: column.label if labels.count(column.label) == 1 else f"{column.label} ({column.name})"
            for column in table.columns}


def _liner(table: Table, dialect: Callable[[Kind], Callable[[Cell], str]],
           delimiter: str) -> Callable[[Sequence[Cell]], str]:
    """A function from a row to its line. csv.writer looks at every letter, which takes longer than all the rest: it is
    asked only where a cell holds a quotation mark or a line end."""
    printers, careful = [dialect(column.kind) for column in table.columns], _writer(delimiter)

    def line(row: Sequence[Cell]) -> str:
        cells = ["" if cell is None else show(cell) for show, cell in zip(printers, row, strict=True)]
        text = delimiter.join(cells)
        if '"' in text or "\n" in text or "\r" in text:
            return careful(cells)
        if text.count(delimiter) >= len(cells):
            text = delimiter.join([f'"{cell}"' if delimiter in cell else cell for cell in cells])
        return text + "\r\n"

    return line


def _writer(delimiter: str) -> Callable[[Sequence[str]], str]:
    """A function from cells to a line: csv.writer hands back what its stream's `write` returns."""
    writer = csv.writer(_Echo(), delimiter=delimiter, lineterminator="\r\n")
    return cast(Callable[[Sequence[str]], str], writer.writerow)


class _Echo:
    """A stream that keeps nothing."""

    @staticmethod
    def write(line: str) -> str:
        return line

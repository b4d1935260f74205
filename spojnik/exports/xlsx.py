"""XLSX for people who work in a spreadsheet: identifiers are text, dates are dates, nothing is a formula.

Strings are typed as strings, so that a hostile "=cmd|…" is shown and not run, and the file has one fixed creation
date, so that the same records give the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import Any

from spojnik import words
from spojnik.exports import csv
from spojnik.exports.dialect import listed, years
from spojnik.exports.table import Column, Table
from spojnik.exports.xlsx_rows import CELL_AT_MOST, Shown, filled, number, text
from spojnik.output import Output

# A spreadsheet with more rows takes minutes to open on the computers of small organisations; the file says so.
ROWS_AT_MOST = 50_000
_CREATED = datetime(2000, 1, 1)
_FIRST_DAY = "1900-03-01"  # Excel believes in 29 February 1900: earlier days would be a day off
_DAY_ZERO = date(1899, 12, 30).toordinal()  # day 0 of the spreadsheet's calendar
_OPTIONS = {"constant_memory": True, "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
            "strings_to_numbers": False, "nan_inf_to_errors": False}


def export(table: Table) -> Iterator[Output]:
    """`dane/<slug>.xlsx`: sheets "dane", "słownik" (what the columns mean) and "o pliku" (source, licence, limits)."""
    from xlsxwriter import Workbook

    stream = io.BytesIO()
    with Workbook(stream, _OPTIONS) as book:
        book.set_properties({"title": table.dataset.spec.title, "created": _CREATED,
                             "comments": "CC0 1.0", "author": table.world.site.operator or ""})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        _headings(book.add_worksheet("dane"), table, bold)
        _texts(book.add_worksheet("słownik"), dictionary(table), (24, 30, 22, 60, 30, 60), bold, wrap)
        _texts(book.add_worksheet("o pliku"), _about(table), (24, 100), bold, wrap)
        style = day._get_xf_index()  # a style that no cell of XlsxWriter's has is written only when somebody asks
    body = filled(stream.getvalue(), [_shown(column, style) for column in table.columns], table.rows[:ROWS_AT_MOST])
    yield Output(PurePosixPath(f"dane/{table.dataset.slug}.xlsx"), body)


def _headings(sheet: Any, table: Table, bold: Any) -> None:
    titles = csv.headings(table)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, 40 if column.kind.widget == "textarea" else 20)
    sheet.freeze_panes(1, 1)
    for place, column in enumerate(table.columns):
        sheet.write_string(0, place, titles[column.name], bold)
    sheet.autofilter(0, 0, len(table.rows[:ROWS_AT_MOST]), len(table.columns) - 1)


def _shown(column: Column, day: int) -> Shown:
    """How the cells of a column are written: by its kind, never by what the text looks like. day: number of the style
    of dates."""

    def calendar_day(cell: Any) -> tuple[str, str]:
        if cell < _FIRST_DAY:
            return text(cell)
        return f' s="{day}"', number(date.fromisoformat(cell).toordinal() - _DAY_ZERO)[1]

    kind = column.kind
    if kind.item:
        return lambda cell: text(listed(cell))
    by_type: dict[str, Shown] = {
        "number": number,
        "integer": number,
        "boolean": lambda cell: text("tak" if cell else "nie"),
        "object": lambda cell: text(years(cell)),
        "date": calendar_day,
    }
    return by_type.get(kind.table["type"], lambda cell: text(str(cell)))


def _texts(sheet: Any, rows: list[tuple[str, ...]], widths: tuple[int, ...], bold: Any, wrap: Any) -> None:
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    for line, row in enumerate(rows):
        for place, said in enumerate(row):
            sheet.write_string(line, place, said[:CELL_AT_MOST], wrap if line else bold)


def dictionary(table: Table) -> list[tuple[str, ...]]:
    """What the columns mean, heading first: heading, name in other files, kind, meaning, example, allowed values."""
    titles = csv.headings(table)
    head = ("Kolumna", "Nazwa w innych plikach", "Rodzaj", "Znaczenie", "Przykład", "Dozwolone wartości")
    return [head, *((titles[column.name], column.name, kind_label(column), column.help, column.example, options(column))
                    for column in table.columns)]


def kind_label(column: Column) -> str:
    """The Polish word for what stands in the column, with its unit."""
    kind = column.kind
    unit = f" ({kind.unit})" if kind.unit else ""
    return f"lista: {kind.item.label}{unit}" if kind.item else f"{kind.label}{unit}"


def options(column: Column) -> str:
    """The closed list of a choice: codes, with their labels where these differ."""
    known = (column.kind.item or column.kind).options or {}
    return "; ".join(code if code == label else f"{code} – {label}" for code, label in known.items())


def _about(table: Table) -> list[tuple[str, ...]]:
    spec, site, total = table.dataset.spec, table.world.site, len(table.records)
    cut = f"Ten plik ma pierwsze {ROWS_AT_MOST} z {total} rekordów. Wszystkie są w pliku CSV."
    sources = [("Źródło", " · ".join(part for part in (source.title, source.publisher, source.url, source.licence,
                                                         source.terms) if part)) for source in spec.sources]
    return [
        ("Zbiór", spec.title),
        ("Opis", spec.description),
        ("Serwis", " · ".join(part for part in (site.name, site.base_url) if part)),
        ("Stan na dzień", words.day(table.world.today)),
        ("Rekordów", cut if total > ROWS_AT_MOST else str(total)),
        ("Licencja", "Nasze zestawienie: CC0 1.0. Wartości zachowują warunki swoich źródeł."),
        ("Puste komórki", "Pusta komórka znaczy: nie wiemy. Nie znaczy „nie” ani „zero”."),
        *sources,
    ]

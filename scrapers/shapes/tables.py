"""Tables read by their headings, never by position: a column that moves or is renamed must not shift the data."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from parsel import Selector

from scrapers.select import Mismatch, words

Columns = Mapping[str, Sequence[str]]
"""Our name → headings a source may give it, each the beginning of the normalised heading."""


def heading(text: str) -> str:
    """A heading without case, diacritics and marks: "Województwo *" → "wojewodztwo"."""
    folded = unicodedata.normalize("NFKD", text.casefold().replace("ł", "l").replace("²", "2"))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", "".join(c for c in folded if not unicodedata.combining(c))).split())


def rows_by_heading(
    rows: Iterable[Sequence[Any]],
    columns: Columns,
    required: Sequence[str],
    warn: Callable[[str], None] = lambda sentence: None,
) -> Iterator[dict[str, Any]]:
    """Rows after the first row that holds all required headings. Mismatch when no row of the first forty does."""
    places: dict[int, str] = {}
    for number, row in enumerate(rows):
        if places:
            if any(str(cell or "").strip() for cell in row):
                yield {name: row[place] for place, name in places.items() if place < len(row)}
        elif set(required) <= set((found := _places(row, columns)).values()):
            places = found
            strange = [str(cell) for place, cell in enumerate(row) if place not in places and str(cell or "").strip()]
            if strange:
                warn(f"kolumny, których nie znamy: {', '.join(strange[:12])}")
        elif number > 40:
            break
    if not places:
        raise Mismatch(f"brakuje tabeli z kolumnami: {', '.join(columns[name][0] for name in required)}")


def _places(row: Sequence[Any], columns: Columns) -> dict[int, str]:
    places: dict[int, str] = {}
    for place, cell in enumerate(row):
        told = heading(str(cell or ""))
        name = next(
            (
                name
                for name, starts in columns.items()
                if told
                and name not in places.values()
                and any(told == start or told.startswith(start + " ") for start in starts)
            ),
            None,
        )
        if name is not None:
            places[place] = name
    return places


def table_rows(table: Selector) -> Iterator[list[str]]:
    """Cells of an HTML table as text; a cell that spans columns is repeated, one that spans rows carried down."""
    carried: dict[int, tuple[int, str]] = {}
    for row in table.css("tr"):
        own = [(words(cell), _span(cell, "colspan"), _span(cell, "rowspan")) for cell in row.xpath("./td | ./th")]
        cells: list[str] = []
        after: dict[int, tuple[int, str]] = {}
        while own or len(cells) in carried:
            place = len(cells)
            if place in carried:
                left, text = carried[place]
                wide, tall = 1, left
            else:
                text, wide, tall = own.pop(0)
            if tall > 1:
                after.update({place + step: (tall - 1, text) for step in range(wide)})
            cells += [text] * wide
        carried = after
        yield cells


def _span(cell: Selector, name: str) -> int:
    """How many columns or rows a cell takes; capped, since a page may ask for millions."""
    said = cell.attrib.get(name) or "1"
    return min(max(int(said), 1), 100) if said.isdigit() else 1


def audit(row: Mapping[str, Any], known: Iterable[str], warn: Callable[[str], None], where: str = "") -> None:
    """Everything a source gives is read, listed as known, or loud: a new field may be the one somebody waits for."""
    if strange := sorted(set(row) - set(known)):
        warn(f"pola, których nie znamy{f' w {where}' if where else ''}: {', '.join(strange[:12])}")

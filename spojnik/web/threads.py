"""What became of what: lines of several fields joined by the number each begins with.

"1. Za mało miejsc" in „Co powiedziano”, "1. Dodamy dziesięć" in „Co odpowiedziano” and "1. Dodano osiem" in „Co
zrobiono” make one row. A line without a number, or with one that no other field has, stands alone; an empty cell is
unknown, never "nothing was done".
"""

from __future__ import annotations

import re
from typing import NamedTuple

from spojnik.catalog import Dataset
from spojnik.origin import Merged
from spojnik.schema import fields
from spojnik.web.pages import Press
from spojnik.web.shown import fact
from spojnik.web.views import Fact

_NUMBERED = re.compile(r"(\d{1,3})[.)]\s+(.+)", re.DOTALL)


class Thread(NamedTuple):
    """The joined fields of a record: title, a fact for each column (why it is known), rows of the lines in them."""

    title: str
    columns: tuple[Fact, ...]
    rows: tuple[tuple[tuple[str, ...], ...], ...]


def thread(press: Press, dataset: Dataset, record: Merged) -> Thread | None:
    """The chain that `dataset.yml` declares, also when it is empty: an empty one asks to be filled."""
    names = dataset.spec.threads
    if not names:
        return None
    by_name = {field.name: field for field in fields(dataset.model)}
    columns = tuple(fact(press.world, dataset, record, by_name[name], press.locale) for name in names)
    lines = [_lines(record.values.get(name)) for name in names]
    numbers = sorted({number for column in lines for number, _ in column if number})
    joined = [tuple(_texts(column, number) for column in lines) for number in numbers]
    loose: list[tuple[tuple[str, ...], ...]] = [
        tuple((text,) if place == at else () for at in range(len(names)))
        for place, column in enumerate(lines)
        for number, text in column
        if not number
    ]
    return Thread(" → ".join(column.label for column in columns), columns, tuple(joined + loose))


def _lines(value: object) -> list[tuple[int, str]]:
    """(number, text) of every line; 0 for a line that begins with no number."""
    found = []
    for line in value if isinstance(value, list) else []:
        numbered = _NUMBERED.fullmatch(line)
        found.append((int(numbered.group(1)), numbered.group(2)) if numbered else (0, str(line)))
    return found


def _texts(column: list[tuple[int, str]], number: int) -> tuple[str, ...]:
    return tuple(text for at, text in column if at == number)

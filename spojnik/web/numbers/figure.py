"""What every number is: columns, lines, a chart of the same lines, and on which records it rests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from spojnik import words
from spojnik.catalog import Dataset
from spojnik.kinds import COUNT, NUMBER, TEXT, YEAR, Kind
from spojnik.origin import Merged
from spojnik.web.numbers.declared import Number
from spojnik.web.rows import standing_records
from spojnik.world import World

UNSURE = ("tie", "unconfirmed")
WORDY = ("text", "link", "url", "record", "when")
_KINDS: dict[str, Kind] = {"year": YEAR, "count": COUNT}


class Column(NamedTuple):
    """One column. kind: text, link, url, record, when, year, count, number, money, percent, days or times."""

    name: str
    label: str
    kind: str = "text"

    @property
    def numeric(self) -> bool:
        """Whether the cells are numbers and stand at the end of their column."""
        return self.kind not in WORDY

    @property
    def value_kind(self) -> Kind:
        """The kind that prints the cell into a CSV file."""
        return TEXT if self.kind in WORDY else _KINDS.get(self.kind, NUMBER)


class Line(NamedTuple):
    """One line: plain values, where its first cell leads ("" nowhere), the keys of the records it rests on."""

    cells: tuple[Any, ...]
    href: str = ""
    keys: tuple[str, ...] = ()


class Bar(NamedTuple):
    """One bar: what it is of, how long, what is written at its end; part: the share of it drawn in the other tone."""

    label: str
    value: float
    shown: str
    part: float | None = None


class Point(NamedTuple):
    """One value in time; points of one group are joined by a line, of different groups never."""

    year: int
    value: float
    shown: str
    group: str


class Table(NamedTuple):
    """Columns and lines."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]


class Figure(NamedTuple):
    """A number with everything that makes it honest. `table` is what the chart draws; `detail` is the tidy table of
    the CSV where it holds more than the page shows; used: keys of records; looked_at: how many were asked."""

    number: Number
    summary: str
    table: Table
    used: tuple[str, ...]
    looked_at: int
    missing: tuple[str, ...]
    bars: tuple[Bar, ...] = ()
    points: tuple[Point, ...] = ()
    chart_title: str = ""
    detail: Table | None = None


def asked(world: World, dataset: Dataset, number: Number) -> list[Merged]:
    """The records a number is about: those that stand and have what `only` names."""
    return [
        record
        for record in standing_records(world, dataset)
        if all(set(_items(known(record, name))) & set(values) for name, values in number.only.items())
    ]


def _items(value: Any) -> Iterable[Any]:
    return () if value is None else value if isinstance(value, list) else [value]


def known(record: Merged, *names: str) -> Any:
    """The first value that somebody confirmed; a doubtful one must not become part of a sum."""
    for name in names:
        value = record.values.get(name)
        if value is not None and record.doubts.get(name) not in UNSURE:
            return value
    return None


def cell(kind: str, value: Any, locale: str) -> str:
    """A value as people read it; "" for unknown."""
    if value is None or value == "":
        return ""
    if kind == "when":
        return words.when(value, locale)
    if kind == "money":
        return words.money(value, locale)
    if kind == "year" or not isinstance(value, int | float):
        return str(value)
    text = words.number(round(value, 2), locale)
    if kind == "percent":
        return f"{words.number(round(value, 1), locale)}\u00a0%"
    if kind == "times":
        return f"×\u00a0{text}"
    return f"{text}\u00a0{words.plural(int(abs(value)), 'dzień', 'dni', 'dni', locale)}" if kind == "days" else text


def counted(number: int, dataset: Dataset, locale: str) -> str:
    """ "39 konkursów": a count with the dataset's own word."""
    spec = dataset.spec
    return f"{words.number(number, locale)}\u00a0{words.plural(number, spec.one, spec.few, spec.many, locale)}"


def lacking(records: Sequence[Merged], dataset: Dataset, label: str, locale: str) -> tuple[str, ...]:
    """A sentence about the records that could not be counted because nobody states something; nothing for none."""
    if not records:
        return ()
    say = words.say("Nie znamy pola „{}”: {}.", locale)
    return (say.format(label, counted(len(records), dataset, locale)),)

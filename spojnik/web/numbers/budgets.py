"""Sums of money by year and by kind, and the share of the money that carries a mark."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from spojnik import addresses, words
from spojnik.catalog import Dataset
from spojnik.origin import Merged
from spojnik.schema import fields
from spojnik.web.numbers.declared import Number
from spojnik.web.numbers.figure import Bar, Column, Figure, Line, Table, asked, cell, counted, known, lacking
from spojnik.web.rows import facet_slug
from spojnik.world import World

CHARTED = 15


class Portion(NamedTuple):
    """Money of one record in one year. spread: the source itself splits the sum into years."""

    key: str
    year: int
    amount: float
    spread: bool


def portions(record: Merged, number: Number) -> tuple[Portion, ...]:
    """The money of a record by year: as its source splits it, else all of it in the first year that is known."""
    split = known(record, number.one("by_year")) if number.one("by_year") else None
    if split:
        return tuple(Portion(record.key, int(year), amount, True) for year, amount in split.items())
    amount, when = known(record, number.one("amount")), known(record, *number.several("year"))
    return () if amount is None or when is None else (Portion(record.key, int(str(when)[:4]), amount, False),)


def _undated(records: list[Merged], dataset: Dataset, number: Number, locale: str) -> tuple[str, ...]:
    labels = {field.name: words.say(field.label, locale) for field in fields(dataset.model)}
    poor = [r for r in records if known(r, number.one("amount")) is None and not portions(r, number)]
    undated = [r for r in records if known(r, number.one("amount")) is not None and not portions(r, number)]
    found = lacking(poor, dataset, labels[number.one("amount")], locale)
    if undated:
        say = words.say("Znamy kwotę, ale nie znamy żadnej daty, więc nie wiemy, z którego to roku: {}.", locale)
        found += (say.format(counted(len(undated), dataset, locale)),)
    return found


def sums(world: World, dataset: Dataset, number: Number, locale: str) -> Figure:
    """Money by year, or by the values of a field with the years in the tidy table of the CSV."""
    records = asked(world, dataset, number)
    found = [(record, portion) for record in records for portion in portions(record, number)]
    name = number.one("by")
    if not name:
        return _by_year(records, found, dataset, number, locale)
    say = words.say
    unknown = say("nie wiemy", locale)
    groups: dict[str, list[Portion]] = {}
    for record, portion in found:
        for value in _values(record, name) or (unknown,):
            groups.setdefault(value, []).append(portion)
    field = next(field for field in fields(dataset.model) if field.name == name)
    ordered = sorted(groups.items(), key=lambda item: (-sum(p.amount for p in item[1]), item[0]))
    lines = tuple(
        Line(
            (value, _total(parts), len({p.key for p in parts}), min(p.year for p in parts), max(p.year for p in parts)),
            addresses.facet_page(dataset.slug, facet_slug(field), addresses.slugify(value))
            if field.f.facet and value != unknown
            else "",
            tuple(sorted({p.key for p in parts})),
        )
        for value, parts in ordered
    )
    first = Column("nazwa", say(field.label, locale), "link")
    columns = (
        first,
        Column("kwota", say("Razem", locale), "money"),
        Column("wpisy", say("Wpisy", locale), "count"),
        Column("od_roku", say("Od roku", locale), "year"),
        Column("do_roku", say("Do roku", locale), "year"),
    )
    missing = _undated(records, dataset, number, locale)
    missing += lacking([r for r in records if not _values(r, name)], dataset, say(field.label, locale), locale)
    bars = tuple(Bar(str(line.cells[0]), line.cells[1], cell("money", line.cells[1], locale)) for line in lines)
    return Figure(
        number,
        _summary(found, dataset, locale),
        Table(columns, lines),
        tuple(sorted({portion.key for _, portion in found})),
        len(records),
        missing,
        bars[:CHARTED],
        chart_title=say("Razem w złotych; największe kwoty", locale),
        detail=Table(
            (first, Column("rok", say("Rok", locale), "year"), columns[1], columns[2]),
            tuple(
                Line((value, year, _total(each), len({p.key for p in each})), "", tuple(sorted({p.key for p in each})))
                for value, parts in ordered
                for year, each in _years(parts)
            ),
        ),
    )


def _values(record: Merged, name: str) -> tuple[str, ...]:
    value = known(record, name)
    return () if value is None else tuple(value) if isinstance(value, list) else (str(value),)


def _years(parts: list[Portion]) -> Iterator[tuple[int, list[Portion]]]:
    for year in sorted({part.year for part in parts}):
        yield year, [part for part in parts if part.year == year]


def _total(parts: list[Portion]) -> float:
    total = round(sum(part.amount for part in parts), 2)
    return int(total) if total == int(total) else total


def _summary(found: list[tuple[Merged, Portion]], dataset: Dataset, locale: str) -> str:
    parts = [portion for _, portion in found]
    if not parts:
        return words.say("Nie znamy ani jednej kwoty z rokiem, więc nie ma czego policzyć.", locale)
    return words.say("Znane pule to razem {}. Policzone wpisy: {}.", locale).format(
        words.money(_total(parts), locale), counted(len({part.key for part in parts}), dataset, locale)
    )


def _by_year(
    records: list[Merged], found: list[tuple[Merged, Portion]], dataset: Dataset, number: Number, locale: str
) -> Figure:
    say = words.say
    columns = (
        Column("rok", say("Rok", locale), "year"),
        Column("kwota", say("Razem", locale), "money"),
        Column("wpisy", say("Wpisy", locale), "count"),
        Column("rozpisane", say("W tym rozpisane na lata", locale), "count"),
    )
    lines = tuple(
        Line(
            (year, _total(parts), len({p.key for p in parts}), len({p.key for p in parts if p.spread})),
            "",
            tuple(sorted({p.key for p in parts})),
        )
        for year, parts in _years([portion for _, portion in found])
    )
    return Figure(
        number,
        _summary(found, dataset, locale),
        Table(columns, lines),
        tuple(sorted({portion.key for _, portion in found})),
        len(records),
        _undated(records, dataset, number, locale),
        tuple(Bar(str(line.cells[0]), line.cells[1], cell("money", line.cells[1], locale)) for line in lines),
        chart_title=say("Razem w złotych w kolejnych latach", locale),
    )


def share(world: World, dataset: Dataset, number: Number, locale: str) -> Figure:
    """What part of the money carries the mark, year by year. A record whose mark is unknown counts for neither."""
    say = words.say
    flag = number.one("flag")
    records = asked(world, dataset, number)
    marked = {record.key: known(record, flag) for record in records}
    parts = [p for record in records if marked[record.key] is not None for p in portions(record, number)]
    lines = []
    for year, each in _years(parts):
        ours = [part for part in each if marked[part.key]]
        total, mine = _total(each), _total(ours)
        percent = round(100 * mine / total, 1) if total else None
        keys = {p.key for p in each}
        lines.append(Line((year, mine, total, percent, len({p.key for p in ours}), len(keys)), "", tuple(sorted(keys))))
    label = say(next(field.label for field in fields(dataset.model) if field.name == flag), locale)
    columns = (
        Column("rok", say("Rok", locale), "year"),
        Column("kwota_oznaczona", label, "money"),
        Column("kwota_razem", say("Wszystkie znane pule", locale), "money"),
        Column("udzial_procent", say("Udział", locale), "percent"),
        Column("wpisy_oznaczone", say("Wpisy z tym znakiem", locale), "count"),
        Column("wpisy", say("Wpisy", locale), "count"),
    )
    whole, marked_sum = _total(parts), _total([part for part in parts if marked[part.key]])
    summary = say("Nie znamy ani jednej kwoty z rokiem, więc nie ma czego policzyć.", locale)
    if whole:
        summary = say("{} z {}, czyli {}. Policzone wpisy: {}.", locale).format(
            words.money(marked_sum, locale),
            words.money(whole, locale),
            cell("percent", 100 * marked_sum / whole, locale),
            counted(len({part.key for part in parts}), dataset, locale),
        )
    undecided = [record for record in records if marked[record.key] is None]
    return Figure(
        number,
        summary,
        Table(columns, tuple(lines)),
        tuple(sorted({part.key for part in parts})),
        len(records),
        _undated(records, dataset, number, locale) + lacking(undecided, dataset, label, locale),
        tuple(
            Bar(str(line.cells[0]), line.cells[2], cell("percent", line.cells[3], locale), line.cells[1])
            for line in lines
        ),
        chart_title=say("Cały pasek to znane pule roku, ciemna część to kwota z tym znakiem", locale),
    )

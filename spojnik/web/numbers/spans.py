"""How many days pass between two dates of a record, by who is responsible."""

from __future__ import annotations

from statistics import median

from spojnik import words
from spojnik.catalog import Dataset
from spojnik.origin import Merged
from spojnik.schema import fields
from spojnik.status import days_between
from spojnik.web.numbers.declared import Number
from spojnik.web.numbers.figure import Bar, Column, Figure, Line, Table, asked, cell, counted, known, lacking
from spojnik.world import World

CHARTED = 12  # bars; more could not be read on a telephone


def spans(world: World, dataset: Dataset, number: Number, locale: str) -> Figure:
    """Median, shortest and longest span in days, for all records and for each of those responsible."""
    say = words.say
    records = asked(world, dataset, number)
    groups: dict[str, list[tuple[int, str]]] = {}
    for record in records:
        start, end = known(record, number.one("start")), known(record, number.one("end"))
        if start is not None and end is not None:
            who = str(known(record, *number.several("by")) or say("nie wiemy, kto", locale))
            groups.setdefault(who, []).append((days_between(start, end), record.key))
    every = [pair for pairs in groups.values() for pair in pairs]
    ordered = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    everybody = say("Wszyscy razem", locale)
    lines = [_line(name, pairs) for name, pairs in ([(everybody, every)] if every else []) + ordered]
    several = [line for line in lines if len(line.keys) > 1][:CHARTED]
    columns = (
        Column("kto", say("Kto", locale)),
        Column("mediana_dni", say("Zwykle (mediana)", locale), "days"),
        Column("najkrocej_dni", say("Najkrócej", locale), "days"),
        Column("najdluzej_dni", say("Najdłużej", locale), "days"),
        Column("wpisy", say("Wpisy", locale), "count"),
    )
    used = tuple(key for _, key in every)
    return Figure(
        number,
        _summary(every, dataset, locale),
        Table(columns, tuple(lines)),
        used,
        len(records),
        _missing(records, dataset, number, locale),
        tuple(Bar(line.cells[0], line.cells[1], cell("days", line.cells[1], locale)) for line in several),
        chart_title=say("Mediana dni; tylko ci, o których mamy co najmniej dwa wpisy", locale),
    )


def _line(name: str, pairs: list[tuple[int, str]]) -> Line:
    days = [each for each, _ in pairs]
    middle = median(days)
    whole = int(middle) if middle == int(middle) else middle
    return Line((name, whole, min(days), max(days), len(days)), "", tuple(sorted(key for _, key in pairs)))


def _summary(every: list[tuple[int, str]], dataset: Dataset, locale: str) -> str:
    if not every:
        return words.say("Nie znamy ani jednego wpisu z oboma datami, więc nie ma czego policzyć.", locale)
    middle = cell("days", median([days for days, _ in every]), locale)
    return words.say("Połowa z nich ma najwyżej {}. Policzone wpisy: {}.", locale).format(
        middle, counted(len(every), dataset, locale)
    )


def _missing(records: list[Merged], dataset: Dataset, number: Number, locale: str) -> tuple[str, ...]:
    labels = {field.name: words.say(field.label, locale) for field in fields(dataset.model)}
    return tuple(
        sentence
        for name in (number.one("start"), number.one("end"), number.one("by"))
        for sentence in lacking(
            [record for record in records if known(record, name) is None], dataset, labels[name], locale
        )
    )

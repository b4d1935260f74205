"""From which rate a proceeding started and which one it reached, record by record."""

from __future__ import annotations

from statistics import median

from spojnik import addresses, words
from spojnik.catalog import Dataset
from spojnik.origin import Merged
from spojnik.ranks import title_of
from spojnik.schema import fields
from spojnik.web.numbers.declared import Number
from spojnik.web.numbers.figure import Bar, Column, Figure, Line, Table, asked, cell, counted, known, lacking
from spojnik.world import World


def rates(world: World, dataset: Dataset, number: Number, locale: str) -> Figure:
    """Every record that states both rates, the largest growth first, with what else the source says about it."""
    say = words.say
    low, high, also = number.one("low"), number.one("high"), number.several("also")
    records = asked(world, dataset, number)
    both = [r for r in records if known(r, low) and known(r, high) is not None]
    both.sort(key=lambda record: (-_growth(record, low, high), record.key))
    by_name = {field.name: field for field in fields(dataset.model)}
    columns = (
        Column("nazwa", say(by_name[dataset.spec.name].label, locale), "link"),
        Column("kiedy", say("Kiedy", locale), "when"),
        Column("stawka_wywolawcza", say(by_name[low].label, locale), "money"),
        Column("stawka_osiagnieta", say(by_name[high].label, locale), "money"),
        Column("ile_razy", say("Ile razy", locale), "times"),
        *(Column(name, say(by_name[name].label, locale)) for name in also),
    )
    lines = tuple(
        Line(
            (
                title_of(dataset, record),
                known(record, *number.several("when")),
                known(record, low),
                known(record, high),
                round(_growth(record, low, high), 2),
                *(words.plain(known(record, name)) for name in also),
            ),
            addresses.record_page(dataset.slug, record.key),
            (record.key,),
        )
        for record in both
    )
    summary = say("Nie znamy ani jednego wpisu z obiema stawkami, więc nie ma czego porównać.", locale)
    if both:
        summary = say("W połowie z nich stawka wzrosła co najmniej {} razy. Policzone wpisy: {}.", locale).format(
            words.number(round(median([_growth(record, low, high) for record in both]), 2), locale),
            counted(len(both), dataset, locale),
        )
    missing = tuple(
        sentence
        for name in (low, high)
        for sentence in lacking(
            [record for record in records if known(record, name) is None],
            dataset,
            say(by_name[name].label, locale),
            locale,
        )
    )
    bars = tuple(Bar(str(line.cells[0]), line.cells[3], _pair(line, locale), line.cells[2]) for line in lines)
    return Figure(
        number,
        summary,
        Table(columns, lines),
        tuple(record.key for record in both),
        len(records),
        missing,
        bars,
        chart_title=say("Cały pasek to stawka po licytacji, ciemna część to stawka na początku", locale),
    )


def _growth(record: Merged, low: str, high: str) -> float:
    return float(record.values[high]) / float(record.values[low])


def _pair(line: Line, locale: str) -> str:
    return f"{words.number(line.cells[2], locale)} → {cell('money', line.cells[3], locale)}"

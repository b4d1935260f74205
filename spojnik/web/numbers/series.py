"""Series: one quantity, one territory, one unit, over time. What somebody else counted is never joined to it."""

from __future__ import annotations

from typing import Any, NamedTuple

from spojnik import addresses, words
from spojnik.catalog import Dataset
from spojnik.origin import Merged
from spojnik.web.numbers.declared import Number
from spojnik.web.numbers.figure import Column, Figure, Line, Point, Table, asked, cell, counted, known
from spojnik.world import World


class Identity(NamedTuple):
    """What makes values one series."""

    what: str
    scope: str
    unit: str


class Series(NamedTuple):
    """One series with its number declared as a page of its own."""

    identity: Identity
    topic: str
    figure: Figure


def series(world: World, dataset: Dataset, number: Number, locale: str) -> tuple[Series, ...]:
    """All series of a dataset, in the order of topic and name."""
    groups: dict[Identity, list[Merged]] = {}
    for record in asked(world, dataset, number):
        names = (str(known(record, number.one(role)) or "") for role in ("what", "scope", "unit"))
        groups.setdefault(Identity(*names), []).append(record)
    found = [
        Series(
            identity,
            str(known(records[0], number.one("topic")) or ""),
            _figure(dataset, number, identity, records, locale),
        )
        for identity, records in groups.items()
    ]
    return tuple(sorted(found, key=lambda each: (each.topic or "\uffff", each.identity)))


def slug_of(identity: Identity) -> str:
    """The name of a series in addresses."""
    return "-".join(addresses.slugify(part) for part in identity if part)


def title_of_series(identity: Identity) -> str:
    """ "Osoby bezdomne – Kraków (osoby)"."""
    text = f"{identity.what} – {identity.scope}" if identity.scope else identity.what
    return text[:1].upper() + text[1:] + (f" ({identity.unit})" if identity.unit else "")


def _figure(dataset: Dataset, number: Number, identity: Identity, records: list[Merged], locale: str) -> Figure:
    say = words.say
    year, value, publisher = (number.one(role) for role in ("year", "value", "publisher"))
    records = sorted(records, key=lambda r: (known(r, year) or 0, str(known(r, publisher) or ""), r.key))
    page = number.model_copy(
        update={
            "name": slug_of(identity),
            "address": f"{number.page}{slug_of(identity)}/",
            "title": title_of_series(identity),
            "question": "",
        }
    )
    columns = (
        Column("rok", say("Rok", locale), "year"),
        Column("wartosc", say("Wartość", locale) + (f" ({identity.unit})" if identity.unit else ""), "number"),
        Column("dokladniej", say("Dokładniej", locale)),
        Column("kto_podal", say("Kto podał", locale)),
        Column("metoda", say("Metoda", locale)),
        Column("zrodlo", say("Strona źródłowa", locale), "url"),
        Column("wpis", say("Wpis", locale), "record"),
    )
    lines = tuple(
        Line(
            (
                known(record, year),
                known(record, value),
                known(record, number.one("period")) or "",
                known(record, publisher) or "",
                known(record, number.one("method")) or "",
                _page_of(record, value),
                addresses.record_page(dataset.slug, record.key),
            ),
            addresses.record_page(dataset.slug, record.key),
            (record.key,),
        )
        for record in records
    )
    points = tuple(
        Point(line.cells[0], line.cells[1], cell("number", line.cells[1], locale), line.cells[3])
        for line in lines
        if line.cells[0] is not None and line.cells[1] is not None
    )
    return Figure(
        page,
        _summary(points, identity, locale),
        Table(columns, lines),
        tuple(record.key for record in records),
        len(records),
        _missing(lines, dataset, locale),
        points=points if len({point.year for point in points}) > 1 else (),
        chart_title=say("Wartości w kolejnych latach. Linia łączy tylko liczby, które podał ten sam wydawca.", locale),
    )


def _page_of(record: Merged, field: str) -> str:
    """The page where the value was seen: an address, "" when its source names none."""
    claims = record.why.get(field, ())
    return claims[0].origin.urls[0] if claims and claims[0].origin.urls else ""


def _summary(points: tuple[Point, ...], identity: Identity, locale: str) -> str:
    years = sorted({point.year for point in points})
    if not years:
        return words.say("Nie wiemy, z którego roku jest ta liczba.", locale)
    if len(years) == 1:
        return words.say("Jeden rok to jeszcze nie szereg: znamy tylko {}.", locale).format(years[0])
    first, last = points[0], points[-1]
    unit = f" {identity.unit}" if identity.unit else ""
    return words.say("{}: {}{}. {}: {}{}.", locale).format(first.year, first.shown, unit, last.year, last.shown, unit)


def _missing(lines: tuple[Line, ...], dataset: Dataset, locale: str) -> tuple[str, ...]:
    def count(place: int) -> int:
        return sum(line.cells[place] in (None, "") for line in lines)

    say: Any = words.say
    publishers = sorted({line.cells[3] for line in lines if line.cells[3]})
    years = {line.cells[0] for line in lines if line.cells[0] is not None}
    holes = sorted(set(range(min(years), max(years) + 1)) - years) if years else []
    found = []
    if len(publishers) > 1:
        found.append(
            say("Te liczby podało kilku wydawców: {}. Mogli liczyć inaczej.", locale).format(", ".join(publishers))
        )
    if holes:
        found.append(say("Nie znamy liczb z lat: {}.", locale).format(", ".join(map(str, holes))))
    if count(0):
        found.append(say("Nie znamy roku: {}.", locale).format(counted(count(0), dataset, locale)))
    if count(4):
        found.append(say("Źródło nie mówi, jak liczono: {}.", locale).format(counted(count(4), dataset, locale)))
    return tuple(found)

"""In which month a recurring call may come again: only from two or more years, and always said to be inferred."""

from __future__ import annotations

import re
from typing import NamedTuple

from spojnik import addresses, words
from spojnik.catalog import Dataset
from spojnik.origin import Merged
from spojnik.ranks import title_of
from spojnik.web.numbers.declared import Number
from spojnik.web.numbers.figure import Column, Figure, Line, Table, asked, counted, known
from spojnik.web.views import Link
from spojnik.world import World

_YEARS = re.compile(r"\b(?:19|20)\d\d(?:\s*[-–/]\s*(?:(?:19|20)?\d\d))?\b")
_EDITION = re.compile(r"\b(?:[ivxl]+|\d+)\.?\s+edycja\b|\bedycja\s+(?:[ivxl]+|\d+)\b|\bedycja\b")
_FILLERS = re.compile(r"\b(?:na|w)\s+(?:rok|roku|r|lata|latach)\b|\b(?:rok|roku|nabór)\b|\br\.")


class Coming(NamedTuple):
    """A call that may come again. month: 1–12; on: the next such month, "2027-01"; seen: the records and their years
    the month was inferred from; other: dates of the same call in other months ("2025-03"); last: its last year."""

    name: str
    who: str
    month: int
    on: str
    seen: tuple[tuple[int, str], ...]
    other: tuple[str, ...]
    last: int


def family(title: str) -> str:
    """What stays the same in the title of a call that returns: no years, no number of the edition, no marks."""
    text = _YEARS.sub(" ", title.casefold())
    text = _FILLERS.sub(" ", _EDITION.sub(" ", text))
    return " ".join(re.findall(r"\w+", text))


def coming(records: list[Merged], number: Number, today: str) -> tuple[Coming, ...]:
    """Calls with a date in the same month of two or more years, the nearest month first."""
    groups: dict[tuple[str, ...], list[Merged]] = {}
    for record in records:
        same = tuple(str(known(record, name) or "").casefold() for name in number.several("same"))
        name = family(str(known(record, number.one("name")) or ""))
        if name and all(same):
            groups.setdefault((name, *same), []).append(record)
    found = [each for group in groups.values() for each in _months(group, number, today)]
    return tuple(sorted(found, key=lambda each: (each.on, each.name)))


def _months(group: list[Merged], number: Number, today: str) -> list[Coming]:
    by_month: dict[int, dict[int, str]] = {}
    for record in sorted(group, key=lambda each: each.key):
        day = known(record, number.one("date"))
        if day:
            by_month.setdefault(int(day[5:7]), {})[int(day[:4])] = record.key
    last = max((year for years in by_month.values() for year in years), default=0)
    found = []
    for month, years in by_month.items():
        if len(years) > 1:
            seen = tuple(sorted(years.items()))
            newest = next(record for record in group if record.key == seen[-1][1])
            others = tuple(sorted(f"{year}-{m:02d}" for m, dates in by_month.items() for year in dates if m != month))
            found.append(
                Coming(
                    _bare(str(newest.values[number.one("name")])),
                    str(known(newest, *number.several("same"))),
                    month,
                    _next(month, today),
                    seen,
                    others,
                    last,
                )
            )
    return found


def _bare(title: str) -> str:
    """The title for people, without the year and the number that belong to one edition."""
    text = re.sub(r"\s*\([^()]*(?:19|20)\d\d[^()]*\)", "", title)
    text = re.sub(rf"(?i)\s*[–-]?\s*(?:{_EDITION.pattern})", "", _YEARS.sub("", text))
    return re.sub(r"\s+", " ", text).strip(" –-,") or title


def _next(month: int, today: str) -> str:
    year = int(today[:4]) + (month < int(today[5:7]))
    return f"{year}-{month:02d}"


def expected(world: World, dataset: Dataset, number: Number, locale: str) -> tuple[Figure, dict[str, Link]]:
    """The table of calls that may come, and the links to the records each was inferred from."""
    say = words.say
    records = asked(world, dataset, number)
    found = coming(records, number, world.today)
    columns = (
        Column("konkurs", say("Konkurs", locale)),
        Column("kto", say("Kto daje pieniądze", locale)),
        Column("spodziewany_miesiac", say("Spodziewany termin", locale), "when"),
        Column("miesiac", say("Miesiąc", locale), "count"),
        Column("lata", say("Z których lat", locale)),
        Column("inaczej", say("W innych miesiącach", locale)),
        Column("ostatnio", say("Ostatnio widziany", locale), "year"),
    )
    lines = tuple(
        Line(
            (
                each.name,
                each.who,
                each.on,
                each.month,
                ";".join(str(year) for year, _ in each.seen),
                ";".join(each.other),
                each.last,
            ),
            "",
            tuple(key for _, key in each.seen),
        )
        for each in found
    )
    links = {
        record.key: Link(title_of(dataset, record), addresses.record_page(dataset.slug, record.key))
        for record in records
    }
    used = tuple(sorted({key for line in lines for key in line.keys}))
    undated = sum(known(record, number.one("date")) is None for record in records)
    figure = Figure(
        number,
        say("Miesiąc wywnioskowaliśmy dla {} z nich.", locale).format(
            counted(len({e.name for e in found}), dataset, locale)
        ),
        Table(columns, lines),
        used,
        len(records),
        (
            say("Nie znamy terminu: {}.", locale).format(counted(undated, dataset, locale)),
            say("Z jednego roku niczego nie wnioskujemy.", locale),
        ),
    )
    return figure, links

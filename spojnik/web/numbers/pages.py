"""`/liczby/` and everything under it: a page for every declared number, for every series, and what may come."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from spojnik import addresses, words
from spojnik.catalog import Dataset
from spojnik.output import Output
from spojnik.ranks import title_of
from spojnik.web.numbers.budgets import share, sums
from spojnik.web.numbers.chart import bars, trend
from spojnik.web.numbers.declared import Number, declared
from spojnik.web.numbers.expected import expected
from spojnik.web.numbers.figure import Column, Figure, Line, cell, counted
from spojnik.web.numbers.files import number_files
from spojnik.web.numbers.gaps import gaps
from spojnik.web.numbers.rates import rates
from spojnik.web.numbers.series import Series, series, title_of_series
from spojnik.web.numbers.spans import spans
from spojnik.web.pages import Press, page
from spojnik.web.views import Link
from spojnik.world import World

INDEX = "liczby/"
OLD_YEARS = 2  # a call not seen for longer may have ended; the page says so
LISTED = 200  # records named under a number; the metadata names up to 5 000
Maker = Callable[[World, Dataset, Number, str], Figure]
MAKERS: Mapping[str, Maker] = {"spans": spans, "sums": sums, "share": share, "rates": rates, "gaps": gaps}


class Entry(NamedTuple):
    """One number on the index: where it leads, what it asks, what came of it."""

    title: str
    href: str
    question: str
    summary: str


def numbers_of(press: Press) -> tuple[Number, ...]:
    """The numbers that this build has pages for. Raises Stopped when `numbers.yml` is wrong."""
    return declared(press.folder / "numbers.yml", press.world.catalog).numbers


def number_pages(press: Press, numbers: Sequence[Number]) -> Iterator[Output]:
    """All pages of numbers in one language; the files beside them are Polish and come once."""
    entries: list[Entry] = []
    for number in numbers:
        dataset = press.world.catalog.datasets[number.dataset]
        if number.shape == "series":
            found = series(press.world, dataset, number, press.locale)
            entries.append(_entry(press, number, _series_summary(press, found, dataset)))
            yield _series_index(press, dataset, number, found)
            for each in found:
                yield from _number_page(press, dataset, each.figure, _way(press, number))
        elif number.shape == "expected":
            figure, links = expected(press.world, dataset, number, press.locale)
            entries.append(_entry(press, number, figure.summary))
            yield _expected_page(press, dataset, figure, links)
            yield from _files(press, dataset, figure)
        else:
            figure = MAKERS[number.shape](press.world, dataset, number, press.locale)
            entries.append(_entry(press, number, figure.summary))
            yield from _number_page(press, dataset, figure, _way(press))
    unanswered = declared(press.folder / "numbers.yml", press.world.catalog).unanswered
    yield page(
        press,
        "numbers_index.html",
        INDEX,
        press.say("Liczby"),
        {"entries": tuple(entries), "unanswered": unanswered},
        description=press.say("Co wynika z danych, na ilu wpisach to stoi i czego brakuje."),
        crumbs=(_home(press),),
    )


def _files(press: Press, dataset: Dataset, figure: Figure) -> Iterator[Output]:
    if not press.prefix:
        yield from number_files(press.world, dataset, figure)


def _home(press: Press) -> Link:
    return Link(press.world.site.name, press.prefix)


def _way(press: Press, *above: Number) -> tuple[Link, ...]:
    return (
        _home(press),
        Link(press.say("Liczby"), press.prefix + INDEX),
        *(Link(press.say(number.title), press.prefix + number.page) for number in above),
    )


def _entry(press: Press, number: Number, summary: str) -> Entry:
    return Entry(press.say(number.title), press.prefix + number.page, press.say(number.question), summary)


def _number_page(press: Press, dataset: Dataset, figure: Figure, crumbs: tuple[Link, ...]) -> Iterator[Output]:
    number = figure.number
    yield page(
        press,
        "numbers.html",
        number.page,
        press.say(number.title),
        _context(press, dataset, figure),
        description=f"{press.say(number.question)} {figure.summary}".strip(),
        crumbs=crumbs,
    )
    yield from _files(press, dataset, figure)


def _context(press: Press, dataset: Dataset, figure: Figure) -> dict[str, Any]:
    number, locale = figure.number, press.locale
    records = press.world.records[dataset.id]
    return {
        "title": press.say(number.title),
        "question": press.say(number.question),
        "summary": figure.summary,
        "method": press.say(number.method),
        "caution": press.say(number.caution),
        "columns": figure.table.columns,
        "lines": tuple(_line(press, figure.table.columns, line) for line in figure.table.lines),
        "bars": bars(figure.bars),
        "trend": trend(figure.points),
        "chart_title": figure.chart_title,
        "rests_on": press.say("Ta liczba stoi na {} z {}.").format(
            words.number(len(figure.used), locale), counted(figure.looked_at, dataset, locale)
        ),
        "missing": figure.missing,
        "records": tuple(
            Link(title_of(dataset, records[key]), addresses.record_page(dataset.slug, key))
            for key in figure.used[:LISTED]
        ),
        "left_out": max(0, len(figure.used) - LISTED),
        "csv": f"{number.stem}.csv",
        "json": f"{number.stem}.json",
        "new_href": f"popraw/{dataset.slug}/nowy.html",
        "tidy": figure.detail is not None,
        "dataset_link": Link(press.say(dataset.spec.title), press.prefix + addresses.list_page(dataset.slug)),
    }


def _line(press: Press, columns: Sequence[Column], line: Line) -> tuple[tuple[str, str], ...]:
    """Cells as (text, where it leads)."""
    found = []
    for place, (column, value) in enumerate(zip(columns, line.cells, strict=True)):
        text = cell(column.kind, value, press.locale)
        if column.kind == "record":
            found.append((press.say("zobacz"), str(value)))
        elif column.kind == "url":
            found.append((press.say("strona") if text else "", text))
        else:
            found.append((text, line.href if place == 0 and column.kind == "link" else ""))
    return tuple(found)


def _series_summary(press: Press, found: Sequence[Series], dataset: Dataset) -> str:
    long = sum(bool(each.figure.points) for each in found)
    return press.say("Szeregów jest {}, z tego {} ma liczby z dwóch lat albo więcej.").format(
        words.number(len(found), press.locale), words.number(long, press.locale)
    )


def _series_index(press: Press, dataset: Dataset, number: Number, found: Sequence[Series]) -> Output:
    topics: dict[str, list[tuple[Link, str]]] = {}
    for each in found:
        link = Link(title_of_series(each.identity), press.prefix + each.figure.number.page)
        topics.setdefault(each.topic or press.say("inne"), []).append((link, each.figure.summary))
    title = press.say(number.title)
    context = {
        "title": title,
        "question": press.say(number.question),
        "method": press.say(number.method),
        "caution": press.say(number.caution),
        "summary": _series_summary(press, found, dataset),
        "topics": tuple((topic, tuple(links)) for topic, links in topics.items()),
    }
    return page(press, "numbers_series.html", number.page, title, context, crumbs=_way(press))


def _expected_page(press: Press, dataset: Dataset, figure: Figure, links: Mapping[str, Link]) -> Output:
    number, today = figure.number, press.world.today
    rows = tuple(
        {
            "name": line.cells[0],
            "who": line.cells[1],
            "month": words.when(line.cells[2], press.locale),
            "seen": tuple(
                links[key]._replace(note=year) for key, year in zip(line.keys, line.cells[4].split(";"), strict=True)
            ),
            "other": tuple(words.when(month, press.locale) for month in line.cells[5].split(";") if month),
            "old": int(today[:4]) - int(line.cells[6]) > OLD_YEARS,
            "last": str(line.cells[6]),
        }
        for line in figure.table.lines
    )
    months = tuple(
        (month, tuple(row for row in rows if row["month"] == month))
        for month in dict.fromkeys(row["month"] for row in rows)
    )
    context = {**_context(press, dataset, figure), "months": months}
    above = Link(press.say(dataset.spec.title), press.prefix + addresses.list_page(dataset.slug))
    return page(
        press,
        "expected.html",
        number.page,
        context["title"],
        context,
        description=context["question"],
        crumbs=(_home(press), above),
    )

"""For which group in which place we know of nothing at all: holes in our knowledge, never proof that there is none."""

from __future__ import annotations

from spojnik import addresses, words
from spojnik.catalog import Dataset
from spojnik.origin import Merged
from spojnik.schema import Field, fields
from spojnik.web.numbers.declared import Number
from spojnik.web.numbers.figure import Bar, Column, Figure, Line, Table, asked, counted
from spojnik.web.rows import facet_slug
from spojnik.world import World


def gaps(world: World, dataset: Dataset, number: Number, locale: str) -> Figure:
    """Every pair of two closed lists, counted. A place that nobody confirmed counts too, and is said to."""
    say = words.say
    by_name = {field.name: field for field in fields(dataset.model)}
    across, along = by_name[number.one("across")], by_name[number.one("along")]
    groups, places = _options(across), _options(along)
    records = asked(world, dataset, number)
    placed = [record for record in records if _place(record, along)]
    pairs: dict[tuple[str, str], list[Merged]] = {(group, place): [] for group in groups for place in places}
    for record in placed:
        for group in record.values.get(across.name) or ():
            pairs[group, _place(record, along)].append(record)
    empty = {group: [place for place in places if not pairs[group, place]] for group in groups}
    ordered = sorted(groups, key=lambda group: (-len(empty[group]), list(groups).index(group)))
    columns = (
        Column("grupa", say(across.label, locale), "link"),
        Column("luki", say("Dzielnice, w których nie znamy nic", locale), "count"),
        Column("wpisy", say("Znane miejsca z dzielnicą", locale), "count"),
        Column("gdzie", say("Gdzie nie znamy nic", locale)),
    )
    lines = []
    for group in ordered:
        keys = tuple(sorted({record.key for place in places for record in pairs[group, place]}))
        where = ", ".join(places[place] for place in empty[group]) if keys else say("nigdzie nie znamy nic", locale)
        lines.append(
            Line(
                (groups[group], len(empty[group]), len(keys), where),
                _facet(dataset, across, groups[group], bool(keys)),
                keys,
            )
        )
    holes = sum(map(len, empty.values()))
    unsure = [record for record in placed if along.name in record.doubts]
    missing = (
        say("Nie mają u nas dzielnicy (telefon, całe miasto, schronienie, nieznany adres): {}.", locale).format(
            counted(len(records) - len(placed), dataset, locale)
        ),
        say("Dzielnica nie jest potwierdzona: {}.", locale).format(counted(len(unsure), dataset, locale)),
        say("Nie wiemy, dla kogo są: {}.", locale).format(
            counted(sum(not record.values.get(across.name) for record in records), dataset, locale)
        ),
    )
    return Figure(
        number,
        say("Nie znamy niczego dla {} z {} par. To luki w naszej wiedzy, nie dowód, że pomocy nie ma.", locale).format(
            words.number(holes, locale), words.number(len(pairs), locale)
        ),
        Table(columns, tuple(lines)),
        tuple(sorted({key for line in lines for key in line.keys})),
        len(records),
        missing,
        tuple(Bar(str(line.cells[0]), line.cells[1], f"{line.cells[1]} / {len(places)}") for line in lines),
        chart_title=say("Liczba dzielnic, w których nie znamy niczego dla tej grupy", locale),
        detail=Table(
            (
                columns[0],
                Column("miejsce", say(along.label, locale)),
                Column("wpisy", say("Znane miejsca", locale), "count"),
                Column("niepotwierdzone", say("W tym z niepotwierdzoną dzielnicą", locale), "count"),
            ),
            tuple(
                Line(
                    (groups[group], places[place], len(found), sum(along.name in record.doubts for record in found)),
                    "",
                    tuple(record.key for record in found),
                )
                for (group, place), found in pairs.items()
            ),
        ),
    )


def _options(field: Field) -> dict[str, str]:
    return dict((field.kind.item or field.kind).options or {})


def _place(record: Merged, along: Field) -> str:
    return "" if record.doubts.get(along.name) == "tie" else str(record.values.get(along.name) or "")


def _facet(dataset: Dataset, field: Field, label: str, filled: bool) -> str:
    page = addresses.facet_page(dataset.slug, facet_slug(field), addresses.slugify(label))
    return page if filled and field.f.facet else ""

"""Lists: all records of a dataset, every facet value, and the A–Z. Real pages, so they work without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from spojnik import addresses, words
from spojnik.catalog import Dataset
from spojnik.exports import jsonld
from spojnik.origin import Merged
from spojnik.output import Output
from spojnik.places import DISTRICTS, TILES, district_number
from spojnik.status import LABELS, ORDER
from spojnik.web.pages import Press, dataset_view, page
from spojnik.web.rows import (
    MAX_FACET_VALUES,
    STATE_FACET,
    FacetValue,
    alphabetical,
    facet_fields,
    facet_slug,
    facet_values,
    ordered,
    row,
    standing_records,
    state,
)
from spojnik.web.shown import title_of
from spojnik.web.views import Facet, Link


class Group(NamedTuple):
    """One filter of a dataset: its name in addresses, its label, and the records of each value, most first."""

    name: str
    label: str
    values: tuple[tuple[FacetValue, tuple[Merged, ...]], ...]


def groups(press: Press, dataset: Dataset) -> tuple[Group, ...]:
    """All filters that have values; one with over 200 values is no filter but a search."""
    records = list(standing_records(press.world, dataset))
    found = []
    for field in facet_fields(dataset):
        by_value: dict[FacetValue, list[Merged]] = {}
        for record in records:
            for value in dict.fromkeys(facet_values(press.world, field, record, press.locale)):
                by_value.setdefault(value, []).append(record)
        if 0 < len(by_value) <= MAX_FACET_VALUES:
            found.append(Group(facet_slug(field), press.say(field.label), _most_first(by_value)))
    by_state: dict[FacetValue, list[Merged]] = {}
    for record in records:
        now = state(press.world, dataset, record, press.locale)
        if now:
            by_state.setdefault(FacetValue(addresses.slugify(LABELS[now.code]), now.label), []).append(record)
    if by_state:
        order = [addresses.slugify(LABELS[code]) for code in ORDER]
        values = sorted(by_state.items(), key=lambda item: order.index(item[0].slug))
        found.insert(0, Group(STATE_FACET, press.say("Stan"), tuple((v, tuple(r)) for v, r in values)))
    return tuple(found)


def _most_first(by_value: Mapping[FacetValue, list[Merged]]) -> tuple[tuple[FacetValue, tuple[Merged, ...]], ...]:
    merged: dict[str, tuple[FacetValue, list[Merged]]] = {}
    for value, records in by_value.items():
        merged.setdefault(value.slug, (value, []))[1].extend(records)
    found = sorted(merged.values(), key=lambda item: (-len(item[1]), alphabetical(item[0].label)))
    return tuple((value, tuple(records)) for value, records in found)


def list_pages(press: Press, dataset: Dataset, filters: Sequence[Group]) -> Iterator[Output]:
    """The pages of the whole list."""
    records = ordered(press.world, dataset, standing_records(press.world, dataset))
    yield from _pages(press, dataset, filters, records, None, lambda n: addresses.list_page(dataset.slug, n))


def facet_pages(press: Press, dataset: Dataset, filters: Sequence[Group]) -> Iterator[Output]:
    """A page (or pages) for every value of every filter."""
    for group in filters:
        for value, found in group.values:
            records = ordered(press.world, dataset, found)
            chosen = Link(f"{group.label}: {value.label}", f"{group.name}/{value.slug}")

            def address(number: int, facet: str = group.name, slug: str = value.slug) -> str:
                return addresses.facet_page(dataset.slug, facet, slug, number)

            yield from _pages(press, dataset, filters, records, chosen, address)


def _pages(
    press: Press,
    dataset: Dataset,
    filters: Sequence[Group],
    records: Sequence[Merged],
    chosen: Link | None,
    address: Any,
) -> Iterator[Output]:
    count = max(1, -(-len(records) // addresses.LIST_PAGE))
    spec, say = dataset.spec, press.say
    heading = say(spec.title) if chosen is None else f"{say(spec.title)} – {chosen.label}"
    stem = f"dane/{dataset.slug}" if chosen is None else f"{dataset.slug}/wedlug/{chosen.href}"
    for number in range(1, count + 1):
        start = (number - 1) * addresses.LIST_PAGE
        rows = tuple(
            row(press.world, dataset, record, press.locale) for record in records[start : start + addresses.LIST_PAGE]
        )
        context = {
            "dataset": dataset_view(press, dataset),
            "heading": heading,
            "intro": say(spec.description),
            "rows": rows,
            "facets": _facets(press, dataset, filters, chosen),
            "total": len(records),
            "page_number": number,
            "pages": tuple(Link(str(n), press.prefix + address(n), current=n == number) for n in range(1, count + 1)),
            "counted": _counted(press, dataset, len(records)),
            "sort_text": _sorted_by(press, dataset),
            "feeds": _feeds(press, dataset, stem, chosen, len(records)),
            "empty_text": say(spec.empty) or say("Nie znamy jeszcze żadnego wpisu. Jeśli znasz, dodaj go."),
            "chosen": Link(chosen.label, press.prefix + addresses.list_page(dataset.slug)) if chosen else None,
            "az": Link("A–Z", press.prefix + addresses.az_page(dataset.slug)),
            "map": _tiles(press, dataset, filters),
            "new_href": f"popraw/{dataset.slug}/nowy.html",
        }
        title = heading if number == 1 else f"{heading}, {say('strona')} {number}"
        crumbs = [Link(press.world.site.name, press.prefix)]
        if chosen:
            crumbs.append(Link(say(spec.title), press.prefix + addresses.list_page(dataset.slug)))
        yield page(
            press,
            "list.html",
            address(number),
            title,
            context,
            description=say(spec.description),
            crumbs=crumbs,
            nodes=() if chosen else (jsonld.dataset(press.world, dataset),),
        )


def _counted(press: Press, dataset: Dataset, count: int) -> str:
    spec = dataset.spec
    return f"{words.number(count)}\u00a0{words.plural(count, spec.one, spec.few, spec.many, press.locale)}"


def _sorted_by(press: Press, dataset: Dataset) -> str:
    if dataset.spec.sort.removeprefix("-") in ("", dataset.spec.name):
        return press.say("najpierw aktualne, potem alfabetycznie" if dataset.spec.status else "alfabetycznie")
    return press.say("najpierw trwające, potem od najnowszych" if dataset.spec.status else "od najnowszych")


def _feeds(press: Press, dataset: Dataset, stem: str, chosen: Link | None, count: int) -> tuple[Link, ...]:
    """The same list in other formats, under the same stem."""
    formats = ["csv", "json"]
    return tuple(Link(name.upper(), f"{stem}.{name}") for name in formats) if chosen is None else ()


def _facets(press: Press, dataset: Dataset, filters: Sequence[Group], chosen: Link | None) -> tuple[Facet, ...]:
    found = []
    for group in filters:
        links = tuple(
            Link(
                value.label,
                press.prefix + addresses.facet_page(dataset.slug, group.name, value.slug),
                len(records),
                current=chosen is not None and chosen.href == f"{group.name}/{value.slug}",
            )
            for value, records in group.values
        )
        found.append(Facet(group.name, group.label, links, tuple(value.slug for value, _ in group.values)))
    return tuple(found)


def _tiles(press: Press, dataset: Dataset, filters: Sequence[Group]) -> tuple[tuple[str, str, int, int, int, str], ...]:
    """The schematic map: (number, name, column, row, count, address) of each district, or () without districts."""
    group = next((g for g in filters if g.name == "dzielnica"), None)
    if group is None:
        return ()
    counts = {value.slug: len(records) for value, records in group.values}
    tiles = []
    for district in DISTRICTS:
        number = district_number(district)
        slug = addresses.slugify(district)
        column, line = TILES[number]
        href = press.prefix + addresses.facet_page(dataset.slug, group.name, slug) if slug in counts else ""
        tiles.append((number, district.partition(" ")[2], column, line, counts.get(slug, 0), href))
    return tuple(tiles)


def az_page(press: Press, dataset: Dataset) -> Output:
    """All names of a dataset on one page by first letter."""
    letters: dict[str, list[Merged]] = {}
    for record in sorted(standing_records(press.world, dataset), key=lambda r: alphabetical(title_of(dataset, r))):
        name = "".join(letter for letter in title_of(dataset, record) if letter.isalnum())[:1].upper()
        letters.setdefault(name if name.isalpha() else "0–9", []).append(record)
    context = {
        "dataset": dataset_view(press, dataset),
        "heading": f"{press.say(dataset.spec.title)} A–Z",
        "letters": tuple(
            (letter, tuple(row(press.world, dataset, record, press.locale) for record in records))
            for letter, records in letters.items()
        ),
    }
    crumbs = (
        Link(press.world.site.name, press.prefix),
        Link(press.say(dataset.spec.title), press.prefix + addresses.list_page(dataset.slug)),
    )
    return page(press, "az.html", addresses.az_page(dataset.slug), context["heading"], context, crumbs=crumbs)

"""Lists: all records of a dataset and every facet value. Real pages, so they work without JavaScript."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

import xxhash

from spojnik import addresses, words
from spojnik.catalog import Dataset
from spojnik.exports import jsonld
from spojnik.exports.feeds import endings, feed, prepare, telling
from spojnik.gist import Gist
from spojnik.output import Output
from spojnik.places import DISTRICTS, TILES, district_number
from spojnik.reads import Recall, digest, unnoted
from spojnik.schema import fields
from spojnik.unit import Unit
from spojnik.web.groups import Group, Keys, groups, ranked
from spojnik.web.pages import Press, dataset_view, page
from spojnik.web.rows import row
from spojnik.web.views import Facet, Link, Row

FEEDS = {"atom": "Atom", "ics": "Kalendarz (ICS)", "csv": "CSV", "json": "JSON"}
NEAR, FEW_PAGES = 2, 9  # pages on either side of the current one; so few are all linked
TYPES = {"Atom": "application/atom+xml", "Kalendarz (ICS)": "text/calendar"}


class Listing(NamedTuple):
    """One list: what it is called, the stem its page and feeds share, and the keys of its records in order.
    row: a record's key → its row; a record stands on many lists, and its row is made once for all of them. marks: a
    number for the mark of each record that stands."""

    heading: str
    stem: str
    keys: Keys
    chosen: Link | None
    address: Callable[[int], str]
    row: Callable[[str], Row]
    marks: Sequence[int]


def listings(
    press: Press, dataset: Dataset, gists: Sequence[Gist], filters: Sequence[Group]
) -> Iterator[Listing]:
    """The whole list of a dataset, then one list for every value of every filter."""
    title = press.say(dataset.spec.title)
    slug = dataset.slug
    records = unnoted(press.world.records[dataset.id])
    known = Recall[str, Row](lambda key: row(press.world, dataset, records[key], press.locale))
    standing = [gist.key for gist in gists]
    place_of = {key: place for place, key in enumerate(standing)}
    marks = array("Q", [xxhash.xxh3_64_intdigest(gist.mark.encode()) for gist in gists])
    whole = Keys(range(len(gists)), standing, place_of)
    yield Listing(title, f"{slug}/index", whole, None, partial(addresses.list_page, slug), known, marks)
    for group in filters:
        for value, places in group.values:
            polish = value.label if group.lang else ""
            chosen = Link(f"{group.label}: {value.label}", f"{group.name}/{value.slug}", note=polish)
            yield Listing(f"{title} – {chosen.label}", addresses.facet_stem(slug, group.name, value.slug),
                          Keys(places, standing, place_of), chosen,
                          partial(addresses.facet_page, slug, group.name, value.slug), known, marks)


def list_pages(press: Press, dataset: Dataset) -> Iterator[Unit]:
    """The pages of every list, and the same list as a subscription and as files."""
    gists, feeds = ranked(press, dataset), prepare(press.world, dataset)
    filters = groups(press, dataset, gists)
    for listing in listings(press, dataset, gists, filters):
        links = tuple(Link(FEEDS[ending], f"{listing.stem}.{ending}") for ending in endings(feeds, listing.keys))
        yield from pages_of(press, dataset, filters, listing, links)
        if press.locale == "pl":
            title = f"{press.world.site.name}: {listing.heading}"
            yield Unit(f"feeds {listing.stem}", partial(feed, feeds, title, listing.stem, listing.keys),
                       (title, telling(feeds, listing.keys)))  # fmt: skip


def pages_of(
    press: Press, dataset: Dataset, filters: Sequence[Group], listing: Listing, links: tuple[Link, ...]
) -> Iterator[Unit]:
    """The numbered pages of one list. Each is a unit: of a thousand pages a changed record stands on a few."""
    count = max(1, -(-len(listing.keys) // addresses.LIST_PAGE))
    spec, say, chosen = dataset.spec, press.say, listing.chosen
    shared = {
        "dataset": dataset_view(press, dataset),
        "heading": listing.heading,
        "intro": say(spec.description),
        "facets": _facets(press, dataset, filters, chosen),
        "total": len(listing.keys),
        "counted": _counted(press, dataset, len(listing.keys)),
        "sort_text": _sorted_by(press, dataset),
        "feeds": links,
        "empty_text": say(spec.empty) or say("Nie znamy jeszcze żadnego wpisu. Jeśli znasz, dodaj go."),
        "chosen": chosen and chosen._replace(href=press.prefix + addresses.list_page(dataset.slug)),
        "numbers": () if chosen or press.prefix else _numbers(press, dataset),
        "az": Link("A–Z", press.prefix + addresses.az_page(dataset.slug)),
        "map": _tiles(press, dataset, filters),
        "new_href": f"popraw/{dataset.slug}/nowy.html",
    }
    crumbs = [Link(press.world.site.name, press.prefix)]
    if chosen:
        crumbs.append(Link(say(spec.title), press.prefix + addresses.list_page(dataset.slug)))
    subscriptions = tuple((listing.heading, TYPES[link.label], link.href) for link in links if link.label in TYPES)
    described = tuple if chosen else partial(_described, press, dataset)

    def made(number: int, part: slice) -> Iterator[Output]:
        context = {
            **shared,
            "rows": tuple(map(listing.row, listing.keys[part])),
            "page_number": number,
            "page_count": count,
            "pages": pager(number, count, lambda n: press.prefix + listing.address(n)),
        }
        yield page(
            press,
            "list.html",
            listing.address(number),
            listing.heading if number == 1 else f"{listing.heading}, {say('strona')} {number}",
            context,
            description=say(spec.description),
            crumbs=crumbs,
            feeds=subscriptions,
            nodes=described,
        )

    same = digest([listing.stem, list(shared.items()), crumbs, subscriptions])
    for number in range(1, count + 1):
        part = slice((number - 1) * addresses.LIST_PAGE, number * addresses.LIST_PAGE)
        marks = array("Q", map(listing.marks.__getitem__, listing.keys.places[part]))
        yield Unit(f"page {press.prefix}{listing.address(number)}", partial(made, number, part),
                   (same, xxhash.xxh3_128_hexdigest(marks)))  # fmt: skip


def pager(number: int, count: int, address: Callable[[int], str]) -> tuple[Link, ...]:
    """Links to the first, the last and the nearest pages; a gap is a link to nowhere. A list of 1 600 pages with 1 600
    links on each was most of the bytes of its dataset."""
    if count <= FEW_PAGES:
        near = set(range(1, count + 1))
    else:
        near = {1, *range(max(1, number - NEAR), min(count, number + NEAR) + 1), count}
        near |= {n + 1 for n in near if n + 2 in near}
    links: list[Link] = []
    for n in sorted(near):
        if n > 1 and n - 1 not in near:
            links.append(Link("…", ""))
        links.append(Link(str(n), address(n), current=n == number))
    return tuple(links)


def _described(press: Press, dataset: Dataset) -> tuple[dict[str, Any], ...]:
    return (jsonld.dataset(press.world, dataset),)


def _numbers(press: Press, dataset: Dataset) -> tuple[Link, ...]:
    """The pages of numbers that rest on this dataset; they are in Polish only."""
    from spojnik.web.numbers.pages import numbers_of  # takes longer to import than to build a small list

    own = (number for number in numbers_of(press) if number.dataset == dataset.id)
    return tuple(Link(press.say(number.title), number.page) for number in own)


def _counted(press: Press, dataset: Dataset, count: int) -> str:
    spec = dataset.spec
    return f"{words.number(count)}\u00a0{words.plural(count, spec.one, spec.few, spec.many, press.locale)}"


def _sorted_by(press: Press, dataset: Dataset) -> str:
    if dataset.spec.sort.removeprefix("-") in ("", dataset.spec.name):
        return press.say("najpierw aktualne, potem alfabetycznie" if dataset.spec.status else "alfabetycznie")
    kind = next(field.kind for field in fields(dataset.model) if field.name == dataset.spec.sort.removeprefix("-"))
    if kind.name in ("count", "number"):
        return press.say("według numeru")
    return press.say("najpierw trwające, potem od najnowszych" if dataset.spec.status else "od najnowszych")


def _facets(press: Press, dataset: Dataset, filters: Sequence[Group], chosen: Link | None) -> tuple[Facet, ...]:
    found = []
    for group in filters:
        links = tuple(
            Link(
                value.label,
                press.prefix + addresses.facet_page(dataset.slug, group.name, value.slug),
                len(places),
                current=chosen is not None and chosen.href == f"{group.name}/{value.slug}",
            )
            for value, places in group.values
        )
        slugs = tuple(value.slug for value, _ in group.values)
        found.append(Facet(group.name, group.label, links, slugs, group.lang))
    return tuple(found)


def _tiles(press: Press, dataset: Dataset, filters: Sequence[Group]) -> tuple[tuple[str, str, int, int, int, str], ...]:
    """The schematic map: (number, name, column, row, count, address) of each district, or () without districts."""
    group = next((g for g in filters if g.name == "dzielnica"), None)
    if group is None:
        return ()
    counts = {value.slug: len(places) for value, places in group.values}
    tiles = []
    for district in DISTRICTS:
        number = district_number(district)
        slug = addresses.slugify(district)
        column, line = TILES[number]
        href = press.prefix + addresses.facet_page(dataset.slug, group.name, slug) if slug in counts else ""
        tiles.append((number, district.partition(" ")[2], column, line, counts.get(slug, 0), href))
    return tuple(tiles)

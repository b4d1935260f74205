"""The A–Z: every name of a dataset, to find one without JavaScript and without a search."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from spojnik import addresses
from spojnik.catalog import Dataset
from spojnik.output import Output
from spojnik.ranks import by_name
from spojnik.unit import Unit
from spojnik.web.pages import Press, dataset_view, page
from spojnik.web.rows import standing_gists
from spojnik.web.views import Link

AT_MOST, PART = 1_000, 500  # names: so many stand on one page; more are cut into parts of so many


def az_pages(press: Press, dataset: Dataset) -> Iterator[Unit]:
    """All names on one page by first letter; of many names, a page that leads to the pages of some hundred each."""
    place = partial(addresses.record_page, dataset.slug)
    gists = sorted(standing_gists(press.world, dataset), key=lambda gist: by_name(gist.rank))
    names = [(gist.key, gist.title) for gist in gists]
    if len(names) <= AT_MOST:
        yield _unit(press, dataset, addresses.az_page(dataset.slug), "", names, place)
        return
    parts = [names[start : start + PART] for start in range(0, len(names), PART)]
    spans = [f"{part[0][1]} – {part[-1][1]}" for part in parts]
    whole = [(addresses.az_part(dataset.slug, number), span) for number, span in enumerate(spans, 1)]
    yield _unit(press, dataset, addresses.az_page(dataset.slug), "", whole, str)
    for number, (part, span) in enumerate(zip(parts, spans, strict=True), 1):
        yield _unit(press, dataset, addresses.az_part(dataset.slug, number), span, part, place)


Names = Sequence[tuple[str, str]]  # what it leads to, and the name
Place = Callable[[str], str]


def _unit(press: Press, dataset: Dataset, address: str, span: str, names: Names, place: Place) -> Unit:
    """Each page is a unit: of some hundred pages a changed name stands on one. place: what a name leads to → its
    address without the language."""
    make = partial(_pages, press, dataset, address, span, names, place)
    return Unit(f"az {press.prefix}{address}", make, (span, names))


def _letter(name: str) -> str:
    """What begins with no letter stands under digits."""
    first = (name[:1] if name[:1].isalnum() else next((sign for sign in name if sign.isalnum()), "")).upper()
    return first if first.isalpha() else "0–9"


def _pages(
    press: Press, dataset: Dataset, address: str, span: str, names: Names, place: Place
) -> Iterator[Output]:
    letters: dict[str, list[Link]] = {}
    for target, name in names:
        letters.setdefault(_letter(name), []).append(Link(name, press.prefix + place(target)))
    title = press.say(dataset.spec.title)
    heading = f"{title} A–Z"
    crumbs = [Link(press.world.site.name, press.prefix),
              Link(title, press.prefix + addresses.list_page(dataset.slug))]  # fmt: skip
    if span:
        crumbs.append(Link("A–Z", press.prefix + addresses.az_page(dataset.slug)))
    context = {"dataset": dataset_view(press, dataset), "heading": heading, "span": span,
               "letters": tuple((letter, tuple(links)) for letter, links in letters.items())}  # fmt: skip
    yield page(press, "az.html", address, f"{heading}, {span}" if span else heading, context, crumbs=crumbs)

"""The A–Z: every name of a dataset, to find one without JavaScript and without a search."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from spojnik import addresses
from spojnik.catalog import Dataset
from spojnik.output import Output
from spojnik.ranks import alphabetical
from spojnik.web.pages import Press, dataset_view, page
from spojnik.web.rows import standing_gists
from spojnik.web.views import Link

AT_MOST, PART = 1_000, 500  # names: so many stand on one page; more are cut into parts of so many


class Name(NamedTuple):
    """A record by its name. letter: the heading it stands under."""

    letter: str
    link: Link


def az_pages(press: Press, dataset: Dataset) -> Iterator[Output]:
    """All names on one page by first letter; of many names, a page that leads to the pages of some hundred each."""
    names = [_name(press, dataset, *each) for each in sorted(
        (alphabetical(gist.title), gist.key, gist.title) for gist in standing_gists(press.world, dataset))]  # fmt: skip
    if len(names) <= AT_MOST:
        yield _page(press, dataset, addresses.az_page(dataset.slug), "", names)
        return
    parts = [names[start : start + PART] for start in range(0, len(names), PART)]
    spans = [f"{part[0].link.label} – {part[-1].link.label}" for part in parts]
    whole = [Name(part[0].letter, Link(span, press.prefix + addresses.az_part(dataset.slug, number)))
             for number, (part, span) in enumerate(zip(parts, spans, strict=True), 1)]  # fmt: skip
    yield _page(press, dataset, addresses.az_page(dataset.slug), "", whole)
    for number, (part, span) in enumerate(zip(parts, spans, strict=True), 1):
        yield _page(press, dataset, addresses.az_part(dataset.slug, number), span, part)


def _name(press: Press, dataset: Dataset, rank: str, key: str, title: str) -> Name:
    """What begins with no letter stands under digits."""
    first = next((sign for sign in title if sign.isalnum()), "").upper()
    link = Link(title, press.prefix + addresses.record_page(dataset.slug, key))
    return Name(first if first.isalpha() else "0–9", link)


def _page(press: Press, dataset: Dataset, address: str, span: str, names: Sequence[Name]) -> Output:
    letters: dict[str, list[Link]] = {}
    for name in names:
        letters.setdefault(name.letter, []).append(name.link)
    title = press.say(dataset.spec.title)
    heading = f"{title} A–Z"
    crumbs = [Link(press.world.site.name, press.prefix),
              Link(title, press.prefix + addresses.list_page(dataset.slug))]  # fmt: skip
    if span:
        crumbs.append(Link("A–Z", press.prefix + addresses.az_page(dataset.slug)))
    context = {"dataset": dataset_view(press, dataset), "heading": heading, "span": span,
               "letters": tuple((letter, tuple(links)) for letter, links in letters.items())}  # fmt: skip
    return page(press, "az.html", address, f"{heading}, {span}" if span else heading, context, crumbs=crumbs)

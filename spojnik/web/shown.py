"""Values → what people read and touch: links where a value leads somewhere, plain text where it is in doubt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from spojnik import addresses, words
from spojnik.catalog import Dataset
from spojnik.contacts import dial
from spojnik.kinds import Kind
from spojnik.origin import Claim, Merged
from spojnik.schema import Field
from spojnik.web.views import Fact, Link, Shown, Witness
from spojnik.world import World

DOUBTS = {
    "tie": "Urzędowe strony podają różne wartości. Pokazujemy wszystkie i żadnej nie wybieramy.",
    "overtaken": "Poprawiliśmy tę wartość, a źródło podaje teraz jeszcze inną. Sprawdzamy, która jest dobra.",
    "redundant": "Źródło potwierdziło poprawkę.",
    "unconfirmed": "Niepotwierdzone.",
}
BY = {
    "organizacja": "mówi sama organizacja",
    "urząd": "mówi urząd",
    "czytelnik": "mówi czytelnik",
    "redakcja": "mówi redakcja",
}


def title_of(dataset: Dataset, record: Merged) -> str:
    """The record's name for people; its key when even that is missing."""
    return str(record.values.get(dataset.spec.name) or record.key)


def shown(world: World, kind: Kind, value: Any, locale: str) -> tuple[Shown, ...]:
    """A settled value, each part with the place it leads to."""
    if value is None:
        return ()
    if kind.item is not None:
        return tuple(part for item in value for part in shown(world, kind.item, item, locale))
    return (_one(world, kind, value, locale),)


def printed(world: World, kind: Kind, value: Any, locale: str) -> tuple[Shown, ...]:
    """A value in doubt: the same words, but nothing to touch, so that nobody dials a number that may be wrong."""
    return tuple(part._replace(href="") for part in shown(world, kind, value, locale))


def _one(world: World, kind: Kind, value: Any, locale: str) -> Shown:
    if kind.target:
        target = world.record(kind.target, value)
        if target is None:
            return Shown(value, lang="pl")
        dataset = world.catalog.datasets[kind.target]
        return Shown(title_of(dataset, target), addresses.record_page(dataset.slug, value), lang="pl")
    if kind.name == "url":
        return Shown(_short(value), value)
    if kind.name == "page":
        return Shown(value, value.removeprefix("/"))
    if kind.name == "email":
        return Shown(value, f"mailto:{value}")
    if kind.name == "phone":
        return Shown(kind.show(value, locale), f"tel:{dial(value)}")
    if kind.name in ("day", "when", "moment"):
        return Shown(kind.show(value, locale), machine=value)
    if kind.name in ("text", "prose"):
        return Shown(value, lang="pl")
    return Shown(kind.show(value, locale))


def _short(address: str) -> str:
    """An address without its scheme and "www.", as people say it."""
    parts = urlsplit(address)
    tail = parts.path.rstrip("/") + (f"?{parts.query}" if parts.query else "")
    return (parts.netloc.removeprefix("www.") + tail)[:120]


def fact(world: World, dataset: Dataset, record: Merged, field: Field, locale: str) -> Fact:
    """One field of one record with everything known about why."""
    claims = record.why.get(field.name, ())
    doubt = record.doubts.get(field.name, "")
    in_doubt = doubt in ("tie", "unconfirmed")
    if doubt == "tie":
        values = tuple(
            dict.fromkeys(part for claim in claims for part in printed(world, field.kind, claim.value, locale))
        )
    else:
        make = printed if in_doubt and field.kind.name != "url" else shown
        values = make(world, field.kind, record.values.get(field.name), locale)
    text = words.say(DOUBTS.get(doubt, ""), locale)
    if doubt == "unconfirmed":
        text = f"{text} {claims[0].doubt}"
    return Fact(
        field.name,
        words.say(field.label, locale),
        words.say(field.f.help, locale),
        field.kind.name,
        values,
        not values,
        doubt,
        text,
        _witnesses(world, dataset, field, claims, locale),
        _owner(dataset, field),
        correct_page(world, dataset, record.key, field.name) if field.f.form else "",
    )


OWN_PAGES = 2_000  # records with a form page each; above that one page a dataset reads the record's JSON


def correct_page(world: World, dataset: Dataset, key: str, field: str = "") -> str:
    """The form page of a record, opened at a field."""
    own = len(world.records[dataset.id]) <= OWN_PAGES
    stem = f"popraw/{dataset.slug}/" + (f"{key}.html" if own else f"wpis.html?klucz={key}")
    return stem + (f"#{field}" if field else "")


def _owner(dataset: Dataset, field: Field) -> Link | None:
    source = dataset.source(field.f.owner) if field.f.owner else None
    return Link(source.title, source.url) if source else None


def _witnesses(
    world: World, dataset: Dataset, field: Field, claims: Sequence[Claim], locale: str
) -> tuple[Witness, ...]:
    found = []
    for place, claim in enumerate(claims):
        source = dataset.source(claim.origin.source)
        title = source.title if source else claim.origin.source
        found.append(
            Witness(
                printed(world, field.kind, claim.value, locale),
                title,
                f"zrodla/#{dataset.id}-{claim.origin.source}",
                claim.origin.urls,
                words.when(claim.origin.seen_on, locale),
                words.when(claim.origin.published, locale) if claim.origin.published else "",
                words.say(BY.get(claim.origin.by, ""), locale),
                claim.doubt,
                place == 0,
            )
        )
    return tuple(found)

"""Values → what people read and touch: links where a value leads somewhere, plain text where it is in doubt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from itertools import islice
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from markupsafe import Markup

from spojnik import addresses, words
from spojnik.catalog import Dataset
from spojnik.contacts import dial
from spojnik.kinds import Kind
from spojnik.merge import OneVoice
from spojnik.origin import Claim, Merged, Origin
from spojnik.schema import Field, Record, by_name
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


def shown(world: World | None, kind: Kind, value: Any, locale: str) -> tuple[Shown, ...]:
    """A settled value, each part with the place it leads to. world: None for kinds that lead to no other record."""
    if value is None:
        return ()
    if kind.item is not None:
        return tuple([part for item in value for part in shown(world, kind.item, item, locale)])
    return (_one(world, kind, value, locale),)


def printed(world: World, kind: Kind, value: Any, locale: str) -> tuple[Shown, ...]:
    """A value in doubt: the same words, but nothing to touch, so that nobody dials a number that may be wrong."""
    return _untouchable(shown(world, kind, value, locale))


def _untouchable(parts: tuple[Shown, ...]) -> tuple[Shown, ...]:
    for part in parts:
        if part.href:
            return tuple([part._replace(href="") for part in parts])
    return parts


def told(parts: Sequence[Shown], locale: str) -> str:
    """The parts in one line; on a page in another language what stays Polish is marked so."""
    if locale == "pl":
        return ", ".join([part.text for part in parts])
    return Markup(", ").join(Markup('<span lang="pl">{}</span>').format(p.text) if p.lang else p.text for p in parts)


def _one(world: World | None, kind: Kind, value: Any, locale: str) -> Shown:
    if kind.target:
        assert world is not None
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


class Label(NamedTuple):
    """What is the same about a field on every record: its name, label, help, the name of its kind, its owner's link."""

    name: str
    label: str
    help: str
    kind: str
    owner: Link | None


def _label(dataset: Dataset, field: Field, locale: str) -> Label:
    source = dataset.source(field.f.owner) if field.f.owner else None
    return _labelled(dataset.model, field.name, (source.title, source.url) if source else None, locale)


@lru_cache(maxsize=10_000)
def _labelled(model: type[Record], name: str, owner: tuple[str, str] | None, locale: str) -> Label:
    field = by_name(model)[name]
    say = partial(words.say, locale=locale)
    return Label(name, say(field.label), say(field.f.help), field.kind.name, Link(*owner) if owner else None)


def fact(world: World, dataset: Dataset, record: Merged, field: Field, locale: str) -> Fact:
    """One field of one record with everything known about why."""
    return teller(world, dataset, record, locale)(field)


def teller(world: World, dataset: Dataset, record: Merged, locale: str) -> Callable[[Field], Fact]:
    """`fact` for many fields of one record: what they share is looked up once."""
    page = correct_page(world, dataset, record.key)
    if not isinstance(record.why, OneVoice):
        return lambda field: _argued(world, dataset, record, field, locale, page)
    claim = next((claims[0] for claims in islice(record.why.values(), 1)), None)
    told = _told_by(dataset, claim, locale) if claim else None

    def tell(field: Field) -> Fact:
        value = record.values.get(field.name)
        label, correct = _label(dataset, field, locale), f"{page}#{field.name}" if field.f.form else ""
        if told is None or claim is None or value is None or field.name not in record.why:
            return Fact(*label[:4], (), True, "", "", (), label.owner, correct)
        found = shown(world, field.kind, value, locale)
        said = _untouchable(found)
        doubt = record.doubts.get(field.name, "")
        values = said if doubt and field.kind.name != "url" else found
        text = _doubted(doubt, claim, locale) if doubt else ""
        witness = Witness(said, *told, claim.doubt, True)
        return Fact(*label[:4], values, not values, doubt, text, (witness,), label.owner, correct)

    return tell


def _argued(world: World, dataset: Dataset, record: Merged, field: Field, locale: str, page: str) -> Fact:
    """One field of a record of which several observations speak, or none."""
    claims = record.why.get(field.name, ())
    doubt = record.doubts.get(field.name, "")
    if doubt == "tie":
        said = [printed(world, field.kind, claim.value, locale) for claim in claims]
        values = tuple(dict.fromkeys(part for parts in said for part in parts))
    else:
        found = shown(world, field.kind, record.values.get(field.name), locale)
        said = [_untouchable(found), *(printed(world, field.kind, claim.value, locale) for claim in claims[1:])]
        values = said[0] if doubt == "unconfirmed" and field.kind.name != "url" else found
    text = _doubted(doubt, claims[0], locale) if doubt else ""
    label = _label(dataset, field, locale)
    witnesses = tuple([Witness(said[place], *_told_by(dataset, claim, locale), claim.doubt, place == 0)
                       for place, claim in enumerate(claims)])
    correct = f"{page}#{field.name}" if field.f.form else ""
    return Fact(*label[:4], values, not values, doubt, text, witnesses, label.owner, correct)


def _doubted(doubt: str, claim: Claim, locale: str) -> str:
    """A doubt in words; why a source's own word is unconfirmed stays Polish."""
    text = words.say(DOUBTS.get(doubt, ""), locale)
    if doubt != "unconfirmed":
        return text
    own = Markup('<span lang="pl">{}</span>').format(claim.doubt) if locale != "pl" else claim.doubt
    return type(own)(f"{text} ") + own


def correct_page(world: World, dataset: Dataset, key: str, field: str = "") -> str:
    """The form page of a record, opened at a field."""
    stem = f"popraw/{dataset.slug}/" + (f"wpis.html?klucz={key}" if world.large[dataset.id] else f"{key}.html")
    return stem + (f"#{field}" if field else "")


def _told_by(dataset: Dataset, claim: Claim, locale: str) -> tuple[str, str, tuple[str, ...], str, str, str]:
    source = dataset.source(claim.origin.source)
    return _told(dataset.id, source.title if source else claim.origin.source, claim.origin, locale)


@lru_cache(maxsize=1_000)
def _told(dataset: str, title: str, origin: Origin, locale: str) -> tuple[str, str, tuple[str, ...], str, str, str]:
    """What a witness says of itself: the same for all values of one observation."""
    return (
        title,
        f"zrodla/#{dataset}-{origin.source}",
        origin.urls,
        words.when(origin.seen_on, locale),
        words.when(origin.published, locale) if origin.published else "",
        words.say(BY.get(origin.by, ""), locale),
    )

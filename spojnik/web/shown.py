"""Values → what people read and touch: links where a value leads somewhere, plain text where it is in doubt."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any, NamedTuple

from markupsafe import Markup

from spojnik import addresses, words
from spojnik.catalog import Dataset
from spojnik.contacts import dial
from spojnik.kinds import Kind
from spojnik.merge import OneVoice
from spojnik.origin import Claim, Merged
from spojnik.ranks import title_of
from spojnik.schema import Field, Record, fields
from spojnik.tuples import quick
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


def shown(world: World | None, kind: Kind, value: Any, locale: str) -> tuple[Shown, ...]:
    """A settled value, each part with the place it leads to. world: None for kinds that lead to no other record."""
    return () if value is None else _shower(kind, locale)(world, value)


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


Show = Callable[["World | None", Any], Shown]


@lru_cache(maxsize=10_000)
def _shower(kind: Kind, locale: str) -> Callable[[World | None, Any], tuple[Shown, ...]]:
    """How values of a kind are shown; decided once, because a page shows dozens."""
    one = _one(kind.item or kind, locale)
    if kind.item is None:
        return lambda world, value: (one(world, value),)
    return lambda world, value: tuple([one(world, item) for item in value])


def _one(kind: Kind, locale: str) -> Show:
    show = kind.show
    if kind.target:
        return partial(_linked, kind.target)
    if kind.name in ("text", "prose"):
        return lambda _, value: quick(Shown, (value, "", "", "pl"))
    if kind.name == "url":
        return lambda _, value: quick(Shown, (_short(value), value, "", ""))
    if kind.name == "page":
        return lambda _, value: Shown(value, value.removeprefix("/"))
    if kind.name == "email":
        return lambda _, value: quick(Shown, (value, f"mailto:{value}", "", ""))
    if kind.name == "phone":
        return lambda _, value: quick(Shown, (show(value, locale), f"tel:{dial(value)}", "", ""))
    if kind.name in ("day", "when", "moment"):
        return lambda _, value: quick(Shown, (show(value, locale), "", value, ""))
    return lambda _, value: quick(Shown, (show(value, locale), "", "", ""))


def _linked(target: str, world: World | None, key: str) -> Shown:
    assert world is not None
    found = world.record(target, key)
    if found is None:
        return Shown(key, lang="pl")
    dataset = world.catalog.datasets[target]
    return Shown(title_of(dataset, found), addresses.record_page(dataset.slug, key), lang="pl")


def _short(address: str) -> str:
    """An address without its scheme and "www.", as people say it."""
    path, _, query = address.partition("://")[2].partition("#")[0].partition("?")
    return (path.removeprefix("www.").rstrip("/") + (f"?{query}" if query else ""))[:120]


class Voice(NamedTuple):
    """What is the same about a field on every record: its name; name, label, help and the name of its kind; the link to
    its owner; its place in the form ("" where no form corrects it); how its values are shown."""

    name: str
    label: tuple[str, str, str, str]
    owner: Link | None
    anchor: str
    show: Callable[[World | None, Any], tuple[Shown, ...]]


def _voices(dataset: Dataset, locale: str) -> Mapping[str, Voice]:
    return _voices_of(dataset.model, tuple([(each.id, each.title, each.url) for each in dataset.spec.sources]), locale)


@lru_cache(maxsize=1_000)
def _voices_of(model: type[Record], sources: tuple[tuple[str, str, str], ...], locale: str) -> Mapping[str, Voice]:
    owners = {name: Link(title, url) for name, title, url in sources}
    say = partial(words.say, locale=locale)
    return {
        field.name: Voice(
            field.name,
            (field.name, say(field.label), say(field.f.help), field.kind.name),
            owners.get(field.f.owner),
            f"#{field.name}" if field.f.form else "",
            _shower(field.kind, locale),
        )
        for field in fields(model)
    }


def fact(world: World, dataset: Dataset, record: Merged, field: Field, locale: str) -> Fact:
    """One field of one record with everything known about why."""
    return tellers(world, dataset, locale)(record)(field)


def tellers(world: World, dataset: Dataset, locale: str) -> Callable[[Merged], Callable[[Field], Fact]]:
    """`fact` for many records and many fields of each: what they share is looked up once."""
    voices = _voices(dataset, locale)

    def teller(record: Merged) -> Callable[[Field], Fact]:
        page, why = correct_page(world, dataset, record.key), record.why
        if not isinstance(why, OneVoice):
            return lambda field: _argued(world, dataset, record, field, locale, page)
        claim = why[next(iter(why))][0] if why else None
        words = (Witness((), *_told_by(dataset, claim, locale), claim.doubt, True),) if claim else ()
        values_of, doubts = record.values, record.doubts

        def tell(field: Field) -> Fact:
            name, label, owner, anchor, show = voices[field.name]
            value = values_of.get(name)
            correct = page + anchor if anchor else ""
            if claim is None or value is None:
                return quick(Fact, label + ((), True, "", "", (), owner, correct))  # noqa: RUF005 - quicker
            values, doubt, text = show(world, value), "", ""
            if doubts and (doubt := doubts.get(name, "")):
                values = values if label[3] == "url" else _untouchable(values)
                text = _doubted(doubt, claim, locale)
            return quick(Fact, label + (values, not values, doubt, text, words, owner, correct))  # noqa: RUF005

        return tell

    return teller


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
    voice = _voices(dataset, locale)[field.name]
    witnesses = tuple([Witness(said[place], *_told_by(dataset, claim, locale), claim.doubt, place == 0)
                       for place, claim in enumerate(claims)])
    correct = f"{page}{voice.anchor}" if voice.anchor else ""
    return Fact(*voice.label, values, not values, doubt, text, witnesses, voice.owner, correct)


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
    """What a witness says of itself."""
    own = claim.origin
    source = dataset.source(own.source)
    title = source.title if source else own.source
    seen, published, by = _dated(own.seen_on, own.published, own.by, locale)
    return title, f"zrodla/#{dataset.id}-{own.source}", own.urls, seen, published, by


@lru_cache(maxsize=10_000)
def _dated(seen: str, published: str, by: str, locale: str) -> tuple[str, str, str]:
    """The days of an observation and who it is from, in words: the same for most records."""
    return (words.when(seen, locale), words.when(published, locale) if published else "",
            words.say(BY.get(by, ""), locale))  # fmt: skip

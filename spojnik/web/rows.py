"""Records as rows, states and filter values: what lists, facets, related records and search results share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from spojnik import addresses, words
from spojnik.catalog import Dataset
from spojnik.kinds import Kind
from spojnik.origin import Merged
from spojnik.schema import Field, Record, by_name, fields
from spojnik.status import LABELS, ORDER, TONES, Standing, standing
from spojnik.web.shown import shown, title_of, told
from spojnik.web.views import Row, State
from spojnik.world import World

STATE_FACET = "stan"
MAX_FACET_VALUES = 200
_SENTENCES = {
    "planned": "Zapowiedziane na {}.",
    "open": "Otwarte do {}.",
    "soon": "Otwarte do {}.",
    "closed": "Zamknięte {}.",
    "current": "Ważne do {}.",
    "archival": "Skończyło się {}.",
    "confirm": "Ostatnio potwierdzone: {}. Zapytaj, zanim pójdziesz.",
    "gone": "Od {} nie ma go już na liście źródła.",
}
_LAPSED = "Według źródła ważne było do {}. Zapytaj, zanim pójdziesz."
_PLAIN = {
    "decided": "Rozstrzygnięte.",
    "cancelled": "Odwołane.",
    "archival": "Wpis archiwalny. To nie jest aktualna oferta.",
    "confirm": "Nie wiemy, z kiedy są te dane. Zapytaj, zanim pójdziesz.",
    "unknown": "Nie znamy terminu, więc nie wiemy, czy to jeszcze trwa.",
    "current": "Aktualne.",
}
SENTENCES = (*_SENTENCES.values(), _LAPSED, *_PLAIN.values())


def state(world: World, dataset: Dataset, record: Merged, locale: str) -> State | None:
    """The status of a record in words; None where the dataset has no status and the record stands."""
    found = standing(dataset, record, world.today)
    return None if found is None else _state(found, locale)


@lru_cache(maxsize=10_000)
def _state(found: Standing, locale: str) -> State:
    lapsed = found.code == "confirm" and found.when and found.when == found.ends
    say = _LAPSED if lapsed else _SENTENCES.get(found.code, "") if found.when else _PLAIN.get(found.code, "")
    sentence = words.say(say, locale).format(words.when(found.when, locale) if found.when else "") if say else ""
    return State(
        found.code,
        words.say(LABELS[found.code], locale),
        sentence,
        TONES.get(found.code, "past"),
        found.opens,
        found.closes,
        found.ends,
    )


class FacetValue(NamedTuple):
    """One value of a filter: its slug in addresses and its label."""

    slug: str
    label: str


def facet_fields(dataset: Dataset) -> tuple[Field, ...]:
    """The fields people filter by."""
    return _facet_fields(dataset.model)


@lru_cache
def _facet_fields(model: type[Record]) -> tuple[Field, ...]:
    return tuple(field for field in fields(model) if field.f.facet)


def facet_slug(field: Field) -> str:
    """The filter's name in addresses."""
    return _slug(field.label)


_slug = lru_cache(maxsize=10_000)(addresses.slugify)


def facet_values(world: World, field: Field, record: Merged, locale: str) -> tuple[FacetValue, ...]:
    """The filter values of one record; slugs come from the Polish label, so addresses never change."""
    value = record.values.get(field.name)
    if value is None or record.doubts.get(field.name) == "tie":
        return ()
    items = value if isinstance(value, list) else [value]
    kind = field.kind.item or field.kind
    if kind.target:
        return tuple([_facet_value(world, kind, item, locale) for item in items])
    return tuple([_common_value(None, kind, item, locale) for item in items])


def _facet_value(world: World | None, kind: Kind, item: object, locale: str) -> FacetValue:
    return FacetValue(addresses.slugify(_label(world, kind, item, "pl")), _label(world, kind, item, locale))


# Few values stand on many records: the label and the slug of each are made once.
_common_value = lru_cache(maxsize=20_000, typed=True)(_facet_value)


def _label(world: World | None, kind: Kind, item: object, locale: str) -> str:
    return shown(world, kind, item, locale)[0].text


class _Plan(NamedTuple):
    """What all rows of a dataset share: (label, name, kind) of the facts that decide; (name, field) of filters."""

    facts: tuple[tuple[str, str, Kind], ...]
    filters: tuple[tuple[str, Field], ...]


@lru_cache(maxsize=1_000)
def _plan(model: type[Record], line: tuple[str, ...], locale: str) -> _Plan:
    known = by_name(model)
    facts = tuple((words.say(known[name].label, locale), name, known[name].kind) for name in line)
    return _Plan(facts, tuple((facet_slug(field), field) for field in _facet_fields(model)))


def row(world: World, dataset: Dataset, record: Merged, locale: str) -> Row:
    """A record on a list."""
    plan = _plan(dataset.model, tuple(dataset.spec.line), locale)
    values = record.values
    facts = [(label, told(shown(world, kind, values.get(name), locale), locale)) for label, name, kind in plan.facts]
    found = state(world, dataset, record, locale)
    filters = {
        name: tuple([value.slug for value in facet_values(world, field, record, locale)])
        for name, field in plan.filters
    }
    if found:
        filters[STATE_FACET] = (_slug(LABELS[found.code]),)
    return Row(
        record.key,
        addresses.record_page(dataset.slug, record.key),
        title_of(dataset, record),
        tuple(facts),
        found,
        filters,
        sort_key(dataset, record),
    )


def sort_key(dataset: Dataset, record: Merged) -> str:
    """The text that rows are sorted by within a status: a date, a name, or a number with its leading zeros."""
    name = dataset.spec.sort.removeprefix("-")
    if name in ("", dataset.spec.name):
        return alphabetical(title_of(dataset, record))
    value = record.values.get(name, "")
    return f"{value:020.6f}" if isinstance(value, int | float) else str(value)


_ALPHABET = "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"


class _Ranks(dict[int, str]):
    """Places in the Polish alphabet for `str.translate`; what is neither letter nor digit has none."""

    def __missing__(self, code: int) -> str:
        self[code] = chr(code) if chr(code).isalnum() else ""
        return self[code]


_RANKS = _Ranks({ord(letter): chr(0x100 + place) for place, letter in enumerate(_ALPHABET)})


def alphabetical(text: str) -> str:
    """A key that sorts as a Polish dictionary does (ć after c, ł after l); quotes and spaces do not count."""
    return text.casefold().translate(_RANKS)


def ordered(world: World, dataset: Dataset, records: Iterable[Merged]) -> list[Merged]:
    """Open before closed, then by the dataset's own order, then by name; records that ended come last."""
    newest_first = dataset.spec.sort.startswith("-")
    by_title = dataset.spec.sort.removeprefix("-") in ("", dataset.spec.name)

    def rank(record: Merged) -> tuple[int, str, str, str]:
        found = standing(dataset, record, world.today)
        text = sort_key(dataset, record)
        past = found is not None and TONES.get(found.code, "past") == "past"
        dated = _flip(text) if newest_first or (past and dataset.spec.sort) else text or "\uffff"
        return (
            ORDER.index(found.code) if found and found.code != "decided" else ORDER.index("closed") if found else 0,
            dated,
            text if by_title else alphabetical(title_of(dataset, record)),
            record.key,
        )

    return sorted(records, key=rank)


def _flip(text: str) -> str:
    """A sort key that turns newest first; nothing at all comes last."""
    return "".join(chr(0x10FFFE - ord(letter)) for letter in text) if text else "\U0010ffff"


def standing_records(world: World, dataset: Dataset) -> Iterator[Merged]:
    """The records that lists show: all but those that ended (they keep their page)."""
    return (record for record in world.records[dataset.id].values() if not record.gone)


References = Mapping[tuple[str, str], tuple[tuple[str, str, str], ...]]


def references(world: World) -> References:
    """Who points at a record: (dataset, key) → (dataset, field, key) of those that do, in a fixed order."""
    found: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    for dataset in world.catalog:
        pointing = [(f.name, (f.kind.item or f.kind).target) for f in fields(dataset.model)]
        for name, target in ((name, target) for name, target in pointing if target):
            for record in world.records[dataset.id].values():
                value = record.values.get(name)
                for key in value if isinstance(value, list) else [value] if value else []:
                    found.setdefault((target, key), []).append((dataset.id, name, record.key))
    return {place: tuple(sorted(who)) for place, who in found.items()}

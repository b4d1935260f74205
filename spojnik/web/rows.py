"""Records as rows, states and filter values: what lists, facets, related records and search results share."""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterable, Iterator, Mapping
from functools import lru_cache, partial
from typing import NamedTuple

from spojnik import addresses, words
from spojnik.catalog import Dataset
from spojnik.gist import Gist, filtered_by
from spojnik.kinds import Kind
from spojnik.origin import Merged
from spojnik.ranks import rank, title_of
from spojnik.schema import Field, Record, by_name, facet_fields, targets
from spojnik.status import LABELS, TONES, Standing, standing
from spojnik.web.shown import shown, told
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


def facet_slug(field: Field) -> str:
    """The filter's name in addresses."""
    return _slug(field.label)


_slug = lru_cache(maxsize=10_000)(addresses.slugify)


def facet_values(world: World, field: Field, record: Merged, locale: str) -> tuple[FacetValue, ...]:
    """The filter values of one record; slugs come from the Polish label, so addresses never change."""
    return tuple(map(filter_of(world, field, locale), filtered_by(record, field.name)))


def filter_of(world: World, field: Field, locale: str) -> Callable[[object], FacetValue]:
    """A value of a field → the value of its filter."""
    kind = field.kind.item or field.kind
    return partial(_facet_value, world, kind, locale) if kind.target else _common_value(kind, locale)


def _facet_value(world: World | None, kind: Kind, locale: str, item: object) -> FacetValue:
    return FacetValue(addresses.slugify(_label(world, kind, item, "pl")), _label(world, kind, item, locale))


@lru_cache(maxsize=1_000)
def _common_value(kind: Kind, locale: str) -> Callable[[object], FacetValue]:
    """Few values stand on many records: the label and the slug of each are made once."""
    return lru_cache(maxsize=20_000, typed=True)(partial(_facet_value, None, kind, locale))


def _label(world: World | None, kind: Kind, item: object, locale: str) -> str:
    return shown(world, kind, item, locale)[0].text


@lru_cache(maxsize=1_000)
def _deciding(model: type[Record], line: tuple[str, ...], locale: str) -> tuple[tuple[str, str, Kind], ...]:
    """(label, name, kind) of the facts that decide, on all rows of a dataset."""
    known = by_name(model)
    return tuple((words.say(known[name].label, locale), name, known[name].kind) for name in line)


def row(world: World, dataset: Dataset, record: Merged, locale: str) -> Row:
    """A record on a list."""
    deciding, values = _deciding(dataset.model, tuple(dataset.spec.line), locale), record.values
    facts = [(label, told(shown(world, kind, values.get(name), locale), locale)) for label, name, kind in deciding]
    return Row(
        record.key,
        addresses.record_page(dataset.slug, record.key),
        title_of(dataset, record),
        tuple(facts),
        state(world, dataset, record, locale),
        _Filters(partial(_filtered, world, dataset, record.key, locale)),
    )


class _Filters(Mapping[str, tuple[str, ...]]):
    """What a row is filtered by, read when somebody asks: only a list that stands on one page does."""

    __slots__ = ("_read",)

    def __init__(self, read: Callable[[], Mapping[str, tuple[str, ...]]]) -> None:
        self._read = read

    def __getitem__(self, name: str) -> tuple[str, ...]:
        return self._read()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())

    def items(self) -> ItemsView[str, tuple[str, ...]]:
        """All filters, read once."""
        return self._read().items()


def _filtered(world: World, dataset: Dataset, key: str, locale: str) -> Mapping[str, tuple[str, ...]]:
    """By key: a row that kept its record would keep all records of a large dataset open."""
    record = world.records[dataset.id][key]
    filters = {
        facet_slug(field): tuple([value.slug for value in facet_values(world, field, record, locale)])
        for field in facet_fields(dataset.model)
    }
    if found := state(world, dataset, record, locale):
        filters[STATE_FACET] = (_slug(LABELS[found.code]),)
    return filters


def ordered(world: World, dataset: Dataset, records: Iterable[Merged]) -> list[Merged]:
    """In the order of lists (spojnik.ranks); records that ended come last."""
    return sorted(records, key=lambda record: rank(dataset, record, standing(dataset, record, world.today)))


def standing_records(world: World, dataset: Dataset) -> Iterator[Merged]:
    """The records that lists show: all but those that ended (they keep their page)."""
    records = world.records[dataset.id]
    return (records[gist.key] for gist in standing_gists(world, dataset))


def standing_gists(world: World, dataset: Dataset) -> Iterator[Gist]:
    """The same, as far as whole lists look at them."""
    return (gist for gist in world.gists[dataset.id].values() if not gist.gone)


References = Mapping[tuple[str, str], tuple[tuple[str, str, str], ...]]


def references(world: World) -> References:
    """Who points at a record: (dataset, key) → (dataset, field, key) of those that do, in a fixed order."""
    found: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    for dataset in world.catalog:
        pointing = targets(dataset.model)
        for gist in world.gists[dataset.id].values():
            for name, key in gist.refers:
                found.setdefault((pointing[name], key), []).append((dataset.id, name, gist.key))
    return {place: tuple(sorted(who)) for place, who in found.items()}

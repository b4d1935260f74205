"""Which records stand on which list: all of a dataset in order, and the filters that show a part of them.

A record is its place among all that stand. A million keys would lie all over the memory; numbers lie side by side.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import chain
from operator import attrgetter
from typing import Any, NamedTuple, overload

from spojnik import addresses
from spojnik.catalog import Dataset
from spojnik.gist import Gist
from spojnik.ranks import alphabetical
from spojnik.schema import facet_fields
from spojnik.status import LABELS, ORDER
from spojnik.web.pages import Press
from spojnik.web.rows import (
    MAX_FACET_VALUES,
    STATE_FACET,
    FacetValue,
    facet_slug,
    filter_of,
    standing_gists,
)

Places = Sequence[int]


class Group(NamedTuple):
    """One filter of a dataset: its name in addresses, its label, and for each value the places of its records in the
    order of lists; the value of most records first."""

    name: str
    label: str
    values: tuple[tuple[FacetValue, Places], ...]
    lang: str = ""


def ranked(press: Press, dataset: Dataset) -> list[Gist]:
    """The standing records in the order of lists."""
    return sorted(standing_gists(press.world, dataset), key=attrgetter("rank"))


def groups(press: Press, dataset: Dataset, gists: Sequence[Gist]) -> tuple[Group, ...]:
    """All filters that have values; one with over 200 values is no filter but a search. gists: in list order."""
    found = []
    columns = zip(*[gist.facets for gist in gists], strict=True)
    for field, column in zip(facet_fields(dataset.model), columns, strict=False):  # without records no columns
        by_item: dict[Any, array[int]] = defaultdict(_no_places)
        for place, items in enumerate(column):
            for item in items:
                by_item[item].append(place)
        value_of = filter_of(press.world, field, press.locale)
        values = _one_a_slug((value_of(item), places) for item, places in by_item.items())
        if 0 < len(values) <= MAX_FACET_VALUES:
            lang = "" if (field.kind.item or field.kind).options else "pl"
            found.append(Group(facet_slug(field), press.say(field.label), _most_first(values), lang))
    by_code: dict[str, array[int]] = defaultdict(_no_places)
    for place, gist in enumerate(gists):
        if gist.code:
            by_code[gist.code].append(place)
    if by_code:
        states = sorted(by_code.items(), key=lambda item: ORDER.index(item[0]))
        named = [(FacetValue(addresses.slugify(LABELS[code]), press.say(LABELS[code])), places)
                 for code, places in states]  # fmt: skip
        found.insert(0, Group(STATE_FACET, press.say("Stan"), tuple(named)))
    return tuple(found)


_no_places = partial(array, "I")
Valued = Mapping[FacetValue, Places]


def _one_a_slug(found: Iterable[tuple[FacetValue, Places]]) -> Valued:
    """Values that share an address are one value; the first gives the label."""
    places: dict[str, tuple[FacetValue, list[Places]]] = {}
    for value, each in found:
        places.setdefault(value.slug, (value, []))[1].append(each)
    return {value: each[0] if len(each) == 1 else tuple(dict.fromkeys(chain(*each))) for value, each in places.values()}


def _most_first(values: Valued) -> tuple[tuple[FacetValue, Places], ...]:
    return tuple(sorted(values.items(), key=lambda item: (-len(item[1]), alphabetical(item[0].label))))


class Keys(Sequence[str]):
    """The keys of the records on a list, looked up where somebody asks: in a forked process every object that is only
    looked at is copied, and all lists of a dataset name a million keys."""

    __slots__ = ("_held", "place_of", "places", "standing")

    def __init__(self, places: Places, standing: Sequence[str], place_of: Mapping[str, int]) -> None:
        """standing: the keys of all records that stand; places: those of the list among them; place_of: key → place."""
        self.places, self.standing, self.place_of = places, standing, place_of
        self._held: frozenset[int] | None = None

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        found = self.places[at]
        return self.standing[found] if isinstance(found, int) else [self.standing[place] for place in found]

    def __len__(self) -> int:
        return len(self.places)

    def __contains__(self, key: object) -> bool:
        if self._held is None:
            self._held = frozenset(self.places)
        return isinstance(key, str) and self.place_of.get(key) in self._held

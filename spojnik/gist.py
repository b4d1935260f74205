"""The gist of a record: what those need to know who look at all records of a dataset.

Lists, figures, relations and rules look at every record, and at few of its values. Those are taken out of it once, by
whichever process reads it, and kept from one build to the next: a build after one changed line never opens the other
records again, and no process has to hold all of them open.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from spojnik.catalog import Dataset
from spojnik.checks import About, Remark, remarks
from spojnik.hidden import hides
from spojnik.merge import spoken
from spojnik.origin import Merged
from spojnik.ranks import rank, title_of
from spojnik.schema import Record, facet_fields, fields, targets
from spojnik.status import standing


class Gist(NamedTuple):
    """All parts are plain values, so that a process can hand them on and a build can keep them.

    code: its status on the day, "" without any. rank: its place on lists. facets: the values of each filter of its
    dataset, each once, none where sources disagree. refers: (field, key) of the records that it points at. numbers: its
    KRS, NIP and REGON, "" for none. fills: which of the fields it has whose fill the dataset promises. sources: who
    speaks of it; years: in which those values were published that won. seen_on: the last day anybody looked; changed:
    the last day on which a value changed, as far as observations know. remarks: what the rules say of it."""

    key: str
    mark: str
    title: str
    gone: str
    code: str
    rank: str
    facets: tuple[tuple[Any, ...], ...]
    refers: tuple[tuple[str, str], ...]
    numbers: tuple[str, ...]
    fills: tuple[str, ...]
    sources: tuple[str, ...]
    years: tuple[str, ...]
    seen_on: str
    changed: str
    hidden: bool
    remarks: tuple[Remark, ...]


class _Plan(NamedTuple):
    """The fields of a dataset that a gist asks for."""

    facets: tuple[str, ...]
    targets: tuple[str, ...]
    numbers: tuple[str, ...]


def gist(about: About) -> Gist:
    """Of a record as it is shown, and of everything that was said of it."""
    dataset, record, said = about.dataset, about.record, about.said
    plan, values = _plan(dataset.model), record.values
    now, voices = standing(dataset, record, about.today), spoken(record)
    return Gist(
        record.key,
        record.mark,
        title_of(dataset, record),
        record.gone,
        now.code if now else "",
        rank(dataset, record, now),
        tuple([_facet(record, name) for name in plan.facets]),
        tuple([(name, key) for name in plan.targets for key in _items(values.get(name))]),
        tuple([values.get(name) or "" for name in plan.numbers]),
        _shared(tuple([name for name in dataset.spec.bounds.fill if name in values])),
        _shared(voices.sources),
        _shared(voices.years),
        _shared(max([each.origin.seen_on for each in said], default="")),
        _shared(max([day for each in said for day in (each.changed, each.gone)], default="")),
        hides(record, about.sheltered),
        remarks(about),
    )


_SHARED: dict[Any, Any] = {}


def _shared(part: Any) -> Any:
    """One object for parts that many records share: gists are passed on and kept with each object in them once."""
    return _SHARED.setdefault(part, part)


def filtered_by(record: Merged, name: str) -> Sequence[Any]:
    """The values of a field by which a record is filtered: none where sources disagree."""
    return () if record.doubts.get(name) == "tie" else _items(record.values.get(name))


def _facet(record: Merged, name: str) -> tuple[Any, ...]:
    found = tuple(dict.fromkeys(filtered_by(record, name)))
    return _shared(found) if found and isinstance(found[0], str) else found  # 1 and True are one key, and are not one


def _items(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else () if value is None or value == "" else [value]


def number_fields(dataset: Dataset) -> tuple[str, ...]:
    """The fields that hold a number which one organisation has and no other: KRS, NIP, REGON."""
    return _plan(dataset.model).numbers


@lru_cache(maxsize=1_000)
def _plan(model: type[Record]) -> _Plan:
    return _Plan(
        tuple(field.name for field in facet_fields(model)),
        tuple(targets(model)),
        tuple(field.name for field in fields(model) if field.kind.name in ("krs", "nip", "regon")),
    )

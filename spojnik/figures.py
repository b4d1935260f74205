"""Figures over all records of a dataset. A page that shows one has read the figure and not the records: it stays as it
was when a record changes and the figure does not. Each is counted when somebody first asks for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Generic, TypeVar

from spojnik.catalog import Dataset
from spojnik.merge import OneVoice, first_claims
from spojnik.origin import Merged
from spojnik.status import standing

Found = TypeVar("Found")


class Counted(Mapping[str, Found], Generic[Found]):
    """Dataset → figure, made when first asked for."""

    def __init__(self, names: Iterable[str], count: Callable[[str], Found]) -> None:
        self._names, self._count = tuple(names), count
        self._known: dict[str, Found] = {}

    def __getitem__(self, name: str) -> Found:
        if name not in self._known:
            if name not in self._names:
                raise KeyError(name)
            self._known[name] = self._count(name)
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def stated(records: Iterable[Merged]) -> dict[str, int]:
    """Source → how many records it says something of."""
    return dict(sorted(Counter(source for record in records for source in _sources(record)).items()))


def _sources(record: Merged) -> set[str]:
    """All claims of one voice have one origin, and making a claim costs more than looking at it."""
    spoken = record.why.values()
    whys = islice(spoken, 1) if isinstance(record.why, OneVoice) else spoken
    return {claim.origin.source for claims in whys for claim in claims}


def published(records: Iterable[Merged]) -> dict[str, int]:
    """Year → how many standing records hold a value that its source published in that year."""
    whole = (record for record in records if not record.gone)
    return dict(sorted(Counter(year for record in whole for year in _years(record)).items()))


def _years(record: Merged) -> set[str]:
    return {claim.origin.published[:4] for claim in first_claims(record) if claim.origin.published}


def closing(dataset: Dataset, records: Iterable[Merged], today: str) -> tuple[str, ...]:
    """The keys of those that end within SOON_DAYS (spojnik.status)."""
    if dataset.spec.status is None:
        return ()
    return tuple([each.key for each in records if (now := standing(dataset, each, today)) and now.code == "soon"])

"""Figures over all records of a dataset. A page that shows one has read the figure and not the records: it stays as it
was when a record changes and the figure does not. Each is counted when somebody first asks for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Generic, TypeVar

from spojnik.gist import Gist

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


def stated(gists: Iterable[Gist]) -> dict[str, int]:
    """Source → how many records it says something of."""
    return dict(sorted(Counter(source for each in gists for source in each.sources).items()))


def published(gists: Iterable[Gist]) -> dict[str, int]:
    """Year → how many standing records hold a value that its source published in that year."""
    return dict(sorted(Counter(year for each in gists if not each.gone for year in each.years).items()))


def closing(gists: Iterable[Gist]) -> tuple[str, ...]:
    """The keys of those that end within SOON_DAYS (spojnik.status)."""
    return tuple([each.key for each in gists if each.code == "soon"])

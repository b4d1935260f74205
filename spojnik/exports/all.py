"""Which formats there are: one line each, in the order of the download page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from spojnik.exports import csv, json, xlsx
from spojnik.exports.table import Table
from spojnik.output import Output
from spojnik.world import World

FORMATS: tuple[Callable[[Table], Iterator[Output]], ...] = (csv.export, json.export, xlsx.export)


def whole_catalogue(world: World, data: Sequence[Output]) -> Iterator[Output]:
    """Files over all datasets, made from the files of each (`data`, sorted by path)."""
    return iter(())

"""Which files the site offers for download, and in which order they can be made. The build calls only this module."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from spojnik.catalog import Dataset
from spojnik.exports import csv, datapackage, json, xlsx, zip
from spojnik.exports.table import table
from spojnik.origin import Merged
from spojnik.output import Output

if TYPE_CHECKING:
    from spojnik.world import World


def dataset_files(world: World, dataset: Dataset, records: Sequence[Merged]) -> Iterator[Output]:
    """Every file about one dataset; datasets are independent of each other and may be written in parallel."""
    rows = table(world, dataset, records)
    for export in (csv.export, json.export, xlsx.export):
        yield from export(rows)


def catalogue_files(world: World, made: Iterable[Output]) -> Iterator[Output]:
    """Every file about the whole catalogue. `made`: what `dataset_files` gave for all datasets."""
    files: Mapping[str, Output] = {str(output.path): output for output in made if output.path.parts[0] == "dane"}
    package = list(datapackage.export(world, files))
    yield from package
    files = {**files, **{str(output.path): output for output in package}}
    yield from zip.export(world, files)

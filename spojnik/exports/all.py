"""Which files the site offers for download, in the order of the download page. The build calls only this module."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from spojnik.exports import (
    citation,
    commongrants,
    croissant,
    csv,
    csvw,
    datapackage,
    dcat,
    geojson,
    harvester,
    hsds,
    json,
    parquet,
    rocrate,
    schemas,
    sqlite,
    web,
    xlsx,
    zip,
)
from spojnik.exports.table import Table
from spojnik.output import Output
from spojnik.world import World

# Files of one dataset: datasets are independent of each other and may be written in parallel.
FORMATS: tuple[Callable[[Table], Iterator[Output]], ...] = (
    csv.export, json.export, xlsx.export, parquet.export, geojson.export, csvw.export,
    schemas.export)
# Files over all datasets that need no other file: these may be written in parallel too.
ALONE: tuple[Callable[[World], Iterable[Output]], ...] = (sqlite.export, hsds.export, commongrants.export)
# Files over all datasets, each made from the world and the files made before it (path → Output).
WHOLE: tuple[Callable[[World, Mapping[str, Output]], Iterable[Output]], ...] = (
    datapackage.export, dcat.export, harvester.export, croissant.export, rocrate.export, citation.export, zip.export,
    web.export)


def whole_catalogue(world: World, data: Sequence[Output]) -> Iterator[Output]:
    """Files over the other files. `data`: what lies under `dane/` already."""
    files = {str(output.path): output for output in data}
    for export in WHOLE:
        made = list(export(world, files))
        files |= {str(output.path): output for output in made}
        yield from made

"""Which files the site offers for download, in the order of the download page. The build calls only this module."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import PurePosixPath

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
from spojnik.exports.facts import Finished
from spojnik.exports.table import Table
from spojnik.output import Output
from spojnik.world import World

Format = Callable[[Table], Iterator[Output]]
# Files of one dataset by the piece of work that makes them: datasets are independent and may be written in
# parallel; XLSX takes as long as all the others together.
WORK: Mapping[str, tuple[Format, ...]] = {
    "files": (csv.export, json.export, parquet.export, geojson.export, csvw.export, schemas.export),
    "xlsx": (xlsx.export,),
}
FORMATS = tuple(export for formats in WORK.values() for export in formats)
# Files over all datasets that need no other file: these may be written in parallel too.
ALONE: tuple[Callable[[World], Iterable[Output]], ...] = (sqlite.export, hsds.export, commongrants.export, web.export)
# Files over all datasets, each made from the world and the files made before it (path → Finished).
WHOLE: tuple[Callable[[World, Mapping[str, Finished]], Iterable[Output]], ...] = (
    datapackage.export, dcat.export, harvester.export, croissant.export, rocrate.export, citation.export, zip.export)


def whole_catalogue(world: World, data: Sequence[Finished]) -> Iterator[Output]:
    """Files over the other files. `data`: what lies under `dane/` already."""
    files = {str(file.path): file for file in data}
    for export in WHOLE:
        for output in list(export(world, files)):
            files[str(output.path)] = Finished(PurePosixPath(output.path), partial(bytes, output.body))
            yield output

"""`dane/croissant.json`: the CSV files as Croissant 1.0 (MLCommons), which data-science tools and Google read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import orjson

from spojnik.catalog import Dataset
from spojnik.exports.facts import CC0_URL, File, Finished, files_of
from spojnik.exports.table import Column, columns
from spojnik.output import Output

if TYPE_CHECKING:
    from spojnik.world import World

_OWN = ("citeAs", "column", "equivalentProperty", "extract", "field", "fileProperty", "fileObject", "fileSet",
        "format", "includes", "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path", "recordSet",
        "references", "regex", "repeated", "replace", "samplingRate", "separator", "source", "subField", "transform")
# What the specification prescribes (http://mlcommons.org/croissant/1.0, appendix 1), with our language.
CONTEXT: dict[str, Any] = {
    "@language": "pl", "@vocab": "https://schema.org/", "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/", "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/", "conformsTo": "dct:conformsTo",
    **{name: f"cr:{name}" for name in _OWN},
    **{name: {"@id": f"cr:{name}", "@type": "@json"} for name in ("data", "examples")},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
}
_TYPES = {"number": "sc:Float", "integer": "sc:Integer", "boolean": "sc:Boolean", "date": "sc:Date"}


def export(world: World, files: Mapping[str, Finished]) -> Iterable[Output]:
    """One Croissant dataset with one file and one record set for each of ours."""
    found = [(dataset, files_of(dataset, files)[0]) for dataset in world.catalog if files_of(dataset, files)]
    described = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": f"{world.site.name}: otwarte dane",
        "description": world.site.tagline or world.site.name,
        "license": CC0_URL,
        "url": f"{world.site.root_url}dane/",
        "version": ".".join(str(int(part)) for part in world.today.split("-")),
        "datePublished": world.today,
        "inLanguage": "pl",
        "creator": {"@type": "sc:Organization", "name": world.site.operator or world.site.name},
        "citeAs": f"{world.site.name}: otwarte dane, stan na {world.today}.",
        "distribution": [_file(world, dataset, file) for dataset, file in found],
        "recordSet": [_records(dataset) for dataset, _ in found],
    }
    body = orjson.dumps(described, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    yield Output(PurePosixPath("dane/croissant.json"), body)


def _file(world: World, dataset: Dataset, file: File) -> dict[str, Any]:
    return {"@type": "cr:FileObject", "@id": f"{dataset.id}.csv", "name": f"{dataset.slug}.csv",
            "contentUrl": world.site.root_url + file.path, "encodingFormat": "text/csv",
            "contentSize": f"{file.size} B", "sha256": file.sha256}


def _records(dataset: Dataset) -> dict[str, Any]:
    return {"@type": "cr:RecordSet", "@id": dataset.id, "name": dataset.id, "description": dataset.spec.description,
            "key": {"@id": f"{dataset.id}/key"}, "field": [_field(dataset, column) for column in columns(dataset)]}


def _field(dataset: Dataset, column: Column) -> dict[str, Any]:
    kind = column.kind
    return {"@type": "cr:Field", "@id": f"{dataset.id}/{column.name}", "name": column.name,
            "description": f"{column.label}. {column.help}".strip(),
            "dataType": "sc:Text" if kind.item else _TYPES.get(kind.table["type"], "sc:Text"),
            "source": {"fileObject": {"@id": f"{dataset.id}.csv"}, "extract": {"column": column.name}}}

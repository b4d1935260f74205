"""`dane/datapackage.json`: what the CSV files are, for programs that read Data Package 2.0.

The `$schema` stands at the root only: frictionless reads version 2 by it and refuses it on resources (issue 1737 of
frictionlessdata/frictionless-py). Allowed values stand in `constraints.enum` besides `categories`, which it ignores.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import orjson

from spojnik.catalog import Dataset
from spojnik.exports.facts import Finished
from spojnik.exports.tableschema import schema
from spojnik.output import Output

if TYPE_CHECKING:
    from spojnik.world import World

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
CC0 = {"name": "CC0-1.0", "path": "https://creativecommons.org/publicdomain/zero/1.0/deed.pl", "title": "CC0 1.0"}


def export(world: World, files: Mapping[str, Finished]) -> Iterable[Output]:
    """The descriptor of all `dane/<slug>.csv` in `files` (by path)."""
    present = [dataset for dataset in world.catalog if f"dane/{dataset.slug}.csv" in files]
    ids = {dataset.id for dataset in present}
    resources = [_resource(dataset, files[f"dane/{dataset.slug}.csv"], ids) for dataset in present]
    package = {
        "$schema": PROFILE,
        "name": "spojnik",
        "title": f"{world.site.name}: otwarte dane",
        "description": "Organizacje pozarządowe, konkursy, lokale i to, co je łączy. Każda wartość ma swoje źródło: "
                       "jest na stronie rekordu i w jego pliku JSON.",
        **({"homepage": world.site.base_url} if world.site.base_url else {}),
        "version": world.today.replace("-", "."),
        "created": f"{world.today}T00:00:00Z",
        "licenses": [CC0],
        "sources": _sources(present),
        **({"contributors": [{"title": world.site.operator, "roles": ["publisher"]}]} if world.site.operator else {}),
        "resources": resources,
    }
    body = orjson.dumps(package, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    yield Output(PurePosixPath("dane/datapackage.json"), body)


def _resource(dataset: Dataset, file: Finished, present: set[str]) -> dict[str, Any]:
    spec = dataset.spec
    return {
        "name": spec.id,
        "type": "table",
        "title": spec.title,
        "description": spec.description,
        "path": f"{spec.slug}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "licenses": [CC0],
        "sources": _sources([dataset]),
        "schema": schema(dataset, present),
    }


def _sources(datasets: list[Dataset]) -> list[dict[str, str]]:
    """Publishers of the values, each once."""
    found = {(source.title, source.url): {"title": source.title, **({"path": source.url} if source.url else {})}
             for dataset in datasets for source in dataset.spec.sources}
    return list(found.values())

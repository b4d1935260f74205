"""`dane/<slug>/schemat.json` (JSON Schema of a row of the JSON and JSONL files) and `tabela.json` (Table Schema)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

import orjson

from spojnik.exports.table import Column, Table
from spojnik.exports.tableschema import schema
from spojnik.output import Output

_PRETTY = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE


def export(table: Table) -> Iterator[Output]:
    """Both schemas. Table Schema names foreign keys to every dataset of the catalogue."""
    folder = PurePosixPath(f"dane/{table.dataset.slug}")
    yield Output(folder / "schemat.json", orjson.dumps(json_schema(table), option=_PRETTY))
    present = table.world.catalog.datasets.keys()
    described = {"$schema": "https://datapackage.org/profiles/2.0/tableschema.json", **schema(table.dataset, present)}
    yield Output(folder / "tabela.json", orjson.dumps(described, option=_PRETTY))


def json_schema(table: Table) -> dict[str, Any]:
    """JSON Schema 2020-12 of one row: every column is there, null is "unknown"."""
    base, slug = table.world.site.base_url, table.dataset.slug
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **({"$id": f"{base}dane/{slug}/schemat.json"} if base else {}),
        "title": table.dataset.spec.title,
        "description": table.dataset.spec.description,
        "type": "object",
        "properties": {column.name: _property(column) for column in table.columns},
        "required": [column.name for column in table.columns],
        "additionalProperties": False,
    }


def _property(column: Column) -> dict[str, Any]:
    shape = dict(column.kind.json)
    if not column.required:
        shape["type"] = [shape["type"], "null"]
        if "enum" in shape:
            shape["enum"] = [*shape["enum"], None]
    said = {"title": column.label, "description": column.help}
    return {**{name: text for name, text in said.items() if text}, **shape}

"""`dane/<slug>.csv-metadata.json`: CSV on the Web (W3C) metadata, found by programs beside the CSV file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

import orjson

from spojnik.exports.facts import CC0_URL
from spojnik.exports.table import Column, Table
from spojnik.output import Output

_BASES = {"number": "decimal", "integer": "integer", "date": "date", "object": "json"}
_OPTIONS_AT_MOST = 60  # a pattern of all countries would be longer than the file it describes


def export(table: Table) -> Iterator[Output]:
    """Types, separators of lists and the primary key; references between files are in datapackage.json."""
    spec, site = table.dataset.spec, table.world.site
    described = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "pl"}],
        "url": f"{spec.slug}.csv",
        "dc:title": spec.title,
        "dc:description": spec.description,
        "dc:license": {"@id": CC0_URL},
        "dc:publisher": site.operator or site.name,
        "dialect": {"delimiter": ",", "encoding": "utf-8", "header": True, "lineTerminators": ["\r\n"],
                    "quoteChar": '"', "doubleQuote": True},
        "tableSchema": {"columns": [_column(column) for column in table.columns], "primaryKey": "key"},
    }
    body = orjson.dumps(described, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    yield Output(PurePosixPath(f"dane/{spec.slug}.csv-metadata.json"), body)


def _column(column: Column) -> dict[str, Any]:
    kind = column.kind.item or column.kind
    return {
        "name": column.name,
        "titles": [column.name, column.label] if column.label != column.name else [column.name],
        **({"dc:description": column.help} if column.help else {}),
        "datatype": _datatype(kind.table, kind.options),
        **({"separator": ";"} if column.kind.item else {}),
        **({"required": True} if column.required else {}),
    }


def _datatype(table: Any, options: Any) -> Any:
    if table["type"] == "boolean":
        return {"base": "boolean", "format": "true|false"}
    pattern = table.get("constraints", {}).get("pattern", "")
    if options and len(options) <= _OPTIONS_AT_MOST:
        pattern = "|".join(re.escape(code).replace("\\ ", " ") for code in options)
    if pattern:
        return {"base": "string", "format": pattern}
    return _BASES.get(table["type"], "string")

"""Table Schema (Data Package 2.0) of a dataset's CSV file, derived from the kinds of its columns."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from spojnik.catalog import Dataset
from spojnik.exports.table import Column, columns, target_of

LISTED = "Lista: pozycje rozdziela średnik."


def schema(dataset: Dataset, present: Container[str]) -> dict[str, Any]:
    """Fields, primary key and foreign keys of `dane/<slug>.csv`. `present`: the datasets that the package holds; a
    foreign key to another one could not be checked. References in lists are no foreign keys in Table Schema."""
    foreign = [{"fields": [column.name], "reference": {"resource": target_of(column.kind), "fields": ["key"]}}
               for column in columns(dataset)
               if column.role == "field" and not column.kind.item and target_of(column.kind) in present]
    return {
        "fields": [_field(column) for column in columns(dataset)],
        "primaryKey": ["key"],
        "missingValues": [""],
        **({"foreignKeys": foreign} if foreign else {}),
    }


def _field(column: Column) -> dict[str, Any]:
    kind = column.kind
    found: dict[str, Any] = {"name": column.name, "title": column.label}
    said = f"{column.help} {LISTED}".strip() if kind.item else column.help
    if said:
        found["description"] = said
    if kind.item:
        found["type"] = "string"  # the type "list" of the text of version 2.0 is not in its published profile
    else:
        found |= {name: part for name, part in kind.table.items() if name != "constraints"}
    constraints = {} if kind.item else dict(kind.table.get("constraints", {}))
    if column.required:
        constraints["required"] = True
    if column.example and kind.table["type"] in ("string", "date"):  # others are written as people type them: "12,5"
        found["example"] = column.example
    if kind.options and not kind.item and any(code != label for code, label in kind.options.items()):
        found["categories"] = [{"value": code, "label": label} for code, label in kind.options.items()]
    return found | ({"constraints": constraints} if constraints else {})

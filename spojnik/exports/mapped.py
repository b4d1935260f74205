"""Our fields in other vocabularies, as `F(maps)` says: one reader for JSON-LD, HSDS and CommonGrants.

Only what is sure goes out under another vocabulary's name: those formats have no place for a doubt, so a value that is
tied, unconfirmed or overtaken is left out.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from spojnik.catalog import Dataset
from spojnik.exports.table import UNSURE
from spojnik.origin import Merged
from spojnik.schema import Field, fields


class Said(NamedTuple):
    """One sure value under its name in another vocabulary: path "address.streetAddress"."""

    path: str
    value: Any
    field: Field


@lru_cache(maxsize=256)
def _paths(model: Any, vocabulary: str) -> tuple[tuple[str, Field], ...]:
    return tuple((name.removeprefix(f"{vocabulary}:"), field) for field in fields(model) for name in field.f.maps
                 if name.startswith(f"{vocabulary}:"))


def mapped(dataset: Dataset, record: Merged, vocabulary: str) -> list[Said]:
    """The sure values of a record in a vocabulary ("schema", "hsds", "commongrants", "org-id"), in model order."""
    return [Said(path, sure(record, field.name), field) for path, field in _paths(dataset.model, vocabulary)
            if sure(record, field.name) is not None]


def sure(record: Merged, name: str) -> Any:
    """The value of a field that nobody doubts, else None."""
    return None if record.doubts.get(name) in UNSURE else record.values.get(name)


def speaks(dataset: Dataset, path: str) -> Field | None:
    """The field of a dataset that is `path` ("hsds:service.name") elsewhere, or None."""
    vocabulary, _, name = path.partition(":")
    return next((field for found, field in _paths(dataset.model, vocabulary) if found == name), None)


def nested(said: list[Said], prefix: str) -> dict[str, Any]:
    """{"name": …} of the paths that begin with `prefix` ("service.")."""
    return {item.path.removeprefix(prefix): item.value for item in said if item.path.startswith(prefix)}


def identifier(dataset: Dataset, record: Merged) -> tuple[str, str] | None:
    """(list, identifier) after org-id.guide: ("PL-KRS", "PL-KRS-0000207658"), or None without a sure number."""
    return next(((item.path, f"{item.path}-{item.value}") for item in mapped(dataset, record, "org-id")), None)


def list_address(code: str) -> str:
    """The page of an identifier list in the register of org-id.guide."""
    return f"http://org-id.guide/list/{code}"


def stable_id(*parts: str) -> str:
    """A UUID that depends only on what it names, not on the address of the site (RFC 9562, version 5)."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "spojnik:" + "/".join(parts)))


def present(value: Mapping[str, Any]) -> dict[str, Any]:
    """Without what is unknown: these vocabularies have no null."""
    return {name: item for name, item in value.items() if item not in (None, "", [], {})}

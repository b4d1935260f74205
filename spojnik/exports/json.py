"""JSON three ways: the whole dataset with what it is, one record a line, and one file a record with the why."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import PurePosixPath
from typing import Any

import orjson

from spojnik import addresses
from spojnik.changes import by_key
from spojnik.exports.table import Cell, Table, by_name
from spojnik.exports.why import record_json, titles
from spojnik.origin import Merged
from spojnik.output import Output
from spojnik.unit import Unit

# Above this many records a file for each would be most of the site's files; blocks of hh = SHA-256(key)[:2] instead.
FILES_AT_MOST = 20_000
_LINE = orjson.OPT_APPEND_NEWLINE


def export(table: Table) -> Iterator[Output]:
    """`dane/<slug>.json` and `.jsonl`."""
    slug = table.dataset.slug
    rows = list(map(liner(table), table.rows))
    yield Output(PurePosixPath(f"dane/{slug}.json"), wrapped(table, rows))
    yield Output(PurePosixPath(f"dane/{slug}.jsonl"), b"\n".join([*rows, b""]))


def wrapped(table: Table, rows: Sequence[bytes]) -> bytes:
    """The object around rows that are JSON already: `dataset` says what it is, `columns` what the names mean, `records`
    are the rows; null is unknown."""
    head = orjson.dumps({"dataset": {**about(table), "count": len(rows)}, "columns": [
        {"name": column.name, "label": column.label, "help": column.help} for column in table.columns]})
    return b"".join((head[:-1], b',"records":[\n', b",\n".join(rows), b"\n]}\n"))


def liner(table: Table) -> Callable[[Sequence[Cell]], bytes]:
    """A function from a row to its JSON, for lists that share rows."""
    names = [column.name for column in table.columns]
    return lambda row: orjson.dumps(dict(zip(names, row, strict=True)))


def lines(table: Table) -> bytes:
    """The same rows, one JSON object a line."""
    write = liner(table)
    return b"".join([write(row) + b"\n" for row in table.rows])


def record_files(table: Table) -> Iterator[Output | Unit]:
    """Every record with its why, by the addresses that DESIGN promises: beside its page or in one of 256 blocks."""
    write = _writer(table)
    each = zip(table.records, table.rows, strict=True)
    if len(table.records) <= FILES_AT_MOST:
        for record, row in each:
            path = PurePosixPath(addresses.record_json(table.dataset.slug, record.key))
            yield Output(path, orjson.dumps(write(record, row), option=_LINE))
        return
    blocks: dict[str, list[tuple[Merged, Sequence[Cell]]]] = {f"{number:02x}": [] for number in range(256)}
    for record, row in each:
        blocks[block_of(record.key)].append((record, row))
    changes = by_key(table.world.history.get(table.dataset.id, ()))
    for name, block in blocks.items():
        path = PurePosixPath(f"dane/{table.dataset.slug}/rekordy/{name}.json")
        yield Unit(f"file {path}", partial(_block, path, block, write),
                   [(record.mark, row, changes.get(record.key)) for record, row in block])


def _writer(table: Table) -> Callable[[Merged, Sequence[Cell]], dict[str, Any]]:
    changes, named = by_key(table.world.history.get(table.dataset.id, ())), titles(table.dataset)
    return lambda record, row: record_json(record, by_name(table.columns, row), changes.get(record.key, ()), named)


def _block(path: PurePosixPath, block: Iterable[tuple[Merged, Sequence[Cell]]],
           write: Callable[[Merged, Sequence[Cell]], dict[str, Any]]) -> Iterator[Output]:
    body = b",\n".join([orjson.dumps(record.key) + b":" + orjson.dumps(write(record, row)) for record, row in block])
    yield Output(path, b"{" + body + b"}\n")


def block_of(key: str) -> str:
    """The block that holds a record: the first two hex digits of the SHA-256 of its key."""
    return hashlib.sha256(key.encode()).hexdigest()[:2]


def about(table: Table) -> dict[str, Any]:
    """What the dataset is: for the head of its JSON file and for catalogues."""
    spec, site = table.dataset.spec, table.world.site
    return {
        "id": spec.id,
        "title": spec.title,
        "description": spec.description,
        "site": site.name,
        "page": (site.base_url or "") + addresses.list_page(spec.slug),
        "dictionary": (site.base_url or "") + addresses.dictionary_page(spec.slug),
        "licence": "CC0-1.0",
        "built_on": table.world.today,
        "sources": [{"id": source.id, "title": source.title, "publisher": source.publisher, "url": source.url,
                     "licence": source.licence, "terms": source.terms} for source in spec.sources],
    }

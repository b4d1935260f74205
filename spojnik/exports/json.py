"""JSON three ways: the whole dataset with what it is, one record a line, and one file a record with the why."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import Any

import orjson

from spojnik import addresses
from spojnik.changes import by_key
from spojnik.exports.table import Cell, Table, by_name
from spojnik.exports.why import record_json, titles
from spojnik.output import Output

# Above this many records a file for each would be most of the site's files; blocks of hh = SHA-256(key)[:2] instead.
FILES_AT_MOST = 20_000
_LINE = orjson.OPT_APPEND_NEWLINE


def export(table: Table) -> Iterator[Output]:
    """`dane/<slug>.json` and `.jsonl`, then the records with their why, each beside its page or in 256 blocks."""
    slug = table.dataset.slug
    yield Output(PurePosixPath(f"dane/{slug}.json"), whole(table))
    yield Output(PurePosixPath(f"dane/{slug}.jsonl"), lines(table))
    yield from records(table)


def whole(table: Table) -> bytes:
    """One object: `dataset` says what it is, `columns` what the names mean, `records` are the rows; null is unknown."""
    write = liner(table)
    return wrapped(table, [write(row) for row in table.rows])


def wrapped(table: Table, rows: Sequence[bytes]) -> bytes:
    """The object around rows that are JSON already."""
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


def records(table: Table) -> Iterator[Output]:
    """Every record with its why, by the addresses that DESIGN promises."""
    slug, changes = table.dataset.slug, by_key(table.world.history.get(table.dataset.id, ()))
    named = titles(table.dataset)
    written = ((record.key, record_json(record, by_name(table.columns, row), changes.get(record.key, ()), named))
               for record, row in zip(table.records, table.rows, strict=True))
    if len(table.records) <= FILES_AT_MOST:
        for key, record in written:
            yield Output(PurePosixPath(addresses.record_json(slug, key)), orjson.dumps(record, option=_LINE))
        return
    blocks: dict[str, dict[str, bytes]] = {f"{number:02x}": {} for number in range(256)}
    for key, record in written:
        blocks[block_of(key)][key] = orjson.dumps(record)
    for name, block in blocks.items():
        body = b",\n".join(orjson.dumps(key) + b":" + record for key, record in block.items())
        yield Output(PurePosixPath(f"dane/{slug}/rekordy/{name}.json"), b"{" + body + b"}\n")


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

"""`dane/spojnik.sqlite`: all datasets as tables with foreign keys, full-text search and views in plain Polish.

Made in memory and vacuumed, so that the same records give the same bytes. Lists are JSON arrays (json_each reads
them), yes and no are 1 and 0, dates are ISO text. The index also holds the text without Polish letters, because
SQLite's `remove_diacritics` folds ą, ś, ż but not ł (https://www.sqlite.org/fts5.html, section 4.3.1).
"""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import orjson

from spojnik.exports.csv import headings
from spojnik.exports.table import Cell, Column, Table, table, target_of
from spojnik.exports.xlsx import kind_label
from spojnik.output import Output
from spojnik.schema import fields

if TYPE_CHECKING:
    from spojnik.world import World

_TYPES = {"number": "REAL", "integer": "INTEGER", "boolean": "INTEGER"}


def export(world: World) -> Iterable[Output]:
    """The database and `dane/metadata.json`, which Datasette reads with `--metadata`."""
    tables = [table(world, dataset, list(world.records[dataset.id].values())) for dataset in world.catalog]
    with sqlite3.connect(":memory:", isolation_level=None) as base:
        base.execute("PRAGMA foreign_keys = OFF")
        base.execute("BEGIN")
        present = {shape.dataset.id for shape in tables}
        for shape in tables:
            _table(base, shape, present)
            _search(base, shape)
            base.execute(_view(shape))
        _dictionary(base, tables)
        base.execute("COMMIT")
        base.execute("VACUUM")
        body = base.serialize()
    yield Output(PurePosixPath("dane/spojnik.sqlite"), bytes(body))
    described = orjson.dumps(metadata(world, tables), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    yield Output(PurePosixPath("dane/metadata.json"), described)


def quoted(name: str) -> str:
    """A name in SQL, whatever is in it."""
    return '"' + name.replace('"', '""') + '"'


def _table(base: sqlite3.Connection, shape: Table, present: set[str]) -> None:
    columns = []
    for column in shape.columns:
        kind, target = column.kind, target_of(column.kind)
        words = [quoted(column.name), "TEXT" if kind.item else _TYPES.get(kind.table["type"], "TEXT")]
        words += ["PRIMARY KEY"] if column.name == "key" else []
        words += ["NOT NULL"] if column.required else []
        linked = column.role == "field" and not kind.item and target in present
        columns.append(" ".join([*words, f"REFERENCES {quoted(target)}(key)" if linked else ""]).strip())
    base.execute(f"CREATE TABLE {quoted(shape.dataset.id)} ({', '.join(columns)})")
    converters = [converter(column) for column in shape.columns]
    marks = ",".join("?" * len(columns))
    base.executemany(f"INSERT INTO {quoted(shape.dataset.id)} VALUES ({marks})",
                     (tuple(convert(cell) for convert, cell in zip(converters, row, strict=True))
                      for row in shape.rows))
    for column in shape.columns:
        if column.role == "field" and not column.kind.item and target_of(column.kind) in present:
            name = quoted(f"{shape.dataset.id}_{column.name}")
            base.execute(f"CREATE INDEX {name} ON {quoted(shape.dataset.id)}({quoted(column.name)})")


def converter(column: Column) -> Callable[[Cell], Any]:
    """Cell → what SQLite stores."""
    kind = column.kind
    if kind.item or kind.table["type"] == "object":
        return lambda cell: None if cell is None else orjson.dumps(cell).decode()
    if kind.table["type"] == "boolean":
        return lambda cell: None if cell is None else int(cell)
    return lambda cell: cell


def folded(text: str) -> str:
    """ "Łąka" → "laka": what people type on a keyboard without Polish letters."""
    plain = unicodedata.normalize("NFKD", text.replace("ł", "l").replace("Ł", "L"))
    return plain.encode("ascii", "ignore").decode().lower()


def _search(base: sqlite3.Connection, shape: Table) -> None:
    """Full text of the fields with a search weight; its rowid is the rowid of the table (Datasette joins by it)."""
    name = quoted(f"{shape.dataset.id}_szukaj")
    base.execute(f"CREATE VIRTUAL TABLE {name} USING fts5(tekst, bez_ogonkow, tokenize='unicode61')")
    searched = {field.name for field in fields(shape.dataset.model) if field.f.search} or {shape.dataset.spec.name}
    places = [place for place, column in enumerate(shape.columns) if column.field in searched]

    def text(row: tuple[Cell, ...]) -> str:
        return "\n".join(" ".join(map(str, cell)) if isinstance(cell, list) else str(cell)
                         for cell in (row[place] for place in places) if cell is not None)

    texts = ((number, text(row)) for number, row in enumerate(shape.rows, 1))
    base.executemany(f"INSERT INTO {name}(rowid, tekst, bez_ogonkow) VALUES (?, ?, ?)",
                     ((number, said, folded(said)) for number, said in texts))
    base.execute(f"INSERT INTO {name}({name}) VALUES ('optimize')")


def _view(shape: Table) -> str:
    """The table with Polish headings, labels instead of codes, "tak" and "nie"."""
    titles = headings(shape)
    parts = [f"{_shown(column)} AS {quoted(titles[column.name])}" for column in shape.columns]
    name = quoted(f"{shape.dataset.id}_opis")
    return f"CREATE VIEW {name} AS SELECT {', '.join(parts)} FROM {quoted(shape.dataset.id)}"


def _shown(column: Column) -> str:
    name, kind = quoted(column.name), column.kind
    if kind.table["type"] == "boolean":
        return f"CASE {name} WHEN 1 THEN 'tak' WHEN 0 THEN 'nie' END"
    labels = {code: label for code, label in (kind.options or {}).items() if code != label}
    if not labels or kind.item:
        return name
    cases = " ".join(f"WHEN {_literal(code)} THEN {_literal(label)}" for code, label in labels.items())
    return f"CASE {name} {cases} ELSE {name} END"


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _dictionary(base: sqlite3.Connection, tables: list[Table]) -> None:
    base.execute("CREATE TABLE slownik (tabela TEXT, kolumna TEXT, etykieta TEXT, rodzaj TEXT, znaczenie TEXT, "
                 "PRIMARY KEY (tabela, kolumna))")
    base.executemany("INSERT INTO slownik VALUES (?, ?, ?, ?, ?)",
                     ((shape.dataset.id, column.name, column.label, kind_label(column), column.help)
                      for shape in tables for column in shape.columns))


def metadata(world: World, tables: list[Table]) -> dict[str, Any]:
    """What Datasette shows: titles, meanings of columns, licence, search."""
    described = {
        shape.dataset.id: {
            "title": shape.dataset.spec.title,
            "description": shape.dataset.spec.description,
            "label_column": shape.dataset.spec.name,
            "fts_table": f"{shape.dataset.id}_szukaj",
            "fts_pk": "rowid",
            "columns": {column.name: f"{column.label}. {column.help}".strip() for column in shape.columns},
        }
        for shape in tables
    }
    hidden = {f"{shape.dataset.id}_szukaj": {"hidden": True} for shape in tables}
    return {
        "title": world.site.name,
        "license": "CC0 1.0",
        "license_url": "https://creativecommons.org/publicdomain/zero/1.0/deed.pl",
        **({"source": world.site.name, "source_url": world.site.base_url} if world.site.base_url else {}),
        "databases": {"spojnik": {"tables": {**described, **hidden}}},
    }

"""Editions: the state of all data on a day, never changed again, and the deltas that lead from one to the next.

An edition is a ZIP with one JSONL file a dataset, `edition.json` and SHA256SUMS; the same records on the same day give
the same bytes. A delta holds what was added, changed and gone, so that applying all deltas to the first edition gives
the last one. The version says what readers must expect (https://semver.org): its first number moves when something
they may rely on is gone, the second when something is new, the third when only values changed.
"""

from __future__ import annotations

import hashlib
import io
import itertools
import zipfile
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from spojnik import words
from spojnik.changes import compare
from spojnik.exports.table import columns, table
from spojnik.exports.zip import packed

if TYPE_CHECKING:
    from spojnik.world import World

FIRST_VERSION = "1.0.0"
# Depend on the day of the build or on the address of the site, not on the data.
_VOLATILE = frozenset({"stan", "strona"})
Rows = dict[str, dict[str, Any]]


class Edition(NamedTuple):
    """All data on a day. shape: dataset → column → kind; titles: dataset → Polish title; rows: dataset → key → field →
    value (unknown ones are left out)."""

    date: str
    version: str
    sentence: str
    shape: Mapping[str, Mapping[str, str]]
    titles: Mapping[str, str]
    rows: Mapping[str, Rows]


class Bump(NamedTuple):
    """The next version and one Polish sentence that says why."""

    version: str
    sentence: str


def snapshot(world: World, before: Edition | None = None) -> Edition:
    """Today's edition; `before` is the last one, from which the version is counted."""
    shape = {dataset.id: {column.name: column.kind.name for column in columns(dataset)
                          if column.name not in _VOLATILE} for dataset in world.catalog}
    titles = {dataset.id: dataset.spec.title for dataset in world.catalog}
    rows: dict[str, Rows] = {}
    for dataset in world.catalog:
        found = table(world, dataset, list(world.records[dataset.id].values()))
        names = [column.name for column in found.columns]
        rows[dataset.id] = {
            row[0]: {name: cell for name, cell in zip(names, row, strict=True)
                     if cell is not None and name not in _VOLATILE} for row in found.rows}
    made = Edition(world.today, FIRST_VERSION, "Pierwsze wydanie.", shape, titles, rows)
    return made if before is None else made._replace(**bump(before, made)._asdict())


def bump(before: Edition, after: Edition) -> Bump:
    """The version of `after`, counted from what it changes in `before`."""
    major, minor, patch = (int(part) for part in before.version.split("."))
    if lost := _lost(before, after):
        return Bump(f"{major + 1}.0.0", f"Pierwsza liczba wersji wzrosła, bo {lost}.")
    if new := _lost(after, before, gone="nowy jest zbiór", missing="doszła kolumna", other=""):
        return Bump(f"{major}.{minor + 1}.0", f"Druga liczba wersji wzrosła, bo {new}.")
    counts = [len(part) for part in _totals(before, after)]
    if not any(counts):
        return Bump(before.version, "Wersja bez zmian, bo dane są takie same.")
    why = f"Trzecia liczba wersji wzrosła, bo zmieniły się tylko wartości: {_counted(*counts)}."
    return Bump(f"{major}.{minor}.{patch + 1}", why)


def _lost(before: Edition, after: Edition, gone: str = "nie ma już zbioru", missing: str = "nie ma już kolumny",
          other: str = "inny jest rodzaj kolumny") -> str:
    """The first thing of `before` that `after` lacks, in words; "" when it lacks nothing."""
    for dataset, shape in before.shape.items():
        title = before.titles.get(dataset, dataset)
        if dataset not in after.shape:
            return f"{gone} „{title}”"
        for name, kind in shape.items():
            if name not in after.shape[dataset]:
                return f"{missing} „{name}” w zbiorze „{title}”"
            if other and after.shape[dataset][name] != kind:
                return f"{other} „{name}” w zbiorze „{title}”"
    return ""


def _totals(before: Edition, after: Edition) -> tuple[list[str], list[str], list[str]]:
    added: list[str] = []
    changed: list[str] = []
    gone: list[str] = []
    for dataset in before.rows.keys() | after.rows.keys():
        found = compare(before.rows.get(dataset, {}), after.rows.get(dataset, {}))
        added += found.added
        changed += found.changed
        gone += found.gone
    return added, changed, gone


def _counted(added: int, changed: int, gone: int) -> str:
    parts = ((added, "nowy", "nowe", "nowych"), (changed, "zmieniony", "zmienione", "zmienionych"),
             (gone, "usunięty", "usunięte", "usuniętych"))
    return ", ".join(f"{words.number(count)} {words.plural(count, one, few, many)}"
                     for count, one, few, many in parts if count)


def pack(edition: Edition) -> bytes:
    """The ZIP of an edition: rows sorted by key, fields in the order of columns, fixed dates inside."""
    members = {f"{dataset}.jsonl": b"".join(orjson.dumps(edition.rows[dataset][key], option=orjson.OPT_APPEND_NEWLINE)
                                            for key in sorted(edition.rows[dataset])) for dataset in edition.rows}
    head = {"date": edition.date, "version": edition.version, "sentence": edition.sentence, "licence": "CC0-1.0",
            "titles": edition.titles, "shape": edition.shape,
            "counts": {dataset: len(rows) for dataset, rows in edition.rows.items()}}
    members = {"edition.json": orjson.dumps(head, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE), **members}
    whole = {**members, "SHA256SUMS": checksums(members)}
    return packed({name: partial(bytes, body) for name, body in whole.items()})


def unpack(body: bytes) -> Edition:
    """A packed edition. ValueError when a file inside does not match its checksum."""
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        members = {name: archive.read(name) for name in archive.namelist() if name != "SHA256SUMS"}
        if archive.read("SHA256SUMS") != checksums(members):
            raise ValueError("wydanie jest uszkodzone: sumy kontrolne się nie zgadzają")
    head = orjson.loads(members["edition.json"])
    rows = {dataset: {row["key"]: row for row in map(orjson.loads, members[f"{dataset}.jsonl"].splitlines())}
            for dataset in head["shape"]}
    return Edition(head["date"], head["version"], head["sentence"], head["shape"], head["titles"], rows)


def checksums(members: Mapping[str, bytes]) -> bytes:
    """Lines that `sha256sum --check` reads."""
    return "".join(f"{hashlib.sha256(body).hexdigest()}  {name}\n" for name, body in members.items()).encode()


def delta(before: Edition, after: Edition) -> dict[str, Any]:
    """What to do to `before` to get `after`. In "changed" a null is a value that became unknown."""
    changes: dict[str, Any] = {}
    for dataset in sorted(before.rows.keys() | after.rows.keys()):
        found = compare(before.rows.get(dataset, {}), after.rows.get(dataset, {}))
        if found:
            changes[dataset] = {
                "added": dict(found.added),
                "changed": {key: {name: new for name, (_, new) in fields.items()}
                            for key, fields in found.changed.items()},
                "gone": list(found.gone)}
    return {"from": {"date": before.date, "version": before.version},
            "to": {"date": after.date, "version": after.version, "sentence": after.sentence},
            "shape": after.shape, "titles": after.titles, "datasets": changes}


def apply(before: Edition, change: Mapping[str, Any]) -> Edition:
    """The edition that a delta makes of the one before it. ValueError when the delta starts from another edition."""
    if change["from"] != {"date": before.date, "version": before.version}:
        raise ValueError(f"ta różnica zaczyna się od wydania {change['from']['date']}, a nie {before.date}")
    rows: dict[str, Rows] = {}
    for dataset, shape in change["shape"].items():
        told = change["datasets"].get(dataset, {"added": {}, "changed": {}, "gone": []})
        kept = {key: row for key, row in before.rows.get(dataset, {}).items() if key not in set(told["gone"])}
        for key, fields in told["changed"].items():
            merged = {**kept[key], **fields}
            kept[key] = {name: merged[name] for name in shape if merged.get(name) is not None}
        rows[dataset] = {**kept, **told["added"]}
    to = change["to"]
    return Edition(to["date"], to["version"], to["sentence"], change["shape"], change["titles"], rows)


def chain(editions: Sequence[Edition]) -> list[dict[str, Any]]:
    """The deltas between consecutive editions, oldest first."""
    return [delta(before, after) for before, after in itertools.pairwise(editions)]

"""What the last build was made of: so that the next one makes again only what can have changed.

Three questions, from cheap to dear. Are the inputs the same files (size and time, then content)? Then nothing is done.
Is a unit's key the same (a digest of everything it read: code, templates, records, the day)? Then its outputs
stay. Are an output's bytes the same? Then it is not written. A doubt always means: make it again.
"""

from __future__ import annotations

import mmap
import os
import sys
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import orjson
import xxhash

from spojnik.finding import Finding, Level
from spojnik.output import Place, Put, state_folder

CODE = Path(__file__).resolve().parent
# Their versions shape the bytes of pages and files.
_LIBRARIES = ("babel", "jinja2", "markdown", "morfeusz2", "nh3", "orjson", "pydantic", "xlsxwriter", "rdflib")
_SAVED_LATE = 2.0  # seconds: a file changed so shortly before we looked may change again within the same tick


class Seen(NamedTuple):
    """One input file as it was: bytes, time of its last change (ns), digest of its content."""

    size: int
    changed: int
    digest: str


class Kept(NamedTuple):
    """A unit of the last build: the digest of all it was made of, the names of its outputs, the places it read, and the
    names of the units within it."""

    key: str
    names: tuple[str, ...]
    places: tuple[str, ...]
    parts: tuple[str, ...] = ()


class Manifest(NamedTuple):
    """The last build. order: what was asked for. inputs: path → file. units: by name. files: name of an output →
    digest of its bytes."""

    order: str
    inputs: Mapping[str, Seen]
    units: Mapping[str, Kept]
    files: Mapping[str, str]
    findings: tuple[Finding, ...]


EMPTY = Manifest("", {}, {}, {}, ())


def asked(*parts: object) -> str:
    """What a build was asked for, and with which programs: anything else here and nothing of the last build counts."""
    from importlib import metadata  # brings half of the standard library along

    known = []
    for name in _LIBRARIES:
        with suppress(metadata.PackageNotFoundError):  # Morfeusz has no wheel for every machine
            known.append(f"{name} {metadata.version(name)}")
    return xxhash.xxh3_128_hexdigest(repr((parts, sys.version, known)).encode())


def read_inputs(roots: Iterable[Path], before: Mapping[str, Seen]) -> dict[str, Seen]:
    """Every file under the roots (and the program's own). A file whose size and time are as before is not read."""
    now = time.time_ns() - int(_SAVED_LATE * 1e9)
    found: dict[str, Seen] = {}
    for path, size, changed in sorted(each for root in {*roots, CODE} for each in _files(str(root))):
        known = before.get(path)
        if known and known.size == size and known.changed == changed and changed < now:
            found[path] = known
            continue
        found[path] = Seen(size, changed if changed < now else 0, _digest(path))
    return found


def _digest(path: str) -> str:
    with open(path, "rb") as stream:
        try:
            with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as body:  # no copy of a huge file
                return xxhash.xxh3_128_hexdigest(body)
        except ValueError:  # an empty file cannot be mapped
            return xxhash.xxh3_128_hexdigest(stream.read())


def _files(root: str) -> list[tuple[str, int, int]]:
    if os.path.isfile(root):
        state = os.stat(root)
        return [(root, state.st_size, state.st_mtime_ns)]
    found, folders = [], [root]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.name == "__pycache__" or entry.name.startswith("."):
                    continue
                if entry.is_dir():
                    folders.append(entry.path)
                else:
                    state = entry.stat()
                    found.append((entry.path, state.st_size, state.st_mtime_ns))
    return found


def same(one: Mapping[str, Seen], two: Mapping[str, Seen]) -> bool:
    """Whether two readings found the same bytes under the same names."""
    return one.keys() == two.keys() and all(one[path].digest == two[path].digest for path in one)


def load_manifest(out: Place) -> Manifest:
    """The last build's manifest; EMPTY where there is none or it cannot be read: everything is made again."""
    try:
        read: Any = orjson.loads((state_folder(out) / "manifest.json").read_bytes())
        return Manifest(
            read["order"],
            {path: Seen(*seen) for path, seen in read["inputs"].items()},
            {name: Kept(key, *map(tuple, lists)) for name, (key, *lists) in read["units"].items()},
            read["files"],
            tuple(Finding(rule, Level(level), *rest) for rule, level, *rest in read["findings"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return EMPTY


def dump_manifest(
    order: str, inputs: Mapping[str, Seen], kept: Mapping[str, Kept], puts: Iterable[Put], findings: Iterable[Finding]
) -> bytes:
    """The manifest of a build that is about to be swapped in."""
    units = {name: tuple(each) for name, each in kept.items()}
    files = {each.name: each.digest for each in puts}
    seen = {path: tuple(each) for path, each in inputs.items()}
    # Only a finding's value may be anything; to look for such keys among all names takes three times as long.
    said = orjson.dumps([tuple(each) for each in findings], default=str, option=orjson.OPT_NON_STR_KEYS)
    whole = {"order": order, "inputs": seen, "units": units, "files": files, "findings": orjson.Fragment(said)}
    return orjson.dumps(whole)

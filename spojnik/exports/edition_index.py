"""`dane/wydania/`: which editions there are, with their checksums, and the deltas between those at hand.

The archives are assets of releases; `editions.jsonl` in the repository lists them (date, version, sentence, sha256,
address). A folder with archives adds local ones: they are copied, and deltas are made between neighbours.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import orjson

from spojnik.exports.editions import checksums, delta, pack, snapshot, unpack
from spojnik.output import Output

if TYPE_CHECKING:
    from spojnik.world import World

FOLDER = PurePosixPath("dane/wydania")
_PRETTY = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
_LINES = ("date", "version", "sentence", "sha256", "address")


def read(folder: Path) -> dict[str, bytes]:
    """date → archive of every `<date>.zip` in a folder, oldest first."""
    return {path.stem: path.read_bytes() for path in sorted(folder.glob("????-??-??.zip"))}


def make(world: World, earlier: Mapping[str, bytes]) -> tuple[bytes, dict[str, str]]:
    """Today's edition after `earlier` ones: its archive, and its line for `editions.jsonl` (address still empty)."""
    dates = [day for day in earlier if day < world.today]
    edition = snapshot(world, unpack(earlier[dates[-1]]) if dates else None)
    body = pack(edition)
    line = (edition.date, edition.version, edition.sentence, hashlib.sha256(body).hexdigest(), "")
    return body, dict(zip(_LINES, line, strict=True))


def outputs(listed: Sequence[Mapping[str, Any]], local: Mapping[str, bytes]) -> Iterator[Output]:
    """`index.json`; for local editions also their archives, the deltas and SHA256SUMS."""
    files = {f"{day}.zip": body for day, body in local.items()}
    editions = [unpack(body) for body in local.values()]
    for before, after in itertools.pairwise(editions):
        files[f"{before.date}--{after.date}.json"] = orjson.dumps(delta(before, after), option=_PRETTY)
    known = {line["date"]: {name: line.get(name, "") for name in _LINES} for line in listed}
    for edition in editions:
        known.setdefault(edition.date, {
            "date": edition.date, "version": edition.version, "sentence": edition.sentence,
            "sha256": hashlib.sha256(files[f"{edition.date}.zip"]).hexdigest(), "address": ""})
    for day, line in known.items():
        if f"{day}.zip" in files:
            line["file"] = str(FOLDER / f"{day}.zip")
        if change := next((name for name in files if name.endswith(f"--{day}.json")), ""):
            line["delta"] = str(FOLDER / change)
    index = {"editions": [known[day] for day in sorted(known, reverse=True)]}
    yield Output(FOLDER / "index.json", orjson.dumps(index, option=_PRETTY))
    if files:
        yield from (Output(FOLDER / name, body) for name, body in files.items())
        yield Output(FOLDER / "SHA256SUMS", checksums(files))

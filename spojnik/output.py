"""The only hand on the disk: unique paths, only what differs is written, and a kill leaves the old tree or the new.

A first build makes a whole new folder and renames it into place. A rebuild stages the files that differ beside the
output, writes a journal of the moves, makes them, and deletes the journal; the next start finishes an interrupted
journal, so that readers never keep a mixture.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import xxhash


class Output(NamedTuple):
    """One file of the site: its path from the site's root, and its bytes."""

    path: PurePosixPath
    body: bytes


class Written(NamedTuple):
    """What a build did to the disk: counts of files."""

    written: int
    kept: int
    removed: int


class Clash(Exception):
    """Two outputs for one path, or a path that leaves the site: a mistake in the machinery, named by its path."""


def digest(body: bytes) -> str:
    """Fast content hash for telling files apart (not for proofs: checksums that people see are SHA-256)."""
    return xxhash.xxh3_128_hexdigest(body)


def state_folder(out: Path) -> Path:
    """Where the build keeps its manifest, journal and stage: beside the output, never inside it."""
    return out.parent / f".{out.name}.spojnik"


def recover(out: Path) -> None:
    """Finish what a killed build began: roll a written journal forward, throw away an unfinished stage."""
    state = state_folder(out)
    journal = state / "journal.json"
    if journal.exists():
        _roll(out, state, json.loads(journal.read_text("utf-8")))
    shutil.rmtree(state / "stage", ignore_errors=True)
    for leftover in out.parent.glob(f".{out.name}.old-*"):
        shutil.rmtree(leftover, ignore_errors=True)


def write(outputs: Iterable[Output], out: Path) -> Written:
    """Make `out` hold exactly `outputs`. Raises Clash before anything in `out` changes."""
    recover(out)
    state = state_folder(out)
    stage = state / "stage"
    stage.mkdir(parents=True)
    known = _manifest(state) if out.is_dir() else {}
    seen: dict[str, str] = {}
    fresh: list[str] = []
    folders: set[Path] = set()
    for output in outputs:
        name = _checked(output.path, seen)
        seen[name] = digest(output.body)
        if known.get(name) == seen[name] and (out / name).exists():
            continue
        target = stage / name
        if target.parent not in folders:
            target.parent.mkdir(parents=True, exist_ok=True)
            folders.add(target.parent)
        _put(target, output.body)
        fresh.append(name)
    gone = sorted(_present(out) - seen.keys()) if out.is_dir() else []
    _put(state / "manifest.next.json", json.dumps(seen, sort_keys=True).encode())
    if not out.is_dir():
        out.parent.mkdir(parents=True, exist_ok=True)
        os.replace(stage, out)
        os.replace(state / "manifest.next.json", state / "manifest.json")
    else:
        _put(state / "journal.next.json", json.dumps({"moves": fresh, "removals": gone}).encode())
        os.replace(state / "journal.next.json", state / "journal.json")
        _roll(out, state, {"moves": fresh, "removals": gone})
    return Written(len(fresh), len(seen) - len(fresh), len(gone))


def _checked(path: PurePosixPath, seen: Mapping[str, str]) -> str:
    name = str(path)
    if name in seen:
        raise Clash(f"two outputs for one path: {name}")
    if path.is_absolute() or ".." in path.parts or "\\" in name or "\x00" in name:
        raise Clash(f"a path outside the site: {name!r}")
    return name


def _put(target: Path, body: bytes) -> None:
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    try:
        os.write(handle, body) if len(body) < 1 << 30 else os.fdopen(os.dup(handle), "wb").write(body)
    finally:
        os.close(handle)


def _manifest(state: Path) -> dict[str, str]:
    try:
        known = json.loads((state / "manifest.json").read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _present(out: Path) -> set[str]:
    return {
        os.path.relpath(os.path.join(folder, name), out).replace(os.sep, "/")
        for folder, _, names in os.walk(out)
        for name in names
    }


def _roll(out: Path, state: Path, journal: Mapping[str, list[str]]) -> None:
    """Every step may already have happened: a journal can be rolled any number of times."""
    for name in journal["moves"]:
        staged = state / "stage" / name
        if staged.exists():
            target = out / name
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(staged, target)
    for name in journal["removals"]:
        (out / name).unlink(missing_ok=True)
    _prune({(out / name).parent for name in journal["removals"]}, out)
    if (state / "manifest.next.json").exists():
        os.replace(state / "manifest.next.json", state / "manifest.json")
    (state / "journal.json").unlink(missing_ok=True)
    shutil.rmtree(state / "stage", ignore_errors=True)


def _prune(folders: set[Path], out: Path) -> None:
    """Empty folders would answer as directories on some hosts; they go, from the deepest."""
    for folder in sorted(folders, key=lambda path: len(path.parts), reverse=True):
        while folder != out and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent

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


class Stage(NamedTuple):
    """Where a build puts files until all of them are known. known: digests of the last build; present: what lies there
    now. It travels to every process by fork: each writes its own files, and only names and digests travel back."""

    out: Path
    known: Mapping[str, str]
    present: frozenset[str]

    @property
    def folder(self) -> Path:
        """The folder that becomes the site, or whose files move into it."""
        return state_folder(self.out) / "stage"

    def file(self, name: str) -> Path:
        """Where the bytes of an output are before the swap: staged when they are new, else in the site."""
        staged = self.folder / name
        return staged if staged.exists() else self.out / name


class Put(NamedTuple):
    """An output that has been dealt with: its path, the digest of its bytes, and whether they had to be written."""

    name: str
    digest: str
    fresh: bool


def open_stage(out: Path, known: Mapping[str, str]) -> Stage:
    """A clean stage, after finishing what a killed build began."""
    recover(out)
    stage = Stage(out, known, frozenset(_present(out)) if out.is_dir() else frozenset())
    stage.folder.mkdir(parents=True)
    return stage


def put(stage: Stage, output: Output) -> Put:
    """Stage one output unless the site holds the same bytes. Raises Clash for a path that leaves the site."""
    name = str(output.path)
    if name[:1] == "/" or ".." in name.split("/") or "\\" in name or "\x00" in name:
        raise Clash(f"a path outside the site: {name!r}")
    found = digest(output.body)
    if stage.known.get(name) == found and name in stage.present:
        return Put(name, found, False)
    target = f"{stage.folder}/{name}"
    try:
        _put(target, output.body)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        _put(target, output.body)
    return Put(name, found, True)


def finish(stage: Stage, made: Iterable[Put], manifest: bytes) -> Written:
    """Make the site hold exactly what was put. Raises Clash for two outputs of one path before anything changes."""
    seen: dict[str, str] = {}
    fresh: list[str] = []
    for name, found, is_fresh in made:
        if name in seen:
            raise Clash(f"two outputs for one path: {name}")
        seen[name] = found
        if is_fresh:
            fresh.append(name)
    out, state = stage.out, state_folder(stage.out)
    gone = sorted(stage.present - seen.keys())
    _put(str(state / "manifest.next.json"), manifest)
    if not out.is_dir():
        out.parent.mkdir(parents=True, exist_ok=True)
        os.replace(stage.folder, out)
        os.replace(state / "manifest.next.json", state / "manifest.json")
    else:
        journal = {"moves": fresh, "removals": gone}
        _put(str(state / "journal.next.json"), json.dumps(journal).encode())
        os.replace(state / "journal.next.json", state / "journal.json")
        _roll(out, state, journal)
    return Written(len(fresh), len(seen) - len(fresh), len(gone))


def intact(out: Path, known: Mapping[str, str]) -> bool:
    """Whether exactly the files of the last build lie in the site (their bytes are taken on trust), and no build was
    killed since."""
    state = state_folder(out)
    started = (state / "stage").exists() or (state / "journal.json").exists()
    return not started and out.is_dir() and _present(out) == known.keys()


def _put(target: str, body: bytes) -> None:
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    try:
        left = memoryview(body)
        while left:
            left = left[os.write(handle, left) :]
    finally:
        os.close(handle)


def _present(out: Path) -> set[str]:
    """Paths of all files, as the outputs name them."""
    found: set[str] = set()
    folders = [("", str(out))]
    while folders:
        stem, folder = folders.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append((f"{stem}{entry.name}/", entry.path))
                else:
                    found.add(stem + entry.name)
    return found


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

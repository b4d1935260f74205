"""The only hand on the disk: unique paths, only what differs is written, and a kill leaves the old tree or the new.

A first build makes a whole new folder and renames it into place. A rebuild stages the files that differ beside the
output, writes a journal of the moves, makes them, and deletes the journal; the next start finishes an interrupted
journal, so that readers never keep a mixture. A site at an address (S3) has the same stage and the same journal; as
nothing can be renamed there, the moves are copies inside the store.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import xxhash

from spojnik.remote import Remote

Place = Path | Remote
BUNDLE = 16_000_000  # bytes: so much of a unit waits to be sent to a store at once


class Output(NamedTuple):
    """One file of the site: its path from the site's root, and its bytes. The path of a page is a text: there are as
    many as records, and a path object takes longer to make and to write out than to open the file."""

    path: PurePosixPath | str
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


def state_folder(out: Place) -> Place:
    """Where the build keeps its manifest, journal and stage: beside the output, never inside it."""
    return out.parent / f".{out.name}.spojnik"


def recover(out: Place) -> None:
    """Finish what a killed build began: roll a written journal forward, throw away an unfinished stage."""
    state = state_folder(out)
    journal = state / "journal.json"
    if journal.exists():
        _roll(out, state, json.loads(journal.read_bytes()))
    _clear(state / "stage")


class Stage(NamedTuple):
    """Where a build puts files until all of them are known. known: digests of the last build; present: what lies there
    now; run: names this build, so that a worker of an earlier one that is still alive puts nothing into it; shared:
    other machines write there too. Each process writes its own files; only names and digests travel back."""

    out: Place
    known: Mapping[str, str]
    present: set[str] | frozenset[str]
    run: str
    shared: bool = False

    @property
    def folder(self) -> Place:
        """The folder that becomes the site, or whose files move into it."""
        return state_folder(self.out) / "stage" / self.run

    def file(self, name: str) -> Place:
        """Where the bytes of an output are before the swap: staged when they are new, else in the site."""
        staged = self.folder / name
        return staged if staged.exists() else self.out / name


class Put(NamedTuple):
    """An output that has been dealt with: its path, the digest of its bytes, and whether they had to be written."""

    name: str
    digest: str
    fresh: bool


def open_stage(out: Place, known: Mapping[str, str]) -> Stage:
    """A clean stage, after finishing what a killed build began."""
    recover(out)
    stage = Stage(out, known, _present(out) if out.is_dir() else frozenset(), secrets.token_hex(8))
    if isinstance(stage.folder, Path):
        stage.folder.mkdir(parents=True)
    keep(state_folder(out), "run", stage.run.encode())
    return stage


def join_stage(out: Place, known: Mapping[str, str], run: str) -> Stage | None:
    """The stage that another machine opened; None where it is not to be seen: this is not the same folder."""
    try:
        seen = (state_folder(out) / "run").read_bytes()
    except OSError:
        return None
    if seen != run.encode():
        return None
    return Stage(out, known, _present(out) if out.is_dir() else frozenset(), run, True)


def put_all(stage: Stage, outputs: Iterable[Output]) -> Iterator[Put]:
    """Stage every output unless the site holds the same bytes; in bundles where the site is at an address, because
    every answer of a store takes its time. Raises Clash for a path that leaves the site."""
    if isinstance(stage.out, Path):
        folder = stage.folder
        for output in outputs:
            said = _said(stage, output)
            if said.fresh:
                _stage(stage, folder, {said.name: output.body})
            yield said
        return
    waiting: dict[str, bytes] = {}
    size = 0
    for output in outputs:
        said = _said(stage, output)
        if said.fresh:
            waiting[said.name] = output.body
            size += len(output.body)
        if size > BUNDLE:
            _stage(stage, stage.folder, waiting)
            waiting, size = {}, 0
        yield said
    _stage(stage, stage.folder, waiting)


def _said(stage: Stage, output: Output) -> Put:
    name = str(output.path)
    if name[:1] == "/" or ".." in name.split("/") or "\\" in name or "\x00" in name:
        raise Clash(f"a path outside the site: {name!r}")
    found = digest(output.body)
    return Put(name, found, not (stage.known.get(name) == found and name in stage.present))


def _stage(stage: Stage, folder: Place, bodies: Mapping[str, bytes]) -> None:
    if isinstance(folder, Remote):
        folder.write_all(bodies)
        return
    for name, body in bodies.items():
        target = f"{folder}/{name}"
        # A worker that everybody took for dead may wake up: it must not cut a file that another one has finished.
        first = f"{folder}.part/{secrets.token_hex(8)}" if stage.shared else target
        try:
            _put(first, body)
        except FileNotFoundError:
            os.makedirs(os.path.dirname(first), exist_ok=True)
            _put(first, body)
        if stage.shared:
            os.makedirs(os.path.dirname(target), exist_ok=True)
            os.replace(first, target)


def finish(stage: Stage, puts: Sequence[Put], manifest: bytes) -> Written:
    """Make the site hold exactly what was put. Raises Clash for two outputs of one path before anything changes."""
    names = [put.name for put in puts]
    fresh = [put.name for put in puts if put.fresh]
    seen = set(names)
    if len(seen) < len(names):
        raise Clash(f"two outputs for one path: {next(name for name, times in Counter(names).items() if times > 1)}")
    out, state = stage.out, state_folder(stage.out)
    gone = sorted(stage.present - seen)
    keep(state, "manifest.next.json", manifest)
    if isinstance(out, Path) and not out.is_dir():
        out.parent.mkdir(parents=True, exist_ok=True)
        os.replace(str(stage.folder), out)
        os.replace(f"{state}/manifest.next.json", f"{state}/manifest.json")
        _clear(state / "stage")
    else:
        journal = {"from": [stage.run], "moves": fresh, "removals": gone}
        keep(state, "journal.json", json.dumps(journal).encode())
        _roll(out, state, journal)
    return Written(len(fresh), len(seen) - len(fresh), len(gone))


def intact(out: Place, known: Mapping[str, str]) -> bool:
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


def keep(folder: Place, name: str, body: bytes) -> None:
    """A file of the build's own: it is there whole or not at all."""
    if isinstance(folder, Remote):
        folder.write_all({name: body})
        return
    _put(f"{folder}/{name}.part", body)
    os.replace(f"{folder}/{name}.part", f"{folder}/{name}")


def _clear(folder: Place) -> None:
    if isinstance(folder, Remote):
        folder.clear()
    else:
        shutil.rmtree(folder, ignore_errors=True)


def _present(out: Place) -> set[str]:
    """Paths of all files, as the outputs name them."""
    if isinstance(out, Remote):
        return out.names()
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


def _roll(out: Place, state: Place, journal: Mapping[str, list[str]]) -> None:
    """Every step may already have happened: a journal can be rolled any number of times."""
    staged = state / "stage" / journal["from"][0]
    if isinstance(out, Remote) and isinstance(staged, Remote):
        out.fill(staged, staged.names() & set(journal["moves"]))
        out.remove(journal["removals"])
    else:
        _move(Path(str(staged)), Path(str(out)), journal)
    if isinstance(state, Remote):
        state.write_all({"manifest.json": (state / "manifest.next.json").read_bytes()})
        (state / "journal.json").clear()
    else:
        if (state / "manifest.next.json").exists():
            os.replace(state / "manifest.next.json", state / "manifest.json")
        (state / "journal.json").unlink(missing_ok=True)
    _clear(state / "stage")


def _move(staged: Path, out: Path, journal: Mapping[str, list[str]]) -> None:
    for name in journal["moves"]:
        first, target = staged / name, out / name
        if first.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(first, target)
    for name in journal["removals"]:
        (out / name).unlink(missing_ok=True)
    _prune({(out / name).parent for name in journal["removals"]}, out)


def _prune(folders: set[Path], out: Path) -> None:
    """Empty folders would answer as directories on some hosts; they go, from the deepest."""
    for folder in sorted(folders, key=lambda path: len(path.parts), reverse=True):
        while folder != out and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent

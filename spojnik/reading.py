"""Large files of observations: read by several processes, and after a build only where a line has changed.

Reading and checking a line costs about as much as making a page of it. A part of a file goes to each process by its
offsets; what comes back is closed up (spojnik.sealed), because passing open objects would cost more than reading them.
"""

from __future__ import annotations

import marshal
import mmap
import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from io import BytesIO
from itertools import count, islice
from pathlib import Path
from typing import Any, NamedTuple

import xxhash

from spojnik.catalog import Dataset
from spojnik.checks import About
from spojnik.finding import Finding
from spojnik.gist import Gist, gist
from spojnik.hidden import safe
from spojnik.merge import merged
from spojnik.origin import Observation
from spojnik.sealed import Remembered, Sealed, Voice, packed, unpacked
from spojnik.store import Located, jsonl_lines, shown_path
from spojnik.tuples import quick

LARGE = 4_000_000  # bytes: below that a second process costs more than it saves
_PART = 500_000
_FEW = 20  # of so many lines one may be new; with more of them the file is read anew, by all processes
Read = Callable[[Iterable[Located], list[Finding]], Iterator[Observation]]
_AT_WORK: list[tuple[Path, Seal]] = []


class Reading(NamedTuple):
    """How files are read: with so many processes; the day (ISO) and the hidden seats that gists are made for; known:
    what the last build knew of the lines of the dataset."""

    jobs: int = 1
    today: str = ""
    sheltered: frozenset[str] = frozenset()
    known: Remembered | None = None


class Part(NamedTuple):
    """A stretch of whole lines: from and to which byte, and the number of its first line."""

    start: int
    end: int
    line: int


class Block(NamedTuple):
    """What a process read of a part: closed-up observations in one block of bytes, and what was wrong."""

    rows: bytes
    findings: list[Finding]


Row = tuple[str, str, tuple[Any, ...], bytes]
Seal = Callable[[Iterable[Located], list[Finding]], Iterator[Row]]


def read_lines(
    path: Path, dataset: Dataset, read: Read, reading: Reading, findings: list[Finding]
) -> Iterator[Voice]:
    """The observations of a JSONL file in its order, those of a large one closed up. `read` turns located lines into
    them and says what was wrong."""
    if path.stat().st_size < LARGE:
        whole = Part(0, path.stat().st_size, 1)
        return read(_located(path, whole), findings)
    seal = partial(_rows, dataset, read, reading)
    if reading.known and (found := reading.known.sources.get(path.stem)):
        with path.open("rb") as stream:
            marks = list(map(xxhash.xxh3_64_hexdigest, stream))
        places = list(map(found.places.get, marks))
        new = [at for at, place in enumerate(places) if place is None]
        if _FEW * len(new) <= len(marks):
            opener = partial(reading.known.observation, shown_path(path))
            gists = [None if place is None else found.gists[place] for place in places]
            known = [gist and quick(Sealed, (path.stem, gist.key, mark, gist, number, opener))
                     for number, mark, gist in zip(count(1), marks, gists)]  # fmt: skip
            return _filled(path, known, new, seal, findings)
    return map(partial(_sealed, path.stem), _all_rows(path, seal, reading.jobs, findings))


def _sealed(source: str, row: Row) -> Sealed:
    key, mark, plain, body = row
    return quick(Sealed, (source, key, mark, quick(Gist, plain), body, unpacked))


def _rows(
    dataset: Dataset, read: Read, reading: Reading, lines: Iterable[Located], findings: list[Finding]
) -> Iterator[Row]:
    for each in read(lines, findings):
        record = safe(merged(dataset, each.key, (each,)), reading.sheltered)
        about = About(dataset, record, (each,), reading.today, reading.sheltered)
        yield each.key, each.mark, tuple(gist(about)), packed(each)


def _filled(
    path: Path, known: Sequence[Sealed | None], new: Sequence[int], seal: Seal, findings: list[Finding]
) -> Iterator[Voice]:
    """All lines: one that the last build knew is as it was then, but for its number. new: the places of the others."""
    start = 0
    for at, line in _lines_at(path, new):
        yield from filter(None, known[start:at])
        lines = jsonl_lines([line], shown_path(path), at + 1)
        yield from map(partial(_sealed, path.stem), seal(lines, findings))
        start = at
    yield from filter(None, known[start:])


def _lines_at(path: Path, places: Sequence[int]) -> Iterator[tuple[int, bytes]]:
    """The lines at some places of a file, in order."""
    start = 0
    with path.open("rb") as stream:
        for at in places:
            yield at, next(islice(stream, at - start, None))
            start = at + 1


def _all_rows(path: Path, seal: Seal, jobs: int, findings: list[Finding]) -> Iterator[Row]:
    parts = list(_parts(path))
    blocks = _blocks(path, seal, parts, jobs)
    for part in parts:
        block = next(blocks, None)
        if block is None:  # alone, or a process was killed: what it had not read is read here
            yield from seal(_located(path, part), findings)
            continue
        findings += block.findings
        yield from marshal.loads(block.rows)


def _parts(path: Path) -> Iterator[Part]:
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as body:
        start, line = 0, 1
        while start < len(body):
            end = body.find(b"\n", min(start + _PART, len(body) - 1)) + 1 or len(body)
            yield Part(start, end, line)
            line += body[start:end].count(b"\n")
            start = end


def _blocks(path: Path, seal: Seal, parts: list[Part], jobs: int) -> Iterator[Block]:
    if len(parts) < 2 or jobs < 2:
        return
    _AT_WORK[:] = [(path, seal)]
    try:
        with ProcessPoolExecutor(jobs, multiprocessing.get_context("fork")) as pool:
            yield from pool.map(_read, parts)
    except BrokenProcessPool:
        return
    finally:
        _AT_WORK.clear()


def _read(part: Part) -> Block:
    path, seal = _AT_WORK[0]
    findings: list[Finding] = []
    return Block(marshal.dumps(list(seal(_located(path, part), findings))), findings)


def _located(path: Path, part: Part) -> Iterator[Located]:
    with path.open("rb") as stream:
        stream.seek(part.start)
        yield from jsonl_lines(BytesIO(stream.read(part.end - part.start)), shown_path(path), part.line)

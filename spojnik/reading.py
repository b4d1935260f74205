"""Large files of observations, read by several processes.

Reading and checking a line costs about as much as making a page of it. A part of a file goes to each process by its
offsets; what comes back is plain values in one block, because passing objects would cost more than reading them.
"""

from __future__ import annotations

import marshal
import mmap
import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from spojnik.finding import Finding
from spojnik.origin import Observation, Origin
from spojnik.store import Located, jsonl_lines, shown_path

LARGE = 4_000_000  # bytes: below that a second process costs more than it saves
_PART = 500_000
Read = Callable[[Iterable[Located], list[Finding]], Iterator[Observation]]
_AT_WORK: list[tuple[Path, Read]] = []


class Part(NamedTuple):
    """A stretch of whole lines: from and to which byte, and the number of its first line."""

    start: int
    end: int
    line: int


class Block(NamedTuple):
    """What a process read of a part: observations as plain tuples in one block of bytes, and what was wrong."""

    rows: bytes
    findings: list[Finding]


def read_lines(path: Path, read: Read, jobs: int, findings: list[Finding]) -> Iterator[Observation]:
    """The observations of a JSONL file in its order. `read` turns located lines into them and says what was wrong."""
    size = path.stat().st_size
    parts = list(_parts(path)) if jobs > 1 and size >= LARGE else [Part(0, size, 1)]
    blocks = _blocks(path, read, parts, jobs)
    for part in parts:
        block = next(blocks, None)
        if block is None:  # alone, or a process was killed: what it had not read is read here
            yield from read(_located(path, part), findings)
            continue
        findings += block.findings
        for key, values, origin, *rest in marshal.loads(block.rows):
            yield Observation(key, values, Origin(*origin), *rest)


def _parts(path: Path) -> Iterator[Part]:
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as body:
        start, line = 0, 1
        while start < len(body):
            end = body.find(b"\n", min(start + _PART, len(body) - 1)) + 1 or len(body)
            yield Part(start, end, line)
            line += body[start:end].count(b"\n")
            start = end


def _blocks(path: Path, read: Read, parts: list[Part], jobs: int) -> Iterator[Block]:
    if len(parts) < 2:
        return
    _AT_WORK[:] = [(path, read)]
    try:
        with ProcessPoolExecutor(jobs, multiprocessing.get_context("fork")) as pool:
            yield from pool.map(_read, parts)
    except BrokenProcessPool:
        return
    finally:
        _AT_WORK.clear()


def _read(part: Part) -> Block:
    path, read = _AT_WORK[0]
    findings: list[Finding] = []
    rows = [(each.key, each.values, tuple(each.origin), *each[3:]) for each in read(_located(path, part), findings)]
    return Block(marshal.dumps(rows), findings)


def _located(path: Path, part: Part) -> Iterator[Located]:
    with path.open("rb") as stream:
        stream.seek(part.start)
        yield from jsonl_lines(BytesIO(stream.read(part.end - part.start)), shown_path(path), part.line)

"""What a build remembers of the lines of large files, so that the next one reads only those that have changed.

An observation is a function of its line, of its source and of a frame: the programs, the day, the schemas and all else
that is not records. So is its gist. Under another frame nothing is remembered. The file lies beside the output and
belongs to this machine; it is not part of the site.
"""

from __future__ import annotations

import marshal
import mmap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import Any

from spojnik.output import Output, Place, keep, state_folder
from spojnik.sealed import Remembered, Sealed, Voices, unpacked
from spojnik.unit import Unit
from spojnik.world import World

_FILE = "lines"
_LENGTH = 8  # bytes of each of two numbers: how long the index is, and how long the observations are
_FEW = 200  # of so many lines one may have changed without the file being written again: those few are read every time


def recall(out: Place, frame: str) -> dict[str, Remembered]:
    """Dataset → what the last build knew of its lines; {} where there was none, or another frame."""
    if not isinstance(out, Path):
        return {}
    try:
        with open(f"{state_folder(out)}/{_FILE}", "rb") as stream:
            body = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        head = f"{frame}\n".encode()
        if body[: len(head)] != head:
            return {}
        start = len(head) + 2 * _LENGTH
        lengths = [int.from_bytes(body[at : at + _LENGTH], "big") for at in (len(head), len(head) + _LENGTH)]
        end = start + lengths[0]
        if len(body) != end + lengths[1]:
            return {}
        index = marshal.loads(memoryview(body)[start:end])
        return {dataset: Remembered(lines, memoryview(body)[end:]) for dataset, lines in index.items()}
    except (OSError, ValueError, EOFError, TypeError):
        return {}  # none, or cut short: everything is read again


def remembering(out: Place, frame: str, world: World) -> list[Unit]:
    """What keeps for the next build all that it may know: a unit without outputs, made beside the others; none where
    little was new and the file stays as it is. It holds whatever comes of the build."""
    if not isinstance(out, Path):
        return []
    sealed = {name: [each for each in said.each if isinstance(each, Sealed)]
              for name, said in world.said.items() if isinstance(said, Voices)}  # fmt: skip
    new = sum(each.open is unpacked for lines in sealed.values() for each in lines)
    few = _FEW * new <= sum(map(len, sealed.values()))
    return [] if few else [Unit("lines", partial(_remember, out, frame, sealed))]


def _remember(out: Path, frame: str, sealed: Mapping[str, Sequence[Sealed]]) -> Iterator[Output]:
    kept = {name: list(_kept(lines)) for name, lines in sealed.items()}
    keep(state_folder(out), _FILE, _written(frame, kept))
    return iter(())


def _kept(lines: Iterable[Sealed]) -> Iterator[tuple[Sealed, bytes]]:
    """Without those whose remarks name a place: the line may move."""
    for each in lines:
        if not any(remark[-1] for remark in each.gist[-1]):
            yield each, each.packed()


def _written(frame: str, kept: dict[str, list[tuple[Sealed, bytes]]]) -> bytes:
    bodies = [body for lines in kept.values() for _, body in lines]
    ends = accumulate(map(len, bodies))
    index: dict[str, dict[str, dict[str, tuple[Any, ...]]]] = {name: {} for name in kept}
    for name, lines in kept.items():
        for each, body in lines:
            end = next(ends)
            index[name].setdefault(each.source, {})[each.mark] = (end - len(body), end, each.gist)
    written = marshal.dumps(index)
    lengths = [length.to_bytes(_LENGTH, "big") for length in (len(written), sum(map(len, bodies)))]
    return b"".join([f"{frame}\n".encode(), *lengths, written, *bodies])

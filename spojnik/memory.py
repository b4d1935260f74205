"""What a build remembers of the lines of large files, so that the next one reads only those that have changed.

An observation is a function of its line, of its source and of a frame: the programs, the day, the schemas and all else
that is not records. So is its gist. Under another frame nothing is remembered. The file lies beside the output and
belongs to this machine; it is not part of the site.
"""

from __future__ import annotations

import marshal
import mmap
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate, count, groupby
from pathlib import Path
from typing import Any

from spojnik.gist import Gist
from spojnik.output import Output, Place, keep, state_folder
from spojnik.sealed import Lines, Remembered, Sealed, Voices, unpacked
from spojnik.tuples import quick
from spojnik.unit import Unit
from spojnik.world import World

_FILE = "lines"
_LENGTH = 8  # bytes of each of two numbers: how long the index is, and how long the observations are
_FEW = 200  # of so many lines one may have changed without the file being written again: those few are read every time

Columns = tuple[list[str], list[list[Any]], bytes]  # of the lines of a source: marks, parts of their gists, bounds


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
        return {dataset: Remembered({source: _lines(columns) for source, columns in sources.items()},
                                    memoryview(body)[end:]) for dataset, sources in index.items()}  # fmt: skip
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
        if not any(remark[-1] for remark in each.gist.remarks):
            yield each, each.packed()


def _written(frame: str, kept: Mapping[str, Sequence[tuple[Sealed, bytes]]]) -> bytes:
    bodies: list[bytes] = []
    index: dict[str, dict[str, Columns]] = {name: {} for name in kept}
    end = 0
    for name, lines in kept.items():
        for source, group in groupby(lines, key=lambda line: line[0].source):
            sealed, own = zip(*group, strict=True)
            bounds = array("Q", accumulate(map(len, own), initial=end))
            columns = list(map(list, zip(*[each.gist for each in sealed], strict=True)))
            index[name][source] = [each.mark for each in sealed], columns, bounds.tobytes()
            bodies += own
            end = bounds[-1]
    written = marshal.dumps(index)
    lengths = [length.to_bytes(_LENGTH, "big") for length in (len(written), end)]
    return b"".join([f"{frame}\n".encode(), *lengths, written, *bodies])


def _lines(columns: Columns) -> Lines:
    """A gist is made once, of columns: rows would be read as plain tuples first, and then copied."""
    marks, gists, bounds = columns
    return Lines(dict(zip(marks, count())), list(map(partial(quick, Gist), zip(*gists, strict=True))),
                 array("Q", bounds))  # fmt: skip

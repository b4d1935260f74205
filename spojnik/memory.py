"""What a build remembers of the lines of large files, so that the next one reads only those that have changed.

A gist is a function of a line, of its source and of a frame: the programs, the day, the schemas and everything else
that is not records. Under another frame nothing is remembered. The file lies beside the output and belongs to this
machine; it is not part of the site.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from spojnik.output import Place, keep, state_folder
from spojnik.reading import Known
from spojnik.sealed import Sealed, Voices, unpacked
from spojnik.world import World

_FILE = "gists"
_FEW = 200  # of so many lines one may have changed without the file being written again: those few are read every time


def recall(out: Place, frame: str) -> dict[str, Known]:
    """Dataset → what the last build knew of its lines; {} where there was none, or another frame."""
    if not isinstance(out, Path):
        return {}
    try:
        with open(f"{state_folder(out)}/{_FILE}", "rb") as stream:
            if stream.readline() == f"{frame}\n".encode():
                found: dict[str, Known] = marshal.loads(stream.read())
                return found
    except (OSError, ValueError, EOFError, TypeError):
        pass  # none, or cut short: everything is read again
    return {}


def remember(out: Place, frame: str, world: World) -> None:
    """Keep what the next build may know; where little was new, the file stays as it is."""
    if not isinstance(out, Path):
        return
    sealed = {name: [each for each in said.each if isinstance(each, Sealed)]
              for name, said in world.said.items() if isinstance(said, Voices)}  # fmt: skip
    new = sum(each.open is unpacked for lines in sealed.values() for each in lines)
    if _FEW * new > sum(map(len, sealed.values())):
        found = {name: _gists(lines) for name, lines in sealed.items()}
        keep(state_folder(out), _FILE, f"{frame}\n".encode() + marshal.dumps(found))


def _gists(lines: Iterable[Sealed]) -> Known:
    """A remark that names a place is not kept: the line may move."""
    found: dict[str, dict[str, tuple[Any, ...]]] = {}
    for each in lines:
        if not any(remark[-1] for remark in each.gist[-1]):
            found.setdefault(each.source, {})[each.mark] = each.gist
    return found

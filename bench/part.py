"""A build of a part of the site with the real templates: `build.py` whose plan leaves the other files out.

`python -m bench.part DATASETS OUT [feeds search csv jsonl]` is one whole process. It always makes the pages: records,
lists, relations, the few pages there are once.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

if __name__ == "__main__":
    gc.disable()  # before the first import of ours, as build.py does

from bench.measure import HOME
from bench.pages import TODAY
from spojnik.build import build
from spojnik.commands import leave
from spojnik.exports import csv, json
from spojnik.exports.table import Table
from spojnik.order import Order
from spojnik.output import Output
from spojnik.unit import Unit
from spojnik.web import closing, list_pages, plan

SITE = HOME / "site"
OTHER = ("files of records ", "paper", "sql")  # units that are in no part
INDEX, DATA = "szukaj/indeks", "dane"


def _jsonl(table: Table) -> Iterator[Output]:
    yield Output(PurePosixPath(DATA, f"{table.dataset.slug}.jsonl"), json.lines(table))


BULK: dict[str, Callable[[Table], Iterator[Output]]] = {"csv": csv.export, "jsonl": _jsonl}


def narrow(wanted: frozenset[str]) -> None:
    """Let the plan of this process hold pages and what is wanted, and nothing else."""
    whole = plan.units

    def units(*parts: Any) -> list[Unit]:
        return [unit for unit in whole(*parts) if _belongs(unit.name, wanted)]

    if "feeds" not in wanted:
        lists: Any = list_pages
        lists.feed = lambda *_: iter(())
    changed: Any = plan
    changed.units = units
    changed.ALONE = ()
    changed.WORK = {"files": tuple(export for name, export in BULK.items() if name in wanted)}
    after: Any = closing
    after.closing_units = lambda *_: iter(())


def _belongs(name: str, wanted: frozenset[str]) -> bool:
    if name.startswith(OTHER) or (name == "search" and "search" not in wanted):
        return False
    return not name.startswith("files ") or not wanted.isdisjoint(BULK)


def strangers(out: Path, wanted: frozenset[str]) -> list[str]:
    """What a part holds and should not, and what it lacks: a plan that is made in another way must not go unseen."""
    ends = {path.suffix for path in (out / DATA).glob("*.*")}
    expected = {"." + name for name in BULK if name in wanted}
    wrong = sorted(ends ^ expected)
    return wrong if (out / INDEX).exists() == ("search" in wanted) else [*wrong, INDEX]


def main(datasets: Path, out: Path, wanted: frozenset[str]) -> None:
    """Build, or build again where OUT holds the last build of the same part."""
    narrow(wanted)
    build(Order(datasets, SITE, datasets.parent / "site.yml", out, TODAY, jobs=2), lambda _: None)
    if wrong := strangers(out, wanted):
        sys.exit(f"these files do not belong to the part, or are missing: {wrong}")
    leave(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), frozenset(sys.argv[3:]))

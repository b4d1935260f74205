"""What each export costs: CPU seconds and size, one format after another over one synthetic catalogue.

`python -m bench.exports N…` prints a section with a table for each N and the peak memory of the process so far.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import cast

from bench.make import make
from spojnik.exports.all import ALONE, FORMATS, WHOLE
from spojnik.exports.facts import Finished
from spojnik.exports.feeds import feed, prepare
from spojnik.exports.json import record_files
from spojnik.exports.table import Table, table
from spojnik.exports.xlsx import ROWS_AT_MOST
from spojnik.order import Order, load
from spojnik.output import Output
from spojnik.web.groups import groups, ranked
from spojnik.web.list_pages import listings
from spojnik.web.pages import Press
from spojnik.world import World

TODAY = "2026-11-22"
_NOTES = {"xlsx": f" (najwyżej {ROWS_AT_MOST} wierszy; plik sam to mówi)"}
SITE = Path(__file__).resolve().parent.parent / "site"


def report(sizes: Sequence[int]) -> Iterator[str]:
    """The section, each size in a process of its own, because the largest hold gigabytes."""
    yield from ("## Pliki do pobrania i kanały", "")
    for size in sizes:
        done = subprocess.run(
            [sys.executable, "-m", "bench.exports", str(size)], cwd=SITE.parent, check=True, capture_output=True
        )
        yield from done.stdout.decode().splitlines()


def lines(count: int) -> Iterator[str]:
    """Rows of the table for one size, then the peak memory so far."""
    yield from (f"### {count} organizacji", "", "| eksport | CPU | wielkość |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as room:
        datasets = make(count, Path(room))
        order = Order(datasets, SITE, datasets.parent / "site.yml", Path(room) / "dist", TODAY)
        begun = time.process_time()
        world = load(order)[0]
        yield f"| (wczytanie i sprawdzenie) | {time.process_time() - begun:.1f} s | – |"
        yield from _formats(world)
    yield from ("", f"Szczyt pamięci procesu, który trzyma wszystkie te pliki naraz: {_peak()} MB.", "")


def _peak() -> int:
    """Megabytes that this program ever held; ru_maxrss would begin with what the one that started it held (Linux)."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) // 1024 if found else 0


def _formats(world: World) -> Iterator[str]:
    dataset = next(iter(world.catalog))
    rows: Table = table(world, dataset, list(world.records[dataset.id].values()))
    files: dict[str, Finished] = {}
    for export in FORMATS:
        row, made = _measured(export.__module__, partial(export, rows))
        files |= _finished(made)
        yield row
    row, _ = _measured("rekordy z pochodzeniem", partial(_records, rows))
    yield row
    row, _ = _measured("kanały list", partial(_feeds, world))
    yield row
    for alone in ALONE:
        row, made = _measured(alone.__module__, partial(alone, world))
        files |= _finished(made)
        yield row
    for export in WHOLE:
        row, made = _measured(export.__module__, partial(export, world, files))
        files |= _finished(made)
        yield row


def _finished(made: Iterable[Output]) -> dict[str, Finished]:
    return {str(each.path): Finished(each.path, partial(bytes, each.body)) for each in made
            if each.path.parts[0] == "dane"}  # fmt: skip


def _records(rows: Table) -> Iterator[Output]:
    """The JSON of every record, alone or in blocks."""
    for each in record_files(rows):
        if isinstance(each, Output):
            yield each
        else:
            yield from cast("Iterable[Output]", each.make())


def _feeds(world: World) -> Iterable[Output]:
    """Atom of every list, and CSV and JSON of those short enough: the dataset's own and one for every filter value."""
    press, dataset = Press(world, SITE), next(iter(world.catalog))
    gists, prepared = ranked(press, dataset), prepare(world, dataset)
    for listing in listings(press, dataset, gists, groups(press, dataset, gists)):
        yield from feed(prepared, listing.heading, listing.stem, listing.keys)


def _measured(module: str, run: Callable[[], Iterable[Output]]) -> tuple[str, list[Output]]:
    begun = time.process_time()
    made = list(run())
    spent, size, name = (
        time.process_time() - begun,
        sum(len(output.body) for output in made) / 1e6,
        module.split(".")[-1],
    )
    return f"| {name}{_NOTES.get(name, '')} | {spent:.1f} s | {size:.1f} MB |", made


if __name__ == "__main__":
    for each in sys.argv[1:]:
        for line in lines(int(each)):
            print(line, flush=True)

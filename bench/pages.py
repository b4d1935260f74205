"""Validation, detail pages and lists, and nothing else, with the machinery as it is: what peers are measured against.

Only the templates belong to the bench (bench/site): plain enough for Hugo and Eleventy to write the same pages.
`python -m bench.pages DATASETS OUT JOBS` is one whole process, from its start to the last file.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

if __name__ == "__main__":
    gc.disable()  # before the first import of ours, as build.py does

from spojnik.commands import leave
from spojnik.order import Order, load
from spojnik.output import finish, open_stage
from spojnik.unit import Unit
from spojnik.web.groups import ranked
from spojnik.web.list_pages import listings, pages_of
from spojnik.web.pages import Press
from spojnik.web.record_pages import record_pages
from spojnik.workers import make_all
from spojnik.world import stop_on

SITE = Path(__file__).resolve().parent / "site"
TODAY = "2026-11-22"
SLICE = 500


def press_of(datasets: Path, jobs: int = 1) -> Press:
    """The checked world behind the bench's own templates."""
    world, findings = load(Order(datasets, SITE, datasets.parent / "site.yml", Path(), TODAY, jobs=jobs))
    stop_on(findings)
    return Press(world, SITE)


def units(press: Press) -> Iterator[Unit]:
    """Records in slices, and the whole list of every dataset."""
    for dataset in press.world.catalog:
        keys = list(press.world.records[dataset.id])
        listing = next(listings(press, dataset, ranked(press, dataset), ()))
        yield Unit("list", partial(pages_of, press, dataset, (), listing, ()))
        for start in range(0, len(keys), SLICE):
            yield Unit(f"records {start}", partial(record_pages, press, dataset, keys[start : start + SLICE], {}))


def main(datasets: Path, out: Path, jobs: int) -> None:
    """Build into a folder that is not there yet."""
    press = press_of(datasets, jobs)
    stage = open_stage(out, {})
    made = make_all(list(units(press)), stage, jobs, lambda _: None)
    finish(stage, [put for one in made.values() for put in one.puts], b"{}")
    leave(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))

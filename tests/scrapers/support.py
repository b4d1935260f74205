"""A small catalogue to collect into, a clock that only pretends to wait, and one way to run a spider."""

import os
import re
import shutil
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from scrapers.clock import Clock
from scrapers.registry import all_spiders
from scrapers.run import Outcome, Trip, crawl
from scrapers.settings import Manner
from spojnik.catalog import Catalog, load_catalog

ROOT = Path(__file__).parents[2]
TODAY = "2026-11-22"
KEYS = {"REGON_KEY": "klucz-do-testow", "BDL_KEY": "klucz-do-testow"}
DESK = ("organisations", "partners")


def small_catalog(folder: Path) -> Catalog:
    """The real schemas with a handful of made-up organisations, and bounds that a handful of records can meet."""
    for source in sorted(path.parent for path in (ROOT / "datasets").glob("*/dataset.yml")):
        target = folder / "datasets" / source.name
        target.mkdir(parents=True)
        for name in ("dataset.yml", "schema.py", "lookups.yml", "about.md"):
            if (source / name).exists():
                shutil.copy(source / name, target / name)
        spec = (target / "dataset.yml").read_text("utf-8")
        (target / "dataset.yml").write_text(re.sub(r"(?m)^  least: .*$", "  least: 0", spec), "utf-8")
        (target / "observed").mkdir()
    for name in DESK:
        shutil.copy(Path(__file__).with_name(f"{name}.jsonl"), folder / "datasets" / name / "observed" / "desk.jsonl")
    return load_catalog(folder / "datasets")


class Waits(NamedTuple):
    """A clock and the seconds that were asked of it."""

    clock: Clock
    slept: list[float]


def pretending() -> Waits:
    """A clock on which waiting is instant. Closures, since Scrapy copies its settings deeply."""
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    return Waits(Clock(lambda: sum(slept), sleep), slept)


def run(
    name: str,
    folder: Path,
    mirror: str,
    *,
    clock: Clock | None = None,
    today: str = TODAY,
    timeout: float = 5.0,
    environ: Mapping[str, str] = KEYS,
    accepted: bool = False,
) -> Outcome:
    """Crawl one source against the server; the catalogue lies in `folder/datasets` and is made when missing."""
    if not (folder / "datasets").exists():
        small_catalog(folder)
    known = _catalog(folder / "datasets")
    manner = Manner(folder / ".cache", "Spojnik", mirror, clock or pretending().clock, timeout, 30_000_000)
    trip = Trip(known, manner, today, environ, accepted)
    with patch.dict(os.environ, SSL_CERT_FILE=os.devnull):  # the mirror speaks http: no need to load certificates
        return crawl([all_spiders()[name]], trip)[0]


@lru_cache(maxsize=64)
def _catalog(datasets: Path) -> Catalog:
    return load_catalog(datasets)


def observed(folder: Path) -> dict[str, bytes]:
    """Every observation file by its path: what a failed run must not touch."""
    return {
        str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.glob("datasets/*/observed/*.jsonl"))
    }

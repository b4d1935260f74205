"""What somebody asks for, and the checked world that answers it: the beginning of every command."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from spojnik.finding import Finding

if TYPE_CHECKING:
    from spojnik.output import Place
    from spojnik.sealed import Remembered
    from spojnik.world import World


class Order(NamedTuple):
    """What to build: content, site files, where to, as of which day (ISO), with how many processes; cluster: the
    address of the Dask scheduler whose workers make it instead of this machine."""

    datasets: Path
    site: Path
    site_file: Path
    out: Place
    today: str
    only: tuple[str, ...] = ()
    jobs: int = 1
    base_url: str | None = None
    editions: Path | None = None
    cluster: str | None = None

    @property
    def inputs(self) -> tuple[Path, ...]:
        """Everything a build may read: content, look, the list of editions, what validators said last."""
        home = self.site.parent
        engine = home / "node_modules" / "sql.js" / "package.json"
        beside = (home / "editions.jsonl", home / ".spojnik" / "conformance.json", engine, self.editions)
        return (self.datasets, self.site, self.site_file, *(path for path in beside if path and path.exists()))


def load(order: Order, known: Mapping[str, Remembered] | None = None) -> tuple[World, tuple[Finding, ...]]:
    """The checked world. known: what the last build knew of large files (spojnik.memory). Raises Stopped when something
    must not be published."""
    from spojnik.checks import check  # an order that an unchanged site answers never comes this far
    from spojnik.world import load_world, stop_on

    world = load_world(order.datasets, order.site_file, order.today, order.only, order.base_url, order.jobs, known)
    stop_on(world.findings)
    return world, check(world)

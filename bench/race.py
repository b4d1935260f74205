"""One race: every engine writes the same pages, that is proven, and only then its figures are rows."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from bench.engines import HUGO, OURS, Case, Engine, floor
from bench.goals import FLOOR, PAGES, PAGES_MEMORY, Goal, said
from bench.measure import Failed, Run, file_system, middle, ratio
from bench.peer import READ, differing
from spojnik.addresses import LIST_PAGE

HEAD = (
    "| co | N | czas | CPU | pamięć: największy proces | pamięć: wszystkie razem | czas ÷ Hugo | CPU ÷ Hugo "
    "| pamięć razem ÷ Hugo | cel |\n|---|---|---|---|---|---|---|---|---|---|"
)
MEMORY = "tmpfs"


class Race(NamedTuple):
    """What came of it. found: engine → its runs, in the order of the engines; bad: engine → how it failed."""

    size: int
    place: str
    found: Mapping[str, list[Run]]
    bad: Mapping[str, Failed]
    floor: Run | None

    @property
    def rival(self) -> list[Run] | None:
        """Hugo's runs."""
        return self.found.get(HUGO)


def race(case: Case, engines: Mapping[str, Engine], room: Path, turns: int) -> Race:
    """Run every engine in turn, each into a folder of its own under `room`. Raises Failed for pages that differ."""
    found: dict[str, list[Run]] = {}
    bad: dict[str, Failed] = {}
    place, count, size = file_system(room), 0, 0
    for turn in range(turns):
        outs = {}
        for name, run in engines.items():
            if name not in bad:
                out = outs[name] = room / f"{case.size}-{turn}-{len(name)}"
                try:
                    made = run(out)
                    found.setdefault(name, []).append(made)
                except Failed as error:
                    bad[name] = error
                    shutil.rmtree(outs.pop(name), ignore_errors=True)
        if turn == 0:
            count, size = prove(case.size, outs)
        if place == MEMORY:  # elsewhere files that follow a deletion cost several times as much
            for out in outs.values():
                shutil.rmtree(out)
    return Race(case.size, place, found, bad, floor(room / f"{case.size}-floor", count, size))


def prove(records: int, outs: Mapping[str, Path]) -> tuple[int, int]:
    """Count and mean size of our pages, when all that the others wrote say the same. Raises Failed where they do not,
    or where pages are missing."""
    ours = outs.get(OURS)
    if ours is None:
        raise Failed("our own pages were not made: there is nothing to compare")
    sizes = [path.stat().st_size for path in ours.rglob("*.html")]
    wanted = records + -(-records // LIST_PAGE)
    if len(sizes) != wanted:
        raise Failed(f"we wrote {len(sizes)} pages, not {wanted}")
    unlike = {name: differing(ours, out) for name, out in outs.items() if name != OURS}
    if any(unlike.values()):
        told = {name: pages[:3] for name, pages in unlike.items() if pages}
        raise Failed(f"the pages differ, so there is nothing to compare: {told}")
    return len(sizes), sum(sizes) // len(sizes)


def rows(done: Race) -> Iterator[str]:
    """The rows of one race."""
    for name, runs in done.found.items():
        yield row(name, done.size, runs, done.rival, said(*_goals(done)) if name == OURS else "–")
    for name, error in done.bad.items():
        yield failed(name, done.size, error)
    if low := done.floor:
        share = f"{low.wall / middle(done.rival).wall:.2f}" if done.rival else "–"
        cells = [f"{low.wall:.2f} s", f"{low.cpu:.2f} s", "–", "–", share, "–", "–", "–"]
        yield f"| dno: jedna pętla w C | {done.size} | {' | '.join(cells)} |"


def row(name: str, size: int, runs: list[Run], rival: list[Run] | None, goal: str) -> str:
    """One row: medians, ratios to the rival's runs of the same turns, the goal."""
    here, figures = middle(runs), ("wall", "cpu", "together")
    ratios = [f"{ratio(runs, rival, figure):.2f}" for figure in figures] if rival else ["–"] * 3
    return (
        f"| {name} | {size} | {here.wall:.2f} s | {here.cpu:.2f} s | {here.peak:.0f} MB | {here.together:.0f} MB "
        f"| {' | '.join(ratios)} | {goal} |"
    )


_PLACE = re.compile(r"\(?(file://)?/[^\s)]+\)?")


def failed(name: str, size: int, error: Failed) -> str:
    """The row of a program that ended badly: its error, without the places in its code and on this machine."""
    told = [line.strip() for line in str(error).splitlines() if line.strip() and " at " not in f" {line}"]
    words = _PLACE.sub("…", told[-1])[:100].replace("|", "/") if told else "bez słowa"
    return f"| {name}: nie udało się ({words}) | {size} |{' – |' * 8}"


def _goals(done: Race) -> Iterator[Goal]:
    ours, rival, share = done.found[OURS], done.rival, PAGES.get(done.size)
    wall = ratio(ours, rival, "wall") if rival else None
    if done.place == MEMORY:
        yield Goal("czas ≤ {} × Hugo", share, wall)
        memory = ratio(ours, rival, "together") if rival else None
        yield Goal("pamięć razem ≤ {} × Hugo", PAGES_MEMORY.get(done.size), memory)
    elif share is not None:
        low = done.floor.wall * FLOOR if done.floor else 0.0
        most = max(share * middle(rival).wall, low) if rival else None
        held = middle(ours).wall / most if most else None
        shown = f"czas ≤ większe z: {share:g} × Hugo, {FLOOR:g} × dno"
        yield Goal(shown, 1.0, held)


def compared() -> str:
    """What the proof covers, in Polish."""
    return (
        "Zanim powstanie wiersz, porównane są adresy wszystkich stron i treść: tekst, znaczniki i atrybuty, bez "
        f"odstępów i bez różnych zapisów tego samego znaku. Do {READ} stron każdej, przy większej liczbie co n-tej. "
        "Różnica przerywa pomiary."
    )

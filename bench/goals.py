"""What the figures have to reach, and whether they do: no row of the report may be read for more than it says."""

from __future__ import annotations

from typing import NamedTuple

PAGES = {10_000: 0.4, 160_000: 0.25}  # wall on a memory file system ÷ Hugo's
PAGES_MEMORY = {160_000: 0.25}  # all our processes together ÷ Hugo's peak
FLOOR = 1.3  # × what one loop in C needs on the same disk, where that is more than the share of Hugo
WHOLE = {160_000: 1.0}  # wall with search, CSV and JSONL ÷ Hugo's for the pages alone
SAME = {160_000: 1.0}  # seconds in which a build says that nothing changed
CHANGED = {160_000: 60.0}  # seconds for one changed record, all files
CHANGED_PAGES = {160_000: 3.0}  # the same, its pages, lists, relations and feeds alone
REAL_SAME, REAL_CHANGED = 0.5, 2.0  # seconds, the real catalogue


class Goal(NamedTuple):
    """A figure and the most it may be; shown: the bound in words, with {} for the number."""

    shown: str
    bound: float | None
    figure: float | None


def said(*goals: Goal) -> str:
    """The cell of a row: every bound with ✓ or ✗, – for a row that answers none."""
    return "; ".join(_said(goal) for goal in goals if goal.bound is not None) or "–"


def _said(goal: Goal) -> str:
    mark = "nie zmierzono" if goal.figure is None else "✓" if goal.figure <= (goal.bound or 0) else "✗"
    return f"{goal.shown.format(f'{goal.bound:g}')} {mark}"

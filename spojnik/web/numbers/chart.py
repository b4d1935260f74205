"""Where the marks of a chart stand: widths and places in percent, so that one drawing fits every screen.

Text in a drawing scaled by viewBox would be 10 px high on a telephone; percentages move the marks and leave the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from spojnik.web.numbers.figure import Bar, Point

LABEL = 33  # letters of a bar's label that fit one line at 320 px
LONGEST = 58  # percent of the width that the longest bar takes; its value stands behind it
FLOOR, CEILING, MARGIN = 78.0, 16.0, 9.0  # percent of the drawing: the zero line, the highest value, the sides
LABELLED = 6  # points; with more, only the first, the last and the extremes carry their value


class DrawnBar(NamedTuple):
    """A bar: label cut to fit, whole label, value as text, widths in percent (part "" when there is none), and where
    the value's text begins."""

    label: str
    whole: str
    shown: str
    width: str
    part: str
    behind: str


class Dot(NamedTuple):
    """A value in time: place in percent, its text ("" for none), year as text ("" when it stands there already)."""

    x: str
    y: str
    shown: str
    year: str
    title: str


class Stroke(NamedTuple):
    """A line between two values of the same publisher, in percent."""

    x1: str
    y1: str
    x2: str
    y2: str


class Trend(NamedTuple):
    """A drawing of values over time."""

    dots: tuple[Dot, ...]
    strokes: tuple[Stroke, ...]


def _percent(value: float) -> str:
    return f"{max(0.0, value):.1f}%"


def bars(found: Sequence[Bar]) -> tuple[DrawnBar, ...]:
    """Bars from zero; the longest leaves room for its value. A negative value has no bar, only its text."""
    most = max((bar.value for bar in found), default=0) or 1
    return tuple(
        DrawnBar(
            bar.label if len(bar.label) <= LABEL else bar.label[: LABEL - 1].rstrip() + "…",
            bar.label,
            bar.shown,
            _percent(LONGEST * bar.value / most),
            "" if bar.part is None else _percent(LONGEST * bar.part / most),
            _percent(LONGEST * max(0, bar.value) / most + 1.5),
        )
        for bar in found
    )


def trend(points: Sequence[Point]) -> Trend | None:
    """Values over time from a zero line; None for fewer than two years or values below zero."""
    years = [point.year for point in points]
    if len(set(years)) < 2 or min(point.value for point in points) < 0:
        return None
    first, span = min(years), max(years) - min(years)
    most = max(point.value for point in points) or 1

    def place(point: Point) -> tuple[str, str]:
        across = MARGIN + (100 - 2 * MARGIN) * (point.year - first) / span
        return _percent(across), _percent(FLOOR - (FLOOR - CEILING) * point.value / most)

    spoken = _spoken(points)
    dots, seen, written = [], set(), set()
    for point in points:
        x, y = place(point)
        if (x, y) not in seen:
            speaks = point in spoken
            year = str(point.year) if speaks and point.year not in written else ""
            written |= {point.year} if year else set()
            dots.append(Dot(x, y, point.shown if speaks else "", year, f"{point.year}: {point.shown}"))
        seen.add((x, y))
    strokes = []
    for group in dict.fromkeys(point.group for point in points):
        ours = [point for point in points if point.group == group]
        strokes += [Stroke(*place(one), *place(two)) for one, two in pairwise(ours)]
    return Trend(tuple(dots), tuple(strokes))


def _spoken(points: Sequence[Point]) -> set[Point]:
    if len({point.year for point in points}) <= LABELLED:
        return set(points)
    by_value = sorted(points, key=lambda point: (point.value, point.year))
    return {points[0], points[-1], by_value[0], by_value[-1]}

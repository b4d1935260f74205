"""Opening hours against an independent library and an independent calendar, in Python and in JavaScript."""

import json
import subprocess
from datetime import UTC, date, datetime, timedelta
from functools import cache

import holidays as calendar
import pytest
from opening_hours import OpeningHours

from spojnik import hours
from spojnik.hours import ZONE, is_open, next_change, spans_of, week
from tests.machine import ROOT

VALUES = (
    "24/7",
    "Mo-Fr 08:00-16:00",
    "Mo-Fr 07:30-16:00; PH off",
    "Mo-Sa 14:00-15:00; PH off",
    "Mo-Su 12:00-14:00",
    "Mo 10:00-18:00; Tu-Fr 07:30-15:30",
    "Mo-Fr 12:00-15:00; Sa 12:00-14:00",
    "Mo-Fr,PH 10:00-12:00,14:00-18:00",
    "Mo-Su 19:00-08:00; PH off",
    "Nov 01-Mar 31",
    "Nov-Mar Mo-Su 20:00-07:30; Dec 24-26 off",
    "Sa[1,3] 10:00-15:00; PH off",
    "Su[-1] 09:00-13:00; PH off",
    "PH,Su 11:00-13:00",
    "Mo-Fr 09:00-17:00; PH 10:00-12:00",
    "Fr-Mo 22:00-02:30",
    "Mo-Fr 08:00-12:00, Th 14:00-18:00; PH off",
    "Mo-Fr 08:00-16:00; 12:00-12:30 off",
    "Sa,Su 02:00-03:30",
)
NOT_OURS = ("po umówieniu", '08:00-12:00 "po telefonie"', "sunrise-sunset", "week 1-10 Mo 08:00-10:00", "Mo 8-16", "")
CLOCK_CHANGES = (date(2026, 3, 29), date(2026, 10, 25), date(2027, 3, 28), date(2027, 10, 31))


def moments() -> list[datetime]:
    """Every public holiday of two years and the days around the clock changes, at hours that decide."""
    feasts = sorted(calendar.country_holidays("PL", years=[2026, 2027]))
    around = {change + timedelta(step) for change in CLOCK_CHANGES for step in (-1, 0, 1)}
    return [
        datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC).astimezone(ZONE)
        for day in sorted({*feasts, *around})
        for hour, minute in ((0, 15), (1, 0), (1, 30), (11, 0), (13, 59), (21, 0))
    ]


CASES = [(value, moment) for value in VALUES for moment in moments()]


@cache
def _judge(value: str) -> OpeningHours:
    return OpeningHours(value, timezone=ZONE, country="PL")


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 200 and len({moment.date() for _, moment in CASES}) >= 28


def test_python_agrees_with_the_independent_library() -> None:
    wrong = [(v, m.isoformat()) for v, m in CASES if is_open(v, m) is not _judge(v).is_open(m)]
    assert not wrong, wrong[:10]


def test_the_next_change_agrees_with_the_independent_library() -> None:
    wrong = []
    for value, moment in CASES[::3]:
        theirs, ours = _judge(value).next_change(moment), next_change(value, moment)
        if ours != (theirs if theirs and theirs.year < 2100 else None):
            wrong.append((value, moment.isoformat(), str(theirs), str(ours)))
    assert not wrong, wrong[:10]


@pytest.mark.parametrize("year", range(2019, 2041))
def test_holidays_agree_with_an_independent_calendar(year: int) -> None:
    assert set(hours.holidays(year)) == set(calendar.country_holidays("PL", years=year))


def _in_node(question: str, rows: list[list[str]]) -> list[object]:
    script = (
        "const h = require(process.argv[1]);"
        "const rows = JSON.parse(require('fs').readFileSync(0, 'utf8'));"
        f"console.log(JSON.stringify(rows.map(([value, at]) => {question})));"
    )
    path = str(ROOT / "site" / "static" / "hours.js")
    done = subprocess.run(
        ["node", "-e", script, path], input=json.dumps(rows), capture_output=True, text=True, check=True
    )
    found: list[object] = json.loads(done.stdout)
    return found


@pytest.mark.needs("node")
def test_the_browser_agrees_with_the_independent_library() -> None:
    said = _in_node("h.isOpen(value, new Date(at))", [[value, moment.isoformat()] for value, moment in CASES])
    wrong = [(v, m.isoformat()) for (v, m), open_ in zip(CASES, said, strict=True) if open_ is not _judge(v).is_open(m)]
    assert not wrong, wrong[:10]


@pytest.mark.needs("node")
def test_the_browser_knows_the_same_next_change() -> None:
    some = CASES[::3]
    day = "new Date(next.day * 864e5).toISOString().slice(0, 10)"
    question = f"(next => next && [{day}, next.minute])(h.nextChange(value, new Date(at)))"
    said = _in_node(question, [[value, moment.isoformat()] for value, moment in some])
    wrong = []
    for (value, moment), theirs in zip(some, said, strict=True):
        ours = next_change(value, moment)
        # The wall clock says 02:30 also in the night that has none; Python names the moment that exists.
        skipped = ours is not None and ours.date() in CLOCK_CHANGES
        if not skipped and theirs != (ours and [ours.date().isoformat(), ours.hour * 60 + ours.minute]):
            wrong.append((value, moment.isoformat(), theirs, str(ours)))
    assert not wrong, wrong[:10]


@pytest.mark.needs("node")
def test_both_leave_the_same_values_unknown() -> None:
    noon = datetime(2026, 11, 22, 12, tzinfo=ZONE)
    assert [is_open(value, noon) for value in NOT_OURS] == [None] * len(NOT_OURS)
    assert _in_node("h.isOpen(value, new Date(at))", [[value, noon.isoformat()] for value in NOT_OURS]) == [None] * 6


def test_a_week_names_its_holidays() -> None:
    days = week("Mo-Fr 08:00-16:00; PH off", date(2026, 12, 21))
    assert days is not None
    assert [(day.holiday, bool(day.spans)) for day in days] == [
        ("", True),
        ("", True),
        ("", True),
        ("Wigilia", False),
        ("pierwszy dzień świąt", False),
        ("drugi dzień świąt", False),
        ("", False),
    ]


def test_counter_example_christmas_eve_of_2024_was_a_working_day() -> None:
    assert spans_of("Mo-Su 08:00-16:00; PH off", date(2024, 12, 24))
    assert spans_of("Mo-Su 08:00-16:00; PH off", date(2025, 12, 24)) == ()

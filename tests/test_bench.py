"""The measurements prove what they compare before they show a figure, and a figure is nobody else's. Speed: bench/."""

import sys
from functools import partial
from pathlib import Path

import pytest

from bench.engines import HUGO, OURS, Case
from bench.goals import Goal, said
from bench.measure import Failed, Run, once
from bench.race import prove, race, rows

RUN = Run(1.0, 1.0, 10.0, 20.0)


def _page(folder: Path, text: str) -> Path:
    for name in ("krs-1", "index"):
        path = folder / "organizacje" / f"{name}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"<p>\n{text}</p>", "utf-8")
    return folder


def _writes(text: str, out: Path) -> Run:
    _page(out, text)
    return RUN


def test_spelling_is_no_difference_and_another_word_is(tmp_path: Path) -> None:
    ours = _page(tmp_path / "ours", "Dłoń „A&amp;B”")
    assert prove(1, {OURS: ours, "x": _page(tmp_path / "same", " Dłoń   &bdquo;A&#38;B”")})[0] == 2
    with pytest.raises(Failed, match="differ"):
        prove(1, {OURS: ours, "x": _page(tmp_path / "other", "Dłoń „A&amp;C”")})


def test_a_missing_page_is_a_difference(tmp_path: Path) -> None:
    ours, theirs = _page(tmp_path / "ours", "a"), _page(tmp_path / "theirs", "a")
    (theirs / "organizacje" / "krs-1.html").unlink()
    with pytest.raises(Failed, match=r"krs-1\.html"):
        prove(1, {OURS: ours, "x": theirs})
    with pytest.raises(Failed, match="we wrote 2 pages"):
        prove(2, {OURS: ours, "x": ours})


def test_no_row_without_the_proof_and_a_peer_that_fails_is_a_row(tmp_path: Path) -> None:
    def broken(out: Path) -> Run:
        _page(out, "half of it")
        raise Failed("node: Invalid string length\n    at Object.parse")

    room, case = tmp_path / "room", Case(1, tmp_path)
    room.mkdir()
    with pytest.raises(Failed, match="differ"):
        race(case, {OURS: partial(_writes, "a"), HUGO: partial(_writes, "b")}, room, 1)
    told = list(rows(race(case, {OURS: partial(_writes, "a"), HUGO: partial(_writes, "a"), "x": broken}, room, 2)))
    assert [line.split(" | ")[0] for line in told[:3]] == [
        f"| {OURS}",
        f"| {HUGO}",
        "| x: nie udało się (node: Invalid string length)",
    ]


def test_a_goal_says_whether_it_holds() -> None:
    assert said(Goal("≤ {} s", 2, 1.9), Goal("≤ {} ×", 0.25, 0.3)) == "≤ 2 s ✓; ≤ 0.25 × ✗"
    assert said(Goal("≤ {} s", 2, None)) == "≤ 2 s nie zmierzono"
    assert said(Goal("≤ {} s", None, 1.0)) == "–"


def test_memory_is_that_of_the_program_and_not_of_who_started_it(tmp_path: Path) -> None:
    held = b"x" * 200_000_000
    assert once([sys.executable, "-c", "pass"], tmp_path).peak < 100
    two = "import os, time; held = b'x' * 100_000_000; os.fork() and os.wait() or time.sleep(1)"
    shared = once([sys.executable, "-c", two], tmp_path)
    assert shared.peak < 150 < shared.together, "two processes, what they share counted for both"
    with pytest.raises(Failed, match="nie"):
        once([sys.executable, "-c", "raise SystemExit('nie')"], tmp_path)
    assert len(held) > shared.peak

"""What is kept and what is not: bounds, absence, repetition, interruption. Through whole runs where it can be."""

import fcntl
import hashlib
import os
import re
import signal
from pathlib import Path

import orjson
import pytest

from scrapers import keep, vault
from scrapers.registry import all_spiders
from scrapers.run import INTERRUPTED, Trip, crawl
from scrapers.runs import COUNTERS
from scrapers.settings import Manner
from spojnik.catalog import Bounds, load_catalog
from tests.scrapers.pages import lines, saved
from tests.scrapers.server import Answer, Asked, Behaviour, of_pages, serving
from tests.scrapers.support import TODAY, observed, pretending, run, small_catalog

LOOSE = Bounds(least=0, most=100, drop=1.0, gone_after=3)


def line(key: str, **values: object) -> dict[str, object]:
    return {"key": key, "values": values, "urls": ["https://x.example/"]}


def judge(
    before: tuple[keep.Line, ...],
    *found: dict[str, object],
    missing: dict[str, int] | None = None,
    bounds: Bounds = LOOSE,
    today: str = TODAY,
    whole: bool = True,
    accepted: bool = False,
) -> keep.Verdict:
    folded, _ = keep.fold(found)
    return keep.judge(before, folded, missing or {}, keep.Rules(bounds, today, whole, frozenset(), accepted))


def test_absence_is_told_only_after_three_complete_runs() -> None:
    first = judge((), line("a", name="A"), line("b", name="B"))
    second = judge(first.lines, line("a", name="A"), today="2026-11-23")
    third = judge(second.lines, line("a", name="A"), missing=dict(second.missing), today="2026-11-24")
    assert third.lines == first.lines and third.missing == {"b": 2}
    fourth = judge(third.lines, line("a", name="A"), missing=dict(third.missing), today="2026-11-25")
    assert fourth.lines[1]["gone"] == "2026-11-25" and not fourth.missing
    back = judge(fourth.lines, line("a", name="A"), line("b", name="B"), today="2026-11-26")
    assert "gone" not in back.lines[1] and back.lines[1]["since"] == TODAY


def test_a_run_that_tells_of_some_says_nothing_of_others() -> None:
    first = judge((), line("a", name="A"), line("b", name="B"))
    again = judge(first.lines, line("a", name="A2"), whole=False, today="2026-11-23")
    assert [one["values"]["name"] for one in again.lines] == ["A2", "B"] and not again.missing


def test_days_move_only_with_what_is_said() -> None:
    first = judge((), line("a", name="A", city="Kraków"))
    same = judge(first.lines, {**line("a", name="A", city="Kraków"), "sha256": "f" * 64}, today="2026-12-01")
    assert keep.dump(same.lines) == keep.dump(first.lines)
    other = judge(first.lines, line("a", name="A", city="Skawina"), today="2026-12-01").lines[0]
    assert (other["since"], other["changed"], other["seen_on"]) == (TODAY, "2026-12-01", "2026-12-01")


@pytest.mark.parametrize(
    ("bounds", "found", "why"),
    [
        (Bounds(least=3, most=9), 2, "co najmniej 3"),
        (Bounds(least=0, most=3), 4, "najwyżej 3"),
        (Bounds(least=0, most=99, drop=0.2), 2, "dopuszcza ubytek 20%"),
    ],
)
def test_bounds_refuse(bounds: Bounds, found: int, why: str) -> None:
    before = judge((), *(line(f"k{number}", name="A") for number in range(5))).lines if "ubytek" in why else ()
    now = [line(f"k{number}", name="A") for number in range(found)]
    verdict = judge(before, *now, bounds=bounds)
    assert why in verdict.refused and verdict.lines == tuple(before)
    assert not judge(before, *now, bounds=bounds, accepted=True).refused, "a person may let it pass"


def test_a_field_that_empties_is_a_renamed_column() -> None:
    before = judge((), *(line(f"k{number}", name="A", city="Kraków") for number in range(5))).lines
    verdict = judge(before, *(line(f"k{number}", name="A") for number in range(5)), bounds=Bounds(least=0, most=9))
    assert "pole „city”" in verdict.refused


@pytest.mark.parametrize(("filled", "refused"), [(2, True), (11, False), (0, False)])
def test_a_field_that_few_have_is_a_wrong_column(filled: int, refused: bool) -> None:
    now = [line(f"k{n:02}", name="A", **({"city": "Kraków"} if n < filled else {})) for n in range(12)]
    verdict = judge((), *now, bounds=Bounds(least=0, most=99, fill={"city": 0.8}))
    assert ("pole „city”" in verdict.refused) is refused, "a field that the source never gives is not its business"


def test_contradictions_keep_the_first_and_are_named() -> None:
    folded, torn = keep.fold([line("a", name="A"), line("a", name="A"), line("a", name="B"), line("b", name="B")])
    assert torn == ("a",) and folded["a"] == [line("a", name="A")]


def test_an_unchanged_source_gives_the_same_bytes_on_another_day(tmp_path: Path) -> None:
    with serving(of_pages(saved("otlas"))) as (mirror, _):
        run("otlas", tmp_path, mirror)
        before = observed(tmp_path)
        run("otlas", tmp_path, mirror, today="2026-12-24")
    assert observed(tmp_path) == before


def test_the_hash_names_the_bytes_that_were_read(tmp_path: Path) -> None:
    with serving(of_pages(saved("zbk"))) as (mirror, _):
        run("zbk", tmp_path, mirror)
    for kept in lines(tmp_path / "datasets" / "premises" / "observed" / "zbk.jsonl"):
        raw = vault.path_of(tmp_path / ".cache", kept["sha256"]).read_bytes()
        assert hashlib.sha256(raw).hexdigest() == kept["sha256"] and kept["values"]["address"].encode() in raw


def test_a_kill_in_the_middle_of_writing_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vault.replace_file(tmp_path / "krs.jsonl", b"old")
    monkeypatch.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        vault.replace_file(tmp_path / "krs.jsonl", b"new")
    assert (tmp_path / "krs.jsonl").read_bytes() == b"old"


def test_counters_have_one_vocabulary() -> None:
    sources = "".join(path.read_text("utf-8") for path in Path(keep.__file__).parent.rglob("*.py"))
    assert set(re.findall(r"counters\[\"(\w+)\"\]", sources)) <= set(COUNTERS)


def test_one_broken_spider_stops_no_other(tmp_path: Path) -> None:
    catalog = small_catalog(tmp_path)
    good = of_pages([*saved("otlas"), *saved("zbk")])

    def half_broken(asked: Asked) -> Answer:
        return Answer(500) if "zbk" in asked.url else good(asked)

    with serving(half_broken) as (mirror, _):
        trip = Trip(catalog, Manner(tmp_path / ".cache", mirror=mirror, clock=pretending().clock), TODAY, {})
        outcomes = crawl([all_spiders()["zbk"], all_spiders()["otlas"]], trip)
    assert [outcome.attempt.ok for outcome in outcomes] == [False, True]
    assert "robots.txt" in outcomes[0].attempt.refused or "awarię" in outcomes[0].attempt.refused


def test_a_missing_key_is_said_and_nobody_is_asked(tmp_path: Path) -> None:
    with serving(of_pages(saved("regon"))) as (mirror, log):
        outcome = run("regon", tmp_path, mirror, environ={})
    assert "brak klucza" in outcome.attempt.refused and not log
    record = orjson.loads((tmp_path / "datasets" / "organisations" / "observed" / "regon.run.json").read_bytes())
    assert record["attempts"] == [] and "REGON_KEY" in record["warnings"][0], "said, but not counted as a failure"


def test_two_crawls_of_one_source_do_not_mix(tmp_path: Path) -> None:
    (tmp_path / ".cache" / "jobs").mkdir(parents=True)
    with (tmp_path / ".cache" / "jobs" / "otlas.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with serving(of_pages(saved("otlas"))) as (mirror, log):
            outcome = run("otlas", tmp_path, mirror)
    assert "inny proces" in outcome.attempt.refused and not log


def test_an_interrupted_crawl_goes_on_where_it_stopped(tmp_path: Path) -> None:
    """SIGTERM in the middle: the queue and what was read stay; the next run asks only for the rest."""
    with serving(of_pages(saved("krs"))) as (mirror, _):
        run("krs", tmp_path / "clean", mirror)
    with serving(_terminating(of_pages(saved("krs")), after=3)) as (mirror, first):
        outcome = run("krs", tmp_path / "cut", mirror)
        assert outcome.attempt.refused == INTERRUPTED and not outcome.attempt.ok
        assert not (tmp_path / "cut" / "datasets" / "organisations" / "observed" / "krs.jsonl").exists()
        before = len(first)
        assert before < 7, "it stopped in the middle"
        outcome = run("krs", tmp_path / "cut", mirror)
    assert outcome.attempt.ok, outcome
    assert observed(tmp_path / "cut") == observed(tmp_path / "clean")
    assert len({one.url for one in first[:before]} & {one.url for one in first[before:]}) <= 1, "nothing is read twice"


def _terminating(good: Behaviour, after: int) -> Behaviour:
    count = 0

    def answer(asked: Asked) -> Answer:
        nonlocal count
        count += 1
        if count == after:
            os.kill(os.getpid(), signal.SIGTERM)
        return good(asked)

    return answer


def test_run_record_keeps_twenty_attempts_newest_first(tmp_path: Path) -> None:
    with serving(of_pages([])) as (mirror, _):
        for _ in range(22):
            run("zbk", tmp_path, mirror)
    record = orjson.loads((tmp_path / "datasets" / "premises" / "observed" / "zbk.run.json").read_bytes())
    assert len(record["attempts"]) == 20 and record["last_success"] is None
    assert list(record) == ["source", "attempts", "last_success", "missing", "warnings"]
    assert load_catalog(tmp_path / "datasets")

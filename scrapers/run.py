"""Runs spiders one after another; a broken one stops no other. Only what is whole and plausible is written."""

from __future__ import annotations

import asyncio
import fcntl
import logging
import os
import shutil
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from scrapy.crawler import AsyncCrawlerRunner, Crawler

from scrapers import cluster, keep, settings, vault
from scrapers.desk import Desk
from scrapers.runs import Attempt, record
from scrapers.settings import Manner
from scrapers.spider import Spider, explain, shortfall
from spojnik.catalog import Catalog, Dataset
from spojnik.finding import Finding
from spojnik.observed import run_record
from spojnik.store import dump_line, iter_jsonl

ELSEWHERE = "swoją część oddano; całość zapisze ten, kto skończy ostatni"
INTERRUPTED = "przerwano przed końcem; następne uruchomienie dokończy od tego miejsca"


class Trip(NamedTuple):
    """What a run of several spiders shares. accepted: a person looked and lets the change pass the bounds."""

    catalog: Catalog
    manner: Manner
    today: str
    environ: Mapping[str, str]
    accepted: bool = False


class Outcome(NamedTuple):
    """What one spider's run came to."""

    name: str
    dataset: str
    attempt: Attempt
    warnings: tuple[str, ...]
    findings: tuple[Finding, ...]


Progress = Callable[[str, Mapping[str, int]], None]


def crawl(spiders: Sequence[type[Spider]], trip: Trip, progress: Progress = lambda name, counts: None) -> list[Outcome]:
    """Run the spiders and record each; never raises for what a source does."""
    vault.prune(trip.manner.cache)
    _quiet(trip.manner.cache)
    return asyncio.run(_all(spiders, trip, progress))


async def _all(spiders: Sequence[type[Spider]], trip: Trip, progress: Progress) -> list[Outcome]:
    outcomes = []
    for spider in spiders:
        outcomes.append(await _one(spider, trip, progress))
        if outcomes[-1].attempt.refused == INTERRUPTED:
            break
    return outcomes


async def _one(spider: type[Spider], trip: Trip, progress: Progress) -> Outcome:
    """One source from the first request to the files; a source that cannot be asked leaves a record of why."""
    shared = trip.manner.redis
    job = trip.manner.cache / "jobs" / (f"{spider.name}-{os.getpid()}" if shared else spider.name)
    desk = Desk(trip.catalog.datasets[spider.dataset], trip.today, job / "spool.jsonl", spider.name, trip.environ)
    started = _now()
    if spider.needs and not trip.environ.get(spider.needs):
        why = f"brak klucza: ustaw zmienną {spider.needs}; źródła nie pytano"
        return _recorded(spider, trip, desk, Attempt(started, _now(), False, False, why, {}), None)
    with _alone(job) as free:
        if not free:
            return _unrecorded(spider, started, "to źródło jest właśnie pobierane przez inny proces")
        seat = cluster.join(shared, spider.name) if shared else None
        state = await _collect(spider, trip, desk, job, progress)
        if seat is not None and not cluster.leave(seat, desk, state):
            shutil.rmtree(job, ignore_errors=True)
            return _unrecorded(spider, started, ELSEWHERE, desk.counters)
        refused = desk.problems[0] if desk.problems else shortfall(state)
        if refused == INTERRUPTED:
            (job / "interrupted").touch()
            return _recorded(spider, trip, desk, Attempt(started, _now(), False, False, refused, desk.counters), None)
        verdict = _verdict(spider, trip, desk, refused)
        counters = {**desk.counters, **verdict.counters}
        attempt = Attempt(started, _now(), not verdict.refused, not refused, verdict.refused, counters)
        outcome = _recorded(spider, trip, desk, attempt, verdict)
        shutil.rmtree(job, ignore_errors=True)
        return outcome


async def _collect(spider: type[Spider], trip: Trip, desk: Desk, job: Path, progress: Progress) -> dict[str, Any]:
    """One Scrapy crawl; the spider's state at its end. Whatever escapes it is one of the run's problems."""
    if not (job / "interrupted").exists():
        for left in job.glob("*"):
            shutil.rmtree(left) if left.is_dir() else left.unlink()
    (job / "interrupted").unlink(missing_ok=True)
    runner = AsyncCrawlerRunner(settings.build(trip.manner._replace(job=job / "queue"), spider.pause))
    crawler = runner.create_crawler(spider)
    ticker = asyncio.create_task(_tick(crawler, spider.name, desk, progress))
    try:
        with _interruptible(crawler, desk):
            await runner.crawl(crawler, desk=desk)
    except Exception as error:
        desk.problems.append(explain(error))
        logging.getLogger("scrapers").exception("%s", spider.name)
    finally:
        ticker.cancel()
    desk.counters.update(_counted(crawler))
    return getattr(crawler.spider, "state", {})


def _unrecorded(spider: type[Spider], started: str, why: str, counters: Mapping[str, int] | None = None) -> Outcome:
    attempt = Attempt(started, _now(), False, False, why, dict(counters or {}))
    return Outcome(spider.name, spider.dataset, attempt, (), ())


def _verdict(spider: type[Spider], trip: Trip, desk: Desk, refused: str) -> keep.Verdict:
    """Read the spool, judge it against the file; a refusal that is already known is passed on."""
    dataset, source = desk.dataset, spider.source or spider.name
    path = dataset.folder / "observed" / f"{source}.jsonl"
    before = [located.data for located in iter_jsonl(path) if isinstance(located.data, dict)] if path.exists() else []
    missing = dict(run_record(dataset, source).get("missing", {}))
    if refused:
        return keep.Verdict(tuple(before), refused, missing, {})
    found, torn = keep.fold(located.data for located in iter_jsonl(desk.spool)) if desk.spool.exists() else ({}, ())
    for key in torn:
        desk.warn(f"źródło podaje o {key} sprzeczne wartości; zostaje pierwsza")
    if not found and spider.whole and not spider.may_be_empty:
        return keep.Verdict(tuple(before), "źródło nie podało żadnego rekordu", missing, {})
    rows = (_last_rows(dataset, source), desk.counters["rows"])
    elsewhere = _elsewhere(dataset, source)
    rules = keep.Rules(dataset.spec.bounds, trip.today, spider.whole, elsewhere, trip.accepted, rows)
    return keep.judge(before, found, missing, rules)


def _recorded(spider: type[Spider], trip: Trip, desk: Desk, attempt: Attempt, verdict: keep.Verdict | None) -> Outcome:
    """Write what is to be kept, the file first: a kill in between leaves good data and an old run record."""
    dataset, source = desk.dataset, spider.source or spider.name
    if verdict is not None and attempt.ok:
        path, body = dataset.folder / "observed" / f"{source}.jsonl", keep.dump(verdict.lines)
        if body != (path.read_bytes() if path.exists() else b""):
            vault.replace_file(path, body)
        if verdict.history:
            with (dataset.folder / "history.jsonl").open("ab") as out:
                out.write(b"".join(dump_line({**line, "origin": source}) for line in verdict.history))
    missing = run_record(dataset, spider.name).get("missing", {})
    if verdict is not None and source == spider.name:
        missing = verdict.missing
    record(dataset, spider.name, attempt, missing, desk.warnings)
    return Outcome(spider.name, dataset.id, attempt, desk.warnings, tuple(desk.findings))


def _last_rows(dataset: Dataset, source: str) -> int:
    """How many entries the source had when it was last read whole."""
    attempts = run_record(dataset, source).get("attempts", [])
    return int(next((attempt["counters"].get("rows", 0) for attempt in attempts if attempt.get("ok")), 0))


def _elsewhere(dataset: Dataset, source: str) -> frozenset[str]:
    keys = {path.name for path in (dataset.folder / "manual").glob("*") if path.is_dir()}
    for path in (dataset.folder / "observed").glob("*.jsonl"):
        if path.stem != source:
            keys |= {
                located.data["key"]
                for located in iter_jsonl(path)
                if isinstance(located.data, dict) and not located.data.get("gone")
            }
    return frozenset(keys)


def _counted(crawler: Crawler) -> dict[str, int]:
    stats: Any = crawler._stats
    if stats is None:
        return {}
    return {
        "requests": stats.get_value("downloader/request_count", 0),
        "retries": stats.get_value("retry/count", 0),
        "pages": stats.get_value("response_received_count", 0),
    }


async def _tick(crawler: Crawler, name: str, desk: Desk, progress: Progress) -> None:
    while True:
        await asyncio.sleep(0.5)
        progress(name, {**_counted(crawler), **desk.counters})


@contextmanager
def _interruptible(crawler: Crawler, desk: Desk) -> Iterator[None]:
    """Ctrl-C and a stop of the machine finish the page in hand, keep the queue, and let the next run go on."""
    loop = asyncio.get_running_loop()
    stopping: list[asyncio.Task[None]] = []

    def stop() -> None:
        if not stopping:
            desk.problems.insert(0, INTERRUPTED)
            stopping.append(loop.create_task(crawler.stop_async()))

    try:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stop)
        yield
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)


@contextmanager
def _alone(job: Path) -> Iterator[bool]:
    """Two crawls of one source at once would each take the other's half for the whole."""
    job.mkdir(parents=True, exist_ok=True)
    with (job.parent / f"{job.name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True


def _quiet(cache: Path) -> None:
    """Scrapy's own log goes to a file for whoever mends a spider; people get the table."""
    cache.mkdir(parents=True, exist_ok=True)
    for name in ("scrapy", "scrapers", "twisted", "asyncio", "aiohttp"):
        logger = logging.getLogger(name)
        if not any(isinstance(handler, logging.FileHandler) for handler in logger.handlers):
            logger.addHandler(logging.FileHandler(cache / "collect.log", encoding="utf-8", delay=True))
        logger.setLevel(logging.WARNING)
        logger.propagate = False


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")

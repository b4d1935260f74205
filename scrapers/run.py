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
from scrapers.runs import Attempt, note
from scrapers.settings import Manner
from scrapers.shelf import judged, put_away
from scrapers.spider import Spider, explain, shortfall
from spojnik.catalog import Catalog
from spojnik.finding import Finding

NO_KEY = "brak klucza"
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
        why = f"{NO_KEY}: ustaw zmienną {spider.needs}; źródła nie pytano"
        note(desk.dataset, spider.name, why)
        return _unrecorded(spider, started, why)
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
            return _recorded(spider, desk, Attempt(started, _now(), False, False, refused, desk.counters))
        verdict = judged(spider, desk, refused, trip.accepted)
        counters = {**desk.counters, **verdict.counters}
        attempt = Attempt(started, _now(), not verdict.refused, not refused, verdict.refused, counters)
        outcome = _recorded(spider, desk, attempt, verdict)
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


def _recorded(spider: type[Spider], desk: Desk, attempt: Attempt, verdict: keep.Verdict | None = None) -> Outcome:
    put_away(spider, desk, attempt, verdict)
    return Outcome(spider.name, spider.dataset, attempt, desk.warnings, tuple(desk.findings))


def _unrecorded(spider: type[Spider], started: str, why: str, counters: Mapping[str, int] | None = None) -> Outcome:
    attempt = Attempt(started, _now(), False, False, why, dict(counters or {}))
    return Outcome(spider.name, spider.dataset, attempt, (), ())


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
    # It warns at every start that running without a reactor is new; that was weighed and is what the tests run, too.
    logging.getLogger("scrapy.core.downloader.handlers._base_streaming").setLevel(logging.ERROR)


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")

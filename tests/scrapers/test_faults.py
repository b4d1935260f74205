"""Every spider against every fault: what passes by itself ends like a clean run, everything else changes nothing."""

from collections.abc import Callable, Iterator
from pathlib import Path

import orjson
import pytest

from scrapers.clock import Clock
from scrapers.registry import all_spiders
from scrapers.run import Outcome
from tests.scrapers import faults
from tests.scrapers.pages import saved
from tests.scrapers.server import Answer, Behaviour, of_pages, serving
from tests.scrapers.support import KEYS, observed, pretending, run

PARTNER = "epraca, with a partner id"
SPIDERS = [*sorted(all_spiders()), PARTNER]
HTML = {"Content-Type": "text/html; charset=utf-8"}
WALL = b"<!DOCTYPE html><html><head><title>Przerwa</title></head><body><p>Przerwa techniczna.</p></body></html>"
RECOVERABLE: dict[str, Callable[[Behaviour], Behaviour]] = {
    "429 with Retry-After": faults.once(Answer(429, {"Retry-After": "7"}, b"")),
    "500 then 200": faults.once(Answer(500, HTML, b"awaria")),
    "duplicated records": faults.changed(faults.sized(lambda items: [*items, *items])),
    "declared charset": faults.recoded,
}
FATAL: dict[str, Callable[[Behaviour], Behaviour]] = {
    "403 wall": faults.always(lambda: Answer(403, HTML, WALL)),
    "429 for ever": faults.always(lambda: Answer(429, {"Retry-After": "7200"}, b"")),
    "500 for ever": faults.always(lambda: Answer(500, HTML, b"awaria")),
    "no answer": faults.always(lambda: Answer(hang=True)),
    "truncated": faults.changed(faults.cut),
    "HTML instead of data": faults.always(lambda: Answer(200, HTML, WALL)),
    "nothing listed": faults.changed(faults.sized(lambda items: [])),
    "half of the records": faults.changed(faults.sized(lambda items: items[: len(items) // 2])),
    "endless paging": faults.endless,
    "renamed columns": faults.changed(faults.renamed),
    "wrong charset": faults.changed(faults.recharged),
    "a gigabyte": faults.always(lambda: Answer(200, {"Content-Type": "application/json"}, faults.gigabyte())),
    "a gigabyte announced": faults.always(
        lambda: Answer(200, {"Content-Length": str(faults.GIGABYTE)}, faults.gigabyte())
    ),
    "redirect away": faults.always(lambda: Answer(302, {"Location": "https://elsewhere.example/"}, b"")),
}
HARMLESS = {"nothing listed", "half of the records", "endless paging"}
"""Faults that a spider may also see through: then it has the same records as before."""


IMMUNE = {("youth_organisations", "renamed columns"), ("transparency", "wrong charset")}
"""One knows an entry by its address, and addresses are not renamed; XML in UTF-16 says so in its first bytes."""


def spider_of(name: str) -> str:
    return name.partition(",")[0]


def crawled(name: str, folder: Path, mirror: str, clock: Clock | None = None, timeout: float = 5.0) -> Outcome:
    environ = {**KEYS, "EPRACA_PARTNER": "partner-do-testow"} if name == PARTNER else KEYS
    return run(spider_of(name), folder, mirror, clock=clock, timeout=timeout, environ=environ)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Path]]:
    """A folder with the observations of one clean run, made once a spider."""
    folders: dict[str, Path] = {}

    def folder_of(name: str) -> Path:
        if name not in folders:
            folders[name] = tmp_path_factory.mktemp(spider_of(name))
            with serving(of_pages(saved(spider_of(name)))) as (mirror, _):
                outcome = crawled(name, folders[name], mirror)
            assert outcome.attempt.ok, outcome
            assert outcome.attempt.counters.get("records"), f"{name}: no record in its saved pages"
        return folders[name]

    yield folder_of


@pytest.mark.parametrize("fault", RECOVERABLE)
@pytest.mark.parametrize("name", SPIDERS)
def test_recovers(name: str, fault: str, good: Callable[[str], Path], tmp_path: Path) -> None:
    waits = pretending()
    with serving(RECOVERABLE[fault](of_pages(saved(spider_of(name))))) as (mirror, _):
        outcome = crawled(name, tmp_path, mirror, clock=waits.clock)
    assert outcome.attempt.ok, outcome
    kept, clean = observed(tmp_path), observed(good(name))
    assert {path: _without_hash(body) for path, body in kept.items()} == {
        path: _without_hash(body) for path, body in clean.items()
    }
    if fault == "429 with Retry-After":
        assert kept == clean and any(seconds > 6.9 for seconds in waits.slept), "the server asked for 7 seconds"


@pytest.mark.parametrize("fault", FATAL)
@pytest.mark.parametrize("name", SPIDERS)
def test_keeps_what_is_good(name: str, fault: str, good: Callable[[str], Path]) -> None:
    folder = good(name)
    before = observed(folder)
    with serving(FATAL[fault](of_pages(saved(spider_of(name))))) as (mirror, log):
        outcome = crawled(name, folder, mirror, timeout=0.12 if fault == "no answer" else 5.0)
    assert observed(folder) == before
    spider = all_spiders()[spider_of(name)]
    assert len(log) <= spider.most_pages * 4
    newest = orjson.loads((folder / "datasets" / spider.dataset / "observed" / f"{spider.name}.run.json").read_bytes())[
        "attempts"
    ][0]
    assert newest["refused"] == outcome.attempt.refused
    if fault not in HARMLESS and (name, fault) not in IMMUNE:
        assert not newest["ok"] and newest["refused"], newest
        assert not any(word in newest["refused"] for word in ("Error", "Exception", "Traceback", "None")), newest[
            "refused"
        ]


def _without_hash(body: bytes) -> list[dict[str, object]]:
    return [
        {name: value for name, value in orjson.loads(line).items() if name != "sha256"} for line in body.splitlines()
    ]

"""How we behave: robots.txt, pauses, who we say we are, where we go; and that no spider can choose otherwise."""

import asyncio
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import ClassVar

import pytest
from scrapy import Request

from scrapers import settings
from scrapers.registry import all_spiders
from scrapers.run import Trip, _one
from scrapers.settings import Manner, agent
from scrapers.spider import Spider
from tests.scrapers.pages import saved
from tests.scrapers.server import Answer, Asked, Behaviour, of_pages, serving
from tests.scrapers.support import TODAY, observed, pretending, run, small_catalog


def with_robots(good: Behaviour, rules: Answer) -> Behaviour:
    return lambda asked: rules if asked.url.endswith("/robots.txt") else good(asked)


@pytest.mark.parametrize(
    "rules",
    [
        Answer(200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /"),
        Answer(503),
        Answer(hang=True),
    ],
    ids=["forbidden", "broken", "silent"],
)
def test_robots_forbids(rules: Answer, tmp_path: Path) -> None:
    with serving(with_robots(of_pages(saved("zbk")), rules)) as (mirror, log):
        outcome = run("zbk", tmp_path, mirror, timeout=0.3)
    assert not log and "robots.txt" in outcome.attempt.refused
    assert ("nie odpowiada" in outcome.attempt.refused) is (rules.status == 503 or rules.hang)


@pytest.mark.parametrize(
    "rules",
    [
        Answer(404, {"Content-Type": "text/html"}, b"<html>User-agent: *\nDisallow: /</html>"),
        Answer(200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /admin"),
    ],
    ids=["missing", "elsewhere"],
)
def test_robots_allows(rules: Answer, tmp_path: Path) -> None:
    with serving(with_robots(of_pages(saved("zbk")), rules)) as (mirror, _):
        assert run("zbk", tmp_path, mirror).attempt.ok


def test_the_pause_that_robots_asks_for_is_kept(tmp_path: Path) -> None:
    waits = pretending()
    rules = Answer(200, {"Content-Type": "text/plain"}, b"User-agent: *\nCrawl-delay: 9\nDisallow: /admin")
    with serving(with_robots(of_pages(saved("zbk")), rules)) as (mirror, log):
        assert run("zbk", tmp_path, mirror, clock=waits.clock).attempt.ok
    assert sum(waits.slept) >= 9 * (len(log) - 1)


class Rude(Spider):
    """A spider that tries every way around our manners."""

    name = "rude"
    dataset = "premises"
    hosts = ("zbk-krakow.pl",)
    custom_settings: ClassVar[dict[str, object]] = {
        "ROBOTSTXT_OBEY": False,
        "DOWNLOAD_DELAY": 0,
        "USER_AGENT": "Mozilla/5.0",
        "DOWNLOAD_MAXSIZE": 0,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
        "COOKIES_ENABLED": True,
    }

    def begin(self) -> Iterable[Request]:
        yield self.ask("https://zbk-krakow.pl/secret", meta={"dont_obey_robotstxt": True, "download_slot": "fast"})


def test_a_spider_cannot_switch_manners_off(tmp_path: Path) -> None:
    rules = Answer(200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /secret")
    with serving(with_robots(of_pages([]), rules)) as (mirror, log):
        trip = Trip(
            small_catalog(tmp_path), Manner(tmp_path / ".cache", mirror=mirror, clock=pretending().clock), TODAY, {}
        )
        outcome = asyncio.run(_one(Rude, trip, lambda name, counts: None))
    assert not log and "robots.txt" in outcome.attempt.refused


def test_pauses_are_in_one_place_and_only_this_machine_has_none() -> None:
    usual = settings.build(Manner(Path(".cache")))
    assert usual.getfloat("DOWNLOAD_DELAY") >= 1 and usual.getint("CONCURRENT_REQUESTS_PER_DOMAIN") == 1
    assert set(usual["DOWNLOAD_SLOTS"]) == {"127.0.0.1", "::1", "localhost"}
    assert settings.build(Manner(Path(".cache")), pause=3.0).getfloat("DOWNLOAD_DELAY") == 3.0
    assert settings.build(Manner(Path(".cache")), pause=0.0).getfloat("DOWNLOAD_DELAY") >= 1
    with pytest.raises(ValueError, match="this machine"):
        settings.build(Manner(Path(".cache"), mirror="https://example.org"))
    sources = (Path(settings.__file__).parent / "spiders").glob("*.py")
    ways = re.compile(r"custom_settings|DOWNLOAD_DELAY|dont_obey_robotstxt|download_slot|ROBOTSTXT")
    assert [path.name for path in sources if ways.search(path.read_text("utf-8"))] == []


def test_dangerous_parts_of_scrapy_are_off() -> None:
    usual = settings.build(Manner(Path(".cache")))
    assert usual.getbool("DOWNLOAD_VERIFY_CERTIFICATES") and usual.getbool("ROBOTSTXT_OBEY")
    assert not any(
        usual.getbool(name)
        for name in ("TELNETCONSOLE_ENABLED", "REMOTE_CONTROL_ENABLED", "COOKIES_ENABLED", "METAREFRESH_ENABLED")
    )
    assert usual["DOWNLOAD_HANDLERS"]["file"] is None and usual.getint("DOWNLOAD_MAXSIZE") <= 20_000_000


@pytest.mark.parametrize(
    ("name", "repository", "contact", "said"),
    [
        ("Spójnik", None, None, "Spojnik"),
        ("Spójnik", "https://example.org/", "biuro@example.org", "Spojnik (+https://example.org/; biuro@example.org)"),
        ("Złącze\r\nX: 1", None, "a@b.example", "ZlaczeX: 1 (a@b.example)"),
    ],
)
def test_who_we_say_we_are(name: str, repository: str | None, contact: str | None, said: str) -> None:
    assert agent(name, repository, contact) == said


def test_every_request_carries_it(tmp_path: Path) -> None:
    with serving(of_pages(saved("zbk"))) as (mirror, log):
        run("zbk", tmp_path, mirror)
    assert {asked.headers["User-Agent"] for asked in log} == {"Spojnik"}


def redirecting(where: str) -> Callable[[Asked], Answer]:
    return lambda asked: Answer(404) if asked.url.endswith("robots.txt") else Answer(302, {"Location": where})


@pytest.mark.parametrize(
    ("where", "why"),
    [
        ("https://elsewhere.example/", "poza dozwolone adresy"),
        ("http://zbk-krakow.pl/", "nieszyfrowane"),
        ("http://127.0.0.1:1/", "poza dozwolone adresy"),
        ("file:///etc/hostname", "poza dozwolone adresy"),
    ],
)
def test_redirects_stay_at_home(where: str, why: str, tmp_path: Path) -> None:
    with serving(redirecting(where)) as (mirror, log):
        outcome = run("zbk", tmp_path, mirror)
    assert why in outcome.attempt.refused or "302" in outcome.attempt.refused, outcome.attempt.refused
    assert len(log) == 1


def test_redirects_end_and_are_named(tmp_path: Path) -> None:
    with serving(redirecting("https://zbk-krakow.pl/dalej")) as (mirror, log):
        outcome = run("zbk", tmp_path, mirror)
    assert outcome.attempt.refused and len(log) < 10
    assert any("w kółko" in warning for warning in outcome.warnings)


def test_an_unchanged_page_is_not_sent_again(tmp_path: Path) -> None:
    good = of_pages(saved("zbk"))

    def with_tags(asked: Asked) -> Answer:
        if asked.headers.get("If-None-Match") == '"v1"':
            return Answer(304)
        said = good(asked)
        return said._replace(headers={**said.headers, "ETag": '"v1"'})

    with serving(with_tags) as (mirror, log):
        run("zbk", tmp_path, mirror)
        before, first = observed(tmp_path), len(log)
        outcome = run("zbk", tmp_path, mirror)
    assert outcome.attempt.ok and observed(tmp_path) == before
    assert all("If-None-Match" in asked.headers for asked in log[first:]) and len(log) == 2 * first


def test_a_streamed_file_is_not_sent_again(tmp_path: Path) -> None:
    good = of_pages(saved("cordis"))

    def dated(asked: Asked) -> Answer:
        if asked.headers.get("If-Modified-Since"):
            return Answer(304)
        said = good(asked)
        return said._replace(headers={**said.headers, "Last-Modified": "Sun, 01 Nov 2026 10:00:00 GMT"})

    with serving(dated) as (mirror, _):
        run("cordis", tmp_path, mirror)
        before = observed(tmp_path)
        assert run("cordis", tmp_path, mirror).attempt.counters["records"] == 3
    assert observed(tmp_path) == before


def test_waiting_covers_the_whole_host(tmp_path: Path) -> None:
    waits = pretending()
    good = of_pages(saved("zbk"))
    busy = {"left": 2}

    def sometimes(asked: Asked) -> Answer:
        if not asked.url.endswith("robots.txt") and busy["left"]:
            busy["left"] -= 1
            return Answer(429, {"Retry-After": "Fri, 31 Dec 2010 23:59:59 GMT" if busy["left"] else "30"})
        return good(asked)

    with serving(sometimes) as (mirror, _):
        assert run("zbk", tmp_path, mirror, clock=waits.clock).attempt.ok
    assert 30.0 in waits.slept


def test_private_databases_have_no_spider() -> None:
    private = ("ngo.pl", "witkac.pl", "rejestr.io")
    hosts = {host for spider in all_spiders().values() for host in spider.hosts}
    assert not [host for host in hosts if host.endswith(private)]

"""Keeps real answers as test pages, in the place of those that a person wrote from the source map."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import orjson
from scrapy import Request, signals
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.http import Response

from scrapers import settings
from scrapers.desk import Desk
from scrapers.privacy import redact, without_contacts
from scrapers.run import Trip
from scrapers.spider import Spider
from scrapers.vault import replace_file
from spojnik.addresses import slugify
from spojnik.store import dump_yaml

MOST_PAGES = 12
MOST_BYTES = 2_000_000
_ENDINGS = {"json": ".json", "html": ".html", "xml": ".xml", "csv": ".csv", "sheet": ".xlsx", "zip": ".zip"}


def record(spider: type[Spider], trip: Trip, urls: tuple[str, ...], pages: Path) -> list[str]:
    """Fetch the addresses (or, without any, what the spider itself asks for first) and save each answer under
    `pages/<spider>/`; Polish lines about what was done. Names and contacts of persons are struck out before writing."""
    said: list[str] = []
    secrets = [trip.environ[name] for name in spider.secrets if trip.environ.get(name)]

    class Recording(spider):  # type: ignore[valid-type, misc]
        def begin(self) -> Iterable[Request]:
            return map(self.ask, urls) if urls else islice(super().begin(), MOST_PAGES)

        def parse(self, response: Response, **known: Any) -> Iterator[Any]:
            return iter(()) if urls else super().parse(response, **known)

    async def fetch() -> None:
        desk = Desk(
            trip.catalog.datasets[spider.dataset],
            trip.today,
            trip.manner.cache / "record.jsonl",
            spider.name,
            trip.environ,
        )
        crawler = AsyncCrawlerRunner(settings.build(trip.manner, spider.pause)).create_crawler(Recording)
        crawler.signals.connect(keep, signal=signals.response_received, weak=False)
        await crawler.crawl_async(desk=desk)
        said.extend(desk.problems)

    def keep(response: Response, request: Request, spider: Spider) -> None:
        if request.url.endswith("/robots.txt") or len(said) >= MOST_PAGES:
            return
        said.append(_save(type(spider), response, request, pages / spider.name, secrets))
        if len(said) == MOST_PAGES:
            spider.enough()

    asyncio.run(fetch())
    return said


def _save(spider: type[Spider], response: Response, request: Request, folder: Path, secrets: list[str]) -> str:
    if request.meta.get("stream") or len(response.body) > MOST_BYTES:
        return f"{response.url}: za duże na stronę testową; zapisz jej początek ręcznie"
    kind = (response.headers.get("Content-Type") or b"").decode("latin-1")
    ending = next((suffix for word, suffix in _ENDINGS.items() if word in kind), ".html")
    name = f"live-{slugify(re.sub(r'^https?://[^/]+/', '', response.url))[:50]}"
    callback = getattr(request.callback, "__name__", "parse")
    meta: dict[str, Any] = {"handmade": False, "url": request.url, "file": f"{name}{ending}"}
    meta |= {"method": request.method} if request.method != "GET" else {}
    meta |= {"asked": _without(request.body.decode("utf-8", "replace"), secrets)} if request.body else {}
    meta |= {"status": response.status} if response.status != 200 else {}
    meta |= {"type": kind} if kind else {}
    meta |= {"callback": callback} if callback != "parse" else {}
    meta |= {"arguments": dict(request.cb_kwargs)} if request.cb_kwargs else {}
    body, struck = struck_out(response.body, spider.private)
    for secret in secrets:
        body = body.replace(secret.encode(), b"")
    replace_file(folder / f"{name}{ending}", body)
    replace_file(folder / f"{name}.yml", dump_yaml(meta).encode())
    return (
        f"{folder / name}{ending}: zapisano, wykreślono {struck} miejsc z danymi osób. Sprawdź plik, zanim go dodasz."
    )


def _without(text: str, secrets: list[str]) -> str:
    """The longest part of a request's body that holds no key: enough to know the request by."""
    for secret in secrets:
        text = max(text.split(secret), key=len)
    return text


def struck_out(body: bytes, private: tuple[str, ...]) -> tuple[bytes, int]:
    """A page without what its private labels and keys hold, and in how many places that was."""
    try:
        data = orjson.loads(body)
    except orjson.JSONDecodeError:
        return redact(body, private)
    struck = [0]
    return orjson.dumps(_blanked(data, private, struck), option=orjson.OPT_INDENT_2), struck[0]


def _blanked(data: Any, private: tuple[str, ...], struck: list[int]) -> Any:
    if isinstance(data, list):
        return [_blanked(item, private, struck) for item in data]
    if isinstance(data, str):
        text, more = without_contacts(data)
        struck[0] += more
        return text
    if not isinstance(data, dict):
        return data
    struck[0] += sum(1 for name in data if name in private)
    return {
        name: _emptied(value) if name in private else _blanked(value, private, struck) for name, value in data.items()
    }


def _emptied(value: Any) -> Any:
    return type(value)() if isinstance(value, list | dict | str) else None

"""Says where every observation comes from, so that a spider's author cannot forget it; turns failures into words."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError

from scrapers.spider import Found, explain


def stamped(found: Found, url: str, sha256: str) -> Found:
    """The observation with the page's address (without its fragment) and the hash of its bytes."""
    page = urlunsplit(urlsplit(url)._replace(fragment=""))
    return replace(found, urls=found.urls or (page,), sha256=sha256)


@dataclass
class Stamp:
    """Spider middleware."""

    crawler: Crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Stamp:
        """Scrapy's way to make one."""
        stamp = cls(crawler)
        crawler.signals.connect(stamp.dropped, signal=signals.request_dropped)
        return stamp

    def dropped(self, request: Request) -> None:
        """Scrapy drops in silence what it has seen; after a redirect that may hide a page that we never read."""
        if before := request.meta.get("redirect_urls"):
            self.crawler.spider.warn(f"{before[0]} przekierowuje w kółko albo na stronę, którą już czytano")  # type: ignore[union-attr]

    async def process_spider_output(self, response: Response, result: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """Stamp observations, count them, let requests through."""
        async for item in result:
            yield stamped(item, response.url, response.meta.get("sha256", "")) if isinstance(item, Found) else item

    def process_spider_exception(self, response: Response, exception: Exception) -> Iterable[Any] | None:
        """A page that cannot be read spoils the run with a sentence, not with a traceback."""
        if isinstance(exception, CloseSpider | HttpError):
            return None
        self.crawler.spider.problem(f"{explain(exception)}: {response.url}")  # type: ignore[union-attr]
        return []

    async def process_start(self, start: AsyncIterator[Request]) -> AsyncIterator[Request]:
        """The first requests; a failure before any answer counts like one after."""
        try:
            async for request in start:
                yield request
        except Exception as error:
            self.crawler.spider.problem(explain(error))  # type: ignore[union-attr]

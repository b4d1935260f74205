"""Between a spider and the network: fences, robots.txt, patience, the vault. A spider cannot switch any of them off."""

from __future__ import annotations

import email.utils
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.exceptions import DownloadFailedError, DownloadTimeoutError, IgnoreRequest, ResponseDataLossError
from scrapy.http import Response
from scrapy.responsetypes import responsetypes

from scrapers import vault
from scrapers.settings import Manner

if TYPE_CHECKING:
    from scrapers.spider import Spider

ROBOTS = "/robots.txt"
BUSY = (429, 500, 502, 503, 504, 522, 524, 408)
WAITS = (5.0, 15.0, 45.0)
LONGEST = 3600.0
LONGEST_GAP = 60.0
_HATCHES = (
    "dont_obey_robotstxt",
    "dont_redirect",
    "dont_retry",
    "download_slot",
    "download_timeout",
    "download_maxsize",
    "download_fail_on_dataloss",
    "max_retry_times",
    "proxy",
    "bindaddress",
    "verbatim_url",
)


class Refused(IgnoreRequest):
    """We do not ask or do not go on; the text is Polish and says why."""


def _is_robots(request: Request) -> bool:
    return urlsplit(request.url).path == ROBOTS


def _made(cls: type[Any], crawler: Crawler) -> Any:
    """Scrapy's way to make a middleware."""
    return cls(crawler)


def _manner(crawler: Crawler) -> Manner:
    manner: Manner = crawler.settings["SPOJNIK_MANNER"]
    return manner


def _spider(crawler: Crawler) -> Spider:
    return crawler.spider  # type: ignore[return-value]


@dataclass
class Fences:
    """Only the hosts a spider declared, redirects included, and no per-request way around our manners."""

    crawler: Crawler
    from_crawler = classmethod(_made)

    def process_request(self, request: Request) -> None:
        """Refused when a request would leave the declared hosts or give up encryption."""
        if not _is_robots(request):
            for hatch in _HATCHES:
                request.meta.pop(hatch, None)
        parts = urlsplit(request.url)
        before = request.meta.get("redirect_urls") or []
        if parts.hostname not in _spider(self.crawler).hosts or parts.scheme not in ("http", "https"):
            verb = "przekierowuje" if before else "prowadzi"
            raise Refused(f"strona {verb} poza dozwolone adresy ({parts.hostname})")
        if before and before[-1].startswith("https:") and parts.scheme == "http":
            raise Refused("strona przekierowuje na połączenie nieszyfrowane")


@dataclass
class Robots:
    """RFC 9309 where Scrapy is lax: a robots.txt that cannot be had (5xx, no answer) forbids, a missing one
    allows; and the pause that it asks for (Crawl-delay) is kept."""

    crawler: Crawler
    from_crawler = classmethod(_made)

    def process_response(self, request: Request, response: Response) -> Response:
        """The rules as the standard reads them."""
        if not _is_robots(request):
            return response
        if response.status == 200:
            rules = Protego.parse(response.body.decode("utf-8", "replace"))
            wanted = rules.crawl_delay(_manner(self.crawler).agent) or 0
            _spider(self.crawler).gaps[urlsplit(request.url).netloc] = min(float(wanted), LONGEST_GAP)
            return response
        if response.status < 500:
            return self._rules(request, "")
        _spider(self.crawler).unreachable.add(urlsplit(request.url).netloc)
        return self._rules(request, "User-agent: *\nDisallow: /")

    def process_exception(self, request: Request, exception: Exception) -> Response | None:
        """No answer at all: not allowed, for now."""
        if not _is_robots(request) or isinstance(exception, IgnoreRequest):
            return None
        _spider(self.crawler).unreachable.add(urlsplit(request.url).netloc)
        return self._rules(request, "User-agent: *\nDisallow: /")

    @staticmethod
    def _rules(request: Request, text: str) -> Response:
        return Response(request.url, status=200, body=text.encode(), request=request)


@dataclass
class Patience:
    """Waits as long as a server asks (Retry-After) or longer each time, then tries again; three times at most."""

    crawler: Crawler
    not_before: dict[str, float] = field(default_factory=dict)
    from_crawler = classmethod(_made)

    async def process_request(self, request: Request) -> None:
        """Hold every request to a host that asked for a break, not only the one that it answered."""
        host = urlsplit(request.url).netloc
        while (left := self.not_before.get(host, 0) - _manner(self.crawler).clock.now()) > 0:
            await _manner(self.crawler).clock.sleep(left)
        if gap := _spider(self.crawler).gaps.get(host):
            self.not_before[host] = _manner(self.crawler).clock.now() + gap

    async def process_response(self, request: Request, response: Response) -> Response | Request:
        """Another try of what was refused for now; the answer itself when there were enough."""
        if response.status not in (*BUSY, *_spider(self.crawler).retried):
            return response
        asked = _retry_after(response)
        if asked is not None and asked > LONGEST:
            raise Refused(f"serwer prosi o przerwę dłuższą niż godzina ({round(asked / 60)} min)")
        return self._again(request, f"{response.status}", asked) or response

    async def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """Another try after a lost connection or no answer in time."""
        if isinstance(exception, DownloadTimeoutError | DownloadFailedError | ResponseDataLossError | OSError):
            return self._again(request, type(exception).__name__, None)
        return None

    def _again(self, request: Request, reason: str, asked: float | None) -> Request | None:
        tried = request.meta.get("retry_times", 0)
        again = get_retry_request(request, spider=_spider(self.crawler), reason=reason, give_up_log_level="DEBUG")
        if again is not None:
            wait = WAITS[min(tried, len(WAITS) - 1)] if asked is None else asked
            self.not_before[urlsplit(request.url).netloc] = _manner(self.crawler).clock.now() + wait
        return again


def _retry_after(response: Response) -> float | None:
    """Seconds, from a number or an HTTP date (RFC 9110 § 10.2.3); None where the header is absent or nonsense."""
    text = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if text.isdigit():
        return float(text)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(text).timestamp() - time.time())
    except (ValueError, TypeError, IndexError):
        return None


@dataclass
class Vault:
    """Keeps the bytes before anybody reads them, stamps their hash, and asks only whether they have changed."""

    crawler: Crawler
    from_crawler = classmethod(_made)

    def process_request(self, request: Request) -> None:
        """Say which version we have."""
        kept = (
            None
            if request.method != "GET" or _is_robots(request)
            else vault.recall(_manner(self.crawler).cache, request.url)
        )
        request.meta["kept"] = kept._asdict() if kept else None
        if kept and kept.etag:
            request.headers["If-None-Match"] = kept.etag
        if kept and kept.modified:
            request.headers["If-Modified-Since"] = kept.modified

    def process_response(self, request: Request, response: Response) -> Response:
        """The kept bytes for a 304; for a 200, the same answer with its bytes kept."""
        kept = request.meta.pop("kept", None)
        if response.status == 304 and kept:
            return self._unchanged(request, vault.Kept(**kept))
        if response.status == 200 and not _is_robots(request):
            self._keep(request, response)
        return response

    def _unchanged(self, request: Request, kept: vault.Kept) -> Response:
        path = vault.path_of(_manner(self.crawler).cache, kept.sha256)
        request.meta["sha256"] = kept.sha256
        headers = {"Content-Type": kept.content_type}
        if request.meta.get("stream"):
            request.meta["file"] = str(path)
            return Response(request.url, headers=headers, request=request)
        body = path.read_bytes()
        kind = responsetypes.from_args(headers={b"Content-Type": kept.content_type.encode()}, url=kept.url, body=body)
        return kind(request.url, body=body, headers=headers, request=request)

    def _keep(self, request: Request, response: Response) -> None:
        if not request.meta.get("stream"):
            request.meta["sha256"] = vault.store(_manner(self.crawler).cache, response.body)
        etag, modified, content_type = (
            (response.headers.get(name) or b"").decode("latin-1") for name in ("ETag", "Last-Modified", "Content-Type")
        )
        if request.method == "GET" and (etag or modified):
            vault.remember(
                _manner(self.crawler).cache,
                vault.Kept(request.url, request.meta["sha256"], etag, modified, content_type),
            )

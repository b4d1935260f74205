"""The base of every spider: what it must declare, how it asks, and how it says that something is not right."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar
from urllib.parse import urlsplit

import orjson
import scrapy
from scrapy import Request
from scrapy.exceptions import DownloadCancelledError, DownloadTimeoutError, IgnoreRequest
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError

from scrapers.desk import Desk
from scrapers.select import Mismatch


@dataclass(frozen=True)
class Found:
    """What a page says of one record, as written there; lookups and kinds come later; the machinery adds where.

    urls: pages a person can open, when the fetched address is not one. published: the source's own date, if any.
    """

    key: str
    values: dict[str, Any] = field(default_factory=dict)
    urls: tuple[str, ...] = ()
    published: str = ""
    doubt: str = ""
    sha256: str = ""


class Spider(scrapy.Spider):
    """A source. Subclasses give `begin` (first requests) and `parse` (a page that states records).

    dataset, source: where its observations go (source: its name unless it refreshes another one's). hosts: the only
    ones it may ask. whole: a complete run names every record that the source has, so that absence means something.
    most_pages: more would be a loop. pause: seconds between requests where a source wants more. retried: further
    statuses that pass by themselves. needs: environment variable without which there is no asking. secrets: variables
    with keys, which no file may hold. may_be_empty: no record at all is plausible. private: labels and JSON keys of
    persons' data. example: a page of a record, for reading a saved file whose address is not known.
    """

    dataset: ClassVar[str]
    source: ClassVar[str] = ""
    hosts: ClassVar[tuple[str, ...]]
    whole: ClassVar[bool] = True
    most_pages: ClassVar[int] = 300
    pause: ClassVar[float] = 1.0
    retried: ClassVar[tuple[int, ...]] = ()
    needs: ClassVar[str] = ""
    secrets: ClassVar[tuple[str, ...]] = ()
    may_be_empty: ClassVar[bool] = False
    private: ClassVar[tuple[str, ...]] = ()
    example: ClassVar[str] = ""
    state: dict[str, Any]

    def __init__(self, desk: Desk, **options: Any) -> None:
        super().__init__(**options)
        self.desk = desk
        self.state = {}
        self.gaps: dict[str, float] = {}
        self.unreachable: set[str] = set()
        self._closing: asyncio.Task[None] | None = None

    def begin(self) -> Iterable[Request]:
        """The first requests."""
        raise NotImplementedError

    def parse(self, response: Response) -> Iterator[Found | Request]:
        """A page that states records."""
        raise NotImplementedError

    async def start(self) -> AsyncIterator[Request]:
        """Scrapy's entrance."""
        for request in self.begin():
            yield request

    def ask(self, url: str, callback: Callable[..., Any] | None = None, **options: Any) -> Request:
        """A request that cannot fail unnoticed. Mismatch when a source leads on for ever."""
        self.state["asked"] = self.state.get("asked", 0) + 1
        if self.state["asked"] > self.most_pages:
            raise Mismatch(
                f"źródło prowadzi przez ponad {self.most_pages} stron; przerwano, bo to nie jest zwykła lista"
            )
        return Request(url, callback=callback or self.parse, errback=self.failed, **options)

    def send(self, url: str, body: Any, callback: Callable[..., Any] | None = None, **options: Any) -> Request:
        """A POST with a JSON body."""
        headers = {"Content-Type": "application/json", **options.pop("headers", {})}
        return self.ask(url, callback, method="POST", body=orjson.dumps(body), headers=headers, **options)

    def listed(self, names: Iterable[str], total: int | None = None) -> int:
        """Note what a list page named (and how many the source says there are); how many of them are new."""
        seen: set[str] = self.state.setdefault("listed", set())
        before = len(seen)
        seen.update(names)
        self.desk.counters["rows"] = len(seen)
        if total is not None:
            self.state["total"] = total
        return len(seen) - before

    def warn(self, sentence: str) -> None:
        """Something that somebody should look at, but that does not spoil the run."""
        self.desk.warn(sentence)

    def failed(self, failure: Any) -> None:
        """Errback of every request."""
        request = getattr(failure, "request", None)
        url = request.url if request else ""
        why = explain(failure.value)
        if why == FORBIDDEN and urlsplit(url).netloc in self.unreachable:
            why = "serwer nie odpowiada nawet na pytanie o robots.txt, a bez niego nie pobieramy stron"
        self.problem(f"{why}: {url}".removesuffix(": "))

    def problem(self, sentence: str) -> None:
        """The run cannot be complete: nothing of it will be kept, so stop asking."""
        self.desk.problems.append(sentence)
        self.enough()

    def enough(self) -> None:
        """Ask no more."""
        engine = getattr(getattr(self, "crawler", None), "_engine", None)
        if engine is not None and self._closing is None:
            self._closing = asyncio.get_running_loop().create_task(_close(engine))


def shortfall(state: Mapping[str, Any]) -> str:
    """Why a list was not read whole, or "". One in a hundred may come or go while we read."""
    total, read = state.get("total"), len(state.get("listed", ()))
    if total is None or read >= total - total // 100:
        return ""
    return f"źródło zapowiada {total} pozycji, a podało {read}"


async def _close(engine: Any) -> None:
    if engine.running and engine.spider is not None:
        await engine.close_spider_async(reason="problem")


FORBIDDEN = "robots.txt tego serwera nie pozwala pobrać strony"
_STATUS = {
    401: "serwer wymaga klucza albo go nie przyjął (401)",
    403: "serwer odmawia dostępu (403); blokad nie obchodzimy",
    404: "strony nie ma (404)",
    410: "strona została usunięta (410)",
    429: "serwer prosi o przerwę dłuższą, niż możemy czekać (429)",
}


def explain(error: BaseException) -> str:
    """What went wrong, as a Polish sentence for the sources page."""
    if isinstance(error, HttpError):
        status = error.response.status
        return _STATUS.get(status) or (
            f"serwer ma awarię ({status})" if status >= 500 else f"serwer odpowiada błędem ({status})"
        )
    if isinstance(error, DownloadTimeoutError | TimeoutError):
        return "serwer nie odpowiada w wyznaczonym czasie"
    if isinstance(error, DownloadCancelledError):
        return "odpowiedź jest większa, niż przyjmujemy"
    if isinstance(error, Mismatch):
        return str(error)
    if isinstance(error, orjson.JSONDecodeError):
        return "odpowiedź nie jest poprawnym JSON (urwana albo innego rodzaju)"
    if isinstance(error, UnicodeDecodeError):
        return "odpowiedź ma inne kodowanie znaków, niż zapowiada"
    if isinstance(error, IgnoreRequest):
        text = str(error)
        if "redirections" in text:
            return "strona przekierowuje w kółko"
        return (
            FORBIDDEN
            if "robots.txt" in text
            else ("odpowiedź jest większa, niż przyjmujemy" if "MAXSIZE" in text else text or "strony nie pobrano")
        )
    return f"połączenie albo odczyt nie udały się ({type(error).__name__})"

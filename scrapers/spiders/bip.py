"""City competitions on BIP Kraków: boards and their feeds lead to announcements, which are read by their labels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scrapy import Request
from scrapy.http import Response

from scrapers import announcement
from scrapers.city import BIP, BOARD, announcement_numbers, announcements, board_page, document
from scrapers.shapes import feed_items
from scrapers.spider import Found, Spider

DOCUMENTS = ("97973", "165521", "221707", "229018")


class BipSpider(Spider):
    """An old announcement that leaves the board has not ended the call, so absence means nothing here."""

    name = "bip"
    dataset = "calls"
    hosts = ("www.bip.krakow.pl", "bip.krakow.pl")
    whole = False
    private = ("Osoba publikująca", "Autor")
    example = f"{BIP}/?news_id=0&metka=1"

    def begin(self) -> Iterable[Request]:
        """The board, its feed, and the documents that carry calls of their own."""
        yield board_page(self, 0, self.board)
        yield self.ask(f"{BIP}/feeds/rss/komunikatynowe/{BOARD}", self.feed)
        yield from (
            self.ask(f"{BIP}/?dok_id={number}&metka=1", meta={"handle_httpstatus_list": [404]}) for number in DOCUMENTS
        )

    def board(self, response: Response, page: int) -> Iterator[Request]:
        """One page of the board."""
        return announcements(self, response, page, self.board)

    def feed(self, response: Response) -> Iterator[Request]:
        """The newest announcements, in case the board lags behind its feed."""
        numbers = announcement_numbers(" ".join(entry.link for entry in feed_items(response)))
        self.listed(numbers)
        yield from (self.ask(f"{BIP}/?news_id={number}&metka=1") for number in numbers)

    def parse(self, response: Response) -> Iterator[Found | Request]:
        """One announcement; a page of results or of a commission is not one."""
        if response.status == 404:
            self.warn(f"dokumentu {response.url} już nie ma; usuń go z listy w czytniku")
            return
        page = document(response)
        try:
            call = announcement.parse(page.html.encode(), f"{page.kind}={page.number}")
        except ValueError as why:
            self.desk.counters["skipped"] += 1
            self.logger.info("%s: %s", response.url, why)
            return
        values = {
            "title": page.title,
            **call.values,
            "announced_on": page.published or None,
            "source_id": f"{page.kind}={page.number}",
            "url": page.address,
        }
        yield Found(f"bip-{page.number}", values, (page.address,), page.updated or page.published)

"""The two content systems of the city: BIP (`/?news_id=`, `/?dok_id=`) and the portals (`get_html.php?dok_id=`)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from parsel import Selector
from scrapy import Request
from scrapy.http import Response

from scrapers.select import Mismatch, one, words
from scrapers.shapes import metka, page_of, text_of
from scrapers.spider import Spider

BIP = "https://www.bip.krakow.pl"
BOARD = "242554"
"""Not confirmed yet: the board of calls that another public crawler follows."""
Turn = Callable[..., Iterator[Request]]
_NEWS = re.compile(r"[?&](?:amp;)?news_id=(\d+)")
_NUMBER = re.compile(r"[?&](news_id|dok_id|sub_dok_id)=(\d+)")


class Document(NamedTuple):
    """A BIP page: its number, heading, body without frame and footer, days of publication and update ("" unknown)."""

    number: str
    kind: str
    title: str
    html: str
    published: str
    updated: str

    @property
    def body(self) -> Selector:
        """The body as something to select in."""
        return Selector(text=self.html, type="html")

    @property
    def address(self) -> str:
        """The page as a person opens it, without our `metka`."""
        return f"{BIP}/?{self.kind}={self.number}"


def document(response: Response) -> Document:
    """Read a BIP page: `h1.bip` is the heading, `div.labelBox` begins the footer that names who published it."""
    found = _NUMBER.search(response.url)
    html = text_of(response)
    heading = one(page_of(response), "h1.bip")
    start = re.search(r"<h1[^>]*\bbip\b", html)
    end = re.search(r"<div[^>]*\blabelBox\b", html)
    if start is None or found is None:
        raise Mismatch("to nie jest strona dokumentu BIP (brak nagłówka albo numeru)")
    days = metka(html)
    body = html[start.start() : end.start() if end else None]
    return Document(
        found.group(2), found.group(1), words(heading), body, days.get("publikacji", ""), days.get("aktualizacji", "")
    )


def announcement_numbers(text: str) -> list[str]:
    """Numbers of the announcements that a page or an address names, in order, each once."""
    return list(dict.fromkeys(_NEWS.findall(text)))


def board_page(spider: Spider, page: int, turn: Turn) -> Request:
    """The request for one page of the board of calls; the answer goes to `turn`, a method of the spider."""
    return spider.ask(f"{BIP}/?dok_id={BOARD}&strona={page}", turn, cb_kwargs={"page": page})


def announcements(spider: Spider, response: Response, page: int, turn: Turn) -> Iterator[Request]:
    """Every announcement of a board's page, then its next page; the list ends at a page that adds none. Mismatch where
    the first page names none."""
    page_of(response)
    numbers = announcement_numbers(text_of(response))
    if not numbers and page == 0:
        raise Mismatch("tablica konkursów nie zawiera żadnego ogłoszenia")
    if spider.listed(numbers):
        yield from (spider.ask(f"{BIP}/?news_id={number}&metka=1") for number in numbers)
        yield board_page(spider, page + 1, turn)

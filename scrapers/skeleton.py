"""Writes the beginning of a spider, so that adding a source starts from something that runs."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

from scrapers.vault import replace_file

_TEXT = '''"""TITLE: what this source is, who publishes it, and what it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scrapy import Request
from scrapy.http import Response

from scrapers.select import some, text
from scrapers.shapes import page_of
from scrapers.spider import Found, Spider

START = "{url}"


class {name}Spider(Spider):
    """Say here what is not obvious about the source."""

    name = "{spider}"
    dataset = "{dataset}"
    hosts = ("{host}",)
    example = START

    def begin(self) -> Iterable[Request]:
        """The first page."""
        yield self.ask(START)

    def parse(self, response: Response) -> Iterator[Found | Request]:
        """One page: a selector says how many matches it expects, so that a changed page is noticed."""
        for entry in some(page_of(response), "article", least=1):
            yield Found("{scheme}-" + entry.attrib["id"], {{"{field}": text(entry, "h2")}})
'''


def new_spider(spider: str, url: str, dataset: str, field: str, root: Path) -> list[Path]:
    """Write `scrapers/spiders/<spider>.py` and a place for its pages. ValueError (Polish) for a name or address that
    cannot be, or a spider that exists."""
    host = urlsplit(url).hostname
    if not re.fullmatch(r"[a-z][a-z0-9_]{1,39}", spider):
        raise ValueError(f"nazwa „{spider}” ma zły zapis. Użyj małych liter, cyfr i podkreślenia, np. nowe_zrodlo.")
    if not host or not re.match(r"https?://", url) or re.search(r"[\s\"\\]", url):
        raise ValueError(f"„{url}” nie jest adresem strony. Wpisz adres zaczynający się od https://.")
    target = root / "scrapers" / "spiders" / f"{spider}.py"
    if target.exists():
        raise ValueError(f"czytnik „{spider}” już jest: {target}. Wybierz inną nazwę.")
    name = "".join(part.capitalize() for part in spider.split("_"))
    body = _TEXT.format(
        url=url, name=name, spider=spider, dataset=dataset, host=host, field=field, scheme=spider.replace("_", "-")
    )
    replace_file(target, body.encode())
    pages = root / "tests" / "pages" / spider
    pages.mkdir(parents=True, exist_ok=True)
    return [target, pages]

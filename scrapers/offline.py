"""Reads saved pages with a spider's own callbacks, without the network: for the tests and for `parse NAME FILE…`."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from scrapy import Request
from scrapy.http import Response

from scrapers.desk import Desk
from scrapers.parse import Parsed
from scrapers.pipeline import clean
from scrapers.select import Mismatch
from scrapers.spider import Found, Spider, explain
from scrapers.stamp import stamped
from spojnik.catalog import Catalog, load_catalog


class Page(NamedTuple):
    """A saved answer and what the request for it carried."""

    url: str
    body: bytes
    status: int = 200
    type: str = ""
    callback: str = "parse"
    arguments: Mapping[str, Any] = {}


def read(spider: Spider, page: Page) -> Iterator[dict[str, Any]]:
    """Lines as they go to observed/, and `{"asks": address}` for every request that the page leads to."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "body"
        file.write_bytes(page.body)
        request = Request(page.url, meta={"file": str(file)})
        answer = Response(page.url, page.status, {"Content-Type": page.type}, page.body, request=request)
        for item in getattr(spider, page.callback)(answer, **page.arguments) or ():
            if isinstance(item, Found):
                line = clean(spider.desk.dataset, stamped(item, page.url, ""), spider.desk)
                if line is not None:
                    yield line
            else:
                yield {"asks": item.url, **({"body": item.body.decode("utf-8")} if item.body else {})}


def parsers(spiders: Mapping[str, type[Spider]], datasets: Path) -> dict[str, Callable[[bytes, str], Iterator[Parsed]]]:
    """For every spider a reader of saved pages, as `parse NAME FILE…` calls it."""
    catalog = load_catalog(datasets)
    return {name: _parser(spider, catalog) for name, spider in spiders.items() if spider.dataset in catalog.datasets}


def _parser(spider: type[Spider], catalog: Catalog) -> Callable[[bytes, str], Iterator[Parsed]]:
    def parse(body: bytes, name: str) -> Iterator[Parsed]:
        desk = Desk(
            catalog.datasets[spider.dataset], date.today().isoformat(), Path("/dev/null"), spider.name, saved=True
        )
        try:
            records = [line for line in read(spider(desk), Page(address_of(spider, name), body)) if "key" in line]
        except Exception as error:
            raise Mismatch(explain(error)) from None
        if not records:
            raise Mismatch("; ".join(desk.warnings) or "na tej stronie nie ma żadnego rekordu dla Krakowa")
        notes = desk.warnings
        for record in records:
            yield Parsed(record["key"], record["values"], notes=notes)
            notes = ()

    return parse


def address_of(spider: type[Spider], name: str) -> str:
    """The address of a saved page, whose number stands in the file's name if anywhere: "226915.html"."""
    number = re.search(r"\d{3,}", name)
    if number is None:
        return spider.example
    return re.sub(r"(?<=[=/])0+(?=$|[?&])", number.group(), spider.example)

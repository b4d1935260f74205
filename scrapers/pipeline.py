"""The only way from a page to a file: lookups.yml, then the kinds of the dataset's fields, then the privacy filter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import IO, Any

from scrapy.crawler import Crawler

from scrapers.desk import Desk
from scrapers.privacy import impersonal, scrub
from scrapers.spider import Found
from spojnik.catalog import Dataset
from spojnik.kinds import PROSE, TEXT, URL, Kind
from spojnik.schema import KEY, fields
from spojnik.store import dump_line
from spojnik.values import Wrong

_EMPTY: tuple[Any, ...] = (None, "", [], {}, ())


def clean(dataset: Dataset, found: Found, desk: Desk) -> dict[str, Any] | None:
    """A line for observed/, or None when nothing of the record can be kept. What is refused is warned about.

    LookupError for a field that the dataset does not have: that is a fault of the spider, not of the page.
    """
    known = {f.name: f.kind for f in fields(dataset.model) if f.name != "key"}
    if unknown := set(found.values) - set(known):
        raise LookupError(f"{dataset.id} has no field {sorted(unknown)}")
    values = {}
    for name, kind in known.items():
        raw = _looked_up(dataset.lookups.get(name) or {}, found.values.get(name))
        if raw in _EMPTY:
            continue
        try:
            value = kind.parse(raw)
        except Wrong as wrong:
            desk.counters["dropped"] += 1
            desk.warn(f"pole {name}: „{str(raw)[:60]}” – {wrong}")
            continue
        values[name] = _scrubbed(kind, value)
    values = {name: value for name, value in values.items() if value not in _EMPTY}
    if not values:
        return None
    published = found.published
    if published[:10] > desk.today:
        desk.warn(f"strona podaje datę z przyszłości ({published}); pominięto ją")
        published = ""
    line = {
        "key": KEY.parse(found.key),
        "values": values,
        "urls": _addresses(found.urls, desk),
        "published": published,
        "sha256": found.sha256,
        "doubt": found.doubt,
    }
    return {name: value for name, value in line.items() if value not in _EMPTY}


def _addresses(urls: tuple[str, ...], desk: Desk) -> list[str]:
    """Addresses that a page may link to; a source that gives another kind is warned about."""
    good = []
    for url in urls:
        try:
            good.append(URL.parse(url))
        except Wrong as wrong:
            desk.warn(f"adres strony „{url[:60]}” – {wrong}")
    return good


def _looked_up(table: Mapping[str, Any], raw: Any) -> Any:
    """The reviewed table of dirty values, applied to a value or to each of a list; null there means "leave it out"."""
    if isinstance(raw, list | tuple):
        return [value for value in (_looked_up(table, item) for item in raw) if value not in _EMPTY]
    if isinstance(raw, str):
        raw = raw.strip()
        return table.get(raw, raw)
    return raw


def _scrubbed(kind: Kind, value: Any) -> Any:
    if kind.item is not None:
        return [_scrubbed(kind.item, item) for item in value]
    if kind.name == PROSE.name:
        return impersonal(value)
    return scrub(value) if kind.name == TEXT.name else value


@dataclass
class Clean:
    """Item pipeline: one line of the spool an observation, so that memory does not grow with the source."""

    crawler: Crawler
    out: IO[bytes] | None = field(default=None)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Clean:
        """Scrapy's way to make one."""
        return cls(crawler)

    def open_spider(self) -> None:
        """Go on where an interrupted run stopped."""
        desk = self._desk
        desk.spool.parent.mkdir(parents=True, exist_ok=True)
        self.out = desk.spool.open("ab")

    def process_item(self, item: Found) -> Found:
        """Clean and write."""
        desk = self._desk
        try:
            line = clean(desk.dataset, item, desk)
        except (LookupError, Wrong) as error:
            self.crawler.spider.problem(f"czytnik nie zgadza się ze schematem zbioru ({error})")  # type: ignore[union-attr]
            return item
        if line is not None and self.out is not None:
            self.out.write(dump_line(line))
            self.out.flush()
        return item

    def close_spider(self) -> None:
        """Everything is on disk before the run is judged."""
        if self.out is not None:
            self.out.close()

    @property
    def _desk(self) -> Desk:
        desk: Desk = self.crawler.spider.desk  # type: ignore[union-attr]
        return desk

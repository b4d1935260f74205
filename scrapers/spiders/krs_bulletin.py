"""What changed in the court register: the daily bulletin of numbers, of which only ours are read again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from scrapy import Request
from scrapy.http import Response

from scrapers.select import Mismatch
from scrapers.shapes import json_of
from scrapers.spider import Found
from scrapers.spiders import krs


class KrsBulletinSpider(krs.KrsSpider):
    """Refreshes observed/krs.jsonl for the numbers that the last days' bulletins name."""

    name = "krs_bulletin"
    dataset = "organisations"
    source = "krs"
    whole = False
    may_be_empty = True
    most_pages = 2000

    def begin(self) -> Iterable[Request]:
        """Every day since the last success, a month at most."""
        for day in self.desk.days_since(31):
            yield self.ask(f"{krs.BASE}/Biuletyn/{day}", self.bulletin)

    def bulletin(self, response: Response) -> Iterator[Found | Request]:
        """A list of numbers, repeats possible."""
        numbers = json_of(response, kind=list)
        if not all(isinstance(number, str) and re.fullmatch(r"\d{1,10}", number) for number in numbers):
            raise Mismatch("biuletyn zawiera coś innego niż numery KRS")
        for number in sorted({number.zfill(10) for number in numbers} & set(self.desk.known.seeds)):
            yield self.extract(number)

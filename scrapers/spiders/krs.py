"""National Court Register, open API: the law's word on names and seats. It has no search: we ask for numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scrapy import Request
from scrapy.http import Response

from scrapers.extract import register_values, struck_off
from scrapers.identity import settle
from scrapers.shapes import json_of
from scrapers.spider import Found, Spider

BASE = "https://api-krs.ms.gov.pl/api/krs"


class KrsSpider(Spider):
    """Current extract in the register of associations, then of entrepreneurs; the full one for who was struck off."""

    name = "krs"
    dataset = "organisations"
    hosts = ("api-krs.ms.gov.pl",)
    most_pages = 30_000
    private = ("sklad", "nazwisko", "imiona", "identyfikator", "zawarcieZmianaUmowyStatutu")
    example = f"{BASE}/OdpisAktualny/0000000000?rejestr=S&format=json"

    def begin(self) -> Iterable[Request]:
        """Every number we know or have a reason to ask about."""
        return map(self.extract, self.desk.known.seeds)

    def extract(self, number: str, register: str = "S", kind: str = "OdpisAktualny") -> Request:
        """404 is "not in this register" and 204 "struck off": answers, not failures."""
        address = f"{BASE}/{kind}/{number}?rejestr={register}&format=json"
        return self.ask(
            address, meta={"handle_httpstatus_list": [404]}, cb_kwargs={"number": number, "register": register}
        )

    def parse(self, response: Response, number: str = "", register: str = "P") -> Iterator[Found | Request]:
        """One organisation, under the key that it already has."""
        if response.status == 204:
            yield self.extract(number, register, "OdpisPelny")
        elif response.status == 404 and register == "S":
            yield self.extract(number, "P")
        elif response.status == 404:
            self.warn(f"numeru KRS {number} nie ma w żadnym rejestrze")
        else:
            odpis = json_of(response, "odpis", dict)
            full = "naglowekP" in odpis
            number, values, town = struck_off(odpis) if full else register_values(odpis, self.warn)
            match = settle(self.desk.known, number, values["name"], town)
            if match.finding:
                self.desk.findings.append(match.finding)
            key = f"krs-{number}" if self.desk.saved else match.key
            if key:
                yield Found(key, {**values, "name": self.desk.known.spelling(key, values["name"])})

"""EU Transparency Register: foreign bodies whose own words name Kraków. Being in the register is not willingness."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from scrapy import Request
from scrapy.http import Response

from scrapers.select import Mismatch
from scrapers.shapes.archives import xml_elements
from scrapers.shapes.names import KRAKOW, country_code, plain, short
from scrapers.spider import Found, Spider

DATA = "https://ec.europa.eu/transparencyregister/public/files/ODP/download/XML/latest"
DETAIL = "https://transparency-register.europa.eu/search-register-or-update/organisation-detail_en?id="


class TransparencySpider(Spider):
    """About 100 MB of XML, read as a stream. Names of persons are in other elements, which are never opened."""

    name = "transparency"
    dataset = "partners"
    hosts = ("ec.europa.eu",)
    may_be_empty = True
    private = ("legalResponsiblePerson", "euRelationsPerson", "EPAccreditedPerson")
    example = DATA

    def begin(self) -> Iterable[Request]:
        """One file."""
        yield self.ask(DATA, meta={"stream": True})

    def parse(self, response: Response) -> Iterator[Found | Request]:
        """Each entry of the register."""
        entries = 0
        for entry in xml_elements(Path(response.meta["file"]), "interestRepresentative"):
            entries += 1
            self.desk.counters["rows"] += 1
            code, name = _text(entry, "identificationCode"), _text(entry, "originalName")
            if not code or not name:
                raise Mismatch("wpis w rejestrze nie ma numeru albo nazwy")
            country = country_code(_text(entry, "headOffice/country"))
            goals = plain(f"{_text(entry, 'goals')} {_text(entry, 'interests')}")
            if country not in (None, "PL") and KRAKOW.search(goals):
                yield Found(
                    f"tr-{code.lower()}",
                    {
                        "name": plain(name),
                        "evidence": "tylko wymieniony",
                        "country": country,
                        "city": plain(_text(entry, "headOffice/city")),
                        "kind": plain(_text(entry, "registrationCategory")),
                        "evidence_on": _text(entry, "registrationDate")[:10] or None,
                        "summary": short(goals),
                        "website": _text(entry, "webSiteURL") or None,
                        "register_id": code,
                        "url": f"{DETAIL}{code}",
                    },
                    (f"{DETAIL}{code}",),
                )
        if not entries:
            raise Mismatch("rejestr nie zawiera żadnego wpisu")


def _text(entry: Any, path: str) -> str:
    """The text under a path of local names; the register's namespace is the same for all."""
    node = entry.find(".//" + "/".join(f"{{*}}{name}" for name in path.split("/")))
    return "" if node is None else (node.text or "").strip()

"""Erasmus+ project lists (CSV): foreign partners of Kraków organisations in past projects, with the year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from scrapy import Request
from scrapy.http import Response

from scrapers.select import Mismatch
from scrapers.shapes import page_of
from scrapers.shapes.archives import columns, csv_rows
from scrapers.shapes.names import KRAKOW, country_code, key_of, plain
from scrapers.spider import Found, Spider

INDEX = "https://erasmus-plus.ec.europa.eu/projects/projects-lists"
_FILE = re.compile(r"^https://ec\.europa\.eu/programmes/+erasmus-plus/project-result-content/[\w-]+/[\w.-]+\.csv$")
_ROLE = re.compile(r"^(Coordinating organisation|Partner \d+) (?:organisation )?name$")


class ErasmusSpider(Spider):
    """File names carry an id and a date that change, so they are read from the index; files are streamed to disk."""

    name = "erasmus"
    dataset = "partners"
    hosts = ("erasmus-plus.ec.europa.eu", "ec.europa.eu")
    most_pages = 60
    example = INDEX

    def begin(self) -> Iterable[Request]:
        """The index of files."""
        yield self.ask(INDEX, self.index)

    def index(self, response: Response) -> Iterator[Request]:
        """Every file of partnerships; each is read into `state` before anything is said."""
        links = sorted({link for link in page_of(response).css("a::attr(href)").getall() if _FILE.match(link)})
        if not links:
            raise Mismatch("spis list projektów nie zawiera żadnego pliku CSV")
        self.state["files"] = len(links)
        yield from (self.ask(link, meta={"stream": True}) for link in links)

    def parse(self, response: Response) -> Iterator[Found | Request]:
        """One file. A partner of several projects is one record, told once all files are read."""
        with Path(response.meta["file"]).open("rb") as stream:
            for number, row in enumerate(csv_rows(stream)):
                if not number:
                    columns(
                        row, "Project Title", "Call year", "Coordinating organisation name", "Coordinator's country"
                    )
                self.desk.counters["rows"] += 1
                self.project(row)
        self.state["files"] = self.state.get("files", 1) - 1
        if self.state["files"] <= 0:
            for key, partner in sorted(self.state.get("partners", {}).items()):
                yield Found(key, partner, (INDEX,), partner["evidence_on"])

    def project(self, row: dict[str, str]) -> None:
        """Remember the foreign members of a project that has one from Kraków."""
        members = list(_members(row))
        ours = [name for name, place, country, *_ in members if country == "PL" and KRAKOW.search(place)]
        if not ours:
            return
        partners: dict[str, dict[str, object]] = self.state.setdefault("partners", {})
        title, year = plain(row["Project Title"]), row["Call year"].strip()
        for name, _, country, kind, website in members:
            if country == "PL" or not name or country is None:
                continue
            partner = partners.setdefault(
                key_of("erasmus", name, country),
                {
                    "name": name,
                    "evidence": "współpracował z Krakowem",
                    "evidence_on": year,
                    "country": country,
                    "kind": kind,
                    "programmes": ["Erasmus+"],
                    "krakow_partner": ours[0],
                    "website": website,
                    "projects": [],
                },
            )
            partner["evidence_on"] = max(str(partner["evidence_on"]), year)
            titles = partner["projects"]
            if isinstance(titles, list) and title not in titles:
                titles.append(title)


def _members(row: dict[str, str]) -> Iterator[tuple[str, str, str | None, str, str | None]]:
    """Name, place in words, country, kind and website of the coordinator and of every partner."""
    for column in [name for name in row if _ROLE.match(name) and row[name].strip()]:
        first = column.startswith("Coordinating")
        lead, own = ("Coordinating organisation", "Coordinator's") if first else (column.rsplit(" ", 1)[0],) * 2
        own = own.removesuffix(" organisation")
        kind = row.get(f"{lead} type") or row.get(f"{own} organisation type") or ""
        place = f"{row.get(f'{own} address', '')} {row.get(f'{own} region', '')}"
        website = (row.get(f"{own} website") or "").strip()
        yield plain(row[column]), place, country_code(row.get(f"{own} country", "")), plain(kind), website or None

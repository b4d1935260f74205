"""CORDIS (Horizon Europe): foreign partners of Kraków organisations that are neither firms, schools nor institutes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from scrapy import Request
from scrapy.http import Response

from scrapers.shapes.archives import archive, columns, csv_rows, member
from scrapers.shapes.names import KRAKOW, country_code, plain
from scrapers.spider import Found, Spider

DATA = "https://cordis.europa.eu/data/cordis-HORIZONprojects-csv.zip"
OTHER = "OTH"
NEEDED = ("projectID", "organisationID", "name", "activityType", "country")


class CordisSpider(Spider):
    """Read twice, once for the projects and once for their members: both times as a stream, nothing is unpacked."""

    name = "cordis"
    dataset = "partners"
    hosts = ("cordis.europa.eu",)
    may_be_empty = True
    example = DATA

    def begin(self) -> Iterable[Request]:
        """One archive of about 37 MB."""
        yield self.ask(DATA, meta={"stream": True})

    def parse(self, response: Response) -> Iterator[Found | Request]:
        """Partners of projects in which a Kraków body of the kind "other" takes part."""
        path = Path(response.meta["file"])
        ours = {
            row["projectID"]: plain(row["name"])
            for row in _rows(path)
            if row["country"] == "PL" and row["activityType"] == OTHER and KRAKOW.search(row.get("city", ""))
        }
        partners: dict[str, dict[str, object]] = {}
        for row in _rows(path):
            self.desk.counters["rows"] += 1
            if row["projectID"] in ours and row["country"] != "PL" and row["organisationID"].isdigit():
                partner = partners.setdefault(
                    row["organisationID"],
                    {
                        "name": plain(row["name"]),
                        "evidence": "współpracował z Krakowem",
                        "pic": row["organisationID"],
                        "country": country_code(row["country"]),
                        "city": plain(row.get("city")),
                        "projects": [],
                        "programmes": ["Horyzont Europa"],
                        "krakow_partner": ours[row["projectID"]],
                        "website": row.get("organizationURL") or None,
                    },
                )
                projects = partner["projects"]
                if isinstance(projects, list) and row["projectID"] not in projects:
                    projects.append(row["projectID"])
        for pic, partner in sorted(partners.items()):
            yield Found(f"pic-{pic}", partner)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with archive(path) as zipped, member(zipped, "organization.csv") as stream:
        for number, row in enumerate(csv_rows(stream, ";")):
            if not number:
                columns(row, *NEEDED)
            yield row

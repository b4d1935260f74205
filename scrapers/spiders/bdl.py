"""Local Data Bank of Statistics Poland: measures of exclusion for the city. A free key (BDL_KEY) raises the limits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scrapy import Request
from scrapy.http import Response

from scrapers.select import Mismatch, dig
from scrapers.shapes import audit, json_of
from scrapers.spider import Found, Spider

BASE = "https://bdl.stat.gov.pl/api/v1/data/by-unit/"
GMINA, POWIAT = "011212161011", "011212161000"
VARIABLES = {
    72305: (GMINA, "ludność", "osoby", "ludność"),
    1548717: (
        GMINA,
        "korzystający z pomocy społecznej w miejscu zamieszkania na 10 tys. ludności",
        "osoby na 10 tys.",
        "pomoc społeczna",
    ),
    79214: (
        GMINA,
        "udział bezrobotnych zarejestrowanych w liczbie ludności w wieku produkcyjnym",
        "%",
        "praca i bezrobocie",
    ),
    60270: (POWIAT, "stopa bezrobocia rejestrowanego", "%", "praca i bezrobocie"),
    461691: (POWIAT, "stopa bezrobocia rejestrowanego w grudniu", "%", "praca i bezrobocie"),
    259886: (GMINA, "rodziny otrzymujące zasiłki rodzinne", "rodziny", "rodzina i dzieci"),
    259888: (GMINA, "dzieci do 17 lat, na które rodzice otrzymują zasiłek rodzinny", "osoby", "rodzina i dzieci"),
    1724774: (POWIAT, "dzieci w rodzinnej pieczy zastępczej na 1000 ludności", "osoby na 1000", "rodzina i dzieci"),
    634989: (GMINA, "udział osób w wieku 65 lat i więcej", "%", "seniorzy"),
    634067: (GMINA, "współczynnik obciążenia demograficznego osobami starszymi", "%", "seniorzy"),
    1701618: (GMINA, "osoby niepełnosprawne według spisu 2021", "osoby", "niepełnosprawność"),
    1701621: (GMINA, "osoby niepełnosprawne prawnie według spisu 2021", "osoby", "niepełnosprawność"),
    288095: (
        GMINA,
        "fundacje, stowarzyszenia i organizacje społeczne na 10 tys. mieszkańców",
        "na 10 tys.",
        "organizacje pozarządowe",
    ),
    1365239: (GMINA, "saldo migracji na 1000 ludności", "na 1000", "ludność"),
    450551: (GMINA, "przyrost naturalny na 1000 ludności", "na 1000", "ludność"),
}
DOUBTFUL = {60270: "Poziom i opis tej zmiennej różni się między opracowaniami; trzeba go potwierdzić w BDL."}
CONFIRMED = 1


class BdlSpider(Spider):
    """Two requests: a page of ten is the default, and variables beyond it vanish, so the size is given."""

    name = "bdl"
    dataset = "indicators"
    hosts = ("bdl.stat.gov.pl",)
    secrets = ("BDL_KEY",)
    example = f"{BASE}{GMINA}"

    def begin(self) -> Iterable[Request]:
        """One request a level of unit."""
        key = self.desk.environ.get("BDL_KEY", "")
        headers = {"X-ClientId": key} if key else {}
        for unit in (GMINA, POWIAT):
            wanted = "".join(f"var-id={number}&" for number, told in VARIABLES.items() if told[0] == unit)
            yield self.ask(f"{BASE}{unit}?{wanted}format=json&lang=pl&page-size=100", headers=headers)

    def parse(self, response: Response) -> Iterator[Found | Request]:
        """All years of each variable for one unit."""
        unit, results = json_of(response, "unitId", str), json_of(response, "results", list)
        total = json_of(response, "totalRecords", int)
        if len({dig(item, "id") for item in results}) < total or unit not in (GMINA, POWIAT):
            raise Mismatch(f"BDL zapowiada {total} zmiennych, a podaje {len(results)}, albo podaje inną jednostkę")
        for item in results:
            audit(item, ("id", "measureUnitId", "lastUpdate", "values"), self.warn, "zmiennej")
            number = dig(item, "id", int)
            if number not in VARIABLES:
                self.warn(f"BDL podaje zmienną {number}, o którą nie pytano")
                continue
            _, title, measure, topic = VARIABLES[number]
            for value in dig(item, "values", list):
                year = str(dig(value, "year"))
                code = value.get("attrId", CONFIRMED)
                address = f"{BASE}{unit}?var-id={number}&year={year}&format=json"
                yield Found(
                    f"bdl-{number}-{year}",
                    {
                        "title": f"{title}, Kraków, {year}",
                        "indicator": title,
                        "topic": topic,
                        "scope": "Kraków",
                        "year": int(year) if year.isdigit() else None,
                        "value": dig(value, "val"),
                        "unit": measure,
                        "period": None if code == CONFIRMED else f"wartość z zastrzeżeniem (kod {code} w BDL)",
                        "publisher": "GUS, Bank Danych Lokalnych",
                        "variable_id": str(number),
                        "url": address,
                    },
                    (address,),
                    doubt=DOUBTFUL.get(number, ""),
                )

"""A catalogue of N synthetic organisations: Polish names and texts, about 1 kB a record, always the same for one N.

Nothing in it is real: names are drawn from word lists, numbers are counted up, addresses lie under example.org. The
vocabulary is inflected and has a long tail (Zipf), because search engines behave differently on uniform words.
"""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import orjson

from spojnik.places import DISTRICTS

SEED = 20261122
FORMS = ("Fundacja", "Stowarzyszenie", "Towarzystwo", "Klub", "Spółdzielnia Socjalna", "Federacja", "Koło", "Związek")
QUALITIES = (
    "Pomocna",
    "Otwarta",
    "Wspólna",
    "Dobra",
    "Zielona",
    "Nowa",
    "Młoda",
    "Jasna",
    "Bliska",
    "Mądra",
    "Cicha",
    "Śmiała",
    "Życzliwa",
    "Złota",
    "Leśna",
    "Miejska",
    "Sąsiedzka",
    "Wolna",
    "Ciepła",
    "Łagodna",
)
THINGS = (
    "Dłoń",
    "Świetlica",
    "Przystań",
    "Ścieżka",
    "Iskra",
    "Nadzieja",
    "Wyspa",
    "Brama",
    "Łąka",
    "Pracownia",
    "Kładka",
    "Źródło",
    "Kuźnia",
    "Latarnia",
    "Ostoja",
    "Skrzydła",
    "Droga",
    "Jutrzenka",
    "Wspólnota",
    "Poręcz",
)
GROUPS = (
    "dzieci i młodzież",
    "seniorzy",
    "osoby z niepełnosprawnościami",
    "rodziny",
    "osoby w kryzysie bezdomności",
    "cudzoziemcy",
    "bezrobotni",
    "samotni rodzice",
    "osoby uzależnione",
    "więźniowie i byli więźniowie",
)
TOPICS = (
    "edukacja",
    "kultura",
    "sport",
    "zdrowie",
    "pomoc społeczna",
    "ekologia",
    "prawo",
    "mieszkania",
    "praca",
    "wolontariat",
    "zwierzęta",
    "turystyka",
    "nauka",
    "historia",
    "muzyka",
)
CITIES = (
    "Kraków",
    "Łódź",
    "Wrocław",
    "Poznań",
    "Gdańsk",
    "Szczecin",
    "Lublin",
    "Białystok",
    "Rzeszów",
    "Zielona Góra",
    "Kielce",
    "Opole",
    "Częstochowa",
    "Żywiec",
    "Nowy Sącz",
    "Świdnica",
    "Ostrołęka",
    "Płock",
    "Słupsk",
    "Chełm",
)
VERBS = ("prowadzi", "organizuje", "wspiera", "finansuje", "tworzy", "rozwija", "promuje", "koordynuje")
OBJECTS = (
    "świetlicę dla młodzieży",
    "warsztaty dla seniorów",
    "jadłodajnię dla osób bezdomnych",
    "mieszkania chronione",
    "bezpłatne porady prawne",
    "zajęcia sportowe dla dzieci",
    "bibliotekę sąsiedzką",
    "ogród społeczny",
    "telefon zaufania",
    "punkt wydawania żywności",
    "kursy języka polskiego",
    "pomoc psychologiczną",
    "spotkania dla samotnych matek",
    "wolontariat w szpitalach",
    "kawiarenkę naprawczą",
    "rehabilitację ruchową",
)
PLACES = (
    "w dzielnicy",
    "przy parafii",
    "w domu kultury",
    "w szkole",
    "na osiedlu",
    "w centrum miasta",
    "w świetlicy",
    "w bibliotece",
    "w urzędzie",
    "przy fabryce",
)
SYLLABLES = (
    "ba",
    "bro",
    "ce",
    "cho",
    "czy",
    "dę",
    "do",
    "fa",
    "gło",
    "go",
    "jar",
    "ka",
    "kie",
    "ko",
    "le",
    "łu",
    "ma",
    "mie",
    "mo",
    "na",
    "nia",
    "nów",
    "pa",
    "pie",
    "ra",
    "ro",
    "rze",
    "sa",
    "sie",
    "sta",
    "szo",
    "ta",
    "to",
    "wa",
    "wie",
    "wło",
    "za",
    "zie",
    "żar",
    "żo",
)
SCHEMA = '''"""Synthetic organisations for measuring."""

from typing import Annotated

from spojnik.kinds import Day, District, Email, Krs, Money, Phone, PostalCode, Prose, Text, Texts, Url, Year, choice
from spojnik.schema import F, Record

Form = Annotated[str, choice("form", "forma prawna", {forms})]


class Organisation(Record):
    """One synthetic organisation."""

    name: Annotated[Text, F("Nazwa", search=9)]
    legal_form: Annotated[Form | None, F("Forma prawna", facet=True)] = None
    krs: Annotated[Krs | None, F("Numer KRS")] = None
    topics: Annotated[Texts | None, F("Dziedziny", facet=True, search=5)] = None
    groups: Annotated[Texts | None, F("Dla kogo", facet=True, search=5)] = None
    city: Annotated[Text | None, F("Miejscowość", facet=True, search=4)] = None
    district: Annotated[District | None, F("Dzielnica")] = None
    street: Annotated[Text | None, F("Ulica i numer", search=2)] = None
    postal_code: Annotated[PostalCode | None, F("Kod pocztowy")] = None
    phone: Annotated[Phone | None, F("Telefon")] = None
    email: Annotated[Email | None, F("E-mail")] = None
    website: Annotated[Url | None, F("Strona")] = None
    founded_year: Annotated[Year | None, F("Rok założenia")] = None
    registered_on: Annotated[Day | None, F("Data wpisu")] = None
    budget: Annotated[Money | None, F("Roczny budżet")] = None
    description: Annotated[Prose | None, F("Opis", search=3)] = None
'''
SPEC = """id: "organisations"
slug: "organizacje"
title: "Organizacje"
one: "organizacja"
few: "organizacje"
many: "organizacji"
description: "Zmyślone organizacje do pomiarów."
order: 1
name: "name"
line: ["topics", "city"]
summary: "description"
facts: ["krs", "legal_form", "phone", "email", "city", "street"]
schema_type: "NGO"
sources:
  - {id: "desk", title: "Generator", publisher: "bench", rank: 10, cadence: "once"}
  - {id: "manual", title: "Poprawki", publisher: "Ludzie", rank: 60, cadence: "people"}
bounds: {least: 1, most: 10000000}
"""
SITE = 'name: "Pomiar"\ncity: "Kraków"\nbase_url: "https://example.org/"\nlocales: ["pl"]\n'


def make(count: int, folder: Path) -> Path:
    """Write a catalogue of `count` records under `folder`; returns its `datasets`."""
    rng = random.Random(SEED)
    datasets = folder / "datasets"
    shutil.rmtree(datasets, ignore_errors=True)
    target = datasets / "organisations"
    (target / "observed").mkdir(parents=True)
    (target / "schema.py").write_text(SCHEMA.replace("{forms}", repr(FORMS)), "utf-8")
    (target / "dataset.yml").write_text(SPEC, "utf-8")
    (folder / "site.yml").write_text(SITE, "utf-8")
    tail = ["".join(rng.choices(SYLLABLES, k=rng.randint(2, 4))) for _ in range(20_000)]
    weights = [1 / (place + 1) for place in range(len(tail))]
    rare = rng.choices(tail, weights, k=max(count * 6, 1))
    with (target / "observed" / "desk.jsonl").open("wb") as stream:
        for number in range(1, count + 1):
            stream.write(
                orjson.dumps(_row(number, rng, rare[(number - 1) * 6 : number * 6]), option=orjson.OPT_APPEND_NEWLINE)
            )
    return datasets


def _row(number: int, rng: random.Random, rare: list[str]) -> dict[str, object]:
    krs = f"{number:010d}"
    form = rng.choice(FORMS)
    name = f"{form} „{rng.choice(QUALITIES)} {rng.choice(THINGS)} {rare[0].capitalize()}” nr {number}"
    sentences = [
        f"{form} {rng.choice(VERBS)} {rng.choice(OBJECTS)} {rng.choice(PLACES)} {word.capitalize()}." for word in rare
    ]
    values = {
        "name": name,
        "legal_form": form,
        "krs": krs,
        "topics": rng.sample(TOPICS, 2),
        "groups": rng.sample(GROUPS, 2),
        "city": rng.choice(CITIES),
        "district": rng.choice(DISTRICTS),
        "street": f"ul. {rare[1].capitalize()}a {number % 200 + 1}",
        "postal_code": f"3{number % 2}-{number % 1000:03d}",
        "phone": f"+48 12 {100 + number % 900} {number % 89 + 10} {number % 97 + 2:02d}",
        "email": f"biuro{number}@example.org",
        "website": f"https://example.org/{krs}/",
        "founded_year": 1985 + number % 40,
        "registered_on": f"{2001 + number % 25}-{number % 12 + 1:02d}-{number % 28 + 1:02d}",
        "budget": number % 1000 * 1000,
        "description": " ".join(sentences),
    }
    return {
        "key": f"krs-{krs}",
        "values": values,
        "urls": [f"https://example.org/rejestr/{krs}"],
        "seen_on": "2026-11-20",
        "published": "2026-11",
        "since": "2026-11-20",
        "changed": "2026-11-20",
    }

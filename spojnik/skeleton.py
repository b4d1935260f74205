"""First versions of files that people fill in: a dataset and a record, every field explained where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from spojnik.canon import form_of
from spojnik.catalog import Dataset
from spojnik.corrections.file import Correction, path
from spojnik.finding import Finding, Level, Stopped
from spojnik.kinds import Wrong
from spojnik.observed import WHO
from spojnik.schema import KEY, Field, fields
from spojnik.store import dump_yaml

_SPEC = """\
# Wszystko o zbiorze poza jego polami. Same pola opisuje schema.py, prozę about.md.

# Nazwa zbioru w kodzie i nazwa folderu: małe litery, cyfry i podkreślenia.
id: {id}
# Nazwa zbioru w adresach stron; obietnica dla zakładek i odnośników, więc wybierz ją raz.
slug: {slug}
title: "{title}"
# Formy po liczbie: 1 miejsce, 2 miejsca, 5 miejsc.
one: wpis
few: wpisy
many: wpisów
# Jedno zdanie na stronę główną i stronę danych.
description: "Napisz tu jednym zdaniem, co jest w tym zbiorze."
# Kolejność w menu, od 1.
order: 50
# Pole, które jest nazwą wpisu.
name: name
# Pola, które decydują: widać je w wierszu listy (najwyżej dwa).
line: []
# Pole z opisem w wynikach wyszukiwania; puste, jeśli go nie ma.
summary: ""
# Pola na stronie wpisu, zawsze w tej kolejności, także gdy ich nie znamy.
facts: []
# Oś czasu: pola z datami i słowo na każdą, np. - field: deadline, label: termin.
timeline: []
# Pole, po którym układa się lista; minus z przodu odwraca kolejność.
sort: name
# Czy wpis obowiązuje dziś. Usuń krzyżyki, jeśli wpisy mają terminy.
# status:
#   opens: ""           # pole z datą początku
#   closes: ""          # pole z terminem zgłoszeń
#   ends: ""            # pole z datą końca
#   stated: ""          # pole ze słowem źródła o stanie
#   final: {{}}           # słowo źródła: decided albo cancelled; wygrywa z datami
#   renew_days: 0       # po tylu dniach bez potwierdzenia „do potwierdzenia”
#   archival: false     # true: bez daty niczego nie pokazujemy jako aktualne
# Skąd są wartości. Wyższy rank wygrywa, gdy źródła się różnią. cadence: once, daily, weekly, monthly, yearly, people.
sources:
  - id: manual
    title: "Poprawki od ludzi"
    publisher: "Organizacje, urzędy i czytelnicy"
    url: ""
    licence: "CC0 1.0"
    licence_url: "https://creativecommons.org/publicdomain/zero/1.0/deed.pl"
    terms: ""
    rank: 60
    cadence: people
    # Nazwa pająka z scrapers/spiders, jeśli źródło zbiera maszyna.
    spider: ""
    note: "Każda poprawka wskazuje stronę albo pismo, które ją potwierdza."
# Rozsądna wielkość i wypełnienie. Zbieranie, które z nich wypada, nie zostanie zapisane.
bounds:
  least: 0
  most: 1000
  # Jaka część wpisów ma mieć pole, np. phone: 0.5.
  fill: {{}}
  # O jaką część zbiór może się zmniejszyć za jednym razem.
  drop: 0.2
  # Po ilu pełnych zbieraniach bez wpisu uznajemy, że zniknął z listy.
  gone_after: 3
# Co napisać, gdy lista jest pusta: dlaczego i kogo zapytać.
empty: "Nie ma tu jeszcze żadnego wpisu. Możesz dodać pierwszy."
# Typ w schema.org, np. NGO; puste, jeśli żaden nie pasuje.
schema_type: ""
# Pole odnośnika → pole z nazwą, tak jak pisze ją źródło; gdy znamy samą nazwę, reguła przypomni o dopasowaniu.
names: {{}}
# Pola z numerowanymi liniami, które należą do siebie (pytanie 1 i odpowiedź 1).
threads: []
# Temat w katalogach danych (słownik Unii Europejskiej): SOCI, GOVE, ECON, EDUC, HEAL…
theme: SOCI
# Jak często zbiór się zmienia: daily, weekly, monthly, yearly, irregular.
update: irregular
# Czy pokazać go w menu i na stronie głównej.
landing: true
"""
_SCHEMA = '''"""What a record of this dataset is. Order of fields is order everywhere: columns, pages, forms."""

from __future__ import annotations

from typing import Annotated

from spojnik.kinds import Phone, Text, Url
from spojnik.schema import F, Record


class Item(Record):
    """One record. F says everything about a field: label, help, example, facet, search, owner, form, maps."""

    name: Annotated[Text, F("Nazwa", "Tak nazywa się wpis na liście i na swojej stronie.", search=9)]
    phone: Annotated[Phone | None, F("Telefon", "Numer biura, nie prywatny.")] = None
    website: Annotated[Url | None, F("Strona internetowa")] = None
'''
_ABOUT = "Napisz tu kilka zdań: co jest w tym zbiorze, czego w nim nie ma i komu się przyda.\n"


def new_dataset(root: Path, name: str) -> tuple[Path, ...]:
    """Write a folder that builds at once. Raises Stopped for a name that is none or that is taken."""
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise Stopped((_wrong(name, "to nie jest nazwa zbioru", "Wpisz małe litery i cyfry, np. lokale."),))
    folder = root / name
    if folder.exists():
        raise Stopped((_wrong(str(folder), "taki folder już jest", "Wybierz inną nazwę."),))
    slug = name.replace("_", "-")
    files = {
        "dataset.yml": _SPEC.format(id=name, slug=slug, title=name.replace("_", " ").capitalize()),
        "schema.py": _SCHEMA,
        "about.md": _ABOUT,
        "lookups.yml": "{}\n",
        "same.yml": "{}\n",
        "history.jsonl": "",
    }
    (folder / "observed").mkdir(parents=True)
    for each, text in files.items():
        (folder / each).write_text(text, "utf-8")
    (folder / "dataset.yml").write_bytes(form_of(folder / "dataset.yml").after)
    return tuple(folder / each for each in files)


def new_record(root: Path, dataset: Dataset, key: str, today: str) -> Path:
    """Write a record to fill in under its key. Raises Stopped for a key that is none."""
    try:
        correction = Correction(KEY.parse(key), today, "redakcja", "")
    except Wrong as why:
        raise Stopped((_wrong(key, str(why), ""),)) from None
    target = root / path(dataset, correction)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(record_text(dataset, key, today), "utf-8")
    return target


def record_text(dataset: Dataset, key: str, today: str) -> str:
    """A new record's file with every field that people may fill in, each with its help and an example."""
    head = [
        f"# Nowy wpis w zbiorze „{dataset.spec.title}”. Wypełnij, co wiesz. Z linii, które chcesz użyć, usuń krzyżyk",
        "# i spację. Czego nie wiesz, to usuń: brak wpisu znaczy „nie wiemy”.",
        *dump_yaml({"key": key, "on": today}).splitlines(),
        f"# Kto to mówi: {', '.join(WHO)}.",
        "by: redakcja",
        "# Strona, na której to widać; redakcja może wpisać pismo.",
        'proof: ""',
        "values:",
    ]
    body = [line for field in fields(dataset.model) if field.f.form for line in _field(field)]
    tail = ["# Do kiedy to obowiązuje, jeśli wymaga odnowienia:", f'# until: "{today}"', '# note: ""']
    return "\n".join((*head, *body, *tail)) + "\n"


def _field(field: Field) -> Iterator[str]:
    wanted = " (wymagane)" if field.required else ""
    example = f" Np. {field.example}." if field.example else ""
    said = f"{field.label}{wanted}. {field.f.help}{example}"
    yield f"  # {' '.join(said.split())}"
    options = (field.kind.item or field.kind).options
    if options and len(options) <= 30:
        yield f"  #   do wyboru: {', '.join(options)}"
    if field.required:
        yield f'  {field.name}: ""'
        return
    sample = [field.example] if field.kind.item else field.example
    yield from (f"  # {line}" for line in dump_yaml({field.name: sample}).splitlines())


def _wrong(place: str, why: str, todo: str) -> Finding:
    return Finding("new", Level.STOP, "", "", "", None, place, "redakcja", why, todo)

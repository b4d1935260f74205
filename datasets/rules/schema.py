"""An act, a rule, a model document or a study that guides and records refer to."""

from __future__ import annotations

from typing import Annotated

from spojnik.kinds import Day, District, Flag, Moment, Prose, Text, Url, When, choice
from spojnik.schema import F, Record

KIND = choice(
    "rule_kind", "rodzaj", ("zasada", "przepis krajowy", "wzór", "program regionalny", "badanie", "publikacja")
)
TOPIC = choice("rule_topic", "temat", ("lokale", "sale", "dialog i konsultacje", "klauzule społeczne", "trzeci sektor"))


class Rule(Record):
    """Says what the page said on the day it was seen; whether it still binds must be checked at the publisher."""

    title: Annotated[Text, F("Tytuł", "Nazwa aktu, a gdy jej nie ma, jego treść w jednym zdaniu.", search=9)]
    kind: Annotated[Annotated[str, KIND] | None, F("Rodzaj", "", facet=True)] = None
    topic: Annotated[Annotated[str, TOPIC] | None, F("Temat", "", facet=True)] = None
    issuer: Annotated[Text | None, F("Kto wydał albo prowadzi", "", facet=True, search=3)] = None
    act_number: Annotated[Text | None, F("Numer aktu", "", search=5)] = None
    act_date: Annotated[Day | None, F("Data aktu", "")] = None
    since: Annotated[When | None, F("Od", "Od kiedy obowiązuje albo kiedy powstało.")] = None
    until: Annotated[When | None, F("Do", "Do kiedy obowiązuje.")] = None
    summary: Annotated[Prose | None, F("Treść", "Najważniejsze słowami prostymi.", search=3)] = None
    procedure: Annotated[Text | None, F("Tryb", "Jaką drogą załatwia się sprawę.", search=2)] = None
    for_ngo: Annotated[Flag | None, F("Dotyczy organizacji", "Brak wpisu znaczy „nie wiemy”.", facet=True)] = None
    purpose_limits: Annotated[Prose | None, F("Ograniczenia", "Na jaki cel.", search=1)] = None
    terms: Annotated[Prose | None, F("Pieniądze i warunki", "Stawki, ulgi, dotacje.", search=1)] = None
    clause_kind: Annotated[Text | None, F("Jaka klauzula", "Rodzaj klauzuli społecznej.", search=2)] = None
    deadline: Annotated[Moment | None, F("Termin", "Termin zgłoszeń, jeśli był.")] = None
    place: Annotated[Text | None, F("Miejsce", "Którego miejsca dotyczy.")] = None
    district: Annotated[District | None, F("Dzielnica", "")] = None
    url: Annotated[Url | None, F("Strona źródłowa", "")] = None

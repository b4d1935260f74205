"""A consultation or a programme that the city makes with residents: when, how to take part, what came of it."""

from __future__ import annotations

from typing import Annotated

from spojnik.kinds import Day, Prose, Text, Texts, Url, When, choice
from spojnik.schema import F, Record

KIND = choice("consultation_kind", "rodzaj", ("konsultacje", "program roczny", "program wieloletni"))


class Consultation(Record):
    """Said, answered, done: three lists that can be filled as the matter goes on."""

    title: Annotated[Text, F("Tytuł", "Czego dotyczą konsultacje albo program.", search=9, maps=("schema:name",))]
    kind: Annotated[Annotated[str, KIND] | None, F("Rodzaj", "Konsultacje albo program współpracy.", facet=True)] = None
    topics: Annotated[Texts | None, F("Temat", "Czego dotyczy (nasz podział).", "lokale", facet=True, search=4)] = None
    unit: Annotated[Text | None, F("Kto prowadzi", "Wydział albo jednostka.", facet=True, search=3)] = None
    opens_on: Annotated[When | None, F("Początek", "Od kiedy można zabrać głos.", maps=("schema:startDate",))] = None
    closes_on: Annotated[When | None, F("Koniec", "Do kiedy można zabrać głos.", maps=("schema:endDate",))] = None
    how: Annotated[Prose | None, F("Jak wziąć udział", "Spotkanie, formularz, list.")] = None
    years: Annotated[Text | None, F("Lata", "Lata, których dotyczy program.", "2019–2022")] = None
    act_number: Annotated[Text | None, F("Numer aktu", "Uchwała albo zarządzenie.", search=3)] = None
    act_date: Annotated[Day | None, F("Data aktu", "")] = None
    summary: Annotated[Prose | None, F("Opis", "", search=3, maps=("schema:description",))] = None
    said: Annotated[Texts | None, F("Co powiedziano", "Uwagi mieszkańców i organizacji.", search=1)] = None
    answered: Annotated[Texts | None, F("Co odpowiedziano", "Odpowiedzi miasta na uwagi.")] = None
    done: Annotated[Texts | None, F("Co zrobiono", "Co się naprawdę zmieniło.")] = None
    report_url: Annotated[Url | None, F("Raport", "Strona z podsumowaniem.")] = None
    url: Annotated[Url | None, F("Strona źródłowa", "", maps=("schema:url",))] = None

"""A body of dialogue between the city and its organisations: what it is for, its acts, meetings and decisions."""

from __future__ import annotations

from typing import Annotated

from spojnik.kinds import Day, Prose, Text, Texts, Url, When, choice
from spojnik.schema import F, Record

KIND = choice(
    "body_kind",
    "rodzaj ciała",
    {
        "KDO": "komisja dialogu obywatelskiego",
        "KRDPP": "rada działalności pożytku publicznego",
        "ciało dialogu": "inne ciało dialogu",
    },
)


class Body(Record):
    """Names of members are personal data and stay out; meetings and decisions are what matters."""

    name: Annotated[Text, F("Nazwa", "", search=9, maps=("schema:name",))]
    kind: Annotated[Annotated[str, KIND] | None, F("Rodzaj", "", facet=True)] = None
    topic: Annotated[Text | None, F("Czym się zajmuje", "", "zdrowie", facet=True, search=5)] = None
    department: Annotated[Text | None, F("Wydział", "Kto ją obsługuje w urzędzie.", search=2)] = None
    term: Annotated[Text | None, F("Kadencja", "Lata kadencji.", "2019–2022")] = None
    since: Annotated[When | None, F("Od", "Od kiedy działa albo trwa kadencja.")] = None
    until: Annotated[When | None, F("Do", "Do kiedy.")] = None
    join_until: Annotated[Day | None, F("Zgłoszenia do", "Do kiedy można się zgłosić.")] = None
    act_number: Annotated[Text | None, F("Numer aktu", "Akt, który ją powołał.", search=2)] = None
    act_date: Annotated[Day | None, F("Data aktu", "")] = None
    summary: Annotated[Prose | None, F("Opis", "", search=3, maps=("schema:description",))] = None
    meetings: Annotated[
        Texts | None,
        F("Posiedzenia", "Każde w osobnej linii: data i temat.", "2026-03-12: lokale dla organizacji", search=1),
    ] = None
    decisions: Annotated[Texts | None, F("Ustalenia", "Każde w osobnej linii: data i treść.", search=1)] = None
    outcomes: Annotated[Texts | None, F("Co z tego wyszło", "Co się stało z ustaleniami.")] = None
    url: Annotated[Url | None, F("Strona źródłowa", "", maps=("schema:url",))] = None

"""A public order or a task delegated to organisations, and whether a social clause was seen in it."""

from __future__ import annotations

from typing import Annotated

from spojnik.kinds import Day, Flag, Moment, Money, Prose, Text, Texts, Url, choice, ref
from spojnik.schema import F, Record

KIND = choice(
    "procurement_kind",
    "rodzaj",
    {
        "ogłoszenie": "ogłoszenie o zamówieniu",
        "powierzenie": "zadanie powierzone organizacjom",
        "wynik": "wynik postępowania",
    },
)


class Order(Record):
    """No word on a social clause means that the clause was not visible, not that there is none."""

    title: Annotated[Text, F("Przedmiot", "Co się zamawia.", search=9, maps=("ocds:tender.title",))]
    kind: Annotated[Annotated[str, KIND] | None, F("Rodzaj", "", facet=True)] = None
    buyer: Annotated[Text | None, F("Zamawiający", "", facet=True, search=5, maps=("ocds:buyer.name",))] = None
    social_clause: Annotated[
        Flag | None,
        F(
            "Klauzula społeczna",
            "Czy w ogłoszeniu widać klauzulę społeczną. Brak wpisu znaczy „nie było widać”.",
            facet=True,
        ),
    ] = None
    clause_kind: Annotated[
        Text | None, F("Jaka klauzula", "Rodzaj klauzuli albo powód, dla którego jej nie znamy.", search=3)
    ] = None
    value_pln: Annotated[Money | None, F("Wartość", "", maps=("ocds:tender.value.amount",))] = None
    published_on: Annotated[Day | None, F("Ogłoszono", "", maps=("ocds:date",))] = None
    deadline: Annotated[Moment | None, F("Oferty do", "", maps=("ocds:tender.tenderPeriod.endDate",))] = None
    notice_number: Annotated[
        Text | None, F("Numer ogłoszenia", "", "2023/BZP 00183061", search=5, maps=("ocds:tender.id",))
    ] = None
    cpv: Annotated[
        Texts | None,
        F(
            "Kody CPV",
            "Co to za towar albo usługa według unijnej listy.",
            search=2,
            maps=("ocds:tender.classification",),
        ),
    ] = None
    call: Annotated[
        Annotated[str, ref("calls")] | None, F("Konkurs w spisie", "Wpis konkursu, jeśli zadanie zlecono w konkursie.")
    ] = None
    summary: Annotated[Prose | None, F("Opis", "", search=3, maps=("ocds:tender.description",))] = None
    url: Annotated[Url | None, F("Strona ogłoszenia", "")] = None

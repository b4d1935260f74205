"""An offer of work, volunteering or a placement in an organisation, or a need for one; every one expires."""

from __future__ import annotations

from typing import Annotated

from spojnik.kinds import Day, Flag, Money, Prose, Text, Url, choice, ref
from spojnik.schema import F, Record

DIRECTION = choice(
    "direction",
    "oferta czy potrzeba",
    {"oferta": "oferta: organizacja ma miejsce", "potrzeba": "potrzeba: ktoś szuka miejsca"},
)
KIND = choice(
    "job_kind",
    "rodzaj",
    {
        "praca": "praca płatna",
        "wolontariat": "wolontariat",
        "staż": "staż albo praktyka",
        "prace społecznie użyteczne": "prace społecznie użyteczne",
        "praca zasądzona": "nieodpłatna praca orzeczona przez sąd",
    },
)


class Job(Record):
    """Court-ordered unpaid work is a different legal thing than community-service placements: a kind of its own."""

    title: Annotated[Text, F("Tytuł", "Co jest do zrobienia.", search=9, maps=("schema:title",))]
    direction: Annotated[
        Annotated[str, DIRECTION],
        F(
            "Oferta czy potrzeba",
            "Czy organizacja ma miejsce, czy ktoś miejsca szuka.",
            facet=True,
            maps=("schema-type:potrzeba=Demand",),
        ),
    ]
    kind: Annotated[
        Annotated[str, KIND] | None,
        F("Rodzaj", "Praca, wolontariat, staż albo prace społeczne.", facet=True, maps=("schema:employmentType",)),
    ] = None
    organisation: Annotated[
        Annotated[str, ref("organisations")] | None,
        F("Organizacja w spisie", "Wpis organizacji, jeśli mamy ją w spisie."),
    ] = None
    organisation_name: Annotated[
        Text | None,
        F("Kto ogłasza", "Nazwa tak, jak w ogłoszeniu.", search=5, maps=("schema:hiringOrganization.name",)),
    ] = None
    place: Annotated[
        Text | None, F("Miejsce", "", "Kraków", facet=True, search=2, maps=("schema:jobLocation.address",))
    ] = None
    remote: Annotated[
        Flag | None,
        F(
            "Zdalnie",
            "Czy można działać z domu. Brak wpisu nie znaczy „nie”.",
            facet=True,
            maps=("schema:jobLocationType",),
        ),
    ] = None
    pay_from: Annotated[Money | None, F("Wynagrodzenie od", "W złotych.", maps=("schema:baseSalary.minValue",))] = None
    pay_to: Annotated[Money | None, F("Wynagrodzenie do", "W złotych.", maps=("schema:baseSalary.maxValue",))] = None
    pay_unit: Annotated[Text | None, F("Za co ta kwota", "Za miesiąc, za godzinę, za cały staż.", "zł za miesiąc")] = (
        None
    )
    hours: Annotated[
        Text | None, F("Czas", "Ile godzin, w jakie dni albo jak długo.", "raz w tygodniu", maps=("schema:workHours",))
    ] = None
    skills: Annotated[Text | None, F("Wymagania", "Co trzeba umieć albo mieć.", search=2, maps=("schema:skills",))] = (
        None
    )
    summary: Annotated[Prose | None, F("Opis", "Na czym to polega.", search=4, maps=("schema:description",))] = None
    posted_on: Annotated[Day | None, F("Ogłoszono", "", maps=("schema:datePosted",))] = None
    deadline: Annotated[Day | None, F("Zgłoszenia do", "Do kiedy można się zgłosić.")] = None
    expires_on: Annotated[
        Day | None,
        F(
            "Wygasa",
            "Po tym dniu ogłoszenie znika z listy aktualnych. Najwyżej 60 dni od ogłoszenia.",
            maps=("schema:validThrough",),
        ),
    ] = None
    stated: Annotated[
        Text | None, F("Stan według źródła", "Co o aktualności mówi strona albo nasza kwerenda.", form=False)
    ] = None
    url: Annotated[Url | None, F("Strona ogłoszenia", "Tu jest pełna treść i kontakt.", maps=("schema:url",))] = None

"""Who got which public task: the joint of calls and organisations. Shape after the 360Giving standard."""

from __future__ import annotations

from typing import Annotated

from spojnik.kinds import Day, Money, MoneyByYear, Text, Texts, Url, ref
from spojnik.schema import F, Record


class Award(Record):
    """One grant to one organisation for one task."""

    title: Annotated[
        Text, F("Zadanie", "Nazwa zadania, na które przyznano pieniądze.", search=9, maps=("360giving:title",))
    ]
    call: Annotated[
        Annotated[str, ref("calls")] | None,
        F("Konkurs", "Konkurs, w którym przyznano pieniądze.", maps=("360giving:grantProgramme",)),
    ] = None
    funder: Annotated[
        Text | None, F("Kto dał", "", facet=True, search=4, maps=("360giving:fundingOrganization.name",))
    ] = None
    organisation: Annotated[
        Annotated[str, ref("organisations")] | None,
        F("Organizacja w spisie", "Wpis organizacji, która dostała pieniądze."),
    ] = None
    organisation_name: Annotated[
        Text | None,
        F("Kto dostał", "Nazwa tak, jak w rozstrzygnięciu.", search=6, maps=("360giving:recipientOrganization.name",)),
    ] = None
    amount: Annotated[Money | None, F("Kwota", "Ile przyznano, w złotych.", maps=("360giving:amountAwarded",))] = None
    amount_by_year: Annotated[MoneyByYear | None, F("Kwota w latach", "")] = None
    awarded_on: Annotated[Day | None, F("Rozstrzygnięto", "", maps=("360giving:awardDate",))] = None
    task_from: Annotated[Day | None, F("Zadanie od", "", maps=("360giving:plannedDates.startDate",))] = None
    task_to: Annotated[Day | None, F("Zadanie do", "", maps=("360giving:plannedDates.endDate",))] = None
    partners: Annotated[Texts | None, F("Partnerzy", "Z kim organizacja prowadzi zadanie.", search=3)] = None
    url: Annotated[Url | None, F("Strona rozstrzygnięcia", "", maps=("360giving:dataSource",))] = None

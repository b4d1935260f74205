"""Made-up calls: what a deadline does to a page."""

from typing import Annotated

from spojnik.kinds import Day, Moment, Money, MoneyByYear, Text, choice, ref
from spojnik.schema import F, Record

Funder = Annotated[str, ref("organisations")]
Status = Annotated[str, choice("status", "stan", ("otwarty", "rozstrzygnięty", "anulowany"))]


class Call(Record):
    """One made-up call."""

    title: Annotated[Text, F("Tytuł", search=9)]
    funder: Annotated[Funder | None, F("Ogłasza", facet=True)] = None
    funder_name: Annotated[Text | None, F("Ogłasza (nazwa)")] = None
    budget_total: Annotated[Money | None, F("Budżet")] = None
    budget_by_year: Annotated[MoneyByYear | None, F("Budżet w latach")] = None
    announced_on: Annotated[Day | None, F("Ogłoszono")] = None
    deadline: Annotated[Moment | None, F("Termin składania ofert")] = None
    status: Annotated[Status | None, F("Stan wg źródła")] = None

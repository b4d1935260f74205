"""An event for or by organisations: a fair, a debate, a vote, a collection."""

from __future__ import annotations

from typing import Annotated

from spojnik.kinds import Moment, Prose, Text, Url, ref
from spojnik.schema import F, Record


class Event(Record):
    """Dates make an event; one without a date is kept as a trace that it took place."""

    title: Annotated[Text, F("Wydarzenie", "", search=9, maps=("schema:name",))]
    starts_on: Annotated[
        Moment | None, F("Początek", "Dzień, z godziną, jeśli jest znana.", maps=("schema:startDate",))
    ] = None
    ends_on: Annotated[Moment | None, F("Koniec", "", maps=("schema:endDate",))] = None
    place: Annotated[Text | None, F("Miejsce", "", "al. Róż, Nowa Huta", search=2, maps=("schema:location.name",))] = (
        None
    )
    organiser: Annotated[
        Text | None, F("Kto organizuje", "", search=3, facet=True, maps=("schema:organizer.name",))
    ] = None
    organiser_organisation: Annotated[
        Annotated[str, ref("organisations")] | None, F("Organizacja w spisie", "Wpis organizacji, która organizuje.")
    ] = None
    summary: Annotated[Prose | None, F("Opis", "", search=3, maps=("schema:description",))] = None
    url: Annotated[Url | None, F("Strona wydarzenia", "", maps=("schema:url",))] = None
    body: Annotated[
        Annotated[str, ref("bodies")] | None,
        F("Ciało dialogu", "Czyje to posiedzenie albo czego dotyczy wydarzenie.", "krakowskie-forum-lokalowe"),
    ] = None
    consultation: Annotated[
        Annotated[str, ref("consultations")] | None, F("Konsultacje", "Których konsultacji dotyczy spotkanie.")
    ] = None

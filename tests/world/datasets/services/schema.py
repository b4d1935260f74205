"""Made-up services: one of them is a shelter whose whereabouts nobody may print."""

from typing import Annotated

from spojnik.kinds import Day, Flag, Hours, Phone, Text
from spojnik.schema import F, Record


class Service(Record):
    """One made-up service."""

    name: Annotated[Text, F("Nazwa", search=9)]
    phone: Annotated[Phone | None, F("Telefon")] = None
    street: Annotated[Text | None, F("Ulica i numer")] = None
    opening_hours: Annotated[Hours | None, F("Godziny")] = None
    valid_to: Annotated[Day | None, F("Ważne do")] = None
    sheltered: Annotated[Flag | None, F("Adres chroniony", form=False)] = None

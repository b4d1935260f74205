"""Value types. A kind owns the whole life of a value: read, validate, show, describe, ask for in a form.

A canonical value is always plain JSON (str, int, float, bool, list, dict), so records travel between processes,
files and templates without conversion. `parse` takes anything a person or a page may write and is idempotent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

from spojnik import contacts, places, values, words
from spojnik.kind import Kind, Value
from spojnik.values import Wrong

__all__ = ["Kind", "Value", "Wrong", "choice", "many", "ref"]

_NUMBER = {"type": "number"}
_INTEGER = {"type": "integer"}
TEXT = Kind("text", "tekst", values.line, example="Dom Sąsiedzki")
PROSE = Kind("prose", "tekst", values.prose, widget="textarea")
KRS = Kind(
    "krs",
    "numer KRS",
    contacts.reader(contacts.krs, Wrong),
    json={"type": "string", "pattern": r"^\d{10}$"},
    table={"type": "string", "constraints": {"pattern": r"\d{10}"}},
    example="0000123456",
)
NIP = Kind(
    "nip",
    "NIP",
    contacts.reader(contacts.nip, Wrong),
    json={"type": "string", "pattern": r"^\d{10}$"},
    table={"type": "string", "constraints": {"pattern": r"\d{10}"}},
    example="5260250995",
)
REGON = Kind(
    "regon",
    "REGON",
    contacts.reader(contacts.regon, Wrong),
    json={"type": "string", "pattern": r"^\d{9}$"},
    table={"type": "string", "constraints": {"pattern": r"\d{9}"}},
    example="350552429",
)
PHONE = Kind(
    "phone",
    "telefon",
    contacts.reader(contacts.phone, Wrong),
    contacts.show_phone,
    widget="tel",
    json={"type": "string", "format": "phone"},
    example="12 616 78 00",
)
EMAIL = Kind(
    "email",
    "e-mail",
    contacts.reader(contacts.email, Wrong),
    widget="email",
    json={"type": "string", "format": "email"},
    table={"type": "string", "format": "email"},
    example="biuro@example.org",
)
URL = Kind(
    "url",
    "adres strony",
    contacts.reader(contacts.url, Wrong),
    widget="url",
    json={"type": "string", "format": "uri", "pattern": "^https?://"},
    example="https://example.org/",
)
POSTAL_CODE = Kind(
    "postal_code",
    "kod pocztowy",
    values.matching(r"\d{2}-\d{3}", "kod ma zły zapis. Wpisz np. 31-004."),
    json={"type": "string", "pattern": r"^\d{2}-\d{3}$"},
    example="31-004",
)
DAY = Kind(
    "day", "data", values.day, words.day, {"type": "string", "format": "date"}, {"type": "date"}, "date", "2026-03-12"
)
WHEN = Kind(
    "when",
    "data, miesiąc albo rok",
    values.when,
    words.when,
    {"type": "string", "pattern": r"^\d{4}(-\d{2}){0,2}$"},
    example="2026-03",
)
MOMENT = Kind(
    "moment",
    "data i godzina",
    values.moment,
    words.when,
    {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?$"},
    example="2026-03-12T15:00",
)
MONEY = Kind(
    "money",
    "kwota",
    values.between(0, 10**12),
    words.money,
    {"type": "number", "minimum": 0},
    _NUMBER,
    "number",
    "150000",
    unit="PLN",
)
MONEY_BY_YEAR = Kind(
    "money_by_year",
    "kwoty w latach",
    values.by_year,
    words.money_by_year,
    {"type": "object", "additionalProperties": _NUMBER},
    {"type": "object"},
    "years",
    "2026: 150000",
    unit="PLN",
)
PERCENT = Kind(
    "percent",
    "procent",
    values.between(0, 100),
    lambda v, locale="pl": f"{words.number(v, locale)}\u00a0%",
    {"type": "number"},
    _NUMBER,
    "number",
    "10",
    unit="%",
)
AREA = Kind(
    "area",
    "powierzchnia",
    values.between(0, 10**6),
    lambda v, locale="pl": f"{words.number(v, locale)}\u00a0m²",
    {"type": "number"},
    _NUMBER,
    "number",
    "45,5",
    unit="m²",
)
NUMBER = Kind("number", "liczba", values.between(None, 10**13, 6), words.number, _NUMBER, _NUMBER, "number", "12,5")
COUNT = Kind("count", "liczba", values.whole(0, 10**9), words.number, _INTEGER, _INTEGER, "number", "20")
YEAR = Kind(
    "year", "rok", values.whole(1000, 2100), lambda v, locale="pl": str(v), _INTEGER, _INTEGER, "number", "2026"
)
MONTH = Kind(
    "month",
    "miesiąc",
    values.whole(1, 12),
    words.month,
    {"type": "integer", "minimum": 1, "maximum": 12},
    _INTEGER,
    "month",
    "3",
)
FLAG = Kind(
    "flag",
    "tak lub nie",
    values.flag,
    lambda v, locale="pl": words.say("tak" if v else "nie", locale),
    {"type": "boolean"},
    {"type": "boolean"},
    "flag",
    "tak",
)
HOURS = Kind(
    "hours",
    "godziny otwarcia",
    values.matching(
        r"[\w :;,+\-/\"\[\]()|]{2,200}",
        "godziny mają zły zapis. Wpisz je w zapisie OpenStreetMap, np. Mo-Fr 08:00-16:00; PH off.",
    ),
    words.hours,
    example="Mo-Fr 08:00-16:00",
)


def choice(name: str, label: str, options: Mapping[str, str] | tuple[str, ...]) -> Kind:
    """A closed list: code → Polish label (or labels that are their own codes). Labels are read as well as codes."""
    labels = dict(options) if isinstance(options, Mapping) else {option: option for option in options}
    known = {**{text.casefold(): code for code, text in labels.items()}, **{code.casefold(): code for code in labels}}
    itself = frozenset(code for code in labels if known[code.casefold()] == code and values.tidy(code, 600))

    def parse(raw: Any) -> str:
        if raw.__class__ is str and raw in itself:
            return str(raw)
        code = known.get(values.line(raw).casefold())
        if code is None:
            listed = ", ".join(list(labels)[:12]) + (" …" if len(labels) > 12 else "")
            raise Wrong(f"nie ma takiej pozycji na liście. Wybierz jedną z: {listed}.")
        return code

    return Kind(
        name,
        label,
        parse,
        lambda code, locale="pl": words.say(labels.get(code) or code, locale),
        {"type": "string", "enum": list(labels)},
        {"type": "string", "constraints": {"enum": list(labels)}},
        "select",
        next(iter(labels)),
        labels,
    )


def ref(dataset: str) -> Kind:
    """A key of a record in another dataset; whether it exists is checked when all datasets are known."""
    return Kind(
        f"ref:{dataset}",
        "odnośnik",
        values.matching(
            r"[a-z0-9][a-z0-9-]{1,119}", "klucz ma zły zapis. Skopiuj go z adresu strony rekordu, np. krs-0000207658."
        ),
        widget="ref",
        target=dataset,
        example="krs-0000123456",
    )


def many(kind: Kind) -> Kind:
    """A list of values of one kind, without repeats, in the order given."""

    def parse(raw: Any) -> list[Value]:
        if not isinstance(raw, list | tuple):
            raise Wrong("to ma być lista. Wpisz każdą pozycję w osobnej linii od myślnika.")
        if not raw:
            raise Wrong("lista jest pusta. Usuń to pole; brak wpisu znaczy „nie wiemy”.")
        if len(raw) > 200:
            raise Wrong("lista ma ponad 200 pozycji. Skróć ją.")
        read = [kind.parse(item) for item in raw]
        return list(dict.fromkeys(read))

    return replace(
        kind,
        name=f"many:{kind.name}",
        parse=parse,
        show=lambda v, locale="pl": ", ".join(kind.show(item, locale) for item in v),
        json={"type": "array", "items": dict(kind.json)},
        table={"type": "array"},
        item=kind,
    )


PAGE = Kind(
    "page",
    "strona serwisu",
    values.matching(r"/[\w/.-]{0,200}", "adres strony serwisu zaczyna się ukośnikiem, np. /konkursy/."),
    json={"type": "string", "pattern": "^/"},
    example="/konkursy/",
)

DISTRICT = choice("district", "dzielnica", places.DISTRICTS)
COUNTRY = choice("country", "kraj", words.countries())
LANGUAGE = choice("language", "język", words.LANGUAGES)

Text = Annotated[str, TEXT]
Prose = Annotated[str, PROSE]
Krs = Annotated[str, KRS]
Nip = Annotated[str, NIP]
Regon = Annotated[str, REGON]
Phone = Annotated[str, PHONE]
Email = Annotated[str, EMAIL]
Url = Annotated[str, URL]
PostalCode = Annotated[str, POSTAL_CODE]
Day = Annotated[str, DAY]
When = Annotated[str, WHEN]
Moment = Annotated[str, MOMENT]
Money = Annotated[float, MONEY]
MoneyByYear = Annotated[dict[str, float], MONEY_BY_YEAR]
Percent = Annotated[float, PERCENT]
Area = Annotated[float, AREA]
Number = Annotated[float, NUMBER]
Count = Annotated[int, COUNT]
Year = Annotated[int, YEAR]
Month = Annotated[int, MONTH]
Flag = Annotated[bool, FLAG]
Hours = Annotated[str, HOURS]
District = Annotated[str, DISTRICT]
Country = Annotated[str, COUNTRY]
Languages = Annotated[list[str], many(LANGUAGE)]
Texts = Annotated[list[str], many(TEXT)]
Urls = Annotated[list[str], many(URL)]
Pages = Annotated[list[str], many(PAGE)]
Phones = Annotated[list[str], many(PHONE)]

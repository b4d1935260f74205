"""A kind reads what people write, refuses what it must with a reason, and reads its own canonical form unchanged."""

import random
from datetime import date, timedelta

import phonenumbers
import pytest
from babel.dates import format_date
from email_validator import EmailNotValidError, validate_email

from spojnik import contacts, kinds, words
from spojnik.kinds import Kind, Wrong

ALL = [value for value in vars(kinds).values() if isinstance(value, Kind)]

READ = [
    (kinds.KRS, "KRS 207658", "0000207658"),
    (kinds.KRS, "0000207658", "0000207658"),
    (kinds.NIP, "676-111-92-84", "6761119284"),
    (kinds.NIP, "PL 6761119284", "6761119284"),
    (kinds.REGON, "35056106100000", "350561061"),
    (kinds.PHONE, "tel. 12/616-78-00", "+48 12 616 78 00"),
    (kinds.PHONE, "0048 12 616 78 00", "+48 12 616 78 00"),
    (kinds.PHONE, "986", "986"),
    (kinds.PHONE, "116 123", "116123"),
    (kinds.PHONE, "12 616 78 00 wew. 5", "+48 12 616 78 00 wew. 5"),
    (kinds.EMAIL, "biuro (at) example.org", "biuro@example.org"),
    (kinds.URL, "www.example.org", "https://www.example.org"),
    (kinds.MONEY, "1 500 000,50", 1500000.5),
    (kinds.MONEY, "150\u00a0000 zł", 150000),
    (kinds.AREA, "45,5", 45.5),
    (kinds.MOMENT, "2026-03-12 15:00", "2026-03-12T15:00"),
    (kinds.WHEN, "2026-03", "2026-03"),
    (kinds.FLAG, "tak", True),
    (kinds.FLAG, "nie", False),
    (kinds.DISTRICT, "xi podgórze duchackie", "XI Podgórze Duchackie"),
    (kinds.COUNTRY, "Niemcy", "DE"),
    (kinds.TEXT, " a\u202eb \n c ", "ab c"),
    (kinds.PROSE, "a\r\n\r\n\r\n\r\nb", "a\n\nb"),
    (kinds.many(kinds.TEXT), ["a", "b", "a"], ["a", "b"]),
    (kinds.MONEY_BY_YEAR, {"2027": "2", "2026": 1}, {"2026": 1, "2027": 2}),
]
REFUSED = [
    (kinds.KRS, 207658, "zera"),
    (kinds.KRS, "12345678901", "10 cyfr"),
    (kinds.NIP, "6761119285", "kontrolną"),
    (kinds.PHONE, "12", "telefonu"),
    (kinds.EMAIL, "biuro", "e-mail"),
    (kinds.URL, "javascript:alert(1)", "adres"),
    (kinds.URL, "https://user:secret@example.org/", "hasło"),
    (kinds.DAY, "2026-06-31", "nie ma takiego dnia"),
    (kinds.DAY, "12.03.2026", "rok-miesiąc-dzień"),
    (kinds.MOMENT, "2026-03-12T25:00", "godzina"),
    (kinds.MONEY, "-5", "zakresem"),
    (kinds.MONEY, "1 mln", "liczba"),
    (kinds.MONEY, True, "liczba"),
    (kinds.FLAG, "może", "tak"),
    (kinds.DISTRICT, "Wieliczka", "Wybierz"),
    (kinds.TEXT, "", "pusta"),
    (kinds.TEXT, "\ud800", "uszkodzony"),
    (kinds.TEXT, "x" * 601, "600"),
    (kinds.many(kinds.TEXT), [], "pusta"),
    (kinds.many(kinds.TEXT), "a", "lista"),
    (kinds.YEAR, "1999,5", "całkowita"),
    (kinds.MONEY_BY_YEAR, {"rok": 1}, "rok"),
]


@pytest.mark.parametrize(("kind", "raw", "canonical"), READ)
def test_reads_what_people_write(kind: Kind, raw: object, canonical: object) -> None:
    assert kind.parse(raw) == canonical
    assert kind.parse(canonical) == canonical


@pytest.mark.parametrize(("kind", "raw", "why"), REFUSED)
def test_refuses_with_a_reason(kind: Kind, raw: object, why: str) -> None:
    with pytest.raises(Wrong, match=why):
        kind.parse(raw)


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.name)
def test_every_kind_has_an_example_it_reads_and_shows(kind: Kind) -> None:
    example: object = {"2026": 150000} if kind.name == "money_by_year" else kind.example or "Opis"
    for locale in ("pl", "en", "uk"):
        assert kind.show(kind.parse(example), locale)


def test_a_number_in_its_written_form_is_known_as_the_library_knows_it() -> None:
    drawn = random.Random(1)
    for _ in range(5_000):
        digits = str(drawn.randint(100_000_000, 999_999_999))
        number = phonenumbers.PhoneNumber(country_code=48, national_number=int(digits))
        written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
        assert contacts.written(digits) == (written if phonenumbers.is_valid_number(number) else "")
    assert contacts.written("100000000") == "", "counter-example: there are numbers that nobody can have"


def test_a_common_domain_is_what_the_library_says() -> None:
    drawn = random.Random(1)
    for _ in range(300):
        labels = ["".join(drawn.choices("abc019-", k=drawn.randint(1, 5))) for _ in range(drawn.randint(1, 3))]
        address = f"a@{'.'.join(labels)}.{drawn.choice(('pl', 'org', 'test'))}"
        try:
            known = validate_email(address, check_deliverability=False).normalized == address
        except EmailNotValidError:
            known = False
        assert contacts.plain_domain(address[2:]) == known, address
    assert not contacts.plain_domain("example.test"), "counter-example: a domain that nobody can have"


def test_a_day_is_written_as_cldr_writes_it() -> None:
    for number in range(0, 366, 5):
        when = date(2024, 1, 1) + timedelta(number)
        for locale, full in (("pl", "pl_PL"), ("en", "en_GB"), ("uk", "uk_UA")):
            wanted = format_date(when, "d MMMM y", locale=full)
            assert words.day(when.isoformat(), locale).replace("\u00a0", " ") == wanted


def test_words_speak_three_languages() -> None:
    assert words.day("2026-03-12") == "12\u00a0marca 2026"
    assert words.day("2026-03-12", "en") == "12\u00a0March 2026"
    assert words.money(1500) == "1\u00a0500\u00a0zł"
    assert [words.plural(n, "rok", "lata", "lat") for n in (1, 2, 5, 12, 22, 112)] == [
        "rok",
        "lata",
        "lat",
        "lat",
        "lata",
        "lat",
    ]

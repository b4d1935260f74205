"""The grammar of Polish facts: each spelling seen in sources, each with what must not be read from it."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from scrapers.facts.amounts import find_amounts, find_sums
from scrapers.facts.contacts import find_addresses, find_areas, find_phones, institution_contact, names_a_person
from scrapers.facts.dates import find_dates, find_days, find_moments, read_date
from scrapers.facts.labels import sections
from scrapers.facts.periods import find_deadline, find_period
from scrapers.facts.splits import find_budget
from scrapers.facts.text import LARGEST_PAGE, decode, lines_of


@pytest.mark.parametrize(("text", "value", "currency"), [
    ("430 279,28 zł", "430279.28", "PLN"), ("21 494 800,00 zł", "21494800", "PLN"), ("150 000 zł", "150000", "PLN"),
    ("1\u00a0500\u00a0000\u00a0zł", "1500000", "PLN"), ("12\u202f500\u2009zł", "12500", "PLN"),
    ("378.000 zł", "378000", "PLN"), ("1.500.000,00 PLN", "1500000", "PLN"), ("200 000, 00 zł", "200000", "PLN"),
    ("w wysokości5 534,19zł.", "5534.19", "PLN"), ("200 000,00 złotych", "200000", "PLN"), ("500,- zł", "500", "PLN"),
    ("1,5 mln zł", "1500000", "PLN"), ("3,65 mln PLN", "3650000", "PLN"), ("250 tys.zł", "250000", "PLN"),
    ("1.500 000 zł", "1500000", "PLN"),
    ("50 tyś. zł", "50000", "PLN"), ("1 500\n000 zł", "1500000", "PLN"),
    ("Zadanie nr 1\n100 000 zł", "100000", "PLN"), ("50 tysięcy złotych", "50000", "PLN"),
    ("2 mln 300 tys. zł", "2300000", "PLN"), ("2 mld zł", "2000000000", "PLN"),
    ("99 zł 50 gr", "99.50", "PLN"), ("50 groszy", "0.50", "PLN"), ("12,50 zł", "12.50", "PLN"), ("0 zł", "0", "PLN"),
    ("60 tys. EUR", "60000", "EUR"), ("1200 euro", "1200", "EUR"), ("50 тис. злотих", "50000", "PLN"),
])
def test_amount(text: str, value: str, currency: str) -> None:
    (reading,) = find_amounts(text)
    assert reading.value is not None
    assert (reading.value.value, reading.value.currency) == (Decimal(value), currency)
    assert text[reading.start:reading.end].strip() == reading.text


def test_amount_keeps_its_wording() -> None:
    assert find_amounts("około 378.000 zł w roku 2018")[0].text == "około 378.000 zł"


@pytest.mark.parametrize("text", [
    "171,39 m2", "31 grudnia 2024 r.", "tel. 12 616 50 00", "100 osób", "(słownie: sto złotych 28/100)", "90%",
    "330?000,00 zł",  # a lost separator: "000,00 zł" is not an amount of zero
])
def test_no_amount(text: str) -> None:
    assert find_amounts(text) == []


def test_bare_figure_is_money_only_after_a_budget_label() -> None:
    assert find_amounts("184 700,00") == []
    assert find_sums("184 700,00")[0].value == (Decimal("184700.00"), "PLN")
    assert find_sums("w 2024 roku, 171,39 m2, 100 osób") == []


@given(some.integers(min_value=1, max_value=10**9), some.integers(min_value=0, max_value=99),
       some.sampled_from([" ", "\u00a0", "\u202f", "."]))
@settings(deadline=None)
def test_any_grouped_amount_is_exact(whole: int, cents: int, separator: str) -> None:
    text = f"kwota {whole:,}".replace(",", separator) + f",{cents:02} zł"
    assert [reading.value.value for reading in find_amounts(text) if reading.value] == [Decimal(f"{whole}.{cents:02}")]


@pytest.mark.parametrize("text", [
    "1 września 2025 r.", "01 września 2025 roku", "1 września 2025", "01.09.2025", "1.09.2025 r.", "2025-09-01",
    "1 IX 2025 r.", "1września 2025r.", "01/09/2025", "1 вересня 2025 року", "1 September 2025", "1 września 2025 r..",
])
def test_date(text: str) -> None:
    assert read_date(text) == dt.date(2025, 9, 1)


@pytest.mark.parametrize("text", ["31.06.2024", "30 lutego 2024 r.", "29.02.2023", "2024-13-01", "31.12.0204"])
def test_impossible_date_says_why(text: str) -> None:
    with pytest.raises(ValueError, match="nie ma takiego dnia"):
        read_date(f"do dnia {text}")
    assert [reading.value for reading in find_dates(text)] == [None]


@pytest.mark.parametrize("text", ["w 2024 r.", "maj 2025", "II kwartał", "1.5 mln", "12 616 50 00", "15 września br."])
def test_no_date(text: str) -> None:
    assert find_dates(text) == []


@given(some.dates(min_value=dt.date(1990, 1, 1), max_value=dt.date(2099, 12, 31)))
def test_every_day_reads_back(day: dt.date) -> None:
    text = f"od {day:%d.%m.%Y} r., {day.isoformat()}"
    assert [reading.value for reading in find_dates(text)] == [day, day]


def test_day_without_year_is_kept_apart() -> None:
    (reading,) = find_days("do 15 września br.")
    assert reading.value == (15, 9, None)
    with pytest.raises(ValueError, match="brak roku"):
        reading.value.on()


@pytest.mark.parametrize(("text", "first", "last"), [
    ("od 1 września 2025 r. do 31 grudnia 2027 r.", "2025-09-01", "2027-12-31"),
    ("01 czerwca – 31 grudnia 2024 r.", "2024-06-01", "2024-12-31"),
    ("od 1 kwietnia do 31 października 2021 roku", "2021-04-01", "2021-10-31"),
    ("22.06.2019 – 31.08.2019", "2019-06-22", "2019-08-31"), ("1-15 lipca 2024", "2024-07-01", "2024-07-15"),
    ("01.06 – 31.12.2024 r.", "2024-06-01", "2024-12-31"), ("1 X 2024 – 30 XI 2024", "2024-10-01", "2024-11-30"),
    ("1 października 2020 roku do 31 sierpnia 2022 roku", "2020-10-01", "2022-08-31"),
    ("w okresieod 1 listopada 2018 r. do 31 grudnia 2018 r.", "2018-11-01", "2018-12-31"),
    ("nie wcześniej niż 11 czerwca 2018 i nie później niż 31 grudnia 2018.", "2018-06-11", "2018-12-31"),
    ("rozpocznie się 30 stycznia 2023 roku i zakończy 12 lutego 2023 roku", "2023-01-30", "2023-02-12"),
    ("rozpoczyna się 2 lipca 2019 r., a kończy 31 sierpnia 2019 r.", "2019-07-02", "2019-08-31"),
    ("od dnia 2 stycznia 2024 r. do dnia 30 czerwca 2026 r.", "2024-01-02", "2026-06-30"),
    ("20 czerwca 2018 r. – 31 grudnia 2019 r..", "2018-06-20", "2019-12-31"),
    ("od dnia podpisania umowy do 31 grudnia 2025 r.", None, "2025-12-31"), ("od 1 maja 2025 r.", "2025-05-01", None),
    ("od daty umowy (nie wcześniej niż 1 marca 2020 r.) do 30 listopada 2020 r.", "2020-03-01", "2020-11-30"),
    ("od 1 lutego 2020 r. lub od dnia podpisania umowy do 31 maja 2020 r.", "2020-02-01", "2020-05-31"),
    ("od 15 marca do 30 listopada 2024 r. oraz od 1 lutego do 30 listopada 2025 r.", "2024-03-15", "2025-11-30"),
    ("w 2021 roku: od 1 lutego do 31 grudnia", "2021-02-01", "2021-12-31"),
    ("11 listopada 2024 r.", "2024-11-11", "2024-11-11"),
])
def test_period(text: str, first: str | None, last: str | None) -> None:
    period = find_period(text)
    assert period is not None and period.value is not None
    assert tuple(day and day.isoformat() for day in period.value) == (first, last)


@pytest.mark.parametrize("text", ["w 2024 r.", "maj–grudzień 2024 r.", "lata 2022-2024", "do wyczerpania środków"])
def test_no_period_without_a_day(text: str) -> None:
    assert find_period(text) is None


@pytest.mark.parametrize("text", ["od 31.06.2024 do 1.07.2024", "od 1 grudnia 2024 r. do 1 stycznia 2024 r."])
def test_impossible_period_says_why(text: str) -> None:
    period = find_period(text)
    assert period is not None and period.value is None and "Sprawdź" in period.problem


@pytest.mark.parametrize(("text", "moment"), [
    ("4 września 2023 r. o godz. 12.00", "2023-09-04T12:00"), ("22 lipca 2021 roku o godz. 15:00", "2021-07-22T15:00"),
    ("od 28.03.2024 do 18.04.2024 15:00", "2024-04-18T15:00"), ("do 17.12.2021 00:00", "2021-12-17"),
    ("do godz. 15:00 w dniu 5 maja 2025 r.", "2025-05-05T15:00"), ("5 maja 2025 r. godz. 15⁰⁰", "2025-05-05T15:00"),
    ("5 maja 2025 r. (poniedziałek) do godziny 9", "2025-05-05T09:00"), ("5 maja 2025 r. do godz. 24.00",
        "2025-05-05T23:59"),
    ("do 2 lipca 2018 r.,\ndo dnia 20 sierpnia 2018 r.,\ndo godziny 15.00.", "2018-08-20T15:00"),
    ("do 5 marca 2025 r. Otwarcie ofert nastąpi 10 marca 2025 r.", "2025-03-05"),
])
def test_deadline(text: str, moment: str) -> None:
    deadline = find_deadline(text)
    assert deadline is not None and deadline.value == moment


def test_start_of_a_rolling_call_is_no_deadline() -> None:
    assert find_deadline("od 3 marca 2025 r. do wyczerpania środków") is None


def test_hour_of_something_else_is_not_the_hour_of_the_day() -> None:
    assert find_moments("5 maja 2025 r. w siedzibie, czynnej do godz. 15.00")[0].value == "2025-05-05"


@pytest.mark.parametrize(("text", "total", "by_year"), [
    ("430 zł (słownie: czterysta 28/100), w tym:\nw 2025 roku – 230 zł;\nw 2026 roku – 200 zł.", 430,
        {2025: 230, 2026: 200}),
    ("330 000,00 zł (80 000 zł na rok 2021, 250 000 zł na rok 2022)", 330000, {2021: 80000, 2022: 250000}),
    ("około 378.000 zł w roku 2018, około 650.000 zł w roku 2019.", None, {2018: 378000, 2019: 650000}),
    ("w 2025 roku –\n58 486,69 zł;\nw 2026 roku –\n100 000 zł", None, {2025: "58486.69", 2026: 100000}),
    ("600 000 zł (w 2024 roku), 500 000 zł (w 2025 roku)", None, {2024: 600000, 2025: 500000}),
    ("W 2022 roku 200 000,00 złotych.", 200000, {2022: 200000}), ("2024 rok: 10 000 zł 2025 rok: 11 000 zł", None,
        {2024: 10000, 2025: 11000}),
    ("Obszar I - 21 494 800,00 zł\nObszar II - 24 655 800,00 zł", None, {}),
    ("1 500 000 zł na lata 2024–2026", 1500000, {}),
    ("od 1 września 2023 r. do 30 czerwca 2024 r. – 100 000 zł; w 2025 r. – 50 000 zł", None, {}),
    ("200 000 zł. Maksymalna kwota na jedną ofertę wynosi 20 000 zł.", 200000, {}), ("100 000 zł rocznie", None, {}),
    ("1 025 280,00 zł (16 punktów x 64 080,00 zł)", 1025280, {}),
    ("45 000 zł w roku 2019 i 2020", 45000, {}), ("w 2024 r. i 2025 r. po 10 000 zł", None, {}),
    ("500 000 zł w 2023 r. i 400 000 zł w 2024 r.", None, {2023: 500000, 2024: 400000}),
    ("200 000 zł\nW roku 2023 przeznaczono na ten cel 150 000 zł.", 200000, {}), ("60 tys. EUR", None, {}),
])
def test_budget(text: str, total: int | None, by_year: dict[int, object]) -> None:
    budget = find_budget(text)
    assert budget.total == (None if total is None else Decimal(total))
    assert budget.by_year == {year: Decimal(str(amount)) for year, amount in by_year.items()}


def test_areas_phones_and_addresses() -> None:
    text = "lokal 171,39 m2 przy os. Piastów 22, ul. Józefa Dietla 64/2, 31-039 Kraków, tel. 12 616 50 00 wew. 12"
    assert [reading.value for reading in find_areas(text)] == [Decimal("171.39")]
    assert [reading.value for reading in find_phones(text)] == ["+48126165000;ext=12"]
    assert [tuple(reading.value) for reading in find_addresses(text) if reading.value] == [
        ("os. Piastów", "22", "", ""), ("ul. Józefa Dietla", "64/2", "31-039", "Kraków")]
    assert find_areas("kwota 171,39 zł") == [] and find_addresses("ul. Długa bez numeru") == []
    assert find_phones("NIP 676-01-04-700, KRS 0000012345") == []


def test_no_person_in_a_contact() -> None:
    office = "tel. 12 616 50 00, sp.umk@um.krakow.pl"
    assert institution_contact(f"Wydział Sportu, {office}") == office
    assert institution_contact("Wydział Sportu, p. Annę Zmyśloną, tel. 12 616 50 00, anna.zmyslona@um.krakow.pl") == ""
    assert institution_contact("tel. 12 616 50 00") == ""
    assert institution_contact("Wydział Sportu, kom. 601 234 567") == ""
    assert names_a_person("Katarzyna Zmyślona") and not names_a_person("Wydział Polityki Społecznej i Zdrowia")


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-2", "cp1250"])
@pytest.mark.parametrize("declared", [True, False])
def test_charsets(charset: str, declared: bool) -> None:
    meta = f'<meta charset="{charset}">' if declared else ""
    page = f"<html><head>{meta}</head><body><p>Zażółć gęślą jaźń, Świętą, źle</p></body></html>".encode(charset)
    assert lines_of(decode(page)) == ["Zażółć gęślą jaźń, Świętą, źle"]


def test_wrong_declaration_and_header() -> None:
    wrong = '<meta charset="iso-8859-2"><p>wysokość „środków”</p>'
    assert lines_of(decode(wrong.encode("cp1250"))) == lines_of(decode(wrong.encode())) == ["wysokość „środków”"]
    assert decode("żółć śródmieście".encode("iso-8859-2"), declared="iso-8859-2") == "żółć śródmieście"
    with pytest.raises(ValueError, match="bajtów"):
        decode(b" " * (LARGEST_PAGE + 1))


def test_lines_of_markup() -> None:
    page = ("<html><head><title>x</title><script>alert('zł')</script></head><body><nav>Menu</nav><!-- 5 000 zł -->"
            "<table><tr><th>Nr</th><th>Zadanie</th></tr><tr><td><p>1</p></td><td>A<br>B</td></tr></table>"
            "<p>Jeden<b>&nbsp;dwa</b></p><style>p{}</style></body></html>")
    assert lines_of(page) == ["Nr | Zadanie", "1 | A B", "Jeden dwa"]
    assert lines_of("a < b, 5 > 3\n\n\tc") == ["a < b, 5 > 3", "c"]


def test_sections_lose_nothing_and_split_glued_labels() -> None:
    parts = sections(["wstęp", "Tytułzadania publicznego:Klub Komórka realizująca: Wydział", "Edukacji"])
    named = [(part.name, part.text) for part in parts]
    assert named == [("head", "wstęp"), ("title", "Klub"), ("unit", "Wydział\nEdukacji")]
    (prose,) = sections(["zmieni się termin realizacji zadania, miejsce realizacji zadania"])
    assert prose.name == "head"

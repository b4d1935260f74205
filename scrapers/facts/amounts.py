"""Amounts of money in Polish text, as exact decimals.

Own grammar: ready parsers take "378.000 zł" for 378, know neither "tys." nor "200 000, 00 zł", and read "28/100" of the
amount in words as an amount.
"""

import re
from decimal import Decimal
from typing import NamedTuple

from scrapers.facts.reading import Reading

_SPACE = "[ \u00a0\u2007\u2009\u202f\u2008]"
# A line may break before "000" only: "Zadanie nr 1" / "100 000 zł" is no million.
_GROUPED = (
    rf"\d{{1,3}}(?:(?:{_SPACE}|\.)\d{{3}}(?!\d)|\n000(?!\d))+"
    rf"|\d{{1,3}}(?:,\d{{3}}(?!\d)){{2,}}|\d{{1,3}}(?:'\d{{3}})+")
_CENTS = r"\s?,\s?\d{1,2}(?!\d)|\.\d{2}(?!\d)|,\s?[-–—]{1,2}"
_SCALE = (
    r"(?:ty[sś]|mln|mld|тис|млн|млрд)\.|(?:ty[sś](?:iąc[ea]?|ięcy|iące)?|mln|mld|milion(?:y|ów|a)?"
    r"|miliard(?:y|ów|a)?|тис|млн|млрд)(?![^\W\d_])")
_CURRENCY = r"zł(?:ot[a-ząćęłńóśźż]{1,3})?|złotych|zlotych|zl\b|PLN|EUR|euro|€|USD|\$|грн|злот\w{2}"
_AMOUNT = re.compile(
    rf"(?P<about>\b(?:około|ok\.|ca\.?|ponad|blisko|niemal|prawie)\s*)?"
    rf"(?:(?P<first>PLN|EUR|€|\$)\s?)?"
    rf"(?<![\d/])(?<!\d[^\s\w–—:;-])(?!0\d)(?P<number>(?:\d+[.,]\d+(?=\s?(?:{_SCALE})))|(?:{_GROUPED}|\d+)(?:{_CENTS})?)"
    rf"(?![\d/])"
    rf"(?:\s?(?P<scale>{_SCALE})(?:\s(?P<more>\d{{1,3}})\s?(?P<more_scale>tys(?:\.|ięcy\b|iące\b|\b)))?)?"
    rf"(?:\s*(?P<currency>{_CURRENCY})\.?(?:\s*(?:i\s+)?(?P<cents>\d{{1,2}})\s?gr(?:osz\w*)?\b)?)?"
    rf"(?P<only_cents>\s?gr(?:osz\w*)?\b)?",
    re.I,
)
_IN_WORDS = re.compile(r"\(?\s*słownie\b[^()]{0,300}?(?:\d{1,2}\s?/\s?100\s*(?:złotych|zł)?\s*\)?|\)|(?=\n|$))", re.I)
_UNIT_AFTER = re.compile(
    r"\s?(?:m2|m²|m\b|ha\b|%|proc|os(?:ób|oby|obom|\.)|dzieci|dni|godz|szt|pkt|punkt|lat\b|miejsc|r\.|rok)", re.I)


class Money(NamedTuple):
    """An exact amount and its ISO 4217 currency."""

    value: Decimal
    currency: str


def without_words(text: str) -> str:
    """The text with "(słownie: …)" blanked by spaces of the same length, so that positions stay true."""
    return _IN_WORDS.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), text)


def find_amounts(text: str) -> list[Reading[Money]]:
    """Every amount with a currency beside it, in order. Amounts in words are ignored."""
    return [reading for reading, named in _all(text) if named]


def find_sums(text: str) -> list[Reading[Money]]:
    """As find_amounts, and figures that look like money without a currency ("184 700,00"), taken as PLN.

    Only for text already known to speak of money: after a budget label.
    """
    return [reading for reading, named in _all(text) if named or _like_money(reading.text)]


def _all(text: str) -> list[tuple[Reading[Money], bool]]:
    plain = without_words(text)
    readings = []
    for found in _AMOUNT.finditer(plain):
        if not found["currency"] and not found["first"] and not found["only_cents"]:
            if _UNIT_AFTER.match(plain, found.end()):
                continue
        money = Money(_value(found), _currency(found["currency"] or found["first"] or "zł"))
        wording = found.group().strip()
        named = bool(found["currency"] or found["first"] or found["only_cents"])
        readings.append((Reading(money, wording, found.start(), found.end()), named))
    return readings


def _like_money(wording: str) -> bool:
    digits = re.sub(r"\D", "", wording)
    grouped = re.search(rf"\d(?:{_SPACE}|\.)\d{{3}}(?!\d)", wording)
    cents = re.search(r"\d{3,},\s?\d{2}$", wording)
    return bool(grouped or cents or len(digits) >= 5 or re.search(_SCALE, wording, re.I))


def _value(found: re.Match[str]) -> Decimal:
    value = _number(found["number"], bool(found["scale"]))
    value *= _scale(found["scale"])
    if found["more"]:
        value += Decimal(found["more"]) * _scale(found["more_scale"])
    if found["cents"]:
        value += Decimal(found["cents"]) / 100
    return value / 100 if found["only_cents"] and not found["currency"] else value


def _number(wording: str, scaled: bool) -> Decimal:
    compact = re.sub(rf"{_SPACE}|\s|'", "", wording)
    compact = re.sub(r",[-–—]+$", "", compact)
    if re.fullmatch(r"\d{1,3}(?:,\d{3}){2,}(?:\.\d{2})?", compact):
        return Decimal(compact.replace(",", ""))
    if scaled and re.fullmatch(r"\d+\.\d+", compact):
        return Decimal(compact)
    whole, comma, cents = compact.partition(",")
    if not comma and re.search(r"\.\d{2}$", whole):
        whole, cents = whole[:-3], whole[-2:]
    return Decimal(whole.replace(".", "") + "." + (cents or "0"))


def _scale(word: str | None) -> Decimal:
    if not word:
        return Decimal(1)
    word = word.lower()
    power = 3 if word.startswith(("tys", "tyś", "тис")) else 9 if word.startswith(("mld", "miliard", "млрд")) else 6
    return Decimal(10) ** power


def _currency(word: str) -> str:
    word = word.lower()
    return {"eur": "EUR", "euro": "EUR", "€": "EUR", "usd": "USD", "$": "USD", "грн": "UAH"}.get(word, "PLN")

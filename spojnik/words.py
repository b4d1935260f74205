"""Words and numbers as people read them, in Polish, English and Ukrainian: dates, amounts, plurals, translations.

Polish is the source language: message ids are the Polish sentences, catalogues in `site/locale/<locale>/` translate
them. Formats come from Babel (CLDR); results are cached because a catalogue repeats few dates and amounts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from gettext import c2py
from pathlib import Path
from typing import Any, NamedTuple

LANGUAGES = {
    "pl": "polski",
    "en": "angielski",
    "uk": "ukraiński",
    "ru": "rosyjski",
    "be": "białoruski",
    "de": "niemiecki",
    "fr": "francuski",
    "es": "hiszpański",
    "it": "włoski",
    "ro": "rumuński",
    "mk": "macedoński",
    "ro-rom": "romski",
    "pjm": "polski język migowy",
    "ar": "arabski",
    "tr": "turecki",
    "pt": "portugalski",
    "hu": "węgierski",
    "cs": "czeski",
    "sk": "słowacki",
    "vi": "wietnamski",
    "ka": "gruziński",
}
_BABEL = {"pl": "pl_PL", "en": "en_GB", "uk": "uk_UA"}
LOCALES = Path(__file__).resolve().parent.parent / "site" / "locale"


class Words(NamedTuple):
    """The translations of one language. reader: the native speaker who has read them, "" when nobody has yet."""

    texts: Mapping[str, str]
    plurals: Mapping[str, tuple[str, ...]]
    form: Callable[[int], int]
    reader: str

    def gettext(self, text: str) -> str:
        """The sentence in this language, else the sentence itself."""
        return self.texts.get(text, text)

    def ngettext(self, one: str, many: str, number: int) -> str:
        """The form that goes with the number."""
        forms = self.plurals.get(one)
        return forms[self.form(number)] if forms else one if number == 1 else many


@lru_cache
def catalogue(locale: str) -> Words:
    """The translations of one locale, read from its .po; Polish and a locale without a file say the Polish text.

    Names of countries come from CLDR; the file may overrule them. `Native-Reader:` in its head names who read it.
    """
    path = LOCALES / locale / "LC_MESSAGES" / "spojnik.po"
    if locale == "pl" or not path.exists():
        return Words({}, {}, lambda number: int(number != 1), "")
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        found = read_po(file, locale=locale)
    texts = {polish: _territories(locale)[code] for code, polish in countries().items()}
    plurals: dict[str, tuple[str, ...]] = {}
    for message in found:
        one, said = message.id, message.string
        if isinstance(one, tuple) and isinstance(said, tuple):
            plurals[one[0]], texts[one[0]] = said, said[0]
        elif isinstance(one, str) and isinstance(said, str) and one and said:
            texts[one] = said
    reader = re.search(r"(?m)^# Native-Reader:[ \t]*(\S.*)$", found.header_comment)
    return Words(texts, plurals, c2py(found.plural_expr), reader.group(1) if reader else "")


def say(text: str, locale: str = "pl") -> str:
    """The sentence in the reader's language; untranslated text stays Polish."""
    return text if locale == "pl" or not text else catalogue(locale).gettext(text)


def plural(number: int, one: str, few: str, many: str, locale: str = "pl") -> str:
    """The form that goes with a number: 1 organizacja, 2 organizacje, 5 organizacji (CLDR rules of the locale)."""
    if locale != "pl":
        return catalogue(locale).ngettext(one, many, number)
    forms = {"one": one, "few": few, "many": many, "other": many}
    return forms[_plural_rule(locale)(number)]


@lru_cache
def _plural_rule(locale: str) -> Callable[[int], str]:
    from babel import Locale

    return Locale.parse(_BABEL[locale]).plural_form


def real_day(text: str, wrong: type[Exception]) -> str:
    """The same ISO date, or `wrong` with the reason when the calendar has no such day (31 June)."""
    try:
        date.fromisoformat(text)
    except ValueError:
        raise wrong("nie ma takiego dnia w kalendarzu. Sprawdź dzień i miesiąc.") from None
    return text


@lru_cache(maxsize=20_000)
def day(value: str, locale: str = "pl") -> str:
    """ISO date → "12 marca 2026"."""
    found = date.fromisoformat(value)
    return f"{found.day}\u00a0{_months(locale)[found.month]} {found.year}"


@lru_cache
def _months(locale: str) -> Mapping[int, str]:
    """Number of a month → its name beside a day (CLDR). Days are as many as records; Babel's pattern is slow."""
    from babel import Locale

    found: Mapping[int, str] = Locale.parse(_BABEL[locale]).months["format"]["wide"]
    return found


@lru_cache(maxsize=20_000)
def when(value: str, locale: str = "pl") -> str:
    """A year, a month, a day or a day with an hour, as far as it is known: "2026", "marzec 2026", "… godz. 15:00"."""
    from babel.dates import format_date

    if len(value) == 4:
        return value
    if len(value) == 7:
        return _tie(format_date(date.fromisoformat(f"{value}-01"), "LLLL y", locale=_BABEL[locale]))
    calendar_day, mark, hour = value.partition("T")
    return day(calendar_day, locale) + (f", {say('godz.', locale)}\u00a0{hour}" if mark else "")


def _tie(text: str) -> str:
    return text.replace(" ", "\u00a0", 1)


def month(value: int, locale: str = "pl") -> str:
    """1–12 → "styczeń"…"""
    from babel.dates import format_date

    return str(format_date(date(2026, value, 1), "LLLL", locale=_BABEL[locale]))


@lru_cache(maxsize=20_000)
def number(value: float, locale: str = "pl") -> str:
    """1234.5 → "1 234,5" with no-break spaces; two digits after the comma at most, more only below one."""
    from babel.numbers import format_decimal

    pattern = "#,##0.######" if abs(value) < 1 else "#,##0.##"
    text = format_decimal(value, pattern, locale=_BABEL[locale])
    if locale == "pl" and re.fullmatch(r"-?\d{4}(,\d+)?", text):
        text = re.sub(r"^(-?\d)", "\\1\u00a0", text)
    return text


def money(value: float, locale: str = "pl") -> str:
    """Złoty: "1 500 000 zł"; grosze are shown only where there are any."""
    text = number(value, locale) if float(value).is_integer() else _grosze(value, locale)
    return f"{text}\u00a0{say('zł', locale)}"


def _grosze(value: float, locale: str) -> str:
    from babel.numbers import format_decimal

    return str(format_decimal(value, "#,##0.00", locale=_BABEL[locale]))


def money_by_year(value: Mapping[str, float], locale: str = "pl") -> str:
    """{"2026": 100} → "2026: 100 zł; …" in the order of years."""
    return "; ".join(f"{year}: {money(amount, locale)}" for year, amount in value.items())


WEEK = {
    "Mo": "pon.",
    "Tu": "wt.",
    "We": "śr.",
    "Th": "czw.",
    "Fr": "pt.",
    "Sa": "sob.",
    "Su": "niedz.",
    "PH off": "w święta nieczynne",
    "PH": "święta",
    "off": "nieczynne",
    "24/7": "całą dobę",
}


def hours(value: str, locale: str = "pl") -> str:
    """OpenStreetMap opening hours → words: "Mo-Fr 08:00-16:00; PH off" → "pon.–pt. 8:00–16:00; w święta nieczynne"."""
    text = re.sub(r"(?<=[\da-z])-(?=[\dA-Z])", "–", value)
    text = re.sub(r"\b0(\d:\d\d)", r"\1", text)
    pattern = re.compile("|".join(re.escape(word) for word in sorted(WEEK, key=len, reverse=True)))
    return pattern.sub(lambda found: say(WEEK[found.group()], locale), text)


@lru_cache
def _territories(locale: str) -> Mapping[str, str]:
    from babel import Locale

    found: Mapping[str, str] = Locale.parse(_BABEL[locale]).territories
    return found


@lru_cache
def countries() -> dict[str, str]:
    """ISO 3166-1 alpha-2 code → Polish name (CLDR)."""
    names = _territories("pl")
    return {
        code: names[code]
        for code in sorted(names)
        if len(code) == 2 and code.isalpha() and code not in {"EU", "UN", "ZZ", "EZ", "XA", "XB", "QO"}
    }


# Words that stay with the next one, by their length, because Python looks behind a space for so many letters only.
_SHORT = {
    "pl": ("[aiouwzAIOUWZ]", "[Nn]a|[Dd]o|[Zz]e|[Ww]e|[Oo]d|[Pp]o|[Zz]a|nr", r"ul\.|al\.|os\.|pl\.", r"tel\."),
    "en": ("[aAI]", r"[Nn]o\."),
    "uk": ("[авзійоуєяАВЗІЙОУЄЯ№]", "[Нн]а|[Дд]о|[Нн]е|[Зз]а|[Зз]і|[Іі]з|[Пп]о|[Щщ]о", "[Вв]ід", r"вул\.|буд\.|тел\."),
}
# A space first: a text is searched for it quickly, and has few.
_TIED = {locale: re.compile(" (?:" + "|".join(rf"(?<=(?<!\w)(?:{each}) )" for each in several) + ")")
         for locale, several in _SHORT.items()}  # fmt: skip


@lru_cache(maxsize=20_000, typed=True)  # what is markup stays markup
def typeset(text: str, locale: str = "pl") -> str:
    """Typography for running text: one-letter words and "nr" stay with the next word."""
    return _TIED[locale].sub("\u00a0", text)


def plain(value: Any) -> str:
    """Any canonical value as one cell of text without markup: what CSV and search see."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "tak" if value else "nie"
    if isinstance(value, list):
        return "; ".join(plain(item) for item in value)
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {plain(item)}" for name, item in value.items())
    return str(value)

"""Identifiers and contact data of Polish bodies: one canonical form each, from any spelling people use.

KRS has no check digit (a ten-digit register number); NIP and REGON are checked by python-stdnum; phones by
phonenumberslite; e-mail addresses by email-validator without asking the network.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any
from urllib.parse import urlsplit

import phonenumbers
from stdnum.exceptions import ValidationError
from stdnum.pl import nip as _nip
from stdnum.pl import regon as _regon


def reader(parse: Callable[[str], str], wrong: type[ValueError]) -> Callable[[Any], str]:
    """Wrap a text parser as the `parse` of a kind: refuses what is not text, turns ValueError into `wrong`."""

    def read(raw: Any) -> str:
        if not isinstance(raw, str):
            raise wrong("to ma być tekst. Ujmij numer w cudzysłów, żeby nie zginęły zera z przodu.")
        try:
            return parse(" ".join(raw.split()))
        except ValueError as error:
            raise wrong(str(error)) from None

    return read


_TEN_DIGITS = re.compile(r"[0-9]{10}")


def krs(text: str) -> str:
    """ "KRS 207658" or "0000207658" → "0000207658"."""
    digits = text if _TEN_DIGITS.fullmatch(text) else re.sub(r"(?i)^krs:?|[\s-]", "", text)
    if not re.fullmatch(r"[0-9]{1,10}", digits) or int(digits) == 0:
        raise ValueError("numer KRS ma 10 cyfr, zwykle z zerami na początku, np. 0000207658.")
    return digits.zfill(10)


def nip(text: str) -> str:
    """Ten digits with a valid check digit."""
    try:
        return str(_nip.validate(re.sub(r"(?i)^(nip:?|pl)\s*", "", text)))
    except ValidationError:
        raise ValueError("NIP ma 10 cyfr i cyfrę kontrolną, która tu się nie zgadza. Sprawdź numer.") from None


def regon(text: str) -> str:
    """Nine digits; the 14-digit form printed by KRS (nine and `00000`) is cut."""
    digits = re.sub(r"(?i)^regon:?|[\s-]", "", text)
    if len(digits) == 14 and digits.endswith("00000"):
        digits = digits[:9]
    try:
        number = str(_regon.validate(digits))
    except ValidationError:
        number = ""
    if len(number) != 9:
        raise ValueError("REGON ma 9 cyfr i cyfrę kontrolną, która tu się nie zgadza. Sprawdź numer.")
    return number


_SHORT_NUMBER = re.compile(r"(1\d{2}|9\d{2}|19\d{3}|116\d{3})")


def phone(text: str) -> str:
    """Any spelling → "+48 12 616 78 00"; emergency and harmonised numbers (112, 116123) stay as they are."""
    if _POLISH.fullmatch(text) and written(text[4:].replace(" ", "")) == text:
        return text
    main, _, extension = re.sub(r"(?i)^tel\.?:?\s*", "", text).partition("wew")
    digits = re.sub(r"[\s-]", "", main)
    if _SHORT_NUMBER.fullmatch(digits):
        return digits
    try:
        number = phonenumbers.parse(re.sub(r"[^\d+]", "", main), "PL")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise ValueError("to nie jest numer telefonu. Wpisz 9 cyfr, np. 12 616 78 00.")
    found = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    inner = re.sub(r"\D", "", extension)
    return f"{found} wew. {inner}" if inner else found


_POLISH = re.compile(r"\+48 [1-9](?: ?[0-9]){8}")


_DIGITS = "123456789"  # how the numbering plan groups them shows where its spaces stand


@cache
def _numbering() -> tuple[re.Pattern[str], tuple[tuple[re.Pattern[str], tuple[slice, ...]], ...]]:
    """The numbering plan as phonenumberslite keeps it: what a number may be, and (beginning, groups) of each way to
    write nine digits. Asking the library for one number takes longer than reading all the rest of a row."""
    plan: Any = phonenumbers.PhoneMetadata.metadata_for_region("PL")
    known = (getattr(plan, name) for name in _SORTS)
    valid = "|".join(f"(?:{each.national_number_pattern})" for each in known if each.national_number_pattern)
    ways = [(each.leading_digits_pattern[-1], re.sub(each.pattern, each.format, _DIGITS).split(" "))
            for each in plan.number_format if re.fullmatch(each.pattern, _DIGITS)]  # fmt: skip
    return re.compile(valid), tuple((re.compile(lead), tuple(map(_place, groups))) for lead, groups in ways)


def _place(group: str) -> slice:
    return slice(int(group[0]) - 1, int(group[-1]))


_SORTS = ("fixed_line", "mobile", "toll_free", "premium_rate", "shared_cost", "voip", "pager", "uan")


def written(digits: str) -> str:
    """Nine digits as the numbering plan writes them, "" for no number: what is in that form need not be parsed."""
    valid, ways = _numbering()
    if not valid.fullmatch(digits):
        return ""
    for lead, groups in ways:
        if lead.match(digits):
            return "+48 " + " ".join([digits[group] for group in groups])
    return f"+48 {digits}"


def show_phone(value: str, _locale: str = "pl") -> str:
    """Canonical → what people dial: without +48; six-digit helplines in two groups."""
    if len(value) == 6 and value.startswith("116"):
        return f"{value[:3]}\u00a0{value[3:]}"
    return value.removeprefix("+48 ").replace(" ", "\u00a0")


def dial(value: str) -> str:
    """Canonical phone → the target of a `tel:` link (RFC 3966, extension as `;ext=`)."""
    number, _, inner = value.partition(" wew. ")
    return number.replace(" ", "") + (f";ext={inner}" if inner else "")


_PLAIN_LOCAL = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*")


_COMMON_DOMAIN = re.compile(r"([a-z0-9]+(-[a-z0-9]+)*\.)+(pl|org|eu|com|net|info)")


def _normalized(address: str) -> str:
    """The address in its one form, "" for none. The library is slow to import: most catalogues never ask it."""
    from email_validator import EmailNotValidError, validate_email

    try:
        return str(validate_email(address, check_deliverability=False).normalized)
    except EmailNotValidError:
        return ""


@lru_cache(maxsize=10_000)
def plain_domain(domain: str) -> bool:
    """A domain that stays as it is: organisations share few of them, and asking takes longer than the rest of a row."""
    if len(domain) < 60 and _COMMON_DOMAIN.fullmatch(domain):
        return True
    return _normalized(f"a@{domain}") == f"a@{domain}"


def email(text: str) -> str:
    """An address that could receive mail; spelled-out "(at)" is understood, nothing is asked of the network."""
    local, _, domain = text.partition("@")
    if _PLAIN_LOCAL.fullmatch(local) and len(local) <= 64 and len(text) <= 254 and plain_domain(domain):
        return text
    spelled = re.sub(r"\s*[\[(]\s*(at|małpa)\s*[\])]\s*", "@", text)
    found = _normalized(spelled.removeprefix("mailto:"))
    if not found:
        raise ValueError("to nie jest adres e-mail. Wpisz np. biuro@example.org.")
    return found


_PLAIN_URL = re.compile(r"https?://[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63}){1,6}(/[A-Za-z0-9_.~/%?=&,+-]{0,1000})?")


def url(text: str) -> str:
    """Only http and https with a host: `javascript:` and friends are refused (they would run in the reader's page)."""
    if _PLAIN_URL.fullmatch(text):
        return text
    address = text if re.match(r"(?i)[a-z][a-z0-9+.-]*:", text) else f"https://{text}"
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        host = ""
    if "." not in host or not re.match(r"(?i)https?://", address) or re.search(r"[\s<>\"`{}|\\^]", address):
        raise ValueError("to nie jest adres strony. Wpisz adres zaczynający się od https://.")
    if parts.username or parts.password:
        raise ValueError("adres zawiera nazwę użytkownika albo hasło. Wpisz sam adres strony.")
    if len(address) > 2000:
        raise ValueError("adres ma ponad 2000 znaków. Wpisz krótszy.")
    return address

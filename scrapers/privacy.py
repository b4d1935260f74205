"""What must not reach a file: numbers and private contacts of people inside running text.

Fields that name persons are never read by a spider; this is the second net, for what people write into descriptions.
"""

from __future__ import annotations

import re

from stdnum.pl import pesel

MARK = "[pominięto]"
_PESEL = re.compile(r"(?<!\d)\d{11}(?!\d)")
_PRIVATE_MAIL = re.compile(
    r"[\w.+-]+@(?:gmail|googlemail|wp|o2|onet|op|poczta|interia|int|tlen|gazeta|vp|buziaczek|autograf|hotmail|outlook"
    r"|yahoo|icloud|protonmail|proton)\.[a-z.]{2,6}\b",
    re.IGNORECASE,
)
_MOBILE = re.compile(r"(?<![\d+])(?:\+?48[ -]?)?(?:45|50|51|53|57|60|66|69|72|73|78|79|88)\d(?:[ -]?\d{3}){2}(?![\d-])")
_PUBLISHER = re.compile(r"(?im)^[ \t]*(?:Osoba publikująca|Opublikował(?:a)?|Wytworzył(?:a)?|Autor)\s*:?.*$")


_CONTACT = re.compile(
    r"\b(?:kontakt\w*\s*:|osob\w+ do kontaktu|osob\w+ kontaktow|contact(?:\s+person)?\b|udziela\w*"
    r"|pytać o|tel\.\s*(?:kom|do))",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?])(?<!\bul\.)(?<!\btel\.)(?<!\bnr\.)(?<!\bp\.)\s+(?=[A-ZĄĆĘŁŃÓŚŹŻ])")


def impersonal(text: str) -> str:
    """Running text without the sentences that say whom to ask: they name somebody, and the source's page has them."""
    lines = scrub(text).split("\n")
    kept = (
        " ".join(part for part in _SENTENCE.split(line) if MARK not in part and not _CONTACT.search(part))
        for line in lines
    )
    return "\n".join(line for line in kept if line.strip() or not line)


def scrub(text: str) -> str:
    """Text without PESEL numbers, private mailboxes, mobile numbers and the line that names who published a page."""
    text = _PESEL.sub(lambda found: MARK if pesel.is_valid(found.group()) else found.group(), text)
    text = _MOBILE.sub(MARK, _PRIVATE_MAIL.sub(MARK, text))
    return _PUBLISHER.sub("", text).strip()


def redact(body: bytes, labels: tuple[str, ...]) -> tuple[bytes, int]:
    """A saved HTML or XML page without the text that follows its private labels and without private contacts."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return body, 0
    struck = 0
    for label in labels:
        after = re.compile(rf"({re.escape(label)}\s*:?\s*(?:<[^>]*>\s*)*)([^<>\n]+)")
        inside = re.compile(rf"(<{re.escape(label)}\b[^>]*>).*?(</{re.escape(label)}>)", re.DOTALL)
        text, first = after.subn(rf"\g<1>{MARK}", text)
        text, second = inside.subn(r"\1\2", text)
        struck += first + second
    text, more = without_contacts(text)
    return text.encode(), struck + more


def without_contacts(text: str) -> tuple[str, int]:
    """Text without private mailboxes and mobile numbers, and how many there were."""
    text, mails = _PRIVATE_MAIL.subn(MARK, text)
    text, phones = _MOBILE.subn(MARK, text)
    return text, mails + phones

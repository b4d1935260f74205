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


def scrub(text: str) -> str:
    """Text without PESEL numbers, private mailboxes, mobile numbers and the line that names who published a page."""
    text = _PESEL.sub(lambda found: MARK if pesel.is_valid(found.group()) else found.group(), text)
    text = _MOBILE.sub(MARK, _PRIVATE_MAIL.sub(MARK, text))
    return _PUBLISHER.sub("", text).strip()

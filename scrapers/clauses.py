"""Social clauses of a procurement notice: found by the words of its labels, since their numbers change."""

from __future__ import annotations

import re
from typing import NamedTuple

from parsel import Selector

from scrapers.select import words

FLAGS = {
    "uwzględnia aspekty społeczne, środowiskowe lub etykiety w opisie przedmiotu": "opis przedmiotu zamówienia",
    "określa aspekty społeczne, środowiskowe lub innowacyjne, żąda etykiet": "kryteria oceny ofert",
    "uwzględnił aspekty społeczne, środowiskowe, innowacyjne lub etykiety związane": "realizacja zamówienia",
    "mogą ubiegać się wyłącznie wykonawcy, o których mowa w art. 94": "zamówienie zastrzeżone (art. 94)",
}
_SOCIAL = re.compile(
    r"zatrudni|bezrobotn|niepełnosprawn|umow\w+ o prac|dostępnoś|ekonomi\w+ społeczn|art\.? ?94", re.IGNORECASE
)
_YES = re.compile(r"^tak\b", re.IGNORECASE)


class Clauses(NamedTuple):
    """social: True or False as the notice says; None where a flag is set but nothing tells social from environmental.
    words: where the flags are and what the notice says of them."""

    social: bool | None
    words: str


def social_clauses(html: str) -> Clauses | None:
    """Read the flags; None for a notice without any of them (its template is not the one we know)."""
    lines = [words(block) for block in Selector(text=html or "<p></p>", type="html").css("h3, h4, p, li")]
    raised: list[str] = []
    known = told = False
    for place, line in enumerate(lines):
        flag = next((where for label, where in FLAGS.items() if label in line), None)
        if flag is None:
            continue
        known = True
        if _YES.search(line.rpartition(":")[2].strip()):
            follow = lines[place + 1] if place + 1 < len(lines) else ""
            detail = "" if any(label in follow for label in FLAGS) or not _SOCIAL.search(follow) else follow
            told = told or bool(detail) or "art. 94" in flag
            raised.append(f"{flag}: {detail[:300]}" if detail else flag)
    if not known:
        return None
    return Clauses(None if raised and not told else bool(raised), "; ".join(raised)[:600])

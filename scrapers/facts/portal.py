"""The header that a grants portal puts above a pasted announcement, and titles without a label.

No spider reads private portals; the header is understood because people paste such text. Its lines have a fixed order
and no colons: title, "Nabór od … do …", grantor, contact, "Łączny budżet …", percent, "Dotacje do …", groups.
"""

import re
from decimal import Decimal
from typing import NamedTuple

from scrapers.facts.amounts import find_amounts
from scrapers.facts.contacts import is_a_person
from scrapers.facts.dates import find_dates
from scrapers.facts.labels import Section
from scrapers.facts.periods import find_deadline
from scrapers.facts.prose import flow, unquoted, without_people, without_stop

_PREFIX = re.compile(
    r"^(?:[A-ZŁŚŻŹĆÓ]\w+\.\s+)?(?:(?:trwa|rusza|ruszył|ogłoszono|ogłoszenie(?: o)?"
    r"|uwaga)[!:]?\s+)?(?:(?:otwart\w+\s+)?konkurs\w*|nab[oó]r\w*|program)"
    r"(?:\s+(?:ofert|dotacyjn\w+|grantow\w+|wniosków|projektów))?(?:\s+(?:pn\.|pod nazwą)\s*:?|\s*[:–-])\s+", re.I)
_NAMED = re.compile(
    r"(?:konkurs\w*|zadani\w+|nab[oó]r\w*)[^„\"\n]{0,200}?\b(?:pn\.|p\.n\.|pod\s+nazwą|pod\s+tytułem"
    r"|pt\.)\s*:?\s*(?P<title>[„”\"].{3,400}?[”\"])", re.I)
_HEADLINE = re.compile(
    r"^(?:\w+\.\s+)?(?:ogłoszenie (?:o )?)?(?:trwa )?(?:otwart\w+ )?konkurs\w* ofert\b(?!.*w\s*formie)\s*(?:pn\.?"
    r"|[-–:])?\s*\S.{12,}", re.I)
_CUT_SHORT = re.compile(r"(?:\.\.\.|…)$")


class Header(NamedTuple):
    """What the portal says; None or "" where it says nothing ("nieznany"), and never euros as złote."""

    title: str = ""
    unit: str = ""
    opened: str = ""
    deadline: str = ""
    budget: Decimal | None = None
    grant_max: Decimal | None = None
    own_share: Decimal | None = None


def read_header(parts: list[Section]) -> Header:
    """The header among the sections, or an empty one. "Nabór od …" alone is no header: a notice may say so too."""
    portal = [part.text.split("\n") for part in parts if part.name == "portal"]
    window = next((lines for lines in portal if lines[0].lower().startswith("nabór")), None)
    others = [lines[0] for lines in portal if not lines[0].lower().startswith("nabór")]
    if window is None or not others:
        return Header()
    head = parts[:next(at for at, part in enumerate(parts) if part.name == "portal")]
    dates = [reading.value for reading in find_dates(window[0]) if reading.value]
    deadline = find_deadline(window[0])
    unit = window[1] if len(window) > 1 and not is_a_person(window[1]) else ""
    return Header(
        title=headline("\n".join(f"{part.label} {part.text}" if part.name == "other" else part.text for part in head)),
        unit=without_stop(without_people(unit)),
        opened=dates[0].isoformat() if dates and window[0].lower().startswith("nabór od") else "",
        deadline=str(deadline.value) if deadline and deadline.value else "",
        budget=_money(others, r"łączny budżet"),
        grant_max=_money(others, r"dotacje (?:do|od)"),
        own_share=_share(others),
    )


def _money(lines: list[str], opening: str) -> Decimal | None:
    for line in lines:
        amounts = find_amounts(line) if re.match(opening, line, re.I) else []
        if amounts and amounts[-1].value and amounts[-1].value.currency == "PLN":
            return amounts[-1].value.value
    return None


def _share(lines: list[str]) -> Decimal | None:
    """"Do 90% dofinansowania" leaves 10 percent to the organisation."""
    found = next((hit for line in lines if (hit := re.match(r"do (\d{1,3}) ?% dofinansowania", line, re.I))), None)
    return Decimal(100 - int(found[1])) if found and int(found[1]) <= 100 else None


def headline(text: str) -> str:
    """The title in the lines above a header: the last one, in full where a shortened line ("…") has a longer twin."""
    lines: list[str] = []
    for line in dict.fromkeys(text.split("\n")):
        if lines and (line[:1].islower() or lines[-1].endswith(("-", ","))):
            lines[-1] = flow([lines[-1], line])
        elif len(line) > 3:
            lines.append(line)
    full = [line for line in lines if not _CUT_SHORT.search(line)] or lines
    return unquoted(without_stop(_PREFIX.sub("", full[-1]))) if full else ""


def named_title(text: str) -> str:
    """A title without a label: "konkurs ofert pn. „…”", a headline "Otwarty konkurs ofert …", or the only line on top.

    A page's heading is its title; several unlabelled lines may be anything, so they give none.
    """
    found = _NAMED.search(text)
    if found:
        return unquoted(without_stop(found["title"].replace("\n", " ")))
    lines = list(dict.fromkeys(text.split("\n")))
    line = next((line for line in lines[:4] if _HEADLINE.match(line)), lines[0] if len(lines) == 1 else "")
    usable = len(line.split()) > 2 and not line.isupper() and not re.search(r"w\s*formie|\d zł|\bogłasza\b", line)
    return unquoted(without_stop(without_people(_PREFIX.sub("", line)))) if usable else ""

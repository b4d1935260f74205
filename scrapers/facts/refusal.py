"""Which notices announce no competition, and which lines of a page belong to no notice."""

import re

from scrapers.facts.labels import Section

_NOISE = re.compile(
    r"^(?:używamy plików cookie.*|(?:ten )?serwis używa plików cookie.*|(?:dokument|komunikat) archiwalny"
    r"|archiwum bip.*|(?:górne|dolne) tło|start/dotacje.*|rozwiń menu|powrót|menu|zobacz także.*|fot\..*|reklama"
    r"|pokaż metkę|drukuj|przeglądarka internet explorer.*|prośba o wpłatę.*|udostępnij)$", re.I)
_CONTEST = r"(?:konkurs|nab[oó]r|ofert|postępowani)"
_NOT_A_CALL = (
    ("to ogłoszenie o wynikach, nie o naborze",
     rf"(?:\b(?:wynik\w*|rozstrzygnięci\w+|lista rankingow\w+)\b.{{0,70}}{_CONTEST}"
     rf"|\b{_CONTEST}\w*.{{0,70}}rozstrzygnięt"
     r"|\bwyb(?:ór|or)\w* (?:najkorzystniejsz\w+ )?ofert|\bprzyznani\w+ dotacji|^\W*wyniki\W*$)"),
    ("to ogłoszenie o unieważnieniu albo odwołaniu konkursu",
     rf"(?:\b(?:unieważni|odwoła|anulowa)\w+.{{0,70}}{_CONTEST}|\b{_CONTEST}\w*.{{0,70}}\b(?:unieważni|odwoła|anulowa)\w+)"),
    ("to nie jest konkurs dla organizacji",
     r"\b(?:przetarg\w*|zamówieni\w+ publiczn\w+|zapytani\w+ ofertow\w+|stanowisk\w+ (?:pracy|urzędnicz\w+)"
     r"|nab[oó]r\w* kandydatów na|sprzedaż nieruchom\w+)"),
)
_COMMISSION = re.compile(
    r"(?:nab[oó]r\w*|zgłasza\w+|powołani\w+)\s+(?:\w+\s+){0,4}(?:członków|kandydatów|przedstawicieli)\b.{0,80}komisj",
    re.I | re.S)


def without_noise(lines: list[str]) -> list[str]:
    """The lines without cookie banners, menus and archive marks, which stand on every page of these sites."""
    return [line for line in lines if not _NOISE.match(line)]


def why_no_call(parts: list[Section]) -> str:
    """Why a notice announces no competition (Polish), or "". What stands above the first labelled value decides."""
    valued = ("title", "unit", "budget", "task", "place", "portal")
    first = next((at for at, part in enumerate(parts) if part.name in valued), len(parts))
    above = [part.text for part in parts[:first] if part.name in ("head", "heading", "issuer", "task_line", "results")]
    heading = "\n".join(above)[:1500]
    for why, pattern in _NOT_A_CALL:
        if re.search(pattern, heading, re.I | re.M):
            return why
    stated = any(part.name in ("budget", "task") and part.text for part in parts)
    return "to nabór do komisji konkursowej, nie konkurs" if _COMMISSION.search(heading) and not stated else ""

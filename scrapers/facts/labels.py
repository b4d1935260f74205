"""Labels of competition announcements, as data, and the one pass that cuts a text into labelled sections.

Spellings come from reading published announcements of Kraków and its region. A space in a spelling also
matches a line break or nothing, since labels wrap and words are glued ("Komórkarealizująca").
"""

import re
from typing import NamedTuple

LABELS: tuple[tuple[str, str], ...] = (
    # Money of earlier years comes first: its label is nearly that of the budget and must win where both could match.
    ("previous",
     r"środki (?:finansowe |publiczne )?(?:przekazane|przeznaczone"
     r"|wydatkowane)[^:\n]{0,60}?(?:na realizację )?(?:przedmiotow\w+|zadań (?:publicznych )?tego samego rodzaju"
     r"|tego samego rodzaju)(?: zada\w+)?(?: publiczn\w+)?"),
    ("previous",
     r"(?:wysokość|kwota) (?:środków|dotacji)[^:\n]{0,60}?(?:przekazanych|wydatkowanych|tego samego rodzaju"
     r"|w (?:roku )?(?:poprzedni|ubiegły)m(?: roku)?)[^:\n]{0,90}"),
    ("previous", r"środki (?:finansowe |publiczne )?(?:przekazane|przeznaczone|wydatkowane) (?:w|na)\b[^:\n]{0,120}"),
    ("previous", r"(?:zrealizowane|realizowane)[^:\n]{0,140}tego samego rodzaju[^:\n]{0,80}"),
    ("previous", r"(?:zadania|koszty zadań)[^:\n]{0,60}zrealizowane[^:\n]{0,80}"),
    ("title", r"(?:tytuł|nazwa) (?:zadania(?: publicznego)?|konkursu|projektu|zlecanego zadania(?: publicznego)?)"),
    ("unit",
     r"(?:komórka|jednostka) (?:organizacyjna |merytoryczna )?(?:realizująca|prowadząca|odpowiedzialna"
     r"|merytoryczna|nadzorująca)(?: (?:zadanie|konkurs"
     r"|za realizację)(?: zadania)?(?: publicznego?)?)?(?: \(?umk\)?)?"),
    ("budget",
     r"(?:(?:planowan[ae]|łączn[ae]|całkowit[ae]|ogóln[ae]|maksymaln[ae] łączn[ae]) ){1,2}(?:wysokość|kwota|pula|suma) "
     r"(?:dostępnych |planowanych )?(?:środków|dotacji|dofinansowania|alokacji)"
     r"(?: (?:publicznych|finansowych))?(?: (?:przeznaczonych|zaplanowanych|planowanych))?"
     r"(?: na (?:realizację|wsparcie|powierzenie|dofinansowanie)(?: realizacji)?(?: (?:tego|zlecanego|przedmiotowego))?"
     r"(?: zada(?:nia|ń)(?:/zadań)?)?(?: publiczn(?:ego|ych))?)?"),
    ("budget",
     r"(?:wysokość|kwota|pula) (?:dostępnych |planowanych )?środków(?: (?:publicznych|finansowych))?"
     r"(?: (?:przeznaczonych|zaplanowanych|planowanych))?(?: na (?:realizację|wsparcie|powierzenie|dofinansowanie)"
     r"(?: realizacji)?(?: (?:tego|zlecanego|przedmiotowego))?(?: zada(?:nia|ń)(?:/zadań)?)?"
     r"(?: publiczn(?:ego|ych))?)?"),
    ("budget", r"(?:pula|alokacja) (?:dotacji|środków|konkursu|naboru|finansowa)"),
    ("budget_prose",
     r"na (?:(?:realizację|wsparcie|powierzenie|dofinansowanie) (?:\w+ ){0,2})?(?:zada\w+|konkurs\w*|nabór|dotacje)"
     r"[^.:\n]{0,70}?(?:przeznacza się|przeznaczono|zaplanowano|zarezerwowano|przewidziano)"),
    ("budget_prose",
     r"(?:w budżecie|budżet miasta|w konkursie|w ramach konkursu)[^.:\n]{0,60}?(?:przeznaczono|zaplanowano"
     r"|zarezerwowano|do podziału jest|do rozdysponowania jest)"),
    ("budget",
     r"planowane środki(?: publiczne| finansowe)?(?: na realizację zada(?:nia|ń)(?: publiczn(?:ego|ych))?)?"),
    ("budget", r"(?:(?:łączny|całkowity|planowany) )?budżet (?:konkursu|zadania(?: publicznego)?|naboru|programu)"),
    ("budget",
     r"(?:łączna )?kwota przeznaczona na (?:realizację (?:zada(?:nia|ń)(?: publiczn(?:ego|ych))?|konkursu)|konkurs"
     r"|dotacje|dofinansowanie)"),
    ("task",
     r"(?:planowany )?(?:termin|terminy|okres|czas) (?:i warunki |i miejsce )?(?:realizacji|wykonania"
     r"|wykonywania) (?:zada(?:nia|ń)|projekt(?:u|ów))(?: publiczn(?:ego|ych)| konkursow(?:ego|ych))?"),
    ("task", r"(?:termin|okres) realizacji"),
    ("task", r"(?:realizacja|(?:okres|czas) trwania) (?:zada(?:nia|ń)|projekt(?:u|ów))(?: publiczn(?:ego|ych))?"),
    ("task",
     r"(?:zadani[ae]|projekty?) (?:publiczne )?(?:należy|można|muszą|musi|mogą|może|powinn[oy]|będ\w+)(?: być)? "
     r"(?:z?realizowa\w+|wykona\w+)"),
    ("place",
     r"(?:miejsce|miejsca|obszar|teren) (?:realizacji|wykonania|wykonywania) (?:zada(?:nia|ń))(?: publiczn(?:ego"
     r"|ych))?"),
    ("place", r"miejsce realizacji"),
    ("deadline",
     r"(?:ostateczny )?(?:termin|terminy)(?: i (?:miejsce|sposób|warunki|tryb))? (?:składania|złożenia"
     r"|przyjmowania|nadsyłania|wpływu|naboru) (?:ofert|wniosków"
     r"|projektów)(?: konkursowych)?(?: na realizację zada(?:nia|ń) publiczn(?:ego|ych))?(?: upływa| mija"
     r"| kończy się)?(?: \([^)\n]{0,30}\))?"),
    ("deadline", r"nabór (?:wniosków|ofert|projektów) (?:trwa|prowadzony jest|odbywa się|potrwa|będzie trwał)"),
    ("deadline", r"(?:termin naboru|nabór trwa|nabór (?:wniosków|ofert))"),
    ("deadline",
     r"(?:oferty|wnioski|ofertę|wniosek) (?:konkursowe |konkursową )?(?:należy|można) (?:składać|złożyć|przesłać"
     r"|przesyłać|przekazać|dostarczyć)"),
    ("deadline", r"składanie (?:ofert|wniosków|projektów)"),
    ("deadline", r"na (?:oferty|wnioski|zgłoszenia) (?:organizatorzy )?(?:czeka\w*)"),
    ("deadline", r"(?:oferty|wnioski|zgłoszenia) (?:przyjmowane są|będą przyjmowane|są przyjmowane)"),
    ("apply", r"(?:sposób|miejsce|tryb) (?:składania|złożenia|i miejsce składania) (?:ofert|wniosków|oferty)"),
    ("results",
     r"(?:planowany )?termin (?:dokonania )?(?:wyboru|rozstrzygnięcia|ogłoszenia wyników)(?: ofert| konkursu)*"),
    ("results", r"(?:rozstrzygnięcie|wyniki) (?:otwartego )?konkursu(?: ofert)? (?:nastąpi|zostan\w+|będ\w+)"),
    ("grant_max",
     r"(?:maksymaln[ae]|najwyższ[ae]) (?:kwota|wysokość|wartość) (?:wnioskowanej |jednej )?(?:dotacji"
     r"|dofinansowania|grantu|wsparcia)"),
    ("own_share", r"(?:minimalny |wymagany )?wkład własny"),
    ("form",
     r"forma (?:realizacji|zlecenia|zlecania|wykonania) (?:realizacji )?zada(?:nia|ń)(?: publiczn(?:ego|ych))?"),
    ("contact",
     r"(?:kontakt|dane kontaktowe|(?:dodatkow\w+ |szczegółow\w+ )?(?:informacj\w+"
     r"|wyjaśnie\w+) (?:na temat konkursu )?(?:udziela\w*|można uzyskać))"),
    ("published", r"data (?:publikacji|ogłoszenia|zamieszczenia)"),
    ("person",
     r"(?:osob[ay] (?:publikując\w+|odpowiedzialn\w+|do kontaktu|upoważnion\w+|wytwarzając\w+|sporządzając\w+)"
     r"|autor|(?:informację )?(?:wytworzył|opublikował|zatwierdził|sporządził|podpisał|wprowadził|zamieścił)\w*"
     r"|odpowiedzialn\w+ za treść|podmiot publikujący|z up\.|w z\.|/-/|podpis\w*)"),
    ("other", r"data (?:wytworzenia|aktualizacji|utworzenia|modyfikacji|ostatniej \w+)"),
    ("conditions", r"(?:szczegółowe )?warunki (?:realizacji|udziału)[^:\n]{0,60}"),
    ("other", r"(?:(?:szczegółowe )?warunki|zasady) (?:realizacji|przyznawania|udzielania|finansowania)[^:\n]{0,60}"),
    ("other",
     r"(?:cel|cele|zakres|opis|adresaci|odbiorcy|beneficjenci|rodzaj|uzasadnienie) (?:zlecanego |realizacji )?"
     r"(?:zadania|zadań|konkursu)[^:\n]{0,30}"),
    ("other", r"oczekiwan\w+ (?:cel\w*|rezultat\w*|efekt\w*)[^:\n]{0,60}"),
    ("other", r"(?:kryteria|tryb|terminy? i tryb) (?:oceny|wyboru|i kryteria|stosowane)[^:\n]{0,60}"),
    ("other",
     r"(?:opłaty|uwagi|załączniki|wymagane dokumenty|klauzula informacyjna|postanowienia końcowe|podstawa prawna"
     r"|zobacz także|pliki do pobrania|informacje dodatkowe|uprawnieni oferenci|podmioty uprawnione)"),
    ("task_line",
     r"na (?:realizację|wsparcie|powierzenie)(?: realizacji)?(?: w ?formie ?(?:powierz\w+|wspar\w+"
     r"|wspier\w+)(?: ?(?:lub|albo|i|oraz|/|,) ?(?:powierz\w+|wspar\w+|wspier\w+))?)?(?: realizacji)? ?zada(?:nia"
     r"|ń) publiczn\w+"),
    ("issuer",
     r"(?:PREZYDENT MIASTA|DYREKTOR|ZARZĄD (?:WOJEWÓDZTWA|POWIATU)|WOJEWODA|BURMISTRZ|WÓJT GMINY"
     r"|MARSZAŁEK WOJEWÓDZTWA|STAROSTA|MINISTER)\b"),
    ("heading", r"(?:ogłasza|ogłoszenie|otwart\w+ konkurs\w* ofert|nabór na członków|oraz)"),
    ("portal", r"nabór (?:od|do)(?: dnia)? \d"),
    ("portal",
     r"(?:łączny budżet|procent dofinansowania|kwota dofinansowania|do \d{1,3} ?% dofinansowania|dotacje (?:do"
     r"|od) \d|brak danych kontaktowych)"),
)

_FREE = ("task", "place", "budget", "budget_prose", "deadline", "results", "grant_max", "own_share", "contact",
         "previous", "apply", "form", "published")
"""Labels that may open a sentence without a colon: their values are read by a grammar, not copied."""

_START = r"(?:^|\n)[ |•*·–-]*(?:(?:§\s*\d+|[IVX]{1,5}|\d{1,2}|[a-z])[.)]{1,2}\s*)?"
_TAIL = r"\s?\*{0,3}\s*(?:\([^)\n]{0,40}\)\s*)?"


def _spelling(label: str) -> str:
    return label.replace(" ", r"\s*")


def _pattern(name: str, label: str) -> re.Pattern[str]:
    spelling = _spelling(label)
    capital = r"(?-i:(?=[A-ZŁŚŻŹĆÓ]))"
    borders = [rf"{_START}(?P<a>{spelling}){_TAIL}:",
               rf"{_START}{capital}(?P<b>{spelling}){_TAIL}(?=\n|$|\||[„”\"–-]|(?-i:\s[A-ZŁŚŻŹĆÓ\d]))",
               rf"(?<=[\s.;>)]){capital}(?P<c>{spelling}){_TAIL}:"]
    if name in ("task_line", "portal"):
        borders = [rf"{_START}(?P<a>{spelling})"]
    elif name == "person":
        borders = [rf"{_START}(?P<a>{spelling})(?!\w)", borders[-1]]
    elif name == "issuer":
        borders = [rf"{_START}(?P<a>(?-i:{spelling}))"]
    elif name == "heading":
        borders = [rf"{_START}(?P<a>{spelling})(?=\s*:?(?:\n|$))"]
    elif name in _FREE:
        borders.append(rf"{_START}{capital}(?P<d>{spelling})\b")
    if name in ("task", "deadline", "budget_prose"):
        borders.append(rf"(?<=\w[.!?]\s){capital}(?P<e>{spelling})\b")
    return re.compile("|".join(borders), re.I)


_PATTERNS = tuple((name, _pattern(name, label)) for name, label in LABELS)


class Section(NamedTuple):
    """A label's family and the text after it, up to the next label. The text before the first label is "head"."""

    name: str
    label: str
    text: str


def sections(lines: list[str]) -> list[Section]:
    """The text cut at every known label, in order; nothing is lost between two sections."""
    text = "\n".join(lines)
    hits = [(found.start(), -found.end(), name, found)
            for name, pattern in _PATTERNS for found in pattern.finditer(text)]
    kept: list[tuple[str, re.Match[str]]] = []
    end = 0
    for start, _, name, found in sorted(hits, key=lambda hit: hit[:2]):
        if start >= end or (start == 0 and not kept):
            kept.append((name, found))
            end = found.end()
    parts = [Section("head", "", text[:kept[0][1].start()] if kept else text)]
    borders = [*(found.start() for _, found in kept), len(text)]
    for (name, found), following in zip(kept, borders[1:], strict=True):
        label = next(part for part in found.groupdict().values() if part)
        inside = name in ("task_line", "issuer", "portal", "heading")
        value = text[found.start() if inside else found.end():following]
        parts.append(Section(name, label, re.sub(r"^[ |:]*[–—-]\s", "", value).strip(" |\n")))
    return parts

"""Values that are copied words: titles, units, places. What is cut off, and why it is never a person."""

import re

from scrapers.facts.contacts import is_a_person

OPENING, CLOSING = "„«“\"'", "”»“\"'"
_LIST_ITEM = re.compile(r"^(?:[IVX]{1,5}|\d{1,2}|[a-z])[.)]\s|^[-–•*]\s")
_LIST_LEAD = re.compile(r",?\s*(?:obejmując\w+|z podziałem na|w podziale na|w tym|tj\.?|tzn\.?|:).{0,60}$", re.I)
_HEADING = re.compile(r"^[A-ZŁŚŻŹĆÓ][^:\n]{2,80}:\s*$")
_INLINE_HEADING = re.compile(r"^[A-ZŁŚŻŹĆÓ][\w ]{2,50}:\s")
_CAPITALS = re.compile(r"^[A-ZŁŚŻŹĆÓĄĘŃ\s.,–-]{12,}$")
_ABBREVIATION = re.compile(r"(?:^|[\s(.])(?:r|ul|os|al|pl|ds|im|tj|tzn|itp|itd|in|woj|pn|nr|ok|św|m\.in)\.$", re.I)
_PERSON = re.compile(
    r"[\s,;(–-]*(?:\b(?:osob[ayę] (?:do kontaktu|odpowiedzialn\w+|publikując\w+|upoważnion\w+|prowadząc\w+"
    r"|kontaktow\w+)"
    r"|(?:w osobie|kierowan\w+ przez|prowadzon\w+ przez) pan\w*|pani?\b|p\.\s?(?=[A-ZŁŚŻ])|kontakt\w*|tel\."
    r"|telefon\w*|e-?mail\w*|mgr|inż\.|dr\s|z up\.)"
    r"|\S+@\S+|\+48|\d{11}(?!\d)).*$", re.I | re.S)
# "Miejsce realizacji zadania musi być dostępne …" opens a sentence of conditions, it labels nothing.
_DEMAND = re.compile(
    r"^(?:powin\w+|musi\w*|muszą|należy|ma być|mają|zapewni\w+|zostan\w+|określ\w+|nie\b|winn\w+)", re.I)
_LONGEST = 700


def flow(lines: list[str]) -> str:
    """Wrapped lines as one; a word cut at its hyphen ("informacyjno-" / "edukacyjnych") is put together."""
    return re.sub(r"(?<=\w)-\n(?=[a-ząćęłńóśźż])", "-", "\n".join(lines)).replace("\n", " ")


def _joined(text: str, most: int) -> tuple[str, bool]:
    """The lines of one value joined, and whether a list followed it. Headings, capitals and new sentences end it."""
    taken: list[str] = []
    lines = [line.strip(" |\t") for line in text.split("\n") if line.strip(" |\t")]
    for at, line in enumerate(lines):
        if taken:
            if _LIST_ITEM.match(line) and not _LIST_ITEM.match(taken[0]):
                return flow(taken), True
            ended = taken[-1].endswith((".", "!", "?")) and not _ABBREVIATION.search(taken[-1])
            fresh = not line[0].islower()
            if len(taken) >= most or (fresh and (ended or _closed(taken))) or _starts_another(line, lines[at + 1:]):
                break
        taken.append(line)
    return flow(taken), False


def _starts_another(line: str, following: list[str]) -> bool:
    """Whether a line is a heading of its own; a line that leads a list still belongs to the value."""
    leads = bool(following) and _LIST_ITEM.match(following[0]) is not None
    return bool((_HEADING.match(line) and not leads) or _INLINE_HEADING.match(line) or _CAPITALS.match(line))


def _closed(taken: list[str]) -> bool:
    """A value in quotation marks ends with them; a following line in a capital is another matter."""
    joined = " ".join(taken)
    return joined[0] in OPENING and joined.rstrip(".")[-1] in CLOSING and len(joined) > 2


def unquoted(text: str) -> str:
    """The text without one pair of quotation marks around the whole of it; marks inside stay.

    Notices use „…”, ”…”, "…" and leave one of the two out, so a single mark at either end goes too.
    """
    text = text.strip()
    marks = [at for at, sign in enumerate(text) if sign in "„”“\"«»"]
    if not marks:
        return text
    first, last = marks[0] == 0, marks[-1] == len(text) - 1
    if len(marks) == 1:
        return text.strip("„”“\"«» ") if first or last else text
    inner = text[marks[1]] if len(marks) > 2 else ""
    if first and last and len(marks) % 2 == 0 and (not inner or inner in "„«"):
        return text[1:-1].strip()
    return text


def without_stop(text: str) -> str:
    """The text without the full stops at its end, kept after an abbreviation ("2024 r.")."""
    text = text.strip().rstrip(",;").strip()
    while text.endswith(".") and (not _ABBREVIATION.search(text) or text.endswith("..")):
        text = text[:-1].rstrip()
    return text


def without_people(text: str) -> str:
    """The text up to the first sign of a person: "Pani …", "osoba do kontaktu", a phone, an e-mail, a PESEL number."""
    return _PERSON.sub("", text).strip(" ,;–-(")


def title_of(text: str) -> str:
    """The title after its label: over several lines, without outer quotes and without a list of priorities below it."""
    if _LIST_ITEM.match(text):
        items = [_LIST_ITEM.sub("", line) for line in text.split("\n") if _LIST_ITEM.match(line)]
        if len(items) > 1:
            return "; ".join(without_stop(item) for item in items)[:_LONGEST]
        text = _LIST_ITEM.sub("", text, count=1)
    joined, listed = _joined(text, 8)
    if listed:
        joined = _LIST_LEAD.sub("", joined)
    return unquoted(without_stop(without_people(joined)))[:_LONGEST]


def unit_of(text: str) -> str:
    """The unit that runs the call, never the person named beside it."""
    unit = unquoted(without_stop(without_people(_joined(text, 3)[0])))[:_LONGEST]
    return "" if is_a_person(unit) else unit


def place_of(text: str) -> str:
    """The place as written; lists of rooms are joined into one line."""
    if _DEMAND.match(text):
        return ""
    taken: list[str] = []
    for line in text.split("\n"):
        ended = taken and taken[-1].endswith(".") and not _ABBREVIATION.search(taken[-1])
        fresh = not _LIST_ITEM.match(line) and not line[:1].islower()
        if taken and (_HEADING.match(line) or _CAPITALS.match(line) or (ended and fresh)):
            break
        taken.append(line.strip(" |"))
    joined = re.sub(r"^(?:jest|są|będzie|to|stanowi|–|-|—)\s+", "", flow(taken))
    return without_stop(without_people(joined))[:_LONGEST]


def area_of(text: str) -> str:
    """The sphere of public tasks in the words of the notice: what follows "w zakresie" or "z zakresu"."""
    joined = _joined(text, 5)[0]
    found = re.search(
    r"(?:w\s*zakresie|z\s*zakresu|w\s*obszarze|w\s*sferze)\s*:?\s*(?P<area>.{3,400})$", joined, re.I | re.S)
    if not found:
        return ""
    area = re.split(r"\s+(?:pn\.|pod nazwą|pod tytułem|pt\.)", found["area"])[0]
    return unquoted(without_stop(without_people(area)))

"""A budget and its division into years, in every order the city writes them.

One text may say the total and then the years, the years alone, the year before or after its amount, one a line or all
in brackets. The text is cut into clauses; a clause that holds one year and one amount is a pair.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from scrapers.facts.amounts import find_sums, without_words
from scrapers.facts.dates import find_days


class Budget(NamedTuple):
    """Złote. `total` only where the text states it (a sum of parts would be ours); `by_year` as stated."""

    total: Decimal | None
    total_text: str
    by_year: dict[int, Decimal]
    by_year_text: str


class _Mark(NamedTuple):
    kind: str  # amount | year | span | cut | in_all
    value: Decimal
    start: int
    end: int
    text: str


_NOTHING = Decimal(0)
_YEAR = re.compile(
    r"(?:\(\s*)?(?:\b(?:na|w|za)\s+)?(?:(?:rok|roku|r\.)\s+)?(?<![\d.,])(?P<year>20\d\d)(?![\d.,]\d|\s?\d{3}(?!\d))"
    r"(?!\s*(?:zł|PLN|tys|mln))(?:\s*(?:roku|rok|r\b\.?))?(?:\s*\))?", re.I)
_SPAN = re.compile(
    r"(?:w\s+latach|na\s+lata|lata|w\s+roku\s+szkolnym|rok\s+szkolny)?\s*(?<!\d)20\d\d"
    r"(?:\s?[-–—/]\s?(?:20)?\d\d(?!\d)"
    r"|(?:,\s*20\d\d)*(?:\s*(?:roku|r\.))?\s+(?:i|oraz)\s+20\d\d(?!\d|[ .]\d{3}))", re.I)
_CUT = re.compile(
    r"[;\n(]|,\s(?=\D|\d{4}\s*r)|,?\s(?:oraz|i|a\s+także)\s|\sz\s(?:czego|tego)\b|,\s*(?=20\d\d\s)", re.I)
_IN_ALL = re.compile(
    r"\b(?:w\s+tym|z\s+czego|z\s+tego|w\s+rozbiciu|z\s+podziałem|w\s+podziale|z\s+rozbiciem)\b", re.I)
_TOTAL_WORD = re.compile(r"\b(?:łączn\w+|ogółem|razem|w\s+sumie|całkowit\w+|suma)\b", re.I)
_BORDER = re.compile(
    r"(?:(?<=[^\W\d_][^\W\d_][^\W\d_])|(?<=zł))\.\s+(?=[A-ZŁŚŻŹĆÓ])|(?<=\))\.?\s+(?=[A-ZŁŚŻŹĆÓ])"
    r"|\n(?=[A-ZŁŚŻŹĆÓ][^\n]{25})")
_FOREIGN = re.compile(
    r"\b(?:maksymaln\w+|minimaln\w+|najwyższ\w+\s+kwot\w+|nie\s+może\s+(?:przekroczyć|przekraczać|być)"
    r"|nie\s+(?:przekracza|przekroczy|więcej\s+niż|wyższ\w+)|limit\w*|w\s+danym\s+roku"
    r"|(?:ten\s+sam|temu\s+samemu|jeden|jednemu)\s+podmio\w+|na\s+jedn\w+\s+(?:ofert|zadani|projekt|podmiot|organizacj)"
    r"|jednej\s+(?:oferty|organizacji)|pojedyncz\w+|wkład\w*\s+własn\w+|w\s+(?:ubiegłym|poprzednim|zeszłym)\s+roku"
    r"|roku\s+(?:ubiegłym|poprzednim)|przeznaczono|przekazano|przekazała?|przeznaczyła?|wydatkowa(?:no|ła?)|zrealizowano"
    r"|opłat\w*|czynsz\w*|stawk\w+|za\s+godzinę|na\s+osobę)", re.I)
_EACH = re.compile(r"(?:\bpo|\d\s*(?:\w+\s+)?[x×*])\s*$", re.I)  # "po 100 000 zł", "(16 punktów x 64 080 zł)"
_RATE = re.compile(
    r"^\s*\)?\s*(?:rocznie|miesięcznie|dziennie|(?:w|na)\s+każdy\w*\s+(?:rok|miesiąc|roku)|/\s*(?:rok|mies))", re.I)


def find_budget(text: str) -> Budget:
    """The budget that a text after a budget label states; amounts of other years' grants and of limits are passed over.

    Several amounts without a common total (areas I-IV) give no total. Amounts for spans of years ("2024-2025") cannot
    be given to one year, so they leave `by_year` empty.
    """
    own = _own_sentences(without_words(text))
    marks = list(_marks(own))
    pairs, loose = _pairs(marks)
    spans = [amount for year, amount in pairs if year.kind == "span"]
    pairs = [pair for pair in pairs if pair[0].kind == "year"]
    if spans and pairs and sum(amount.value for amount in spans) != sum(amount.value for _, amount in pairs):
        return Budget(None, "", {}, "")
    loose = sorted(loose + spans, key=lambda amount: amount.start)
    by_year: dict[int, Decimal] = {}
    for year, amount in pairs:
        by_year[int(year.value)] = by_year.get(int(year.value), _NOTHING) + amount.value
    total = _total(loose, marks, own) if loose else pairs[0][1] if len(pairs) == 1 else None
    wording = ""
    if by_year:
        spots = [mark for pair in pairs for mark in pair]
        wording = text[min(mark.start for mark in spots):max(mark.end for mark in spots)].strip(" \n(,;")
    return Budget(total.value if total else None, total.text if total else "", by_year, wording)


def _own_sentences(text: str) -> str:
    """The text with sentences about limits, earlier years and other money blanked; positions stay true.

    Blank begins at the line that says so: the lines above it may still state the budget.
    """
    kept, start = [], 0
    for border in [*(found.end() for found in _BORDER.finditer(text)), len(text)]:
        sentence, start = text[start:border], border
        foreign = _FOREIGN.search(sentence)
        own = sentence.rfind("\n", 0, foreign.start()) + 1 if foreign else len(sentence)
        kept.append(sentence[:own] + re.sub(r"[^\n]", " ", sentence[own:]))
    return "".join(kept)


def _marks(text: str) -> Iterator[_Mark]:
    """Amounts, years and clause borders in order; a date range inside one year counts as that year."""
    amounts = [reading for reading in find_sums(text) if reading.value and reading.value.currency == "PLN"]
    found = [_Mark("amount", money.value.value, money.start, money.end, money.text) for money in amounts
             if money.value and not _RATE.match(text[money.end:]) and not _EACH.search(text[:money.start])]
    taken = [(money.start, money.end) for money in amounts]
    days = [day for day in find_days(text) if day.value]
    while days:
        first = days.pop(0)
        between = text[first.end:days[0].start] if days else ""
        last = days.pop(0) if days and len(between) <= 20 and "zł" not in between else first
        years = {day.value.year for day in (first, last) if day.value and day.value.year}
        if years:
            kind = "year" if len(years) == 1 else "span"
            found.append(_Mark(kind, Decimal(min(years)), first.start, last.end, text[first.start:last.end]))
            taken.append((first.start, last.end))
    for kind, pattern in (("span", _SPAN), ("year", _YEAR), ("in_all", _IN_ALL), ("cut", _CUT)):
        for hit in pattern.finditer(text):
            inside = any(hit.start() < end and start < hit.end() for start, end in taken)
            if not inside:
                value = Decimal(hit["year"]) if kind == "year" else _NOTHING
                found.append(_Mark(kind, value, hit.start(), hit.end(), hit.group()))
                if kind in ("span", "year"):
                    taken.append((hit.start(), hit.end()))
    return iter(sorted(found, key=lambda mark: mark.start))


def _pairs(marks: list[_Mark]) -> tuple[list[tuple[_Mark, _Mark]], list[_Mark]]:
    """(year, amount) pairs and the amounts that belong to no year."""
    pairs: list[tuple[_Mark, _Mark]] = []
    loose: list[_Mark] = []
    waiting: _Mark | None = None
    for clause in _clauses(marks):
        years = [mark for mark in clause if mark.kind in ("year", "span")]
        amounts = [mark for mark in clause if mark.kind == "amount"]
        if len(years) == len(amounts):
            pairs += zip(years, amounts, strict=True)
        elif len(amounts) == len(years) + 1 and years:
            loose.append(amounts[0])
            pairs += zip(years, amounts[1:], strict=True)
        elif not amounts and years:
            waiting = years[-1]
            continue
        elif len(amounts) == 1 and waiting:
            pairs.append((waiting, amounts[0]))
        else:
            loose += amounts
        if amounts:
            waiting = None
    return pairs, loose


def _clauses(marks: list[_Mark]) -> Iterator[list[_Mark]]:
    clause: list[_Mark] = []
    for mark in marks:
        if mark.kind in ("cut", "in_all"):
            yield clause
            clause = []
        else:
            clause.append(mark)
    yield clause


def _total(loose: list[_Mark], marks: list[_Mark], text: str) -> _Mark | None:
    if len(loose) == 1:
        return loose[0]
    for amount in loose:
        start = max((mark.end for mark in marks if mark.end <= amount.start and mark.kind != "cut"), default=0)
        if _TOTAL_WORD.search(text[start:amount.start]):
            return amount
    if any(mark.kind == "in_all" and loose[0].end <= mark.start < loose[1].start for mark in marks):
        return loose[0]
    everything = sum(amount.value for amount in loose)
    return next((amount for amount in (loose[0], loose[-1]) if amount.value * 2 == everything), None)

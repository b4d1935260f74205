"""From the text of an open competition to the values of a call (`datasets/calls`), without guessing.

Announcements of Kraków and its region share labels that follow art. 13 of the act on public benefit work, in many
spellings. The text is cut at the labels (facts.labels); each field is then read by one small function.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import NamedTuple

from scrapers.facts.amounts import find_amounts
from scrapers.facts.contacts import institution_contact
from scrapers.facts.dates import find_dates
from scrapers.facts.issuer import issuer_of
from scrapers.facts.labels import Section, sections
from scrapers.facts.periods import find_deadline, find_period
from scrapers.facts.portal import named_title, read_header
from scrapers.facts.prose import area_of, place_of, title_of, unit_of, without_stop
from scrapers.facts.refusal import why_no_call, without_noise
from scrapers.facts.splits import find_budget
from scrapers.facts.table import unfold_tables
from scrapers.facts.text import decode, lines_of

_TOPIC = re.compile(r"konkurs|dotacj|grant|nab[oó]r|ofert|zada(?:nia|ń|nie) publiczn|realizacj", re.I)
_FORM = re.compile(
    r"w\s*formie\s*(?:(?:zlecenia|realizacji|zadania)\s+)?(?P<a>powierz|wspar|wspier)|na\s+(?P<b>wsparcie"
    r"|powierzenie)\s+(?:realizacji|wykonywania)", re.I)
_BOTH_FORMS = re.compile(
    r"(?:powierz\w+\s*(?:lub|albo|i|oraz|/|,)\s*wsp\w+|wsp\w+\s*(?:lub|albo|i|oraz|/|,)\s*powierz\w+)", re.I)
_CORE = {"title", "unit", "budget_total", "budget_by_year", "task_from", "task_to", "place", "deadline"}
_EVIDENCE = ("title", "budget", "task", "deadline", "portal", "place")
_LONGEST_VALUE = 10_000  # characters; the longest list of rooms seen has under 2 000, hostile pages have no end
_LEAD = ("head", "heading", "issuer", "task_line")
# A period for each part ("Zadanie nr 1: …; Zadanie nr 2: …") is no period of the whole.
_PART = re.compile(r"\b(?:zadanie|część|obszar|priorytet|moduł|turnus)\s+(?:nr\s+)?(?:\d{1,2}|[IVX]{1,4})\b", re.I)
_WAY = re.compile(r"\b(?:witkac\.pl|NGO Generator|Generator NGO|eNGO|generator[a-z.]*\.pl|e-Doręcze\w+)")
_CANCELLED = re.compile(
    r"(?:konkurs|nabór|postępowanie)\s+(?:\w+\s+){0,2}(?:unieważnion|odwołan)\w+[^.\n]{0,60}", re.I)


class Call(NamedTuple):
    """One call: `values` by the dataset's field names, only those the text states; `wording` the text's own words."""

    key: str
    values: Mapping[str, object]
    wording: Mapping[str, str]
    notes: tuple[str, ...] = ()


class _Draft(NamedTuple):
    values: dict[str, object]
    wording: dict[str, str]
    notes: list[str]


def parse(body: bytes, name: str = "") -> Call:
    """The call that a saved page announces. `name` (a file name) may carry the source's number for the key.

    Raises ValueError (Polish) for a page that announces none: results, cancellations, a search for commission members,
    tenders, or a text without the labels of a competition.
    """
    lines = unfold_tables(without_noise(lines_of(decode(body))))
    parts = sections(lines)
    why = why_no_call(parts)
    if why:
        raise ValueError(why)
    draft = _Draft({}, {}, [])
    for reader in _READERS:
        reader(parts, draft)
    labels = {part.name for part in parts if part.name in _EVIDENCE and part.text}
    told = len(_CORE & draft.values.keys()) > 1 or (len(labels) > 1 and "title" in draft.values)
    if not labels or not told or not _TOPIC.search("\n".join(lines)):
        raise ValueError("nie widać tu ogłoszenia konkursu: brakuje jego etykiet, np. „Tytuł zadania publicznego:”")
    return Call(_key(body, name, draft.values), draft.values, draft.wording, tuple(draft.notes))


def _texts(parts: list[Section], name: str) -> list[str]:
    """The texts of a label, fullest use first: an empty repetition (a heading printed twice) gives nothing."""
    return [part.text[:_LONGEST_VALUE] for part in parts if part.name == name and part.text]


def _put(draft: _Draft, field: str, value: object, wording: str = "") -> None:
    if value not in (None, "") and field not in draft.values:
        draft.values[field] = value
        if wording:
            draft.wording[field] = wording


def _title(parts: list[Section], draft: _Draft) -> None:
    head = "\n".join(part.text for part in parts if part.name in _LEAD and part.text)[:_LONGEST_VALUE]
    labelled = (title_of(text) for text in _texts(parts, "title"))
    _put(draft, "title", next(filter(None, labelled), "") or read_header(parts).title or named_title(head))


def _funder(parts: list[Section], draft: _Draft) -> None:
    top = "\n".join(part.text for part in parts if part.name in ("head", "issuer", "heading"))
    _put(draft, "funder", issuer_of(top))


def _unit(parts: list[Section], draft: _Draft) -> None:
    labelled = (unit_of(text) for text in _texts(parts, "unit"))
    _put(draft, "unit", next(filter(None, labelled), "") or read_header(parts).unit)


def _kind(parts: list[Section], draft: _Draft) -> None:
    text = "\n".join(part.text for part in parts if part.name in (*_LEAD, "title"))
    if re.search(r"otwart\w+\s+konkurs\w*\s+ofert", text, re.I):
        _put(draft, "kind", "otwarty konkurs ofert")
    elif re.search(r"\bart\.\s*19\s?a\b|\bmał(?:e|ych) grant", text, re.I):
        _put(draft, "kind", "tryb 19a")


def _form(parts: list[Section], draft: _Draft) -> None:
    lead = "\n".join(part.text for part in parts if part.name in _LEAD)
    labelled = "\n".join(f"w formie {text}" for text in _texts(parts, "form"))
    for text in (lead, labelled):
        stems = {(found["a"] or found["b"])[:3].lower() for found in _FORM.finditer(text)}
        if len(stems) == 1 and not _BOTH_FORMS.search(text):
            _put(draft, "form", "powierzenie" if stems == {"pow"} else "wsparcie")


def _area(parts: list[Section], draft: _Draft) -> None:
    areas = (area_of(text) for text in _texts(parts, "task_line"))
    _put(draft, "area", next(filter(None, areas), ""))


def _budget(parts: list[Section], draft: _Draft) -> None:
    for text in _stated_budgets(parts) + _prose_budgets(parts):
        budget = find_budget(text)
        _put(draft, "budget_total", budget.total, budget.total_text)
        if budget.by_year:
            by_year = {str(year): amount for year, amount in sorted(budget.by_year.items())}
            _put(draft, "budget_by_year", by_year, budget.by_year_text)
        added = sum(budget.by_year.values())
        if budget.total is not None and budget.by_year and added != budget.total:
            draft.notes.append(f"kwoty roczne dają {added} zł, a kwota łączna to {budget.total} zł. Sprawdź w źródle.")
        if budget.total is not None or budget.by_year:
            break
    header = read_header(parts)
    _put(draft, "budget_total", header.budget)
    _put(draft, "grant_max", header.grant_max)
    _put(draft, "own_share", header.own_share)


def _stated_budgets(parts: list[Section]) -> list[str]:
    """Texts under budget labels; below the conditions of work only "Planowana …", since costs have similar labels."""
    conditions = next((at for at, part in enumerate(parts) if part.name == "conditions"), len(parts))
    planned = [part for part in parts[conditions:] if part.label.lower().startswith("planowan")]
    return _texts(parts[:conditions] + planned, "budget")


def _prose_budgets(parts: list[Section]) -> list[str]:
    """Sentences such as "Na konkurs przeznaczono 100 000 zł", unless they speak of earlier years.

    They do under the label of earlier money, and where they name a year before the call's own.
    """
    named = [date.value for name in ("task", "deadline", "portal") for text in _texts(parts, name)
             for date in find_dates(text) if date.value]
    own_year = min((day.year for day in named), default=0)
    years = [[int(year) for year in re.findall(r"20\d\d", f"{part.label} {part.text}")] for part in parts]
    prose = [(part, min(told, default=9999))
             for before, part, told in zip([parts[0], *parts[:-1]], parts, years, strict=True)
             if part.name == "budget_prose" and before.name != "previous"]
    return [part.text for part, year in prose if part.text and year >= own_year]


def _limits(parts: list[Section], draft: _Draft) -> None:
    for text in _texts(parts, "grant_max"):
        readings = find_amounts(text.split("\n")[0])
        amounts = [reading for reading in readings if reading.value and reading.value.currency == "PLN"]
        if len(amounts) == 1 and amounts[0].value:
            _put(draft, "grant_max", amounts[0].value.value, amounts[0].text)
    for text in _texts(parts, "own_share"):
        shares = re.findall(r"(\d{1,3}(?:,\d{1,2})?)\s?%", text.split("\n")[0])
        if len(shares) == 1:
            _put(draft, "own_share", Decimal(shares[0].replace(",", ".")), without_stop(text.split("\n")[0]))


def _day_words(text: str) -> tuple[object, ...]:
    return tuple(date.value for date in find_dates(text))


def _task(parts: list[Section], draft: _Draft) -> None:
    for text in _texts(parts, "task"):
        period = find_period(text)
        if len(set(map(_day_words, _PART.split(text)[1:]))) > 1:
            continue
        if period and period.value:
            _put(draft, "task_from", period.value.first and period.value.first.isoformat(), period.text)
            _put(draft, "task_to", period.value.last and period.value.last.isoformat(), period.text)
            break
        if period:
            draft.notes.append(period.problem)


def _place(parts: list[Section], draft: _Draft) -> None:
    _put(draft, "place", next(filter(None, map(place_of, _texts(parts, "place"))), ""))


def _deadline(parts: list[Section], draft: _Draft) -> None:
    header = read_header(parts)
    texts = _texts(parts, "deadline") + [text for text in _texts(parts, "portal") if text.lower().startswith("nabór")]
    readings = [reading for reading in map(find_deadline, texts) if reading]
    draft.notes.extend(reading.problem for reading in readings if reading.problem)
    good = [reading for reading in readings if reading.value]
    if header.deadline:
        # The portal rounds the hour away ("00:00"); the notice below it may still say it.
        good = [reading for reading in good if str(reading.value).startswith(header.deadline)]
    if good:
        same_day = [reading for reading in good if str(reading.value)[:10] == str(good[0].value)[:10]]
        chosen = max(same_day, key=lambda reading: len(str(reading.value)))
        _put(draft, "deadline", chosen.value, chosen.text)
    _put(draft, "deadline", header.deadline)


def _dates(parts: list[Section], draft: _Draft) -> None:
    _put(draft, "announced_on", read_header(parts).opened)
    for name, field in (("published", "announced_on"), ("results", "results_on")):
        for text in _texts(parts, name):
            dates = [reading for reading in find_dates("\n".join(text.split("\n")[:2])) if reading.value]
            if len(dates) == 1 and dates[0].value:
                _put(draft, field, dates[0].value.isoformat(), dates[0].text)
    for part in parts:
        for notice in _CANCELLED.finditer(part.text):
            dates = [reading for reading in find_dates(notice.group()) if reading.value]
            if len(dates) == 1 and dates[0].value:
                _put(draft, "cancelled_on", dates[0].value.isoformat(), notice.group())


def _reach(parts: list[Section], draft: _Draft) -> None:
    _put(draft, "contact", next(filter(None, map(institution_contact, _texts(parts, "contact"))), ""))
    ways = (_WAY.search(text) for text in _texts(parts, "apply") + _texts(parts, "deadline"))
    found = next(filter(None, ways), None)
    _put(draft, "how_to_apply", found.group() if found else "")


_READERS: tuple[Callable[[list[Section], _Draft], None], ...] = (
    _title, _funder, _unit, _kind, _form, _area, _budget, _limits, _task, _place, _deadline, _dates, _reach)


def _key(body: bytes, name: str, values: Mapping[str, object]) -> str:
    """`bip-226915` where the page's address or file name has the source's number, otherwise a fingerprint of it."""
    addresses = re.findall(rb"""<(?:link|meta)[^>]{0,80}(?:canonical|og:url)[^>]{0,300}>""", body[:100_000])
    address = name.encode() + b" " + b" ".join(addresses)
    found = re.search(rb"(news_id|dok_id)[=_-](\d{3,8})", address)
    if found:
        return f"bip-{'dok-' if found[1] == b'dok_id' else ''}{found[2].decode()}"
    named = ("title", "task_from", "task_to", "unit", "deadline")
    identity = "|".join(str(values.get(field, "")).casefold() for field in named)
    return f"konkurs-{hashlib.sha256(identity.encode()).hexdigest()[:10]}"

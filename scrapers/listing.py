"""What `list` and `crawl` print: tables in Polish for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from scrapers.run import Outcome
from scrapers.runs import COUNTERS
from scrapers.spider import Spider
from spojnik.catalog import Catalog, Dataset, Source
from spojnik.observed import run_record

CADENCE = {
    "once": "jednorazowo",
    "daily": "codziennie",
    "weekly": "co tydzień",
    "monthly": "co miesiąc",
    "yearly": "co rok",
    "people": "od ludzi",
}
DAYS = {"daily": 1, "weekly": 7, "monthly": 30, "yearly": 365}


def sources(catalog: Catalog) -> Iterator[tuple[Dataset, Source]]:
    """Every source of every dataset, in the order of the catalogue."""
    for dataset in catalog:
        for source in dataset.spec.sources:
            yield dataset, source


def source_table(catalog: Catalog, spiders: Mapping[str, type[Spider]]) -> list[str]:
    """One line a source: dataset, cadence, last attempt, last success, licence."""
    rows = [("ŹRÓDŁO", "ZBIÓR", "JAK CZĘSTO", "OSTATNIA PRÓBA", "OSTATNIE DANE", "LICENCJA")]
    for dataset, source in sources(catalog):
        ours = source.spider in spiders and spiders[source.spider].dataset == dataset.id
        run = run_record(dataset, source.id)
        attempts = run.get("attempts") or [{}]
        if source.spider and not ours:
            attempt = "brak czytnika dla tego zbioru"
        elif source.cadence == "people":
            attempt = "–"
        else:
            attempt = _attempt(attempts[0])
        rows.append(
            (
                source.id,
                dataset.id,
                CADENCE[source.cadence],
                attempt,
                run.get("last_success") or "–",
                source.licence or "nieznana",
            )
        )
    return table(rows)


def _attempt(attempt: Mapping[str, object]) -> str:
    if not attempt:
        return "jeszcze nigdy"
    day = str(attempt.get("finished", ""))[:10]
    return f"{day} udana" if attempt.get("ok") else f"{day} nieudana: {str(attempt.get('refused'))[:60]}"


def outcome_table(outcomes: Sequence[Outcome]) -> list[str]:
    """The end of a crawl: one line a source, then what somebody should look at."""
    words = [word for word in COUNTERS if any(outcome.attempt.counters.get(word) for outcome in outcomes)]
    rows = [("ŹRÓDŁO", *(COUNTERS[word].upper() for word in words), "WYNIK")]
    for outcome in outcomes:
        counts = (str(outcome.attempt.counters.get(word, 0)) for word in words)
        rows.append(
            (outcome.name, *counts, "dobrze" if outcome.attempt.ok else f"bez zmian: {outcome.attempt.refused}")
        )
    notes = [f"{outcome.name}: {warning}" for outcome in outcomes for warning in outcome.warnings]
    return [*table(rows), *([""] if notes else []), *notes]


def table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Columns side by side, the last one as long as it is."""
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def due(catalog: Catalog, spiders: Mapping[str, type[Spider]], today: str) -> Iterable[str]:
    """Spiders whose time has come: the cadence has passed since the last success, and no attempt was made today."""
    for dataset, source in sources(catalog):
        spider = spiders.get(source.spider)
        if spider is None or spider.dataset != dataset.id or source.cadence not in DAYS:
            continue
        run = run_record(dataset, spider.name)
        tried = str((run.get("attempts") or [{}])[0].get("finished", ""))[:10]
        last = run.get("last_success")
        passed = (date.fromisoformat(today) - date.fromisoformat(last)).days if last else DAYS[source.cadence]
        if passed >= DAYS[source.cadence] and tried != today:
            yield spider.name

"""`observed/<source>.run.json`: what happened each time a source was asked, in words that the sources page prints."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from scrapers.vault import replace_file
from spojnik.catalog import Dataset
from spojnik.observed import run_record

MOST_ATTEMPTS = 20
COUNTERS = {
    "requests": "zapytania",
    "retries": "ponowienia",
    "pages": "strony",
    "skipped": "pominięte strony",
    "rows": "pozycje w źródle",
    "records": "rekordy",
    "added": "nowe",
    "changed": "zmienione",
    "unchanged": "bez zmian",
    "missing": "brakujące",
    "gone": "zniknęły",
    "dropped": "odrzucone wartości",
    "warnings": "uwagi",
}
"""The one vocabulary of counters, in the order of the table, with the Polish heading of each."""


class Attempt(NamedTuple):
    """One attempt. refused: Polish reason why nothing was kept, "" when all is well."""

    started: str
    finished: str
    ok: bool
    complete: bool
    refused: str
    counters: Mapping[str, int]


def record(
    dataset: Dataset, name: str, attempt: Attempt, missing: Mapping[str, int], warnings: tuple[str, ...]
) -> None:
    """Put an attempt in front of the earlier ones. A refused run forgets nothing: who was missing stays as counted."""
    before = run_record(dataset, name)
    counters = {word: int(attempt.counters.get(word, 0)) for word in COUNTERS if attempt.counters.get(word)}
    attempts = [{**attempt._asdict(), "counters": counters}, *before.get("attempts", [])][:MOST_ATTEMPTS]
    last = attempt.finished[:10] if attempt.ok else before.get("last_success")
    _write(dataset, name, attempts, last, missing, warnings)


def note(dataset: Dataset, name: str, warning: str) -> None:
    """Say why a source was not asked at all; that is no failed attempt."""
    before = run_record(dataset, name)
    _write(dataset, name, before.get("attempts", []), before.get("last_success"), before.get("missing", {}), (warning,))


def _write(
    dataset: Dataset,
    name: str,
    attempts: list[Any],
    last: str | None,
    missing: Mapping[str, int],
    warnings: tuple[str, ...],
) -> None:
    after = {
        "source": name,
        "attempts": attempts,
        "last_success": last,
        "missing": dict(sorted(missing.items())),
        "warnings": list(warnings),
    }
    replace_file(run_path(dataset, name), orjson.dumps(after, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


def run_path(dataset: Dataset, name: str) -> Path:
    """Where the record of a source's runs lies."""
    return dataset.folder / "observed" / f"{name}.run.json"

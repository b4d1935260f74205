"""What a run lays out for a spider: the day, keys of services, what we already know; and where it leaves its notes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

from scrapers.known import Known, known_organisations
from spojnik.catalog import Dataset
from spojnik.finding import Finding
from spojnik.observed import run_record
from spojnik.store import iter_jsonl

MOST_WARNINGS = 50
_PAGE = re.compile(r"krakow\.pl/(?:[^?]*\?(?:.*&)?(?:news_id|dok_id)=(\d+)|(?:[\w-]+/)?(\d+),)")


@dataclass
class Desk:
    """One run of one spider. source: name of its run record. spool: file for cleaned lines. saved: a page comes from
    a file, read for what it says, whoever it is about."""

    dataset: Dataset
    today: str
    spool: Path
    source: str = ""
    environ: Mapping[str, str] = field(default_factory=dict)
    saved: bool = False
    problems: list[str] = field(default_factory=list)
    counters: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)
    _warnings: dict[str, int] = field(default_factory=dict)

    def warn(self, sentence: str) -> None:
        """Note a warning once, however often it comes."""
        self._warnings[sentence] = self._warnings.get(sentence, 0) + 1
        self.counters["warnings"] += 1

    def replace_warnings(self, sentences: list[str]) -> None:
        """Take over what several workers warned about."""
        self._warnings = dict(Counter(sentences))
        self.findings.clear()

    @property
    def warnings(self) -> tuple[str, ...]:
        """The sentences, each with how often it was said; findings first."""
        said = [finding.sentence() for finding in self.findings]
        said += [text if times == 1 else f"{text} (razy {times})" for text, times in self._warnings.items()]
        rest = len(said) - MOST_WARNINGS
        return tuple(said if rest <= 0 else [*said[: MOST_WARNINGS - 1], f"…i jeszcze {rest + 1} uwag"])

    def days_since(self, most: int) -> list[str]:
        """Days from the last success of this source to yesterday, oldest first; only yesterday on the first run."""
        yesterday = date.fromisoformat(self.today) - timedelta(days=1)
        last = run_record(self.dataset, self.source).get("last_success")
        first = max(min(date.fromisoformat(last), yesterday), yesterday - timedelta(days=most)) if last else yesterday
        return [(first + timedelta(days=step)).isoformat() for step in range((yesterday - first).days + 1)]

    def key_of_page(self, page: str, otherwise: str) -> str:
        """The key under which somebody already keeps what an address says; a first run must not double it."""
        return self._pages.get(page, otherwise)

    def by_field(self, field_name: str) -> dict[str, str]:
        """Value of a field → key of the record that has it, over everything observed in this dataset."""
        found: dict[str, str] = {}
        for path in sorted((self.dataset.folder / "observed").glob("*.jsonl")):
            for located in iter_jsonl(path):
                row = located.data if isinstance(located.data, dict) else {}
                if value := row.get("values", {}).get(field_name):
                    found.setdefault(str(value), row["key"])
        return found

    @cached_property
    def _pages(self) -> dict[str, str]:
        """Number of a city page (news_id, dok_id, or the number that a portal's address begins with) → key."""
        pages: dict[str, str] = {}
        for path in sorted((self.dataset.folder / "observed").glob("*.jsonl")):
            for located in iter_jsonl(path):
                row = located.data if isinstance(located.data, dict) else {}
                found = _PAGE.search(str(row.get("values", {}).get("url", "")))
                if found:
                    pages.setdefault(found.group(1) or found.group(2), row["key"])
        return pages

    @cached_property
    def known(self) -> Known:
        """Organisations that we already have, by their numbers."""
        return known_organisations(self.dataset.folder.parent)

"""What a run lays out for a spider: the day, keys of services, what we already know; and where it leaves its notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from scrapers.known import Known, known_organisations
from spojnik.catalog import Dataset
from spojnik.finding import Finding

MOST_WARNINGS = 50


@dataclass
class Desk:
    """One run of one spider. `spool`: file for cleaned lines, one each; `fresh` tells a new run from a resumed one."""

    dataset: Dataset
    today: str
    spool: Path
    environ: Mapping[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    counters: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)
    _warnings: dict[str, int] = field(default_factory=dict)

    def warn(self, sentence: str) -> None:
        """Note a warning once, however often it comes."""
        self._warnings[sentence] = self._warnings.get(sentence, 0) + 1
        self.counters["warnings"] += 1

    @property
    def warnings(self) -> tuple[str, ...]:
        """The sentences, each with how often it was said; findings first."""
        said = [finding.sentence() for finding in self.findings]
        said += [text if times == 1 else f"{text} (razy {times})" for text, times in self._warnings.items()]
        rest = len(said) - MOST_WARNINGS
        return tuple(said if rest <= 0 else [*said[: MOST_WARNINGS - 1], f"…i jeszcze {rest + 1} uwag"])

    @cached_property
    def known(self) -> Known:
        """Organisations that we already have, by their numbers."""
        return known_organisations(self.dataset.folder.parent)

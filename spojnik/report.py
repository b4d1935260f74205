"""Findings and what a build did, in words: for a terminal and, as Markdown, for a pull request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from spojnik.finding import Finding, Level
from spojnik.words import plural

SHOWN = 40


def lines(findings: Iterable[Finding], least: Level = Level.ERROR) -> list[str]:
    """One sentence a finding at or above a level, the heaviest first, in the order of files within a level."""
    heavy = sorted(
        (f for f in findings if f.level >= least), key=lambda f: (-f.level, f.place, f.dataset, f.key, f.field)
    )
    return [finding.sentence() for finding in heavy]


def summary(findings: Sequence[Finding]) -> str:
    """ "2 zatrzymują, 0 błędów, 31 ostrzeżeń, 310 uwag"."""
    counts = Counter(finding.level for finding in findings)
    said = (
        (Level.STOP, "zatrzymuje", "zatrzymują", "zatrzymuje"),
        (Level.ERROR, "błąd", "błędy", "błędów"),
        (Level.WARN, "ostrzeżenie", "ostrzeżenia", "ostrzeżeń"),
        (Level.NOTE, "uwaga", "uwagi", "uwag"),
    )
    return ", ".join(f"{counts[level]} {plural(counts[level], *forms)}" for level, *forms in said)


def markdown(findings: Sequence[Finding]) -> str:
    """A report for people who have never seen a terminal: a table, the heaviest first."""
    rows = ["## Co zauważyły sprawdziany", "", summary(findings) + ".", ""]
    heavy = [finding for finding in findings if finding.level >= Level.WARN]
    if heavy:
        rows += ["| waga | gdzie | pole | wartość | dlaczego i co zrobić |", "|---|---|---|---|---|"]
        ordered = sorted(heavy, key=lambda finding: (-finding.level, finding.place, finding.dataset, finding.key))
        for finding in ordered[:SHOWN]:
            where = finding.place or f"{finding.dataset}/{finding.key}"
            value = "" if finding.value is None else str(finding.value)[:80]
            cells = (finding.level.label, where, finding.field, value, f"{finding.why} {finding.todo}")
            rows.append("| " + " | ".join(_cell(cell) for cell in cells) + " |")
        if len(ordered) > SHOWN:
            rows.append(f"\nI jeszcze {len(ordered) - SHOWN}. Wszystkie pokazuje `python build.py check`.")
    return "\n".join(rows) + "\n"


def _cell(text: str) -> str:
    """Text inside a Markdown table: no markup of its own, no new column, no new line."""
    safe = "".join(f"\\{letter}" if letter in "\\`*_{}[]<>#|@!" else letter for letter in str(text))
    return " ".join(safe.split())

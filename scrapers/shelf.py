"""What lies in observed/: read for comparison, judged, and written only when a run may stand."""

from __future__ import annotations

from collections.abc import Iterable

from scrapers import keep, vault
from scrapers.desk import Desk
from scrapers.identity import twins
from scrapers.runs import Attempt, record
from scrapers.spider import Spider
from spojnik.catalog import Dataset
from spojnik.observed import run_record
from spojnik.store import iter_jsonl


def judged(spider: type[Spider], desk: Desk, refused: str, accepted: bool) -> keep.Verdict:
    """Read the spool, judge it against the file; a refusal that is already known is passed on."""
    dataset, source = desk.dataset, spider.source or spider.name
    path = dataset.folder / "observed" / f"{source}.jsonl"
    before = [located.data for located in iter_jsonl(path) if isinstance(located.data, dict)] if path.exists() else []
    missing = dict(run_record(dataset, source).get("missing", {}))
    if refused:
        return keep.Verdict(tuple(before), refused, missing, {})
    found, torn = keep.fold(located.data for located in iter_jsonl(desk.spool)) if desk.spool.exists() else ({}, ())
    for key in torn:
        desk.warn(f"źródło podaje o {key} sprzeczne wartości; zostaje pierwsza")
    if not found and not spider.may_be_empty:
        return keep.Verdict(tuple(before), "źródło nie podało żadnego rekordu", missing, {})
    rows = (_last_rows(dataset, source), desk.counters["rows"])
    elsewhere = _elsewhere(dataset, source)
    rules = keep.Rules(dataset.spec.bounds, desk.today, spider.whole, frozenset(elsewhere), accepted, rows)
    verdict = keep.judge(before, found, missing, rules)
    if not verdict.refused and dataset.id != "organisations":
        desk.findings += twins(dataset.id, _names(dataset, verdict.lines, {line["key"] for line in before}), elsewhere)
    return verdict


def _names(dataset: Dataset, lines: Iterable[keep.Line], known: set[str]) -> dict[str, str]:
    """Key → name of the records that were not there before."""
    name = dataset.spec.name
    return {
        line["key"]: str(line["values"][name])
        for line in lines
        if line["key"] not in known and line["values"].get(name)
    }


def put_away(spider: type[Spider], desk: Desk, attempt: Attempt, verdict: keep.Verdict | None) -> None:
    """Write what is to be kept, the file first: a kill in between leaves good data and an old run record."""
    dataset, source = desk.dataset, spider.source or spider.name
    if verdict is not None and attempt.ok:
        path, body = dataset.folder / "observed" / f"{source}.jsonl", keep.dump(verdict.lines)
        if body != (path.read_bytes() if path.exists() else b""):
            vault.replace_file(path, body)
    missing = run_record(dataset, spider.name).get("missing", {})
    if verdict is not None and source == spider.name:
        missing = verdict.missing
    record(dataset, spider.name, attempt, missing, desk.warnings)


def _last_rows(dataset: Dataset, source: str) -> int:
    """How many entries the source had when it was last read whole."""
    attempts = run_record(dataset, source).get("attempts", [])
    return int(next((attempt["counters"].get("rows", 0) for attempt in attempts if attempt.get("ok")), 0))


def _elsewhere(dataset: Dataset, source: str) -> dict[str, str]:
    """Key → name of the live records that other sources know ("" for what only a person's correction names)."""
    found = {path.name: "" for path in (dataset.folder / "manual").glob("*") if path.is_dir()}
    for path in (dataset.folder / "observed").glob("*.jsonl"):
        if path.stem != source:
            rows = [located.data for located in iter_jsonl(path) if isinstance(located.data, dict)]
            found |= {row["key"]: "" for row in rows if not row.get("gone")}
            found |= _names(dataset, rows, set())
    return found

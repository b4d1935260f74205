"""One issue for each source that does not work, with evidence: written once, kept up to date, reopened not repeated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from spojnik.corrections import github
from spojnik.corrections.pull_report import cell, code, text
from spojnik.world import World

LABEL = "zbieranie"
PATIENCE = 2  # failed attempts in a row before anybody is troubled: servers have bad days
MOST_NEW = 5  # new issues in one run: a broken network is one trouble, not forty
SHOWN = 5


class Broken(NamedTuple):
    """A source that does not work: its mark (dataset/source) and the issue about it."""

    mark: str
    title: str
    body: str


def broken(world: World) -> Iterator[Broken]:
    """Every source whose last attempts all failed."""
    for dataset in world.catalog:
        for source in dataset.spec.sources:
            run = world.runs[dataset.id].get(source.id, {})
            attempts = list(run.get("attempts") or [])
            if len(attempts) >= PATIENCE and not any(attempt.get("ok") for attempt in attempts[:PATIENCE]):
                mark = f"{dataset.id}/{source.id}"
                title = f"Nie działa zbieranie: {source.title} ({dataset.spec.title})"
                yield Broken(mark, title, _body(mark, source.spider or source.id, source.url, run))


def _body(mark: str, spider: str, address: str, run: Mapping[str, Any]) -> str:
    attempts = list(run.get("attempts") or [])
    lines = [
        f"<!-- spojnik:zbieranie:{mark} -->",
        "Źródło nie odpowiada albo odpowiada inaczej niż zwykle. Na stronach stoją ostatnie dobre dane"
        + (f", z {text(str(run['last_success']))}." if run.get("last_success") else "; jeszcze nigdy ich nie pobrano."),
        "",
        "| próba | co się stało | strony | wpisy |",
        "|---|---|---|---|",
    ]
    for attempt in attempts[:SHOWN]:
        counters = attempt.get("counters") or {}
        started = str(attempt.get("started", ""))[:16].replace("T", " ")
        reason = cell(str(attempt.get("refused") or ("dobrze" if attempt.get("ok") else "brak powodu")))
        lines.append(f"| {text(started)} | {reason} | {counters.get('pages', 0)} | {counters.get('records', 0)} |")
    lines += [
        "",
        f"Adres źródła: {code(address) if address else 'nieznany'}.",
        "",
        "Co zrobić:",
        "",
        "1. Otwórz źródło w przeglądarce i zobacz, czy działa i czy się zmieniło.",
        f"2. Zapisz nową stronę: `python -m scrapers record {spider} ADRES` i popraw `scrapers/spiders/{spider}.py`.",
        "3. Jeśli źródła już nie ma, usuń `spider` z dataset.yml i zostaw dane z ich datą.",
        "",
        "To zgłoszenie zamknie się samo po udanym zbieraniu i otworzy się, gdy znów coś się popsuje.",
    ]
    return "\n".join(lines) + "\n"


def sync(world: World) -> list[str]:
    """Bring the issues in line with the runs; what was done, in words."""
    base = f"repos/{github.repository()}/issues"
    known = _known(github.api("GET", f"{base}?labels={LABEL}&state=all&per_page=100") or [])
    done, fresh = [], 0
    now = {each.mark: each for each in broken(world)}
    for mark, each in now.items():
        issue = known.get(mark)
        if issue is None:
            if fresh < MOST_NEW:
                github.api("POST", base, {"title": each.title, "body": each.body, "labels": [LABEL]})
                done.append(f"nowe zgłoszenie: {mark}")
            fresh += 1
        elif issue["state"] == "closed":
            github.api("PATCH", f"{base}/{issue['number']}", {"state": "open", "body": each.body})
            github.api("POST", f"{base}/{issue['number']}/comments", {"body": "Znów nie działa. Dowody są wyżej."})
            done.append(f"otwarte na nowo: {mark}")
        elif issue["body"] != each.body:
            github.api("PATCH", f"{base}/{issue['number']}", {"body": each.body})
            done.append(f"nowe dowody: {mark}")
    for mark, issue in known.items():
        if mark not in now and issue["state"] == "open":
            github.api("POST", f"{base}/{issue['number']}/comments", {"body": "Zbieranie znów działa."})
            github.api("PATCH", f"{base}/{issue['number']}", {"state": "closed"})
            done.append(f"działa: {mark}")
    return done


def _known(issues: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """mark → the robot's own issue about it; anybody may write the marker, only the robot's counts."""
    found = {}
    for issue in issues:
        start, _, _ = str(issue.get("body") or "").partition(" -->")
        if start.startswith("<!-- spojnik:zbieranie:") and issue["user"]["login"] == github.ROBOT:
            found[start.removeprefix("<!-- spojnik:zbieranie:")] = issue
    return found

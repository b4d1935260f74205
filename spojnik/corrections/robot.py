"""What workflows do, as functions: each reads its trigger from the environment, so no shell sees it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from urllib.parse import quote

from spojnik.corrections import github
from spojnik.corrections.file import path, write
from spojnik.corrections.issue import Accepted, Problem, Reply, read_issue, reply
from spojnik.corrections.pull_facts import MOST_BYTES, Facts, Side, facts, foreign_files
from spojnik.corrections.pull_report import read
from spojnik.corrections.pull_report import report as pull_report
from spojnik.finding import Finding, Level, Stopped
from spojnik.order import Order, load

_LAST = """
Człowiek zajrzy na podaną stronę i ją zatwierdzi. Coś się nie zgadza? Zmień zgłoszenie, a propozycja zmieni się z nim.
"""
ISSUE_MARK, PULL_MARK = "poprawka", "raport"


def pull(before: Order, after: Order) -> Facts:
    """The facts of a pull request from two checkouts. Runs its code, so it may have no rights."""
    foreign = foreign_files(before.datasets.resolve().parent, after.datasets.resolve().parent)
    return facts(side(before), side(after), foreign)


def side(order: Order) -> Side:
    """One checkout's world and findings; a world that cannot be read is None with the reasons."""
    try:
        world, findings = load(order)
    except Stopped as stopped:
        return Side(world=None, findings=stopped.findings)
    return Side(world=world, findings=findings)


def comment(file: Path) -> int:
    """Post the report about the pull request whose checks have just ended. Runs nothing of the pull request.

    Which pull request it is comes from the event (HEAD_OWNER, HEAD_BRANCH, HEAD_SHA, RUN_ID), never from the file.
    """
    number = pull_number(os.environ["HEAD_OWNER"], os.environ["HEAD_BRANCH"], os.environ["HEAD_SHA"])
    if number is None:
        print("Nie ma już otwartej propozycji z tą wersją; nie ma czego komentować.")
        return 0
    try:
        with file.open("rb") as stream:
            found = read(stream.read(MOST_BYTES + 1))
    except OSError:
        found = None
    run = int(os.environ["RUN_ID"])
    preview = f"https://github.com/{github.repository()}/actions/runs/{run}"
    github.sticky(number, PULL_MARK, pull_report(found, preview))
    return 0


def pull_number(owner: str, branch: str, sha: str) -> int | None:
    """The open pull request whose newest commit is `sha`; forks included. None when it has moved on or is closed."""
    address = f"repos/{github.repository()}/pulls?state=open&head={quote(owner)}:{quote(branch)}"
    for found in github.api("GET", address) or []:
        if found["head"]["sha"] == sha:
            return int(found["number"])
    return None


def correct(order: Order, root: Path) -> int:
    """Turn the issue in ISSUE_NUMBER and ISSUE_BODY into a pull request with one file, or answer it."""
    number = int(os.environ["ISSUE_NUMBER"])
    world, known = load(order)
    answer = read_issue(world, os.environ.get("ISSUE_BODY", ""), order.today)
    if isinstance(answer, Accepted):
        answer = _checked(order, root, answer, known)
    if isinstance(answer, Reply):
        github.sticky(number, ISSUE_MARK, answer.text)
        return 0
    file = path(answer.dataset, answer.correction)
    branch = f"poprawka/{number}"
    github.git("checkout", "--quiet", "-B", branch, folder=root)
    github.commit(f"Poprawka: {answer.correction.key} (zgłoszenie {number})\n", (str(file),), root)
    github.push_over(branch, root)
    address = _pull_request(number, branch, answer, order, root)
    remarks = "".join(f"- {remark}\n" for remark in answer.remarks)
    text = f"Dziękujemy. Z tego zgłoszenia powstała propozycja zmiany: {address}\n"
    tail = f"\nTego nie zmieniliśmy:\n\n{remarks}" if remarks else ""
    github.sticky(number, ISSUE_MARK, text + tail + _LAST)
    return 0


def _checked(order: Order, root: Path, accepted: Accepted, known: tuple[Finding, ...]) -> Accepted | Reply:
    """Write the file and check the world with it; a file that must not stand is taken away again."""
    written = write(root, accepted.dataset, accepted.correction)
    after = side(order)
    old = {(finding.rule, finding.key, finding.field, finding.why) for finding in known}
    heavy = [finding for finding in after.findings if finding.level >= Level.ERROR
             and (finding.rule, finding.key, finding.field, finding.why) not in old]  # fmt: skip
    if not heavy:
        return accepted
    written.unlink()
    return reply(
        [Problem(finding.field or "Całe zgłoszenie", f"{finding.why}. {finding.todo}") for finding in heavy[:10]]
    )


def _pull_request(number: int, branch: str, accepted: Accepted, order: Order, root: Path) -> str:
    """Open the pull request, or find the one that an earlier version of the issue opened; its address."""
    base = f"repos/{github.repository()}"
    target = os.environ.get("DEFAULT_BRANCH") or "main"
    owner = github.repository().split("/")[0]
    body = (
        f"Ze zgłoszenia #{number}. Jeden plik: poprawka do wpisu `{accepted.correction.key}`.\n\n"
        + pull_report(_facts_of(order, root, accepted))
        + f"\nCloses #{number}\n"
    )
    title = f"Poprawka: {accepted.dataset.spec.title}, {accepted.correction.key}"
    there = github.api("GET", f"{base}/pulls?state=open&head={quote(owner)}:{quote(branch)}") or []
    if there:
        github.api("PATCH", f"{base}/pulls/{int(there[0]['number'])}", {"title": title, "body": body})
        return str(there[0]["html_url"])
    made = github.api("POST", f"{base}/pulls", {"title": title, "head": branch, "base": target, "body": body})
    return str(made["html_url"])


def _facts_of(order: Order, root: Path, accepted: Accepted) -> Facts:
    """The report's facts: the world without the file against the world with it."""
    file = root / path(accepted.dataset, accepted.correction)
    after = side(order)
    body = file.read_bytes()
    file.unlink()
    try:
        before = side(order)
    finally:
        file.write_bytes(body)
    return facts(before, after, ())


def keep_alive() -> int:
    """Switch the schedules on again: GitHub stops those of a public repository after 60 days without activity."""
    base = f"repos/{github.repository()}/actions/workflows"
    for workflow in (github.api("GET", f"{base}?per_page=100") or {}).get("workflows", []):
        if workflow["state"] in ("active", "disabled_inactivity"):
            github.api("PUT", f"{base}/{int(workflow['id'])}/enable")
    return 0


def due(order: Order) -> int:
    """Print the spiders whose time has come as `spiders=[…]`: the form in which a workflow's output is written."""
    from scrapers.listing import due as names
    from scrapers.registry import all_spiders
    from spojnik.catalog import load_catalog

    found = sorted(set(names(load_catalog(order.datasets), all_spiders(), order.today)))
    print(f"spiders={json.dumps(found)}")
    return 0

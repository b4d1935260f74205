"""The report under a pull request, in Polish that somebody who has never seen one understands.

It is rendered where the workflow may write comments, from facts made where it may not: every text in them is hostile.
Values stand in code spans, other texts are escaped, an address becomes a link only when it is plainly one.
"""

from __future__ import annotations

import re

from pydantic import ValidationError

from spojnik.corrections.pull_facts import MOST_BYTES, Facts, RecordChange, Seen
from spojnik.finding import Level
from spojnik.kinds import URL
from spojnik.values import Wrong, clean
from spojnik.words import plural

UNREADABLE = (
    "Sprawdziany nie zostawiły raportu, który umiemy przeczytać. Otwórz kartę „Checks”, "
    "zobacz, co się stało, i uruchom je jeszcze raz.\n"
)
HOW_TO_FIX = """\
**Jak poprawić:** otwórz kartę „Files changed”, wybierz trzy kropki przy pliku, potem „Edit file”. Zmień wskazaną
linię i zapisz („Commit changes”). Sprawdzimy jeszcze raz, a ten komentarz się zmieni. Nie wiesz, o co chodzi? Odpisz
tutaj zwykłym zdaniem.
"""


def read(body: bytes) -> Facts | None:
    """Facts from untrusted bytes; None when they are not facts."""
    if len(body) > MOST_BYTES:
        return None
    try:
        return Facts.model_validate_json(body)
    except ValidationError:
        return None


def report(facts: Facts | None, preview: str = "") -> str:
    """The whole comment. preview: address of the run that keeps the built site, made by us, "" for none."""
    if facts is None:
        return UNREADABLE
    parts = [f"**{_verdict(facts)}**\n", *_records(facts), *_findings(facts), *_pages(facts)]
    if preview and not facts.stopped:
        parts.append(
            f"[Podgląd całej strony po zmianie]({preview}#artifacts): pobierz plik „podglad”, rozpakuj i otwórz "
            "`index.html`.\n"
        )
    return "\n".join(parts)


def _verdict(facts: Facts) -> str:
    heavy = sum(seen.level >= Level.ERROR for seen in facts.findings) + facts.more_findings
    if facts.stopped or heavy:
        return "Jeszcze nie można tego przyjąć. Niżej piszemy, co poprawić."
    if facts.foreign:
        return "Ta propozycja zmienia nie tylko dane. Niech spojrzy na nią ktoś, kto zna kod."
    if not facts.records:
        return "Ta propozycja niczego nie zmienia w serwisie."
    if facts.findings:
        return "Można przyjąć, ale najpierw zobacz uwagi."
    return "Można przyjąć, jeśli strona podana jako dowód mówi to samo."


def _records(facts: Facts) -> list[str]:
    if not facts.records:
        return []
    lines = ["### Co się zmienia\n"]
    for change in facts.records:
        lines += _record(change)
    if facts.more:
        lines.append(f"I jeszcze {facts.more} {plural(facts.more, 'wpis', 'wpisy', 'wpisów')}.\n")
    return lines


def _record(change: RecordChange) -> list[str]:
    lines = [f"**{text(change.title)}** ({text(change.dataset)}, {code(change.key)}): {text(change.what)}\n"]
    if change.fields:
        lines += ["| pole | było | będzie |", "|---|---|---|"]
        lines += [f"| {text(each.label)} | {cell(each.before)} | {cell(each.after)} |" for each in change.fields]
        lines.append("")
        lines += [f"{text(each.label)}: {text(each.doubt)}\n" for each in change.fields if each.doubt]
    if change.proof or change.by:
        lines.append(f"Mówi: {text(change.by) or 'nie wiemy kto'}. Dowód: {link(change.proof)}\n")
    return lines


def _findings(facts: Facts) -> list[str]:
    if not facts.findings:
        return []
    lines = [
        "### Co zauważyły sprawdziany\n",
        "| waga | gdzie | pole | wartość | dlaczego i co zrobić |",
        "|---|---|---|---|---|",
    ]
    lines += [_finding(seen) for seen in facts.findings]
    if facts.more_findings:
        lines.append(f"\nI jeszcze {facts.more_findings}.")
    return [*lines, "", HOW_TO_FIX]


def _finding(seen: Seen) -> str:
    value = cell(seen.value) if seen.value else ""
    field = text(seen.field)
    why = " ".join(_sentence(part) for part in (text(seen.why), text(seen.todo)) if part)
    return f"| {Level(seen.level).label} | {cell(seen.place)} | {field} | {value} | {why} |"


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}{'' if words.endswith('.') else '.'}"


def _pages(facts: Facts) -> list[str]:
    lines = []
    if facts.pages:
        lines += ["### Jakie strony się zmienią\n", *(f"- {code(page)}" for page in facts.pages), ""]
    if facts.foreign:
        lines += ["### Pliki poza poprawkami\n", *(f"- {code(name)}" for name in facts.foreign), ""]
    return lines


def text(raw: str) -> str:
    """Words as words: no markup, no mention of people or issues, no link of its own."""
    line = " ".join(clean(raw).split())
    safe = re.sub(r"([\\`*_{}\[\]()<>#|!~&$^=+])", r"\\\1", line)
    return re.sub(r"(?i)(@|www|:)(?=[\w./])", "\\1\u2060", safe)


def code(raw: str) -> str:
    """A value exactly as it is, in a code span with a fence that it cannot close."""
    line = " ".join(clean(raw).split())[:300]
    fence = "`" * (max((len(run) for run in re.findall(r"`+", line)), default=0) + 1)
    pad = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{pad}{line}{pad}{fence}" if line else "nieznane"


def cell(raw: str) -> str:
    """A code span inside a table, where even code ends at a bar."""
    return code(raw).replace("|", "\\|")


def link(raw: str) -> str:
    """A link to follow with one touch; anything that is not plainly an address stays text."""
    try:
        address = str(URL.parse(raw))
    except Wrong:
        return cell(raw) if raw else "brak"
    return f"<{address}>" if re.fullmatch(r"https?://[\w./?=&%:,;~+#@-]+", address, re.ASCII) else cell(address)

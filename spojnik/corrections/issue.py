"""The body of an issue form → a correction or a friendly answer. The body is never trusted.

A body is text that anybody may have typed, whatever the form looked like. Only labels that the form has are read, only
what a kind accepts becomes a value, a key is looked up and never used as given, and nothing of the body is repeated in
an answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from spojnik.catalog import Dataset
from spojnik.corrections.file import Correction, new_key
from spojnik.corrections.form import BY, before, example
from spojnik.corrections.issue_forms import DATASET, GONE, KEY, NOTE, PROOF, UNTIL, WHO
from spojnik.hidden import SEAT_FIELDS
from spojnik.kinds import DAY, PROSE, URL, Kind
from spojnik.origin import Merged
from spojnik.schema import KEY as KEY_KIND
from spojnik.schema import Field, fields
from spojnik.values import Wrong
from spojnik.world import World

LONGEST = 100_000  # characters; GitHub itself stops at 65 536
_EMPTY = {"", "_no response_", "none", "brak odpowiedzi"}
_REMOVE = {"usuń", "usun", "usunąć", "do usunięcia"}
_GREETING = "Dzień dobry, dziękujemy za zgłoszenie. Zanim je przyjmiemy, potrzebujemy jeszcze:"
_CLOSING = (
    "Zmień treść zgłoszenia (trzy kropki w prawym górnym rogu, potem „Edit”), a przeczytamy je jeszcze raz. "
    "Wolisz inaczej? Odpisz tu zwykłym zdaniem, pomoże człowiek."
)


class Accepted(NamedTuple):
    """A correction that can become a file. remarks: Polish sentences about what was left out and why."""

    dataset: Dataset
    correction: Correction
    remarks: tuple[str, ...]


class Reply(NamedTuple):
    """Why there is no correction yet and what to do, in Polish Markdown that holds nothing of the body."""

    text: str


class Problem(NamedTuple):
    """One thing to mend: the label of the field, why, and an example ("" for none)."""

    label: str
    why: str
    example: str = ""


def read_issue(world: World, body: str, today: str) -> Accepted | Reply:
    """Understand one issue on the day `today` (ISO)."""
    if len(body) > LONGEST:
        return reply([Problem("Całe zgłoszenie", "jest za długie. Podziel je na kilka krótszych.")])
    dataset = _dataset(world, body)
    if dataset is None:
        titles = ", ".join(f"„{each.spec.title}”" for each in world.catalog)
        return reply([Problem(DATASET, f"wybierz jeden z naszych zbiorów: {titles}.")])
    asked = [field for field in fields(dataset.model) if field.f.form and field.name != "key"]
    said, problems = _sections(body, {DATASET, KEY, WHO, PROOF, GONE, UNTIL, NOTE, *(field.label for field in asked)})
    record, trouble = _record(world, dataset, said.get(KEY, ""))
    problems += trouble
    values, was, remarks = _values(world, dataset, record, asked, said, problems)
    by = said.get(WHO, "").casefold()
    if by not in BY:
        problems.append(Problem(WHO, "wybierz jedno słowo.", ", ".join(BY)))
    proof = _one(said, PROOF, URL, problems) or ""
    if not said.get(PROOF):
        problems.append(
            Problem(PROOF, "podaj adres, pod którym każdy może to sprawdzić.", "https://example.org/kontakt")
        )
    gone, until, note = (
        _one(said, label, kind, problems) or "" for label, kind in ((GONE, DAY), (UNTIL, DAY), (NOTE, PROSE))
    )
    if until and not gone and not values and record is not None and dataset.spec.name in record.values:
        values[dataset.spec.name] = record.values[dataset.spec.name]
    if not problems and not values and not gone:
        problems.append(Problem("Wartości", " ".join(["nic się tu nie zmienia.", *remarks])))
    key = record.key if record else new_key(dataset, world.records[dataset.id], values)
    if not problems and record is None:
        problems += _doubles(world, dataset, key, values)
    if problems:
        return reply(problems)
    return Accepted(dataset, Correction(key, today, by, proof, values, was, until, gone, note), tuple(remarks))


def reply(problems: list[Problem]) -> Reply:
    """The friendly answer: every field that needs a hand, why, and an example."""
    lines = [f"- **{problem.label}**: {problem.why}" + _for_example(problem) for problem in problems]
    return Reply("\n".join([_GREETING, "", *lines, "", _CLOSING]) + "\n")


def _for_example(problem: Problem) -> str:
    """An example, unless the reason already gives it."""
    return f" Na przykład: `{problem.example}`." if problem.example and problem.example not in problem.why else ""


def _dataset(world: World, body: str) -> Dataset | None:
    said, _ = _sections(body, {DATASET})
    title = said.get(DATASET, "").split("\n")[0].strip().casefold()
    return next((each for each in world.catalog if title in (each.spec.title.casefold(), each.id, each.slug)), None)


def _sections(body: str, labels: set[str]) -> tuple[dict[str, str], list[Problem]]:
    """What stands under each known heading; empty answers are left out. A heading twice is a question, not a guess."""
    known = {label.casefold(): label for label in labels}
    found: dict[str, list[str]] = {}
    twice: list[Problem] = []
    current: list[str] = []
    for line in body.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        label = known.get(line[4:].strip().casefold()) if line.startswith("### ") else None
        if label is None:
            current.append(line)
        elif label in found:
            twice.append(Problem(label, "to pole występuje w zgłoszeniu dwa razy. Zostaw jedno."))
            current = []
        else:
            current = found.setdefault(label, [])
    texts = {label: "\n".join(lines).strip() for label, lines in found.items()}
    return {label: text for label, text in texts.items() if text.casefold() not in _EMPTY}, twice


def _record(world: World, dataset: Dataset, text: str) -> tuple[Merged | None, list[Problem]]:
    """The record that a key or a page's address names; None and no problem for a new one."""
    if not text:
        return None, []
    stem = re.sub(r"\.(html|json)$", "", re.split(r"[?#]", text.strip("<> "))[0].rsplit("/", 1)[-1])
    why = "nie znamy takiego wpisu. Klucz jest na końcu adresu strony wpisu. Jeśli to nowy wpis, zostaw to pole puste."
    try:
        key = KEY_KIND.parse(stem)
    except Wrong:
        return None, [Problem(KEY, why, KEY_KIND.example)]
    joined = dataset.same.get(key)
    if isinstance(joined, Mapping):
        key = str(joined.get("key", key))
    record = world.record(dataset.id, key)
    return record, [] if record else [Problem(KEY, why, KEY_KIND.example)]


def _values(
    world: World,
    dataset: Dataset,
    record: Merged | None,
    asked: list[Field],
    said: Mapping[str, str],
    problems: list[Problem],
) -> tuple[dict[str, Any], dict[str, Any], list[str]]:
    """(values, was, remarks): only what differs from the record; what is wrong is added to `problems`."""
    values: dict[str, Any] = {}
    was: dict[str, Any] = {}
    remarks: list[str] = []
    hiding = record is not None and (record.values.get("sheltered") is True or record.key in world.sheltered)
    for field in asked:
        text = said.get(field.label, "")
        if not text:
            if field.required and record is None and not said.get(KEY):
                problems.append(Problem(field.label, "przy nowym wpisie to pole jest potrzebne.", example(field)))
            continue
        if hiding and field.name in SEAT_FIELDS:
            problems.append(Problem(field.label, "to miejsce schronienia: jego adresu i godzin nie publikujemy."))
            continue
        value = None if text.casefold().strip(" .") in _REMOVE else _parse(field, text, problems)
        if value is None and (record is None or field.required or text.casefold().strip(" .") not in _REMOVE):
            continue
        if record is not None:
            if value == record.values.get(field.name) and record.doubts.get(field.name) != "tie":
                continue
            source = dataset.source(field.f.owner) if field.f.owner else None
            if source is not None:
                remarks.append(f"Pole „{field.label}” rozstrzyga {source.title}. Zmień je tam, a my je przeczytamy.")
                continue
            was[field.name] = before(record, field)
        values[field.name] = value
    return values, was, remarks


def _parse(field: Field, text: str, problems: list[Problem]) -> Any:
    try:
        return typed_text(field.kind, text)
    except (Wrong, RecursionError) as why:
        problems.append(Problem(field.label, str(why), example(field)))
        return None


def typed_text(kind: Kind, text: str) -> Any:
    """What a person typed into one box → the canonical value. Raises Wrong."""
    lines = [re.sub(r"^\s*(?:[-*•]|\d+[.)])\s+(?:\[[ xX]\]\s*)?", "", line).strip() for line in text.split("\n")]
    lines = [line for line in lines if line]
    if kind.item is not None:
        return kind.parse(lines)
    if kind.name == "money_by_year":
        return kind.parse(dict(_years(lines)))
    return kind.parse(text)


def _years(lines: list[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        year, _, amount = re.sub(r"[;=–-]", ":", line, count=1).partition(":")
        yield year.strip(), amount.strip()


def _one(said: Mapping[str, str], label: str, kind: Kind, problems: list[Problem]) -> Any:
    if label not in said:
        return None
    read: Callable[[Any], Any] = kind.parse
    try:
        return read(said[label].strip("<>") if kind is URL else said[label])
    except Wrong as why:
        problems.append(Problem(label, str(why), kind.example))
        return None


def _doubles(world: World, dataset: Dataset, key: str, values: Mapping[str, Any]) -> list[Problem]:
    """A new record that we have: by its key, or by exactly the same name (which proves nothing, so people decide)."""
    name = str(values.get(dataset.spec.name, "")).casefold()
    for record in world.records[dataset.id].values():
        if record.key == key or str(record.values.get(dataset.spec.name, "")).casefold() == name:
            why = (
                "taki wpis już mamy. Jeśli chcesz go poprawić, podaj jego klucz; jeśli to coś innego, dopisz do nazwy,"
            )
            return [Problem(KEY, f"{why} czym się różni.", record.key)]
    return []

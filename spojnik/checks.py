"""The rules that doubt the data. A rule is a function with a Polish docstring; the docstring is its public explanation.

The first paragraph says what is checked and why it matters, "Co zrobić:" says what to do. A rule that depends on
today's date may never stop the build, or a site would die of age.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from spojnik.catalog import Dataset
from spojnik.finding import Finding, Level
from spojnik.origin import Merged
from spojnik.world import World


class Rule(NamedTuple):
    """A check: its name, its weight, why it matters and what to do (Polish), and the function that looks."""

    name: str
    title: str
    level: Level
    why: str
    todo: str
    look: Callable[[World], Iterator[Finding]]


class Doubt(NamedTuple):
    """What a rule saw of one record; the registry adds the rule's name and level."""

    dataset: Dataset
    record: Merged | None
    field: str
    value: object
    why: str
    owner: str = "redakcja"
    place: str = ""


RULES: dict[str, Rule] = {}
Look = Callable[[World], Iterator[Doubt]]


def rule(title: str, level: Level) -> Callable[[Look], Look]:
    """Register a rule under its function's name; its docstring is what people read on the quality page."""

    def register(look: Look) -> Look:
        text = " ".join((look.__doc__ or "").split())
        why, _, todo = text.partition(" Co zrobić: ")
        if not todo:
            raise TypeError(f"{look.__name__}: the docstring has a part that begins with „Co zrobić:”")
        name = look.__name__

        def findings(world: World) -> Iterator[Finding]:
            for doubt in look(world):
                key = doubt.record.key if doubt.record else ""
                yield Finding(
                    name,
                    level,
                    doubt.dataset.id,
                    key,
                    doubt.field,
                    doubt.value,
                    doubt.place,
                    doubt.owner,
                    doubt.why,
                    todo,
                )

        RULES[name] = Rule(name, title, level, why, todo, findings)
        return look

    return register


def check(world: World) -> tuple[Finding, ...]:
    """Every finding of every rule, in the order of rules, after what reading the files found."""
    import spojnik.rules  # noqa: F401  (registers the rules)

    return world.findings + tuple(finding for each in RULES.values() for finding in each.look(world))


def records_of(world: World) -> Iterator[tuple[Dataset, Merged]]:
    """All records with their datasets."""
    for dataset in world.catalog:
        for record in world.records[dataset.id].values():
            yield dataset, record

"""The rules that doubt the data. A rule is a function with a Polish docstring; the docstring is its public explanation.

The first paragraph says what is checked and why it matters, "Co zrobić:" says what to do. A rule that depends on
today's date may never stop the build, or a site would die of age.

Most rules look at one record and at nothing else: they are asked while it is read, by whichever process reads it, and
what they say is remembered with it (spojnik.gist). The others look at the whole world.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from spojnik.catalog import Dataset
from spojnik.finding import Finding, Level
from spojnik.origin import Merged, Observation

if TYPE_CHECKING:
    from spojnik.world import World


class Rule(NamedTuple):
    """A check: its name, its weight, why it matters and what to do (Polish)."""

    name: str
    title: str
    level: Level
    why: str
    todo: str


class About(NamedTuple):
    """A record, everything that was said of it, the day (ISO), and the keys of seats that may be shelters."""

    dataset: Dataset
    record: Merged
    said: Sequence[Observation]
    today: str
    sheltered: frozenset[str]


class Doubt(NamedTuple):
    """What a rule saw of the record it was asked about."""

    field: str
    value: object
    why: str
    owner: str = "redakcja"
    place: str = ""


class Suspicion(NamedTuple):
    """What a rule saw that looked at the whole world: in a dataset, of a record or of none ("")."""

    dataset: Dataset
    key: str
    doubt: Doubt


RULES: dict[str, Rule] = {}
Look = Callable[[About], Iterable[Doubt]]
LookCloser = Callable[[About, str], Doubt]
LookAround = Callable[["World"], Iterable[Suspicion]]
_OF_RECORDS: dict[str, Look] = {}
_OF_DOUBTS: dict[str, tuple[str, LookCloser]] = {}
_OF_WORLDS: dict[str, LookAround] = {}


def rule(title: str, level: Level) -> Callable[[Look], Look]:
    """Register a rule about single records under its function's name; its docstring is what people read on the quality
    page."""

    def register(look: Look) -> Look:
        _OF_RECORDS[_registered(look, title, level)] = look
        return look

    return register


def rule_of_doubt(doubt: str, title: str, level: Level) -> Callable[[LookCloser], LookCloser]:
    """The same for a rule that says of one field what a merge doubted (spojnik.origin.Merged.doubts)."""

    def register(look: LookCloser) -> LookCloser:
        _OF_DOUBTS[doubt] = _registered(look, title, level), look
        return look

    return register


def rule_of_all(title: str, level: Level) -> Callable[[LookAround], LookAround]:
    """The same for a rule that has to see more than one record."""

    def register(look: LookAround) -> LookAround:
        _OF_WORLDS[_registered(look, title, level)] = look
        return look

    return register


def _registered(look: Callable[..., Any], title: str, level: Level) -> str:
    text = " ".join((look.__doc__ or "").split())
    why, _, todo = text.partition(" Co zrobić: ")
    if not todo:
        raise TypeError(f"{look.__name__}: the docstring has a part that begins with „Co zrobić:”")
    RULES[look.__name__] = Rule(look.__name__, title, level, why, todo)
    return look.__name__


Remark = tuple[str, str, Any, str, str, str]  # a rule's name and the parts of its doubt: plain, to be kept


def remarks(about: About) -> tuple[Remark, ...]:
    """What all rules about single records say of one."""
    import spojnik.rules  # noqa: F401  (registers the rules)

    found = [(name, *doubt) for name, look in _OF_RECORDS.items() for doubt in look(about)]
    for field, doubt in about.record.doubts.items():
        name, look_closer = _OF_DOUBTS[doubt]
        found.append((name, *look_closer(about, field)))
    return tuple(found)


def check(world: World) -> tuple[Finding, ...]:
    """Every finding of every rule, in the order of rules, after what reading the files found."""
    import spojnik.rules  # noqa: F401  (registers the rules)

    found: dict[str, list[Finding]] = {name: [] for name in RULES}
    for dataset, key, (name, *doubt) in _remembered(world):
        found[name].append(_finding(RULES[name], dataset, key, Doubt(*doubt)))
    for name, look in _OF_WORLDS.items():
        found[name] += [_finding(RULES[name], each.dataset, each.key, each.doubt) for each in look(world)]
    return world.findings + tuple(finding for each in found.values() for finding in each)


def _remembered(world: World) -> Iterator[tuple[Dataset, str, Remark]]:
    for dataset in world.catalog:
        for gist in world.gists[dataset.id].values():
            for remark in gist.remarks:
                yield dataset, gist.key, remark


def _finding(rule: Rule, dataset: Dataset, key: str, doubt: Doubt) -> Finding:
    return Finding(rule.name, rule.level, dataset.id, key, doubt.field, doubt.value, doubt.place, doubt.owner,
                   doubt.why, rule.todo)  # fmt: skip

"""`site/finder.yml` as checked data: questions, answers, and the conditions that answers put on records.

The machinery knows no dataset and no field by name; both are named in the file. A mistake there stops the build with
its line, because a wrong filter would send somebody to the wrong door.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from spojnik.finding import Level, Stopped
from spojnik.store import finding_of, load_yaml

HOME = "pomoc/"
_PATH = r"^[a-z0-9-]+(/[a-z0-9-]+)*$"


class Part(BaseModel):
    """The common frame: nothing unknown is passed over, nothing changes."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Condition(Part):
    """What a record must say. Exactly one test: has (one of these values), lacks (none of these), is (a flag),
    least (a number), opens_on (a weekday in its hours, e.g. Su), always (open round the clock), either (any branch,
    each a list of conditions). ask: what to ask by phone when the record does not say."""

    field: str = ""
    has: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    flag: bool | None = Field(default=None, alias="is")
    least: float | None = None
    opens_on: str = ""
    always: bool = False
    either: tuple[tuple[Condition, ...], ...] = ()
    ask: str = ""

    @model_validator(mode="after")
    def _one_test(self) -> Condition:
        tests = (self.has, self.lacks, self.flag is not None, self.least is not None, self.opens_on, self.always)
        if sum(map(bool, tests)) + bool(self.either) != 1:
            raise ValueError("warunek ma mieć dokładnie jeden sprawdzian. Wybierz has, lacks, is, least albo inny.")
        if bool(self.field) is bool(self.either):
            raise ValueError("warunek ma mieć pole albo gałęzie either. Dopisz field.")
        return self


class Section(Part):
    """A list of results of its own under a result page, with its own conditions instead of the path's."""

    title: str
    where: tuple[Condition, ...]
    dataset: str = ""


class Ask(Part):
    """A record whose phone is worth calling when nothing certain is known."""

    record: str
    dataset: str = ""


class Screen(Part):
    """One screen: a question answered by the screens below it, or results. label, hint, group: how its answer looks
    on the screen above. goto: the screen that this answer leads to instead of one of its own."""

    label: str
    hint: str = ""
    group: str = ""
    title: str = ""
    where: tuple[Condition, ...] = ()
    dataset: str = ""
    question: str = ""
    intro: str = ""
    advice: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    lists: tuple[Section, ...] = ()
    ask: tuple[Ask, ...] = ()
    goto: str = ""


class Said(Part):
    """A condition of a service in words. when_true, when_false: for a flag; value: before a list or a text; unknown:
    what to ask. burden: the value that asks something of the person ("any": every value does)."""

    field: str
    unknown: str
    when_true: str = ""
    when_false: str = ""
    value: str = ""
    burden: bool | str | None = None


class Roles(Part):
    """Which field of a dataset plays which part on a card; a part may be missing. remote: kinds that need no place."""

    kind: str = ""
    who: str = ""
    provider: str = ""
    phones: str = ""
    hours: str = ""
    hours_text: str = ""
    place: tuple[str, ...] = ()
    note: str = ""
    sheltered: str = ""
    remote: tuple[str, ...] = ()
    conditions: tuple[Said, ...] = ()


class Crisis(Part):
    """A number that stands on every page: 112 by itself, any other through the record that states it."""

    label: str
    number: str = ""
    record: str = ""

    @field_validator("number")
    @classmethod
    def _only_112(cls, number: str) -> str:
        if number not in ("", "112"):
            raise ValueError("z samego pliku wolno pokazać tylko 112. Inne numery muszą stać w danych ze źródłem.")
        return number


class Finder(Part):
    """The whole file. leave: a neutral page for the quick exit. screens: address under pomoc/ → screen."""

    dataset: str
    sets: Mapping[str, Roles]
    crisis: tuple[Crisis, ...]
    leave: str = Field(pattern="^https://")
    title: str
    start: Screen
    screens: Mapping[Annotated[str, Field(pattern=_PATH)], Screen]

    @model_validator(mode="after")
    def _whole(self) -> Finder:
        for path, screen in self.screens.items():
            parent = path.rpartition("/")[0]
            above = self.screens.get(parent) if parent else self.start
            below = any(other.startswith(f"{path}/") for other in self.screens)
            if above is None or not above.question:
                raise ValueError(f"ekran „{path}” nie ma nad sobą pytania. Dopisz ekran „{parent}” z pytaniem.")
            if bool(screen.question) is not below:
                raise ValueError(f"ekran „{path}”: pytanie i ekrany pod nim chodzą razem. Dopisz to, czego brakuje.")
            if screen.goto and screen.goto not in self.screens:
                raise ValueError(f"ekran „{path}” prowadzi do „{screen.goto}”, a takiego ekranu nie ma. Popraw goto.")
        return self


class Node(NamedTuple):
    """A screen in its place. labels: the answers that led to it; where: the conditions of the whole way."""

    path: str
    labels: tuple[str, ...]
    screen: Screen
    where: tuple[Condition, ...]
    dataset: str
    ask: tuple[Ask, ...]

    @property
    def address(self) -> str:
        """Where its page lies, from the site's root."""
        return f"{HOME}{self.path}/" if self.path else HOME


def load_finder(path: Path) -> Finder | None:
    """Read the file; None where a site has none. Raises Stopped with places when it is wrong."""
    if not path.exists():
        return None
    located = load_yaml(path)
    if located.findings:
        raise Stopped(tuple(finding._replace(level=Level.STOP) for finding in located.findings))
    try:
        return Finder.model_validate(located.data)
    except ValidationError as errors:
        raise Stopped(tuple(finding_of(error, located, "", "", Level.STOP) for error in errors.errors())) from None


def nodes(finder: Finder) -> tuple[Node, ...]:
    """Every screen, the start first, in the order of the file."""
    found = {"": Node("", (), finder.start, (), finder.dataset, finder.start.ask)}
    for path, screen in finder.screens.items():
        above = found[path.rpartition("/")[0]]
        found[path] = Node(
            path,
            (*above.labels, screen.label),
            screen,
            (*above.where, *screen.where),
            screen.dataset or above.dataset,
            screen.ask or above.ask,
        )
    return tuple(found.values())


def answers(finder: Finder, node: Node) -> tuple[tuple[str, Screen], ...]:
    """The answers to a node's question: the path of each and its screen."""
    start = f"{node.path}/" if node.path else ""
    return tuple(
        (path, screen)
        for path, screen in finder.screens.items()
        if path.startswith(start) and "/" not in path[len(start) :]
    )


def texts(finder: Finder) -> Iterator[str]:
    """Every sentence of the file that people read: what translators translate and what has to be plain."""
    yield finder.title
    yield from (each.label for each in finder.crisis)
    for roles in finder.sets.values():
        for said in roles.conditions:
            yield from filter(None, (said.when_true, said.when_false, said.value, said.unknown))
    for node in nodes(finder):
        screen = node.screen
        yield from filter(None, (screen.label, screen.hint, screen.group, screen.title, screen.question, screen.intro))
        yield from screen.advice
        yield from (section.title for section in (*screen.sections, *screen.lists))
        yield from (each.ask for each in asks((*screen.where, *(w for s in screen.sections for w in s.where))))


def asks(where: Iterable[Condition]) -> Iterator[Condition]:
    """The conditions, those inside branches included, that have something to ask."""
    for each in where:
        yield from (each,) if each.ask else ()
        for branch in each.either:
            yield from asks(branch)

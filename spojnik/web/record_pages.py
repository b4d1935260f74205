"""Pages of single records: the facts in a fixed order with their why, the timeline, and what they are joined to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any, NamedTuple

from spojnik import addresses, words
from spojnik.catalog import Dataset
from spojnik.contacts import dial
from spojnik.exports import jsonld
from spojnik.hidden import TELLING_FIELDS, hides
from spojnik.kinds import Kind
from spojnik.merge import OneVoice, won
from spojnik.origin import Merged
from spojnik.output import Output
from spojnik.ranks import title_of
from spojnik.reads import unnoted
from spojnik.schema import Field, Record, fields
from spojnik.schema import by_name as fields_by_name
from spojnik.web.html import asked
from spojnik.web.page_names import with_names
from spojnik.web.pages import Press, dataset_card, page, templates_of
from spojnik.web.rows import References, ordered, row, state
from spojnik.web.shown import correct_page, shown, tellers
from spojnik.web.threads import thread
from spojnik.web.views import Fact, Link, Related, Shown, Step
from spojnik.world import Change, World

RELATED_ROWS = 20


def record_pages(press: Press, dataset: Dataset, keys: Sequence[str], joined: References) -> Iterator[Output]:
    """One page a record, for the records named. Whoever asks for them knows what `telling` says of each."""
    told, records = unnoted(press.world.told[dataset.id]), unnoted(press.world.records[dataset.id])
    pointing = unnoted(joined)
    view, crumbs = dataset_card(press, dataset), _crumbs(press, dataset)
    wanted = asked(templates_of(press.folder), press.locale, "record.html")
    makers = [(name, make) for name, make in _MAKERS.items() if wanted is None or name in wanted]
    placed, teller = _placed(dataset), tellers(press.world, dataset, press.locale)
    for key in keys:
        record = records[key]
        about = _About(press, dataset, record, pointing, told.get(key, ()), placed, teller(record))
        context = {name: make(about) for name, make in makers}
        yield page(
            press,
            "record.html",
            addresses.record_page(dataset.slug, key),
            title_of(dataset, about.record),
            {"dataset": view, **context},
            description=_description(dataset, about.record),
            crumbs=crumbs,
            nodes=partial(_nodes, press, dataset, about.record),
        )


def telling(world: World, dataset: Dataset, keys: Sequence[str], joined: References) -> list[object]:
    """Of what the pages of records are made, but for other records: the keys, the marks, and of the few that have them
    their history and who points at them."""
    gists, told, pointing = unnoted(world.gists[dataset.id]), unnoted(world.told[dataset.id]), unnoted(joined)
    places = {key: (dataset.id, key) for key in keys} if pointing else {}
    return [" ".join(keys), " ".join([gists[key].mark for key in keys]),
            [(key, told[key]) for key in keys if key in told],
            [(key, pointing[place]) for key, place in places.items() if place in pointing]]  # fmt: skip


def _nodes(press: Press, dataset: Dataset, record: Merged) -> tuple[dict[str, Any], ...]:
    return (jsonld.record(press.world, dataset, record),)


def redirects(press: Press, dataset: Dataset) -> Iterator[Output]:
    """Old keys answer with the way to the new one: bookmarks and citations go on working."""
    for old, joined in sorted(dataset.same.items()):
        if isinstance(joined, dict) and joined.get("key") in press.world.records[dataset.id]:
            target = addresses.record_page(dataset.slug, joined["key"])
            yield page(
                press,
                "redirect.html",
                addresses.record_page(dataset.slug, old),
                press.say("Nowy adres"),
                {"target": Link(title_of(dataset, press.world.records[dataset.id][joined["key"]]), target)},
                robots="noindex",
            )


def _crumbs(press: Press, dataset: Dataset) -> tuple[Link, ...]:
    return (
        Link(press.world.site.name, press.prefix),
        Link(press.say(dataset.spec.title), press.prefix + addresses.list_page(dataset.slug)),
    )


def _description(dataset: Dataset, record: Merged) -> str:
    text = str(record.values.get(dataset.spec.summary, "")) if dataset.spec.summary else ""
    return (text or title_of(dataset, record))[:200]


class _About:
    """What a page of a record is made of."""

    __slots__ = ("dataset", "history", "joined", "placed", "press", "record", "tell")

    def __init__(
        self, press: Press, dataset: Dataset, record: Merged, joined: References, history: Sequence[Change],
        placed: _Placed, tell: Callable[[Field], Fact],
    ) -> None:  # fmt: skip
        self.press, self.dataset, self.record, self.joined, self.history = press, dataset, record, joined, history
        self.placed, self.tell = placed, tell


def _leading(about: _About) -> tuple[Fact, ...]:
    """The facts that the dataset puts first. The whereabouts of a hidden place are not even asked for."""
    silent = TELLING_FIELDS if hides(about.record, about.press.world.sheltered) else frozenset()
    return _facts(about, [field for field in about.placed.leading if field.name not in silent])


def _rest(about: _About) -> tuple[Fact, ...]:
    """All further fields of which somebody speaks."""
    spoken = frozenset(about.record.why)
    return _facts(about, [field for field in about.placed.rest if field.name in spoken])


def _facts(about: _About, told: Iterable[Field]) -> tuple[Fact, ...]:
    if not about.placed.paged:
        return tuple(map(about.tell, told))
    return tuple([with_names(about.press, about.tell(field)) for field in told])


class _Placed(NamedTuple):
    """The leading fields and the further ones, in the order of the page; whether any of them names pages of ours."""

    leading: tuple[Field, ...]
    rest: tuple[Field, ...]
    paged: bool


def _placed(dataset: Dataset) -> _Placed:
    spec = dataset.spec
    return _fields_placed(dataset.model, spec.name, tuple(spec.facts), tuple(spec.threads))


@lru_cache(maxsize=1_000)
def _fields_placed(model: type[Record], name: str, facts: tuple[str, ...], threads: tuple[str, ...]) -> _Placed:
    known = fields_by_name(model)
    placed = {"key", name, *facts, *threads}
    leading = tuple(known[each] for each in facts if each not in threads)
    rest = tuple(field for field in fields(model) if field.name not in placed)
    return _Placed(leading, rest, any((field.kind.item or field.kind).name == "page" for field in (*leading, *rest)))


def _pages(about: _About) -> tuple[str, ...]:
    """The pages at which somebody saw what stands here, each once, in the order of the facts."""
    record, dataset = about.record, about.dataset
    if isinstance(record.why, OneVoice):
        return tuple(dict.fromkeys(record.why.origin.urls)) if len(record.why) else ()
    names = [dataset.spec.name, *(field.name for field in (*about.placed.leading, *about.placed.rest))]
    claims = (claim for name in names for claim in record.why.get(name, ()))
    return tuple(dict.fromkeys([url for claim in claims for url in claim.origin.urls]))


def _name_fact(about: _About) -> Fact:
    return about.tell(fields_by_name(about.dataset.model)[about.dataset.spec.name])


# What a page may show, each part made only where the template asks for it.
_MAKERS: Mapping[str, Callable[[_About], Any]] = {
    "title": lambda about: title_of(about.dataset, about.record),
    "state": lambda about: state(about.press.world, about.dataset, about.record, about.press.locale),
    "facts": _leading,
    "more_facts": _rest,
    "name_fact": _name_fact,
    "thread": lambda about: thread(about.press, about.dataset, about.record),
    "timeline": lambda about: _timeline(about.press, about.dataset, about.record),
    "related": lambda about: _related(about.press, about.dataset, about.record, about.joined),
    "age_text": lambda about: _age(about.press, about.record),
    "actions": lambda about: _actions(about.press, about.dataset, about.record),
    "history": lambda about: _history(about.press, fields_by_name(about.dataset.model), about.history),
    "json_href": lambda about: addresses.record_json(about.dataset.slug, about.record.key),
    "correct_href": lambda about: correct_page(about.press.world, about.dataset, about.record.key),
    "pages": _pages,
    "gone_text": lambda about: _gone(about.press, about.record),
}


def _timeline(press: Press, dataset: Dataset, record: Merged) -> tuple[Step, ...]:
    steps = []
    for moment in dataset.spec.timeline:
        value = str(record.values.get(moment.field, ""))
        when = "unknown" if not value else "past" if value[:10] < press.world.today[: len(value)] else "future"
        when = "today" if value[:10] == press.world.today else when
        text = words.when(value, press.locale) if value else press.say("nie wiemy")
        steps.append(Step(press.say(moment.label), text, value, when))
    return tuple(steps) if any(step.machine for step in steps) else ()


def _related(press: Press, dataset: Dataset, record: Merged, joined: References) -> tuple[Related, ...]:
    """The records that point here, a group for each dataset and field they point with."""
    groups: dict[tuple[str, str], list[Merged]] = {}
    for other, field, key in joined.get((dataset.id, record.key), ()):
        found = press.world.records[other][key]
        if not found.gone:
            groups.setdefault((other, field), []).append(found)
    related = []
    for (other, name), records in groups.items():
        source = press.world.catalog.datasets[other]
        label = next(field.label for field in fields(source.model) if field.name == name)
        rows = tuple(row(press.world, source, found, press.locale) for found in ordered(press.world, source, records))
        more = Link(press.say("Wszystkie"), press.prefix + addresses.list_page(source.slug), len(rows))
        related.append(
            Related(
                f"{press.say(source.spec.title)} – {press.say(label).lower()}",
                rows[:RELATED_ROWS],
                more if len(rows) > RELATED_ROWS else None,
            )
        )
    return tuple(related)


def _age(press: Press, record: Merged) -> str:
    """How old the facts are, in a sentence: when somebody looked, and of when the sources themselves are."""
    origins = won(record)
    seen = max([origin.seen_on for origin in origins], default="")
    return _aged(seen, max([origin.published for origin in origins], default=""), press.locale)


@lru_cache(maxsize=10_000)
def _aged(seen: str, published: str, locale: str) -> str:
    """The same days stand on most records."""
    if not seen:
        return words.say("Nie wiemy, z kiedy są te dane.", locale)
    text = words.say("Widziane {}.", locale).format(words.when(seen, locale))
    if not published:
        return f"{text} {words.say('Data źródła nieznana.', locale)}"
    return f"{text} {words.say('Źródło z: {}.', locale).format(words.when(published, locale))}"


def _actions(press: Press, dataset: Dataset, record: Merged) -> tuple[Link, ...]:
    """What a person can do now, as words. A number in doubt is never offered for dialling."""
    found: list[Link] = []
    if record.gone:
        return ()
    for field, kind in _reaching(dataset.model):
        value = record.values.get(field.name)
        if value is None or field.name in record.doubts:
            continue
        first = value[0] if isinstance(value, list) and value else value
        if kind.name == "phone":
            found.append(Link(press.say("Zadzwoń"), f"tel:{dial(first)}", note=kind.show(first, press.locale)))
        elif kind.name == "email":
            found.append(Link(press.say("Napisz"), f"mailto:{first}", note=first))
        else:
            found.append(Link(press.say(field.label), first))
    return tuple(found)


@lru_cache(maxsize=1_000)
def _reaching(model: type[Record]) -> tuple[tuple[Field, Kind], ...]:
    """The fields that lead to somebody, with the kinds of their values: telephones, mailboxes, own pages."""
    kinds = [(field, field.kind.item or field.kind) for field in fields(model)]
    pages = ("website", "url", "booking_url")
    return tuple((field, kind) for field, kind in kinds
                 if kind.name in ("phone", "email") or (kind.name == "url" and field.name in pages))  # fmt: skip


def _history(press: Press, by_name: dict[str, Field], changes: Sequence[Change]) -> tuple[tuple[str, str], ...]:
    """What changed when, in words: "Termin: z 12 marca na 19 marca"."""
    found = []
    for change in sorted(changes, key=lambda each: each.on, reverse=True):
        found.append((words.when(change.on, press.locale), change_text(press, by_name, change)))
    return tuple(found)


def change_text(press: Press, by_name: dict[str, Field], change: Change) -> str:
    """One change in words."""
    if change.field == "added":
        return press.say("Nowy wpis.")
    if change.field == "gone":
        return press.say("Nie ma już na liście źródła.")
    field = by_name[change.field]
    before, after = (_plain(press, field, value) for value in (change.before, change.after))
    return press.say("{}: było {}, jest {}.").format(press.say(field.label), before, after)


def _plain(press: Press, field: Field, value: Any) -> str:
    parts: tuple[Shown, ...] = shown(press.world, field.kind, value, press.locale) if value is not None else ()
    return "„" + ", ".join(part.text for part in parts) + "”" if parts else press.say("nieznane")


def _gone(press: Press, record: Merged) -> str:
    if not record.gone:
        return ""
    text = press.say("Od {} nie ma go już na liście źródła. Zostawiamy wpis, żeby odnośniki działały.")
    return text.format(words.when(record.gone, press.locale))

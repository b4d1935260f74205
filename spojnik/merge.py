"""Observations → records that know why. Pure: the same observations give the same records, whatever their order.

A merge never throws a claim away: the winner stands first, the dissent behind it, and what nobody can settle is said.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from operator import lt
from typing import Any, NamedTuple, Protocol, TypeVar

from spojnik.catalog import Dataset
from spojnik.origin import MANUAL, UNSET, Claim, Merged, Observation, Origin
from spojnik.schema import Field, Record, fields
from spojnik.tuples import quick


class Settled(NamedTuple):
    """All claims of one field, the winner first, and the doubt about it ("" when there is none)."""

    claims: tuple[Claim, ...]
    doubt: str


class Keyed(Protocol):
    """Whatever says of which record it speaks."""

    @property
    def key(self) -> str:
        """The key of the record."""


Voice = TypeVar("Voice", bound=Keyed)


def merge(dataset: Dataset, observations: Sequence[Observation]) -> dict[str, Merged]:
    """All records of a dataset by key, sorted."""
    return {key: merged(dataset, key, said) for key, said in voices_by_key(dataset, observations).items()}


def voices_by_key(dataset: Dataset, voices: Sequence[Voice]) -> dict[str, list[Voice]]:
    """Who speaks of each record, by sorted key. Keys joined in same.yml lend their voices to the new key."""
    joined = {old: new["key"] for old, new in dataset.same.items() if isinstance(new, Mapping) and "key" in new}
    keys = [voice.key for voice in voices]
    if not joined and all(map(lt, keys, islice(keys, 1, None))):  # a large file: each record once, and in order
        return {key: [voice] for key, voice in zip(keys, voices, strict=True)}
    found: dict[str, list[Voice]] = {}
    for voice in voices:
        key = joined.get(voice.key, voice.key)
        said = found.get(key)
        if said is None:
            found[key] = [voice]
        else:
            said.append(voice)
    return {key: found[key] for key in sorted(found)}


class OneVoice(Mapping[str, tuple[Claim, ...]]):
    """The why of a record of which one observation speaks: most records. Claims are made when somebody asks, because
    sixteen of them for each of 160 000 records fill a gigabyte that nobody reads twice."""

    __slots__ = ("dataset", "doubt", "origin", "values_by_name")

    def __init__(self, dataset: Dataset, values: Mapping[str, Any], observation: Observation) -> None:
        self.dataset, self.values_by_name = dataset, values
        self.origin, self.doubt = observation.origin, observation.doubt

    def __getitem__(self, name: str) -> tuple[Claim, ...]:
        own = self.origin
        rank, on = self.dataset.rank(own.source), own.published or own.seen_on
        return (Claim(self.values_by_name[name], rank, on, own, UNSET, self.doubt),)

    def __contains__(self, name: object) -> bool:
        return name in self.values_by_name

    def __iter__(self) -> Iterator[str]:
        return iter(self.values_by_name)

    def __len__(self) -> int:
        return len(self.values_by_name)


def merged(dataset: Dataset, key: str, said: Sequence[Observation]) -> Merged:
    """One record of all that is said of it."""
    if len(said) == 1 and not said[0].was:
        return _alone(dataset, key, said[0])
    claims = _claims(dataset, said)
    values: dict[str, Any] = {}
    why: dict[str, tuple[Claim, ...]] = {}
    doubts: dict[str, str] = {}
    for field in fields(dataset.model):
        if field.name not in claims:
            continue
        settled = settle(claims[field.name], field.f.owner)
        why[field.name] = settled.claims
        if settled.doubt:
            doubts[field.name] = settled.doubt
        if settled.claims[0].value is not None and (settled.doubt != "tie" or field.required):
            values[field.name] = settled.claims[0].value
    mark = "".join(each.mark for each in said)
    return Merged(dataset.id, key, {"key": key, **values}, why, doubts, _gone(said), mark)


def _alone(dataset: Dataset, key: str, only: Observation) -> Merged:
    """What `settle` would say of one observation without corrections: it wins, and its own doubt stays."""
    names = _in_order(dataset.model, tuple(only.values))
    values = {name: only.values[name] for name in names} if names else only.values
    why = OneVoice(dataset, values, only)
    doubts = dict.fromkeys(values, "unconfirmed") if only.doubt else {}
    return quick(Merged, (dataset.id, key, {"key": key, **values}, why, doubts, only.gone, only.mark))


@lru_cache(maxsize=10_000)
def _in_order(model: type[Record], names: tuple[str, ...]) -> tuple[str, ...]:
    """The names in the order of the model; () where they stand in it already, as in files that a machine writes."""
    ordered = tuple(field.name for field in fields(model) if field.name in names)
    return () if ordered == names else ordered


def _claims(dataset: Dataset, said: Sequence[Observation]) -> dict[str, list[Claim]]:
    claims: dict[str, list[Claim]] = {}
    for observation in said:
        origin = observation.origin
        rank = dataset.rank(origin.source)
        day = origin.published or origin.seen_on
        for name, value in observation.values.items():
            claim = Claim(value, rank, day, origin, observation.was.get(name, UNSET), observation.doubt)
            claims.setdefault(name, []).append(claim)
        for name in observation.was.keys() - observation.values.keys():
            claims.setdefault(name, []).append(Claim(None, rank, day, origin, observation.was[name]))
    return claims


def settle(claims: Sequence[Claim], owner: str = "") -> Settled:
    """Order the claims of one field and name the doubt.

    The owner's word is final. Then rank, then the newer date. A correction with `was` outranks every source but the
    owner: while the source still says `was` it stands; when the source agrees it is "redundant"; when the source says
    a third thing it is "overtaken" (ours is kept, somebody is asked). Equal ranks of different sources, or different
    pages of one source seen as of one day, that disagree are a "tie": nobody here may choose.
    """
    ordered = sorted(claims, key=lambda claim: _order(claim, owner))
    top = ordered[0]
    corrections = [claim for claim in ordered if claim.origin.source == MANUAL and claim.was is not UNSET]
    sources = [claim for claim in ordered if claim.origin.source != MANUAL]
    if corrections and not (owner and top.origin.source == owner):
        newest = corrections[0]
        rest = [claim for claim in ordered if claim is not newest]
        return Settled((newest, *rest), _fate(newest, sources))
    rivals = [claim for claim in ordered[1:] if claim.rank == top.rank and claim.value != top.value]
    final = owner and top.origin.source == owner
    if not final and any(_rival(claim, top) for claim in rivals):
        return Settled(tuple(ordered), "tie")
    return Settled(tuple(ordered), "unconfirmed" if top.doubt else "")


def _order(claim: Claim, owner: str) -> tuple[bool, int, str, str, str]:
    """Sort key: owner, rank, newer first; then text, so that equal claims never depend on the order of reading."""
    newer = "".join(chr(0x10FFFF - ord(letter)) for letter in claim.on.ljust(10, "0"))
    return (not (owner and claim.origin.source == owner), -claim.rank, newer, claim.origin.source, repr(claim.value))


def _rival(claim: Claim, top: Claim) -> bool:
    if claim.origin.source != top.origin.source:
        return claim.origin.source != MANUAL
    return claim.origin.source != MANUAL and claim.on == top.on and claim.origin.urls != top.origin.urls


def _fate(correction: Claim, sources: Sequence[Claim]) -> str:
    if not sources or sources[0].value == correction.was:
        return ""
    return "redundant" if sources[0].value == correction.value else "overtaken"


def _gone(said: Sequence[Observation]) -> str:
    """Since when the record has ended: a person's newest word, else the day the last of all sources dropped it."""
    people = sorted((o for o in said if o.origin.source == MANUAL), key=lambda o: (o.origin.seen_on, o.gone))
    if people and people[-1].gone:
        return people[-1].gone
    others = [o for o in said if o.origin.source != MANUAL]
    return max(o.gone for o in others) if others and all(o.gone for o in others) else ""


class Spoken(NamedTuple):
    """The sources that say anything of a record, losing claims too, and the years in which what won was published."""

    sources: tuple[str, ...]
    years: tuple[str, ...]


def spoken(record: Merged) -> Spoken:
    """Who speaks of a record, and of when that is."""
    sources = {origin.source for origin in origins(record)}
    years = {origin.published[:4] for origin in won(record) if origin.published}
    return Spoken(tuple(sorted(sources)), tuple(sorted(years)))


def origins(record: Merged) -> Collection[Origin]:
    """Where all claims of a record come from, the losing ones too. Those of one observation share their origin: each
    is looked at once."""
    if isinstance(record.why, OneVoice):  # making its claims costs more than a look at the voice
        return [record.why.origin] if record.why else []
    return {id(claim.origin): claim.origin for claims in record.why.values() for claim in claims}.values()


def won(record: Merged) -> Collection[Origin]:
    """Where the claims that won come from."""
    if isinstance(record.why, OneVoice):
        return origins(record)
    return [claims[0].origin for claims in record.why.values()]


def required_missing(dataset: Dataset, record: Merged) -> tuple[Field, ...]:
    """Fields that every record must have and this one lacks."""
    return tuple([field for field in _required(dataset.model) if field.name not in record.values])


@lru_cache
def _required(model: type[Record]) -> tuple[Field, ...]:
    return tuple(field for field in fields(model) if field.required)

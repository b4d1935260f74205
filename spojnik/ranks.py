"""What a record is called and where it stands on a list."""

from __future__ import annotations

from functools import lru_cache

from spojnik.catalog import Dataset
from spojnik.origin import Merged
from spojnik.status import ORDER, TONES, Standing

Rank = tuple[int, str, str, str]


def title_of(dataset: Dataset, record: Merged) -> str:
    """The record's name for people; its key when even that is missing."""
    return str(record.values.get(dataset.spec.name) or record.key)


def sort_key(dataset: Dataset, record: Merged) -> str:
    """The text that rows are sorted by within a status: a date, a name, or a number with its leading zeros."""
    name = dataset.spec.sort.removeprefix("-")
    if name in ("", dataset.spec.name):
        return alphabetical(title_of(dataset, record))
    value = record.values.get(name, "")
    return f"{value:020.6f}" if isinstance(value, int | float) else str(value)


_ALPHABET = "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"


class _Ranks(dict[int, str]):
    """Places in the Polish alphabet for `str.translate`; what is neither letter nor digit has none."""

    def __missing__(self, code: int) -> str:
        self[code] = chr(code) if chr(code).isalnum() else ""
        return self[code]


_RANKS = _Ranks({ord(letter): chr(0x100 + place) for place, letter in enumerate(_ALPHABET)})


def alphabetical(text: str) -> str:
    """A key that sorts as a Polish dictionary does (ć after c, ł after l); quotes and spaces do not count."""
    return "".join(map(_word, text.split(" ")))


@lru_cache(maxsize=20_000)
def _word(text: str) -> str:
    """Names share most of their words."""
    return text.casefold().translate(_RANKS)


def rank(dataset: Dataset, record: Merged, now: Standing | None) -> Rank:
    """Sort key of lists: open before closed, then the dataset's own order, then by name. now: the record's status."""
    text = sort_key(dataset, record)
    past = now is not None and TONES.get(now.code, "past") == "past"
    dated = _flip(text) if dataset.spec.sort.startswith("-") or (past and dataset.spec.sort) else text or "\uffff"
    by_title = dataset.spec.sort.removeprefix("-") in ("", dataset.spec.name)
    return (
        ORDER.index(now.code) if now and now.code != "decided" else ORDER.index("closed") if now else 0,
        dated,
        text if by_title else alphabetical(title_of(dataset, record)),
        record.key,
    )


def _flip(text: str) -> str:
    """A sort key that turns newest first; nothing at all comes last."""
    return "".join(chr(0x10FFFE - ord(letter)) for letter in text) if text else "\U0010ffff"

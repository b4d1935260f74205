"""Who wins, what is in doubt, and that the order of reading never matters."""

import itertools

import pytest

from spojnik.merge import settle
from spojnik.origin import UNSET, Claim, Origin


def claim(
    value: object,
    source: str = "desk",
    rank: int = 10,
    on: str = "2026-01-01",
    url: str = "https://a.example/",
    was: object = UNSET,
    doubt: str = "",
) -> Claim:
    return Claim(value, rank, on, Origin(source, (url,), "2026-11-20", on), was, doubt)


def person(value: object, was: object = UNSET, on: str = "2026-11-22") -> Claim:
    return claim(value, "manual", 60, on, was=was)


CASES = {
    "one source": ([claim(1)], "", 1, ""),
    "higher rank wins": ([claim(1), claim(2, "register", 90)], "", 2, ""),
    "owner wins over rank": ([claim(1, "krs", 20), claim(2, "register", 90)], "krs", 1, ""),
    "newer of one source wins": ([claim(1, on="2025"), claim(2, on="2026-02-01")], "", 2, ""),
    "two pages of one day": ([claim(1), claim(2, url="https://b.example/")], "", 1, "tie"),
    "two sources of one rank": ([claim(1), claim(2, "city", 10, "2020-01-01")], "", 1, "tie"),
    "two pages that agree": ([claim(1), claim(1, url="https://b.example/")], "", 1, ""),
    "unconfirmed": ([claim(1, doubt="z dawnego wykazu")], "", 1, "unconfirmed"),
    "confirmed later": ([claim(1, doubt="z wykazu"), claim(1, "register", 90)], "", 1, ""),
    "correction stands": ([claim(1), person(2, was=1)], "", 2, ""),
    "correction stands over a register": ([claim(1, "register", 90), person(2, was=1)], "", 2, ""),
    "correction is redundant": ([claim(2), person(2, was=1)], "", 2, "redundant"),
    "correction is overtaken": ([claim(3), person(2, was=1)], "", 2, "overtaken"),
    "owner's word is final": ([claim(1, "krs", 90), person(2, was=1)], "krs", 1, ""),
    "filled a blank": ([person(2, was=None)], "", 2, ""),
    "newest correction": ([claim(1), person(2, was=1), person(3, was=1, on="2026-11-23")], "", 3, ""),
    "correction settles a tie": ([claim(1), claim(2, url="https://b.example/"), person(2, was=1)], "", 2, ""),
    "taken away": ([claim(1), person(None, was=1)], "", None, ""),
}


@pytest.mark.parametrize("name", CASES)
def test_settle(name: str) -> None:
    claims, owner, winner, doubt = CASES[name]
    for order in itertools.permutations(claims):
        settled = settle(order, owner)
        assert (settled.claims[0].value, settled.doubt) == (winner, doubt)
        assert sorted(map(repr, settled.claims)) == sorted(map(repr, claims)), "no claim is ever thrown away"

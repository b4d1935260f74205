"""The browser and Python read the same spellings alike, and write the same bytes."""

import hashlib
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from spojnik import kinds
from spojnik.addresses import slugify
from spojnik.corrections.form import phone_rules, rule
from spojnik.kinds import Kind, choice, many, ref
from spojnik.schema import F, Field
from spojnik.store import dump_yaml
from spojnik.values import Wrong
from tests.corrections.node import ask

pytestmark = pytest.mark.needs("node")

COLOUR = choice("colour", "kolor", {"czerwony": "Czerwony jak mak", "niebieski": "Niebieski"})
SPELLINGS: dict[str, tuple[Kind, list[str]]] = {
    "text": (
        kinds.TEXT,
        ["Dom", "  dwa   słowa ", "a\u202eb", "x" * 601, "x" * 600, "ґ🙂", "a\nb", "\u200b", "#: - x"],
    ),
    "prose": (kinds.PROSE, ["a\r\nb", "a\n\n\n\nb  c", "x" * 20001, "# <b>x</b>", "\x00a"]),
    "krs": (kinds.KRS, ["0000207658", "KRS 207658", "krs:207658", "0", "12345678901", "abc", "0000-207-658"]),
    "nip": (
        kinds.NIP,
        ["5260250995", "526-025-09-95", "NIP: 5260250995", "PL5260250995", "5260250996", "123", "0000000000"],
    ),
    "regon": (
        kinds.REGON,
        ["350552429", "REGON 350552429", "35055242900000", "350552428", "3505524290", "12345678512347"],
    ),
    "phone": (
        kinds.PHONE,
        [
            "12 616 78 00",
            "+48 12 616 78 00",
            "0048126167800",
            "48126167800",
            "tel. 12 616-78-00",
            "607522912",
            "116 123",
            "112",
            "19115",
            "800 70 2222",
            "12 616 78 00 wew. 12",
            "123",
            "1261678001",
            "000000000",
            "(12) 616 78 00",
            "801 002 003",
            "22 11",
            "999",
            "nie ma",
            "+48 607 522 912",
            "70 012 34 56",
            "39 123 45 67",
            "12 19115",
            "012 616 78 00",
        ],
    ),
    "email": (
        kinds.EMAIL,
        [
            "biuro@example.org",
            "Biuro@Example.ORG",
            "a(at)b.pl",
            "a@b",
            "a b@c.pl",
            "mailto:x@y.pl",
            "żółć@example.org",
            "a@żółć.pl",
            ".a@b.pl",
            "a..b@c.pl",
            "a@b.local",
            "a@b.test",
            "@b.pl",
            "a@-b.pl",
            "a@b.pl, c@d.pl",
            "x" * 65 + "@b.pl",
        ],
    ),
    "url": (
        kinds.URL,
        [
            "https://example.org/",
            "example.org",
            "www.example.org/x?y=1",
            "javascript:alert(1)",
            "http://a",
            "https://a b.pl",
            "ftp://a.pl",
            "https://u:p@a.pl/",
            "https://a.pl/<x>",
            "//a.pl",
            "data:text/html,x",
            "https://a.pl/" + "x" * 2000,
        ],
    ),
    "postal": (kinds.POSTAL_CODE, ["31-004", "31004", "31-0040", " 31-004 "]),
    "day": (
        kinds.DAY,
        ["2026-03-12", "2026-02-30", "12.03.2026", "2024-02-29", "2026-3-1", "0000-01-01", "9999-12-31"],
    ),
    "when": (kinds.WHEN, ["2026", "2026-03", "2026-13", "2026-03-12", "marzec", "1850"]),
    "moment": (
        kinds.MOMENT,
        [
            "2026-03-12",
            "2026-03-12T15:00",
            "2026-03-12 15:00",
            "2026-03-12T24:00",
            "2026-03-12T15:00:00",
            "2026-03-12T",
        ],
    ),
    "money": (
        kinds.MONEY,
        ["1 500,50", "1500.50", "1500 zł", "-1", "1e5x", "0", "1000000000001", "NaN", "tysiąc", "1\u00a0000", "inf"],
    ),
    "percent": (kinds.PERCENT, ["10", "100,5", "0,5", "100"]),
    "area": (kinds.AREA, ["45,5", "45 m2", "1000000"]),
    "count": (kinds.COUNT, ["20", "2,5", "-1", "1 000"]),
    "year": (kinds.YEAR, ["2026", "999", "2101", "1991"]),
    "flag": (kinds.FLAG, ["tak", "NIE", "true", "może"]),
    "hours": (kinds.HOURS, ["Mo-Fr 08:00-16:00", "Mo-Fr 08:00-16:00; PH off", '"po uzgodnieniu"', "<b>", "x"]),
    "choice": (COLOUR, ["czerwony", "NIEBIESKI", "czerwony jak mak", "zielony"]),
    "ref": (ref("organisations"), ["krs-0000207658", "../../etc", "KRS", "a", "ok-1"]),
}


def python(kind: Kind, raw: str) -> Any:
    try:
        return {"value": kind.parse(raw)}
    except Wrong:
        return "wrong"


def test_both_read_every_spelling_alike() -> None:
    table = [(kind, raw) for kind, spellings in SPELLINGS.values() for raw in spellings]
    poland = phone_rules()
    questions = [["read", raw, rule(Field("x", kind, F("X"), False)), poland] for kind, raw in table]
    different = []
    for (kind, raw), said in zip(table, ask(questions), strict=True):
        mine = python(kind, raw)
        if said.get("value", "") is None:
            said = {"wrong": "empty"}
        if mine != ("wrong" if "wrong" in said else said):
            different.append(f"{kind.name} {raw[:60]!r}: Python {mine}, przeglądarka {said}")
    assert not different, "\n".join(different)


def test_limits_are_where_python_has_them() -> None:
    from spojnik.corrections.form import _LIMITS

    by_name = {kind.name: kind for kind in vars(kinds).values() if isinstance(kind, Kind)}
    for name, (least, most, _digits) in _LIMITS.items():
        kind = by_name[name]
        assert python(kind, str(int(most))) != "wrong", name
        assert python(kind, str(int(most) + 1)) == "wrong", name
        if least is not None:
            assert python(kind, str(int(least))) != "wrong", name
            assert python(kind, str(int(least) - 1)) == "wrong", name


def test_lists_and_amounts_by_year() -> None:
    listed = rule(Field("x", many(COLOUR), F("X"), False))
    years = rule(Field("x", kinds.MONEY_BY_YEAR, F("X"), False))
    said = ask([
        ["read", "czerwony\n\nniebieski\nczerwony", listed, None],
        ["read", "2027: 1 000\n2026 - 150000,50", years, None],
        ["read", "2027", years, None],
    ])  # fmt: skip
    assert said[0] == {"value": ["czerwony", "niebieski"]}
    assert said[1] == {"value": {"2026": 150000.5, "2027": 1000}}
    assert "wrong" in said[2]


# Letters that both sides know: Python and Node follow different versions of Unicode.
LETTERS = (
    st.characters(max_codepoint=0x17F)
    | st.characters(min_codepoint=0x400, max_codepoint=0x45F)
    | st.sampled_from("–—„”🙂€½Ⅷ\u2028\ufeff")
)
WORDS = st.text(LETTERS, max_size=30)
VALUES = WORDS | st.none() | st.booleans() | st.integers(-(10**12), 10**12) | st.lists(WORDS, max_size=3)
NESTED = st.dictionaries(
    WORDS.filter(lambda name: not name.isascii() or not name.isdigit()), VALUES | st.just({"2026": 1.5}), max_size=5
)


@settings(
    max_examples=6, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck), deadline=None
)
@given(st.lists(NESTED, min_size=20, max_size=40), st.lists(WORDS, min_size=20, max_size=20))
def test_both_write_the_same_bytes(documents: list[dict[str, Any]], texts: list[str]) -> None:
    questions = [["yaml", each] for each in documents]
    questions += [[what, text] for text in texts for what in ("sha256", "slugify")]
    answers = [said["value"] for said in ask(questions)]
    wanted = [dump_yaml(each) for each in documents]
    for text in texts:
        wanted += [hashlib.sha256(text.encode()).hexdigest(), slugify(text)]
    assert answers == wanted

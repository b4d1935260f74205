"""Editions are immutable, deltas lead from one to the next, and the version says what readers must expect."""

from __future__ import annotations

import json
import subprocess
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spojnik.changes import compare
from spojnik.exports.edition_index import make, outputs, read
from spojnik.exports.editions import Edition, apply, bump, chain, delta, pack, snapshot, unpack
from tests.exports.small import CALLS, observed, small_world

_VALUES = st.one_of(st.text(max_size=5), st.integers(-5, 5), st.lists(st.text(max_size=3), max_size=2), st.booleans())


@st.composite
def _edition(draw, number=0):
    names = sorted(draw(st.sets(st.sampled_from(["one", "two", "three"]), min_size=1)))
    shape = {name: dict.fromkeys(("key", *sorted(draw(st.sets(st.sampled_from("abcd"))))), "text") for name in names}
    rows = {name: {key: _row(draw, key, shape[name]) for key in draw(st.sets(st.sampled_from("uvwxyz")))}
            for name in names}
    return Edition(f"2026-11-{number + 1:02}", "1.0.0", "", shape, {name: name for name in names}, rows)


def _row(draw, key, columns):
    values = {name: draw(st.none() | _VALUES) for name in columns if name != "key"}
    return {"key": key, **{name: value for name, value in values.items() if value is not None}}


@st.composite
def _history(draw):
    """Up to five editions in a row, each with the version that follows from the one before."""
    editions = [draw(_edition(0))]
    for number in range(1, draw(st.integers(1, 4)) + 1):
        following = draw(_edition(number))
        editions.append(following._replace(**bump(editions[-1], following)._asdict()))
    return editions


@settings(max_examples=200, deadline=None)
@given(_history())
def test_all_deltas_applied_to_the_first_edition_give_the_last(history):
    reached = history[0]
    for change in chain(history):
        reached = apply(reached, json.loads(json.dumps(change)))
    assert pack(reached) == pack(history[-1])


@settings(max_examples=100, deadline=None)
@given(_edition())
def test_an_edition_survives_packing(edition):
    assert unpack(pack(edition)) == edition


@settings(max_examples=100, deadline=None)
@given(_edition(), _edition(1))
def test_a_version_never_goes_back_and_stays_only_when_nothing_changed(before, after):
    version = bump(before, after).version
    parts = [int(part) for part in version.split(".")]
    assert parts >= [1, 0, 0]
    same = before.shape == after.shape and _written(before) == _written(after)
    assert (version == "1.0.0") == same


def _written(edition):
    return json.dumps(edition.rows, sort_keys=True)


def test_the_same_world_twice_is_the_same_edition(tmp_path):
    one, two = (pack(snapshot(small_world(tmp_path / name))) for name in ("a", "b"))
    assert one == two
    assert pack(snapshot(small_world(tmp_path / "c", base_url=None))) == one


def test_the_sentence_says_why(tmp_path):
    first = snapshot(small_world(tmp_path / "a"))
    assert (first.version, first.sentence) == ("1.0.0", "Pierwsze wydanie.")
    values = snapshot(small_world(tmp_path / "b", calls=(CALLS[1], observed("bip-3", name="Nowy"))), first)
    assert (values.version, values.sentence) == (
        "1.0.1", "Trzecia liczba wersji wzrosła, bo zmieniły się tylko wartości: 1 nowy, 1 usunięty.")
    more = first._replace(shape={**first.shape, "calls": {**first.shape["calls"], "email": "email"}})
    assert bump(first, more) == (
        "1.1.0", "Druga liczba wersji wzrosła, bo doszła kolumna „email” w zbiorze „Konkursy”.")
    assert bump(more, first) == (
        "2.0.0", "Pierwsza liczba wersji wzrosła, bo nie ma już kolumny „email” w zbiorze „Konkursy”.")
    assert bump(first, first).sentence == "Wersja bez zmian, bo dane są takie same."


def test_a_delta_names_what_went_away(tmp_path):
    first = snapshot(small_world(tmp_path / "a"))
    second = snapshot(small_world(tmp_path / "b", calls=(observed("bip-1", name="Konkurs", budget_total=2),)), first)
    told = delta(first, second)["datasets"]["calls"]
    assert told["gone"] == ["bip-2"]
    assert told["changed"]["bip-1"]["budget_total"] == 2 and told["changed"]["bip-1"]["deadline"] is None


def test_a_delta_refuses_another_edition(tmp_path):
    first = snapshot(small_world(tmp_path))
    with pytest.raises(ValueError, match="zaczyna się od wydania"):
        apply(first._replace(date="2020-01-01"), delta(first, first._replace(date="2026-12-01")))


def test_checksums_are_what_sha256sum_reads_and_damage_is_noticed(tmp_path):
    body = pack(snapshot(small_world(tmp_path / "a")))
    (tmp_path / "x.zip").write_bytes(body)
    with zipfile.ZipFile(tmp_path / "x.zip") as archive:
        archive.extractall(tmp_path / "x")
    assert subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=tmp_path / "x").returncode == 0
    with zipfile.ZipFile(tmp_path / "x.zip", "a") as archive:
        archive.writestr("calls.jsonl", b"")
    with pytest.raises(ValueError, match="sumy kontrolne"):
        unpack((tmp_path / "x.zip").read_bytes())


def test_the_volatile_is_not_in_editions(tmp_path):
    edition = snapshot(small_world(tmp_path))
    assert not {"stan", "strona"} & edition.shape["calls"].keys()


def test_compare_names_both_values():
    found = compare({"a": {"x": 1}, "b": {"x": 2}}, {"a": {"x": 1, "y": None}, "c": {"x": 3}})
    assert (found.added, found.changed, found.gone) == ({"c": {"x": 3}}, {}, ("b",))
    assert compare({"a": {"x": 1}}, {"a": {"x": 2}}).changed == {"a": {"x": (1, 2)}}
    assert not compare({"a": {}}, {"a": {"y": None}})
    assert compare({"a": {"x": 1}}, {"a": {"x": True}}).changed == {"a": {"x": (1, True)}}


def test_the_index_lists_editions_newest_first_with_deltas(tmp_path):
    first, line = make(small_world(tmp_path / "a")._replace(today="2026-11-15"), {})
    second, _ = make(small_world(tmp_path / "b", calls=CALLS[:1]), {"2026-11-15": first})
    for day, body in (("2026-11-15", first), ("2026-11-22", second)):
        (tmp_path / f"{day}.zip").write_bytes(body)
    listed = {**line, "address": "https://example.org/2026-11-15.zip"}
    made = {output.path.name: output.body for output in outputs([listed], read(tmp_path))}
    index = json.loads(made["index.json"])["editions"]
    assert [(one["date"], one["version"]) for one in index] == [("2026-11-22", "1.0.1"), ("2026-11-15", "1.0.0")]
    assert index[0]["delta"] == "dane/wydania/2026-11-15--2026-11-22.json" and "delta" not in index[1]
    assert index[1]["address"] == "https://example.org/2026-11-15.zip"
    told = json.loads(made["2026-11-15--2026-11-22.json"])
    assert told["datasets"]["calls"]["gone"] == ["bip-2"]
    assert pack(apply(unpack(first), told)) == second
    assert index[0]["sha256"] in made["SHA256SUMS"].decode()


def test_without_editions_the_index_is_empty_and_honest():
    (output,) = outputs([], {})
    assert json.loads(output.body) == {"editions": []}

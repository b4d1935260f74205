"""The files of the index: same bytes for same records, few, named by content, honest when they are broken."""

import json
import os
import random
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from spojnik.search import Doc, IndexMissing, build_index, lexicon
from spojnik.search.index import ENTRY
from spojnik.search.stops import STOPS
from spojnik.search.terminal import results
from spojnik.search.text import fold, words
from spojnik.search.wire import Term, read_terms, unpack, write_terms
from tests.machine import ROOT
from tests.search.samples import DOCS, SYNONYMS, ask, doc, files, found, written


def test_same_records_same_bytes(tmp_path: Path) -> None:
    first, kept = files(cache=tmp_path), files(cache=tmp_path)
    shuffled = random.Random(1).sample(DOCS, len(DOCS))
    assert first == kept == files() == files(shuffled)
    assert files(DOCS[:-1]) != first


def _many() -> list[Doc]:
    return [
        *DOCS,
        *(
            doc(f"{at:04}", f"Klub {at} {'sportowy' if at % 7 else 'szachowy'} Środa", numbers=[f"{at % 900:09}"])
            for at in range(3000)
        ),
    ]


@pytest.mark.parametrize("jobs", [2, 3])
def test_several_processes_make_the_same_bytes(tmp_path: Path, jobs: int) -> None:
    alone = dict(build_index(_many(), SYNONYMS, None))
    assert dict(build_index(_many(), SYNONYMS, tmp_path, jobs)) == alone
    assert dict(build_index(iter(_many()), SYNONYMS, tmp_path, jobs)) == alone, "documents that can be read once"
    assert dict(build_index(_many()[:-1], SYNONYMS, tmp_path, jobs)) != alone


def test_what_a_process_learnt_is_kept_for_the_next_build(tmp_path: Path) -> None:
    for jobs in (1, 2):
        dict(build_index(_many(), SYNONYMS, tmp_path / str(jobs), jobs))
    kept = [json.loads((tmp_path / str(jobs) / "slowa.json").read_text("utf-8")) for jobs in (1, 2)]
    assert kept[0] == kept[1] and kept[0]["lemmas"]


def test_the_dictionary_is_started_for_new_words_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = dict(build_index(DOCS, SYNONYMS, tmp_path))

    def refused() -> None:
        raise AssertionError

    monkeypatch.setattr(lexicon, "_engine", refused)
    assert dict(build_index(DOCS, SYNONYMS, tmp_path)) == first
    with pytest.raises(AssertionError):
        dict(build_index([*DOCS, doc("nowy", "Ornitolog amator")], SYNONYMS, tmp_path))
    monkeypatch.setattr(lexicon, "dictionary", lambda: "another one")
    with pytest.raises(AssertionError):
        dict(build_index(DOCS, SYNONYMS, tmp_path))


@pytest.mark.parametrize("left", ["{", "[]", '{"version":[]}'])
def test_what_is_left_of_a_cut_lexicon_is_not_read(tmp_path: Path, left: str) -> None:
    first = dict(build_index(DOCS, SYNONYMS, tmp_path))
    whole = (tmp_path / "slowa.json").read_bytes()
    (tmp_path / "slowa.json").write_text(left, "utf-8")
    assert dict(build_index(DOCS, SYNONYMS, tmp_path)) == first
    assert (tmp_path / "slowa.json").read_bytes() == whole


def test_nothing_is_kept_without_the_dictionary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(lexicon, "_engine", lambda: None)
        poor = dict(build_index(DOCS, SYNONYMS, tmp_path))
    assert dict(build_index(DOCS, SYNONYMS, tmp_path)) == dict(build_index(DOCS, SYNONYMS, None)) != poor


def test_a_killed_process_costs_time_only() -> None:
    mother = os.getpid()

    def deadly() -> Iterator[Doc]:
        if os.getpid() != mother:
            os.kill(os.getpid(), signal.SIGKILL)
        yield from _many()

    assert dict(build_index(deadly(), SYNONYMS, None, 2)) == dict(build_index(_many(), SYNONYMS, None))


def test_only_the_entry_keeps_its_name() -> None:
    names, others = set(files()), set(files(DOCS[:-1]))
    assert ENTRY in names & others
    assert all(re.fullmatch(r"[a-z]-[0-9a-f]{12}-(\d+|spis)\.bin", name) for name in names - {ENTRY})
    terms = [name for name in names if name.startswith("t-")]
    assert not set(terms) & others, "new content, new name"


def test_a_small_catalogue_is_a_few_files() -> None:
    many = [doc(f"{at:03}", f"Fundacja numer {at}", "Pomoc dzieciom i seniorom.") for at in range(600)]
    assert len(files(many)) <= 600 // 16 + 12


def test_no_records_at_all() -> None:
    assert ask(files([]), "cokolwiek").total == 0


def test_a_state_that_does_not_exist() -> None:
    with pytest.raises(ValueError):
        files([doc("x", "X", state="nieznany")])


@pytest.mark.parametrize("kind", ["indeks.bin", "t-", "k-", "f-", "w-"])
def test_a_missing_or_broken_file_is_told_in_polish(kind: str) -> None:
    index = files()
    name = next(name for name in index if name.startswith(kind))
    without = {other: body for other, body in index.items() if other != name}
    with pytest.raises(IndexMissing, match="Brakuje pliku"):
        ask(without, "swietlca")
    with pytest.raises(IndexMissing, match="uszkodzony"):
        ask({**index, name: index[name][:-9]}, "swietlca")
    assert ask(index, "swietlca").total


def test_the_terminal_answers_from_the_same_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(files(), tmp_path / "szukaj" / "indeks")
    assert results(tmp_path, "zlota raczka") == 0
    assert capsys.readouterr().out == "services\tDrobne naprawy domowe\tservices/naprawy.html\n"
    assert results(tmp_path / "nigdzie", "zlota raczka") == 1
    said = capsys.readouterr()
    assert said.out == "" and "Brakuje pliku indeks.bin" in said.err


def test_terms_survive_the_wire() -> None:
    terms = [
        Term("a", 0, ("b", "c")),
        Term("matka", 1, (), 200, ((1, "ek"), (0, "mi")), 3, b"\1\2\3"),
        Term("żółw", 1, (), 0, (), 9000, b"", 12),
    ]
    assert read_terms(write_terms(terms, "łata:lata")) == (terms, "łata:lata")


def test_the_reviewed_synonyms_are_many_and_find_their_target() -> None:
    import yaml

    entries = yaml.load((ROOT / "site" / "synonyms.yml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    phrases = [phrase.strip() for entry in entries for phrase in entry.split("|")]
    assert len(phrases) >= 150
    assert sorted(phrases) == sorted(set(phrases)), "a phrase has one entry"
    silent = [phrase for phrase in phrases if STOPS.issuperset(words(fold(phrase))) and words(fold(phrase))]
    assert not silent, "words that mean nothing are never looked up, so such a phrase explains nothing"
    docs = [Doc("a.html", "services", "Apteka Darów", "", (("Apteka Darów", 9),), (), {}, "current")]
    index = dict(build_index([*docs, *DOCS[:3]], entries, None))
    assert found(index, "drogie leki") == ["a.html"] or "a" in ask(index, "drogie leki").hits[0].address
    assert unpack(index[ENTRY])

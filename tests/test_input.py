"""Bad input gives a sentence with a place, never a traceback and never a changed file."""

from pathlib import Path

import pytest

from spojnik.store import dump_yaml, parse_yaml
from tests import worlds

SPOILED = {
    "duplicate key": ("organisations/dataset.yml", b'id: "organisations"\nid: "x"\n', "dataset.yml:2:1", "dwa razy"),
    "tab": ("organisations/dataset.yml", b"id: organisations\n\tslug: x\n", "dataset.yml:2:1", "YAML"),
    "broken UTF-8": ("organisations/dataset.yml", b"id: organisations\nslug: \xff\n", "dataset.yml:2:7", "UTF-8"),
    "alias": ("organisations/dataset.yml", b"id: &a x\nslug: *a\n", "dataset.yml:2:7", "odwołania"),
    "cyclic alias": ("organisations/dataset.yml", b"a: &a [*a]\n", "dataset.yml:1:8", "odwołania"),
    "tag": ("organisations/dataset.yml", b"id: !!python/object:os.system x\n", "dataset.yml:1:5", "znaczniki"),
    "unknown field of dataset.yml": ("calls/same.yml", b"x: [\n", "same.yml:2:1", "YAML"),
    "broken JSON": ("calls/observed/desk.jsonl", b'{"key":"bip-1"\n', "desk.jsonl:1:", "JSON"),
    "row is a list": ("calls/observed/desk.jsonl", b"[1]\n", "desk.jsonl:1:1", "zestaw pól"),
    "row lacks values": (
        "calls/observed/desk.jsonl",
        b'{"key":"bip-1","seen_on":"2026-11-20"}\n',
        "desk.jsonl:1:1",
        "brakuje pola",
    ),
    "unknown source": ("calls/observed/nikt.jsonl", b'{"key":"bip-1"}\n', "nikt.jsonl:1:1", "źródła"),
    "wrong type": (
        "calls/observed/desk.jsonl",
        b'{"key":"bip-1","values":{"title":["a"]},"seen_on":"2026-11-20"}\n',
        "desk.jsonl:1:1",
        "tekst",
    ),
    "number as KRS": (
        "organisations/observed/desk.jsonl",
        b'{"key":"a-b","values":{"name":"A","krs":42},"seen_on":"2026-11-20"}\n',
        "desk.jsonl:1:1",
        "zera",
    ),
    "unknown field": (
        "calls/observed/desk.jsonl",
        b'{"key":"bip-1","values":{"tytul":"a"},"seen_on":"2026-11-20"}\n',
        "desk.jsonl:1:1",
        "nie ma takiego pola",
    ),
    "no such day": (
        "calls/observed/desk.jsonl",
        b'{"key":"bip-1","values":{"title":"a","deadline":"2026-06-31"},"seen_on":"2026-11-20"}\n',
        "desk.jsonl:1:1",
        "nie ma takiego dnia",
    ),
    "script link": (
        "organisations/observed/desk.jsonl",
        b'{"key":"a-b","values":{"name":"A","website":"javascript:alert(1)"},"seen_on":"2026-11-20"}\n',
        "desk.jsonl:1:1",
        "adres strony",
    ),
    "broken schema": ("calls/schema.py", b"class Call(\n", "schema.py", "schematu"),
    "history": ("calls/history.jsonl", b'{"key":"bip-1"}\n', "history.jsonl:1:1", "niepełna"),
}


@pytest.mark.parametrize("name", SPOILED)
def test_spoiled_file_is_named_with_its_place(tmp_path: Path, name: str) -> None:
    datasets = worlds.copy(tmp_path)
    file, body, place, word = SPOILED[name]
    (datasets / file).write_bytes(body)
    said = worlds.check(datasets)
    assert said.code == 1, said.text
    assert place in said.text
    assert word in said.text
    assert "Traceback" not in said.text
    assert (datasets / file).read_bytes() == body


def test_whole_world_is_well(tmp_path: Path) -> None:
    said = worlds.check(worlds.copy(tmp_path))
    assert said.code == 0, said.text


CORRECTIONS = {
    "wrong file name": ("values: {phone: 12 616 78 05}\n", "poprawka.yml", "plik nazywa się inaczej"),
    "wrong phone": ('values:\n  phone: "12"\n', "2026-11-22-00000000.yml", "numer telefonu"),
    "unknown field": ('values:\n  tel: "12"\n', "2026-11-22-00000000.yml", "nie ma takiego pola"),
    "values are a list": ("values:\n  - phone\n", "2026-11-22-00000000.yml", "zestaw pól"),
    "key may not change": ("values:\n  key: krs-1\n", "2026-11-22-00000000.yml", "nie ma takiego pola"),
}


@pytest.mark.parametrize("name", CORRECTIONS)
def test_spoiled_correction_says_what_to_do(tmp_path: Path, name: str) -> None:
    datasets = worlds.copy(tmp_path)
    body, file, words = CORRECTIONS[name]
    worlds.correction(datasets, "organisations", "zlota-raczka", body, file)
    said = worlds.check(datasets)
    assert (said.code, words in said.text) == (1, True), said.text


def test_correction_place_is_the_value(tmp_path: Path) -> None:
    datasets = worlds.copy(tmp_path)
    worlds.correction(datasets, "organisations", "zlota-raczka", 'values:\n  phone: "12"\n')
    assert "00000000.yml:6:10" in worlds.check(datasets).text


@pytest.mark.parametrize(
    "text", ["0000207658", "2026-03-12", "no", "012", "1_000", "a: b", "- x", "#x", "'", "", "~", "tak", "null"]
)
def test_text_survives_yaml(text: str) -> None:
    written = dump_yaml({"value": text, "list": [text]})
    assert parse_yaml(written.encode(), "x.yml").data == {"value": text, "list": [text]}


def test_plain_numbers_without_leading_zeros_are_numbers() -> None:
    data = parse_yaml(b"a: 0000123456\nb: 12\nc: 1.5\nd: 2026-03-12\ne: no\nf: true\n", "x.yml").data
    assert data == {"a": "0000123456", "b": 12, "c": 1.5, "d": "2026-03-12", "e": "no", "f": True}

"""SQLite and Parquet: the same cells as every other file, search that forgives, foreign keys that hold."""

from __future__ import annotations

import json
import sqlite3

import pytest

from spojnik.exports import parquet
from spojnik.exports.table import table
from tests.exports.agreement import disagreements, expected, from_parquet, from_sqlite
from tests.exports.small import all_files, small_world

DATASETS = ("organisations", "calls", "services")


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    return small_world(tmp_path_factory.mktemp("small") / "datasets")


@pytest.fixture(scope="module")
def files(world):
    return all_files(world)


@pytest.fixture
def base(files):
    connection = sqlite3.connect(":memory:")
    connection.deserialize(files["dane/spojnik.sqlite"])
    yield connection
    connection.close()


def _table(world, name):
    return table(world, world.catalog.datasets[name], list(world.records[name].values()))


@pytest.mark.parametrize("name", DATASETS)
def test_sqlite_agrees(world, files, name):
    assert disagreements(expected(_table(world, name)), from_sqlite(_table(world, name),
                                                                    files["dane/spojnik.sqlite"])) == []


@pytest.mark.needs("duckdb")
@pytest.mark.parametrize("name", DATASETS)
def test_parquet_agrees(world, files, name, tmp_path):
    shape = _table(world, name)
    body = files[f"dane/{shape.dataset.slug}.parquet"]
    assert disagreements(expected(shape), from_parquet(shape, body, tmp_path)) == []


@pytest.mark.needs("duckdb")
def test_parquet_has_types(files, tmp_path):
    import duckdb

    path = tmp_path / "x.parquet"
    path.write_bytes(files["dane/konkursy.parquet"])
    types = dict(duckdb.sql(f"SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM '{path}')").fetchall())
    assert types["budget_total"] == "DOUBLE"
    assert types["announced_on"] == "DATE"
    assert types["partners"] == "VARCHAR[]"
    assert types["budget_by_year"] == "MAP(VARCHAR, DOUBLE)"


def test_without_duckdb_there_is_no_parquet_and_it_is_said(world, monkeypatch):
    monkeypatch.setattr(parquet.importlib.util, "find_spec", lambda name: None)
    assert "DuckDB" in parquet.absent()
    assert list(parquet.export(_table(world, "calls"))) == []


def test_foreign_keys_hold_and_are_declared(base):
    base.execute("PRAGMA foreign_keys = ON")
    assert base.execute("PRAGMA foreign_key_check").fetchall() == []
    assert ("organisations", "funder", "key") in {
        (row[2], row[3], row[4]) for row in base.execute("PRAGMA foreign_key_list(calls)")}
    with pytest.raises(sqlite3.IntegrityError):
        base.execute("INSERT INTO calls(key, name, funder, strona) VALUES ('x', 'x', 'nobody', 'x')")


@pytest.mark.parametrize("words", ["łąka", "laka", "LAKA"])
def test_search_finds_with_and_without_polish_letters(base, words):
    found = base.execute("SELECT key FROM organisations WHERE rowid IN "
                         "(SELECT rowid FROM organisations_szukaj WHERE organisations_szukaj MATCH ?)", (words,))
    assert found.fetchall() == [("krs-0000207658",)]


def test_the_view_speaks_polish(base):
    row = base.execute('SELECT "KRS", "Kolor", "Działa", "Nad nami (nazwa)" FROM organisations_opis '
                       "WHERE \"Klucz\" = 'krs-0000207658'").fetchone()
    assert row == ("0000207658", "zielony", "nie", "Fundacja Ż")


def test_metadata_for_datasette_names_what_is_there(base, files):
    described = json.loads(files["dane/metadata.json"])["databases"]["spojnik"]["tables"]
    present = {row[0] for row in base.execute("SELECT name FROM sqlite_master")}
    assert described.keys() <= present
    for name in DATASETS:
        columns = {row[1] for row in base.execute(f"PRAGMA table_info({name})")}
        assert described[name]["columns"].keys() == columns
        assert described[name]["fts_table"] in present


def test_the_dictionary_is_inside(base):
    said = base.execute("SELECT etykieta, rodzaj FROM slownik WHERE tabela = 'calls' AND kolumna = 'budget_total'")
    assert said.fetchone() == ("Pula", "kwota (PLN)")

"""CSV, XLSX and JSON: the same cells everywhere, zeros kept, nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile

import pytest
from openpyxl import load_workbook

from spojnik.exports import csv as csv_export
from spojnik.exports import json as json_export
from spojnik.exports import xlsx
from spojnik.exports.dialect import bare, guarded, kept, listed
from spojnik.exports.table import columns, rows, table
from tests.exports.agreement import READERS, disagreements, expected, from_record
from tests.exports.small import HOSTILE, all_files, observed, small_world


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    return small_world(tmp_path_factory.mktemp("small") / "datasets")


@pytest.fixture(scope="module")
def files(world):
    return all_files(world)


def _table(world, name):
    dataset = world.catalog.datasets[name]
    return table(world, dataset, list(world.records[name].values()))


@pytest.mark.parametrize("name", ["organisations", "calls", "services"])
@pytest.mark.parametrize("ending", list(READERS))
def test_every_format_holds_the_same_cells(world, files, name, ending):
    shape = _table(world, name)
    read = READERS[ending](shape, files[f"dane/{shape.dataset.slug}{ending}"])
    assert len(read) == len(shape.rows)
    assert disagreements(expected(shape), read) == []


def test_json_of_each_record_agrees_with_the_tables(world, files):
    for name in ("organisations", "calls", "services"):
        shape = _table(world, name)
        for key, row in expected(shape).items():
            assert from_record(shape, files[f"{shape.dataset.slug}/{key}.json"]) == row


@pytest.mark.parametrize(("dialect", "delimiter"), [("plain", ","), ("excel", ";")])
def test_lines_that_we_join_are_those_of_the_csv_module(world, dialect, delimiter):
    shape = _table(world, "organisations")
    texts = (*HOSTILE, "a,b", "a;b", 'a"b', '"', "a\rb", "a\r\nb", "", " a ", "\u2028")
    named = [column.name for column in shape.columns].index("name")
    cells = [tuple(text if at == named else cell for at, cell in enumerate(shape.rows[0])) for text in texts]
    text = getattr(csv_export, dialect)(shape._replace(rows=cells)).decode("utf-8-sig")
    again = io.StringIO(newline="")
    csv.writer(again, delimiter=delimiter).writerows(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    assert again.getvalue() == text
    assert all(f"{delimiter}{text}{delimiter}" in again.getvalue() for text in ('"a""b"', '""""', '"a\rb"', " a "))


def test_a_changed_cell_is_a_disagreement(world, files):
    shape = _table(world, "organisations")
    broken = files["dane/organizacje.csv"].replace(b"0000207658,5260250995", b"207658,5260250995")
    assert disagreements(expected(shape), READERS[".csv"](shape, broken)) == [
        "krs-0000207658/krs: '0000207658' | '207658'"]


def test_columns_follow_the_model_and_then_what_the_machinery_adds(world):
    names = [column.name for column in columns(world.catalog.datasets["calls"])]
    assert names == ["key", "name", "funder", "partners", "budget_total", "budget_by_year", "announced_on", "deadline",
                     "status", "funder_nazwa", "partners_nazwa", "stan", "zrodla", "adresy_zrodel", "widziane",
                     "niepewne", "nie_ma_od", "strona"]


def test_names_of_referenced_records_and_status_are_cells(world):
    dataset = world.catalog.datasets["calls"]
    first, second = rows(world, dataset, list(world.records["calls"].values()))
    assert first["funder_nazwa"] == "Stowarzyszenie Łąka"
    assert first["partners_nazwa"] == ["Fundacja Ż", "Stowarzyszenie Łąka"]
    assert (first["stan"], second["stan"]) == ("otwarte", "odwołane")
    assert first["strona"] == "https://example.org/spojnik/konkursy/bip-1.html"


def test_without_an_address_of_the_site_pages_are_relative(tmp_path):
    world = small_world(tmp_path, base_url=None)
    assert _table(world, "calls").rows[0][-1] == "konkursy/bip-1.html"


def test_a_tie_is_no_value_in_any_file_but_both_stand_in_the_why(files):
    for path, body in files.items():
        if path != "organizacje/krs-0000000001.json" and not path.endswith((".xlsx", ".zip")):
            assert b"607 552 912" not in body and b"607 522 912" not in body, path
    record = json.loads(files["organizacje/krs-0000000001.json"])
    assert {claim["value"] for claim in record["why"]["phone"]} == {"+48 607 552 912", "+48 607 522 912"}
    assert not any(claim["wins"] for claim in record["why"]["phone"])
    assert record["doubts"]["phone"]["code"] == "tie"
    assert "phone" in record["values"]["niepewne"]


def test_csv_is_rfc_4180(files):
    body = files["dane/organizacje.csv"]
    assert not body.startswith(b"\xef\xbb\xbf") and body.endswith(b"\r\n")
    assert b"\n" not in body.replace(b"\r\n", b"")
    lines = list(csv.reader(io.StringIO(body.decode(), newline=""), strict=True))
    assert {len(line) for line in lines} == {len(lines[0])}
    assert len(lines) == body.count(b"\r\n")


def test_excel_csv_keeps_zeros_and_uses_the_polish_comma(files):
    lines = list(csv.reader(io.StringIO(files["dane/organizacje-excel.csv"].decode("utf-8-sig")), delimiter=";"))
    row = dict(zip(lines[0], next(line for line in lines if line[0] == "krs-0000207658"), strict=True))
    assert row["KRS"] == "'0000207658"
    assert row["Telefon"] == "'+48 12 616 78 00"
    assert row["NIP"] == "5260250995"
    assert row["Wskaźnik"] == "0,000123"
    assert row["Działa"] == "nie"


def test_no_cell_of_a_csv_file_can_act_as_a_formula(files):
    for path in (path for path in files if path.endswith(".csv")):
        excel = path.endswith("-excel.csv")
        reader = csv.reader(io.StringIO(files[path].decode("utf-8-sig"), newline=""), delimiter=";" if excel else ",")
        for cell in (cell for line in reader for cell in line):
            assert not re.match(r"[=@\t\r]", cell), (path, cell)
            assert not re.match(r"[+-]", cell) or re.fullmatch(r"[+-][\d ]+( wew\. \d+)?", cell), (path, cell)


def test_xlsx_shows_hostile_text_and_runs_nothing(files):
    body = files["dane/organizacje.xlsx"]
    book = load_workbook(io.BytesIO(body))
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d", "inlineStr"}
    names = {cell.value for cell in book["dane"]["B"]}
    assert set(HOSTILE) <= names
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        for name in archive.namelist():
            text = archive.read(name)
            assert b"<f>" not in text and b"<hyperlink" not in text and b"externalLink" not in text


def test_xlsx_identifiers_are_text_and_the_dictionary_explains_every_column(world, files):
    book = load_workbook(io.BytesIO(files["dane/organizacje.xlsx"]))
    heads = [cell.value for cell in book["dane"][1]]
    row = next(line for line in book["dane"].iter_rows(min_row=2) if line[0].value == "krs-0000207658")
    krs = row[heads.index("KRS")]
    assert (krs.value, krs.data_type) == ("0000207658", "s")
    assert row[heads.index("Dzień")].is_date
    explained = [line[1].value for line in book["słownik"].iter_rows(min_row=2)]
    assert explained == [column.name for column in columns(world.catalog.datasets["organisations"])]


def test_xlsx_stops_and_says_so(world, monkeypatch):
    monkeypatch.setattr(xlsx, "ROWS_AT_MOST", 3)
    (output,) = xlsx.export(_table(world, "organisations"))
    book = load_workbook(io.BytesIO(output.body))
    assert book["dane"].max_row == 4
    said = [line[1].value for line in book["o pliku"].iter_rows()]
    assert any("pierwsze 3 z 12 rekordów" in text for text in said)


def test_many_records_are_written_in_blocks_by_hash_of_key(world, monkeypatch):
    monkeypatch.setattr(json_export, "FILES_AT_MOST", 3)
    blocks = json_export.record_files(_table(world, "organisations"))
    outputs = {str(output.path): output.body for block in blocks for output in block.make()}
    assert len(outputs) == 256
    block = json.loads(outputs[f"dane/organizacje/rekordy/{json_export.block_of('krs-0000207658')}.json"])
    assert block["krs-0000207658"]["values"]["krs"] == "0000207658"
    assert sum(len(json.loads(body)) for body in outputs.values()) == 12


def test_the_same_world_gives_the_same_bytes(world, files):
    assert all_files(world) == files


@pytest.mark.parametrize("text", ["=1+1", "+48abc", "-", "@x", "\tx"])
def test_formulas_are_guarded_and_read_back(text):
    assert guarded(text) == kept(text) == f"'{text}"
    assert bare(guarded(text)) == text


@pytest.mark.parametrize("text", ["-5", "+48 12 616 78 00", "+48 12 616 78 00 wew. 5", "zwykły tekst", "'cytat'", ""])
def test_plain_text_is_left_alone(text):
    assert guarded(text) == text == bare(text)


def test_an_item_with_a_semicolon_stays_one_item():
    assert listed(["a; b", "https://example.org/?a;b"]) == "a, b;https://example.org/?a%3Bb"


def test_two_columns_with_one_label_get_different_headings(tmp_path):
    world = small_world(tmp_path, organisations=(observed("x", name="X"),), calls=())
    shape = _table(world, "organisations")
    twin = shape.columns[1]._replace(name="other_name")
    titles = csv_export.headings(shape._replace(columns=(*shape.columns, twin)))
    assert (titles["name"], titles["other_name"]) == ("Nazwa (name)", "Nazwa (other_name)")

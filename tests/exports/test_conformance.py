"""The board never says more than was seen: a validator that could not run, or that sees nothing, proves nothing."""

from __future__ import annotations

import hashlib
import json
import re
import sys

import pytest

from spojnik import conformance, judges
from spojnik.store import load_yaml
from tests.exports.small import all_files, on_disk, small_world

PLAN = load_yaml(conformance.ROOT / "conformance.yml")


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    folder = tmp_path_factory.mktemp("small")
    return on_disk(all_files(small_world(folder / "datasets")), folder / "dist")


def _check(code, **more):
    """A validator made of one line of Python; it reads dane/CITATION.cff."""
    return {"standard": "próba", "package": "pytest", "files": ["dane/CITATION.cff"],
            "command": [sys.executable, "-c", code], "fault": {"find": "dataset", "put": "zepsute"}, **more}


_HONEST = "import sys; sys.exit('zepsute' in open('dane/CITATION.cff').read())"


def test_a_validator_that_sees_the_fault_may_say_yes(out):
    result = conformance.judge("x", _check(_HONEST), out, {})
    assert (result.verdict, result.catches) == ("zgodne", True)
    assert result.version and result.validator == "pytest"


def test_a_validator_that_always_says_yes_proves_nothing(out):
    result = conformance.judge("x", _check("print('wszystko dobrze')"), out, {})
    assert result.verdict == "brak" and "nie zauważył" in result.note and "wszystko dobrze" in result.raw


def test_a_fault_in_the_real_files_is_said(out):
    result = conformance.judge("x", _check("import sys; sys.exit('to jest źle')"), out, {})
    assert result.verdict == "niezgodne" and "to jest źle" in result.raw


@pytest.mark.parametrize(("changed", "note"), [
    ({"command": ["x", "{schema:nie-ma.xsd}"]}, "nie ma schematu nie-ma.xsd"),
    ({"files": ["nie-ma/*.xml"]}, "serwis nie ma takich plików"),
    ({"command": ["nie-ma-takiego-polecenia"]}, "nie da się uruchomić"),
    ({"unreachable": "URLError", "command": [sys.executable, "-c", "raise SystemExit('URLError: brak sieci')"]},
     "potrzebuje sieci"),
])
def test_what_could_not_run_is_missing_not_passed(out, changed, note):
    result = conformance.judge("x", _check(_HONEST, **changed), out, {})
    assert result.verdict == "brak" and note in result.note


def test_schemas_are_known_by_hash_and_not_by_name(tmp_path):
    (tmp_path / "some.xsd").write_bytes(b"right")
    (tmp_path / "wanted.xsd").write_bytes(b"wrong")
    wanted = {"wanted.xsd": {"url": "https://example.invalid/", "sha256": hashlib.sha256(b"right").hexdigest()}}
    assert conformance.schemas(wanted, tmp_path) == {"wanted.xsd": (tmp_path / "some.xsd").resolve()}
    assert conformance.schemas({"x": {"url": "", "sha256": "0" * 64}}, tmp_path) == {}


def test_the_plan_is_whole():
    assert not PLAN.findings
    for name, check in PLAN.data["checks"].items():
        assert {"standard", "files", "command", "fault"} <= check.keys(), name
        assert ("package" in check) != ("with" in check), name
        assert "with" not in check or "==" in check["with"], name
        for schema in re.findall(r"\{schema:([^}]+)\}", " ".join(check["command"])):
            assert schema in PLAN.data["schemas"], name
        if check["command"][0] == "python":
            assert check["command"][2] in judges.JUDGES, name
    assert all(re.fullmatch("[0-9a-f]{64}", schema["sha256"]) for schema in PLAN.data["schemas"].values())


@pytest.mark.parametrize("name", ["csvw", "frictionless", "datapackage-profile"])
def test_the_real_checks_pass_on_a_small_site(out, name):
    check = PLAN.data["checks"][name]
    if any("{schema:" in part for part in check["command"]):
        pytest.skip("brak folderu ze schematami (zmienna SCHEMAS)")
    result = conformance.judge(name, check, out, {})
    assert (result.verdict, result.catches) == ("zgodne", True), result.raw


def test_results_are_kept_and_read_again(out, tmp_path, capsys, monkeypatch):
    (out / "index.html").write_text("<!doctype html>")
    code = conformance.main(["--out", str(out), "--only", "csvw", "--results", str(tmp_path / "x" / "r.json"),
                             "--schemas", str(tmp_path)])
    assert code == 0 and "CSV on the Web" in capsys.readouterr().out
    (result,) = conformance.load_results(tmp_path / "x" / "r.json")
    assert (result.check, result.verdict) == ("csvw", "zgodne")
    assert str(out) not in json.dumps(result)
    assert conformance.load_results(tmp_path / "nie-ma.json") == []


def test_without_a_site_it_says_what_to_do(tmp_path, capsys):
    assert conformance.main(["--out", str(tmp_path)]) == 2
    assert "make site" in capsys.readouterr().err


def test_judges_name_the_file_and_the_fault(out, tmp_path, capsys):
    (tmp_path / "broken.atom").write_text("<feed>")
    (tmp_path / "broken.ics").write_text("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
    (tmp_path / "page.html").write_text('<script type="application/ld+json">{"@type":"NGOO"}</script>')
    for name, word in (("atom", "broken.atom"), ("ics", "broken.ics"), ("schemaorg", "NGOO")):
        assert judges.main([name, str(tmp_path)]) == 1
        assert word in capsys.readouterr().out
    assert judges.main(["nie-ma"]) == 2

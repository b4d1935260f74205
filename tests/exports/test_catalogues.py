"""Metadata as other people's validators judge it; each is shown to catch a planted fault."""

from __future__ import annotations

import hashlib
import json
import os
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from lxml import etree

from tests.exports.small import all_files, on_disk, small_world


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return all_files(small_world(tmp_path_factory.mktemp("small") / "datasets"))


@pytest.fixture(scope="module")
def schemas():
    """A folder with published schemas, as `make conformance SCHEMAS=…` takes it."""
    folder = Path(os.environ.get("SCHEMAS", "brak"))
    if not folder.is_dir():
        pytest.skip("brak folderu ze schematami (zmienna SCHEMAS)")
    return folder


@pytest.mark.parametrize("slug", ["organizacje", "konkursy", "wsparcie"])
def test_json_schema_describes_every_row(files, slug):
    judge = Draft202012Validator(json.loads(files[f"dane/{slug}/schemat.json"]))
    rows = [json.loads(line) for line in files[f"dane/{slug}.jsonl"].splitlines()]
    assert [error.message for row in rows for error in judge.iter_errors(row)] == []
    assert list(judge.iter_errors({**rows[0], "widziane": 5}))
    assert list(judge.iter_errors({**rows[0], "extra": 5}))


def _csvw_faults(files, out):
    """csvw of the CLDF project: metadata and table together."""
    import warnings

    from csvw import CSVW

    on_disk(files, out)
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        try:
            good = CSVW(str(out / "dane" / "organizacje.csv-metadata.json"), validate=True).is_valid
        except ValueError as fault:
            return [str(fault)]
    return [] if good else [str(one.message) for one in said] or ["not valid"]


def test_csvw_finds_no_fault(files, tmp_path):
    assert _csvw_faults(files, tmp_path) == []


@pytest.mark.parametrize(("before", "after"), [
    (b",0000207658,", b",207658,"), (b"2026-03-12", b"12.03.2026"), (b"key,name,", b"key,nazwa_inna,"),
    (b"\r\ndoubtful,", b"\r\nhostile-0,")])
def test_csvw_catches_a_planted_fault(files, tmp_path, before, after):
    assert before in files["dane/organizacje.csv"]
    broken = {**files, "dane/organizacje.csv": files["dane/organizacje.csv"].replace(before, after)}
    assert _csvw_faults(broken, tmp_path) != []


def _dcat_conforms(turtle, schemas):
    from pyshacl import validate

    return validate(turtle.decode(), data_graph_format="turtle", shacl_graph_format="turtle",
                    shacl_graph=str(schemas / "dcat-ap-3.0.1-SHACL.ttl"))[0]


def test_dcat_ap_shapes_find_no_fault(files, schemas):
    assert _dcat_conforms(files["dane/katalog.ttl"], schemas)


def test_dcat_ap_shapes_catch_a_missing_description(files, schemas):
    broken = re.sub(rb'dct:description "Opis zbioru Konkursy."@pl ;', b"", files["dane/katalog.ttl"])
    assert broken != files["dane/katalog.ttl"]
    assert not _dcat_conforms(broken, schemas)


def test_jsonld_and_turtle_are_one_graph_and_nothing_is_fetched(files):
    from rdflib import Graph
    from rdflib.compare import isomorphic

    context = json.loads(files["dane/katalog.jsonld"])["@context"]
    assert isinstance(context, dict)
    one = Graph().parse(data=files["dane/katalog.jsonld"], format="json-ld")
    assert isomorphic(one, Graph().parse(data=files["dane/katalog.ttl"], format="turtle"))
    assert files["dane/organizacje.csv"] and hashlib.sha256(files["dane/organizacje.csv"]).hexdigest().encode() in (
        files["dane/katalog.ttl"])


def test_harvester_file_is_what_the_portal_asks_for(files):
    body = files["dane/dane-gov-pl.xml"]
    root = etree.fromstring(body)
    assert root.tag == "{urn:otwarte-dane:harvester:1.10}datasets" and root.prefix is None
    assert files["dane/dane-gov-pl.md5"] == hashlib.md5(body).hexdigest().encode()
    urls = [node.text for node in root.iter("{*}url")]
    assert all(url.startswith("https://") for url in urls) and len(urls) == len(set(urls))
    names = [node.text for node in root.iter("{*}extIdent")]
    assert len(names) == len(set(names)) and all(len(name) <= 36 for name in names)


def test_harvester_xsd_finds_no_fault_and_catches_one(files, schemas):
    import xmlschema

    judge = xmlschema.XMLSchema(str(schemas / "dane-gov-pl-harvester-1.10.xsd"))
    body = files["dane/dane-gov-pl.xml"].decode()
    assert list(judge.iter_errors(body)) == []
    assert list(judge.iter_errors(body.replace("<category>SOCI", "<category>SOCIAL")))


def test_published_profile_of_data_package_finds_no_fault_and_catches_one(files, schemas):
    from jsonschema import Draft7Validator

    judge = Draft7Validator(json.loads((schemas / "datapackage-2.0.json").read_bytes()))
    package = json.loads(files["dane/datapackage.json"])
    assert list(judge.iter_errors(package)) == []
    package["resources"][0]["schema"]["fields"][0]["type"] = "tekst"
    assert list(judge.iter_errors(package))


def test_hsds_schemas_find_no_fault_and_catch_one(files, schemas):
    for name, schema in (("services", "service"), ("organizations", "organization")):
        judge = Draft202012Validator(json.loads((schemas / "hsds-3.0" / f"{schema}.json").read_bytes()))
        contents = json.loads(files[f"dane/hsds/{name}.json"])["contents"]
        assert [error.message for one in contents for error in judge.iter_errors(one)] == []
        assert list(judge.iter_errors({**contents[0], "name": None}))


def test_sitemap_lists_every_record_with_its_day(files):
    root = etree.fromstring(files["sitemap.xml"])
    found = {node.findtext("{*}loc"): node.findtext("{*}lastmod") for node in root}
    assert found["https://example.org/spojnik/organizacje/krs-0000207658.html"] == "2026-11-22"
    assert len([one for one in found if one.endswith(".html")]) == 12 + 2 + 4


def test_more_than_50_000_addresses_become_an_index(tmp_path, monkeypatch):
    from spojnik.exports import web

    monkeypatch.setattr(web, "URLS_AT_MOST", 10)
    world = small_world(tmp_path)
    outputs = {str(output.path): output.body for output in web.sitemap(world, list(web.pages(world)))}
    index = etree.fromstring(outputs["sitemap.xml"])
    assert etree.QName(index).localname == "sitemapindex"
    assert {node.findtext("{*}loc").rpartition("/")[2] for node in index} == outputs.keys() - {"sitemap.xml"}


def test_citation_croissant_and_crate_name_every_file(files):
    assert b"cff-version: \"1.2.0\"" in files["dane/CITATION.cff"]
    croissant = json.loads(files["dane/croissant.json"])
    assert [one["@id"] for one in croissant["distribution"]] == ["organisations.csv", "calls.csv", "services.csv"]
    crate = {one["@id"]: one for one in json.loads(files["dane/ro-crate-metadata.json"])["@graph"]}
    for part in crate["./"]["hasPart"]:
        body = files[f"dane/{part['@id']}"]
        assert crate[part["@id"]]["sha256"] == hashlib.sha256(body).hexdigest()


def test_nothing_is_invented_where_the_site_has_no_address_or_operator(tmp_path):
    files = all_files(small_world(tmp_path, base_url=None))
    assert "wydawca nie został jeszcze wskazany" in files["dane/katalog.jsonld"].decode()
    assert b"https://spojnik.invalid/" in files["dane/katalog.ttl"]
    for path, body in files.items():
        assert not path.endswith((".csv", ".jsonl")) or b"spojnik.invalid" not in body, path

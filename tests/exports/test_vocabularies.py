"""schema.org, HSDS and CommonGrants: sure values under other people's names, and nothing that is not known."""

from __future__ import annotations

import json

import pytest

from spojnik.exports import jsonld
from spojnik.exports.mapped import identifier, stable_id
from tests.exports.small import all_files, observed, small_world


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    return small_world(tmp_path_factory.mktemp("small") / "datasets")


@pytest.fixture(scope="module")
def files(world):
    return all_files(world)


def _node(world, dataset, key):
    return jsonld.record(world, world.catalog.datasets[dataset], world.records[dataset][key])


def _terms(node):
    """Every type and property that a node uses."""
    if isinstance(node, dict):
        for name, value in node.items():
            if name == "@type":
                yield value
            elif not name.startswith("@"):
                yield name
            yield from _terms(value)
    elif isinstance(node, list):
        for one in node:
            yield from _terms(one)


def test_every_word_is_a_word_of_schema_org(world):
    from rdflib.namespace import SDO

    known = {str(term).rpartition("/")[2] for term in dir(SDO)}
    nodes = [jsonld.record(world, dataset, record) for dataset in world.catalog
             for record in world.records[dataset.id].values()]
    nodes += [jsonld.catalogue(world), jsonld.breadcrumbs(world, [("Spójnik", ""), ("Organizacje", "organizacje/")])]
    assert {term for node in nodes for term in _terms(node)} - known == set()
    assert "legalNames" not in known


def test_an_organisation_has_its_register_number_as_an_identifier(world):
    node = _node(world, "organisations", "krs-0000207658")
    assert (node["@type"], node["legalName"]) == ("NGO", "Stowarzyszenie Łąka")
    assert node["@id"] == "https://example.org/spojnik/organizacje/krs-0000207658.html#rekord"
    assert {"@type": "PropertyValue", "propertyID": "http://org-id.guide/list/PL-KRS",
            "value": "PL-KRS-0000207658"} in node["identifier"]


def test_unconfirmed_and_tied_values_are_left_out(world):
    dataset = world.catalog.datasets["organisations"]
    assert identifier(dataset, world.records["organisations"]["doubtful"]) is None
    assert "identifier" not in _node(world, "organisations", "doubtful")
    assert "telephone" not in _node(world, "organisations", "krs-0000000001")
    assert "telephone" in _node(world, "organisations", "krs-0000207658")
    assert "telephone" not in _node(world, "services", "niepewna")


def test_nested_properties_have_types(world):
    node = _node(world, "services", "noclegownia")
    assert node["address"] == {"@type": "PostalAddress", "streetAddress": "ul. Przykładowa 5"}
    assert node["openingHours"] == ["Mo-Fr 08:00-16:00"]


def test_an_old_notice_is_no_live_job_posting(world):
    dataset = world.catalog.datasets["calls"]
    posting = dataset._replace(spec=dataset.spec.model_copy(update={"schema_type": "JobPosting"}))
    assert jsonld.record(world, posting, world.records["calls"]["bip-1"])["@type"] == "JobPosting"
    over = jsonld.record(world, posting, world.records["calls"]["bip-2"])
    assert (over["@type"], over["creativeWorkStatus"]) == ("CreativeWork", "odwołane")


def test_without_an_address_of_the_site_nothing_points_anywhere(tmp_path):
    world = small_world(tmp_path, base_url=None)
    page = json.dumps(jsonld.document(_node(world, "organisations", "hostile-0"), jsonld.catalogue(world),
                                      jsonld.breadcrumbs(world, [("Spójnik", "")])))
    assert "invalid" not in page and "@id" not in page and '"item"' not in page


def test_hsds_says_what_is_known_and_invents_nothing(files):
    services = {one["name"]: one for one in json.loads(files["dane/hsds/services.json"])["contents"]}
    full = services["Noclegownia"]
    assert full["phones"] == [
        {"id": full["phones"][0]["id"], "number": "+48 12 616 78 00", "extension": 5},
        {"id": full["phones"][1]["id"], "number": "112"}]
    address = full["service_at_locations"][0]["location"]["addresses"][0]
    assert (address["address_1"], address["state_province"], address["country"]) == (
        "ul. Przykładowa 5", "małopolskie", "PL")
    assert full["organization"]["name"] == "Stowarzyszenie Łąka"
    assert full["organization"]["description"] == "Nie mamy opisu."
    assert services["Dawna pomoc"]["status"] == "inactive"
    assert "addresses" not in services["Dawna pomoc"]["service_at_locations"][0]["location"]
    assert "phones" not in services["Niepewna pomoc"]
    assert "service_at_locations" not in services["Telefon wsparcia"]
    numbers = {one["name"]: one.get("organization_identifiers")
               for one in json.loads(files["dane/hsds/organizations.json"])["contents"]}
    assert numbers["Stowarzyszenie Łąka"][0]["identifier"] == "PL-KRS-0000207658"
    assert numbers["Niepewna"] is None


def test_commongrants_opportunities(files):
    items = {one["title"]: one for one in json.loads(files["dane/commongrants/opportunities.json"])["items"]}
    call = items["Konkurs"]
    assert call["status"] == {"value": "open", "description": "otwarte"}
    assert call["funding"]["totalAmountAvailable"] == {"amount": "1500.5", "currency": "PLN"}
    assert call["keyDates"]["closeDate"] == {"name": "Termin składania ofert", "eventType": "singleDate",
                                             "date": "2026-12-12", "time": "15:00:00"}
    assert items["Odwołany konkurs"]["status"]["customValue"] == "odwołane"


def test_ids_do_not_depend_on_the_address_of_the_site(world, files, tmp_path):
    other = all_files(small_world(tmp_path, base_url=None))
    assert json.loads(other["dane/hsds/services.json"])["contents"][0]["id"] == json.loads(
        files["dane/hsds/services.json"])["contents"][0]["id"]
    assert stable_id("calls", "a") != stable_id("calls", "b")


def test_a_value_may_change_the_type(tmp_path):
    world = small_world(tmp_path, organisations=(observed("x", name="X", colour="r"), observed("y", name="Y")))
    assert (_node(world, "organisations", "x")["@type"], _node(world, "organisations", "y")["@type"]) == (
        "Project", "NGO")


def test_only_sure_and_whole_coordinates_become_points(files):
    features = json.loads(files["dane/wsparcie.geojson"])["features"]
    assert [(one["id"], one["geometry"]["coordinates"]) for one in features] == [("noclegownia", [19.938, 50.061])]
    assert "dane/organizacje.geojson" not in files

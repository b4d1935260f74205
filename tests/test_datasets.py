"""The first records: every starting row has one address, nothing was invented, every known caveat is honoured."""

import csv
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from spojnik.catalog import Dataset, load_catalog
from spojnik.merge import merge
from spojnik.observed import observations
from spojnik.origin import Merged
from spojnik.schema import fields
from spojnik.status import standing
from spojnik.store import dump_line
from tests.machine import ROOT

DATASETS = ROOT / "datasets"
DAY = "2026-11-22"
ROWS = {
    "organisations.jsonl": 195,
    "calls.jsonl": 188,
    "premises.jsonl": 78,
    "partners.jsonl": 93,
    "jobs.jsonl": 65,
    "services.jsonl": 147,
    "venues.jsonl": 40,
    "civic.jsonl": 59,
    "indicators.jsonl": 77,
    "procurement.jsonl": 23,
}
RECORDS = {
    "organisations": 195,
    "calls": 195,
    "premises": 51,
    "partners": 93,
    "jobs": 65,
    "services": 147,
    "venues": 40,
    "awards": 0,
    "consultations": 24,
    "bodies": 12,
    "events": 5,
    "indicators": 77,
    "procurement": 11,
    "rules": 46,
    "postulates": 18,
}
CALL_FIELDS = (
    "title funder unit kind form area groups budget_total budget_by_year grant_max own_share announced_on deadline "
    "task_from task_to place how_to_apply contact results_on prevention status cancelled_on expected_month source_id "
    "note url"
).split()
SEAT = {"street", "postal_code", "district", "opening_hours"}


class Row(NamedTuple):
    """One line of `start.csv`: a starting row and the one address that it has."""

    file: str
    row: str
    title: str
    dataset: str
    key: str
    reason: str


@cache
def catalog() -> Mapping[str, Dataset]:
    return load_catalog(DATASETS).datasets


@cache
def lines(dataset: str, source: str = "desk") -> tuple[Mapping[str, Any], ...]:
    path = DATASETS / dataset / "observed" / f"{source}.jsonl"
    return tuple(json.loads(line) for line in path.read_bytes().splitlines()) if path.exists() else ()


@cache
def records(dataset: str) -> Mapping[str, Merged]:
    """The first records alone: what sources and people add later must not move these tests."""
    said = observations(catalog()[dataset])
    assert not said.findings
    return merge(catalog()[dataset], [one for one in said.observations if one.origin.source in ("desk", "annex")])


def table() -> list[Row]:
    with (DATASETS / "start.csv").open(encoding="utf-8", newline="") as stream:
        return [Row(**row) for row in csv.DictReader(stream)]


def wrongs(rows: Iterable[Row]) -> list[str]:
    """What is wrong with a table of starting rows: a count, a row twice, no such record, a silent join."""
    rows = list(rows)
    found = [f"{file}: {count}" for file, count in Counter(row.file for row in rows).items() if ROWS.get(file) != count]
    found += [f"{name} twice" for name, n in Counter((row.file, row.row) for row in rows).items() if n > 1]
    found += [f"{row.file} {row.row}: no record" for row in rows if row.key not in records(row.dataset)]
    by_address = defaultdict(list)
    for row in rows:
        by_address[row.dataset, row.key].append(row)
    joined = [same for same in by_address.values() if len(same) > 1]
    return found + [f"{same[0].key}: joined silently" for same in joined if not any(row.reason for row in same)]


def test_every_starting_row_has_one_address() -> None:
    rows = table()
    assert wrongs(rows) == []
    assert {row.file for row in rows} == set(ROWS)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda rows: rows[1:],
        lambda rows: [*rows, rows[0]],
        lambda rows: [rows[0]._replace(key="nie-ma-takiego"), *rows[1:]],
        lambda rows: [rows[0]._replace(key=rows[1].key), *rows[1:]],
    ],
)
def test_a_spoilt_table_is_noticed(spoil: Any) -> None:
    assert wrongs(spoil(table()))


def test_no_record_comes_from_nowhere() -> None:
    known = {(row.dataset, row.key) for row in table()}
    made = {(name, line["key"]) for name in RECORDS if name != "postulates" for line in lines(name)}
    assert made == known


def test_counts_of_records() -> None:
    assert set(catalog()) == set(RECORDS)
    assert {name: len(records(name)) for name in RECORDS} == RECORDS
    for name, count in RECORDS.items():
        bounds = catalog()[name].spec.bounds
        assert bounds.least <= count <= bounds.most and bounds.least >= count * 7 // 10


@pytest.mark.parametrize("dataset", sorted(RECORDS))
def test_observations_are_canonical(dataset: str) -> None:
    kinds = {field.name: field.kind for field in fields(catalog()[dataset].model)}
    paths = [DATASETS / dataset / "observed" / f"{source}.jsonl" for source in ("desk", "annex")]
    for path in (path for path in paths if path.exists()):
        said = [json.loads(line) for line in path.read_bytes().splitlines()]
        assert path.read_bytes() == b"".join(map(dump_line, said))
        assert [row["key"] for row in said] == sorted(row["key"] for row in said)
        for row in said:
            assert row["seen_on"] == row["since"] == row["changed"] == DAY
            assert row.get("urls") or dataset == "postulates", "a value without a page is an invention"
            for name, value in row["values"].items():
                assert kinds[name].parse(value) == value, (row["key"], name)


@pytest.mark.parametrize("dataset", sorted(RECORDS))
def test_a_dataset_folder_is_complete(dataset: str) -> None:
    folder, found = DATASETS / dataset, catalog()[dataset]
    for name in ("schema.py", "dataset.yml", "about.md", "lookups.yml", "same.yml", "history.jsonl"):
        assert (folder / name).exists(), name
    assert found.source("manual") is not None and found.source("manual").rank == 60
    desk = found.source("desk")
    assert desk is None or (desk.rank, desk.cadence) == (10, "once")
    for source in found.spec.sources:
        assert source.spider in ("", source.id)
        assert source.licence or source.terms, f"{source.id}: on what terms?"
    for field in fields(found.model):
        assert not field.f.facet or (field.kind.item or field.kind).name != "prose"
        if field.f.facet:
            values = {str(v) for r in records(dataset).values() for v in _flat(r.values.get(field.name))}
            assert len(values) <= 200, field.name


def _flat(value: object) -> list[object]:
    return value if isinstance(value, list) else [] if value is None else [value]


def test_unconfirmed_court_numbers_stay_unconfirmed() -> None:
    found = records("organisations")
    doubtful = {key for key, record in found.items() if record.doubts.get("krs") == "unconfirmed"}
    assert len(doubtful) == 35
    assert not any(key.startswith("krs-") for key in doubtful)
    confirmed = {key for key in found if key.startswith("krs-")}
    assert len(confirmed) == 74
    assert all(found[key].values["krs"] == key.removeprefix("krs-") for key in confirmed)
    assert found["krs-0000207658"].values["name"] == "Caritas Archidiecezji Krakowskiej"


def test_public_benefit_status_is_a_year_and_never_a_flag() -> None:
    names = {field.name for field in fields(catalog()["organisations"].model)}
    assert "opp_last_seen_year" in names and "opp" not in names
    years = {r.values.get("opp_last_seen_year") for r in records("organisations").values()} - {None}
    assert years and max(years) == 2014


def test_fields_of_calls_are_as_promised() -> None:
    names = [field.name for field in fields(catalog()["calls"].model)]
    assert names[1 : 1 + len(CALL_FIELDS)] == CALL_FIELDS
    assert len(catalog()["calls"].spec.facts) == 12


@pytest.mark.parametrize("dataset", ["calls", "jobs", "premises", "consultations", "events", "procurement"])
def test_nothing_old_looks_open(dataset: str) -> None:
    states = {standing(catalog()[dataset], record, DAY).code for record in records(dataset).values()}
    assert states and not states & {"open", "soon", "planned", "current", "unknown"}


def test_a_call_of_tomorrow_does_look_open() -> None:
    record = next(iter(records("calls").values()))
    tomorrow = record._replace(values={"key": record.key, "title": "A", "deadline": "2026-12-31T12:00"})
    assert standing(catalog()["calls"], tomorrow, DAY).code == "open"


def test_shelters_have_no_seat() -> None:
    sheltered = {key for key, r in records("services").items() if r.values.get("sheltered")}
    assert len(sheltered) == 3
    for key in sheltered:
        assert not SEAT & records("services")[key].why.keys()
    assert any(SEAT & r.values.keys() for r in records("services").values()), "the check would notice a seat"


def test_two_official_pages_disagree_and_neither_number_wins() -> None:
    record = records("services")["zespol-streetwork-dzialu-pomocy-bezdomnym-mops"]
    assert record.doubts["phone"] == "tie" and "phone" not in record.values
    claimed = {number for claim in record.why["phone"] for number in claim.value}
    assert claimed == {"+48 607 522 912", "+48 603 035 732", "+48 607 552 912", "+48 603 035 743"}
    assert not re.search(r"607|603", record.values["note"])


def test_derived_and_inferred_values_say_so() -> None:
    derived = [r for r in records("premises").values() if "district" in r.values]
    assert len(derived) == 33 + 1 and sum(r.doubts.get("district") == "unconfirmed" for r in derived) == 33
    for record in records("services").values():
        for name in {"free", "requires_referral", "eligibility", "district"} & record.values.keys():
            assert record.doubts[name] == "unconfirmed"


def test_being_listed_is_not_willingness() -> None:
    evidence = Counter(r.values["evidence"] for r in records("partners").values())
    assert evidence == {"szuka partnerów": 3, "współpracował z Krakowem": 59, "tylko wymieniony": 31}
    assert all(
        ("looking_for" in r.values) == (r.values["evidence"] == "szuka partnerów") for r in records("partners").values()
    )


def test_unknown_is_never_no() -> None:
    assert not any(r.values.get("weekend_available") is False for r in records("venues").values())
    assert not any(r.values.get("social_clause") is False for r in records("procurement").values())


def test_references_lead_to_records() -> None:
    for name, dataset in catalog().items():
        targets = {f.name: (f.kind.item or f.kind).target for f in fields(dataset.model)}
        for record in records(name).values():
            for field, target in targets.items():
                if target and field in record.values:
                    assert record.values[field] in records(target), (name, record.key, field)


def test_the_eighteen_demands() -> None:
    found = records("postulates")
    assert [r.values["number"] for r in found.values()] == list(range(1, 19))
    assert all(r.values["missing"] and r.values["holder"] and r.values["pages"] for r in found.values())
    assert all(claim.origin.published == "2011-07-06" for r in found.values() for claim in r.why["demand"])


def test_the_empty_dataset_says_why_and_how_to_ask() -> None:
    assert "wniosek o informację publiczną" in catalog()["awards"].spec.empty


def test_seed_numbers_for_the_register() -> None:
    path = Path(DATASETS / "organisations" / "seeds.csv")
    with path.open(encoding="utf-8", newline="") as stream:
        numbers = [row["krs"] for row in csv.DictReader(stream)]
    assert len(numbers) == len(set(numbers)) == 107 and all(re.fullmatch(r"\d{10}", n) for n in numbers)

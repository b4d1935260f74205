"""A first live run doubles nobody: every number found by name is confirmed or refuted, none makes a second record."""

import json
import shutil
from pathlib import Path

import orjson
import pytest

from scrapers.identity import settle
from scrapers.known import Known, alike, known_organisations
from tests.scrapers.pages import lines, saved
from tests.scrapers.server import Answer, Asked, Behaviour, serving
from tests.scrapers.support import ROOT, run, small_catalog

REAL = ROOT / "datasets" / "organisations"
EXTRACT = orjson.loads(next(page.body for page in saved("krs") if page.name == "foundation"))


def register(names: dict[str, tuple[str, str]]) -> Behaviour:
    """A court register that knows these numbers: number → name and town."""

    def answer(asked: Asked) -> Answer:
        number = asked.url.partition("?")[0].rpartition("/")[2]
        if number not in names:
            return Answer(404, {"Content-Type": "application/json"}, b"{}")
        name, town = names[number]
        page = json.loads(orjson.dumps(EXTRACT))
        page["odpis"]["naglowekA"]["numerKRS"] = number
        page["odpis"]["dane"]["dzial1"]["danePodmiotu"] |= {"nazwa": name, "identyfikatory": {}}
        page["odpis"]["dane"]["dzial1"]["siedzibaIAdres"]["siedziba"]["miejscowosc"] = town
        return Answer(200, {"Content-Type": "application/json"}, orjson.dumps(page))

    return answer


def test_unconfirmed_numbers_of_the_real_catalogue(tmp_path: Path) -> None:
    small_catalog(tmp_path)
    folder = tmp_path / "datasets" / "organisations"
    shutil.copy(REAL / "observed" / "desk.jsonl", folder / "observed" / "desk.jsonl")
    known = known_organisations(tmp_path / "datasets")
    doubtful = sorted(known.doubtful)
    assert len(doubtful) >= 1
    right, wrong = doubtful[::2], doubtful[1::2]
    names = {number: (known.names[known.krs[number]][0].upper(), "KRAKÓW") for number in right}
    names |= {number: (f"KLUB SZACHOWY NR {place}", "KRAKÓW") for place, number in enumerate(wrong)}
    with serving(register(names)) as (mirror, _):
        outcome = run("krs", tmp_path, mirror)
    assert outcome.attempt.ok, outcome.attempt
    found = {line["key"] for line in lines(folder / "observed" / "krs.jsonl")}
    assert found == {known.krs[number] for number in right}, "only confirmed numbers are kept, under the keys they have"
    judged = {str(finding.value): finding.why for finding in outcome.findings if finding.rule == "identity"}
    assert set(judged) == set(doubtful)
    assert all("numer potwierdzony" in judged[number] for number in right)
    assert all("numer niepotwierdzony" in judged[number] for number in wrong)


KNOWN = Known(
    krs={"0000000001": "krs-0000000001", "0000000002": "dom-pod-lipa"},
    doubtful=frozenset({"0000000002"}),
    names={"krs-0000000001": ("Fundacja Mosty",), "dom-pod-lipa": ("Dom pod Lipą",), "iskra": ("Świetlica Iskra",)},
    numbers={"krs-0000000001": "0000000001", "dom-pod-lipa": "0000000002"},
)


@pytest.mark.parametrize(
    ("number", "name", "town", "key", "says"),
    [
        ("0000000001", "FUNDACJA MOSTY", "KRAKÓW", "krs-0000000001", ""),
        ("0000000001", "KLUB PRZEMIANOWANY", "KRAKÓW", "krs-0000000001", "zmieniła nazwę"),
        ("0000000002", 'STOWARZYSZENIE "DOM POD LIPĄ"', "KRAKÓW", "dom-pod-lipa", "numer potwierdzony"),
        ("0000000002", 'STOWARZYSZENIE "DOM POD LIPĄ"', "TARNÓW", "", "siedziba to TARNÓW"),
        ("0000000002", "KLUB SPORTOWY WICHER", "KRAKÓW", "", "numer niepotwierdzony"),
        ("0000000009", "FUNDACJA NOWA", "KRAKÓW", "krs-0000000009", ""),
        ("0000000009", "FUNDACJA NOWA", "WARSZAWA", "", ""),
        ("0000000009", 'ŚWIETLICA "ISKRA"', "KRAKÓW", "", "nowego rekordu nie założono"),
    ],
)
def test_whose_number(number: str, name: str, town: str, key: str, says: str) -> None:
    match = settle(KNOWN, number, name, town)
    assert match.key == key
    assert says in (match.finding.why + match.finding.todo if match.finding else "")


@pytest.mark.parametrize(
    ("ours", "theirs", "same"),
    [
        ("Alma Spei Hospicjum dla Dzieci", "ALMA SPEI HOSPICJUM DLA DZIECI", True),
        ("Stowarzyszenie Lekarze Nadziei", "STOWARZYSZENIE LEKARZE NADZIEI ODDZIAŁ W KRAKOWIE", True),
        ("Fundacja Dziecięce Marzenia", "FUNDACJA DZIECIĘCA PRZYSTAŃ", False),
        ("Stowarzyszenie U Siemachy", "STOWARZYSZENIE SIEMACHA", False),
    ],
)
def test_names_alike(ours: str, theirs: str, same: bool) -> None:
    assert (alike(theirs, (ours,)) >= 88) is same

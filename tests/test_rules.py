"""Every rule has an example that trips it, and the same world without the example does not."""

import json
from pathlib import Path

import pytest

from spojnik.checks import RULES, check
from spojnik.finding import Level
from tests import worlds

PESEL = "44051401359"  # the example number of the Polish ministry's own documentation, nobody's


# The same number as other keyboards write it.
PESEL_ABROAD = PESEL.translate({48 + digit: 0xFF10 + digit for digit in range(10)})


def line(datasets: Path, dataset: str, key: str, **values: object) -> None:
    row = {"key": key, "values": values, "urls": ["https://example.org/x"], "seen_on": "2026-11-20"}
    with (datasets / dataset / "observed" / "desk.jsonl").open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(row, ensure_ascii=False) + "\n")


def run_failed(datasets: Path) -> None:
    attempt = {"started": "2026-11-21T03:00", "ok": False, "refused": "404"}
    worlds.put(datasets, "organisations/observed/register.run.json", json.dumps({"attempts": [attempt]}))


EXAMPLES = {
    "hidden_address": lambda d: line(d, "services", "schronienie", street="ul. Cicha 3"),
    "private_person": lambda d: line(d, "organisations", "a-b", name="A", description=f"PESEL {PESEL}"),
    "missing_required": lambda d: line(d, "organisations", "a-b", description="bez nazwy"),
    "dangling_reference": lambda d: line(d, "calls", "bip-9", title="A", funder="krs-0000000000"),
    "unmatched_name": lambda d: line(d, "calls", "bip-9", title="A", funder_name="Nieznana Fundacja"),
    "possible_duplicate": lambda d: line(d, "organisations", "a-b", name="A", krs="0000207658"),
    "tie": lambda d: line(d, "organisations", "krs-0000207658", email="inny@example.org"),
    "overtaken": lambda d: line(d, "organisations", "krs-0000207658", phone="+48 12 616 78 08"),
    "redundant": lambda d: worlds.correction(
        d, "organisations", "krs-0000207658", 'values:\n  email: "biuro@example.org"\nwas:\n  email: "a@example.org"\n'
    ),
    "unconfirmed": lambda d: None,
    "promise_expired": lambda d: None,
    "dates_out_of_order": lambda d: line(
        d, "calls", "bip-9", title="A", announced_on="2026-05-01", deadline="2026-04-01"
    ),
    "short_deadline": lambda d: None,
    "out_of_bounds": lambda d: [line(d, "services", f"s-{n}", name=f"S {n}") for n in range(101)],
    "empty_dataset": lambda d: (d / "services/observed/desk.jsonl").write_text(""),
    "failed_run": run_failed,
    "site_incomplete": lambda d: worlds.put(d, "../site.yml", 'name: "A"\ncity: "B"\n'),
    "lone_correction": lambda d: worlds.correction(d, "organisations", "nowa", 'values:\n  name: "Nowa"\n'),
}
ALWAYS = {"unconfirmed", "promise_expired", "tie"}
ELSEWHERE = {"short_deadline": "needs a field `kind`; tripped below"}


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_rule_is_tripped(tmp_path: Path, name: str) -> None:
    datasets = worlds.copy(tmp_path)
    before = sum(finding.rule == name for finding in check(worlds.loaded(datasets)))
    EXAMPLES[name](datasets)
    after = sum(finding.rule == name for finding in check(worlds.loaded(datasets)))
    if name in ELSEWHERE:
        return
    assert after > before or (name in ALWAYS and before), f"{name}: {before} → {after}"


@pytest.mark.parametrize(
    ("values", "count"),
    [
        ({"description": PESEL_ABROAD}, 1),
        ({"description": f"Łąka {PESEL}."}, 1),
        ({"name": f"A {PESEL}"}, 1),
        ({"description": "44051401358"}, 0),
        ({"description": f"{PESEL}1"}, 0),
        ({"description": "ڀ 44 05 14"}, 0),
    ],
)
def test_a_number_of_a_person_in_any_digits(tmp_path: Path, values: dict[str, str], count: int) -> None:
    datasets = worlds.copy(tmp_path)
    line(datasets, "organisations", "a-b", **{"name": "A", **values})
    assert sum(each.rule == "private_person" for each in check(worlds.loaded(datasets))) == count


def test_short_deadline(tmp_path: Path) -> None:
    datasets = worlds.copy(tmp_path)
    schema = datasets / "calls/schema.py"
    schema.write_text(schema.read_text("utf-8") + '    kind: Annotated[Text | None, F("Rodzaj")] = None\n', "utf-8")
    line(
        datasets,
        "calls",
        "bip-9",
        title="A",
        kind="otwarty konkurs ofert",
        announced_on="2026-11-01",
        deadline="2026-11-10",
    )
    assert [f.key for f in check(worlds.loaded(datasets)) if f.rule == "short_deadline"] == ["bip-9"]


def test_every_rule_has_an_example(tmp_path: Path) -> None:
    check(worlds.loaded(worlds.copy(tmp_path)))
    assert RULES.keys() == EXAMPLES.keys()


def test_no_rule_about_today_may_stop(tmp_path: Path) -> None:
    datasets = worlds.copy(tmp_path)
    for today in ("2020-01-01", "2026-11-22", "2050-01-01"):
        assert not [f for f in check(worlds.loaded(datasets, today)) if f.level is Level.STOP]

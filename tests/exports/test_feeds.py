"""Feeds and calendars as real readers see them; one entry and one event live through every change."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime

import feedparser
import pytest
from icalendar import Calendar

from spojnik.exports import feeds
from spojnik.world import Change
from tests.exports.small import HOSTILE, observed, small_world

STEM = "konkursy/wedlug/stan/otwarte"


def _prepared(world, name="calls"):
    return feeds.prepare(world, world.catalog.datasets[name])


def _feed(world, name="calls", keys=None, stem=STEM):
    prepared = _prepared(world, name)
    return {output.path.suffix: output.body
            for output in feeds.feed(prepared, "Konkursy: otwarte", stem, list(keys or prepared.records))}


def _events(body):
    """UID → event, parsed strictly: an unknown or broken line is an error."""
    calendar = Calendar.from_ical(body)
    assert not calendar.errors and calendar["VERSION"] == "2.0" and calendar["PRODID"]
    events = {str(event["UID"]): event for event in calendar.walk("VEVENT")}
    assert not [event.errors for event in events.values() if event.errors]
    return events


def _moved(world):
    """The same world after the deadline of bip-1 moved and bip-2 was called off, as history.jsonl tells it."""
    told = (Change("calls", "bip-1", "deadline", "2026-12-12T15:00", "2026-12-19T15:00", "2026-11-22", "bip"),
            Change("calls", "bip-2", "status", None, "anulowany", "2026-11-21", "bip"))
    return world._replace(history={**world.history, "calls": told})


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    return small_world(tmp_path_factory.mktemp("small") / "datasets")


@pytest.fixture(scope="module")
def later(tmp_path_factory):
    return _moved(small_world(tmp_path_factory.mktemp("later") / "datasets", calls=(
        observed("bip-1", name="Konkurs", announced_on="2026-11-01", deadline="2026-12-19T15:00"),
        observed("bip-2", name="Odwołany konkurs", deadline="2026-12-20", status="anulowany"))))


def test_a_list_has_all_formats_under_one_stem(world):
    outputs = [str(output.path) for output in feeds.feed(_prepared(world), "x", STEM, ["bip-1"])]
    assert outputs == [f"{STEM}.atom", f"{STEM}.csv", f"{STEM}.json", f"{STEM}.ics"]
    assert feeds.endings(_prepared(world), ["bip-1"]) == ("atom", "csv", "json", "ics")


def test_where_there_are_no_dates_there_is_no_calendar(world):
    assert ".ics" not in _feed(world, "organisations")


@pytest.mark.parametrize("name", ["organisations", "calls", "services"])
def test_atom_is_well_formed_and_complete(world, name):
    parsed = feedparser.parse(_feed(world, name)[".atom"])
    assert not parsed.bozo and parsed.version == "atom10"
    assert parsed.feed.id.startswith("urn:uuid:") and parsed.feed.updated and parsed.feed.author
    assert len(parsed.entries) == len(world.records[name])
    assert len({entry.id for entry in parsed.entries}) == len(parsed.entries)
    assert all(entry.link.startswith("https://example.org/spojnik/") for entry in parsed.entries)


def test_hostile_text_stays_text(world):
    parsed = feedparser.parse(_feed(world, "organisations")[".atom"], sanitize_html=False)
    assert set(HOSTILE) <= {entry.title for entry in parsed.entries}
    assert {entry.title_detail.type for entry in parsed.entries} == {"text/plain"}


def test_a_broken_feed_is_noticed(world):
    assert feedparser.parse(_feed(world)[".atom"].replace(b"</entry>", b"", 1)).bozo


def test_a_moved_deadline_is_an_update_of_the_same_event(world, later):
    before, after = _events(_feed(world)[".ics"]), _events(_feed(later)[".ics"])
    assert before.keys() == after.keys()
    uid = next(uid for uid, event in before.items() if event["SUMMARY"] == "Termin: Konkurs")
    assert before[uid].decoded("DTSTART") == datetime(2026, 12, 12, 14, 0, tzinfo=UTC)
    assert after[uid].decoded("DTSTART") == datetime(2026, 12, 19, 14, 0, tzinfo=UTC)
    assert (before[uid]["SEQUENCE"], after[uid]["SEQUENCE"]) == (0, 1)
    assert "było „12" in after[uid]["DESCRIPTION"] and "jest „19" in after[uid]["DESCRIPTION"]


def test_a_moved_deadline_is_an_update_of_the_same_entry(world, later):
    before, after = (feedparser.parse(_feed(one)[".atom"]) for one in (world, later))
    assert before.feed.id == after.feed.id
    assert {entry.id for entry in before.entries} == {entry.id for entry in after.entries}
    entry = next(entry for entry in after.entries if entry.title == "Konkurs")
    assert entry.updated == "2026-11-22T00:00:00Z"
    assert "Termin: było „12" in entry.summary.replace("\xa0", " ")


def test_a_cancelled_call_is_a_cancellation(world, later):
    for one in (world, later):
        events = {str(event["SUMMARY"]): event for event in _events(_feed(one)[".ics"]).values()}
        assert events["Termin: Odwołany konkurs"]["STATUS"] == "CANCELLED"
        assert events["Termin: Konkurs"]["STATUS"] == "CONFIRMED"
        assert events["Termin: Odwołany konkurs"].decoded("DTSTART") == date(2026, 12, 20)
    entry = next(entry for entry in feedparser.parse(_feed(later)[".atom"]).entries if "Odwołany" in entry.title)
    assert "Stan: odwołane." in entry.summary


def test_an_unconfirmed_date_is_tentative_and_a_tie_is_no_event(tmp_path):
    world = small_world(tmp_path, calls=(
        observed("a", "desk", "tak mówi tylko plakat", name="A", deadline="2026-12-01"),
        observed("b", name="B", deadline="2026-12-01"), observed("b", "bip", deadline="2026-12-02")))
    events = _events(_feed(world)[".ics"])
    assert [(str(event["SUMMARY"]), event["STATUS"]) for event in events.values()] == [("Termin: A", "TENTATIVE")]


def test_lines_of_a_calendar_are_folded_by_octets(tmp_path):
    name = "Żółć, gęślą; jaźń\\ " * 12
    world = small_world(tmp_path, calls=(observed("a", name=name.strip(), deadline="2026-12-01"),))
    body = _feed(world)[".ics"]
    assert max(map(len, body.split(b"\r\n"))) <= 75 and b"\n" not in body.replace(b"\r\n", b"")
    (event,) = _events(body).values()
    assert event["SUMMARY"] == f"Termin: {name.strip()}"


def test_table_formats_hold_the_rows_of_the_list(world):
    made = _feed(world, keys=["bip-2"])
    lines = list(csv.DictReader(io.StringIO(made[".csv"].decode(), newline="")))
    assert [line["key"] for line in lines] == ["bip-2"]
    assert [row["key"] for row in json.loads(made[".json"])["records"]] == ["bip-2"]


def test_limits(tmp_path, monkeypatch):
    world = small_world(tmp_path, calls=tuple(
        observed(f"call-{number:03}", name=f"Konkurs {number}", deadline="2026-12-01") for number in range(120)))
    made = _feed(world)
    assert len(feedparser.parse(made[".atom"]).entries) == 100
    assert len(_events(made[".ics"])) == 100
    assert len(json.loads(made[".json"])["records"]) == 120
    monkeypatch.setattr(feeds, "ROWS_AT_MOST", 119)
    assert _feed(world).keys() == {".atom", ".ics"}


def test_all_changes_have_a_feed(later):
    parsed = feedparser.parse(feeds.changes_feed(later).body)
    assert not parsed.bozo
    assert [(entry.title, entry.updated[:10]) for entry in parsed.entries] == [
        ("Konkurs", "2026-11-22"), ("Odwołany konkurs", "2026-11-21")]


def test_ids_do_not_depend_on_the_address_of_the_site(world, tmp_path):
    other = small_world(tmp_path, base_url=None)
    assert _events(_feed(world)[".ics"]).keys() == _events(_feed(other)[".ics"]).keys()
    assert b"URL:" not in _feed(other)[".ics"]

"""What the workflows run, over a throw-away repository and a pretended GitHub: nothing is asked of any network."""

import json
from pathlib import Path

import orjson
import pytest

from tests import worlds
from tests.corrections.bodies import GOOD, text
from tests.corrections.conftest import Repository

pytestmark = pytest.mark.needs("git")

KEY = "krs-0000207658"


def issue(repository: Repository, monkeypatch: pytest.MonkeyPatch, number: int, body: str) -> worlds.Said:
    monkeypatch.setenv("ISSUE_NUMBER", str(number))
    monkeypatch.setenv("ISSUE_BODY", body)
    said = repository.run("correct")
    repository.git("checkout", "-q", "-f", "main")
    repository.git("clean", "-q", "-fd")
    return said


def test_a_good_issue_becomes_a_pull_request_with_one_file(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = issue(repository, monkeypatch, 7, text({**GOOD, "Telefon": "12 637 07 12", "Numer KRS": "0000000042"}))
    assert said.code == 0, said.text
    changed = repository.git("diff", "--name-only", "main", "poprawka/7", where=repository.origin).split()
    assert changed == [f"datasets/organisations/manual/{KEY}/2026-11-22-9e7f28bb.yml"]
    state = repository.github.read()
    (pull,) = state["pulls"]
    assert pull["head"] == "poprawka/7" and pull["base"] == "main"
    assert "| Telefon | `12\u00a0616\u00a078\u00a009`".replace("\u00a0", " ") in pull["body"].replace("\u00a0", " ")
    assert "Closes #7" in pull["body"]
    (comment,) = state["comments"]
    assert pull["html_url"] in comment["body"] and "rozstrzyga Rejestr" in comment["body"]


def test_an_edited_issue_changes_its_pull_request(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    for phone in ("12 637 07 12", "12 637 07 13"):
        assert issue(repository, monkeypatch, 7, text({**GOOD, "Telefon": phone})).code == 0
    state = repository.github.read()
    assert len(state["pulls"]) == 1 and len(state["comments"]) == 1
    changed = repository.git("diff", "--name-only", "main", "poprawka/7", where=repository.origin).split()
    assert len(changed) == 1
    assert "12 637 07 13" in repository.git("show", f"poprawka/7:{changed[0]}", where=repository.origin)


@pytest.mark.parametrize(
    "body", ["", text({**GOOD, "Telefon": "nie wiem"}), text({**GOOD, "Opis": "PESEL 44051401359 prezesa"})]
)
def test_an_unclear_or_forbidden_issue_gets_an_answer_and_no_branch(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, body: str
) -> None:
    said = issue(repository, monkeypatch, 8, body)
    assert said.code == 0, said.text
    state = repository.github.read()
    assert state["pulls"] == [] and "Dzień dobry" in state["comments"][0]["body"]
    assert "44051401359" not in json.dumps(state["comments"])
    assert repository.git("branch", "--list", where=repository.origin).split() == ["*", "main"]


def test_a_comment_goes_to_the_pull_request_of_the_event_and_stays_one(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    state = repository.github.read()
    state["pulls"] = [{"number": 12, "state": "open", "label": "kto:to", "head": {"sha": "abc"}}]
    repository.github.write(state)
    facts = tmp_path / "zmiana.json"
    facts.write_text('{"records": [], "number": 1}')
    for name, value in {"HEAD_OWNER": "kto", "HEAD_BRANCH": "to", "HEAD_SHA": "abc", "RUN_ID": "55"}.items():
        monkeypatch.setenv(name, value)
    assert repository.run("comment", "--facts", facts).code == 0
    facts.write_text("{}")
    assert repository.run("comment", "--facts", facts).code == 0
    assert repository.run("comment", "--facts", facts).code == 0
    (comment,) = repository.github.read()["comments"]
    assert comment["issue"] == 12
    assert "actions/runs/55#artifacts" in comment["body"] and "niczego nie zmienia" in comment["body"]
    monkeypatch.setenv("HEAD_SHA", "older")
    assert "nie ma czego komentować" in repository.run("comment", "--facts", facts).text


def test_a_strangers_comment_with_the_marker_is_left_alone(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = repository.github.read()
    state["comments"] = [{"id": 1, "issue": 7, "user": {"login": "obcy"}, "body": "<!-- spojnik:poprawka -->\nhej"}]
    repository.github.write(state)
    issue(repository, monkeypatch, 7, "")
    comments = repository.github.read()["comments"]
    assert comments[0]["body"].endswith("hej") and len(comments) == 2


def observed(repository: Repository, **values: object) -> None:
    """Change what the source says of the first organisation."""
    path = repository.datasets / "organisations" / "observed" / "desk.jsonl"
    rows = [orjson.loads(line) for line in path.read_bytes().splitlines()]
    rows[0]["values"] |= values
    rows.append({"key": "nowa", "values": {"name": "Nowa @wszyscy #1"}, "seen_on": "2026-11-23"})
    path.write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in rows))


def test_the_daily_commit_says_what_changed_in_the_world(repository: Repository) -> None:
    observed(repository, email="inny@example.org")
    with (repository.datasets / "organisations" / "history.jsonl").open("a") as history_of_one_job:
        history_of_one_job.write('{"key":"x","field":"added","on":"2026-11-23"}\n')
    said = repository.run("daily", today="2026-11-23")
    assert said.code == 0, said.text
    message = repository.git("log", "-1", "--format=%B", "main", where=repository.origin)
    assert message.startswith("Dzień 2026-11-23: 1 nowy wpis, 1 zmiana\n\nOrganizacje:\n")
    assert "E-mail: biuro@example.org → inny@example.org".replace("@", "@\u2060") in message
    assert "Nowa @\u2060wszyscy #\u20601" in message
    history = (repository.datasets / "organisations" / "history.jsonl").read_text()
    added = [json.loads(line) for line in history.splitlines() if '"on":"2026-11-23"' in line]
    assert {(line["field"], line.get("origin")) for line in added} == {("email", "desk"), ("added", "desk")}
    assert '"key":"x"' not in history
    assert repository.run("daily", today="2026-11-24").text.strip().endswith("Nie ma czego zapisać.")


def test_corrections_merged_between_two_days_are_history_too(repository: Repository) -> None:
    observed(repository)
    assert repository.run("daily", today="2026-11-23").code == 0
    worlds.correction(
        repository.datasets, "organisations", "zlota-raczka",
        'values:\n  email: "a@example.org"\n',
    )  # fmt: skip
    repository.commit("Poprawka przyjęta przez człowieka")
    assert repository.run("daily", today="2026-11-24").code == 0
    history = (repository.datasets / "organisations" / "history.jsonl").read_text().splitlines()
    line = {"key": "zlota-raczka", "field": "email", "from": None, "to": "a@example.org", "on": "2026-11-24"}
    assert json.loads(history[-1]) == {**line, "origin": "manual"}


def test_a_day_that_must_not_stand_is_not_committed(repository: Repository) -> None:
    observed(repository, description="PESEL 44051401359")
    before = repository.git("rev-parse", "HEAD")
    assert repository.run("daily").code == 1
    assert repository.git("rev-parse", "HEAD") == before


def test_pack_keeps_only_what_collecting_changed(repository: Repository, tmp_path: Path) -> None:
    observed(repository)
    (repository.root / "site.yml").write_text("x")
    (repository.datasets / "calls" / "observed" / "desk.run.json").write_text("{}")
    assert repository.run("pack", tmp_path / "paczka").code == 0
    packed = tmp_path / "paczka"
    found = sorted(path.relative_to(packed).as_posix() for path in packed.rglob("*") if path.is_file())
    assert found == ["datasets/calls/observed/desk.run.json", "datasets/organisations/observed/desk.jsonl"]


def attempts(repository: Repository, *good: bool) -> None:
    said = [
        {"started": f"2026-11-2{day}T03:17:00", "finished": "", "ok": ok, "complete": ok, "counters": {"pages": 1},
         "refused": "" if ok else "404 @ktoś | <b>"}
        for day, ok in enumerate(good)
    ]  # fmt: skip
    run = {"source": "desk", "last_success": "2026-11-14", "missing": {}, "warnings": [], "attempts": said}
    (repository.datasets / "calls" / "observed" / "desk.run.json").write_text(json.dumps(run))


def test_one_issue_for_a_broken_source_reopened_not_repeated(repository: Repository) -> None:
    attempts(repository, False)
    assert repository.run("broken").text.strip() == ""
    attempts(repository, False, False, True)
    assert "nowe zgłoszenie: calls/desk" in repository.run("broken").text
    assert repository.run("broken").text.strip() == ""
    (found,) = repository.github.read()["issues"]
    assert "`404 @ktoś \\| <b>`" in found["body"] and "14" in found["body"]
    attempts(repository, True, False, False)
    assert "działa: calls/desk" in repository.run("broken").text
    assert repository.github.read()["issues"][0]["state"] == "closed"
    attempts(repository, False, False, True)
    assert "otwarte na nowo: calls/desk" in repository.run("broken").text
    state = repository.github.read()
    assert len(state["issues"]) == 1 and state["issues"][0]["state"] == "open"


def test_the_weekly_review_reminds_of_promises_in_one_issue(repository: Repository) -> None:
    worlds.correction(
        repository.datasets, "services", "jadlodajnia",
        'values:\n  name: "Jadłodajnia"\nuntil: "2026-11-30"\n',
    )  # fmt: skip
    for _ in range(2):
        said = repository.run("weekly", "--publish")
        assert said.code == 0, said.text
    (found,) = repository.github.read()["issues"]
    assert "Obowiązuje do 30 listopada 2026." in found["body"]
    assert "/popraw/wsparcie/jadlodajnia.html#do" in found["body"]
    assert "Strony podają różne wartości (1)" in found["body"]


def test_an_edition_is_released_once_and_listed(repository: Repository) -> None:
    for day in ("2026-11-22", "2026-11-22", "2026-11-29"):
        said = repository.run("edition", today=day)
        assert said.code == 0, said.text
    state = repository.github.read()
    assert [each["tag_name"] for each in state["releases"]] == ["wydanie-2026-11-22", "wydanie-2026-11-29"]
    listed = repository.git("show", "main:editions.jsonl", where=repository.origin).splitlines()
    assert [json.loads(line)["date"] for line in listed] == ["2026-11-22", "2026-11-29"]
    assert json.loads(listed[0])["address"].endswith("/releases/download/wydanie-2026-11-22/2026-11-22.zip")


def test_keep_alive_wakes_what_slept_and_nothing_that_was_switched_off(repository: Repository) -> None:
    state = repository.github.read()
    names = ("active", "disabled_inactivity", "disabled_manually")
    state["workflows"] = [{"id": number, "state": name} for number, name in enumerate(names)]
    repository.github.write(state)
    assert repository.run("keep-alive").code == 0
    called = [words[3] for words in repository.github.read()["calls"] if words[2] == "PUT"]
    assert called == [f"repos/example/swiat/actions/workflows/{number}/enable" for number in (0, 1)]


def test_a_refusal_of_github_is_a_sentence(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_REPOSITORY", "example/inne")
    said = repository.run("keep-alive")
    assert said.code == 1 and "GitHub odmówił" in said.text and "Traceback" not in said.text

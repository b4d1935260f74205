"""The workflows as their own linters see them, and the promises that no linter knows."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from spojnik.catalog import load_catalog
from spojnik.corrections.issue_forms import forms, stale
from tests import worlds
from tests.machine import CHECKERS, ROOT

GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = sorted((GITHUB / "ISSUE_TEMPLATE").glob("popraw-*.yml"))
LINTER = CHECKERS / "@tktco" / "node-actionlint"
INSTALL = "python -m pip install --require-hashes --only-binary :all: -r requirements.lock"
DANGEROUS = {"pull_request_target", "workflow_run", "issue_comment"}


def loaded(path: Path) -> dict[str, Any]:
    return yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)


def steps(workflow: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for job in workflow["jobs"].values():
        yield from job.get("steps", [])


def run(*words: str | Path, where: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(word) for word in words], cwd=where, capture_output=True, text=True, timeout=300)


def module(name: str) -> str:
    """A program installed beside this interpreter."""
    return str(Path(sys.executable).parent / name)


def complaints(folder: Path) -> list[str]:
    """What the actions linter says of the workflows under a folder."""
    program = LINTER / next(name for name in ("bin/node-actionlint.js", "build/cli.js") if (LINTER / name).exists())
    done = run("node", program, ".github/workflows/*.yml", where=folder)
    said = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout + done.stderr)
    return [line for line in said.splitlines() if re.match(r"\.github/\S+:\d+:\d+ ", line)]


def test_zizmor_has_nothing_to_say() -> None:
    done = run(module("zizmor"), "--offline", "--no-progress", GITHUB)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "failed to parse" not in done.stderr


@pytest.mark.needs("actionlint")
def test_the_actions_linter_has_nothing_to_say() -> None:
    assert complaints(ROOT) == []


@pytest.mark.needs("actionlint")
def test_counter_example_the_linter_sees_an_injection(tmp_path: Path) -> None:
    step = "run: echo ${{ github.event.issue.title }}"
    text = f"on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - {step}\n"
    (tmp_path / ".github" / "workflows").mkdir(parents=True)
    (tmp_path / ".github" / "workflows" / "x.yml").write_text(text)
    assert any("untrusted" in line for line in complaints(tmp_path))
    done = run(module("zizmor"), "--offline", "--no-progress", tmp_path)
    assert done.returncode != 0


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.github-workflows", WORKFLOWS),
        ("vendor.github-issue-forms", FORMS),
        ("vendor.github-issue-config", [GITHUB / "ISSUE_TEMPLATE" / "config.yml"]),
        ("vendor.dependabot", [GITHUB / "dependabot.yml"]),
    ],
)
def test_files_keep_to_their_schemas(schema: str, files: list[Path]) -> None:
    assert files
    done = run(module("check-jsonschema"), "--builtin-schema", schema, *files)
    assert done.returncode == 0, done.stdout + done.stderr


def test_issue_forms_are_those_of_the_schemas() -> None:
    assert stale(load_catalog(ROOT / "datasets"), GITHUB / "ISSUE_TEMPLATE") == [], "run: python build.py forms"


def test_a_form_has_no_two_questions_of_one_name() -> None:
    for name, text in forms(load_catalog(ROOT / "datasets")):
        parts = yaml.safe_load(text).get("body", [])
        labels = [part["attributes"]["label"] for part in parts if "label" in part["attributes"]]
        ids = [part["id"] for part in parts if "id" in part]
        assert len(set(labels)) == len(labels), name
        assert len(set(ids)) == len(ids), name


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_asks_for_least(path: Path) -> None:
    workflow = loaded(path)
    assert workflow["permissions"] == {}
    assert all("permissions" in job and "timeout-minutes" in job for job in workflow["jobs"].values())
    assert "concurrency" in workflow
    for step in steps(workflow):
        if "uses" in step:
            assert re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", step["uses"]), step["uses"]
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] == "false"
    pins = re.findall(r"uses: \S+@\S+(.*)", path.read_text("utf-8"))
    assert all(re.fullmatch(r" # v\d+\.\d+\.\d+", comment) for comment in pins)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_only_calls_our_two_front_doors(path: Path) -> None:
    for step in steps(loaded(path)):
        for line in step.get("run", "").splitlines():
            assert "${{" not in line, line
            words = shlex.split(line.removesuffix(' >> "$GITHUB_OUTPUT"'))
            if line == INSTALL or (path.stem == "tests" and line == "make test"):
                continue
            assert words[:2] == ["python", "build.py"] or words[:3] == ["python", "-m", "scrapers"], line
            options = [word for word in words if word.startswith("--")]
            if words[1] == "build.py":
                command = [words[2]] if not words[2].startswith("-") else []
                said = worlds.run(*command, "--help")
                assert said.code == 0 and not [each for each in options if each not in said.text], line
            else:
                done = run(sys.executable, "-m", "scrapers", words[3], "--help")
                assert done.returncode == 0, line


def test_who_may_write_never_runs_what_a_stranger_wrote() -> None:
    for path in WORKFLOWS:
        workflow = loaded(path)
        triggers = set(workflow["on"]) if isinstance(workflow["on"], dict | list) else {workflow["on"]}
        writes = any("write" in job["permissions"].values() for job in workflow["jobs"].values())
        assert not (writes and "pull_request" in triggers), path.name
        assert not triggers & (DANGEROUS - {"workflow_run"}), path.name
        if "workflow_run" in triggers:
            checkouts = [step for step in steps(workflow) if "checkout" in step.get("uses", "")]
            assert checkouts and all(not {"ref", "repository"} & step["with"].keys() for step in checkouts)


def test_what_strangers_wrote_travels_in_the_environment() -> None:
    for path in WORKFLOWS:
        for step in steps(loaded(path)):
            assert "github.event" not in step.get("run", "")
    correct = next(step for step in steps(loaded(GITHUB / "workflows" / "correct.yml")) if "env" in step)
    assert correct["env"]["ISSUE_BODY"] == "${{ github.event.issue.body }}"


def test_schedules_are_off_the_hour() -> None:
    crons = [entry["cron"] for path in WORKFLOWS for entry in (loaded(path)["on"].get("schedule") or [])]
    assert len(crons) >= 4 and all(cron.split()[0] not in ("0", "30") for cron in crons), crons


def test_the_list_of_due_sources_is_a_workflow_output() -> None:
    said = run(sys.executable, "build.py", "due", "--today", "2026-11-22")
    assert said.returncode == 0, said.stderr
    assert re.fullmatch(r'spiders=\[("\w+"(, )?)*\]\n', said.stdout), said.stdout + os.linesep

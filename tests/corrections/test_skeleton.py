"""Skeletons say everything about every field, and what they make works at once."""

import re
from pathlib import Path

import pytest

from spojnik.catalog import Bounds, Source, Spec, Status
from spojnik.schema import fields
from tests import worlds
from tests.front import TODAY


def test_a_new_dataset_builds_at_once_and_explains_every_setting(tmp_path: Path) -> None:
    datasets = worlds.copy(tmp_path)
    said = worlds.run("new", "dataset", "place_zabaw", "--datasets", datasets)
    assert said.code == 0, said.text
    text = (datasets / "place_zabaw" / "dataset.yml").read_text("utf-8")
    for model in (Spec, Source, Bounds, Status):
        missing = [name for name in model.model_fields if not re.search(rf"\b{name}:", text)]
        assert not missing, f"{model.__name__}: {missing}"
    assert worlds.check(datasets).code == 0
    assert worlds.run("fmt", "--check", "--datasets", datasets / "place_zabaw").code == 0


@pytest.mark.parametrize("name", ["Place", "../x", "1", "place-zabaw", "organisations"])
def test_a_name_that_is_none_or_taken_is_refused(tmp_path: Path, name: str) -> None:
    datasets = worlds.copy(tmp_path)
    said = worlds.run("new", "dataset", name, "--datasets", datasets)
    assert said.code == 1 and "Traceback" not in said.text and "zatrzymuje" in said.text


def test_a_new_record_explains_every_field_and_waits_for_what_is_needed(tmp_path: Path) -> None:
    datasets = worlds.copy(tmp_path)
    said = worlds.run("new", "record", "organisations", "klub-jesion", "--datasets", datasets, "--today", TODAY)
    assert said.code == 0, said.text
    (path,) = (datasets / "organisations" / "manual" / "klub-jesion").iterdir()
    assert re.fullmatch(r"2026-11-22-[0-9a-f]{8}\.yml", path.name)
    text = path.read_text("utf-8")
    dataset = worlds.loaded(worlds.copy(tmp_path / "inny")).catalog.datasets["organisations"]
    assert not [field.name for field in fields(dataset.model) if field.f.form and f"{field.name}:" not in text]
    refused = worlds.check(datasets)
    assert refused.code == 1 and "proof" in refused.text
    filled = text.replace('proof: ""', 'proof: "https://example.org/"').replace("  # phone:", "  phone:")
    path.write_text(filled, "utf-8")
    refused = worlds.check(datasets)
    assert refused.code == 1 and " name" in refused.text
    filled = filled.replace('name: ""', 'name: "Klub Jesion"')
    path.write_text(filled, "utf-8")
    assert worlds.check(datasets).code == 0
    assert worlds.loaded(datasets).records["organisations"]["klub-jesion"].values["phone"] == "+48 12 616 78 00"


def test_a_record_of_nobody_is_refused(tmp_path: Path) -> None:
    datasets = worlds.copy(tmp_path)
    for words in (("organisations", "../x"), ("nic", "klucz")):
        said = worlds.run("new", "record", *words, "--datasets", datasets)
        assert said.code == 1 and "Traceback" not in said.text, said.text


def test_without_a_key_the_skeleton_is_only_shown(tmp_path: Path) -> None:
    datasets = worlds.copy(tmp_path)
    said = worlds.run("new", "record", "organisations", "--datasets", datasets, "--today", TODAY)
    assert "# Nowy wpis w zbiorze" in said.text and not (datasets / "organisations" / "manual" / "klucz").exists()

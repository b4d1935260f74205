"""A compiled template that is kept says what a fresh one says, and no change of what it is made of goes unseen."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from spojnik.web import html, stored
from spojnik.web.compile import Draft, drafted
from tests.machine import ROOT

PAGE = {"page": {"root": "../", "lang": "pl", "place": str}, "rows": [("a<b", "organizacje/"), ("ż", "https://x.pl")]}
TEXT = """{% macro m(x, y=none) %}<b>{{ x }}{{ y }}</b>{% endmacro %}
{% for name, to in rows %}<a href="{{ to|href }}">{{ m(name) }}</a>{{ loop.index }}{% endfor %}
{{ _('Szukaj') }} {{ 1200|size }} {{ number(rows|length) }} {{ ['a', 'b']|join(', ') }} {{ rows|map('first')|list }}
{{ missing_thing is defined }} {{ '<i>'|safe }} {{ money(5) }}"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    templates = tmp_path / "site" / "templates"
    templates.mkdir(parents=True)
    (templates / "one.html").write_text(TEXT, "utf-8")
    return templates


def _forget() -> None:
    """A build of its own: nothing is left in memory."""
    html._compiled.cache_clear()
    html.environment.cache_clear()
    stored._state.cache_clear()


def _render(templates: Path, locale: str = "pl") -> str:
    _forget()
    quick = html._compiled(templates, locale, "one.html")
    assert quick is not None
    return quick.render(PAGE)


def test_what_is_kept_says_the_same(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = {locale: _render(site, locale) for locale in ("pl", "uk")}
    assert len(list((site.parent.parent / ".cache" / "templates").glob("*/*"))) == 2

    def never(*_: Any) -> Draft:
        raise AssertionError("compiled again")

    monkeypatch.setattr(html, "drafted", never)
    assert {locale: _render(site, locale) for locale in ("pl", "uk")} == first
    assert first["pl"] == html.interpreted(site, "pl", "one.html", PAGE).decode()


def test_another_template_another_translation_and_rubbish_are_seen(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Search" in _render(site, "en")
    (site / "one.html").write_text("{{ _('Szukaj') }}!", "utf-8")
    assert _render(site, "en") == "Search!"
    for kept in (site.parent.parent / ".cache" / "templates").glob("*/*"):
        kept.write_bytes(kept.read_bytes()[:-40])
    assert _render(site, "en") == "Search!"
    shutil.copytree(ROOT / "site" / "locale", tmp_path / "locale")
    po = tmp_path / "locale" / "en" / "LC_MESSAGES" / "spojnik.po"
    po.write_text(po.read_text("utf-8").replace('msgid "Szukaj"\nmsgstr "Search"', 'msgid "Szukaj"\nmsgstr "Seek"'))
    monkeypatch.setattr(stored.words, "LOCALES", tmp_path / "locale")
    stored.words.catalogue.cache_clear()
    assert _render(site, "en") == "Seek!"
    monkeypatch.undo()
    stored.words.catalogue.cache_clear()
    assert _render(site, "en") == "Search!"


def test_a_folder_that_cannot_be_written_costs_time_only(site: Path) -> None:
    (site.parent.parent / ".cache").write_text("not a folder")
    assert "organizacje" in _render(site)


def test_every_template_of_ours_can_be_kept() -> None:
    templates = ROOT / "site" / "templates"
    for locale in ("pl", "en"):
        known = html.environment(templates, locale)
        for path in sorted(templates.glob("[!_]*.html")):
            try:
                draft = drafted(known, path.name)
            except html.Unsupported:
                continue
            again = stored._read(known, stored._written(known, draft))
            assert (again.code, again.hidden, again.asked) == (draft.code, draft.hidden, draft.asked), path.name
            assert again.constants.keys() == draft.constants.keys()

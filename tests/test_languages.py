"""English and Ukrainian: nothing untranslated, nothing left over, and what stays Polish says so."""

import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from babel.messages import Catalog as Messages
from lxml import html

from spojnik import words
from spojnik.addresses import translated
from spojnik.order import Order, load
from spojnik.places import DISTRICTS
from spojnik.translations import Message, messages, path_of, read, update
from spojnik.web.pages import Press, presses
from spojnik.web.plan import units
from spojnik.web.rows import references
from tests.addresses import address, pages, shape
from tests.front import TODAY, WORLD
from tests.machine import ROOT

LANGUAGES = ("en", "uk")
PLACEHOLDER = re.compile(r"\{\w*\}|%\(\w+\)s")
POLISH = re.compile(r"\w*[ąćęłńśźżĄĆĘŁŃŚŹŻ]\w*")


@pytest.fixture(scope="module")
def asked() -> Mapping[str, Message]:
    return messages(ROOT)


def faults(asked: Mapping[str, Message], found: Messages) -> list[str]:
    """What is wrong with a catalogue: untranslated, obsolete, copied, an unequal placeholder, a missing plural."""
    wrong = [f"obsolete: {name}" for name in found.obsolete]
    for message in found:
        one = message.id[0] if isinstance(message.id, tuple) else message.id
        if one and one not in asked:
            wrong.append(f"nobody asks for it: {one}")
    for one, message in asked.items():
        known = found.get(one)
        said = () if known is None else known.string if message.many else (known.string,)
        if not said or not all(said) or known.fuzzy:
            wrong.append(f"untranslated: {one}")
        elif message.many and len(said) != found.num_plurals:
            wrong.append(f"plural forms: {one}")
        elif any(sorted(PLACEHOLDER.findall(text)) != sorted(PLACEHOLDER.findall(one)) for text in said):
            wrong.append(f"placeholders: {one}")
        elif len(one.split()) > 2 and one in said:
            wrong.append(f"left in Polish: {one}")
    return wrong


@pytest.mark.parametrize("locale", LANGUAGES)
def test_everything_is_translated(asked: Mapping[str, Message], locale: str) -> None:
    wrong = faults(asked, read(path_of(ROOT, locale), locale))
    assert not wrong, f"{len(wrong)} faults; run «make words» and fill in\n" + "\n".join(wrong[:40])


def test_counter_example_every_fault_is_seen() -> None:
    asked = {
        text: Message(text, "here.py", many)
        for text, many in {
            "Pusto": "", "Otwarte do {}.": "", "Bez zmian po polsku": "", "dzień": "dni", "lokal": "lokali",
        }.items()
    }  # fmt: skip
    found = Messages(locale="uk")
    found.add("Pusto", "")
    found.add("Otwarte do {}.", "Відкрито до.")
    found.add("Bez zmian po polsku", "Bez zmian po polsku")
    found.add(("dzień", "dni"), ("день", "дні", ""))
    found.add(("lokal", "lokali"), ("приміщення", "приміщення"))
    found.add("Dawne", "Давнє")
    assert {fault.partition(":")[0] for fault in faults(asked, found)} == {
        "untranslated", "placeholders", "left in Polish", "plural forms", "nobody asks for it",
    }  # fmt: skip


@pytest.mark.parametrize("locale", LANGUAGES)
def test_the_catalogue_is_as_make_words_writes_it(locale: str, tmp_path: Path) -> None:
    for name in ("datasets", "spojnik"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "site").mkdir()
    for path in (ROOT / "site").iterdir():
        if path.name != "locale":
            (tmp_path / "site" / path.name).symlink_to(path)
    copy = path_of(tmp_path, locale)
    copy.parent.mkdir(parents=True)
    copy.write_bytes(path_of(ROOT, locale).read_bytes())
    assert update(tmp_path, locale)[1] == 0
    assert copy.read_bytes() == path_of(ROOT, locale).read_bytes(), "run «make words»"


@pytest.fixture
def forgetful() -> Iterator[Callable[[], None]]:
    """Nothing that was said in one language is remembered past a test that changes what is said; call it to forget."""

    def forget() -> None:
        for name in [name for name in sys.modules if name.startswith("spojnik.")]:
            for cached in vars(sys.modules[name]).values():
                if hasattr(cached, "cache_clear"):
                    cached.cache_clear()

    forget()
    yield forget
    forget()


class Listening(words.Words):
    """A catalogue that remembers what it could not say."""

    missed: set[str] = set()  # noqa: RUF012  # one list for all of them

    def gettext(self, text: str) -> str:
        if text and text not in self.texts:
            Listening.missed.add(text)
        return super().gettext(text)


def test_pages_ask_for_nothing_else(monkeypatch: pytest.MonkeyPatch, forgetful: Callable[[], None]) -> None:
    """What the extraction cannot see (a table that somebody says later) is heard when the pages are made."""
    listening = Listening(*words.catalogue("en"))
    monkeypatch.setattr(words, "catalogue", lambda locale: listening)
    world, findings = load(Order(ROOT / "datasets", ROOT / "site", ROOT / "site" / "site.yml", Path(), TODAY, ()))
    press = Press(world, ROOT / "site")._replace(locale="en")
    assert press in presses(Press(world, ROOT / "site"))
    for unit in units(Press(world, ROOT / "site"), references(world), findings):
        if re.match(r"(records|lists) en/|pages en", unit.name):
            for _ in unit.make():
                pass
    missed = Listening.missed - set(DISTRICTS)
    assert not missed, "\n".join(sorted(missed))


def spoken(site: Path, locale: str) -> Iterator[tuple[str, html.HtmlElement]]:
    """One page of each type in a language."""
    seen: set[str] = set()
    for path in pages(site / locale):
        kind = shape(path.relative_to(site).parts)
        if kind not in seen:
            seen.add(kind)
            yield address(site, path), html.fromstring(path.read_bytes())


def test_every_page_in_another_language_says_who_has_read_it(world: Path) -> None:
    found = 0
    for where, page in spoken(world, "en"):
        assert page.get("lang") == "en", where
        assert "not been checked by a native speaker" in page.text_content(), where
        found += 1
    assert found > 8


def test_the_sentence_goes_when_somebody_has_read_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, forgetful: Callable[[], None]
) -> None:
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    text = path_of(ROOT, "en").read_text("utf-8")
    (folder / "spojnik.po").write_text(text.replace("# Native-Reader:", "# Native-Reader: J. Doe", 1), "utf-8")
    assert words.catalogue("en").reader == ""
    forgetful()
    monkeypatch.setattr(words, "LOCALES", tmp_path)
    assert words.catalogue("en").reader == "J. Doe"


def test_a_link_stays_in_the_language_of_its_page(world: Path) -> None:
    """Whoever reads in English is sent to a Polish page only where there is no English one."""
    locale, stayed = "en", 0
    for path in pages(world / locale):
        page = html.fromstring(path.read_bytes())
        for link in page.xpath("//a[@href][not(@hreflang)]"):
            target = Path(os.path.normpath(path.parent / link.get("href").partition("#")[0].partition("?")[0]))
            if not target.is_relative_to(world) or not link.get("href").partition("#")[0]:
                continue
            inside = target.relative_to(world)
            stayed += inside.parts[:1] == (locale,)
            led_away = inside.parts[:1] != (locale,) and (world / locale / inside).exists()
            assert not led_away, f"{path.relative_to(world)}: {link.get('href')}"
    assert stayed > 500


def test_languages_point_at_each_other(world: Path) -> None:
    """hreflang is worth something only when both pages say it and both exist."""
    base, said = "https://swiat.example.org/", {}
    for path in pages(world):
        page = html.fromstring(path.read_bytes())
        links = {each.get("hreflang"): each.get("href") for each in page.xpath("//link[@rel='alternate'][@hreflang]")}
        if links:
            said[base + address(world, path)[1:]] = links
    assert len({links["en"] for links in said.values()}) * 2 == len(said) > 20
    for where, links in said.items():
        assert where in links.values()
        for other in links.values():
            assert said[other] == links, f"{where} → {other}"


def unmarked(page: html.HtmlElement) -> list[str]:
    """Polish words on a page in another language that no lang="pl" covers; names of places and of the site may stay."""
    names = {*POLISH.findall(" ".join(DISTRICTS)), "Kraków", "Spójnik"}
    found = []
    for text in page.xpath("//body//text()[not(ancestor::script)][not(ancestor::*[@lang='pl'])]"):
        found += [word for word in POLISH.findall(text) if word not in names]
    return found


@pytest.mark.parametrize("locale", LANGUAGES)
def test_what_stays_polish_is_marked(site: Path, locale: str) -> None:
    wrong = {where: left[:6] for where, page in spoken(site, locale) if (left := unmarked(page))}
    assert not wrong, "\n".join(f"{where}: {left}" for where, left in wrong.items())


def test_counter_example_unmarked_polish_is_seen() -> None:
    page = html.fromstring("<html><body><p>Call <b>ośrodek</b> <b lang='pl'>żłobek</b></p></body></html>")
    assert unmarked(page) == ["ośrodek"]


@pytest.mark.parametrize(
    ("where", "exists"),
    [
        ("", True), ("szukaj/", True), ("organizacje/", True), ("organizacje/krs-1.html#phone", True),
        ("organizacje/wedlug/dzielnica/v.html", True), ("pomoc/", True), ("dane/organizacje/", True),
        ("popraw/", True), ("popraw/organizacje/krs-1.html", False), ("organizacje/index.atom", False),
        ("dane/organizacje.csv", False), ("szukaj/indeks/", False), ("static/style.css", False), ("liczby/", False),
        ("organizacje/krs-1.json", False), ("prywatnosc/", False),
    ],
)  # fmt: skip
def test_a_link_leads_to_the_readers_language_only_where_the_page_exists(where: str, exists: bool) -> None:
    assert translated(where, {"organizacje"}, {"popraw/"}) is exists


@pytest.mark.parametrize(
    ("locale", "counted"),
    [
        ("pl", ["1 organizacja", "2 organizacje", "5 organizacji", "22 organizacje", "112 organizacji"]),
        ("en", ["1 organisation", "2 organisations", "5 organisations", "22 organisations", "112 organisations"]),
        ("uk", ["1 організація", "2 організації", "5 організацій", "22 організації", "112 організацій"]),
    ],
)
def test_plurals(locale: str, counted: list[str]) -> None:
    forms = ("organizacja", "organizacje", "organizacji")
    assert [f"{n} {words.plural(n, *forms, locale)}" for n in (1, 2, 5, 22, 112)] == counted


@pytest.mark.parametrize(
    ("locale", "day", "month", "amount", "hours"),
    [
        ("pl", "2 marca 2026", "marzec 2026", "1 500,50 zł", "pon.–pt. 8:00–16:00; w święta nieczynne"),
        ("en", "2 March 2026", "March 2026", "1,500.50 PLN", "Mon–Fri 8:00–16:00; closed on public holidays"),
        ("uk", "2 березня 2026", "березень 2026", "1 500,50 зл.", "пн–пт 8:00–16:00; у свята зачинено"),
    ],
)
def test_dates_amounts_and_hours(locale: str, day: str, month: str, amount: str, hours: str) -> None:
    said = (words.day("2026-03-02", locale), words.when("2026-03", locale), words.money(1500.5, locale),
            words.hours("Mo-Fr 08:00-16:00; PH off", locale))  # fmt: skip
    assert tuple(text.replace("\u00a0", " ") for text in said) == (day, month, amount, hours)


def test_countries_are_named_by_cldr() -> None:
    assert [words.say("Niemcy", locale) for locale in ("pl", *LANGUAGES)] == ["Niemcy", "Germany", "Німеччина"]


def test_the_small_world_speaks_english() -> None:
    assert "en" in (WORLD / "site.yml").read_text("utf-8")


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("pl", "a~i~w~domu do~lasu"),
        ("pl", "(w~domu) „Na~co?” -z~nim ul.~Długa 1, tel.~12 lub nr~7"),
        ("pl", "xa domu kina tul. x, 1w domu, aż w"),
        ("en", "a~house, an house, no.~1"),
        ("uk", "№~5 від~і~вул.~Довга"),
    ],
)
def test_short_words_stay_with_the_next_one(locale: str, text: str) -> None:
    assert words.typeset(text.replace("~", " "), locale) == text.replace("~", "\u00a0")

"""A compiled template and Jinja itself give the same bytes: on every page there is, and on Jinja's corner cases."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import CodeType
from typing import Any, NamedTuple

import pytest
from jinja2 import DictLoader

from spojnik.web import html, pages
from spojnik.web.compile import compiled, drafted
from spojnik.web.sheet import Unsupported
from tests.front import TODAY, WORLD
from tests.machine import ROOT
from tests.worlds import run

TEMPLATES = ROOT / "site" / "templates"


@pytest.mark.parametrize("datasets", [WORLD / "datasets", ROOT / "datasets"], ids=["small", "real"])
def test_every_page_is_the_same_both_ways(datasets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quick: dict[str, Any] = {}
    seen: Counter[str] = Counter()

    def both(templates: Path, locale: str, name: str, context: Mapping[str, Any]) -> bytes:
        known = f"{locale} {name}"
        if known not in quick:
            quick[known] = compiled(html.environment(templates, locale), name).render
        slow = html.interpreted(templates, locale, name, context)
        assert quick[known](context).encode() == slow, f"{name}: {context['page']['address']}"
        seen[name] += 1
        return slow

    monkeypatch.setattr(pages, "render", both)
    out = tmp_path / "out"
    done = run("--datasets", datasets, "--out", out, "--today", TODAY, "--jobs", "1")
    assert done.code == 0, done.text
    assert seen["record.html"] and seen["list.html"] and seen["home.html"], "the pages went another way"


def test_no_template_is_left_to_jinja() -> None:
    """A page that quietly falls back costs seven times as much: whoever writes such a template should know."""
    for path in TEMPLATES.glob("[!_]*.html"):
        compiled(html.environment(TEMPLATES, "pl"), path.name)


class Pair(NamedTuple):
    """A view as templates get them."""

    a: str
    b: str


def _both(sources: Mapping[str, str], context: Mapping[str, Any]) -> tuple[str, str]:
    environment = html.environment(TEMPLATES, "pl").overlay(loader=DictLoader(sources))
    quick = compiled(environment, "a").render
    quick(context)  # the second page must not know of the first
    return quick(context), environment.get_template("a").render(context)


@pytest.mark.parametrize(
    "source",
    [
        "{{ x }}{{ n }}{{ none }}{{ x ~ '<' ~ safe }}",
        "{% set x = x ~ '!' %}{{ x }}{% for y in rows %}{% set x = y %}{{ x }}{% endfor %}{{ x }}",
        "{% if n > 3 %}{% set z = 'a' %}{% else %}{% set z = 'b' %}{% endif %}{{ z }}",
        "{% for y in rows %}{{ loop.index }}{{ loop.first }}{{ loop.last }}{{ y }}{% else %}none{% endfor %}",
        "{% for y in [] %}{{ y }}{% else %}none{% endfor %}",
        "{% for y in rows if y != 'b' %}{{ loop.index0 }}{{ y }}{% endfor %}",
        "{% for a, b in d.items() %}{{ a }}={{ b }}{% for c in rows %}{{ loop.length }}{% endfor %}{% endfor %}",
        "{% macro m(a, b='<') %}{{ a }}{{ b }}{{ n }}{% endmacro %}{{ m(x) }}{{ m(b=x, a='&') }}{{ m(m(1)) }}",
        "{% set t %}<b>{{ x }}</b>{% endset %}{{ t }}{{ t|upper }}",
        "{% set seen = several|selectattr('b')|list %}{{ seen|length }}{{ several|rejectattr('b')|list|length }}"
        "{{ rows|map('upper')|join(', ') }}{{ rows|select('in', ('a',))|list }}{{ 'a' if n }}{{ 'c' if not n }}",
        "{{ d.k }}{{ d['k'] }}{{ rows[1] }}{{ rows[:2] }}{{ rows[1:]|length }}{{ n * 2 + 1 }}{{ -n }}{{ n // 2 }}",
        "{{ x|truncate(3, true, '…', 0) }}{{ {'<': x}|tojson }}{{ x is none }}{{ x in rows }}{{ 1 < n <= 5 }}",
        "{% set seen = [] %}{% set d = {} %}{% do seen.append(n) %}{% do d.update(a=1) %}{{ seen }}{{ d }}",
        "{% set ns = namespace(a=1) %}{% for y in rows %}{% set ns.a = ns.a + 1 %}{% endfor %}{{ ns.a }}",
        "{% set same_again = ('m',) %}{% macro m(a) %}{{ a }}{% endmacro %}{{ m(x) }}{{ m(x) }}{{ m(a=1) }}",
        "{% set same_again = ('m',) %}{% macro m(a) %}{{ a }}{% endmacro %}{% set l = [] %}{{ m(l) }}"
        "{% do l.append(1) %}{{ m(l) }}{{ m(safe) }}{{ m(safe|string) }}{{ m(n) }}{{ m(n == 5) }}",
        "{% with y = x, z = n %}{{ y }}{{ z }}{% endwith %}{{ x|safe }}{{ safe }}{{ _('<&>')|typeset }}",
        "{% include 'part' %}{% import 'macros' as k with context %}{{ k.say(x) }}{{ k.say(k.say(x)) }}",
        "{% macro m(a) %}{% set a = a ~ '!' %}{{ a }}{% endmacro %}{{ m('<') }}{{ m(x) }}{{ m('<') }}{{ x }}",
        "{% macro m(k) %}{{ k }}{% if k %}{{ m(k - 1) }}{% endif %}{% endmacro %}{{ m(n) }}{{ m(2) }}",
        "{% set y = 1 %}{% macro m(a=3) %}{{ y }}{{ a }}{% endmacro %}{% set y = 2 %}{{ m() }}",
        "{% macro m(a) %}{% for b in rows %}{{ loop.index }}{{ a }}{% endfor %}{% endmacro %}"
        "{% for a in rows if a != 'b' %}{{ m(a) }}{{ m('&') }}{{ loop.index }}{{ a }}{% endfor %}",
        "{% macro m(a, b='') %}{% if b %}[{{ b }}]{% elif a %}{{ a }}{{ 'c' if b }}{% else %}-{% endif %}{% endmacro %}"
        "{{ m('') }}{{ m('<') }}{{ m(x, '&') }}{{ m(x) }}{{ m(b=x, a=n) }}{{ m(safe) }}{{ m([]) }}{{ m([1], {}) }}",
        "{% macro m(a) %}{{ 'y' if a is defined else 'n' }}{% endmacro %}{{ m() }}{{ m(x) }}{{ m(m()) }}",
        "{% macro o(a) %}{% macro i(b) %}{{ a }}{{ b }}{% endmacro %}{{ i(1) }}{{ i(a) }}{% endmacro %}"
        "{{ o(x) }}{{ o(n) }}",
        "{% set z = 'out' %}{% macro m(a) %}{% if a %}{% set z = 'in' %}{% endif %}{{ z }}{% endmacro %}"
        "{{ m(1) }}{{ m(0) }}{{ m(n) }}{{ z }}",
        "{% if 0 %}a{% elif '' %}b{% elif 1 %}c{% else %}{{ x }}{% endif %}{% if n > 9 %}{% elif 1 %}d{% endif %}"
        "{% if n %}e{% elif 1 %}f{% else %}g{% endif %}{% if 0 %}h{% endif %}{% if n > 9 %}{% else %}i{% endif %}",
        "{% macro m(to) %}{{ href(to) }} {{ href('https://a/') }} {{ href('b/') }}{{ href('data:x') }}{% endmacro %}"
        "{{ m('c/d.html') }}{{ m(x) }}{{ m('MAILTO:a@b') }}{{ m('//c') }}{{ m('') }}{{ {'k': x}.get('k', 'l') }}",
        "{% set l = {'k': []}.get('k') %}{% do l.append(n) %}{{ l }}"
        "{{ {'<': '>'}.get('<') }}{{ {'<': x}.get(x, '&') }}{{ {'<': '>'}.get(x, '&') }}",
        "{% set l = [] %}{% macro m(a, b) %}{{ b }}{{ a }}{% endmacro %}{{ m(l.append(1), l|length) }}"
        "{{ m(b=l.append(2), a=l|length) }}{{ l }}",
        "{% extends 'base' %}{% set title = x %}{% block one %}[{{ title }}{{ frame }}]{% endblock %}",
    ],
)
def test_corner_cases_of_jinja(source: str) -> None:
    context = {
        "x": "<ą&\"'>",
        "n": 5,
        "rows": ("a", "b", "c"),
        "d": {"k": "<v>", "items_": 1},
        "several": ({"b": 1}, {"b": 0}, Pair("a", "b"), Pair("a", "")),
        "safe": html.Markup("<i>"),
        "page": {"root": "../", "lang": "pl"},
    }
    sources = {
        "a": source,
        "part": "{{ x }}{% set x = 'inside' %}{{ x }}",
        "macros": "{% set mark = '<!>' %}{% macro say(a) %}{{ mark }}{{ a }}{{ n }}{{ href('b/') }}{% endmacro %}",
        "base": "{% set frame = 'f' %}{{ title }}{% block one %}old{% endblock %}{% block two %}2{{ x }}{% endblock %}",
    }
    quick, slow = _both(sources, context)
    assert quick == slow


@pytest.mark.parametrize("source", ["{{ super() }}", "{% for a in x recursive %}{% endfor %}", "{{ loop }}",
                                    "{% filter upper %}a{% endfilter %}", "{% from 'b' import c %}"])
def test_what_it_does_not_know_it_says(source: str) -> None:
    loader = DictLoader({"a": f"{{% block k %}}{source}{{% endblock %}}"})
    environment = html.environment(TEMPLATES, "pl").overlay(loader=loader)
    with pytest.raises(Unsupported):
        compiled(environment, "a")


def test_a_context_without_a_name_is_an_error_both_ways() -> None:
    with pytest.raises(html.UndefinedError):
        html.render(TEMPLATES, "pl", "404.html", {"page": {}, "site": {}, "today": ""})


def test_a_macro_called_again_with_the_same_objects_is_written_once() -> None:
    asked: list[object] = []

    class Told(tuple):  # type: ignore[type-arg]
        def __iter__(self) -> Iterator[str]:
            asked.append(self)
            return iter(("a",))

    source = "{% macro m(a) %}{% for b in a %}{{ b }}{% endfor %}{% endmacro %}{{ m(x) }}{{ m(x) }}{{ m(y) }}"
    for named, times in (("m", 2), ("other", 3)):  # counter-example: a macro that is not named is written every time
        asked.clear()
        quick, slow = _both({"a": f"{{% set same_again = ('{named}',) %}}{source}"}, {"x": Told(), "y": Told()})
        assert quick == slow == "aaa"
        assert len(asked) == 2 * times + 3, "two pages of the compiled template, then Jinja's own"


@pytest.mark.parametrize(
    ("source", "called"),
    [
        ("{% macro m(a) %}{{ a }}{% endmacro %}{{ m(x) }}{{ m(1) }}", False),
        ("{% macro m(a) %}{{ a }}{% endmacro %}{% macro n(a) %}{{ m(a) }}{% endmacro %}{{ n(x) }}", False),
        ("{% macro m(a) %}{{ a }}{% if a %}{{ m(0) }}{% endif %}{% endmacro %}{{ m(x) }}", True),
        ("{% macro m(a) %}{{ a }}{% endmacro %}{% set b = m(x) %}{{ b }}", True),
        ("{% macro m(a) %}" + "{{ a }}" * 80 + "{% endmacro %}{{ m(x) }}", True),
        ("{% set same_again = ('m',) %}{% macro m(a) %}{{ a }}{% endmacro %}{{ m(x) }}", True),
    ],
)
def test_a_small_macro_is_written_where_it_is_called(source: str, called: bool) -> None:
    environment = html.environment(TEMPLATES, "pl").overlay(loader=DictLoader({"a": source}))
    (render,) = [each for each in drafted(environment, "a").code.co_consts if isinstance(each, CodeType)]
    assert any(isinstance(each, CodeType) for each in render.co_consts) == called

"""The template environment: strict, escaping, translated. What a context lacks is an error, not a blank."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, UndefinedError, pass_context
from jinja2.runtime import Context as Scope
from markupsafe import Markup

from spojnik import words
from spojnik.web.compile import drafted
from spojnik.web.draft import Page, page_of
from spojnik.web.sheet import Unsupported
from spojnik.web.stored import stored
from spojnik.web.views import Shown

_OUTSIDE = re.compile(r"(?i)(https?|mailto|tel):")
_INSIDE = re.compile(r"[a-z0-9-]+/")  # nearly every link: a folder of ours, which no scheme begins like
_SCHEME = re.compile(r"(?i)\s*[a-z][a-z0-9+.-]*:|\s*//")


@pass_context
def _href(scope: Scope, address: str) -> str:
    """A link's target: ours gets the way up to the root and to the page in the reader's language where there is one;
    http(s), mailto and tel stay, anything else is dropped."""
    if _OUTSIDE.match(address):
        return address
    if _SCHEME.match(address) or address.startswith("\\"):
        return ""
    page = scope["page"]
    return (str(page["root"]) + (address if page["lang"] == "pl" else page["place"](address))) or "./"


@pass_context
def _polish_href(scope: Scope, address: str) -> str:
    """The same on a Polish page: no link leads to another language, so most need no look."""
    if _OUTSIDE.match(address):
        return str(address)
    return str(scope["page"]["root"]) + address if _INSIDE.match(address) else str(_href(scope, address))


_polish_href.inside = _INSIDE.match  # type: ignore[attr-defined]  # compiled templates ask it before they call


@pass_context
def _polish(scope: Scope, address: str) -> bool:
    """Whether a link on a page in another language leads to a page that exists in Polish only."""
    page = scope["page"]
    if page["lang"] == "pl" or _OUTSIDE.match(address):
        return False
    target = str(page["place"](address))
    return target.partition("#")[0].endswith(("/", ".html")) and not target.startswith(page["home"])


def _never(address: str) -> bool:
    """The same on a Polish page, known before any page is made."""
    return False


_never.always = False  # type: ignore[attr-defined]  # compiled templates leave out what never happens


def _size(count: int, locale: str = "pl") -> str:
    """Bytes as people read them: "12 kB", "1,4 MB"."""
    if count < 1000:
        return f"{count}\u00a0B"
    if count < 1_000_000:
        return f"{round(count / 1000)}\u00a0kB"
    return f"{words.number(round(count / 1_000_000, 1), locale)}\u00a0MB"


def _typeset(text: str, locale: str) -> str:
    """Typography of another language. Markup stays markup: nothing but spaces changes."""
    return type(text)(words.typeset(text, locale))


def _lines(text: str) -> Markup:
    """Plain prose → paragraphs; every character of it is text, never markup."""
    return Markup("").join(Markup("<p>{}</p>").format(words.typeset(part)) for part in text.split("\n\n") if part)


def _wide(several: Iterable[Shown]) -> bool:
    """Whether values stand in a list of their own: one of them leads somewhere, or is longer than half a line."""
    return any(value.href or len(value.text) >= 40 for value in several)


@lru_cache
def environment(templates: Path, locale: str) -> Environment:
    """One environment for a folder of templates and a language."""
    found = Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"],
    )
    catalogue = words.catalogue(locale)
    found.install_gettext_translations(catalogue, newstyle=True)  # type: ignore[attr-defined]
    found.policies["ext.i18n.trimmed"] = True
    size = partial(_size, locale=locale)
    typeset = words.typeset if locale == "pl" else partial(_typeset, locale=locale)
    href = _polish_href if locale == "pl" else _href
    found.filters.update(href=href, size=size, typeset=typeset, lines=_lines, wide=_wide)
    found.globals.update(
        _=catalogue.gettext if locale != "pl" else str,
        plural=lambda number, one, few, many: words.plural(number, one, few, many, locale),
        money=lambda value: words.money(value, locale),
        number=lambda value: words.number(value, locale),
        day=lambda value: words.when(value, locale),
        href=href,
        polish=_polish if locale != "pl" else _never,
        size=size,
    )
    return found


@cache
def _compiled(templates: Path, locale: str, name: str) -> Page | None:
    known = environment(templates, locale)
    try:
        return page_of(known, stored(known, templates, locale, name, partial(drafted, known, name)))
    except Unsupported:
        return None


def asked(templates: Path, locale: str, name: str) -> frozenset[str] | None:
    """The names of the context that a template may read; None where only Jinja knows, so that all are needed."""
    quick = _compiled(templates, locale, name)
    return None if quick is None else quick.asked


def render(templates: Path, locale: str, name: str, context: Mapping[str, Any]) -> bytes:
    """One page as bytes: by the compiled template, or by Jinja where that does not know how to."""
    quick = _compiled(templates, locale, name)
    if quick is not None:
        try:
            return quick.render(context).encode()
        except (AttributeError, KeyError, TypeError, UndefinedError):
            pass  # Jinja says what is missing, with the line of the template
    return interpreted(templates, locale, name, context)


def interpreted(templates: Path, locale: str, name: str, context: Mapping[str, Any]) -> bytes:
    """The same page by Jinja alone: what the compiled template is measured against."""
    return environment(templates, locale).get_template(name).render(context).encode()

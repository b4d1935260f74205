"""Pages about the data themselves: downloads, dictionary, sources with freshness, quality."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from spojnik import addresses, words
from spojnik.catalog import Dataset, Source
from spojnik.checks import RULES
from spojnik.exports import jsonld
from spojnik.exports.dialect import NOTES
from spojnik.exports.table import columns
from spojnik.finding import Finding, Level
from spojnik.kinds import Kind
from spojnik.output import Output
from spojnik.ranks import title_of
from spojnik.schema import fields
from spojnik.web.content_pages import clean_html
from spojnik.web.pages import Press, dataset_view, page
from spojnik.web.sql_page import engine_folder
from spojnik.web.views import Download, Link

CADENCES = {
    "once": "raz",
    "daily": "codziennie",
    "weekly": "co tydzień",
    "monthly": "co miesiąc",
    "yearly": "co rok",
    "people": "gdy ktoś przyśle poprawkę",
}
SHOWN_FINDINGS = 100


def _home(press: Press) -> Link:
    return Link(press.world.site.name, press.prefix)


def data_page(press: Press, files: Mapping[str, Sequence[Download]], whole: Sequence[Download]) -> Output:
    """Everything to download: file, rows, size, checksum, columns, licence, how to cite."""
    pairs = tuple((dataset_view(press, dataset), tuple(files.get(dataset.id, ()))) for dataset in press.world.catalog)
    cite = press.say("{}: zbiór „nazwa zbioru”, stan z {}{}.").format(
        press.world.site.name,
        words.day(press.world.today, press.locale),
        f", {press.world.site.base_url}dane/" if press.world.site.base_url else "",
    )
    context = {
        "datasets": pairs,
        "whole": tuple(whole),
        "cite": cite,
        "questions": Link(press.say("Zapytaj dane w przeglądarce (SQL)"), "sql/") if engine_folder(press) else None,
        "licence": Link("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/deed.pl"),
    }
    return page(press, "data.html", "dane/", press.say("Dane do pobrania"), context, crumbs=(_home(press),))


def dictionary_page(press: Press, dataset: Dataset) -> Output:
    """What every column means, derived from the schema."""
    rows = tuple(
        {
            "name": field.name,
            "label": press.say(field.label),
            "help": press.say(field.f.help),
            "kind": press.say(field.kind.label),
            "example": field.example,
            "required": field.required,
            "facet": field.f.facet,
            "owner": source.title if field.f.owner and (source := dataset.source(field.f.owner)) else "",
            "options": _options(press, field.kind.item or field.kind),
            "maps": field.f.maps,
        }
        for field in fields(dataset.model)
    )
    added = tuple((each.name, each.label, each.help) for each in columns(dataset) if each.role != "field")
    context = {
        "dataset": dataset_view(press, dataset),
        "about_html": clean_html(dataset.about),
        "fields": rows,
        "added": added,
        "notes": NOTES,
    }
    return page(
        press,
        "dictionary.html",
        addresses.dictionary_page(dataset.slug),
        f"{press.say('Słownik danych')}: {press.say(dataset.spec.title)}",
        context,
        crumbs=(_home(press), Link(press.say("Dane do pobrania"), "dane/")),
        nodes=lambda: (jsonld.dataset(press.world, dataset),),
    )


def _options(press: Press, kind: Kind) -> tuple[str, ...]:
    """The values as files have them, each with its words where they differ."""
    said = ((code, press.say(label)) for code, label in (kind.options or {}).items())
    mark = Markup('<span lang="pl">{}</span>') if press.prefix else Markup("{}")
    return tuple(mark.format(code) + ("" if code == text else f" – {text}") for code, text in said)


def sources_page(press: Press) -> Output:
    """Every source with its publisher, licence and freshness; "nigdy nie pobrano" is an honest answer."""
    groups = tuple(
        (dataset_view(press, dataset), tuple(_source(press, dataset, s) for s in dataset.spec.sources))
        for dataset in press.world.catalog
    )
    return page(press, "sources.html", "zrodla/", press.say("Źródła"), {"groups": groups}, crumbs=(_home(press),))


def _source(press: Press, dataset: Dataset, source: Source) -> dict[str, Any]:
    run = press.world.runs[dataset.id].get(source.id, {})
    success = str(run.get("last_success") or "")[:10]
    return {
        **source.model_dump(),
        "anchor": f"{dataset.id}-{source.id}",
        "records": press.world.stated[dataset.id].get(source.id, 0),
        "cadence_text": press.say(CADENCES[source.cadence]),
        "handmade": bool(source.spider) and not success,
        "state_text": _freshness(press, source, run, success),
        "last_success_text": words.day(success, press.locale) if success else "",
    }


def _freshness(press: Press, source: Source, run: Mapping[str, Any], success: str) -> str:
    attempts = run.get("attempts") or []
    got = press.say("Dane z {}.").format(words.day(success, press.locale)) if success else ""
    if attempts and not attempts[0].get("ok"):
        tried = words.day(str(attempts[0]["started"])[:10], press.locale)
        failed = press.say("Próba z {} nieudana: {}.").format(
            tried, attempts[0].get("refused") or press.say("brak powodu")
        )
        return f"{got} {failed}".strip()
    if got:
        return got
    return press.say("Czeka na poprawki od ludzi.") if source.cadence == "people" else press.say("Nigdy nie pobrano.")


def quality_page(press: Press, findings: Sequence[Finding]) -> Output:
    """What we doubt ourselves, by rule, with the rule's own explanation."""
    by_rule: dict[str, list[Finding]] = {}
    for finding in findings:
        by_rule.setdefault(finding.rule, []).append(finding)
    groups = tuple(
        {
            "name": rule.name,
            "title": press.say(rule.title),
            "why": press.say(rule.why),
            "todo": press.say(rule.todo),
            "level": press.say(rule.level.label),
            "count": len(by_rule.get(rule.name, ())),
            "rows": tuple(_doubt(press, finding) for finding in by_rule.get(rule.name, ())[:SHOWN_FINDINGS]),
        }
        for rule in RULES.values()
    )
    counts = tuple(
        (press.say(level.label), sum(finding.level is level for finding in findings))
        for level in sorted(Level, reverse=True)
    )
    return page(
        press,
        "quality.html",
        "jakosc/",
        press.say("Jakość danych"),
        {"counts": counts, "groups": groups, "shown": SHOWN_FINDINGS},
        crumbs=(_home(press),),
    )


def _doubt(press: Press, finding: Finding) -> dict[str, Any]:
    dataset = press.world.catalog.datasets.get(finding.dataset)
    record = press.world.record(finding.dataset, finding.key) if dataset else None
    label = next((f.label for f in fields(dataset.model) if f.name == finding.field), "") if dataset else ""
    return {
        "title": title_of(dataset, record) if dataset and record else press.say(dataset.spec.title) if dataset else "",
        "href": addresses.record_page(dataset.slug, finding.key) if dataset and record else "",
        "field": press.say(label),
        "value": "" if finding.value is None else words.plain(finding.value)[:200],
        "why": finding.why,
        "owner": finding.owner,
    }


def dictionary_pages(press: Press) -> Iterator[Output]:
    """A dictionary page for every dataset."""
    return (dictionary_page(press, dataset) for dataset in press.world.catalog)

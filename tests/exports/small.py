"""A catalogue of three datasets that holds every kind of value, with hostile text in it, made without the build."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from spojnik.catalog import load_catalog
from spojnik.exports.all import ALONE, FORMATS, whole_catalogue
from spojnik.exports.facts import Finished
from spojnik.exports.json import record_files
from spojnik.exports.table import table
from spojnik.origin import Observation, Origin
from spojnik.output import Output
from spojnik.reading import Reading
from spojnik.sealed import Voices
from spojnik.site import Site
from spojnik.world import World, assembled, looked_at

TODAY = "2026-11-22"
HOSTILE = ("=cmd|'/C calc'!A0", "@SUM(1+1)", "-2+3+cmd|' /C calc'!A0", "+1;2", "<script>alert(1)</script>",
           '=HYPERLINK("https://example.org";"x")', "{{7*7}}", 'a "quoted", text; with all', "linia\n\ndruga linia")
_SPEC = """
id: {id}
slug: {slug}
title: {title}
one: rekord
few: rekordy
many: rekordów
description: Opis zbioru {title}.
order: {order}
name: name
sources:
  - {{id: desk, title: Kwerenda, publisher: Redakcja, url: "https://example.org/", rank: 30, cadence: once}}
  - {{id: bip, title: BIP, publisher: Miasto, url: "https://example.org/bip", rank: 30, cadence: weekly}}
bounds: {{least: 0, most: 1000}}
{more}
"""
_SCHEMA = """
from typing import Annotated
from spojnik import kinds as k
from spojnik.schema import F, Record
COLOUR = k.choice("colour", "kolor", {{"r": "czerwony", "g": "zielony"}})

class Model(Record):
    name: Annotated[k.Prose, F("Nazwa", "Jak się nazywa.", "Przykład", search=9, maps={maps})]
{fields}
"""
_ORGANISATION = """
    krs: Annotated[k.Krs | None, F("KRS", maps=("schema:identifier", "org-id:PL-KRS"))] = None
    nip: Annotated[k.Nip | None, F("NIP")] = None
    phone: Annotated[k.Phone | None, F("Telefon", maps=("schema:telephone",))] = None
    website: Annotated[k.Url | None, F("Strona")] = None
    texts: Annotated[k.Texts | None, F("Teksty")] = None
    colours: Annotated[Annotated[list[str], k.many(COLOUR)] | None, F("Kolory")] = None
    colour: Annotated[Annotated[str, COLOUR] | None, F("Kolor", facet=True, maps=("schema-type:r=Project",))] = None
    district: Annotated[k.District | None, F("Dzielnica")] = None
    founded: Annotated[k.Year | None, F("Rok")] = None
    month: Annotated[k.Month | None, F("Miesiąc")] = None
    staff: Annotated[k.Count | None, F("Ludzie")] = None
    ratio: Annotated[k.Number | None, F("Wskaźnik")] = None
    active: Annotated[k.Flag | None, F("Działa")] = None
    seen: Annotated[k.Day | None, F("Dzień")] = None
    since: Annotated[k.When | None, F("Od")] = None
    parent: Annotated[Annotated[str, k.ref("organisations")] | None, F("Nad nami")] = None
"""
_CALL = """
    funder: Annotated[Annotated[str, k.ref("organisations")] | None, F("Kto ogłasza")] = None
    partners: Annotated[Annotated[list[str], k.many(k.ref("organisations"))] | None, F("Partnerzy")] = None
    budget_total: Annotated[k.Money | None, F("Pula", maps=("commongrants:funding.totalAmountAvailable",))] = None
    budget_by_year: Annotated[k.MoneyByYear | None, F("Pula w latach")] = None
    announced_on: Annotated[k.Day | None, F("Ogłoszono")] = None
    deadline: Annotated[k.Moment | None, F("Termin", maps=("commongrants:keyDates.closeDate",))] = None
    status: Annotated[k.Text | None, F("Stan ze źródła")] = None
"""
_SERVICE = """
    provider: Annotated[Annotated[str, k.ref("organisations")] | None,
                        F("Kto prowadzi", maps=("hsds:service.organization_id",))] = None
    phone: Annotated[k.Phones | None, F("Telefon", maps=("hsds:phone.number", "schema:telephone"))] = None
    street: Annotated[k.Text | None,
                      F("Ulica", maps=("hsds:address.address_1", "schema:address.streetAddress"))] = None
    postal_code: Annotated[k.PostalCode | None, F("Kod", maps=("hsds:address.postal_code",))] = None
    city: Annotated[k.Text | None, F("Miejscowość", maps=("hsds:address.city",))] = None
    hours: Annotated[k.Hours | None, F("Godziny", maps=("schema:openingHours",))] = None
    languages: Annotated[k.Languages | None, F("Języki", maps=("hsds:language.code",))] = None
    documents: Annotated[k.Texts | None, F("Dokumenty", maps=("hsds:required_document.document",))] = None
    email: Annotated[k.Email | None, F("E-mail", maps=("hsds:service.email", "schema:email"))] = None
    lat: Annotated[k.Number | None, F("Szerokość", maps=("geo:lat",))] = None
    long: Annotated[k.Number | None, F("Długość", maps=("geo:long",))] = None
    valid_to: Annotated[k.Day | None, F("Działa do", maps=("hsds:schedule.valid_to",))] = None
"""


def observed(key: str, source: str = "desk", doubt: str = "", **values: Any) -> Observation:
    """One observation seen today on a page of its own."""
    origin = Origin(source, (f"https://example.org/{source}/{key}",), TODAY, "2026-03", "ab" * 32)
    return Observation(key, values, origin, TODAY, TODAY, doubt=doubt)


ORGANISATIONS = (
    *(observed(f"hostile-{number}", name=text, texts=[text.replace("\n", " "), "b"]) for number, text in
      enumerate(HOSTILE)),
    observed("krs-0000207658", name="Stowarzyszenie Łąka", krs="0000207658", nip="5260250995",
             phone="+48 12 616 78 00", website="https://example.org/a;b", texts=["a; b", "c"], colours=["r", "g"],
             colour="g", district="XI Podgórze Duchackie", founded=1991, month=3, staff=1234, ratio=0.000123,
             active=False, seen="2026-03-12", since="2026-03", parent="krs-0000000001"),
    observed("krs-0000000001", name="Fundacja Ż", krs="0000000001", phone="+48 607 522 912", parent="nobody-here"),
    observed("krs-0000000001", "bip", phone="+48 607 552 912"),
    observed("doubtful", "desk", "znalezione po nazwie", name="Niepewna", krs="0000000002"),
)
CALLS = (
    observed("bip-1", name="Konkurs", funder="krs-0000207658", partners=["krs-0000000001", "krs-0000207658"],
             budget_total=1500.5, budget_by_year={"2026": 100, "2027": 0.5}, announced_on="2026-11-01",
             deadline="2026-12-12T15:00"),
    observed("bip-2", name="Odwołany konkurs", deadline="2026-12-20", status="anulowany"),
)
SERVICES = (
    observed("noclegownia", name="Noclegownia", provider="krs-0000207658", phone=["+48 12 616 78 00 wew. 5", "112"],
             street="ul. Przykładowa 5", postal_code="31-004", city="Kraków", hours="Mo-Fr 08:00-16:00; PH off",
             lat=50.061, long=19.938, languages=["pl", "uk"],
             documents=["dowód osobisty"], email="biuro@example.org", valid_to="2027-01-01"),
    observed("bez-adresu", name="Telefon wsparcia", phone=["116123"], lat=50),
    observed("dawna", name="Dawna pomoc", valid_to="2020-01-01", city="Kraków", street="ul. Krótka 1"),
    observed("niepewna", "desk", "nie wiemy, czy to ten telefon",
             name="Niepewna pomoc", phone=["112"], lat=50, long=20),
)


def write_catalogue(root: Path) -> Path:
    """The dataset folders, readable by the front door too."""
    calls = "status: {opens: announced_on, closes: deadline, stated: status, final: {anulowany: cancelled}}"
    for order, (name, slug, title, fields, maps, more) in enumerate((
            ("organisations", "organizacje", "Organizacje", _ORGANISATION,
             ("schema:legalName", "hsds:organization.name"), "schema_type: NGO"),
            ("calls", "konkursy", "Konkursy", _CALL, ("commongrants:title", "schema:name"),
             f"schema_type: MonetaryGrant\n{calls}"),
            ("services", "wsparcie", "Wsparcie", _SERVICE, ("hsds:service.name", "schema:name"),
             "schema_type: Service\nstatus: {ends: valid_to}")), 1):
        folder = root / name
        (folder / "observed").mkdir(parents=True, exist_ok=True)
        (folder / "dataset.yml").write_text(
            _SPEC.format(id=name, slug=slug, title=title, order=order, more=more), "utf-8")
        (folder / "schema.py").write_text(_SCHEMA.format(fields=fields, maps=repr(maps)), "utf-8")
    return root


def small_world(root: Path, base_url: str | None = "https://example.org/spojnik/", **changed: Any) -> World:
    """The catalogue as a World; `changed` replaces the observations of a dataset."""
    catalog = load_catalog(write_catalogue(root))
    said = {"organisations": ORGANISATIONS, "calls": CALLS, "services": SERVICES, **changed}
    looked = {each.id: looked_at(each, Voices(said[each.id]), Reading(today=TODAY)) for each in catalog}
    records, gists = ({name: each[part] for name, each in looked.items()} for part in (0, 1))
    site = Site(name="Spójnik", city="Kraków", region="województwo małopolskie", base_url=base_url)
    return assembled(catalog, site, TODAY, records, gists, said, {dataset.id: () for dataset in catalog})


def all_files(world: World) -> dict[str, bytes]:
    """Every download of a world, by path."""
    made: list[Output] = []
    for dataset in world.catalog:
        rows = table(world, dataset, list(world.records[dataset.id].values()))
        made += [output for export in FORMATS for output in export(rows)]
        made += [each for each in record_files(rows) if isinstance(each, Output)]
    made += [output for export in ALONE for output in export(world)]
    made += whole_catalogue(world, [Finished(each.path, partial(bytes, each.body)) for each in made
                                    if each.path.parts[0] == "dane"])
    paths = [str(output.path) for output in made]
    assert len(paths) == len(set(paths))
    return {str(output.path): output.body for output in made}


def on_disk(files: dict[str, bytes], out: Path) -> Path:
    """The same files in a folder, for validators that read from the disk."""
    for path, body in files.items():
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_bytes(body)
    return out

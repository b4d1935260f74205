"""The rules themselves. Each docstring is shown to people as it stands."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

import orjson
from stdnum.pl import pesel

from spojnik.checks import Doubt, records_of, rule
from spojnik.finding import Level
from spojnik.merge import required_missing
from spojnik.schema import fields
from spojnik.status import days_between, standing
from spojnik.words import plain
from spojnik.world import SEAT_FIELDS, World

_ELEVEN = re.compile(r"(?<!\d)\d{11}(?!\d)")
# UTF-8 at a glance: a digit is "1"; "?" begins a letter of a script that may have digits of its own (from U+0640 on,
# but for the punctuation of U+2000).
_DIGITS = bytes(0x31 if 48 <= each <= 57 else 0x3F if each >= 0xD9 and each != 0xE2 else 0x20 for each in range(256))
_RUN = b"1" * 11
_STREET = re.compile(
    r"(?i)(?:\bul\.|\bal\.|\bos\.|\bpl\.|\bulic[ay]|\bosiedl\w+)\s*[A-ZŁŚŻŹĆ]\w+[^.;\n]{0,30}?\d|\b\d{2}-\d{3}\b"
)


@rule("Ukryty adres", Level.STOP)
def hidden_address(world: World) -> Iterator[Doubt]:
    """Miejsca schronienia dla osób uciekających przed przemocą nie mają publicznego adresu, mapy, zdjęcia ani godzin.
    Jeden wyciek może kosztować czyjeś bezpieczeństwo. Co zrobić: usuń adres z tego wpisu; zostaw telefon, pod którym
    ktoś przyjmuje zgłoszenia."""
    for dataset in world.catalog:
        hiding = {o.key for o in world.said[dataset.id] if o.values.get("sheltered") is True} | world.sheltered
        for observation in world.said[dataset.id]:
            if observation.key not in hiding or observation.key in world.sheltered:
                continue
            record = world.record(dataset.id, observation.key)
            for name, value in observation.values.items():
                if name in SEAT_FIELDS and value:
                    yield Doubt(
                        dataset,
                        record,
                        name,
                        "(ukryte)",
                        "to miejsce jest schronieniem, a wpis zdradza, gdzie jest",
                        place=observation.place,
                    )
                elif isinstance(value, str) and name != "key" and _STREET.search(value):
                    yield Doubt(
                        dataset, record, name, "(ukryte)", "tekst wygląda na adres schronienia", place=observation.place
                    )


@rule("Dane osoby prywatnej", Level.STOP)
def private_person(world: World) -> Iterator[Doubt]:
    """Nie publikujemy numerów PESEL ani prywatnych danych. Ciąg jedenastu cyfr z poprawną cyfrą kontrolną prawie zawsze
    jest numerem PESEL. Co zrobić: usuń numer z wpisu i z historii, zanim trafi do publikacji."""
    for dataset in world.catalog:
        for observation in world.said[dataset.id]:
            found = orjson.dumps(observation.values).translate(_DIGITS)  # no text loses a digit in JSON
            if _RUN not in found and b"?" not in found:
                continue
            for name, value in observation.values.items():
                for number in _ELEVEN.findall(plain(value)):
                    if pesel.is_valid(number):
                        yield Doubt(
                            dataset,
                            world.record(dataset.id, observation.key),
                            name,
                            "(ukryte)",
                            "wygląda na numer PESEL",
                            place=observation.place,
                        )


@rule("Brak wymaganej wartości", Level.STOP)
def missing_required(world: World) -> Iterator[Doubt]:
    """Rekord bez nazwy nie da się pokazać ani znaleźć. Co zrobić: dopisz brakującą wartość albo usuń wpis."""
    for dataset, record in records_of(world):
        for field in required_missing(dataset, record):
            if field.name != "key":
                place = next((o.place for o in world.said[dataset.id] if o.key == record.key), "")
                yield Doubt(dataset, record, field.name, None, f"brakuje pola „{field.label}”", place=place)


@rule("Odnośnik donikąd", Level.ERROR)
def dangling_reference(world: World) -> Iterator[Doubt]:
    """Wpis wskazuje rekord, którego nie ma, więc strona nie pokaże powiązania. Co zrobić: popraw klucz albo usuń
    odnośnik; klucz jest w adresie strony rekordu."""
    for dataset in world.catalog:
        targets = [(f.name, (f.kind.item or f.kind).target) for f in fields(dataset.model)]
        targets = [(name, target) for name, target in targets if target and target in world.records]
        for record in world.records[dataset.id].values():
            for name, target in targets:
                value = record.values.get(name)
                for key in value if isinstance(value, list) else [value] if value else []:
                    if key not in world.records[target]:
                        yield Doubt(dataset, record, name, key, f"w zbiorze „{target}” nie ma takiego klucza")


@rule("Nazwa bez odnośnika", Level.NOTE)
def unmatched_name(world: World) -> Iterator[Doubt]:
    """Źródło wymienia instytucję z nazwy, a my nie wiemy, który to wpis w naszym spisie. Sama podobna nazwa nie
    wystarcza, żeby je połączyć. Co zrobić: jeśli masz pewność, dodaj poprawkę z kluczem wpisu i dowodem."""
    for dataset in world.catalog:
        for reference, name in dataset.spec.names.items():
            for record in world.records[dataset.id].values():
                if name in record.values and reference not in record.values:
                    yield Doubt(
                        dataset, record, name, record.values[name], "tej nazwy nie ma w spisie albo nie mamy pewności"
                    )


@rule("Możliwy duplikat", Level.WARN)
def possible_duplicate(world: World) -> Iterator[Doubt]:
    """Dwa wpisy mają ten sam numer KRS, NIP albo REGON, więc to pewnie ta sama organizacja. Sama nazwa nigdy nie
    wystarcza, żeby połączyć wpisy. Co zrobić: sprawdź oba wpisy i dopisz połączenie w same.yml z dowodem."""
    for dataset in world.catalog:
        names = [f.name for f in fields(dataset.model) if f.kind.name in ("krs", "nip", "regon")]
        for name in names:
            by_number = defaultdict(list)
            for record in world.records[dataset.id].values():
                if record.values.get(name):
                    by_number[record.values[name]].append(record)
            for number, records in by_number.items():
                for record in records[1:]:
                    yield Doubt(dataset, record, name, number, f"ten sam numer ma wpis {records[0].key}")


@rule("Źródła podają różne wartości", Level.WARN)
def tie(world: World) -> Iterator[Doubt]:
    """Równorzędne strony podają różne wartości. Pokazujemy obie i żadnej nie wybieramy, bo nie wiemy, która jest
    dobra. Co zrobić: zadzwoń albo napisz do instytucji i dodaj poprawkę z dowodem."""
    for dataset, record in records_of(world):
        for name, doubt in record.doubts.items():
            if doubt == "tie":
                shown = " / ".join(dict.fromkeys(plain(claim.value) for claim in record.why[name]))
                yield Doubt(dataset, record, name, shown, "strony podają różne wartości")


@rule("Poprawka prześcignięta", Level.WARN)
def overtaken(world: World) -> Iterator[Doubt]:
    """Ktoś poprawił wartość, a źródło podaje teraz jeszcze inną. Trzymamy poprawkę, ale pytamy, czy jest aktualna.
    Co zrobić: sprawdź w źródle i usuń poprawkę albo dodaj nową."""
    for dataset, record in records_of(world):
        for name, doubt in record.doubts.items():
            if doubt == "overtaken":
                yield Doubt(dataset, record, name, record.why[name][0].value, "źródło podaje teraz trzecią wartość")


@rule("Poprawka zbędna", Level.NOTE)
def redundant(world: World) -> Iterator[Doubt]:
    """Źródło podaje już to samo co poprawka, więc można ją usunąć. Co zrobić: usuń plik poprawki."""
    for dataset, record in records_of(world):
        for name, doubt in record.doubts.items():
            if doubt == "redundant":
                yield Doubt(dataset, record, name, record.why[name][0].value, "źródło już się z poprawką zgadza")


@rule("Wartość niepotwierdzona", Level.NOTE)
def unconfirmed(world: World) -> Iterator[Doubt]:
    """Wartość jest prawdopodobna, ale nikt jej nie potwierdził u źródła. Na stronie ma znak zapytania i powód.
    Co zrobić: potwierdź ją w rejestrze albo u organizacji i dodaj poprawkę z dowodem."""
    for dataset, record in records_of(world):
        for name, doubt in record.doubts.items():
            if doubt == "unconfirmed":
                yield Doubt(dataset, record, name, record.why[name][0].value, record.why[name][0].doubt)


@rule("Poprawka po terminie", Level.WARN)
def promise_expired(world: World) -> Iterator[Doubt]:
    """Oferty i godziny otwarcia starzeją się. Po terminie odnowienia wpis pokazuje się jako „do potwierdzenia”.
    Co zrobić: potwierdź, że nadal obowiązuje, nową poprawką z dzisiejszą datą."""
    for dataset, record in records_of(world):
        found = standing(dataset, record, world.today)
        if found and found.code == "confirm" and dataset.spec.status and dataset.spec.status.renew_days:
            why = f"ostatnie potwierdzenie: {found.when}" if found.when else "nie wiemy, z kiedy są te dane"
            yield Doubt(dataset, record, "", None, why, owner="organizacja")


@rule("Daty w złej kolejności", Level.WARN)
def dates_out_of_order(world: World) -> Iterator[Doubt]:
    """Daty na osi czasu powinny iść po kolei: ogłoszenie, termin, wynik, realizacja. Zła kolejność zwykle znaczy
    pomyłkę w odczycie albo w źródle. Co zrobić: sprawdź daty w źródle i dodaj poprawkę."""
    for dataset, record in records_of(world):
        dates = [(m.field, str(record.values[m.field])[:10]) for m in dataset.spec.timeline if m.field in record.values]
        for (earlier, first), (later, second) in pairwise(dates):
            if second < first[: len(second)]:
                yield Doubt(dataset, record, later, second, f"jest wcześniej niż „{earlier}” ({first})")


@rule("Krótki termin konkursu", Level.NOTE)
def short_deadline(world: World) -> Iterator[Doubt]:
    """Ustawa o działalności pożytku publicznego daje na złożenie oferty co najmniej 21 dni od ogłoszenia (art. 13
    ust. 3). Krótszy termin to pomyłka w danych albo sprawa do wyjaśnienia. Co zrobić: porównaj daty z ogłoszeniem."""
    for dataset, record in records_of(world):
        announced, deadline = record.values.get("announced_on"), record.values.get("deadline")
        if announced and deadline and record.values.get("kind") == "otwarty konkurs ofert":
            days = days_between(announced, deadline)
            if 0 <= days < 21:
                yield Doubt(dataset, record, "deadline", deadline, f"od ogłoszenia do terminu jest {days} dni")


@rule("Zbiór poza rozsądnymi granicami", Level.WARN)
def out_of_bounds(world: World) -> Iterator[Doubt]:
    """Każdy zbiór ma zapowiedzianą wielkość i wypełnienie. Nagły ubytek znaczy zwykle, że coś się popsuło przy
    zbieraniu. Co zrobić: porównaj z poprzednim wydaniem, popraw zbieranie albo granice w dataset.yml."""
    for dataset in world.catalog:
        records, bounds = world.records[dataset.id], dataset.spec.bounds
        if not bounds.least <= len(records) <= bounds.most:
            yield Doubt(dataset, None, "", len(records), f"rekordów powinno być od {bounds.least} do {bounds.most}")
        for name, share in bounds.fill.items():
            filled = sum(name in record.values for record in records.values())
            if records and filled / len(records) < share:
                yield Doubt(
                    dataset,
                    None,
                    name,
                    f"{filled} z {len(records)}",
                    f"pole powinno być wypełnione w {share:.0%} rekordów",
                )


@rule("Pusty zbiór", Level.NOTE)
def empty_dataset(world: World) -> Iterator[Doubt]:
    """Zbiór nie ma ani jednego rekordu. Pusta lista mówi, dlaczego jest pusta i kogo zapytać. Co zrobić: dodaj
    pierwszy rekord albo poproś instytucję o dane."""
    for dataset in world.catalog:
        if not world.records[dataset.id]:
            yield Doubt(dataset, None, "", None, "nie ma jeszcze żadnego rekordu")


@rule("Ostatnia próba zbierania nieudana", Level.WARN)
def failed_run(world: World) -> Iterator[Doubt]:
    """Źródło nie odpowiedziało albo odpowiedziało inaczej niż zwykle. Zostawiamy ostatnie dobre dane. Co zrobić:
    sprawdź powód przy źródle i popraw pająka."""
    for dataset in world.catalog:
        for source, run in world.runs[dataset.id].items():
            attempts = run.get("attempts") or []
            if attempts and not attempts[0].get("ok"):
                reason = str(attempts[0].get("refused") or "brak powodu")
                yield Doubt(
                    dataset, None, source, None, f"próba z {str(attempts[0].get('started', ''))[:10]}: {reason}"
                )


@rule("Nie wiadomo, kto wydaje serwis", Level.WARN)
def site_incomplete(world: World) -> Iterator[Doubt]:
    """Strona powinna mówić, kto ją wydaje i jak się skontaktować. Dopóki tego nie wiemy, mówimy to wprost.
    Co zrobić: uzupełnij site/site.yml."""
    first = next(iter(world.catalog))
    for name in ("base_url", "repository", "contact", "operator"):
        if getattr(world.site, name) is None:
            yield Doubt(first, None, "", None, f"w site/site.yml brakuje wartości „{name}”", place="site/site.yml:1:1")


@rule("Poprawka nieznanego rekordu", Level.NOTE)
def lone_correction(world: World) -> Iterator[Doubt]:
    """O tym rekordzie mówi tylko poprawka od ludzi, żadne inne źródło. To nowy wpis albo literówka w kluczu.
    Co zrobić: jeśli to nowy wpis, nic; jeśli pomyłka, przenieś plik pod właściwy klucz."""
    for dataset in world.catalog:
        sources: dict[str, set[str]] = defaultdict(set)
        for observation in world.said[dataset.id]:
            sources[observation.key].add(observation.origin.source)
        for key, names in sources.items():
            if names == {"manual"} and (record := world.record(dataset.id, key)):
                yield Doubt(dataset, record, "", None, "nie zna go żadne inne źródło")

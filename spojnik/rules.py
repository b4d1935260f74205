"""The rules themselves. Each docstring is shown to people as it stands."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

import orjson
from stdnum.pl import pesel

from spojnik.checks import About, Doubt, Suspicion, rule, rule_of_all, rule_of_doubt
from spojnik.finding import Level
from spojnik.gist import number_fields
from spojnik.hidden import SEAT_FIELDS
from spojnik.merge import required_missing
from spojnik.origin import MANUAL
from spojnik.schema import targets
from spojnik.status import days_between, standing
from spojnik.words import plain

if TYPE_CHECKING:
    from spojnik.world import World

_ELEVEN = re.compile(r"(?<!\d)\d{11}(?!\d)")
# UTF-8 at a glance: a digit is "1"; "?" begins a letter of a script that may have digits of its own (from U+0640 on,
# but for the punctuation of U+2000).
_DIGITS = bytes(0x31 if 48 <= each <= 57 else 0x3F if each >= 0xD9 and each != 0xE2 else 0x20 for each in range(256))
_RUN = b"1" * 11
_STREET = re.compile(
    r"(?i)(?:\bul\.|\bal\.|\bos\.|\bpl\.|\bulic[ay]|\bosiedl\w+)\s*[A-ZŁŚŻŹĆ]\w+[^.;\n]{0,30}?\d|\b\d{2}-\d{3}\b"
)


@rule("Ukryty adres", Level.STOP)
def hidden_address(about: About) -> Iterator[Doubt]:
    """Miejsca schronienia dla osób uciekających przed przemocą nie mają publicznego adresu, mapy, zdjęcia ani godzin.
    Jeden wyciek może kosztować czyjeś bezpieczeństwo. Co zrobić: usuń adres z tego wpisu; zostaw telefon, pod którym
    ktoś przyjmuje zgłoszenia."""
    if about.record.key in about.sheltered or not any(each.values.get("sheltered") is True for each in about.said):
        return
    for observation in about.said:
        for name, value in observation.values.items():
            if name in SEAT_FIELDS and value:
                why = "to miejsce jest schronieniem, a wpis zdradza, gdzie jest"
            elif isinstance(value, str) and name != "key" and _STREET.search(value):
                why = "tekst wygląda na adres schronienia"
            else:
                continue
            yield Doubt(name, "(ukryte)", why, place=observation.place)


@rule("Dane osoby prywatnej", Level.STOP)
def private_person(about: About) -> Iterator[Doubt]:
    """Nie publikujemy numerów PESEL ani prywatnych danych. Ciąg jedenastu cyfr z poprawną cyfrą kontrolną prawie zawsze
    jest numerem PESEL. Co zrobić: usuń numer z wpisu i z historii, zanim trafi do publikacji."""
    for observation in about.said:
        found = orjson.dumps(observation.values).translate(_DIGITS)  # no text loses a digit in JSON
        if _RUN not in found and b"?" not in found:
            continue
        for name, value in observation.values.items():
            for number in _ELEVEN.findall(plain(value)):
                if pesel.is_valid(number):
                    yield Doubt(name, "(ukryte)", "wygląda na numer PESEL", place=observation.place)


@rule("Brak wymaganej wartości", Level.STOP)
def missing_required(about: About) -> Iterator[Doubt]:
    """Rekord bez nazwy nie da się pokazać ani znaleźć. Co zrobić: dopisz brakującą wartość albo usuń wpis."""
    for field in required_missing(about.dataset, about.record):
        if field.name != "key":
            place = next((each.place for each in about.said if each.key == about.record.key), "")
            yield Doubt(field.name, None, f"brakuje pola „{field.label}”", place=place)


@rule_of_all("Odnośnik donikąd", Level.ERROR)
def dangling_reference(world: World) -> Iterator[Suspicion]:
    """Wpis wskazuje rekord, którego nie ma, więc strona nie pokaże powiązania. Co zrobić: popraw klucz albo usuń
    odnośnik; klucz jest w adresie strony rekordu."""
    for dataset in world.catalog:
        pointing = targets(dataset.model)
        for gist in world.gists[dataset.id].values():
            for name, key in gist.refers:
                target = pointing[name]
                if target in world.records and key not in world.records[target]:
                    why = f"w zbiorze „{target}” nie ma takiego klucza"
                    yield Suspicion(dataset, gist.key, Doubt(name, key, why))


@rule("Nazwa bez odnośnika", Level.NOTE)
def unmatched_name(about: About) -> Iterator[Doubt]:
    """Źródło wymienia instytucję z nazwy, a my nie wiemy, który to wpis w naszym spisie. Sama podobna nazwa nie
    wystarcza, żeby je połączyć. Co zrobić: jeśli masz pewność, dodaj poprawkę z kluczem wpisu i dowodem."""
    values = about.record.values
    for reference, name in about.dataset.spec.names.items():
        if name in values and reference not in values:
            yield Doubt(name, values[name], "tej nazwy nie ma w spisie albo nie mamy pewności")


@rule_of_all("Możliwy duplikat", Level.WARN)
def possible_duplicate(world: World) -> Iterator[Suspicion]:
    """Dwa wpisy mają ten sam numer KRS, NIP albo REGON, więc to pewnie ta sama organizacja. Sama nazwa nigdy nie
    wystarcza, żeby połączyć wpisy. Co zrobić: sprawdź oba wpisy i dopisz połączenie w same.yml z dowodem."""
    for dataset in world.catalog:
        for place, name in enumerate(number_fields(dataset)):
            first: dict[str, str] = {}
            others: dict[str, list[str]] = defaultdict(list)
            for gist in world.gists[dataset.id].values():
                number = gist.numbers[place]
                if number and first.setdefault(number, gist.key) != gist.key:
                    others[number].append(gist.key)
            for number in sorted(others, key=first.__getitem__):
                for key in others[number]:
                    yield Suspicion(dataset, key, Doubt(name, number, f"ten sam numer ma wpis {first[number]}"))


@rule_of_doubt("tie", "Źródła podają różne wartości", Level.WARN)
def tie(about: About, field: str) -> Doubt:
    """Równorzędne strony podają różne wartości. Pokazujemy obie i żadnej nie wybieramy, bo nie wiemy, która jest
    dobra. Co zrobić: zadzwoń albo napisz do instytucji i dodaj poprawkę z dowodem."""
    shown = " / ".join(dict.fromkeys(plain(claim.value) for claim in about.record.why[field]))
    return Doubt(field, shown, "strony podają różne wartości")


@rule_of_doubt("overtaken", "Poprawka prześcignięta", Level.WARN)
def overtaken(about: About, field: str) -> Doubt:
    """Ktoś poprawił wartość, a źródło podaje teraz jeszcze inną. Trzymamy poprawkę, ale pytamy, czy jest aktualna.
    Co zrobić: sprawdź w źródle i usuń poprawkę albo dodaj nową."""
    return Doubt(field, about.record.why[field][0].value, "źródło podaje teraz trzecią wartość")


@rule_of_doubt("redundant", "Poprawka zbędna", Level.NOTE)
def redundant(about: About, field: str) -> Doubt:
    """Źródło podaje już to samo co poprawka, więc można ją usunąć. Co zrobić: usuń plik poprawki."""
    return Doubt(field, about.record.why[field][0].value, "źródło już się z poprawką zgadza")


@rule_of_doubt("unconfirmed", "Wartość niepotwierdzona", Level.NOTE)
def unconfirmed(about: About, field: str) -> Doubt:
    """Wartość jest prawdopodobna, ale nikt jej nie potwierdził u źródła. Na stronie ma znak zapytania i powód.
    Co zrobić: potwierdź ją w rejestrze albo u organizacji i dodaj poprawkę z dowodem."""
    return Doubt(field, about.record.why[field][0].value, about.record.why[field][0].doubt)


@rule("Poprawka po terminie", Level.WARN)
def promise_expired(about: About) -> Iterator[Doubt]:
    """Oferty i godziny otwarcia starzeją się. Po terminie odnowienia wpis pokazuje się jako „do potwierdzenia”.
    Co zrobić: potwierdź, że nadal obowiązuje, nową poprawką z dzisiejszą datą."""
    rule = about.dataset.spec.status
    if rule is None or not rule.renew_days:
        return
    found = standing(about.dataset, about.record, about.today)
    if found and found.code == "confirm":
        why = f"ostatnie potwierdzenie: {found.when}" if found.when else "nie wiemy, z kiedy są te dane"
        yield Doubt("", None, why, owner="organizacja")


@rule("Daty w złej kolejności", Level.WARN)
def dates_out_of_order(about: About) -> Iterator[Doubt]:
    """Daty na osi czasu powinny iść po kolei: ogłoszenie, termin, wynik, realizacja. Zła kolejność zwykle znaczy
    pomyłkę w odczycie albo w źródle. Co zrobić: sprawdź daty w źródle i dodaj poprawkę."""
    if not about.dataset.spec.timeline:
        return
    values = about.record.values
    dates = [(m.field, str(values[m.field])[:10]) for m in about.dataset.spec.timeline if m.field in values]
    for (earlier, first), (later, second) in pairwise(dates):
        if second < first[: len(second)]:
            yield Doubt(later, second, f"jest wcześniej niż „{earlier}” ({first})")


@rule("Krótki termin konkursu", Level.NOTE)
def short_deadline(about: About) -> Iterator[Doubt]:
    """Ustawa o działalności pożytku publicznego daje na złożenie oferty co najmniej 21 dni od ogłoszenia (art. 13
    ust. 3). Krótszy termin to pomyłka w danych albo sprawa do wyjaśnienia. Co zrobić: porównaj daty z ogłoszeniem."""
    values = about.record.values
    if values.get("kind") != "otwarty konkurs ofert":
        return
    announced, deadline = values.get("announced_on"), values.get("deadline")
    if announced and deadline:
        days = days_between(announced, deadline)
        if 0 <= days < 21:
            yield Doubt("deadline", deadline, f"od ogłoszenia do terminu jest {days} dni")


@rule_of_all("Zbiór poza rozsądnymi granicami", Level.WARN)
def out_of_bounds(world: World) -> Iterator[Suspicion]:
    """Każdy zbiór ma zapowiedzianą wielkość i wypełnienie. Nagły ubytek znaczy zwykle, że coś się popsuło przy
    zbieraniu. Co zrobić: porównaj z poprzednim wydaniem, popraw zbieranie albo granice w dataset.yml."""
    for dataset in world.catalog:
        found, bounds = world.gists[dataset.id], dataset.spec.bounds
        if not bounds.least <= len(found) <= bounds.most:
            why = f"rekordów powinno być od {bounds.least} do {bounds.most}"
            yield Suspicion(dataset, "", Doubt("", len(found), why))
        filled = Counter(name for gist in found.values() for name in gist.fills)
        for name, share in bounds.fill.items():
            if found and filled[name] / len(found) < share:
                why = f"pole powinno być wypełnione w {share:.0%} rekordów"
                yield Suspicion(dataset, "", Doubt(name, f"{filled[name]} z {len(found)}", why))


@rule_of_all("Pusty zbiór", Level.NOTE)
def empty_dataset(world: World) -> Iterator[Suspicion]:
    """Zbiór nie ma ani jednego rekordu. Pusta lista mówi, dlaczego jest pusta i kogo zapytać. Co zrobić: dodaj
    pierwszy rekord albo poproś instytucję o dane."""
    for dataset in world.catalog:
        if not world.gists[dataset.id]:
            yield Suspicion(dataset, "", Doubt("", None, "nie ma jeszcze żadnego rekordu"))


@rule_of_all("Ostatnia próba zbierania nieudana", Level.WARN)
def failed_run(world: World) -> Iterator[Suspicion]:
    """Źródło nie odpowiedziało albo odpowiedziało inaczej niż zwykle. Zostawiamy ostatnie dobre dane. Co zrobić:
    sprawdź powód przy źródle i popraw pająka."""
    for dataset in world.catalog:
        for source, run in world.runs[dataset.id].items():
            attempts = run.get("attempts") or []
            if attempts and not attempts[0].get("ok"):
                reason = str(attempts[0].get("refused") or "brak powodu")
                why = f"próba z {str(attempts[0].get('started', ''))[:10]}: {reason}"
                yield Suspicion(dataset, "", Doubt(source, None, why))


@rule_of_all("Nie wiadomo, kto wydaje serwis", Level.WARN)
def site_incomplete(world: World) -> Iterator[Suspicion]:
    """Strona powinna mówić, kto ją wydaje i jak się skontaktować. Dopóki tego nie wiemy, mówimy to wprost.
    Co zrobić: uzupełnij site/site.yml."""
    first = next(iter(world.catalog))
    for name in ("base_url", "repository", "contact", "operator"):
        if getattr(world.site, name) is None:
            why = f"w site/site.yml brakuje wartości „{name}”"
            yield Suspicion(first, "", Doubt("", None, why, place="site/site.yml:1:1"))


@rule("Poprawka nieznanego rekordu", Level.NOTE)
def lone_correction(about: About) -> Iterator[Doubt]:
    """O tym rekordzie mówi tylko poprawka od ludzi, żadne inne źródło. To nowy wpis albo literówka w kluczu.
    Co zrobić: jeśli to nowy wpis, nic; jeśli pomyłka, przenieś plik pod właściwy klucz."""
    if about.said[0].origin.source == MANUAL and {each.origin.source for each in about.said} == {MANUAL}:
        yield Doubt("", None, "nie zna go żadne inne źródło")

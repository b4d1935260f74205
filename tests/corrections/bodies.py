"""Sixty issue bodies: what people send, what careless people send, and what hostile people send."""

from typing import Any, NamedTuple

NO = "_No response_"
GOOD = {
    "Zbiór": "Organizacje",
    "Klucz wpisu": "krs-0000207658",
    "Kim jestem dla tej organizacji": "organizacja",
    "Strona, na której to widać": "https://example.org/kontakt",
}
NEW = {**GOOD, "Klucz wpisu": NO, "Nazwa": "Klub Seniora Jesion"}
SHELTER = {**GOOD, "Zbiór": "Wsparcie", "Klucz wpisu": "schronienie"}
CALL = {**GOOD, "Zbiór": "Konkursy", "Klucz wpisu": "bip-2"}
KEY, WHO, PROOF = "Klucz wpisu", "Kim jestem dla tej organizacji", "Strona, na której to widać"


class Body(NamedTuple):
    """A body and what must come of it: values of the file, or the labels that the answer names."""

    name: str
    text: str
    values: dict[str, Any] | None = None
    names: tuple[str, ...] = ()


def text(answers: dict[str, str]) -> str:
    """The Markdown that GitHub makes of an issue form."""
    return "\n\n".join(f"### {label}\n\n{answer}" for label, answer in answers.items())


def good(name: str, values: dict[str, Any], start: dict[str, str] = GOOD, **answers: str) -> Body:
    return Body(name, text({**start, **{label.replace("_", " "): said for label, said in answers.items()}}), values)


def bad(name: str, names: tuple[str, ...], start: dict[str, str] = GOOD, **answers: str) -> Body:
    changed = {**start, **{label.replace("_", " "): said for label, said in answers.items()}}
    return Body(name, text(changed), None, names)


def without(label: str) -> str:
    return text({**{name: said for name, said in GOOD.items() if name != label}, "Telefon": "12 637 07 12"})


PHONE = {"phone": "+48 12 637 07 12"}
BODIES = [
    good("a phone", PHONE, Telefon="12 637 07 12"),
    good("a phone with country code", PHONE, Telefon="+48 126370712"),
    good("windows line ends", PHONE, Telefon="12 637 07 12")._replace(
        text=text({**GOOD, "Telefon": "12 637 07 12"}).replace("\n", "\r\n")
    ),
    good("all other fields unanswered", PHONE, Telefon="12 637 07 12", Dzielnica=NO, Opis=NO, NIP=NO),
    good("the key as a page's address", PHONE, Telefon="12 637 07 12")._replace(
        text=text({**GOOD, KEY: "https://example.org/swiat/organizacje/krs-0000207658.html#phone",
         "Telefon": "126370712"})
    ),
    good("the key with a capital letter in the address is refused", {})._replace(values=None, names=(KEY,), text=text(
        {**GOOD, KEY: "KRS-0000207658", "Telefon": "126370712"})),
    good("two fields",
         {**PHONE, "email": "nowy@example.org"}, Telefon="12 637 07 12", **{"E-mail": "nowy@example.org"}),
    good("a value repeated from the page is left out", PHONE, Telefon="126370712", Strona="https://example.org/"),
    good("a list as lines", {"topics": ["edukacja", "sport"]}, Czym_się_zajmuje="edukacja\nsport"),
    good("a list as Markdown", {"topics": ["edukacja", "sport"]}, Czym_się_zajmuje="- edukacja\n* sport\n"),
    good("a list with ticks", {"topics": ["edukacja", "sport"]}, Czym_się_zajmuje="- [x] edukacja\n- [X] sport"),
    good("a choice by its label", {"district": "V Krowodrza"}, Dzielnica="v krowodrza"),
    good("yes and no", {"volunteers": True}, Przyjmuje_wolontariuszy="Tak"),
    good("a year", {"founded_year": 1991}, Rok_założenia="1991"),
    good("take a value away", {"email": None}, **{"E-mail": "usuń"}),
    good("take a value away, in other words", {"email": None}, **{"E-mail": "do usunięcia."}),
    good("emoji", {"description": "Świetlica 🙂 dla młodzieży"}, Opis="Świetlica 🙂 dla młodzieży"),
    good("Ukrainian", {"description": "Допомога сім’ям з України"}, Opis="Допомога сім’ям з України"),
    good("Markdown stays text", {"description": "**Ważne** [link](https://zle.example)\n<script>x</script>"},
         Opis="**Ważne** [link](https://zle.example)\n<script>x</script>"),
    good("YAML stays text", {"description": "x\"\nkey: krs-9999999999\nproof: !!python/object:os.system"},
         Opis="x\"\nkey: krs-9999999999\nproof: !!python/object:os.system"),
    good("a YAML bomb stays text", {"street": "*a &a [*a, *a]"}, Ulica_i_numer="*a &a [*a, *a]"),
    good("a formula stays text", {"street": "=cmd|' /C calc'!A0"}, Ulica_i_numer="=cmd|' /C calc'!A0"),
    good("an expression stays text", {"street": "${{ github.token }} $(id) `id`"},
         Ulica_i_numer="${{ github.token }} $(id) `id`"),
    good("direction marks vanish", {"street": "ul. Lipowa 1gpj.exe"}, Ulica_i_numer="ul. Lipowa 1\u202egpj.exe"),
    good("a heading nobody knows belongs to the text", {"description": "a\n### Coś\nb"}, Opis="a\n### Coś\nb"),
    good("proof in angle brackets", PHONE, Telefon="12 637 07 12")._replace(
        text=text({**GOOD, PROOF: "<https://example.org/kontakt>", "Telefon": "12 637 07 12"})),
    good("who in capitals", PHONE, Telefon="12 637 07 12")._replace(
        text=text({**GOOD, WHO: "Organizacja", "Telefon": "12 637 07 12"})),
    good("it is gone", {}, Już_nie_istnieje_od_dnia="2026-11-01"),
    good("a note for the editors", PHONE, Telefon="12 637 07 12", Uwagi_dla_redakcji="Numer od listopada."),
    good("what the register owns is left to it", PHONE, Telefon="12 637 07 12", Numer_KRS="0000000042"),
    good("settle a tie", {"phone": "+48 12 616 78 02"}, Telefon="12 616 78 02")._replace(
        text=text({**GOOD, KEY: "zlota-raczka", "Telefon": "12 616 78 02"})),
    good("a new record", {"name": "Klub Seniora Jesion"}, NEW),
    good("a new record with more", {"name": "Klub Seniora Jesion", "krs": "0000207659"}, NEW, Numer_KRS="KRS 207659"),
    good("amounts by year",
         {"budget_by_year": {"2026": 1000, "2027": 2500.5}}, CALL, Budżet_w_latach="2026: 1 000 zł\n2027 - 2500,50"),
    good("a deadline with an hour", {"deadline": "2026-12-01T12:00"}, CALL, Termin_składania_ofert="2026-12-01 12:00"),
    good("a shelter's phone", {"phone": "+48 12 616 78 08"}, SHELTER, Telefon="12 616 78 08"),
    good("a promise renewed",
         {"name": "Jadłodajnia"}, {**SHELTER, KEY: "jadlodajnia"}, Do_kiedy_to_obowiązuje="2027-05-01"),
    Body("empty", "", None, ("Zbiór",)),
    Body("only blanks", " \n\n \t", None, ("Zbiór",)),
    Body("plain words", "Proszę poprawić telefon, dziękuję", None, ("Zbiór",)),
    Body("everything unanswered", text(dict.fromkeys(GOOD, NO)), None, ("Zbiór",)),
    Body("headings without answers", "### Zbiór\n\n### Klucz wpisu\n", None, ("Zbiór",)),
    bad("a dataset that is none", ("Zbiór",), {**GOOD, "Zbiór": "../../etc"}),
    bad("nothing changes", ("Wartości",)),
    bad("only what the register owns", ("Wartości",), Numer_KRS="0000000042"),
    bad("a key out of the folder", (KEY,), {**GOOD, KEY: "../../../.github/workflows/x"}, Telefon="126370712"),
    bad("a key with a null byte", (KEY,), {**GOOD, KEY: "krs-0000207658\x00.yml"}, Telefon="126370712"),
    bad("an absolute path as a key", (KEY,), {**GOOD, KEY: "/etc/passwd"}, Telefon="126370712"),
    bad("a key of nobody", (KEY,), {**GOOD, KEY: "krs-1111111111"}, Telefon="126370712"),
    bad("a key of another dataset", (KEY,), {**GOOD, KEY: "bip-1"}, Telefon="126370712"),
    bad("a broken phone", ("Telefon",), Telefon="sto dwanaście"),
    bad("two broken fields", ("Telefon", "NIP"), Telefon="1", NIP="123"),
    bad("a script instead of a page", ("Strona",), Strona="javascript:alert(1)"),
    bad("a proof that is no page", (PROOF,), {**GOOD, PROOF: "wiem na pewno"}, Telefon="126370712"),
    Body("no proof", without(PROOF), None, (PROOF,)),
    Body("nobody says it", without(WHO), None, (WHO,)),
    bad("somebody unknown says it", (WHO,), {**GOOD, WHO: "redakcja"}, Telefon="126370712"),
    bad("30 kB in one line", ("Ulica i numer",), Ulica_i_numer="x" * 30_000),
    bad("30 kB of prose", ("Opis",), Opis="słowo " * 5_000),
    Body("a line of blanks that an expression could choke on", "### " + " " * 60_000 + "x", None, ("Zbiór",)),
    bad("blanks in a field", ("Telefon",), Telefon="(" + " " * 60_000 + ")"),
    Body("a megabyte", "### Zbiór\n\n" + "x" * 1_000_000, None, ("Całe zgłoszenie",)),
    bad("a field twice", ("Telefon",), Telefon="12 637 07 12\n\n### Telefon\n\n12 637 07 13"),
    bad("a shelter's street", ("Ulica i numer",), SHELTER, Ulica_i_numer="ul. Tajna 1"),
    bad("a day that is none", ("Już nie istnieje od dnia",), Już_nie_istnieje_od_dnia="31.02.2026"),
    bad("a new record without a name", ("Nazwa",), {**NEW, "Nazwa": NO}, Telefon="126370712"),
    bad("a new record that we have", (KEY,), {**NEW, "Nazwa": "świetlica „pod lipą”"}),
]  # fmt: skip

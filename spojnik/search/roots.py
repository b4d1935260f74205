"""Word families: lemmas of one root ("nocleg" and "noclegownia", "mediator" and "mediacja", "żywić" and "żywność").

A word loses an ending that leaves four letters at least, and the rest is spelled in one way: Polish changes the last
consonant ("opłata", "opłacać"), drops an e before it ("niemiecki", "Niemcy"), and says a for o in verbs of habit
("zgłosić", "zgłaszać"). Most endings hide in longer ones, so a word has several roots; one in common makes a family.
FAMILIES holds what rules cannot show, and parts what they would join. All of it travels in the index, so that the
browser has no list of its own, and a word that no record uses finds its family too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

#: What makes a word from a root, in folded letters; what stands before | stays.
ENDINGS = """
    a e i o y u ia ie ii ja ji r|ka l|ka n|ka t|ka d|ka z|ka s|ka cz|ka m|ka f|ka c|ka r|ko l|ko n|ko t|ko d|ko
    ek kowy kowac kowanie kujacy kowany ik yk ak iak ikowy ykowy akowy ikarz ec iec ca cy iecki w|ca
    ac iac ic yc nac owac iowac ywac iwac anie ianie enie ienie owanie ywanie iwanie niecie onowac onowanie
    any iany ony iony owany ywany iwany acy iacy ujacy iujacy ajacy iajacy izowac yzowac
    aniowy eniowy ieniowy eniowiec ieniowiec aniowiec owaniowy anek
    arz iarz karz ista ysta zysta alista acz iacz owiec awiec nik ownik iownik alnik t|or s|or ator izator
    ant anin ianin czanin ent er owicz onariusz iusz usz iat iatowy iata unek ing
    owca awca odawca kodawca oznawca obiorca iciel yciel ciel
    arka iarka karka istka ystka zystka alistka aczka niczka owniczka atorka t|orka antka anka ianka czanka iczanka
    entka owka owiczka onariuszka icielka ycielka cielka uszka owczyni awczyni czyni ini yni inia ica nica ownica alnica
    erka kini arstwo iarstwo karstwo icielstwo ycielstwo cielstwo stwo ctwo c|two nictwo ownictwo alnictwo enstwo
    awstwo oznawstwo kostwo awczo osc nosc owosc iowosc alnosc liwosc czosc ijnosc
    acja izacja yzacja ia ium eum um us izm yzm alizm ura atura yka ika etyka ystyka istyka atyka
    nia alnia ownia arnia iarnia isko owisko
    ny owy iowy osciowy ski cki ki nicki czy niczy owniczy oznawczy alny ialny ealny onalny yjny ijny acyjny izacyjny
    otny yczny iczny istyczny ystyczny alistyczny atyczny etyczny ysty isty liwy awy iwy aty ity
    arny arski iarski karski erski ejski ejka ejczyk owski ewski anski ianski inski
    icielski ycielski cielski atorski t|orski encki ancki antny entny awczy acki iacki
    nie owo iowo osciowo sko cko alnie ialnie onalnie yjnie ijnie acyjnie otnie ycznie icznie liwie
    tywny atywny tywa ywista ywizm onalista z|two euta eutka eutyczny eutycznie eutyka eucki
""".split()
#: A root and how its words begin, the longest beginning first: families that no ending shows, and strangers parted.
FAMILIES = [
    " ".join(row.split())
    for row in """
    albert albert; angl angl angiel; auty autyz autys; bada badac badan badaw badaj; bracki bracki; brak brak;
    brat brat bracia braci braters; choragi choragi; chorob chory chorow chora chorob; diagno diagno; dotac
    dotac dotow dotuj; dworzec dworzec dworc; dysku dyskus dyskut; dzieci dzieci dzieck; dzielnic dzielnic;
    dzierzaw dzierzaw wydzierzaw; dziewcz dziewcz; eksmi eksmi; finans finans dofinans wspolfinans; fort
    forteczn; franc franc; fundac fundac fundat fundow; fundusz fundusz; glod glod wyglodz; gosc gosc; gospodar
    gospodar; gospodyn gospodyn; gotowos gotowos gotowy gotowa; gruz gruzj gruzin; harc harcer; inicj inicj;
    instytuc instytuc; instytut instytut; interwen interwen; jozefin jozefin; kandyd kandyd; klini klini;
    komorow komorow; kopiec kopiec kopca; koscio koscio koscie; koszyce koszyc; krewn krewn; krw krwi krwaw
    krew; krzywd krzywd skrzywd pokrzywd; ksiazk ksiazk ksiazek ksiazecz; kuch kuchn kuchen kuchar kuchni;
    kwalifik kwalifik zakwalifik; kwater kwater zakwater; kwia kwiat kwiac kwiet; lecz lecze leczy leczn; lekarz
    lekarz lekark lekarsk; lice licea liceum; licyt licyt wylicyt; litw litw litew; lokaliz lokaliz; lokaln
    lokaln; malzen malzen malzon; marszal marszal; marzec marzec marca; marzen marzen marzyc marzyci; mediac
    mediac mediat mediowa; medyc medyk medyc; meld melduj meldun zameld wymeld; mezcz mezcz mesk; miejsc miejsce
    miejsca; miejscow miejscow; miejsk miejsk; mieszkanc mieszkanc mieszkaniec; migr migra migru migrow imigr
    emigr; milosier milosier; misj misj misyj; mlod mlod; muz muzyk muzyc; najem najem najmow najmu wynaj; narko
    narkot narkom; niewid niewidz niewidom; nocleg nocleg nocow; norwe norwe; nowohuc nowohuc; odbior odbior
    odbier odebra; ofer ofert oferen oferow oferuj; ogrodz ogrodz; ogrz ogrz; ojc ojc ojciec; olimpi olimpi;
    operac operac operow; operator operator; opiek opiek; organiz organizac organizow organizat; osobn osobn;
    otw otwier otwart otwarc otworz; pamie pamiec pamiet; piecza piecza; piekn piekn; pienia pieniad pieniez
    pieniedz; poe poez poet; polit polit; pomoc pomoc pomag pomoz; powodzi powodzi powodz; prac pracownik
    pracownic; pracowni pracowni; praski praski; prawdziw prawdziw; prawn prawn; promo promoc promow promot
    promuj; przyjaci przyjaci; publicz publiczn; rat ratow ratun; rejestr rejestr zarejestr wyrejestr; remont
    remont wyremont; renc renta renty rentow rencis; repres repres; ros rosj rosyj; rzeczni rzeczni; rzemi
    rzemios rzemies; sasi sasi; sasiaduj sasiaduj; slon slonc slonec; smier smierc smierte; sport sport; sprzeda
    sprzeda; srod srodek srodk; srodowisk srodowisk; stanowisk stanowisk; stawk stawk stawek; student student
    studenc studiow studia studiu; swiatl swiatlo; swiet swiete swieto swiety swieta swiatecz; swietli swietli;
    szkolen szkolen szkoli przeszkol; szwe szwed szwec; tan taniec tanc tanecz; terminaln terminaln; towarzystw
    towarzystw; ubezpiec ubezpiecz nieubezpiecz; ubog ubog ubost uboz; unia unia unij; urzadz urzadz; urzed
    urzad urzed; uzalezn uzalezn wspoluzalezn; wegr wegr wegier; wielic wielic; wiezien wiezien wiezni; wspar
    wspar wspier; wybor wybor wybier wybra; zadluz zadluz oddluz dluzni; zbior zbior zbier; zielonk zielonk;
    zwierz zwierze zwierza; zwierzyn zwierzyn; zyd zyd; zywno zywno zywic zywien zywil wyzyw
""".split(";")
]
#: What stands before a word of its own: where nothing else explains it, the rest does ("fizjoterapeuta").
PREFIXES = sorted(
    """
    anty audio auto bez bio do eko euro fizjo foto hydro inter kontr makro mikro mini multi na nad nie od po pod pra
    prze przy pro psycho re roz samo super tele u ultra wielo wspol wy za z s
    """.split(),
    key=lambda prefix: (-len(prefix), prefix),
)
_TAILS = (("cz", "c"), ("sz", "s"), ("ch", "s"), ("rz", "r"), ("dz", "d"), ("k", "c"), ("t", "c"))
_SOFT = re.compile("[^aeiouy][ij]$")
_FLEETING = re.compile("(?<=[^aeiouy])i?e(?=[kclnr]$)")
_HABIT = re.compile("a(?=[^aeiouy]+$)")
_HABITS = ("ac", "any", "anie", "acy")
_VOWEL = re.compile("[aeiouy]")
_SHORTEST = 4


class Roots:
    """The rules, as an index carries them."""

    def __init__(self, endings: Sequence[str] = ENDINGS, families: Sequence[str] = FAMILIES) -> None:
        self._endings = {ending.replace("|", ""): len(ending.rpartition("|")[2]) for ending in endings}
        self._longest = max(map(len, self._endings), default=0)
        self._beginnings = {root: words for root, *words in map(str.split, families)}
        self._families = {word: root for root, words in self._beginnings.items() for word in words}

    def of(self, word: str) -> tuple[str, ...]:
        """Roots of a folded word; none where it is too short or a number."""
        if not (word.isascii() and word.isalpha()):
            return ()
        for length in range(len(word), 2, -1):
            if word[:length] in self._families:
                return (self._families[word[:length]],)
        found = []
        for stem in self.stems(word):
            root = _spelled(stem)
            found.append(root)
            if word[len(stem) :].endswith(_HABITS) and len(stem) > _SHORTEST:
                found.append(_HABIT.sub("o", root))
        return tuple(dict.fromkeys(found))

    def stems(self, word: str) -> list[str]:
        """The word without its longest ending, as it is written, then without shorter ones, then whole."""
        found: list[str] = []
        for length in range(min(self._longest, len(word) - _SHORTEST), 0, -1):
            cut = self._endings.get(word[-length:])
            if cut is not None and _splits(word, length) and _holds(word[:-cut], bool(found)):
                found.append(word[:-cut])
        return [*found, word] if len(word) > _SHORTEST or not found else found

    def beginnings(self, root: str) -> list[str]:
        """How the words of a root may begin."""
        known = self._beginnings.get(root, [])
        if len(root) < _SHORTEST:
            return known
        vowel = max(root.rfind("a", 0, -1), root.rfind("o", 0, -1))
        habit = vowel >= _SHORTEST - 1 and not _VOWEL.search(root[vowel + 1 :])
        return [*known, root[:vowel] if habit else root[:-1]]

    def telling(self, root: str) -> bool:
        """Whether a root is long enough, or known, to explain a word that may as well be a typing error."""
        return len(root) > _SHORTEST or root in self._beginnings


def _splits(word: str, length: int) -> bool:
    """A k begins an ending after a consonant only: "środ-kowy", but "publikować" is "publik-ować"."""
    return word[-length] != "k" or not _VOWEL.match(word[-length - 1])


def _holds(stem: str, longer: bool) -> bool:
    """Whether enough is left to be a root; a shorter ending than the first must leave a letter more."""
    return len(stem) >= _SHORTEST + longer and bool(_VOWEL.search(stem))


def _spelled(stem: str) -> str:
    """The stem as all its family spells it."""
    if len(stem) <= _SHORTEST:
        return f"{stem[:-1]}c" if stem.endswith("k") else stem
    stem = stem[:-1] if _SOFT.search(stem) else stem
    stem = next((stem[: -len(tail)] + one for tail, one in _TAILS if stem.endswith(tail)), stem)
    return _FLEETING.sub("", stem)

"""Words that carry no meaning of their own: STOPS are in no index, ASKS only say that somebody is looking.

PLACES say what kind of place the next word names: as addresses write it, or "" where they leave it out. The number
after a word is a house's, but not after COUNTED. HOW_MANY ask for counts, WHERE for anything else.
"""

from __future__ import annotations

from spojnik.search.text import fold

STOPS: frozenset[str] = frozenset(
    fold(
        """
        a aby ale albo ani az bez bo by byc byl byla bylo byly był była będzie będą co czy czyli dla do gdy i ich im
        in ile ilu inne innych itp itd ja jak jako je jego jej jest jestem już ku lub ma mam mieć mi mną mnie mój moja
        moje mojego mojej my na nad nam nas nasz nasza ni nie niego niej nim nimi np o od oraz pan pani po pod podczas
        poza przed przez przy r się są sobie swoje swoich ta tak także tam te tego tej ten to tu tych tym tymi ty u ul
        w wam was we wobec wraz z za ze że żeby zł św im rzecz ktory która które których którym którzy którą którego
        m.in the of and to a an for in on at is are i my me we you your it with from be can do does how or
        та і й в у на з із до для що як це є не від по за при або чи ми я ви він вона вони мене мені
        """
    ).split()
)
ASKS: frozenset[str] = frozenset(
    fold(
        """
        gdzie szukam szukać szukamy szuka poszukuję poszukujemy poszukuje potrzebuję potrzebujemy potrzebuje potrzebna
        potrzebny potrzebne chcę chcemy chciałbym chciałabym chce mogę możemy można może znaleźć znajdę kto ktoś kogo
        komu kiedy jaki jaka jakie który dostać uzyskać otrzymać zdobyć iść pójść proszę skąd dokąd skontaktować
        zgłosić załatwić ktokolwiek coś blisko niedaleko okolicy najbliższy
        robić robi
        muszę musi musimy trzeba należy powinienem powinnam wiem wiedzieć zrobić zrób potrzeba dużo bardzo trochę
        teraz dziś dzisiaj jutro pilnie szybko kogoś kimś komuś czegoś czymś
        mama mamę mamy mamą tata tatę taty tacie ojciec ojca ojcu ojcem
        mąż męża mężem żona żonę żony żoną syn syna synem synowi córka córkę
        córki córce córką wnuk wnuka wnuczka wnuczkę wnuczki teściowa teściową teść kolega koleżanka
        tato brat bratu bratem siostra siostrę siostrze dziewczyna chłopak dni dnia tydzień tygodnia tygodni
        miesiąc miesiąca miesięcy wczoraj zawsze nigdy ciągle wciąż cały cała całe całą całego
        każdy każda wszystko wszyscy nikt nic ludzie moim moją dwa dwie dwóch trzy
        trzech cztery raz jakiś tylko jeszcze potem znowu dostał dostała byli chciał
        chciała miał miała mogła mógł szukał szukała wiedział znalazł znalazła
        najbliższa adres adresu adresy kontakt kontakty numer numery telefonu telefony godziny otwarcia czynne dojazd
        address phone opening hours контакт контакти адреса телефони
        ulica ulicy ulicę święty święta świętego świętej
        where find need want looking look search get who when what which near please help some any there
        де знайти шукаю треба потрібно потрібна потрібен хочу можна хто коли які який яка поруч допоможіть
        """
    ).split()
)
#: What joins the words of a phrase; any other stop makes a sentence of a long query.
JOINS: frozenset[str] = frozenset(
    fold(
        """
        a albo bez dla do i im in lub na nad o od oraz po pod podczas poza przed przez przy r u w we wobec wraz z za ze
        zl św ul the of and to a an for in on at with from та і й в у на з із до для за при або чи
        """
    ).split()
)
#: Words of grammar of which two make a query English.
ENGLISH: frozenset[str] = frozenset(
    "the of and to an for in is are my me we you it with from can does how where find need want looking who get when"
    " what which help some any there help just our not have has no but".split()
)
HOW_MANY: frozenset[str] = frozenset(
    fold("ile ilu liczba liczby liczb liczbę statystyka statystyki statystyk procent odsetek many much").split()
)
WHERE: frozenset[str] = frozenset(
    fold("gdzie kto kogo komu skąd dokąd szukam szukamy potrzebuję potrzebujemy chcę chcemy where who де хто").split()
)
PLACES: dict[str, str] = {
    fold(form): short
    for short, forms in {
        "ul": "ul ulica ulicy ulicę",
        "os": "os osiedle osiedla osiedlu",
        "pl": "pl plac placu",
        "al": "al aleja aleje alei",
        "": "dzielnica dzielnicy dzielnicę gmina gminy gminie",
    }.items()
    for form in forms.split()
}
COUNTED: frozenset[str] = frozenset("lat lata lato rok roku nr art ust tys mln zl wieku klasa klasy godz".split())

"""`/druk/`: what can be printed, and the files themselves where Typst is installed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from spojnik.catalog import Dataset
from spojnik.output import Output
from spojnik.paper.press import can_print, printed
from spojnik.paper.sheets import Sheet, cards, common_sheets, edition, load_plan, sheets
from spojnik.web.pages import Press, page
from spojnik.web.views import Link

TONGUES = {"pl": "po polsku", "en": "po angielsku", "uk": "po ukraińsku"}


def printed_dataset(press: Press) -> Dataset | None:
    """The dataset whose records are printed; None where nothing can be printed."""
    plan = load_plan(press)
    return press.world.catalog.datasets[plan.dataset] if plan is not None and can_print() else None


def common_files(press: Press) -> Iterator[Output]:
    """The PDF files that tell of many records: booklet, large print, posters."""
    plan = load_plan(press)
    return _files(press, common_sheets(press, plan) if plan is not None else ())


def card_files(press: Press, keys: Sequence[str]) -> Iterator[Output]:
    """The PDF card of each of the records named."""
    plan = load_plan(press)
    return _files(press, cards(press, plan, keys) if plan is not None else ())


def _files(press: Press, found: Iterable[Sheet]) -> Iterator[Output]:
    for sheet in found:
        yield from printed(sheet, press.folder / "print", press.folder.parent / ".cache" / "print")


def _planned(press: Press) -> tuple[Sheet, ...]:
    """Every sheet of a language; () where nothing can be printed."""
    plan = load_plan(press)
    return tuple(sheets(press, plan)) if plan is not None and can_print() else ()


def paper_page(press: Press, spoken: Sequence[Press]) -> Output:
    """The page that lists what is printed in all languages, in their order."""
    found = [(each.locale, _planned(each)) for each in spoken]
    found_sheets = tuple(
        (
            locale,
            press.say(TONGUES.get(locale, locale)),
            tuple(_links(press, each) for each in made if each.kind in ("booklet", "large")),
            tuple(Link(each.title, f"druk/{each.stem}.pdf") for each in made if each.kind == "poster"),
            tuple(
                Link(str(each.data["groups"][0]["entries"][0]["name"]), f"druk/{each.stem}.pdf")
                for each in made
                if each.kind == "card"
            ),
        )
        for locale, made in found
        if made
    )
    context = {"printouts": found_sheets, "edition": edition(press)[0]}
    return page(
        press,
        "paper.html",
        "druk/",
        press.say("Do druku"),
        context,
        crumbs=(Link(press.world.site.name, press.prefix),),
    )


def _links(press: Press, sheet: Sheet) -> tuple[Link, ...]:
    plain = Link(
        sheet.title,
        f"druk/{sheet.stem}.pdf",
        note=press.say(
            "kartki A6 po kolei, też dla czytników ekranu" if sheet.kind == "booklet" else "A4, duże litery"
        ),
    )
    if sheet.kind != "booklet":
        return (plain,)
    return plain, Link(
        sheet.title,
        f"druk/{sheet.stem}-a4.pdf",
        note=press.say("do druku dwustronnego na A4: przetnij w poprzek, włóż jedne kartki w drugie i zszyj"),
    )

"""Who announces: the body named above the labels, usually in capitals."""

import re

_ISSUER = re.compile(
    r"^(?P<funder>(?:prezydent miasta|dyrektor|zarząd (?:województwa|powiatu)|wojewoda|burmistrz|wójt gminy|starosta"
    r"|minister|marszałek województwa)\b[^,:\n]{3,110}?)"
    r"(?=\s*(?:[,:\n]|$|\bogłasz\w+|\bdziałając|\bna podstawie|\bzaprasza|\boraz\b|\bna realizację))", re.I | re.M)
_WRAPPED = re.compile(r"\n(?=[A-ZŁŚŻŹĆÓĄĘŃ ]+(?:\n|$))(?!ORAZ|OGŁ|OTW|NAB)(.+)")
_SMALL = {"w", "we", "i", "oraz", "do", "na", "ds.", "z"}


def issuer_of(top: str) -> str:
    """The announcing body in ordinary letters ("Prezydent Miasta Krakowa"), or "" where no line names one.

    A name in capitals may wrap ("… SPOŁECZNEJ" / "W KRAKOWIE"); the line below it joins only in capitals too.
    """
    found = _ISSUER.search(top)
    if not found:
        return ""
    name = found["funder"]
    if not name.isupper():
        return name
    wrapped = _WRAPPED.match(top, found.end())
    words = f"{name} {wrapped[1] if wrapped else ''}".split()
    return " ".join(word.lower() if word.lower() in _SMALL else word.title() for word in words)

"""Word families: lemmas that share a root ("bezdomny" and "bezdomność", "wolontariusz" and "wolontariat").

A root is a prefix of the folded lemma, so the index stores one byte for it: the length. Rules of Polish word
formation, longest ending first; a root shorter than five letters holds too many strangers together ("fundacja" and
"fundusz"), except where only a vowel goes.
"""

from __future__ import annotations

from functools import lru_cache

_ENDINGS = sorted(
    """
    nosc osc liwosc owosc alnosc ny na ne ni nie niczy nictwo nik niczka nica owy owa owe owiec owka alny alnia ialny
    ski cki icki ecki ska cka skie ckie czy cza czyni awca awczy awczyni awstwo zca wca stwo ctwo arz arka arstwo iarz usz uszka at acki aryjny yjny
    ik yk izm yzm ista ysta istka ystka istyczny ystyczny iczny yczny iczy iczka yka ika iec anka anin ianin
    ia euta eutka eutyczny ja acja acyjny ator atorka atorski ant antka yjny jum jny owac owanie owany ac anie any aniowy
    ic enie ony ienie iony eniowy ieniowy ionka ielstwo ielski iel iela elski ka ko ek kowy ak ota otny ie iecy inski
    un unka unczy izacja yzacja izowac yzowac izacyjny ium um iarka nictwo iciel icielka icielstwo icielski
    ujacy ujac ys iony iona
    """.split(),
    key=lambda ending: (-len(ending), ending),
)
# Same letters, different things: training is no school, a local community is no premises, a resident is no flat.
_APART = ("szkolen", "szkolic", "lokaln", "mieszkanc", "mieszkaniec", "swiatlo", "miejscow", "prawdziw")


@lru_cache(maxsize=200_000)
def root_length(lemma: str) -> int:
    """Length of the family root of a folded lemma; 0 where the word is too short or a number to have a family."""
    if len(lemma) < 4 or not lemma.isalpha() or lemma.startswith(_APART):
        return 0
    for ending in _ENDINGS:
        if lemma.endswith(ending) and len(lemma) - len(ending.lstrip("zw")) >= 5:
            return _hard(lemma[: len(lemma) - len(ending.lstrip("zw"))])
    if lemma[-1] in "aeiouy":
        return len(lemma) - 1 if len(lemma) >= 5 else 0
    return len(lemma)


def _hard(root: str) -> int:
    """Length without the i that only softens: "żywność" and "żywnościowy"."""
    return len(root) - 1 if root.endswith("i") and len(root) > 5 else len(root)

"""Word families: lemmas that share a root ("bezdomny" and "bezdomność", "wolontariusz" and "wolontariat").

A root is a prefix of the folded lemma, so the index stores one byte for it: the length. Rules of Polish word
formation, the longest ending first; a root shorter than five letters holds too many strangers together ("fundacja" and
"fundusz"), except where only a vowel goes.
"""

from __future__ import annotations

# "ar|z" goes only where "ar" stays.
_RULES = """
    nosc osc liwosc owosc alnosc ny nie niczy nictwo nik niczka nica owy owiec owka alny alnia ialny
    ski cki icki ecki ice czy czyni awca awczy awczyni awstwo zaw|ca z|ca w|ca r|ca czosc stwo ctwo ar|z arz arka
    arski arstwo iarz usz uszka at acki aryjny yjny ik yk izm yzm ista ysta istka ystka istyczny ystyczny iczny yczny
    iczy iczka yka ika iec anka anin ianin ia euta eutka eutyczny ja acja acyjny ator atorka atorski ant antka jum jny
    owac owanie owany ac anie any aniowy ic enie ony ienie iony eniowy ieniowy ionka ielstwo ielski iel iela nt ntka
    ncki ka ko isko iskowy ek kowy ak ota otny ocie ie iecy un unka unczy izacja yzacja izowac yzowac izacyjny ium um
    iarka iciel icielka icielstwo icielski ujacy ys iona zysta zystka
    mi|towac mi|sja mi|syjny ku|sja ku|towac ku|syjny kr|ata kr|atka kr|atyczny
    """
# Endings that leave four letters and are long enough to tell: "muzeum" and "muzealny".
_TELLING = {"eum": 2, "ealny": 4, "ealnictwo": 8}  # letters that go
_ENDINGS = {rule.replace("|", ""): len(rule.rpartition("|")[2]) for rule in _RULES.split()}
_LONGEST = max(map(len, _ENDINGS))
# Same letters, different things: training is no school, a local community is no premises, a resident is no flat; a post
# at work is no "to make up". They are families of their own, or none (0).
_APART = {
    "szkolen": 7,
    "lokaln": 6,
    "stanowisk": 9,
    "mieszkanc": 0,
    "mieszkaniec": 0,
    "swiatlo": 0,
    "miejscow": 0,
    "prawdziw": 0,
    "rzeczni": 0,
}
# Families that no ending shows.
_TOGETHER = {
    "muzyka": 4,
    "muzyk": 4,
    "muzyczny": 4,
    "medyk": 4,
    "medycyna": 4,
    "medyczny": 4,
    "lekarz": 5,
    "lekarka": 5,
    "migracja": 4,
    "migracyjny": 4,
    "migrant": 4,
    "migrantka": 4,
    "glod": 4,
    "glodny": 4,
    "glodowac": 4,
    "glodowka": 4,
    "sasiad": 4,
    "sasiadka": 4,
    "sasiedzki": 4,
    "sasiedztwo": 4,
    "chory": 4,
    "chorowac": 4,
}


def root_length(lemma: str) -> int:
    """Length of the family root of a folded lemma; 0 where the word is too short or a number to have a family."""
    if len(lemma) < 4 or not lemma.isalpha():
        return 0
    for beginning, length in _APART.items():
        if lemma.startswith(beginning):
            return length
    if lemma in _TOGETHER:
        return _TOGETHER[lemma]
    for ending, cut in _TELLING.items():
        if lemma.endswith(ending) and len(lemma) - cut == 4:
            return 4
    for length in range(_LONGEST, 0, -1):
        cut = _ENDINGS.get(lemma[-length:], len(lemma))
        if len(lemma) - cut >= 5:
            return _hard(lemma[: len(lemma) - cut])
    if lemma[-1] in "aeiouy":
        return len(lemma) - 1 if len(lemma) >= 5 else 0
    return len(lemma)


def _hard(root: str) -> int:
    """Length without the i that only softens: "żywność" and "żywnościowy"."""
    return len(root) - 1 if root.endswith("i") and len(root) > 5 else len(root)

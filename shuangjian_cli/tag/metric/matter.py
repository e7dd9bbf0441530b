"""The matter of a sentence: what it reports or plans, without what it only names.

Spaces stand for what is left out: frames (记者从…获悉), grounds, purposes and effects (依据…，
为提高…，让…), lists of topics (招生、收费等环节), the names of bodies (教育督导委员会) and the
wholes of shares (占在校生总数). What stands inside 《》 is left out too: 《…》 becomes 文件, so that
印发《…通知》 speaks of a document. Offsets stay as they are.
"""

from __future__ import annotations

from functools import cache
from re import Match, Pattern

from ...data import load
from ...patterns import CLAUSE_STOPS, either, regex
from ..words import Lexicon

_DOCUMENT = "文件"
_TITLE = regex("《[^《》]+(?:《[^《》]*》[^《》]*)*》")
_BODY_REACH = 8
"""How many characters before the end of a body's name can belong to it."""


def matter(sentence: str, lexicon: Lexicon) -> str:
    """The matter of a folded sentence; `lexicon` holds the words that could be taken for it."""
    sentence = _TITLE.sub(lambda title: _DOCUMENT.ljust(len(title[0])), sentence)
    left_out, body_ends = _patterns()
    sentence = left_out.sub(_spaces, sentence)
    for end in body_ends.finditer(sentence):
        if size := _body(sentence, end, lexicon):
            start = end.start() - size
            sentence = sentence[:start] + " " * (end.end() - start) + sentence[end.end() :]
    return sentence


def _body(sentence: str, end: Match[str], lexicon: Lexicon) -> int:
    """How long the words of the lexicon are that stand before the end of a body's name; 0 where
    that end belongs to a word itself (家长委员会)."""
    before = sentence[max(0, end.start() - _BODY_REACH) : end.start()]
    whole = before + end[0]
    if any(at == len(whole) for at in lexicon.find(whole).values()):
        return 0
    return max((len(w) for w, at in lexicon.find(before).items() if at == len(before)), default=0)


def _spaces(found: Match[str]) -> str:
    return " " * len(found[0])


@cache
def _patterns() -> tuple[Pattern[str], Pattern[str]]:
    """What is left out, and the ends of the names of bodies."""
    words = load(__file__)
    said, ground, purpose, more, effect = (
        either(words["frame"][key].split())
        for key in ("said", "ground", "purpose", "more", "effect")
    )
    inside = f"[^{CLAUSE_STOPS}]*"
    opening = f"(?:^|(?<=[{CLAUSE_STOPS}]))"
    return (
        regex(
            f"{opening}{inside}(?:{said}){inside}"
            f"|{opening}(?:{ground}){inside}，"
            f"|{opening}(?:为|以)(?:{more})?(?:{purpose}){inside}，"
            f"|{opening}(?:{effect}){inside}"
            rf"|(?<![^的对从绕定{CLAUSE_STOPS}])[^的对从绕定{CLAUSE_STOPS}]*、{inside}?"
            f"等[^、{CLAUSE_STOPS}]{{0,6}}(?:{either(words['list']['topics'].split())})"
            "|(?<=..)占(?![比地用有])[^，。；、的0-9一二三四五六七八九]*(?:的(?![0-9]))?"
        ),
        regex(either(words["body"]["ends"].split())),
    )

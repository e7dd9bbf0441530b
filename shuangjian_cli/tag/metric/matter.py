"""The matter of a sentence: what it reports or plans, without what it only names.

Spaces stand for what is left out: frames (记者从…获悉), grounds, purposes and effects (依据…，
为提高…，让…), lists of topics (招生、收费等环节), the names of bodies (教育督导委员会) and the
wholes of shares (占在校生总数). What stands inside 《》 is left out too: 《…》 becomes 文件, so that
印发《…通知》 speaks of a document. Offsets stay as they are.
"""

from functools import cache
from re import Match, Pattern
from typing import NamedTuple

from ...data import load
from ...patterns import CLAUSE_STOPS, either, regex, worded
from ..words import Lexicon

_DOCUMENT = "文件"
_TITLE = regex("《[^《》]+(?:《[^《》]*》[^《》]*)*》")
_BODY_REACH = 12
"""How many characters before the end of a body's name can belong to it."""


def matter(sentence: str, lexicon: Lexicon) -> str:
    """The matter of a folded sentence; `lexicon` holds the words that could be taken for it."""
    sentence = _TITLE.sub(lambda title: _DOCUMENT.ljust(len(title[0])), sentence)
    words = _patterns()
    sentence = words.left_out.sub(_spaces, sentence)
    for name in words.body.finditer(sentence):
        start = _body(sentence, name, lexicon)
        if start is not None and not words.founded.search(sentence, 0, name.start()):
            sentence = sentence[:start] + " " * (name.end() - start) + sentence[name.end() :]
    return sentence


def _body(sentence: str, name: Match[str], lexicon: Lexicon) -> int | None:
    """Where a body's name begins, of which `name` is the end: with the first of the words of the
    lexicon and of what bodies do that reach to it (学生资助|管理|中心); None where the lexicon has none,
    and where that end belongs to a word itself (家长委员会, 班主任)."""
    begin = max(0, name.start() - _BODY_REACH)
    if name["post"] is None:
        whole, size = lexicon.find(sentence[begin : name.end()]), len(name[0])
        if any(at == name.end() - begin and len(word) > size for word, at in whole.items()):
            return None
    before = sentence[begin : name.start()]
    found = lexicon.find(before)
    into, start = len(before), -1
    while into != start:
        start = into
        does = _patterns().does.search(before, 0, into)
        into = min(
            does.start() if does else into,
            *(at - len(word) for word, at in found.items() if at - len(word) < into <= at),
            into,
        )
    return begin + start if any(at > start for at in found.values()) else None


def _spaces(found: Match[str]) -> str:
    return " " * len(found[0])


class _Patterns(NamedTuple):
    """What is left out, the end of a body's name, what stands before that, and what founds a body."""

    left_out: Pattern[str]
    body: Pattern[str]
    does: Pattern[str]
    founded: Pattern[str]


@cache
def _patterns() -> _Patterns:
    words = load(__file__)
    said, ground, aim, purpose, more, effect = (
        either(words["frame"][key].split())
        for key in ("said", "ground", "aim", "purpose", "more", "effect")
    )
    inside = f"[^{CLAUSE_STOPS}]*"
    opening = f"(?:^|(?<=[{CLAUSE_STOPS}]))"
    does, ends, unless, posts, founds = (
        either(words["body"][key].split()) for key in ("does", "ends", "unless", "posts", "founds")
    )
    return _Patterns(
        worded(
            f"{opening}{inside}(?:{said}){inside}"
            f"|{opening}(?:{ground})(?:(?!{aim})[^{CLAUSE_STOPS}])*，"
            f"|{opening}(?:为|以)(?:{more})?(?:{purpose}){inside}，"
            f"|{opening}(?:{effect}){inside}"
            f"|按照?[^{CLAUSE_STOPS}的按]{{1,12}}(?:{{reckoned.words}})的?"
            rf"|(?<![^的对从绕定{CLAUSE_STOPS}])[^的对从绕定{CLAUSE_STOPS}]*、{inside}?"
            f"等[^、{CLAUSE_STOPS}]{{0,6}}(?:{{list.topics}})"
            "|(?<=..)占(?![比地用有])[^，。；、的0-9一二三四五六七八九]*(?:的(?![0-9]))?",
            __file__,
        ),
        regex(f"(?:{ends})(?!{unless})(?P<post>{posts})?|{posts}"),
        regex(f"(?:{does})+$"),
        regex(f"(?:{founds})了?[^{CLAUSE_STOPS}]*$"),
    )

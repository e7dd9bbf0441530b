"""The words of `vocabulary.toml`, compiled once when first asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from shuangjian_cli.tag.period.words import either, vocabulary


def _cue(word: str, before: str = "", after: str = "") -> str:
    """A word whose first character is read already; `before` looks back over that one, too."""
    return rf"(?<={word[0]}){before}{re.escape(word[1:])}{after}"


def _back(kind: str, words: Iterable[str], head: str) -> str:
    """A look-behind for words that end before a head: `=` for one of them, `!` for none."""
    looks = [f"(?<{kind}{re.escape(word + head)})" for word in words]
    return "".join(looks) if kind == "!" else f"(?:{'|'.join(looks)})"


def _longest(cues: dict[str, str]) -> str:
    return "|".join(cues[word] for word in sorted(cues, key=lambda w: (-len(w), w)))


class Words:
    """Compiled patterns, named after the tables of the vocabulary."""

    def __init__(self) -> None:
        w = vocabulary(__file__)
        wish, demand, fact, rule = w["wish"], w["demand"], w["fact"], w["rule"]
        verb = (
            rf"(?={either(wish['verbs'])})"
            rf"(?![^，。；：！？]{{0,24}}(?:{either(wish['object_verbs'])}))"
        )
        must = demand["must"]
        not_must = rf"(?!{either(demand['not_after'])}|[\d一二三四五六七八九十百千])"
        not_fact = f"(?!{either(fact['not_after'])})"
        wishes = {word: _cue(word) for word in (*wish["words"], *demand["words"])}
        wishes |= {word: _cue(word, after=verb) for word in wish["before_verb"]}
        wishes |= {
            word: _cue(word, _back("=", wish["plan_after"], word[0]), verb) for word in wish["plan"]
        }
        future = wish["future"]
        still = (
            rf"(?!{either(wish['not_future'])}"
            rf"|[^，。；：！？]{{1,24}}(?:{either(wish['moved'], wish['object_verbs'])}))"
        )
        wishes[future] = (
            f"(?:{wishes[future]}|{_cue(future, f'(?<![，。；：！？、{future}]{future})', still)})"
        )
        wishes |= {word: _cue(word, after="(?!了)") for word in demand["ensure"]}
        wishes[must] = _cue(must, _back("!", demand["not_before"], must), not_must)
        wishes |= {
            word: _cue(
                word,
                _back("!", demand["verb_not_before"], word[0]),
                f"(?={either(demand['verb_after'])})",
            )
            for word in demand["verb"]
        }
        facts = {word: _cue(word, after=not_fact) for word in fact["words"]}
        facts |= {word: _cue(word) for word in fact["done"]}
        # A set of first characters lets the search skip over all others.
        heads = "".join(sorted({word[0] for word in (*wishes, *facts)}))
        self.cue = re.compile(
            f"[{heads}](?:(?P<wish>{_longest(wishes)})|(?P<fact>{_longest(facts)}))"
        )
        self.weak = frozenset(wish["weak"])
        self.limit = re.compile(
            rf"(?:{either(rule['before'])})(?:[\d.,]+[^\d，。；：！？]{{1,8}}[、和])*"
            r"[^，。；：！？、]{0,6}$"
        )
        self.fitting = re.compile(rf"[^，。；：！？]{{0,4}}(?:{either(rule['after'])})")
        self.setting = re.compile(either(rule["setting"]))
        goal = w["goal"]
        self.goal = re.compile(
            rf"(?:左右|以上|以内|以下)?的(?:{either(goal['kinds'])})?(?:{either(goal['words'])})"
        )
        self.progress = re.compile(rf"(?:{either(goal['progress'])})$")
        self.ahead = re.compile(rf"(?:{either(w['ahead']['words'])})(?!一段)")
        self.plan = re.compile(either(w["plan_title"]["words"]))
        self.work = re.compile(either(w["plan_title"]["work"]))
        self.review = re.compile(either(w["review_title"]["words"]))
        self.plan_document = re.compile(either(w["plan_document"]["words"]))
        question = w["question"]
        self.speaker = re.compile(rf"[^：，。]{{0,24}}(?:{either(question['speakers'])})：")
        self.asked = re.compile(either(question["ahead"]))
        self.horizon = re.compile(r"到(20\d\d)年")
        self.quoted = re.compile(r"《[^》]{0,80}》|“[^”]{0,80}”")
        self.stop = re.compile("[，。；：！？]")


@cache
def words() -> Words:
    """The compiled vocabulary."""
    return Words()

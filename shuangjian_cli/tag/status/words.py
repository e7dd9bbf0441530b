"""The words of `vocabulary.toml`, compiled once when first asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from shuangjian_cli.tag.period.words import either, vocabulary


def _not_before(words: Iterable[str]) -> str:
    return "".join(f"(?<!{re.escape(w)})" for w in words)


def _after(words: Iterable[str]) -> str:
    return "(?:" + "|".join(f"(?<={re.escape(w)})" for w in words) + ")"


class Words:
    """Compiled patterns, named after the tables of the vocabulary."""

    def __init__(self) -> None:
        w = vocabulary(__file__)
        wish, demand, fact, rule = w["wish"], w["demand"], w["fact"], w["rule"]
        self.cue = re.compile(
            rf"(?P<wish>{either(wish['words'])}"
            rf"|(?:{either(wish['before_verb'])}"
            rf"|{_after(wish['plan_after'])}(?:{either(wish['plan'])}))"
            rf"(?=(?:{either(wish['verbs'])}))"
            rf"(?![^，。；：！？]{{0,24}}(?:{either(wish['object_verbs'])}))"
            rf"|(?:{either(demand['ensure'])})(?!了)"
            rf"|(?:{either(demand['words'])})"
            rf"|{_not_before(demand['not_before'])}{demand['must']}"
            rf"(?!{either(demand['not_after'])}|[\d一二三四五六七八九十百千]))"
            rf"|(?P<fact>(?:{either(fact['words'])})(?!{either(fact['not_after'])})"
            rf"|{either(fact['done'])})"
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
            rf"(?:左右|以上|以内|以下)?的[^，。；：！？、]{{0,4}}(?:{either(goal['words'])})"
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
        self.quoted = re.compile(r"《[^》]*》|“[^”]*”")
        self.stop = re.compile("[，。；：！？]")


@cache
def words() -> Words:
    """The compiled vocabulary."""
    return Words()

"""What the words of a figure say of it: metric, pillar, stage, groups and measure."""

import re
from collections.abc import Iterator
from functools import lru_cache

from shuangjian_cli.model import Document
from shuangjian_cli.patterns import regex, worded
from shuangjian_cli.tag.around import Around
from shuangjian_cli.tag.attributes import Match, groups_within, known_words, measure, stage_within
from shuangjian_cli.tag.metric import (
    MetricMatch,
    about_topic,
    document_topical,
    metric,
    metric_of_cell,
    metric_of_part,
    metric_of_sibling,
)
from shuangjian_cli.tag.pack import Rules
from shuangjian_cli.tag.pillar import PillarMatch, pillar
from shuangjian_cli.tag.words import Lexicon

_OFF_TOPIC = Match("attributes.no_groups")
_STRUCTURED = regex("[（《占]")
"""In words that hold one of these, what stands before the first known word may count."""
_GENERAL = worded(r"(?:每(?:{amounts.each})|{amounts.words})+", __file__)
"""An amount that does not say what it is for: 每生每年的补助."""
_AMONG_SO_MANY = regex(r"每(?:百|千|万|十万|\d+万?)(?:名|个)?(?:人口?|人口)(?:里|中)")
_SCHOOL = "校"
"""The one unit that says itself what is counted: 七校获评."""
_REMEMBERED = 4096
"""How many meanings are remembered; a table has as many as it has kinds of rows and columns."""


def _said(document: Document) -> Iterator[str]:
    """The sentences of the text itself, not of the page around."""
    text = document.folded.text
    for sentence in document.sentences:
        if sentence.kind in ("prose", "title", "table"):
            yield text[sentence.start : sentence.end]


class Meaning:
    """What the words of a figure say of it, each with the rule and words that said it."""

    __slots__ = (
        "by_groups",
        "by_measure",
        "by_stage",
        "groups",
        "measure",
        "metric",
        "pillar",
        "stage",
    )

    def __init__(
        self,
        metric: MetricMatch,
        pillar: PillarMatch,
        stage: str | None,
        by_stage: Match,
        groups: tuple[str, ...],
        by_groups: Match,
        measure: str | None,
        by_measure: Match,
    ) -> None:
        self.metric = metric
        self.pillar = pillar
        self.stage = stage
        self.by_stage = by_stage
        self.groups = groups
        self.by_groups = by_groups
        self.measure = measure
        self.by_measure = by_measure


@lru_cache(maxsize=8)
def _known(rules: Rules) -> tuple[Lexicon, re.Pattern[str]]:
    """All words that any rule knows, those of one character apart."""
    words = {*rules.lexicon, *rules.topic_lexicon, *known_words()}
    single = {word for word in words if len(word) == 1}
    return Lexicon(words - single), regex(f"[{re.escape(''.join(sorted(single)))}]")


def _unknown(rules: Rules, subject: str) -> int:
    """How many characters of a subject stand before the first word that any rule knows."""
    words, single = _known(rules)
    first = words.first(subject)
    alone = single.search(subject, 0, first)
    return alone.start() if alone else first


def telling(rules: Rules, name: str, named: int) -> str:
    """What may say something in the name of a table's row, whose first characters are its own."""
    return name if _STRUCTURED.search(name) else name[_unknown(rules, name[:named]) :]


def share(words: str) -> bool:
    """Whether the cells of a column with these words mean the same in all rows whose names tell the
    same."""
    return _STRUCTURED.search(words) is None


_RECRUITS = worded("{amounts.recruits}", __file__)
"""In the title of a text whose teachers are those to be taken on."""


class Meanings:
    """The meanings of one document's figures."""

    def __init__(self, document: Document, rules: Rules, *, explain: bool) -> None:
        title = document.info.title
        self._rules = rules
        self._explain = explain
        self._titles = (title,) if title else ()
        self._recruits = _RECRUITS.search(title) if title else None
        self._wholes: dict[bool, tuple[tuple[int, int], MetricMatch]] = {}
        """The paragraph and the metric of the last amount of money (True), and of the last other
        figure, in prose that is no part."""
        self._new_whole: tuple[tuple[int, int], str | None, str | None] | None = None
        """The paragraph, unit and metric of the last figure that is no part, where it is of what is
        new: its parts are new, too."""
        self.topical = document_topical(rules, title, _said(document))
        self._before: tuple[int, int, MetricMatch] | None = None
        """Where the sentence of the last figure in prose begins and ends, and that one's metric."""
        self._each = -1, -9, False
        """Where the last sentence begins, where it ends if it goes on behind ；, and whether it counts
        among so many people."""
        self._level: tuple[str, tuple[str | None, Match]] = "", (None, _OFF_TOPIC)
        """The subject of the last level, and its measure: that of what moved, too."""
        self._named = "", 0
        """The words of the last row's name, and how many characters of it say nothing."""
        self._cells: dict[
            tuple[str, str, str, str | None, str, str | None, str | None], Meaning
        ] = {}

    def of(
        self,
        around: Around,
        *,
        subject: str,
        clause: str,
        said: str,
        unit: str | None,
        role: str,
        at: int | None = None,
        lead: str = "",
        is_part: bool = False,
        about: str = "",
        part_of: str = "",
        head: str = "",
    ) -> Meaning:
        """The meaning of a figure of these words: its subject, the clause and sentence that it
        stands in, where in that it stands (None for a cell), and what stands right before the
        subject; `is_part` of the figure before it; `about` is what its table is about, `part_of` what its cell
        is a part of, `head` the school type with which its item opens."""
        rules = self._rules
        if unit == _SCHOOL:
            subject = f"{subject}学校"
        topical = about_topic(
            rules,
            subject=f"{part_of}{subject}",
            clause=clause,
            sentence=said,
            titles=around.titles,
            document_is_topical=self.topical,
        )
        asked = around.asked if topical else ""
        by_metric = metric(
            rules,
            subject=subject,
            unit=unit,
            role=role,
            clause=clause,
            sentence=f"{asked}{said}" if asked else said,
            topical=topical,
            titles=self._titles,
            explain=self._explain,
        )
        paragraph = around.sentence.paragraph
        money = unit is not None and unit.endswith("元")
        general = money and _GENERAL.fullmatch(subject) is not None
        whole = self._wholes.get(money)
        if (
            (is_part or general)
            and unit is not None
            and whole is not None
            and whole[0] == paragraph
        ):
            own = by_metric._replace(metric=None) if general else by_metric
            taken = metric_of_part(own, whole[1], unit)
            by_metric = taken if taken is not own else by_metric
        if about:
            amount = unit if unit is not None and unit.startswith("元") else None
            of_title = self._of_title(about, amount, topical=topical)
            by_metric = metric_of_cell(by_metric, of_title, subject, unit)
        if part_of and by_metric.metric is None:
            by_metric = self._of_title(part_of, None, topical=topical)
        if topical and not about:
            by_metric = self._of_sibling(around, by_metric, unit)
        if not is_part:
            self._wholes[money] = paragraph, by_metric
        # What a table of fees is called says nothing of what they are for.
        is_fee = bool(about) and by_metric.metric is None and (unit or "").startswith("元")
        by_pillar = pillar(
            rules,
            metric=by_metric.metric,
            subject="" if is_fee else subject,
            clause="" if is_fee else clause,
            sentence="" if is_fee else said,
            section_titles=around.numbered() if topical else (),
            run_in_title=around.run_in,
            topical=topical,
            document_is_topical=self.topical,
            explain=self._explain,
        )
        each = self._is_for_each(around) or (about and _AMONG_SO_MANY.search(about))
        by_measure = measure(subject, unit, role, by_metric.metric, lead)
        if each and unit == "人" and role == "level" and by_measure[0] == "total":
            by_measure = "per_unit", Match("attributes.per_unit")
        if self._recruits and by_metric.metric == "teachers" and by_measure[0] == "total":
            by_measure = "new", Match("attributes.new", (self._recruits.group(),))
        told = paragraph, unit, by_metric.metric
        if not is_part:
            self._new_whole = told if by_measure[0] == "new" else None
        elif by_measure[0] == "total" and told == self._new_whole:
            by_measure = "new", Match("attributes.new_whole")
        if role == "level":
            self._level = subject, by_measure
        elif (
            role == "change"
            and unit != "位"
            and subject == self._level[0]
            and self._level[1][0] == "share"
        ):
            by_measure = self._level[1]
        item = before = ""
        if at is not None:
            item, before = around.item(at), around.before(at) if topical else ""
        return Meaning(
            by_metric,
            by_pillar,
            *stage_within(subject, item, before, head if topical else ""),
            *(groups_within(subject, head) if topical else ((), _OFF_TOPIC)),
            *by_measure,
        )

    def _of_sibling(self, around: Around, own: MetricMatch, unit: str | None) -> MetricMatch:
        """A figure's metric, or that of the one before it in its sentence, or behind a ； of it."""
        start, end = around.sentence[:2]
        before, found = self._before, own
        if own.metric is None and own.rule == "metric.none" and before is not None:
            goes_on = before[1] == start and around.follows_on
            if before[0] == start or goes_on:
                found = metric_of_sibling(own, before[2], self._rules.families(unit))
        self._before = start, end, found
        return found

    def _is_for_each(self, around: Around) -> bool:
        """Whether a sentence, or the ones that it goes on from behind ；, tell how many there are among
        so many people: 每10万人中大学文化程度8900人；高中1.4万人."""
        sentence, said = around.sentence, around.words
        if sentence.start != self._each[0]:
            _, end, holds = self._each
            goes_on = holds and 0 <= sentence.start - end <= 1
            holds = goes_on or _AMONG_SO_MANY.search(said) is not None
            goes_on = said.endswith("；")
            self._each = sentence.start, sentence.end if goes_on else -9, holds
        return self._each[2]

    def of_cell(
        self,
        around: Around,
        *,
        subject: str,
        named: int,
        about: str,
        whole: str,
        unit: str | None,
        role: str,
    ) -> Meaning:
        """The meaning of a table's cell, whose subject begins with `named` characters of its row's
        name; `about` is what the table is about, `whole` what the cell is a part of.

        Of these characters those before the first word that any rule knows say nothing, so that
        rows with unknown names (of schools, of villages) share their meanings.
        """
        if named and not _STRUCTURED.search(subject):
            words = subject[:named]
            if words != self._named[0]:  # the cells of a row begin alike
                self._named = words, _unknown(self._rules, words)
            subject = subject[self._named[1] :]
        key = (subject, about, whole, unit, role, around.section, around.run_in)
        found = self._cells.get(key)
        if found is None:
            if len(self._cells) >= _REMEMBERED:
                self._cells.clear()
            found = self._cells[key] = self.of(
                around,
                subject=subject,
                clause=subject,
                said=f"{about}，{subject}",
                unit=unit,
                role=role,
                about=about,
                part_of=whole,
            )
        return found

    def _of_title(self, title: str, amount: str | None, *, topical: bool) -> MetricMatch:
        """The metric that a table's title names, as the whole of its cells; one that has amounts of money
        where they are such: none of 成绩 in a table of 中考费."""
        return metric(
            self._rules,
            subject=title,
            unit=amount,
            role="level",
            clause=title,
            sentence=title,
            topical=topical,
        )

"""The places that a document names, and which of several places of one name is meant."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from shuangjian_cli.data import entries
from shuangjian_cli.model import Area, Decision, Document, Sentence
from shuangjian_cli.patterns import CHINESE, regex, worded
from shuangjian_cli.structure.lines import AFFILIATION, MARKED_MOST, leads_off
from shuangjian_cli.tag import place
from shuangjian_cli.tag.area.mention import (
    BODY,
    NATION,
    PART,
    SUBJECT,
    Mention,
    areas_of,
    depth,
    inside,
    read,
)
from shuangjian_cli.tag.area.words import patterns
from shuangjian_cli.tag.place import Gazetteer

_HEADED = regex(rf"({CHINESE}{{2,4}})：\s*\S")
_REPORT = worded("《[^《》]{4,80}(?:{document.reports})》", __file__)
"""A document that tells how things are."""
_NEIGHBOURS = entries(__file__, "document", "neighbours")
"""How a line begins that leads to the text before or after."""
_KEPT = 4096
"""How many sentences' names are remembered."""
BODY_MOST = 6000
"""How many characters of prose are asked for names and levels."""


# One for all sentences without a place, which are most of a long text.
_NO_PLACES: list[place.Mention] = []
_NO_MENTIONS: list[Mention] = []


class Governing(NamedTuple):
    """A place that governs, and the words that say so."""

    area: Area | None
    decision: Decision


class Names:
    """The places that a document mentions, read once a sentence."""

    def __init__(self, document: Document, gazetteer: Gazetteer) -> None:
        self.document = document
        self.gazetteer = gazetteer
        self.within: Area | None = None
        self._short: dict[str, Area] = {}
        # By where sentences stand; a cell of sentences may begin where its row does.
        self._places: dict[tuple[int, int], list[place.Mention]] = {}
        self._read: dict[tuple[int, int], list[Mention]] = {}
        self._ambiguous: set[tuple[int, int]] = set()  # what names one of several places
        self.links = _links(document)
        self._shares: bool | None = None

    def of(self, sentence: Sentence) -> list[Mention]:
        """The mentions of a sentence."""
        span = sentence[:2]
        known = self._read.get(span)
        if known is None:
            if len(self._read) >= _KEPT:  # asked for in order: the first are done with
                self._read.clear()
                self._places.clear()
            text, places = self.document.folded.text, self._found(span)
            known = self._read[span] = read(text, *span, places, self._short) or _NO_MENTIONS
        return known

    def _found(self, span: tuple[int, int]) -> list[place.Mention]:
        """The places that the gazetteer finds in a sentence."""
        found = self._places.get(span)
        if found is None:
            found = self.gazetteer.find(self.document.folded.text, *span, self.within) or _NO_PLACES
            self._places[span] = found
            if found and any(each.area is None for each in found):
                self._ambiguous.add(span)
        return found

    @property
    def short(self) -> Mapping[str, Area]:
        """The names without their kind that stand for places the document names in full."""
        return self._short

    def hint(self) -> Area | None:
        """The place that tells names of several places apart: the one city or province that holds
        such a place and is named in any part of the text (龙华区 beside 深圳外国语学校)."""
        text, gazetteer = self.document.folded.text[:BODY_MOST], self.gazetteer
        held: set[Area] = set()
        for m in gazetteer.find(text):
            if m.area is not None:
                continue
            for candidate in gazetteer.candidates(text[m.start : m.end]):
                for holder in gazetteer.chain(candidate)[-2:-1]:
                    stem = gazetteer.shortened(holder.name or "")
                    if len(stem) > 1 and stem in text:
                        held.add(holder)
        return held.pop() if len(held) == 1 else None

    def settle(self, within: Area | None) -> None:
        """Read anew in the light of the document: `within` governs, by which names of several
        places are told apart, and a place named in full is known by its short name too (平江县,
        then 平江)."""
        changed = within != self.within
        self.within = within
        before = self._short.copy()
        for area in self.areas("city", "county"):
            short = self.gazetteer.shortened(area.name or "")
            if len(short) > 1:
                self._short[short] = area
        self._forget([name for name, area in self._short.items() if before.get(name) != area])
        if changed:
            for span in self._ambiguous:
                self._places.pop(span, None)
                self._read.pop(span, None)

    def areas(self, *levels: str) -> list[Area]:
        """The places of these levels that the text names, whatever they do there, in order."""
        text = self.document.folded.text
        found = filter(None, (self._found(each[:2]) for each in self._body()))
        named = dict.fromkeys(area for places in found for area in areas_of(text, places))
        return [area for area in named if area.level in levels]

    def _forget(self, short: list[str]) -> None:
        """Forget what was read of the sentences that hold one of these short names."""
        text = self.document.folded.text
        for span in [*self._read] if short else ():
            words = text[slice(*span)]
            for name in short:
                if name in words:
                    del self._read[span]
                    break

    def shares_name(self) -> bool:
        """Whether the text has a name of several places that nothing tells apart."""
        if self._shares is None:
            text = self.document.folded.text[:BODY_MOST]
            self._shares = self.gazetteer.is_ambiguous(text)
        return self._shares

    def nation(self) -> Mention | None:
        """What speaks for the nation in a text that names no other place: 教育部 as a subject, a
        body of the nation in the first sentence (《国务院关于…的报告》), or 我国 anywhere."""
        text = self.document.folded.text
        named = None
        for sentence, m in self.all():
            if m.role == NATION:
                return m
            if named is not None or m.kind or sentence.kind != "prose":
                continue
            own = text[m.start : m.end] == "我国"  # 在我国农村, 高于我国平均
            if (own and m.role in ("mentioned", "compared")) or (
                m.role == "mentioned"
                and (text[m.start : m.end] == "全国" or _REPORT.match(text, m.start - 1))
            ):
                named = m
        return named

    def all(self) -> Iterator[tuple[Sentence, Mention]]:
        """All mentions, those of furniture and bylines included."""
        for sentence in self._body():
            for mention in self.of(sentence):
                yield sentence, mention

    def _body(self) -> Iterator[Sentence]:
        """The sentences that are asked for names and levels."""
        read_ = 0
        for sentence in self.document.sentences:
            if sentence.start >= self.links:
                return
            yield sentence
            read_ += sentence.end - sentence.start
            if read_ > BODY_MOST:
                return


def is_affiliation(text: str, sentence: Sentence) -> bool:
    """Whether a line tells where a writer works: （某某大学 教育学院，云南 昆明 650091）."""
    found = sentence.kind == "byline" and AFFILIATION.search(text, sentence.start, sentence.end)
    return bool(found)


def is_sent_from(text: str, sentence: Sentence, m: Mention) -> bool:
    """Whether a place is that of somebody who sent a text in: 作者：某省某市, 由某市网友投稿."""
    p, end = patterns(), sentence.end
    if p.contributor.match(text, m.end, end):
        return True
    alone = p.alone.match(text, m.end, end)
    return alone is not None and p.writer.search(text, sentence.start, m.start) is not None


def is_held(names: Names, lead: Area) -> Mention | None:
    """The city that opens clauses more often than the county of it that comes first: 广州天河区…。广州
    今年…。广州市教育局…."""
    opening = [
        m for sentence, m in names.all() if sentence.kind == "prose" and m.role in (SUBJECT, BODY)
    ]
    holders = [m for m in opening if m.area and m.area.level == "city" and inside(lead, m.area)]
    return holders[0] if len(holders) > sum(m.area == lead for m in opening) else None


def is_one_of_many(names: Names, lead: Area) -> bool:
    """Whether other places of the level open clauses as often as the one that opens the text, or
    places of other provinces sentences (北京市教委发现…。浙江省甲市执法人员发现…。湖南省乙市教育局…)."""
    opening: Counter[Area] = Counter()
    provinces: Counter[str | None] = Counter()
    for sentence, m in names.all():
        if sentence.kind != "prose" or m.area is None or m.area.level == "national":
            continue
        if m.start == sentence.start and m.role in (SUBJECT, BODY):
            provinces[m.area.province] += 1
        if m.role in (SUBJECT, PART) and m.start - m.clause <= 2 and m.area.level == lead.level:
            opening[m.area] += 1
    if len(provinces) > 2 and provinces[lead.province] * 2 <= provinces.total():
        return True
    return len(opening) > 2 and opening[lead] * 2 <= opening.total()


def _links(document: Document) -> int:
    """Where the headlines of other texts begin below a text: 相关新闻, 上一篇：…; its end where there are
    none."""
    text, told = document.folded.text, False
    for sentence in document.sentences:
        if not told:
            told = sentence.kind in ("prose", "table")
            continue
        start, end = sentence[:2]
        brief = end - start <= MARKED_MOST and leads_off(text[start:end])
        if brief or text.startswith(_NEIGHBOURS, start, end):
            return start
    return len(text)


def of_headline(gazetteer: Gazetteer, title: str) -> Area | None:
    """The place that a headline puts before its colon without its kind, also where that is an everyday
    word: 天门：镇中心幼儿园开工."""
    head = _HEADED.match(title)
    if head is None:
        return None
    kinds = "市县区旗"
    found = [area for kind in kinds for area in gazetteer.candidates(head[1] + kind) if area.code]
    return found[0] if len(found) == 1 else None


def common(gazetteer: Gazetteer, areas: Iterable[Area]) -> Area | None:
    """The innermost place that holds all of these or is one of them."""
    chains = [gazetteer.chain(area) for area in areas]
    shared: Area | None = None
    for together in zip(*chains, strict=False):
        if len(set(together)) > 1:
            break
        shared = together[0]
    longest = max(chains, key=len)
    if all(chain == longest[: len(chain)] for chain in chains):
        return longest[-1]
    return shared


def only(gazetteer: Gazetteer, words: str) -> Area | None:
    """The innermost of the places that words name, where they are of one province."""
    found = [m.area for m in gazetteer.find(words) if m.area and m.area.level != "national"]
    if len({area.province for area in found}) != 1:
        return None
    return max(found, key=depth)

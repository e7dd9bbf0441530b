"""Which area governs a sentence: a title around it, a byline, a body that signs, the document's own.

A place that is merely named (与重庆市结对, 在广西考察) governs nothing: titles and bylines speak
with the place at their head, prose only where a document of several areas turns to the next one.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from functools import cache
from pathlib import PurePath
from typing import NamedTuple

from shuangjian_cli.data import load
from shuangjian_cli.model import Area, Decision, Document, Section, Sentence
from shuangjian_cli.patterns import either, regex
from shuangjian_cli.tag.place import Gazetteer, Mention

_BODY = 4000
"""How many characters of the body are asked which province they name most."""
_SUBTITLE = 60
"""How long a line of prose may be that still belongs to the head."""


_GAP = 2
"""How many characters may stand before the place that a text begins with."""
_NEAR = 4
"""How many subjects back are asked for the one that still speaks."""
_AGAIN = 400
"""How far ahead the whole is looked for that takes the word again."""


class _Anchor(NamedTuple):
    """An area that governs [start, stop), and the words that say so."""

    start: int
    stop: int
    area: Area
    decision: Decision


def _start(anchor: _Anchor) -> int:
    return anchor.start


class _Words:
    """Patterns of the vocabulary."""

    def __init__(self) -> None:
        w = load(__file__)
        subject, national = w["subject"], w["national"]
        self.national = regex(
            rf"(?:{either(national['words'])})(?!{either(national['not_after'])})"
        )
        self.mentioned = regex(rf"(?:{either(w['mentioned']['before'])})$")
        self.reprint = regex(either(w["reprint"]["words"]))
        self.head = regex(
            rf"[，。；：！？“](?:{either(subject['before'])})?"
            rf"(?P<place>[\u4e00-\u9fff]{{1,9}}?(?:[省市县区州盟旗]|兵团|(?=一地|全[市县区])))"
        )
        self.after = regex(rf"(?:{either(subject['after'])})")
        self.not_after = regex(rf"(?:{either(subject['not_after'])})")
        self.stop = regex("[，；。！？]")
        self.again = regex(rf"(?:(?<=[，；：])|\A)(?:{either(subject['again'])})")
        self.where = regex(rf"(?:{either(w['where']['words'])})\s*：\s*\S+")
        self.title_end = regex(r"[：:丨|—\s]")
        self.marker = regex(r"[【（(\[“《]*(?:[^【】：，。]{1,8}】|案例[^：、 ]{1,3}[：、 ])?")


@cache
def _patterns() -> _Words:
    return _Words()


class Areas:
    """The governing areas of one document."""

    def __init__(self, document: Document, gazetteer: Gazetteer) -> None:
        self._document = document
        self._text = document.folded.text
        self._gazetteer = gazetteer
        self._provinces: set[str] = set()
        self._own, self._decision = self._of_document()
        turns = _in_turn(self._find_anchors())
        self._starts = [at for at, _ in turns]
        self._turns = [anchor for _, anchor in turns]
        # The sentence that was asked for last: it has most often several figures.
        self._asked: Sentence | None = None
        self._around: tuple[Area | None, Decision] = self._own, self._decision
        self._parts: list[_Anchor] = []

    def of(self, sentence: Sentence, start: int) -> tuple[Area | None, Decision]:
        """The area that a figure at `start` of the sentence is about, or None.

        A city or county that is the subject of the figure's clause goes before a governing area
        that holds it, so that its figure is not taken for the whole's.
        """
        if sentence is not self._asked:
            self._asked = sentence
            self._around = self._governing(sentence)
            is_read = sentence.kind in ("prose", "table")
            self._parts = self._subjects(sentence, self._around[0]) if is_read else []
        parts = self._parts
        if parts:
            here = bisect_right(parts, start, key=_start)
            for part in reversed(parts[max(0, here - _NEAR) : here]):
                if start < part.stop:
                    return part.area, part.decision
        return self._around

    # --- around the sentence -----------------------------------------------------------------

    def _governing(self, sentence: Sentence) -> tuple[Area | None, Decision]:
        anchor = self._turns[bisect_right(self._starts, sentence.start) - 1]
        return (anchor.area, anchor.decision) if anchor else (self._own, self._decision)

    def _find_anchors(self) -> list[_Anchor]:
        """The titles, bylines and openings that name the area of what follows, in order."""
        document, text = self._document, self._text
        if document.metadata.province is not None:
            return []
        out: list[_Anchor] = []
        title = document.title or (0, 0)
        for section in document.sections:
            if title[0] <= section.title_start < title[1]:
                continue
            found = self._heading(section)
            if found:
                out.append(found)
        several = len(self._provinces) > 1
        turns = several or self._own is None or self._own.level == "national"
        end = len(text)
        paragraph: tuple[int, int] | None = None
        for sentence in document.sentences:
            opens, paragraph = sentence.paragraph != paragraph, sentence.paragraph
            if sentence.kind != "byline" and not (
                opens and turns and sentence.kind in ("prose", "title")
            ):
                continue
            if sentence.start < title[1]:
                continue
            head = self._at_head(sentence.start, min(sentence.end, sentence.start + 24))
            if head is None:
                continue
            area, at = head
            if _patterns().not_after.match(text, at[1]):
                continue
            if sentence.kind == "byline":
                if self._admits(area):
                    decision = Decision("area.byline", *at)
                    out.append(_Anchor(sentence.start, end, area, decision))
            elif not several or area.province in self._provinces:
                stop = end if several else sentence.paragraph[1]
                out.append(_Anchor(sentence.start, stop, area, Decision("area.opening", *at)))
        out.sort(key=lambda a: (a.start, -a.stop))
        return out

    def _heading(self, section: Section) -> _Anchor | None:
        """A section whose title begins with a place: 陕西：…, 湖南省, 会宁县教育局."""
        found = self._at_head(section.title_start, section.title_end)
        if found is None:
            return None
        area, at = found
        alone = at[1] >= section.title_end or _patterns().title_end.match(self._text, at[1])
        if not self._admits(area) and not alone:
            return None
        return _Anchor(section.start, section.end, area, Decision("area.section", *at))

    def _admits(self, area: Area) -> bool:
        """Whether a title or byline may turn from the document's own area to this one."""
        own = self._own
        if own is None or own.level == "national":
            return not self._provinces or area.province in self._provinces or own is not None
        return area.province == own.province and area.level != "province"

    def _at_head(self, start: int, end: int) -> tuple[Area, tuple[int, int]] | None:
        """The place that a text begins with, the innermost of a chain (陕西省西安市…)."""
        head = _patterns().marker.match(self._text, start, end)
        begin = head.end() if head else start
        if not any(self._gazetteer.may_begin(self._text, begin + gap) for gap in range(_GAP + 1)):
            return None
        found: tuple[Area, tuple[int, int]] | None = None
        reach = begin
        for m in self._gazetteer.find(self._text[begin:end]):
            if begin + m.start > reach + (_GAP if found is None else 0):
                break
            reach = begin + m.end
            if m.area is not None and m.area.level != "national":
                found = m.area, (begin, reach)
        return found

    # --- in the sentence ---------------------------------------------------------------------

    def _subjects(self, sentence: Sentence, area: Area | None) -> list[_Anchor]:
        """Where the sentence takes a subject of its own inside the governing area: from its
        head on, or after 其中, until the whole speaks again; elsewhere in its own clause."""
        out: list[_Anchor] = []
        p = _patterns()
        text, base = f"，{self._text[sentence.start : sentence.end]}", sentence.start - 1
        for head in p.head.finditer(text):
            at = head.start("place")
            if not self._gazetteer.may_begin(text, at):
                continue
            place = text[at : head.end() + 8]
            found = self._gazetteer.find(place, 0, None, area)
            if not found or found[0].start or found[0].area is None:
                continue
            m = found[0]
            inner = m.area
            assert inner is not None
            rest = at + m.end
            whole = m.end > 2 and place[m.end - 1] in "省市县区州盟旗团"
            if not whole and not p.after.match(text, rest):
                continue
            if p.not_after.match(text, rest) or not _inside(inner, area):
                continue
            start = base + at
            why = Decision("area.subject", start, start + m.end)
            stop = p.again.search(text, rest, rest + _AGAIN)
            if head.start() and head.start() + 1 == at:
                stop = p.stop.search(text, rest)
            out.append(_Anchor(start, base + stop.start() if stop else sentence.end, inner, why))
        return out

    # --- the document ------------------------------------------------------------------------

    def _of_document(self) -> tuple[Area | None, Decision]:
        """The document's own area: known from outside, its title, its head, its text, its name."""
        document, text = self._document, self._text
        p = _patterns()
        known = document.metadata.province
        if known and (area := self._gazetteer.province(known)):
            return area, Decision("area.metadata")
        title = document.info.title or ""
        offset = document.title[0] if document.title else -1
        if document.title is None or text[slice(*document.title)] != title:
            offset = -1
        issuer = document.info.issuer or ""
        within = self._only(self._gazetteer.find(issuer))
        areas = [
            m
            for m in self._gazetteer.find(title, 0, None, within)
            if m.area is not None and m.area.level != "national"
        ]
        subjects = [m for m in areas if not p.mentioned.search(title, 0, m.start)] or areas
        self._provinces = {m.area.province for m in subjects if m.area is not None}
        if len(self._provinces) == 1:
            best = max(subjects, key=lambda m: _depth(m.area))
            assert best.area is not None
            at = (offset + best.start, offset + best.end) if offset >= 0 else (-1, -1)
            return best.area, Decision("area.title", *at)
        if self._provinces:
            return None, Decision("area.none")
        national = p.national.search(title)
        if national:
            nation = self._gazetteer.province("全国")
            at = (offset + national.start(), offset + national.end()) if offset >= 0 else (-1, -1)
            return nation, Decision("area.title", *at)
        if within is not None and not p.reprint.search(issuer):
            return within, Decision("area.issuer", *self._span(issuer))
        return self._of_head() or self._of_issuer(issuer, within) or self._of_body()

    def _of_head(self) -> tuple[Area, Decision] | None:
        """The lines before the body: a subtitle, a byline, the masthead; at last the page's own."""
        stated: list[tuple[Area, int, int]] = []
        page: list[tuple[Area, int, int]] = []
        for sentence in self._document.sentences[:60]:
            if sentence.kind == "prose" and (
                sentence.end - sentence.start > _SUBTITLE
                or self._text[sentence.end - 1] in "。！？；"
            ):
                break
            line = _patterns().where.sub(
                lambda m: " " * len(m[0]), self._text[sentence.start : sentence.end]
            )
            (page if sentence.kind == "furniture" else stated).extend(
                (m.area, sentence.start + m.start, sentence.start + m.end)
                for m in self._gazetteer.find(line)
                if m.area is not None and m.area.level != "national"
            )
        for found in (stated, page):
            if found:
                most, _ = Counter(area.province for area, _, _ in found).most_common(1)[0]
                area, start, end = next(x for x in found if x[0].province == most)
                return area, Decision("area.masthead", start, end)
        return None

    def _of_issuer(self, issuer: str, within: Area | None) -> tuple[Area | None, Decision] | None:
        """The body that put it out: the nation's, or one that reprints and knows no better."""
        if _patterns().national.search(issuer):
            return self._gazetteer.province("全国"), Decision("area.issuer", *self._span(issuer))
        if within is not None:
            return within, Decision("area.issuer", *self._span(issuer))
        return None

    def _of_body(self) -> tuple[Area | None, Decision]:
        """The province that the text names most, at last the one that the file is named after."""
        start = next((s.start for s in self._document.sentences if s.kind == "prose"), 0)
        body = self._text[start : start + _BODY]
        found = [m for m in self._gazetteer.find(body) if m.area and m.area.level != "national"]
        if found:
            counts = Counter(m.area.province for m in found if m.area)
            most = max(counts.values())
            for m in found:
                if m.area and counts[m.area.province] == most:
                    area = m.area if m.start < 40 else self._gazetteer.province(m.area.province)
                    at = (start + m.start, start + m.end)
                    return area, Decision("area.text", *at)
        name = PurePath(self._document.info.file.replace("!", "/")).stem
        named = [m.area for m in self._gazetteer.find(name) if m.area is not None]
        if named:
            return named[-1], Decision("area.file")
        return None, Decision("area.none")

    def _only(self, found: list[Mention]) -> Area | None:
        """The innermost of the places, where they are of one province."""
        areas = [m.area for m in found if m.area is not None and m.area.level != "national"]
        if len({area.province for area in areas}) != 1:
            return None
        return max(areas, key=_depth)

    def _span(self, words: str) -> tuple[int, int]:
        start = self._text.find(words)
        return (start, start + len(words)) if start >= 0 else (-1, -1)


def _in_turn(anchors: list[_Anchor]) -> list[tuple[int, _Anchor | None]]:
    """Where the governing anchor changes, and to which: the one that began last and still runs."""
    turns: list[tuple[int, _Anchor | None]] = [(-1, None)]
    open_: list[_Anchor] = []

    def close(until: float) -> None:
        while open_ and open_[-1].stop <= until:
            at = open_.pop().stop
            while open_ and open_[-1].stop <= at:
                open_.pop()
            turns.append((at, open_[-1] if open_ else None))

    for anchor in anchors:
        close(anchor.start)
        open_.append(anchor)
        turns.append((anchor.start, anchor))
    close(math.inf)
    return turns


def _depth(area: Area | None) -> int:
    levels = ("national", "province", "city", "county")
    return levels.index(area.level) if area is not None else -1


def _inside(inner: Area, outer: Area | None) -> bool:
    """Whether the inner area is a part of the outer."""
    if outer is None:
        return True
    if outer.level == "national":
        return inner.level != "national"
    if inner.province != outer.province or _depth(inner) <= _depth(outer):
        return False
    if outer.level != "city" or outer.code is None or inner.code is None:
        return True
    return inner.code[:4] == outer.code[:4]

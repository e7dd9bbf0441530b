"""Which place governs a figure: the nearest context that speaks.

Contexts are nested: the document, a section whose title begins with a place, the subject that
opens a paragraph, the sentence, the clause. `document` finds the outermost, `mention` what each
place named in a sentence does there. A level word (全县, 我省) takes the governing place of its
level; a place that is merely mentioned governs nothing and is told among the rejected.
"""

from __future__ import annotations

from bisect import bisect_right

from shuangjian_cli.model import Area, Decision, Document, Rejected, Sentence
from shuangjian_cli.patterns import regex, worded
from shuangjian_cli.tag.area.document import of_document
from shuangjian_cli.tag.area.levels import Levels
from shuangjian_cli.tag.area.mention import (
    BODY,
    GOVERNS,
    LEVEL,
    LISTED,
    NATION,
    PART,
    SUBJECT,
    WHY,
    Mention,
    after_dateline,
    depth,
    inside,
)
from shuangjian_cli.tag.area.names import Governing, Names
from shuangjian_cli.tag.area.nation import of_nation, sizes_of_lists
from shuangjian_cli.tag.area.titled import Frame, dealt, in_turn, titled_frames
from shuangjian_cli.tag.area.words import patterns
from shuangjian_cli.tag.place import Gazetteer

_STOP = regex("[，。；：！？]")
_APART = worded(r"[^。；]{0,12}?分别(?:{governed.dealt})?", __file__)
_ENDS = ("。", "！", "？", "；", "\n", "")
"""What stands before the first clause of a sentence."""
_ITEM_END = regex("[；。]")
_TAKEN_UP = 6
"""How many sentences may go on about the school that one names."""


class Areas:
    """The governing areas of one document."""

    def __init__(
        self,
        document: Document,
        gazetteer: Gazetteer,
        *,
        explain: bool = False,
        page: Areas | None = None,
    ) -> None:
        self._document = document
        self._explain = explain
        self._text = document.folded.text
        self._gazetteer = gazetteer
        self._names = Names(document, gazetteer)
        self._levels = Levels(self._names)
        self._own, self._decision = of_document(self._names, self._levels)
        if page is not None and page._own is not None:
            level = self._own and self._own.level
            if self._own is None or (not self._own.name and level == page._own.level):
                self._own, self._decision = page._own, page._decision
        self._names.settle(self._own if self._own and self._own.name else None)
        turns = in_turn(titled_frames(self._names, self._own))
        self._starts = [at for at, _ in turns]
        self._turns = [frame for _, frame in turns]
        self._paragraphs: dict[int, Governing] = {}
        # The sentence that was asked for last: it has most often several figures.
        self._asked: Sentence | None = None
        self._around = Governing(self._own, self._decision)
        self._frames: list[Frame] = []
        self._sizes: list[Frame] = []

    def of(self, sentence: Sentence, start: int) -> tuple[Area | None, Decision]:
        """The area that a figure at `start` of the sentence is about, or None.

        Where only a level is known, the area has no name.
        """
        if sentence is not self._asked:
            self._asked = sentence
            self._around = (
                of_nation(self._names, sentence, self._own)
                or self._part_before(sentence)
                or self._said_before(sentence)
                or self._of_paragraph(sentence)
            )
            is_read = sentence.kind in ("prose", "title")
            self._frames = self._in_sentence(sentence, self._around) if is_read else []
            self._sizes = sizes_of_lists(self._names, sentence) if is_read else []
        for frame in (*self._sizes, *reversed(self._frames)):
            if frame.start <= start < frame.stop:
                area, decision = frame.area, frame.decision
                break
        else:
            area, decision = self._around
        if self._explain:
            chain = self._chain(sentence, Governing(area, decision))
            return area, decision._replace(rejected=chain)
        return area, decision

    def _chain(self, sentence: Sentence, found: Governing) -> tuple[Rejected, ...]:
        """What else was named in the sentence and what governs farther out, each with why it
        does not speak here."""
        text = self._text
        named = [
            Rejected(text[m.start : m.end], f"names only: {WHY.get(m.role, m.role)}")
            for m in self._names.of(sentence)
            if m.role not in GOVERNS and m.start < m.end and (m.start, m.end) != found.decision[1:3]
        ]
        outer = [
            self._around,
            self._governing(sentence.start),
            Governing(self._own, self._decision),
        ]
        farther = [
            Rejected(
                each.area.name or each.area.level, f"governs farther out: {each.decision.rule}"
            )
            for each in dict.fromkeys(outer)
            if each.area is not None and each.area != found.area
        ]
        return tuple(dict.fromkeys((*named, *farther)))

    def of_sentence(self, sentence: Sentence) -> Area | None:
        """The area that a sentence speaks of: its opening subject, or what governs it."""
        area, _ = self.of(sentence, sentence.start)
        stop = _STOP.search(self._text, sentence.start, sentence.end)
        opening = next(iter(self._frames), None)
        if opening and opening.start < (stop.end() + 2 if stop else sentence.end):
            return opening.area
        return area

    def is_unsure(self, area: Area | None) -> bool:
        """Whether an area is only a level though the text has a name that several places share."""
        return area is not None and area.name is None and self._names.shares_name()

    def whole(self, kind: str, *bases: Area | None) -> Area:
        """The place that 全 and a kind (市) mean where these govern, the innermost first."""
        return self._levels.place(kind, *bases)[0]

    # --- around the sentence -----------------------------------------------------------------

    def _governing(self, at: int) -> Governing:
        """The document's or section's area."""
        frame = self._turns[bisect_right(self._starts, at) - 1]
        if frame is None:
            return Governing(self._own, self._decision)
        return Governing(frame.area, frame.decision)

    def _of_paragraph(self, sentence: Sentence) -> Governing:
        """What governs a sentence from outside: its paragraph's opening subject, or what is
        around that."""
        around = self._governing(sentence.start)
        if sentence.kind != "prose":
            return around
        start = sentence.paragraph[0]
        known = self._paragraphs.get(start)
        if known is None:
            known = self._paragraphs[start] = self._opening(start, around) or around
        if sentence.start <= start or known is around:
            return around if sentence.start <= start else known
        return known

    def _part_before(self, sentence: Sentence) -> Governing | None:
        """The part of a breakdown that goes on over a semicolon: 其中，乙县学生2万人；|教师800人."""
        text, start = self._text, sentence.start
        if sentence.kind != "prose" or text[start - 1 : start] != "；":
            return None
        sentences = self._document.sentences
        at = bisect_right(sentences, start - 1, key=lambda s: s.start) - 1
        while at >= 0 and sentences[at].paragraph == sentence.paragraph:
            before = sentences[at]
            frames = self._in_sentence(before, self._of_paragraph(before))
            if frames:
                last = frames[-1]
                is_part = last.decision.rule == "area.part" and last.stop >= before.end
                return Governing(last.area, last.decision) if is_part else None
            if text[before.start - 1 : before.start] != "；":
                break
            at -= 1
        return None

    def _said_before(self, sentence: Sentence) -> Governing | None:
        """The place of the sentence before whose total this one parts (全国近视率为53%。其中，小学生|36%)
        or whose school it takes up (位于乙区的丙幼儿园已完工。该园有|9个班)."""
        text, sentences = self._text, self._document.sentences
        parts = text.startswith("其中", sentence.start)
        if sentence.kind != "prose" or not (parts or self._takes_up(sentence)):
            return None
        at = bisect_right(sentences, sentence.start - 1, key=lambda s: s.start) - 1
        for before in reversed(sentences[max(0, at - _TAKEN_UP) : at + 1]):
            if before.paragraph != sentence.paragraph:
                return None
            if frames := self._in_sentence(before, self._of_paragraph(before)):
                if parts and frames[-1].stop < before.end - 1:
                    return None
                return Governing(frames[-1].area, frames[-1].decision)
            if parts or not self._takes_up(before):
                return None
        return None

    def _takes_up(self, sentence: Sentence) -> bool:
        """Whether a sentence goes on about the school that the one before it named."""
        return patterns().again.match(self._text, sentence.start, sentence.end) is not None

    def _opening(self, start: int, around: Governing) -> Governing | None:
        """The subject that opens a paragraph."""
        sentences = self._document.sentences
        at = bisect_right(sentences, start - 1, key=lambda s: s.start)
        if at >= len(sentences) or sentences[at].paragraph[0] != start:
            return None
        opening = sentences[at]
        if opening.kind in ("title", "caption") and at + 1 < len(sentences):
            opening = sentences[at + 1]
        frames = self._in_sentence(opening, around)
        first = next(iter(frames), None)
        if first is None or first.stop < opening.end or first.decision.rule == "area.part":
            return None
        stop = _STOP.search(self._text, opening.start, opening.end)
        if first.start > (stop.end() + 14 if stop else opening.end):
            return None
        if around.area is not None and depth(first.area) <= depth(around.area):
            return None
        last = frames[-1]
        if last is not first and depth(last.area) <= depth(around.area):
            return None
        return Governing(first.area, first.decision)

    # --- in the sentence ---------------------------------------------------------------------

    def _in_sentence(self, sentence: Sentence, around: Governing) -> list[Frame]:
        """The places that speak inside the sentence, each with its reach."""
        base, text = around.area, self._text
        out: list[Frame] = []
        mentions = self._names.of(sentence)
        if not mentions:
            goes_on = text[sentence.start - 1 : sentence.start] == "；"
            return self._dealt_on(sentence) if goes_on else []
        passed_over = sentence.start
        for m in mentions:
            if m.role not in GOVERNS or m.start < passed_over:
                continue
            if m.role == LISTED and any(m.start == o.end + 1 for o in mentions):
                continue  # not the first of its list
            if m.role == LISTED and (each := self._listed(sentence, m, mentions)):
                out.extend(each)
                passed_over = each[-1].decision.end
                continue
            inner = out[-1].area if out and out[-1].stop >= m.start else None
            found = self._area(m, inner, around)
            if found is None:
                continue
            area, decision = found
            stop = self._reach(sentence, m, area, base)
            if m.role == SUBJECT and inner and area and inner.level == area.level:
                item = _ITEM_END.search(text, m.end, sentence.end)  # 其中甲县3所；乙县3所，完工2所
                stop = max(stop, item.start() if item else sentence.end)
            out.append(Frame(m.start, stop, area, decision))
        return out

    def _listed(self, sentence: Sentence, m: Mention, mentions: list[Mention]) -> list[Frame]:
        """A、B、C分别为x、y、z: each value has its own place."""
        text, end = self._text, sentence.end
        places = [m]
        for other in mentions:
            if other.start > places[-1].end and len(places) < 20:
                if text[places[-1].end : other.start] not in ("、", "和", "与", "及"):
                    break
                if other.area is not None:
                    places.append(other)
        apart = _APART.match(text, places[-1].end, end)
        if len(places) < 2 or apart is None:
            return []
        return dealt(text, [(p.area, p.start, p.end) for p in places], apart.end(), end)

    def _dealt_on(self, sentence: Sentence) -> list[Frame]:
        """Over a semicolon: A、B分别为x、y；毕业生分别为|z、w."""
        start, end = sentence[:2]
        apart = _APART.match(self._text, start, end)
        if apart is None:
            return []
        at = bisect_right(self._document.sentences, start - 1, key=lambda s: s.start) - 1
        before = self._document.sentences[at]
        frames = self._in_sentence(before, self._of_paragraph(before))
        if any(frame.decision.rule != "area.listed" for frame in frames):
            return []
        found = [(f.area, *f.decision[1:3]) for f in frames]
        return dealt(self._text, found, apart.end(), end)

    def _area(
        self, m: Mention, inner: Area | None, around: Governing
    ) -> tuple[Area | None, Decision] | None:
        """The area of a governing mention and what gave it, or None where it may not speak."""
        base = around.area
        if m.role == NATION:
            named = self._text.startswith(("全国", "我国"), m.start)
            if not named and base is not None and base.level != "national":
                return None
            return self._gazetteer.province("全国"), Decision("area.subject", m.start, m.end)
        if m.area is None:
            if m.role == BODY and base is not None:
                return None
            former = base is not None and base.name is not None and base.code is None
            bases = [b for b in (inner, None if former else base, self._own) if b is not None]
            area, inferred = self._levels.place(m.kind, *bases)
            if area == base:
                return around
            if area == self._own:
                return area, self._decision
            rule = "area.level" if area.name is None else "area.inferred"
            return area, Decision(rule if inferred else "area.whole", m.start, m.end)
        if base is not None and base.name is not None and not inside(m.area, base):
            wider = (
                inside(base, m.area)
                and m.role == SUBJECT
                and not patterns().labelled.match(self._text, m.end)
            )
            turns = (
                self._takes_turn(m, base)
                or self._stands_beside(m, base)
                or self._is_elsewhere(m, base)
            )
            if m.area != base and not wider and not turns:
                return None
        elif base is not None and base.name is None and depth(m.area) < depth(base):
            return None
        if m.area == base:
            return around
        return m.area, Decision("area.part" if m.role == PART else "area.subject", m.start, m.end)

    def _takes_turn(self, m: Mention, base: Area) -> bool:
        """Whether a subject follows on the one that opened the paragraph: 甲县…。乙县…."""
        outer, by = self._governing(m.start)
        if by.rule == "area.opening":
            outer = self._own
        is_open = outer is not None and outer.name is None and depth(outer) < depth(m.area)
        if m.area is None or base == outer or not (is_open or inside(m.area, outer)):
            return False
        opens = self._text[m.clause - 1 : m.clause] in _ENDS
        return m.role in (SUBJECT, LISTED, PART) and (opens or m.area.level == base.level)

    def _is_elsewhere(self, m: Mention, base: Area) -> bool:
        """Whether a place opens a clause of a text that only its own opening gives a place, and lies
        elsewhere: 青岛市新生17万人。…今年，南京市新生超10万人."""
        return (
            base == self._own
            and self._decision.rule == "area.lead"
            and m.role in (SUBJECT, BODY)
            and m.area is not None
            and not inside(base, m.area)
            and (m.area.level in ("city", "county") or m.area.level == base.level)
        )

    def _stands_beside(self, m: Mention, base: Area) -> bool:
        """Whether a clause begins with a county beside the one that governs, and says what that
        has: 乙县有小学98所; or with one that is no more: 1926年，高苑县有初小64处."""
        opens = self._text[m.clause - 1 : m.clause] in _ENDS
        return (
            (m.role == SUBJECT or (m.role in (BODY, LISTED) and opens))
            and m.area is not None
            and m.area.level == base.level == "county"
            and m.area.province == base.province
            and patterns().head.fullmatch(self._text, m.clause, m.start) is not None
            and (
                opens or m.area.code is None or patterns().has.match(self._text, m.end) is not None
            )
        )

    def _reach(self, sentence: Sentence, m: Mention, area: Area | None, base: Area | None) -> int:
        """Where a place that speaks in the sentence ends to speak."""
        text, end = self._text, sentence.end
        begin = after_dateline(text, sentence.start, m.clause)
        opens = m.clause in (sentence.start, begin) or (
            patterns().opening.fullmatch(text, begin, m.clause) is not None
        )
        if m.role == PART and text[m.start - 1] == "如":  # 有的…，如乙县某机构；也有…
            item = _ITEM_END.search(text, m.end, end)
            return item.start() if item else end
        if m.role in (LEVEL, BODY, PART) or depth(area) <= depth(base):
            is_wider = depth(area) < depth(base) and m.role != LEVEL
            return (
                self._clauses(m.end, end) if m.role == NATION or (is_wider and not opens) else end
            )
        if opens and m.role in (SUBJECT, LISTED):
            return end
        return self._clauses(m.end, end)

    def _clauses(self, at: int, end: int) -> int:
        """Where the clause ends that `at` stands in, with those that go on about its place."""
        while stop := _STOP.search(self._text, at, end):
            if not patterns().goes_on.match(self._text, stop.start(), end):
                return stop.start()
            at = stop.end()
        return end

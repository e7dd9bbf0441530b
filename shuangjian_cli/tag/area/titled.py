"""The titles, bylines and openings that name the place of what follows them."""

import math
from bisect import bisect_right

from shuangjian_cli.model import Area, Decision, Section, Sentence
from shuangjian_cli.patterns import regex, worded
from shuangjian_cli.tag.area.mention import BODY, SUBJECT, depth, inside
from shuangjian_cli.tag.area.names import Names, is_affiliation
from shuangjian_cli.tag.area.title import provinces_of_title
from shuangjian_cli.tag.area.words import patterns

_ITEM_LINES = 5
"""Within how many sentences an item's text begins behind its headline."""
_GAP = 2
"""How many characters may stand before the place that a title begins with."""
_MARKER = regex(r"([【（(\[“《]*)(?:[^【】：，。]{1,8}】|案例[^：、 ]{1,3}[：、 ])?")
_SEEN = worded(
    r"[^：，。]{0,16}(?:{caption.schools})的?(?:[^：，。]{0,4}(?:{caption.persons})们?(?:[正在]|$)|正在)",
    __file__,
)
"""What a photo shows, whose caption stands among the titles: 甲县第一小学学生在上课."""
_TITLE_END = regex(r"[：:丨|—\s]")
_LABEL_END = regex(r"[：】]| (?! *\Z)|(?=\d{1,2}月\d)")
_STOP, _ITEM = regex("[，。；：！？]"), regex("[、和]")
_LISTS = regex(r"： +")


class Frame:
    """A place that governs [start, stop), and the words that say so."""

    __slots__ = ("area", "decision", "start", "stop")

    def __init__(self, start: int, stop: int, area: Area | None, decision: Decision) -> None:
        self.start = start
        self.stop = stop
        self.area = area
        self.decision = decision


def titled_frames(names: Names, own: Area | None) -> list[Frame]:
    """What titles, bylines and openings open in a document whose own place is known, in order."""
    return _Titled(names, own).frames()


class _Titled:
    def __init__(self, names: Names, own: Area | None) -> None:
        self.names = names
        self.own = own
        self.document = names.document
        self.text = names.document.folded.text
        self.provinces = provinces_of_title(names)

    def frames(self) -> list[Frame]:
        """The titles, bylines and openings that name the area of what follows, in order."""
        document, text = self.document, self.text
        if document.metadata.province is not None:
            return []
        out: list[Frame] = []
        title = document.title or (0, 0)
        for section in document.sections:
            if title[0] <= section.title_start < title[1]:
                continue
            found = self._heading(section)
            if found:
                out.append(found)
        several = len(self.provinces) > 1
        turns = several or self.own is None or self.own.level == "national"
        end = len(text)
        paragraph: tuple[int, int] | None = None
        above: int | None = None  # where the headline begins that stands over a byline
        headline: int | None = None
        before = ""
        for sentence in document.sentences:
            start, stop, kind, its_paragraph, _, _ = sentence
            told, before = before == "prose", kind
            above = headline
            headline = self._headline(sentence, headline) if kind == "title" else None
            opens, paragraph = its_paragraph != paragraph, its_paragraph
            is_link = start >= self.names.links
            if (
                kind != "byline"
                and not is_link
                and not (opens and turns and kind in ("prose", "title"))
            ):
                continue
            if is_link:
                if head := self._at_head(start, min(stop, start + 24)):
                    out.append(Frame(start, stop, head[0], Decision("area.opening", *head[1])))
                continue
            if start < title[1] or is_affiliation(text, sentence):
                continue
            head = self._at_head(start, min(stop, start + 24))
            if head is None:
                continue
            area, at = head
            if patterns().not_after.match(text, at[1]) or patterns().press.match(text, at[1]):
                continue
            if any(m.role == "dateline" and m.start < at[1] for m in self.names.of(sentence)):
                continue
            if kind == "byline":
                if self._admits(area):
                    decision = Decision("area.byline", *at)
                    # Under a text, it names the place of what stands above it: （某县教育局供稿）.
                    own = sentence.section if told else None
                    span = (own.start, own.end) if own else (above or start, end)
                    out.append(Frame(*span, area, decision))
            elif not several or area.province in self.provinces:
                stop = end if several else paragraph[1]
                out.append(Frame(start, stop, area, Decision("area.opening", *at)))
        out += self._labelled()
        out.sort(key=lambda a: (a.start, -a.stop))
        return out

    def _labelled(self) -> list[Frame]:
        """The parts of a roundup, each opened by its place and a blank or colon and perhaps longer
        than that paragraph: 山西 办好人民满意教育。/新增学位3万个。/辽宁 …"""
        found: list[tuple[Sentence, Area, tuple[int, int]]] = []
        may_list = "： " in self.text
        under: set[int] = set()  # how many places stood before a paragraph without one
        last: Sentence | None = None  # in which a part began, or that goes on with one
        for sentence in self.document.sentences:
            if sentence.kind not in ("prose", "masthead"):
                continue
            before, last = last, sentence
            lists = _LISTS.search(self.text, sentence.start, sentence.end) if may_list else None
            opens = before is None or before.paragraph != sentence.paragraph
            if not opens and lists is None:
                continue
            begin = lists.end() if lists else sentence.paragraph[0]  # a label may stand before it
            head = self._at_head(begin, sentence.end)
            if head and _LABEL_END.match(self.text, head[1][1], sentence.end):
                found.append((sentence, *head))
            elif opens and found:
                under.add(len(found))
        kinds = {area.level for _, area, _ in found}
        places = {area for _, area, _ in found}
        is_roundup = len(kinds) == 1 and len(places) > 1 and under - {len(found)}
        if not is_roundup or not all(self._within(area) for area in places):
            return []
        stops = [at[0] for _, _, at in found[1:]] + [len(self.text)]
        return [
            Frame(at[0], stop, area, Decision("area.section", *at))
            for (_, area, at), stop in zip(found, stops, strict=True)
        ]

    def _within(self, area: Area) -> bool:
        """Whether a place lies in the document's own, is beside it or is that."""
        own = self.own
        return own is None or depth(area) == depth(own) or inside(area, own)

    @staticmethod
    def _headline(sentence: Sentence, begun: int | None) -> int | None:
        """Where a headline of one line or more begins that a line of title ends."""
        if sentence.section and sentence.section.numbered:
            return None
        return sentence.start if begun is None else begun

    def _heading(self, section: Section) -> Frame | None:
        """A section whose title begins with a place (陕西：…, 湖南省, 会宁县教育局), or an item of a
        page of several, told by the masthead under its headline and the place that opens it."""
        found = self._at_head(section.title_start, section.title_end)
        item = None if section.numbered else self._item(section)
        if found is None:
            return item
        area, at = found
        if _SEEN.match(self.text, at[1], section.title_end) or patterns().press.match(
            self.text, at[1], section.title_end
        ):
            return item
        alone = at[1] >= section.title_end or _TITLE_END.match(self.text, at[1])
        if not self._admits(area) and not alone:
            return item
        return Frame(section.start, section.end, area, Decision("area.section", *at))

    def _item(self, section: Section) -> Frame | None:
        """The place that opens an item: a headline with a masthead or byline of its own."""
        sentences = self.document.sentences
        at = bisect_right(sentences, section.start, key=lambda s: s.start)
        under = sentences[at : at + _ITEM_LINES]
        if (
            not under
            or under[0].kind not in ("masthead", "byline")
            or under[0].start >= section.end
        ):
            return None
        lead = next((s for s in under if s.kind == "prose" and s.start < section.end), None)
        if lead is None:
            return None
        for m in self.names.of(lead):
            if m.role in (SUBJECT, BODY) and m.area is not None:
                decision = Decision("area.lead", m.start, m.end)
                return Frame(section.start, section.end, m.area, decision)
        return None

    def _admits(self, area: Area) -> bool:
        """Whether a title or byline may turn from the document's own area to this one."""
        own = self.own
        if own is None or own.level == "national":
            return not self.provinces or area.province in self.provinces or own is not None
        return area.province == own.province and depth(area) > depth(own)

    def _at_head(self, start: int, end: int) -> tuple[Area, tuple[int, int]] | None:
        """The place that a text begins with, the innermost of a chain (陕西省西安市…)."""
        head = _MARKER.match(self.text, start, end)
        if head is None:
            return self._from(start, end)
        first, second = head.end(1), head.end()
        return self._from(first, end) or (self._from(second, end) if second > first else None)

    def _from(self, begin: int, end: int) -> tuple[Area, tuple[int, int]] | None:
        """The place at `begin` or just behind it."""
        if not self.names.gazetteer.may_begin_in(self.text, begin, begin + _GAP + 1):
            return None
        found: tuple[Area, tuple[int, int]] | None = None
        reach = begin
        for m in self.names.gazetteer.find(self.text[begin:end], within=self.names.within):
            if begin + m.start > reach + (_GAP if found is None else 0):
                break
            reach = begin + m.end
            if m.area is not None and m.area.level != "national":
                found = m.area, (begin, reach)
        return found


def in_turn(frames: list[Frame]) -> list[tuple[int, Frame | None]]:
    """Where the governing frame changes, and to which: the one that began last and still runs."""
    turns: list[tuple[int, Frame | None]] = [(-1, None)]
    open_: list[Frame] = []

    def close(until: float) -> None:
        while open_ and open_[-1].stop <= until:
            at = open_.pop().stop
            while open_ and open_[-1].stop <= at:
                open_.pop()
            turns.append((at, open_[-1] if open_ else None))

    for frame in frames:
        close(frame.start)
        open_.append(frame)
        turns.append((frame.start, frame))
    close(math.inf)
    return turns


def dealt(
    text: str, places: list[tuple[Area | None, int, int]], begin: int, end: int
) -> list[Frame]:
    """The values from `begin` on, each of its place (with where that is named): 分别为|x、y和z; none
    where there are not as many."""
    stop = _STOP.search(text, begin, end)
    limit = stop.start() if stop else end
    cuts = [begin, *(cut.end() for cut in _ITEM.finditer(text, begin, limit))]
    if len(cuts) != len(places):
        return []
    return [
        Frame(start, stop_, area, Decision("area.listed", first, last))
        for (area, first, last), start, stop_ in zip(places, cuts, [*cuts[1:], limit], strict=True)
    ]

"""Which place a whole document is about.

In this order: what is known from outside; the title; the issuing body, the number of the paper
and the lines around the text; the body or subject that opens its first paragraph; the level that
the text gives itself (我县, 全市) with the place of that level that it names; at last what all its
names have in common, and the file's name. A level whose place is named nowhere stands alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import PurePath

from shuangjian_cli.model import Area, Decision, Document, Sentence
from shuangjian_cli.named import NamedTuple
from shuangjian_cli.patterns import regex
from shuangjian_cli.tag.area.mention import (
    BODY,
    GOVERNS,
    LEVEL,
    LISTED,
    NATION,
    PART,
    SUBJECT,
    Mention,
    depth,
    inside,
    patterns,
    read,
)
from shuangjian_cli.tag.place import Gazetteer

_HEAD = 60
"""How many lines are asked before the body, and how many characters a subtitle may have."""
_LEAD = 5
"""How many sentences of prose are asked for the body or subject that opens the text."""
_BODY = 6000
"""How many characters of prose are asked for names and levels."""
_TAIL = 14
"""How many of the last lines may bear the issuing body."""
_MOST = 0.6
"""The share of all names that must lie in one province where nothing else speaks."""
_WEIGHT = {"title": 6, "own": 3, LEVEL: 2, BODY: 1, "mentioned": 0}
_MUNICIPALITIES = frozenset(("北京市", "天津市", "上海市", "重庆市"))
_NUMBER = regex(r"([\u4e00-\u9fff]{1,2}?)[\u4e00-\u9fff]{0,9}[〔（\[]")

_NONE = Decision("area.none")


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
        self._read: dict[int, list[Mention]] = {}
        self._shares: bool | None = None

    def of(self, sentence: Sentence) -> list[Mention]:
        """The mentions of a sentence."""
        known = self._read.get(sentence.start)
        if known is None:
            text = self.document.folded.text
            at = sentence.start, sentence.end
            known = read(text, *at, self.gazetteer, self.within, self._short)
            self._read[sentence.start] = known
        return known

    def hint(self) -> Area | None:
        """The place that tells names of several places apart: the one city or province that holds
        such a place and is named in any part of the text (龙华区 beside 深圳外国语学校)."""
        text, gazetteer = self.document.folded.text[:_BODY], self.gazetteer
        held: set[Area] = set()
        for start, end, area in gazetteer.find(text):
            if area is not None:
                continue
            for candidate in gazetteer.candidates(text[start:end]):
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
        for area in {m.area for _, m in self.all() if m.area is not None}:
            name = area.name or ""
            short = self.gazetteer.shortened(name)
            if area.level in ("city", "county") and len(short) > 1:
                self._short[short] = area
        text = self.document.folded.text
        for sentence in [s for s in self.document.sentences if s.start in self._read]:
            words = text[sentence.start : sentence.end]
            again = changed and self.gazetteer.is_ambiguous(words)
            if again or any(short in words for short in self._short):
                del self._read[sentence.start]

    def shares_name(self) -> bool:
        """Whether the text has a name of several places that nothing tells apart."""
        if self._shares is None:
            text = self.document.folded.text[:_BODY]
            self._shares = self.gazetteer.is_ambiguous(text)
        return self._shares

    def all(self) -> Iterator[tuple[Sentence, Mention]]:
        """All mentions, those of furniture and bylines included."""
        read_ = 0
        for sentence in self.document.sentences:
            for mention in self.of(sentence):
                yield sentence, mention
            read_ += sentence.end - sentence.start
            if read_ > _BODY:
                return


class Levels:
    """Finds the place of a level word: 全县, 我省."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._named: list[tuple[Area, str]] | None = None

    def forget(self) -> None:
        """Read the names anew, which have been settled otherwise."""
        self._named = None

    def level(self, kind: str, base: Area | None) -> str:
        """The level that a kind says where `base` governs."""
        level = patterns().levels[kind]
        if kind == "市" and base is not None:
            if base.level == "county" and base.name and base.name.endswith("市"):
                return "county"
            if base.level == "province" and base.name in _MUNICIPALITIES:
                return "province"
        if kind == "区" and base is not None and (base.name or "").endswith("自治区"):
            return "province"
        return level

    def place(self, kind: str, *bases: Area | None) -> tuple[Area, bool]:
        """The place of a level word, and whether it is inferred; `bases` govern, innermost first."""
        known = [base for base in bases if base is not None]
        first = known[0] if known else None
        level = self.level(kind, first)
        for base in known:
            if base.level == level and base.level != "national":
                return base, False
        if level == "province" and first is not None and first.province not in (None, "全国"):
            province = self._names.gazetteer.province(first.province)
            if province is not None:
                return province, False
        outer = next((b for b in known if depth(b) < depth_of(level)), None)
        inner = next((b for b in known if depth(b) > depth_of(level)), None)
        return self._infer(kind, level, outer, inner), True

    def _infer(self, kind: str, level: str, outer: Area | None, inner: Area | None) -> Area:
        """The only place of the level that the text names, or the level alone."""
        named = [
            (area, role)
            for area, role in self.named()
            if area.level == level
            and inside(area, outer)
            and (inner is None or inside(inner, area))
            and _fits(kind, area)
        ]
        for roles in (GOVERNS, None):
            counted = Counter(area for area, role in named if roles is None or role in roles)
            if counted:
                ranked = counted.most_common(2)
                if len(ranked) == 1 or ranked[0][1] > ranked[1][1]:
                    return ranked[0][0]
        province = next((b.province for b in (inner, outer) if b and b.province), None)
        if province == "全国":
            province = None
        stem = self._stem(level, kind, outer)
        if stem is None and kind == "市" and not named:
            stem = self._stem("county", kind, outer)  # a county-level city calls itself 我市
        if stem is not None:
            return stem
        below = {a for a, _ in self.named() if depth(a) > depth_of(level) and inside(a, outer)}
        below = below or self._stems_of_schools(level, outer)
        if below and not named:
            provinces = {area.province for area in below}
            if len(provinces) == 1:
                province = provinces.pop()
                if kind == "市" and province in _MUNICIPALITIES:
                    return self._names.gazetteer.province(province) or Area(None, None, level, None)
                holder = self._holder(below, level)
                if holder is not None and _fits(kind, holder):
                    return holder
        return Area(None, None, level, province)

    def _stems_of_schools(self, level: str, outer: Area | None) -> set[Area]:
        """The counties that the names of several schools begin with, where all lie together."""
        if level != "city":
            return set()
        text, p = self._names.document.folded.text[:_BODY], patterns()
        found: set[Area] = set()
        for kind in "区县":
            for stem, area in self._names.gazetteer.stems("county", kind):
                at = text.find(stem)
                while at >= 0:
                    stop = at + len(stem)
                    begins = not "\u4e00" <= text[at - 1 : at] <= "\u9fff"
                    names = text[stop : stop + 1] == "、" or p.school.match(text, stop)
                    if begins and names and inside(area, outer):
                        found.add(area)
                    at = text.find(stem, stop)
        return found if len(found) > 1 else set()

    def _holder(self, below: Iterable[Area], level: str) -> Area | None:
        """The one place of the level that holds all of these."""
        holders = {self._names.gazetteer.holder(area, level) for area in below}
        return holders.pop() if len(holders) == 1 else None

    def _stem(self, level: str, kind: str, outer: Area | None) -> Area | None:
        """A place whose name stands without its kind inside another: 萧山电台, “对话·准格尔”."""
        text = self._names.document.folded.text[:_BODY]
        p = patterns()
        before, after = p.stem
        found: set[Area] = set()
        for stem, area in self._names.gazetteer.stems(level, kind):
            at = text.find(stem)
            while at >= 0:
                stop = at + len(stem)
                named = text.endswith(before, 0, at) or after.match(text, stop)
                in_full = text.startswith(tuple(p.levels), stop)
                if not named and not in_full and self._names.gazetteer.is_name(stem):
                    named = p.school.match(text, stop)
                if named and inside(area, outer):
                    found.add(area)
                at = text.find(stem, stop)
        return found.pop() if len(found) == 1 else None

    def named(self) -> list[tuple[Area, str]]:
        """All places that count as named, with their roles."""
        if self._named is None:
            apart = ("partner", "visited", "compared", "origin", "verb")
            self._named = [
                (m.area, m.role)
                for _, m in self._names.all()
                if m.area is not None and m.role not in apart
            ]
        return self._named


def depth_of(level: str) -> int:
    """How far inside the country a level is."""
    return ("national", "province", "city", "county").index(level)


def _fits(kind: str, area: Area) -> bool:
    """Whether a place can be called by the kind: 全旗 is no 县."""
    name = area.name or ""
    if kind in "区旗盟":
        return name.endswith(kind)
    if kind == "县":
        return name.endswith(("县", "自治县"))
    if kind == "州":
        return name.endswith("州")
    if kind == "市":
        return name.endswith("市")
    return True


class Voice(NamedTuple):
    """The level that a text gives itself: the kind (县, 市), its weight, the first words."""

    kind: str
    weight: int
    start: int
    end: int
    own: bool


def of_document(names: Names, levels: Levels) -> Governing:
    """The place that governs a document where nothing nearer does."""
    found = _stated_place(names, levels)
    if found is None or (found.area is not None and found.area.name is None):
        hint = names.hint()
        if hint is not None:
            names.settle(hint)
            levels.forget()
            found = _stated_place(names, levels) or found
    return found or _of_page(names) or _of_text(names, levels)


def _stated_place(names: Names, levels: Levels) -> Governing | None:
    """What metadata, title, head, the text's opening and the level that it gives itself say."""
    document, gazetteer = names.document, names.gazetteer
    known = document.metadata.province
    if known and (area := gazetteer.province(known)):
        return Governing(area, Decision("area.metadata"))
    titled = _of_title(names)
    if titled is not None and not isinstance(titled, str):
        return titled
    if titled == "several":
        return Governing(None, _NONE)
    voice = _voice(names)
    stated = _of_head(names)
    lead = _of_lead(names)
    narrower = stated and lead and lead.area and inside(lead.area, stated.area)
    found = lead if narrower else stated or lead
    if found is not None and found.area is not None and voice is not None:
        spoken = _of_voice(names, levels, voice, found, official=found is not lead)
        if spoken is not None:
            return spoken
    if found is not None:
        return found
    if voice is not None:
        area, _ = levels.place(voice.kind, None)
        rule = "area.voice" if area.name else "area.level"
        return Governing(area, Decision(rule, voice.start, voice.end))
    return None


def _of_voice(
    names: Names, levels: Levels, voice: Voice, found: Governing, *, official: bool
) -> Governing | None:
    """The place at the level that the text gives itself, where another level was found."""
    area = found.area
    assert area is not None
    level = levels.level(voice.kind, area)
    if area.level == level:
        return None
    if not voice.own and voice.weight < (_WEIGHT["title"] if official else _WEIGHT[LEVEL]):
        return None
    if area.level != "national" and depth(area) > depth_of(level) and not voice.own:
        return None
    base = None if area.level == "national" else area
    place, _ = levels.place(voice.kind, base)
    rule = "area.voice" if place.name else "area.level"
    return Governing(place, Decision(rule, voice.start, voice.end))


def _voice(names: Names) -> Voice | None:
    """The level that the text gives itself most, where no nearer place of that level is named."""
    document, p = names.document, patterns()
    weights: Counter[str] = Counter()
    first: dict[str, tuple[int, int]] = {}
    own: set[str] = set()
    paragraph: tuple[int, int] | None = None
    covered: set[str] = set()
    for sentence, m in names.all():
        if sentence.paragraph != paragraph:
            paragraph, covered = sentence.paragraph, set()
        is_title = sentence.kind == "title" and sentence.section is None
        if m.area is not None:
            if m.role in GOVERNS and sentence.kind == "prose":
                covered.add(m.area.level)
            continue
        if not m.kind or sentence.kind not in ("prose", "title"):
            continue
        level = p.levels[m.kind]
        if m.role not in (LEVEL, BODY) or (level in covered and sentence.kind == "prose"):
            continue
        weight = _WEIGHT["own"] if m.own else _WEIGHT[m.role]
        titled = document.title and document.title[0] <= m.start < document.title[1]
        weights[m.kind] += _WEIGHT["title"] if titled or is_title else weight
        if m.own:
            own.add(m.kind)
        first.setdefault(m.kind, (m.start, m.end))
    if not weights:
        return None
    most = max(weights.values())
    kind = max((k for k, w in weights.items() if w == most), key=lambda k: depth_of(p.levels[k]))
    return Voice(kind, most, *first[kind], kind in own)


def _of_title(names: Names) -> Governing | str | None:
    """The place of the document's title; "several" where it names more provinces than one."""
    document, gazetteer, p = names.document, names.gazetteer, patterns()
    text = document.folded.text
    title = document.info.title or ""
    offset = document.title[0] if document.title else -1
    if document.title is None or text[slice(*document.title)] != title:
        offset = -1
    within = only(gazetteer, document.info.issuer or "")
    mentions = [
        m for m in read(title, 0, len(title), gazetteer, within) if m.area and m.role != "press"
    ]
    apart = ("partner", "visited", "compared", "origin", "award", "document", "verb")
    subjects = [m for m in mentions if m.role not in apart] or mentions
    provinces = {m.area.province for m in subjects if m.area}
    if len(provinces) > 1:
        return "several"
    if provinces:
        best = max(subjects, key=lambda m: depth(m.area))
        at = (offset + best.start, offset + best.end) if offset >= 0 else (-1, -1)
        if offset < 0 and document.title:  # over two lines
            found = text.find(title[best.start : best.end], *document.title)
            at = (found, found + best.end - best.start) if found >= 0 else at
        return Governing(best.area, Decision("area.title", *at))
    national = p.title_nation.search(title)
    if national:
        at = (offset + national.start(), offset + national.end()) if offset >= 0 else (-1, -1)
        return Governing(gazetteer.province("全国"), Decision("area.title", *at))
    return None


def provinces_of_title(names: Names) -> set[str]:
    """The provinces that the title names."""
    title = names.document.info.title or ""
    return {
        m.area.province
        for m in names.gazetteer.find(title)
        if m.area is not None and m.area.level != "national" and m.area.province
    }


def _of_head(names: Names) -> Governing | None:
    """The issuing body, the paper's number, a subtitle or byline: what stands around the text."""
    document, gazetteer, p = names.document, names.gazetteer, patterns()
    text, issuer = document.folded.text, document.info.issuer or ""
    within = only(gazetteer, issuer)
    if within is not None and not p.reprint.search(issuer):
        return Governing(within, Decision("area.issuer", *_span(text, issuer)))
    number = document.info.document_number
    if number and (marked := _NUMBER.match(number)):
        province = gazetteer.province(marked[1][:1])
        if province is not None:
            return Governing(province, Decision("area.number", *_span(text, number)))
    stated: list[tuple[Area, int, int]] = []
    for sentence in document.sentences[:_HEAD]:
        long = sentence.end - sentence.start > _HEAD
        if sentence.kind == "prose" and (long or text[sentence.end - 1] in "。！？；"):
            break
        if sentence.kind not in ("furniture", "caption", "table"):
            stated.extend(_stated(names, sentence))
    for sentence in document.sentences[-_TAIL:]:
        if sentence.kind == "byline":
            stated.extend(_stated(names, sentence))
    if stated:
        most, _ = Counter(area.province for area, _, _ in stated).most_common(1)[0]
        of_most = [x for x in stated if x[0].province == most]
        area, start, end = max(of_most, key=lambda x: depth(x[0]))
        return Governing(area, Decision("area.masthead", start, end))
    if p.title_nation.search(issuer) and not p.reprint.search(issuer):
        return Governing(gazetteer.province("全国"), Decision("area.issuer", *_span(text, issuer)))
    return None


def _stated(names: Names, sentence: Sentence) -> list[tuple[Area, int, int]]:
    text = names.document.folded.text
    where = [m.span() for m in patterns().where.finditer(text, sentence.start, sentence.end)]
    return [
        (m.area, m.start, m.end)
        for m in names.of(sentence)
        if m.area is not None
        and m.role not in ("press", "dateline")
        and not any(a <= m.start < b for a, b in where)
    ]


def _of_lead(names: Names) -> Governing | None:
    """The body or subject that opens the text."""
    document, gazetteer = names.document, names.gazetteer
    asked = 0
    for sentence in document.sentences:
        if sentence.kind != "prose":
            continue
        asked += 1
        if asked > _LEAD:
            break
        for m in names.of(sentence):
            if m.role == NATION:
                nation = gazetteer.province("全国")
                return Governing(nation, Decision("area.lead", m.start, m.end))
            if m.role in (SUBJECT, BODY, PART, LISTED) and m.area is not None:
                if m.role in (SUBJECT, LISTED) and _is_one_of_many(names, m.area):
                    return None
                return Governing(m.area, Decision("area.lead", m.start, m.end))
            if m.role in (LEVEL, BODY) and m.area is None:
                return None
    return None


def _is_one_of_many(names: Names, lead: Area) -> bool:
    """Whether other places of the level open sentences as often as the one that opens the text."""
    opening = Counter(
        m.area
        for sentence, m in names.all()
        if sentence.kind == "prose" and m.role == SUBJECT and m.start - sentence.start <= 1
        if m.area is not None and m.area.level == lead.level
    )
    return len(opening) > 2 and opening[lead] * 2 <= opening.total()


def _of_page(names: Names) -> Governing | None:
    """What a page says of itself around the text: the path of its site, the paper's name."""
    found = [
        (m.area, m.start, m.end)
        for sentence in names.document.sentences[:_HEAD]
        if sentence.kind == "furniture"
        for m in names.of(sentence)
        if m.area is not None
    ]
    if not found:
        return None
    most, _ = Counter(area.province for area, _, _ in found).most_common(1)[0]
    area, start, end = max((x for x in found if x[0].province == most), key=lambda x: depth(x[0]))
    return Governing(area, Decision("area.page", start, end))


def _of_text(names: Names, levels: Levels) -> Governing:
    """What all the names of the text have in common, at last the file's name."""
    apart = ("dateline", "press", "partner", "compared", "award", "verb")
    found = [
        (m.area, m.start, m.end)
        for _, m in names.all()
        if m.area is not None and m.role not in apart
    ]
    if found:
        counted = Counter(area.province for area, _, _ in found)
        province, count = counted.most_common(1)[0]
        if count >= _MOST * len(found):
            held = [x for x in found if x[0].province == province]
            area = common(names.gazetteer, [x[0] for x in held])
            _, start, end = held[0]
            return Governing(area, Decision("area.text", start, end))
        return Governing(None, _NONE)
    name = PurePath(names.document.info.file.replace("!", "/")).stem
    named = [m.area for m in names.gazetteer.find(name) if m.area is not None]
    if named:
        return Governing(named[-1], Decision("area.file"))
    nation = next((m for _, m in names.all() if m.role == NATION), None)
    if nation is not None:
        area = names.gazetteer.province("全国")
        return Governing(area, Decision("area.text", nation.start, nation.end))
    return Governing(None, _NONE)


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


def _span(text: str, words: str) -> tuple[int, int]:
    start = text.find(words) if words else -1
    return (start, start + len(words)) if start >= 0 else (-1, -1)

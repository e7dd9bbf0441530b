"""Which place a whole document is about.

In this order: what is known from outside; the title; the issuing body, the number of the paper
and the lines around the text; the body or subject that opens its first paragraph; the level that
the text gives itself (我县, 全市) with the place of that level that it names; at last what all its
names have in common, and the file's name. A level whose place is named nowhere stands alone.
"""

import os
from collections import Counter

from shuangjian_cli.data import entries
from shuangjian_cli.model import Area, Decision
from shuangjian_cli.patterns import CHINESE, regex
from shuangjian_cli.tag.area.levels import Levels, depth_of, is_township
from shuangjian_cli.tag.area.mention import (
    ACTING,
    BODY,
    GOVERNS,
    LEVEL,
    LISTED,
    NATION,
    PART,
    SUBJECT,
    depth,
    inside,
)
from shuangjian_cli.tag.area.names import (
    Governing,
    Names,
    common,
    is_affiliation,
    is_held,
    is_one_of_many,
)
from shuangjian_cli.tag.area.page import of_head, of_page
from shuangjian_cli.tag.area.title import of_title
from shuangjian_cli.tag.area.words import patterns

_LEAD = 5
"""How many sentences of prose are asked for the body or subject that opens the text."""
_MOST = 0.6
"""The share of all names that must lie in one province where nothing else speaks."""
_WEIGHT = {"title": 6, "own": 3, LEVEL: 2, BODY: 1, ACTING: 0, "mentioned": 0}
_CASE = entries(__file__, "text", "cases")
"""Behind the place that a study is about."""
_AFFILIATED = regex(rf"{CHINESE}{{0,3}}大学附")
"""Behind the place of a university whose school may lie anywhere: 北京|大学附属中学."""
_TOWARDS = ("对", "和", "与", "向")
"""Before 本县 where that is not who speaks: 公众对|本县|教育的满意度."""
_NONE = Decision("area.none")


class Voice:
    """The level that a text gives itself: the kind (县, 市), its weight, the first words."""

    __slots__ = ("end", "kind", "own", "start", "weight")

    def __init__(self, kind: str, weight: int, start: int, end: int, own: bool) -> None:
        self.kind = kind
        self.weight = weight
        self.start = start
        self.end = end
        self.own = own


def of_document(names: Names, levels: Levels) -> Governing:
    """The place that governs a document where nothing nearer does."""
    found = _stated_place(names, levels)
    if found is None or (found.area is not None and found.area.name is None):
        hint = names.hint()
        if hint is not None:
            names.settle(hint)
            levels.forget()
            found = _stated_place(names, levels) or found
    return found or of_page(names) or _of_text(names, levels)


def _stated_place(names: Names, levels: Levels) -> Governing | None:
    """What metadata, title, head, the text's opening and the level that it gives itself say."""
    document, gazetteer = names.document, names.gazetteer
    known = document.metadata.province
    if known and (area := gazetteer.province(known)):
        return Governing(area, Decision("area.metadata"))
    titled = of_title(names)
    if titled == "several":
        return Governing(None, _NONE)
    assert not isinstance(titled, str)
    if shortly := levels.shortly_titled(titled and titled.area):
        at = document.folded.text.find(shortly[1], *(document.title or (0, 0)))
        return Governing(shortly[0], Decision("area.title", at, at + len(shortly[1])))
    if titled is not None:
        return titled
    voice = _voice(names, levels)
    stated = of_head(names)
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
    least = _WEIGHT["title"] if official else _WEIGHT[LEVEL]
    if found.decision.rule == "area.masthead" and depth(area) < depth_of(level):
        least = 2 * _WEIGHT[LEVEL]  # the head of a site that holds what lower places wrote
    elif area.level == "national":
        least = 2 * _WEIGHT[LEVEL]  # a text on the nation may name a county's 全县 once
    if not voice.own and voice.weight < least:
        return None
    if area.level != "national" and depth(area) > depth_of(level) and not voice.own:
        return None
    base = None if area.level == "national" else area
    place, _ = levels.place(voice.kind, base)
    rule = "area.voice" if place.name else "area.level"
    return Governing(place, Decision(rule, voice.start, voice.end))


def _voice(names: Names, levels: Levels) -> Voice | None:
    """The level that the text gives itself most, where no nearer place of that level is named."""
    document = names.document
    text = document.folded.text
    weights: Counter[str] = Counter()
    first: dict[str, tuple[int, int]] = {}
    own_kinds: set[str] = set()
    paragraph: tuple[int, int] | None = None
    covered: set[str] = set()
    for sentence, m in names.all():
        if sentence.paragraph != paragraph:
            paragraph, covered = sentence.paragraph, set()
        is_title = sentence.kind == "title" and sentence.section is None
        if m.area is not None:
            if m.role in GOVERNS and sentence.kind == "prose" and m.area.code is not None:
                covered.add(m.area.level)
            continue
        if not m.kind or sentence.kind not in ("prose", "title"):
            continue
        level = levels.level(m.kind, None)
        if m.role not in (LEVEL, BODY, ACTING) or (level in covered and sentence.kind == "prose"):
            continue
        own = m.own and text[m.start - 1 : m.start] not in _TOWARDS
        weight = _WEIGHT["own"] if own else _WEIGHT[m.role]
        titled = document.title and document.title[0] <= m.start < document.title[1]
        weights[m.kind] += _WEIGHT["title"] if (titled or is_title) and weight else weight
        if own:
            own_kinds.add(m.kind)
        first.setdefault(m.kind, (m.start, m.end))
    if not weights:
        return None
    most = max(weights.values())
    kind = max(
        (k for k, w in weights.items() if w == most), key=lambda k: depth_of(levels.level(k, None))
    )
    return Voice(kind, most, *first[kind], kind in own_kinds)


def _of_lead(names: Names) -> Governing | None:
    """The place that a study takes for its case (以甲县为例), or the body or subject that opens the text."""
    document, gazetteer = names.document, names.gazetteer
    text = document.folded.text
    for sentence, m in names.all():
        taken = m.area and sentence.kind == "prose" and text[m.start - 1] == "以"
        if taken and text.startswith(_CASE, m.end):
            return Governing(m.area, Decision("area.lead", m.start, m.end))
    asked = 0
    for sentence in document.sentences:
        if sentence.kind != "prose":
            continue
        asked += 1
        if asked > _LEAD or sentence.start >= names.links:
            break
        for m in names.of(sentence):
            if m.role == NATION:
                nation = gazetteer.province("全国")
                return Governing(nation, Decision("area.lead", m.start, m.end))
            if m.role == PART or (
                m.role in (SUBJECT, LISTED, BODY)
                and m.area is not None
                and is_one_of_many(names, m.area)
            ):
                return None
            if m.role in (SUBJECT, BODY, LISTED) and m.area is not None:
                around = is_held(names, m.area) if m.role == SUBJECT else None
                if around is not None:
                    return Governing(around.area, Decision("area.lead", around.start, around.end))
                return Governing(m.area, Decision("area.lead", m.start, m.end))
            if m.role in (LEVEL, BODY) and m.area is None:
                return None
    return None


def _of_text(names: Names, levels: Levels) -> Governing:
    """What all the names of the text have in common, at last the file's name."""
    apart = (
        "dateline",
        "press",
        "company",
        "partner",
        "visitor",
        "compared",
        "origin",
        "award",
        "verb",
    )
    schools, text = patterns().schools, names.document.folded.text
    ends = max((s.end for s in names.document.sentences if s.kind in ("prose", "table")), default=0)
    named = [
        (sentence, m.area, m.start, m.end)
        for sentence, m in names.all()
        if m.area is not None
        and sentence.kind != "caption"
        and (sentence.kind != "title" or sentence.start < ends)  # no headline of what else there is
        and m.role not in apart
        and not (m.area.level == "province" and text.startswith(schools, m.end))  # 海南小学
        and not _AFFILIATED.match(text, m.end)
    ]
    # A study may be about another place than that where its writers work.
    told = [x for x in named if not is_affiliation(text, x[0])]
    found = [x[1:] for x in told or named]
    if found:
        counted = Counter(area.province for area, _, _ in found)
        province, count = counted.most_common(1)[0]
        if count >= _MOST * len(found):
            held = [x for x in found if x[0].province == province]
            area = common(names.gazetteer, [x[0] for x in held])
            if area and depth(area) < depth_of("county") and is_township(text):
                area = Area(None, None, "county", area.province)
            return Governing(area, Decision("area.text", *held[0][1:]))
        return _of_nation(names, levels)
    file = os.path.basename(names.document.info.file.replace("!", "/").rstrip("/"))
    name = os.path.splitext(file)[0]
    in_name = [m.area for m in names.gazetteer.find(name) if m.area is not None]
    if in_name:
        return Governing(in_name[-1], Decision("area.file"))
    return _of_nation(names, levels)


def _of_nation(names: Names, levels: Levels) -> Governing:
    """The nation, where anything in the text speaks for it."""
    nation = names.nation()
    if nation is not None:
        area = names.gazetteer.province("全国")
        return Governing(area, Decision("area.text", nation.start, nation.end))
    return _of_level(names, levels)


def _of_level(names: Names, levels: Levels) -> Governing:
    """The one level that a text without a place speaks of: 建设好全市职业教育基地."""
    said = [m for s, m in names.all() if m.area is None and m.kind and s.kind == "prose"]
    if not said and is_township(names.document.folded.text):
        return Governing(levels.place("乡")[0], Decision("area.level"))
    if len({m.kind for m in said}) != 1:
        return Governing(None, _NONE)
    level = patterns().levels[said[0].kind]
    return Governing(
        Area(None, None, level, None), Decision("area.level", said[0].start, said[0].end)
    )

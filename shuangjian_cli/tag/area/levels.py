"""Which place a level word means: 全县, 我省."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from shuangjian_cli.model import Area
from shuangjian_cli.patterns import worded
from shuangjian_cli.tag.area.mention import GOVERNS, depth, inside
from shuangjian_cli.tag.area.names import BODY_MOST, Names
from shuangjian_cli.tag.area.words import KINDS, patterns

_HEAD = 200
"""Within how many characters the body speaks whose text it is."""
_COUNTIES = 3
"""How many counties a text reports on at least that calls their prefecture 全区."""


_BEFORE = "在对和与及从到由是为向的进看访读析话"
"""Characters behind which a short name begins; elsewhere it may be part of words: 水|平和|教育."""


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
            if base.level == "province" and base.name and base.name.endswith("市"):
                return "province"
        if kind == "区":
            if base is not None and (base.name or "").endswith("自治区"):
                return "province"
            if base is None and self._is_region:
                return "province"
            return "city" if self._is_prefecture() else level
        return level

    @cached_property
    def _is_region(self) -> bool:
        """Whether an autonomous region's body speaks in the headline or at the beginning:
        自治区教育厅：我区…."""
        text = self._names.document.folded.text[:_HEAD]
        return "自治区" in text and patterns().region.search(text) is not None

    def shortly_titled(self, whole: Area | None) -> tuple[Area, str] | None:
        """The county of the title's place, if any, that the title has by its short name and the text
        in full: 陕西贫困县|宁陕|免费供餐."""
        title = self._names.document.info.title or ""
        if not title or (whole is not None and whole.level not in ("province", "city")):
            return None
        shortened = self._names.gazetteer.shortened
        # Places are found sooner than what they do, which few texts need to be asked here.
        if not any(shortened(area.name or "") in title for area in self._names.areas("county")):
            return None
        for area in dict.fromkeys(area for area, _ in self.named() if area.level == "county"):
            stem = shortened(area.name or "")
            # 长沙市… is not 长沙县.
            if len(stem) < 2 or not inside(area, whole) or stem in ((whole and whole.name) or ""):
                continue
            at = title.find(stem)
            headed = at == 0 or (at > 0 and title[at - 1] in KINDS + "：·")
            if headed and title[at + len(stem) : at + len(stem) + 1] not in tuple(KINDS):
                return area, stem
        return None

    def _is_prefecture(self) -> bool:
        """Whether 全区 is a prefecture (地区): the text reports on several counties of one, each
        by its name, and on no district."""
        counties = {a for a, role in self.named() if role in GOVERNS and a.level == "county"}
        return (
            len(counties) >= _COUNTIES
            and not any((county.name or "").endswith("区") for county in counties)
            and self._holder(counties, "city") is not None
        )

    def place(self, kind: str, *bases: Area | None) -> tuple[Area, bool]:
        """The place of a level word, and whether it is inferred; `bases` govern, innermost first."""
        known = [base for base in bases if base is not None]
        first = known[0] if known else None
        level = self.level(kind, first)
        for base in known:
            if base.level == level != "national" and (base.name is None or _fits(kind, base)):
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
        today = {area for area, _ in named if area.code}
        if len(today) == 1 and len({area for area, _ in named}) > 1:  # the others are no more
            return today.pop()
        for roles in (GOVERNS, None):
            counted = Counter(area for area, role in named if roles is None or role in roles)
            if counted:
                ranked = counted.most_common(2)
                if len(ranked) == 1 or ranked[0][1] > ranked[1][1]:
                    return ranked[0][0]
        province = next((b.province for b in (inner, outer) if b and b.province), None)
        if province == "全国":
            province = None
        deeper = {
            a
            for a, role in self.named()
            if role != "press" and depth(a) > depth_of(level) and inside(a, outer)
        }
        if kind == "市" and not named and len(deeper) == 1:
            below = next(iter(deeper))
            if (below.name or "").endswith("市"):  # a county-level city calls itself 我市
                return below
        if len(deeper) > 1 and not named:
            holder = self._holder(deeper, level)
            if holder is not None and _fits(kind, holder):
                return holder
        kinds = "县市区" if kind in "镇乡" else kind
        stem = next(filter(None, (self._stem(level, each, outer) for each in kinds)), None)
        if stem is None and kind == "市" and not named:
            stem = self._stem("county", kind, outer)  # a county-level city calls itself 我市
        if stem is not None:
            return stem
        lower = deeper or self._stems_of_schools(level, outer)
        if lower and not named:
            provinces = {area.province for area in lower}
            if len(provinces) == 1:
                province = provinces.pop()
                if kind == "市" and province is not None and province.endswith("市"):
                    return self._names.gazetteer.province(province) or Area(None, None, level, None)
                holder = self._holder(lower, level)
                if holder is not None and _fits(kind, holder):
                    return holder
        if level == "province" and not (named or deeper) and (only := self._only_province()):
            return only
        told = self._everyday(level, kind, outer) if not (named or deeper) else None
        return told or Area(None, None, level, province)

    def _only_province(self) -> Area | None:
        """The only province that the text names, if only as a place visited (考察云南重要讲话)."""
        visited = {
            m.area
            for _, m in self._names.all()
            if m.area is not None and m.area.level == "province" and m.role == "visited"
        }
        return visited.pop() if len(visited) == 1 else None

    def _everyday(self, level: str, kind: str, outer: Area | None) -> Area | None:
        """The place whose name is an everyday word and begins clauses time and again: 中山."""
        text = self._names.document.folded.text[:BODY_MOST]
        found = [
            area
            for stem, area in self._names.gazetteer.everyday(level, kind)
            if stem in text and inside(area, outer)
            if len(re.findall(rf"(?:^|[，。！？：\n])\s*{stem}(?!{{places.not_after}})", text)) > 1
        ]
        return found[0] if len(found) == 1 else None

    def _stems_of_schools(self, level: str, outer: Area | None) -> set[Area]:
        """The counties that the names of several schools begin with, where all lie together."""
        if level != "city":
            return set()
        text, p = self._names.document.folded.text[:BODY_MOST], patterns()
        found: set[Area] = set()
        for kind in "区县":
            for stem, area in self._names.gazetteer.stems("county", kind, text):
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
        text = self._names.document.folded.text[:BODY_MOST]
        p = patterns()
        before, after, topics = p.stem
        headline = self._names.document.title[0] if self._names.document.title else -1
        found: set[Area] = set()
        for stem, area in self._names.gazetteer.stems(level, kind, text):
            at = text.find(stem)
            while at >= 0:
                stop = at + len(stem)
                begins = not "\u4e00" <= text[at - 1 : at] <= "\u9fff" or text[at - 1] in _BEFORE
                named = bool(
                    text.endswith(before, 0, at)
                    or after.match(text, stop)
                    or (begins and topics.match(text, stop))
                    or p.numbered.match(text, stop)
                    or (at == headline and not text.startswith(p.holding, stop))
                )
                in_full = text.startswith(tuple(p.levels), stop)
                if not named and not in_full and self._names.gazetteer.is_name(stem):
                    named = p.school.match(text, stop) is not None
                if named and inside(area, outer):
                    found.add(area)
                at = text.find(stem, stop)
        return found.pop() if len(found) == 1 else None

    def named(self) -> list[tuple[Area, str]]:
        """All places that count as named, with their roles."""
        if self._named is None:
            apart = ("company", "partner", "visited", "visitor", "compared", "origin", "verb")
            self._named = [
                (m.area, m.role)
                for _, m in self._names.all()
                if m.area is not None and m.role not in apart
            ]
        return self._named


_TOWNSHIP = worded(
    r"(?:^|[，。；\s])(?:[\u4e00-\u9fff]{2,3}[镇乡](?:中心(?:{places.township_schools})|{places.township_bodies})"
    r"|(?:该|本)?(?:{places.township}|[镇乡](?:{places.township_parts}))(?:共|现|辖|内)*有)",
    __file__,
)


def is_township(text: str) -> bool:
    """Whether a text is on a township, whose county it need not name: 办事处|有幼儿园6所, 卓山乡中心小学|竣工."""
    return _TOWNSHIP.search(text) is not None


def depth_of(level: str) -> int:
    """How far inside the country a level is."""
    return ("national", "province", "city", "county").index(level)


def _fits(kind: str, area: Area) -> bool:
    """Whether a place can be called by the kind: 全旗 is no 县."""
    name = area.name or ""
    if kind == "区" and area.level == "city":  # 地区
        return True
    if kind in "区旗盟":
        return name.endswith(kind)
    if kind == "县":
        return name.endswith(("县", "自治县"))
    if kind == "州":
        return name.endswith("州")
    if kind == "市":
        return name.endswith("市")
    return True

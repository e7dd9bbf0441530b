"""Which places a sentence mentions, and what each mention does there.

A mention is asked not only what it names but what it does: the subject of a clause, a body that
speaks (记者从某县教育局获悉), the part that 其中 sets apart, and words that say a level (全县, 我省)
govern figures; a dateline, a partner, a place visited, an award or the name of a school do not.
The role alone decides; how far it reaches is the matter of `governing`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from shuangjian_cli.model import Area
from shuangjian_cli.patterns import CHINESE, last, regex, worded
from shuangjian_cli.tag import place
from shuangjian_cli.tag.area.words import KINDS, STOPS, Patterns, patterns

SUBJECT, BODY, PART, LISTED, LEVEL, NATION = (
    "subject",
    "body",
    "part",
    "listed",
    "level",
    "nation",
)
GOVERNS = frozenset((SUBJECT, BODY, PART, LISTED, LEVEL, NATION))
"""The roles of mentions that govern figures; all others only name a place."""
ACTING = "acting"
"""The role of a level without a name that acts (县建立…): a text's own only where nothing else is."""

WHY = {
    "document": "in the title of a document",
    "press": "a newspaper or station",
    "company": "in the name of a company",
    "dateline": "a dateline",
    "name": "inside another name",
    "quoted": "in a quoted name",
    "award": "an award",
    "partner": "a partner",
    "visited": "a place visited",
    "visitor": "where a visitor comes from",
    "compared": "compared with",
    "origin": "where something comes from",
    "verb": "a verb",
    "listed with others": "one of several",
    "mentioned": "no subject of its clause",
}
"""Why a place that is named governs nothing, by its role."""
_WORD_ENDS = "在于和与及对从赴到由是为向的中日"
"""Characters behind which a short name is read as one."""
_DATELINE = worded(
    r"(?:讯|电|消息)(?:[ （(]|(?={mention.report_opens}))(?:[^（()）]{1,40}[）)])?\s*", __file__
)
"""What comes before the first words of a report: 河源晚报讯（记者 李明）."""
_DATELINE_ENDS = frozenset("讯电息")
_CONTEXT = 14
"""How many characters beside a mention are asked what it does."""
_MORE = regex(
    rf"[、和与及]{CHINESE}{{2,8}}?(?=[、和与及，等均都共各]|分别|[两三四五六七八九十2-9])"
)
"""One more place of a list."""
_CLAUSE = 60
"""How far back a clause may begin."""
_TO_STOP = regex(f"(?s:.*)[{STOPS}]")
"""All up to the last stop."""


class Mention:
    """A place mentioned at [start, end) of the folded text.

    `area` is None where only a level is said (全县): `kind` is then its last character, and `own`
    tells that the text speaks of its own place (我县). `role` is one of GOVERNS, or the reason why
    the place governs nothing. `clause` is where its clause begins.
    """

    __slots__ = ("area", "clause", "end", "kind", "own", "role", "start")

    def __init__(
        self,
        start: int,
        end: int,
        area: Area | None,
        role: str,
        clause: int,
        kind: str = "",
        own: bool = False,
    ) -> None:
        self.start = start
        self.end = end
        self.area = area
        self.role = role
        self.clause = clause
        self.kind = kind
        self.own = own


def after_dateline(text: str, start: int, at: int) -> int:
    """Where the report begins behind the dateline of a sentence; `start` where it has none."""
    if _DATELINE_ENDS.isdisjoint(text[start:at]):
        return start
    dateline = _DATELINE.search(text, start, at)
    return dateline.end() if dateline else start


def clause_start(text: str, start: int, at: int) -> int:
    """Where the clause of `at` begins, in a sentence that begins at `start`."""
    begin = max(start, at - _CLAUSE)
    if stop := _TO_STOP.match(text, begin, at):
        begin = stop.end()
    if _DATELINE_ENDS.isdisjoint(text[begin:at]):
        return begin
    dateline = last(_DATELINE.finditer(text, begin, at))
    return dateline.end() if dateline else begin


def read(
    text: str,
    start: int,
    end: int,
    places: Sequence[place.Mention],
    short: Mapping[str, Area] = MappingProxyType({}),
) -> list[Mention]:
    """The mentions of [start, end), in order, none inside another.

    `places` are those that the gazetteer finds there; `short` holds names without their kind that
    stand for places the document names in full.
    """
    p = patterns()
    found: list[Mention] = []
    named = []
    if places:
        named = _chains(text, [m for m in places if m.area and m.area.level != "national"])
    if short and (shortened := [*_shortened(text, start, end, short, named)]):
        named = sorted([*named, *shortened])
    spans = [(s, e) for s, e, _ in named]
    for i, (s, e, area) in enumerate(named):
        clause = s if _is_item(text, start, s, e) else clause_start(text, start, s)
        following = spans[i + 1] if i + 1 < len(spans) else None
        role = _role(p, text, start, end, s, e, clause, following)
        if clause == s and role == SUBJECT and _is_item(text, start, s, e):
            role = PART
        if clause == s and role == "mentioned" and text[s - 1] in "是为":
            role = PART  # 增长最快的设区市是|唐山|（25.91%）
        if (
            role == "mentioned"
            and area.level != "county"
            and clause == s
            and (s - start <= 1 or text[s - 1] in "；。" or p.opening.fullmatch(text, start, s))
        ):
            role = SUBJECT  # 甘肃14个市州…: no word begins like the name of a province or city
        if role == "mentioned" and clause == s and text[s:e] in short:
            role = SUBJECT if _AMOUNT.match(text, e, end) else role  # 平江|分配24个
        found.append(Mention(s, e, area, role, clause))
    for m in p.level.finditer(text, start, end):
        s, e = m.span()
        if any(a < e and s < b for a, b in spans):
            continue
        clause = clause_start(text, start, s)
        kind = m["own_kind"] or m["all_kind"] or m["body_kind"] or m["acting_kind"] or ""
        head = clause == s or p.head.fullmatch(text, clause, s) is not None
        quoted = _inside(text, start, end, s, "《", "》")
        if not kind:
            counted = _SURVEYED.match(text, e, end) is not None
            role = NATION if (head or counted) and not quoted else "mentioned"
            if m["bodies"]:
                if quoted or p.nation_not_before.search(text, clause, s):
                    role = "mentioned"
            elif p.before["compared"].search(text, clause, s):
                role = "compared"
        elif m["own_kind"]:
            role = LEVEL
        elif m["acting_kind"]:
            if not head:
                continue
            role = ACTING
        elif m["body_kind"]:
            previous = text[s - 1 : s]
            told = previous == "在" and p.learned.match(text, e - 1, end)  # 在|县教育局获悉
            if "\u4e00" <= previous <= "\u9fff" and not head and not told:
                continue
            role = BODY
        else:
            role = LEVEL if head and not quoted else "mentioned"
        found.append(Mention(s, e, None, role, clause, kind, bool(m["own_kind"])))
    found.sort(key=lambda m: (m.start, m.end))
    return found


def _chains(text: str, places: Iterable[place.Mention]) -> list[tuple[int, int, Area]]:
    """The named places, a chain (绥化市兰西县) as its last."""
    out: list[tuple[int, int, Area]] = []
    for m in places:
        if m.area is None:
            continue
        if out and m.start - out[-1][1] in (0, 1) and text[out[-1][1] : m.start].strip(" ·") == "":
            first, _, outer = out[-1]
            if inside(m.area, outer):
                out[-1] = (first, m.end, m.area)
                continue
        out.append((m.start, m.end, m.area))
    return out


def areas_of(text: str, places: Iterable[place.Mention]) -> Iterator[Area]:
    """The areas that a sentence's mentions of places name, whatever they do there."""
    return (area for *_, area in _chains(text, places) if area.level != "national")


def _shortened(
    text: str, start: int, end: int, short: Mapping[str, Area], named: list[tuple[int, int, Area]]
) -> Iterator[tuple[int, int, Area]]:
    """Places by the short names that hold in this document, where a word can begin."""
    words = text[start:end]
    for name, area in short.items():
        if name not in words:
            continue
        at = text.find(name, start, end)
        while at >= 0:
            stop = at + len(name)
            before = text[at - 1 : at] if at > start else ""
            begins = not "\u4e00" <= before <= "\u9fff" or before in _WORD_ENDS
            if begins and not any(s < stop and at < e for s, e, _ in named):
                yield at, stop, area
            at = text.find(name, stop, end)


_SURVEYED = regex(r"\d+个(?:省|区县|县)(?![^，。；]{0,12}[中里]|[^，。；]{0,8}之一)")
"""对全国|31个省份213个区县的调查: how much of the nation something is about."""
_MOST = regex(r"最[高低多少大小快慢好差强弱][^，。；：]{0,6}[是为]$")
"""What stands before the place that is first or last: 最高的是|甲市，达到97%."""
_ITEM_OPENS = regex(r"（|\d[^\d，。；：]{1,8}[、和与及]")


def _is_item(text: str, start: int, s: int, e: int) -> bool:
    """Whether a place stands with its number alone in a list: 其中东区120个、|西区|90个; or as what
    is most: 增长最快的是|东区|（12%）."""
    if text[s - 1] in "是为" and _MOST.search(text, max(start, s - 10), s):
        return True
    if text[s - 1] in "是为" and text[e : e + 1] == "（" and text[e + 1 : e + 2].isdecimal():
        return True
    if text[e : e + 1].isdecimal() and text.endswith("涉及", start, s):
        return True
    if not text[e : e + 1].isdecimal() or text[s - 1] not in "（、和与及":
        return False
    low = max(start, s - 10)
    return any(found.end() == s for found in _ITEM_OPENS.finditer(text, low, s))


_COMES = worded(
    r"[^。；，]{1,40}?(?:(?:{mention.comes})?来(?!自|源|看|说)[^。；，、]{1,3}?|莅[^。；，、]{1,4}?|到我[省市县区旗州])"
    r"(?:{mention.visit_how})?(?:[^。；，、]{0,12}?)(?:{mention.visits})",
    __file__,
)
"""What a body does that visits the place whose text it is: 甲市人大|来瑞开展调研."""
_AMOUNT = regex(r"[^，。；、\d的]{0,8}\d")
"""What a place is given: 下达甲市|项目资金1亿元."""


def _role(
    p: Patterns,
    text: str,
    start: int,
    end: int,
    s: int,
    e: int,
    clause: int,
    following: tuple[int, int] | None,
) -> str:
    """What a named place does at [s, e) of the sentence [start, end)."""
    low = max(start, s - _CONTEXT)
    if _inside(text, start, end, s, "《", "》"):
        return "document"
    verb = text[s:e].rstrip(KINDS)
    if verb in p.verbs and (verb == text[s:e] or p.behind_verb.search(text, start, s)):
        return "verb"
    if verb in p.built and p.institution.match(text, e, min(end, e + 12)):
        return "verb"  # 新建|区档案馆
    if p.press.match(text, e, min(end, e + 8)):
        return "press"
    if p.dateline_before.search(text, low, s) or p.dateline_after.match(text, e, end):
        return "dateline"
    if p.sited.search(text, low, s) and (
        p.of_school.match(text, e, end) or p.home.search(text, clause, s)
    ):
        return SUBJECT
    if p.company.match(text, e, min(end, e + 18)):
        return "company"
    head = clause == s or p.head.fullmatch(text, clause, s) is not None
    if head and _COMES.match(text, e, end):
        return "visitor"
    if head and following and p.aids.fullmatch(text, e, following[0]):
        return "partner"
    if text[clause:s] in p.given_to and p.given.match(text, e, end):
        return SUBJECT
    if p.gives.search(text, low, s) and _AMOUNT.match(text, e, end):
        return SUBJECT
    body = p.body.match(text, e, min(end, e + 12))
    sourced = p.source_before.search(text, low, s)
    if (body and (head or sourced)) or (
        sourced and text[e - 1] in KINDS and p.learned.match(text, e, end)
    ):
        return BODY
    mentioned: str | None = None
    if not head:
        mentioned = next((r for r, words in p.before.items() if words.search(text, low, s)), None)
        opens = text[s - 1 : s] == "在" and text[e : e + 1] == "，"
        if mentioned == "partner" and p.aided.fullmatch(text, clause, s):
            return SUBJECT
        if mentioned in ("partner", "visited", "compared", "origin") and not opens:
            return mentioned
    if not p.after.match(text, e, end):
        reach = min(end, e + 12)
        if p.institution.match(text, e, reach):
            return "name"
        if p.held.match(text, e, reach) and not (head and text[e - 1] in KINDS):
            return "name"
    if p.award_after.match(text, e, end) and (
        (text[e] == "“" and not (head and clause < s)) or p.award_before.search(text, low, s)
    ):
        return "award"
    if not head and _inside(text, max(start, s - 12), end, s, "“", "”"):
        return "quoted"
    if head and p.levels_below.match(text, e, end):
        return SUBJECT
    if p.not_after.match(text, e, end):
        if text[e] in "、和与及":
            stop = following[1] if following and _joins(text, e, following[0]) else e
            while more := _MORE.match(text, stop, end):
                stop = more.end()
            ends = (p.list_end, p.together) if head else ()
            if stop > e and any(pattern.match(text, stop, end) for pattern in (p.apart, *ends)):
                return LISTED
        return "listed with others"
    if head or (text[s - 1 : s] == "在" and text[e : e + 1] == "，"):
        if p.part.search(text, low, s):
            return PART
        whole = e - s > 2 and text[e - 1] in KINDS
        counts = text[e - 1] in KINDS and _AMOUNT.match(text, e, end)  # 歙县|招聘40人
        if whole or counts or p.after.match(text, e, end) or text[e : e + 1] in "，：的":
            if text[clause:s].endswith(("在", "到", "于", "至")) and text[e : e + 1] != "，":
                return "visited"
            if text[s - 1 : s] in ("从", "由") and p.moved.match(text, e, end):
                return "origin"
            return SUBJECT
        return "mentioned"
    return "mentioned" if mentioned in (None, "other") else mentioned


def _joins(text: str, end: int, start: int) -> bool:
    return 0 < start - end <= 2


def _inside(text: str, start: int, end: int, at: int, left: str, right: str) -> bool:
    """Whether `at` stands between the two marks in [start, end)."""
    opened = text.rfind(left, start, at)
    return opened >= 0 and text.find(right, opened, at) < 0 and text.find(right, at, end) >= 0


def depth(area: Area | None) -> int:
    """How far inside the country: 0 the nation … 3 a county; -1 for none."""
    levels = ("national", "province", "city", "county")
    return levels.index(area.level) if area is not None else -1


def inside(inner: Area, outer: Area | None) -> bool:
    """Whether the inner area is a part of the outer."""
    if outer is None:
        return True
    if outer.level == "national":
        return inner.level != "national"
    if inner.province != outer.province or depth(inner) <= depth(outer):
        return False
    if outer.level != "city" or outer.code is None or inner.code is None:
        return outer.name is not None or inner.level != outer.level
    return inner.code[:4] == outer.code[:4]

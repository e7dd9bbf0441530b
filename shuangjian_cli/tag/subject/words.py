"""The vocabulary of subjects, ready to be found in a text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from shuangjian_cli.data import entries, load
from shuangjian_cli.patterns import CHINESE, Endings, WordList, one_of, regex, worded
from shuangjian_cli.tag.time import time_at, time_ends, time_heads
from shuangjian_cli.tag.words import Lexicon

_AFTER_TIME = worded(r"(?:{around.after_time}|之?前(?={around.opened})|，|、|\s)*", __file__)
"""What joins a time to what it speaks of."""
_TIME_ENDS = frozenset("计的起始止来，、间至到")
"""The characters that such words end with, or a time that joins a figure: 2021年的."""
MOVED_ENDS = "到至为成"
"""The last characters of what says where a movement ended: 增加|到."""
_COUNT = "一二三四五六七八九十"
_AND = "、和及"
_GUARD = "{around.nouns}|务(?!工)|度(?!假)|力(?!度)|数(?!字|学)|类(?:{around.kinds_of})|区(?![县级域内块])"
"""Before these a verb is part of a noun: 服务|时间."""


_MARKS = frozenset("、”’）—①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
"""What may stand before a subject and is no part of it."""
_ITEM = regex(rf"\d{{1,2}}[.、](?={CHINESE}|[ “]|$)")
"""The number of a list's item: 1.|排查机构."""


_EACH_PLACE = regex(r"各[省市州县区旗乡镇]{1,2}(?![级域内属城直辖])(?:（[^）]{1,8}）)?")
"""Each of the places that report: 各区（县级市）|幼儿园占比."""
_OF_PUPIL = ("均", "师", "活", "源")
"""Behind 小学|生 these belong to 生均, 生师比, 生活, 生源, and it is no 小学生."""


class Words:
    """Patterns over the vocabulary; each is anchored by its use (match, or `$` in itself)."""

    def __init__(self) -> None:
        data = load(__file__)
        verbs, lead, tail = data["verbs"], data["lead"], data["tail"]
        change, parts, around = data["change"], data["parts"], data["around"]
        light, kept = verbs["light"].split(), verbs["kept"].split()
        before_verb = lead["before_verb"].split()
        self._since = WordList(around["since"].split())
        self._until = WordList(around["until"].split())
        self._lead = WordList(w for w in lead["words"].split() if w not in before_verb)
        self._lead_protected = WordList(lead["protected"].split())
        self._before_verb = WordList(before_verb)
        self._place = WordList(lead["place"].split(), after="(?!级|属|性)")
        self._stage = WordList(lead["stage"].split(), after="(?=学科类)")
        starting = (self._since, self._lead, self._before_verb, self._place, self._stage)
        self.lead_heads = time_heads().union("各", *(words.heads for words in starting))
        """The letters that a piece before a subject can begin with."""
        self._time_heads = time_heads()
        self._dated_heads = time_heads().union(self._until.heads)
        """The letters that a time can begin with, and with a word before it."""
        self._time_ends = time_ends() | _TIME_ENDS
        self.light = WordList(
            light,
            after=worded(rf"(?:了|着|出(?![台版口])|好|起)?(?!{_GUARD})(?=.{{2}})", __file__),
        )
        self.light_all = Endings(light, then="了出好")
        self.strong = WordList(
            verbs["strong"].split(),
            after=worded(
                rf"了?(?!{_GUARD}|{{around.not_done}}|中(?![小学职央国部心华高层医文等]))(?=.{{2}})",
                __file__,
            ),
        )
        self.kept = WordList(kept)
        self.kept_end = Endings(kept)
        self.verb = WordList(light + kept)
        self.cut = WordList(verbs["cut"].split())
        self.attributive = WordList(verbs["attributive"].split())
        self.purpose = WordList(verbs["purpose"].split())
        self.tail = Endings(tail["words"].split())
        self.tail_ends = self._time_ends.union(
            MOVED_ENDS, (word[-1] for word in tail["words"].split())
        )
        self.tail_protected = Endings(tail["protected"].split())
        self.trends = _trends(change)
        self.changes = Endings(self.trends)
        self.change = WordList(self.trends)
        self._gap = worded(
            r"(?<!不)(?<!不[得应能可])(?:(?P<up>(?!{change.names})(?:{change.above}))|(?P<down>{change.below}))[^，。；、\d]{1,14}$",
            __file__,
        )
        self.beyond = worded("(?:{around.by_how_much})*(?:{change.above}|{change.below})", __file__)
        """At the beginning of what a level is compared with: 高于|民办园的81%."""
        self._gap_head = one_of({w[0] for k in ("above", "below") for w in change[k].split()})
        self.compare = worded(
            "(?:{around.year_on_year}|(?:分别|均|都)?(?:(?<!占)比|较|跟|(?<!参)与|(?<![合共相协不])同(?=上[一年期]|"
            r"{around.years_before}))(?={around.baselines}|[12]\d{3}|“|全[国省市县]|2)).*$|"
            r"由[^，。；、\d]{2,10}前的?$|(?<![占同环对例])(?:比(?![例重率值])|较)[^，。；、]{1,10}?(?:前|年|月|期|初|末|底|时)的?$",
            __file__,
        )
        self.moved_end = worded(
            rf"[猛激剧骤陡锐]?(?:{{around.motions}})了?[{MOVED_ENDS}]$", __file__
        )
        self.moving = worded(
            r"(?:{around.overall})?(?:(?P<up>{around.moves_up})|(?P<down>{around.moves_down}))(?=[^率到至的].)",
            __file__,
        )
        self.inner = WordList(verbs["inner"].split())
        self.newly = WordList(verbs["newly"].split())
        self.handled = WordList(verbs["handled"].split())
        self.outcome = frozenset(verbs["outcome"].split())
        self.predicated = WordList(verbs["predicated"].split())
        self.dropped = WordList(verbs["dropped"].split())
        self.raised = WordList(verbs["raised"].split())
        self.mends = WordList(verbs["mends"].split())
        self.no_cut = WordList(verbs["no_cut"].split())
        self.achieved = WordList(verbs["achieved"].split())
        self.for_what = WordList(around["for_what"].split())
        self.tied = Endings(around["tied"].split())
        self.moved = worded(
            r"(?:{common.about})?(?:的)?[增减提升降压缩扩拓跃发调恢回延上下壮放收]\S{0,3}[到至为](?!位)",
            __file__,
        )
        self.moved_heads = frozenset("左以的增减提升降压缩扩拓跃发调恢回延上下壮放收")
        self.cut_end = Endings(verbs["cut_end"].split())
        self.rank = Endings(data["rank"]["words"].split())
        kinds = parts["kinds"].split()
        self.kind = WordList(kinds)
        self.kind_end = Endings(kinds)
        self.kinds = frozenset(kinds)
        self.head_end = Endings(parts["heads"].split())
        belongs = _counted(data["carriers"]["belongs"])
        self.bare = frozenset(_counted(parts["bare"]))
        self.measures = frozenset(parts["measures"].split())
        self.general = frozenset(parts["general"].split())
        self.unowned = frozenset(parts["unowned"].split())
        rates = [f"{rate}率" for rate in parts["rates"].split()]
        own_rates = [f"{rate}率" for rate in parts["own_rates"].split()]
        self.own_rate = Endings(own_rates)
        self.measure_end = Endings([*self.measures, *rates, *own_rates])
        self.rate = worded("(?:{around.whole})?(?:(?:{parts.rates})率?|增幅)", __file__)
        self.event = worded(
            rf"在?(?:第?[\d{_COUNT}]+届)?([^，。；在]{{2,24}}?(?:{{parts.events}}))(?:{{around.events}})?(?:中|上|里)",
            __file__,
        )
        self.prize = WordList(parts["prizes"].split())
        self.sets = [
            (frozenset(words.split()), WordList(words.split())) for words in data["sets"].values()
        ]
        """Sets of words of which one stands in the place of another: 小学, 初中; 收入, 支出."""
        self.disciplines = WordList(data["sets"]["disciplines"].split())
        self.pairs = frozenset(data["pairs"]["words"].split())
        self.spending = frozenset(data["sets"]["spending"].split())
        self.extremes = frozenset(data["sets"]["extremes"].split())
        self.staff = Endings(parts["staff"].split())
        self.pupil_end = Endings(data["sets"]["pupils"].split())
        self.pupils = Endings(parts["pupils"].split())
        self.members = frozenset[str]().union(*(members for members, _ in self.sets))
        self.member_ends = frozenset(member[-1] for member in self.members)
        carrier = data["carriers"]
        self._stage_of = WordList(carrier["of"].split())
        self.graded = WordList(carrier["graded"].split())
        self._stage_types = WordList(carrier["types"].split())
        self.stage_words = Lexicon((*carrier["of"].split(), *carrier["types"].split()))
        self.levels = frozenset(carrier["levels"].split())
        self._stage_levels = WordList(carrier["levels"].split())
        self._stage_tails = WordList(carrier["tails"].split())
        self.stage_heads = self._stage_of.heads | self._stage_types.heads
        self.stage_head = one_of(self.stage_heads)
        self.bodies = tuple(carrier["bodies"].split())
        self.body_end = Endings(self.bodies)
        self.course_end = Endings(f"{kind}班" for kind in carrier["courses"].split())
        self.totals = WordList(carrier["totals"].split())
        self.body_heads = self.stage_heads | self.totals.heads
        self.counted = {
            unit: Endings(row["heads"].split())
            for row in data["counted"]
            for unit in row["units"].split()
        }
        """What the nouns end with that a measure word counts: 名|教师, 所|学校."""
        self.fitting = self.counted | {
            unit: Endings(row["heads"].split())
            for row in data["fitting"]
            for unit in row["units"].split()
        }
        """The same, with units that count other things, too."""
        self.belonging = Endings(belongs)
        self.quality = Endings(carrier["qualities"].split())
        self.grade = Endings(carrier["grades"].split())

    def lead(self, text: str, start: int, end: int) -> int | None:
        """Where a piece ends that comes before a subject and is no part of it: a mark, 【a
        heading】, 一是, a time, an adverb, the place that reports."""
        head = text[start]
        if not head.isalpha():
            stop = start
            while stop < end and (text[stop] in _MARKS or text[stop].isspace()):
                stop += 1
            if stop > start:
                return stop
            if head == "【" and (closes := text.find("】", start, end)) >= 0:
                return closes + 1
            if head.isdecimal() and (item := _ITEM.match(text, start, end)):
                return item.end()
        elif head in _COUNT:
            stop = start + (2 if text[start + 1 : start + 2] in _COUNT else 1)
            if stop < end and text[stop] in "是要":
                return stop + 1
        elif head in self._since.heads:
            for at in self._since.ends(text, start, end):
                if (time := self._after_time(text, at, end)) is not None:
                    return time
        if (time := self._after_time(text, start, end)) is not None:
            return time
        word_end = self._lead_word(text, start, end)
        if word_end is None or not self._lead_protected.match(text, start, end):
            return word_end
        # 共|建设学校, and not 共建|学校.
        acts = word_end == start + 1 and self.light.match(text, word_end, end)
        return word_end if acts else None

    def _lead_word(self, text: str, start: int, end: int) -> int | None:
        """Where an adverb ends, or the place that reports."""
        if found := self._lead.match(text, start, end):
            return found.end()
        if text[start] in self._before_verb.heads:
            for stop in self._before_verb.ends(text, start, end):
                time = self._after_time(text, stop, end)  # 计划|明年初|投入使用
                if self.verb.match(text, stop, end) or (time and self.kept.match(text, time, end)):
                    return stop
        if text[start] == "各" and (each := _EACH_PLACE.match(text, start, end)):
            return each.end()
        place = self._place.match(text, start, end) or self._stage.match(text, start, end)
        if place and text.startswith("级财政", place.end() - 3):
            acts = self.verb.match(text, place.end(), end) or text.startswith("用于", place.end())
            return place.end() if acts else None
        return place.end() if place else None

    def time_end(self, text: str, start: int, end: int) -> int | None:
        """Where the time begins that stands at the end: 截至2022年底的."""
        last = text[end - 1]
        if last not in self._time_ends and not last.isspace():
            return None
        stops = (end, end - 1) if last == "的" else (end,)
        for begin in range(start, end):
            if text[begin] not in self._dated_heads and not text[begin].isdecimal():
                continue
            starts = (begin, *self._until.ends(text, begin, end))
            if any(self._after_time(text, at, stop) == stop for at in starts for stop in stops):
                return begin
        return None

    def _after_time(self, text: str, at: int, end: int) -> int | None:
        """Where the time that begins at a position ends, with what joins it to what follows."""
        head = text[at : at + 1]
        if head not in self._time_heads and not head.isdecimal():
            return None
        time = time_at(text, at, end)
        if time is None or time.kind in ("length", "clock"):
            return None
        after = _AFTER_TIME.match(text, time.end, end)
        return after.end() if after else time.end

    def gap(self, text: str) -> re.Match[str] | None:
        """The distance from something that a text ends with: 高于|全国平均水平."""
        return self._gap.search(text) if self._gap_head.search(text) else None

    def stage_end(self, text: str, start: int, end: int) -> int | None:
        """Where a school type ends that begins here: 民办|普通高中|学校|招生."""
        if text[start : start + 1] not in self.stage_heads:
            return None
        while found := self._stage_of.match(text, start, end):
            start = found.end() + text.startswith("、", found.end())
        for stop in self._stage_types.ends(text, start, end):
            while found := self._stage_tails.match(text, stop, end):
                stop = found.end()
            while found := self._stage_levels.match(text, stop, end):
                stop = found.end()  # 普通高等教育|本专科
            pupil = text.startswith("生", stop) and text[stop + 1 : stop + 2] not in _OF_PUPIL
            if not pupil and not text.startswith(entries(__file__, "around", "of_school"), stop):
                return stop
        return None

    def schools_end(self, text: str, start: int, end: int) -> int | None:
        """Where schools or education in general end that are told by their kind: 农村|学校."""
        stop = start
        while found := self._stage_of.match(text, stop, end):
            stop = found.end()
        return stop + 2 if start < stop and text.startswith(("学校", "教育"), stop, end) else None

    def kept_start(self, text: str, start: int, end: int) -> int:
        """Where the verbs end with which a subject begins, joined by 、 or 和."""
        if text[start : start + 1] not in self.kept.heads:
            return start
        while found := self.kept.match(text, start, end):
            start = found.end()
            if start < end and text[start] in "、和或":
                start += 1
        return start

    def only_verbs(self, text: str, start: int, end: int) -> bool:
        """Whether [start, end) is nothing but verbs, joined by 、, 和, 及 or not at all."""
        if text[start : start + 1] not in self.verb.heads:
            return False
        reached, seen = [start], {start}
        while reached:
            at = reached.pop()
            for stop in self.verb.ends(text, at, end):
                for after in (stop, stop + 1) if text[stop : stop + 1] in _AND else (stop,):
                    if after == end:
                        return True
                    if after not in seen:
                        seen.add(after)
                        reached.append(after)
        return False


def _counted(words: str) -> list[str]:
    """Words, each also with what says that it is a number: 在校生, 在校生人数."""
    tails = ("", *entries(__file__, "around", "tails"))
    return [word + tail for word in words.split() for tail in tails]


def _trends(change: Mapping[str, str]) -> dict[str, str | None]:
    """The trend of each word of movement; where lists share a word, a noun before up before down."""
    trends: dict[str, str | None] = {}
    for trend in ("down", "up"):
        for word in change[trend].split():
            trends[word] = trends[word + "了"] = trend
    return trends | dict.fromkeys(change["noun"].split())


@cache
def words() -> Words:
    """The vocabulary, compiled once."""
    return Words()

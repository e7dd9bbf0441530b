"""Gaps: what a figure's own words leave out, so that the resolver knows what to look for.

Most words say all: 专项资金|29.6亿元. Others name only a kind (初中|92%), a verb (关停|6家), a
measure (总数|12万个), a share (占全县的|30%), or what each school type has (在校生|300人).
"""

from collections.abc import Iterator
from typing import NamedTuple

from shuangjian_cli.data import entries
from shuangjian_cli.patterns import regex, worded
from shuangjian_cli.tag.subject.among import part_of_persons
from shuangjian_cli.tag.subject.carriers import first_stage, holds_body, is_body, is_part_of_body
from shuangjian_cli.tag.subject.distinguish import PER
from shuangjian_cli.tag.subject.elided import elided, is_next_place, is_of_told
from shuangjian_cli.tag.subject.frames import BODIES, MEASURES, PERSONS, RATIOS, is_amount, is_money
from shuangjian_cli.tag.subject.phrase import (
    MEASURED,
    Phrase,
    Span,
    is_place,
    part,
    without,
    words_of,
)
from shuangjian_cli.tag.subject.reading import Context, Reading, Slot
from shuangjian_cli.tag.subject.roles import GOAL


class Own:
    """A figure and the words around it that name something.

    `content` are the phrase's words, `outer` those that it is taken from, which may be `only_verbs`.
    """

    __slots__ = ("content", "context", "only_verbs", "outer", "phrase", "role", "slot", "unit")

    def __init__(
        self,
        context: Context,
        slot: Slot,
        role: str,
        phrase: Phrase,
        content: str,
        outer: Span,
        only_verbs: bool,
    ) -> None:
        self.context = context
        self.slot = slot
        self.role = role
        self.phrase = phrase
        self.content = content
        self.outer = outer
        self.only_verbs = only_verbs
        self.unit = slot.figure.unit

    @property
    def counts(self) -> bool:
        """Whether the figure is a count or an amount."""
        return self.unit not in MEASURES and self.role != "rank"

    def reading(self, rule: str, before: Phrase = (), after: Phrase = ()) -> Reading:
        """These words between others as the subject."""
        return Reading.of((*before, *self.phrase, *after), rule)


class Gap(NamedTuple):
    """What is missing: a row of `resolver.toml`, the words that stay, and their `order` if not the row's."""

    name: str
    own: Phrase = ()
    order: str = ""


_STANDARD = worded(r"的?标准(?:，?(?:{gaps.manner})*(?:{gaps.paid}))?([^，。；\d]{2,14})", __file__)
_GIFTS = entries(__file__, "gaps", "gifts")
_OF = regex(r"(?:占|相当于)(?:[^，。；]{0,24})$")
_WHOLE = worded(r"(?:{gaps.about_of})?(?:全[国省市县区]|同期)(?:{gaps.wholes})?", __file__)
_ABOUT_OF = frozenset(entries(__file__, "gaps", "about"))
_SHARE_HEADS = frozenset("预占相约接超全同目年任计稳保")
"""The first characters of what a share is said to be of, or of the task that it is done of."""
_TASK = worded("(?:{gaps.task_of})*(?:{gaps.tasks}|(?:{gaps.budgets})?预算)(?:数|总数)?", __file__)
_TAKES_PART = worded(
    r"(?:{gaps.takes_part})(?:{gaps.taking_part})(?:数|人数)?|(?:{gaps.persons})(?:{gaps.takes_part})率",
    __file__,
)
"""参与|学生, 学生参与率: who took part, and not in what."""
_AIDED = worded("(?:{gaps.aided})(?:{gaps.aided_persons})", __file__)
"""发放高中助学金90万元，补助学生|900名: who got what was paid right before."""
_STAFF_SHARE = worded("(?:{gaps.parted})(?:人数)?(?:所?占|{gaps.shares})+$", __file__)
"""高职教师300人，硕士以上学历占比|60%: a share of those told before."""


def _rate_beside(own: Own) -> Iterator[Gap]:
    """小学生900人，|近视率|30%; 小学生视力正常率70%，|视力不良率|30%: the rate of those named right before."""
    last, w = own.context.last(), own.context.words
    if last is None or last.role != "level":
        return
    said = words_of(own.context.text, last.phrase)
    if last.unit == "%" and said[-1:] == "率" and said.find(own.content[:2], 2) > 0:
        yield Gap("whose", own.phrase)
    persons = last.unit in PERSONS and last.end == own.slot.clause - 1
    if persons and (w.pupil_end.search(said) or _is_rate_of_staff(own.content, said)):
        yield Gap("rate_of", own.phrase)


def _is_rate_of_staff(content: str, said: str) -> bool:
    """保教人员125名，|持证率: a rate that only staff have, behind some."""
    return content.startswith(_STAFF_RATES) and said[-1:] in _STAFF_ENDS


_STAFF_RATES = entries(__file__, "gaps", "staff_rates")
_STAFF_ENDS = frozenset("师员工医安")
_EACH_PUPILS = regex("每[百千]?[名个]?学生|每[校班生](?!年)")
_STUDIES = worded("[校园学中市县](?:{gaps.studies})$", __file__)
"""随迁子女中，在小学|就读的有|900人: what tells some persons apart, and not who they are."""
_GROUP = worded("(?:{gaps.groups}|[省市县区])$", __file__)
"""Whose rate moved, and not what did: 毛入学率提高，有的县|提高5个百分点."""
_ALONE = regex(r"一[地市县校家]就?|就(?=新增)")


def gaps_of(own: Own) -> Iterator[Gap]:
    """What the words may leave out, what is asked for first in front."""
    content, w, text, slot = own.content, own.context.words, own.context.text, own.slot
    unit, head, size = slot.figure.unit, content[0], len(content)
    if own.role == "level" and (bare := elided(own)):
        yield Gap("elided", bare)
    if told := part_of_persons(own.context, slot, own.role, own.phrase, content):
        yield Gap("elided", told)
    if size <= 4 and unit == "%" and GOAL.match(text, slot.figure.outer_end):
        yield Gap("benchmark")
    per = PER.search(content) if "每" in content or "均" in content else None
    if per and per.start() == 0:
        standard = _STANDARD.match(text, slot.figure.outer_end)
        after = (standard.span(1),) if standard else ()
        if standard and text.endswith(_GIFTS, 0, standard.start(1)):
            after = (*after, (standard.start(1) - 2, standard.start(1)))  # 补助|困难幼儿
        if after:
            yield Gap("stated", (*own.phrase, *after))
        yield Gap("per_unit", own.phrase)
    if unit == "%" and content[-1] == "率" and "参" not in content and not holds_body(w, content):
        yield from _rate_beside(own)
    if head == "每" and size > 6 and _EACH_PUPILS.match(content) and not holds_body(w, content):
        yield Gap("item", own.phrase)  # 初中生均藏书32册，每百名学生拥有平板|18台
    if size > 3 and content[1] == "均":
        yield Gap("whose", own.phrase)  # 教师人均工资8万元，人均|津贴1万元
    if (head in _SHARE_HEADS and content[:2] != "占地") or content[-1] == "占":
        yield from _share(own)
    if not slot.part and unit in PERSONS and _AIDED.fullmatch(content) and _is_paid_before(own):
        yield Gap("topic", own.phrase)
    if "参" in content and _TAKES_PART.fullmatch(content):
        yield Gap("activity", own.phrase)
    named = content[: per.start()] if per else content
    if unit in BODIES and is_body(w, named):
        if slot.part or text.find("其中", own.context.start, slot.clause) >= 0:
            yield Gap("owned", own.phrase)  # 民办学校45所，其中|幼儿园38所
        elif _ANY_BODIES.fullmatch(content) and own.context.head(slot.clause):
            yield Gap("bodies", own.phrase)
        return
    if unit == "%" and slot.part and own.role == "level" and is_body(w, content):
        yield Gap("kind", own.phrase, "before")  # 高校毕业生就业率90%，其中|高职院校|94%
    if unit in RATIOS and "比" not in content:
        yield Gap("ratio", own.phrase)  # 生师比18∶1，普通本科|17∶1
    lacking = own.role == "level" and lacks_head(own)
    noted = lacking and slot.bracket != -1 and own.context.last() is None
    if (slot.part or noted) and (lacking or w.prize.match(content)):
        yield Gap("among", own.phrase, "after" if w.prize.match(content) else "")
    if not lacking and own.role == "level" and _is_unnamed_amount(own):
        yield Gap("amount", own.phrase)
    if named in w.pairs:
        yield Gap("pair", own.phrase)
    elif named in w.members and not (slot.part and named in _SEXES):
        heads = w.counted.get(unit or "")
        whole = heads is not None and heads.search(named) is not None
        yield Gap("like" if whole else "kind", own.phrase, "after" if named in w.extremes else "")
    elif unit == "%" and content[-1] == "中" and w.stage_end(content, 0, size - 1) == size - 1:
        yield Gap("kind", part(own.phrase, 0, size - 1))  # 女教师占65%，在小学中|78%
    elif own.role == "level" and 4 <= size <= 10:
        frames = own.context.discourse.frames
        near = frames[-1] if frames and frames[-1].unit == unit else None
        if near and (
            content[-1] not in MEASURED or (near.phrase and text[near.phrase[0][0]] == "每")
        ):
            yield Gap("alike", own.phrase)
    if own.role == "change" and unit == "百分点" and _GROUP.search(content):
        yield Gap("alike", own.phrase)
        yield Gap("moved", own.phrase)
    if lacking or (own.role == "level" and _is_headed(own)):
        yield Gap("headless", own.phrase)
    if unit == "%" and w.quality.search(content) and not w.counted["人"].search(content):
        yield Gap("share_of", own.phrase)
    if content == "资金" and (paid := _paid(own)) is not None:
        yield Gap("measure_of", paid)
    if unit == "%" and _STAFF_SHARE.search(content) and not holds_body(w, content):
        yield Gap("item", own.phrase, "after")
    if content.endswith(entries(__file__, "gaps", "planned_ends")) and PLANNED.fullmatch(content):
        yield Gap("planned", own.phrase)
    if content in w.spending and own.slot.part and _is_money_of_a_class(own):
        yield Gap("measure_of", own.phrase)
    if content in w.measures and not _is_places(own):
        yield Gap("measure_of", own.phrase)
    if content.endswith("贡献率"):
        toward = text.rfind("对", slot.left, own.phrase[0][0])
        if toward >= 0:
            yield Gap("toward", ((toward, own.phrase[-1][1]),))
    if (own.only_verbs or content in _MENDED) and not (is_money(unit) and _INVESTS.search(content)):
        yield Gap("verb", own.phrase, "after" if content in w.outcome else "")
    elif size <= 5 and (w.rate.fullmatch(content) or _is_next_rate(own)):
        yield Gap("rate_of", own.phrase)
    if content[w.kept_start(content, 0, size) :] in w.bare and _follows_bodies(own):
        yield Gap("topic", own.phrase)
    if is_part_of_body(w, content):
        acts = content not in w.bare and w.kept.match(content)  # 培训|教师, and not 招收新生
        yield Gap("opened" if acts else "topic", own.phrase)
    if size <= 8 and content.endswith("新增"):
        newly = tuple(span for s, e in own.phrase for span in without(text, s, e, _ALONE))
        yield Gap("verb", newly)
    elif slot.part and own.counts and own.role == "level" and not holds_body(w, content):
        yield Gap("of_whole_carrier", own.phrase)


_ANY_BODIES = worded("(?:{gaps.any})*(?:{gaps.any_bodies})(?:总?数)?", __file__)
"""特殊教育：|学校|7所: bodies of which only the head tells the kind."""


def _is_paid_before(own: Own) -> bool:
    """Whether the clause before tells of an amount of money."""
    last, slot = own.context.last(), own.slot
    if last is None or last.unit is None or not last.unit.endswith("元"):
        return False
    if last.end != slot.clause - 1:
        return False
    text, start = own.context.text, own.context.start
    item = text[max(start, text.rfind("；", start, slot.clause - 1) + 1) : slot.clause]
    return first_stage(own.context.words, item) != (0, 0)


_SUM = worded("(?:{gaps.sums})$", __file__)


def _is_money_of_a_class(own: Own) -> bool:
    """Whether the amount before is of what money is spent on, named without 支出: 行政运行980万元，其中：|基本支出."""
    last = own.context.last()
    if last is None or not is_money(last.unit):
        return False
    return _SUM.search(words_of(own.context.text, last.phrase)) is None


PLANNED = worded(
    "(?:{gaps.planned})[数值]$|(?:{gaps.dealt_with})(?:{gaps.papers})(?:{gaps.counts})?$|合同金额$|签约金额$",
    __file__,
)
"""巩固率：|任务数|98%，|完成数|98.6%: how much was planned, and reached, of what is told before."""
_PAYS = worded("(?:{gaps.pays})(?:{gaps.gifts})?$", __file__)


def _paid(own: Own) -> Phrase | None:
    """国家助学金资助900人次，|发放资金|90万元: what was paid to those counted right before."""
    last, begin = own.context.last(), own.phrase[0][0]
    if last is None or last.unit not in PERSONS or last.sentence != own.context.start:
        return None
    pays = _PAYS.search(own.context.text, own.slot.left, begin)
    return ((pays.start(), own.phrase[-1][1]),) if pays else None


def _share(own: Own) -> Iterator[Gap]:
    """教师1200人，占全县的|30%: a share of what the last figure counts."""
    content, text = own.content, own.context.text
    if own.unit == "%" and _TASK.fullmatch(content):
        done = text.rfind("完成", own.slot.left, own.phrase[0][0])
        if done >= 0:
            yield Gap("share_of", ((done, done + 2), *own.phrase))
    if content[-1] == "占" and own.slot.part:
        told = 2 * content.endswith("的占")  # 其中学历达标的|占
        yield Gap("of_whole", part(own.phrase, 0, len(content) - told))
    elif content.endswith("的占"):
        yield Gap("elided", part(own.phrase, 0, len(content) - 2))
    of = _OF.search(content) or _WHOLE.fullmatch(content)
    if of and (of.start() == 0 or content[: of.start()] in _ABOUT_OF):
        yield Gap("share_of", own.phrase)


def lacks_head(own: Own) -> bool:
    """Whether the unit counts something else than what the words name: 小学|2400人, 省级|3项."""
    w, content, unit = own.context.words, own.content, own.unit
    if unit == "%" and is_next_place(own):
        return True
    heads = w.counted.get(unit or "")
    if heads is not None and len(content) > 1 and heads.search(content):
        return False  # of one character, 女 and 男 are of somebody
    if w.quality.search(content) or content in w.kinds:
        return unit not in BODIES or not is_body(w, content)
    apart = _SET_APART.fullmatch(content) or _STUDIES.search(content)
    if (unit in PERSONS and apart) or content.endswith("阶段") or is_of_told(own):
        return True  # 谋划阶段|的项目
    if own.slot.part or _goes_on(own):
        if w.grade.search(content) or is_place(content):
            return unit not in BODIES or not is_body(w, content)
        if heads is not None:
            return True
    return (unit in PERSONS or is_amount(unit)) and is_body(w, content)


_SEXES = frozenset(entries(__file__, "gaps", "sexes"))
_MONEY = worded("[额款费资贷贴酬债薪润值价奖]|结[转余]|{gaps.money}", __file__)
"""What says of an amount of money which it is."""


def _is_unnamed_amount(own: Own) -> bool:
    """Whether the words name nothing that an amount of money can be: 东山小学教学楼|120万元."""
    return is_money(own.unit) and _MONEY.search(own.content) is None


_PER_TIME = worded("(?:每(?:{gaps.each})+)+$", __file__)


def _is_headed(own: Own) -> bool:
    """Whether the words behind a colon only tell apart what stands before it: 实验开出率：必做|98%,
    保教费：一类园每月|520元."""
    content, unit, context, text = own.content, own.unit or "", own.context, own.context.text
    if text.rfind("：", context.start, own.slot.left) < 0:
        return False
    named = _PER_TIME.sub("", content)
    if len(named) > 10:
        return False
    if context.last() is None and text[own.slot.clause - 1] != "：":
        return False
    if unit == "%":
        return len(named) <= 4 and content[-1] not in MEASURED and "占" not in content
    if is_money(unit):
        return _MONEY.search(named) is None
    return named != content or context.words.grade.search(content) is not None


_SET_APART = worded(
    r"(?:\d+(?:周?岁)?(?:至|到|[—－~-]))?\d+周?岁(?:及?以[上下])?"
    r"|(?:{gaps.degrees})(?:{gaps.studied}|及以上(?:学历)?|以上(?:学历)?)",
    __file__,
)
"""Age or schooling alone tell some of a staff apart: 35岁以下|的23人, 本科毕业|的19人."""


def _goes_on(own: Own) -> bool:
    """Whether the figure before is a part that counts the same."""
    last = own.context.last()
    return last is not None and bool(last.base) and last.unit == own.unit


def _is_next_rate(own: Own) -> bool:
    """Whether the figure is a rate that follows on another of its sentence (普惠率90%，公办率|60%), or
    on the count that it is the rate of (本科上线900人，上线率|60%)."""
    last = own.context.last()
    if last is not None and own.unit == "%" and last.counts and len(own.content) > 2:
        counted = words_of(own.context.text, last.phrase)
        if own.content[-1] == "率" and counted.endswith(own.content[:-1]):
            return counted != own.content[:-1]
    return (
        own.unit == "%"
        and len(own.content) <= 3
        and own.content[-1] == "率"
        and last is not None
        and last.unit == "%"
        and last.sentence == own.context.start
        and words_of(own.context.text, last.phrase).endswith("率")
    )


_OF_PLACE = regex("(?:全[国省市县区州旗镇乡村]|辖区|[该本我][省市县区州镇])(?:辖区)?$")


def _is_places(own: Own) -> bool:
    """Whether an area is that of the place that reports: 230个村，全区|总面积|420平方千米."""
    text, begin = own.context.text, own.phrase[0][0]
    return (
        own.content.endswith("面积") and _OF_PLACE.search(text, own.slot.clause, begin) is not None
    )


def _follows_bodies(own: Own) -> bool:
    """Whether the figure stands right behind a count of bodies: 幼儿园12所、|新增学位|3600个."""
    w, text, last = own.context.words, own.context.text, own.context.last()
    if last is None or text[last.end : own.phrase[0][0]] not in ("、", ""):
        return False
    body = words_of(text, last.phrase)
    size = len(body)
    return last.unit in BODIES and w.stage_end(body, w.kept_start(body, 0, size), size) == size


_MENDED = frozenset(entries(__file__, "gaps", "mended"))
"""新建校舍3万平方米，|加固|5000平方米."""
_INVESTS = regex("投[入资]$")

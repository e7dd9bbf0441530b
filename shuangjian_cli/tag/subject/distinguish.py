"""Siblings: what tells a figure from the one before it, in the place of what told that apart.

小学在校生12万人，初中|6万人: 初中 stands where 小学 stood. So do another prize, the other of a pair
(收入, 支出), another school type, and a part of the whole that the part before it was of.
"""

from __future__ import annotations

from collections.abc import Sequence

from shuangjian_cli.data import entries
from shuangjian_cli.patterns import regex, worded
from shuangjian_cli.tag.subject.carriers import (
    carrier_of,
    first_stage,
    is_body,
    owner_size,
    stages_end,
)
from shuangjian_cli.tag.subject.frames import Frame
from shuangjian_cli.tag.subject.phrase import MEASURED, Phrase, Span, part, words_of
from shuangjian_cli.tag.subject.words import Words

PER = worded(
    "(?:平均)?(?:每(?:名|个|所)?(?:{distinguish.each})(?:每?(?:{distinguish.times}))?|每"
    "(?:{distinguish.each_time}|[期场次批餐趟辆])|{distinguish.per}|年?生均|[县市区镇乡村园场车师]均)(?:有|达|约|"
    "标准)?$",
    __file__,
)
"""For each of what, at the end of what a figure says: 小学|每生每年."""


_GRADES = regex("[一二三四五六七八九](?:[至到、—-][一二三四五六七八九])?年级")


def distinguished(w: Words, text: str, own: Phrase, frame: Frame) -> Phrase | None:
    """The words of a frame with `own` in the place of those of its kind; None where it has none."""
    content, whole = words_of(text, own), words_of(text, frame.phrase)
    body = is_body(w, content)
    if frame.base:
        base = words_of(text, frame.base)
        if not body and content in w.members and is_body(w, whole[: -len(base)]):
            return (*own, *frame.phrase)  # 小学|生均经费9000元，其中，农村
        if not body and content in w.members and content not in base:
            member = _member(w, own, content, whole, frame)
            if member is not None:
                return member  # 初一女生|轻度近视比例, 男生
        if body and (size := _sibling_size(w, content, base)) and size < len(base):
            return (*own, *part(frame.base, size, len(base)))
        return frame.base if base.startswith(content) else (*own, *frame.base)
    ended = any(content in members and whole.endswith(tuple(members)) for members, _ in w.sets)
    if ended and (member := _member(w, own, content, whole, frame)) is not None:
        return member  # 设备值|小学, 初中
    carrier = words_of(text, carrier_of(w, text, frame))
    at = whole.find(carrier) if body and carrier else -1
    if at >= 0 and len(carrier) < len(whole):
        after = stages_end(w, whole, at + len(carrier))
        at += owner_size(carrier, content)
        return _between(frame, own, at, after, len(whole)) if after < len(whole) else None
    member = _member(w, own, content, whole, frame)
    if member is not None or not body:
        return member
    grades = _GRADES.match(whole)
    after = grades.end() if grades else stages_end(w, whole, first_stage(w, whole)[1])
    return _between(frame, own, 0, after, len(whole)) if 0 < after < len(whole) else None


def _sibling_size(w: Words, content: str, base: str) -> int:
    """How long the word is with which a base begins, where a sibling of it ends others: 公办园|保教费,
    普惠性民办园; 0 where there is none."""
    for members, _ in w.sets:
        size = next((len(m) for m in members if base.startswith(m)), 0)
        if size and content.endswith(tuple(members)):
            return size
    return 0


_COUNTED = frozenset(("人", "名", "位", "所", "家", "座", "处", "个"))
_PERSONS = worded("{distinguish.persons}|幼儿(?!园)", __file__)


_OWN_SCHOOL = entries(__file__, "distinguish", "own_school")
"""The school that speaks, before its staff."""


_AMOUNT = worded(
    "(?:(?:生均)?(?:财政)?(?:{distinguish.standards})标准|(?:{distinguish.amounts_of})*(?:{distinguish.sums})|(?:{distinguish.planned})?(?:总?投资|投入)|{distinguish.amounts})(?:{distinguish.dealt})*$",
    __file__,
)
"""资金安排如下：东山小学|30万元: what is told of each of a list."""


def amount_of(text: str, phrase: Phrase) -> Phrase:
    """What a subject ends with that amounts of money are told by; empty where it does not."""
    amount = _AMOUNT.search(words_of(text, phrase)) if phrase else None
    return part(phrase, *amount.span()) if amount else ()


def without_each(text: str, phrase: Phrase) -> Phrase:
    """A subject of all, without for each of what one of it is: 副校长|每校|1人，共|360人."""
    words = words_of(text, phrase)
    each = PER.search(words) if "每" in words or "均" in words else None
    return part(phrase, 0, each.start()) if each and each.start() >= 2 else phrase


def whole_of(w: Words, text: str, frame: Frame) -> Phrase:
    """What a frame is a part of, or else what it counts, or the persons whose rate it is:
    幼儿园专任教师|学历合格率; empty where it names neither."""
    if frame.base:
        return frame.base if len(words_of(text, frame.base)) > 1 else ()
    words = words_of(text, frame.phrase)
    persons = _PERSONS.search(words)
    if frame.source == "theme" and not persons and len(words) > 2:
        return frame.phrase
    if frame.unit not in _COUNTED:
        return part(frame.phrase, 0, persons.end()) if persons else ()
    if persons and words.startswith(_OWN_SCHOOL):
        return part(frame.phrase, 2, len(words))
    total = w.totals.match(words)
    begin = total.end() if total else w.kept_start(words, 0, len(words))
    begin += 2 * words.startswith(("原有", "现有"), begin)
    told = words.rfind("的", 1, len(words) - 1) + 1  # 列入白名单的|机构, 列入黑名单
    begin = max(begin, told)
    return part(frame.phrase, begin if begin < len(words) else 0, len(words))


def of_one_set(w: Words, text: str, pieces: Sequence[Span]) -> tuple[Span, Span] | None:
    """What stands before and behind the words of one set that a list tells apart:
    小学|英语、科学|教师缺额率; None where the list is none of a set."""
    (begin, first_end), (last_begin, end) = pieces[0], pieces[-1]
    if text[first_end - 1] not in w.member_ends:
        return None
    for members, _ in w.sets:
        ends = [len(m) for m in members if text.endswith(m, begin, first_end)]
        opens = [len(m) for m in members if ends and text.startswith(m, last_begin, end)]
        half = ends and text.endswith("小", begin, first_end - max(ends))  # 中小|学生
        if opens and not half and first_end - max(ends) > begin and last_begin + max(opens) < end:
            return (begin, first_end - max(ends)), (last_begin + max(opens), end)
    return None


def are_siblings(w: Words, one: str, other: str) -> bool:
    """Whether neither of two words can be a part of the other: 小学, 初中."""
    if is_body(w, one) and is_body(w, other):
        return True
    return any(one in members and other in members for members, _ in w.sets)


def _between(frame: Frame, own: Phrase, begin: int, after: int, size: int) -> Phrase:
    """The words of a frame with others in the place of [begin, after)."""
    return (*part(frame.phrase, 0, begin), *own, *part(frame.phrase, after, size))


def _member(w: Words, own: Phrase, content: str, whole: str, frame: Frame) -> Phrase | None:
    """Another word of the same set: 初中 for 小学, 支出 for 收入, 二等奖 for 一等奖."""
    per = PER.search(content)
    named = content[: per.start()] if per else content
    for members, words in w.sets:
        every = list(words.finditer(whole)) if named in members else []
        found = next((f for f in every if f.end() == len(whole)), every[0] if every else None)
        if found is None or found.group() == named:
            continue
        begin, after = found.span()
        if whole.startswith("生均", after - 1):  # 小学|生均经费, not 小学生
            after -= 1
            if named.endswith("生"):  # 小学生均经费，初中生
                own = part(own, 0, len(named) - 1)
            elif whole[begin:after] not in members:
                continue
        elif whole.startswith("生", after) and named.endswith("生"):
            after += 1  # 招收本专科|生, 研究生
        if whole.startswith(("学校", "阶段"), after) and is_body(w, named):
            after += 2  # 义务教育学校生均经费, 义务教育阶段生活补助, 小学
        if after - begin == len(whole):
            continue
        told = {"学生": w.staff, "教师": w.pupils}.get(named)
        if told is not None and (of_others := told.search(whole, 0, begin)):
            begin = of_others.start()  # 在编|教师, 学生; 在校|学生, 教师
        if named == "学生" and "学历" in whole[:begin]:
            continue
        if any(whole[:begin] in each and named.startswith(tuple(each)) for each, _ in w.sets):
            begin = 0  # 硕士研究生，本科生
        if whole.startswith("的", after):  # 面积最大的|校园
            after = len(whole)
        if per and whole.startswith(per.group(), after):
            after += len(per.group())
        elif per and whole.startswith("生均", after):
            own = part(own, 0, per.start())  # 初中|每生每年, of 小学生均公用经费
        return _between(frame, own, begin, after, len(whole))
    return None


_AMONG_SO_MANY = worded(
    "每[百千十万]+(?:人口?|名[^，。；、]{2,4})中?(?:{distinguish.having})?", __file__
)
"""每万人中有大专程度20人，小学程度|400人: among so many people."""


def alike(w: Words, text: str, own: Phrase, frame: Frame) -> Phrase | None:
    """城镇居民人均收入3万元，农村居民|1万元: the rest, behind what both names share."""
    content, whole = words_of(text, own), words_of(text, frame.phrase)
    among = _AMONG_SO_MANY.match(whole)
    if among and len(whole) > among.end() + 1 and whole.endswith(content[-2:]):
        return (*part(frame.phrase, 0, among.end()), *own)
    stage = w.stage_end(content, 0, len(content)) or 0
    if 0 < stage < len(content) and whole.endswith(content[stage:]):
        begin, end = first_stage(w, whole)
        listed = whole[:begin].endswith("、")  # 中、|小学教师
        if end == len(whole) - len(content) + stage and begin and not (listed or frame.base):
            return (*part(frame.phrase, 0, begin), *own)  # 每万人拥有高中|学生数
    at = whole.find(content[-2:], 0, len(whole) - 2)
    if frame.of_money and frame.rule == "subject.rate_of":
        return None  # 助学贷款3笔、金额9万元；社会捐资助学|8万元
    measured = whole[-1] in MEASURED or whole.endswith(("比例", "比重"))
    measured = measured or (at > 0 and frame.of_money and bool(amount_of(text, frame.phrase)))
    if at < 0 or len(whole) - at < 4 or not measured:
        return None
    return (*own, *part(frame.phrase, at + 2, len(whole)))


def of_stage(w: Words, text: str, begin: int, stop: int, own: Phrase) -> Phrase:
    """生均公用经费由原来的|小学每生每年700元提高到…: a noun with the school type whose amount moved."""
    end = w.stage_end(text, begin, stop)
    if end is None or not PER.fullmatch(text, end, stop):
        return own
    content = words_of(text, own)
    general = w.stage_end(content, 0, len(content)) or 0
    return ((begin, end), *part(own, general, len(content)))


_PERSON_UNITS = frozenset(("人", "名", "人次", "位"))
_PAID_FOR = worded("(?:{distinguish.paid})$", __file__)


def has_no_area(text: str, own: Phrase, frame: Frame) -> bool:
    """Whether what a frame counts has no area: 人口78万，总面积|2034平方公里; 投资2亿元，建设面积|2万平方米."""
    if not words_of(text, own).endswith("面积"):
        return False
    unit = frame.unit or "人"
    return unit in _PERSON_UNITS or (
        unit.endswith("元") and _PAID_FOR.search(words_of(text, frame.phrase)) is not None
    )

"""Carriers: the school types and bodies that an enumeration names once for all its figures."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from shuangjian_cli.data import entries
from shuangjian_cli.patterns import regex, worded
from shuangjian_cli.tag.attributes.stage import are_apart, stage
from shuangjian_cli.tag.subject.frames import PERSONS, Frame
from shuangjian_cli.tag.subject.nouns import after_lead
from shuangjian_cli.tag.subject.phrase import Phrase, Span, part, words_of
from shuangjian_cli.tag.subject.reading import Context, Slot
from shuangjian_cli.tag.subject.words import Words

_BODIES = frozenset(("所", "家", "座", "处", "个"))
_AND = ("、", "和", "与", "及")
_MOST = 14
"""How long a body's name is at most that is said again with each of its figures."""


def carrier_of(w: Words, text: str, frame: Frame) -> Phrase:
    """What of a frame's subject those after it can be of: its school type, or the bodies that it
    counts. Few frames are asked, so it is found when first asked for."""
    if frame.carrier is None:
        noun = frame.phrase[-1:] if frame.rule == "subject.predicate" else frame.phrase
        frame.carrier = _carrier(w, noun, words_of(text, noun), frame.unit)
    return frame.carrier


_TAKEN_IN = worded("(?:{of_carriers.takes_in})的(?:{of_carriers.pupils})$", __file__)
"""送教班|招收的学生90人，|在校生: of whom they are that took them in."""
_ASIDE = regex("(?<=[校园构])（[^（）]*）$")


def _carrier(w: Words, phrase: Phrase, words: str, unit: str | None) -> Phrase:
    if "的" in words and (taken := _TAKEN_IN.search(words, 3)):
        return part(phrase, 0, taken.start())
    if words.endswith("）"):
        words = _ASIDE.sub("", words)  # 民办学校（机构）|90所
    begin = w.kept_start(words, words.rfind("的") + 1, len(words))
    total = w.totals.match(words, begin)
    begin = total.end() if total and total.end() < len(words) else begin
    stop = w.stage_end(words, begin, len(words))
    if stop is not None and words[begin:stop] in w.levels:
        return ()  # 高等学校3所，本专科|招生900人，在校生2000人
    if (
        stop is not None
        and words[stop : stop + 1] in _AND
        and w.stage_end(words, stop + 1, len(words))
    ):
        return ()  # 中小学和幼儿园11所，学位|600个
    if stop is not None:
        return part(phrase, begin, stop)
    counted = unit in _BODIES and bool(w.body_end.search(words) or w.course_end.search(words))
    if counted and begin and len(words) - begin == 2 and w.newly.match(words):
        return phrase  # 新建学校21所，|建筑面积
    if counted and 2 < len(words) - begin <= _MOST:
        return part(phrase, begin, len(words))
    return ()


def is_body(w: Words, content: str) -> bool:
    """Whether words name a school type or bodies: 小学, 特殊教育学校."""
    return w.body_end.search(content) is not None or w.stage_end(content, 0, len(content)) == len(
        content
    )


_OWNER = worded(
    "({of_carriers.owners})(?:{of_carriers.all_kinds})*(?:{of_carriers.owned})", __file__
)
_TYPE = worded(".{0,4}(?:{of_carriers.types}|义务教育阶?段?学校)", __file__)
_OF_TYPE = worded(
    "(?:{of_carriers.parts}|(?:国家|省|市|县|区)级)(?:{of_carriers.ranks})*学校", __file__
)
"""Schools in general, told by what makes them parts of a school type."""
_OWNED = worded("[公民]办|{of_carriers.owner_marks}|[乡城]", __file__)


def owner_size(body: str, own: str) -> int:
    """How long it is in the name of bodies in general whose they are, which their parts take: 民办
    of 民办学校45所，其中|幼儿园38所, and all of a school type: 小学40所，其中|农村学校12所; 0 where
    there is nothing to take."""
    if _OF_TYPE.fullmatch(own) and _TYPE.fullmatch(body):
        return len(body)
    match = _OWNER.fullmatch(body)
    return match.end(1) if match and not _OWNED.search(own) else 0


_DIVISION = worded(
    "(?:{of_carriers.divisions})部|[一二三四五六七八九]年级|[初高][一二三]", __file__
)
"""A part of a school of several stages, or a grade."""


def is_kind(w: Words, text: str, own: Phrase) -> bool:
    """Whether words only name a stage, or a school's part of one: 小学|24个|教学班."""
    content = words_of(text, own)
    stage = w.stage_end(content, 0, len(content))
    return stage == len(content) or _DIVISION.fullmatch(content) is not None


def first_stage(w: Words, content: str) -> Span:
    """Where the first school type in words begins and ends; (0, 0) where they name none."""
    for head in w.stage_head.finditer(content):
        if end := w.stage_end(content, head.start(), len(content)):
            return head.start(), end
    return 0, 0


def without_stage_of(w: Words, own: str, whole: Phrase, words: str) -> Phrase:
    """A whole without the school type that its part says itself: 小学语文|教师, of 小学教师."""
    begin, end = first_stage(w, words)
    stop = w.stage_end(own, 0, len(own)) or 0
    if not 0 < stop < len(own) or not end or end == len(words):
        return whole
    if words[begin:end] not in (own[:stop], "中小学"):
        return whole
    return (*part(whole, 0, begin), *part(whole, end, len(words)))


def stages_end(w: Words, content: str, end: int) -> int:
    """Where a list of school types ends, the first of which ends at `end`: 普通高校本科、高职|招生."""
    while end:
        begin = end + content.startswith(("、", "和"), end)
        more = w.stage_end(content, begin, len(content))
        if more is None:
            break
        end = more
    return end


@lru_cache(maxsize=256)
def holds_body(w: Words, content: str) -> bool:
    """Whether words say of themselves whose they are: 小学在校生. Asked again of each subject of a
    sentence by the figures behind it."""
    return first_stage(w, content) != (0, 0) or any(map(content.__contains__, w.bodies))


def is_part_of_body(w: Words, content: str) -> bool:
    """Whether words name what each school type has, and not whose it is: 在校生, 回族专任教师."""
    total = w.totals.match(content)
    content = content[total.end() :] if total else content
    if content in w.bare:
        return True
    ending = w.belonging.search(content)
    return ending is not None and not holds_body(w, content[: ending.start()])


_OF_NURSERIES = regex("[在入离]园|幼儿(?!园)|园长")


def is_of_nurseries(content: str) -> bool:
    """Whether a subject is of nurseries by itself, without a school type: 在园幼儿."""
    return _OF_NURSERIES.match(content) is not None


_LEVELS = regex(r"(?:[省市县区]级?、)+")


_DONE_FOR = worded(
    "(?:{of_carriers.manner})?(?:{of_carriers.done_for})(?:[了好]|和?提高)?|{common.for_whom}",
    __file__,
)
"""基本普及|学前教育，入园率…, 面向|普通高中学生，…: what was done for a school type, and for whom."""


def head_of(w: Words, text: str, begin: int, finish: int) -> Span | None:
    """The school type that a clause opens with: 全县|普通高中|开展…."""
    begin = after_lead(w, text, begin, finish)
    levels = _LEVELS.match(text, begin, finish)
    begin = levels.end() if levels else begin
    done_for = _DONE_FOR.match(text, begin, finish)
    begin = done_for.end() if done_for else begin
    if begin >= finish:
        return None
    stop = w.stage_end(text, begin, finish)
    return None if stop is None else (begin, stop)


_WHOLE = worded(
    r"全[国省市县区州盟旗乡镇]|[我本][国省市县区州盟旗乡镇]|{of_carriers.totals}", __file__
)


def restated(context: Context, slot: Slot) -> bool:
    """Whether the sentence says before a figure that it is the whole's: 共有学生3万人，|教师."""
    return _WHOLE.search(context.text, context.start, slot.figure.start) is not None


def names_another(context: Context, frame: Frame) -> bool:
    """Whether a figure before is of a body by name, whose the next are: 城关小学占地|40亩，校舍面积."""
    w, text = context.words, context.text
    if frame.source != "figure" or frame.sentence != context.start or carrier_of(w, text, frame):
        return False
    return frame.unit in _AREAS and first_stage(w, words_of(text, frame.phrase)) != (0, 0)


def is_one_of_several(context: Context, frame: Frame, own: Phrase) -> bool:
    """Whether a frame counts one kind of bodies next to another (小学80所，初中30所，), so that what
    comes after them is of all, as behind parts of some persons (教职工900人，其中小学500人、初中400人，|学历), unless it says itself of which stage it is and they are of several
    (公办园48所、民办园31所，|在园幼儿)."""
    if frame.source != "figure" or not frame.part:
        return False
    if frame.unit not in _BODIES and not (frame.unit in PERSONS and frame.base):
        return False
    text, frames = context.text, context.discourse.frames
    if not frame.base and words_of(text, frame.phrase[-1:]) in context.words.bare:
        return False  # 初中12个|班
    of, at = stage(words_of(text, own))[0], frames.index(frame)
    return any(
        _is_beside(context, *pair)
        and (of is None or {stage(words_of(text, each.phrase))[0] for each in pair} == {of})
        for pair in pairwise(frames[max(0, at - 1) : at + 2])
    )


def _is_beside(context: Context, one: Frame, other: Frame) -> bool:
    """Whether two figures in a row count two kinds of bodies, neither of which is of the other."""
    if one.unit != other.unit or not (one.part and other.part):
        return False
    between = context.text[one.end : other.at]
    if one.sentence != other.sentence or "；" in between or "其中" in between:
        return False
    if "change" in (one.role, other.role):
        return False
    return other.base != one.phrase and one.base != other.phrase


_AREAS = entries(__file__, "of_carriers", "areas")


def is_of(body: str, own: str) -> bool:
    """Whether a subject can be of a body: of the stage that it names itself, if any."""
    of = stage(own)[0]
    return of is None or (stage(body)[0] is not None and not are_apart(body, own))


_ITS_PARTS = regex("[，（]其中[：，]?")


def is_parted(context: Context, slot: Slot, filled: Phrase) -> bool:
    """Whether what is counted has parts of another school type than it was filled with, and is of
    none: 中职招生90人；毕业生|9万人，其中高中2万人."""
    w, text, end = context.words, context.text, context.end
    parts = _ITS_PARTS.match(text, slot.figure.outer_end, end)
    if parts is None:
        return False
    stage = w.stage_end(text, parts.end(), end)
    return stage is not None and are_apart(words_of(text, filled), text[parts.end() : stage])

"""Parts of persons that a clause before has named: 小学教师中，本科学历|占71%，专科|占28%."""

from __future__ import annotations

from shuangjian_cli.data import entries
from shuangjian_cli.patterns import regex, worded
from shuangjian_cli.tag.attributes.stage import DEGREES, are_apart
from shuangjian_cli.tag.subject.frames import Frame
from shuangjian_cli.tag.subject.phrase import MEASURED, Phrase, part, words_of
from shuangjian_cli.tag.subject.reading import Context, Slot
from shuangjian_cli.tag.subject.words import Words

_OF_PERSONS = worded(
    "(?:[生师员工]|{among.persons})(?:中|里|当中)，$|(?:{among.of_staff})(?:队伍)?(?:的?(?:{among.traits}))+(?:{among.structures})[^，。；\\d]{0,6}?(?:[为是]|如下)?[：，]$",
    __file__,
)
"""Before the parts: 教师中，; 教师学历结构为：."""
_ENDS = "，：中里"
_TELLS_APART = worded("(?:及?以[上下]|{among.tells_apart}|[男女]性)(?:的|者)?$", __file__)
"""What some of them have in common, and no noun for them."""


def part_of_persons(context: Context, slot: Slot, role: str, own: Phrase, content: str) -> Phrase:
    """The words that tell the part; empty where it is none, or names its persons itself."""
    unit, text = slot.figure.unit, context.text
    if role != "level" or unit not in ("%", "人", "名", "岁"):
        return ()
    size = len(content.removesuffix("占").removesuffix("的"))
    told = content[:size]
    if not _TELLS_APART.search(told) or "教师" in told or "教职工" in told:
        return ()
    last = context.last()
    if unit in ("人", "名") and is_degree(told):
        staff = last is not None and (slot.part or last.part) and last.unit == unit
        return part(own, 0, size) if staff and _of_staff(context) else ()
    goes_on = last is not None and _goes_on(last, slot, text)
    if not goes_on and not (
        text[slot.clause - 1] in _ENDS
        and _OF_PERSONS.search(text, context.start, slot.clause)
        and (last is None or last.at < context.clauses.start(slot.clause - 1))
    ):
        return ()
    return part(own, 0, size)


def _goes_on(last: Frame, slot: Slot, text: str) -> bool:
    """Whether the figure before tells a part in the same unit: …，专科|占28%."""
    return (
        bool(last.base)
        and last.rule == "subject.among"
        and last.unit == slot.figure.unit
        and text[last.end] in "，、"
        and _IS_STAFF.search(words_of(text, last.base)) is not None
    )


def _of_staff(context: Context) -> bool:
    """Whether what the sentence told last, or the whole that it is a part of, are staff."""
    said = [frame for frame in context.said() if frame.counts]
    whole = next((frame for frame in reversed(said) if not frame.part), None)
    return whole is not None and words_of(context.text, whole.phrase).endswith(_STAFF)


_STAFF = entries(__file__, "among", "staff")
_IS_STAFF = regex("教师$|教职工$|员工$|师资$|教工$|学生$|毕业生$|幼儿$|校长$|园长$")


def is_degree(content: str) -> bool:
    """Whether words say only what persons have studied: 硕士研究生."""
    return content in DEGREES or content in ("硕士研究生", "博士研究生")


def is_at_odds(text: str, own: Phrase, filled: Phrase) -> bool:
    """Whether what a gap was filled with names another stage than the figure's own words: 小学,
    in the place of whose noun 在园幼儿 was taken. What persons have studied names none."""
    rest = tuple(span for span in filled if span not in own)
    if not own or not rest:
        return False
    named, others = words_of(text, own), words_of(text, rest)
    studied = _TELLS_APART.search(named) and _IS_STAFF.search(others)
    return not studied and are_apart(named, others)


def is_one_of_parts(context: Context, frame: Frame) -> bool:
    """Whether a frame is the rest of a whole, or one of several parts: 3家注销，4家转型."""
    parts = [other for other in context.discourse.frames if other.base == frame.base]
    return len(parts) > 1 or context.text.find("其余", frame.clause, frame.at) >= 0


def is_done(w: Words, text: str, at: int) -> bool:
    """Whether a verb begins at a position."""
    return w.cut.match(text, at) is not None or w.kept.match(text, at) is not None


def rates(w: Words, text: str, own: Phrase, frame: Frame) -> bool:
    """Whether a frame is a rate of all, and the own words a kind of them: 近视率45%，农村|38%."""
    whole = words_of(text, frame.phrase)
    return whole[-1] in MEASURED and words_of(text, own) in w.kinds


_DONE_BY = regex(r"(?<=..)的?(?:[县市区旗乡镇村]+|地区)(?:（[^）]*）)?$")


def done_by(text: str, own: Phrase, frame: Frame) -> Phrase:
    """What the places did of whose people a rate is: 扫除文盲|的县90个，人口覆盖率."""
    if not words_of(text, own).startswith("人口"):
        return ()
    by = _DONE_BY.search(words_of(text, frame.phrase))
    return part(frame.phrase, 0, by.start()) if by else ()

"""Slots: which of the text around the figures of a sentence belongs to which of them."""

from __future__ import annotations

from collections.abc import Sequence

from shuangjian_cli.data import entries
from shuangjian_cli.patterns import regex, worded
from shuangjian_cli.tag.quantity import Figure
from shuangjian_cli.tag.subject.clauses import Clauses
from shuangjian_cli.tag.subject.nouns import after_lead
from shuangjian_cli.tag.subject.reading import Context, Reading, Slot

DISTRIBUTE = worded(r"{slots.deals}", __file__)
"""Gives each subject of a list its figure: A、B分别为x、y."""
STEP = worded(r"(?:[一两三]个)?新?(?:[十百千]?[万亿]+元?)?(?:{common.steps})", __file__)
"""What is reached, behind a figure: 连续迈上2个|百亿元台阶."""
_NOTE = regex(r"\[\d{1,3}\](?:\d{1,4})?$")
"""The mark of a note at the end of a clause, perhaps with its page: 学生5000余人|[3]516."""
_STEP_HEADS = frozenset("一两三新十百千万亿台大关")
_WITH = entries(__file__, "slots", "with")
_PARTS = entries(__file__, "slots", "parts")
"""Before a part of what was counted."""
_ASIDE_ENDS = regex(r"）(?![，。；：、])")
_MOVES = worded("(?:{slots.moves})了?", __file__)
"""较上年（52.6%）|下降0.7个百分点."""
_FROM = regex(r"[由从自](?:[^，。；：、]{0,8}|\d[^，。；：]{0,12}、)$")
_REACH_ENDS = frozenset("到至为成了的")
_REACHED = worded(
    r"[^，。；、\d]{0,5}[到至为成]了?(?:[^，。；、]{0,8}年的?|{slots.present})?", __file__
)
"""Where a movement ends, whatever its verb: 由12所|归并为|5所."""
_NUMBER = regex(
    r"[一二三四五六七八九十]{1,3}、(?![一二三四五六七八九十])|（[一二三四五六七八九十\d]{1,3}）"
)
"""The number of a paragraph: 四、|全县高中2所."""
_NUMBER_HEADS = frozenset("一二三四五六七八九十（")
_PAYS_NEXT = worded(r"、(?=[再又另还]?(?:{slots.pays})(?:资金)?[约近超达]?$)", __file__)
"""Between what one amount was spent on and the next: 投入3亿元建学校、|投入|5亿元建场馆."""
_PAYS_ENDS = frozenset("入资排付取金约近超达")
_COMMA = regex(r"\s*，\s*(?:达|为|近|约|超)?")
"""Between the values that are dealt out: 分别为36.7%|，|71.4%."""
_JOIN = regex(r"\s*(?:[、和与及]|以及)\s*(?:达|为|近|约)?(?:每[人户生年月天日]+)?")


def slots_of(
    text: str, start: int, end: int, clauses: Clauses, figures: Sequence[Figure]
) -> list[Slot]:
    """The text of each figure; those joined by 、 or 和 (15.9∶1、12.8∶1) make one list."""
    slots: list[Slot] = []
    mark = _NUMBER.match(text, start, end) if text[start] in _NUMBER_HEADS else None
    floor, final = mark.end() if mark else start, len(figures) - 1
    for i, figure in enumerate(figures):
        at = figure.outer_start
        if i and _ASIDE_ENDS.match(text, floor) and _aside(text, start, figures[i - 1], figure):
            moves = _MOVES.match(text, text.find("）", floor) + 1)
            opens = text.rfind("（", start, figures[i - 1].outer_start)
            floor = text.find("）", floor) + 1 if moves else _end_before(figures[:i], opens, start)
        elif (closed := text.rfind("）", floor, at)) >= 0 and text.find("（", floor, closed) < 0:
            floor = closed + 1  # （含4所民办初中）、|小学164所
            opens = text.rfind("（", start, closed)
            if floor == at and text.startswith(_WITH, opens + 1):
                floor = _end_before(figures[:i], opens, start)  # 高校（含3所民办）|60所
        clause = clauses.start(at)
        behind = text[figure.outer_end : figure.outer_end + 1]
        named = "\u4e00" <= behind <= "\u9fff" and figure.unit == "%"  # 报告：约八成|学生…
        if clause > start and text[clause - 1] == "：" and not (named or text[clause:at].strip()):
            clause = clauses.start(clause - 1)  # 小学、初中生师比：15.9∶1、12.8∶1
        left = max(clause, floor)
        if text[at - 1] in _PAYS_ENDS and (pays := _PAYS_NEXT.search(text, left, at)):
            left = pays.end()
        floor = figure.outer_end
        right = clauses.end(floor, figures[i + 1].outer_start if i < final else end)
        if floor < right:
            floor, right = _behind(text, floor, right)
        bracket = clauses.bracket(at)
        part = (
            text.startswith(_PARTS, clause)
            or (left > clause and text.startswith(_PARTS, left))
            or text[clause - 3 : clause - 1] == "其中"
            or (bracket != -1 and i > 0 and figures[i - 1].end <= bracket)
        )
        moved = (
            left > clause
            and text[at - 1] in _REACH_ENDS
            and _REACHED.fullmatch(text, left, at) is not None
            and _FROM.search(text, clause, figures[i - 1].outer_start) is not None
        )
        slots.append(Slot(figure, left, right, clause, bracket, part, moved))
    dealt = [False] * len(slots)
    for i in range(1, len(slots)):
        one, two = slots[i - 1], slots[i]
        if one.figure.unit != two.figure.unit:
            continue
        if not _COMMA.fullmatch(text, one.figure.outer_end, two.figure.outer_start):
            continue
        end, right = two.figure.outer_end, two.right
        alone = end >= right or _JOIN.fullmatch(text, end, right)
        dealt[i] = bool(
            alone and (dealt[i - 1] or DISTRIBUTE.search(text, one.clause, one.figure.start))
        )
    for i in range(len(slots) - 1, 0, -1):
        one, two = slots[i - 1], slots[i]
        end = one.figure.outer_end
        near = two.left <= end and _JOIN.fullmatch(text, end, two.figure.outer_start) is not None
        if not (near or dealt[i]):
            continue
        alike = one.figure.unit == two.figure.unit or (
            {"个", "张", "名", "人"} >= {one.figure.unit, two.figure.unit}
            and not (one.figure.unit == "人" and two.right > two.figure.outer_end)
        )
        alike = alike or bool(DISTRIBUTE.search(text, one.clause, one.figure.start))
        if alike and not (one.figure.claim or two.figure.claim):
            one.size = two.size + 1
    return slots


_NAMES = regex(r"（(?:[^（）\d]{7,}|\s*[一二三四五六上中下]\s*)）$")
"""1所正在装修|（白庙镇东山小学综合楼项目）, 仅29家合格|（二）: which those are that are counted, or which part of a
text this is."""


def _behind(text: str, floor: int, right: int) -> tuple[int, int]:
    """The words behind a figure without the step that it reaches, and what is said aside."""
    if text[right - 1] in "]0123456789" and (note := _NOTE.search(text, floor, right)):
        right = note.start()
    opens = text.rfind("（", floor + 1, right)
    if opens > 0 and text.find("）", opens, right) < 0:
        right = opens  # 12个|县（注：因撤并减少2个）
    if text[right - 1] == "）" and (aside := _NAMES.search(text, floor + 1, right)):
        right = aside.start()
    if (pause := text.find("…", floor, right)) >= 0:
        right = pause
    if text[floor : floor + 1] in _STEP_HEADS and (step := STEP.match(text, floor, right)):
        floor = step.end()
    return floor, right


def _end_before(figures: Sequence[Figure], at: int, start: int) -> int:
    """Where the last of some figures before a position ends; `start` where there is none."""
    return next((f.outer_end for f in reversed(figures) if f.outer_end <= at), start)


def _aside(text: str, start: int, one: Figure, other: Figure) -> bool:
    """Whether the parenthesis that closes behind a figure holds it and not another."""
    return text.find("（", one.outer_end, other.outer_start) < 0 and (
        text.rfind("（", start, one.outer_start) > text.rfind("）", start, one.outer_start)
    )


_NEXT_OF = worded("[和及与](?:{noun_after.next})", __file__)
"""42个班|和新建的|12个教室: what is told of the next ones."""


def begin_anew(context: Context, slot: Slot, before: Reading) -> None:
    """Leave the noun of the figure before to it: 12个县|共出动执法人员300人次, 42个班、|学生2100人."""
    w, text, at = context.words, context.text, slot.figure.outer_start
    until, end = before.until, before.phrase[-1][1] if before.phrase else -1
    if until > slot.left and w.kept.match(text, after_lead(w, text, until, at), at):
        slot.left = until
    elif end == at - 1 and slot.left < end and text[end] == "的":
        slot.left = at  # 6个|班|的|230名新生
    elif slot.left < end < at - 1 and (text[end] == "、" or _NEXT_OF.match(text, end, at)):
        slot.left = end + 1

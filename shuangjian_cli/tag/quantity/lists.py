"""What figures of one sentence say of each other: lists that share a unit, criteria of a count."""

from __future__ import annotations

from shuangjian_cli.data import entries
from shuangjian_cli.patterns import regex, worded
from shuangjian_cli.tag.quantity.figure import Figure, Refused
from shuangjian_cli.tag.quantity.numeral import magnitude
from shuangjian_cli.tag.quantity.ranks import END

_JOINED = worded(r"(?:{common.about})?\s?[、和与及]\s?(?:[约近超逾])?", __file__)
_JOINED_MOST = 6
_LISTED = regex(r"\s?[、和与及，]\s?")
_DISTRIBUTED = worded(
    r"分别(?:(?:{lists.held})在|[达为超提高增长下降上升]{0,4}[到至为]?)$|均$", __file__
)
MOVED_TO = regex(r"[^，。；、\d]{1,5}[到至为成]了?")
"""Between the two ends of a movement: 由12|增加到|15所."""
_BREAK = regex(r"[，。；：！？、（）]|[到至为有]$|占地$")
_SCALE = regex(r"(?:万亿|亿|万)$")


def without_criteria(text: str, figures: list[Figure], refused: list[Refused]) -> list[Figure]:
    """Leave out what only says which things are counted: 10亿元以上项目47个, 两项补贴12亿元."""
    out: list[Figure] = []
    for i, figure in enumerate(figures):
        outer = text[figure.end : figure.outer_end] if figure.outer_end > figure.end else ""
        limit = outer in entries(__file__, "lists", "limits")
        few = (
            figure.rule == "quantity.chinese"
            and figure.value < 10
            and figure.unit in ("项", "个", "类")
        )
        if not limit and not few:
            out.append(figure)
            continue
        following = figures[i + 1] if i + 1 < len(figures) else None
        noun = text[figure.outer_end : following.start] if following else ""
        close = 1 < len(noun) <= 14 and noun != "方面" and not _BREAK.search(noun)
        direct = limit and following is not None and following.start == figure.outer_end
        if direct and figure.unit == "分":  # 600分以上|41人
            refused.append(Refused(figure.start, figure.end, "a criterion, not a figure"))
            continue
        bare = noun == "" and following is not None and text[following.start] in "百千万亿"
        previous = figures[i - 1] if i else None
        lead = text[previous.outer_end : figure.start] if previous else ""
        if (
            limit
            and not close
            and 0 < len(lead) <= 6
            and not _BREAK.search(lead)
            and not END.match(text, figure.outer_end)
        ):
            refused.append(Refused(figure.start, figure.end, "a criterion, not a figure"))
            continue
        if bare and few:
            refused.append(Refused(figure.start, figure.end, "a criterion, not a figure"))
            continue
        if (
            close
            and (limit or (few and len(noun) <= 4))
            and (noun[0] not in "的左" or noun == "的占")
        ):
            refused.append(Refused(figure.start, figure.end, "a criterion, not a figure"))
        else:
            out.append(figure)
    return out


def shared_units(text: str, figures: list[Figure], refused: list[Refused]) -> list[Figure]:
    """Give the numbers of a list the unit that stands at its last one: 3.4、21个百分点."""
    if len(figures) == 1 and not figures[0].shared:
        return figures
    shared = any(figure.shared for figure in figures)
    out: list[Figure] = []
    later: Figure | None = None
    scale = 1
    for figure in reversed(figures):
        joined = later if later is not None and _is_joined(text, figure, later) else None
        if figure.shared and joined and MOVED_TO.match(text, figure.end, joined.start):
            scale = 1 if figure.value >= 100 else scale  # 由1200|增加到1.5万人
        if figure.shared and not (joined and _take_unit(figure, joined, scale)):
            refused.append(Refused(figure.start, figure.end, "no unit"))
            continue
        if shared and not figure.shared:
            written = _SCALE.search(text, figure.start, figure.unit_at[0])
            scale = magnitude(written.group()) if written else 1
        if joined:
            if _DISTRIBUTED.search(text, max(0, figure.outer_start - 8), figure.outer_start) or (
                _is_limit(text, figure, joined)
            ):
                _share_bound(figure, joined)
            if _is_completed(figure, joined):
                _take_unit(figure, joined, 1)
        out.append(figure)
        later = figure
    out.reverse()
    return out


def _is_joined(text: str, figure: Figure, later: Figure) -> bool:
    """Whether a figure and the next one are of one list."""
    if later.start - figure.end > _JOINED_MOST:
        return False
    between = _LISTED if figure.shared else _JOINED
    if between.fullmatch(text, figure.end, later.start):
        return True
    return figure.shared and MOVED_TO.match(text, figure.end, later.start) is not None


def _take_unit(figure: Figure, later: Figure, scale: int) -> bool:
    """Give a figure the next one's unit and its magnitude; whether there is any to take, or both
    are bare values."""
    if later.unit is None:
        if later.rule != "quantity.bare":
            return False
        figure.rule = later.rule
        return True
    figure.unit, figure.unit_at = later.unit, later.unit_at
    figure.rule = "quantity.shared_unit"
    if figure.value < scale:
        figure.value *= scale
    return True


def _is_completed(figure: Figure, later: Figure) -> bool:
    """Whether the next figure's unit is this one's too: 增长4.2个、18个百分点, 1.2万、0.8万人."""
    if figure.unit is None:
        return later.unit == "元" or figure.rule == "quantity.arabic"
    return figure.unit == "个" and later.unit in ("百分点", "千分点")


def _is_limit(text: str, figure: Figure, later: Figure) -> bool:
    """Whether two values of one unit stand behind one word that limits them: 低于10‰和13‰."""
    between = text[figure.end : later.start].strip()
    limits = figure.bound in ("<", "<=", ">=") and figure.bound_at[0] < figure.start
    return limits and between in ("和", "与", "及") and figure.unit == later.unit


def _share_bound(figure: Figure, later: Figure) -> None:
    """Give the one of two figures that has no bound the other's: 分别超过3万、2万."""
    if figure.bound != "=" and figure.bound_at[0] < figure.start and later.bound == "=":
        later.bound, later.bound_at = figure.bound, figure.bound_at
    elif figure.bound == "=" and later.bound_at[0] >= later.end:
        figure.bound, figure.bound_at = later.bound, later.bound_at

"""What figures of one sentence say of each other: lists that share a unit, criteria of a count."""

from __future__ import annotations

from shuangjian_cli.patterns import regex
from shuangjian_cli.tag.quantity.figure import Figure, Refused
from shuangjian_cli.tag.quantity.numeral import magnitude
from shuangjian_cli.tag.quantity.ranks import END

_JOINED = regex(r"(?:左右|以上|以下|以内)?\s?[、和与及]\s?(?:[约近超逾])?")
_JOINED_MOST = 6
_LISTED = regex(r"\s?[、和与及，]\s?")
_DISTRIBUTED = regex(
    r"分别(?:(?:控制|保持|稳定|维持)在|[达为超提高增长下降上升]{0,4}[到至为]?)$|均$"
)
_BREAK = regex(r"[，。；：！？、（）]|[到至为]$")
_SCALE = regex(r"(?:万亿|亿|万)$")


def without_criteria(text: str, figures: list[Figure], refused: list[Refused]) -> list[Figure]:
    """Leave out what only says which things are counted: 10亿元以上项目47个, 两项补贴12亿元."""
    out: list[Figure] = []
    for i, figure in enumerate(figures):
        outer = text[figure.end : figure.outer_end] if figure.outer_end > figure.end else ""
        limit = outer in ("以上", "以下", "及以上")
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
        close = 1 < len(noun) <= 14 and not _BREAK.search(noun)
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
        if close and (limit or (few and len(noun) <= 4)) and noun[0] not in "的左":
            refused.append(Refused(figure.start, figure.end, "a criterion, not a figure"))
        else:
            out.append(figure)
    return out


def shared_units(text: str, figures: list[Figure], refused: list[Refused]) -> list[Figure]:
    """Give the numbers of a list the unit that stands at its last one: 3.4、21个百分点."""
    shared = any(figure.shared for figure in figures)
    if len(figures) == 1 and not shared:
        return figures
    out: list[Figure] = []
    scale = 1
    for i in range(len(figures) - 1, -1, -1):
        figure = figures[i]
        later = figures[i + 1] if i + 1 < len(figures) else None
        joined = (
            later is not None
            and later.start - figure.end <= _JOINED_MOST
            and (_LISTED if figure.shared else _JOINED).fullmatch(text, figure.end, later.start)
        )
        if figure.shared:
            if joined and later is not None and later.rule == "quantity.bare":
                figure.rule = later.rule
            elif later is None or not joined or later.unit is None:
                refused.append(Refused(figure.start, figure.end, "no unit"))
                figures[i] = later if later is not None else figure
                continue
            else:
                figure.unit, figure.unit_at = later.unit, later.unit_at
                figure.rule = "quantity.shared_unit"
                if figure.value < scale:
                    figure.value *= scale
        elif shared:
            written = _SCALE.search(text, figure.start, figure.unit_at[0])
            scale = magnitude(written.group()) if written else 1
        if (
            joined
            and later is not None
            and _DISTRIBUTED.search(text, max(0, figure.outer_start - 8), figure.outer_start)
        ):
            if figure.bound != "=" and figure.bound_at[0] < figure.start and later.bound == "=":
                later.bound, later.bound_at = figure.bound, figure.bound_at
            elif figure.bound == "=" and later.bound_at[0] >= later.end:
                figure.bound, figure.bound_at = later.bound, later.bound_at
        if joined and later is not None and figure.unit is None and later.unit == "元":
            figure.unit, figure.unit_at = later.unit, later.unit_at
            figure.rule = "quantity.shared_unit"
        if joined and later is not None and figure.unit == "个" and later.unit == "百分点":
            figure.unit = "百分点"
            figure.unit_at = later.unit_at
            figure.rule = "quantity.shared_unit"
        out.append(figure)
    out.reverse()
    return out

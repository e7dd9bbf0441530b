"""Figures of made-up places, and the comparison of some."""

from __future__ import annotations

from decimal import Decimal

from shuangjian_cli.compare import Comparison, View
from shuangjian_cli.compare import compare as compare_by
from shuangjian_cli.compare.tally import By
from shuangjian_cli.model import DocumentInfo, Indicator
from shuangjian_cli.tag.pack import Rules

HUNAN, GUANGXI, SICHUAN = "湖南省", "广西壮族自治区", "四川省"
_PLACES = iter(range(1, 1_000_000, 100))


def figure(
    subject: str,
    value: str | int,
    unit: str | None,
    province: str | None = HUNAN,
    *,
    metric: str | None = None,
    pillar: str | None = "quality",
    period: str | None = None,
    status: str = "achieved",
    role: str = "level",
    trend: str | None = None,
    bound: str = "=",
    confidence: str = "certain",
    level: str | None = "province",
    area: str | None = None,
    file: str | None = None,
    published: str | None = None,
    sentence: str | None = None,
    stage: str | None = None,
    groups: tuple[str, ...] = (),
    measure: str | None = "total",
    per_year: bool = False,
    code: str | None = None,
    shown: str | None = None,
) -> Indicator:
    start = next(_PLACES)
    shown = shown or f"{value}{unit or ''}"
    sentence = sentence or f"第{start}句：{subject}{shown}。"
    at = sentence.find(shown)
    return Indicator(
        document=DocumentInfo(file or f"{province}.txt", published=published),
        start=start + at,
        end=start + at + len(shown),
        line=1,
        figure=shown,
        value=Decimal(value),
        value_max=None,
        unit=unit,
        bound=bound,
        role=role,
        trend=trend,
        subject=subject,
        metric=metric,
        pillar=pillar,
        stage=stage,
        groups=groups,
        measure=measure,
        province=province,
        area=area or province,
        area_code=code,
        area_level=level,
        period=period,
        per_year=per_year,
        status=status,
        implied=False,
        confidence=confidence,
        reasons=(),
        sentence=sentence,
        sentence_start=start,
        sentence_end=start + len(sentence),
        section=None,
    )


def compare(
    indicators: list[Indicator], *, rules: Rules | None = None, by: By = "province", **view: object
) -> Comparison:
    wording = bool(view.pop("by_wording", False))
    return compare_by(indicators, View(**view), by=by, by_wording=wording, rules=rules)  # type: ignore[arg-type]

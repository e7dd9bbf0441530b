"""Lays rule packs over one another: the built-in ones side by side, a user's over them."""

from __future__ import annotations

from shuangjian_cli.language.messages import _
from shuangjian_cli.tag.catalogue import Metric, Pillar
from shuangjian_cli.tag.definition import added_definition
from shuangjian_cli.tag.pack.form import Pack, PackError, Problem
from shuangjian_cli.tag.rules import Rules


def merge(base: Rules, *packs: Pack) -> Rules:
    """The rules with packs laid over them in order, later ones winning.

    A pack with `extends = false` takes the place of metrics, pillars and topic; units and
    aliases, which belong to the language, stay. Raises `PackError` where a metric names an
    unknown pillar or an alias clashes with that of another pack.
    """
    for pack in packs:
        base, problems = lay(base, pack)
        if problems:
            raise PackError(*problems[0])
    return base


def lay(base: Rules, pack: Pack) -> tuple[Rules, list[Problem]]:
    """The rules with a pack laid over them, and what of the pack does not fit to them."""
    metrics = dict(base.metrics) if pack.extends else {}
    pillars = dict(base.pillars) if pack.extends else {}
    problems: list[Problem] = []
    for pillar in pack.pillars:
        known = pillars.get(pillar.id)
        pillars[pillar.id] = (
            _added_pillar(known, pillar)
            if known and ("pillar", pillar.id) in pack.added
            else pillar
        )
    for metric in pack.metrics:
        old = metrics.get(metric.id)
        if old and ("metric", metric.id) in pack.added:
            metric = _added_metric(old, metric)
        if metric.pillar not in pillars:
            problems.append(
                Problem(
                    pack.file,
                    _line_of_metric(pack, metric.id),
                    _(
                        "metric `{id}` names the unknown pillar `{pillar}`",
                        id=metric.id,
                        pillar=metric.pillar,
                    )
                    if metric.pillar
                    else _("metric `{id}` names no pillar", id=metric.id),
                    _("use one of {known}, or define it with [[pillar]]", known=", ".join(pillars)),
                )
            )
        metrics[metric.id] = metric
    aliases = dict(base.aliases)
    for spelling, word in pack.aliases.items():
        if aliases.setdefault(spelling, word) != word:
            problems.append(
                Problem(
                    pack.file,
                    pack.lines.of(pack.data["aliases"], word, spelling),
                    _(
                        "alias `{spelling}` of `{word}` already stands for `{aliases}`",
                        spelling=spelling,
                        word=word,
                        aliases=aliases[spelling],
                    ),
                    _("keep one of them"),
                )
            )
    topic = base.topic | pack.topic if pack.extends else pack.topic
    units = dict(base.units) | {unit.name: unit for unit in pack.units}
    not_before = dict(base.not_before) | dict(pack.not_before)
    alike = dict(base.alike) | dict(pack.alike)
    beside = dict(base.beside) | dict(pack.beside)
    per = dict(base.per) | dict(pack.per)
    # Where two signs are equally strong, the first in order wins: the pack's own.
    metrics = {metric.id: metrics[metric.id] for metric in pack.metrics} | metrics
    none = (*(base.none if pack.extends else ()), *pack.none)
    carried = (*(base.carried if pack.extends else ()), *pack.carried)
    decided = base.decided | pack.decided
    rules = Rules(
        metrics,
        pillars,
        none,
        carried,
        units,
        topic,
        aliases,
        not_before,
        alike,
        beside,
        per,
        decided,
    )
    return rules, problems


def _line_of_metric(pack: Pack, id: str) -> int:
    table = next(table for table in pack.data["metric"] if table.get("id") == id)
    return pack.lines.of(table, "pillar" if "pillar" in table else "id")


def _added_pillar(old: Pillar, new: Pillar) -> Pillar:
    return Pillar(
        id=old.id,
        name=old.name if new.name == new.id else new.name,
        name_en=old.name_en if new.name_en == new.id else new.name_en,
        title=old.title + new.title,
        title_without=old.title_without + new.title_without,
        about=old.about + new.about,
    )


def _added_metric(old: Metric, new: Metric) -> Metric:
    known = len(old.signs)
    signs = (
        sign._replace(id=f"metric.{old.id}.{known + n}") for n, sign in enumerate(new.signs, 1)
    )
    return Metric(
        id=old.id,
        name=old.name if new.name == new.id else new.name,
        name_en=old.name_en if new.name_en == new.id else new.name_en,
        pillar=new.pillar or old.pillar,
        signs=(*old.signs, *signs),
        definition=added_definition(old.definition, new.definition),
    )

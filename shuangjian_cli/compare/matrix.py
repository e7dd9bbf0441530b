"""Indicators → a matrix of measured things by provinces, pillars, periods or documents.

A row is one measured thing: a metric, a role, a unit family and a subject (see `subject`), and
a scope: for rankings among whom, for changes whether they are a yearly average. Rows whose columns are not provinces are of one province each. A figure
without a unit joins the row of its subject where there is only one.

Several figures of one cell are resolved in this order: achieved before target; the latest end of
the period (for a figure without one, its document's date of publication); the shortest span; the
reading that is sure; the later document; the later in the text. The others stay with the cell. A
figure that another document repeats in the same sentence is a reprint and counts once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, get_args

from shuangjian_cli.compare.subject import Key, parts, scope, subject_key
from shuangjian_cli.compare.units import Families, Family
from shuangjian_cli.model import Indicator

if TYPE_CHECKING:
    from shuangjian_cli.tag.pack import Rules

By = Literal["province", "pillar", "period", "document"]
Level = Literal["national", "province", "city", "county"]
BY: tuple[By, ...] = get_args(By)
LEVELS: tuple[Level, ...] = get_args(Level)

_ABOUT = 80
"""Characters before and after a figure that are the same in a reprint; blanks do not count."""
_RANKING = Family("ranking", {}, False)


@dataclass(frozen=True, slots=True)
class Cell:
    """The figure of one row and column.

    `value` and `value_max` are in the row's unit, negative where the figure is a fall. `others`
    are the further figures of the cell; it is `contradicted` when one of them, of the same status
    and period, differs. `rank` counts from the best place in a ranking, else from the largest
    value, among cells of the same status and, where values may be added up, of periods of as many
    years. `share` is the part in percent of the sum of the row's achieved figures, where they may
    be added up and cover as many years.
    """

    indicator: Indicator
    value: Decimal
    value_max: Decimal | None
    others: tuple[Indicator, ...]
    contradicted: bool
    rank: int | None = None
    share: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One measured thing. `subject` is its most usual name, `scope` among whom a rank counts
    (全国), or 年均 of a change that is an average over its years.

    `key` is the same for rows that are one thing in different provinces.
    """

    pillar: str | None
    metric: str | None
    role: str
    subject: str
    scope: str
    unit: str | None
    province: str | None
    key: tuple[str, ...]
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The matrix, and what it leaves out, counted.

    `figures` are those compared, `reprints` those found again, `other_level` and `nowhere` those
    of another level and without a province, `sparse` the rows of fewer than `at_least` columns.
    """

    by: By
    level: Level
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    figures: int
    reprints: int
    other_level: int
    nowhere: int
    sparse: int
    at_least: int

    @property
    def contradictions(self) -> int:
        """The number of cells that hold figures of one period that differ."""
        return sum(cell.contradicted for row in self.rows for cell in row.cells.values())


def compare(
    indicators: Iterable[Indicator],
    *,
    by: By = "province",
    level: Level = "province",
    pillars: Sequence[str] = (),
    metrics: Sequence[str] = (),
    at_least: int | None = None,
    rules: Rules | None = None,
) -> Comparison:
    """The matrix of the indicators, in the same order whatever theirs is.

    `pillars` and `metrics` keep figures of these ids only. `at_least` keeps rows of that many
    columns: None means two, or one where there is only one column. With level `city` or `county`,
    places stand for provinces, named with their province. `rules`, None for the built-in ones,
    give the families of units, the spellings of words, and the order of pillars and metrics.
    """
    rules = rules or _builtin()
    kept: list[Indicator] = []
    seen: set[tuple[object, ...]] = set()
    reprints = other_level = nowhere = 0
    for indicator in sorted(indicators, key=_position):
        if (pillars and indicator.pillar not in pillars) or (
            metrics and indicator.metric not in metrics
        ):
            continue
        if indicator.province is None:
            nowhere += 1
        elif (indicator.area_level or "province") != level:
            other_level += 1
        elif (same := _reprint_key(indicator)) in seen:
            reprints += 1
        else:
            seen.add(same)
            kept.append(indicator)

    groups = _grouped(kept, by, rules)
    order = _Order.of(rules)
    columns = _columns((column for group in groups for column in group.figures), by, order)
    if at_least is None:
        at_least = 1 if len(columns) < 2 else 2
    full = [group for group in groups if len(group.figures) >= at_least]
    rows = sorted((_row(group, shares=by != "period") for group in full), key=order.row)
    return Comparison(
        by=by,
        level=level,
        columns=columns,
        rows=tuple(rows),
        figures=len(kept),
        reprints=reprints,
        other_level=other_level,
        nowhere=nowhere,
        sparse=len(groups) - len(full),
        at_least=at_least,
    )


def trends(comparison: Comparison) -> Comparison:
    """Of a comparison by period, the rows with a figure for several points in time.

    A point is a year, month or day, or the state up to one; a figure over several years is none.
    """
    rows = []
    for row in comparison.rows:
        cells = {period: cell for period, cell in row.cells.items() if _is_point(period)}
        if len(cells) > 1:
            rows.append(replace(row, cells=cells))
    found = {period for row in rows for period in row.cells}
    columns = tuple(name for name in comparison.columns if name in found)
    return replace(comparison, rows=tuple(rows), columns=columns)


def _is_point(period: str) -> bool:
    return bool(period) and "/" not in period.removeprefix("../")


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many figures each place reports under each pillar (None: under none)."""

    places: tuple[str, ...]
    pillars: tuple[str | None, ...]
    counts: Mapping[tuple[str, str | None], int]

    def total(self, place: str) -> int:
        """The figures of a place under all pillars."""
        return sum(self.counts.get((place, pillar), 0) for pillar in self.pillars)


def coverage(indicators: Iterable[Indicator], rules: Rules | None = None) -> Coverage:
    """The coverage of provinces, at every level, reprints once; places in GB/T 2260's order."""
    order = _Order.of(rules or _builtin())
    seen: set[tuple[object, ...]] = set()
    counts: Counter[tuple[str, str | None]] = Counter()
    for indicator in indicators:
        if (same := _reprint_key(indicator)) not in seen:
            seen.add(same)
            counts[indicator.province or "", indicator.pillar] += 1
    pillars: list[str | None] = [*order.pillars]
    if any(pillar is None for _, pillar in counts):
        pillars.append(None)
    places = _columns((place for place, _ in counts), "province", order)
    return Coverage(places, tuple(pillars), counts)


# --- grouping ----------------------------------------------------------------------------------


@dataclass(slots=True)
class _Group:
    """The figures of a row by column, before they are resolved."""

    role: str
    metric: str | None
    family: Family
    scope: str
    province: str | None
    key: Key
    figures: dict[str, list[tuple[Indicator, str]]]


_Group_Key = tuple[str | None, str, str, str, Key, str | None]


def _builtin() -> Rules:
    from shuangjian_cli.tag.pack import load_builtin

    return load_builtin()


def _grouped(indicators: Sequence[Indicator], by: By, rules: Rules) -> list[_Group]:
    from shuangjian_cli.structure.fold import fold

    of_unit = Families(rules)
    aliases = tuple(rules.aliases.items())
    column_of = _column_namer(indicators, by)
    groups: dict[_Group_Key, _Group] = {}
    without_unit: list[tuple[Indicator, str, Key]] = []
    families: dict[tuple[str | None, str, Key], set[str]] = defaultdict(set)

    def add(indicator: Indicator, subject: str, key: Key, kin: Family) -> None:
        at = indicator.start - indicator.sentence_start
        within = scope(indicator.role, indicator.sentence, at)
        province = None if by in ("province", "document") else _place(indicator)
        whole = (indicator.metric, indicator.role, kin.name, within, key, province)
        group = groups.setdefault(
            whole, _Group(indicator.role, indicator.metric, kin, within, province, key, {})
        )
        group.figures.setdefault(column_of(indicator), []).append((indicator, fold(subject).text))

    for indicator in indicators:
        for subject in parts(indicator.subject):
            key = subject_key(subject, indicator.metric, aliases)
            kin = _RANKING if indicator.role == "rank" else of_unit.of(indicator.unit)
            if kin.name:
                families[indicator.metric, indicator.role, key].add(kin.name)
                add(indicator, subject, key, kin)
            else:
                without_unit.append((indicator, subject, key))
    by_name = {group.family.name: group.family for group in groups.values()}
    for indicator, subject, key in without_unit:
        names = families.get((indicator.metric, indicator.role, key), set())
        counted = [name for name in sorted(names) if by_name[name].additive]
        kin = by_name[counted[0]] if len(counted) == 1 else of_unit.of(None)
        add(indicator, subject, key, kin)
    return list(groups.values())


def _column_namer(indicators: Sequence[Indicator], by: By) -> Callable[[Indicator], str]:
    provinces: dict[str, set[str]] = defaultdict(set)
    for indicator in indicators:
        provinces[indicator.document.file].add(_place(indicator))

    def document(indicator: Indicator) -> str:
        file = indicator.document.file
        return f"{file} · {_place(indicator)}" if len(provinces[file]) > 1 else file

    return {
        "province": _place,
        "pillar": lambda indicator: indicator.pillar or "",
        "period": lambda indicator: indicator.period or "",
        "document": document,
    }[by]


def _place(indicator: Indicator) -> str:
    """A province, or a place below it with its province: 湖南省 长沙市."""
    province = indicator.province or ""
    if indicator.area_level in ("city", "county") and indicator.area not in (None, province):
        return f"{province} {indicator.area}"
    return province


def _columns(found: Iterable[str], by: By, order: _Order) -> tuple[str, ...]:
    from shuangjian_cli.language import provinces

    names = set(found)
    if by == "pillar":
        return tuple(sorted(names, key=lambda name: order.pillars.get(name, len(order.pillars))))
    if by == "period":
        return tuple(sorted(names, key=lambda name: (name == "", *_span(name), name)))
    if by == "province":
        places = {name: place for place, name in enumerate(("全国", *provinces()))}
        return tuple(sorted(names, key=lambda name: (places.get(name.partition(" ")[0], 99), name)))
    return tuple(sorted(names))


# --- resolving ---------------------------------------------------------------------------------


def _position(indicator: Indicator) -> tuple[str, int, int]:
    return indicator.document.file, indicator.start, indicator.end


def _reprint_key(indicator: Indicator) -> tuple[object, ...]:
    """What tells a figure from the same one in a reprint: not its file, but the words about it."""
    sentence, at = indicator.sentence, indicator.start - indicator.sentence_start
    before = "".join(sentence[max(0, at - 2 * _ABOUT) : at].split())[-_ABOUT:]
    after = "".join(sentence[at : at + 2 * _ABOUT].split())[:_ABOUT]
    return indicator.province, before, after, indicator.subject


def _row(group: _Group, *, shares: bool) -> Row:
    names = Counter(subject for figures in group.figures.values() for _, subject in figures)
    subject = min(names, key=lambda name: (-names[name], len(name), name))
    chosen = {
        column: sorted((indicator for indicator, _ in figures), key=_preference)
        for column, figures in group.figures.items()
    }
    units = Counter(figures[0].unit for figures in chosen.values() if figures[0].unit)
    unit = group.family.common(units)
    cells = {column: _cell(figures, group.family, unit) for column, figures in chosen.items()}
    _rank(cells, group, shares)
    first = [figures[0] for figures in chosen.values()]
    pillars = Counter(indicator.pillar for indicator in first)
    pillar = min(pillars, key=lambda name: (-pillars[name], name or "~"))
    return Row(
        pillar=pillar,
        metric=group.metric,
        role=group.role,
        subject=subject,
        scope=group.scope,
        unit=unit,
        province=group.province,
        key=(group.metric or "", group.role, group.family.name, group.scope, *group.key),
        cells=cells,
    )


def _preference(indicator: Indicator) -> tuple[object, ...]:
    """The order of figures for one cell, the one to show first."""
    start, end = _span(indicator.period or indicator.document.published or "")
    return (
        indicator.status != "achieved",
        _Reversed(end),
        _Reversed(start),
        indicator.confidence == "check",
        _Reversed(indicator.document.published or ""),
        -indicator.start,
        indicator.document.file,
    )


class _Reversed(str):
    """A string that sorts the other way round."""

    __slots__ = ()

    def __lt__(self, other: str) -> bool:
        return str.__gt__(self, other)


def _span(period: str) -> tuple[str, str]:
    """The first and last day of a period; a start that is open is the earliest, an end its start.

    `2021/2023` → 2021-01-01, 2023-12-31; `../2022-11` → 2022-11-01, 2022-11-31 (a state at a
    day); `2022/..` → 2022-01-01, 2022-12-31, as nothing says how far it reaches.
    """
    start, _, end = period.partition("/")
    if start == "..":
        start = end
    if end in ("", ".."):
        end = start
    return start + "-01-01"[max(0, len(start) - 4) :], end + "-12-31"[max(0, len(end) - 4) :]


def _cell(figures: Sequence[Indicator], kin: Family, unit: str | None) -> Cell:
    first, *others = figures
    value, value_max = (
        _signed(first, kin, unit, number) for number in (first.value, first.value_max)
    )
    assert value is not None
    same = (first.status, first.period, first.bound)
    contradicted = any(
        (other.status, other.period, other.bound) == same
        and _signed(other, kin, unit, other.value) != value
        and not _moved(first, other)
        for other in others
    )
    return Cell(first, value, value_max, tuple(others), contradicted)


def _moved(one: Indicator, other: Indicator) -> bool:
    """Whether two figures are the ends of a movement or a list: they stand in one sentence."""
    return (one.document.file, one.sentence_start) == (other.document.file, other.sentence_start)


def _signed(
    indicator: Indicator, kin: Family, unit: str | None, value: Decimal | None
) -> Decimal | None:
    if value is None:
        return None
    value = kin.convert(value, indicator.unit, unit)
    return -value if indicator.trend == "down" else value


def _rank(cells: dict[str, Cell], group: _Group, shares: bool) -> None:
    """Fill in ranks and shares, each among figures that may be held against one another."""
    adds_up = group.role == "level" and group.family.additive
    alike: dict[tuple[str, object], list[str]] = defaultdict(list)
    for name, cell in cells.items():
        covered = _covered(cell.indicator.period) if adds_up else None
        alike[cell.indicator.status, covered].append(name)
    one_measure = sum(status == "achieved" for status, _ in alike) == 1
    for (status, _), names in alike.items():
        values = [cells[name].value for name in names]
        total = sum(values, Decimal(0))
        shared = shares and adds_up and one_measure and status == "achieved" and total > 0
        for name in names if len(names) > 1 else ():
            value = cells[name].value
            ahead = (v < value if group.role == "rank" else v > value for v in values)
            share = (100 * value / total).quantize(Decimal("0.1")) if shared else None
            cells[name] = replace(cells[name], rank=1 + sum(ahead), share=share)


def _covered(period: str | None) -> tuple[int, bool]:
    """How many years a period covers, one where it gives none, and whether its end is open."""
    if period is None:
        return 1, False
    start, end = _span(period)
    return int(end[:4]) - int(start[:4]) + 1, period.endswith("..")


@dataclass(frozen=True, slots=True)
class _Order:
    """The places of pillars and metrics in the catalogue; what is in none comes last."""

    pillars: dict[str, int]
    metrics: dict[str, int]

    @classmethod
    def of(cls, rules: Rules) -> _Order:
        return cls(
            {pillar: place for place, pillar in enumerate(rules.pillars)},
            {metric: place for place, metric in enumerate(rules.metrics)},
        )

    def row(self, row: Row) -> tuple[object, ...]:
        return (
            self.pillars.get(row.pillar or "", len(self.pillars)),
            self.metrics.get(row.metric or "", len(self.metrics)),
            -len(row.cells),
            row.subject,
            row.role,
            row.scope,
            row.unit or "",
            row.province or "",
        )

"""Where the heads of columns stand: in a text, cells that reach over several columns or rows have
lost how far they reach.

A row of heads with as many cells as there are columns, or as columns beside the heads of rows,
needs no guess. Of a row with fewer the cells are laid over the columns in their order, in the way
that fits best what stands below or above them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations, pairwise
from math import comb
from typing import NamedTuple

from shuangjian_cli.patterns import regex
from shuangjian_cli.structure.tables.content import BLANK, MISSING, YEAR
from shuangjian_cli.structure.tables.regions import Piece

Words = Callable[[Piece], str]

_HAN = regex(r"[\u4e00-\u9fff]")
_UNIT = regex(r"[（(\[]?[^（()）\[\]]{0,6}[）)\]]?")
_BRACKETED = regex(r"（[^（）]{0,10}）")
_BARE_UNIT = regex(
    r"（[^（）]{0,10}）|[百千万亿]*[人所个名元项件次册间台套班位家户]|%|[百千]?[万亿][人元名]|平方米|万平方米|百分点|个百分点"
)
_MEASURED = regex(r"[（(](?:[十百千万亿]*[^（()）：]{1,4})?[）)]$")
"""A name and its unit."""
_TITLE = regex(r"(?:情况|表|统计|概况|[人员生师校]数)(?:（[^（）]*）)?$")
_WHOLE = regex(r"[校学园计数级中人生师班所额率比重]$")
"""How a name ends that nothing below goes on with."""
_PART = regex(r"[#＃]|其中|其 ?中")
_CAPTION = regex(
    r"(?:计量)?单 ?位 ?[：:]|（?(?:19|20)\d\d年?(?:[-—–~至](?:19|20)?\d\d年?)?(?:度|学年|底|末)?）?$|^（[^（）]*）$|^(?:表|续表|附表|图) ?\d|^\d+[-—.．]\d+|^[^：]{2,8}：.+|续 ?表|^Continued|^（ ?(?:in )?\w+ ?）$"
)
_STUB = regex(
    r"(?:项|指|地|类|年|单|学|县|市|区|名|镇|省|科|序)? ?(?:目|标|区|别|份|度|位|段|型|称|市|街|次|号|年|校)(?:名称|（[^）]*）)?|(?:指标|项目|单位|学校|地区|行政|机构|区县|县市|年级).{0,4}|分类|序号|[市区县州（）、]+"
)
"""What heads the heads of rows."""
_CHOICES = 3000


class Placed(NamedTuple):
    """A head and the columns over which it stands."""

    piece: Piece
    column: int
    columns: int


class Heads(NamedTuple):
    """Captions above the heads, and the heads row by row."""

    captions: list[Piece]
    rows: list[list[Placed]]


def heads(above: Sequence[Sequence[Piece]], columns: int, stub: int, words: Words) -> Heads:
    """Parts the rows above a body into captions and heads, and lays the heads over the columns."""
    if len(above) == 1 and len(above[0]) > columns:
        above = _unfolded(above[0], columns, stub, words)
    captions, first = parted(above, columns, words)
    rest = list(above[len(above) - first :])
    if (listed := _one_by_one(rest, columns - stub, stub, words)) is not None:
        return Heads(captions, listed)
    rows = [_filled(row) for row in rest]
    out: list[list[Placed]] = []
    for i, row in enumerate(rows):
        given = rest[i]
        if (placed := _plain(given, row, columns, stub, words)) is not None:
            out.append(placed)
        elif not any(_HAN.search(words(p)) or p.kind == YEAR for p in row):
            out.append([])  # in another language, and not in the columns' number
        else:
            out.append([Placed(p, -1, 0) for p in row])
    _spread(out, columns, stub, words)
    return Heads(captions, out)


def _filled(row: Sequence[Piece]) -> list[Piece]:
    return [p for p in row if p.kind not in (BLANK, MISSING)]


def parted(above: Sequence[Sequence[Piece]], columns: int, words: Words) -> tuple[list[Piece], int]:
    """The cells of the rows at the top that are no heads, of one cell or of a number, unit, year
    only; and how many rows of heads follow them."""
    captions: list[Piece] = []
    rest = list(above)
    while rest:
        row = _filled(rest[0])
        said = [words(p) for p in row]
        single = (
            len(row) == 1
            and columns > 2
            and any(len(_filled(r)) > 1 for r in rest[1:])
            and not _MEASURED.search(said[0])
        )
        named = sum(bool(_CAPTION.search(s)) for s in said)
        foreign = (
            bool(captions)
            and not any(map(_HAN.search, said))
            and any(_HAN.search(words(p)) for r in rest[1:] for p in r)
        )
        years = sum(p.kind == YEAR for p in row)
        if single or (named and years < 2 and named * 2 >= len(row)) or foreign or not row:
            captions += row
            del rest[0]
        else:
            break
    return captions, len(rest)


def _unfolded(
    cells: Sequence[Piece], columns: int, stub: int, words: Words
) -> list[Sequence[Piece]]:
    """The rows of captions and heads that stand one cell after another above a body: those of one
    cell, then groups, a whole row, and what stands below some of its heads."""
    rest = [p for p in cells if p.kind == BLANK or _HAN.search(words(p)) or p.kind == YEAR]
    out: list[Sequence[Piece]] = []
    while named := next((p for p in rest if p.kind != BLANK), None):
        if named.kind == YEAR or not _is_caption(words(named), len(rest), columns):
            break
        out.append([named])
        del rest[: rest.index(named) + 1]
    while rest and rest[-1].kind == BLANK:
        rest.pop()
    while len(rest) > columns and rest[0].kind == BLANK and rest[1].kind == BLANK:
        rest.pop(0)
    headed = bool(rest) and (rest[0].kind == BLANK or bool(_STUB.fullmatch(words(rest[0]))))
    corner = rest[:1] if headed else []
    names = [p for p in rest[len(corner) :] if p.kind != BLANK]
    size = columns - stub
    if len(rest) <= columns or len(names) <= size:
        return [*out, rest]
    ways: list[tuple[float, list[Sequence[Piece]]]] = [
        (0.15 * (len(rest) - columns), [rest[:columns], rest[columns:]])
    ]
    for groups in range(1, min(size, len(names) - size + 1)):
        labels = [words(p) for p in names[groups : groups + size]]
        cuts = _best_cuts(groups, labels)
        left = names[groups + size :]
        alone = 0.5 if groups == 1 else 0.0  # one head over all says nothing
        strain = _strain(cuts, labels) + 0.2 * groups + 0.15 * len(left) + alone
        rows: list[Sequence[Piece]] = [[*corner, *names[:groups]], names[groups : groups + size]]
        ways.append((strain, [*rows, left] if left else rows))
    return [*out, *min(ways, key=lambda way: way[0])[1]]


def _is_caption(said: str, rest: int, columns: int) -> bool:
    """Whether the first of the cells above a body is no head."""
    return _CAPTION.search(said) is not None or (
        rest > columns and len(said) > 6 and _TITLE.search(said) is not None
    )


def _one_by_one(
    rows: list[Sequence[Piece]], columns: int, stub: int, words: Words
) -> list[list[Placed]] | None:
    """Rows of heads of which none is whole, as lines of a page give them: as many heads one after
    another as there are columns, or more by those that stand over several."""
    cells = [p for row in rows for p in row if p.kind != BLANK]
    if len(rows) < 2 or any(len(_filled(row)) >= columns for row in rows):
        return None
    names: list[Piece] = []
    for p in cells:
        bare = _BARE_UNIT.fullmatch(words(p)) is not None
        if bare and names and not _MEASURED.search(words(names[-1])):
            names[-1] = Piece(names[-1].start, p.end, p.kind)
        else:
            names.append(p)
    extra = len(names) - columns
    groups = [p for p in names if not _MEASURED.search(words(p)) and not _PART.match(words(p))]
    if extra and (extra < 0 or extra != len(groups)):
        return None
    upper: list[Placed] = []
    lower: list[Placed] = []
    open_: Piece | None = None
    for p in names:
        if extra and p in groups:
            open_ = p
            continue
        column = stub + len(lower)
        lower.append(Placed(p, column, 1))
        if open_ is None or (_PART.match(words(p)) and not _is_over(upper, open_)):
            continue
        if _is_over(upper, open_):
            upper[-1] = Placed(open_, upper[-1].column, column + 1 - upper[-1].column)
        else:
            upper.append(Placed(open_, column, 1))
    return [upper, lower] if upper else [lower]


def _is_over(placed: list[Placed], piece: Piece) -> bool:
    return bool(placed) and placed[-1].piece == piece


def _plain(
    given: Sequence[Piece], row: list[Piece], columns: int, stub: int, words: Words
) -> list[Placed] | None:
    """The heads of a row whose places are plain: one for each column, or for each beside the heads
    of rows; or fewer, where empty cells hold the places of the others."""
    if len(row) == columns:
        return [Placed(p, i, 1) for i, p in enumerate(row)]
    headed = bool(row) and _STUB.fullmatch(words(row[0])) is not None
    if len(row) == columns - stub and not headed:
        return [Placed(p, stub + i, 1) for i, p in enumerate(row)]
    for first in (0, stub) if not headed else (0,):
        if len(given) == columns - first and given[-1].kind != BLANK:
            return [Placed(p, first + i, 1) for i, p in enumerate(given) if p.kind != BLANK]
    return None


def _spread(rows: list[list[Placed]], columns: int, stub: int, words: Words) -> None:
    """Lays the rows that are not plain over the columns."""
    for i, row in enumerate(rows):
        if not row or row[0].column >= 0:
            continue
        pieces = [p.piece for p in row]
        below = next((r for r in rows[i + 1 :] if r and r[0].column >= 0), None)
        above = next((r for r in reversed(rows[:i]) if r and r[0].column >= 0), None)
        sub = rows[i + 1] if i + 1 < len(rows) else []
        if below is not None:
            first = stub if len(pieces) <= columns - stub else 0
            rows[i] = _over(pieces, first, columns, below, words)
        elif above is not None:
            rows[i] = _under(pieces, above, stub, columns, words)
        elif sub and sub[0].column < 0:
            rows[i], rows[i + 1] = _together(pieces, [p.piece for p in sub], columns, stub, words)
        else:
            first = stub if len(pieces) < columns - stub or stub == 0 else 0
            rows[i] = [
                Placed(p, min(first + n, columns - 1), 1)
                for n, p in enumerate(pieces[: columns - first])
            ]


def _over(
    pieces: list[Piece], first: int, columns: int, below: list[Placed], words: Words
) -> list[Placed]:
    """Heads over those of a row below, each over one column or more."""
    count, size = len(pieces), columns - first
    under = {p.column: words(p.piece) for p in below}
    labels = [under.get(first + c, "") for c in range(size)]
    if count > size:
        return [Placed(p, first + i, 1) for i, p in enumerate(pieces[:size])]
    if comb(size - 1, count - 1) > _CHOICES:
        each = size // count
        return [Placed(p, first + i * each, each) for i, p in enumerate(pieces)]
    edges = (0, *_best_cuts(count, labels), size)
    return [Placed(p, first + edges[i], edges[i + 1] - edges[i]) for i, p in enumerate(pieces)]


def _best_cuts(groups: int, labels: list[str]) -> tuple[int, ...]:
    """Where labels part into so many groups with the least strain."""
    size = len(labels)
    if comb(size - 1, groups - 1) > _CHOICES:
        return tuple(i * (size // groups) for i in range(1, groups))
    return min(combinations(range(1, size), groups - 1), key=lambda cuts: _strain(cuts, labels))


def _strain(cuts: tuple[int, ...], labels: list[str]) -> float:
    """How badly groups that begin at these columns fit the labels under them."""
    edges = (0, *cuts, len(labels))
    groups = [labels[a:b] for a, b in pairwise(edges)]
    strain = 0.0
    units = any(_BARE_UNIT.fullmatch(label) for label in labels)
    for group in groups:
        strain += sum(bool(_PART.match(group[0])) for _ in (0,))
        if units:
            strain += not _BARE_UNIT.fullmatch(group[0])
            strain += sum(bool(_BARE_UNIT.fullmatch(label)) for label in group[1:])
    if not units and any(group != groups[0] for group in groups):
        strain += 0.5
        strain += 0.1 * (max(map(len, groups)) - min(map(len, groups)))
    if len(groups) > 1 and len({group[0] for group in groups}) == 1:
        strain -= 1.0  # 合计 begins each of them
    return strain


def _under(
    pieces: list[Piece], above: list[Placed], stub: int, columns: int, words: Words
) -> list[Placed]:
    """Heads below those of a row above, in their order: a unit below a name without one, words that
    go on with a name, a part where no name stands."""
    names = {p.column: p for p in above}
    places = [
        names.get(c, Placed(pieces[0], c, 1))
        for c in range(stub, columns)
        if c in names or not any(p.column < c < p.column + p.columns for p in above)
    ]
    if len(pieces) > len(places):
        return []
    chosen: tuple[int, ...] = tuple(range(len(pieces)))
    if comb(len(places), len(pieces)) <= _CHOICES:
        said = [words(p) for p in pieces]
        named = [words(p.piece) if p.column in names else "" for p in places]
        chosen = min(
            combinations(range(len(places)), len(pieces)),
            key=lambda way: sum(
                _misfit(named[c], under) + 0.01 * c for c, under in zip(way, said, strict=True)
            ),
        )
    return [
        Placed(p, places[c].column, places[c].columns) for c, p in zip(chosen, pieces, strict=True)
    ]


def _misfit(name: str, under: str) -> float:
    """How badly words stand below a name."""
    if _BARE_UNIT.fullmatch(under):
        return float(bool(_BRACKETED.search(name)))
    whole = 0.1 if _WHOLE.search(name) else 0.0
    return float((not name) != bool(_PART.match(under))) + whole


def _together(
    names: list[Piece], parts: list[Piece], columns: int, stub: int, words: Words
) -> tuple[list[Placed], list[Placed]]:
    """Two rows of heads that have fewer cells than columns each: some of the second have columns of
    their own, beside the one of the name above."""
    lead = 0 if _STUB.fullmatch(words(names[0])) else stub
    extra = columns - lead - len(names)
    ways = comb(columns - lead, extra) * comb(len(parts), extra) if extra > 0 else 0
    if not 0 < ways <= _CHOICES:
        first = [
            Placed(p, min(lead + i, columns - 1), 1) for i, p in enumerate(names[: columns - lead])
        ]
        return first, _under(parts, first, stub, columns, words)
    best: tuple[float, list[Placed], list[Placed]] | None = None
    for own in combinations(range(len(parts)), extra):
        for at in combinations(range(max(1, stub - lead + 1), columns - lead), extra):
            laid = _laid(names, parts, own, at, columns - lead, stub - lead, words)
            if laid is not None and (best is None or laid[0] <= best[0]):
                best = laid
    if best is None:
        return [Placed(p, lead + i, 1) for i, p in enumerate(names)], []
    shift = [[Placed(p, c + lead, n) for p, c, n in row] for row in best[1:]]
    return shift[0], shift[1]


def _laid(
    names: list[Piece],
    parts: list[Piece],
    own: tuple[int, ...],
    at: tuple[int, ...],
    columns: int,
    stub: int,
    words: Words,
) -> tuple[float, list[Placed], list[Placed]] | None:
    """One way to lay names over all columns but those that parts have for their own."""
    first: list[Placed] = []
    rest = iter(names)
    for column in range(columns):
        if column in at:
            if not first:
                return None
            piece, begin, count = first[-1]
            first[-1] = Placed(piece, begin, count + 1)
        else:
            piece = next(rest, names[-1])
            first.append(Placed(piece, column, 1))
    second: list[Placed] = []
    strain = 0.0
    taken = dict(zip(own, at, strict=True))
    last = -1
    for i, part in enumerate(parts):
        said = words(part)
        if i in taken:
            column = taken[i]
            over = next(p for p in first if p.column <= column < p.column + p.columns)
            strain += 0.0 if _PART.match(said) else 0.5
            strain += 0.0 if set(words(over.piece)) & set(said) else 0.3
            strain += 2.0 if _BARE_UNIT.fullmatch(said) else 0.0
        else:
            free = [p for p in first if p.column > last and p.column >= stub and p.columns == 1]
            if not free:
                return None
            over = min(free, key=lambda p: bool(_BRACKETED.search(words(p.piece))))
            column = over.column
            strain += 1.0 if _PART.match(said) else 0.0
        if column <= last:
            return None
        last = column
        second.append(Placed(part, column, 1))
    return strain, first, second

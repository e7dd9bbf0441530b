"""Finds where a text may hold a table, and parts it into cells: at tabs, at upright bars, at runs
of blanks, or one cell a line.

Works on the text as read, since folding takes out blanks that part cells. Whether what is found
is a table is decided afterwards.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from shuangjian_cli.patterns import CHINESE, regex, worded
from shuangjian_cli.structure.masthead import opens_with_key
from shuangjian_cli.structure.tables.content import BLANK, NUMBER, YEAR
from shuangjian_cli.structure.tables.gate import may_hold
from shuangjian_cli.structure.tables.signs import BARE_UNIT, STUB
from shuangjian_cli.structure.words import VOCABULARY

Kind = Callable[[int, int], str]
"""Gives the kind of the cell at a span of the text as read."""

BARS, TABS, BLANKS, LINES = "bars", "tabs", "blanks", "lines"

_BAR = regex(r"[|｜│┃]")
MARKS = regex(r"\s*[|｜│┃][\s|｜│┃]*")
"""What may follow the last cell of a table and belongs to it."""
_RULE = regex(r"[\s|｜│┃:：=＝+＋\-—─━┌┐└┘├┤┬┴┼]*[-—─━=＝]{2}[\s|｜│┃:：=＝+＋\-—─━┌┐└┘├┤┬┴┼]*")
"""A line drawn between the rows of a table."""
_GAP = regex(r"\S[  　]{2,}[^\sA-Za-z]")
"""What parts cells, and not a name from the same in another language."""
_SPACED = regex(rf"(?:{CHINESE}[ \u00a0\u3000]+)+{CHINESE}")
"""A word whose characters are set apart: 合  计."""
_TOKEN = regex(r"(?:(?:[≥≤＞＜><约近超逾]|不足|不少于|超过|至少)[ 　 ](?=\d))?[^\s　 ]+")
"""A word or a number, with the bound before it."""
_THOUSANDS = regex(r"\d{1,3}(?: \d{3})+(?:\.\d+)?[①-⑳*]*")
"""A number with blanks in it, of a line whose cells stand further apart."""
_THREE = regex(r"\d{3}(?!\d)")
_WORDS_BEHIND = regex(rf"\d\S*[ 　]+\S*\d\S*[ 　]+[^\d\s]*{CHINESE}")
_SERIAL = regex(r"\d{1,3}")
"""The number of a row, before its name."""
_UNIT_TOKEN = regex(r"[（(][^（()）]{0,8}[)）]")
_OPEN_UNIT = regex(r"[^(（][(（](?:[百千万亿]*[人所个名元册]|[%％‰])$")
"""How a head ends whose unit is left open."""
_FOREIGN = regex(r"[（(]?[A-Za-z][A-Za-z'’.,:&/\-]*[）)]?")
_FOREIGN_END = regex(r"[A-Za-z][ -~]*$")
_HAN = regex(CHINESE)
_SENTENCE = regex(r"[。！？；]|，(?!\d{3})|,(?!\d{3}| ?[A-Za-z])")
_PAGE_NUMBER = regex(r"[—–\-]{1,2} ?\d{1,3} ?[—–\-]{1,2}")
_BEGINS = regex(r"[|｜│┃][^|｜│┃]+[|｜│┃]")
"""The first cell of a row, where no other begins its line with a bar."""
_CAPTION = worded(
    r"单 ?位 ?[:：]|^[（(]?单位|^(?:{captions.notes})\s*[:：]|(?:{captions.titles})[）)]?$",
    __file__,
)
"""What stands above or below a table and is no cell of it."""
_MARK = regex(r"\d{1,2}[.．、]|[（(]?[一二三四五六七八九十]{1,3}[)）、]")
"""The mark of a list, which stands before a name."""
_ITEM = regex(r"(?:\d{1,2}[.．、]|[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）、]).")
"""How an item of a list begins."""
_KEY = regex(r"[^：:\s]{2,6}[：:].")
"""How a line begins that tells something of a table: 来源：, 单位：."""
_LINE_MOST, _HAN_MOST = 60, 40
"""How long a line may be that is one cell, or a part of one: in all, and in Chinese characters."""
_MANY_HAN = regex(rf"(?:[\W\d_a-zA-Z]*{CHINESE}){{{_HAN_MOST + 1}}}")
_NAMES = regex(r"(?:[^\s，。；：！？]{1,16} ){4,}[^\s，。；：！？]{1,16}")
"""The names of many columns, parted by blanks, which are one line however long."""
_BETWEEN = 6
"""How many lines may stand between two bars and still belong to one cell."""
_ABOVE = 24
"""How many lines of one cell may stand above those of several."""
_FEW = 4
"""How many numbers a table of one cell a line has at least, and cells a row of several."""
_DASH = 3
"""How long the dash is that stands in an empty cell, at most."""
_APART = 60
"""How many lines may stand between two numbers, or before the first."""
_BEFORE = 5
"""How many lines above a table are handed on as what may be its title."""


class Piece(NamedTuple):
    """A cell at [start, end) of the text as read, and what its words are."""

    start: int
    end: int
    kind: str


class Region(NamedTuple):
    """Cells that stand together: by rows, or (`flat`) all in one that is still to be cut.

    `before` are the lines above, the nearest last, `after` those below, the nearest first.
    """

    parted: str
    rows: list[list[Piece]]
    flat: bool
    before: list[Piece]
    after: list[Piece]


class _Line(NamedTuple):
    """A line of the text as read without the white space around it; `form` is how it may belong
    to a table."""

    start: int
    end: int
    form: str


def regions(
    text: str, kind: Kind, start: int, end: int, *, of_words: bool = False
) -> Iterator[Region]:
    """The stretches of text[start:end] that may be tables, in order; those `of_words`, too, that hold
    no number."""
    if not may_hold(text, start, end):
        return
    lines = list(_lines(text, kind, start, end))
    at = done = 0
    while at < len(lines):
        form = lines[at].form
        if form == BARS:
            begin, end = _bars(text, lines, done, at)
        elif form in (TABS, BLANKS):
            begin, end = _heads(text, lines, done, at), _run(lines, at, form)
        elif form in (NUMBER, YEAR, "short"):
            begin, end = at, _column(lines, at)
        else:
            begin = end = at
        if end <= at:
            at += 1
            continue
        for region in _parted(text, lines, begin, end, form, kind):
            if of_words or _has_number(region):
                yield region
        at = done = end


def _has_number(region: Region) -> bool:
    """Whether a region has what every table has."""
    return any(piece.kind == NUMBER for row in region.rows for piece in row)


def _lines(text: str, kind: Kind, at: int, stop: int) -> Iterator[_Line]:
    for raw in text[at:stop].split("\n"):
        words = raw.strip()
        start = at + len(raw) - len(raw.lstrip()) if words else at
        end = start + len(words)
        yield _Line(start, end, _form(text, start, end, kind) if words else _empty(raw))
        at += len(raw) + 1


def _empty(raw: str) -> str:
    return "blank" if raw.strip("\r") else "empty"


def _form(text: str, start: int, end: int, kind: Kind) -> str:
    if end - start <= _LINE_MOST and _is_aside(text[start:end]):
        return "aside"
    if _BAR.search(text, start, end):
        return BARS
    if text.find("\t", start, end) >= 0:
        return TABS
    if (own := kind(start, end)) in (NUMBER, YEAR):
        return own
    if _SENTENCE.search(text, start, end):
        return "prose"
    if _RULE.fullmatch(text, start, end):
        return "rule"
    if text[start + 1 : start + 2].isspace() and _SPACED.fullmatch(text, start, end):
        return "short"
    if _GAP.search(text, start, end) or (
        " " in text[start:end]
        and (_numbers(text, start, end, kind) >= 2 or _turns(text, start, end, kind))
    ):
        return BLANKS
    long = end - start > _LINE_MOST and _MANY_HAN.match(text, start, end)
    return "prose" if long and not _NAMES.fullmatch(text, start, end) else "short"


def _is_aside(words: str) -> bool:
    """Whether a line is of the page or its masthead, and no cell: 浏览次数：31, 分享到."""
    return (
        opens_with_key(words)
        or _PAGE_NUMBER.fullmatch(words) is not None
        or (len(words) > 1 and words in VOCABULARY.furniture_whole)
        or VOCABULARY.furniture_part.search(words) is not None
    )


def _numbers(text: str, start: int, end: int, kind: Kind) -> int:
    """How many numbers stand at the end of a line."""
    tokens = [m.span() for m in _TOKEN.finditer(text, start, end)]
    first = _first_number(text, tokens, kind)
    return len(tokens) - first


def _first_number(text: str, tokens: Sequence[tuple[int, int]], kind: Kind) -> int:
    """From which on words between blanks are numbers or marks that stand for none."""
    first = len(tokens)
    while first and (
        kind(*tokens[first - 1]) == BLANK or _is_number(text, tokens, first - 1, kind)
    ):
        first -= 1
    return first


def _is_number(text: str, tokens: Sequence[tuple[int, int]], at: int, kind: Kind) -> bool:
    """Whether a word between blanks is a number, or may go on with the one before it: 1 062."""
    if kind(*tokens[at]) in (NUMBER, YEAR):
        return True
    return at > 0 and _THOUSANDS.fullmatch(text, tokens[at - 1][0], tokens[at][1]) is not None


def _bars(text: str, lines: Sequence[_Line], done: int, at: int) -> tuple[int, int]:
    """From where to where lines with bars stand together. Where bars stand alone, the cell before
    the first belongs to them, and the cell behind the last."""
    last, following = at, at + 1
    while following < len(lines) and following - last <= _BETWEEN:
        form = lines[following].form
        if form == BARS:
            last = following
        elif form == "aside" or (
            form == "prose" and not all(map(_is_bar, lines[following - 1 : following + 2 : 2]))
        ):
            break
        following += 1
    barred = [x for x in lines[at : last + 1] if x.form == BARS]
    alone = sum(map(_is_bar, barred))
    begin = at
    # Where fewer stand alone, bars stand behind cells, and alone for empty ones.
    if alone > 2 and alone * 2 > len(barred):
        cell = ("short", NUMBER, YEAR)
        while begin > done and lines[begin - 1].form in cell:
            begin -= 1
            if _HAN.search(text, lines[begin].start, lines[begin].end):
                break  # no name of the same in another language
        if last + 1 < len(lines) and lines[last + 1].form == NUMBER:
            last += 1
    return begin, last + 1


def _is_bar(line: _Line) -> bool:
    """Whether a line is a bar and nothing else."""
    return line.form == BARS and line.end - line.start == 1


def _run(lines: Sequence[_Line], at: int, form: str) -> int:
    """Where lines of one form end; a few short ones may stand between them."""
    last = at
    for following in range(at + 1, len(lines)):
        this = lines[following].form
        if this == form or (form == BLANKS and this == TABS):
            last = following
        elif this in ("prose", "aside") or following - last > _BETWEEN:
            break
    return last + 1


def _heads(text: str, lines: Sequence[_Line], done: int, at: int) -> int:
    """Where the short lines above a line of several cells begin: heads may be lines of one, and those
    in another language stand between them."""
    begin, named, blank = at, 0, 0
    above = ("short", YEAR, "blank", "empty")
    while begin > done and named < _ABOVE and lines[begin - 1].form in above:
        begin -= 1
        blank = blank + 1 if lines[begin].form in ("blank", "empty") else 0
        if named and blank == _FEW:
            break
        named += _HAN.search(text, lines[begin].start, lines[begin].end) is not None
    while lines[begin].form in ("blank", "empty"):
        begin += 1
    return begin


def _column(lines: Sequence[_Line], at: int) -> int:
    """Where short lines end of which many are numbers."""
    last, numbers, short = at - 1, 0, 0
    for following in range(at, len(lines)):
        form = lines[following].form
        if form in (NUMBER, YEAR):
            numbers += 1
            last = following
        elif form == "short":
            short += 1
            if following - last > _APART:
                break
        elif form not in ("empty", "blank") and not _is_dash(lines[following]):
            break
    if numbers < _FEW:
        return at
    # The head of the last row's tail, or what follows it, stands behind the last number.
    return last + 1


def _is_dash(line: _Line) -> bool:
    """Whether a line is a dash of an empty cell, too short to be drawn between rows."""
    return line.form == "rule" and line.end - line.start <= _DASH


def _parted(
    text: str, lines: Sequence[_Line], begin: int, end: int, form: str, kind: Kind
) -> Iterator[Region]:
    before = [
        _piece(x, kind)
        for x in lines[max(0, begin - _ABOVE) : begin]
        if x.end > x.start and x.form not in ("rule", "aside")
    ]
    after = [_piece(x, kind) for x in lines[end : end + 2] if x.end > x.start]
    inside = lines[begin:end]
    if form == BARS:
        barred = [x for x in inside if x.form not in ("empty", "blank", "rule")]
        framed = 2 * sum(_BAR.match(text, x.start) is not None for x in barred) >= len(barred)
        rows = [_at_bars(text, x, kind, framed=framed) for x in barred]
        rows = [part for row in rows for part in _run_on(row)]
        rows = [row for row in rows if row and not _is_rule(text, row)]
        filled = [count for row in rows if (count := sum(p.start < p.end for p in row))]
        if 2 * sum(count for count in filled if count > 1) < sum(filled):
            begins = [x.start for x in inside if _BEGINS.fullmatch(text, x.start, x.end)]
            if opened := _opened(text, barred, lines[end - 1].end, kind):
                yield Region(BARS, opened, False, before[-_BEFORE:], after)
            elif len(begins) > 2 and len(begins) * 2 < len(rows):
                ends = [*begins, inside[-1].end]
                above = [_joined(p, kind) for p in _between(text, inside[0].start, begins[0], kind)]
                rows = [
                    [_joined(p, kind) for p in _between(text, start + 1, end, kind)]
                    for start, end in pairwise(ends)
                ]
                sizes = Counter(len(row) for row in rows if len(row) > 1) or Counter({1: 1})
                size = sizes.most_common(1)[0][0]
                rows = [part for row in rows for part in _parts(row, size)]
                rows = [*([p] for p in above if p.kind != BLANK), *(row for row in rows if row)]
                yield Region(BARS, rows, False, before[-_BEFORE:], after)
            else:
                yield from _cells(text, inside, before, after, kind)
            return
        rows = [row for row in rows if any(p.start < p.end for p in row)]
    elif form == TABS:
        rows = _at_tabs(text, inside, kind)
    elif form == BLANKS:
        rows = [_at_blanks(text, x, kind) for x in inside if x.end > x.start and x.form != "rule"]
    else:
        yield Region(LINES, [_lone(text, inside, kind)], True, before[-_BEFORE:], after)
        return
    yield Region(form, rows, False, before[-_BEFORE:], after)


def _opened(text: str, lines: Sequence[_Line], stop: int, kind: Kind) -> list[list[Piece]]:
    """Rows whose first cells alone begin their lines with a bar, blank ones too, and whose cells all end
    with one; none where those with a number are not all of one length, or bars begin no words."""
    begins = [
        x.start
        for x in lines
        if _BAR.match(text, x.start) and (not x.start or text[x.start - 1] == "\n")
    ]
    if len(begins) < _FEW or not all(_BAR.match(text, x.end - 1) for x in lines):
        return []
    if all(_is_bar(x) for x in lines if x.start in begins):
        return []  # bars stand behind cells, and alone for empty ones
    rows = [
        [_joined(p, kind) for p in _between(text, start + 1, end, kind)]
        for start, end in pairwise([*begins, stop])
    ]
    sizes = {len(row) for row in rows if any(p.kind == NUMBER for p in row)}
    width = max(sizes, default=0)
    if len(sizes) != 1 or width < _FEW or any(len(row) > width for row in rows[1:]):
        return []
    above = [_joined(p, kind) for p in _between(text, lines[0].start, begins[0], kind)]
    if len(rows[0]) > width:  # rows of one cell, of which none begins with a bar
        above += rows.pop(0)
    return [*([p] for p in above if p.kind != BLANK), *(row for row in rows if row)]


def _run_on(row: list[Piece]) -> list[list[Piece]]:
    """A row, or the rows that stand in one line, each framed by bars: | 甲 | 12 | | 乙 | 9 |."""
    ends = [at for at, piece in enumerate(row) if piece.start == piece.end]
    parts = [row[a:b] for a, b in pairwise([0, *(at + 1 for at in ends), len(row) + 1])]
    parts = [[p for p in part if p.start < p.end] for part in parts]
    size, count = Counter(map(len, parts)).most_common(1)[0]
    return parts if size > 1 and count > _FEW and 2 * count > len(parts) else [row]


def _parts(row: list[Piece], size: int) -> list[list[Piece]]:
    """A row, or the rows that it holds where it is as long as several of so many cells."""
    if len(row) % size:
        return [row]
    return [row[at : at + size] for at in range(0, len(row), size)]


def _lone(text: str, lines: Sequence[_Line], kind: Kind) -> list[Piece]:
    """Cells that stand one a line; where empty lines part them, lines together are one cell, but for
    what names the table."""
    numbers = [
        i for i, x in enumerate(lines) if x.form in (NUMBER, YEAR) and 0 < i < len(lines) - 1
    ]
    close = sum("empty" not in (lines[i - 1].form, lines[i + 1].form) for i in numbers)
    apart = bool(numbers) and close * 5 < len(numbers)
    out: list[Piece] = []
    joined = False
    for line in lines:
        if line.form == "empty":
            joined = False
            continue
        more = joined and line.form != "blank" and not _KEY.match(text, line.start, line.end)
        if more or (
            out
            and line.form == "short"
            and _MARK.fullmatch(text, out[-1].start, out[-1].end) is not None
        ):
            out[-1] = Piece(out[-1].start, line.end, kind(out[-1].start, line.end))
        else:
            out.append(_piece(line, kind))
            named = _CAPTION.search(text[line.start : line.end]) is not None
            joined = apart and line.form != "blank" and not named
    return out


def _piece(line: _Line, kind: Kind) -> Piece:
    return Piece(line.start, line.end, kind(line.start, line.end))


def _at_tabs(text: str, lines: Sequence[_Line], kind: Kind) -> list[list[Piece]]:
    """The cells of lines parted by tabs, those before the first words too, unless all begin so."""
    rows: list[list[Piece]] = []
    for line in lines:
        if line.end > line.start:
            start, end = line.start, line.end
            while start and text[start - 1] in " \t":
                start -= 1
            while text.startswith((" ", "\t"), end):
                end += 1
            rows.append([])
            for words in text[start:end].split("\t"):
                rows[-1].append(_trimmed(text, start, start + len(words), kind))
                start += len(words) + 1
    while rows and all(row[0].start == row[0].end and len(row) > 1 for row in rows):
        rows = [row[1:] for row in rows]
    return rows


def _at_bars(text: str, line: _Line, kind: Kind, *, framed: bool) -> list[Piece]:
    """The cells of a line. A bar at its beginning is the table's frame, where it has one (`framed`)
    or nothing else stands in the line, else it parts an empty cell from the next."""
    out, at = [], line.start
    for bar in _BAR.finditer(text, line.start, line.end):
        out.append(_trimmed(text, at, bar.start(), kind))
        at = bar.end()
    if at < line.end:
        out.append(_trimmed(text, at, line.end, kind))
    if len(out) > 1 and _BAR.match(text, line.start) and (framed or len(out) < _FEW):
        del out[0]
    return [
        Piece(p.start, p.start, BLANK) if _RULE.fullmatch(text, p.start, p.end) else p for p in out
    ]


def _trimmed(text: str, start: int, end: int, kind: Kind) -> Piece:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Piece(start, end, kind(start, end))


def _is_rule(text: str, row: Sequence[Piece]) -> bool:
    return _RULE.fullmatch(text, row[0].start, row[-1].end) is not None


def _turns(text: str, start: int, end: int, kind: Kind) -> list[int]:
    """Where words follow two numbers or more that follow words: 甲县 12 340 乙县 9 210, 甲县 12 340 在建."""
    if not _WORDS_BEHIND.search(text, start, end):
        return []
    tokens = [m.span() for m in _TOKEN.finditer(text, start, end)]
    counts = [_is_number(text, tokens, at, kind) for at in range(len(tokens))]
    named = counts.index(False) if False in counts else len(counts)
    return [
        tokens[at][0]
        for at in range(named + 3, len(tokens))
        if counts[at - 2 : at + 1] == [True, True, False]
    ]


def _at_blanks(text: str, line: _Line, kind: Kind) -> list[Piece]:
    """The cells of a line parted by blanks."""
    starts = [line.start, *_turns(text, line.start, line.end, kind)]
    parts = zip(starts, [*starts[1:], line.end], strict=True)
    return _even([cell for part in parts for cell in _named(text, *part, kind)])


def _named(text: str, low: int, high: int, kind: Kind) -> list[Piece]:
    """The cells of text parted by blanks: numbers at its end, one blank apart or more, and words
    before them or alone, one blank apart only where no number follows; units are cells where they
    come first. Of more blanks every second is an empty cell."""
    tokens = [m.span() for m in _TOKEN.finditer(text, low, high)]
    first = _first_number(text, tokens, kind)
    if first == len(tokens) - 1 and not _HAN.search(text, low, high):
        # Grade 1 Grade 2: the last is no more a cell than those before it, nor is that of Grade 12
        brief = tokens[first][1] - tokens[first][0] < _FEW - 1
        first += brief or any(kind(*token) == NUMBER for token in tokens[1:first])
    words = first == len(tokens)
    units = bool(tokens) and _UNIT_TOKEN.fullmatch(text, *tokens[0]) is not None
    gaps = [(b[0] - a[1], b[0]) for a, b in pairwise(tokens[first:])]
    wide = max(gaps, default=(0, 0))[0] > 2
    wide = wide and all(_THREE.match(text, at) for gap, at in gaps if gap == 1)
    out: list[Piece] = []
    for i, (start, end) in enumerate(tokens):
        gap = start - tokens[i - 1][1] if i else 0
        apart = units and _UNIT_TOKEN.fullmatch(text, start, end) is not None
        apart = apart or (i == 1 and _SERIAL.fullmatch(text, *tokens[0]) is not None)
        if 0 < i == first - 1 and not words and out[-1].end - out[-1].start > 1:
            apart = apart or BARE_UNIT.fullmatch(text, start, end) is not None  # behind a name
        if i and i < first + words and not apart and _joins(text, out[-1], start, end, gap, words):
            out[-1] = Piece(out[-1].start, end, kind(out[-1].start, end))
            continue
        goes_on = wide or text[start] == "0"
        if goes_on and i > first and gap == 1 and _THOUSANDS.fullmatch(text, out[-1].start, end):
            out[-1] = Piece(out[-1].start, end, NUMBER)
            continue
        empty = gap // 2 if gap > 2 else 0
        out += [Piece(start - 1, start - 1, BLANK) for _ in range(empty)]
        out.append(Piece(start, end, kind(start, end)))
    return out


def _even(cells: list[Piece]) -> list[Piece]:
    """The cells of a line without the empty ones, where all stand equally far apart."""
    filled = [p for p in cells if p.start < p.end]
    gaps = {b.start - a.end for a, b in pairwise(filled)}
    return filled if len(gaps) == 1 else cells


def _joins(text: str, before: Piece, start: int, end: int, gap: int, words: bool) -> bool:
    """Whether words behind a blank are of the same cell as those before it."""
    held = text[before.start : before.end]
    opens = words and text[start] in "(（" and _HAN.match(held[-1]) is not None
    if opens or held[-1] in "#＃:：" or _UNIT_TOKEN.fullmatch(text, start, end):
        return gap <= 2 or held[-1] not in ":："
    if sum(held.count(c) for c in "(（") > sum(held.count(c) for c in ")）"):
        return not _OPEN_UNIT.search(held) or text[start] in ")）"
    if _FOREIGN.fullmatch(text, start, end) and _HAN.search(held):
        return True  # its name in another language
    if len(held) == 1 and end - start == 1 and _HAN.match(held) and _HAN.match(text, start):
        return True  # a word set apart: 全  市
    if gap > 1:
        return False
    return (
        not words
        or held.isascii()
        or (text[start:end].isascii() and _FOREIGN_END.search(held) is not None)
    )


def _cells(
    text: str, lines: Sequence[_Line], before: list[Piece], after: list[Piece], kind: Kind
) -> Iterator[Region]:
    """Cells between bars, some over several lines; a caption among them begins another table."""
    cells: list[Piece] = []
    for pieces in _between(text, lines[0].start, lines[-1].end, kind):
        named = [i for i, p in enumerate(pieces[:-1]) if _names_table(text, p, pieces[i + 1])]
        cut = named[-1] if named else -1
        if named:
            if cells:
                if named[0]:  # the last cell of the table before
                    cells.append(_joined(pieces[: named[0]], kind))
                yield Region(BARS, [cells], True, before[-_BEFORE:], pieces[named[0] : cut + 1])
                cells, before = [], []
            before = [*before, *pieces[named[0] : cut + 1]]
        cells.append(_joined(pieces[cut + 1 :], kind))
    if cells:
        yield Region(BARS, [cells], True, before[-_BEFORE:], after)


def _names_table(text: str, line: Piece, below: Piece) -> bool:
    """Whether a line of a cell stands above a table: by its words, or as an item of a list above what
    heads the names of rows."""
    return _CAPTION.search(text, line.start, line.end) is not None or (
        _ITEM.match(text, line.start, line.end) is not None
        and STUB.fullmatch(text, below.start, below.end) is not None
    )


def _between(text: str, start: int, end: int, kind: Kind) -> Iterator[list[Piece]]:
    """The lines of each cell between bars; those of an empty one are one empty line."""
    at = start
    for bar in (*(m.start() for m in _BAR.finditer(text, start, end)), end):
        lines = list(_sublines(text, at, bar, kind))
        if lines or bar < end:
            yield lines or [Piece(bar, bar, BLANK)]
        at = bar + 1


def _joined(lines: Sequence[Piece], kind: Kind) -> Piece:
    """The lines of a cell as one."""
    start, end = lines[0].start, lines[-1].end
    return Piece(start, end, kind(start, end))


def _sublines(text: str, start: int, end: int, kind: Kind) -> Iterator[Piece]:
    at = start
    for words in text[start:end].split("\n"):
        piece = _trimmed(text, at, at + len(words), kind)
        if piece.start < piece.end:
            yield piece
        at += len(words) + 1

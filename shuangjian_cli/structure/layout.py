"""Takes a folded text apart: lines, their kinds, sections by their markers, sentences.

The markers are those of GB/T 9704-2012 (一、 （一） 1. （1）) and what web pages use beside them
(01, 第一，, ★, 【…】). A numbered title that stands on a line of its own, or runs into its
paragraph (一、…。正文), opens a section; 一是…。 and ★…。 open a run-in title inside a paragraph.
"""

from __future__ import annotations

import itertools
import re
from array import array
from collections import deque
from collections.abc import Iterator
from functools import partial

from shuangjian_cli.model import Document, Folded, Section, Sentence, Source
from shuangjian_cli.patterns import CHINESE, regex, worded
from shuangjian_cli.structure import masthead
from shuangjian_cli.structure.fold import fold
from shuangjian_cli.structure.items import item_starts
from shuangjian_cli.structure.lines import (
    BULLET,
    HAN,
    RULE,
    STOP,
    TITLE_MOST,
    Line,
    classify,
    lines,
    patterns,
)
from shuangjian_cli.structure.rows import Run, joined
from shuangjian_cli.structure.tables import tables_of, tables_of_words
from shuangjian_cli.structure.unwrap import unsliced, unwrap

_LABEL = regex(r"【([^】]{1,20})】(?=.)")
_RUN_IN = regex(rf"[{HAN}]{{1,2}}(?:是|要|靠|，)")
_DIGIT = regex(r"\d")
_HEADED = regex(rf"\d{{1,2}}[.、](?!\d)({CHINESE}{{2,20}}) (?={CHINESE})")
"""The heading of an item, which a blank alone parts from its text."""
_QUESTION = worded(r"[^：，。；、]{0,16}(?:{question.askers})(?:[^：，。；、]{0,8})：", __file__)
"""新华社记者：请问…"""
_TAKEN = "摄）"
"""How a sentence ends that is a caption: …吃午餐（8月23日摄）。"""
_OPENING_MOST = 14
_OPENING_APART = regex(r"[\d，：“”]")
"""What a sentence that stands as a title does not hold."""
_DATED = regex(r"(?:19|20)\d\d年")
_SENTENCE_MOST = 2000
_LINE_END = regex(r"\n|\r(?!\n)")
_NEWLINE = regex(r"\n")

_Span = tuple[int, int, str]
"""A line: its start, end and kind."""


def structure(source: Source) -> Document:
    """Take a source apart. Pure; never raises on any text."""
    folded = fold(source.text, source.grids)
    if not source.grids:
        folded = unwrap(unsliced(folded))
    text = folded.text
    tables = tables_of(source, folded)
    worded = tables_of_words(source, folded, tables)
    parts = lines(text, tables, worded)
    first_prose = classify(parts)
    half_width = _half_width(source.text, folded)

    def document(parts: list[Line], first_prose: int, end: int) -> Document:
        body = len(joined(map(_shown, parts[:first_prose])))
        head = masthead.read(text, joined(map(_shown, parts)), body)
        sections = _sections(text, parts, head.title[1] if head.title else 0, end)
        if own := [section for each in worded for section in each.sections(text, sections)]:
            sections = sorted([*sections, *own], key=lambda x: (x.start, -x.end))
        start = parts[0].start if parts else 0
        return Document(
            text=source.text,
            folded=folded,
            info=masthead.info(text, head, source),
            metadata=source.metadata,
            title=head.title,
            sections=tuple(sections),
            sentences=joined(_sentences(text, parts, sections, half_width)),
            line_starts=line_starts,
            tables=tuple(table for table in tables if start < table.end and table.start < end),
        )

    line_starts = _line_starts(source.text)
    page = document(parts, first_prose, len(text))
    starts = item_starts(parts, first_prose)
    if not starts:
        return page
    items = []
    for begin, end in itertools.pairwise((0, *starts, len(parts))):
        own = parts[begin:end]
        prose = next((i for i, x in enumerate(own) if x.kind == "prose" and x.title is None), 0)
        items.append(document(own, first_prose if begin == 0 else prose, own[-1].end))
    return page._replace(items=tuple(items))


def _shown(line: Line) -> _Span | Run[_Span]:
    """Where a line stands, and its kind; of a table, its rows."""
    if line.rows is None:
        return line.start, line.end, line.kind
    return Run(line.rows, _table_row)


def _table_row(start: int, end: int) -> _Span:
    return start, end, "table"


def _row_sentence(section: Section | None, start: int, end: int) -> Sentence:
    return Sentence(start, end, "table", (start, end), section)


def _line_starts(text: str) -> array[int]:
    starts = array("I", [0])
    line_end = _LINE_END if "\r" in text else _NEWLINE  # one character is found much faster
    starts.extend(end.end() for end in line_end.finditer(text))
    if len(starts) > 1 and starts[-1] == len(text):
        starts.pop()
    return starts


def _sections(text: str, lines: list[Line], body: int, finish: int) -> list[Section]:
    """Open and close sections by level. Bare headings stand outside the numbered ones where one
    of them comes before the first number, inside where none does; an annex stands outside. A rule
    ends them all, and so does a question from the floor. A table's own title, with its year, ends
    with the table."""
    parted = deque(x.start for before, x in itertools.pairwise(lines) if _parts(before, x))
    titled = [x for x in lines if x.title is not None and x.kind in ("title", "prose")]
    first = next((i for i, x in enumerate(titled) if x.level >= 2), 0)
    bare_inside = not any(x.start >= body for x in titled[:first])
    spans: list[tuple[Line, int, int]] = []
    open_: list[tuple[Line, int]] = []

    def close(level: int, at: int) -> None:
        while open_ and open_[-1][1] >= level:
            line, its = open_.pop()
            spans.append((line, its, at))

    for line in titled:
        while parted and parted[0] < line.start:
            close(0, parted.popleft())
        level = line.level
        annex = text.startswith("附", line.start)
        if level == 1 and bare_inside and open_ and not annex:
            level = 9
        close(level, line.start)
        open_.append((line, level))
    close(0, parted[0] if parted else finish)
    tabled = _table_ends(lines, body)
    spans = [(line, level, min(end, tabled.get(line.start, end))) for line, level, end in spans]
    spans.sort(key=lambda x: (x[0].start, -x[2]))
    out: list[Section] = []
    stack: list[Section] = []
    for line, level, end in spans:
        assert line.title is not None
        while stack and stack[-1].end <= line.start:
            stack.pop()
        section = Section(
            start=line.start,
            end=end,
            level=level,
            title=text[line.title[0] : line.title[1]].strip(),
            title_start=line.title[0],
            title_end=line.title[1],
            numbered=line.level >= 2,
            parent=stack[-1] if stack else None,
        )
        stack.append(section)
        out.append(section)
    return out


def _table_ends(lines: list[Line], body: int) -> dict[int, int]:
    """Where the tables end, by where the titles that date them begin."""
    ends: dict[int, int] = {}
    titled: int | None = None
    for before, line in itertools.pairwise(lines):
        if line.kind != "table":
            titled = None
            continue
        if before.kind == "title" and before.level < 2 and before.start >= body:
            titled = before.start if _DATED.search(before.words) else None
        if titled is not None:
            ends[titled] = line.end
    return ends


def _parts(before: Line, line: Line) -> bool:
    """Whether a line begins something that is of no section before it."""
    if line.kind == "furniture":
        return RULE.fullmatch(line.words) is not None
    if line.kind != "prose" or before.title is not None:  # a title may stand over its question
        return False
    return "：" in line.words and _QUESTION.match(line.words) is not None


def _half_width(text: str, folded: Folded) -> frozenset[int]:
    """Where the text has a half-width semicolon: it parts clauses, it ends no sentence."""
    if ";" not in text:
        return frozenset()
    return frozenset(
        m.start() for m in re.finditer("；", folded.text) if text[folded.start(m.start())] == ";"
    )


def _sentences(
    text: str, lines: list[Line], sections: list[Section], half_width: frozenset[int]
) -> Iterator[Sentence | Run[Sentence]]:
    following = 0
    stack: list[Section] = []
    for line in lines:
        while following < len(sections) and sections[following].start <= line.start:
            stack.append(sections[following])
            following += 1
        while stack and stack[-1].end <= line.start:
            stack.pop()
        section = stack[-1] if stack else None
        if line.rows is not None:
            yield Run(line.rows, partial(_row_sentence, section))
            continue
        paragraph = (line.start, line.end)
        if line.kind != "prose":
            yield Sentence(line.start, line.end, line.kind, paragraph, section)
            continue
        run_in: tuple[int, int] | None = None
        bullet = BULLET.match(text, line.start, line.end)
        cursor = line.start
        label = _LABEL.match(text, cursor, line.end) if text[cursor] == "【" else None
        if label:
            run_in, cursor = label.span(1), label.end()
        title, spaced, taken = line.title, " " in line.words, _TAKEN in line.words
        for stop, end in _ends(text, cursor, line.end, half_width):
            start, cursor = cursor, end
            while spaced and start < end and text[start] == " ":
                start += 1
            if bullet is not None and start == bullet.start() and bullet.end() < end:
                start = bullet.end()
            if spaced and (headed := _HEADED.match(text, start, end)):  # 9.寄宿生 |小学寄宿生…
                run_in, start = headed.span(1), headed.end()
            if start == end:
                continue
            kind, first = "prose", text[start]
            if title is not None and title[0] >= start and title[1] <= end:
                kind = "title"
            elif (taken and text.startswith(_TAKEN, stop - len(_TAKEN), stop)) or (
                first in "图下上" and patterns().caption_sentence.match(text, start)
            ):
                kind = "caption"
            marker = _RUN_IN.match(text, start, end) if first in HAN else None
            if opening := marker or bullet:
                plain = stop == end or text[stop] == "。"
                if plain and stop - start <= TITLE_MOST:
                    run_in = (max(start, opening.end()), stop)
                    if _DIGIT.search(text, *run_in) or end >= line.end:
                        run_in = None
                elif marker:
                    colon = text.find("，", marker.end(), stop)
                    run_in = (marker.end(), colon) if 0 < colon - marker.end() <= 20 else None
            elif (
                section is not None
                and stop - start <= _OPENING_MOST
                and _is_opening(text, line, start, stop, end)
            ):
                run_in = (start, stop)
            bullet = None
            yield Sentence._make((start, end, kind, paragraph, section, run_in))


def _is_opening(text: str, line: Line, start: int, stop: int, end: int) -> bool:
    """Whether a short sentence opens a paragraph as a title: 整合社会资源。全县…"""
    return (
        end < line.end
        and text[stop] == "。"
        and not text[line.start : start].strip()
        and not _OPENING_APART.search(text, start, stop)
    )


def _ends(text: str, start: int, end: int, half_width: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Where the sentences of a paragraph end, each with where its stop begins: at its end, where
    it has none."""
    stops = [stop.span() for stop in STOP.finditer(text, start, end)]
    if half_width:
        stops = [stop for stop in stops if stop[0] not in half_width]
    if not stops or stops[-1][1] < end:
        stops.append((end, end))
    return iter(stops) if end - start <= _SENTENCE_MOST else _cut(text, start, stops)


def _cut(text: str, start: int, stops: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The ends of sentences, of which those beyond all measure are cut, at a comma or space."""
    for stop, end in stops:
        while (reach := start + _SENTENCE_MOST) <= stop and reach < end:
            start = max(text.rfind("，", start, reach), text.rfind(" ", start, reach)) + 1 or reach
            while start < end and text[start - 1].isnumeric() and text[start].isnumeric():
                start += 1  # a numeral, Arabic or Chinese, is not cut
            yield start, start
        yield stop, end
        start = end

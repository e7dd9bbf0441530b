"""Takes a folded text apart: lines, their kinds, sections by their markers, sentences.

The markers are those of GB/T 9704-2012 (一、 （一） 1. （1）) and what web pages use beside them
(01, 第一，, ★, 【…】). A numbered title that stands on a line of its own, or runs into its
paragraph (一、…。正文), opens a section; 一是…。 and ★…。 open a run-in title inside a paragraph.
"""

from __future__ import annotations

import itertools
import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shuangjian_cli.model import Document, Folded, Section, Sentence, Source, Table
from shuangjian_cli.patterns import regex
from shuangjian_cli.structure import masthead
from shuangjian_cli.structure.fold import fold
from shuangjian_cli.structure.tables import find
from shuangjian_cli.structure.words import VOCABULARY

_HAN = "一二三四五六七八九十"
_MARKER = regex(
    rf"(?:(?P<l2>第[{_HAN}]{{1,3}}(?:部分|章|节)?[，、：\s]|[{_HAN}]{{1,3}}、|0\d(?:\s+|[、.]))"
    rf"|(?P<l3>（[{_HAN}]{{1,3}}）[、，.]?)"
    r"|(?P<l4>\d{1,2}(?:[.、](?!\d)\s*|\.(?=(?:19|20)\d\d年)))"
    r"|(?P<l5>（\d{1,2}）|\d{1,2}）|[①-⑳]))"
)
BULLETS = "★☆◆◇■□●○▲△▼※▪•·◎➤➢▶►▷▸◦‣✦✧✔✓❖◈▍▌"
_BULLET = regex(rf"[{BULLETS}]+\s*|(?:——|--|—)\s*")
_LABEL = regex(r"【([^】]{1,20})】(?=.)")
_RUN_IN = regex(rf"[{_HAN}]{{1,2}}(?:是|要|靠|，)")
_STOP = regex(r"[。！？；][。！？；]*[”’）】》〉］…]*")  # the first by itself: search skips to it
_TITLE_STOP = regex(r"[。！？]")
_CELL_GAP = regex(r" {2,}|\|")
_DIGIT = regex(r"\d")
_DATED = regex(r"[\d〇○一二三四五六七八九十](?:年|月|日|号)$")
_OFFICER = regex(r"[^，。：]{0,14}(?:长|席|任|记|员) {1,2}[^\s，。]{1,2} ?[^\s，。]{1,2}")
_CRUMBS = regex(r"首页\s?(?:>|»|/|丨|\|)")
_TRAIL = regex(
    r"[^，。！？；\n]{0,12}?首页(?:\s?[>»/丨|]+\s?[^>»/丨|，。！？；\n]{0,20}(?=\s?[>»/丨|]))*\s?[>»/丨|]+"
    r"(?:\s?[^\s，。！？；]{1,20}(?=\s))?\s*"
)
"""The way to a page at the beginning of a line, its last step only where a space follows it."""
_PAGE_NUMBER = regex(
    r".{0,12}共\s?\d+\s?页.{0,6}第\s?\d+\s?页.{0,4}|[—\-–\s]*\d{1,4}[—\-–\s]*|第\d+页.*|\[\d+\].{0,12}第\d+页.*"
)
_FIGURE = regex(
    r"\d(?:\.\d+)?(?:[万亿余多]|%|‰|个?百分点|[人名所个家元门节场次项份篇册台间张位对支倍分]|平方米|小时)(?!月|五|次全会)"
)
"""What a heading does not hold."""
_TITLE_MOST = 46
_HEADING_MOST = 40
_RULE = regex(r"[*=＝_~·•☆★—\-]{3,}")
"""A line that parts two texts in one file."""
_QUESTION = regex(r"[^：，。；、]{0,16}(?:记者|主持人|网友)(?:[^：，。；、]{0,8})：")
"""新华社记者：请问…"""
_OPENING_MOST = 14
_OPENING_APART = regex(r"[\d，：“”]")
"""What a sentence that stands as a title does not hold."""
_SENTENCE_MOST = 2000


@dataclass(slots=True)
class _Line:
    start: int
    end: int
    words: str
    """The line without the white space around it."""
    kind: str = "prose"
    level: int = 0
    title: tuple[int, int] | None = None
    body: int = 0
    """Where the text after a run-in title begins."""


def structure(source: Source) -> Document:
    """Take a source apart. Pure; never raises on any text."""
    folded = fold(source.text)
    text = folded.text
    tables = find(source, folded)
    lines = list(_lines(text, tables))
    first_prose = _classify(lines)
    head = masthead.read(text, [(x.start, x.end, x.kind) for x in lines], first_prose)
    body = head.title[1] if head.title else 0
    sections = _sections(text, lines, body)
    return Document(
        text=source.text,
        folded=folded,
        info=masthead.info(text, head, source),
        metadata=source.metadata,
        title=head.title,
        sections=tuple(sections),
        sentences=tuple(_sentences(text, lines, sections, _half_width(source.text, folded))),
        line_starts=_line_starts(source.text),
        tables=tables,
    )


def _line_starts(text: str) -> tuple[int, ...]:
    lines = text.replace("\r\n", " \n").replace("\r", "\n").removesuffix("\n").split("\n")
    return (0, *itertools.accumulate(len(line) + 1 for line in lines[:-1]))


def _lines(text: str, tables: Sequence[Table]) -> Iterator[_Line]:
    """The lines of a text that hold something; a row of a table is one, though it may stand on
    several."""
    at = 0
    for table in tables:
        yield from _lines_of(text, at, table.start)
        for start, end in table.captions:
            if start >= table.start:
                yield _Line(start, end, text[start:end], "title")
        for row in range(table.grid.rows):
            start, end = table.span(row)
            if start < end:
                yield _Line(start, end, text[start:end], "table")
        at = table.end
    yield from _lines_of(text, at, len(text))


def _lines_of(text: str, at: int, end: int) -> Iterator[_Line]:
    for raw in text[at:end].split("\n"):
        if words := raw.strip():
            start = at + len(raw) - len(raw.lstrip())
            end = start + len(words)
            if (trail := _trail(words)) is not None:
                yield _Line(start, start + len(trail.rstrip()), trail.rstrip())
                start, words = start + len(trail), words[len(trail) :]
            yield _Line(start, end, words)
        at += len(raw) + 1


def _trail(words: str) -> str | None:
    """The way to a page (首页 > 新闻 > 正文) that text follows in the same line."""
    trail = _TRAIL.match(words) if "首页" in words else None
    if trail is None:
        return None
    rest = words[trail.end() :]
    return trail.group() if _STOP.search(rest) or _FIGURE.search(rest) else None


def _classify(lines: list[_Line]) -> int:
    """Give each line its kind; returns the index of the first line of the body."""
    words = VOCABULARY
    first_prose = next(
        (i for i, x in enumerate(lines) if x.kind == "table" or _is_prose(x.words)), len(lines)
    )
    notes = False
    for i, line in enumerate(lines):
        content = line.words
        if line.kind != "prose":  # of a table
            continue
        if (
            content in words.furniture_whole
            or _RULE.fullmatch(content)
            or _PAGE_NUMBER.fullmatch(content)
            or ("首页" in content and _CRUMBS.search(content))
            or (len(content) <= 120 and _is_furniture(content))
        ):
            line.kind = "furniture"
            continue
        if i >= first_prose and content.startswith(words.note_opening):
            line.kind = "note"
            notes = content.endswith("：") and len(content) <= 4
            continue
        if notes and re.match(r"\[\d+\]|\d|[①-⑳（]", content):
            line.kind = "note"
            continue
        notes = False
        if i < first_prose and masthead.opens_with_key(content):
            line.kind = "masthead"
            continue
        _heading(line, content, i < first_prose)
    return first_prose


def _is_furniture(content: str) -> bool:
    """Whether a line holds the words of a page's furniture, and no sentence with a figure but
    without them: …新建学校12所。（责任编辑：某某） is text."""
    part = VOCABULARY.furniture_part
    return part.search(content) is not None and not any(
        _FIGURE.search(each) and not part.search(each) for each in _STOP.split(content)
    )


def _is_prose(content: str) -> bool:
    """A line of running text: long, or a whole sentence; not a numbered title."""
    marker = _MARKER.match(content)
    if marker and len(content) <= _TITLE_MOST and not _TITLE_STOP.search(content[:-1]):
        return not content.startswith("（") or marker.group("l3") is not None
    if masthead.opens_with_key(content):
        return False
    if _BULLET.match(content) and _FIGURE.search(content):
        return True
    return (len(content) > _HEADING_MOST and ("。" in content or content.endswith("."))) or (
        len(content) > 12 and content.endswith(("。", "！"))
    )


def _heading(line: _Line, content: str, before_body: bool) -> None:
    marker = _MARKER.match(content)
    if marker:
        level = 2 + next(i for i, g in enumerate(("l2", "l3", "l4", "l5")) if marker.group(g))
        rest = content[marker.end() :]
        stop = _TITLE_STOP.search(rest)
        length = stop.start() if stop else len(rest)
        title_start = line.start + marker.end()
        if stop is None and len(rest) <= _TITLE_MOST and not rest.endswith(("；", "，")):
            line.kind, line.level = "title", level
            line.title, line.body = (title_start, line.end), line.end
        elif stop is not None and 0 < length <= _TITLE_MOST and _opens(rest, stop.end()):
            line.level, line.title = level, (title_start, title_start + length)
            line.body = title_start + stop.end()
        return
    if len(content) > _HEADING_MOST:
        return
    if content.startswith("【") and content.endswith("】"):
        line.kind, line.level = "title", 1
        line.title, line.body = (line.start + 1, line.end - 1), line.end
        return
    bare = (
        not content.endswith(("。", "；", "，", "、", "！", "？", "…", "”。"))
        and not _BULLET.match(content)
        and not _FIGURE.search(content)
        and not content.startswith(("（", "—", "["))
    )
    if not bare:
        return
    if (
        content.endswith(VOCABULARY.byline_ending)
        or (" " in content and _OFFICER.fullmatch(content))
        or (_DATED.search(content) and (len(content) <= 24 or _CELL_GAP.search(content)))
    ):
        line.kind = "byline"
    elif content.endswith(("：", ":")) and len(content) > 2:
        line.kind = "masthead" if before_body else "prose"
    else:
        line.kind, line.level = "title", 1
        line.title, line.body = (line.start, line.end), line.end


def _opens(rest: str, end: int) -> bool:
    """Whether a numbered sentence is a title: a text follows it, or it tells no figure."""
    return end < len(rest.rstrip("”’）】")) or not _DIGIT.search(rest)


def _sections(text: str, lines: list[_Line], body: int) -> list[Section]:
    """Open and close sections by level. Bare headings stand outside the numbered ones where one
    of them comes before the first number, inside where none does; an annex stands outside. A rule
    ends them all, and so does a question from the floor."""
    parted = deque(x.start for before, x in itertools.pairwise(lines) if _parts(before, x))
    titled = [x for x in lines if x.title is not None and x.kind in ("title", "prose")]
    first = next((i for i, x in enumerate(titled) if x.level >= 2), 0)
    bare_inside = not any(x.start >= body for x in titled[:first])
    spans: list[tuple[_Line, int, int]] = []
    open_: list[tuple[_Line, int]] = []

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
    close(0, parted[0] if parted else len(text))
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


def _parts(before: _Line, line: _Line) -> bool:
    """Whether a line begins something that is of no section before it."""
    if line.kind == "furniture":
        return _RULE.fullmatch(line.words) is not None
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
    text: str, lines: list[_Line], sections: list[Section], half_width: frozenset[int]
) -> Iterator[Sentence]:
    following = 0
    stack: list[Section] = []
    for line in lines:
        while following < len(sections) and sections[following].start <= line.start:
            stack.append(sections[following])
            following += 1
        while stack and stack[-1].end <= line.start:
            stack.pop()
        section = stack[-1] if stack else None
        paragraph = (line.start, line.end)
        if line.kind != "prose":
            yield Sentence(line.start, line.end, line.kind, paragraph, section)
            continue
        run_in: tuple[int, int] | None = None
        bullet = _BULLET.match(text, line.start, line.end)
        cursor = line.start
        label = _LABEL.match(text, cursor, line.end) if text[cursor] == "【" else None
        if label:
            run_in, cursor = label.span(1), label.end()
        title, spaced = line.title, " " in line.words
        for stop, end in _ends(text, cursor, line.end, half_width):
            start, cursor = cursor, end
            while spaced and start < end and text[start] == " ":
                start += 1
            if bullet is not None and start == bullet.start() and bullet.end() < end:
                start = bullet.end()
            if start == end:
                continue
            kind = "prose"
            if title is not None and title[0] >= start and title[1] <= end:
                kind = "title"
            marker = _RUN_IN.match(text, start, end) if text[start] in _HAN else None
            if opening := marker or bullet:
                plain = stop == end or text[stop] == "。"
                if plain and stop - start <= _TITLE_MOST:
                    run_in = (max(start, opening.end()), stop)
                    if _DIGIT.search(text, *run_in) or end >= line.end:
                        run_in = None
                elif marker:
                    colon = text.find("，", marker.end(), stop)
                    run_in = (marker.end(), colon) if 0 < colon - marker.end() <= 20 else None
            elif section is not None and _is_opening(text, line, start, stop, end):
                run_in = (start, stop)
            bullet = None
            yield Sentence._make((start, end, kind, paragraph, section, run_in))


def _is_opening(text: str, line: _Line, start: int, stop: int, end: int) -> bool:
    """Whether a short sentence opens a paragraph as a title: 整合社会资源。全县…"""
    return (
        stop - start <= _OPENING_MOST
        and end < line.end
        and text[stop] == "。"
        and not text[line.start : start].strip()
        and not _OPENING_APART.search(text, start, stop)
    )


def _ends(text: str, start: int, end: int, half_width: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Where the sentences of a paragraph end, each with where its stop begins: at its end, where
    it has none."""
    stops = [stop.span() for stop in _STOP.finditer(text, start, end)]
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

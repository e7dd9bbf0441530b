"""The lines of a folded text and their kinds.

A line is cut where a page's text layer glued what the page set apart: the way to a page and its
first words, a title and the text under it, a numbered heading and the sentence after it, the next
heading and the end of the paragraph before it. Its kind follows from its form and its neighbours.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import cache

from shuangjian_cli.data import load
from shuangjian_cli.model import Table
from shuangjian_cli.patterns import CHINESE, either, regex, worded
from shuangjian_cli.structure import masthead
from shuangjian_cli.structure.rows import Rows, rows_of
from shuangjian_cli.structure.worded import Worded
from shuangjian_cli.structure.words import VOCABULARY

HAN = "一二三四五六七八九十"
BULLETS = "★☆◆◇■□●○▲△▼※▪•·◎➤➢▶►▷▸◦‣✦✧✔✓❖◈▍▌"
BULLET = regex(rf"[{BULLETS}]+\s*|(?:——|--|—)\s*")
_NUMBERED = rf"[{HAN}]{{1,3}}、|（[{HAN}]{{1,3}}）[、，.]?|\d{{1,2}}[.、](?!\d)|（\d{{1,2}}）"
MARKER = regex(
    rf"(?:(?P<l2>第[{HAN}]{{1,3}}(?:部分|章|节)?[，、：\s]|[{HAN}]{{1,3}}、|0\d(?:\s+|[、.]))"
    rf"|(?P<l3>（[{HAN}]{{1,3}}）[、，.]?)"
    r"|(?P<l4>\d{1,2}(?:[.、](?!\d)\s*|\.(?=(?:19|20)\d\d年)))"
    r"|(?P<l5>（\d{1,2}）|\d{1,2}）|[①-⑳]))"
)
STOP = regex(r"[。！？；][。！？；]*[”’）】》〉］…]*")  # the first by itself: search skips to it
RULE = regex(r"[*=＝_~·•☆★—\-]{3,}")
"""A line that parts two texts in one file."""
TITLE_MOST = 46
FIGURE = regex(
    r"\d(?:\.\d+)?(?:[万亿余多]|%|‰|个?百分点|[人名所个家元门节场次项份篇册台间张位对支倍分]|平方米|小时)(?!月|五|次全会)"
)
"""What a heading without a number of its own seldom holds."""

_HEADING_MOST = 40
_CAPTION_MOST = 100
_BEGINS = ("全", "我", "近", "今年", "一年", "x")
"""How the text begins behind a title that was glued to it."""
_HEADLINE_LEAST, _HEADLINE_MOST = 8, 80
_AROUND_MOST = 120
"""How long most lines may be that are of the page around the text."""
_BEFORE_SITE = "_|｜-"
"""The signs of which one parts a title from the site behind it."""
_MARKDOWN = regex(rf"^(?:#{{1,6}}\s+(?=\S)|(?:[-*>+]\s+)+(?={CHINESE}|[“《【（\d]))")
"""The mark of a heading, an item or a quotation: ## 工作成效."""
_REACTIONS = worded(
    r".{0,6}?\d+ ?(?:条(?:{furniture_lines.comments})|人(?:{furniture_lines.likes})|次(?:{furniture_lines.views})|个(?:赞|评论))(?:[，,].{0,12})?"
    r"|(?:\W*(?:\d+ ?(?:{furniture_lines.counted})|(?:{furniture_lines.counters})[：:]? ?\d+))+\W*"
    r"|(?:您)?(?:还)?(?:最多)?(?:可以?)?(?:限|输入) ?\d+ ?个?(?:{furniture_lines.sizes})(?:以内)?",
    __file__,
)
"""What readers did with a page, and may do: 评论 3条评论, 32阅读, 限200字节."""
_MENU = regex(rf"{CHINESE}{{2,6}}")
"""An entry of a page's menu."""
_MENU_LEAST = 3
"""How many entries in a row are a menu."""
MARKED_MOST = 12
"""How long a line is that heads links to other pages."""
_OPENING = "【[>★■●· "
_ASIDE = frozenset(("masthead", "furniture", "byline", "caption"))
"""Kinds of lines that may stand between a title and its text."""
_TITLE_STOP = regex(r"[。！？]")
_CELL_GAP = regex(r" {2,}|\|")
_DIGIT = regex(r"\d")
_FILLED = regex(r"\S")
_DATED = regex(r"[\d〇○一二三四五六七八九十](?:年|月|日|号)$")
_DATE_FIRST = regex(
    r"(?:19|20)\d\d[-年/.]\d{1,2}[-月/.]\d{1,2}日?(?:\s|\d|：|来源|$)|\d\d\.\d\d\.20\d\d(?:\s|$)"
)
_DATE_LINE = regex(
    r"[（(]?(?:(?:19|20)\d\d|[一二〇○零九][〇○零一二三四五六七八九]{3}) ?年 ?(?:\d{1,2}|[一二三四五六七八九十]{1,2}) ?月"
    r" ?(?:\d{1,2}|[一二三四五六七八九十]{1,3}) ?日[）)]?"
)
_CREDIT = worded(r"[（(][^（）()，。；]{2,24}(?:{furniture_lines.credits})[）)]", __file__)
_REPORTER = worded(
    rf"[{BULLETS}□ ]*(?:本[报网台刊]|{CHINESE}{{2,6}}(?:报|网|社))?(?:{{furniture_lines.reporters_of}})?(?:{{furniture_lines.reporters}})"
    r"[： 　][^，。：；]{2,30}$",
    __file__,
)
"""Who wrote a text, alone on a line: □某某日报记者 王小明 通讯员 李红."""
_OFFICER = regex(r"[^，。：]{0,14}(?:长|席|任|记|员) {1,2}[^\s，。]{1,2} ?[^\s，。]{1,2}")
AFFILIATION = worded(
    "(?:{furniture_lines.institutions}|"
    r"研究[院所])[^。；\d]{0,30}[，, ] ?[^。；\d，, ]{2,6} ?[\d]{6}[）)；; .]*$",
    __file__,
)
"""Where a writer works, with the postcode: （某某大学 教育学院，云南 昆明 650091）."""
_CRUMBS = regex(r"首页\s?(?:>|»|/|丨|\|)")
_STEPS = regex(r"[^>。！？]{1,12}(?:\s?>\s?[^>。！？]{1,16}){2,}")
"""The way to a page that does not name the first one: 某网 > 新闻 > 正文."""
_TRAIL = regex(
    r"[^，。！？；\n]{0,12}?首页(?:\s?[>»/丨|]+\s?[^>»/丨|，。！？；\n]{0,20}(?=\s?[>»/丨|]))*\s?[>»/丨|]+"
    r"(?:\s?[^\s，。！？；]{1,20}(?=\s))?\s*"
)
"""The way to a page at the beginning of a line, its last step only where a space follows it."""
_UPLOAD = worded(
    r"[-•· ]*(?:约? ?[0-9.]+ ?(?:{furniture_lines.lengths})|(?:{furniture_lines.texts})[共约计]{1,2} ?[0-9.]+ ?[千万]?字(?:[，。].{0,24})?|(?:[0-9]{4}-[0-9]{2}-[0-9]{2} ?)?发布于[^，。0-9 ：]{2,4})",
    __file__,
)
"""What a site for sharing documents says of one: 约6.1千字, 本文共5073字, 发布于海南."""
_COUNTER = regex(r"[0-9.,，]+万?[次人]?")
"""What stands below a key whose value was broken off: 浏览：/2153次."""
_LABELLED = worded(r"(?:{furniture_lines.labels})： *(?=[^ ])", __file__)
"""What a page puts before the headline that another had: 原标题：…."""
_PAGE_NUMBER = regex(
    r".{0,12}共\s?\d+\s?页.{0,6}第\s?\d+\s?页.{0,4}|[—\-–\s]*\d{1,4}[—\-–\s]*|第\s?\d+\s?页.*|\[\d+\].{0,12}第\d+页.*"
)
_NUMBER_ALONE = regex(rf"0\d|(?:PART|Part|part)\s?[.:：]?\s?\d{{1,2}}|第[{HAN}]{{1,2}}部分")
"""The number of a section whose title stands on the next line."""
_PAPER_NUMBER = regex(rf"{CHINESE}{{2,14}}[〔（\[]\s?(?:19|20)\d\d\s?[〕）\]]\s?第?\d{{1,4}}号")
_ISSUE = regex(r"[^，。；：\d]{2,24}(?:19|20)\d\d年第?\d{1,2}期")
"""The issue of a journal: 山水教育 2012年4期."""
_GLUED_NUMBER = regex(
    rf"[。！？][”）]?(?=(?:（[{HAN}]{{1,2}}）|[{HAN}]{{1,2}}、(?![{HAN}]、))(?:{CHINESE}|“))"
)
"""The end of a sentence behind which a numbered heading begins in the same line."""
_CHAPTER = regex(
    rf"第[{HAN}]{{1,3}}[编篇章节] ?[^\s\d，、。；：！？（）《》第]{{2,16}}"
    rf"(?: ?(?=第[{HAN}]{{1,3}}[篇章节])| (?=[^ ，。；]{{2}}))"
)
"""The headings of chapters that a book's text glued to each other and to the text under them."""


class Line:
    """A line at [start, end) of the folded text, with its kind and the title that it holds. All `rows`
    of a table are one, with the `words` of the first.

    `kind`: prose · title · masthead · byline · caption · furniture · note · table. `level` is that
    of its heading, 0 without one.
    """

    __slots__ = (
        "end",
        "in_cell",
        "kind",
        "level",
        "rows",
        "start",
        "title",
        "words",
    )

    def __init__(
        self,
        start: int,
        end: int,
        words: str,
        kind: str = "prose",
        level: int = 0,
        title: tuple[int, int] | None = None,
        rows: Rows | None = None,
        in_cell: bool = False,
    ) -> None:
        self.start = start
        self.end = end
        self.words = words
        self.kind = kind
        self.level = level
        self.title = title
        self.rows = rows
        self.in_cell = in_cell
        """Whether it is of a table of words, whose lines have no titles of their own."""


class _Patterns:
    """Patterns that rest on the vocabulary."""

    def __init__(self) -> None:
        words = load(__file__)
        heading, title, caption = words["heading"], words["glued_title"], words["caption"]
        nouns = sorted({word[-2:] for word in heading["nouns"].split()})
        self.glued_heading = regex(
            rf"(?:{_NUMBERED})[^。；：]{{2,38}}?(?:{either(heading['nouns'].split())})"
            rf"(?=(?:{either(heading['then'].split())})|(?:19|20)\d\d年|[全我](?:[省市县区州旗]|国))"
        )
        self.glued_next = regex(
            rf"（(?=[{HAN}]）)(?:{'|'.join(f'(?<={noun}（)' for noun in nouns)})"
        )
        self.glued_title = regex(
            rf"[^，。；：！？]{{3,50}}?(?:{either(title['kinds'].split())})"
            rf"(?:{either(title['tails'].split())})*(?:[（(][^（）]{{1,12}}[）)])?"
            rf"(?=[{HAN}]、|（[{HAN}]）|\d{{1,2}}[.、]|\*|(?P<again>(?:{CHINESE}|x){{4}})|\Z)"
        )
        site = rf"[^，。；：！？\d]{{2,24}}?(?:{either(words['furniture']['sites'].split())})"
        # The site behind the title of its page: …情况通报_某县人民政府网.
        self.site_behind = regex(rf"(?<=.{{6}})(?:\s?[_|｜]\s?|\s-\s|(?<=[^-])-(?=[^-])){site}$")
        self.site = regex(rf"[_|｜\-]\s?{site}")
        self.caption = regex(
            rf"(?:{either(caption['opening'].split())})"
            rf"|.*(?:[ 　/]摄|{either(caption['ending'].split())})[）)]?$"
            rf"|.*。 ?[（(][^（）()]{{0,12}}(?:{either(caption['agency'].split())})[^（）()]{{0,12}}[）)]$"
        )
        self.caption_sentence = regex(rf"(?:{either(caption['sentence'].split())})")
        self.salutation = regex(
            rf"[^。；]{{0,40}}(?:{either(words['salutation']['words'].split())})[^：，。]{{0,4}}：$"
        )
        self.goes_on = regex(rf"(?:{either(heading['goes_on'].split())})")


@cache
def patterns() -> _Patterns:
    """The compiled vocabulary."""
    return _Patterns()


def lines(text: str, tables: Sequence[Table], worded: Sequence[Worded]) -> list[Line]:
    """The lines of a text that hold something, with their kinds; the rows of a table are one, the
    cells of a table of words one or more each."""
    out: list[Line] = []
    at = 0
    areas: list[Table | Worded] = [*tables, *worded]
    for table in sorted(areas, key=lambda each: each.start):
        out += _of_text(text, at, table.start)
        if isinstance(table, Worded):
            out += _of_cells(text, table)
            at = table.end
            continue
        for start, end in table.captions:
            if start >= table.start:
                out.append(Line(start, end, text[start:end], "title"))
        rows = rows_of(table)
        if rows.starts:
            first = text[rows.starts[0] : rows.ends[0]]
            out.append(Line(rows.starts[0], rows.ends[-1], first, "table", rows=rows))
        at = table.end
    out += _of_text(text, at, len(text))
    return out


def _of_cells(text: str, table: Worded) -> Iterator[Line]:
    heads = len(table.heads)
    for number, (at, end) in enumerate(table.cells()):
        for raw in text[at:end].split("\n"):
            if words := raw.strip():
                start = at + len(raw) - len(raw.lstrip())
                kind = "title" if number < heads else "prose"
                yield Line(start, start + len(words), words, kind, in_cell=True)
            at += len(raw) + 1


def _of_text(text: str, at: int, end: int) -> Iterator[Line]:
    is_first = _FILLED.search(text, 0, at) is None
    for raw in text[at:end].split("\n"):
        if words := _MARKDOWN.sub("", raw.strip()):
            start = at + raw.rindex(words)
            if cuts := _cuts(words, is_first=is_first):
                for left, right in itertools.pairwise([0, *cuts, len(words)]):
                    part = words[left:right]
                    if stripped := part.strip():
                        first = start + left + len(part) - len(part.lstrip())
                        yield Line(first, first + len(stripped), stripped)
            else:
                yield Line(start, start + len(words), words)
            is_first = is_first and (
                _is_around(words)
                or _MENU.fullmatch(words) is not None
                or masthead.opens_with_key(words)
            )
        at += len(raw) + 1


def _cuts(words: str, *, is_first: bool) -> list[int]:
    """Where a line holds what should stand on several."""
    p = patterns()
    cuts = []
    if (trail := _trail(words)) is not None:
        cuts.append(len(trail))
    elif (fields := masthead.run_in(words)) and STOP.search(words, fields):
        cuts.append(fields)
    elif label := _LABELLED.match(words):
        cuts.append(label.end())
    elif is_first and len(words) > _HEADING_MOST and (title := _glued_title(words)):
        cuts.append(title)
    elif (
        len(words) <= _HEADLINE_MOST
        and any(sign in words for sign in _BEFORE_SITE)
        and (site := p.site_behind.search(words))
    ):
        cuts.append(site.start())
    start = cuts[-1] if cuts else 0
    if words.startswith("第", start) and "。" in words:
        while chapter := _CHAPTER.match(words, start):
            start = chapter.end()
            cuts.append(start)
    if "、" in words or "）" in words:
        cuts += [m.end() for m in _GLUED_NUMBER.finditer(words, start)]
        cuts += [m.start() for m in p.glued_next.finditer(words, start)]
        for begin in sorted({start, *cuts}):
            if heading := p.glued_heading.match(words, begin):
                cuts.append(heading.end())
    return sorted({cut for cut in cuts if 0 < cut < len(words)})


def _glued_title(words: str) -> int | None:
    """Where the title ends that a text's first line begins with: …工作总结1.加强领导。"""
    title = patterns().glued_title.match(words)
    if title is None:
        return None
    again = title["again"]
    if again and again[:2] not in words[: title.end()] and not again.startswith(_BEGINS):
        return None
    return title.end()


def _trail(words: str) -> str | None:
    """The way to a page (首页 > 新闻 > 正文) that text follows in the same line."""
    trail = _TRAIL.match(words) if "首页" in words else None
    if trail is None:
        return None
    rest = words[trail.end() :]
    return trail.group() if STOP.search(rest) or FIGURE.search(rest) else None


def classify(lines: list[Line]) -> int:
    """Give each line its kind; returns the index of the first line of the body."""
    first_prose = next(
        (i for i, x in enumerate(lines) if x.kind == "table" or _is_prose(x.words)), len(lines)
    )
    notes = False
    before: Line | None = None
    menu = _menu(lines, first_prose)
    others = False
    for i, line in enumerate(lines):
        content = line.words
        if line.kind != "prose" or line.in_cell:  # of a table
            continue
        in_notes, notes = notes, False
        others = i > first_prose and (others or leads_off(content)) and not _is_prose(content)
        if (others and not FIGURE.search(content)) or i in menu or _is_around(content):
            line.kind = "furniture"
        elif i >= first_prose and content.startswith(VOCABULARY.note_opening):
            line.kind = "note"
            notes = content.endswith("：") and len(content) <= 4
        elif in_notes and re.match(r"\[\d+\]|\d|[①-⑳（]", content):
            line.kind, notes = "note", True
        elif len(content) <= _CAPTION_MOST and patterns().caption.match(content):
            line.kind = "caption"
        elif _is_masthead(content, i < first_prose) or _is_counter(content, before):
            line.kind = "masthead"
        elif content.rstrip("）)；; .")[-6:].isdecimal() and AFFILIATION.search(content):
            line.kind = "byline"
        else:
            _heading(line, content, i < first_prose, before)
        before = line
    _headlines(lines, first_prose)
    return first_prose


def _menu(lines: list[Line], first_prose: int) -> frozenset[int]:
    """The lines of the page's menu above the text: three short ones or more one after the other, one
    of them known (首页), without the last where the text follows it at once."""
    found: set[int] = set()
    run: list[int] = []
    for i, line in enumerate(lines[: first_prose + 1]):
        if i < first_prose and (_MENU.fullmatch(line.words) or _is_around(line.words)):
            run.append(i)
            continue
        short = [at for at in run if _MENU.fullmatch(lines[at].words)]
        if len(short) >= _MENU_LEAST and any(_is_around(lines[at].words) for at in run):
            found.update(run[:-1] if run[-1] == short[-1] else run)
        run = []
    return frozenset(found)


def leads_off(content: str) -> bool:
    """Whether a line below the text heads those that lead to others: 相关新闻, 【推荐阅读】."""
    return len(content) <= MARKED_MOST and content.lstrip(_OPENING).startswith(VOCABULARY.others)


def _is_around(content: str) -> bool:
    """Whether a line is of the page around the text."""
    return (
        content in VOCABULARY.furniture_whole
        or content.startswith(VOCABULARY.furniture_opening)
        or RULE.fullmatch(content) is not None
        or _PAGE_NUMBER.fullmatch(content) is not None
        or ("首页" in content and _CRUMBS.search(content) is not None)
        or (">" in content and _STEPS.fullmatch(content) is not None)
        or (len(content) <= _AROUND_MOST and _is_around_briefly(content))
    )


def _is_around_briefly(content: str) -> bool:
    """Whether a short line is of the page around the text."""
    return (
        _UPLOAD.fullmatch(content) is not None
        or (content.endswith("期") and _ISSUE.fullmatch(content) is not None)
        or _REACTIONS.fullmatch(content) is not None
        or patterns().site.fullmatch(content) is not None
        or _is_furniture(content)
    )


def _is_counter(content: str, before: Line | None) -> bool:
    """Whether a line is the value of the key with which the line of the masthead above it ends."""
    keyed = before is not None and before.kind == "masthead" and before.words.endswith(("：", ":"))
    return keyed and _COUNTER.fullmatch(content) is not None


def _is_masthead(content: str, before_body: bool) -> bool:
    """Whether a line tells of the text: its date, source, number, whom it addresses."""
    if before_body and (masthead.opens_with_key(content) or _DATE_FIRST.match(content)):
        return not _runs_into_text(content)
    if len(content) <= _HEADING_MOST and not STOP.search(content):
        if masthead.opens_with_key(content):
            return True
        if _DATE_FIRST.match(content) and masthead.is_dated(content):
            return True
    if content.endswith("：") and patterns().salutation.fullmatch(content):
        return True
    return content.endswith("号") and _PAPER_NUMBER.fullmatch(content) is not None


def _runs_into_text(content: str) -> bool:
    """Whether the text goes on in the line of its date and source: long, in sentences."""
    return len(content) > _CAPTION_MOST and content.endswith("。")


def _headlines(lines: list[Line], first_prose: int) -> None:
    """Short lines with a figure that stand over a text as its title: 立案查处机构47家."""
    for i, line in enumerate(lines):
        content = line.words
        if line.kind != "prose" or line.level:
            continue
        if not _HEADLINE_LEAST <= len(content) <= _HEADING_MOST or not FIGURE.search(content):
            continue
        if STOP.search(content[-1]):
            continue
        if content[-1] in "，、：；" or BULLET.match(content) or MARKER.match(content):
            continue
        following = next((x for x in lines[i + 1 : i + 9] if x.kind not in _ASIDE), None)
        if following is None or not _is_prose(following.words) or following.kind == "title":
            continue
        before = lines[i - 1] if i else None
        if before is None or before.kind != "prose" or STOP.search(before.words[-1]):
            line.kind, line.level = "title", 1
            line.title = (line.start, line.end)


def _is_furniture(content: str) -> bool:
    """Whether a line holds the words of a page's furniture, and no sentence with a figure but
    without them: …新建学校12所。（责任编辑：某某） is text."""
    part = VOCABULARY.furniture_part
    return part.search(content) is not None and not any(
        FIGURE.search(each) and not part.search(each) for each in STOP.split(content)
    )


def _is_prose(content: str) -> bool:
    """A line of running text: long, or a whole sentence; not a numbered title."""
    marker = MARKER.match(content)
    if marker and len(content) <= TITLE_MOST and not _TITLE_STOP.search(content[:-1]):
        return not content.startswith("（") or marker.group("l3") is not None
    if masthead.opens_with_key(content):
        return False
    if BULLET.match(content) and FIGURE.search(content):
        return True
    return (len(content) > _HEADING_MOST and ("。" in content or content.endswith("."))) or (
        len(content) > 12 and content.endswith(("。", "！"))
    )


def _heading(line: Line, content: str, before_body: bool, before: Line | None) -> None:
    marker = MARKER.match(content)
    if marker:
        level = 2 + next(i for i, g in enumerate(("l2", "l3", "l4", "l5")) if marker.group(g))
        rest = content[marker.end() :]
        stop = _TITLE_STOP.search(rest)
        length = stop.start() if stop else len(rest)
        title_start = line.start + marker.end()
        if stop is None and len(rest) <= TITLE_MOST and not rest.endswith(("；", "，")):
            line.kind, line.level = "title", level
            line.title = (title_start, line.end)
        elif stop is not None and 0 < length <= TITLE_MOST and _opens(rest, stop.end()):
            line.level, line.title = level, (title_start, title_start + length)
        return
    if len(content) > _HEADING_MOST:
        return
    if _DATE_LINE.fullmatch(content) or _CREDIT.fullmatch(content) or _REPORTER.match(content):
        line.kind = "byline"
        return
    if content.startswith("——") and before is not None and before.kind == "title":
        line.kind, line.level = "title", 1  # a subtitle
        line.title = (line.start + 2, line.end)
        return
    if content.startswith("【") and content.endswith("】"):
        line.kind, line.level = "title", 1
        line.title = (line.start + 1, line.end - 1)
        return
    bare = (
        not content.endswith(("。", "；", "，", "、", "！", "？", "…", "”。"))
        and not BULLET.match(content)
        and not FIGURE.search(content)
        and not (content.startswith(("（", "—", "[")) and not masthead.is_title(content))
        and not patterns().goes_on.match(content)
    )
    if not bare:
        if content.endswith("、") and content[:-1].endswith(VOCABULARY.byline_ending):
            line.kind = "byline"  # an office whose next one stands on the line below
        return
    if (
        content.endswith(VOCABULARY.byline_ending)
        or (" " in content and _OFFICER.fullmatch(content))
        or (_DATED.search(content) and (len(content) <= 24 or _CELL_GAP.search(content)))
    ):
        line.kind = "byline"
    elif content.endswith(("：", ":")) and len(content) > 2:
        line.kind = "masthead" if before_body and "。" not in content else "prose"
    else:
        line.kind, line.level = "title", 1
        line.title = (line.start, line.end)
        if before is not None and _NUMBER_ALONE.fullmatch(before.words):
            line.level = 2


def _opens(rest: str, end: int) -> bool:
    """Whether a numbered sentence is a title: a text follows it, or it tells no figure."""
    return end < len(rest.rstrip("”’）】")) or not _DIGIT.search(rest)

"""A saved web page → its main text, one line a paragraph, table rows with tabs.

trafilatura knows where the main text is, but drops parts of it (lists, short paragraphs) and
splits others; so it only points at the text, and the element that holds what it found is
written out whole, without what is plainly furniture.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import groupby
from typing import Any, NamedTuple

from ..language.messages import _
from ..model import Metadata, Source
from .decode import LOST, decode
from .grid import Laid, Text, placed
from .markup import bounded
from .notes import hidden_notes
from .options import Unreadable
from .raised import raised
from .tabular import iso_date

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_CHARSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
}
"""What a page may say that its bytes do not. UTF-8 they do, and ISO 8859-1, which some servers name
for all of their pages, is never that of Chinese."""

_SKIP = frozenset(
    re.findall(
        r"\w+",
        "script style noscript template head title nav footer aside select option button "
        "input textarea iframe object svg canvas audio video map rt rp",
    )
)
_BLOCK = frozenset(
    re.findall(
        r"\w+",
        "address article blockquote body caption center dd details dialog div dl dt fieldset "
        "figcaption figure h1 h2 h3 h4 h5 h6 header hr html legend li main ol p pre section "
        "summary table tbody td tfoot th thead tr ul",
    )
)
_CELLS = frozenset({"td", "th"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
_RAISING = re.compile(r"vertical-align\s*:\s*super\b", re.IGNORECASE)
_FURNITURE_NAME = re.compile(
    r"(?:^|[\s_-])(?:nav\w*|menu\w*|foot\w*|breadcrumbs?|crumbs?|copyright|share\w*|pager|paging|"
    r"pagination|sidebar|side|toolbar|related|recommend\w*|comments?)(?:$|[\s_-])",
    re.IGNORECASE,
)
_FURNITURE_LINE = re.compile(
    r"ICP备\d|公网安备\s*\d|网站标识码|^(?:版权所有|技术支持|主办单位|承办单位|扫一扫|分享到)|"
    r"^(?:当前|您的|您所在的?|所在)位置|^[\[【]?[上下]一[篇条页]|^打印本页|^关闭(?:窗口|本页)?$|^返回顶部$"
)
_SPACE = re.compile(r"[ \t\r\n\f\v\xa0]+")
_AROUND = " \u3000\u2002\u2003\u200b\ufeff"
_INDENT = {ord(blank): None for blank in " \t\r\n\f\v"}
"""Blanks that a page does not show; the others before a row's head make it one of parts."""
_WIDE_BREAK = re.compile(
    r"(?<=[\u2e80-\u9fff\uff00-\uffef])[ \t]*[\r\n]\s*(?=[\u2e80-\u9fff\uff00-\uffef])"
)
_PUBLISHED = re.compile(
    r"(?:(?:发布|发文|成文|印发|更新)|(?<![\u4e00-\u9fff]))(?:时间|日期)\s*[:：]\s*(\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2})"
)
_COUNT = re.compile(r"\s*\+?([0-9]{1,9})")
_MOST_SPANNED = {"rowspan": 65_534, "colspan": 1000}
_SHORT_CELL = 40  # characters; cells of longer text are a page's layout, not a table
_MAX_COMPARED = 2 * 10**9  # characters times lines, some seconds; beyond, the body is taken whole
_SHORT_LINE = 30  # characters
_ENOUGH = 0.9  # of what was found must lie inside the main element


class _Line(NamedTuple):
    text: str
    element: Any
    linked: bool  # wholly inside links
    indent: str = ""
    row: _Row | None = None


class _Row(NamedTuple):
    """What a line is of its table: a row of cells."""

    table: Any
    cells: tuple[Laid, ...]


def read(name: str, data: bytes, encoding: str | None = None) -> Source:
    """The main text of a page; title, date and address go to its metadata.

    Raises `Unreadable` for undecodable bytes and for a page without text, and ImportError where
    trafilatura is missing.
    """
    from lxml import etree
    from lxml import html as lxml_html

    page = decode(data, encoding or _declared(data))
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True)
    markup = bounded(page.text).encode()
    tree = lxml_html.document_fromstring(markup or b"<p>", parser=parser)
    etree.strip_tags(tree, "form")  # some servers wrap all of a page in one
    _mark_raised(tree)
    lines, hidden = _lines(tree)
    for line in hidden:
        line.element[:], line.element.text = [], None
    article = _main_text(tree)
    chosen, hidden = _chosen(lines, hidden, article.text if article else "")
    if not chosen:
        raise Unreadable(_("a web page without text; save the page after it has loaded fully"))
    text = Text()
    for table, block in groupby(chosen, key=lambda line: line.row and line.row.table):
        _write(text, list(block), is_table=table is not None)
    metadata = _metadata(tree, lines, article)
    notes = page.notes if LOST in str(text) else ()
    notes += hidden_notes(line.text for line in hidden)
    return Source(name, str(text), metadata, "html", page.encoding, notes, text.grids)


def _write(text: Text, lines: list[_Line], *, is_table: bool) -> None:
    """Add lines that stand together, of one table or of none."""
    rows = [line.row.cells for line in lines if line.row is not None]
    found = placed(rows) if is_table and any(len(row) > 1 for row in rows) else None
    if found is not None:
        text.table(*found)
        return
    for line in lines:
        text.line(line.text)


def _declared(data: bytes) -> str | None:
    """The encoding that a page names, where its bytes agree."""
    found = _CHARSET.search(data[:4096])
    if found is None:
        return None
    named = _CHARSETS.get(found[1].decode("ascii").lower())
    return named if named and _fits(data, named) and not _fits(data, "utf-8") else None


def _fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _mark_raised(tree: Any) -> None:
    """Write the digits of raised elements as superscripts."""
    for element in tree.iter("sup", "span", "font", "a"):
        if element.tag == "sup" or _RAISING.search(element.get("style", "")):
            for inner in element.iter():
                inner.text = raised(inner.text or "")
                if inner is not element:
                    inner.tail = raised(inner.tail or "")


def _main_text(tree: Any) -> Any:
    """What trafilatura takes for the article, None where it finds none."""
    import logging
    from copy import deepcopy

    from lxml import etree
    from trafilatura import bare_extraction
    from trafilatura.settings import DEFAULT_CONFIG

    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    config = deepcopy(DEFAULT_CONFIG)
    # Its 250 are meant for alphabets; a Chinese notice of 60 characters is a whole one.
    config["DEFAULT"]["MIN_EXTRACTED_SIZE"] = "60"
    copy = deepcopy(tree)
    etree.strip_attributes(copy, "colspan")  # it fills rows up to the widest, however absurd
    try:
        return bare_extraction(
            copy,
            config=config,
            with_metadata=True,
            include_comments=False,
            favor_recall=True,
            fast=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except Exception:  # noqa: BLE001 - on a hostile page it may raise anything; the whole body stands in
        return None


def _lines(tree: Any) -> tuple[list[_Line], list[_Line]]:
    """All visible text of a page in order, a line for each block and each table row; and what its
    hidden elements hold, a line for each of the outermost."""
    from lxml import etree

    lines: list[_Line] = []
    hidden: list[_Line] = []
    buffer: list[str] = []
    unseen: list[str] = []
    linked = True
    links = skipped = concealed = preserved = 0
    tables: list[Any] = []
    rows: list[tuple[int, list[tuple[int, Any]]]] = []
    # for each open row: its first line, its cells and where each ends

    def put(text: str | None) -> None:
        nonlocal linked
        if not text or skipped:
            return
        if concealed:
            unseen.append(text)
            return
        buffer.append(text)
        if not links and text.strip():
            linked = False

    def flush(element: Any) -> None:
        nonlocal linked
        text = "".join(buffer)
        for part in text.splitlines() if preserved else (_WIDE_BREAK.sub("", text),):
            words = _SPACE.sub(" ", part).strip(_AROUND)
            if words:
                indent = part[: len(part) - len(part.lstrip())].translate(_INDENT)
                lines.append(_Line(words, element, linked, indent))
        buffer.clear()
        linked = True

    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else "script"
        is_hidden = _is_hidden(element)
        if event == "start":
            if tag in _BLOCK or tag == "br":
                flush(element.getparent() if tag == "br" else element)
            skipped += tag in _SKIP
            concealed += is_hidden
            links += tag == "a"
            preserved += tag == "pre"
            if tag == "table":
                tables.append(element)
            elif tag == "tr":
                rows.append((len(lines), []))
            put(element.text)
            continue
        if tag in _BLOCK:
            flush(element)
        skipped -= tag in _SKIP
        concealed -= is_hidden
        if unseen and not concealed:
            hidden.append(_Line(_SPACE.sub(" ", "".join(unseen)).strip(), element, False))
            unseen.clear()
        links -= tag == "a"
        preserved -= tag == "pre"
        if tag in _CELLS and rows and not is_hidden:
            rows[-1][1].append((len(lines), element))
        elif tag == "tr" and rows:
            _join_row(lines, *rows.pop(), element, tables[-1] if tables else element)
        elif tag == "table":
            tables.pop()
        put(element.tail)
    flush(tree)
    return lines, hidden


def _is_hidden(element: Any) -> bool:
    """Whether a browser shows nothing of an element.

    What aria-hidden keeps from screen readers is shown, what `until-found` or <details> fold away
    is there to be opened.
    """
    return (
        element.get("hidden", "until-found").lower() != "until-found"
        or (element.tag == "dialog" and element.get("open") is None)
        or _HIDDEN.search(element.get("style", "")) is not None
    )


def _join_row(
    lines: list[_Line], start: int, ends: list[tuple[int, Any]], element: Any, table: Any
) -> None:
    """Make one line of a table's row, unless its cells are columns of the page's layout."""
    starts = [start, *(end for end, cell in ends)][: len(ends)]
    cells = [lines[a:b] for a, (b, cell) in zip(starts, ends, strict=True)]
    if any(line.row and len(line.row.cells) > 1 for cell in cells for line in cell):
        return  # around another table
    texts = [" ".join(line.text for line in cell) for cell in cells]
    tidy = all(len(cell) <= 1 for cell in cells) or all(len(each) <= _SHORT_CELL for each in texts)
    if tidy and any(texts):
        laid = (
            Laid(
                inner[0].indent + text if inner else "",
                _span(cell, "rowspan"),
                _span(cell, "colspan"),
            )
            for text, inner, (end, cell) in zip(texts, cells, ends, strict=True)
        )
        inside = element if len(cells) > 1 else next(filter(None, cells))[0].element
        linked = all(line.linked for cell in cells for line in cell)
        row = _Row(table, tuple(laid))
        lines[start:] = [_Line("\t".join(texts), inside, linked, row=row)]


def _span(cell: Any, name: str) -> int:
    """An attribute of a cell that counts rows or columns, read as browsers read it."""
    found = _COUNT.match(cell.get(name, "1"))
    count = int(found[1]) if found else 1
    if name == "rowspan" and count == 0:  # as far down as there are rows
        return _MOST_SPANNED[name]
    return min(max(1, count), _MOST_SPANNED[name])


def _chosen(
    lines: list[_Line], hidden: list[_Line], article: str
) -> tuple[list[_Line], list[_Line]]:
    """The lines of the smallest element that holds what trafilatura found, without furniture, and
    the hidden lines there."""
    found = _bare(article)
    if len(found) * len(lines) > _MAX_COMPARED:
        found = ""
    matched = [bool(found) and _bare(line.text) in found for line in lines]
    weight: defaultdict[Any, int] = defaultdict(int)
    for line, is_matched in zip(lines, matched, strict=True):
        if is_matched:
            for element in (line.element, *line.element.iterancestors()):
                weight[element] += len(line.text)
    enough = _ENOUGH * max(weight.values(), default=0)
    # Ancestors never weigh less, and of equals the first met lies deepest.
    main = min((e for e in weight if weight[e] >= enough), key=lambda e: weight[e], default=None)

    def is_chosen(line: _Line, is_matched: bool) -> bool:
        around = [line.element, *line.element.iterancestors()]
        if main is not None and main not in around:
            return False
        inside = around[: around.index(main)] if main is not None else around
        # Where it finds no article, trafilatura gives the whole body: short lines need a check.
        return (is_matched and len(line.text) > _SHORT_LINE) or not _is_furniture(line, inside)

    chosen = [
        line for line, is_matched in zip(lines, matched, strict=True) if is_chosen(line, is_matched)
    ]
    return chosen, [line for line in hidden if is_chosen(line, False)]


def _is_furniture(line: _Line, around: list[Any]) -> bool:
    return (
        line.linked
        or bool(_FURNITURE_LINE.search(line.text))
        or any(
            _FURNITURE_NAME.search(f"{element.get('class', '')} {element.get('id', '')}")
            for element in around
        )
    )


def _bare(text: str) -> str:
    return re.sub(r"[\s|\u200b\ufeff]+", "", text)


def _metadata(tree: Any, lines: list[_Line], article: Any) -> Metadata:
    """From the tags that government sites must carry (ArticleTitle, PubDate, Url), then others."""
    tags = {
        (tag.get("name") or tag.get("property") or "").lower(): (tag.get("content") or "").strip()
        for tag in tree.iter("meta")
    }
    title = tags.get("articletitle") or (article.title if article else None) or tags.get("og:title")
    published = iso_date(tags.get("pubdate"))
    if published is None:
        stated = (iso_date(found[1]) for line in lines if (found := _PUBLISHED.search(line.text)))
        published = next(filter(None, stated), None)
    if published is None and article:
        published = iso_date(article.date)
    address = tags.get("url") or (article.url if article else None)
    return Metadata(title=title or None, published=published, source_url=address or None)

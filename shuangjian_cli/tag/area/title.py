"""The place that the title of a document names."""

from __future__ import annotations

from shuangjian_cli.model import Decision
from shuangjian_cli.patterns import CHINESE, worded
from shuangjian_cli.tag.area.mention import depth, read
from shuangjian_cli.tag.area.names import Governing, Names, of_headline, only
from shuangjian_cli.tag.area.words import patterns

_ISSUES = worded("(?:{text.issues})", __file__)
"""What the body does whose place a title begins with: 江苏|发布名单，涉及扬州."""
_UNIVERSITY = worded(rf"{CHINESE}{{0,4}}?(?:{{text.universities}})", __file__)


def of_title(names: Names) -> Governing | str | None:
    """The place of the document's title; "several" where it names more provinces than one."""
    document, gazetteer, p = names.document, names.gazetteer, patterns()
    text = document.folded.text
    title = document.info.title or ""
    offset = document.title[0] if document.title else -1
    if document.title is None or text[slice(*document.title)] != title:
        offset = -1
    within = only(gazetteer, document.info.issuer or "")
    mentions = [
        m
        for m in read(title, 0, len(title), gazetteer.find(title, within=within), names.short)
        if m.area and m.role not in ("press", "company", "verb", "visitor")
    ]
    # 北京师范大学调研组赴某县: of the university only where no other place is named.
    mentions = [m for m in mentions if not _UNIVERSITY.match(title, m.end)] or mentions
    apart = ("partner", "visited", "compared", "origin", "award", "document")
    subjects = [m for m in mentions if m.role not in apart] or mentions
    provinces = {m.area.province for m in subjects if m.area}
    if len(provinces) > 1:
        return "several"
    if not mentions and (headed := of_headline(gazetteer, title)):
        at = (offset, offset + title.index("：")) if offset >= 0 else (-1, -1)
        return Governing(headed, Decision("area.title", *at))
    issuing = next((m for m in subjects if m.start == 0 and _ISSUES.match(title, m.end)), None)
    subjects = [issuing] if issuing else subjects
    if provinces:
        best = max(subjects, key=lambda m: depth(m.area))
        at = (offset + best.start, offset + best.end) if offset >= 0 else (-1, -1)
        if offset < 0 and document.title:  # over two lines
            found = text.find(title[best.start : best.end], *document.title)
            at = (found, found + best.end - best.start) if found >= 0 else at
        return Governing(best.area, Decision("area.title", *at))
    national = p.title_nation.search(title)
    if national:
        at = (offset + national.start(), offset + national.end()) if offset >= 0 else (-1, -1)
        return Governing(gazetteer.province("全国"), Decision("area.title", *at))
    return None


def provinces_of_title(names: Names) -> set[str]:
    """The provinces that the title names."""
    title = names.document.info.title or ""
    return {
        m.area.province
        for m in names.gazetteer.find(title)
        if m.area is not None and m.area.level != "national" and m.area.province
    }

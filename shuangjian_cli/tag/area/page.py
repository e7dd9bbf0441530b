"""What stands around a text: the body that issues it, its number, bylines, and the page's own lines."""

from collections import Counter

from shuangjian_cli.model import Area, Decision, Sentence
from shuangjian_cli.patterns import CHINESE, regex
from shuangjian_cli.structure.lines import FIGURE
from shuangjian_cli.tag.area.mention import depth
from shuangjian_cli.tag.area.names import Governing, Names, is_affiliation, is_sent_from, only
from shuangjian_cli.tag.area.words import patterns

_HEAD = 60
"""How many lines are asked before the body, and how many characters a subtitle may have."""
_TAIL = 14
"""How many of the last lines may bear the issuing body."""
_NUMBER = regex(rf"({CHINESE}{{1,2}}?){CHINESE}{{0,9}}[〔（\[]")


def of_head(names: Names) -> Governing | None:
    """The issuing body, the paper's number, a subtitle or byline: what stands around the text."""
    document, gazetteer, p = names.document, names.gazetteer, patterns()
    text, issuer = document.folded.text, document.info.issuer or ""
    within = only(gazetteer, issuer)
    if within is not None and not p.reprint.search(issuer):
        return Governing(within, Decision("area.issuer", *_span(text, issuer)))
    number = document.info.document_number
    if number and (marked := _NUMBER.match(number)):
        province = gazetteer.province(marked[1][:1])
        if province is not None:
            return Governing(province, Decision("area.number", *_span(text, number)))
    stated: list[tuple[Area, int, int]] = []
    for sentence in document.sentences[:_HEAD]:
        last = text[sentence.end - 1]
        last = text[sentence.end - 2] if last in "”）" else last
        is_body = sentence.end - sentence.start > _HEAD or last in "。！？；"
        if sentence.start >= names.links or (
            sentence.kind == "prose"
            and (is_body or FIGURE.search(text, sentence.start, sentence.end))
        ):
            break
        if sentence.kind not in ("furniture", "caption", "table"):
            stated.extend(_stated(names, sentence))
    for sentence in document.sentences[-_TAIL:]:
        if sentence.kind == "byline" and sentence.start < names.links:
            stated.extend(_stated(names, sentence))
    if stated:
        most, _ = Counter(area.province for area, _, _ in stated).most_common(1)[0]
        of_most = [x for x in stated if x[0].province == most]
        area, start, end = max(of_most, key=lambda x: depth(x[0]))
        return Governing(area, Decision("area.masthead", start, end))
    if p.title_nation.search(issuer) and not p.reprint.search(issuer):
        return Governing(gazetteer.province("全国"), Decision("area.issuer", *_span(text, issuer)))
    return None


def _stated(names: Names, sentence: Sentence) -> list[tuple[Area, int, int]]:
    text = names.document.folded.text
    where = [m.span() for m in patterns().where.finditer(text, sentence.start, sentence.end)]
    return [
        (m.area, m.start, m.end)
        for m in names.of(sentence)
        if m.area is not None
        and m.role not in ("press", "dateline", "company", "visitor")
        and not any(a <= m.start < b for a, b in where)
        and not is_affiliation(text, sentence)
        and not is_sent_from(text, sentence, m)
    ]


def of_page(names: Names) -> Governing | None:
    """What a page says of itself around the text: the path of its site, the paper's name, where
    its writer lives; not where somebody sat who put it there."""
    text = names.document.folded.text
    found = [
        (m.area, m.start, m.end)
        for sentence in names.document.sentences[:_HEAD]
        if sentence.kind != "prose" and sentence.start < names.links
        for m in names.of(sentence)
        if m.area is not None
        and (sentence.kind == "furniture" or is_sent_from(text, sentence, m))
        and not text.endswith("发布于", 0, m.start)
    ]
    if not found:
        return None
    most, _ = Counter(area.province for area, _, _ in found).most_common(1)[0]
    area, start, end = max((x for x in found if x[0].province == most), key=lambda x: depth(x[0]))
    return Governing(area, Decision("area.page", start, end))


def _span(text: str, words: str) -> tuple[int, int]:
    start = text.find(words) if words else -1
    return (start, start + len(words)) if start >= 0 else (-1, -1)

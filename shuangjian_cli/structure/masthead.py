"""What a document says of itself: title, publication date, issuing body, number, address.

Keys are written with or without spaces inside (索  引  号) and several may share a line. Dates
in words (二〇二二年十二月二十八日) and in figures are read to ISO 8601.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from shuangjian_cli.model import DocumentInfo, Source
from shuangjian_cli.patterns import regex
from shuangjian_cli.structure.words import VOCABULARY

_SPACED = {
    key: field for field, keys in VOCABULARY.keys.items() for key in keys
}  # key words → field
_KEY = "|".join(r"\s*".join(k) for k in sorted(_SPACED, key=len, reverse=True))
KEY = regex(rf"[（【\[]?(?:{_KEY})\s*[：:]")
_PAIRS = regex(rf"(?:(?<=\s)|(?<=[|】（])|^)({_KEY})\s*[：:]")
_DATE = regex(
    r"(?<!\d)((?:19|20)\d\d)\s*[年\-/.]\s*(1[0-2]|0?[1-9])\s*[月\-/.]\s*(3[01]|[12]\d|0?[1-9])(?!\d)"
)
_HAN_DATE = regex(
    r"([一二][〇○0零九]?[〇○零一二三四五六七八九]{2,3})年([一二三四五六七八九十]{1,2})月"
    r"([一二三四五六七八九十]{1,3})日"
)
_NUMBER = regex(r"[\u4e00-\u9fff]{1,10}[〔（\[]\s?(?:19|20)\d\d\s?[〕）\]]\s?\d{1,4}号")
_URL = regex(r"https?://[^\s（）“”<>\"']+")
_HAN_DIGIT = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {"○": "0", "零": "0"}


@dataclass(frozen=True, slots=True)
class Head:
    """What was found, as folded words; `title` is a span."""

    title: tuple[int, int] | None
    published: str | None
    issuer: str | None
    document_number: str | None
    source_url: str | None


def date(text: str) -> str | None:
    """The first full date in a folded text as ISO 8601, or None."""
    match = _DATE.search(text)
    if match:
        year, month, day = (int(g) for g in match.groups())
        return f"{year:04}-{month:02}-{day:02}"
    match = _HAN_DATE.search(text)
    if match:
        digits = "".join(_HAN_DIGIT.get(c, "") for c in match.group(1))
        month, day = _han_small(match.group(2)), _han_small(match.group(3))
        if len(digits) == 4 and 1 <= month <= 12 and 1 <= day <= 31:
            return f"{digits}-{month:02}-{day:02}"
    return None


def _han_small(word: str) -> int:
    tens, ten, ones = word.partition("十")
    if not ten:
        return int(_HAN_DIGIT.get(word, "0"))
    return int(_HAN_DIGIT.get(tens, "1")) * 10 + int(_HAN_DIGIT.get(ones, "0"))


def read(text: str, lines: Sequence[tuple[int, int, str]], first_prose: int) -> Head:
    """Read the lines before the body, and the signature after it.

    `lines` are (start, end, kind) of the folded text, in order.
    """
    values: dict[str, str] = {}
    head = list(lines[: first_prose + 1])[:60]
    for start, end, _kind in head:
        content = text[start:end]
        if len(content) > 400:
            continue
        found = list(_PAIRS.finditer(content))
        for i, match in enumerate(found):
            field = _SPACED[re.sub(r"\s+", "", match.group(1))]
            stop = found[i + 1].start() if i + 1 < len(found) else len(content)
            value = re.split(r"\s{2,}|\s\|\s", content[match.end() : stop].strip())[0].strip()
            if value and field != "other":
                if field == "published" and date(value) is None:
                    continue
                if field == "issuer":
                    value = KEY.sub("", value).strip()
                values.setdefault(field, value)
    before = "\n".join(text[s:e] for s, e, _ in head if e - s <= 200)
    published = date(values.get("published", "")) or date(
        "\n".join(text[s:e] for s, e, _ in lines[:first_prose])
    )
    if published is None:
        tail = [text[s:e] for s, e, _ in lines[-14:] if e - s <= 40]
        published = next((d for x in reversed(tail) if (d := date(x))), None)
    number = _NUMBER.search(values.get("document_number", "")) or _NUMBER.search(before)
    url = _URL.search(values.get("source_url", "")) or _URL.search(before)
    return Head(
        title=_title(text, lines[:first_prose]),
        published=published,
        issuer=values.get("issuer") or _issuer(text, lines),
        document_number=number.group() if number else None,
        source_url=url.group() if url else None,
    )


def _issuer(text: str, lines: Sequence[tuple[int, int, str]]) -> str | None:
    """The body that heads the paper (…局文件) or signs it."""
    for start, end, kind in [*lines[:12], *lines[-14:]]:
        content = text[start:end]
        if content.endswith("文件") and len(content) <= 30:
            return content.removesuffix("文件")
        if kind == "byline" and re.search(r"[厅局委会府部办心室]$", content):
            return content
    return None


def _title(text: str, lines: Sequence[tuple[int, int, str]]) -> tuple[int, int] | None:
    best: tuple[int, int] | None = None
    best_score = 0.0
    for order, (start, end, kind) in enumerate(lines):
        content = text[start:end]
        if kind not in ("title", "prose", "byline") or not 4 <= len(content) <= 80:
            continue
        if KEY.match(content) or content.startswith("（") or content.endswith("文件"):
            continue
        if _NUMBER.fullmatch(content):
            continue
        words = len(set(VOCABULARY.title.findall(content)))
        score = words * 6 + min(len(content), 30) / 3 - order * 0.3
        score -= 12 if kind == "byline" else 0
        score -= 9 if content.startswith(("—", "-")) else 0
        score -= 15 if content.endswith(("摄", "。", "报道")) or "记者" in content else 0
        if score > best_score:
            best, best_score = (start, end), score
    return best


def info(text: str, head: Head, source: Source) -> DocumentInfo:
    """The document's own words, overridden by what is known from outside."""
    known = source.metadata
    return DocumentInfo(
        file=source.file,
        title=known.title or (text[head.title[0] : head.title[1]] if head.title else None),
        published=known.published or head.published,
        issuer=known.issuer or head.issuer,
        document_number=head.document_number,
        source_url=known.source_url or head.source_url,
        id=known.id,
    )

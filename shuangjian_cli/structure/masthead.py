"""What a document says of itself: title, publication date, issuing body, number, address.

Keys are written with or without spaces inside (索  引  号) and several may share a line. Dates
in words (二〇二二年十二月二十八日) and in figures are read to ISO 8601.
"""

from collections.abc import Sequence
from itertools import takewhile

from shuangjian_cli.model import DocumentInfo, Sentence, Source
from shuangjian_cli.patterns import regex, worded
from shuangjian_cli.structure.words import VOCABULARY

_AROUND = ("masthead", "furniture", "byline")
_COLON = regex("[：:]")
_BRACKETS = ("（", "【", "[")
_APART = regex(r"\s{2,}|\s\|\s")
_DATE = regex(
    r"(?<!\d)((?:19|20)\d\d)\s*[年\-/.]\s*(1[0-2]|0?[1-9])\s*[月\-/.]\s*(3[01]|[12]\d|0?[1-9])(?!\d)"
)
_DAY_FIRST = regex(r"(?<![\d.])(3[01]|[12]\d|0[1-9])\.(1[0-2]|0[1-9])\.((?:19|20)\d\d)(?![\d.])")
_HEAD = 60
"""In how many lines keys of the masthead are looked for, and in those around the first of the body."""
_FIRST = 3
_LABELLED = regex(r"(?:[Dd]ate|[Tt]ime|DATE)[： ] ?(?:19|20)\d\d-")
"""A date with its label in another language, at the beginning of one of the first lines."""
_RUN_ON = regex(
    r"\d{1,2}[-/.]\d{1,2}[-/.]?\d{0,2}(?: \d{1,2}(?::\d\d){1,2})? ?[\u4e00-\u9fff]{6}(?![\u4e00-\u9fff]{0,4}：)"
)
"""A date and the headline of something else: 时间：2024-06-08 08:35:12某学院录取分数线."""
_HAN_DATE = regex(
    r"([一二][〇○0零九]?[〇○零一二三四五六七八九]{2,3})年([一二三四五六七八九十]{1,2})月"
    r"([一二三四五六七八九十]{1,3})日"
)
_HAN = regex(r"[\u4e00-\u9fff]{2}")
_BODY_ENDS = "厅局委会府部办心室"
_SIGNER = worded(
    rf"[{_BODY_ENDS}院校社站网报][）\s]*日?\s*[）\]】]?$|{{head_lines.writers}}", __file__
)
"""What stands beside the date that signs a text."""
_FIELD = regex(
    r"[【\[（|]?(?P<key>[\u4e00-\u9fff][\u4e00-\u9fff 　]{0,6})：\s*[【\[]?(?:[^\s，。；：！？【】\[\]]{0,24}[】\]]?"
    r"(?:\s+\d{1,2}:\d\d(?::\d\d)?)?[】\]]?)(?:\s*[【\[]?[大中小][】\]]?(?=\s|[【\[大中小]))*(?:\s+\|?\s*|(?=[【\[])|$)"
)
"""A key of a masthead with its value, in brackets or not, and what parts it from the next."""
_NUMBER = regex(r"[〔（\[]\s?(?:19|20)\d\d\s?[〕）\]]\s?\d{1,4}号")
_URL = regex(r"https?://[^\s（）“”<>\"']+")
_UPLOADED = worded(
    r"上传时间.*(?:{head_lines.uploads})|格式： ?\.?(?:doc|pdf|ppt|wps|DOC|PDF|PPT|WPS)"
    r"|\d ?发布于[\u4e00-\u9fff]{2,4}$",
    __file__,
)
"""What a site for sharing documents says of one, which may be older than that."""
_FIGURE = regex(r"\d[万亿多余]?[人名所个家元%]")
_TOLD = 2
"""How many lines with a figure may stand before the title."""
_HEADLINE_MOST = 50
"""How long a line may be that is a title or a part of one."""
_NO_TITLE = worded(
    r"https?：?//|>>|\.(?:docx?|pdf|html?|png|jpe?g)|^问：|[？。]”$|(?:{head_lines.pages}|"
    r"(?:{head_lines.sites})网|APP)$|^\S{2,4}(?: \S{2,4}){2,}$",
    __file__,
)
_FILE_NAME = regex(r"[^\s《》_/]{8,40}(?=\.(?:docx?|pdf|wps)$)")
_LISTED = regex(r"[_|][^_|]+[_|]|，[^，]+，[^，]+，")
"""Words for search engines, with which a page may begin."""
_TITLE_BEGINS = worded(r"(?:{head_lines.title_begins})$", __file__)
"""How the first line of a title ends that goes on in the next."""
_TITLE_ENDS = worded(r"(?:{head_lines.title_ends})(?:（[^（）]*）)?$", __file__)
_TITLE_GOES_ON = worded(
    r"暨|的(?:{head_lines.title_goes_on})|（[\d一二三四〇—\-]{4,12}年?）$", __file__
)
_HAN_DIGIT = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {"○": "0", "零": "0"}


class Head:
    """What was found, as folded words; `title` is a span."""

    __slots__ = ("document_number", "issuer", "published", "source_url", "title")

    def __init__(
        self,
        title: tuple[int, int] | None,
        published: str | None,
        issuer: str | None,
        document_number: str | None,
        source_url: str | None,
    ) -> None:
        self.title = title
        self.published = published
        self.issuer = issuer
        self.document_number = document_number
        self.source_url = source_url


def _key(words: str) -> str | None:
    """The field that a key names, written with spaces inside or not."""
    return None if words[:1].isspace() else VOCABULARY.keys.get("".join(words.split()))


def opens_with_key(line: str) -> bool:
    """Whether a line begins with a key and its colon, perhaps in a bracket: 【来源：."""
    colon = line.find("：")
    if colon < 0:
        return False
    words = line[:colon]
    return _key(words[1:] if words.startswith(_BRACKETS) else words) is not None


def run_in(line: str) -> int:
    """Where the fields end with which a line begins whose text goes on in it: 来源：… 时间：… 近日，…; 0 where
    it begins with none."""
    end = 0
    while (field := _FIELD.match(line, end)) and _key(field["key"]):
        end = field.end()
    return end if end < len(line) else 0


def is_title(line: str) -> bool:
    """Whether a line that begins with a bracket ends as the titles of papers do."""
    return line.startswith("（") and "）" in line[:-4] and _TITLE_ENDS.search(line) is not None


def is_dated(line: str) -> bool:
    """Whether a line of a masthead tells when a text was put out, or a date beside its source."""
    fields = {field for _, _, field in _keys(line, apart=False)}
    return bool(fields & {"published", "issuer"}) and date(line) is not None


def shown_kind(text: str, sentence: Sentence) -> str:
    """The kind of a sentence that outputs show: a line of the masthead and a note are a byline
    where they tell source, date or writer, else furniture."""
    if sentence.kind not in ("masthead", "note"):
        return sentence.kind
    fields = {field for _, _, field in _keys(text[sentence.start : sentence.end], apart=False)}
    if fields & {"published", "issuer", "writer"} or date(text[sentence.start : sentence.end]):
        return "byline"
    return "furniture"


def _keys(line: str, *, apart: bool) -> list[tuple[int, int, str]]:
    """The keys before a line's colons as (start, end of the colon, field); `apart` leaves out
    those that neither begin the line nor follow a space or bracket."""
    out: list[tuple[int, int, str]] = []
    begin = 0
    for colon in _COLON.finditer(line):
        for start in range(begin, colon.start()):
            before = line[start - 1 : start]
            if not apart or start == 0 or before in "|】（" or before.isspace():
                field = _key(line[start : colon.start()])
                if field:
                    out.append((start, colon.end(), field))
                    break
        begin = colon.end()
    return out


def _without_keys(words: str) -> str:
    out, at = "", 0
    for start, end, _ in _keys(words, apart=False):
        if start > at and words[start - 1] in _BRACKETS:
            start -= 1
        out += words[at:start]
        at = end
    return out + words[at:]


def date(text: str) -> str | None:
    """The first full date in a folded text as ISO 8601, or None."""
    match = _DATE.search(text)
    if match:
        year, month, day = (int(g) for g in match.groups())
        return f"{year:04}-{month:02}-{day:02}"
    match = _DAY_FIRST.search(text) if "." in text else None
    if match:
        return "-".join(match.groups()[::-1])
    match = _HAN_DATE.search(text) if "日" in text else None
    if match:
        digits = "".join(_HAN_DIGIT.get(c, "") for c in match.group(1))
        month, day = _han_small(match.group(2)), _han_small(match.group(3))
        if len(digits) == 4 and 1 <= month <= 12 and 1 <= day <= 31:
            return f"{digits}-{month:02}-{day:02}"
    return None


def _signs(line: str) -> bool:
    """Whether a date may sign the text: beside a body or a key, or alone; not behind the headline of
    something else (读书节启动 2013-04-23)."""
    if _RUN_ON.search(line):
        return False
    rest = _HAN_DATE.sub("", _DATE.sub("", line, count=1), count=1)
    return is_dated(line) or not _HAN.search(rest) or _SIGNER.search(rest) is not None


def _number(text: str) -> str | None:
    """A document number, 湘教发〔2022〕17号: up to ten characters, a year, a number."""
    for match in _NUMBER.finditer(text) if "号" in text else ():
        start = match.start()
        while 0 < start > match.start() - 10 and "\u4e00" <= text[start - 1] <= "\u9fff":
            start -= 1
        if start < match.start():
            return text[start : match.end()]
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
    # The masthead of a section's page stands under its numbered title, with which the body begins.
    below = map(lines.__getitem__, range(first_prose + 1, len(lines)))
    under = takewhile(lambda line: line[2] in _AROUND, below)
    head = [*lines[: min(first_prose + 1, _HEAD)], *under]
    for start, end, _kind in head:
        content = text[start:end]
        if len(content) > 400:
            continue
        found = _keys(content, apart=True)
        for i, (_start, end, field) in enumerate(found):
            stop = found[i + 1][0] if i + 1 < len(found) else len(content)
            value = _APART.split(content[end:stop].strip())[0].strip()
            if value and field not in ("other", "writer"):
                if field == "published" and (date(value) is None or _UPLOADED.search(content)):
                    continue
                if field == "issuer":
                    value = _without_keys(value).strip()
                    if len(value) > _HEADLINE_MOST:
                        continue  # the text that goes on in the same line
                values.setdefault(field, value)
    told = [line for line in lines[:first_prose] if not _UPLOADED.search(text, *line[:2])]
    before = "\n".join(text[s:e] for s, e, _ in head if e - s <= 200)
    published = date(values.get("published", "")) or date("\n".join(text[s:e] for s, e, _ in told))
    if published is None:
        labelled = (text[s:e] for s, e, _ in lines[:_FIRST] if _LABELLED.match(text, s, e))
        published = next(filter(None, map(date, labelled)), None)
    if published is None:
        tail = [
            text[s:e] for s, e, _ in lines[-14:] if e - s <= 40 and not _UPLOADED.search(text, s, e)
        ]
        published = next((d for x in reversed(tail) if _signs(x) and (d := date(x))), None)
    number = _number(values.get("document_number", "")) or _number(before)
    url = _URL.search(values.get("source_url", "")) or _URL.search(before)
    return Head(
        title=_title(text, lines, first_prose),
        published=published,
        issuer=values.get("issuer") or _issuer(text, lines),
        document_number=number,
        source_url=url.group() if url else None,
    )


def _issuer(text: str, lines: Sequence[tuple[int, int, str]]) -> str | None:
    """The body that heads the paper (…局文件) or signs it."""
    for start, end, kind in [*lines[:12], *lines[-14:]]:
        content = text[start:end]
        if content.endswith("文件") and len(content) <= 30:
            return content.removesuffix("文件")
        if kind == "byline" and content.endswith(tuple(_BODY_ENDS)):
            return content
    return None


def _title(
    text: str, lines: Sequence[tuple[int, int, str]], first_prose: int
) -> tuple[int, int] | None:
    """The document's title, perhaps over two lines."""
    best, best_score = -1, 0.0
    told = 0
    for order, (start, end, kind) in enumerate(lines[: first_prose + 1]):
        content = text[start:end]
        told += kind == "prose" and _FIGURE.search(content) is not None
        if told > _TOLD:
            break  # a text of short lines has begun
        if kind not in ("title", "prose", "byline") or not 4 <= len(content) <= 80:
            continue
        if order == first_prose and (len(content) > _HEADLINE_MOST or content[-1] in "。；："):
            continue
        if opens_with_key(content) or content.endswith("文件"):
            continue
        if content.endswith("如下：") or (content[-1] == "：" and len(content) > _HEADLINE_MOST):
            continue  # what leads the text in
        if content.startswith("（") and not is_title(content):
            continue  # （甘肃省）某县2021年统计公报 may be one
        name = _FILE_NAME.match(content) if "." in content[-6:] else None
        if date(content) or content == _number(content):
            continue
        if name is None and _NO_TITLE.search(content):
            continue
        words = len({word.group() for word in VOCABULARY.title.finditer(content)})
        score = words * 6 + min(len(content), 30) / 3 - order * 0.3
        score -= 12 if kind == "byline" else 0
        score -= 8 if name else 0
        score -= 12 if _LISTED.search(content) else 0
        score -= 9 if content.startswith(("—", "-")) else 0
        score -= 15 if content.endswith(("摄", "。", "报道")) or "记者" in content else 0
        if score > best_score:
            best, best_score = order, score
    if best < 0:
        return None
    start, end, _ = lines[best]
    if name := _FILE_NAME.match(text, start, end):
        return name.span()
    if best and _joins(text, lines[best - 1], lines[best]):
        start = lines[best - 1][0]
    elif best + 1 < len(lines) and _joins(text, lines[best], lines[best + 1]):
        end = lines[best + 1][1]
    return start, end


def _joins(text: str, first: tuple[int, int, str], second: tuple[int, int, str]) -> bool:
    """Whether two lines are one title: 2012年宁夏回族自治区 / 教育统计公报."""
    above, below = text[slice(*first[:2])], text[slice(*second[:2])]
    if {first[2], second[2]} - {"title", "byline", "prose"} or "。" in above + below:
        return False
    if len(above) > _HEADLINE_MOST or len(below) > _HEADLINE_MOST or text.count(above) > 1:
        return False
    if opens_with_key(above) or opens_with_key(below) or date(above) or date(below):
        return False
    if above.count("《") > above.count("》") and "》" in below:
        return True
    if _TITLE_GOES_ON.match(below):
        return True
    return _TITLE_BEGINS.search(above) is not None and _TITLE_ENDS.search(below) is not None


def _one_line(title: str) -> str:
    """A title over two lines as one."""
    return "".join(line.strip() for line in title.split("\n"))


def info(text: str, head: Head, source: Source) -> DocumentInfo:
    """The document's own words, overridden by what is known from outside."""
    known = source.metadata
    return DocumentInfo(
        file=source.file,
        title=known.title or (_one_line(text[slice(*head.title)]) if head.title else None),
        published=known.published or head.published,
        issuer=known.issuer or head.issuer,
        document_number=head.document_number,
        source_url=known.source_url or head.source_url,
        id=known.id,
    )

"""Bytes → text: tells UTF-8, UTF-16, GB18030 and Big5 apart.

Strict UTF-8 is proof enough: other encodings of Chinese almost never form it. The rest decode
each other's bytes without complaint, so each decoding is scored by how much of it is everyday
Chinese, and the best one wins if it is convincing at all.

A few damaged bytes, and NULs, do not refuse a text: each is replaced by U+FFFD, and counted.
"""

import codecs
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from typing import BinaryIO

from ..language.messages import N_, _
from ..patterns import regex
from .options import Unreadable

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_CANDIDATES = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")

# The most frequent characters of official prose, simplified and traditional, with its
# punctuation: two thirds of any bulletin, and a few hundredths of a wrong decoding.
_EVERYDAY = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过"
    "子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体"
    "制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内"
    "数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提"
    "直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计"
    "别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海"
    "口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身"
    "车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石"
    "记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青"
    "省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型"
    "眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严校师课乡镇童幼减"
    "負双训障促推落健康贴评优质础供补助奖荣誉赛项监督查执服务覆盖户籍园托居幅占投入亿元名所位"
    "這個們來時為國產種對會發動過說後經進等電裡實現體機當點從業開還與關內數無線質氣變條沒結問"
    "題學習黨設長資邊統農區強決東導壓參優術極聯認權證轉單風務萬達議報類離華確節話況傳許廣記"
    "際驗連斷難師課鄉鎮減訓補獎項監督執覆蓋戶園億佔佈於並雙覺舉辦歲門"
    "，。、；：？！“”‘’（）《》〈〉【】〔〕「」『』—…·　０１２３４５６７８９％．－～"
)
_CONVINCING = 0.2
_CERTAIN = 0.9
_SAMPLE = 50_000  # characters, plenty for a verdict
_BEFORE = 1000  # of them, those before the first beyond ASCII
_BEYOND_ASCII = regex("[^\0-\x7f\ufffd]")
_FAR_BEYOND = regex("[^\0-\u07ff]")
_CHUNK = 1 << 20

_CONTROLS = bytes((*range(0x09), *range(0x0E, 0x1A), *range(0x1C, 0x20), 0x7F))
_FORBIDDEN = regex(r"[\0-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f\ue000-\uf8ff\ufdd0-\ufdef\ufffd-\uffff]")
_CONTROL_SHARE = 0.05

_DAMAGED_SHARE = 0.05  # of a text's characters; more is another encoding, or no text
_DAMAGED_FEW = 4  # as many as one changed byte may spoil
LOST = "\ufffd"
"""What stands for a damaged byte."""
MARKED = "shuangjian.marked"
"""The error handler that turns each damaged byte into a lone surrogate, for `mend`."""
_CUT = frozenset(
    {"unexpected end of data", "incomplete multibyte sequence", "truncated data"}
)  # how codecs say that the bytes end inside a character
_MARKS = regex("[\0\ud800-\udfff]")


def _marked(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    damaged = error.object[error.start : error.end]
    return "".join(chr(0xDC00 + byte) for byte in damaged), error.end


codecs.register_error(MARKED, _marked)


class Decoded:
    """A text, its encoding, and how many of its bytes were replaced by U+FFFD."""

    __slots__ = ("encoding", "replaced", "text")

    def __init__(self, text: str, encoding: str, replaced: int = 0) -> None:
        self.text = text
        self.encoding = encoding
        self.replaced = replaced

    @property
    def notes(self) -> tuple[str, ...]:
        """What to say of the replaced bytes."""
        if not self.replaced:
            return ()
        encoding = self.encoding.upper()
        if self.replaced == 1:
            return (
                _(
                    "1 damaged byte was replaced by {lost} in its {encoding}; check the text there",
                    lost=LOST,
                    encoding=encoding,
                ),
            )
        return (
            _(
                "{count} damaged bytes were replaced by {lost} in its {encoding};"
                " check the text there",
                count=self.replaced,
                lost=LOST,
                encoding=encoding,
            ),
        )


def mend(text: str, encoding: str) -> Decoded:
    """A text that was decoded with `MARKED`, each damaged byte, each NUL and each lone surrogate
    (which JSON can spell and no encoding can write) replaced. Raises `Unreadable` for many."""
    mended, replaced = _MARKS.subn(LOST, text)
    if replaced and not _is_sound(mended):
        raise Unreadable(
            _(
                "bytes that are not {encoding} text; save the file as UTF-8",
                encoding=encoding.upper(),
            )
        )
    return Decoded(mended, encoding, replaced)


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """The text of `data` without its byte-order mark, line ends kept, and its encoding.

    Raises `Unreadable` for bytes that no known encoding explains, or not the one given.
    """
    marked, skip = _mark(data)
    body = data[skip:]
    name = marked or encoding
    if name is None:
        name = _detect(body, final=True)
    try:
        text = body.decode(name)
    except UnicodeDecodeError as error:
        if _is_cut(error) or not _is_sound(body.decode(name, "replace")):
            raise Unreadable(_broken(error, name, skip)) from None
        text = body.decode(name, MARKED)
    else:
        if name == "utf-8" and "\0" not in text:  # strict UTF-8 has no lone surrogates
            return Decoded(text, name)
    return mend(text, name)


def sniff(file: BinaryIO, encoding: str | None = None) -> str:
    """The encoding of a long stream, told from its first bytes beyond ASCII.

    Leaves `file` behind its byte-order mark. Raises `Unreadable` as `decode` does.
    """
    sample = file.read(_CHUNK)
    marked, skip = _mark(sample)
    if encoding is None and marked is None:
        while (
            sample.isascii() and _is_sound(sample.decode("ascii")) and (chunk := file.read(_CHUNK))
        ):
            sample = chunk if chunk.isascii() else sample[-1:] + chunk
        marked = _detect(sample, final=False)
    file.seek(skip)
    return marked or encoding or "utf-8"


def likeliest(data: bytes, among: Sequence[str]) -> str:
    """The encoding by which bytes are most like everyday Chinese, the first of equals."""
    return max(among, key=lambda name: _damaged_score(data, name))


def _mark(data: bytes) -> tuple[str | None, int]:
    """The encoding that a byte-order mark names, and where the text begins; some write it twice."""
    for mark, encoding in _BOMS:
        skip = 0
        while data.startswith(mark, skip):
            skip += len(mark)
        if skip:
            return encoding, skip
    return None, 0


def _detect(data: bytes, *, final: bool) -> str:
    """The encoding of bytes without a mark; the text itself where `final`, else its beginning."""
    at = 0
    try:
        text = _strict(data, "utf-8", final)
        if "\0" not in text:
            sample = _sample(text)
            if _controls(sample.encode()) > _CONTROL_SHARE * len(sample):
                raise Unreadable(_(_BINARY))
            return "utf-8" if sample.isascii() else _unless_gbk(data, text, final)
    except UnicodeDecodeError as error:
        at = error.start
        if error.reason == "unexpected end of data" and not data[: error.start].isascii():
            raise Unreadable(_broken(error, "utf-8")) from None
    best = 0.0
    for name in _CANDIDATES:
        try:
            text = _strict(data, name, final)
        except UnicodeDecodeError as error:
            if name == "gb18030":
                at = max(at, error.start)
            continue
        score = _score(_sample(text))
        if score > best:
            best, found = score, name
    damaged = {name: _damaged_score(data, name) for name in ("utf-8", *_CANDIDATES)}
    likely = max(damaged, key=lambda name: damaged[name])
    if best >= max(_CONVINCING, damaged[likely]):
        return found
    if final and (cut := _cut_short(data)) is not None:
        raise Unreadable(_broken(cut[1], cut[0]))
    if damaged[likely] >= _CONVINCING:
        return likely
    if b"\0" in data or _controls(data[:_SAMPLE]) > _CONTROL_SHARE * min(len(data), _SAMPLE):
        raise Unreadable(_(_BINARY))
    raise Unreadable(
        _("byte {at} fits neither UTF-8, UTF-16, GB18030 nor Big5; save the file as UTF-8", at=at)
    )


def _controls(data: bytes) -> int:
    """How many control characters there are that no text has."""
    return len(data) - len(data.translate(None, _CONTROLS))


def _sample(text: str) -> str:
    """As much of a text as a verdict needs; a page may begin with long scripts in ASCII."""
    beyond = _BEYOND_ASCII.search(text)
    start = max(0, beyond.start() - _BEFORE) if beyond else 0
    return text[start : start + _SAMPLE]


def _damaged_score(data: bytes, encoding: str) -> float:
    """The score of a text but for its damaged bytes, 0 where they are many."""
    text = _sample(codecs.getincrementaldecoder(encoding)("replace").decode(data))
    return _score(text) if _is_sound(text) else 0.0


def _is_sound(text: str) -> bool:
    """Whether few of a text's characters are damaged."""
    return text.count(LOST) + text.count("\0") <= max(_DAMAGED_FEW, _DAMAGED_SHARE * len(text))


def _unless_gbk(data: bytes, text: str, final: bool) -> str:
    """Strict UTF-8, but for a few Chinese words in GBK that pass for Greek or Cyrillic (学校, ѧУ)."""
    if not _FAR_BEYOND.search(text) and not _score(text):
        with suppress(UnicodeDecodeError):
            other = _strict(data, "gb18030", final)
            if _score(other) > _CERTAIN:
                return "gb18030"
    return "utf-8"


def _cut_short(data: bytes) -> tuple[str, UnicodeDecodeError] | None:
    """The encoding that fits all but the last bytes, where the input ends inside a character."""
    for name in _CANDIDATES:
        try:
            data.decode(name)
        except UnicodeDecodeError as error:
            head = _sample(data[: error.start].decode(name))
            if _is_cut(error) and head and _score(head) >= _CONVINCING:
                return name, error
    return None


def _strict(data: bytes, encoding: str, final: bool) -> str:
    return codecs.getincrementaldecoder(encoding)("strict").decode(data, final)


def _score(text: str) -> float:
    """How much of a text beyond ASCII is everyday Chinese, from below 0 to 1."""
    total = good = 0.0
    for char, count in Counter(text).items():
        if _FORBIDDEN.match(char):
            total += count
            good -= 2 * count
        elif char > "\x7f":
            total += count
            good += count * (1.0 if char in _EVERYDAY else 0.25 * _is_plain(char))
    return good / total if total else float(bool(text)) * 0.5


def _is_plain(char: str) -> bool:
    """Whether a character is among the 3,755 of the first level of GB 2312."""
    try:
        return 0xB0 <= char.encode("gb2312")[0] <= 0xD7
    except UnicodeEncodeError:
        return False


_BINARY = N_(
    "binary data, not text; give a text, .html, .docx, .pdf, .csv, .jsonl, .parquet or .zip"
)


def _is_cut(error: UnicodeDecodeError) -> bool:
    """Whether the bytes end inside a character."""
    return error.reason in _CUT


def _broken(error: UnicodeDecodeError, encoding: str, skip: int = 0) -> str:
    name = encoding.upper()
    if _is_cut(error):
        return _(
            "{name} text that ends inside a character: it was cut short; fetch it again", name=name
        )
    return _("byte {at} is not {name}; save the file as UTF-8", at=error.start + skip, name=name)

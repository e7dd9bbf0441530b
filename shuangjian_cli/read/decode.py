"""Bytes → text: tells UTF-8, UTF-16, GB18030 and Big5 apart.

Strict UTF-8 is proof enough: other encodings of Chinese almost never form it. The rest decode
each other's bytes without complaint, so each decoding is scored by how much of it is everyday
Chinese, and the best one wins if it is convincing at all.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from contextlib import suppress
from typing import BinaryIO

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
_CHUNK = 1 << 20

_CONTROL = re.compile(r"[\0-\x08\x0e-\x19\x1c-\x1f\x7f]")
_FORBIDDEN = re.compile(
    r"[\0-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff]"
)
_CONTROL_SHARE = 0.05


def decode(data: bytes, encoding: str | None = None) -> tuple[str, str]:
    """The text of `data` without its byte-order mark, line ends kept, and its encoding.

    Raises `Unreadable` for bytes that no known encoding explains, or not the one given.
    """
    marked, skip = _mark(data)
    body = data[skip:]
    if encoding is None and marked is None:
        return _detect(body, final=True)
    name = marked if encoding is None or marked is not None else encoding
    assert name is not None
    try:
        return body.decode(name), name
    except UnicodeDecodeError as error:
        raise Unreadable(_broken(error, name, skip)) from None


def sniff(file: BinaryIO, encoding: str | None = None) -> str:
    """The encoding of a long stream, told from its first bytes beyond ASCII.

    Leaves `file` behind its byte-order mark. Raises `Unreadable` as `decode` does.
    """
    sample = file.read(_CHUNK)
    marked, skip = _mark(sample)
    if encoding is None and marked is None:
        while sample.isascii() and b"\0" not in sample and (chunk := file.read(_CHUNK)):
            sample = chunk if chunk.isascii() else sample[-1:] + chunk
        _, marked = _detect(sample, final=False)
    file.seek(skip)
    return marked or encoding or "utf-8"


def _mark(data: bytes) -> tuple[str | None, int]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding, len(mark)
    return None, 0


def _detect(data: bytes, *, final: bool) -> tuple[str, str]:
    at = 0
    try:
        text = _strict(data, "utf-8", final)
        if "\0" not in text:
            sample = text[:_SAMPLE]
            if len(_CONTROL.findall(sample)) > _CONTROL_SHARE * len(sample):
                raise Unreadable(_BINARY)
            return (text, "utf-8") if sample.isascii() else _unless_gbk(data, text, final)
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
        score = _score(text[:_SAMPLE])
        if score > best:
            best, found = score, (text, name)
    if best >= _CONVINCING:
        return found
    cut = _cut_short(data)
    if cut is not None:
        raise Unreadable(_broken(cut[1], cut[0]))
    controls = len(_CONTROL.findall(data[:_SAMPLE].decode("latin-1")))
    if b"\0" in data or controls > _CONTROL_SHARE * min(len(data), _SAMPLE):
        raise Unreadable(_BINARY)
    raise Unreadable(
        f"byte {at} fits neither UTF-8, UTF-16, GB18030 nor Big5; save the file as UTF-8"
    )


def _unless_gbk(data: bytes, text: str, final: bool) -> tuple[str, str]:
    """Strict UTF-8, but for a few Chinese words in GBK that pass for Greek or Cyrillic (学校, ѧУ)."""
    if max(text) < "\u0800" and not _score(text):
        with suppress(UnicodeDecodeError):
            other = _strict(data, "gb18030", final)
            if _score(other) > _CERTAIN:
                return other, "gb18030"
    return text, "utf-8"


def _cut_short(data: bytes) -> tuple[str, UnicodeDecodeError] | None:
    """The encoding that fits all but the last bytes, where the input ends inside a character."""
    for name in _CANDIDATES:
        try:
            data.decode(name)
        except UnicodeDecodeError as error:
            head = data[: error.start].decode(name)[:_SAMPLE]
            if len(data) - error.start < 4 and head and _score(head) >= _CONVINCING:
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


_BINARY = "binary data, not text; give a text, .html, .docx, .pdf, .csv, .jsonl, .parquet or .zip"


def _broken(error: UnicodeDecodeError, encoding: str, skip: int = 0) -> str:
    name = encoding.upper()
    if len(error.object) - error.start < 4 and error.reason != "invalid start byte":
        return f"{name} text that ends inside a character: it was cut short; fetch it again"
    return f"byte {error.start + skip} is not {name}; save the file as UTF-8"

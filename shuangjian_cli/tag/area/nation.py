"""Sentences of a local text that tell how far a plan of the nation's has come: 我国启动营养餐计划。
已覆盖全国六成以上的县，受益学生|3000万人."""

from __future__ import annotations

from shuangjian_cli.model import Decision, Sentence
from shuangjian_cli.patterns import worded
from shuangjian_cli.tag.area.mention import GOVERNS, NATION
from shuangjian_cli.tag.area.names import Governing, Names

_ACTS = worded(
    r"(?<![^，。；：\s\d年月])(?:我国|{national.acting})[^，。；：]{0,6}?(?:{national.acts})",
    __file__,
)
_REACHES = worded("(?:{national.reaches})[了至到]?全国", __file__)


def of_nation(names: Names, sentence: Sentence) -> Governing | None:
    """The nation, where a sentence names no other place, says how much of it something reaches, and
    the nation acts in it or before it in its paragraph."""
    text = names.document.folded.text
    if sentence.kind != "prose" or text.find("全国", sentence.start, sentence.end) < 0:
        return None
    reaches = _REACHES.search(text, sentence.start, sentence.end)
    if reaches is None or any(m.role in GOVERNS - {NATION} for m in names.of(sentence)):
        return None
    acts = _ACTS.search(text, sentence.paragraph[0], sentence.end)
    if acts is None:
        return None
    return Governing(names.gazetteer.province("全国"), Decision("area.subject", *acts.span()))

"""Long nouns without what goes without saying."""

from __future__ import annotations

from shuangjian_cli.patterns import last, regex, worded
from shuangjian_cli.tag.subject.carriers import first_stage
from shuangjian_cli.tag.subject.phrase import MEASURED, Phrase
from shuangjian_cli.tag.subject.words import Words

_SATISFACTION = regex(r"对[^，。；]{2,20}的(?=满意[度率])")
_RELATIVE = regex(r"的(?=[^的]{5,14}[率数额量]$)")


_PARTITIVE = worded(r"[^，。、]{0,12}?(?P<all>{shorten.persons})中的?(?=.{5,})", __file__)


_OF_WHOLE = worded(
    "(?P<what>[^，。；]{2,}?)占[^，。；]{4,}的?(?P<share>{shorten.shares})", __file__
)
"""参与轮岗的教师|占符合条件教师总数的|比例: what of a long share goes without saying."""
_LONG = 20
_ADVERB = regex("[约仅只](?=占)")
"""资助面|约|占在校生的12%."""


def shortened(w: Words, text: str, phrase: Phrase, *, is_share: bool) -> Phrase:
    """A long noun without what goes without saying: 家长对“双减”工作的满意度 → 家长满意度,
    在校生中随迁子女 → 随迁子女. A share keeps the school type that it is of."""
    if len(phrase) != 1:
        return phrase
    begin, finish = phrase[0]
    adverb = _ADVERB.search(text, begin + 2, finish) if is_share else None
    if adverb:
        return ((begin, adverb.start()), (adverb.end(), finish))
    whole = (
        _OF_WHOLE.fullmatch(text, begin, finish) if is_share and finish - begin > _LONG else None
    )
    if whole:
        return (whole.span("what"), whole.span("share"))
    newly = w.newly.search(text, begin + 2, finish)
    if newly and not w.kept.match(text, begin) and text[newly.start() - 1] not in "、和及":
        return ((newly.start(), finish),)  # 根据发展需要|新增特色专业
    if finish - begin > 16 and text.find("占", begin, finish) < 0:
        kept = last(w.kept.finditer(text, begin + 4, finish - 4))
        if kept and "的" in text[kept.end() : finish]:
            return ((kept.start(), finish),)  # 通过专项计划|录取到重点高校的人数
        relative = _RELATIVE.search(text, begin, finish)
        if relative:
            return ((relative.end(), finish),)
    among = None if text[finish - 1] in MEASURED else _PARTITIVE.match(text, begin, finish)
    told = is_share and among is not None and first_stage(w, among.group()) != (0, 0)
    if among and not told and among.group("all") not in text[among.end() : finish]:
        return ((among.end(), finish),)
    about = _SATISFACTION.search(text, begin, finish)
    if about:
        return ((begin, about.start()), (about.end(), finish))
    return phrase

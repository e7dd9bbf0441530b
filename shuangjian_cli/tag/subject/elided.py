"""Words that only tell some apart, where the noun was said before: behind 的 or 者, or of a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shuangjian_cli.patterns import regex
from shuangjian_cli.tag.subject.carriers import holds_body, is_body
from shuangjian_cli.tag.subject.frames import BODIES, PERSONS
from shuangjian_cli.tag.subject.phrase import MEASURED, Phrase, is_place, part

if TYPE_CHECKING:
    from shuangjian_cli.tag.subject.gaps import Own


_AGENT = regex(
    "(?:[读作记学患业与加得愿费动护理督长用管使导赛生训保赠助献买产营]|[举主创承协]办)者$"
)
"""Who reads, works, takes part: nouns of their own."""
_AREA_ENDS = tuple("省市县区州盟旗镇乡村道")
_THEN = regex("的(?:已|约|共|只|仅|就|还|也|均)*(?:占|达|有|为|不|超|近|约|高|突|逾|多|由|从)")


def elided(own: Own) -> Phrase:
    """公办|者|29处, 本科学历|的|占81%: what tells some apart, behind which 者 or 的 stands for the
    noun that was said before; empty where it does not."""
    text, content, at = own.context.text, own.content.removesuffix("占"), own.phrase[-1][1]
    if content[-1:] == "者" and len(content) > 2 and not _AGENT.search(content):
        return part(own.phrase, 0, len(content) - 1)
    if not text.startswith("的", at):
        return ()
    if own.unit in BODIES and _is_part_of_bodies(own):
        return own.phrase
    if "占" in own.content or content[-1] in MEASURED:
        return ()
    other = own.counts and not holds_body(own.context.words, content)
    if own.unit != "%" and own.unit not in PERSONS and not other:
        return ()
    return own.phrase if _THEN.match(text, at, own.slot.figure.start) else ()


def _is_part_of_bodies(own: Own) -> bool:
    """Whether what is said before 的 tells some bodies apart from all that were counted before:
    培训机构90家，转型|的|30家."""
    last, heads = own.context.last(), own.context.words.counted[own.unit or ""]
    if last is None or last.unit != own.unit or last.sentence != own.context.start:
        return False
    return not own.only_verbs and heads.search(own.content) is None


def is_next_place(own: Own) -> bool:
    """Whether the words only name a place whose share is told beside the same of another:
    入学率为97.2%，东山镇|96.6%，西河|95.9%."""
    last, content = own.context.last(), own.content
    if last is None or last.unit != own.unit or last.sentence != own.context.start:
        return False
    if _is_area(content):
        return True
    after_area = last.phrase and _is_area(own.context.text[slice(*last.phrase[0])])
    return bool(after_area) and len(content) <= 3 and content[-1] not in MEASURED


def _is_area(words: str) -> bool:
    """Whether words name a place, and no school by its place: 东山镇, 城东|小学."""
    return words[-1:] in _AREA_ENDS and is_place(words)


def is_of_told(own: Own) -> bool:
    """Whether a parenthesis or a list behind a colon tells where so many are of those counted before:
    宿舍94套。正在招标（白庙镇初级中学|24套）."""
    slot, unit, frames = own.slot, own.unit, own.context.discourse.frames
    if unit in BODIES or unit in PERSONS or not frames or frames[-1].unit != unit:
        return False
    listed = slot.bracket != -1 or own.context.text.rfind("：", own.context.start, slot.left) >= 0
    return listed and frames[-1].counts and is_body(own.context.words, own.content)

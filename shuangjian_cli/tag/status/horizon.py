"""Years that a text without a date aims at, or may aim at."""

from shuangjian_cli.model import Sentence
from shuangjian_cli.patterns import CLAUSE_STOPS, regex
from shuangjian_cli.tag.status.cue import TARGET, Cue, cue
from shuangjian_cli.tag.status.words import words

_YEARS = regex(r"\d{4}")


def aimed_at(text: str, sentence: Sentence, start: int, period: str) -> Cue | None:
    """到2017年，…达到85%: the year that a text without a date aims at; no goal is as exact as
    96.68%, and none is 累计达到."""
    w = words()
    aims = w.horizon.finditer(text, sentence.start, start)
    aim = next((m for m in aims if m[1] == period[-4:]), None)
    if aim is None or w.exact.search(text, aim.end(), sentence.end):
        return None
    if any(int(later[1]) > int(aim[1]) for later in w.later.finditer(text, aim.end())):
        return None  # 到2005年，…。2010年，…: told of what was
    opens = aim.start() == sentence.start or (
        text[aim.start() - 1] in CLAUSE_STOPS + " “"
        or w.proposes.search(text, sentence.start, aim.start())
    )
    return cue(TARGET, "status.horizon", aim.start(), aim.end()) if opens else None


def aimed_before(text: str, sentence: Sentence, period: str) -> Cue | None:
    """到2025年，…达到85%。“十四五”期间新建…: a span that ends with the year that the paragraph has
    aimed at."""
    if "/" not in period:
        return None
    aims = words().horizon.finditer(text, sentence.paragraph[0], sentence.start)
    aim = next((m for m in aims if m[1] == period[-4:]), None)
    return cue(TARGET, "status.horizon", aim.start(), aim.end()) if aim else None


def may_be_ahead(text: str, sentence: Sentence, start: int, period: str) -> bool:
    """Whether a paragraph without a date aims at years that may be to come: 到2030年 before a
    figure, or a later year than the figure's."""
    w, (begin, end) = words(), sentence.paragraph
    if w.horizon.search(text, begin, start):
        return True
    year = max(_YEARS.findall(period), default="")
    return any(later > year for later in w.year.findall(text, begin, end))

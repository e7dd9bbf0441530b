"""Lead-ins: what a line that ends with a colon says of the items below it."""

from __future__ import annotations

from shuangjian_cli.model import Section, Sentence
from shuangjian_cli.patterns import regex, worded
from shuangjian_cli.tag.subject.carriers import head_of
from shuangjian_cli.tag.subject.clauses import Clauses
from shuangjian_cli.tag.subject.frames import Discourse
from shuangjian_cli.tag.subject.nouns import after_lead, noun_phrase, trim
from shuangjian_cli.tag.subject.phrase import Phrase, Span
from shuangjian_cli.tag.subject.words import Words, words

LONG = 14
"""How long a noun of an earlier clause may be that completes a subject."""
_ALL_OF = worded(
    r"(?:(?:全[国省市县区]|各)(?:学段|级各?类?教育|类|地|级|县|校|区|市)?|[分按]学段|{lead_in.all_of})+的?|",
    __file__,
)
_AS_FOLLOWS = worded(
    r"(?:的?(?:{lead_in.of_what})?(?:{lead_in.as_follows}|分别[为是]|[为是])+|呈[^，。；]{1,6}[状势])$",
    __file__,
)


def lead_in(text: str, begin: int, finish: int) -> Span | None:
    """各学段|生均支出|如下：: what a line that ends with a colon says of the items below it."""
    w = words()
    begin, finish = trim(w, text, begin, finish)
    if all_of := _ALL_OF.match(text, begin, finish):
        begin = all_of.end()
    begin = _behind_stages(w, text, begin, finish)
    follows = _AS_FOLLOWS.search(text, begin, finish)
    finish = follows.start() if follows else finish
    noun = noun_phrase(w, text, begin, finish)
    if not noun:
        return None
    begin, finish = noun[-1]
    if finish - begin > LONG:  # 财政全额拨款的|公办园保教费标准
        begin = text.rfind("的", begin, finish - 1) + 1 or begin
    return (begin, finish) if 2 <= finish - begin <= LONG else None


def _behind_stages(w: Words, text: str, begin: int, finish: int) -> int:
    """Where a list of the school types ends of which each item tells one: 幼儿园、小学|生均经费."""
    at, several = begin, False
    while (stop := w.stage_end(text, at, finish)) is not None:
        several = several or text.startswith("、", stop)
        at = stop + text.startswith(("、", "和"), stop)
    if not several or at >= finish:
        at = begin
    return at + 2 * text.startswith("学校生均", at)


class LeadIn:
    """The last line that ended with a colon, for the paragraphs that are items of it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._said: Phrase = ()
        self._section: Section | None = None
        self._titled: Phrase = ()

    def note(self, sentence: Sentence) -> None:
        """Keep what a sentence says that ends with a colon."""
        end = sentence.end - 1
        brief = end - sentence.start < _TITLE_MOST
        if brief and _MEASURE.fullmatch(self._text, sentence.start, sentence.end):
            self._titled = ((sentence.start, sentence.end),)
        if self._text[end] == "：":
            begin = Clauses(self._text, sentence.start, sentence.end).start(end)
            named = lead_in(self._text, begin, end)
            self._said, self._section = (named,) if named else (), sentence.section

    def of(self, sentence: Sentence, before: Discourse) -> Phrase:
        """What is said of the paragraph that a sentence opens: of each in the same section that
        begins with a school type or a discipline, or names something and its amount. `before` is
        what the paragraph before it has said."""
        if sentence.section and _DATED.match(self._text, sentence.start, sentence.end):
            return self._of_title(sentence.section)
        self._said = _counted_last(self._text, before, sentence.start) or self._said
        if not self._said:
            return ()
        begin, end = _item_start(self._text, sentence.start, sentence.end), sentence.end
        section, over = sentence.section, self._section
        under = section is over or (section is not None and _is_item(section, over))
        if not under or not (
            _AMOUNT_OF.match(self._text, begin, end)
            or words().disciplines.match(self._text, begin, end)
            or words().stage_end(self._text, begin, end)
        ):
            self._said = ()
        return self._said

    def _of_title(self, section: Section) -> Phrase:
        """What is told of the years that are listed under a title: 在校生人数, and under it 初中部."""
        title = section.title_start, section.title_end
        if _MEASURE.fullmatch(self._text, *title):
            return (title,)
        return (title, *self._titled) if _DIVISION.fullmatch(self._text, *title) else ()


_TITLE_MOST = 14
"""How long a title that names a measure may be."""
_DATED = regex(r"(?:19|20)\d\d年?[度底末]?[：:]\s*[约共近达]*\d")
"""2020年：1200人: an item that names only a year."""
_MEASURE = worded(
    r"[^，。；：、\d]{0,10}(?:{lead_in.measures}|[生师工员]总?数|[^效比]率)", __file__
)
_DIVISION = worded("(?:{lead_in.divisions})(?:{lead_in.divided})?", __file__)
_LAST_COUNTED = regex(r"(?:（(?P<kind>[^（）\d]{2,12})）)?：\s*")


def _counted_last(text: str, before: Discourse, start: int) -> Phrase:
    """What the figure counts that ends the line before `start`: 特岗教师60人（乡镇初中）：, with the
    school type behind it."""
    last = before.frames[-1] if before.frames else None
    ends = _LAST_COUNTED.fullmatch(text, last.end, start) if last and last.counts else None
    if last is None or ends is None:
        return ()
    kind = ends.span("kind")
    of_stage = kind[0] >= 0 and head_of(words(), text, *kind) is not None
    return (kind, *last.phrase) if of_stage else last.phrase


_AMOUNT_OF = regex(r"[^，。；：、\d]{2,30}[：:]?\s*\d[\d.]*[万亿]*元(?=[，。；、]|$)")
"""东山小学教学楼|120万元: an item that names an amount and not what it is."""


def _is_item(section: Section, over: Section | None) -> bool:
    """Whether a section is an item, with its figures, of the list that stands in another."""
    return (over is None or section.start > over.start) and any(map(str.isdecimal, section.title))


_ITEM = regex(
    r"(?:\d{1,2}[.、．]|[（(]?[一二三四五六七八九十\d]{1,3}[）)、]|[①-⑳]|[——\-·●◆■★]+)?\s*"
)


def _item_start(text: str, begin: int, finish: int) -> int:
    """Where the words of an item begin, behind its number or bullet."""
    mark = _ITEM.match(text, begin, finish)
    return after_lead(words(), text, mark.end() if mark else begin, finish)

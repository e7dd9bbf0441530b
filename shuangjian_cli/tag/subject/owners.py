"""Whose the noun behind a figure is: 县立初中有4个|班, 46家|机构|的负责人."""

from __future__ import annotations

from shuangjian_cli.data import entries
from shuangjian_cli.patterns import CHINESE, regex, worded
from shuangjian_cli.tag.subject.carriers import is_body
from shuangjian_cli.tag.subject.frames import BODIES
from shuangjian_cli.tag.subject.gaps import Gap
from shuangjian_cli.tag.subject.nouns import after_lead, strip_tail
from shuangjian_cli.tag.subject.phrase import SHORT, Phrase, Span, words_of
from shuangjian_cli.tag.subject.predicates import predicate
from shuangjian_cli.tag.subject.reading import Context, Reading, Slot
from shuangjian_cli.tag.subject.resolver import resolve

_ADVERBS = worded("(?:{owners.adverbs})+$", __file__)


def of_actor(context: Context, slot: Slot, noun: Span, own: Phrase) -> Reading | None:
    """小学将|新增|2300个|学位: what was done to the noun, with the school type that does it; a place
    or a bureau that does is no subject. None where no such verb stands before the figure."""
    w, text = context.words, context.text
    begin, end = own[0][0], own[-1][1]
    verb = w.kept_end.search(text, begin, end) if end == slot.figure.outer_start else None
    if verb is None or verb.start() == begin:
        return None
    if w.newly.match(verb.group()) and not w.stage_end(text, begin, verb.start()):
        return Reading.of((verb.span(), noun), "subject.around")  # 滨海新城|新增|900个|学位
    adverbs = _ADVERBS.search(text, begin, verb.start())
    stop = adverbs.start() if adverbs else verb.start()
    if begin < stop == w.stage_end(text, begin, stop):
        return Reading.of(((begin, stop), verb.span(), noun), "subject.around")
    return Reading.of((verb.span(), noun), "subject.around") if adverbs else None


def of_body(context: Context, slot: Slot, noun: Span, own: Phrase) -> Reading | None:
    """县立初中有4个|班，203名|学生: what each school type has, with the one it is of, that `own`,
    the words before the figure, or an earlier figure names; None for other nouns."""
    w, text = context.words, context.text
    if text[slice(*noun)] not in w.bare:
        return None
    if not own:
        return resolve(context, slot, Gap("topic", (noun,)), True)
    if not is_body(w, words_of(text, own)):
        return None
    made = Reading.of((*own, noun), "subject.around")
    made.carrier = own
    return made


_PLACES = worded("(?<![全本我各跨由向])(?:[省市县区旗]|{owners.places})$", __file__)


_WORKS = worded("(?:{owners.works})(?![^，。；]*[不未达])", __file__)
"""改善60所|学校|办学条件: what the bodies have that something was done to."""
_THINGS = worded("{owners.things}", __file__)
"""What the measure word counts behind 的: 8个|学校的教学班."""


def owner_end(context: Context, unit: str | None, at: int, stop: int) -> int | None:
    """46家|培训机构|的负责人, 12个|县|的学生: where the noun ends that the unit counts, with what
    is told of its persons or in another unit behind; None where the unit counts what stands last."""
    w, text = context.words, context.text
    heads, of = w.counted.get(unit or "人"), text.find("的", at + 1, stop)
    if of - at < 2:
        works = _WORKS.search(text, at + 2, stop) if unit in BODIES and of < 0 else None
        return works.start() if works and is_body(w, text[at : works.start()]) else None
    if unit == "个":
        body = w.counted["所"].search(text, at, of) and not _THINGS.search(text, of + 1, stop)
        heads = w.counted["所"] if body else None
        if w.verb.match(text, at, of) or not (body or _PLACES.search(text, at, of)):
            return None
    elif heads is None or not heads.search(text, at, of):
        return None
    persons = w.counted["人"]
    acts = next((verb.start() for verb in w.verb.finditer(text, of + 1, stop)), stop)
    if persons is not heads and any(
        persons.search(text, of + 1, end) for end in range(of + 3, acts + 1)
    ):
        return of
    if heads is None or acts < stop:
        return None  # 32所|薄弱学校的改造任务
    cut = predicate(context, unit, of + 1, stop)
    finish = strip_tail(w, text, of + 1, stop if cut is None else cut)
    return None if heads.search(text, of + 1, finish) else of


_PLACE_RATE = worded(
    r"(?P<place>[^，。；、\d]{0,6}?(?:{owners.places}|[省市县区旗](?!份)))(?P<rate>[^，。；、\d的]{2,10}(?:{owners.rates}))"
    r"(?:均|都|已)*(?:{owners.compares})[^，。；、（）]*",
    __file__,
)
"""12个|省份|近视率高于全国平均: whose rates are beyond what."""


def rated_places(text: str, at: int, end: int) -> Reading | None:
    """The places that are counted, with what is told of their rate; None for other nouns."""
    rated = _PLACE_RATE.match(text, at, end)
    if rated is None:
        return None
    said = (rated.start("rate"), rated.end())
    if said[1] - said[0] > 16:
        return Reading.of((rated.span("place"),), "subject.after")
    return Reading.of((said, rated.span("place")), "subject.predicate")


_DONE_WITH = regex(
    r"([^，。；、的\d]{2,10})的((?!新|改扩)[^，。；、的\d]{2,6}(?<![率数量额员生人师者]))"
)
"""完成7所|托管机构|的排查治理: what was done with those that are counted."""


def done_with(context: Context, slot: Slot, at: int, stop: int) -> Reading | None:
    """The reading of what is counted behind 的 with what was done to it; None for other nouns."""
    w, text = context.words, context.text
    heads = w.fitting.get(slot.figure.unit or "")
    done = _DONE_WITH.fullmatch(text, at, stop) if heads is not None else None
    if done is None or heads is None or not heads.search(text, *done.span(1)):
        return None
    if not w.kept.match(text, done.start(2)) or w.cut.search(text, *done.span(1)):
        return None
    return Reading.of((done.span(2), done.span(1)), "subject.predicate")


_MADE_FOR = worded(
    rf"{CHINESE}{{2}}(?:{{owners.makes}})|(?:{{owners.mends}}){CHINESE}{{2}}", __file__
)
"""厨房改造|12所|学校: what was made at the bodies that are counted."""


def made_for(context: Context, slot: Slot, noun: Span, own: Phrase) -> bool:
    """Whether the words before tell what was made at the bodies behind a figure."""
    text, figure = context.text, slot.figure
    brief = noun[1] - noun[0] <= 3 and sum(e - s for s, e in own) <= SHORT
    return (
        brief
        and own[-1][1] == figure.outer_start
        and is_body(context.words, text[slice(*noun)])
        and _MADE_FOR.search(text, own[-1][0] - 2, own[-1][1]) is not None
    )


_SO_MANY = worded(
    r"(?P<per>[^，。；、\d每]{0,8}(?<![给为对向按])每(?=[百千万十名个所家])[百千万十]*[名个所家]?(?:{owners.so_many})+)"
    r"(?:需|应|须|至少|可|要|均|都|将|只|仅)*(?:{owners.provides})?$",
    __file__,
)


def of_so_many(context: Context, slot: Slot) -> Span | None:
    """每百名学生配备|5台|计算机、2台打印机: of how many each there are so many; None for others."""
    text, figure, last = context.text, slot.figure, context.last()
    if text.find("每", slot.left, figure.outer_start) >= 0:
        match = _SO_MANY.search(text, slot.left, figure.outer_start)
        return (
            (after_lead(context.words, text, *match.span("per")), match.end("per"))
            if match
            else None
        )
    if last is None or last.rule != "subject.per_unit" or text[figure.outer_start - 1] != "、":
        return None
    listed = last.clause == slot.clause and len(last.phrase) > 1 and last.phrase[0][1] <= last.at
    return last.phrase[0] if listed else None


def of_examples(context: Context, noun: Reading, own: Phrase) -> Reading:
    """扩建|柳泉小学等|8所|学校: the verb before the examples is of all that are counted."""
    w, text = context.words, context.text
    begin = own[0][0] if own else 0
    verb = w.kept_start(text, *own[0]) if own else 0
    if verb > begin and len(words_of(text, noun.phrase)) <= SHORT:
        noun.phrase = ((begin, verb), *noun.phrase)
    return noun


def behind_aside(context: Context, slot: Slot, at: int, own: Phrase) -> Reading | None:
    """已验收|30所（其中民办8所）|幼儿园: the noun behind a parenthesis, where nothing else is named."""
    w, text, end = context.words, context.text, context.end
    begin = text.find("）", at, end) + 1
    if not begin or text.find("（", at + 1, begin) >= 0 or not text.startswith(_ASIDE_WITH, at + 1):
        return None
    stop = context.clauses.end(begin, end)
    heads = w.counted.get(slot.figure.unit or "")
    if stop - begin < 2 or heads is None or not heads.search(text, begin, stop):
        return None
    if own and (heads.search(text, *own[-1]) or own[-1][1] - own[0][0] > 4):
        return None
    return Reading.of((*own, (begin, stop)), "subject.around")


_ASIDE_WITH = entries(__file__, "slots", "with")

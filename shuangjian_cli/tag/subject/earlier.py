"""Earlier clauses: what a figure is about whose own words name nothing."""

from __future__ import annotations

from shuangjian_cli.model import Sentence
from shuangjian_cli.patterns import last, regex
from shuangjian_cli.tag.subject.nouns import after_lead, noun_phrase, strip_tail, trim, without_verb
from shuangjian_cli.tag.subject.phrase import Span
from shuangjian_cli.tag.subject.reading import Context, Reading, Slot
from shuangjian_cli.tag.subject.words import words

_QUOTED_SUBJECT = regex(r"“[^”]{1,6}”(?:就是|是|即)")


def earlier_clause(context: Context, slot: Slot) -> Span | None:
    """What the clause before is about: its verb's object, or its first noun (建成|课程基地，共12个)."""
    w, text, start, before = context.words, context.text, context.start, context.before
    finish = slot.clause - 1
    if finish <= start or text[finish] not in "，：；":
        return None
    begin = context.clauses.start(finish)
    if before and before[-1].at >= begin:
        begin = before[-1].after
    quoted = _QUOTED_SUBJECT.match(text, begin, finish)
    if quoted:
        begin = quoted.end()
    begin, finish = trim(w, text, begin, finish)
    content = text[begin:finish]
    left = after_lead(w, text, slot.left, slot.figure.outer_start)
    repeated = w.verb.match(text, left, slot.figure.outer_start)
    at = content.find(repeated.group()) if repeated else -1
    if repeated and at >= 0:
        begin += at + len(repeated.group())
    else:
        for verb in w.strong.finditer(text, begin, finish):
            if verb.start() - begin >= 2 and w.only_verbs(text, verb.start(), finish):
                finish = verb.start()  # “护苗”计划启动，每年安排3亿元
                break
            begin = verb.end()
    for cut in w.cut.finditer(text, begin + 2, finish):
        if not w.no_cut.match(text, cut.end()):
            finish = cut.start()
            break
    by = text.find("由", begin + 2, finish)
    finish = by if by > 0 else finish
    begin, finish = trim(w, text, begin, finish)
    return (begin, finish) if 2 <= finish - begin <= 14 else None


_CONCERNING = regex(r"(?:从|在|就)?([\u4e00-\u9fff]{2,8})(?:方面|来看|看|上)，")


def concerning(context: Context, slot: Slot) -> Span | None:
    """收费方面，小学…元: what the clause before says the next is about."""
    text, start = context.text, context.start
    if not text.endswith(("面，", "看，", "上，"), start, slot.clause):
        return None
    match = last(_CONCERNING.finditer(text, start, slot.clause))
    return match.span(1) if match and match.end() == slot.clause else None


_STATE = regex(
    r"(?:再|屡|连续\S{0,3})?(?:创|稳步|持续|明显|显著|大幅|不断|稳中|逐年|进一步|快速|平稳|全面|加快|更加|日益|实现(?:新|较|稳))"
)


def _stated(context: Context, slot: Slot) -> Span | None:
    """研学收入创新高，达到3亿元: the noun whose state the clause before tells."""
    w, text, start, before = context.words, context.text, context.start, context.before
    finish = slot.clause - 1
    if finish <= start or text[finish] != "，":
        return None
    begin = context.clauses.start(finish)
    if before and before[-1].at >= begin:
        return None
    begin, _ = trim(w, text, begin, finish)
    state = _STATE.search(text, begin + 2, finish)
    if state is None or w.verb.match(text, begin, finish):
        return None
    begin, finish = trim(w, text, begin, state.start())
    return (begin, finish) if 2 <= finish - begin <= 16 else None


_FISCAL = regex(r"(?:[省市县区]级?|中央|各级)?财政(?:每年|年均|累计|共|已)*投入")
_TOTAL = regex(r"累计|总数|总量|总里程|总计|共计|合计|达到|达$")


def subject_elsewhere(
    context: Context, slot: Slot, role: str, stop: int, previous: Reading | None
) -> Reading:
    """The subject of a figure whose own words, up to `stop`, name nothing.

    Asked in turn: the words before its parenthesis, an earlier clause with the same verb or with
    a state, the last reading, an earlier clause at all; then the words after it.
    """
    w, text, start, _, _, before, _ = context
    figure = slot.figure
    if text[slot.left - 1 : slot.left] == "（":
        begin = context.clauses.start(slot.left - 1)
        if not before or before[-1].at < begin:
            noun = noun_phrase(w, text, *trim(w, text, begin, slot.left - 1))
            if noun:
                return Reading.of(noun, "subject.before")
    same = before and before[-1].clause == slot.clause
    earlier = None if same else earlier_clause(context, slot)
    said = w.light_all.search(text, slot.left, stop)
    if earlier is not None and said and text.find(said.group(), start, slot.clause) >= 0:
        return Reading.of((earlier,), "subject.earlier_clause")
    fiscal = _FISCAL.search(text, slot.left, stop)
    if fiscal:
        return Reading.of((fiscal.span(),), "subject.before")
    stated = _stated(context, slot)
    if stated is not None:
        return Reading.of((stated,), "subject.earlier_clause")
    if previous is not None and (before or earlier is None):
        base = previous.phrase
        if role == "level" and _TOTAL.search(text, slot.left, figure.start):
            base = without_verb(w, text, base)
        made = Reading.of(base, "subject.carried")
        if not before:
            made.doubts.append("the subject stands in an earlier sentence")
        return made
    if earlier is not None:
        made = Reading.of((earlier,), "subject.earlier_clause")
        made.doubts.append("the subject stands in an earlier clause")
        return made
    of = text.startswith("的", figure.outer_end)
    following = noun_phrase(w, text, *trim(w, text, figure.outer_end + of, slot.right))
    if not following:
        verb = after_lead(w, text, slot.left, stop), strip_tail(w, text, slot.left, stop)
        if verb[0] < verb[1]:
            made = Reading.of((verb,), "subject.verb")
            made.doubts.append("only a verb stands before the figure")
            return made
    made = Reading.of(following, "subject.after" if following else "subject.none")
    made.doubts.append("no subject found before the figure")
    return made


def topic_of(text: str, sentence: Sentence) -> Span | None:
    """What a paragraph of a statistical bulletin is about: its first words, or its section's title."""
    pattern = words().topics
    opening = pattern.search(text, sentence.start, min(sentence.start + 14, sentence.end))
    if opening:
        return opening.span()
    section = sentence.section
    if section is not None:
        titled = pattern.match(text, section.title_start, section.title_end)
        if titled:
            return titled.span()
    return None

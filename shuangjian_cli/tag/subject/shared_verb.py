"""A verb that is said once for several things: 新建|小学12所、初中|8所."""

from __future__ import annotations

from shuangjian_cli.data import entries
from shuangjian_cli.tag.subject.phrase import PLAIN, part, words_of
from shuangjian_cli.tag.subject.reading import Context, Reading, Slot

_JOINS = ("、", "和", "及", "与")
_ACTED = entries(__file__, "shared_verb", "acted")
"""How a noun ends that says itself what was done: 参加高考8100人，其中|本科上线."""


def share_verb(context: Context, slot: Slot, reading: Reading) -> None:
    """新建小学12所、初中|8所: the verb that a list of things, or the whole of a part, says once is
    of all of them; 新增234个班|10040个学位, too."""
    w, text, last = context.words, context.text, context.last()
    if last is None or not last.counts or not reading.phrase:
        return
    first = next((s for s, _ in reading.phrase if s >= last.end), slot.figure.outer_start)
    begin = min(slot.figure.outer_start, first)
    between = text[last.end : begin]
    follows = 0 < len(between) <= PLAIN and words_of(text, last.phrase).endswith(between)
    listed = last.clause == slot.clause and (follows or text.startswith(_JOINS, begin - 1))
    if not listed and not ((slot.part or last.part) and last.unit == slot.figure.unit):
        return
    said, own = words_of(text, last.phrase), words_of(text, reading.phrase)
    if own.startswith("总") or w.measure_end.search(own) or own.endswith(_ACTED):
        return
    if reading.rule == "subject.after" and len(last.phrase) > 1 and text[last.after] == "、":
        reach = last.phrase[0]  # 营养餐计划覆盖|38个县、1.2万所|学校
        if w.tied.search(text, *reach) and reach[1] == last.at:
            reading.phrase = (reach, *reading.phrase)
            reading.rule = "subject.shared_verb"
            return
    size = w.kept_start(said, 0, len(said))
    carried = reading.rule in ("subject.around", "subject.topic")
    if carried and (said[:size] in own or not w.newly.match(said, 0, size)):
        return  # of what each school type has only what is new has its verb
    if (
        0 < size < len(said)
        and size + len(own) <= PLAIN
        and not (w.verb.match(own) or w.cut.match(own) or said.startswith("机构", size))
    ):
        reading.phrase = (*part(last.phrase, 0, size), *reading.phrase)
        reading.rule = "subject.shared_verb"

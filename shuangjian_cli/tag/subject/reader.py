"""Reads, for each figure of a sentence, what it measures and whether it moved.

A figure takes its subject, in this order: from the noun after it (45个科技场馆), from the words
before it (专项资金29.6亿元), from its place in a list (A、B分别为x、y). What these words leave out
(同比增长|6.1%; 初中|92%) the resolver takes from what was said before. Subjects are spans of the
folded text, so every one is made of the text's own words.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy

from shuangjian_cli.data import entries
from shuangjian_cli.model import Rejected, Sentence
from shuangjian_cli.patterns import regex, worded
from shuangjian_cli.tag.quantity import Figure
from shuangjian_cli.tag.subject.after import subject_after
from shuangjian_cli.tag.subject.before import subject_before
from shuangjian_cli.tag.subject.carriers import carrier_of
from shuangjian_cli.tag.subject.claims import claimed, reached
from shuangjian_cli.tag.subject.clauses import Clauses
from shuangjian_cli.tag.subject.clear import is_clear, is_unfit
from shuangjian_cli.tag.subject.constructions import dealt_behind, for_each, with_each
from shuangjian_cli.tag.subject.distinguish import PER, of_stage
from shuangjian_cli.tag.subject.earlier import earlier_clause
from shuangjian_cli.tag.subject.elsewhere import elsewhere
from shuangjian_cli.tag.subject.frames import MEASURES, Discourse, Frame
from shuangjian_cli.tag.subject.gaps import Gap, Own
from shuangjian_cli.tag.subject.heads import heads_of, is_lasting, owner_of
from shuangjian_cli.tag.subject.lead_in import LeadIn
from shuangjian_cli.tag.subject.lists import listed
from shuangjian_cli.tag.subject.most import moved_most, ranked
from shuangjian_cli.tag.subject.nouns import noun_phrase, strip_end, trim
from shuangjian_cli.tag.subject.paid import paid_by_scale
from shuangjian_cli.tag.subject.phrase import Span, part, without, words_of
from shuangjian_cli.tag.subject.reading import Context, Reading, Slot
from shuangjian_cli.tag.subject.resolver import resolve
from shuangjian_cli.tag.subject.roles import Role, role_of
from shuangjian_cli.tag.subject.shared_verb import share_verb
from shuangjian_cli.tag.subject.shares import of_amount
from shuangjian_cli.tag.subject.slots import begin_anew, slots_of
from shuangjian_cli.tag.subject.unsaid import is_moved_to, names_nothing, tells_when_or_how
from shuangjian_cli.tag.subject.words import words

_AGAINST = regex(
    r"(?<=师)比(?=[男女])|比(?<![生师值对占量化相无同环]比)(?![例重率值拼赛武照对较])|较(?=[^少多高低大小为])|跟(?<![^，、]跟)"
)
"""Before what a movement is measured against: 近视率比全国平均水平低…."""
_LIMITS = worded(
    r"(?<=[^，。；、])(?:不(?:应|得)?(?:{reader.compares})|(?<=[费助准款资酬金贴])(?:{reader.basis})?按照?)[^，。；、\d]{2,20}的$",
    __file__,
)
"""Before what a level is measured by: 教师收入|不低于公务员收入的90%, 特教生经费|按普通学生的8倍."""
_SHARE_OF = worded(
    r"([^，。；、]{1,12}(?:{reader.shares}))(?:约|均|分别)?(?:为|是|达)[^，。；、]{2,24}的$",
    __file__,
)
"""资助面|为在校生的10%: what is given as a share of something."""
_MOVED_FROM = regex(
    r"(?<=[^，。；、]{2})[由从](?![每原])(?=[^，。；、]{2,14}$)|(?<=[^，。；、]{2})[由从]原[来先有]?的?(?!每)(?=[^，。；、]{2,14}$)"
)
"""Before what a movement begins with: 补助条件|由家庭年收入8000元以下放宽到…."""
_RANKED = worded(
    r"(?:稳|位|跃|高)?居(?!民|住|家)[^，。；]{0,10}$|(?:{reader.ranks})(?!入)[^，。；的率数]{0,10}$"
    r"|在?(?:全[国省市州区])?\d+个[^，。；、\d]{1,8}中[^，。；、\d]{0,4}$",
    __file__,
)
"""From the verb of a rank on: 优良率|稳居全省."""
_ADDS = regex("增加")
_FIELD = regex(r"[居列入进]全?[省市县区国州镇乡]([^，。；、\d]{2,10})(?<!组)$")
"""我校跃居市|中考|前十强: what a rank is of, where nothing before it tells."""
_BASIS = worded(
    "(?:(?:(?:[省市县区]级?|各级)?财政)?(?:{reader.generally})?(?:{reader.by})|(?:{reader.standards})?标准[为是])(?=[每生人年班校])",
    __file__,
)
"""By what an amount is paid: 按照|每生每年600元."""
_BASIS_HEADS = frozenset("一原统按依参标收补财省市县区各")
_ITEMS = worded(r"(?:[两三四五六七八九十几各\d]+|{reader.items})项", __file__)
_SUM = regex("[合共总]计")
_TIMES_OF = regex(
    "(?:大?约|已|仍|还)*(?:是|(?<![行作])为|相当于)(?:(?:\\d{4}年|[去上]年|“).*|[^，。；、]{2,12}$)"
)
_BY_SCALE = worded(
    "(?<=..)按照?(?:{reader.same})?(?:{reader.scales}|[^，。；、]{2,8}标准)$", __file__
)
"""残疾幼儿|按标准的|5倍: of which amount told before."""


class Subjects:
    """The rules of subjects over one document, whose sentences are read in their order."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._discourse = Discourse()
        self._paragraph: tuple[int, int] | None = None
        self._over = LeadIn(text)
        self._heads: list[tuple[int, Span | None]] = []
        self._opens = self._inside = -1
        """Where the sentences begin that the last one, and the one before it, leave a parenthesis
        open from; -1 where they leave none."""
        self._entered: list[Sentence] = []
        """The sentences of the paragraph since its last figure: in most no other follows, and what
        they leave to figures is asked for by none."""

    def enter(self, sentence: Sentence) -> None:
        """Take notice of a sentence before its figures are read, and of one that has none."""
        if sentence.paragraph != self._paragraph:
            self._paragraph = sentence.paragraph
            over = self._over.of(sentence, self._discourse)
            self._discourse = Discourse(opening=sentence, lead_in=over)
            self._opens = -1
            self._entered.clear()
        self._over.note(sentence)
        self._entered.append(sentence)

    def _follow(self, sentence: Sentence) -> None:
        """Keep what a sentence leaves to figures: the head that holds, an open parenthesis."""
        text, (start, end) = self._text, sentence[:2]
        self._heads = heads_of(words(), text, start, end, self._discourse.head)
        head = self._heads[-1][1]
        goes_on = head is not None and (head == self._discourse.head or text[end - 1] == "；")
        self._discourse.head = head if head and (goes_on or is_lasting(text, end, head)) else None
        self._inside = self._opens
        content = text[start:end]
        if "（" in content and content.rfind("（") > content.rfind("）"):
            self._opens = start
        elif "）" in content:
            self._opens = -1

    def read(self, sentence: Sentence, figures: Sequence[Figure]) -> list[Reading]:
        """One reading for each figure of the sentence that was entered last, in order."""
        for entered in self._entered:
            self._follow(entered)
        self._entered.clear()
        start = sentence.start
        if self._inside >= 0:
            closes = self._text.find("）", start, figures[0].start)
            if closes >= 0 and self._text.find("（", start, closes) < 0:
                start = self._inside  # 学校（含教学点。下同）|29所
        clauses = Clauses(self._text, start, sentence.end, self._discourse.bracket)
        context = Context(
            words(), self._text, start, sentence.end, clauses, self._discourse, self._heads
        )
        return _read_sentence(context, figures)


def _read_sentence(context: Context, figures: Sequence[Figure]) -> list[Reading]:
    clauses, end = context.clauses, context.end
    slots = slots_of(context.text, context.start, end, clauses, figures)
    readings: list[Reading] = []
    at, count = 0, len(slots)
    while at < count:
        size = slots[at].size
        if size == 1:
            readings.append(_read(context, slots[at]))
        else:
            readings += _read_list(context, slots[at : at + size])
        at += size
        if at < count and readings[-1].rule in _BEHIND:
            begin_anew(context, slots[at], readings[-1])
    context.discourse.bracket = clauses.bracket(end)
    return readings


_BEHIND = frozenset(("subject.after", "subject.around", "subject.predicate", "subject.purpose"))
"""The rules by which a figure takes the words behind it."""


def _read(context: Context, slot: Slot) -> Reading:
    """The reading of one figure."""
    role = role_of(context.words, context.text, slot)
    reading = moved_most(context, slot, role)
    if reading is None and role.name == "level":
        reading = ranked(context, slot)
    reading = reading or _one(context, slot, slot, role)
    if reading.rule in _NOUNS and role.name == "level":
        share_verb(context, slot, reading)
    if reading.rule in _NOUNS and role.name == "level" and (each := for_each(context, slot)):
        reading.phrase = with_each(context.text, each, reading.phrase)
    if reading.rule == "subject.before" and role.name == "level":
        opening, content = context.discourse.opening, words_of(context.text, reading.phrase)
        floor = context.start if opening is None else opening.start
        if owner := owner_of(context.words, context.text, floor, slot.clause, content):
            reading.phrase = (owner, *reading.phrase)
    _complete(context, (slot,), slot, role, reading)
    return reading


def _read_list(context: Context, slots: Sequence[Slot]) -> list[Reading]:
    """The readings of figures joined by 、 or 和: of a list of subjects, or of one that they share."""
    first = slots[0]
    role = role_of(context.words, context.text, first)
    many = listed(context, first, role.stop)
    if many is not None:
        phrases, rule, used = many.phrases, many.rule, many.words
        readings = [Reading("", None, phrase, rule, "", used, base=many.base) for phrase in phrases]
    elif first.figure.unit == "%" and (dealt := dealt_behind(context, slots)):
        readings = [Reading.of(phrase, "subject.share") for phrase in dealt]
    else:
        one = _one(context, first, slots[-1], role)
        readings = [copy(one) for _ in slots]
        for reading in readings:
            reading.doubts = [*one.doubts, "a list of figures without a list of subjects"]
    for slot, reading in zip(slots, readings, strict=True):
        _complete(context, slots, slot, role, reading)
    return readings


def _complete(
    context: Context, slots: Sequence[Slot], slot: Slot, role: Role, reading: Reading
) -> None:
    """Give the reading of one of `slots` its role, tell how sure it is, and leave its frame."""
    figure = slot.figure
    reading.role, reading.trend = role.name, role.trend
    reading.role_rule, reading.role_words = role.rule, role.words
    if figure.unit == "位" and figure.rule == "quantity.rank":
        reading.role, reading.trend = "rank", None
    reading.head = context.head(figure.start)
    last = context.last()
    reading.part = slot.part or bool(reading.base) or _goes_on(context, slot, last)
    content = words_of(context.text, reading.phrase)
    if role.name != "rank" and is_unfit(figure, content):
        reading.doubts.append("the unit does not fit the subject")
    reading.clear = not reading.doubts and is_clear(context, slots, reading, content)
    frame = _frame(context, slot, reading, content)
    if last is not None and not frame.part:
        frame.part = _is_listed(context, frame, last)
    context.discourse.add(frame)


def _goes_on(context: Context, slot: Slot, last: Frame | None) -> bool:
    """Whether a figure is one more part behind a part: 其中A 9万元，B 7万元; behind a ； of the last
    that has its unit: 其中A 9万元，项目3个；B 7万元."""
    unit = slot.figure.unit
    if context.text[slot.clause - 1] == "；":
        frames = reversed(context.discourse.frames)
        last = next((frame for frame in frames if frame.unit == unit), None)
    return last is not None and last.part and last.unit == unit


def _frame(context: Context, slot: Slot, reading: Reading, content: str) -> Frame:
    """What a figure leaves for those after it."""
    figure, phrase = slot.figure, reading.phrase
    frame = Frame(
        phrase,
        "figure",
        figure.unit,
        reading.role,
        reading.rule,
        figure.start,
        slot.right,
        figure.outer_end,
        slot.clause,
        context.start,
        slot.bracket,
        reading.carrier or (None if content else ()),
        reading.base,
        reading.part,
        per=content[:1] in _PER_HEADS and PER.fullmatch(content) is not None,
        clear=reading.clear,
    )
    if len(phrase) > 1 and not reading.carrier:
        frame.opens = phrase[:1] == carrier_of(context.words, context.text, frame)
    return frame


_PER_HEADS = frozenset("每校人班生户平")


def _is_listed(context: Context, frame: Frame, last: Frame) -> bool:
    """Whether bodies are one kind of several that a sentence counts: 幼儿园164所，小学148所."""
    w, text = context.words, context.text
    if last.bracket != frame.bracket or carrier_of(w, text, last) != last.phrase:
        return False
    carrier = carrier_of(w, text, frame)
    listed = bool(carrier) and carrier != last.phrase
    last.part = last.part or listed
    return listed


def _one(context: Context, slot: Slot, final: Slot, role: Role) -> Reading:
    """What a figure measures, or each of a list of figures that ends with `final`."""
    w, text = context.words, context.text
    figure = slot.figure
    before = role.before
    inner = slot.left > slot.clause
    listed_of = text[figure.outer_start - 1] in "、和及与"
    if inner and not listed_of and text.startswith("的", slot.left):
        slot.left, before = slot.clause, None
    if figure.claim and role.name != "rank":
        phrase = reached(context, slot) or claimed(w, text, slot)
        if phrase and not tells_when_or_how(words_of(text, phrase)):
            return Reading.of(phrase, "subject.claimed")
    stop = role.stop
    level = role.name == "level"
    against = None
    if not level or text.startswith("的", stop - 1):
        against = (_LIMITS if level else _AGAINST).search(text, slot.left, stop)
    moved_from = None
    follows = text[figure.outer_end : figure.outer_end + 1]
    if level and not against and follows in w.moved_heads and w.moved.match(text, figure.outer_end):
        against = moved_from = _MOVED_FROM.search(text, slot.left, stop)
    if against and role.name != "rank":
        stop, before = against.start(), None
    if level and text.find("占", slot.clause, stop) >= 0:
        share = of_amount(context, slot)
        if share is not None:
            return share
    if level and text.find("按", slot.left, stop) >= 0:
        paid = paid_by_scale(context, slot, final)
        if paid is not None:
            return paid
    begin, finish = before or trim(w, text, slot.left, stop)
    beyond = None
    if level and text.startswith("的", figure.outer_start - 1):
        of = _SHARE_OF.match(text, begin, figure.outer_start) if figure.unit == "%" else None
        finish = of.end(1) if of else finish
        beyond = w.beyond.match(text, begin, finish) if figure.unit in MEASURES else None
        begin = beyond.end() if beyond else begin
    if role.name == "rank":
        verb, finish_of_rank = _RANKED.search(text, begin, finish), finish
        finish = strip_end(text, begin, verb.start() if verb else finish, w.rank)
        field = _FIELD.search(text, verb.start(), finish_of_rank) if verb else None
        begin, finish = trim(w, text, begin, finish)
        if field and finish - begin < 2:
            begin, finish = field.span(1)
    own = named = noun_phrase(w, text, begin, finish)
    content = words_of(text, own)
    if content[-1:] == "项" and _ITEMS.fullmatch(content) and _SUM.match(text, own[-1][1]):
        own = ((own[0][0], own[-1][1] + 2),)  # 三项|合计
    if names_nothing(content, alone=len(own) == 1):
        own = ()
    elif moved_from:
        own = of_stage(w, text, moved_from.end(), figure.outer_start, own)
    elif is_moved_to(content):
        own = ()
    if len(own) == 1 and content[0] in _BASIS_HEADS and (basis := _BASIS.match(content)):
        own = part(own, basis.end(), len(content))
        content = content[basis.end() :]
    if figure.unit == "倍" and (times := _TIMES_OF.search(content)):
        own = part(own, 0, times.start())  # 是1985年（12所）的|5倍
    elif figure.unit == "倍" and (by := _BY_SCALE.search(content)):
        made = resolve(context, slot, Gap("amount", part(own, 0, by.start())), counts=False)
        if made is not None:
            return made
    if slot.moved or (inner and listed_of):
        own = ()  # that of the figure before, where the movement began, or in a list
    # Most figures have their words before them and nothing behind.
    end = final.figure.outer_end
    behind = final.right > end or text[end : end + 1].isdigit()  # 1所|36班|初中
    if own and figure.unit is None and content.endswith(entries(__file__, "reader", "numbers")):
        behind = False  # 报名人数|1291万|创历史新高
    if (behind or not own) and (level or role.adds) and not figure.claim:
        after = subject_after(context, slot, final, own)
        if after is not None:
            if role.adds:
                spans = (without(text, *span, _ADDS) for span in after.phrase)
                after.phrase = tuple(span for some in spans for span in some)
            after.opposed = bool(named)
            if own and after.rule in ("subject.after", "subject.around"):
                after.passed = [Rejected(content, "the noun after the figure is nearer")]
                if content in entries(__file__, "reader", "reaches") and w.only_verbs(
                    text, begin, finish
                ):
                    return _with_earlier(context, slot, after)
            if after.phrase and words_of(text, after.phrase[-1:]) in w.general:
                after = _with_earlier(context, slot, after)
            return after
    if own:
        outer, verbs = (begin, finish), w.only_verbs(text, begin, finish)
        if beyond:
            for name in ("kind", "alike"):
                made = resolve(context, slot, Gap(name, own), counts=False)
                if made is not None:
                    return made
        return subject_before(Own(context, slot, role.name, own, content, outer, verbs))
    return elsewhere(context, slot, role, stop)


_NOUNS = frozenset(("subject.before", "subject.after", "subject.around", "subject.topic"))


def _with_earlier(context: Context, slot: Slot, after: Reading) -> Reading:
    """开展课后服务，惠及|12万名学生: the noun after with what the clause before is about."""
    earlier = earlier_clause(context, slot)
    if earlier is None:
        return after
    made = Reading.of((earlier, *after.phrase), "subject.earlier_clause")
    made.passed = after.passed
    return made

"""Lists: A、B、C分别为x、y、z gives each figure its own subject."""

import re

from shuangjian_cli.data import entries
from shuangjian_cli.patterns import CHINESE, regex, worded
from shuangjian_cli.patterns import last as last_of
from shuangjian_cli.tag.subject.carriers import first_stage
from shuangjian_cli.tag.subject.distinguish import distinguished, of_one_set
from shuangjian_cli.tag.subject.frames import Frame
from shuangjian_cli.tag.subject.nouns import after_lead, trim
from shuangjian_cli.tag.subject.phrase import (
    Phrase,
    Span,
    enclosed,
    part,
    within,
    without_verb,
    words_of,
)
from shuangjian_cli.tag.subject.places import place_end
from shuangjian_cli.tag.subject.reading import Context, Slot
from shuangjian_cli.tag.subject.references import referred
from shuangjian_cli.tag.subject.slots import DISTRIBUTE
from shuangjian_cli.tag.subject.words import Words


class Listed:
    """A subject for each figure of a list, by which rule and from which words."""

    __slots__ = ("base", "phrases", "rule", "words")

    def __init__(self, phrases: list[Phrase], rule: str, words: Span, base: Phrase = ()) -> None:
        self.phrases = phrases
        self.rule = rule
        self.words = words
        self.base = base
        """What they are parts of."""


_LIST_SPLIT = regex(
    rf"、|(?:(?<={CHINESE})|(?<=[）”]))(?:和(?![谐平睦])|(?<![参给赋付])与|以及|(?<![普涉以触危])及(?!格))(?={CHINESE}|“)"
)
_ENUMERATION = regex("、")
_IN_EACH = regex("(?<![初高其])中$")
_SHARE_OF = regex("占(?=.*的?比[例重]$)")


def listed(context: Context, slot: Slot, stop: int) -> Listed | None:
    """The subjects of the list of figures that begins with a slot; None where they are not listed.

    The words before, up to `stop`, list as many (小学、初中分别为3所、5所), or they name what is
    said of the last ones again (同比分别增长4%、6%).
    """
    if slot.size == 1:
        return None
    w, text, size = context.words, context.text, slot.size
    shares = DISTRIBUTE.search(text, slot.left, slot.figure.outer_start)
    if shares and (meant := referred(context, slot, shares.start())):
        return Listed(meant, "subject.distributed_again", (slot.left, shares.start()))
    begin, finish = trim(w, text, slot.left, shares.start() if shares else stop)
    content = text[begin:finish]
    pair = _PAIR.search(text, begin, finish) if size == 2 else None
    if pair is not None:
        around = (begin, pair.start()), (pair.end(), finish)
        pairs = [_filled(around[0], (at, at + 1), around[1]) for at in range(*pair.span())]
        return Listed(pairs, "subject.distributed", (begin, finish))
    shared = _SHARE_OF.match(text, begin, finish)
    last = context.last()
    if shared and shares and last is not None:
        begin, content = shared.end(), text[shared.end() : finish]
    if shares and _are_places(w, text, slot.left, begin, size) and begin < finish:
        shared_by_all = ((begin, finish),)
        return Listed([shared_by_all] * size, "subject.distributed", (begin, finish))
    within_each = bool(shares) and slot.figure.unit == "%" and _IN_EACH.search(content) is not None
    finish -= within_each  # 女教师占65%，在小学和幼儿园中|分别占
    for pattern in (_ENUMERATION, _LIST_SPLIT):
        pieces = _pieces(text, begin, finish, pattern)
        if len(pieces) == size:
            phrases = _completed(w, text, pieces)
            kinds = (within_each or slot.bracket != -1) and all(
                text[s:e] in w.kinds for s, e in pieces
            )
            among = kinds or text.startswith("其中", slot.clause)
            whole = _last_outside(context, slot) if among else None
            base = whole.phrase if whole is not None and whole.unit == slot.figure.unit else ()
            phrases = [(*p, *base) for p in phrases]
            if shared and last is not None:  # 职校在校生…，占|高中和高校的比例分别为
                phrases = [(*last.phrase, shared.span(), *p) for p in phrases]
            given = shares and w.kept.fullmatch(text, shares.end(), stop)
            if given:
                verb = given.span()
                said = [given.group() in words_of(text, p) for p in phrases]
                phrases = [p if s else (*p, verb) for p, s in zip(phrases, said, strict=True)]
            return Listed(phrases, "subject.distributed", (begin, finish), base)
    before = [f for f in context.said() if f.bracket in (-1, slot.bracket)]
    if not before and not content:  # the list of the sentence before, from its first
        listed_before = [f for f in context.discourse.frames if f.rule == "subject.distributed"]
        before = listed_before[:size]
    named = _named_before(context, slot) if shares and not content else []
    if shares and len(named) == size:  # 东园和西园两个园区，分别占地…
        own = trim(w, text, shares.end(), stop)
        return Listed([_filled(name, own) for name in named], "subject.distributed", own)
    if shares and not content and len(before) >= size:
        own = trim(w, text, shares.end(), stop)
        wholes = _wholes(w, text, own)
        if len(wholes) == size:  # 招生9人，在校生40人，分别占A招生总数和在校生总数的
            told = zip(before[-size:], wholes, strict=True)
            phrases = [(*frame.phrase, *whole) for frame, whole in told]
            return Listed(phrases, "subject.distributed_again", own)
        if own[1] - own[0] > 2 and not w.only_verbs(text, *own):  # 小学5所、初中2所，分别新增学位…
            things = [without_verb(w, text, r.phrase) for r in before[-size:]]
            return Listed([(*p, own) for p in things], "subject.distributed_again", own)
    if not content or _movement_only(w, text, slot.left, stop):
        recent = [r.phrase for r in before[-size:]]
        if len(recent) == size:
            return Listed(recent, "subject.distributed_again", (-1, -1))
    if content in w.members and len(before) >= size:  # 男生分别为17%、8%
        kind = ((begin, finish),)
        swapped = [distinguished(w, text, kind, frame) for frame in before[-size:]]
        phrases = [phrase for phrase in swapped if phrase is not None]
        if len(set(phrases)) == size:
            return Listed(phrases, "subject.distributed_again", (begin, finish))
    again = [r.rule for r in before[-size:]] == ["subject.distributed"] * size
    if (shares or again) and len(before) >= size and len(content) <= (16 if again else 8):
        recent = [_kind_of(w, text, r.phrase) if again else r.phrase for r in before[-size:]]
        if len(set(recent)) == size:
            joined = [_joined(text, p, (begin, finish)) for p in recent]
            return Listed(joined, "subject.distributed_again", (begin, finish))
    return None


def _wholes(w: Words, text: str, own: Span) -> list[Phrase]:
    """Of what shares are that are dealt out: 占|小学教师和初中教师."""
    begin, finish = own
    if not text.startswith("占", begin):
        return []
    wholes = _completed(w, text, _pieces(text, begin + 1, finish, _LIST_SPLIT))
    return [((begin, begin + 1), *whole) for whole in wholes]


def _are_places(w: Words, text: str, begin: int, finish: int, size: int) -> bool:
    """Whether words list as many places: 东安、双牌、宁远|在校生分别为."""
    names = _pieces(text, after_lead(w, text, begin, finish), finish, _LIST_SPLIT)
    return len(names) == size and all(place_end(text, *name) == name[1] for name in names)


def _kind_of(w: Words, text: str, phrase: Phrase) -> Phrase:
    """What an item of a list is of: 初中|大班额比例."""
    begin, end = first_stage(w, words_of(text, phrase))
    return part(phrase, 0, end) if end and not begin else phrase[:1]


def _last_outside(context: Context, slot: Slot) -> Frame | None:
    """The last frame of the sentence that no other parenthesis holds."""
    said = context.said()
    return next((f for f in reversed(said) if f.bracket in (-1, slot.bracket)), None)


def _named_before(context: Context, slot: Slot) -> list[Span]:
    """The names that the clause before lists and counts: 东园和西园|两个园区，."""
    last = context.last()
    if last is None or len(context.said()) > 1 or not last.counts or last.after != slot.clause - 1:
        return []
    text = context.text
    verb = last_of(_HOLDS.finditer(text, last.clause, last.at))
    begin, finish = trim(context.words, text, verb.end() if verb else last.clause, last.at)
    return _pieces(text, begin, finish, _LIST_SPLIT)


_HOLDS = regex("包[含括]|有|分[为设]|下[设辖]")


_PAIR = worded("内外(?=[资贸销需])|男女(?=[生童性])|城乡(?={lists.social})", __file__)
"""Two words in one: 到位内外资分别增长9%、4%."""


def _filled(*spans: Span) -> Phrase:
    """The spans that hold something."""
    return tuple(span for span in spans if span[0] < span[1])


_ORDINALS = regex("[一二三四]{2,4}(?=产|次|季|类|等)")


def _pieces(text: str, begin: int, finish: int, pattern: re.Pattern[str]) -> list[Span]:
    """The items of a list, outside quotes and parentheses, without footnote marks."""
    run = _ORDINALS.match(text, begin, finish)
    if run:  # 一二三产业增加值
        ends = run.end()
        return [*((i, i + 1) for i in range(begin, ends - 1)), (ends - 1, finish)]
    hidden = enclosed(text, begin, finish)
    out: list[Span] = []
    at = begin
    for mark in pattern.finditer(text, begin, finish):
        if not within(hidden, mark.start()):
            out.append((at, mark.start()))
            at = mark.end()
    out.append((at, finish))
    return [(s, m.start() if (m := _MARK.search(text, s, e)) else e) for s, e in out if s < e]


def _completed(w: Words, text: str, pieces: list[Span]) -> list[Phrase]:
    """Give each item the words that it shares with the others (小学、初中|生师比)."""
    if _are_opposites(text, pieces):  # 小学生|轻、中、重|度近视
        head, tail = (pieces[0][0], pieces[0][1] - 1), (pieces[-1][0] + 1, pieces[-1][1])
        told = [head[1], *(begin for begin, _ in pieces[1:])]
        return [_filled(head, (at, at + 1), tail) for at in told]
    last = text[slice(*pieces[-1])]
    first = text[slice(*pieces[0])]
    kind = w.kind_end.search(first, 1) if last in w.kinds else None
    if kind:  # 作业时长达标率小学、初中
        begin, finish = pieces[0]
        head = (begin, begin + kind.start())
        return [(own, head) for own in ((head[1], finish), *pieces[1:])]
    around = of_one_set(w, text, pieces)
    suffix = around[1] if around else _suffix(w, text, pieces)
    prefix = around[0] if around else _prefix(w, text, pieces) or _persons(text, pieces, suffix)
    rate = _SHARE_RATE.search(last)
    over = first.find("占", 2)
    if rate and over > 0 and "占" not in last:  # 职业教育占高中阶段招生|及在校生的比例
        begin, finish = pieces[0]
        stage = w.stage_end(text, begin + over + 1, finish)
        prefix = begin, stage or begin + over + 1
        suffix = pieces[-1][0] + rate.start(), pieces[-1][1]
    out: list[Phrase] = []
    for i, (begin, finish) in enumerate(pieces):
        spans: list[Span] = []
        if prefix is not None and i > 0:
            spans.append(prefix)
        spans.append((begin, finish))
        ended = suffix is None or text.endswith(text[slice(*suffix)], begin, finish)
        if suffix is not None and not ended and i < len(pieces) - 1:
            spans.append(suffix)
        out.append(tuple(spans))
    return out


_OPPOSITES = entries(__file__, "lists", "opposites")


def _are_opposites(text: str, pieces: list[Span]) -> bool:
    """Whether the items tell opposites by one character each: 轻、中、|重度近视."""
    brief = all(end - begin == 1 for begin, end in pieces[len(pieces) > 2 : -1])
    told = {text[pieces[0][1] - 1], *(text[begin] for begin, _ in pieces[1:])}
    return brief and len(pieces) > 1 and any(told <= set(each) for each in _OPPOSITES)


def _suffix(w: Words, text: str, pieces: list[Span]) -> Span | None:
    """The words of the last item that the first one lacks."""
    begin, finish = pieces[-1]
    last, first = text[begin:finish], text[slice(*pieces[0])]
    if len(first) == 1 and first in "一二三四":
        return begin + 1, finish
    stage = w.stage_end(last, 0, len(last))
    if stage and stage < len(last) and w.stage_end(first, 0, len(first)) == len(first):
        return begin + stage, finish  # 普通小学、普通高等学校|生均支出增幅
    scope = _FIELD.search(last, 2)
    if scope and not _FIELD.search(first):
        return begin + scope.start(), finish
    alike = first[-1] == last[-1] and first[-1] in "率数量额度值比分"
    if (alike or w.head_end.search(first)) and first not in w.kinds:
        return None
    if last.endswith(f"{first[-1]}数"):  # 托位、床位|数
        return finish - 1, finish
    head = w.head_end.search(last)
    if head and head.start() > 0 and last[: head.start()] in w.kinds:
        return begin + head.start(), finish
    ending = w.kind_end.search(first)
    if ending and (ending.start() == 0 or ending.end() - ending.start() > 1):
        kinds = [last[:stop] for stop in w.kind.ends(last, 0, len(last) - 1)]
        if kinds:  # 小学、初中|生均经费, but 小学生、初中生|睡眠时间
            kind = max(kinds, key=lambda k: (first.endswith("生") == k.endswith("生"), len(k)))
            return begin + len(kind), finish
    if _GRADES.search(first):
        stop = max(w.kind.ends(last, 0, len(last) - 1), default=0)
        if stop:
            return begin + stop, finish
    for size in (4, 3, 2, 1):
        end = first[-size:]
        at = last.rfind(end) if len(first) >= size else -1
        if at >= 0 and at + size < len(last) and (size > 1 or end in "业生园校班产品区类师村市县"):
            return begin + at + size, finish
    return (begin + head.start(), finish) if head and head.start() > 0 else None


_GRADES = worded("(?:{lists.grades})$", __file__)
"""三至六年级、初中|作业时长达标率."""
_FIELD = worded("(?:{lists.fields})(?=.{2})", __file__)
"""校舍、食堂|领域投资额: of each of them."""
_PER_HEAD = worded(r"每[千百万十\d]+人口?|每[名个所]?[学生校班]+|{lists.per_head}", __file__)


_SHARE_RATE = worded("的?(?:{lists.shares})$", __file__)
_LEVEL_END = worded("(?<=..)(?:{lists.levels}|[省市县区州乡镇](?:本?级)?)$", __file__)
_LEVEL_HEAD = worded(
    "(?:{lists.levels}|[省市县区州乡镇](?:本?级)?)(?=$|[、和及与]|{lists.money}|投[入资])", __file__
)
"""Whose money the items are: 校舍维修|中央、省级资金."""


def _prefix(w: Words, text: str, pieces: list[Span]) -> Span | None:
    """The words of the first item that the others lack: 小学|入学率、巩固率."""
    first, last = text[slice(*pieces[0])], text[slice(*pieces[-1])]
    level = _LEVEL_END.search(first)
    if level and all(_LEVEL_HEAD.match(text, *piece) for piece in pieces[1:]):
        return pieces[0][0], pieces[0][0] + level.start()
    stage = w.stage_end(first, 0, len(first))
    if (
        stage
        and stage < len(first) - 1
        and first_stage(w, last) == (0, 0)
        and (first[stage:][-2:] in last or any(map(last.startswith, w.bare)))
    ):
        return pieces[0][0], pieces[0][0] + stage  # 义务教育|大班额、超大班额数量
    per = _PER_HEAD.match(first)
    if per and not last.startswith(("每", "人均")):
        return pieces[0][0], pieces[0][0] + per.end()
    if (
        len(last) <= (5 if last.startswith("学历") else 4)
        and len(first) > len(last)
        and first[-1] == last[-1]
        and first[-1] in "率数比额量值度分"
    ):
        size = len(last)
        cut = len(first) - size
        cut -= first[cut - 1] in "毛净总"  # 学前教育|毛入园率、普惠率
        if cut >= 2:
            return pieces[0][0], pieces[0][0] + cut
    measure = w.measure_end.search(first)
    if measure and measure.start() >= 2 and last in w.measures:  # 校办企业|营收和利润
        return pieces[0][0], pieces[0][0] + measure.start()
    verb = w.kept.match(first)
    if verb and not w.kept.match(last) and verb.end() < len(first) and len(last) > 2:
        return pieces[0][0], pieces[0][0] + verb.end()
    return None


_WHOSE = regex("[生师童员园校]$")
_PERSON = worded("{lists.persons}", __file__)
_PERSONS = worded("[^，。；、]{0,10}?(?:{lists.persons})(?=[^，。；、总人的数参]{2})", __file__)


def _persons(text: str, pieces: list[Span], suffix: Span | None) -> Span | None:
    """Whose the items are that end alike (三年级女生|中度近视和重度近视比例), or the first says."""
    if suffix is None:
        return None
    whose = _PERSONS.match(text, *pieces[0])
    if whose and not any(_PERSON.search(text, *piece) for piece in pieces[1:]):
        return whose.span()  # 初中女生|体重正常和超重比例
    (begin, finish), last = pieces[0], text[pieces[-1][0] : suffix[0]]
    stop = finish - len(last)
    alike = len(last) > 2 and text.endswith(last[-2:], begin, finish) and stop - begin >= 2
    return (begin, stop) if alike and _WHOSE.search(text, begin, stop) else None


_MOVEMENT = worded(r"[、，\s和]|{lists.movement}|比[^，]*|较[^，]*", __file__)


def _movement_only(w: Words, text: str, left: int, stop: int) -> bool:
    """Whether the words before tell a movement and no subject: 同比分别增长."""
    content = _MOVEMENT.sub("", text[left:stop])
    return not content or w.tail.fullmatch(content) is not None


def _joined(text: str, phrase: Phrase, head: Span) -> Phrase:
    """The kind of an earlier subject with a new head: 参与学生 and 参与率 give 学生参与率."""
    begin, finish = head
    if begin >= finish:
        return phrase
    word = text[begin:finish]
    spans = []
    for s, e in phrase:
        if text[s:e].startswith(word[:2]):
            s += 2
        if s < e:
            spans.append((s, e))
    return (*spans, head)


_MARK = regex(r"\[\d{1,2}\]$")
"""A footnote's mark at the end of an item."""

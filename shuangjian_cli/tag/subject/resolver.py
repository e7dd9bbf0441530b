"""The resolver: fills what a figure's own words leave out from the frames before it.

All frames that a gap may be filled from compete by the weights of `resolver.toml`; the best gives
its words, and the others are kept to be explained.
"""

from collections.abc import Iterator
from itertools import chain

from shuangjian_cli.data import entries
from shuangjian_cli.model import Rejected
from shuangjian_cli.patterns import regex, worded
from shuangjian_cli.tag.subject.among import (
    done_by,
    is_at_odds,
    is_degree,
    is_done,
    is_one_of_parts,
    rates,
)
from shuangjian_cli.tag.subject.carriers import (
    carrier_of,
    holds_body,
    is_of,
    is_of_nurseries,
    is_one_of_several,
    is_parted,
    names_another,
    owner_size,
    restated,
    without_stage_of,
)
from shuangjian_cli.tag.subject.distinguish import (
    PER,
    alike,
    amount_of,
    are_siblings,
    distinguished,
    has_no_area,
    whole_of,
    without_each,
)
from shuangjian_cli.tag.subject.earlier import clause_frames, topic_of
from shuangjian_cli.tag.subject.frames import BODIES, MEASURES, PERSONS, RATIOS, Frame
from shuangjian_cli.tag.subject.gaps import PLANNED, Gap
from shuangjian_cli.tag.subject.phrase import (
    Phrase,
    joined,
    part,
    without,
    without_measure,
    without_verb,
    words_of,
)
from shuangjian_cli.tag.subject.reading import Context, Reading, Slot
from shuangjian_cli.tag.subject.rows import Row, gap_rows

EARLIER_SENTENCE = "the subject stands in an earlier sentence"


def resolve(context: Context, slot: Slot, gap: Gap, counts: bool) -> Reading | None:
    """The subject that the best frame gives; None where no frame is good enough.

    `counts` tells a count or an amount from a share, a rate and a rank.
    """
    row = gap_rows()[gap.name]
    if row.takes == "nothing":
        return Reading.of(gap.own, row.rule)
    scored = [
        (score, frame)
        for frame, score in _scored(context, slot, row, counts)
        if score >= row.weights["least"]
    ]
    scored.sort(key=_by_score)
    for at, (score, frame) in enumerate(scored):
        if row.takes == "carrier" and is_one_of_several(context, frame, gap.own):
            continue  # 其中中学13所，小学20所，|在校生: of the whole
        if gap.name == "verb" and not frame.base and is_one_of_several(context, frame, gap.own):
            return None  # 新建小学3所、初中5所，|改扩建|18所
        if row.takes == "carrier" and is_of_nurseries(words_of(context.text, frame.phrase)):
            return None  # 小学教职工90人。在园幼儿500人，|教职工
        phrase = _filled(context, gap, row, frame)
        if phrase is None and row.takes == "carrier" and names_another(context, frame):
            return None
        if row.takes == "carrier" and phrase and is_parted(context, slot, phrase):
            return None
        if phrase is not None and not is_at_odds(context.text, gap.own, phrase):
            made = _reading(context, gap, row, frame, phrase)
            if row.of_carrier:
                _add_carrier(context, slot, made)
            made.contest = Contest(context, gap, row, phrase, score, scored[at + 1 :])
            return made
    return None


def _by_score(scored: tuple[int, Frame]) -> int:
    return -scored[0]


def _scored(context: Context, slot: Slot, row: Row, counts: bool) -> Iterator[tuple[Frame, int]]:
    """The frames that a gap may be filled from, each with what speaks for it."""
    weights = row.weights
    over = context.discourse.lead_in
    if row.asks_clauses:
        for frame in clause_frames(context, slot, weights):
            if over and frame.source == "theme" and _is_stage(context, frame):
                frame.phrase = (*frame.phrase, *over)  # 教师分布如下：|初中：语文8人
            yield frame, weights[frame.source]
    if "figure" in weights:
        place, back = weights["figure"], weights["back"]
        for frame in reversed(context.discourse.frames):
            if frame.phrase:
                yield frame, place + _score(context, slot, weights, frame, counts)
                aside = frame.bracket not in (-1, slot.bracket)
                place += 0 if aside else back
                if place + row.bonus < weights["least"]:
                    break
    if over and "lead_in" in weights:
        yield Frame(over, "lead_in", sentence=context.start), weights["lead_in"]
    opening = context.discourse.opening
    if opening is not None and "section" in weights:
        topic = topic_of(context.text, opening)
        if topic is not None:
            frame = Frame((topic,), "section", sentence=context.start, carrier=(topic,))
            yield frame, weights["section"]


def _is_stage(context: Context, frame: Frame) -> bool:
    """Whether a frame names nothing but a school type."""
    begin, end = frame.phrase[0]
    return context.words.stage_end(context.text, begin, end) == end


def _score(
    context: Context, slot: Slot, weights: dict[str, int], frame: Frame, counts: bool
) -> int:
    """How much speaks for a figure's frame beside its place."""
    unit, score = slot.figure.unit, 0
    if frame.sentence != context.start:
        score += weights["sentence"]
        if weights["stated"] and (frame.part or restated(context, slot)):
            score += weights["stated"]
    if weights["graded"] and context.text.find("；", frame.after, slot.left) >= 0:
        carrier = carrier_of(context.words, context.text, frame)
        graded = context.words.graded.search(words_of(context.text, carrier))
        score += weights["graded"] if graded else 0
    if frame.opens:
        score += weights["opens"]
    if _is_together(context.text[frame.end : slot.figure.outer_start], frame.unit, unit):
        score += weights["joined"]
    if frame.bracket != -1 and frame.bracket != slot.bracket:
        score += weights["elsewhere"]
    if counts and frame.counts:
        if unit == frame.unit:
            score += weights["same_unit"]
        elif unit in PERSONS and frame.unit in PERSONS:
            score += weights["near_unit"]
        else:
            score += weights["other_unit"]
    elif unit == "百分点" and frame.counts:
        score += weights["no_share"]
    elif unit == "%" and frame.rule == "subject.share_of":
        score += weights["of_share"]
    elif counts and frame.unit in MEASURES and frame.role == "level":
        whole = weights["measure"] if not frame.base else gap_rows()["carried"].weights["measure"]
        score += weights["share"] if frame.rule == "subject.share_of" else whole
    elif frame.counts:
        score += weights["count"]
    return score


_TOGETHER = ("", "共", "计", "共计")  # 改建小学12所|共|3万平方米
_HOLDING = BODIES | {"个", "班"}


def _is_together(between: str, one: str | None, other: str | None) -> bool:
    """Whether a figure follows right on another, or says whom the bodies hold that the other counts,
    or what those got whom it counts: 夜校80处、|2100人, 助学金300人、|60万元."""
    if len(between) > 2 or between in _TOGETHER:
        return len(between) <= 2
    if between == "、" and one in PERSONS:
        return (other or "").endswith("元")
    return between.strip() in ("、", "，") and one in _HOLDING and other in PERSONS


_EACH_FEE = regex(r"(?<=[^，。；、])每[^每，。；、\d]{1,4}?(?=收[费取])")
"""课后服务|每课时|收费3元，每期240元: for each of what the fee was that was told before."""


def _filled(context: Context, gap: Gap, row: Row, frame: Frame) -> Phrase | None:
    """The subject that a frame gives, or None where it has not what is missing."""
    w, text = context.words, context.text
    match row.takes:
        case "all":
            own = words_of(text, gap.own)
            whole = words_of(text, frame.phrase)
            if len(own) > 2 and own in whole:
                return None if frame.per else frame.phrase
            if gap.name == "per_unit" and own.endswith(whole):
                return gap.own  # 设60个|班，每班|50人
            taken = frame.phrase
            if gap.name == "per_unit" and len(frame.phrase) > 1:
                taken = tuple(span for span in taken if not PER.fullmatch(text[slice(*span)]))
            if gap.name == "per_unit" and "每" in whole:
                taken = tuple(chain.from_iterable(without(text, *s, _EACH_FEE) for s in taken))
        case "noun":
            if gap.name == "of_whole" and not frame.counts:
                return None
            if gap.name == "rate_of" and frame.of_money and _WORKS.match(words_of(text, gap.own)):
                return None  # 完成投资的36%，|开工率: of what is built, and not of the money
            if gap.name == "measure_of" and has_no_area(text, gap.own, frame):
                return None
            if gap.name == "rate_of" and (done := done_by(text, gap.own, frame)):
                return joined(text, done, gap.own)
            rest = gap.name == "rate_of" and is_one_of_parts(context, frame)
            # A rate behind the last of the parts is the whole's: 其余43所转型，压减率100%.
            rest = rest or gap.name == "verb" or words_of(text, gap.own).startswith("平均")
            phrase = frame.base if rest and frame.base else frame.phrase
            whole = words_of(text, phrase)
            bare = () if w.only_verbs(whole, 0, len(whole)) else without_verb(w, text, phrase)
            if bare and words_of(text, gap.own) in _RATIOS:
                bare = phrase  # 参加培训教师900人，|比例
            taken = without_measure(w, text, bare)
            if "率、" in whole:  # 小学入学率、巩固率均为99%，|辍学率
                taken = part(phrase, 0, w.stage_end(whole, 0, len(whole)) or 0)
            taken = () if words_of(text, taken) in w.measures else taken
            said = words_of(text, taken).find(words_of(text, gap.own)[:2], 2)
            if said > 0 and gap.name == "measure_of":
                taken = part(taken, 0, said)  # 助学金项目|资助学生, 资助金额
        case "planned":
            planned = PLANNED.search(words_of(text, frame.phrase))
            taken = part(frame.phrase, 0, planned.start()) if planned else frame.phrase
        case "object":
            taken = without_each(text, without_verb(w, text, frame.phrase))
        case "ratio":
            if not holds_body(w, words_of(text, gap.own)):
                return None  # 城区|小学生师比
            ratio = _RATIO.search(words_of(text, frame.phrase))
            taken = part(frame.phrase, *ratio.span()) if ratio and frame.unit in RATIOS else ()
        case "base":
            taken = frame.base if frame.source == "figure" else frame.phrase
        case "carrier":
            if frame.sentence != context.start and words_of(text, gap.own).endswith("资金"):
                return None
            taken = carrier_of(w, text, frame)
            shared = frame.unit == "%" or (gap.name == "item" and gap.own)
            kind = _KIND.match(words_of(text, taken)) if shared else None
            if kind:  # 普惠性|幼儿园覆盖率90%。|专任教师
                taken = part(taken, kind.end(), len(words_of(text, taken)))
            if not is_of(words_of(text, taken), words_of(text, gap.own)):
                return None  # 小学毕业生900人。|在园幼儿
        case "amount":
            taken = frame.base if frame.source == "figure" else frame.phrase
            taken = amount_of(text, taken)
        case "owner":
            whole = words_of(text, frame.phrase)
            size = 0 if frame.part else owner_size(whole, words_of(text, gap.own))
            taken = part(frame.phrase, 0, size)
        case "type":  # not where the part is of the bodies themselves: 招收研究生, 其中博士生
            noun = without_verb(w, text, frame.phrase)
            carrier = carrier_of(w, text, frame)
            taken = carrier if carrier not in (noun, frame.phrase) else ()
        case "whose":
            at = words_of(text, frame.phrase).find(words_of(text, gap.own)[:2])
            taken = part(frame.phrase, 0, max(at, 0))
        case "whole":
            beside = frame.part and not frame.base and is_degree(words_of(text, gap.own))
            taken = () if beside else whole_of(w, text, frame)
        case "alike":
            return alike(w, text, gap.own, frame)
        case part_or_swap:
            sibling = distinguished(w, text, gap.own, frame)
            if sibling is not None:
                return sibling
            if part_or_swap == "part":
                named, whole = words_of(text, gap.own), words_of(text, frame.phrase)
                if whole.endswith(named) and w.only_verbs(named, 0, len(named)):
                    return frame.phrase  # 国家助学金资助900人次，其中春季学期|资助
                among = _OF_ALL.match(whole)
                if among and whole.endswith(named[-2:]):
                    return (*part(frame.phrase, 0, among.end()), *gap.own)
                if whole.endswith(named[-2:]) or are_siblings(w, named, whole):
                    return None
            elif frame.source == "figure" and not gap.order and not rates(w, text, gap.own, frame):
                return None
            of = frame.phrase
            rest = bool(gap.own) and text.find("其余", frame.after, gap.own[0][0]) >= 0
            if rest and frame.rule == "subject.predicate":
                of = of[-1:]  # 5所|学校|未开展托管，其余20所均已开展
            elif gap.name == "among" and gap.own and is_done(w, text, gap.own[0][0]):
                of = without_verb(w, text, of)  # 新建学校中，投入使用|8所
            elif gap.name == "among" and not w.newly.match(words_of(text, of)):
                whole = words_of(text, of)
                long = len(whole) + len(words_of(text, gap.own)) > _PART_MOST
                of = without_verb(w, text, of) if long else of  # 审核登记|培训机构
            whole = words_of(text, of)
            total = w.totals.match(whole)
            taken = part(of, total.end() if total else 0, len(whole))  # 县立|小学
            taken = without_stage_of(w, words_of(text, gap.own), taken, words_of(text, taken))
    if row.takes in ("noun", "whose") and len(taken) > 1:
        # 每生助学金标准|, 平均资助面: each of whom is told of the standard only.
        taken = tuple(span for span in taken if not PER.fullmatch(text[slice(*span)]))
    if not taken:
        return None
    if (gap.order or row.order) == "before":
        return joined(text, gap.own, taken)
    return joined(text, taken, gap.own)


_PART_MOST = 16
"""With more characters a part is told without what was done to the whole."""
_OF_ALL = worded(".{0,12}(?:{resolver.of_all})中", __file__)
"""全校教师中|本科毕业9人，大专毕业|3人: of all of whom parts are told."""
_RATIOS = entries(__file__, "resolver", "rates")
_RATIO = worded("(?:{resolver.ratios})比$", __file__)
_KIND = worded("{resolver.kinds}", __file__)
_WORKS = worded("{common.works_done}", __file__)


_APART = frozenset(("subject.among", "subject.verb"))
"""Rules by which parts of a whole are told apart: 已立项|25个, 在建|21个."""


def _reading(context: Context, gap: Gap, row: Row, frame: Frame, phrase: Phrase) -> Reading:
    """The reading that a frame gives."""
    rule = row.rule
    if not gap.own and frame.source != "figure":
        rule = "subject.before" if frame.source == "bracket" else "subject.earlier_clause"
    made = Reading.of(phrase, rule)
    if row.takes != "owner":
        made.carrier = carrier_of(context.words, context.text, frame)
    if not gap.own:
        made.base = frame.base
        if frame.source == "clause":
            made.doubts.append("the subject stands in an earlier clause")
        elif frame.sentence != context.start:
            made.doubts.append(EARLIER_SENTENCE)
    elif row.takes == "base":
        made.base = frame.base if frame.source == "figure" else frame.phrase
    elif (row.takes in ("part", "swap", "amount") or row.rule in _APART) and phrase[
        : len(gap.own)
    ] == gap.own:
        made.base = phrase[len(gap.own) :]
    elif row.rule in _APART and phrase[-len(gap.own) :] == gap.own:
        made.base = phrase[: -len(gap.own)]
    return made


def _add_carrier(context: Context, slot: Slot, reading: Reading) -> None:
    """Say whose the subject is, where a school type opened the item or the clause."""
    if holds_body(context.words, words_of(context.text, reading.phrase)):
        return
    carried = resolve(context, slot, Gap("item"), counts=True)
    if carried is not None:
        reading.carrier = carried.carrier
        reading.phrase = (*carried.carrier, *reading.phrase)


class Contest:
    """The frames that lost against the one chosen; asked only for an explanation."""

    __slots__ = ("chosen", "context", "gap", "others", "row", "score")

    def __init__(
        self,
        context: Context,
        gap: Gap,
        row: Row,
        chosen: Phrase,
        score: int,
        others: list[tuple[int, Frame]],
    ) -> None:
        self.context = context
        self.gap = gap
        self.row = row
        self.chosen = chosen
        self.score = score
        self.others = others

    def lost(self) -> list[Rejected]:
        """The subjects that the others would have given, the best first."""
        text = self.context.text
        words = {words_of(text, self.chosen)}
        out = []
        for score, frame in self.others:
            phrase = _filled(self.context, self.gap, self.row, frame)
            content = words_of(text, phrase) if phrase else ""
            if content and content not in words:
                words.add(content)
                out.append(Rejected(content, f"scores {score}, the subject taken {self.score}"))
        return out

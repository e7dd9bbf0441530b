"""What is said of the noun behind a figure: where it begins, and whether it belongs to the subject."""

from __future__ import annotations

from shuangjian_cli.data import entries
from shuangjian_cli.patterns import CHINESE, Endings, regex, worded
from shuangjian_cli.tag.subject.phrase import (
    SHORT,
    Phrase,
    Span,
    enclosed,
    within,
    without,
    words_of,
)
from shuangjian_cli.tag.subject.reading import Context, Reading, Slot
from shuangjian_cli.tag.subject.words import Words

_ADVERBS = (
    "便(?=已|可|能|于|将)|{predicates.adverbs}|[今昨明][日天]|均(?<![人平生年日户]均)(?<!(?<!学)校均)(?![衡等价线])|都"
    "(?<![首成古故]都)(?![市匀江])|自愿(?!者)|正式(?![教员工])|年内(?=[竣开完投建])|共同(?!体)|自行(?!车)|[去今上]年|于[去今上]年|共"
    "(?<!公共)(?![同青享建和产振])|正在?(?![式常规确当好])|基本(?=[都已上完实]|均(?!衡))|实现(?={predicates.raised})|"
    r"(?=[计预拟已于在\d今明当年春秋开暑寒])(?:{predicates.planned})?[于在]?(?:\d{4}年|[今明当]年)?(?:年[底末]|\d{1,2}月底?|[春秋]季"
    "(?:学期)?开学|开学|[暑寒]假)之?前|(?=[将为因由从直而受])将?(?:{predicates.therefore})?而?(?={predicates.gains})|将(?=享受)"
)
SAYS = f"{_ADVERBS}|表示"
"""What begins to say something of a noun, as a part of patterns."""

MADE = regex(
    rf"(?:{CHINESE}(?![转改升变列]为)[^成作认将因行，。；、\d]|[转改升变列])为(?=“?{CHINESE}{{2}})|以[^，。；、\d]{{1,8}}为主"
)
"""登记|为非营利性机构: says what the noun became."""
DONE_TO = worded(
    r"(?:{predicates.does})了?(?:[^，。；、\d]*[的地”])?([^，。；、\d的“”]{2,6})", __file__
)
"""对12所|学校|进行改造: what is done to the noun."""
BRIEF_NOUNS = frozenset("省市县区州乡镇村校园人户")
"""The nouns of one character that are counted."""
_TOWARD = regex("[到赴在向被将于为]")
_SAYS = (
    ("为", MADE),
    (
        "了",
        regex(
            rf"(?:(?<![通超经越])过|(?<![检抽排核督普侦])查|[走跑看听搬换])了(?={CHINESE}{{2}})"
            rf"|(?!{CHINESE}[过查走跑看听搬换]了(?<![通超经越]过了)(?<![检抽排核督普侦]查了)){CHINESE}{{2}}了(?={CHINESE}{{2}})"
        ),
    ),
    ("为", worded("为(?:{predicates.made})", __file__)),
    ("年", regex(r"近?[一二三四五六七八九十\d]{1,2}年(?:来|间)?(?:累计|共)")),
)
"""What begins to say something, whatever the verb, each with a character that it holds: 登记|为…,
办理|了…, 贫困县|4年累计…."""
_HAS = regex(
    r"(?:(?:共|现|计)?有|获(?!得|奖|评|批|益))(?=[\u4e00-\u9fff]{2,6}$)(?![效关机限线色轨声需意])"
)
"""6所|初小有|学生80余人: what the next figure counts there."""
ADVERB_RUN = worded(f"(?:{_ADVERBS})+", __file__)


def predicate(context: Context, unit: str | None, at: int, stop: int) -> int | None:
    """Where the words begin that say something of the noun behind a figure; None where none do."""
    w, text = context.words, context.text
    if at >= stop:
        return None
    if text[stop : stop + 1].isdigit() and (has := _HAS.search(text, at + 2, stop)):
        return has.start()
    if funds := _FUNDS.match(text, at, stop):
        return funds.end()
    least = at + 1 if text[at] in BRIEF_NOUNS else at + 2
    begins = [
        found.start()
        for found in w.cut.finditer(text, least, stop)
        if not w.no_cut.match(text, found.end()) and not text.startswith("平均", found.start() - 1)
    ]
    words = text[at:stop]
    begins += [p.start() for p in _ADVERB.finditer(text, least, stop)]
    if words.endswith(_STATES) and (state := _STATE.search(text, least, stop)):
        named = w.counted.get(unit or "")
        begins += [state.start()] if named and named.search(text, at, state.start()) else []
    if "未" in words or "没" in words:
        begins += [p.start() for p in NOT_DONE.finditer(text, least, stop)]
    if "被" in words:
        begins += [p.start() for p in _NAMED_AS.finditer(text, least, stop)]
    for mark, pattern in _SAYS:
        if mark in words:
            begins += [
                p.start() + text.startswith("圆了", p.start() + 1)  # 寒门学子|圆了大学梦
                for p in pattern.finditer(text, at + 2, stop)
            ]
    if not w.no_cut.fullmatch(text, stop - 2, stop):  # 幼儿园|新建项目
        begins += [s.start() for s in w.dropped.finditer(text, at + 2, stop) if s.end() < stop]
        if (heads := w.counted.get(unit or "")) is not None:
            spans = [verb.span() for verb in w.verb.finditer(text, at + 2, stop)]
            spans += [toward.span() for toward in _TOWARD.finditer(text, at + 2, stop)]
            begins += [s for s, e in spans if e < stop and heads.search(text, at, s)]
    hidden = enclosed(text, at, stop) if begins else []
    cut = min((begin for begin in begins if not within(hidden, begin)), default=None)
    if cut is None:
        return None
    negation = _NEGATION.search(text, least, cut)
    return negation.start() if negation else cut


_STATE = worded("(?:{predicates.owned})(?:{predicates.states})$", __file__)
"""17家机构|证照齐全: how the counted stand, by something that is theirs."""
_STATES = entries(__file__, "predicates", "states")
_FUNDS = worded("(?:专项)?(?:{predicates.funds})(?={predicates.support})", __file__)
"""30万元|资金|支持图书馆建设."""
_ADVERB = worded(_ADVERBS, __file__)
_NOT = r"(?:[尚还仍从]|至今)?(?:未(?![来成婚央名定])能?|没有?能?(?![收落]))"
NOT_DONE = regex(_NOT)
_NEGATION = worded(f"(?:{_NOT}|不[愿能再得可]?|{{predicates.negations}})$", __file__)
"""县|未|通过认定: what turns a predicate into its opposite, and stays with it."""


def is_undone(w: Words, text: str, at: int, stop: int) -> bool:
    """Whether words say what was not done, and name nothing: 其余12所|尚未开展."""
    negation = NOT_DONE.match(text, at, stop)
    return negation is not None and w.cut.match(text, negation.end(), stop) is not None


_NAMED_AS = worded(r"被[^，。；、]{0,10}?(?:{predicates.named_as})为(?:\d{4}年)?", __file__)
"""6个区|被教育部认定为|优质均衡发展区."""
BRIEF = 12
"""How long a noun with any predicate may be; longer ones take only what tells them apart."""


_KINDS = regex("（[市县区旗州、]+）")
"""What stands in brackets behind 县 and belongs to it: 县（市、区）."""


def with_predicate(text: str, noun: Span, begin: int, finish: int, tells_apart: bool) -> Reading:
    """45个科技场馆|成为实践基地: a short noun takes what is said of it into its subject."""
    listed = text.find("、", begin, finish)
    if listed > 0 and any(c.isdigit() for c in text[listed:finish]):
        finish = listed
    said = without(text, begin, finish, _ADVERB)
    named = _NAMED_AS.match(text, begin, finish)
    if named and text.endswith(text[noun[0] : noun[1]], named.end(), finish):
        return Reading.of(((named.end(), finish),), "subject.predicate")
    aside = text.find("（", *noun)
    short = noun[1] - noun[0]
    if aside > noun[0] and text[noun[1] - 1] == "）":
        short = aside - noun[0]
        if not _KINDS.match(text, aside):
            noun = noun[0], aside
    if text.endswith(text[slice(*noun)], begin, finish) and MADE.search(text, begin, finish):
        return Reading.of(said, "subject.predicate")  # 转型为素质类|机构
    if _ON_A_LIST.match(text, begin, finish):
        noun = text.rfind("的", *noun) + 1 or noun[0], noun[1]
        short, tells_apart = noun[1] - noun[0], True
    size = sum(e - s for s, e in said)
    most = BRIEF if not tells_apart else 30 if short <= 7 else 18
    empty = text[begin:finish] == "进行"  # 分三种|方式|进行
    if any(c.isdigit() for c in text[begin:finish]) or not said or size + short > most or empty:
        return Reading.of((noun,), "subject.after")
    return Reading.of((*said, noun), "subject.predicate")


_ON_A_LIST = worded("被?(?:{predicates.listed})[^，。；、]{0,6}名单", __file__)
"""2家|证照齐全、管理规范的机构|列入“白名单”: what tells the counted apart more than their own words."""


_SHARED = worded(r"(?:{predicates.shared})[^，；。、]{2,24}$", __file__)


def shared_predicate(context: Context, stop: int) -> Span | None:
    """16所高校、48个学科入选…: the predicate at the list's end serves its first nouns too."""
    text = context.text
    if text[stop : stop + 1] != "、":
        return None
    clause = context.clauses.end(stop, context.end, ignore="、")
    match = _SHARED.search(text, stop, clause)
    return (match.start(), clause) if match else None


_ROW = regex(
    r"[和及与]?(?:\d{1,6}[余多]?[个所家名][^，。；、\d]{1,6}(?=\d))*\d{1,6}[余多]?(?P<unit>[个所家名])"
)
"""12个乡镇|80个村500所|学校开展了…: counts in a row."""


_HELPED = worded("(?:{predicates.helps})$", __file__)
"""支持|12所|小学和8所初中修缮校舍: before those for whom something is done."""


def row_predicate(context: Context, slot: Slot, stop: int) -> Span | None:
    """What is said of all that are counted in a row: 12个|乡镇|80个村500所学校|开展了试点."""
    text, figure = context.text, slot.figure
    row = _ROW.match(text, stop, context.end) if figure.unit in ("个", "所", "家") else None
    if row is None or _HELPED.search(text, slot.left, figure.outer_start):
        return None
    clause = context.clauses.end(row.end(), context.end)
    cut = predicate(context, row["unit"], row.end(), clause) if row.end() < clause else None
    if cut is None or clause - cut > BRIEF or any(c.isdigit() for c in text[cut:clause]):
        return None
    return cut, clause


_TAKES_OBJECT = worded("{predicates.takes_object}", __file__)


def relative(context: Context, slot: Slot, at: int, stop: int) -> Reading | None:
    """4名|被甲校、乙校录取的|新生: the noun behind a clause that lists what it says, and the
    clause where it is short."""
    w, text = context.words, context.text
    heads = w.counted.get(slot.figure.unit or "")
    clause = context.clauses.end(at, context.end, ignore="、")
    head = text.rfind("的", stop, clause) + 1
    if heads is None or not head or any(c.isdigit() for c in text[stop:head]):
        return None
    if not any(p.search(text, at, stop) for p in (w.verb, w.cut, _TAKES_OBJECT)):
        return None
    cut = predicate(context, slot.figure.unit, head, clause)
    finish = clause if cut is None else cut
    while finish > head and not heads.search(text, head, finish):
        finish -= 1
    if finish - head < 2:
        return None
    if cut is not None and _ON_A_LIST.match(text, cut, clause):
        return with_predicate(text, (head, finish), cut, clause, tells_apart=True)
    return Reading.of(((at if finish - at <= SHORT + 4 else head, finish),), "subject.after")


_HAN_COUNT = regex(r"[一两二三四五六七八九十百千]+[个所项家名条门场次份]")


def whole_list(context: Context, unit: str | None, at: int, stop: int) -> int:
    """100座城东、城西研学驿站: a 、 with no figure behind it does not end the noun."""
    w, text = context.words, context.text
    if text[stop : stop + 1] != "、":
        return stop
    clause = context.clauses.end(stop, context.end, ignore="、")
    heads = w.counted.get(unit or "")
    if heads is not None and not any(
        heads.search(text, at, end) for end in range(at + 2, stop + 1)
    ):  # 28所|集体、企业、事业单位幼儿园
        reach = next((i for i in range(stop, clause) if text[i].isdigit()), clause)
        for end in range(stop + 2, reach + 1):
            ends = end == reach or text[end] in "和与及" or w.cut.match(text, end)
            ends = ends or w.verb.match(text, end)
            if ends and heads.search(text, stop, end):
                return end
    rest = text[stop + 1 : clause]
    told = _HAN_COUNT.search(rest) or w.verb.match(rest) or w.cut.match(text, at, stop)
    if told or "、" in rest or any(c.isdigit() for c in rest):
        return stop
    cut = w.cut.search(text, stop, clause)
    finish = cut.start() if cut else clause
    return clause if finish - at <= 18 else stop


_RATE = worded(
    r"(?:平均[^，。；、\d]{2,6}|[^，。；、]{2,8}率|(?:{predicates.rates}|总?(?:{predicates.totals})))"
    "(?:占[^，。；、]{2,14}|(?:均?已?[达为增超至])?[^，。；、]{0,4})?$",
    __file__,
)


def rated_noun(heads: Endings | None, text: str, at: int, stop: int) -> Span | None:
    """134所|义务教育学校|课后服务开展率达: the noun, before what the next figure measures."""
    for cut in range(at + 2, stop - 1):
        if heads is not None and (
            not heads.search(text, at, cut) or heads.search(text, at, cut + 1)
        ):
            continue
        if _RATE.fullmatch(text, cut, stop):
            return (at, cut)
    return None


def of_told(context: Context, slot: Slot, noun: Span, own: Phrase) -> Phrase:
    """24个县未通过认定，其中中部8个|县: the noun with what was said of all that it is a part of."""
    text, last = context.text, context.last()
    if not (slot.part or (last is not None and last.part and last.unit == slot.figure.unit)):
        return ()
    named = text[slice(*noun)]
    for frame in reversed(context.said()):
        if frame.rule == "subject.predicate" and words_of(text, frame.phrase[-1:]) == named:
            return (
                (*own, *frame.phrase)
                if words_of(text, own) in context.words.kinds
                else frame.phrase
            )
    return ()

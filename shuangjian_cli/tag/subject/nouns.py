"""Nouns: what of the words before a figure names something."""

from __future__ import annotations

from shuangjian_cli.data import entries
from shuangjian_cli.patterns import CHINESE, Endings, Found, last, regex, worded
from shuangjian_cli.tag.subject.actors import behind_actor
from shuangjian_cli.tag.subject.phrase import (
    Phrase,
    Span,
    enclosed,
    within,
    without,
)
from shuangjian_cli.tag.subject.places import NAMED, place_end
from shuangjian_cli.tag.subject.words import MOVED_ENDS, Words, words

_FOUNDS = regex("办(?![学事公理法案结园])|设(?![计立备施置点定想])|立(?![德项法体即足志案])")
"""办|短期小学: a school that was founded."""


def trim(w: Words, text: str, begin: int, finish: int) -> Span:
    """Strip time, place, adverbs and light verbs before, connecting words after.

    2022年，全市投入|课后服务经费|达到. A time stays that tells a part apart: 一年以内的|占.
    """
    start = begin
    if text.find("以来", begin, finish) > 0 and (since := _SINCE.match(text, begin, finish)):
        begin = since.end()
    finish = strip_tail(w, text, begin, finish)
    while begin < finish:
        head = text[begin]
        leads = head in w.lead_heads or not head.isalpha()
        if leads and head in _PLACE_HEADS and (after := place_end(text, begin, finish)) > begin:
            begin = after  # 于都县|培养教师
            continue
        stop = w.lead(text, begin, finish) if leads else None
        if stop is None and head in w.light.heads:
            match = w.light.match(text, begin, finish)
            if match is not None:
                stop = match.end()
            elif w.light_all.fullmatch(text, begin, finish):
                stop = finish
        if stop is None and head in "办设立" and (founds := _FOUNDS.match(text, begin, finish)):
            stop = founds.end() if w.body_end.search(text, founds.end(), finish) else None
        if stop is None:
            stop = place_end(text, begin, finish)
            if stop == begin:
                break
        begin = stop
    if text.startswith("的", begin) and begin < finish:
        return (begin + 1 if finish - begin > 3 else start), finish
    return begin, finish


_SINCE = regex("[^，。；、\\d]{1,10}以来(?!的)")
"""建县以来|培养毕业生: from when on, whatever it is."""
_PLACE_HEADS = frozenset("于和从由共现有全可在及与将大中同本高会应双成集重广精确平扎均都正分")
"""What begins a place's name and a word before a subject."""


def without_place(text: str, phrase: Phrase, short: str) -> Phrase:
    """A subject without the short name of its place: 蔡甸|将新建中小学 → 新建中小学. Names stay:
    蔡甸一中."""
    if not phrase or not short or not text.startswith(short, *phrase[0]):
        return phrase
    begin, finish = phrase[0]
    begin += len(short)
    if finish - begin < 2 or text[begin] in "省市县区州盟旗" or NAMED.match(text, begin, finish):
        return phrase
    own = trim(words(), text, begin, finish)
    return (own if own[1] - own[0] >= 2 else (begin, finish), *phrase[1:])


def after_lead(w: Words, text: str, begin: int, finish: int) -> int:
    """Where the words begin after time, place and adverbs: 目前全县累计|投入经费."""
    while begin < finish:
        stop = w.lead(text, begin, finish)
        if stop is None:
            break
        begin = stop
    return begin


_COMPARES = regex("[比较与由性幅径价扣在]")
"""One of these stands in every comparison and every basis."""
_LASTING = worded(
    rf"(?<={CHINESE}{{2}})近?(?:半年|[一二两三四五六七八九十\d]+(?:多|余)?(?:{{nouns.lasting}}))(?:来|间|内|里)$"
    rf"|(?<={CHINESE}{{4}})近?(?:半年|[一二两三四五六七八九十]年|[一二两三四五六七八九十\d]+个月)$",
    __file__,
)
"""How long something took that moved: 辍学学生|半年|减少."""
_BASIS = worded(
    r"(?:[历创](?:史|造)性地|(?:大|小)幅度地|按?(?:{nouns.prices})(?:计算)?|扣除[^，。；、]{2,10}因素|在全[国省市县区](?:率先)?|(?:{nouns.allowed})?在[^，。；、]{2,14}基础上)[^，。；、]{0,4}$",
    __file__,
)
"""On what basis something moved, behind what did: 市级资金|扣除一次性因素."""


_SCHOOL_HAS = regex("[初高]中有|[人生校班户师车园]均(?:高?达到?|约?为|有|仅|超过?)")


def strip_tail(w: Words, text: str, begin: int, finish: int) -> int:
    """Where the words end without what joins them to the figure: 巩固率|已达到, 学位|比去年."""
    compares = _COMPARES.search(text, begin, finish)
    if compares and (basis := _BASIS.search(text, begin + 2, finish)):
        finish = basis.start()
    while begin < finish:
        end = text[finish - 1]
        if compares is None and end.isalpha() and end not in w.tail_ends:
            break  # as most words end
        if end in " 、（“—：→" or "①" <= end <= "⑳":
            finish -= 1
            continue
        compared = w.compare.search(text, begin, finish) if compares else None
        if compared:
            finish = compared.start()
            continue
        if end not in w.tail_ends and not end.isspace():
            break
        near = max(begin, finish - 12)
        moved = w.moved_end.search(text, near, finish) if end in MOVED_ENDS else None
        if moved:
            finish = moved.start()
            continue
        match = w.tail.search(text, near, finish)
        if match and not w.tail_protected.search(text, near, finish):
            split = _SCHOOL_HAS.fullmatch(text, match.start() - 1, finish)
            finish = match.start() + (split is not None)  # 初中|有, and not 初|中有
            continue
        lasting = _LASTING.search(text, near, finish) if end in "年月期来间内里" else None
        if lasting:
            finish = lasting.start()
            continue
        dated = w.time_end(text, near, finish)
        if dated is not None:
            finish = dated
            continue
        break
    return finish


def strip_end(text: str, begin: int, finish: int, pattern: Endings) -> int:
    """Where the words end without any of the endings: 优良率|位居全省."""
    while begin < finish:
        match = pattern.search(text[begin:finish])
        if match is None:
            break
        finish = begin + match.start()
        while finish > begin and text[finish - 1] in " 、":
            finish -= 1
    return finish


_ETC = worded(
    rf"等(?<![高中初平同相对上均特优劣差分]等)(?:{{nouns.etc}}|[县乡镇村](?={CHINESE}{{2}}))?(?![级次候待于同效额离距号奖])",
    __file__,
)
_ASIDE = regex(
    r"（(?:不?含|包[含括])[^（）]*）|（[^（）]*\d[^（）]*）|（[^（）]{5,}）|（简称[^（）]*）|\[\d{1,2}\]"
)
_PREDICATED = worded(r"(?:{nouns.predicated})$", __file__)


_NOT = entries(__file__, "nouns", "nots")
_PER_HAVING = regex(r"(?:每|平均|均|[百千万]名)[^，。；]{0,5}拥?有$")
"""平均每万人|拥有|高中学生数: no verb of the figure's own."""
_BARE_RATE = regex("[到完落兑达办使签][位成实现标结用约]率")
"""公用经费拨付|到位率: a rate of what the verb was done to."""
_STANDARD_FOR = worded(
    r"([^，。；、]{2,14}(?:{nouns.standards}))(?:分别)?[为是]([^，。；、]{2,10}$)", __file__
)
"""公用经费标准为|小学生均: of whom."""


_OWNS = worded(
    r"(?:{nouns.owns}|共(?![同青享建和产])|有(?![效关机限线色轨声需意])|现(?![代场金])|(?:{nouns.planned})(?={nouns.gains}))+",
    __file__,
)
"""幼儿园|有|教职工: what joins bodies to what they have."""
_SCHOOL_OWNS = worded(
    r"(?:[^，。；、]{2,30}位于[^，。；、]{2,20}[村镇乡县区市道路])?([^，。；、]{0,8}(?:{nouns.owners}))(?:{nouns.owns_all}|有(?![效关机限线色轨声需意]))",
    __file__,
)
_DONE = regex(rf"{CHINESE}[^为除的，。；、]了(?![解望断结却不的])")
"""办理了|助学贷款: the end of what was done."""
_WITH_SCORE = worded("(?<=.)以((?:{nouns.best})?(?:{nouns.scores}))$", __file__)
"""某同学|以总分|688分."""
_ALREADY = worded(rf"(?<={CHINESE}{{2}})已(?:{{nouns.already}})?", __file__)
_HIRES = worded(
    rf"(?:{{nouns.ways}})(?:(?=[^，。；、\d（]{{2,16}}招[聘录考](?:$|（))|[^，。；、\d]{{2,20}}?(?=(?:公开)?(?:{{nouns.hires}}){CHINESE}{{2}}))",
    __file__,
)
"""By which way or office people are taken on: 通过县人社局|招聘教师."""
_JUDGED = worded(
    "[经由][^，。；、]{2,20}(?:{nouns.judged})的|[^，。；、]{1,8}(?:[局厅委办校园]|{nouns.judges})(?:{nouns.received})的",
    __file__,
)
"""By whom things were found to be what they are, or got: 经教育厅认定的|幼儿园, 教育局收到的|感谢信."""
_FOR_EACH = worded(
    r"([^，。；、]{2,24}?)(?:(?:{nouns.in_turn})*(?:(?:{nouns.moved})[到至为]|{nouns.each_is})|(?:最[低高]|{nouns.basis})*不[得应能可]?(?:{nouns.limits}))"
    r"((?:每(?:人|名|生)(?:每?(?:{after.each_time}))?|年?[生人]均))$"
    r"|([^，。；、由从按]{2,20})(?:[由从]|(?<=[生童员费价准收助资])按照?)((?:每(?:{nouns.each}))+)$",
    __file__,
)
_IN_A_MANNER = worded("(?:{nouns.found})*(?:{nouns.manners})[^，。；]+的(?=.{2})", __file__)
"""查处|无证违规开展培训的|机构: what they do, and how, sets those apart that are counted."""
_WHOLE_OPENS = ("全", "我", "本")
"""What begins the place that has something: 义务教育阶段|全县|有小学."""
_PHASE = regex("处于([^，。；、]{2,8}阶段)(?:的)?$")
_AREA_HAS = worded("[^，。；、]{0,8}(?:{nouns.areas})区内?(?:现|共)?有(?=.{2})", __file__)
_RAISED = worded(
    "[^，。；、]{2,16}?(?:{nouns.raised})(?=(?:{nouns.built})[^设成立资，。；、]{2})"
    "|[^，。；、]{0,16}通过[^，。；、]{2,12}?(?:{nouns.so_far})+(?=.{2})",
    __file__,
)
"""乡政府筹集资金|建围墙, 团组织通过该活动累计|筹款: who paid for what was built, or by what."""
_DATED = worded(
    r"(?:[去今前上]年|(?:1[89]|20)\d\d年|目前|近[两三五]年)(?:{nouns.since})*(?![^，。；]{0,2}的)",
    __file__,
)
"""A time between what a clause speaks of and what it counts: 场馆|去年|接待学生."""


_MEMBERS = worded(
    r"(?P<all>[^，。；、]{0,8}(?:{nouns.members}))(?P<among>中)?"
    r"(?P<what>(?:{nouns.attained})[^，。；、]{2,16}?)的?",
    __file__,
)
"""中学教师中|取得本科学历的|834人, 毕业生|取得证书|的占八成: which of all."""
_SOME = worded(
    r"(?P<all>[^，。；、]{0,8}(?:{nouns.some}))中有(?P<what>[^，。；、的]{2,6})", __file__
)
"""在校学生中有|回族|3200人: some of all."""
_IN_TURN = worded("[^，。；、]{0,10}?(?:{common.in_turn})[为是](?=[^，。；、]{2})", __file__)
"""各高中|依次为|一高: before the first of several."""
_ASIDE_FIRST = worded("（(?:不?含|{nouns.aside})[^（）]*）", __file__)  # 全县|（含县直）学校


def body_start(w: Words, text: str, begin: int, finish: int) -> int:
    """Where the school type ends that words begin with (各级各类学校|专任教师); 0 where they begin
    with none."""
    if text[begin : begin + 1] not in w.body_heads:
        return 0
    total = w.totals.match(text, begin, finish)
    at = total.end() if total else begin
    stop = w.stage_end(text, at, finish)
    if stop is None and total and text.startswith("学校", at):
        stop = at + 2
    return stop or 0


def noun_phrase(w: Words, text: str, begin: int, finish: int) -> Phrase:
    """The noun phrase of the words before a figure, trimmed: after the last verb, without asides.

    A verb before 等 stays with it: 新增科技馆、博物馆等|研学基地 gives 新增研学基地.
    """
    if begin >= finish:
        return ()
    if text[begin] == "（" and (with_rest := _ASIDE_FIRST.match(text, begin, finish)):
        begin = with_rest.end()
    content = text[begin:finish]
    if ("分别" in content or "依次" in content) and (
        in_turn := _IN_TURN.match(text, begin, finish)
    ):
        begin = in_turn.end()
    if "阶段" in content and (phase := _PHASE.search(text, begin, finish)):
        return (phase.span(1),)  # 处于|谋划阶段|的有
    within_area = _AREA_HAS.match(text, begin, finish) if "区" in content else None
    if within_area:
        begin = within_area.end()  # 示范区有|高职院校
    if hires := _HIRES.match(text, begin, finish) if "招" in content else None:
        begin, finish = trim(w, text, hires.end(), finish)
    by = text[begin] in "经由" or "到的" in content
    judged = _JUDGED.match(text, begin, finish) if by else None
    if judged and finish - judged.end() >= 2:
        begin = judged.end()
    paid = "资" in text[begin:finish] or "通过" in text[begin:finish]
    if raised := _RAISED.match(text, begin, finish) if paid else None:
        begin = raised.end()
    outer = begin, finish
    content = text[begin:finish]
    of = text.startswith("的", finish)
    members = (of or "中" in content) and _MEMBERS.fullmatch(text, begin, finish)
    if members and (of or members["among"]):
        return (members.span("what"), members.span("all"))
    if "中有" in content and (some := _SOME.fullmatch(text, begin, finish)):
        return (some.span("what"), some.span("all"))
    if "以" in content and (with_score := _WITH_SCORE.search(text, begin, finish)):
        return (with_score.span(1),)
    verb: Span | None = None
    etc = None
    if "等" in content:
        asides = enclosed(text, begin, finish)  # 社会投入（企业、个人捐助等）|共
        every = [m for m in _ETC.finditer(text, begin, finish) if not within(asides, m.start())]
        etc = every[-1] if every else None
    if etc is not None and finish - etc.end() >= 2:
        kept = w.kept.match(text, begin, etc.start())
        verb = kept.span() if kept else None
        begin = etc.end()
    if ("每" in content or "均" in content) and (whose := _FOR_EACH.match(text, begin, finish)):
        group = 1 if whose[1] else 3
        return (whose.span(group), whose.span(group + 1))  # 小学|由|每生每年
    dated = None
    if finish - begin > 6 and ("年" in content or "目前" in content):
        dated = last(_DATED.finditer(text, begin + 2, finish))
    if dated and finish - dated.end() >= 3:
        return noun_phrase(w, text, *trim(w, text, dated.end(), finish))
    if dated and dated.end() < finish:
        return ((begin, dated.start()), (dated.end(), finish))  # 计划|2017年|投资
    begin = behind_actor(w, text, begin, finish)
    agent = body_start(w, text, begin, finish)
    owns = _OWNS.match(text, agent, finish) if agent else None
    named = _SCHOOL_OWNS.match(text, begin, finish) if "有" in content and not owns else None
    if named:
        begin, agent, owns = named.start(1), named.end(1), named  # 学院|现有|教职工
    if agent and not owns and text[agent : agent + 1] in _WHOLE_OPENS:
        lead = after_lead(w, text, agent, finish)
        if text[lead - 1] == "有" and w.body_end.search(text, lead, finish):
            return noun_phrase(w, text, lead, finish)  # 义务教育阶段全区有|小学
    if owns and finish - owns.end() >= 2:
        return ((begin, agent), *noun_phrase(w, text, owns.end(), finish))
    verbs: list[Found] = []
    if content[0] != "占" and w.strong.head.search(
        content, 0, len(content) - 3
    ):  # a verb and its object are four characters
        verbs = [*w.strong.finditer(text, begin, finish)]
    if verbs and "的" in content and (set_apart := _IN_A_MANNER.match(text, begin, finish)):
        verbs = [verb for verb in verbs if verb.start() >= set_apart.end()]
    tail = text.rfind("、", begin, finish) if "、" in content else -1
    hidden = enclosed(text, *outer) if verbs or tail >= 0 else []
    acts = False
    for strong in verbs:
        after = strong.end()
        object_kept = (
            text.startswith(("的", "（"), after)
            or text[after:finish] in w.measures
            or _PER_HAVING.search(text, begin, after)
            or w.achieved.match(text, strong.start())
            or (text.endswith(_NOT, 0, strong.start()) and "的" in text[after:finish])
            or (strong.start() > begin and _BARE_RATE.fullmatch(text, after, finish))
        )
        if finish - after >= 2 and not object_kept and not within(hidden, strong.start()):
            acts = acts or agent == strong.start()  # 高中阶段|投入|资金
            begin = after
    done = last(_DONE.finditer(text, begin, finish)) if "了" in content else None
    if done and finish - done.end() >= 2 and not within(hidden, done.start()):
        begin = done.end()
    if tail > begin and not within(hidden, tail) and not text.startswith(("均", "都"), finish):
        rest = tail + 1
        opening = w.verb.match(text, rest, finish)
        first = text[begin:tail]
        clause_before = _PREDICATED.search(first) or any(
            not within(hidden, m.start()) for m in w.predicated.finditer(text, begin, tail)
        )
        acts = acts or (bool(clause_before and agent) and not body_start(w, text, rest, finish))
        if clause_before or (opening and finish - rest > 2 and not w.only_verbs(text, begin, tail)):
            begin = rest
    if begin != outer[0]:
        begin, finish = trim(w, text, begin, finish)
    if not verb and ("为" in content or "是" in content):
        whose = _STANDARD_FOR.match(text, begin, finish)
        if whose:
            return (whose.span(2), whose.span(1))
    if "（" in content or "[" in content:
        noun = without(text, begin, finish, _ASIDE)
    else:
        noun = ((begin, finish),) if begin < finish else ()
    told = _ALREADY.search(text, begin, finish) if len(noun) == 1 and "已" in content else None
    if told and w.kept.fullmatch(text, told.end(), finish):
        return ((begin, told.start()), (told.end(), finish))  # 机构|已|注销
    if told and w.only_verbs(text, told.end(), finish) and not text.endswith("投入", begin, finish):
        noun = ((begin, told.start()),)  # 初中工程|已经批复下达
    if acts and noun:
        return ((outer[0], agent), *noun)
    return (verb, *noun) if verb else noun

"""The stage of education that a subject names.

Words are read from the left, the longest first, so that 初中级 is not read as 初中. Several
stages in one subject are joined as `vocabulary.toml#joined` says; a share is of the stage that
stands before 占.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from shuangjian_cli.data import entries, load
from shuangjian_cli.patterns import CHINESE, Endings, either, last, regex, worded
from shuangjian_cli.tag.attributes.match import Match
from shuangjian_cli.tag.words import Lexicon

_NO_STAGE = ""
_NONE = Match("attributes.no_stage")
_REMEMBERED = 1024


@cache
def _lexicon() -> tuple[Lexicon, dict[str, str]]:
    """The lexicon, and the stage of each of its words; "" for words that name none."""
    table = load(__file__)
    none = table["stage_without"]
    stages = dict.fromkeys((*none["words"].split(), *none["general"].split()), _NO_STAGE)
    for stage, words in table["stage"].items():
        stages.update(dict.fromkeys(words.split(), stage))
    return Lexicon(stages), stages


@cache
def _grades() -> frozenset[str]:
    """Grades that several stages have."""
    return frozenset(load(__file__)["grades"]["words"].split())


def is_vague(words: Iterable[str]) -> bool:
    """Whether a stage is told only by words that may tell another, or none: 一年级, 本科 of staff."""
    return (DEGREES | _grades()).issuperset(words)


def is_grade(words: Iterable[str]) -> bool:
    """Whether words that tell a stage are grades that several stages have."""
    return _grades().issuperset(words)


@cache
def _joined() -> tuple[tuple[str, frozenset[str]], ...]:
    """Stages with the stages that they hold, in order."""
    return tuple((row["stage"], frozenset(row["of"].split())) for row in load(__file__)["joined"])


def stage_words() -> Iterable[str]:
    """The words that stages are told by."""
    return _lexicon()[0]


_STAFF = worded("{stage_read.staff}", __file__)
_SPECIAL = worded(
    "^特殊教育(?!学校|[、和及与])|(?:{stage_read.special_levels})(?:教育)?阶段特殊教育|特殊教育(?:普通)?(?:{stage_read.special_schools})",
    __file__,
)
"""Special education of a stage is special education, as are its schools of a stage."""
DEGREES = frozenset(entries(__file__, "stage_read", "degrees"))
"""Words that name what staff have studied, and no stage: 博士|专任教师."""


@cache
def _among() -> tuple[tuple[str, ...], re.Pattern[str]]:
    """普通中学中|高中在校生, 小学附设|初中班: of these words only those behind name the stage. The words of
    which one stands in all of them, and a pattern up to the last."""
    words = {name: either(listed.split()) for name, listed in load(__file__)["among"].items()}
    return ("中", *load(__file__)["among"]["attached"].split()), regex(
        f"^.*(?:(?:{words['wholes']})中(?:(?={words['before']})|(?!{words['not_before']}))(?=..)"
        f"|(?:{words['attached']})(?={words['stages']}))"
    )


_DOCUMENT = regex("《[^》]*》(?=[^》]{2})")
"""使用|《中小学生培训合同》|的机构: the name of a document, which tells no stage of what it is said of."""


@lru_cache(maxsize=_REMEMBERED)
def stage(subject: str) -> tuple[str | None, Match]:
    """The stage that a folded subject names, None where it names none or no single one."""
    if "《" in subject:
        subject = _DOCUMENT.sub("", subject) or subject
    if not _lexicon()[0].may_speak(subject):
        return None, _NONE  # as most
    share, _, whole = subject.partition("占")
    marks, among = _among()
    behind = among.sub("", share) if any(map(share.__contains__, marks)) else share
    from_stage = share.partition("升入")[0] if "升入" in share else behind
    found: dict[str, str] = {}
    for words in dict.fromkeys((from_stage, behind, share, whole)):
        if found := _named(words, of=subject) if words else {}:
            break
    if len(found) > 1 and not _grades().issuperset(found):
        found = {word: name for word, name in found.items() if word not in _grades()}
    names = set(found.values())
    if not names:
        return None, _NONE
    if len(names) > 1 and (schools := {w: of for w, of in found.items() if w[-2:] != "年级"}):
        found, names = schools, set(schools.values())  # 初中|一年级, 职业学校|二年级
    if "special" in names and _SPECIAL.search(share):
        return "special", Match("attributes.stage", tuple(found))
    if len(names) > 1 and (first := _first(share, found)):
        return found[first], Match("attributes.stage", (first,))
    if len(names) == 1:
        return names.pop(), Match("attributes.stage", tuple(found))
    for together, holds in _joined():
        if names <= holds:
            return together, Match("attributes.stages", tuple(found))
    return None, Match("attributes.no_stage", tuple(found))


_JOINS = ("、", "和", "与", "及")


def _first(subject: str, found: dict[str, str]) -> str | None:
    """The word that tells whose a subject is though wider stages, or the one that pupils go on to,
    are named beside it: 小学|在校中小学生, 初级中学|普通高中升学率, 中小学校|小学阶段收费."""
    word, inner = min(found, key=subject.find), max(found, key=subject.rfind)
    if subject[subject.rfind(inner) - 1] in "校段" and _is_narrow(inner, found):
        return inner
    if subject.startswith(_JOINS, subject.find(word) + len(word)):
        return None
    if any(map(subject.endswith, entries(__file__, "stage_read", "goes_on"))):
        return word
    return word if subject.startswith(word) and _is_narrow(word, found) else None


def _is_narrow(word: str, found: dict[str, str]) -> bool:
    """Whether all other stages that are named hold the stage of a word."""
    others = set(found.values()) - {found[word]}
    holds = {wide: of for wide, of in _joined() if wide in others - {"childcare"}}
    return len(others) == len(holds) and all(found[word] in of for of in holds.values())


def are_apart(one: str, other: str) -> bool:
    """Whether two subjects name stages of which neither holds the other: 小学, 在园幼儿."""
    first, second = stage(one)[0], stage(other)[0]
    if first is None or second is None or first == second:
        return False
    return not any(
        together in (first, second) and {first, second} <= holds | {together}
        for together, holds in _joined()
    )


_SCHOOL = worded(
    rf"{CHINESE}{{2,14}}?(?<![中建办所有的])(?:{{stage_read.schools}})"
    r"(?=[项扩改综新建投占总共设现拥位启将可拟（，]|——|{stage_read.premises})",
    __file__,
)
"""A school's name with which a sentence begins."""
_SCHOOL_END, _SCHOOL_MOST = regex("[学中园校]"), 18
"""The characters that it ends with, and how long it may be."""


def stage_within(
    subject: str, sentence: str, before: str = "", head: str = ""
) -> tuple[str | None, Match]:
    """The stage that a subject names, or else that of the school type with which its item opens
    (`head`), or of the school with whose name its sentence, or what stands behind a ； in it,
    begins: 北海路小学扩建项目…，新增学位|540个. What a share is of does not tell whose it is, where
    its item does: 中职教育：招生|占高中阶段招生的|42%."""
    named, match = stage(subject.partition("占")[0] or subject if head else subject)
    if named is not None or match.words:
        return named, match
    if head and (of_head := stage(head))[0] is not None:
        return of_head[0], of_head[1]._replace(rule="attributes.stage_of_head")
    if (of := _of_opening(before))[0] is not None:
        return of
    if (
        _SCHOOL_END.search(sentence, 0, _SCHOOL_MOST)
        and (school := _SCHOOL.match(sentence))
        and not _ANEW.search(before, school.end() if before.startswith(school.group()) else 0)
    ):
        named, by = stage(school.group())
        return named, by._replace(rule="attributes.stage_of_school") if named else by
    if before:
        of_named = _of_named(subject, sentence, before, match)
        if of_named[1] is not match and not _BODIES.search(subject):
            return of_named
        return _of_item(subject, before, match)
    return named, match


_OPENED = regex(
    r"(?P<body>(?:[^，。；：、等\d]|(?<=[中高初])等){2,20}?)(?:[：，][^，。；：、\d]{0,14})??(?<![与和对向])[\d. 万]+[余多]?[人名所个班处家校园位]"
)
"""技工院校招生|900人: what the first clause of an item counts."""
_ASIDES = regex("（[^）]*）|《[^》]*》|“[^”]*”|【[^】]*】")
_ASIDE_OPENS = "（《“【"
_FRAME = worded(
    "(?:[^，；：]{0,10}(?:{stage_read.told}|[年月日末底季前])|{stage_read.openings}|截至[^，；：]*)，",
    __file__,
)
"""据统计，|职业学校…: what stands before the clause that an item opens with."""
_FIRST = regex("[^，：]*")
_NOT_TOPIC = worded(
    "(?<!改..)(?<!改)为|[、是向与和对把将给让使被以投撤引聘招募访组覆减评获含建]|惠(?<!普惠)|{stage_read.done_to}",
    __file__,
)
"""Before a word of a stage, it is an object: 减免|民办园保教费, 深化|基础教育改革."""
_TOPIC_MOST = 12
"""Within how many characters an item names the stage that it is about."""
_BROUGHT_ABOUT = worded("{stage_read.brought_about}", __file__)
"""义务教育学校|实现课后服务全覆盖，: a clause about what schools do, and not about them."""
_OF_OTHERS = worded("{stage_read.of_others}|(?<!双)课|(?<![中高初])等", __file__)
"""中小学|体育课每周4节，, 一中附小等|4所学校启用，: not about the stage alone."""
_COUNTS = regex(r"\d|[一二三四五六七八九十百]+[所名个]")
_OTHERS_ACT = worded(
    "(?:共|还|已|并|另|再)*(?:{stage_read.others_act}|聘[用请]?)|.*(?:{stage_read.taking_part})",
    __file__,
)
"""设计|分层作业900份: what is not of a school type, though one was spoken of before."""


def _of_item(subject: str, before: str, match: Match) -> tuple[str | None, Match]:
    """The stage that an item opens with, where the words behind it name no other:
    技工院校招生900人，就业率|98%; 中职毕业生升学的多了：升学率|68%."""
    if "老年" in subject or subject.rstrip("”").endswith(
        entries(__file__, "stage_read", "talents")
    ):
        return None, match  # of the old, beside an open university, or of whom a plan helps
    said = before
    if any(map(before.__contains__, _ASIDE_OPENS)):
        said = _ASIDES.sub("", before)
    counted = _OPENED.match(said)
    sure = counted is not None and bool(_named(counted["body"]))
    while (frame := _FRAME.match(said)) and not _named(frame.group()):
        said = said[frame.end() :]
    counted = counted if sure else _OPENED.match(said)
    if counted is not None and not _named(counted["body"]):
        counted = None  # 全区73所|中小学中，
    first = counted or _FIRST.match(said)
    if first is None or _ANEW.search(said, first.end()):
        return None, match
    words = counted["body"] if counted else first.group()
    if _SIBLING.search(said):
        return None, match
    opens = _named(words, of=said)
    if not opens or not (sure or _is_topic(words, opens)):
        return None, match
    own = said[said.rfind("，") + 1 :]
    if counted is None and not _may_go_on(subject, words, own):
        return None, match
    if len(set(_named(said, of=said).values())) != 1:
        return None, match
    word, named = next(iter(opens.items()))
    return named, Match("attributes.stage_of_school", (word,))


_SIBLING = worded("元、[^，、；\\d]{2,}(?:{stage_read.amounts})$", __file__)
"""学前教育公用经费900万元、|维修资金: an amount that says itself what it is for."""


def _is_topic(words: str, named: Iterable[str]) -> bool:
    """Whether words begin with a stage that they are about, and not with what was done to it."""
    at = min(map(words.find, named))
    return (
        at <= _TOPIC_MOST
        and _NOT_TOPIC.search(words, 0, at) is None
        and not words.startswith(
            entries(__file__, "stage_read", "not_schools"), at + max(map(len, named))
        )
    )


def _may_go_on(subject: str, opening: str, own: str) -> bool:
    """Whether a figure with its `own` words before it can be of the stage that a clause is about."""
    if _OF_OTHERS.search(opening) or _BODIES.search(subject):
        return False
    if _BROUGHT_ABOUT.search(opening) and not _COUNTS.search(opening):
        return False
    return not (own.endswith("等") or _OTHERS_ACT.match(own) or _OTHERS_ACT.match(subject))


_OPENING = worded(
    "(?:[一二三四五六七八九十]是|其中，?)?(?:(?:{common.for_whom})([^，。；]{0,16}(?:[生校园]|{stage_read.groups}))，"
    r"|([^，。；、\d]{2,10}?(?:{stage_read.levels}))(?:方面)?(?=[，：共有累资补发]))",
    __file__,
)
"""面向普通高中学生，发放助学金|3亿元, 高中阶段共有90名学生受助，资助金额|9万元: for whom an item is."""
_OPENING_MOST = 16
"""Within how many characters it says 面向, 针对, 对 or 阶段, 学段."""
_ANEW = regex("全[国省市县区州旗镇乡]|[我本][省市县区州旗镇乡]")
"""石桥小学…，|全镇|有教师9人: what is said of all of a place."""


def _of_opening(before: str) -> tuple[str | None, Match]:
    """The stage with which an item opens, unless another one or a whole is named behind it."""
    head = before[:_OPENING_MOST]
    if "段" not in head and "对" not in head and "面向" not in head:
        return None, _NONE
    opening = _OPENING.match(before)
    if opening is None or _ANEW.search(before, opening.end()):
        return None, _NONE
    named, by = stage(opening[1] or opening[2])
    others = set(_named(before[opening.end() :]).values()) - {named}
    return (None, _NONE) if others else (named, by)


_BODIES = worded("(?<!在)校(?![舍区园外])|{stage_read.bodies}", __file__)
_KINDS = "{stage_read.named_kinds}"
_BEHIND_NAME = (
    "[项扩改综新投占设拥位启可拟（，分将、和与及]|——|[东西南北]校|{stage_read.premises}|[一二三]期"
)
_NAMED = worded(
    rf"(?P<name>{CHINESE}{{2,10}}?)(?P<kind>(?!(?<=中)小学)(?:{_KINDS}))(?={_BEHIND_NAME})",
    __file__,
)


@cache
def _general() -> Endings:
    """What stands before a kind of schools and names no single one: 公办|小学."""
    return Endings(load(__file__)["named"]["general"].split())


_ACTORS = "{stage_read.actors}"
_ACTS = "{stage_read.acts}"
_ACTING = worded(rf"{CHINESE}{{2,12}}?(?:{_ACTORS})(?={_ACTS})", __file__)
"""义务教育阶段城区学校|新增|教学班: the schools that did it."""
_TOLD = worded(f"(?:{_KINDS}|{_ACTORS})(?={_BEHIND_NAME}|{_ACTS})", __file__)
"""What stands wherever one of these is found: to look for their beginnings takes long."""
_WHOLE = worded(
    "全[国省市县区州旗镇乡]|[我本][省市县区州旗镇乡]|[各等共]|{stage_read.totals}", __file__
)


_COUNTED = worded(
    r"(?<![和及与、])(?P<kind>(?<!中)小学|{stage_read.built_kinds}|(?<!小学)幼儿园)(?:共|约|近)?\d+[余多]?[所个]|"
    r"\d+[余多]?[所个](?:{stage_read.built_of})*(?P<last>{stage_read.schools})(?=[，。；（])",
    __file__,
)
"""新建公办幼儿园|20所, 新建20所公办|幼儿园: works that are counted."""
_AND_KIND = worded(r"\d+[余多]?所[、和及](?:{stage_read.stages})(?:约|近)?\d", __file__)
"""新建幼儿园12所、|小学5所: several kinds."""
_OF_ONE = worded(r"(?:{stage_read.works_have})[^，。；\d]{0,4}\d", __file__)
"""新建幼儿园6所，|新增学位900个，|新建小学2所: what the works of one kind have been said to have."""


@lru_cache(maxsize=4)
def _tells_school(sentence: str) -> bool:
    """Whether a school is named or acts; the figures of a sentence ask one after the other."""
    return _TOLD.search(sentence) is not None


def _of_named(subject: str, sentence: str, before: str, match: Match) -> tuple[str | None, Match]:
    """The stage of the schools that act, or of the one school that is named before a figure: 投资3亿元建设第二实验幼儿园，建筑面积|1万平方米."""
    told = _tells_school(sentence)
    acting = last(_ACTING.finditer(before)) if told else None
    if acting and not _WHOLE.search(before, acting.end()):
        named, by = stage(acting.group())
        if named is not None:
            return named, by._replace(rule="attributes.stage_of_school")
    named_before = _NAMED.finditer(before) if told else ()
    found = [m for m in named_before if not _general().search(m["name"])]
    if not found and (
        "面积" in subject or subject.endswith(entries(__file__, "stage_read", "works"))
    ):
        found = [] if _AND_KIND.search(before) else [*_COUNTED.finditer(before)]
        if len(found) > 1 and _OF_ONE.search(before, found[-2].end(), found[-1].start()):
            found = found[-1:]
    if not found or _WHOLE.search(before, found[-1].end()):
        return None, match
    kinds = [m[m.lastgroup or 0] for m in found]
    if len({stage(kind)[0] for kind in kinds}) != 1:
        return None, match
    named, by = stage(kinds[-1])
    return named, by._replace(rule="attributes.stage_of_school")


def _of_schools(words: str, degree: str) -> bool:
    """Whether a degree tells a kind of schools and not what staff have studied: 本科|学校教师."""
    return words.startswith(
        entries(__file__, "stage_read", "of_degrees"), words.find(degree) + len(degree)
    )


def _named(words: str, of: str = "") -> dict[str, str]:
    """The words that name a stage, each with the stage; no degrees of staff, where `of`, the subject
    that they stand in, speaks of some."""
    lexicon, stages = _lexicon()
    found = {word: stages[word] for word in lexicon.read(words) if stages[word]}
    if DEGREES.isdisjoint(found) or not _STAFF.search(of):
        return found
    return {w: s for w, s in found.items() if w not in DEGREES or _of_schools(words, w)}

"""Joins what the heads of a cell say to the words of its subject."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from shuangjian_cli.patterns import regex, worded
from shuangjian_cli.tag.attributes import groups, is_grade, is_vague, stage
from shuangjian_cli.tag.table.compact import Span
from shuangjian_cli.tag.table.head import Head
from shuangjian_cli.tag.table.title import Title
from shuangjian_cli.tag.table.words import words

_SHARE = worded("(?:{named.shares})$", __file__)
_SCHOOL = regex("学校(?=..)")
"""The word for all schools with which a measure begins: 学校|占地面积."""
_KIND = worded(
    "(?:{named.levels})+(?:专业)?(?:{named.schools})|(?:{named.kinds})*(?:{named.bodies}|[小中]学|"
    "[初高]中)",
    __file__,
)
"""The kind of schools with which a measure begins: 高等学校|校舍面积."""
_ATTRIBUTE = worded(
    r"\d+(?:[-—–~至]\d+)?岁(?:及?以[上下])?|.{1,4}学历|{named.attributes}|未[定评]职?级", __file__
)
"""What tells people apart beside the words of the vocabulary."""
_CORE = 8
"""How long what a title tells of may be to stand for what is counted."""
_SAME = 4
"""How many characters at their end a part and its whole must share."""
_SHARED = 2
"""How many characters two heads must share for one to go on where the other ends."""


class Phrase(NamedTuple):
    """Words and where they stand (folded)."""

    text: str = ""
    spans: tuple[Span, ...] = ()

    def and_(self, other: Phrase) -> Phrase:
        """Two phrases as one."""
        return Phrase(self.text + other.text, self.spans + other.spans)


class Name(NamedTuple):
    """What a chain of heads names. `measures` where it tells what is counted, `staged` where it names
    a stage of education, `vague` where it does so by a word like 本科 or 一年级, which may tell none or another."""

    phrase: Phrase = Phrase()
    measures: bool = False
    staged: bool = False
    vague: bool = False

    @property
    def is_kind(self) -> bool:
        """Whether it names a kind of school only."""
        return self.staged and not self.measures


def name_of(phrase: Phrase) -> Name:
    """A phrase with what it is."""
    if not phrase.text:
        return Name()
    measures = words().measure.search(phrase.text) is not None
    found, by = stage(phrase.text)
    return Name(phrase, measures, found is not None, found is not None and is_vague(by.words))


def tells(name: Name) -> bool:
    """Whether a name tells what is counted, of which stage or group it is."""
    return name.measures or name.staged or bool(groups(name.phrase.text)[0])


def names_people(name: Name) -> bool:
    """Whether a name tells whom something is about: 研究生."""
    return name.measures and words().people.search(name.phrase.text) is not None


def phrase_of(head: Head) -> Phrase:
    return Phrase(head.name, head.spans)


def chain(outer: Name, inner: Head) -> Name:
    """What a head says below another, or as a part of it."""
    own = name_of(phrase_of(inner))
    if not own.phrase.text:
        return outer
    if inner.part:
        return part(outer, own)
    if outer.is_kind and own.is_kind:
        return own  # 高中 under 普通中学
    if outer.measures and own.phrase.text.startswith("占"):
        return join(outer, own)  # 占教师总数的比重 under 少数民族教师
    if outer.measures and own.measures and _is_among(own.phrase.text, outer.phrase.text):
        return own
    return join(outer, own) if outer.phrase.text else own


def _is_among(one: str, other: str) -> bool:
    """Whether a head names who or what is a part of what another names: 专任教师 or 行政人员 of
    教职工数."""
    people = words().people.search
    return bool(set(one) & set(other) - {"数"}) or bool(people(one) and people(other))


def continues(counted: Name, own: Name, *, in_part: bool) -> bool:
    """Whether a column goes on with the parts of one before it without saying so: 学生数 | 男 | 女,
    and behind a part that does say so 幼儿园数 | 其中：公办园 | 民办园."""
    text = own.phrase.text
    if not counted.measures or (own.measures and text not in ("男", "女")):
        return False
    told = text in words().attribute or _ATTRIBUTE.fullmatch(text) is not None
    return (told and words().people.search(counted.phrase.text) is not None) or (
        in_part and own.is_kind
    )


def part(whole: Name, own: Name, *, of_sum: bool = False) -> Name:
    """A part (其中：女, #专任教师) with what it is a part of, where its own words do not tell that, or
    where only the sum (`of_sum`) tells that it is one: 本科 of 成人本专科."""
    said, of = own.phrase, whole.phrase
    if not of.text:
        return own
    if own.measures and said.text not in words().attribute:
        return _beside(own, whole)
    if whole.is_kind and own.is_kind and not of_sum:  # 普通高中 of 高中阶段教育
        return own
    shared = _shared(said.text, of.text)
    if shared:  # 公办幼儿园 of 普惠性幼儿园在园幼儿占比
        rest = _cut(of, of.text.find(shared) + len(shared))
        if not rest.text:
            return name_of(of.and_(said)) if of_sum else own
        return name_of(said.and_(rest))
    if whole.is_kind and stage(said.text)[0] is None:
        return name_of(of.and_(said))  # 小学, 其中: 寄宿生
    if own.is_kind and whole.staged and whole.measures:  # 普通高校 of 高等学校校舍面积
        school = _KIND.match(of.text)
        of = _cut(of, school.end()) if school and school.end() < len(of.text) else of
    if whole.measures or said.text in words().attribute:
        return name_of(said.and_(of))
    return join(whole, own) if of_sum and not own.measures else own


def _beside(own: Name, whole: Name) -> Name:
    """A part that is counted itself: a share with of whom its whole is a share (专科以上学历比例 of
    幼儿教师持证率), what ends as its whole does (在园幼儿数 of 民办园在园幼儿数) with what stands before."""
    said, of = own.phrase, whole.phrase
    mean = of.text.find("平均")
    if mean > 0 and _SHARE.search(said.text):  # of the people whose mean the whole is
        return name_of(_cut(of, 0, mean).and_(said))
    if stage(said.text)[0] is not None:
        return own
    same = 0
    while same < min(len(said.text), len(of.text)) and said.text[-1 - same] == of.text[-1 - same]:
        same += 1
    before = len(of.text) - len(said.text) if same >= _SAME else 0
    if _SHARE.search(said.text) and _SHARE.search(of.text):
        before = _carrier(of.text) or before
    return name_of(_cut(of, 0, before).and_(said)) if before > 0 else own


def _carrier(text: str) -> int:
    """Where the words end that name of whom a share is: 初中教师 of 初中教师本科及以上学历比例."""
    ends = range(len(text), 0, -1)
    return next(
        (end for end in ends if stage(text[:end])[0] and words().who.search(text, 0, end)), 0
    )


def join(row: Name, column: Name) -> Name:
    """The heads of a row and a column as one name: of what first, then what is counted of it."""
    one, other = row.phrase, column.phrase
    if not one.text or one.text in other.text:
        return column
    if not other.text or other.text in one.text:
        return row
    if row.measures and not column.measures:
        one, other = other, one
    phrase = _overlapped(one, other)
    told = (row.measures or column.measures) and (row.staged or column.staged)
    if not told or row.vague or column.vague:
        name = name_of(phrase)
        return name._replace(measures=True) if column.measures else name
    return Name(phrase, True, True)


def _overlapped(one: Phrase, other: Phrase) -> Phrase:
    """Two phrases as one, what ends the first and begins the second said once."""
    if other.text[:2] not in one.text:
        return one.and_(other)
    for size in range(min(len(one.text), len(other.text)), 1, -1):
        if one.text.endswith(other.text[:size]):
            return one.and_(_cut(other, size))
    return one.and_(other)


def under(above: Name, name: Name) -> Name:
    """The name of a row that lacks its first head, behind that of a row above, unless it may be
    another such: 公办幼儿园 | 一类园 and 高中部 | 二年级, not 东镇小学 | 西镇小学."""
    one, other = above.phrase.text, name.phrase.text
    grouped = bool(groups(one)[0])
    if not one or not other or (grouped and groups(other)[0]):
        return name
    if not grouped and (one[-1] == other[-1] or (above.staged and name.staged)):
        return join(above, name) if name.vague and above.staged and not above.vague else name
    return join(above, name)


def beside(name: Name, own: Name) -> bool:
    """Whether a cell's subject is the words of its row and then those of its column, which tell all
    that is asked for and have nothing in common: so it is in most cells of large sheets."""
    said, counted = name.phrase.text, own.phrase.text
    return (
        own.measures
        and ((own.staged and not own.vague) or (name.staged and not name.vague))
        and (not said or (said not in counted and counted[:2] not in said))
    )


def of_cell(
    name: Name, own: Name, section: Name, title: Title, *, of_share: bool
) -> tuple[Span, ...]:
    """Where the words of a cell's subject stand: of the heads of its row and of its column, and of
    the titles of what these leave open; `of_share` where it is a share and the title names a measure,
    which people then are told of: 研究生 in a table of 就业率."""
    if of_share and names_people(own):
        of_people = join(name, own)._replace(measures=False)
        return whole(of_people, section, title).spans
    if section.measures and own.phrase.text in words().price:
        own = Name()
    if beside(name, own):
        return name.phrase.spans + own.phrase.spans
    return whole(join(name, own), section, title).spans


def whole(name: Name, section: Name, title: Title) -> Phrase:
    """The subject of a cell: where its heads do not tell what is counted or of which stage, the
    title of the table or of its part does."""
    phrase = name.phrase
    if not name.measures:
        measure = section.phrase if section.measures else Phrase(title.measure, title.measure_spans)
        if measure.text and measure.text not in phrase.text:
            of_all = bare(name_of(measure), name).phrase
            phrase = _overlapped(phrase, of_all if phrase.text else measure)
        elif not phrase.text or len(title.core) <= _CORE:
            core = Phrase(title.core, title.core_spans)
            if not phrase.text and section.phrase.text:
                core = section.phrase
            is_kind = name.staged and stage(core.text)[0] is not None
            phrase = phrase if core.text in phrase.text or is_kind else phrase.and_(core)
    if phrase.text and (not name.staged or name.vague) and _is_open(phrase.text):
        kind = section.phrase if section.is_kind else Phrase(title.kind, title.kind_spans)
        if kind.text and kind.text not in phrase.text:
            phrase = kind.and_(phrase)
    return phrase


def _is_open(text: str) -> bool:
    """Whether words name no stage, or only a grade that several stages have."""
    found, by = stage(text)
    return found is None or is_grade(by.words)


def bare(measure: Name, of: Name) -> Name:
    """A measure without the words for all that it is of: 学校数 of 各类学校数, and beside a kind of
    school 专任教师数 of 各类学校专任教师数."""
    phrase = measure.phrase
    every = words().every.match(phrase.text)
    start = every.end() if every else 0
    school = _SCHOOL.match(phrase.text, start) or _KIND.match(phrase.text, start)
    school = school if of.is_kind else None
    start = school.end() if school else start
    return measure._replace(phrase=_cut(phrase, start)) if 0 < start < len(phrase.text) else measure


def ends_alike(one: Name, other: Name) -> bool:
    """Whether one name ends in what the other names: 高校图书, 学校图书藏量."""
    return bool(_shared(one.phrase.text, other.phrase.text))


def without_attribute(title: Title, columns: Iterable[str]) -> Title:
    """A title whose measure is that of one column only (女学生), with what is counted in all (学生)."""
    said = Phrase(title.measure, title.measure_spans)
    for name in columns:
        attribute = words().attributed.match(name)
        start = said.text.rfind(attribute.group()) if attribute else -1
        if attribute is not None and start >= 0 and name.startswith(said.text[start:]):
            text, spans = _cut(said, start + len(attribute.group()))
            return title._replace(measure=text, measure_spans=spans, core=text, core_spans=spans)
    return title


def _shared(one: str, other: str) -> str:
    """The longest end of one name that stands in another."""
    for size in range(len(one), _SHARED - 1, -1):
        if one[-size:] in other:
            return one[-size:]
    return ""


def _cut(phrase: Phrase, start: int, end: int | None = None) -> Phrase:
    """A part of a phrase."""
    text = phrase.text[start:end]
    spans: list[Span] = []
    at = 0
    stop = len(phrase.text) if end is None else end
    for first, last in phrase.spans:
        size = last - first
        low, high = max(start, at), min(stop, at + size)
        if low < high:
            spans.append((first + low - at, first + high - at))
        at += size
    return Phrase(text, tuple(spans))

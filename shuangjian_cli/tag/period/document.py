"""What a document says of its own time: when it was published, and what year its title names."""

import re
from collections.abc import Sequence
from functools import cache

from shuangjian_cli.data import load
from shuangjian_cli.model import Document, Section, Sentence
from shuangjian_cli.patterns import CLAUSE_STOPS, either, regex, worded
from shuangjian_cli.structure.words import VOCABULARY
from shuangjian_cli.tag.period.mention import mentions
from shuangjian_cli.tag.period.use import GOVERNING, Mention
from shuangjian_cli.tag.time import Now, Period, number, plans, year

_SIGNATURE = 10
"""How many of the last lines may bear the date."""
_LINE = 40
"""How long a line that bears it may be."""
PUBLISHED_YEARS = range(1949, 2051)
"""The years in which a document can have been put out."""
_HEAD = 12
"""Within how many lines the date under the title stands."""
_FIRST = 400
"""Within how many characters the first paragraph names the year that the text speaks in."""
_ENDS = "。！？；"
_THIS_YEAR = "今年"
"""How a sentence ends, and a headline does not."""


class Named:
    """A period that a title names, at [start, end) of it; `plan` where it is that of a plan."""

    __slots__ = ("end", "period", "plan", "start")

    def __init__(self, period: Period, start: int, end: int, plan: bool = False) -> None:
        self.period = period
        self.start = start
        self.end = end
        self.plan = plan


class _Words:
    def __init__(self) -> None:
        w = load(__file__)
        self.issue = worded("{issue_title.words}", __file__)
        self.tasks = worded(r"工作报告》?[^，。]{0,8}(?:{issue_title.tasks})", __file__)
        self.opens_year = regex(either(w["issue_title"]["words"], w["issue_title"]["plans"]))
        self.report = worded(r"印发《([^《》]*(?:{issue_title.reports}))》", __file__)
        self.plan_title = worded("{issue_title.plans}", __file__)
        self.plan = regex(either(plans()))
        self.dateline = regex(
            r"(20\d\d|二〇[〇一二三四五六七八九]{2}) ?年 ?(\d{1,2}|[一二三四五六七八九十]{1,2}) ?月"
            r"(?: ?(\d{1,2}|[一二三四五六七八九十]{1,3}) ?日)?[） ]*$"
        )
        self.in_brackets = regex(r"（[\d二〇一三四五六七八九十年月日 ]{6,18}）\s*")
        keys = [key for key, field in VOCABULARY.keys.items() if field == "published"]
        self.keyed = regex(
            rf"(?<!上传)(?:{either(keys)})[】\]：: ]{{1,3}}((?:19|20)\d\d)[-./年](\d{{1,2}})[-./月](\d{{1,2}})"
        )
        self.retold = worded(
            r"(?:{retold.puts_out})了?[^。；]{0,30}?(?<!\d)"
            r"(?P<time>(?P<first>(?:19|20)\d\d)年"
            r"(?:(?!\d{1,2}月)|(?P<month>\d{1,2})月)(?:[至到—-](?P<last>(?:19|20)\d\d)年(?:(?P<until>\d{1,2})月)?)?)"
            r"[^。；，]{2,24}?(?:{retold.reports})",
            __file__,
        )
        self.cell = regex(r" {2,}|\|")
        self.bare_year = regex(r"(?<![\d.\-/〔（第])(20\d\d)(?![\d年.\-/—〕）号])")
        self.named = regex(r"《[^》]{0,80}》|“[^”]{0,80}”|（[^）]{0,80}）")
        self.span = worded(r"{spans.words}", __file__)
        self.ready = worded(rf"[^\d{CLAUSE_STOPS}]{{0,6}}(?:{{ready.words}})[^\d]*$", __file__)
        planned = "".join(f"(?<!{word})" for word in w["guessed"]["planned"])
        self.aimed = worded(rf"[^{CLAUSE_STOPS}\d]{{2,16}}(?:{{ready.aimed}})$", __file__)
        self.calendar = worded(
            rf"(?<![\d比较到至自由]){planned}((?:19|20)\d\d)年"
            rf"(?!以?来|(?<=从.{{5}})的|底?(?:{{guessed.to_come}}))",
            __file__,
        )


@cache
def _words() -> _Words:
    return _Words()


def published(document: Document) -> Now | None:
    """When a document speaks: when it was signed, or else put out.

    Where neither is known: the month that its head gives, else the year that its title names
    last, a plan's at its beginning and a review's at its end, that of a review with a plan at the
    end of the year reviewed; at last the latest year that its first sentences name.
    """
    known = re.match(
        r"(\d{4})(?:-(1[0-2]|0[1-9])(?:-(\d\d)(?!\d))?)?", document.info.published or ""
    )
    signed = None
    if not document.metadata.published:
        signed = _dated(document, _last(document)) or _dated(document, _under_title(document))
    title = document.info.title or ""
    w, text, lines = _words(), document.folded.text, document.sentences
    # 2023年工作总结暨2024年工作打算; no baseline: 2019年在校生比2009年增长.
    told = [n for n in of_title(title, 0, len(title), None, None) if n.period.years == 1]
    named = [n.period.year for n in told]
    reviewed = max(named, default=0) if not w.plan_title.search(title) else 0
    if known and int(known[1]) in PUBLISHED_YEARS:
        year, month, day = (int(part or 0) for part in known.groups())
        now = Now(year, month, day)
        # A page may put out or reprint what was written before.
        if signed is not None and signed[:2] < now[:2]:
            return signed if reviewed <= signed.year else now._replace(origin="disputed")
        return now._replace(origin="disputed") if now.year < reviewed else now
    body = next((i for i, s in enumerate(lines) if s.kind == "prose"), len(lines))
    headed = _dated(document, lines[: min(body + 1, 40)]) or signed
    if headed is not None:
        return headed
    start = lines[body].start if body < len(lines) else 0
    # The fields of a masthead may run into the text: 【公布日期】2005.02.01.
    keyed = w.keyed.search(text, start, start + _FIRST)
    if keyed:
        return Now(int(keyed[1]), int(keyed[2]), int(keyed[3]))
    if named:
        if told[-1].plan and not told[0].plan:
            return Now(named[0], 12, origin="title")
        month = 1 if w.opens_year.search(title) else 12
        return Now(named[-1], month, origin="title")
    first = next((s for s in lines[body:] if s.kind == "prose" and text[s.end - 1] in _ENDS), None)
    if first is None or is_misdated(document):
        return None
    start, end = first.start, min(first.paragraph[1], first.start + _FIRST)
    guess = max(_told_years(text, start, end), default=0)
    this = -1 if text.find(_THIS_YEAR, start, end) >= 0 else text.find(_THIS_YEAR, end)
    # Years told between the opening and 今年 are over by then.
    if not guess or (this > 0 and max(_told_years(text, end, this), default=0) > guess):
        return None
    return Now(guess, origin="text")


def _told_years(text: str, start: int, end: int) -> list[int]:
    """The years that a text tells of, none that it only plans or compares with, or has in names."""
    w = _words()
    return [int(found[1]) for found in w.calendar.finditer(w.named.sub("", text[start:end]))]


def is_misdated(document: Document) -> bool:
    """Whether a document says that it was put out in a year in which it cannot have been."""
    stated = re.match(r"\d{4}", document.info.published or "")
    return stated is not None and int(stated[0]) not in PUBLISHED_YEARS


def _last(document: Document) -> Sequence[Sentence]:
    """The lines that may bear the signature, the last first."""
    return document.sentences[: -_SIGNATURE - 1 : -1]


def _under_title(document: Document) -> Sequence[Sentence]:
    """The lines of the head that are nothing but a date in brackets, which the writer put there."""
    text = document.folded.text
    head = [line for line in document.sentences[:40] if line.kind != "furniture"]
    return [
        line
        for line in head[:_HEAD]
        if text[line.start] == "（" and _words().in_brackets.fullmatch(text, line.start, line.end)
    ]


def _dated(document: Document, lines: Sequence[Sentence]) -> Now | None:
    """The date at the end of a short line."""
    for line in lines:
        if line.end - line.start <= _LINE and line.kind != "table":
            found = _words().dateline.search(document.folded.text, line.start, line.end)
            if found:
                return Now(number(found[1]), number(found[2]), number(found[3]) if found[3] else 0)
    return None


def of_title(text: str, start: int, end: int, now: Now | None, held: Period | None) -> list[Named]:
    """The periods that the title at [start, end) of a text names, in order; no single days."""
    w = _words()
    found = [
        m
        for m in mentions(text, start, end, now, held)
        if m.use in GOVERNING
        and not any(len(side) > 7 for side in m.period)
        and not _is_of_event(text, m, end)
    ]
    if found:
        return [_named(text, m, stop) for m, stop in _with_stops(found, end)]
    if report := w.report.search(text, start, end):
        return of_title(text, *report.span(1), now, held)
    plan = w.plan.search(text, start, end)
    if plan:
        to_come = w.plan_title.search(text, plan.end(), end) is not None
        return [Named(plans()[plan[0]], *plan.span(), to_come)]
    bare = w.bare_year.search(text, start, end)
    return [Named(year(int(bare[1])), *bare.span(1))] if bare else []


def _is_of_event(text: str, m: Mention, end: int) -> bool:
    """Whether a time in a title tells how long something took or when it will be ready, and not what
    the text reports on: 5年增长90%; 预计2024年建成使用; 2025年教师配备达标."""
    if m.rule == "period.years":
        return _words().span.search(text, m.start, m.end) is None
    w = _words()
    if m.rule == "period.date" and w.aimed.match(text, m.end, end):
        return True
    return w.ready.match(text, m.end, end) is not None


def _with_stops(found: list[Mention], end: int) -> list[tuple[Mention, int]]:
    """Each mention with where the next one begins."""
    stops = [m.start for m in found[1:]]
    return list(zip(found, [*stops, end], strict=True))


def _named(text: str, m: Mention, stop: int) -> Named:
    plan = _words().plan_title.search(text, m.end, stop) is not None
    return Named(m.period, m.start, m.end, plan)


def title_of(document: Document, now: Now | None) -> tuple[list[Named], bool]:
    """The periods that the document's title names and reports on, and whether they are spans of
    the text; none is the year in which an annual report is given."""
    w, info, span = _words(), document.info, document.title
    text, at = document.folded.text, span or (0, 0)
    inside = not info.title or (span is not None and info.title == text[at[0] : at[1]])
    if not inside:
        assert info.title is not None
        text, at = info.title, (0, len(info.title))
    found = of_title(text, *at, now, None)
    if not found:
        return [], inside
    issue = w.issue.search(text, *at) or (
        "工作报告" in text[at[0] : at[1]]
        and now is not None
        and now.month <= 3
        and found[0].period.year == now.year
    )
    return ([] if issue and not w.tasks.search(text, *at) else found), inside


def year_retold(document: Document) -> Named | None:
    """The years of the statistical or audit report that the text says at its beginning to have come out."""
    body = next((line.start for line in document.sentences if line.kind == "prose"), None)
    if body is None:
        return None
    found = _words().retold.search(document.folded.text, body, body + _FIRST)
    if found is None or (found["month"] and not found["until"]):
        return None
    first, last = found["first"], found["last"] or found["first"]
    if found["month"]:
        first, last = f"{first}-{int(found['month']):02}", f"{last}-{int(found['until']):02}"
    return Named(Period(first, last), *found.span("time"))


def of_section(
    document: Document, section: Section, now: Now | None, held: Period | None
) -> list[Named]:
    """The periods that a section's title names, in order; the document's title is none."""
    w, text, title = _words(), document.folded.text, document.title
    at = (section.title_start, section.title_end)
    if title is not None and title[0] <= at[0] and at[1] <= title[1]:
        return []
    if w.issue.search(text, *at) or w.cell.search(text, *at):
        return []
    return of_title(text, *at, now, held)


def is_plan(section: Section) -> bool:
    """Whether a section's title speaks of work to come."""
    return _words().plan_title.search(section.title) is not None


def part_before(document: Document, part: Section) -> Section | None:
    """The numbered part that comes before a part under the same heading."""
    before = None
    for other in document.sections:
        if other is part:
            return before if part.numbered else None
        if other.numbered and other.level == part.level and other.parent is part.parent:
            before = other
    return None


def part_of(section: Section | None) -> Section | None:
    """The part of a document in which a section stands: the outermost numbered section around,
    or where none is numbered the outermost of all."""
    part, numbered = section, False
    while section is not None:
        if section.numbered or not numbered:
            part, numbered = section, numbered or section.numbered
        section = section.parent
    return part

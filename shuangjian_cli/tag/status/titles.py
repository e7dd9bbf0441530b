"""What the titles around a figure say of its status."""

from __future__ import annotations

from shuangjian_cli.model import Document, Section
from shuangjian_cli.patterns import regex
from shuangjian_cli.tag.period import part_before, part_of
from shuangjian_cli.tag.status.cue import ACHIEVED, TARGET, Cue, cue
from shuangjian_cli.tag.status.words import words

_YEAR = regex(r"(20\d\d)年")


class Titles:
    """The titles of one document, which was published in a year and month, 0 where not known."""

    def __init__(self, document: Document, year: int, month: int) -> None:
        self._document = document
        self._text = document.folded.text
        self._words = words()
        self._year, self._month = year, month
        self._titles: dict[int, Cue | None] = {}
        self._parts: dict[int, Cue | None] = {}

    def around(self, section: Section | None) -> Cue | None:
        """The innermost title around that speaks of work done or to come. What comes after a
        part of work to come goes on with it."""
        found = self._of_titles(section)
        part = None if found else part_of(section)
        if part is None:
            return found
        if part.start not in self._parts:
            before = part_before(self._document, part)
            said = self._of_title(before) if before else None
            self._parts[part.start] = said if said and said.status == TARGET else None
        return self._parts[part.start]

    def _of_titles(self, section: Section | None) -> Cue | None:
        if section is None:
            return None
        if section.start not in self._titles:
            own = self._of_title(section)
            self._titles[section.start] = own or self._of_titles(section.parent)
        return self._titles[section.start]

    def _of_title(self, section: Section) -> Cue | None:
        """A section's title; one that speaks of both leaves the answer to what stands nearer."""
        w, text = self._words, self._text
        start, end = section.title_start, section.title_end
        span = self._document.title
        if span and span[0] <= start and end <= span[1]:
            return None
        title = w.quoted.sub(lambda m: "、" * len(m[0]), text[start:end])
        if w.proposal.search(text, start, end):
            return None  # 一、关于“提高教师待遇”的建议: what follows answers it
        plan, review = w.plan.search(title), w.review.search(title)
        if w.budget.search(title):
            review = None  # 预算支出情况: what is to be spent
        if plan and w.entered.search(title, 0, plan.start()):
            plan = None  # 教育均衡纳入了全县发展规划: what was done
        if plan is None and review is None and (year := _YEAR.search(title)):
            early = int(year[1]) == self._year and self._month < 10
            if w.work.search(title) and (early or int(year[1]) > self._year):
                plan = year
        if plan and not review:
            return cue(TARGET, "status.section", start + plan.start(), start + plan.end())
        if review and (not plan or plan.start() < review.start()):
            return cue(ACHIEVED, "status.section", start + review.start(), start + review.end())
        return None

    def of_document(self) -> Cue | None:
        """The document's title: a plan or a notice demands, all others report."""
        w, title = self._words, self._document.info.title or ""
        bare = w.quoted.sub("", title)
        if w.review.search(title) or w.proposal.search(title):
            return None
        plans = w.plan_document.search(bare.strip()) and not w.reached.search(bare)
        if plans or w.call.search(bare.strip()):
            return cue(TARGET, "status.title", -1, -1)
        return self._told_plan()

    def _told_plan(self) -> Cue | None:
        """A year's plan that the first paragraph tells of: …印发2024年民生实事方案，明确…, or the call that
        it makes: 我局决定公开招聘教师。现将有关事项通告如下."""
        sentences = self._document.sentences
        first = next((s for s in sentences if s.kind == "prose"), None)
        if first is None:
            return None
        if call := self._words.calls.search(self._text, *first.paragraph):
            return cue(TARGET, "status.lead", *call.span())
        found = self._words.told.search(self._text, *first.paragraph)
        if found is None or (found[1] and int(found[1]) < self._year):
            return None
        return cue(TARGET, "status.lead", *found.span())


def announces_plan(title: str) -> bool:
    """Whether a document's title says that it tells, at least at its end, what is to be done."""
    w = words()
    bare = w.quoted.sub("", title).strip()
    patterns = (w.plan, w.plan_document, w.call)
    return any(pattern.search(bare) for pattern in patterns)

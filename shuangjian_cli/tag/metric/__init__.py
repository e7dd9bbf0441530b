"""Metrics: which entry of the catalogue a figure is a value of.

The catalogue (`catalogue.toml`) lists *signs*: terms that must be in the figure's subject, its
clause or its sentence, and units that must fit. Scopes are asked from near to far:

1. the subject;
2. the clause, for what signs look for in clauses;
3. the clause again, for what signs look for in subjects;
4. the sentence.

The first scope in which a sign speaks decides. Within it the most specific sign wins: the one
with the longest term, where a term that ends the subject counts two characters more (the head of
a Chinese noun phrase stands last), then the one with the longest words in wider scopes, then the
one that ends last. Where none spoke and the clause hands the figure on
(`carried`: 惠及, 受益), the nearest clause before it that speaks decides. Then signs marked `last`
are asked in the same scopes, and at the very end, for a figure with a unit, the clauses before and
then, for a subject without words of the field, the document's title. Signs under `none` compete with the others and say that
no entry covers the figure.

Of a subject that is a share (参与学生占在校生), the part before 占 is asked.

A unit fits when the sign allows it or its family. Figures that tell a movement in relative terms
(a change in %, any 倍) and ranks say nothing of the subject's own unit and fit any; 百分点 fit
where shares do.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from shuangjian_cli.data import entries

from ...model import Rejected
from ...patterns import CLAUSE_STOP, regex
from ..rules import Index, Rules
from ..words import size_of
from .match import MetricMatch
from .matter import matter
from .said import metrics_named
from .signs import PIECE, Asked, Candidate, FoundIn, speaking
from .topic import MOST, document_topical, of_subject, spoken, verdict
from .whole import metric_of_cell, metric_of_part, metric_of_sibling

__all__ = [
    "MetricMatch",
    "about_topic",
    "document_topical",
    "matter",
    "metric",
    "metric_of_cell",
    "metric_of_part",
    "metric_of_sibling",
    "metrics_named",
]

_RELATIVE = frozenset(("%", "位"))
_SHARE = regex("(?<=..)占(?![比地用])")
_ASIDE = regex(r"(?<=[^，、（）])（[^（）\d]{1,4}）(?=[^，、（）])")
"""入园（班）幼儿: another word for what stands before it, inside a word."""
_TITLE = regex("《[^《》]*?([^《》]{1,5})》")
"""Of a document's name only the kind at its end counts: 《…移交单》."""
_COUNT = regex(r"\d[万亿]?[余多]?(?:[个所家门项种类支名人场次套间册元]|人次)?$")
_DIGIT = regex(r"\d")
_COUNTED = regex(r"[约近超达]?\d")
"""What stands before and behind a noun that a figure counts."""
_PEOPLE = entries(__file__, "people", "endings")
"""How a subject ends that counts people."""
_TIME_MOST = 4
"""How long a time is that stands before the opening clause."""

_OFF_TOPIC = MetricMatch(None, "metric.off-topic")


_THINGS = ("things", "institutions")
_VAGUE = 3
"""Up to how many characters words say little of what is counted: 北片走了45个."""


def metric(
    rules: Rules,
    *,
    subject: str,
    unit: str | None,
    role: str,
    clause: str,
    sentence: str,
    topical: bool,
    titles: Sequence[str] = (),
    explain: bool = False,
) -> MetricMatch:
    """The metric of a figure; texts are folded, `topical` is the answer of `about_topic`.

    Where nothing in the sentence speaks, the innermost of `titles` that does decides.

    With `explain`, the signs that were found and not taken are given with the reason.
    """
    if not topical:
        return _OFF_TOPIC
    subject = _ASIDE.sub("", subject) if "（" in subject else subject
    subject = _TITLE.sub(r"\1", subject) if "《" in subject else subject
    clause = _TITLE.sub(r"\1", clause) if "《" in clause else clause
    if "占" in subject and (share := _SHARE.search(subject)):
        subject = subject[: share.start()]
    if unit is None and subject.endswith(_PEOPLE):
        unit = "人"  # as a table counts them that gives none
    figure = Asked(
        {"subject": subject, "clause": clause, "sentence": sentence},
        FoundIn(rules.lexicon),
        unit,
        _families(rules, unit),
        any_unit=unit is None
        or unit == "倍"
        or role == "rank"
        or (role == "change" and unit in _RELATIVE),
    )
    rejected: list[Rejected] | None = [] if explain else None
    match = _ask(rules, figure, rules.first, rejected)
    if match is None and not rules.carriers.isdisjoint(figure.found[clause]):
        match = _before(rules, figure._replace(any_unit=True), rejected)
    match = match or _ask(rules, figure, rules.last, rejected)
    if match is None and unit is not None:
        match = _before(rules, figure, rejected)
    if match is None and unit is not None:
        match = _titled(rules, figure, titles, rejected)
    return match or MetricMatch(None, "metric.none", rejected=tuple(rejected or ()))


def _families(rules: Rules, unit: str | None) -> frozenset[str]:
    """The families of a unit; of a compound (元/课时) those of what is counted."""
    if unit == "百分点":
        return rules.families("%")
    if unit == "校":
        return rules.families("所")
    return rules.families(unit) or rules.families(unit.partition("/")[0] if unit else None)


def _ask(
    rules: Rules,
    figure: Asked,
    passes: Iterable[tuple[str, str, Index]],
    rejected: list[Rejected] | None,
) -> MetricMatch | None:
    """What the most specific sign says in the first pass in which one speaks."""
    for where, scope, index in passes:
        candidates = speaking(rules, figure, index, where, scope, rejected)
        if candidates and where == "clause" and scope == "subject" and passes is rules.first:
            candidates = _own(rules, figure, candidates)
        if candidates:
            best = max(candidates, key=_strength)
            if rejected is not None:
                rejected.extend(
                    Rejected("+".join(other.term), f"{other.sign.id}: less specific")
                    for other in candidates
                    if other.sign.metric != best.sign.metric
                )
            return MetricMatch(
                best.sign.metric, best.sign.id, best.term, where, tuple(rejected or ())
            )
    return None


def _own(rules: Rules, figure: Asked, candidates: list[Candidate]) -> list[Candidate]:
    """The candidates of a clause without the nouns that other figures of it count, for a subject
    that names what it counts itself: 45所职业院校开设320个|专业点."""
    subject, text = figure.texts["subject"], figure.texts["clause"]
    _, _, index = rules.last[0]
    named = speaking(rules, figure, index, "subject", "subject")
    if (figure.any_unit and figure.unit is not None) or not any(
        each.end == len(subject) for each in named
    ):
        return candidates
    return [
        each
        for each in candidates
        if len(each.term) > 1
        or each.term[0] in subject
        or not (
            _COUNT.search(text, 0, each.end - size_of(each.term))
            or _COUNTED.match(text, each.end)
            or _is_listed(text, subject, each.end)
        )
    ]


def _is_listed(clause: str, subject: str, at: int) -> bool:
    """Whether a word is in an item of a list that has a figure of its own, and not in that of the
    subject nor behind the last figure, where it may be said of all: 专项经费900万元、|培训教师1.2万人次."""
    begin, end = clause.rfind("、", 0, at) + 1, clause.find("、", at)
    if (not begin and end < 0) or begin <= clause.find(subject) < (end if end >= 0 else at):
        return False
    behind = end if end >= 0 else len(clause)
    return _DIGIT.search(clause, at if end < 0 else begin, behind) is not None


def _before(rules: Rules, figure: Asked, rejected: list[Rejected] | None) -> MetricMatch | None:
    """What the nearest clause before the figure's own speaks of."""
    sentence = figure.texts["sentence"][:MOST]
    clauses = CLAUSE_STOP.split(sentence[: max(0, sentence.find(figure.texts["clause"]))])
    for clause in reversed(clauses):
        texts = {"subject": clause, "clause": clause, "sentence": sentence}
        before = figure._replace(texts=texts)
        match = _ask(rules, before, (("clause", "subject", rules.by_subject),), rejected)
        if match is not None:
            return match._replace(scope="sentence")
    return None


def _titled(
    rules: Rules, figure: Asked, titles: Sequence[str], rejected: list[Rejected] | None
) -> MetricMatch | None:
    """What the innermost title that speaks is about, for a subject that names nothing of the
    field itself, and no other things that are counted (邻里互助中心|3处)."""
    subject = figure.texts["subject"]
    own = rules.topic_lexicon.longest(subject)
    names = len(subject) > _VAGUE and not figure.families.isdisjoint(_THINGS)
    if names or not own.isdisjoint(rules.topic_words):
        return None
    for title in titles:
        texts = {"subject": title, "clause": title, "sentence": title}
        above = figure._replace(texts=texts)
        match = _ask(rules, above, (("subject", "subject", rules.by_subject),), rejected)
        if match is not None:
            return match._replace(rule="metric.title", scope="title")
    return None


def _strength(candidate: Candidate) -> tuple[int, int, int]:
    return candidate[:3]


@lru_cache(maxsize=4)
def _opening(sentence: str) -> str:
    """The clause that a sentence opens with; its figures ask one after the other."""
    pieces = PIECE.split(sentence, 2)  # 去年，学校…: a time opens nothing
    opening = pieces[1] if len(pieces) > 1 and len(pieces[0]) <= _TIME_MOST else pieces[0]
    return opening[:MOST]


def about_topic(
    rules: Rules,
    *,
    subject: str,
    clause: str,
    sentence: str,
    titles: Sequence[str] = (),
    document_is_topical: bool,
) -> bool:
    """Whether a figure (or, with its words as subject, a sentence) is about the field.

    The subject's words of the field decide, then those that are never of it, then a document
    about the field, unless the subject has only words of others. Elsewhere the nearest that holds words of the field or of others decides:
    clause, opening clause of the sentence, innermost title (a run-in title first); it speaks for
    the field only where it is of this field alone.
    """
    said = of_subject(rules, subject)
    if said:
        if not said.isdisjoint(rules.topic_words):
            return True
        if not said.isdisjoint(rules.never_words):
            return False
    if document_is_topical:
        if subject == sentence:  # a sentence of its own
            return said.isdisjoint(rules.other_words)
        alone = clause == subject or said.isdisjoint(rules.other_words)
        if alone or metrics_named(rules, subject):
            return True
        return not spoken(rules, clause[:MOST]).isdisjoint(rules.topic_words)
    if clause != subject:
        said = spoken(rules, clause[:MOST])
    answer = verdict(rules, said)
    if answer is None and (said or clause != sentence):  # a silent sentence opens silently
        answer = verdict(rules, spoken(rules, _opening(sentence)))
    if answer is None and titles:
        answer = verdict(rules, spoken(rules, titles[0][:MOST]))
    return answer is True

"""Corrections laid over the records of a document, after the rules.

A document is known by the hash of its text. Where that has changed, a document of the same name
takes the corrections whose figures are found again by the words around them.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from shuangjian_cli.model import Analysis, Decision, Indicator, Rejected, TaggedSentence

from .correction import AROUND, FIELDS, Correction, content_hash

_ENOUGH = 8
"""Characters around a figure that must be the same for it to be found again."""

_CHOSEN = tuple(field for field in FIELDS if field not in ("per_year", "implied"))
"""The fields that have a decision of their own in a record's rules."""

Span = tuple[int, int]


class Applied(NamedTuple):
    """What corrections made of a document's records: these in the order of the text and as they
    were read, the corrections that were used, and those that found nothing there."""

    indicators: tuple[Indicator, ...]
    read: tuple[Indicator, ...]
    used: tuple[Correction, ...]
    orphaned: tuple[Correction, ...]


class Corrections:
    """The corrections of files, by document. Cheap to ask, and to send to a worker."""

    def __init__(self, corrections: Iterable[Correction] = ()) -> None:
        self.all = tuple(corrections)
        self._by_hash: dict[str, list[Correction]] = {}
        self._by_name: dict[str, list[Correction]] = {}
        for each in self.all:
            self._by_hash.setdefault(each.document, []).append(each)
            self._by_name.setdefault(_last(each.file), []).append(each)

    def __bool__(self) -> bool:
        return bool(self.all)

    def of(self, file: str, digest: Callable[[], str] | str) -> tuple[Correction, ...]:
        """Those that are about a document: made for its text, or for an earlier one of its name."""
        if not self.all:
            return ()
        digest = digest if isinstance(digest, str) else digest()
        own = self._by_hash.get(digest, [])
        others = [
            each
            for each in self._by_name.get(_last(file), [])
            if each.document != digest and _same_file(each.file, file)
        ]
        return (*own, *others)

    def clashes(self) -> list[tuple[Correction, Correction]]:
        """Pairs of different people's decisions that cannot both hold; the later one counts."""
        out = []
        last: dict[tuple[Any, ...], Correction] = {}
        for each in self.all:
            for field, value in _settled(each):
                key = (*each.key, field)
                before = last.get(key)
                if before is not None and before.who != each.who:
                    old = dict(_settled(before))[field]
                    if old != value and (before, each) not in out:
                        out.append((before, each))
                last[key] = each
        return out

    def unknown(self, known: Mapping[str, Container[str]]) -> list[tuple[Correction, str, str]]:
        """Decisions that name, in one of the `known` fields, what is not known there: the field,
        what it names."""
        return [
            (each, field, value)
            for each in self.all
            for field, value in _settled(each)
            if field is not None
            and field in known
            and value is not None
            and value not in known[field]
        ]


def _settled(correction: Correction) -> list[tuple[str | None, Any]]:
    """What a decision says of a figure: whether it is one (None), and of its fields."""
    there: list[tuple[str | None, Any]] = [(None, correction.action != "delete")]
    if correction.action == "edit":
        there.append((correction.field, correction.new))
    elif correction.action in ("accept", "add"):
        there += correction.new.items()
    return there


def corrected(analysis: Analysis, corrections: Corrections) -> Analysis:
    """An analysis under the corrections that are about its document."""
    document = analysis.document
    text = document.text
    own = corrections.of(document.info.file, lambda: content_hash(text))
    if not own:
        return analysis
    applied = apply(own, analysis.indicators, text, analysis.sentences, document.line)
    read = {(each.start, each.end) for each in applied.indicators}
    return analysis._replace(
        indicators=applied.indicators,
        sentences=corrected_sentences(analysis.sentences, analysis.indicators, applied.indicators),
        unparsed=tuple(each for each in analysis.unparsed if (each.start, each.end) not in read),
    )


def apply(
    corrections: Sequence[Correction],
    indicators: Sequence[Indicator],
    text: str | None,
    sentences: Sequence[TaggedSentence],
    line: Callable[[int], int] | None = None,
    digest: str | None = None,
) -> Applied:
    """Records under corrections that are about their document.

    `text` is None where it is not at hand: then only corrections of this very text (`digest`) are
    found. `sentences` hold added figures; without `line`, their lines are the sentences'.
    """
    digest = digest or (content_hash(text) if text is not None else "")
    found: dict[Span, list[Correction]] = {}
    orphaned = []
    for each in corrections:
        span = _place(each, text, digest)
        if span is None:
            orphaned.append(each)
        else:
            found.setdefault(span, []).append(each)
    out = []
    used: list[Correction] = []
    exact = {(each.start, each.end) for each in indicators}
    loose = [each for each in found if each not in exact]
    for record in indicators:
        span = (record.start, record.end)
        if span not in found:  # the rules may read more or fewer words than on that day
            near = (each for each in loose if each in found and _overlap(each, span))
            span = next(near, span)
        own = found.pop(span, None)
        if own is None:
            out.append(record)
            continue
        used += own
        if (new := _laid_over(record, own)) is not None:
            out.append(new)
    for span, own in found.items():
        new = _added(span, own, indicators, sentences, line)
        if new is not None:
            out.append(new)
            used += own
        elif own[-1].action == "delete":
            used += own  # nothing is read there, as it should be
        else:
            orphaned += own
    out.sort(key=lambda each: (each.start, each.end))
    return Applied(tuple(out), tuple(indicators), tuple(used), tuple(orphaned))


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _place(correction: Correction, text: str | None, digest: str) -> Span | None:
    """Where a correction's figure stands: at its offsets, or in a changed text where the words
    around it agree best, if no other place does as well."""
    figure, start, end = correction.figure, correction.start, correction.end
    if correction.document == digest and (text is None or text[start:end] == figure):
        return start, end
    if text is None:
        return None
    best = _ENOUGH - 1
    places: list[Span] = []
    at = text.find(figure)
    while at >= 0:
        end = at + len(figure)
        same = _common(correction.before[::-1], text[max(0, at - AROUND) : at][::-1])
        same += _common(correction.after, text[end : end + AROUND])
        if same > best:
            best, places = same, []
        if same == best:
            places.append((at, end))
        at = text.find(figure, at + 1)
    return places[0] if len(places) == 1 else None


def _common(one: str, other: str) -> int:
    """How many characters two texts have in common from the start."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _laid_over(record: Indicator, corrections: Sequence[Correction]) -> Indicator | None:
    """The record as the corrections have it, None where it is no figure."""
    values: dict[str, tuple[Any, Correction]] = {}
    gone = False
    for each in corrections:
        gone = each.action == "delete"
        if each.action == "edit":
            assert each.field is not None
            values[each.field] = (each.new, each)
        elif not gone:
            values.update((name, (value, each)) for name, value in each.new.items())
    if gone:
        return None
    rules = dict(record.rules)
    changed = {}
    for name, (value, by) in values.items():
        old = getattr(record, name)
        if old == value:
            continue
        changed[name] = value
        if name in _CHOSEN:
            before = rules.get(name, Decision("none"))
            was = Rejected(_shown(old), f"corrected; {before.rule}")
            rules[name] = Decision(by.rule, record.start, record.end, (*before.rejected, was))
    last = corrections[-1]
    rules["confidence"] = Decision(last.rule, record.start, record.end)
    return record._replace(**changed, confidence="confirmed", reasons=(), rules=rules)


def _shown(value: Any) -> str:
    from shuangjian_cli.write.values import flat

    return flat(value) or "null"


def _added(
    span: Span,
    corrections: Sequence[Correction],
    indicators: Sequence[Indicator],
    sentences: Sequence[TaggedSentence],
    line: Callable[[int], int] | None,
) -> Indicator | None:
    """A record that the rules do not read, of one who added or vouched for it; None where nobody
    said all of it, or it was deleted."""
    whole = next((each for each in corrections if each.action in ("add", "accept")), None)
    holder = next((each for each in sentences if each.start <= span[0] < each.end), None)
    if whole is None or holder is None or whole.new.get("value") is None:
        return None
    new = {**_NOTHING, **whole.new}
    rules = {name: Decision(whole.rule, *span) for name in (*_CHOSEN, "confidence")}
    first = next((each for each in indicators if each.sentence_start == holder.start), None)
    record = Indicator(
        document=holder.document,
        start=span[0],
        end=span[1],
        line=line(span[0]) if line else holder.line,
        figure=whole.figure,
        **new,
        confidence="confirmed",
        reasons=(),
        sentence=first.sentence if first else holder.sentence,
        sentence_start=first.sentence_start if first else holder.start,
        sentence_end=first.sentence_end if first else holder.end,
        section=holder.section,
        rules=rules,
    )
    return _laid_over(record, corrections)


_NOTHING: Mapping[str, Any] = dict.fromkeys(FIELDS) | {
    "value": Decimal(0),
    "bound": "=",
    "role": "level",
    "subject": "",
    "groups": (),
    "per_year": False,
    "status": "achieved",
    "implied": False,
}


def corrected_sentences(
    sentences: Sequence[TaggedSentence],
    before: Sequence[Indicator],
    after: Sequence[Indicator],
) -> tuple[TaggedSentence, ...]:
    """Tagged sentences with the figures and metrics that corrected records give them."""
    old, new = _by_sentence(sentences, before), _by_sentence(sentences, after)
    out = []
    for number, sentence in enumerate(sentences):
        was, now = old.get(number, []), new.get(number, [])
        if was == now:
            out.append(sentence)
            continue
        lost = {each.metric for each in was} - {each.metric for each in now}
        kept = [each for each in sentence.metrics if each not in lost]
        metrics = dict.fromkeys([*kept, *(each.metric for each in now if each.metric)])
        figures = sentence.figures + len(now) - len(was)
        out.append(sentence._replace(metrics=tuple(metrics), figures=max(0, figures)))
    return tuple(out)


def _by_sentence(
    sentences: Sequence[TaggedSentence], records: Iterable[Indicator]
) -> dict[int, list[Indicator]]:
    from bisect import bisect_right

    starts = [each.start for each in sentences]
    out: dict[int, list[Indicator]] = {}
    for record in records:
        out.setdefault(bisect_right(starts, record.start) - 1, []).append(record)
    return out


def _last(file: str) -> str:
    return file.replace("\\", "/").rpartition("/")[2]


def _same_file(one: str, other: str) -> bool:
    """Whether two names may be of one file, seen from different folders."""
    parts = [
        [part for part in each.replace("\\", "/").split("/") if part not in ("", ".", "..")]
        for each in (one, other)
    ]
    short, long = sorted(parts, key=len)
    return bool(short) and long[-len(short) :] == short

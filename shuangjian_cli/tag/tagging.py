"""Tags of whole sentences: place, pillar and metrics, with figures or without."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from shuangjian_cli.model import Document, Indicator, Sentence, TaggedSentence
from shuangjian_cli.structure.masthead import shown_kind

from .area import Areas
from .around import Around
from .metric import about_topic, matter, metrics_named
from .pack import Rules
from .pillar import pillar

_NOWHERE = (None, None, None, None)


class Tagging:
    """Tags the sentences of one document."""

    def __init__(
        self, document: Document, rules: Rules, areas: Areas, *, document_is_topical: bool
    ) -> None:
        self._document = document
        self._rules = rules
        self._areas = areas
        self._topical = document_is_topical

    def of(
        self, around: Around, found: Sequence[Indicator], readable: bool
    ) -> Iterator[TaggedSentence]:
        """The sentences that are shown for one that was read, each with its own of the figures
        `found`; one that is not `readable` (a byline, a caption) has neither pillar nor metrics.
        """
        starts = around.starts()
        if len(starts) == 1:
            yield self._one(around, found, readable)
            return
        sentence = around.sentence
        for start, end in zip(starts, [*starts[1:], sentence.end], strict=True):
            part = Around(self._document, sentence._replace(start=start, end=end))
            shown = around.shown(start)
            own = [record for record in found if shown.start <= record.start < shown.end]
            yield self._one(part, own, readable)

    def _one(self, around: Around, found: Sequence[Indicator], readable: bool) -> TaggedSentence:
        document, sentence = self._document, around.sentence
        area = self._areas.of_sentence(sentence)
        named: dict[str, None] = dict.fromkeys(r.metric for r in found if r.metric)
        counted = Counter(record.pillar for record in found if record.pillar)
        # Of several records' pillars the one that most have, of equals the first.
        its = counted.most_common(1)[0][0] if counted else None
        if readable:
            words = around.words
            topical = about_topic(
                self._rules,
                subject=words,
                clause=words,
                sentence=words,
                titles=around.titles,
                document_is_topical=self._topical,
            )
            title = _is_title(sentence)
            if topical:
                folded = document.folded
                measured = [folded.folded(r.start) - sentence.start for r in found if r.metric]
                spoken = metrics_named(self._rules, words, measured)
                if not title:
                    named.update(dict.fromkeys(spoken))
            if topical and not counted:
                its_matter = matter(words, self._rules.lexicon)
                titles = around.numbered()
                by = pillar(
                    self._rules,
                    metric=next(iter(named or spoken), None),
                    subject="",
                    clause="",
                    sentence="" if title else its_matter,
                    section_titles=[its_matter, *titles] if title else titles,
                    run_in_title=around.run_in,
                    topical=True,
                    document_is_topical=self._topical,
                )
                its = by.pillar
        name, code, level, province = area or _NOWHERE
        shown = around.shown(sentence.start)
        return TaggedSentence(
            document.info,
            shown.start,
            shown.end,
            document.line(shown.start),
            shown.written,
            shown_kind(document.folded.text, sentence),
            province,
            name,
            code,
            level,
            its,
            tuple(named),
            around.section,
            len(found),
        )


def _is_title(sentence: Sentence) -> bool:
    """Whether a sentence is a title, or nothing but a run-in title (二是推动家校联动。)."""
    if sentence.kind == "title":
        return True
    run_in = sentence.run_in
    return run_in is not None and sentence.start <= run_in[0] and run_in[1] + 1 >= sentence.end

"""The documents under review, of files and stores alike, each with what the rules read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from shuangjian_cli.correct import Correction, Corrections, content_hash, corrected_sentences
from shuangjian_cli.correct.apply import Applied, apply
from shuangjian_cli.correct.correction import AROUND
from shuangjian_cli.model import DocumentInfo, Indicator, Metadata, Source, TaggedSentence

if TYPE_CHECKING:
    from shuangjian_cli.store import Store
    from shuangjian_cli.tag.pack import Rules


class Read(NamedTuple):
    """A document as the rules read it. `text` is None where a store did not keep it."""

    info: DocumentInfo
    digest: str
    text: str | None
    sentences: tuple[TaggedSentence, ...]
    indicators: tuple[Indicator, ...]
    province: str | None

    @property
    def source(self) -> Source:
        """What it was read from, as far as that is kept."""
        metadata = Metadata(self.info.id, province=self.province, published=self.info.published)
        return Source(self.info.file, self.text or "", metadata)

    def under(self, corrections: Corrections) -> Applied:
        """Its records under the corrections that are about it."""
        own = corrections.of(self.info.file, self.digest)
        return apply(own, self.indicators, self.text, self.sentences, digest=self.digest)

    def tagged(self, applied: Applied) -> tuple[TaggedSentence, ...]:
        """Its sentences, with the figures and metrics of its records under corrections."""
        return corrected_sentences(self.sentences, self.indicators, applied.indicators)


class Texts:
    """The documents of a store, or of the texts of files, in their order.

    `records` gives the figures of each without its text, `read` the whole of one.
    """

    def __init__(self) -> None:
        self._documents: list[tuple[Callable[[], Read], Callable[[], Sequence[Indicator]]]] = []
        self._names: list[tuple[str, str]] = []

    def __len__(self) -> int:
        return len(self._documents)

    def add(self, read: Read) -> None:
        """One more document, which stays in memory."""
        self._documents.append((lambda: read, lambda: read.indicators))
        self._names.append((read.info.file, read.digest))

    def add_store(self, store: Store) -> None:
        """The documents of a store that are no reprints; read from it when asked for."""
        for document in store.documents(once=True):
            identity = document.id

            def read(identity: str = identity) -> Read:
                stored = store.whole_as_read(identity)
                own = stored.document
                return Read(
                    own.info,
                    own.sha256,
                    stored.text,
                    stored.sentences,
                    stored.indicators,
                    own.province,
                )

            def records(identity: str = identity) -> Sequence[Indicator]:
                return store.as_read(identity)

            self._documents.append((read, records))
            self._names.append((document.info.file, document.sha256))

    def read(self, number: int) -> Read:
        """The document of a number, whole."""
        return self._documents[number][0]()

    def records(self, number: int, corrections: Corrections) -> Sequence[Indicator]:
        """The records of a document under corrections."""
        if corrections.of(*self._names[number]):
            return self.read(number).under(corrections).indicators
        return self._documents[number][1]()

    def completed(self, correction: Correction) -> Correction:
        """A correction with the name of its document and all the words around its figure, where its
        text is here: a report's page knows short names and single paragraphs."""
        for number, (file, digest) in enumerate(self._names):
            if digest == correction.document:
                text = self.read(number).text
                start, end = correction.start, correction.end
                if text is None or text[start:end] != correction.figure:
                    return correction
                before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
                return correction._replace(file=file, before=before, after=after)
        return correction

    def digest(self, number: int) -> str:
        """The content hash of a document."""
        return self._names[number][1]

    def digests(self) -> set[str]:
        """The content hashes of all."""
        return {digest for _, digest in self._names}

    def decided(self, corrections: Corrections) -> Iterator[tuple[Read, Applied]]:
        """The documents that corrections are about, with what these made of their records."""
        for number, (file, digest) in enumerate(self._names):
            if corrections.of(file, digest):
                read = self.read(number)
                yield read, read.under(corrections)


@dataclass(slots=True)
class Outcome:
    """What became of all corrections of a file: used somewhere, or orphaned."""

    used: dict[int, Correction] = field(default_factory=dict)
    orphaned: list[Correction] = field(default_factory=list)


def outcome(texts: Texts, corrections: Corrections) -> Outcome:
    """Which corrections found their figures among the documents."""
    out = Outcome()
    for _, applied in texts.decided(corrections):
        out.used |= {each.line: each for each in applied.used}
    out.orphaned = [each for each in corrections.all if each.line not in out.used]
    return out


def analysed(source: Source, rules: Rules | None) -> Read:
    """A text of a file, read by the rules."""
    from shuangjian_cli.api import analyse

    analysis = analyse(source, rules, unparsed=False)
    return Read(
        analysis.document.info,
        content_hash(source.text),
        source.text,
        analysis.sentences,
        analysis.indicators,
        source.metadata.province,
    )

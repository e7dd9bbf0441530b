"""The places that a document names, and which of several places of one name is meant."""

from __future__ import annotations

from collections.abc import Iterator

from shuangjian_cli.model import Area, Document, Sentence
from shuangjian_cli.tag.area.mention import Mention, read
from shuangjian_cli.tag.place import Gazetteer

BODY_MOST = 6000
"""How many characters of prose are asked for names and levels."""


class Names:
    """The places that a document mentions, read once a sentence."""

    def __init__(self, document: Document, gazetteer: Gazetteer) -> None:
        self.document = document
        self.gazetteer = gazetteer
        self.within: Area | None = None
        self._short: dict[str, Area] = {}
        self._read: dict[int, list[Mention]] = {}
        self._ambiguous: set[int] = set()  # where sentences begin that name one of several places
        self._shares: bool | None = None

    def of(self, sentence: Sentence) -> list[Mention]:
        """The mentions of a sentence."""
        known = self._read.get(sentence.start)
        if known is None:
            text = self.document.folded.text
            at = sentence.start, sentence.end
            places = self.gazetteer.find(text, *at, self.within)
            if any(place.area is None for place in places):
                self._ambiguous.add(sentence.start)
            known = self._read[sentence.start] = read(text, *at, places, self._short)
        return known

    def hint(self) -> Area | None:
        """The place that tells names of several places apart: the one city or province that holds
        such a place and is named in any part of the text (龙华区 beside 深圳外国语学校)."""
        text, gazetteer = self.document.folded.text[:BODY_MOST], self.gazetteer
        held: set[Area] = set()
        for start, end, area in gazetteer.find(text):
            if area is not None:
                continue
            for candidate in gazetteer.candidates(text[start:end]):
                for holder in gazetteer.chain(candidate)[-2:-1]:
                    stem = gazetteer.shortened(holder.name or "")
                    if len(stem) > 1 and stem in text:
                        held.add(holder)
        return held.pop() if len(held) == 1 else None

    def settle(self, within: Area | None) -> None:
        """Read anew in the light of the document: `within` governs, by which names of several
        places are told apart, and a place named in full is known by its short name too (平江县,
        then 平江)."""
        changed = within != self.within
        self.within = within
        for area in {m.area for _, m in self.all() if m.area is not None}:
            name = area.name or ""
            short = self.gazetteer.shortened(name)
            if area.level in ("city", "county") and len(short) > 1:
                self._short[short] = area
        text = self.document.folded.text
        for sentence in [s for s in self.document.sentences if s.start in self._read]:
            words = text[sentence.start : sentence.end]
            again = changed and sentence.start in self._ambiguous
            if again or any(short in words for short in self._short):
                del self._read[sentence.start]

    def shares_name(self) -> bool:
        """Whether the text has a name of several places that nothing tells apart."""
        if self._shares is None:
            text = self.document.folded.text[:BODY_MOST]
            self._shares = self.gazetteer.is_ambiguous(text)
        return self._shares

    def all(self) -> Iterator[tuple[Sentence, Mention]]:
        """All mentions, those of furniture and bylines included."""
        read_ = 0
        for sentence in self.document.sentences:
            for mention in self.of(sentence):
                yield sentence, mention
            read_ += sentence.end - sentence.start
            if read_ > BODY_MOST:
                return

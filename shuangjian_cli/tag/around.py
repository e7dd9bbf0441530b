"""A sentence with its words and titles, as all of its figures see it."""

from bisect import bisect_left, bisect_right

from shuangjian_cli.model import Document, Sentence
from shuangjian_cli.patterns import CLAUSE_STOP, regex, worded

_ON_WORKS = worded(
    "(?:(?:{works.before})*(?:{works.done})后|(?:该|上述)(?:{works.named})|{works.subjects})",
    __file__,
)
"""新建幼儿园8所。|建成后|新增学位: how a sentence on works goes on with them."""
_WORKS_HEADS = frozenset("全项工建投竣完该上总占")
_HALF_WIDTH = regex("；[”’）】》〉］…]*")


_QUESTION = 60
"""How long a question is whose answer goes on with what it asks about."""


class Shown:
    """A sentence as outputs show it: its words and their offsets in the text as read."""

    __slots__ = ("end", "start", "written")

    def __init__(self, start: int, end: int, written: str) -> None:
        self.start = start
        self.end = end
        self.written = written


class Around:
    """A sentence with what is the same for all of its figures.

    `words` are folded; `titles` holds the innermost title, a run-in title before that of the
    section. What the text reads as one sentence is shown as several where half-width semicolons
    stand in it: contexts reach over these, yet they end a sentence like any other stop.
    """

    __slots__ = (
        "_document",
        "_shown",
        "_starts",
        "_stops",
        "run_in",
        "section",
        "sentence",
        "titles",
        "words",
    )

    def __init__(self, document: Document, sentence: Sentence) -> None:
        text = document.folded.text
        start, end, _, _, section, run_in = self.sentence = sentence
        self._document = document
        self.words = text[start:end]
        self.section = section.title if section else None
        self.run_in = text[slice(*run_in)] if run_in else None
        title = self.run_in or self.section
        self.titles = () if title is None else (title,)
        self._stops: list[int] | None = None
        self._starts: list[int] | None = None
        self._shown: dict[int, Shown] = {}

    def numbered(self) -> list[str]:
        """The titles of the numbered sections around the sentence, innermost first."""
        section = self.sentence.section
        return [each.title for each in section.chain() if each.numbered] if section else []

    def clause(self, start: int, end: int) -> str:
        """The words between the stops around a figure, without a parenthesis right behind it."""
        stops = self._stops
        if stops is None:
            stops = self._stops = [stop.start() for stop in CLAUSE_STOP.finditer(self.words)]
        base = self.sentence.start
        before, after = bisect_left(stops, start - base), bisect_left(stops, end - base)
        first = stops[before - 1] + 1 if before else 0
        last = stops[after] if after < len(stops) else len(self.words)
        behind = end - base
        if self.words.startswith("（", behind):
            closed = self.words.find("）", behind, last)
            if closed > behind:
                return self.words[first:behind] + self.words[closed + 1 : last]
        return self.words[first:last]

    @property
    def follows_on(self) -> bool:
        """Whether a ； ends what stands before the sentence."""
        start = self.sentence.start
        return start > 0 and self._document.folded.text[start - 1] == "；"

    @property
    def asked(self) -> str:
        """The question right before the sentence, which it answers: 课后服务怎么收费？答：…."""
        text, start = self._document.folded.text, self.sentence.start
        end = len(text[max(0, start - 3) : start].rstrip()) + max(0, start - 3)
        if not end or text[end - 1] != "？":
            return ""
        opens = max(text.rfind(stop, max(0, end - _QUESTION), end - 1) for stop in "。？！\n")
        return text[opens + 1 : end]

    def item(self, at: int) -> str:
        """The words of the sentence from the last ； before a figure."""
        words = self.words
        return (
            words[words.rfind("；", 0, at - self.sentence.start) + 1 :] if "；" in words else words
        )

    def before(self, at: int) -> str:
        """The words of the sentence between the last ； before a figure and the figure, with the
        sentence before it where it goes on with the works of that."""
        at -= self.sentence.start
        words = self.words[self.words.rfind("；", 0, at) + 1 : at]
        if self.words[:1] in _WORKS_HEADS and _ON_WORKS.match(self.words):
            text, opens = self._document.folded.text, self.sentence.paragraph[0]
            end = self.sentence.start
            words = text[max(opens, text.rfind("。", opens, max(opens, end - 1)) + 1) : end] + words
        return words

    def starts(self) -> list[int]:
        """Where the sentences begin, folded, that are shown for this one."""
        if self._starts is None:
            first, end = self.sentence[:2]
            self._starts = [first]
            if self.sentence.kind == "prose" and "；" in self.words:
                ends = [first + stop.end() for stop in _HALF_WIDTH.finditer(self.words)]
                text = self._document.folded.text
                self._starts += [stop for stop in ends if text[stop:end].strip()]
        return self._starts

    def shown(self, at: int) -> Shown:
        """The sentence that is shown for the folded offset `at`."""
        starts = self.starts()
        i = bisect_right(starts, at) - 1
        shown = self._shown.get(i)
        if shown is None:
            text, folded, *_ = self._document
            end = starts[i + 1] if i + 1 < len(starts) else self.sentence.end
            begin, end = folded.start(starts[i]), folded.end(end)
            shown = self._shown[i] = Shown(begin, end, text[begin:end])
        return shown

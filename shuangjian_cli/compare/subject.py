"""When two subjects name the same thing: a key that does not depend on how they are put.

A subject is folded, cut into the words of `subjects.toml` (what lies between them is a word
too), freed of words that tell nothing apart and of what its metric says already, and the rest,
replaced by one of their synonyms, compared without regard to order. 小学在校生 and 高中在校生 keep
apart; 学科类培训机构压减率 and 学科类机构压缩率 meet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from shuangjian_cli.data import load

Key = tuple[str, ...]

# Costs of a cut: the fewest characters outside words, then the fewest words. A word of one
# character costs more than the character alone, so that it stands only between other words.
_WORD, _SHORT_WORD, _GAP, _GAP_CHARACTER = 4, 11, 5, 10
_BRACKETED = re.compile(r"[（(]([^（）()]*)[）)]")
_QUOTES = str.maketrans("", "", " “”‘’\"'「」『』《》〈〉【】[]（）()·")
_CLAUSES = re.compile("[，,；;]")
_PARTED = re.compile(r"[、，,：:；;\n]+")


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """The words of `subjects.toml`, those of a rule pack among them."""

    words: dict[str, tuple[str, ...]]
    """Each known word with what replaces it: itself, synonyms, or nothing."""
    endings: dict[str, tuple[int, ...]]
    """The lengths of the words that end with a character, the longest first."""
    tails: tuple[str, ...]
    shares: tuple[str, ...]
    implied: dict[str, frozenset[str]]
    unsaid: dict[str, dict[str, str]]
    scopes: tuple[str, ...]
    extremes: tuple[str, ...]
    said: dict[str, frozenset[str]]
    movements: tuple[str, ...]
    averages: tuple[str, ...]


Aliases = tuple[tuple[str, str], ...]
"""Spellings, each with the word that it stands for, as rule packs give them."""


@lru_cache(maxsize=8)
def vocabulary(aliases: Aliases = ()) -> Vocabulary:
    """The words with certain spellings."""
    from shuangjian_cli.language import provinces

    data = load(__file__, "subjects.toml")
    words: dict[str, tuple[str, ...]] = {}
    for group in data["words"].values():
        words |= {word: (word,) for word in group}
    for canonical, variants in data["same"].items():
        replaced = tuple(canonical.split())
        words |= dict.fromkeys(map(_plain, variants), replaced)
        words |= {word: words.get(word, (word,)) for word in replaced}
    shares = tuple(sorted(data["shares"], key=len, reverse=True))
    words |= dict.fromkeys((*data["drop"], *shares), ())
    implied = {metric: frozenset(said) for metric, said in data["implied"].items()}
    for said in implied.values():
        words = {word: (word,) for word in said} | words
    for place in provinces().values():
        words |= {place.name: (), place.short: ()}
    words |= {word: words.get(word, (word,)) for _, word in aliases}
    words |= {spelling: words[word] for spelling, word in aliases}
    endings: dict[str, set[int]] = {}
    for word in words:
        endings.setdefault(word[-1], set()).add(len(word))
    return Vocabulary(
        words=words,
        endings={last: tuple(sorted(lengths, reverse=True)) for last, lengths in endings.items()},
        tails=tuple(sorted(data["tails"], key=len, reverse=True)),
        shares=shares,
        implied=implied,
        unsaid=data["unsaid"],
        scopes=tuple(data["scopes"]),
        extremes=tuple(data["extremes"]),
        movements=tuple(data["movements"]),
        averages=tuple(data["averages"]),
        said={field: frozenset(named) for field, named in data["said"].items()},
    )


def _plain(text: str) -> str:
    """Without brackets and quotation marks, and without commas between brackets."""
    text = _BRACKETED.sub(lambda inside: _PARTED.sub("", inside[1]), text)
    return text.translate(_QUOTES)


@lru_cache(maxsize=1 << 13)
def folded(subject: str) -> str:
    """A subject in simplified characters of usual width."""
    from shuangjian_cli.structure.fold import fold

    return fold(subject).text


def subject_key(subject: str, metric: str | None, known: Vocabulary | None = None) -> Key:
    """The words that tell a subject from others of its metric, sorted; may be empty.

    Two subjects of one metric, role and unit family share a row when their keys are equal. `known` are
    the words, None for the built-in ones.
    """
    return _key(subject, metric, known or vocabulary())


@lru_cache(maxsize=1 << 13)
def _key(subject: str, metric: str | None, known: Vocabulary) -> Key:
    text = _plain(folded(subject))
    for tail in known.tails:
        if text.endswith(tail) and len(text) > len(tail) + 1:
            text = text.removesuffix(tail)
            break
    words: set[str] = set()
    for word in (word for piece in _PARTED.split(text) for word in _cut(piece, known)):
        replaced = known.words.get(word)
        words.update(_without_share(word, known) if replaced is None else replaced)
    if metric is not None:
        words -= known.implied.get(metric, frozenset())
        for said, unsaid in known.unsaid.get(metric, {}).items():
            if words == {said}:
                words.add(unsaid)
    return tuple(sorted(words))


def without(key: Key, said: Iterable[str | None]) -> Key:
    """A key without the words by which it names stages of education or groups."""
    known = vocabulary().said
    words = {word for each in said if each for word in known.get(each, ())}
    return tuple(word for word in key if word not in words) if words else key


def _without_share(word: str, known: Vocabulary) -> tuple[str, ...]:
    """An unknown word without 的 about it and the ending of a share: 办结率 → 办结."""
    word = word.strip("的") or word
    for share in known.shares:
        if word.endswith(share) and len(word) > len(share):
            return (word.removesuffix(share),)
    return (word,)


def _cut(text: str, known: Vocabulary) -> list[str]:
    """The cheapest cut of a text into known words and the gaps between them."""
    # best[i]: cost of text[:i], where its last piece starts, and whether that piece is a gap.
    # Of two cuts that cost the same, the one whose last word is longer.
    best: list[tuple[int, int, bool]] = [(0, 0, False)]
    for end in range(1, len(text) + 1):
        cost, start, gap = best[end - 1]
        found = (
            (cost + _GAP_CHARACTER, start, True)
            if gap
            else (cost + _GAP + _GAP_CHARACTER, end - 1, True)
        )
        for length in known.endings.get(text[end - 1], ()):
            start = end - length
            if start >= 0 and text[start:end] in known.words:
                cost = best[start][0] + (_WORD if length > 1 else _SHORT_WORD)
                if cost < found[0]:
                    found = (cost, start, False)
        best.append(found)
    pieces: list[str] = []
    end = len(text)
    while end:
        start = best[end][1]
        pieces.append(text[start:end])
        end = start
    return pieces[::-1]


def is_share(subject: str) -> bool:
    """Whether a subject says that its figure is a share: 压减率."""
    return folded(subject).endswith(vocabulary().shares)


def is_average(subject: str) -> bool:
    """Whether a subject says that its figure is for each of something: 生均经费."""
    return any(each in folded(subject) for each in vocabulary().averages)


def is_extreme(subject: str) -> bool:
    """Whether a figure is of the most or the least among the parts of a place: 参与率最低."""
    said = folded(subject).rstrip("的者")
    extremes = vocabulary().extremes
    return said.endswith(extremes) or any(f"{each}的" in said for each in extremes)


def is_movement(before: str, subject: str) -> bool:
    """Whether a rank is by a movement, as its subject or its clause says: 增速居全国第3位."""
    said = subject + _CLAUSES.split(before)[-1]
    return any(word in said for word in vocabulary().movements)


def parts(subject: str) -> list[str]:
    """The subjects of one numeral that serves several shares: 作业公示率、时长达标率 → both.

    Only shares are parted: 29所 of 新建、改扩建学校 is one sum.
    """
    if "、" not in subject:
        return [subject]
    pieces = [piece for piece in subject.split("、") if piece]
    endings = (*vocabulary().shares, "度")
    if len(pieces) > 1 and all(piece.endswith(endings) for piece in pieces):
        return pieces
    return [subject]


def scope(before: str) -> str:
    """Among whom a rank counts: the nearest such word before it in its clause."""
    clause = _CLAUSES.split(before)[-1]
    # Of 西部 and 西部地区, which begin at one place, the longer.
    at, _, word = max(
        ((clause.rfind(word), len(word), word) for word in vocabulary().scopes),
        default=(-1, 0, ""),
    )
    return word.removesuffix("地区") if at >= 0 else ""

"""Word lists find what a compiled pattern of the same words finds."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from pytest import MonkeyPatch

from shuangjian_cli.derived import Derived
from shuangjian_cli.patterns import CHINESE, Endings, WordList, last, regex, worded

WORDS = st.lists(st.text("甲乙丙", min_size=1, max_size=4), min_size=1, max_size=6)
TEXT = st.text("甲乙丙丁", max_size=12)
AFTER = st.sampled_from(["", "(?!丙)(?=.{2})", "乙?(?!甲)", "(?:乙|丙)?"])


def alternatives(words: list[str]) -> str:
    return "|".join(sorted(set(words), key=len, reverse=True))


def span(match: object) -> tuple[int, int] | None:
    return match.span() if match else None  # type: ignore[attr-defined]


@given(WORDS, AFTER, TEXT, st.integers(0, 12), st.integers(0, 12))
def test_a_word_list_is_a_pattern_of_its_words(
    words: list[str], after: str, text: str, start: int, end: int
) -> None:
    start, end = min(start, len(text)), min(end, len(text))
    pattern, listed = re.compile(f"(?:{alternatives(words)}){after}"), WordList(words, after)
    assert span(listed.match(text, start, end)) == span(pattern.match(text, start, end))
    assert span(listed.search(text, start, end)) == span(pattern.search(text, start, end))
    assert [m.group() for m in listed.finditer(text)] == [m.group() for m in pattern.finditer(text)]


@given(WORDS, TEXT, st.integers(0, 12), st.integers(0, 12))
def test_whole_words(words: list[str], text: str, start: int, end: int) -> None:
    start, end = min(start, len(text)), min(end, len(text))
    expected = span(re.compile(alternatives(words)).fullmatch(text, start, end))
    assert span(WordList(words).fullmatch(text, start, end)) == expected
    assert span(Endings(words).fullmatch(text, start, end)) == expected


@given(WORDS, st.sampled_from(["", "乙", "甲丙"]), TEXT, st.integers(0, 12), st.integers(0, 12))
def test_endings_are_a_pattern_at_the_end(
    words: list[str], then: str, text: str, start: int, end: int
) -> None:
    start, end = min(start, len(text)), min(end, len(text))
    more = f"[{then}]?" if then else ""
    pattern, endings = re.compile(f"(?:{alternatives(words)}){more}$"), Endings(words, then)
    assert span(endings.search(text, start, end)) == span(pattern.search(text, start, end))


def test_a_pattern_is_compiled_when_first_used() -> None:
    broken, sound = regex("("), regex("乙+")
    assert sound.sub("丁", "甲乙乙丙") == "甲丁丙"
    try:
        broken.search("甲")
    except re.error:
        return
    raise AssertionError("a broken pattern was not compiled")


def test_the_last_of_what_was_found() -> None:
    assert span(last(regex("甲").finditer("甲乙甲"))) == (2, 3)
    assert last(iter(())) is None


def test_a_chinese_character_is_no_mark_digit_or_latin_letter() -> None:
    assert re.findall(CHINESE, "甲县A b1，２。_〔%\n学") == ["甲", "县", "学"]


def vocabulary(folder: Path, words: str) -> str:
    """A module's file beside a vocabulary with a list in each form."""
    (folder / "vocabulary.toml").write_text(
        f'[works]\ndone = "{words}"\nnamed = ["乙（丙）", "丁"]\n', "utf-8"
    )
    return str(folder / "rules.py")


def test_lists_of_words_in_a_pattern(tmp_path: Path) -> None:
    module = vocabulary(tmp_path, "甲 甲乙")
    pattern = worded("(?:{works.done}|[戊己]{1,2})(?={works.named})", module)
    assert [m.group() for m in pattern.finditer("甲乙丁，甲乙（丙），戊己丁，甲丙")] == [
        "甲乙",
        "甲",
        "戊己",
    ]


def test_lists_that_all_packages_share(tmp_path: Path) -> None:
    assert worded("^(?:{common.in_turn})为", vocabulary(tmp_path, "甲")).search("依次为甲、乙")


def test_a_kept_pattern_has_the_words_of_its_vocabulary(
    tmp_path: Path, monkeypatch: MonkeyPatch
) -> None:
    monkeypatch.setenv("SHUANGJIAN_CACHE", str(tmp_path / "cache"))

    def found(folder: str, words: str) -> tuple[object, int]:
        (tmp_path / folder).mkdir(exist_ok=True)
        monkeypatch.setattr("shuangjian_cli.patterns.DERIVED", kept := Derived())
        module = vocabulary(tmp_path / folder, words)
        match = worded("{works.done}丙", module).search("甲丙乙丙")
        kept.save()
        return span(match), kept.found

    assert found("one", "甲") == ((0, 2), 0)
    assert found("like it", "甲") == ((0, 2), 1)
    assert found("other", "乙") == ((2, 4), 0)


def test_word_lists_find_words_of_one_character_beside_longer_ones() -> None:
    words = WordList(("和", "和与", "以及", "以"))
    assert [found.group() for found in words.finditer("甲和乙和与丙以及丁以")] == [
        "和",
        "和与",
        "以及",
        "以",
    ]
    assert words.match("以及", 0, 1) is not None
    assert words.match("及", 0) is None
    assert words.fullmatch("以及") is not None
    assert words.fullmatch("以及", 0, 1) is not None
    assert list(words.ends("和与", 0)) == [2, 1]


def test_endings_of_one_character_stand_at_the_end_of_any_text() -> None:
    endings = Endings(("了", "完成", "成"), then="约")
    for text, ending in (
        ("了", "了"),
        ("已完成", "完成"),
        ("建成约", "成约"),
        ("约", None),
        ("", None),
    ):
        found = endings.search(text)
        assert (found and found.group()) == ending
    assert endings.search("完成", 1) is not None

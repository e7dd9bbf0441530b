"""Words that rules look for are data: no list of them stands in the code of `tag/`.

Characters of the language's grammar may stand there (的, 、, numerals), words of which a pattern
says where they stand (教师(?!节)), and two words that the code tells apart (前者, 后者).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import tomli

PACKAGE = Path(__file__).parent.parent / "shuangjian_cli"
RULES = sorted((PACKAGE / "tag").rglob("*.py"))

WORD = "[\u3400-\u9fff]{2,}"
MARKS = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]")
"""What is one character in a pattern: it makes no word, and no bar in it parts alternatives."""
NAME = re.compile(r"\{([a-z]\w*)\.([a-z]\w*)\}")
GROUP = re.compile(r"\((?:\?(?:P<\w+>|<?[=!:]))?([^()]*)\)")

TOLD_APART = 2
"""How many words a collection may hold; of the alternatives in a pattern one may be a word."""


def written(node: ast.AST) -> str | None:
    """The text of a string, anything that it is formatted with left out."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=values):
            return "".join(written(value) or "□" for value in values)
    return None


def listed(node: ast.AST) -> list[str]:
    """The words of a collection."""
    match node:
        case ast.Tuple(elts=items) | ast.List(elts=items) | ast.Set(elts=items):
            found = [written(item) for item in items]
        case ast.Dict(keys=keys, values=values):
            found = [written(item) for item in (*keys, *values) if item is not None]
        case _:
            found = (written(node) or "").split()
    return [word for word in found if word and re.fullmatch(WORD, word)]


def alternatives(pattern: str) -> Iterator[list[str]]:
    """The words of each group of a pattern that are alternatives, without those around which the
    pattern looks."""
    rest = MARKS.sub("□", pattern)
    while True:
        groups = GROUP.findall(rest)
        yield from ([w for w in group.split("|") if re.fullmatch(WORD, w)] for group in groups)
        if not groups:
            break
        rest = GROUP.sub("□", rest)
    yield [word for word in rest.split("|") if re.fullmatch(WORD, word)]


def lists(source: str) -> Iterator[tuple[int, list[str]]]:
    """Where several words stand together, each list with its line."""
    tree = ast.parse(source)
    apart: set[int] = set()
    """Docstrings, and the pieces of formatted strings."""
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=value):
                apart.add(id(value))
            case ast.JoinedStr(values=values):
                apart.update(map(id, values))
    for node in ast.walk(tree):
        if id(node) in apart or not isinstance(node, ast.expr):
            continue
        if len(words := listed(node)) > TOLD_APART:
            yield node.lineno, words
        for words in alternatives(written(node) or ""):
            if len(words) > 1:
                yield node.lineno, words


@pytest.mark.parametrize(
    "source",
    [
        'A = ("教师", "学生", "家长", "员")',
        'A = frozenset({"教师", "学生", "家长"})',
        'A = {"教师": 1, "学生": 2, "家长": 3}',
        'A = regex("(?<=[|甲])(?:教师|学生|家长)$")',
        'A = regex(rf"{B}(?P<who>教师|学生|家长|员)")',
        'A = "教师 学生 家长".split()',
    ],
)
def test_a_list_in_code_is_seen(source: str) -> None:
    assert [words for _, words in lists(source)] == [["教师", "学生", "家长"]]


def test_two_alternatives_of_a_pattern_are_a_list() -> None:
    assert [words for _, words in lists('A = regex("教师|学生")')] == [["教师", "学生"]]


@pytest.mark.parametrize(
    "source",
    [
        'A = ("的", "和", "与")',
        'A = ("前者", "后者")',
        'A = regex("[教师|学生]|其中|[甲乙丙]")',
        'A = regex("(?:教师(?!节)|学生(?<!大学生))")',
        'A = regex("{people.staff}|学生")',
        '"""教师|学生"""',
    ],
)
def test_what_is_no_list(source: str) -> None:
    assert not [words for _, words in lists(source)]


@pytest.mark.parametrize(
    "path", RULES, ids=[path.relative_to(PACKAGE).as_posix() for path in RULES]
)
def test_lists_of_words_stand_in_vocabularies(path: Path) -> None:
    found = [f"{path}:{line}: {' '.join(words)}" for line, words in lists(path.read_text("utf-8"))]
    assert not found, "lists of words that belong into the vocabulary beside the code"


def named(source: str) -> set[tuple[str, str]]:
    """The lists that patterns name, by section and key."""
    texts = (node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant))
    found = (re.findall(NAME, text) for text in texts if isinstance(text, str))
    return {name for names in found for name in names}


def test_every_list_that_a_pattern_names_is_there() -> None:
    """A pattern is put together when first used, perhaps by a rare text."""
    for path in RULES:
        for section, key in named(path.read_text("utf-8")):
            where = PACKAGE if section == "common" else path.parent
            table: dict[str, Any] = tomli.loads((where / "vocabulary.toml").read_text("utf-8"))
            assert key in table["words" if section == "common" else section], (path, section, key)

"""`shuangjian explain` and the package behind it."""

from __future__ import annotations

import json
import pickle
import sys
from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

import shuangjian_cli
from shuangjian_cli.__main__ import main
from shuangjian_cli.explain import segment as door
from shuangjian_cli.explain.explanation import ROLES, explain, tokens
from shuangjian_cli.explain.place import split_place
from shuangjian_cli.model import (
    Analysis,
    Decision,
    Document,
    DocumentInfo,
    Folded,
    Indicator,
    Metadata,
    Rejected,
    TaggedSentence,
    Unparsed,
)

TEXT = "甲县简报\n2023年，全县新增学位约800个。见第7号文。\n家长很满意。\n"
INFO = DocumentInfo("甲县.txt")


def span(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def by_hand() -> Analysis:
    """An analysis of TEXT as the packages below would hand it on."""
    document = Document(
        TEXT,
        Folded(TEXT),
        INFO,
        Metadata(),
        None,
        (),
        (),
        (0, *(i + 1 for i, char in enumerate(TEXT[:-1]) if char == "\n")),
    )

    def sentence(words: str, kind: str = "prose", figures: int = 0) -> TaggedSentence:
        start, end = span(words)
        return TaggedSentence(
            INFO,
            start,
            end,
            document.line(start),
            words,
            kind,
            "甲省",
            "甲县",
            None,
            "county",
            "resources",
            ("school_places",),
            None,
            figures,
        )

    sentences = (
        sentence("甲县简报", "title"),
        sentence("2023年，全县新增学位约800个。", figures=1),
        sentence("见第7号文。"),
        sentence("家长很满意。"),
    )
    start, end = span("800个")
    indicator = Indicator(
        document=INFO,
        start=start,
        end=end,
        line=2,
        figure="800个",
        value=Decimal(800),
        value_max=None,
        unit="个",
        bound="~",
        role="level",
        trend=None,
        subject="新增学位",
        metric="school_places",
        pillar="resources",
        stage=None,
        groups=(),
        measure="total",
        province="甲省",
        area="甲县",
        area_code=None,
        area_level="county",
        period="2023",
        per_year=False,
        status="achieved",
        implied=False,
        confidence="likely",
        reasons=("two readings of the subject",),
        sentence=sentences[1].sentence,
        sentence_start=sentences[1].start,
        sentence_end=sentences[1].end,
        section=None,
        rules={
            "province": Decision("place.title", *span("甲县")),
            "subject": Decision(
                "subject.before", *span("新增学位"), (Rejected("全县", "a place"),)
            ),
            "value": Decision("quantity.arabic", *span("800")),
            "bound": Decision("quantity.bound", *span("约")),
            "metric": Decision("metric.school_places.1", *span("学位")),
            "period": Decision("period.sentence", *span("2023年")),
            "status": Decision("status.default"),
        },
    )
    numeral = Unparsed(INFO, *span("7"), 2, "7", "a document number", "见第7号文。")
    return Analysis(document, (indicator,), sentences, (numeral,))


class Outcome(NamedTuple):
    exit_code: int
    stdout: str
    stderr: str


Run = Callable[..., Outcome]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """`shuangjian explain` in this process."""

    def run(*arguments: object) -> Outcome:
        status = main(["explain", *map(str, arguments)])
        return Outcome(status, *capsys.readouterr())

    return run


@pytest.fixture
def bulletin(tmp_path: Path) -> Path:
    path = tmp_path / "湖南.txt"
    path.write_text("湖南省教育简报\n\n2023年，全省新增学位5.8万个。学校很努力。\n家长满意。\n")
    return path


# --- the package -----------------------------------------------------------------------------------


def test_only_sentences_with_numerals_unless_a_line_is_named() -> None:
    analysis = by_hand()
    assert [e.sentence.sentence for e in explain(analysis)] == [
        "2023年，全县新增学位约800个。",
        "见第7号文。",
    ]
    assert [e.sentence.sentence for e in explain(analysis, 3)] == ["家长很满意。"]
    assert [e.sentence.kind for e in explain(analysis, 1)] == ["title"]


def test_every_field_tells_its_rule_words_and_rejected_candidates() -> None:
    [record] = explain(by_hand())[0].records
    told = {field.name: field for field in record.fields}
    assert list(told) == [
        "province",
        "metric",
        "subject",
        "value",
        "bound",
        "period",
        "status",
    ]
    assert told["subject"].rule == "subject.before"
    assert told["subject"].words == "新增学位"
    assert told["subject"].rejected == (Rejected("全县", "a place"),)
    assert (told["province"].words, told["province"].line) == ("甲县", 1)
    assert told["value"].value == Decimal(800)
    assert told["status"].to_dict() == {
        "field": "status",
        "value": "achieved",
        "rule": "status.default",
        "words": None,
        "line": None,
        "start": None,
        "end": None,
        "rejected": [],
    }


def test_tokens_carry_the_roles_of_the_narrowest_words() -> None:
    explained = explain(by_hand())
    roles: dict[str | None, str] = {}
    for token in explained[0].tokens:
        roles[token.role] = roles.get(token.role, "") + token.text
        assert TEXT[token.start : token.end] == token.text
    assert roles["figure"] == "800个"
    assert roles["bound"] == "约"
    assert roles["period"] == "2023年"
    assert roles["subject"] == "新增"
    assert roles["metric"] == "学位"  # inside the subject, and narrower
    assert "place" not in roles  # stands in another sentence
    assert [t.text for t in explained[1].tokens if t.role == "unread"] == ["7"]


MARKS = st.lists(
    st.tuples(st.integers(-5, 30), st.integers(-5, 30), st.sampled_from(ROLES)), max_size=8
)


@given(st.text(max_size=20), MARKS)
def test_tokens_cover_any_text(text: str, marks: list[tuple[int, int, str]]) -> None:
    words = tokens(text, 3, marks)
    assert "".join(token.text for token in words) == text
    assert all(token.end - token.start == len(token.text) > 0 for token in words)
    for start, end, role in marks:
        if start < end and not any(a < end and start < b for a, b, other in marks if other != role):
            shown = [t for t in words if t.start < end and start < t.end]
            assert all(t.role == role for t in shown)


# --- the door to the segmenter ------------------------------------------------------------------


@pytest.fixture
def fresh() -> Any:
    """The door forgets which segmenter it found, before and after."""
    door.segmenter.cache_clear()
    yield
    door.segmenter.cache_clear()


@pytest.mark.parametrize("absent", [(), ("rjieba",), ("rjieba", "jieba")])
def test_any_segmenter_covers_the_text(
    monkeypatch: pytest.MonkeyPatch, fresh: None, absent: tuple[str, ...]
) -> None:
    for name in absent:
        monkeypatch.setitem(sys.modules, name, None)
    text = "全县新增学位5.8万个。\r\n \x00[red]\ud800𠮷 abc"
    spans = door.segment(text)
    assert spans[0][0] == 0 and spans[-1][1] == len(text)
    assert all(a[1] == b[0] for a, b in pairwise(spans))
    assert door.segment("") == []


def test_a_segmenter_that_drops_text_is_not_believed(
    monkeypatch: pytest.MonkeyPatch, fresh: None
) -> None:
    module = ModuleType("rjieba")
    module.cut = lambda text: text.split()  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "rjieba", module)
    assert door.segment("ab 12学")[-1] == (5, 6)


def test_jieba_never_reads_the_shared_cache(
    monkeypatch: pytest.MonkeyPatch, fresh: None, tmp_path: Path, capfd: Any
) -> None:
    pytest.importorskip("jieba")
    import marshal
    import tempfile

    monkeypatch.setitem(sys.modules, "rjieba", None)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    poisoned = tmp_path / "jieba.cache"
    content = marshal.dumps(({"县新": 10**9, "全": 1}, 10**9))
    poisoned.write_bytes(content)
    assert door.segment("全县新增学位")[0] == (0, 2)
    assert poisoned.read_bytes() == content
    assert list(tmp_path.iterdir()) == [poisoned]
    assert capfd.readouterr() == ("", "")


# --- FILE[:LINE] --------------------------------------------------------------------------------


def test_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "b:7").touch()
    for place, expected in {
        "a.txt": ("a.txt", None),
        "a.txt:3": ("a.txt", 3),
        "a.txt:0": ("a.txt", 0),
        "a:b.txt": ("a:b.txt", None),
        "a:1:2": ("a:1", 2),
        "b:7": ("b:7", None),
        "b:7:8": ("b:7", 8),
        "-:2": ("-", 2),
        "-": ("-", None),
        ":5": (":5", None),
        "a.txt:": ("a.txt:", None),
        "a.txt:-3": ("a.txt:-3", None),
        "a.txt:３": ("a.txt:３", None),
        "a\nb:4": ("a\nb", 4),
    }.items():
        assert split_place(place) == expected


# --- the command line ---------------------------------------------------------------------------


def test_plain_text_names_roles_rules_and_words(run: Run, bulletin: Path) -> None:
    result = run(bulletin)
    assert result.exit_code == 0
    assert "\x1b" not in result.stdout
    assert "[figure: 5.8 万个]" in result.stdout
    assert "[period: 2023 年]" in result.stdout
    assert "58000" in result.stdout
    assert "figure: the figure" in result.stdout  # the legend
    assert "学校很努力" not in result.stdout.replace(" ", "")


def test_colours_take_the_place_of_brackets(run: Run, bulletin: Path) -> None:
    result = run(bulletin, "--color", "always")
    assert "\x1b[1;36m" in result.stdout
    assert "[figure:" not in result.stdout


def test_one_line(run: Run, bulletin: Path) -> None:
    shown = run(f"{bulletin}:3").stdout.replace(" ", "")
    assert "学校很努力" in shown and "家长满意" not in shown
    assert "家长满意" in run(f"{bulletin}:4").stdout.replace(" ", "")
    empty = run(f"{bulletin}:2")
    assert empty.exit_code == 0 and "no sentence" in empty.stderr


def test_a_cell_is_shown_with_its_heads(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "table.txt"
    table.write_text(
        "全县学校情况\n类别 | 学校数 | 学生数\n小学 | 61 | 20418\n初中 | 24 | 9630\n", "utf-8"
    )
    result = run(f"{table}:3")
    assert "table 1 全县学校情况; row 2 小学; column 3 学生数" in result.stdout
    (sentence,) = json.loads(run(f"{table}:3", "--format", "json").stdout)["sentences"]
    assert sentence["kind"] == "table"
    cell = sentence["records"][1]["cell"]
    assert (cell["row_head"], cell["column_head"], cell["table_row"]) == ("小学", "学生数", 2)


@pytest.mark.parametrize("line", ["0", "5", "999999999999999999"])
def test_a_line_out_of_range(run: Run, bulletin: Path, line: str) -> None:
    result = run(f"{bulletin}:{line}")
    assert result.exit_code == 2
    assert f"has 4 lines, and no line {line}" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_json_holds_tokens_fields_and_exact_values(run: Run, bulletin: Path) -> None:
    result = run(bulletin, "--format", "json")
    [sentence] = json.loads(result.stdout, parse_float=Decimal)["sentences"]
    text = bulletin.read_text()
    assert "".join(token["text"] for token in sentence["tokens"]) == sentence["sentence"]
    [record] = sentence["records"]
    assert text[record["start"] : record["end"]] == record["figure"] == "5.8万个"
    told = {field["field"]: field for field in record["fields"]}
    assert told["value"]["value"] == 58000
    for field in told.values():
        assert field["rule"]
        if field["words"] is not None:
            assert text[field["start"] : field["end"]] == field["words"]
            assert text.count("\n", 0, field["start"]) + 1 == field["line"]


def test_a_member_of_an_archive_and_a_name_with_a_colon(run: Run, tmp_path: Path) -> None:
    import zipfile

    archive = tmp_path / "all.zip"
    with zipfile.ZipFile(archive, "w") as out:
        out.writestr("a.txt", "全县新增学位800个。\n")
        out.writestr("b.txt", "全县新建学校9所。\n")
    assert "9所" in run(f"{archive}!b.txt:1").stdout.replace(" ", "")
    assert "800个" not in run(f"{archive}!b.txt").stdout.replace(" ", "")
    missing = run(f"{archive}!c.txt")
    assert missing.exit_code == 1 and "has no such text" in missing.stderr
    odd = tmp_path / "c:12"
    odd.write_text("全县新建学校9所。\n")
    assert run(odd).exit_code == 0 and run(f"{odd}:1").exit_code == 0


def test_what_cannot_be_read_is_one_line(run: Run, tmp_path: Path) -> None:
    result = run(f"{tmp_path / 'none.txt'}:3")
    assert result.exit_code == 1
    assert f"{tmp_path / 'none.txt'}: no such file" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_no_figures_is_no_error(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("学校很努力。")
    result = run(path)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "no sentence with a figure" in result.stderr


def test_hostile_text_is_inert(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "[red]x.txt"
    path.write_text("[bold]全县[/bold]\x1b[2J\x1b]0;x\x07新增学位800个[link=http://x]。\u202e\n")
    result = run(path)
    assert result.exit_code == 0
    assert "[red]x.txt" in result.stdout
    assert "[bold]全县[/bold]" in result.stdout.replace(" ", "").replace("[place:全县]", "全县")
    assert "\x1b" not in result.stdout and "\u202e" not in result.stdout


def test_decisions_survive_the_way_to_another_process() -> None:
    (record,) = shuangjian_cli.extract("2022年，全省新建幼儿园120所。")
    copy = pickle.loads(pickle.dumps(record))
    assert copy == record
    assert copy.rules == record.rules
    assert copy.rules["value"].rule == "quantity.arabic"
    assert copy.to_dict() == record.to_dict()


def test_a_record_names_the_rules_of_its_decisions() -> None:
    for record in shuangjian_cli.extract("2022年，全省新建幼儿园不少于120所，其中乙市占三成。"):
        rules = record.to_dict()["rules"]
        assert rules == {name: decision.rule for name, decision in record.rules.items()}
        assert rules["bound"] in ("quantity.bound", "quantity.tenths")


def test_a_value_has_the_digits_that_it_needs() -> None:
    (record,) = shuangjian_cli.extract("新增学位5.8万个。")
    assert str(record.value) == "58000"

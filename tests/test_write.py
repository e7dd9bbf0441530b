"""Every format from the same rows: exact numbers, inert text, whole files."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from shuangjian_cli.api import extract
from shuangjian_cli.language import labels
from shuangjian_cli.model import (
    CELL_FIELDS,
    GROUPS,
    MEASURES,
    STAGES,
    Decision,
    DocumentInfo,
    Indicator,
    TableCell,
    TaggedSentence,
    Unparsed,
)
from shuangjian_cli.write import (
    FORMATS,
    INDICATORS,
    METRICS,
    SENTENCES,
    UNPARSED,
    Column,
    Destination,
    Table,
    WriteError,
    format_of,
    lines_of,
    replacing,
    write,
)
from shuangjian_cli.write import workbook as workbook_module
from shuangjian_cli.write.delimited import write_csv, write_tsv
from shuangjian_cli.write.json import literal, write_json, write_jsonl
from shuangjian_cli.write.parquet import arrow_type, record_batch, schema
from shuangjian_cli.write.table import Kind
from shuangjian_cli.write.terminal import Look, around, grouped, write_terminal
from shuangjian_cli.write.values import inert, plain, visible

TEXT = "全县改造校舍面积约1.23万平方米，投入29.60亿元。到2027年，晚托实现全覆盖。"


def indicator(figure: str, **changes: Any) -> Indicator:
    start = TEXT.index(figure)
    begin, stop = (0, TEXT.index("。") + 1) if start < TEXT.index("。") else (26, len(TEXT))
    begin = begin if begin == 0 else TEXT.index("。") + 1
    made = Indicator(
        document=DocumentInfo("简报.txt", title="校舍改造简报", published="2024-03-01"),
        start=start,
        end=start + len(figure),
        line=1,
        figure=figure,
        value=Decimal("2.960E+9"),
        value_max=None,
        unit="元",
        bound="=",
        role="level",
        trend=None,
        subject="校舍改造投入",
        metric="special_funds",
        pillar="guarantees",
        stage=None,
        groups=(),
        measure="total",
        province="甘肃省",
        area="会宁县",
        area_code="620422",
        area_level="county",
        period="2023",
        per_year=False,
        status="achieved",
        implied=False,
        confidence="certain",
        reasons=(),
        sentence=TEXT[begin:stop],
        sentence_start=begin,
        sentence_end=stop,
        section=None,
        rules={"value": Decision("quantity.numeral"), "subject": Decision("subject.noun")},
    )
    return made._replace(**changes)


ROWS = [
    indicator("29.60亿元").to_dict(),
    indicator(
        "1.23万平方米",
        value=Decimal("12300.0"),
        value_max=Decimal("1.23"),
        unit="平方米",
        bound="~",
        confidence="check",
        reasons=("两种读法", "无单位"),
    ).to_dict(),
    indicator(
        "全覆盖",
        value=Decimal("100.0"),
        unit="%",
        role="change",
        trend="up",
        implied=True,
        status="target",
        province="青海省",
    ).to_dict(),
]
TABLE = INDICATORS.over(ROWS)


def written(table: Table, writer: Callable[[Table, Any], None]) -> str:
    out = io.StringIO(newline="")
    writer(table, out)
    return out.getvalue()


def shown(table: Table, width: int, *, color: bool = False, lang: Any = "en") -> str:
    out = io.StringIO()
    write_terminal(table, out, Look(labels(lang), color, width))
    return out.getvalue()


def words(*values: Any) -> Table:
    """A table with one column of text."""
    return Table("words", (Column("word"),), [{"word": value} for value in values])


# --- the tables --------------------------------------------------------------------------------


def test_columns_are_the_fields_of_the_records() -> None:
    info = DocumentInfo("-")
    sentence = TaggedSentence(
        info, 0, 1, 1, "。", "prose", None, None, None, None, None, (), None, 0
    )
    assert INDICATORS.names() == tuple(ROWS[0])
    assert SENTENCES.names() == tuple(sentence.to_dict())
    assert UNPARSED.names() == tuple(Unparsed(info, 0, 1, 1, "1", "a date", "1").to_dict())


def test_columns_hold_what_their_kind_says() -> None:
    kinds: dict[str, type | tuple[type, ...]] = {
        "text": str,
        "code": str,
        "integer": int,
        "decimal": Decimal,
        "flag": bool,
        "list": list,
        "mapping": dict,
    }
    for row in ROWS:
        for column in INDICATORS.columns:
            value = row[column.name]
            assert value is None or isinstance(value, kinds[column.kind]), column


def test_selected_columns_keep_their_order_and_show_what_is_not_flat() -> None:
    table = TABLE.select(["value", "rules", "value", "file"])
    assert table.names() == ("value", "rules", "file")
    first = written(table, write_csv).splitlines()[1]
    assert first == "2960000000,value=quantity.numeral；subject=subject.noun,简报.txt"
    with pytest.raises(KeyError):
        TABLE.select(["vale"])


# --- numbers -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("2.96E+9", "2960000000"),
        ("1.23", "1.23"),
        ("98.0", "98"),
        ("98.50", "98.5"),
        ("100", "100"),
        ("1E-7", "0.0000001"),
        ("-0.0", "0"),
        ("-5.10", "-5.1"),
        ("0E+5", "0"),
        ("12345678901234567890.123456789", "12345678901234567890.123456789"),
    ],
)
def test_plain_numbers(value: str, text: str) -> None:
    assert plain(Decimal(value)) == text


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30))
def test_plain_numbers_are_exact_literals(value: Decimal) -> None:
    text = plain(value)
    assert Decimal(text) == value
    assert "E" not in text and not (text.endswith("0") and "." in text)
    assert json.loads(text, parse_float=Decimal, parse_int=Decimal) == value


def test_grouped_numbers() -> None:
    assert [grouped(Decimal(n)) for n in ("2.96E+9", "12.50", "100")] == [
        "2,960,000,000",
        "12.5",
        "100",
    ]


# --- CSV and TSV -------------------------------------------------------------------------------


def test_csv(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    write(Destination("csv", str(path)), TABLE)
    lines = path.read_bytes().decode("utf-8-sig").split("\r\n")
    assert lines[0].startswith("file,line,province,area,area_code,area_level,pillar,metric,")
    assert "rules" not in lines[0]
    assert lines[1] == (
        "简报.txt,1,甘肃省,会宁县,620422,county,guarantees,special_funds,校舍改造投入,,,total,"
        f"2960000000,,元,=,level,,2023,false,achieved,false,certain,,29.60亿元,{ROWS[0]['sentence']},,,,,,,,20,27,0,28,"
        "校舍改造简报,2024-03-01,,,"
    )
    assert ",12300,1.23,平方米,~," in lines[2] and ",check,两种读法；无单位," in lines[2]
    assert lines[4] == ""


def test_tsv_has_unix_line_ends() -> None:
    text = written(TABLE, write_tsv)
    assert "\r" not in text
    assert text.split("\n")[1].split("\t")[12] == "2960000000"


@pytest.mark.parametrize(
    "hostile",
    [
        '=HYPERLINK("http://x","y")',
        "+1+1",
        "-2+3",
        "@SUM(A1)",
        "  =1",
        "\t=1",
        "\r=1",
        "\n=1",
        "\u3000＝1",
        "＋1",
        "－1",
        "＠x",
        "\ufeff=1",
        "\x00=1",
        "\tx",
    ],
)
def test_csv_text_is_inert(hostile: str) -> None:
    ((_, cell),) = [list(csv.reader(io.StringIO(written(words(hostile), write_csv), newline="")))]
    assert cell == ["'" + hostile]
    assert written(words(hostile), write_jsonl) == f"{literal({'word': hostile})}\n"


@pytest.mark.parametrize("harmless", ["-", "=", "a=1", "5-7岁", "'", "", "　学校", "（一）"])
def test_csv_leaves_other_text_alone(harmless: str) -> None:
    assert inert(harmless) == harmless


@pytest.mark.parametrize("kind", ["text", "code", "list", "mapping"])
def test_whatever_holds_words_is_inert(kind: Kind, tmp_path: Path) -> None:
    value = {"text": "=2+5", "code": "=2+5", "list": ["=2+5"], "mapping": {"=2+5": "x"}}[kind]
    table = Table("t", (Column("=1+1", kind),), [{"=1+1": value}])
    for form, write_it in (("csv", write_csv), ("tsv", write_tsv)):
        assert all(line.startswith("'=") for line in written(table, write_it).splitlines()), form
    path = tmp_path / "o.xlsx"
    write(Destination("xlsx", str(path)), table)
    cells = openpyxl.load_workbook(path)["t"]["A"]
    assert [cell.data_type for cell in cells] == ["s", "s"]


def test_csv_figures_stay_numbers() -> None:
    table = Table("numbers", (Column("n", "decimal"),), [{"n": Decimal("-1.50")}])
    assert written(table, write_csv) == "n\r\n-1.5\r\n"


nasty = st.text(
    st.one_of(
        st.sampled_from("=+-@'\",;\t\r\n\x1b[]＝湖é𠮷\u202e\ufeff"), st.characters(codec="utf-8")
    ),
    max_size=12,
)


@given(st.lists(st.tuples(nasty, nasty), max_size=4))
def test_csv_and_tsv_read_back(rows: list[tuple[str, str]]) -> None:
    table = Table("t", (Column("a"), Column("b")), [{"a": a, "b": b} for a, b in rows])
    expected = [["a", "b"], *([inert(a), inert(b)] for a, b in rows)]
    for writer, comma in ((write_csv, ","), (write_tsv, "\t")):
        back = csv.reader(io.StringIO(written(table, writer), newline=""), delimiter=comma)
        assert list(back) == expected


# --- JSON --------------------------------------------------------------------------------------

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | nasty
    | st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(nasty, inner, max_size=3),
    max_leaves=6,
)


@given(values)
def test_json_reads_back(value: Any) -> None:
    def exact(value: Any) -> Any:
        if isinstance(value, int) and not isinstance(value, bool):
            return Decimal(value)
        if isinstance(value, list):
            return [exact(each) for each in value]
        if isinstance(value, dict):
            return {key: exact(each) for key, each in value.items()}
        return value

    back = json.loads(literal(value), parse_float=Decimal, parse_int=Decimal)
    assert back == exact(value)


def test_jsonl_has_all_fields_and_exact_numbers() -> None:
    lines = written(TABLE, write_jsonl).splitlines()
    assert [json.loads(line, parse_float=Decimal) for line in lines] == ROWS
    assert '"value": 2960000000,' in lines[0] and '"province": "甘肃省"' in lines[0]
    assert '"value": 12300, "value_max": 1.23,' in lines[1]
    assert '"reasons": ["两种读法", "无单位"]' in lines[1]
    assert '"rules": {"value": "quantity.numeral", "subject": "subject.noun"}' in lines[1]


def test_json_is_an_array_one_record_a_line() -> None:
    text = written(TABLE, write_json)
    assert json.loads(text, parse_float=Decimal) == ROWS
    assert text.startswith("[\n{") and text.endswith("}\n]\n") and text.count("\n") == 5
    assert written(TABLE.over([]), write_json) == "[]\n"


# --- the terminal ------------------------------------------------------------------------------


def lines(table: Table, width: int, lang: Any = "en") -> list[str]:
    return [line.rstrip() for line in shown(table, width, lang=lang).splitlines()]


def test_terminal_at_80_columns() -> None:
    assert lines(TABLE, 80) == [
        "校舍改造简报  2024-03-01",
        "简报.txt",
        "Line  Subject                                    Value  Unit  Period  Status",
        "Gansu",
        "   1  校舍改造投入 [会宁县]              2,960,000,000  yuan  2023    Achieved",
        "      …约1.23万平方米，投入29.60亿元。",
        "   1  校舍改造投入 [会宁县]               ~12,300–1.23  m²    2023    Achieved ?",
        "      …舍面积约1.23万平方米，投入29.60…",
        "Qinghai",
        "   1  校舍改造投入 [会宁县]                       +100  %     2023    Target",
        "      到2027年，晚托实现全覆盖。",
    ]


def test_terminal_in_chinese() -> None:
    assert lines(TABLE, 80, "zh") == [
        "校舍改造简报  2024-03-01",
        "简报.txt",
        "行  所指                                            数值  单位    时期  状态",
        "甘肃省",
        " 1  校舍改造投入 [会宁县]                  2,960,000,000  元      2023  已实现",
        "    …面积约1.23万平方米，投入29.60亿元。",
        " 1  校舍改造投入 [会宁县]                   ~12,300–1.23  平方米  2023  已实现 ?",
        "    …校舍面积约1.23万平方米，投入29.60亿…",
        "青海省",
        " 1  校舍改造投入 [会宁县]                           +100  %       2023  目标",
        "    到2027年，晚托实现全覆盖。",
    ]


def test_terminal_at_200_columns() -> None:
    assert lines(TABLE, 200) == [
        "校舍改造简报  2024-03-01",
        "简报.txt",
        "Line  Subject                Stage  Measure          Value  Unit  Period  Pillar      Metric         Status      Sentence",
        "Gansu",
        "   1  校舍改造投入 [会宁县]         Total    2,960,000,000  yuan  2023    Guarantees  Special funds  Achieved    全县改造校舍面积约1.23万平方米，投入29.60亿元。",
        "   1  校舍改造投入 [会宁县]         Total     ~12,300–1.23  m²    2023    Guarantees  Special funds  Achieved ?  全县改造校舍面积约1.23万平方米，投入29.60亿元。",
        "Qinghai",
        "   1  校舍改造投入 [会宁县]         Total             +100  %     2023    Guarantees  Special funds  Target      到2027年，晚托实现全覆盖。",
    ]


def cells(*values: tuple[int, int, str, str, str]) -> Table:
    """Records of one table: row, column, value, and the heads of both."""
    rows = []
    for row, column, value, row_head, column_head in values:
        cell = TableCell(1, row, column, "全县学校情况", row_head, column_head, 0, 90)
        made = indicator("全覆盖", value=Decimal(value), unit="所", cell=cell)
        rows.append(made.to_dict())
    return INDICATORS.over(rows)


GRID = cells(
    (2, 2, "61", "小学", "学校 / 数量(所)"),
    (2, 3, "20418", "小学", "学生"),
    (3, 2, "24", "初中", "学校 / 数量(所)"),
)


def test_terminal_shows_figures_of_a_table_under_their_heads() -> None:
    lines = shown(GRID, 100, lang="zh").splitlines()
    title, head, *body = [" ".join(line.split()) for line in lines[-4:]]
    assert title == "表 1 全县学校情况"
    assert head == "学校 / 数量 所 学生 所"
    assert body == ["小学 61 20,418", "初中 24"]


def test_terminal_parts_a_table_that_is_too_wide() -> None:
    wide = cells(*((2, column, "61", "小学", f"第{column}列的名称") for column in range(2, 14)))
    lines = shown(wide, 60).splitlines()
    assert all(cell_len(line) <= 60 for line in lines)
    assert sum(line.startswith("小学") for line in lines) > 1
    assert sum(line.count("61") for line in lines) == 12


def test_json_tells_the_cell_and_csv_its_place() -> None:
    first = json.loads(written(GRID, write_jsonl).splitlines()[0])
    told = {name: first[name] for name in CELL_FIELDS}
    assert list(told.values()) == [1, 2, 2, "全县学校情况", "小学", "学校 / 数量(所)", 0, 90]
    row = next(csv.DictReader(io.StringIO(written(GRID.flat(), write_csv), newline="")))
    assert (row["table_number"], row["table_row"], row["table_column"]) == ("1", "2", "2")
    assert (row["row_head"], row["column_head"]) == ("小学", "学校 / 数量(所)")
    assert "table_start" not in row


def test_terminal_shows_stage_measure_and_per_year_in_both_languages() -> None:
    made = indicator("29.60亿元", stage="preschool", measure="new", per_year=True).to_dict()
    chinese = shown(INDICATORS.over([made]), 200, lang="zh")
    assert "学段" in chinese and "学前教育" in chinese and "2023 每年" in chinese
    assert "计量" in chinese and "新增" in chinese
    english = shown(INDICATORS.over([made]), 200)
    assert "Preschool" in english and "New" in english and "2023 per year" in english


def test_every_column_has_a_heading_in_both_languages() -> None:
    for table in (INDICATORS, SENTENCES, UNPARSED, METRICS):
        for name in table.names():
            assert labels("zh").field(name) != name
            assert labels("en").field(name) != labels("zh").field(name)


@pytest.mark.parametrize(
    ("kind", "values"), [("stage", STAGES), ("groups", GROUPS), ("measure", MEASURES)]
)
def test_every_attribute_has_a_label(kind: str, values: tuple[str, ...]) -> None:
    assert set(labels("zh").table(kind)) == set(values)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [40, 60, 79, 80, 119, 120, 159, 160, 200, 240])
def test_terminal_fits_and_cuts_no_word_or_number(width: int, lang: Any) -> None:
    long = indicator(
        "29.60亿元",
        subject="学" * 99,
        bound=">=",
        value=Decimal(1234567890123),
        value_max=Decimal(9234567890123),
        period="2022-10-10/2023-12-31",
        per_year=True,
        confidence="check",
    ).to_dict()
    for rows in ([*ROWS, long], ROWS, [long]):
        text = shown(INDICATORS.over(rows), width, lang=lang)
        for line in text.splitlines():
            assert cell_len(line.rstrip()) <= width
        for row in rows:
            assert labels(lang).of("status", row["status"]) in text
            assert grouped(row["value"]) in text and row["period"] in text


def test_terminal_groups_by_document_and_province() -> None:
    other = {**ROWS[0], "file": "另一.txt", "title": None}
    text = shown(INDICATORS.over([*ROWS, ROWS[0], other]), 120, lang="zh")
    assert text.count("校舍改造简报") == 1
    first, second = text.split("另一.txt")
    assert first.count("甘肃省") == 1 and first.count("青海省") == 1 and second.count("甘肃省") == 1


def test_terminal_shows_hostile_text_as_text() -> None:
    hostile = "[red]a[/] [12] [/] \x1b[31mb\x9bc\r\u202ed\x07"
    row = {
        **ROWS[0],
        "file": "a\nb\x1b]0;x\x07.txt",
        "title": hostile,
        "subject": hostile,
        "unit": "\x1b[2J",
        "area": "\x1b[2J",
        "province": "\x1b[3J",
        "sentence": hostile + "29.60亿元" + hostile,
        "start": len(hostile),
        "sentence_start": 0,
    }
    for table in (INDICATORS.over([row]), INDICATORS.select(["file", "subject"]).over([row])):
        text = shown(table, 200)
        assert not {"\x1b", "\x9b", "\r", "\u202e", "\x07"} & set(text)
        assert "[red]a[/] [12] [/] ␛[31mb\\x9bc␍\\u202ed␇" in text
        assert "a␊b␛]0;x␇.txt" in text


def test_terminal_colours_only_when_asked() -> None:
    assert "\x1b[" in shown(TABLE, 80, color=True)
    assert "\x1b" not in shown(TABLE, 80)


def test_sentence_is_shortened_around_the_figure() -> None:
    text = around(ROWS[0], 24)
    assert text.plain.startswith("…") and text.plain.endswith("29.60亿元。")
    assert cell_len(text.plain) <= 24
    (span,) = [span for span in text.spans if span.style == "bold magenta"]
    assert text.plain[span.start : span.end] == "29.60亿元"
    assert around(ROWS[0], 200).plain == ROWS[0]["sentence"]


@given(nasty, nasty, st.integers(12, 60))
def test_shortened_sentences_fit_and_hold_the_figure(before: str, after: str, width: int) -> None:
    row = {"sentence": before + "三成" + after, "figure": "三成", "start": len(before)}
    text = around({**row, "sentence_start": 0}, width).plain
    assert "三成" in text and cell_len(text) <= width and "\n" not in text


def test_other_tables_on_a_terminal() -> None:
    sentence = TaggedSentence(
        DocumentInfo("a.txt"), 0, 4, 7, "学校[b]有。", "prose", "湖南省", None, None, None,
        "services", ("schools", "students"), None, 0,
    )  # fmt: skip
    text = shown(SENTENCES.over([sentence.to_dict()]), 80, lang="en")
    assert (
        "a.txt" in text
        and "学校[b]有。" in text
        and "Services" in text
        and "Schools；Students" in text
    )
    row = {"id": "courses", "name": "课程", "name_en": "Courses", "pillar": "resources"}
    assert "courses" in shown(METRICS.over([row]), 80)
    assert shown(INDICATORS, 80) == ""


def test_visible_shows_what_would_drive_a_terminal() -> None:
    assert visible("a\x1bb\x00\x7f\x85\u2028\u2066\udcff") == "a␛b␀\\x7f\\x85\\u2028\\u2066\\udcff"
    assert visible("零\u200b宽\ufeff") == "零宽"


# --- XLSX --------------------------------------------------------------------------------------


def test_workbook(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    catalogue = METRICS.over([{"id": "courses", "name": "课程"}])
    write(Destination("xlsx", str(path)), TABLE, SENTENCES, catalogue)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["indicators", "sentences", "catalogue"]
    sheet = book["indicators"]
    header = [cell.value for cell in sheet[1]]
    assert header == list(INDICATORS.flat().names())
    assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref == "A1:AP4"
    first = dict(zip(header, sheet[2], strict=True))
    assert first["value"].value == 2960000000 and first["value"].data_type == "n"
    assert first["implied"].value is False and first["implied"].data_type == "b"
    assert first["period"].value == "2023" and first["period"].data_type == "s"
    assert first["value_max"].value is None
    assert dict(zip(header, sheet[3], strict=True))["value_max"].value == 1.23
    assert sheet.column_dimensions["Z"].width > 60, "the sentence's column is wide"
    assert book["sentences"].max_row == 1


def test_workbook_text_is_text(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    texts = [
        "=1+1",
        "<r><t>x</t></r>",
        "a\x00\x1b\udcffb",
        "_x0041_",
        "http://x",
        "长" * 40000,
        "&<",
    ]
    write(Destination("xlsx", str(path)), words(*texts))
    sheet = openpyxl.load_workbook(path)["words"]
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells[:2]] == ["=1+1", " <r><t>x</t></r>"]
    assert cells[2].value == "ab" and cells[4].value == "http://x" and cells[6].value == "&<"
    assert cells[4].hyperlink is None
    assert len(str(cells[5].value)) == 32767 and str(cells[5].value).endswith("…")


def test_workbook_never_rounds(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    exact = ["1000000000000", "0.1", "123456789012345678", "1E+400", "0.30000000000000004"]
    table = Table("n", (Column("n", "decimal"),), [{"n": Decimal(n)} for n in exact])
    write(Destination("xlsx", str(path)), table)
    got = [row[0] for row in openpyxl.load_workbook(path)["n"].iter_rows(min_row=2)]
    assert [cell.data_type for cell in got] == ["n", "n", "s", "s", "s"]
    assert [Decimal(str(cell.value)) for cell in got] == list(map(Decimal, exact))


def test_workbook_has_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_module, "MAX_ROWS", 3)
    path = tmp_path / "out.xlsx"
    write(Destination("xlsx", str(path)), words("a", "b"))
    before = path.read_bytes()
    with pytest.raises(WriteError, match=r"out\.xlsx.*more than 3 rows.*CSV or Parquet"):
        write(Destination("xlsx", str(path)), words("a", "b", "c"))
    assert path.read_bytes() == before and os.listdir(tmp_path) == ["out.xlsx"]


# --- Parquet -----------------------------------------------------------------------------------


def test_parquet(tmp_path: Path) -> None:
    path = tmp_path / "out.parquet"
    write(Destination("parquet", str(path)), TABLE)
    table = pq.read_table(path)
    types = {field.name: str(field.type) for field in table.schema}
    assert list(types) == [*INDICATORS.names(), "value_float", "value_max_float"]
    assert types["value"] == "decimal128(38, 10)" and types["line"] == "int64"
    assert types["implied"] == "bool" and types["reasons"].startswith("list<")
    assert types["rules"].startswith("map<string, string")
    rows = table.select(INDICATORS.names()).to_pylist(maps_as_pydicts="strict")
    assert rows == ROWS


def test_parquet_tells_what_does_not_fit(tmp_path: Path) -> None:
    path = tmp_path / "out.parquet"
    for value in ("1E+28", "-1E+28", "1E-11"):
        with pytest.raises(WriteError, match=r"简报\.txt:1: the value .* decimal128\(38, 10\)"):
            table = INDICATORS.over([{**ROWS[0], "value": Decimal(value)}])
            write(Destination("parquet", str(path)), table)
    assert os.listdir(tmp_path) == []
    for value in ("9999999999999999999999999999.9999999999", "1.50000000000000"):
        write(
            Destination("parquet", str(path)),
            INDICATORS.over([{**ROWS[0], "value": Decimal(value), "file": "\udcff"}]),
        )
        assert pq.read_table(path).to_pylist()[0]["value"] == Decimal(value)


# --- files -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_rows_make_the_same_bytes(name: str, tmp_path: Path) -> None:
    for copy in "ab":
        write(Destination(name, str(tmp_path / copy), width=100), TABLE)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_encodings(tmp_path: Path) -> None:
    path = tmp_path / "out"
    cases = [
        ("csv", None, "utf-8-sig", True),
        ("csv", "utf-8", "utf-8", False),
        ("csv", "gb18030", "gb18030", False),
        ("tsv", None, "utf-8", False),
        ("json", None, "utf-8", False),
        ("jsonl", "utf-8-sig", "utf-8-sig", True),
    ]
    for name, asked, encoding, marked in cases:
        write(Destination(name, str(path), encoding=asked), words("湖南\U00020bb7\udcff"))
        data = path.read_bytes()
        assert data.startswith(b"\xef\xbb\xbf") is marked
        assert "湖南\U00020bb7\\udcff" in data.decode(encoding)


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old")

    def rows() -> Any:
        yield {"word": "new"}
        raise KeyError("broken")

    for name in FORMATS:
        with pytest.raises(KeyError):
            write(Destination(name, str(path)), words().over(rows()))
    assert path.read_text() == "old" and os.listdir(tmp_path) == ["out.csv"]


def test_a_file_keeps_its_rights_and_its_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.touch()
    real.chmod(0o640)
    link.symlink_to(real)
    write(Destination("csv", str(link)), words("a"))
    assert link.is_symlink() and real.read_bytes().endswith(b"word\r\na\r\n")
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    fresh = tmp_path / "fresh.csv"
    before = os.umask(0o027)
    try:
        write(Destination("csv", str(fresh)), words("a"))
    finally:
        os.umask(before)
    assert stat.S_IMODE(fresh.stat().st_mode) == 0o640


def test_what_cannot_be_written_says_why(tmp_path: Path) -> None:
    for path, why in (
        (tmp_path / "none" / "out.csv", "No such file"),
        (tmp_path, "folder"),
    ):
        with pytest.raises(WriteError, match=rf"cannot write .*{why}"):
            write(Destination("csv", str(path)), words("a"))


def test_a_device_is_written_to_directly() -> None:
    with replacing(os.devnull) as file:
        file.write(b"x")
    if os.path.exists("/dev/full"):
        with pytest.raises(WriteError, match="No space left"):
            write(Destination("csv", "/dev/full"), words("a"))


def test_a_missing_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    for name in ("xlsx", "parquet"):
        with pytest.raises(WriteError, match=rf"pip install 'shuangjian\[{name}\]'"):
            write(Destination(name, str(tmp_path / "out")), words("a"))


def test_formats_by_suffix() -> None:
    names = {"a.CSV": "csv", "a.b/c.jsonl": "jsonl", "x.ndjson": "jsonl", "x.txt": "table"}
    assert {name: format_of(name) for name in names} == names
    assert format_of("csv") is None and format_of("a.doc") is None


# A sheet whose words are markup in one format or another.
SHEET = """某县2022年各校情况
学校\t小学在校生数（人）\t初中 "专任" 教师数（人）\t初中生均经费,%s%（元）
"甲,镇"一片区\t1200\t85\t12500.50
=乙镇%d片区\t980\t61\t9800
-丙\\镇三片区\t1,024\t70\t-
+丁镇四片区\t0\t约15\t8800.0
"""


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "jsonl"])
@pytest.mark.parametrize(
    "names",
    [
        None,
        ("figure",),
        ("rules",),
        ("value", "unit", "subject"),
        ("end", "metric", "line", "row_head"),
    ],
)
def test_the_records_of_a_sheet_are_written_as_their_rows_are(
    form: str, names: tuple[str, ...] | None
) -> None:
    records = extract(SHEET)
    columns = (INDICATORS.flat() if names is None else INDICATORS.select(names)).columns
    made = lines_of(form, columns)

    def is_kept(row: Any) -> bool:
        return row["metric"] != "education_expenditure"

    kept = [row for each in records if is_kept(row := each.to_dict())]
    assert any(each.common is not None for each in records)
    assert 0 < len(kept) < len(records)
    text, count = made.block(records, is_kept)
    assert count == len(kept)
    writers = {"csv": write_csv, "tsv": write_tsv, "json": write_json, "jsonl": write_jsonl}
    whole = written(Table("indicators", columns, kept), writers[form])
    assert "".join(made.parts([text])) == whole


def test_a_row_of_one_empty_cell_is_a_row() -> None:
    assert written(words("", None, "a"), write_csv) == 'word\r\n""\r\n""\r\na\r\n'


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("text", ["甲", None, "", "a" * 70_000, "𠮷"]),
        ("integer", [0, None, -1, 2**62]),
        (
            "decimal",
            [Decimal("1.2"), None, Decimal("-0.0000000001"), Decimal("9" * 28), Decimal(0)],
        ),
        ("decimal", [Decimal("1E+3"), Decimal("-2.500000000000"), Decimal("-0")]),
        ("real", [1.5, None, -0.25, 1e300]),
        ("flag", [True, None, False, True, True, False, False, False, True]),
        ("list", [["甲", "乙"], [], None, ["丙"]]),
        ("mapping", [{"a": "甲", "b": ""}, {}, None, {"c": "乙"}]),
        ("text", []),
        ("mapping", [None]),
    ],
)
def test_arrow_arrays_are_those_of_pyarrow(kind: Kind, values: list[Any]) -> None:
    columns = (Column("it", kind),)
    arrow = schema(Table("t", columns))
    made = record_batch(columns, [{"it": value} for value in values], arrow).column(0)
    made.validate(full=True)
    pairs = [[*value.items()] if isinstance(value, dict) else value for value in values]
    assert made.equals(pa.array(pairs, arrow_type(kind)))

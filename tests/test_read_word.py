"""What Word documents hold beside plain paragraphs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import pytest

from shuangjian_cli.model import ReadError, Source
from shuangjian_cli.read import read_bytes
from shuangjian_cli.read.numerals import numeral

docx = pytest.importorskip("docx")
M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def element(markup: str) -> Any:
    """An element of a document; `w:` and `m:` are its namespaces."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    name = markup.split(">", 1)[0].split(" ", 1)[0].rstrip("/")
    return parse_xml(markup.replace(name, f"{name} {nsdecls('w', 'c', 'dgm')} {M}", 1))


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def document(*paragraphs: Sequence[str], styles: Sequence[str] = ()) -> Any:
    """A document with paragraphs of this markup."""
    made = docx.Document()
    for style in styles:
        made.styles.element.append(element(style))
    for parts in paragraphs:
        paragraph = made.add_paragraph()._p
        for part in parts:
            paragraph.append(element(part))
    return made


def saved(made: Any) -> bytes:
    packed = io.BytesIO()
    made.save(packed)
    return packed.getvalue()


def one(made: Any) -> Source:
    (source,) = read_bytes("a.docx", saved(made))
    assert isinstance(source, Source), source
    return source


@pytest.mark.parametrize("off", ["0", "false", "off"])
def test_a_property_may_be_switched_off(off: str) -> None:
    shown = document([run("新增学位9个。", f'<w:vanish w:val="{off}"/>')])
    assert (one(shown).text, one(shown).notes) == ("新增学位9个。\n", ())


def test_hidden_text_is_told_where_it_may_hold_figures() -> None:
    styles = [
        '<w:style w:type="character" w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style>',
        '<w:style w:type="character" w:styleId="I"><w:basedOn w:val="H"/></w:style>',
        '<w:style w:type="paragraph" w:styleId="P"><w:rPr><w:vanish w:val="on"/></w:rPr></w:style>',
        '<w:style w:type="paragraph" w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>',
    ]
    made = document(
        [run("学校"), run("30所", "<w:vanish/>"), run("45所。")],
        [run("教师"), run("30名", '<w:rStyle w:val="I"/>'), run("45名。")],
        [
            '<w:pPr><w:pStyle w:val="P"/></w:pPr>',
            run("另有30家机构"),
            run("停办。", "<w:vanish w:val='0'/>"),
        ],
        ['<w:pPr><w:pStyle w:val="Loop"/></w:pPr>', run("完。")],
        styles=styles,
    )
    source = one(made)
    assert source.text == "学校45所。\n教师45名。\n停办。\n完。\n"
    assert source.notes == ("hidden text was left out, 13 characters such as 另有30家机构",)
    assert one(document([run("学校"), run("略", "<w:vanish/>")])).notes == ()


@pytest.mark.parametrize(
    ("equation", "text"),
    [
        ("<m:r><m:t>98.5%</m:t></m:r>", "98.5%"),
        ("<m:f><m:num>{3}</m:num><m:den>{4}</m:den></m:f>", "3/4"),
        ("{2}<m:f><m:num>{1}</m:num><m:den>{2}</m:den></m:f>", "2 1/2"),
        ("<m:f><m:num>{a+b}</m:num><m:den>{n}</m:den></m:f>", "(a+b)/n"),
        ("{5×}<m:sSup><m:e>{10}</m:e><m:sup>{8}</m:sup></m:sSup>", "5×10⁸"),
        ("<m:sSub><m:e>{x}</m:e><m:sub>{1}</m:sub></m:sSub>", "x₁"),
        ("<m:rad><m:radPr><m:degHide/></m:radPr><m:deg/><m:e>{16}</m:e></m:rad>", "√16"),
        ("<m:d><m:dPr><m:begChr m:val='['/></m:dPr><m:e>{1}</m:e><m:e>{2}</m:e></m:d>", "[1|2)"),
    ],
)
@pytest.mark.parametrize("tag", ["m:oMath", "m:oMathPara"])
def test_an_equation_is_read_in_one_line(equation: str, text: str, tag: str) -> None:
    inner = equation.replace("{", "<m:r><m:t>").replace("}", "</m:t></m:r>")
    inner = inner if tag == "m:oMath" else f"<m:oMath>{inner}</m:oMath>"
    made = document([run("覆盖率达"), f"<{tag}>{inner}</{tag}>", run("。")])
    assert one(made).text == f"覆盖率达{text}。\n"


def test_ruby_is_no_text() -> None:
    ruby = "<w:r><w:ruby><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby></w:r>"
    made = document([ruby.format(run("xuéwèi"), run("学位")), run("新增9个。")])
    assert one(made).text == "学位新增9个。\n"
    page = "<html><p><ruby>学位<rp>(</rp><rt>xuéwèi</rt><rp>)</rp></ruby>新增9个。</p></html>"
    (source,) = read_bytes("a.html", page.encode())
    assert isinstance(source, Source)
    assert source.text == "学位新增9个。\n"


def test_what_is_seen_and_not_read_is_counted() -> None:
    made = document(
        [run("学校45所"), "<w:r><w:footnoteReference w:id='2'/></w:r>", run("。")],
        ["<w:r><w:drawing><c:chart/></w:drawing></w:r>", "<w:del><w:r><w:object/></w:r></w:del>"],
        ["<w:r><w:object/></w:r>", "<w:r><w:footnoteReference w:id='3'/></w:r>"],
    )
    made.element.body.insert(0, element("<w:altChunk/>"))
    assert one(made).notes == (
        "left out: charts 1, embedded documents 1, embedded objects 1, footnotes 2",
    )


# --- strict ----------------------------------------------------------------------------------


def strict(data: bytes) -> bytes:
    """A package as Word saves it as "Strict Open XML"."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as usual, zipfile.ZipFile(out, "w") as made:
        for part in usual.infolist():
            content = usual.read(part)
            for kind in (b"officeDocument", b"wordprocessingml", b"drawingml"):
                content = content.replace(
                    b"http://schemas.openxmlformats.org/" + kind + b"/2006/",
                    b"http://purl.oclc.org/ooxml/" + kind + b"/",
                )
            made.writestr(part.filename, content)
    return out.getvalue()


def test_a_strict_document() -> None:
    made = document([run("学校45所，"), "<m:oMath><m:r><m:t>覆盖率98%</m:t></m:r></m:oMath>"])
    made.add_table(1, 2).cell(0, 1).text = "12"
    (source,) = read_bytes("a.docx", strict(saved(made)))
    assert isinstance(source, Source), source
    assert source.text == "学校45所，覆盖率98%\n\t12\n"
    (error,) = read_bytes("a.docx", strict(saved(made))[:-300])
    assert isinstance(error, ReadError)


# --- numbers of lists ------------------------------------------------------------------------


def level(at: int, form: str, label: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{label}"/></w:lvl>'
    )


LEVELS = level(0, "chineseCounting", "%1、") + level(1, "lowerRoman", "(%2)")


def listed(numbers: dict[int, str], items: Sequence[tuple[int, int]], levels: str = LEVELS) -> str:
    """The numbers that items, each of a list and a level, are shown with."""
    made = docx.Document()
    root = made.part.numbering_part.element
    root.insert(0, element(f'<w:abstractNum w:abstractNumId="77">{levels}</w:abstractNum>'))
    for key, overrides in numbers.items():
        root.append(
            element(f'<w:num w:numId="{key}"><w:abstractNumId w:val="77"/>{overrides}</w:num>')
        )
    for key, at in items:
        properties = made.add_paragraph("甲")._p.get_or_add_pPr()
        properties.append(
            element(f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{key}"/></w:numPr>')
        )
    return one(made).text.replace("甲\n", "").replace(" ", "")


def override(at: int, content: str) -> str:
    return f'<w:lvlOverride w:ilvl="{at}">{content}</w:lvlOverride>'


def start(at: int, number: int) -> str:
    return override(at, f'<w:startOverride w:val="{number}"/>')


def test_a_list_that_begins_anew() -> None:
    numbers = {90: "", 91: start(0, 1), 92: start(0, 5) + start(1, 3)}
    items = [
        (90, 0),
        (90, 0),
        (90, 1),
        (91, 0),
        (91, 0),
        (90, 0),
        (92, 0),
        (92, 1),
        (92, 1),
        (92, 0),
        (92, 1),
    ]
    assert listed(numbers, items) == "一、二、(i)一、二、三、五、(iii)(iv)六、(i)"


def test_lists_of_one_kind_count_on() -> None:
    assert listed({90: "", 91: ""}, [(90, 0), (91, 0), (90, 0)]) == "一、二、三、"


def test_a_list_that_changes_a_level() -> None:
    changed = override(1, level(1, "decimal", "%1.%2", "<w:isLgl/>"))
    assert listed({90: changed}, [(90, 0), (90, 1), (90, 0), (90, 1)]) == "一、1.1二、2.1"


def test_a_level_that_never_begins_anew() -> None:
    levels = level(0, "decimal", "%1.") + level(1, "decimal", "(%2)", '<w:lvlRestart w:val="0"/>')
    items = [(90, 0), (90, 1), (90, 0), (90, 1)]
    assert listed({90: ""}, items, levels) == "1.(1)2.(2)"


@pytest.mark.parametrize(
    ("form", "numbers"),
    [
        ("chineseCountingThousand", {1: "一", 10: "十", 11: "十一", 20: "二十", 99: "九十九", 100: "100"}),
        ("chineseLegalSimplified", {1: "壹", 10: "壹拾", 21: "贰拾壹"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
        ("ideographZodiac", {12: "亥"}),
        ("ideographDigital", {10: "一〇", 23: "二三"}),
        ("decimalEnclosedCircleChinese", {1: "①", 20: "⑳", 21: "21"}),
        ("decimalEnclosedParen", {2: "⑵"}),
        ("decimalEnclosedFullstop", {3: "⒊"}),
        ("decimalZero", {3: "03", 12: "12"}),
        ("decimalFullWidth", {12: "１２"}),
        ("lowerLetter", {1: "a", 26: "z", 27: "aa", 53: "aaa"}),
        ("upperRoman", {4: "IV", 9: "IX", 14: "XIV", 1999: "MCMXCIX"}),
        ("anything", {7: "7"}),
    ],
)  # fmt: skip
def test_the_forms_of_numbers(form: str, numbers: dict[int, str]) -> None:
    assert {number: numeral(number, form) for number in numbers} == numbers

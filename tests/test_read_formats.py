"""Each kind of input, made by the library that people make it with."""

import csv
import io
import json
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from shuangjian_cli import extract
from shuangjian_cli.model import Metadata, ReadError, Source
from shuangjian_cli.read import Options, Share, read, read_bytes, sources

docx = pytest.importorskip("docx")
pytest.importorskip("trafilatura")
pytest.importorskip("pypdfium2")
canvas = pytest.importorskip("reportlab.pdfgen.canvas")

ROWS = [
    {"正文": "全市新增学位2.6万个。", "province": "甘肃省", "date": "2023年8月4日", "标题": "通报"},
    {
        "正文": "全市压减机构98家。\n满意度97.1%。",
        "province": "",
        "date": "20230805",
        "标题": "简报",
    },
]


DEFAULT = Options()


def one(name: str, data: bytes, options: Options = DEFAULT) -> Source:
    (source,) = read_bytes(name, data, options)
    assert isinstance(source, Source), source
    return source


def refused(name: str, data: bytes, options: Options = DEFAULT) -> str:
    (error,) = read_bytes(name, data, options)
    assert isinstance(error, ReadError), error
    assert "\n" not in error.message
    return error.message


# --- .html -----------------------------------------------------------------------------------

PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}">
<title>某县晒出课后服务账单_某县人民政府门户网站</title>
<meta name="ArticleTitle" content="某县晒出课后服务账单">
<meta name="PubDate" content="2024-03-05 09:30:00"><meta name="Url" content="http://a.example/1.html">
<script>var views = 645;</script></head><body><form id="form1">
<div class="top-nav"><ul><li><a href="/">首页</a></li><li><a href="/zw">政务公开</a></li></ul></div>
<div>当前位置：<a href="/">首页</a> &gt; <a href="/zw">教育</a></div>
<div class="article"><h1>某县晒出课后服务账单</h1><div id="zoom">{body}</div>
<div class="share">分享到：微信 微博 2000人已分享</div></div>
<div class="footer"><p>主办：某县人民政府 ICP备12345678号 网站标识码6200000012</p></div>
</form></body></html>"""
BODY = """<p>　　一、财力<b>保障</b></p>
<p><span>全县列支课后服务经费</span><strong>3.4</strong><span>亿元，
惠及学生</span>5.7万人。</p>
<p>　　学校开设课程<br/>共计286门。</p>
<div>二、师资<br>　　聘请校外辅导员1200名。</div>
<table><tr><th>乡镇</th><th>学校（所）</th></tr><tr><td>东川镇</td><td>45</td></tr>
<tr><td>西河镇</td><td></td></tr></table>
<ul><li>家长满意度97.2%</li><li>教师参与率88%</li></ul>"""
LINES = [
    "一、财力保障",
    "全县列支课后服务经费3.4亿元，惠及学生5.7万人。",
    "学校开设课程",
    "共计286门。",
    "二、师资",
    "聘请校外辅导员1200名。",
    "乡镇\t学校（所）",
    "东川镇\t45",
    "西河镇\t",
    "家长满意度97.2%",
    "教师参与率88%",
]
FURNITURE = ("首页", "政务公开", "ICP", "645", "2000", "6200000012")


@pytest.mark.parametrize(("charset", "encoding"), [("utf-8", "utf-8"), ("gb2312", "gb18030")])
@pytest.mark.parametrize("more", [0, 30])
def test_a_page_gives_its_main_text_whole(charset: str, encoding: str, more: int) -> None:
    long = "".join(
        f"<p>第{i}乡镇中心学校开展了形式多样的课后服务，受到家长好评。</p>" for i in range(more)
    )
    source = one("a.html", PAGE.format(charset=charset, body=BODY + long).encode(encoding))
    lines = source.text.splitlines()
    start = lines.index(LINES[0])
    assert lines[start : start + len(LINES)] == LINES
    assert len(lines) - start == len(LINES) + more
    assert not [each for each in FURNITURE if each in source.text]
    assert source.metadata == Metadata(
        title="某县晒出课后服务账单", published="2024-03-05", source_url="http://a.example/1.html"
    )
    assert (source.kind, source.encoding) == ("html", encoding)


def test_a_page_laid_out_in_tables() -> None:
    body = "".join(
        f"<p>全县新建改建学校{i}所，增加优质学位，缓解大班额问题成效明显。</p>" for i in range(9)
    )
    page = (
        "<html><body><table><tr><td><a href='/'>首页</a><br><a href='/b'>新闻</a></td>"
        f"<td>{body}</td></tr></table><p>发布日期：2022年5月6日</p></body></html>"
    )
    source = one("a.htm", page.encode())
    assert [line for line in source.text.splitlines() if "学校" in line] == [
        f"全县新建改建学校{i}所，增加优质学位，缓解大班额问题成效明显。" for i in range(9)
    ]
    assert "首页" not in source.text
    assert source.metadata.published == "2022-05-06"


def test_rows_without_cells() -> None:
    page = "<html><body><table><tr>新增</tr><tr></tr><tr><td>学位</td><td>900个</td></tr></table>"
    assert "学位\t900个" in one("a.html", page.encode()).text


def test_a_page_is_known_by_its_content() -> None:
    page = "\n<!-- saved --><html><body><p>全县共有学校45所。</p></body></html>"
    assert one("a.txt", page.encode("utf-16")).text == "全县共有学校45所。\n"


def test_a_page_without_text() -> None:
    assert "without text" in refused("a.html", b"<html><body><script>load()</script></body></html>")


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "iso-8859-1"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_page_with_a_damaged_byte(charset: str, encoding: str) -> None:
    """What a page says of its encoding may be wrong too."""
    page = PAGE.format(charset=charset, body=BODY + "<p>满意@度</p>").encode(encoding)
    first, second = page.split(b"@")
    source = one("a.html", first + b"\xff" + second)
    lines = source.text.splitlines()
    assert [each for each in lines if each in LINES] == LINES
    assert "满意\ufffd度" in source.text
    assert source.encoding == encoding
    assert source.notes[0].startswith("1 damaged byte ")
    assert one("a.html", first + b"<!--\xff-->" + second).notes == ()


@pytest.mark.parametrize("charset", ["gb2312", "iso-8859-1"])
def test_a_page_that_names_a_wrong_encoding(charset: str) -> None:
    page = f'<html><meta charset="{charset}"><p>全县新建学校</p></html>'
    assert one("a.html", page.encode()).text == "全县新建学校\n"


@pytest.mark.parametrize(
    "hidden",
    [
        "<div hidden>停办机构99家。</div>",
        '<p hidden="">停办机构99家。</p>',
        '<div style="display: none"><p>停办机构99家。</p></div>',
        '<div style="color:red;VISIBILITY:hidden">停办机构99家。</div>',
        "<dialog>停办机构99家。</dialog>",
    ],
)
def test_what_a_page_does_not_show_is_not_read(hidden: str) -> None:
    body = BODY + "<p>新增<span hidden>99</span>学位900个。</p>"
    source = one("a.html", PAGE.format(charset="utf-8", body=body + hidden).encode())
    assert "99" not in source.text
    assert "新增学位900个。" in source.text
    assert source.notes == ("hidden text was left out, 10 characters such as 停办机构99家。",)


@pytest.mark.parametrize(
    "unread",
    [
        "<template><p>停办机构99家。</p></template>",
        "<noscript>请启用脚本，停办机构99家。</noscript>",
        "<script>停办机构99家。</script>",
        "<p hidden>停办机构</p>",
    ],
)
def test_what_is_no_text_is_left_out_without_a_word(unread: str) -> None:
    source = one("a.html", PAGE.format(charset="utf-8", body=BODY + unread).encode())
    assert "停办机构" not in source.text
    assert source.notes == ()


@pytest.mark.parametrize(
    "shown",
    [
        '<div aria-hidden="true">停办机构99家。</div>',
        '<div hidden="until-found">停办机构99家。</div>',
        "<details><summary>更多</summary>停办机构99家。</details>",
        "<dialog open>停办机构99家。</dialog>",
    ],
)
def test_what_a_reader_sees_or_can_open_is_read(shown: str) -> None:
    source = one("a.html", PAGE.format(charset="utf-8", body=BODY + shown).encode())
    assert "停办机构99家。" in source.text
    assert source.notes == ()


def test_hidden_cells_rows_and_pages() -> None:
    table = (
        "<html><body><table><tr><th>县区<th hidden>编号<th>学校</tr><tr><td>东区<td hidden>7<td>45</tr>"
        '<tr style="display:none"><td>西区<td>8<td>46</tr></table>'
    )
    source = one("a.html", table.encode())
    assert source.text == "县区\t学校\n东区\t45\n"
    assert "hidden" in source.notes[0]
    assert "without text" in refused("a.html", b"<html><body hidden><p>\xe5\xad\xa69</p></body>")


def test_a_tag_of_many_attributes() -> None:
    """Where each is compared with all before it, they take longer than a test may."""
    many = " ".join(f'a{i}="x>"' for i in range(60_000))
    page = f"<html><script>if (a<b) x='</p>'</script><body><!-- <p --><div {many}>新增学位900个。</div>"
    assert one("a.html", page.encode()).text == "新增学位900个。\n"
    few = f"<html><body><div {many[:2000]}>新增学位900个。</div>"
    assert one("a.html", few.encode()).text == "新增学位900个。\n"


def test_a_page_nested_beyond_reason() -> None:
    page = "<html><body>" + "<div>" * 3000 + "新增学位900个。" + "</div>" * 3000 + "</body></html>"
    for each in read_bytes("a.html", page.encode()):
        assert isinstance(each, (Source, ReadError))


# --- .docx -----------------------------------------------------------------------------------


def saved(document) -> bytes:
    packed = io.BytesIO()
    document.save(packed)
    return packed.getvalue()


def test_paragraphs_and_tables_in_their_order() -> None:
    document = docx.Document()
    document.add_heading("某市教育简报", 0)
    document.add_paragraph("一、资源供给").add_run("持续扩大")
    document.add_paragraph("新增学位1.2万个，\n其中公办8000个。")
    table = document.add_table(2, 3)
    for cell, text in zip(
        [cell for row in table.rows for cell in row.cells],
        ["县区", "学校", "学位", "东区", "45", "1.2万"],
        strict=True,
    ):
        cell.text = text
    frame = document.add_table(1, 1)
    frame.cell(0, 0).text = "聘请辅导员\n共300名"
    document.add_paragraph("以上。")
    source = one("简报.docx", saved(document))
    assert source.text.splitlines() == [
        "某市教育简报",
        "一、资源供给持续扩大",
        "新增学位1.2万个，",
        "其中公办8000个。",
        "县区\t学校\t学位",
        "东区\t45\t1.2万",
        "聘请辅导员",
        "共300名",
        "以上。",
    ]
    assert source.kind == "docx"


def test_automatic_numbers_are_written_out() -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document = docx.Document()
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{label}"/></w:lvl>'
        for i, (form, label) in enumerate(
            [("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3.")]
        )
    )
    numbering.insert(
        0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>')
    )
    numbering.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>')
    )
    plan = [(0, "保障"), (1, "经费"), (2, "列支5万元"), (1, "制度"), (0, "资源"), (1, "师资")]
    plan += [(0, "项")] * 9
    for level, text in plan:
        properties = document.add_paragraph(text)._p.get_or_add_pPr()
        properties.append(
            parse_xml(
                f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>'
            )
        )
    lines = one("a.docx", saved(document)).text.splitlines()
    assert lines[:6] == [
        "一、保障",
        "（一）经费",
        "1. 列支5万元",
        "（二）制度",
        "二、资源",
        "（一）师资",
    ]
    assert lines[-2:] == ["十、项", "十一、项"]


def test_deleted_hidden_and_inserted_text() -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document = docx.Document()
    paragraph = document.add_paragraph("学校")
    for markup in (
        "<w:ins {}><w:r><w:t>45</w:t></w:r></w:ins>",
        "<w:del {}><w:r><w:delText>30</w:delText></w:r></w:del>",
        "<w:moveFrom {}><w:r><w:t>20</w:t></w:r></w:moveFrom>",
        "<w:r {}><w:rPr><w:vanish/></w:rPr><w:t>10</w:t></w:r>",
        "<w:sdt {}><w:sdtContent><w:r><w:t>所</w:t></w:r></w:sdtContent></w:sdt>",
    ):
        paragraph._p.append(parse_xml(markup.format(nsdecls("w"))))
    assert one("a.docx", saved(document)).text == "学校45所\n"


def test_a_damaged_document() -> None:
    document = docx.Document()
    document.add_paragraph("新增学位900个。")
    data = saved(document)
    assert "save it again" in refused("a.docx", data[: len(data) // 2])
    assert "--max-bytes" in refused("a.docx", data, Options(max_bytes=len(data) - 1))


def test_an_empty_document() -> None:
    assert "empty" in refused("a.docx", saved(docx.Document()))


# --- .pdf ------------------------------------------------------------------------------------

SENTENCE = (
    "全市安排课后服务专项资金1.9亿元，新增学位3.2万个，覆盖城乡学校二百余所，参与学生达到12.6万人，"
    "参加服务的教师8500名，家长满意度为97.3%，比上年提高2.1个百分点。"
)


def wrapped(paragraph: str) -> list[str]:
    """A paragraph in lines of 450 points, the first indented unless it goes on (续) from a page."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    lines = ["" if paragraph.startswith("续") else "　　"]
    for char in paragraph.removeprefix("续"):
        if stringWidth(lines[-1] + char, "STSong-Light", 14) > 450:
            lines.append("")
        lines[-1] += char
    return lines


def register_font() -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))


def printed(pages: list[list[str]], password: str | None = None) -> bytes:
    """A PDF as word processors print it: first lines indented, lines full, page numbers."""
    register_font()
    packed = io.BytesIO()
    pdf = canvas.Canvas(packed, encrypt=password)
    for number, page in enumerate(pages, 1):
        pdf.setFont("STSong-Light", 9)
        pdf.drawString(72, 800, "某市教育局简报")
        pdf.drawCentredString(300, 30, f"— {number} —")
        pdf.setFont("STSong-Light", 14)
        y = 760.0
        for paragraph in page:
            if "\t" in paragraph:
                for column, cell in enumerate(paragraph.split("\t")):
                    pdf.drawString(72 + 150 * column, y, cell)
                y -= 28
                continue
            for line in wrapped(paragraph):
                pdf.drawString(72, y, line)
                y -= 28
        pdf.showPage()
    pdf.save()
    return packed.getvalue()


def test_lines_are_healed_and_page_furniture_dropped() -> None:
    pages = [
        [
            f"{number}、完善保障体系",
            SENTENCE,
            "（一）整合多方资源",
            SENTENCE,
            "区县\t学校",
            "东区\t45",
        ]
        for number in "一二三"
    ]
    source = one("a.pdf", printed(pages))
    assert source.text.splitlines() == [line for page in pages for line in page]
    assert source.kind == "pdf"


def test_a_sentence_that_goes_over_the_page() -> None:
    register_font()
    cut = len("".join(wrapped(SENTENCE)[:2]).lstrip())
    pages = [["一、保障", SENTENCE[:cut]], ["续" + SENTENCE[cut:], "二、资源", SENTENCE]]
    source = one("a.pdf", printed(pages))
    assert source.text.splitlines() == ["一、保障", SENTENCE, "二、资源", SENTENCE]


def test_a_gap_inside_a_numeral_is_no_blank() -> None:
    """Digits set one by one leave a gap behind a narrow point or comma."""
    register_font()
    packed = io.BytesIO()
    pdf = canvas.Canvas(packed)
    x = 72.0
    for char in "29.6,1,234,98.5%":
        pdf.setFont("Helvetica", 14)
        pdf.drawString(x, 700, char)
        x += 8
    pdf.save()
    assert one("a.pdf", packed.getvalue()).text == "29.6,1,234,98.5%\n"


def test_a_scan() -> None:
    from reportlab.lib.utils import ImageReader

    image = pytest.importorskip("PIL.Image").new("L", (60, 80), 200)
    packed = io.BytesIO()
    pdf = canvas.Canvas(packed)
    for _ in range(2):
        pdf.drawImage(ImageReader(image), 0, 0, 595, 842)
        pdf.showPage()
    pdf.save()
    assert "OCR" in refused("a.pdf", packed.getvalue())

    packed = io.BytesIO()
    pdf = canvas.Canvas(packed)
    pdf.drawString(72, 700, "45 schools")
    pdf.showPage()
    pdf.drawImage(ImageReader(image), 0, 0, 595, 842)
    pdf.showPage()
    pdf.save()
    source, error = read_bytes("a.pdf", packed.getvalue())
    assert isinstance(source, Source)
    assert source.text == "45 schools\n"
    assert isinstance(error, ReadError)
    assert "images only: 2;" in error.message


def test_a_pdf_that_cannot_be_read() -> None:
    data = printed([[SENTENCE]])
    assert "cut short" in refused("a.pdf", data[: len(data) // 2])
    assert "damaged" in refused("a.pdf", b"%PDF-1.7\nnothing here\n%%EOF\n")
    assert "password" in refused("a.pdf", printed([[SENTENCE]], "secret"))
    assert one("a.txt", data).kind == "pdf"


# --- tables ----------------------------------------------------------------------------------


def as_csv(rows: list[dict[str, str]], encoding: str, delimiter: str = ",") -> bytes:
    lines = io.StringIO()
    writer = csv.DictWriter(lines, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return lines.getvalue().encode(encoding)


def as_jsonl(rows: list[dict[str, str]], encoding: str = "utf-8") -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode(encoding)


def as_parquet(rows: list[dict[str, str]]) -> bytes:
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    packed = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), packed)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.csv", lambda: as_csv(ROWS, "utf-8-sig")),
        ("a.csv", lambda: as_csv(ROWS, "gb18030")),
        ("a.csv", lambda: as_csv(ROWS, "utf-16", "\t")),
        ("a.tsv", lambda: as_csv(ROWS, "utf-8", "\t")),
        ("a.jsonl", lambda: as_jsonl(ROWS)),
        ("a.jsonl", lambda: as_jsonl(ROWS, "gb18030")),
        ("a.json", lambda: json.dumps(ROWS).encode()),
        ("a.parquet", lambda: as_parquet(ROWS)),
        ("mislabelled.csv", lambda: as_parquet(ROWS)),
    ],
)
def test_each_row_is_a_text(name: str, make) -> None:
    first, second = read_bytes(name, make(), Options(text_column="正文"))
    assert isinstance(first, Source)
    assert isinstance(second, Source)
    assert (first.file, second.file) == (f"{name}!1", f"{name}!2")
    assert (first.text, second.text) == (ROWS[0]["正文"], ROWS[1]["正文"])
    assert first.metadata == Metadata(title="通报", province="甘肃省", published="2023-08-04")
    assert second.metadata == Metadata(title="简报", published="2023-08-05")


def test_columns_under_other_names() -> None:
    rows = [{"k": "7", "t": "新增学位900个。", "d": "2024/5/6 10:00", "who": "某局"}]
    options = Options(text_column="t", columns={"id": "k", "published": "d", "issuer": "who"})
    source = one("a.csv", as_csv(rows, "utf-8"), options)
    assert source.metadata == Metadata(id="7", published="2024-05-06", issuer="某局")


def test_a_table_without_the_column() -> None:
    data = as_csv([{"a": "1", "b": "全县新增学位9个。" * 9}], "utf-8")
    assert refused("a.csv", data) == "no column of texts among a, b; name it with --text-column"
    assert "no column '正文' among a, b" in refused("a.csv", data, Options(text_column="正文"))
    assert "without rows" in refused("a.csv", b"text,id\r\n")
    for name in ("a.csv", "a.jsonl", "a.json"):
        assert "empty" in refused(name, b"") or "without" in refused(name, b"")


def test_a_damaged_byte_in_a_row() -> None:
    rows = [
        {"id": str(i), "text": f"全县新增学位{i}个，{'@' * (i == 2)}新建学校。"} for i in range(4)
    ]
    for bad in (b"\xff", b"\0"):
        for name, make in (("a.csv", as_csv), ("a.jsonl", as_jsonl)):
            for encoding in ("utf-8", "gb18030"):
                found = list(read_bytes(name, make(rows, encoding).replace(b"@", bad)))
                assert [each.text for each in found] == [
                    row["text"].replace("@", "\ufffd") for row in rows
                ]
                assert [len(each.notes) for each in found] == [0, 0, 1, 0]
        whole = json.dumps(rows, ensure_ascii=False).encode().replace(b"@", bad)
        assert [len(each.notes) for each in read_bytes("a.json", whole)] == [0, 0, 1, 0]


def test_rows_in_another_encoding_are_refused_one_by_one() -> None:
    long = "全县新增学位九百个。" * 40_000
    rows = [b"text", long.encode(), "全县新建学校三十所。".encode("gbk"), "全县".encode()]
    first, error, last = read_bytes("a.csv", b"\n".join(rows))
    assert isinstance(first, Source)
    assert isinstance(error, ReadError)
    assert (error.file, "not UTF-8" in error.message) == ("a.csv!2", True)
    assert isinstance(last, Source)


@pytest.mark.parametrize(
    "heading",
    [
        "\ufeff\ufeffid,正文,标题\r\n",
        "sep=,\r\nid,正文,标题\r\n",
        '\ufeff"sep=,"\r\n"id","正文","标题"\r\n',
        "id , 正文 , 标题\r\n",
        "id,\u3000正文\xa0,\t标题\r\n",
        "\r\n\r\nid,正文,标题\r\n",
    ],
)
def test_headings_as_spreadsheets_leave_them(heading: str) -> None:
    blank = " " if ", " in heading else ""
    data = heading + f'7,{blank}"全县新增学位900个，\n新建学校。",{blank}通报\r\n'
    source = one("a.csv", data.encode())
    assert source.text == "全县新增学位900个，\n新建学校。"
    assert source.metadata == Metadata(id="7", title="通报")


def test_a_separator_that_is_named_is_believed() -> None:
    data = "sep=;\n正文;备注\n新增学位9个,新建学校5所,招聘教师3名;无\n"
    assert one("a.csv", data.encode()).text == "新增学位9个,新建学校5所,招聘教师3名"


def test_cells_without_a_heading_are_said() -> None:
    data = "id,text\n1,新增学位9个,新建学校5所\n2,压减机构5家,\n"
    first, second = read_bytes("a.csv", data.encode())
    assert isinstance(first, Source)
    assert isinstance(second, Source)
    assert "beyond the last heading" in first.notes[0]
    assert second.notes == ()


def test_binary_columns() -> None:
    rows = [
        {"text": "全县新增学位900个。".encode(encoding), "title": "通报".encode(encoding)}
        for encoding in ("utf-8", "gb18030")
    ]
    for source in read_bytes("a.parquet", as_parquet(rows)):
        assert isinstance(source, Source)
        assert (source.text, source.metadata.title) == ("全县新增学位900个。", "通报")


@pytest.mark.parametrize("kind", ["string", "large_string", "dictionary"])
def test_strings_that_are_not_the_utf8_that_they_should_be(kind: str) -> None:
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    raw = pa.array(["全县新增学位9个。".encode().replace("学".encode(), b"\xff"), "全县".encode()])
    if kind == "large_string":
        column = raw.cast(pa.large_binary()).view(pa.large_string())
    else:
        column = raw.view(pa.string())
    if kind == "dictionary":
        column = column.dictionary_encode()
    out = io.BytesIO()
    pq.write_table(pa.table({"text": column}), out)
    first, second = read_bytes("a.parquet", out.getvalue())
    assert isinstance(first, Source)
    assert isinstance(second, Source)
    assert (first.text, second.text) == ("全县新增\ufffd位9个。", "全县")
    assert first.notes[0].startswith("1 damaged byte")


def test_rows_without_text_are_counted() -> None:
    rows = [{"text": text} for text in ("新增学位900个。", "", " ", "压减机构5家。")]
    first, last, error = read_bytes("a.jsonl", as_jsonl(rows))
    assert [first.file, last.file] == ["a.jsonl!1", "a.jsonl!4"]
    assert isinstance(error, ReadError)
    assert error.message == "2 of 4 rows have no text: 2, 3; check them"


def test_a_bad_line_does_not_stop_the_rest() -> None:
    data = as_jsonl([{"text": "甲"}]) + b'{"text": \n[1]\n' + b"[" * 99999 + b"\n"
    data += b'{"text": "\\ud800\\u4e59"}\n'
    first, *errors, last = read_bytes("a.jsonl", data)
    assert isinstance(first, Source)
    assert isinstance(last, Source)
    assert last.text == "\ufffd乙"
    assert [error.file for error in errors] == ["a.jsonl!2", "a.jsonl!3", "a.jsonl!4"]


def test_a_table_that_was_cut_short() -> None:
    data = as_csv(ROWS, "utf-8")
    cut = data[: data.rindex("满意".encode())]
    *_, error = read_bytes("a.csv", cut)
    assert isinstance(error, ReadError)
    assert "cut short" in error.message
    assert "damaged" in refused("a.parquet", as_parquet(ROWS)[:-20])
    assert "not whole JSON" in refused("a.json", json.dumps(ROWS).encode()[:-3])


def test_a_hostile_heading_is_harmless_in_the_message() -> None:
    assert refused("a.csv", b'"a\x1b[31m\nb"\n1\n').startswith("no column of texts among a [31m b;")


def test_a_long_cell_and_a_quoted_line_break() -> None:
    rows = [{"text": "全县，\r\n新建学校45所。" * 20_000}]
    assert one("a.csv", as_csv(rows, "utf-8")).text == rows[0]["text"]


def test_tables_in_a_folder_need_a_named_column(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("文")
    (tmp_path / "b.jsonl").write_bytes(as_jsonl([{"text": "件"}]))
    assert [each.file for each in sources([tmp_path])] == [str(tmp_path / "a.txt")]
    assert len(list(sources([tmp_path], Options(text_column="text")))) == 2
    assert len(list(sources([tmp_path / "b.jsonl"]))) == 1


def test_a_table_from_a_pipe() -> None:
    options = Options(text_column="正文")
    for data in (as_csv(ROWS, "utf-8"), as_jsonl(ROWS)):
        assert [each.file for each in read_bytes("-", data, options)] == ["-!1", "-!2"]


# --- .zip ------------------------------------------------------------------------------------


def packed(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_members_in_order_of_names(tmp_path: Path) -> None:
    inner = packed({"丙.txt": "丙".encode("gbk")})
    path = tmp_path / "a.zip"
    path.write_bytes(
        packed(
            {
                "z.txt": "学校".encode("gb18030"),
                "b/内.zip": inner,
                "b/甲.html": "<html><p>新增学位900个。</p></html>".encode(),
                "b/": b"",
                "__MACOSX/b/._甲.txt": b"x",
                ".DS_Store": b"\0",
                "a.exe": b"\0",
                "t.csv": as_csv(ROWS, "utf-8"),
            }
        )
    )
    found = {each.file: each for each in read(path)}
    assert list(found) == [f"{path}!{each}" for each in ("b/内.zip!丙.txt", "b/甲.html", "z.txt")]
    assert found[f"{path}!z.txt"].text == "学校"
    assert f"{path}!t.csv!2" in {each.file for each in read(path, Options(text_column="正文"))}


def test_names_in_gbk() -> None:
    data = packed({"AABB.txt": "文".encode()}).replace(b"AABB", "通报".encode("gbk"))
    assert one("a.zip", data).file == "a.zip!通报.txt"


def renamed(names: dict[str, bytes], extra: dict[str, bytes] | None = None) -> bytes:
    """An archive whose members have these bytes for names, as tools before UTF-8 write them."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, raw in names.items():
            member = zipfile.ZipInfo(name.ljust(len(raw), "_"))
            member.extra = (extra or {}).get(name, b"")
            archive.writestr(member, f"{name}共9所。".encode())
    data = out.getvalue()
    for name, raw in names.items():
        data = data.replace(name.ljust(len(raw), "_").encode(), raw)
    return data


@pytest.mark.parametrize("encoding", ["gb18030", "big5", "utf-8"])
@pytest.mark.parametrize("names", [["臺北縣學校.txt"], ["學校/臺北縣通報.txt", "學校/附件1.txt"]])
def test_names_in_old_encodings(encoding: str, names: list[str]) -> None:
    data = renamed({f"N{i}": name.encode(encoding) for i, name in enumerate(names)})
    assert [each.file for each in read_bytes("a.zip", data)] == [f"a.zip!{name}" for name in names]


def test_names_in_no_encoding_stay_apart() -> None:
    data = renamed({"A": b"\xff\x81.txt", "B": b"\xff\x82.txt"})
    assert len({each.file for each in read_bytes("a.zip", data)}) == 2


def unicode_path(name: str, raw: bytes) -> bytes:
    """The extra field of Info-ZIP: its length, its version, the name that it is of, the name."""
    content = struct.pack("<BL", 1, zlib.crc32(raw)) + name.encode()
    return struct.pack("<HH", 0x7075, len(content)) + content


def test_the_unicode_path_field() -> None:
    """Of each member its own; a field that is of another name says nothing."""
    raw = {"A": "湖南?.txt".encode("gbk"), "B": "广西?.txt".encode("gbk"), "C": b"plain.txt"}
    extra = {
        "A": unicode_path("湖南→.txt", raw["A"]),
        "B": unicode_path("广西→.txt", raw["B"]),
        "C": unicode_path("other.txt", b"old.txt"),
    }
    found = [each.file for each in read_bytes("a.zip", renamed(raw, extra))]
    assert found == ["a.zip!plain.txt", "a.zip!广西→.txt", "a.zip!湖南→.txt"]


@pytest.mark.parametrize("name", ["../a.txt", "/etc/a.txt", "x/../../a.txt", "C:\\a.txt"])
def test_paths_that_leave_the_archive(name: str) -> None:
    assert "leaves its archive" in refused("a.zip", packed({name: b"x"}))


def test_bombs() -> None:
    huge = bytes(30 * 2**20)
    assert "200 times" in refused("a.zip", packed({"a.txt": huge}))
    small = Options(max_bytes=10**6)
    assert "--max-bytes" in refused("a.zip", packed({"a.txt": huge}), small)
    assert "--max-bytes" in refused("a.zip", packed({"a.txt": bytes(2 * 10**6)}), small)
    nested = packed({"a.zip": packed({"a.zip": packed({"a.txt": b"x"})})})
    assert "nested" in refused("a.zip", nested)


def test_too_many_members(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shuangjian_cli.read.archive.MAX_MEMBERS", 3)
    assert "more than 3" in refused("a.zip", packed({f"{i}.txt": b"x" for i in range(4)}))


def test_shares_of_an_archive_unpack_each_member_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = PAGE.format(charset="utf-8", body="<p>全县新建学校12所。</p>").encode()
    rows = "text\n" + "".join(f"第{place}行\n" for place in range(7))
    inner = packed({f"内{place}.txt": TEXT for place in range(5)} | {"内空.txt": b""})
    members = {f"{place}.txt": TEXT for place in range(8)} | {"页.html": page, "坏.docx": b"PK\3\4"}
    many = {"包.zip": inner, "表.csv": rows.encode(), "断.csv": b'text\n"', "页.csv": page}
    path = tmp_path / "a.zip"
    path.write_bytes(packed(members | many))
    options = Options(text_column="text")
    whole = [str(each) for each in read(path, options)]
    assert len(whole) == 8 + 2 + 6 + 7 + 1 + 1

    unpacked = []
    unpack = zipfile.ZipFile.open

    def counted(archive, entry, *rest, **more):
        unpacked.append(entry.filename)
        return unpack(archive, entry, *rest, **more)

    monkeypatch.setattr(zipfile.ZipFile, "open", counted)
    shares = [[str(each) for each in read(path, options, Share(part, 3))] for part in range(3)]
    assert sorted(each for share in shares for each in share) == sorted(whole)
    assert min(map(len, shares)) >= 6
    # What holds several texts is itself shared.
    assert {name for name in unpacked if unpacked.count(name) > 1} == set(many)


def test_damaged_and_encrypted_archives() -> None:
    data = packed({"a.txt": TEXT, "b.txt": b"whole"})
    assert "damaged" in refused("a.zip", data[: len(data) // 2])
    spoilt = bytearray(data)
    at = data.index(b"a.txt") + 10
    spoilt[at] ^= 0xFF
    error, source = read_bytes("a.zip", bytes(spoilt))
    assert isinstance(error, ReadError)
    assert error.file == "a.zip!a.txt"
    assert isinstance(source, Source)
    locked = bytearray(packed({"a.txt": TEXT}))
    for header, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        locked[locked.index(header) + offset] |= 1
    assert "encrypted" in refused("a.zip", bytes(locked))
    assert "without a file" in refused("a.zip", packed({}))


@pytest.mark.parametrize(
    "method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
)
@pytest.mark.parametrize("damage", ["content", "header", "checksum"])
def test_a_damaged_member_loses_only_itself(method: int, damage: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name in ("a.txt", "b.txt", "c.txt"):
            archive.writestr(name, TEXT * 9)
    data = bytearray(out.getvalue())
    at = data.index(b"b.txt")
    size = data.index(b"PK\3\4", at) - at
    if damage == "content":
        data[at + 25 : at + size] = bytes(each ^ 0x5A for each in data[at + 25 : at + size])
    elif damage == "header":
        data[at : at + 5] = b"d.txt"
    else:
        at = data.rindex(b"b.txt") - 30
        data[at] ^= 0xFF
    first, error, last = read_bytes("a.zip", bytes(data))
    assert isinstance(first, Source)
    assert isinstance(error, ReadError)
    assert (error.file, error.message) == (
        "a.zip!b.txt", "damaged inside its archive; fetch it again"
    )  # fmt: skip
    assert isinstance(last, Source)


def test_a_member_without_a_name_loses_only_itself() -> None:
    data = packed({"a.txt": TEXT, "b": TEXT})
    for header, length in ((b"PK\3\4", 26), (b"PK\1\2", 28)):
        at = data.rindex(header)
        start = data.index(b"b", at + length)
        data = data[: at + length] + b"\0" + data[at + length + 1 : start] + data[start + 1 :]
    end = data.rindex(b"PK\5\6")
    size, offset = struct.unpack_from("<LL", data, end + 12)
    data = data[: end + 12] + struct.pack("<LL", size - 1, offset - 1) + data[end + 20 :]
    error, source = read_bytes("a.zip", data)
    assert isinstance(error, ReadError)
    assert (error.file, error.message) == ("a.zip!", "a member without a name; pack it again")
    assert isinstance(source, Source)


@pytest.mark.parametrize("flagged", [True, False])
def test_a_name_that_is_not_the_utf8_that_it_should_be(flagged: bool) -> None:
    raw = "通报.txt".encode("gbk")
    field = struct.pack("<HHBL", 0x7075, 6, 1, zlib.crc32(raw)) + b"\xff"
    data = bytearray(renamed({"A": raw, "B": b"b.txt"}, {} if flagged else {"A": field}))
    if flagged:
        for header, flags in ((b"PK\3\4", 7), (b"PK\1\2", 9)):
            data[data.index(header) + flags] |= 8
    found = [each.file for each in read_bytes("a.zip", bytes(data))]
    assert found == ["a.zip!b.txt", "a.zip!通报.txt"]


def test_a_member_packed_by_an_unknown_method() -> None:
    data = bytearray(packed({"a.txt": TEXT}))
    for header, method in ((b"PK\3\4", 8), (b"PK\1\2", 10)):
        data[data.index(header) + method] = 93
    assert "pack it again" in refused("a.zip", bytes(data))


TEXT = "全县共有学校45所。".encode()


def test_markdown_is_read_without_its_markup() -> None:
    page = (
        "# 皋兰县通报\n\n**全县**投入 *186.4 万元*，[惠及](https://a.example)\n学生[^1]。\n\n"
        "| 学段 | 参与率 |\n| --- | ---: |\n| 小学 | 98.4% |\n\n"
        "3. 排查机构\n4. 整改`隐患`\n\n- 停办\n\n[^1]: 含幼儿园。\n"
    )
    assert one("a.md", page.encode()).text.split("\n") == [
        "皋兰县通报", "全县投入 186.4 万元，惠及学生。", "学段\t参与率", "小学\t98.4%",
        "3.排查机构", "4.整改隐患", "停办", "含幼儿园。", "",
    ]  # fmt: skip


def test_the_head_of_a_column_names_what_a_cell_measures() -> None:
    page = "# 甘肃省2024年通报\n\n各校开展课后服务，情况如下。\n\n| 学段 | 学校数（所） | 参与率 |\n| - | - | - |\n| 小学 | 41 | 98.4% |\n"
    schools, rate = extract(one("a.md", page.encode()).text)
    assert (schools.subject, schools.figure, schools.unit) == ("小学学校数", "41", "所")
    assert (rate.subject, rate.figure) == ("小学参与率", "98.4%")

"""Raised digits of web pages, Word documents and PDFs make no other number of what they stand at."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path

import pytest

import shuangjian_cli as sj

docx = pytest.importorskip("docx")
pytest.importorskip("trafilatura")
pytest.importorskip("pypdfium2")
canvas = pytest.importorskip("reportlab.pdfgen.canvas")

PARTS = [
    "全市新增学位5.8",
    "^2",
    "万个，绿地2.5万m",
    "^2",
    "，课后服务覆盖率达98.5%",
    "^3",
    "，居前列。",
]
TEXT = "全市新增学位5.8²万个，绿地2.5万m²，课后服务覆盖率达98.5%³，居前列。"


def web_page(raised: str) -> bytes:
    marked = [raised.format(part[1:]) if part[0] == "^" else part for part in PARTS]
    return f"<html><body><p>{''.join(marked)}</p></body></html>".encode()


def word_document() -> bytes:
    document = docx.Document()
    paragraph = document.add_paragraph()
    for part in PARTS:
        run = paragraph.add_run(part.removeprefix("^"))
        run.font.superscript = part[0] == "^"
    packed = io.BytesIO()
    document.save(packed)
    return packed.getvalue()


def printed() -> bytes:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    packed = io.BytesIO()
    pdf = canvas.Canvas(packed)
    words = pdf.beginText(30, 700)
    for part in PARTS:
        raised = part[0] == "^"
        words.setFont("STSong-Light", 8 if raised else 14)
        words.setRise(5 if raised else 0)
        words.textOut(part.removeprefix("^"))
    pdf.drawText(words)
    pdf.save()
    return packed.getvalue()


FILES = {
    "sup.html": web_page("<sup>{}</sup>"),
    "link.html": web_page('<a href="#n"><sup> {}\n</sup></a>'),
    "inside.html": web_page('<sup><a href="#n">{}</a></sup>'),
    "style.html": web_page('<span style="font-size: 9px; vertical-align:super">{}</span>'),
    "a.docx": word_document(),
    "a.pdf": printed(),
}


@pytest.mark.parametrize("name", FILES)
def test_raised_digits_are_no_part_of_a_numeral(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(FILES[name])
    records = sj.extract_file(path)
    assert [(r.figure, r.value, r.unit) for r in records] == [
        ("5.8²万个", 58000, "个"),
        ("2.5万m²", 25000, "平方米"),
        ("98.5%", Decimal("98.5"), "%"),
    ]
    assert records[0].sentence == TEXT


@pytest.mark.parametrize("raised", ["[1]", "注", "th"])
def test_other_raised_text_stays(tmp_path: Path, raised: str) -> None:
    path = tmp_path / "a.html"
    page = f"<html><body><p>全市新增学位900个<sup>{raised}</sup>。</p></body></html>"
    path.write_text(page, "utf-8")
    (record,) = sj.extract_file(path)
    assert record.sentence == f"全市新增学位900个{raised}。"

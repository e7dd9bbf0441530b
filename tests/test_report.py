"""The report's file: what it carries, that it is inert, and that it needs nothing else."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from shuangjian_cli.__main__ import main
from shuangjian_cli.api import analyse
from shuangjian_cli.model import Source
from shuangjian_cli.report import Payload, gather, gather_stored, page, write_page
from shuangjian_cli.report.tables import drawn
from shuangjian_cli.store import Store

HUNAN = """湖南省2023年“双减”工作通报

一、质量
全省学科类培训机构压减率达96.2%，家长满意度为95%。
本段没有数字。
"""
GUANGXI = """广西壮族自治区2023年“双减”工作通报

一、质量
全区学科类机构压缩率达98.5%。
"""
# A line of prose that is long enough to be no page furniture, whatever stands in it.
HOSTILE = (
    "湖南省通报<script>window.hacked = 1</script>\n\n"
    "各地坚持把减轻学生过重负担作为头等大事，一以贯之抓部署、抓落实、抓督导，不断健全长效机制，"
    "形成政府主导、部门联动、学校主责、家庭配合的良好格局。</script>"
    '<img src=x onerror="window.hacked = 2">𠮷全省新增学位3000个，建成学校120所。\n'
)


def text(words: str, file: str) -> tuple[Any, str, Any, Any]:
    analysis = analyse(Source(file, words))
    return analysis.document.info, words, analysis.indicators, drawn(analysis.document)


def made(*texts: tuple[str, str], **options: Any) -> Payload:
    return gather((text(words, file) for file, words in texts), "zh", **options)


BOTH = ("hunan.txt", HUNAN), ("guangxi.txt", GUANGXI)


def script_of(html: str) -> dict[str, Any]:
    """The data that a browser would read."""
    (block,) = re.findall(
        r'<script id="data" type="application/json">(.*?)</script>', html, re.DOTALL
    )
    return json.loads(block)  # type: ignore[no-any-return]


def test_the_policy_names_all_that_may_run() -> None:
    html = page(made(*BOTH), "zh").decode()
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="(.*?)"', html)
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    style = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    scripts = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    assert (len(style), len(scripts)) == (1, 2)
    for content in style + scripts:
        digest = b64encode(sha256(content.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    # No element that could ask for anything, and no handler or style in an attribute.
    shell = re.sub(r"<(script|style)\b.*?</\1>", "", html, flags=re.DOTALL)
    assert not re.search(r"<(link|img|iframe|object|embed|base|form)\b|\son\w+=|\sstyle=", shell)
    assert "http:" not in shell
    assert "https:" not in shell


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (["/home/me/通报/a.txt"], ["a.txt"]),
        (["/home/me/2022/a.txt", "/home/me/2023/a.txt"], ["2022/a.txt", "2023/a.txt"]),
        (["/home/me/a.txt", "/home/me/2023/b.txt"], ["2023/b.txt", "a.txt"]),
        (["../me/a.txt", "../me/b.txt", "-"], ["-", "a.txt", "b.txt"]),
        (["/home/me/a.zip!x/1.txt", "/home/me/a.zip!x/2.txt"], ["a.zip!x/1.txt", "a.zip!x/2.txt"]),
        (["/home/me/oh!/a.csv!3"], ["a.csv!3"]),
    ],
)
def test_files_are_named_below_the_folder_that_holds_all(
    given: list[str], shown: list[str]
) -> None:
    data = made(*((file, HUNAN) for file in given)).data
    assert sorted(document["file"] for document in data["documents"]) == shown


def test_a_report_says_nothing_of_the_machine_it_was_made_on(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for file, words in BOTH:
        (tmp_path / "in" / file).write_text(words, "utf-8")
    assert main(["batch", str(tmp_path / "in"), "--into", str(tmp_path / "a.db")]) == 0
    for source in (tmp_path / "in", tmp_path / "a.db"):
        assert main(["report", str(source), "-o", str(tmp_path / "r.html")]) == 0
        html = (tmp_path / "r.html").read_text("utf-8")
        assert str(tmp_path) not in html and tmp_path.name not in html and "hunan.txt" in html


def test_hostile_words_are_words() -> None:
    html = page(made(("<b>x.txt", HOSTILE)), "en").decode()
    assert html.count("<script") == html.count("</script>") == 3
    data = script_of(html)
    assert data["documents"][0]["file"] == "<b>x.txt"
    assert any("</script><img" in paragraph for paragraph in data["documents"][0]["texts"])
    (block,) = re.findall(r'application/json">(.*?)</script>', html, re.DOTALL)
    assert "<" not in block


def test_figures_are_where_their_offsets_say() -> None:
    data = made(("a.txt", HOSTILE), *BOTH).data
    columns, pool = data["indicators"], data["strings"]
    assert len(columns["start"]) >= 5
    for number, figure in enumerate(columns["figure"]):
        document = data["documents"][columns["document"][number]]
        words = document["texts"][columns["paragraph"][number]].encode("utf-16-le")
        span = slice(2 * columns["start"][number], 2 * columns["end"][number])
        assert words[span].decode("utf-16-le") == pool[figure]
        assert document["lines"][columns["paragraph"][number]] == columns["line"][number]


def test_records_carry_rules_with_their_words() -> None:
    data = made(*BOTH).data
    flat = data["indicators"]["rules"][0]
    assert len(flat) % 3 == 0
    found = {data["decided"][flat[at]]: flat[at + 1 : at + 3] for at in range(0, len(flat), 3)}
    assert {"value", "subject", "province"} <= found.keys()
    assert data["strings"][found["value"][0]]


def test_matrix_cells_lead_to_records() -> None:
    data = made(*BOTH).data
    (matrix,) = data["matrices"]
    assert matrix["columns"] == ["湖南省", "广西壮族自治区"]
    (row,) = (row for row in matrix["rows"] if len(row["entries"]) == 2)
    values = {matrix["columns"][entry[0]]: entry[2] for entry in row["entries"]}
    assert values == {"湖南省": "96.2", "广西壮族自治区": "98.5"}
    for entry in row["entries"]:
        assert data["indicators"]["value"][entry[1]] == entry[2]
    assert row["names"] == {
        "zh": "学科类培训机构压减率",
        "en": "Reduction of academic tutoring institutions",
    }


def test_above_the_limit_only_paragraphs_with_figures() -> None:
    whole = made(*BOTH)
    assert whole.whole
    assert "本段没有数字。" in whole.data["documents"][1]["texts"]
    part = made(*BOTH, whole_up_to=len(HUNAN))
    assert not part.whole
    assert not part.data["whole"]
    assert [document["whole"] for document in part.data["documents"]] == [False, False]
    assert all("本段" not in words for each in part.data["documents"] for words in each["texts"])
    assert part.left_out["characters"] == part.data["left_out"]["characters"] > 0
    assert part.data["indicators"]["figure"]
    assert len(part.data["indicators"]["start"]) == len(whole.data["indicators"]["start"])


def test_of_too_many_figures_those_that_the_most_places_report_are_carried() -> None:
    whole = made(*BOTH)
    some = made(*BOTH, most=2)
    assert whole.left_out["figures"] == whole.left_out["documents"] == 0
    assert some.figures == 2 and some.left_out["figures"] == whole.figures - 2
    (matrix,) = some.data["matrices"]
    (row,) = matrix["rows"]
    assert [matrix["columns"][entry[0]] for entry in row["entries"]] == ["湖南省", "广西壮族自治区"]
    none = made(*BOTH, most=1)
    assert none.figures <= 1 and none.documents <= 1
    more = ("more.txt", f"{HUNAN}全省另有乡村小规模学校7所。\n")
    part = made(more, BOTH[1], most=2, whole_up_to=1)
    texts = [words for document in part.data["documents"] for words in document["texts"]]
    assert len(texts) == 2 and not any("乡村" in words for words in texts)


def _slice(text: str, start: int, end: int) -> str:
    """What JavaScript takes from a text."""
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


def test_a_table_has_its_cells_with_the_stretches_of_its_text() -> None:
    words = (
        "全县学校情况\n县区\t学校数\t\n\t小学\t初中\n𠮷县\t61\t24\n乙县\t58\t—\n数据来自年报。\n"
    )
    data = made(("table.txt", words)).data
    (document,) = data["documents"]
    ((first, last, rows),) = document["tables"]
    assert (first, last) == (0, 4)

    def shown(cell: list[Any]) -> tuple[int, int, int, str]:
        down, over, is_head, stretches = cell
        parts = [_slice(document["texts"][place], start, end) for place, start, end in stretches]
        return down, over, is_head, "".join(parts)

    assert [[shown(cell) for cell in row] for row in rows] == [
        [(1, 1, 1, "县区"), (1, 2, 1, "学校数")],
        [(1, 1, 1, ""), (1, 1, 1, "小学"), (1, 1, 1, "初中")],
        [(1, 1, 1, "𠮷县"), (1, 1, 0, "61"), (1, 1, 0, "24")],
        [(1, 1, 1, "乙县"), (1, 1, 0, "58"), (1, 1, 0, "—")],
    ]
    names = [[data["strings"][place] for place in cell[1:]] for cell in data["indicators"]["cell"]]
    assert names[1] == ["全县学校情况", "𠮷县", "学校数 / 初中"]
    assert made(("table.txt", words), whole_up_to=10).data["documents"][0]["tables"] == []


def test_without_texts_the_sentences_stand_in() -> None:
    info, _, indicators, tables = text(HUNAN, "hunan.txt")
    data = gather([(info, None, indicators, tables)], "zh").data
    (words,) = set(data["documents"][0]["texts"])
    assert words.startswith("全省学科类培训机构压减率达96.2%")
    assert not data["documents"][0]["whole"]
    counted = {name: count for name, count in data["left_out"].items() if count}
    assert counted == {"texts": 1}


def test_the_same_bytes_in_any_order() -> None:
    assert page(made(*BOTH), "zh") == page(made(*reversed(BOTH)), "zh")


@pytest.mark.parametrize("texts", [[], [("a.txt", "没有数字的文件。\n")], [BOTH[0]]])
def test_few_or_no_figures(texts: list[tuple[str, str]]) -> None:
    payload = made(*texts)
    data = script_of(page(payload, "en").decode())
    assert len(data["documents"]) == payload.documents == len(texts)
    assert len(data["indicators"]["start"]) == payload.figures


def test_both_languages_have_every_label_that_the_script_asks_for() -> None:
    assets = files("shuangjian_cli.report") / "assets"
    scripts = "".join(
        each.read_text("utf-8") for each in assets.iterdir() if each.name.endswith(".js")
    )
    html = (assets / "report.html").read_text("utf-8")
    data = made(*BOTH).data
    asked = set(re.findall(r'\bt\("(\w+)"', scripts)) | set(
        re.findall(r'data-(?:label|aria)="(\w+)"', html)
    )
    for language in ("zh", "en"):
        labels = data["labels"][language]
        assert asked <= labels["report"].keys()
        assert all(labels["report"].values())


def test_no_part_of_the_script_makes_markup_of_words() -> None:
    assets = files("shuangjian_cli.report") / "assets"
    for each in assets.iterdir():
        if each.name.endswith(".js"):
            words = each.read_text("utf-8")
            assert not re.search(
                r"innerHTML|outerHTML|insertAdjacent|document\.write|eval\(", words
            )


def test_the_library_is_the_one_that_its_note_names() -> None:
    vendor = files("shuangjian_cli.report") / "vendor"
    note = (vendor / "README.md").read_text("utf-8")
    assert sha256((vendor / "chart.umd.min.js").read_bytes()).hexdigest() in note
    assert "MIT" in (vendor / "chart.js-LICENSE.md").read_text("utf-8")


def _themes() -> list[dict[str, str]]:
    style = (files("shuangjian_cli.report") / "assets" / "report.css").read_text("utf-8")
    blocks = re.findall(r":root(?:\[data-theme=\"dark\"\])? \{(.*?)\}", style, re.DOTALL)
    light, dark = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block)) for block in blocks[:2])
    return [light, light | dark]


def _contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2."""

    def luminance(colour: str) -> float:
        parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_words_stand_out_from_their_ground(theme: int) -> None:
    colours = _themes()[theme]
    words = "ink muted accent guarantees coordination resources quality services none other"
    for name in [*words.split(), "certain", "likely", "check"]:
        for ground in ("paper", "surface", "sunk"):
            ratio = _contrast(colours[name], colours[ground])
            assert ratio >= 4.5, f"{name} on {ground}: {ratio:.2f}"


# --- the commands ------------------------------------------------------------------------------


def run(*args: str) -> int:
    return main(args)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    for file, words in BOTH:
        (tmp_path / "in" / file).write_text(words, "utf-8")
    return tmp_path


def test_report_command(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    out = folder / "report.html"
    assert run("report", str(folder / "in"), "-o", str(out), "--lang", "en") == 0
    data = script_of(out.read_text("utf-8"))
    assert data["language"] == "en"
    assert len(data["documents"]) == 2
    assert capfd.readouterr() == ("", "")


def test_a_report_without_figures_says_so(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "a.txt"
    source.write_text("各地稳步推进。\n", "utf-8")
    assert run("report", str(source), "-o", str(tmp_path / "r.html"), "--lang", "en") == 0
    assert "These documents hold no figures." in capfd.readouterr().err


def test_report_command_refuses(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    source = folder / "in" / "hunan.txt"
    assert run("report", str(source), "-o", str(source)) == 2
    assert source.read_text("utf-8") == HUNAN
    assert run("report", str(source), "-o", "-") == 2
    assert run("report", str(source), "-o", str(folder / "nowhere" / "r.html")) == 2
    assert run("report", str(folder / "missing"), "-o", str(folder / "r.html")) == 1
    assert "missing" in capfd.readouterr().err


def test_a_store_that_cannot_be_read_is_told(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    store = folder / "corpus.sqlite"
    assert run("batch", str(folder / "in"), "--into", str(store), "--jobs", "1") == 0
    store.write_bytes(store.read_bytes()[:2000])
    assert run("compare", str(store), str(folder / "in"), "--format", "csv", "--lang", "en") == 1
    out, err = capfd.readouterr()
    assert "96.2" in out
    assert "corpus.sqlite" in err
    assert "Traceback" not in err


def test_report_and_compare_of_a_store(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    store = str(folder / "corpus.sqlite")
    assert run("batch", str(folder / "in"), "--into", store, "--jobs", "1") == 0
    out = folder / "report.html"
    assert run("report", store, "-o", str(out)) == 0
    assert len(script_of(out.read_text("utf-8"))["documents"]) == 2
    capfd.readouterr()
    assert run("compare", store, "--format", "csv") == 0
    assert "96.2" in capfd.readouterr().out


def test_a_report_of_a_store_without_texts_says_so(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    store = str(folder / "corpus.sqlite")
    assert run("batch", str(folder / "in"), "--into", store, "--jobs", "1", "--no-text") == 0
    capfd.readouterr()
    assert run("report", store, "-o", str(folder / "report.html"), "--lang", "en") == 0
    assert "2 documents have no text at hand" in capfd.readouterr().err


@pytest.mark.parametrize("view", ["matrix", "cells", "coverage", "trend", "progress"])
@pytest.mark.parametrize("form", ["csv", "tsv", "json", "jsonl", "md", "table"])
def test_compare_command(
    folder: Path, view: str, form: str, capfd: pytest.CaptureFixture[str]
) -> None:
    args = ("compare", str(folder / "in"), "--view", view, "--format", form, "--lang", "zh")
    assert run(*args) == 0
    out = capfd.readouterr().out
    if view in ("matrix", "cells"):
        assert "96.2" in out
        assert "98.5" in out
    if form == "json":
        json.loads(out)


def test_compare_writes_a_workbook_of_typed_cells(folder: Path) -> None:
    from openpyxl import load_workbook

    out = folder / "matrix.xlsx"
    assert run("compare", str(folder / "in"), "-o", str(out)) == 0
    book = load_workbook(out)
    assert book.sheetnames == ["matrix", "cells", "coverage"]
    header, row = list(book["matrix"].values)[:2]
    assert dict(zip(header, row, strict=True))["湖南省"] == 96.2


def test_compare_writes_parquet(folder: Path) -> None:
    import pyarrow.parquet as pq

    out = folder / "matrix.out"
    assert run("compare", str(folder / "in"), "-f", "parquet", "-o", str(out)) == 0
    assert str(pq.read_table(out).column("湖南省")[0].as_py()).startswith("96.2")


def test_compare_writes_markdown_by_suffix(folder: Path) -> None:
    out = folder / "matrix.md"
    assert run("compare", str(folder / "in"), "-o", str(out), "--lang", "en") == 0
    assert "| Hunan | Guangxi |" in out.read_text("utf-8").splitlines()[2]


def test_compare_filters_and_refuses_unknown_words(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    source = str(folder / "in")
    assert run("compare", source, "--province", "湖南", "--format", "csv", "--lang", "en") == 0
    out, err = capfd.readouterr()
    assert "广西" not in out
    assert "only one column (Hunan)" in err
    assert run("compare", source, "--metric", "satisfacton") == 2
    assert "satisfaction" in capfd.readouterr().err
    assert run("compare", source, "--view", "cells", "-o", str(folder / "x.txt")) == 2


def test_a_page_is_whole_or_not_there(tmp_path: Path) -> None:
    out = tmp_path / "r.html"
    write_page(str(out), made(BOTH[0]), "zh")
    assert out.read_bytes() == page(made(BOTH[0]), "zh")
    assert [each.name for each in tmp_path.iterdir()] == ["r.html"]


@pytest.mark.parametrize("most", [60_000, 2])
def test_a_store_makes_the_report_that_its_files_make(folder: Path, most: int) -> None:
    assert run("batch", str(folder / "in"), "--into", str(folder / "a.db"), "--jobs", "1") == 0
    with Store.open(folder / "a.db") as store:
        stored = gather_stored(store, "zh", most=most)
    read = made(*((f"in/{file}", words) for file, words in BOTH), most=most)
    assert page(stored, "zh") == page(read, "zh")

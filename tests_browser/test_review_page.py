"""The reader corrects figures in the report's page, saves them, and the program takes them over."""

from __future__ import annotations

import json
from pathlib import Path

from conftest import Page

from shuangjian_cli.__main__ import main

TEXT = """湖南省2023年“双减”工作通报
发布日期：2024-03-01

一、坚持质量为本
😀 2023年，全省新增学位3000个，建成学校120所。家长满意度为95%。
热线昼夜畅通。
"""


def test_corrections_are_made_in_the_page_and_applied(page: Page, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, "utf-8")
    store, report = str(tmp_path / "a.db"), tmp_path / "r.html"
    assert main(["batch", str(folder), "--into", store]) == 0
    assert main(["report", store, "-o", str(report), "--lang", "en"]) == 0
    page.driver.execute_cdp_cmd(
        "Page.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)}
    )
    page.open(report)

    def show(figure: str) -> None:
        number = page.js(
            "return [...document.querySelectorAll('article .mark')].find("
            "(mark) => mark.textContent === arguments[0]).dataset.ids",
            figure,
        )
        page.go(f"sources/{number}")

    def press(does: str) -> None:
        page.one(f".review button[data-does={does}]").click()

    page.go("sources/d0")
    show("3000个")
    page.one(".review input[name=who]").send_keys("Li")
    page.one(".review input[name=new]").clear()
    page.one(".review input[name=new]").send_keys("公办学位")
    press("edit")
    assert "reviewed" in page.one("article .mark.chosen").get_attribute("class")
    press("accept")
    show("95%")
    press("delete")
    assert "struck" in page.one("article .mark.chosen").get_attribute("class")
    press("accept")
    press("undo")  # of the first decision that is listed, the edit
    assert len(page.all(".review li")) == 3
    # Words that are selected become a figure.
    page.js(
        "const p = [...document.querySelectorAll('article p[data-place]')].find("
        "(each) => each.textContent.startsWith('热线'));"
        "const range = document.createRange(); range.setStart(p.firstChild, 2);"
        "range.setEnd(p.firstChild, 4); getSelection().removeAllRanges();"
        "getSelection().addRange(range);"
        "const answers = ['24', '小时', '热线']; window.prompt = () => answers.shift();"
        "document.querySelector('.review button[data-does=add]').click()"
    )
    press("save")
    saved = page.downloaded(tmp_path, "corrections.jsonl")
    lines = [json.loads(line) for line in saved.read_text("utf-8").splitlines()]
    assert [(line["action"], line["figure"], line["who"]) for line in lines] == [
        ("accept", "3000个", "Li"),
        ("delete", "95%", "Li"),
        ("accept", "95%", "Li"),
        ("add", "昼夜", "Li"),
    ]
    assert page.complaints() == []

    # The later decision on 95% holds; the file goes in as a whole.
    assert main(["review", store, "--apply", str(saved)]) == 0
    out = tmp_path / "out.jsonl"
    assert main(["export", store, "-o", str(out)]) == 0
    rows = {row["figure"]: row for row in map(json.loads, out.read_text("utf-8").splitlines())}
    assert rows["3000个"]["subject"] == "公办学位" and rows["3000个"]["confidence"] == "confirmed"
    assert rows["昼夜"]["value"] == 24 and rows["昼夜"]["subject"] == "热线"
    assert rows["95%"]["confidence"] == "confirmed"
    assert rows["120所"]["confidence"] != "confirmed"

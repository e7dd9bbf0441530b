"""The report as its reader uses it, in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import HUNAN, Page, make

VIEWS = ["overview", "compare", "charts", "figures", "sources"]


def test_every_view_is_silent_and_asks_for_nothing(page: Page, report: Path) -> None:
    page.open(report)
    for scheme in ("light", "dark"):
        page.media(scheme)
        for _ in range(2):
            for view in VIEWS:
                page.go(view)
                assert (
                    page.js("return document.querySelectorAll('.view:not([hidden])').length") == 1
                )
                assert page.one(f"#view-{view}").text
            page.one("#language").click()
    page.go("sources/0")
    assert page.complaints() == []
    addresses = page.requests()
    assert len(addresses) == 1
    assert addresses[0].startswith("file://")


def test_hostile_words_are_words(page: Page, report: Path) -> None:
    page.open(report)
    for view in VIEWS:
        page.go(view)
    page.go("sources/d0")  # its file's name comes first
    article = page.one("article").text
    assert "<script>window.hacked = 1</script>" in page.js(
        "return document.querySelector('article').textContent"
    )
    assert '<img src="http://evil.example/x.png"' in article
    assert page.js("return window.hacked") is None
    assert page.js("return document.querySelectorAll('img, iframe, object, embed').length") == 0
    assert page.js("return document.scripts.length") == 3
    marks = page.texts("article .mark")
    assert "94.4%" in marks  # a character of two units stands before it
    assert page.complaints() == []
    assert all(address.startswith("file://") for address in page.requests())


def test_nothing_else_may_run(page: Page, report: Path) -> None:
    page.open(report)
    page.js(
        "const script = document.createElement('script');"
        "script.textContent = 'window.hacked = 3'; document.body.append(script);"
        "const image = document.createElement('img'); image.src = 'http://evil.example/y.png';"
        "document.body.append(image)"
    )
    assert page.js("return window.hacked") is None
    refused = [each for each in page.complaints() if "Content Security Policy" in each]
    assert any("script" in message for message in refused)
    assert any("evil.example/y.png" in message for message in refused)


def test_overview_counts_and_leads_on(page: Page, report: Path) -> None:
    page.open(report)
    assert page.texts(".card strong")[:2] == ["4", "4"]
    page.one("table.coverage tbody a").click()
    page.wait("location.hash.startsWith('#figures?')")
    shown = int(page.one("#view-figures .status").text.split(" / ")[0])
    assert 0 < shown < int(page.one("#view-figures .status").text.split(" / ")[1])
    page.go("overview")
    page.one("a.tile").click()
    page.wait("location.hash.startsWith('#figures?province=')")
    assert len(set(page.texts("td.c-province"))) == 1


def test_the_map_shows_a_measured_thing(page: Page, report: Path) -> None:
    page.open(report)
    page.js(
        "const select = document.querySelector('.map select');"
        "select.selectedIndex = 1; select.dispatchEvent(new Event('change'))"
    )
    tiles = page.texts("a.tile")
    assert len(tiles) >= 3
    assert any("96.2" in tile for tile in tiles)
    page.one("a.tile").click()
    page.wait("document.querySelector('.mark.chosen')")


def test_filters_and_sorting(page: Page, report: Path) -> None:
    page.open(report, "#figures")
    total = len(page.all("table.figures tbody tr[data-row]"))
    page.js(
        "const select = [...document.querySelectorAll('#view-figures select')]"
        ".find((each) => [...each.options].some((option) => option.value === '广西壮族自治区'));"
        "select.value = '广西壮族自治区'; select.dispatchEvent(new Event('change'))"
    )
    assert set(page.texts("td.c-province")) == {"广西"}
    few = len(page.all("table.figures tbody tr[data-row]"))
    assert 0 < few < total
    page.one("#view-figures button.plain").click()
    assert len(page.all("table.figures tbody tr[data-row]")) == total

    page.one("#view-figures input[type=search]").send_keys("近视")
    page.wait("document.querySelectorAll('table.figures tbody tr[data-row]').length === 4")
    assert all("近视率" in words for words in page.texts("td.c-subject"))
    page.one("#view-figures input[type=search]").clear()
    page.one("#view-figures input[type=search]").send_keys("查无此事")
    page.wait("!document.querySelector('#view-figures .empty').hidden")
    page.one("#view-figures button.plain").click()

    page.one("th.c-value button").click()
    values = _numbers(page)
    assert values == sorted(values, reverse=True)
    assert page.one("th.c-value").get_attribute("aria-sort") == "descending"
    page.one("th.c-value button").click()
    assert _numbers(page) == values[::-1]
    assert page.one("th.c-value").get_attribute("aria-sort") == "ascending"


def _numbers(page: Page) -> list[float]:
    """The values of the rows in sight that are shares, in their order."""
    rows = zip(page.texts("td.c-value"), page.texts("td.c-unit"), strict=True)
    return [float(value.split()[0]) for value, unit in rows if unit == "%"]


def test_a_figure_in_the_table_leads_to_its_sentence(page: Page, report: Path) -> None:
    page.open(report, "#figures")
    row = page.one("table.figures tbody tr[data-row='3']")
    figure = row.find_element("css selector", ".excerpt b").text
    row.find_element("css selector", "a.figure").click()
    page.wait("document.querySelector('.mark.chosen')")
    assert page.one(".mark.chosen").text == figure
    assert figure in page.one(".sentence.chosen").text
    assert page.js("return document.activeElement.classList.contains('mark')")
    _in_sight(page, ".mark.chosen")
    record = page.one(".record").text
    assert page.one(".record .big").text
    assert page.all(".record .rule code")
    assert "省份" in record
    page.driver.back()
    page.wait("location.hash === '#figures'")


def _in_sight(page: Page, selector: str) -> None:
    assert page.js(
        "const box = document.querySelector(arguments[0]).getBoundingClientRect();"
        "const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);"
        "return at === document.querySelector(arguments[0])",
        selector,
    )


def test_a_table_is_a_table_with_its_figures_marked(page: Page, tmp_path: Path) -> None:
    words = (
        "全县学校情况\n县区\t学校数\t\n\t小学\t初中\n甲县\t61\t24\n乙县\t58\t—\n数据来自年报。\n"
    )
    page.open(make(tmp_path / "table.html", {"table.txt": words}), "#sources/1")
    rows = page.js(
        "return [...document.querySelectorAll('table.cells tr')].map((row) =>"
        " [...row.cells].map((cell) => cell.textContent + (cell.colSpan > 1 ? '*' : '')))"
    )
    assert rows == [
        ["县区", "学校数*"],
        ["", "小学", "初中"],
        ["甲县", "61", "24"],
        ["乙县", "58", "—"],
    ]
    assert page.texts("table.cells td .mark") == ["61", "24", "58"]
    assert page.texts("table.cells td.chosen") == ["24"]
    assert page.texts("article > p")[0] == "全县学校情况"
    assert "学校数 / 初中" in page.one("aside.record").text
    assert page.complaints() == []


def test_a_cell_of_the_matrix_leads_to_its_sentence(page: Page, report: Path) -> None:
    page.open(report, "#compare")
    heads = page.texts("table.matrix thead .c-cell")
    assert heads == ["湖南", "广西", "四川", "贵州"]
    rows = page.texts("table.matrix tbody th.c-thing a")
    place = next(at for at, words in enumerate(rows) if "压减率" in words or "压缩率" in words)
    cells = page.all(f"table.matrix tbody tr[data-row='{place}'] td.c-cell")
    numbers = [cell.find_element("css selector", ".number").text for cell in cells]
    assert numbers[:2] == ["96.2", "98.5"]
    assert numbers[2].endswith("97.3")
    assert "≠" in numbers[2]
    assert numbers[3] == "94.4"
    cells[1].find_element("css selector", "a").click()
    page.wait("document.querySelector('.mark.chosen')")
    assert page.one(".mark.chosen").text == "98.5%"
    elsewhere = page.texts(".record section .number")
    assert any("96.2" in number for number in elsewhere)


def test_matrix_filters(page: Page, report: Path) -> None:
    page.open(report, "#compare")
    shared = len(page.all("table.matrix tbody tr[data-row]"))
    page.js(
        "const select = [...document.querySelectorAll('#view-compare select')]"
        ".find((each) => each.options[0].value === '1');"
        "select.value = '1'; select.dispatchEvent(new Event('change'))"
    )
    assert len(page.all("table.matrix tbody tr[data-row]")) > shared
    page.one("#view-compare input[type=search]").send_keys("学位")
    page.wait("document.querySelectorAll('table.matrix tbody tr[data-row]').length === 1")


def test_what_stands_beside_a_figure_leads_to_its_sentence(page: Page, tmp_path: Path) -> None:
    texts = {
        "hunan.txt": "湖南省教育通报\n发布日期：2024-03-01\n2023年，全省高中阶段毛入学率为93%，提高1.5个百分点。\n",
        "guangxi.txt": "广西壮族自治区教育通报\n发布日期：2024-03-01\n2023年，全区高中阶段毛入学率为92%。\n",
        "county.txt": "长沙县教育通报\n湖南省长沙县教育局\n2024年3月1日\n2023年，全县高中阶段毛入学率为99%。\n",
    }
    page.open(make(tmp_path / "beside.html", texts), "#compare")
    assert page.texts("table.matrix .c-cell .number") == ["93", "92"]
    assert page.texts("table.matrix .c-cell .rank") == ["#1", "#2"]
    (movement,) = page.all("table.matrix .alongside a")
    assert movement.text == "+1.5百分点"
    _choose(page, "compare", "all")
    page.wait("document.querySelectorAll('table.matrix .c-cell .number').length === 3")
    assert sorted(page.texts("table.matrix .c-cell .rank")) == ["#1", "#2"]
    page.one("table.matrix .alongside a").click()
    page.wait("document.querySelector('.mark.chosen')")
    assert page.one(".mark.chosen").text == "1.5个百分点"
    page.go("compare?level=all")
    page.one("table.matrix .c-thing a").click()
    assert _bars(page) == {"湖南": 93, "广西": 92}  # a chart is of one level


def test_a_part_is_shown_in_the_cell_of_its_whole_and_marked(page: Page, tmp_path: Path) -> None:
    said = {
        "湖南省": "全省新增学位5万个",
        "广西壮族自治区": "全区新增学位4万个",
        "四川省": "全省新增公办义务教育学位3万个",
    }
    texts = {
        f"{at}.txt": f"{name}教育通报\n发布日期：2024-03-01\n2023年，{words}。\n"
        for at, (name, words) in enumerate(said.items())
    }
    page.open(make(tmp_path / "parts.html", texts), "#compare")
    cells = page.texts("table.matrix .c-cell .number")
    assert cells == ["50,000", "40,000", "⊂义务教育、公办 30,000"]
    assert page.texts("table.matrix .c-cell .rank") == ["#1", "#2"]


def test_charts_lead_to_sentences(page: Page, report: Path) -> None:
    page.open(report, "#charts")
    titles = page.texts("#view-charts .list .name")
    place = next(at for at, words in enumerate(titles) if "近视率" in words)
    page.all("#view-charts .list a")[place].click()
    page.wait("document.querySelectorAll('#view-charts canvas').length === 2")
    page.wait(
        "[...document.querySelectorAll('#view-charts canvas')].every((e) => Chart.getChart(e))"
    )
    lines = page.js(
        "return Chart.getChart(document.querySelectorAll('#view-charts canvas')[1])"
        ".data.datasets.map((each) => [each.label, each.data.length])"
    )
    assert sorted(lines) == [["四川", 2], ["广西", 2]]
    x, y = page.js(
        "const canvas = document.querySelector('#view-charts canvas');"
        "const box = canvas.getBoundingClientRect();"
        "const bar = Chart.getChart(canvas).getDatasetMeta(0).data[0];"
        "return [box.x + bar.x - 4, box.y + bar.y]"
    )
    for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
        page.driver.execute_cdp_cmd(
            "Input.dispatchMouseEvent",
            {"type": kind, "x": x, "y": y, "button": "left", "clickCount": 1},
        )
    page.wait("document.querySelector('.mark.chosen')")
    assert page.one(".mark.chosen").text == "52.9%"


PERIODS = {
    "hunan.txt": "湖南省教育通报\n发布日期：2024-03-01\n2023年，全省新增学位3万个。\n",
    "guangxi.txt": "广西壮族自治区教育通报\n发布日期：2024-03-01\n2023年，全区新增学位1万个。\n",
    "sichuan.txt": "四川省教育通报\n发布日期：2024-03-01\n“十三五”时期，全省新增学位60万个。\n",
    "guizhou.txt": "贵州省教育通报\n发布日期：2024-03-01\n到2027年，力争全省新增学位9万个。\n",
}


def _bars(page: Page) -> dict[str, float]:
    page.wait(
        "!!document.querySelector('#view-charts canvas') &&"
        " !!Chart.getChart(document.querySelector('#view-charts canvas'))"
    )
    names, values = page.js(
        "const chart = Chart.getChart(document.querySelector('#view-charts canvas'));"
        "return [chart.data.labels, chart.data.datasets[0].data]"
    )
    return dict(zip(names, values, strict=True))


def _choose(page: Page, view: str, value: str) -> None:
    page.js(
        "const select = [...document.querySelectorAll(`#view-${arguments[0]} select`)]"
        ".find((each) => [...each.options].some((option) => option.value === arguments[1]));"
        "select.value = arguments[1]; select.dispatchEvent(new Event('change'))",
        view,
        value,
    )


def test_a_chart_keeps_no_company_of_other_periods_and_statuses(page: Page, tmp_path: Path) -> None:
    page.open(make(tmp_path / "periods.html", PERIODS), "#charts")
    assert _bars(page) == {"湖南": 30000, "广西": 10000}
    caption = page.one("#view-charts figcaption").text
    assert "2023" in caption and "已实现" in caption and "省级" in caption
    assert "湖南省教育通报" in page.one("#view-charts .sources").text
    assert "其他时期 1" in page.one("#view-charts .sources").text
    beside = page.texts("#view-charts table.plain tr")
    assert any("四川" in row and "2016–2020" in row for row in beside)
    assert not any("贵州" in row for row in beside)
    _choose(page, "charts", "2016/2020")
    assert _bars(page) == {"四川": 60}
    _choose(page, "charts", "latest")
    _choose(page, "charts", "target")
    assert _bars(page) == {"贵州": 90000}
    assert "目标" in page.one("#view-charts figcaption").text


def test_the_filters_are_in_the_address(page: Page, tmp_path: Path) -> None:
    report = make(tmp_path / "address.html", PERIODS)
    page.open(report, "#compare")
    assert page.one("#view-compare .heading").text.startswith("2023 · 已实现 · 省级 · 2 / 3")
    _choose(page, "compare", "2016/2020")
    _choose(page, "compare", "1")
    page.one("#view-compare input[type=search]").send_keys("学位")
    page.wait("location.hash.includes('q=')")
    address = page.hash
    page.open(report, address)
    assert page.one("#view-compare .heading").text.startswith("2016–2020")
    assert page.texts("table.matrix thead .c-cell") == ["四川"]
    page.one("table.matrix tbody .c-thing a").click()
    page.wait("location.hash.startsWith('#charts/')")
    assert "period=2016%2F2020" in page.hash
    assert _bars(page) == {"四川": 60}


def test_charts_are_kept_as_picture_and_table(page: Page, tmp_path: Path) -> None:
    page.driver.execute_cdp_cmd(
        "Page.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)}
    )
    page.open(make(tmp_path / "kept.html", PERIODS), "#charts")
    _bars(page)
    kept = {}
    for button, suffix in zip(
        page.all("#view-charts .downloads button"), ("png", "csv"), strict=True
    ):
        button.click()
        kept[suffix] = page.downloaded(tmp_path, f"*.{suffix}")
    assert kept["png"].read_bytes().startswith(b"\x89PNG")
    lines = kept["csv"].read_text("utf-8-sig").splitlines()
    assert lines[0].startswith("place,value,value_max,unit,bound,period,status,wording")
    assert lines[1].startswith("湖南省,30000") and "2023年，全省新增学位3万个。" in lines[1]
    assert any("已实现" in line for line in lines[-3:])
    assert page.complaints() == []


def test_targets_stand_beside_what_was_reached(page: Page, tmp_path: Path) -> None:
    texts = {
        "hunan.txt": "湖南省教育通报\n发布日期：2024-03-01\n2023年，全省学前教育毛入园率92%。\n"
        "到2027年，力争全省学前教育毛入园率达到95%。\n"
    }
    page.open(make(tmp_path / "progress.html", texts), "#compare?shows=progress")
    (row,) = page.texts("table.matrix tbody tr[data-row]")
    assert "95" in row and "2027" in row and "92" in row and "2023" in row and "差 3" in row


def test_what_cannot_be_right_is_marked(page: Page, report: Path) -> None:
    page.open(report)
    (line,) = page.texts(".findings li")
    assert "97.1%" in line and "97.3%" in line
    page.one(".findings li a").click()
    page.wait("document.querySelector('.record.open')")
    assert "不可能都对" in page.one(".record .wrong").text


def test_counties_are_ranked_bars(page: Page, tmp_path: Path) -> None:
    texts = {
        f"{name}.txt": f"{name}教育通报\n发布日期：2024-03-01\n2023年，{name}在校学生{number}人。\n"
        for number, name in ((3000, "湖南省平江县"), (5000, "湖南省浏阳市"))
    }
    page.open(make(tmp_path / "counties.html", texts))
    page.wait(
        "!!document.querySelector('.map canvas') && !!Chart.getChart(document.querySelector('.map canvas'))"
    )
    names = page.js("return Chart.getChart(document.querySelector('.map canvas')).data.labels")
    assert names == ["湖南 浏阳市", "湖南 平江县"]
    assert not page.all(".tiles")


@pytest.mark.parametrize("width", [1280, 1600])
def test_english_labels_are_not_cut(page: Page, report: Path, width: int) -> None:
    page.open(report)
    page.size(width, 900)
    page.one("#language").click()
    cut = (
        "return [...document.querySelectorAll(arguments[0])].filter((each) =>"
        " each.offsetParent && (each.scrollWidth > each.clientWidth + 1 ||"
        " each.scrollHeight > each.clientHeight + 1)).map((each) => each.textContent)"
    )
    assert page.js(cut, ".tile, table.coverage th, .card, figcaption, .legend") == []
    page.go("compare?least=1")
    assert page.js(cut, "table.matrix .c-thing a, .heading, table.matrix thead th") == []
    page.go("charts")
    assert page.js(cut, "#view-charts .list .name, #view-charts figcaption, .thing h3") == []


def test_a_report_has_a_title_and_says_first_what_it_is_for(page: Page, tmp_path: Path) -> None:
    made = make(tmp_path / "t.html", PERIODS, title="各省<对比>", lead="供会议参考。")
    page.open(made)
    assert page.one(".brand h1").text == "各省<对比>"
    assert page.one(".lead").text == "供会议参考。"
    assert "各省<对比>" in page.driver.title


def test_a_figure_in_the_text_shows_its_record(page: Page, report: Path) -> None:
    page.open(report, "#sources")
    page.all("#view-sources .list a")[2].click()
    page.wait("document.querySelector('article h3').textContent.includes('湖南')")
    mark = next(each for each in page.all("article .mark") if each.text == "99%")
    assert "planned" in mark.get_attribute("class")
    assert mark.get_attribute("data-pillar") == "quality"
    mark.click()
    page.wait("document.querySelector('.record.open')")
    record = page.one(".record").text
    assert "目标" in record
    assert "2027" in record
    assert "99%" in page.texts(".record .rule q")  # the words that a rule used


def test_keys(page: Page, report: Path) -> None:
    from selenium.webdriver.common.keys import Keys

    page.open(report)
    page.keys("4")
    page.wait("location.hash === '#figures'")
    page.keys("/")
    assert page.js("return document.activeElement.type") == "search"
    page.keys("1")
    assert page.hash == "#figures"  # a digit in a field is a digit
    page.keys(Keys.BACKSPACE, Keys.ESCAPE)
    page.wait("document.querySelectorAll('table.figures tbody tr[data-row]').length > 3")
    page.js("document.querySelector('table.figures tbody tr[data-row] a').focus()")
    page.keys(Keys.ARROW_DOWN, Keys.ARROW_DOWN)
    assert page.js("return document.activeElement.closest('tr').dataset.row") == "2"
    page.keys(Keys.ENTER)
    page.wait("location.hash === '#sources/2'")
    page.keys("n")
    page.wait("location.hash === '#sources/3'")
    page.keys("p")
    page.wait("location.hash === '#sources/2'")
    page.keys(Keys.ESCAPE)
    page.wait("location.hash === '#figures'")


def test_language_and_theme_switch(page: Page, report: Path) -> None:
    page.open(report)
    assert page.js("return document.documentElement.lang") == "zh-CN"
    page.one("#language").click()
    assert page.js("return document.documentElement.lang") == "en"
    assert page.texts("#tabs a") == ["Overview", "Compare", "Charts", "Figures", "Sources"]
    assert "Hunan" in page.one(".tiles").text
    light = page.js("return getComputedStyle(document.body).backgroundColor")
    page.media("dark")
    page.wait("document.documentElement.dataset.theme === 'dark'")
    assert page.js("return getComputedStyle(document.body).backgroundColor") != light
    page.one("#theme").click()  # light, whatever the system says
    assert page.js("return getComputedStyle(document.body).backgroundColor") == light
    page.one("#theme").click()
    page.one("#theme").click()


@pytest.mark.parametrize("view", [*VIEWS, "sources/0"])
def test_a_phone_shows_all_without_sideways_scrolling(page: Page, report: Path, view: str) -> None:
    page.open(report)
    page.size(360, 740, phone=True)
    page.go(view)
    assert page.js("return document.documentElement.scrollWidth") <= 360
    assert page.all(f"#view-{view.split('/')[0]} > *")
    if view == "sources/0":
        _in_sight(page, ".mark.chosen")  # above the record's sheet


def test_print_shows_all_rows_and_no_controls(page: Page, tmp_path: Path) -> None:
    texts = {
        f"{number:03}.txt": f"湖南省通报\n\n全省第{number}期新增学位{number}个，建成学校{number}所。\n"
        for number in range(101, 201)
    }
    page.open(make(tmp_path / "many.html", texts), "#figures")
    assert len(page.all("table.figures tbody tr[data-row]")) < 100
    page.media(kind="print")
    page.js("dispatchEvent(new Event('beforeprint'))")
    assert page.js("return document.querySelectorAll('table.figures tr[data-row]').length") >= 100
    assert not page.all("#tabs a, .filters, .tools button")
    page.js("dispatchEvent(new Event('afterprint'))")


def test_twenty_thousand_figures_are_drawn_as_they_come_into_sight(
    page: Page, tmp_path: Path
) -> None:

    from shuangjian_cli.api import analyse
    from shuangjian_cli.model import Source
    from shuangjian_cli.report import gather, write_page

    analysis = analyse(Source("hunan.txt", HUNAN))
    records = analysis.indicators
    texts = (
        (analysis.document.info._replace(file=f"{number:05}.txt"), HUNAN, records, ())
        for number in range(20_000 // len(records) + 1)
    )
    payload = gather(texts, "en", whole_up_to=100_000)
    assert payload.figures >= 20_000
    write_page(str(tmp_path / "big.html"), payload, "en")
    page.open(tmp_path / "big.html", "#figures")
    status = page.one("#view-figures .status").text
    assert status.startswith(f"{payload.figures:,} of")
    assert page.js("return document.querySelectorAll('table.figures tr[data-row]').length") < 80
    page.js("document.querySelector('#view-figures .scroller').scrollTop = 1e9")
    last = payload.figures - 1
    page.wait(f"document.querySelector('table.figures tr[data-row=\"{last}\"]')")
    page.go("sources")
    assert page.js("return document.querySelectorAll('#view-sources .list li').length") < 80
    page.go("overview")
    assert "100,000" in page.one(".panel.notes").text  # it carries paragraphs only, and says so
    assert page.complaints() == []


@pytest.mark.parametrize("texts", [{}, {"a.txt": "没有数字的文件。\n"}, {"hunan.txt": HUNAN}])
def test_few_or_no_figures(page: Page, tmp_path: Path, texts: dict[str, str]) -> None:
    page.open(make(tmp_path / "few.html", texts, "en"))
    for view in VIEWS:
        page.go(view)
        assert page.one(f"#view-{view}").text
    assert page.complaints() == []
    page.go("overview")
    notes = page.one(".panel.notes").text
    assert ("only one column" if "hunan.txt" in texts else "no figures") in notes

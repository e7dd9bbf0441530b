"""A real Chromium, headless, and a report to open in it.

Needs the package `selenium`, and `chromium` and `chromedriver` on the path (Debian: `apt-get
install chromium chromium-driver`) or named by CHROMIUM and CHROMEDRIVER. Where they are missing,
the tests are skipped and say so; with BROWSER_REQUIRED set, they fail instead.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from shuangjian_cli.api import analyse
from shuangjian_cli.model import Source
from shuangjian_cli.report import gather, write_page
from shuangjian_cli.report.tables import drawn

HUNAN = """湖南省2023年“双减”工作通报
发布日期：2024-03-01

一、完善“双减”保障体系
2023年，省级财政安排课后服务专项资金2.4亿元。
二、坚持质量为本
全省学科类培训机构压减率达96.2%，家长满意度为95%。
全省新增学位3000个，建成学校120所。
三、下一步工作
到2027年，力争学科类培训机构压减率达到99%。
"""
GUANGXI = """广西壮族自治区2023年“双减”工作通报
发布日期：2024-03-05

一、坚持质量为本
全区学科类机构压缩率达98.5%，家长满意率为93.6%。
2021年，全区中小学生近视率为53.2%；2023年，全区中小学生近视率为51.7%。
二、整合多方资源
全区新增学位1.2万个。
"""
SICHUAN = """四川省2023年“双减”工作通报
发布日期：2024-03-08

一、坚持质量为本
全省学科类培训机构压减率为97.1%。全省学科类培训机构压减率为97.3%。
2021年，全省中小学生近视率为54.8%；2023年，全省中小学生近视率为52.9%。
"""
# A line of prose that is long enough to be no page furniture, whatever stands in it.
HOSTILE = (
    "贵州省通报<script>window.hacked = 1</script>\n\n"
    "各地坚持把减轻学生过重负担作为头等大事，一以贯之抓部署、抓落实、抓督导，不断健全长效机制，"
    "形成政府主导、部门联动、学校主责、家庭配合的良好格局。</script>"
    '<img src="http://evil.example/x.png" onerror="window.hacked = 2">\u202e𠮷。'
    "全省学科类培训机构压减率为94.4%，新增学位5000个。\n"
)
TEXTS = {
    "hunan.txt": HUNAN,
    "guangxi.txt": GUANGXI,
    "sichuan.txt": SICHUAN,
    "<img src=x onerror=alert(1)>.txt": HOSTILE,
}


def _found(variable: str, *names: str) -> str | None:
    return os.environ.get(variable) or next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="session")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A browser with a fresh profile that logs its console and its network."""
    missing = pytest.fail if os.environ.get("BROWSER_REQUIRED") else pytest.skip
    try:
        from selenium import webdriver
        from selenium.webdriver.chrome.service import Service
    except ImportError:
        missing("no selenium: pip install selenium")
    browser = _found("CHROMIUM", "chromium", "chromium-browser", "google-chrome")
    control = _found("CHROMEDRIVER", "chromedriver")
    if browser is None or control is None:
        missing("no chromium or chromedriver: apt-get install chromium chromium-driver")
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for argument in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--force-prefers-reduced-motion",
        f"--user-data-dir={tmp_path_factory.mktemp('profile')}",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    made = webdriver.Chrome(options=options, service=Service(control))
    yield made
    made.quit()


class Page:
    """A report open in the browser."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def open(self, path: Path, hash: str = "") -> None:
        """Open a report anew, the logs emptied, at a desktop's size and in light."""
        self.driver.get("about:blank")
        self.size(1280, 800)
        self.media()
        for log in ("browser", "performance"):
            self.driver.get_log(log)
        self.driver.get(f"{path.as_uri()}{hash}")

    def size(self, width: int, height: int, *, phone: bool = False) -> None:
        """Give the window a size in CSS pixels."""
        values = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": phone}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", values)

    def media(self, scheme: str = "light", kind: str = "") -> None:
        """Emulate a colour scheme and a medium."""
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.driver.execute_cdp_cmd(
            "Emulation.setEmulatedMedia", {"media": kind, "features": features}
        )

    def js(self, script: str, *values: Any) -> Any:
        """Run a script in the page; a promise is waited for."""
        return self.driver.execute_script(script, *values)

    def go(self, hash: str) -> None:
        """Go to an address within the page and wait until it is drawn."""
        self.js(
            "location.hash = arguments[0];"
            "return new Promise((done) => setTimeout(() => requestAnimationFrame(() =>"
            " requestAnimationFrame(done)), 0))",
            hash,
        )

    def all(self, selector: str) -> list[Any]:
        """The elements that match and are shown."""
        found = self.driver.find_elements("css selector", selector)
        return [element for element in found if element.is_displayed()]

    def one(self, selector: str) -> Any:
        """The first element that matches and is shown."""
        return self.all(selector)[0]

    def texts(self, selector: str) -> list[str]:
        """The words of all elements that match and are shown."""
        return [element.text for element in self.all(selector)]

    def wait(self, condition: str, *values: Any) -> None:
        """Wait for a JavaScript expression to hold."""
        from selenium.webdriver.support.ui import WebDriverWait

        WebDriverWait(self.driver, 10, 0.02).until(
            lambda _: self.js(f"return {condition}", *values)
        )

    def downloaded(self, folder: Path, name: str) -> Path:
        """Wait for a download, which has its name only once it is whole."""
        from selenium.webdriver.support.ui import WebDriverWait

        found = WebDriverWait(self.driver, 60, 0.05).until(lambda _: list(folder.glob(name)))
        return Path(found[0])

    def keys(self, *keys: str) -> None:
        """Press keys one after the other, wherever the focus is."""
        from selenium.webdriver.common.action_chains import ActionChains

        ActionChains(self.driver).send_keys(*keys).perform()

    @property
    def hash(self) -> str:
        return str(self.js("return location.hash"))

    def complaints(self) -> list[str]:
        """What the console holds since the page was opened."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self) -> list[str]:
        """The addresses that the page asked for since it was opened."""
        entries = (
            json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")
        )
        return [
            entry["params"]["request"]["url"]
            for entry in entries
            if entry["method"] == "Network.requestWillBeSent"
        ]


@pytest.fixture
def page(driver: Any) -> Page:
    return Page(driver)


def make(path: Path, texts: dict[str, str], language: str = "zh", **options: Any) -> Path:
    """A report of texts."""
    analyses = (analyse(Source(file, words)) for file, words in texts.items())
    payload = gather(
        (
            (each.document.info, each.document.text, each.indicators, drawn(each.document))
            for each in analyses
        ),
        language,  # type: ignore[arg-type]
        **options,
    )
    write_page(str(path), payload, language)  # type: ignore[arg-type]
    return path


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of four bulletins, one of them hostile, in a folder with a name of its own."""
    folder = tmp_path_factory.mktemp("报告 & reports")
    return make(folder / "report.html", TEXTS)

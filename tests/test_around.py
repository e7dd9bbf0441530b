"""What a page puts around a text, and how its lines are broken, changes no record."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from shuangjian_cli.api import analyse
from shuangjian_cli.model import Source

GOLD = Path(__file__).parents[1] / "evaluation" / "gold"

Record = tuple[object, ...]


@cache
def records(text: str) -> list[Record]:
    """What is read of a text, with quotes of one kind and no blanks in subjects."""
    plain = str.maketrans({"“": '"', "”": '"'})
    return [
        (
            each.value,
            each.unit,
            "".join(each.subject.split()).translate(plain),
            each.metric,
            each.area,
            each.period,
            each.status,
        )
        for each in analyse(Source("a.txt", text)).indicators
    ]


def title_of(text: str) -> str:
    return text.strip().split("\n", 1)[0]


TEXTS = {
    path.stem: text
    for path in sorted(GOLD.glob("*.txt"))
    if "|" not in (text := path.read_text(encoding="utf-8-sig"))
    and "\t" not in text
    and not re.search(r"\n[\d.,%]+\n", text)
    and "  " not in text
    and len(text) < 1200
    and not re.search(r"[^\n]{20}[\u4e00-\u9fff]\n[\u4e00-\u9fff\d]", text)  # cut already
}
TITLED = {
    name: text
    for name, text in TEXTS.items()
    if len(title_of(text)) <= 45 and not re.search("[。；：]", title_of(text))
}

MENU = "首页\n政务公开\n新闻动态\n办事服务\n互动交流\n当前位置：首页 > 新闻动态 > 工作动态\n"
TRAIL = "网站首页 | 机构概况 | 新闻中心 | 互动交流 您当前的位置：首页 > 新闻中心 > 正文\n"
NEWS = (
    "\n\n【打印本页】 【关闭窗口】\n上一篇：关于开展消防检查的通知\n相关新闻\n"
    "·全市食堂工作推进会召开 2012-05-06\n·读书节活动启动 2013-04-23\n"
)
SHARE = "\n分享到：微信 微博\n字号：大 中 小\n浏览次数：1234\n"


def below_title(text: str, words: str) -> str:
    head, title, rest = text.partition(title_of(text))
    return head + title + words + rest.lstrip("\n")


def wrapped(text: str) -> str:
    """The text with its lines cut after so many characters."""
    return re.sub(r"([^\n]{57})(?=[^\n])", r"\1\n", text)


AROUND: dict[str, Callable[[str], str]] = {
    "menu": lambda text: MENU + text,
    "trail": lambda text: TRAIL + text,
    "other news": lambda text: text + NEWS,
    "half-width marks": lambda text: text.translate(str.maketrans("，（）：；％", ",():;%")),
    "straight quotes": lambda text: text.translate(str.maketrans("“”", '""')),
    "blanks beside numbers": lambda text: re.sub(
        r"(?<=[\u4e00-\u9fff])(\d[\d,.]*)(?=[\u4e00-\u9fff%])", r" \1 ", text
    ),
    "masthead": lambda text: "索引号：00123/2012-004 公开方式：主动公开 主题分类：教育\n" + text,
    "a forum's counts": lambda text: (
        "• 58阅读\n  • 12回复\n" + text + "\n\n限300字节\n查看：214 回复：3\n"
    ),
    "what readers did": lambda text: text + "\n\n评论 3条评论\n分享 收藏 举报\n",
    "indents": lambda text: re.sub(r"(?m)^(?=.)", "\u3000\u3000", text),
    "empty lines": lambda text: text.replace("\n", "\n\n"),
}
AT_TITLE: dict[str, Callable[[str], str]] = {
    "share": lambda text: below_title(text, SHARE),
    "site": lambda text: below_title(text, "_人民政府网\n"),
    "number of the page": lambda text: below_title(text, "\n— 3 —\n"),
    "heading mark": lambda text: text.replace(title_of(text), f"# {title_of(text)}", 1),
}


@pytest.mark.parametrize("around", [*AROUND, *AT_TITLE])
def test_the_page_around_a_text_changes_no_record(around: str) -> None:
    texts, put = (TEXTS, AROUND[around]) if around in AROUND else (TITLED, AT_TITLE[around])
    assert len(texts) > 10
    assert [name for name, text in texts.items() if records(put(text)) != records(text)] == []


def test_lines_cut_after_so_many_characters_change_hardly_a_record() -> None:
    same = found = 0
    for text in TEXTS.values():
        before, after = records(text), records(wrapped(text))
        same += sum(each in after for each in before)
        found += len(before)
    assert same > 0.97 * found

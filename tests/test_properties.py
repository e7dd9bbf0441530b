"""What holds for any text at all: nothing raises, offsets are true, the same text gives the same."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import shuangjian_cli as sj
from shuangjian_cli.model import BOUNDS, CONFIDENCES, ROLES, STATUSES, TRENDS, Analysis, Source
from shuangjian_cli.patterns import regex
from shuangjian_cli.tag.attributes import known_words
from shuangjian_cli.tag.time import times
from shuangjian_cli.tag.words import Lexicon

SAMPLES = sorted((Path(__file__).parent.parent / "samples").glob("*.txt"))
CHARACTERS = (
    "0123456789.,:%一二三四五六七八九十百千万亿两半零〇第前数几成分之多余约近超达至到"
    "，。；：！？、（）“”‘’《》【】—-~ \t\n\r|*/+①⑳％∶１\u200b\ufeff\u2028\x00\x1bè萬億⻓𠮷"
)
WORDS = """
    个 名 所 元 万人次 % 个百分点 倍 位 年 月 日 小时 2022年 今年 近两年 截至 力争 分别 其中 同比 占
    增长 下降 高于全国平均 居全省 全覆盖 清零 翻一番 首位 不少于 以上 湖南省 长沙市 全县 学生 课后服务
    小学、初中 学位 教师 压减率 “十四五”期间 （一） 一是 ★ 等八大 的要求 对 满意 获 大赛中
"""
PIECES = (*CHARACTERS, *WORDS.split(), "\r\n", "一、主要做法\n")
mixed = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def check(text: str) -> Analysis:
    """What every analysis of a text must keep to."""
    analysis = sj.analyse(Source("-", text))
    end = 0
    for record in analysis.indicators:
        assert text[record.start : record.end] == record.figure != ""
        assert record.start >= end
        end = record.end
        assert text[record.sentence_start : record.sentence_end] == record.sentence
        assert record.sentence_start <= record.start < record.end <= record.sentence_end
        assert record.value.is_finite()
        assert record.value_max is None or record.value_max > record.value
        assert record.bound in BOUNDS and record.role in ROLES
        assert record.status in STATUSES and record.confidence in CONFIDENCES
        assert (record.trend in TRENDS) == (record.role == "change")
        assert record.confidence != "check" or record.reasons
        assert not set(record.subject) - set(text)
        assert all(-1 <= d.start <= d.end <= len(text) for d in record.rules.values())
    for numeral in analysis.unparsed:
        assert text[numeral.start : numeral.end] == numeral.numeral != "" != numeral.reason
    end = 0
    for sentence in analysis.sentences:
        assert text[sentence.start : sentence.end] == sentence.sentence
        assert end <= sentence.start < sentence.end
        end = sentence.end
    assert sum(s.figures for s in analysis.sentences) == len(analysis.indicators)
    return analysis


@settings(max_examples=100)
@given(st.text())
@example("")
@example("\ufeff")
@example("1名1名")
@example("1名的")
@example("托管机构4所机构的")
@example("入学率依次达到88%、98.5%和9年；")
@example("\ud7ff\ue000\U0010ffff")
def test_any_text(text: str) -> None:
    check(text)


@settings(max_examples=150)
@given(mixed)
def test_any_text_of_the_field(text: str) -> None:
    check(text)


CELLS = (
    "教职工计 Staff",
    "单位：万人",
    "其中：独立学院",
    "专 科 short courses",
    "一、高等教育",
    "2019年",
    "合计",
    "占比（%）",
    "205.10",
    "37",
    "—",
    "",
    "北",
)
lines_of_cells = st.lists(
    st.tuples(
        st.lists(st.sampled_from(CELLS), max_size=4), st.sampled_from([" | ", "\t", "   ", "\n"])
    ),
    max_size=14,
)


@settings(max_examples=120)
@given(lines_of_cells, st.sampled_from(["", "|", " |"]))
@example([(["", "", ""], "\n"), (["教职工计 Staff"], " | "), (["205.10"], " | ")], "|")
@example([([""], "\n"), (["专 科 short courses"], "\n"), (["", "37", ""], "\n")], "|")
def test_any_lines_of_cells(lines: list[tuple[list[str], str]], end: str) -> None:
    check("\n".join(between.join(f"{cell}{end}" for cell in cells) for cells, between in lines))


@settings(max_examples=60)
@given(mixed)
@example("")
@example("学段 | 学校数 | 学生数\n小学 | 5 | 800\n初中 | 6 | 900\n")
def test_the_same_text_gives_the_same(text: str) -> None:
    assert sj.analyse(Source("-", text)) == sj.analyse(Source("-", text))


@settings(max_examples=60)
@given(st.sampled_from([1, 3, 8, 200]), mixed)
def test_white_space_before_moves_only_offsets(count: int, text: str) -> None:
    text = text.lstrip("\ufeff")
    here = sj.extract("甲" + text)
    there = sj.extract("\n" * count + "甲" + text)
    assert [(r.start + count, r.figure, r.value, r.unit, r.subject) for r in here] == [
        (r.start, r.figure, r.value, r.unit, r.subject) for r in there
    ]


@settings(max_examples=60)
@given(mixed)
def test_line_ends_of_windows_change_no_figure(text: str) -> None:
    text = text.replace("\r", "")
    one, two = sj.extract(text), sj.extract(text.replace("\n", "\r\n"))
    assert [(r.figure, r.value, r.unit, r.line) for r in one] == [
        (r.figure, r.value, r.unit, r.line) for r in two
    ]


TEXTS = [*SAMPLES, *sorted((Path(__file__).parent.parent / "evaluation" / "gold").glob("*.txt"))]
REPORTING = regex(r"(?:全|我|本)[省市县区州旗盟国]")
TIMES = frozenset(("point", "range", "now", "plan"))


@cache
def read(path: Path) -> Analysis:
    """The analysis of a text of the samples or of the evaluation set."""
    return sj.analyse(Source(str(path), path.read_bytes().decode("utf-8-sig")))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_no_figure_parts_a_run_of_digits(path: Path) -> None:
    text = read(path).document.text
    for record in read(path).indicators:
        for at in (record.start, record.end):
            assert not text[at - 1 : at + 1].isdecimal() or len(text[at - 1 : at + 1]) < 2, record


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_subjects_hold_no_time_no_reporting_place_and_no_stop(path: Path) -> None:
    for record in read(path).indicators:
        subject = record.subject
        assert not {time.kind for time in times(subject, 0, len(subject))} & TIMES, record
        assert not REPORTING.match(subject), record
        assert not set(subject) & set("，。；！？\r\n"), record
        for left, right in ("（）", "“”", "《》"):
            assert subject.count(left) == subject.count(right), record


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_subjects_part_no_word(path: Path) -> None:
    """None begins or ends inside the name of a stage or a group: 学前|教育, 寄|宿生."""
    document = read(path).document
    words = Lexicon(word for word in known_words() if len(word) > 2 and not word.startswith("其中"))
    for record in read(path).indicators:
        _, start, end, _ = record.rules["subject"]
        if start < 0 or record.rules["subject"].rule.startswith("table"):
            continue
        low = max(0, start - 8)
        near = document.folded.text[low : end + 8]
        if len(document.folded.text) != len(document.text) or near[: start - low].strip() == "":
            continue
        at = 0
        for word in words.read(near):
            at = near.index(word, at) + len(word)
            begins, ends = low + at - len(word), low + at
            joined = record.subject.startswith(document.text[start : start + 2])
            assert not (joined and begins < start < ends), (record, word)


CELLS = st.lists(
    st.lists(st.sampled_from(["12", "3.5", "1 204", "86%", "—", "0"]), min_size=3, max_size=3),
    min_size=2,
    max_size=5,
)


@settings(max_examples=60)
@given(CELLS, st.sampled_from(["\t", " | ", "|"]))
def test_no_record_crosses_a_cell(rows: list[list[str]], stroke: str) -> None:
    head = stroke.join(["学段", "学校数（所）", "招生（人）", "毛入学率"])
    lines = [stroke.join([name, *row]) for name, row in zip("甲乙丙丁戊", rows, strict=False)]
    text = "\n".join(["各学段情况", head, *(f"{line}" for line in lines)]) + "\n"
    check(text)
    written = {cell for row in rows for cell in row}
    assert all(record.figure in written for record in sj.extract(text))


PLAIN = """
    1 1、 1. 1: 1,000, 一 第 第一 万 半 （ ） “ ” “1” 《 [1] ① ， 、 | 1| a é 约 近 不超过 的 占 分别 同比
    2023年 2023- 省 湖南省 教育 一、 一是 。 1。 （1 成 几十 数 …
"""
BLANK = ("123456789 ", "\t", "\r\n", "\n1", "\u200b")
DENSE = """
    1个 ，1个 、1个 1个和 3% 全覆盖 清零， 近半 第一， 百分之 百分之一 1万 七成 由1个至 其中1个， 学校1所， 1名
    家长满意1%的 等十大 居全省首位 同比增长1%， “1个 （1个 最大的1个， 人均1元， 湖南省1个， 2022年1个，
"""


@pytest.mark.parametrize("piece", (*PLAIN.split(), *BLANK))
def test_work_grows_with_the_text_only(piece: str) -> None:
    """30,000 characters on one line; quadratic work would not end within the suite's limit."""
    text = piece * (30_000 // len(piece))
    assert sj.analyse(Source("-", text)).document.text == text


@pytest.mark.parametrize("piece", (*DENSE.split(), "1 "))
def test_lines_dense_with_figures(piece: str) -> None:
    check(piece * (1_500 // len(piece)))


def records(seed: str, *files: Path) -> bytes:
    """The records of files as a fresh process prints them."""
    program = (
        "import json, sys\n"
        "import shuangjian_cli as sj\n"
        "for file in sys.argv[1:]:\n"
        "    for record in sj.extract_file(file):\n"
        "        print(json.dumps(record.to_dict(), default=str, ensure_ascii=True))\n"
    )
    return subprocess.run(
        [sys.executable, "-c", program, *map(str, files)],
        env=os.environ | {"PYTHONHASHSEED": seed},
        capture_output=True,
        check=True,
    ).stdout


def test_a_fresh_process_gives_the_same() -> None:
    one = records("0", *SAMPLES[:2])
    assert one == records("1", *SAMPLES[:2]) != b""
    assert [json.loads(line)["file"] for line in one.splitlines()]


def test_the_order_of_texts_changes_nothing() -> None:
    texts = [path.read_text("utf-8") for path in SAMPLES[:3]]
    forwards = {text: sj.extract(text) for text in texts}
    backwards = {text: sj.extract(text) for text in reversed(texts)}
    assert forwards == backwards

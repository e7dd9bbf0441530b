"""Areas of documents: what the rules do together; `test_examples.py` runs their examples."""

from __future__ import annotations

from functools import cache

import pytest

from shuangjian_cli.model import Area, Decision, Metadata, Source
from shuangjian_cli.structure import structure
from shuangjian_cli.tag.area import Areas
from shuangjian_cli.tag.place import Gazetteer


@cache
def gazetteer() -> Gazetteer:
    return Gazetteer()


def area_of(
    text: str, figure: str, file: str = "example", **known: str
) -> tuple[Area | None, Decision]:
    """The area of the last occurrence of a figure, and how it came about."""
    document = structure(Source(file, text, Metadata(**known)))
    start = document.folded.text.rindex(figure)
    sentence = next(s for s in document.sentences if s.start <= start < s.end)
    return Areas(document, gazetteer()).of(sentence, start)


@pytest.mark.parametrize(
    "sentence",
    [
        "与重庆市的学校结对8所。",
        "上海援建资金支持学校8所。",
        "总书记在广西考察后，新建学校8所。",
        "选派教师赴北京市学习，新建学校8所。",
        "占全国的一成，新建学校8所。",
    ],
)
def test_a_place_that_is_only_mentioned(sentence: str) -> None:
    area, _ = area_of(sentence, "8所", title="四川省工作总结")
    assert area is not None
    assert area.name == "四川省"


def test_the_subject_gives_way_to_the_whole() -> None:
    text = "武汉市新建学校7所，全省新建学校80所。"
    city, _ = area_of(text, "7所", title="湖北省工作总结")
    province, _ = area_of(text, "80所", title="湖北省工作总结")
    assert city is not None
    assert province is not None
    assert (city.name, province.name) == ("武汉市", "湖北省")


def test_an_inner_clause_speaks_for_itself_only() -> None:
    text = "全省稳步推进，武汉市新建学校7所，培训教师900名。"
    assert area_of(text, "7所", title="湖北省工作总结")[1].rule == "area.subject"
    assert area_of(text, "900名", title="湖北省工作总结")[1].rule == "area.title"


@pytest.mark.parametrize("text", ["", "1所", "：：：\n1所", "市市市县县县1所。", "【】1所"])
def test_nonsense_does_not_raise(text: str) -> None:
    document = structure(Source("example", text))
    areas = Areas(document, gazetteer())
    for sentence in document.sentences:
        areas.of(sentence, sentence.start)

"""Tables that have lost words or cells: what is read of them is to be checked, and says why."""

from __future__ import annotations

import pytest

from shuangjian_cli.api import analyse
from shuangjian_cli.model import Indicator, Source

_TITLE = "会宁县2022年教育情况\n"


def read(text: str) -> tuple[Indicator, ...]:
    return tuple(analyse(Source("a.txt", _TITLE + text)).indicators)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            "小学 | 12 | 80%\n初中 | 6 | 75%\n高中 | 3 | 60%\n",
            "nothing names the columns of the table",
        ),
        (
            "在校生总数\n4200\n其余各校的数字如下，不计教学点。\n小学\n120\n初中\n60\n高中\n30\n职高\n12\n",
            "numbers stand between the table and what may name it",
        ),
        (
            "学段 | 学校数（所） | （个）\n小学 | 12 | 96\n初中 | 6 | 40\n",
            "some columns of the table have no head",
        ),
    ],
)
def test_columns_that_nothing_names(text: str, why: str) -> None:
    found = read(text)
    assert found
    for each in found:
        assert each.confidence == "check"
        assert why in each.reasons


def test_a_row_that_nothing_names() -> None:
    rows = "类别 | 学校数（所） | 在校生数（人）\n | 30 | 9000\n小学 | 12 | 3400\n | 6 | 1800\n高中 | 3 | 1200\n"
    found = {each.figure: each for each in read(rows)}
    assert found["30"].confidence == found["12"].confidence == "certain"
    assert found["6"].reasons == found["1800"].reasons == ("nothing names its row",)


def test_a_sum_under_the_numbers_of_rows_is_named() -> None:
    rows = "序号 | 学校 | 班数（个）\n1 | 一小 | 12\n2 | 二小 | 9\n合计 | | 21\n"
    assert {each.confidence for each in read(rows)} == {"certain"}


def test_figures_of_which_nothing_tells_what_they_count() -> None:
    rows = "科类 | 会宁 | 靖远 | 景泰\n文史 | 12 | 9 | 4\n理工 | 30 | 22 | 15\n"
    assert {each.confidence for each in read(rows)} <= {"likely", "check"}


def test_empty_cells_may_have_slipped_to_the_end_of_a_row_whose_sum_is_missing() -> None:
    head = "2022年学校收费（元）\n年级 | 教材费 | 报刊费 | 午餐费 | 托管费 | 校服 | 合计 |\n"
    whole = (
        "低段 | 81 | 146 | 870 | 310 | 420 | 1827 |\n高段 | 90 | 110 | 870 | 310 | 420 | 1800 |\n"
    )
    slipped = (
        "初段 | 60 | 870 | 310 | 420 | 1655 | |\n中段 | 146 | 870 | 310 | 1326 | | |\n"
        "低段 | 72 | 146 | 870 | 310 | 1398 | |\n高段 | 81 | 146 | 870 | 310 | 420 | 1827 |\n"
    )
    why = "the heads of the table may stand over other columns"
    assert not any(why in each.reasons for each in read(head + whole))
    assert all(why in each.reasons for each in read(head + slipped))

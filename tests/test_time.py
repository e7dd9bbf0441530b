"""The grammar of time, end to end: the period that words name, and that nothing of them leaks
into the subject or counts as a figure."""

from __future__ import annotations

import pytest

from shuangjian_cli.api import extract
from shuangjian_cli.model import Metadata

PUBLISHED = "2023-11-24"


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("首季度", "2023-01/2023-03"),
        ("第三季度", "2023-07/2023-09"),
        ("前三季度", "2023-01/2023-09"),
        ("前3季度", "2023-01/2023-09"),
        ("本季度", "2023-10/2023-12"),
        ("上半年", "2023-01/2023-06"),
        ("前10个月", "2023-01/2023-10"),
        ("1至9月", "2023-01/2023-09"),
        ("3月以来", "2023-03/.."),
        ("截至10月底", "../2023-10"),
        ("9—6月", "2022-09/2023-06"),
        ("本学年", "2023/2024"),
        ("上学年", "2022/2023"),
        ("本学期", "2023"),
        ("2021-22学年", "2021/2022"),
        ("2022—2023学年度", "2022/2023"),
        ("2022年春期", "2022"),
        ("今秋", "2023"),
        ("秋季学期", "2023"),
        ("秋季开学以来", "2023/.."),
        ("入冬以来", "2023/.."),
        ("二〇二二年", "2022"),
        ("二〇二二年九月", "2022-09"),
        ("民国18年", "1929"),
        ("光绪二十九年（1903），", "1903"),
        ("宣统元年", "1909"),
        ("清末光绪三十二年（1906年）", "1906"),
        ("伪康德六年", "1939"),
        ("上世纪九十年代", "1990/1999"),
        ("年内", "2023"),
        ("年底", "2023"),
        ("近日", "2023-11"),
        ("日前，", "2023-11"),
        ("本月", "2023-11"),
        ("今日", "2023-11-24"),
        ("昨日，", "2023-11-23"),
        ("目前", "../2023-11-24"),
        ("截至目前", "../2023-11-24"),
        ("眼下", "../2023-11-24"),
        ("现阶段", "../2023-11-24"),
        ("近两年", "2021/2023"),
        ("“十四五”期间", "2021/2025"),
        ("“十五”末，", "2005"),
        ("“十四五”前三年", "2021/2023"),
        ("近年来", None),
        ("这几年", None),
        ("“双减”政策实施以来", None),
    ],
)
def test_a_time_is_the_period_and_no_part_of_the_subject(words: str, period: str | None) -> None:
    text = f"{words}全市新增学位3万个。"
    records = extract(text, metadata=Metadata(published=PUBLISHED))
    found = [(r.figure, r.subject, r.period) for r in records]
    assert found == [("3万个", "新增学位", period)]


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("2021年，在校生90人。翌年，在校生120人。", ["2021", "2022"]),
        ("某朝13年（1938年），有学生90人。", ["1938"]),
        ("民国25年，设立委员会，当年训练教师36人。", ["1936"]),
        ("1923年8月，县里召开会议筹建初中。翌年2月，招收新生43人。", ["1924-02"]),
        ("1978年，改为完全中学，招生90人。是年，共有学生900人。", ["1978", "1978"]),
        ("1937年，创办中学。两年后，有学生177人。", ["1939"]),
        ("1937年，创办中学。于是年轻教师增加30人。", ["1937"]),
        ("2021年，招生90人，次年招生120人。", ["2021", "2022"]),
        ("2022年第三季度新增学位3万个，本季度新增教师80名。", ["2022-07/2022-09"] * 2),
        ("2022年9月至6月，巡查120次。", ["2022-09/2023-06"]),
        ("2021春期至2022年春期，每月收费120元。", ["2021/2022"]),
        ("2021、2022年分别新增学位3万个、4万个。", ["2021", "2022"]),
    ],
)
def test_a_time_beside_another(text: str, periods: list[str]) -> None:
    records = extract(text, metadata=Metadata(published=PUBLISHED))
    assert [r.period for r in records] == periods


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        ("每生每学年资助", "每生每学年资助"),
        ("2023年初中毕业生", "初中毕业生"),
        ("三年级学生", "三年级学生"),
        ("学前一年入园儿童", "学前一年入园儿童"),
        ("三年制专科招生", "三年制专科招生"),
        ("秋季运动会奖牌", "秋季运动会奖牌"),
    ],
)
def test_a_word_that_only_looks_like_a_time_stays(words: str, subject: str) -> None:
    records = extract(f"{words}达80个。", metadata=Metadata(published=PUBLISHED))
    assert [r.subject for r in records] == [subject]


@pytest.mark.parametrize(
    "words",
    [
        "为期2个月",
        "每年9月",
        "8:30",
        "17点30分",
        "三天内",
        "第3学期",
        "近3天",
        "二十四小时制",
        "90年代",
        "7月16日-9月20日",
        "2023.9.30",
        "历时3年",
        "10年前",
        "“十四五”规划",
    ],
)
def test_the_numerals_of_a_time_are_no_figures(words: str) -> None:
    records = extract(f"{words}，新建学校8所。", metadata=Metadata(published=PUBLISHED))
    assert [r.figure for r in records] == ["8所"]


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        (
            "民国18年，办小学25所。23年，有小学40所。二十五年秋，有小学42所。",
            ["1929", "1934", "1936"],
        ),
        ("民国元年，办小学5所。至3年，有小学9所；在7年，有小学12所。", ["1912", "1914", "1918"]),
        ("光绪二十九年（1903），办学堂2所。三十一年，增至6所。", ["1903", "1905"]),
        (
            "宣统元年，办学堂2所。2年，增至3所。民国2年，有5所。4年，有7所。",
            ["1909", "1910", "1913", "1915"],
        ),
        ("民国18年至23年，毕业学生60人。24—26年，毕业学生70人。", ["1929/1934", "1935/1937"]),
        ("民国18—23年，毕业学生60人。", ["1929/1934"]),
        (
            "民国17年，整顿教育，18年，有小学22所。同年，有教师50人。次年，有教师60人。",
            ["1929", "1929", "1930"],
        ),
        ("民国时期，有小学25所。", ["1912/1949"]),
        ("光绪年间，有书院2所。", ["1875/1908"]),
        ("一、推进协同治理\n全县小学办得好。3年，有小学40所。\n", [None]),
    ],
)
def test_a_year_by_its_number_alone_is_one_of_the_era_that_is_open(
    text: str, periods: list[str | None]
) -> None:
    assert [r.period for r in extract(text)] == periods


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("民国18年，有小学25所。1950年，有小学40所。23年，有小学41所。", ["1929", "1950", "1950"]),
        ("民国18年，有小学25所。\n解放后，小学发展。\n23年，有小学40所。", ["1929", "1929"]),
        (
            "第一节 初等教育\n民国18年，有小学25所。\n第二节 中等教育\n23年，有中学2所。",
            ["1929", None],
        ),
        ("23年，有小学40所。18年，有小学25所。", [None, None]),
        ("民国18年，有6年制小学25所。修业6年，9年内增设小学3所。", ["1929", "1929"]),
        ("民国18年，有小学25所。\n93年，有小学40所。", ["1929", "1929"]),
    ],
)
def test_no_year_by_its_number_alone_where_no_era_is_open(
    text: str, periods: list[str | None]
) -> None:
    """What no era gives a year takes the period around it, if any."""
    assert [r.period for r in extract(text)] == periods


def test_a_heading_opens_an_era_for_all_that_stands_under_it() -> None:
    text = (
        "第二节 小学教育\n一、民国时期的小学\n18年，全县有小学25所。\n（一）完全小学\n20年，有完全小学4所。\n"
        "二、建国后的小学\n12年，有小学61所。\n"
    )
    assert [r.period for r in extract(text)] == ["1929", "1931", None]


def test_years_to_come_are_not_counted_from_a_year_that_only_the_text_names() -> None:
    records = extract("2020年，有学校9所。\n未来三年，将新增学位6000个。\n")
    assert [r.period for r in records] == ["2020", None]

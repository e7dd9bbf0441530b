"""The lines of a page that are its furniture, and those that only hold some."""

from __future__ import annotations

import pytest

from shuangjian_cli import extract
from shuangjian_cli.model import Source
from shuangjian_cli.structure import structure

TRAILS = (
    "首页 > 政务公开 > 正文 ",
    "首页>教育>",
    "当前位置：首页 » 新闻 » 要闻 ",
    "网站首页/动态/正文 ",
)
TEXT = "全县新建学校12所，招聘教师30名。"


def kinds(text: str) -> list[str]:
    return [sentence.kind for sentence in structure(Source("-", text)).sentences]


@pytest.mark.parametrize("trail", TRAILS)
@pytest.mark.parametrize("text", [TEXT, TEXT.rstrip("。"), TEXT * 9])
def test_a_text_behind_the_way_to_its_page(trail: str, text: str) -> None:
    assert [record.figure for record in extract(trail + text)] == ["12所", "30名"] * (
        len(text) // len(TEXT) or 1
    )
    assert kinds(trail + text)[:2] == ["furniture", "prose"]


@pytest.mark.parametrize(
    "line",
    [
        "首页 > 通知公告 > 关于印发某县2023年工作方案的通知",
        "您的位置：首页 > 教育 > 正文",
        "某县教育局2023年5月5日印发。共印80份。",
        "版权所有：某县教育局，技术支持：某公司。",
        "本文共5073字，仅供会员阅读。",
        "全文约 1.2 万字",
        "• 2018-12-15 发布于海南",
        "山城教学研究 2016年第3期",
        "版权声明：凡注明来源的稿件，未经授权不得转载，转载时须注明出处；" + "联系本网，" * 30,
        "《某县工作总结.docx》由会员分享，可在线阅读，更多相关内容请在某网上搜索。",
    ],
)
def test_a_line_of_furniture(line: str) -> None:
    assert kinds(f"{TEXT}\n{line}\n") == ["prose", "furniture"]


@pytest.mark.parametrize("end", ["（责任编辑：李四）", "浏览次数：645", "【打印】 【关闭窗口】"])
def test_furniture_behind_a_text(end: str) -> None:
    assert [record.figure for record in extract(TEXT + end)] == ["12所", "30名"]


def test_a_counter_below_its_key() -> None:
    text = f"来源：某局 作者：某人 浏览：\n2,153次\n发布时间：2015-05-04\n{TEXT}"
    assert kinds(text) == ["masthead", "masthead", "masthead", "prose"]
    assert [record.figure for record in extract(text)] == ["12所", "30名"]


def test_a_headline_behind_its_label() -> None:
    text = f"原标题：某省再减274家培训机构\n来源：某报\n{TEXT}"
    assert kinds(text) == ["furniture", "title", "masthead", "prose"]
    assert structure(Source("-", text)).info.title == "某省再减274家培训机构"
    assert "原标题" not in extract(text)[0].subject


def test_a_sentence_that_is_a_caption() -> None:
    text = "某县第一小学学生在吃午餐（8月23日摄）。全县共有学校12所，招聘教师30名。"
    assert kinds(text) == ["caption", "prose"]


def test_a_text_that_runs_on_behind_its_number_is_read() -> None:
    text = f"编号：6582某区教育局2019年工作总结{'2019年以来，我局工作扎实推进，' * 8}成效良好。\n{TEXT}"
    assert kinds(text)[0] != "masthead"


def test_a_blank_alone_parts_the_heading_of_an_item_from_its_text() -> None:
    items = "情况如下。2.走读生 二〇一九年走读生共900人。3.住宿生 小学住宿生310人，其中女生140人。4.教职工数 全县教职工520人。"
    records = extract("各校情况如下，供有关单位参考。\n" * 90 + items)
    assert [each.subject for each in records[1::2]] == ["小学住宿生", "教职工"]
    assert [each.period for each in records] == ["2019", None, None, None]


def test_a_caption_is_not_the_title() -> None:
    text = (
        "今年多地小学合并\n6月3日，河北唐山市路北区某小学的同学展示剪纸。（新华社）\n"
        "教育部资料表明，去年全国小学减少1万所。\n"
    )
    document = structure(Source("-", text))
    assert document.info.title == "今年多地小学合并"
    assert "caption" in {sentence.kind for sentence in document.sentences}


def test_the_name_of_a_shared_file_is_a_title_and_its_upload_no_date() -> None:
    text = (
        "县教育工作汇报材料.docx\n上传人：甲 上传时间：2021-05-21 格式：DOCX 页数：6\n下载 相关 举报\n"
        "今年七月，全县高考上线率居全市30所学校中的第四，增幅居第一，成绩令人振奋。\n"
    )
    info = structure(Source("-", text)).info
    assert (info.title, info.published) == ("县教育工作汇报材料", None)


def test_no_line_of_a_text_in_short_lines_is_its_title() -> None:
    text = (
        "我市优化布局 让孩子上好学\n2021年以来\n新建初中1所、小学3所\n改建幼儿园28所\n新增学位3900个\n"
        "2022年全县安排校舍维修资金9亿元\n投入1亿元\n"
    )
    assert structure(Source("-", text)).info.title == "我市优化布局 让孩子上好学"


def test_where_a_writer_works_is_a_byline() -> None:
    text = "（1.云南大学 教育学院，云南 昆明 650091）\n县里有小学30所，学生2600人，教师180人。\n"
    first = structure(Source("-", text)).sentences[0]
    assert first.kind == "byline"


def test_the_name_of_a_site_is_not_the_title() -> None:
    text = "贵州省财政厅网站\n时间：2014年03月06日\n绥阳县改建幼儿园，新增园舍8900平方米。\n"
    assert structure(Source("-", text)).info.title is None


def test_words_for_search_engines_are_not_the_title() -> None:
    text = "精品视频在线_亚洲一区_在线观看\n\n2017年甲县高考再创辉煌\n今年全县一本上线560人。\n"
    assert structure(Source("-", text)).info.title == "2017年甲县高考再创辉煌"


def test_who_reports_is_a_byline() -> None:
    text = "□某某日报记者 王小明 通讯员 李红\n该区有高中阶段学校24所，其中职高9所。\n"
    assert kinds(text) == ["byline", "prose"]


def test_a_text_is_older_than_its_upload() -> None:
    text = (
        "2021-02-23 发布于四川\n2010年工作总结\n县教育局\n（2010年11月26日）\n"
        "今年以来，全县新建学校12所，教师队伍不断壮大，各项工作进展顺利。\n"
    )
    assert structure(Source("-", text)).info.published == "2010-11-26"


def test_the_front_matter_of_a_digital_newspaper_is_no_text() -> None:
    text = "第06版：要闻 上一版3  4下一版\n青山区办好教育\n本报讯 青山区新建学校8所，增加学位。\n"
    assert [r.figure for r in extract(text)] == ["8所"]


@pytest.mark.parametrize(
    ("short", "below", "figure", "subject"),
    [
        ("全县现有开放学院1所，本年招录310人，注册生1 020人。成人", "中专2所，", "2所", "成人中专"),
        (
            "全县现有开放学院1所，本年招录310人，注册生1 020人。技工学校4",
            "所，分部3个，",
            "4\n所",
            "技工学校",
        ),
        (
            "全县现有教学点11个、幼教点2个，共13个。幼儿园和小学专任教师人数分别",
            "为90人和310人，",
            "310人",
            "小学专任教师人数",
        ),
    ],
)
def test_a_short_line_that_ends_inside_a_sentence_of_a_text_broken_at_a_width(
    short: str, below: str, figure: str, subject: str
) -> None:
    lines = (
        short,
        f"{below}新录学员2 140人，校园占地3.6万平方米，实训室28间，其中数控实",
        "训室6间。全县完全中学3所，高中班48个，走读生和住宿生合计2 260人，操场4个，图",
        "书9.2万册。各乡镇中心校15所，教学点22个，教学班310个，复式班19个，学前班",
        "41个，校车26辆。县直属单位另有少年宫1个，图书馆1座，青少年活动室7间。",
    )
    records = extract("\n".join(lines))
    assert [(r.figure, r.subject) for r in records if r.figure == figure] == [(figure, subject)]


@pytest.mark.parametrize(
    ("broken", "figures"),
    [
        (
            (
                "县教体局\n2023\n年工作总结\n今年\n1\n-\n10\n月，我县改造校舍\n12\n栋，添置课桌\n3400\n套。\n"
                "（一）\n保障投入。拨付营养餐资金\n86.5\n万元，惠及学生\n9,210\n人。\n"
            ),
            ["12栋", "3400套", "86.5万元", "9,210人"],
        ),
        (
            "2.\n壮大教师队伍。招聘教师\n45\n名，其中幼儿园教师\n18\n名，培训\n260\n人次。\n3.\n提高质量。\n",
            ["45名", "18名", "260人次"],
        ),
    ],
)
def test_numerals_on_lines_of_their_own_inside_sentences(broken: str, figures: list[str]) -> None:
    records = extract(broken)
    assert [r.figure.replace("\n", "") for r in records] == figures
    assert all(broken[r.start : r.end] == r.figure for r in records)


@pytest.mark.parametrize(
    "text",
    [
        "学校\n25\n所\n教师\n310\n人\n学生\n4800\n人\n",
        "加强师资建设，提高\n1\n教育质量，办好学校，推进\n2\n均衡发展，落实政策，做好\n3\n课后服务，改善条件。\n",
    ],
)
def test_cells_and_the_numbers_of_pages_are_no_numerals_of_sentences(text: str) -> None:
    assert "\n" in structure(Source("-", text)).folded.text.rstrip()

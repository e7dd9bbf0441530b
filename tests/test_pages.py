"""Pages as no writer meant them: several texts on one, none, too many places, dates that clash."""

from __future__ import annotations

from shuangjian_cli import extract
from shuangjian_cli.api import tag

BULLETINS = """安远县教育局关于2022年工作情况的通报
发布日期：2023-01-10 来源：安远县教育局
2022年，全县新建学校5所。
会昌县教育局关于2023年工作情况的通报
发布日期：2024-01-12 来源：会昌县教育局
2023年，全县新建学校7所。今年新增学位300个。
"""
COUNTIES = [
    f"{name}县" for name in ["安远", "会昌", "寻乌", "定南", "龙南", "全南", "信丰", "大余", "上犹"]
]


def test_each_text_of_a_page_has_its_own_head() -> None:
    found = [
        (r.figure, r.area, r.period, r.status, r.document.title, r.document.published)
        for r in extract(BULLETINS)
    ]
    first, second = "安远县教育局关于2022年工作情况的通报", "会昌县教育局关于2023年工作情况的通报"
    assert found == [
        ("5所", "安远县", "2022", "achieved", first, "2023-01-10"),
        ("7所", "会昌县", "2023", "achieved", second, "2024-01-12"),
        ("300个", "会昌县", "2024", "target", second, "2024-01-12"),
    ]


def test_a_text_of_a_page_without_a_place_has_that_of_the_page() -> None:
    page = (
        "安远县教育局工作动态\n开展检查的通报\n2023-03-01 来源：县教育局\n检查机构12家。\n"
        "扩大学位的通报\n2024-03-02 来源：县教育局\n今年新增学位300个。\n"
    )
    assert [(r.area, r.period) for r in extract(page)] == [("安远县", None), ("安远县", "2024")]


def test_lines_of_a_masthead_are_no_broken_sentence() -> None:
    kinds = [sentence.kind for sentence in tag(BULLETINS)]
    assert kinds == ["title", "byline", "prose", "title", "byline", "prose", "prose"]


def test_lines_of_one_width_are_joined_though_a_title_makes_the_first_longer() -> None:
    page = (
        "第四章 学校经费第一节 来源 1951年,全县教育经费支出8万元。1952年,县人民政府拨款修缮校舍并拨付\n"
        "教育经费11万元。此后经费逐年增加,校舍面积扩大。1955\n"
        "年教育经费支出19万元,其中小学12万元;修缮校舍30间,添置课桌2\n"
        "60套。群众自愿捐资助学,到年底共捐款3万元,新建小学4\n"
        "所,扩大班额,学生由2100人增加到2600人,教师增加到\n"
        "130人。\n"
    )
    found = [(r.figure.replace("\n", ""), r.period) for r in extract(page)]
    assert found == [
        ("8万元", "1951"),
        ("11万元", "1952"),
        *((figure, "1955") for figure in ("19万元", "12万元", "30间", "260套", "3万元", "4所")),
        *((figure, "1955") for figure in ("2100人", "2600人", "130人")),
    ]
    assert extract(page)[0].subject == "教育经费支出"


def test_titles_of_one_width_are_no_broken_text() -> None:
    page = "\n".join(f"{county}县扩建寄宿制小学改造薄弱初中" for county in "东西南北中")
    assert [page[each.start : each.end] for each in tag(page)] == page.split("\n")


def test_navigation_gives_nothing() -> None:
    page = (
        "首页 | 机构概况 | 信息公开 | 办事服务\n当前位置：首页 > 新闻动态 > 县区动态\n"
        "【字体：大 中 小】 打印 关闭\n版权所有：安远县教育局 备案号：赣ICP备12345678号\n"
    )
    assert extract(page) == []
    assert {sentence.kind for sentence in tag(page)} == {"furniture"}


def test_counties_that_take_turns_keep_their_figures() -> None:
    lines = [f"{county}新建学校{i + 2}所。" for i, county in enumerate(COUNTIES)]
    for text in ("学校建设进展\n" + "".join(lines), "学校建设进展\n" + "\n".join(lines)):
        found = [r.area for r in extract(text)]
        assert found == COUNTIES


def test_many_places_in_one_sentence_govern_nothing() -> None:
    (record,) = extract("、".join(COUNTIES) + "等地新增学位5000个。\n")
    assert (record.area, record.confidence) != ("安远县", "certain")


def test_a_title_of_500_characters() -> None:
    title = "安远县关于" + "推进城乡教育一体化发展" * 45 + "的通报"
    (record,) = extract(f"{title}\n2023-05-04\n今年全县新建学校5所。\n")
    assert (record.area, record.period) == ("安远县", "2023")


def test_dates_that_contradict_one_another_are_to_be_checked() -> None:
    text = "安远县教育局2021年工作总结\n发布日期：2023-05-04\n（2020年12月30日）\n今年全县新建学校5所。\n"
    (record,) = extract(text)
    assert record.confidence == "check" and "contradicts" in record.reasons[0]


def test_the_lines_of_a_head() -> None:
    page = (
        "安远县教育局2023年工作总结\n——在全县教育工作会议上的讲话\n（2024年2月28日）\n"
        "县教育局局长 张三\n全县新建学校5所。\n（安远县教育局供稿）\n"
    )
    kinds = [sentence.kind for sentence in tag(page)]
    assert kinds == ["title", "title", "byline", "byline", "prose", "byline"]


def test_a_digest_of_counties() -> None:
    page = (
        "赣州市“双减”工作简报\n第12期\n赣州市教育局 2022年11月15日\n"
        "安远县规范校外培训\n今年以来，全县检查机构62家。\n（安远县教育局供稿）\n"
        "会昌县课后服务受欢迎\n全县48所学校开展课后服务。去年，聘请校外辅导员120名。\n"
        "简讯\n▲寻乌县：走访家庭5600户。\n▲全市参与率达95%。\n"
    )
    found = [(r.area, r.period) for r in extract(page)]
    assert found == [
        ("安远县", "2022/.."),
        ("会昌县", None),
        ("会昌县", "2021"),
        ("寻乌县", None),
        ("赣州市", None),
    ]


def test_a_title_that_begins_with_a_bracket() -> None:
    page = "导航菜单\n\n（贵州省）织金县2021年国民经济和社会发展统计公报\n\n十、教育\n全县有学校282所。\n"
    (record,) = extract(page)
    assert (record.area, record.period) == ("织金县", "2021")
    assert record.document.title == "（贵州省）织金县2021年国民经济和社会发展统计公报"


def test_tags_that_words_were_copied_with_are_not_read() -> None:
    text = (
        '海淀区教育局通报\n2024年，<span class="n1">全区</span>新增<strong>学位</strong>80'
        '00个。</p> <p class="q2">新建学校<b>5</b>所，生均面积<3平方米的学校清零。\n'
    )
    found = [(r.figure, r.subject, r.area) for r in extract(text)]
    assert found[:2] == [("8000个", "新增学位", "海淀区"), ("5</b>所", "新建学校", "海淀区")]


def test_pinyin_behind_characters_is_not_read() -> None:
    text = "海淀區(qū)教育局通報\n2024年，全區(qū)將新增中小學(xué)學(xué)位8000個(gè)。\n"
    (record,) = extract(text)
    assert (record.figure, record.subject, record.area) == (
        "8000個",
        "新增中小學學位",
        "海淀区",
    )
    assert text[record.start : record.end] == record.figure
    assert extract("全县绿地(park)12处。")[0].sentence == "全县绿地(park)12处。"


def test_the_slices_of_a_shared_document_are_one_text() -> None:
    shared = "《某县总结.docx》由会员分享，可在线阅读，更多内容请在某网上搜索。\n"
    slices = "1、一年来，全县新建校\n2、舍3.2万平方米，招聘教师30\n\n3、名。\n4、购置图书9万册。\n"
    found = [(r.subject, r.value, r.unit) for r in extract(shared + slices)]
    assert found == [
        ("新建校舍", 32000, "平方米"),
        ("招聘教师", 30, "名"),
        ("图书", 90000, "册"),
    ]
    assert extract(slices)[0].subject != "新建校舍"


def test_the_names_in_a_disclaimer_place_nothing() -> None:
    text = "全县新建学校12所。\n免责声明：本网转载的稿件均来自驻马店市、信阳市等地的媒体，版权归原作者。\n"
    (record,) = extract(text)
    assert (record.area, record.area_level, record.province) == (None, "county", None)


def test_forty_counties_in_a_line_of_spam_place_nothing() -> None:
    names = "怀仁市| 铜梁区| 乐都区| 钟山县| 塘沽区| 余干县| 兴宁市| 紫阳县| " * 5
    text = (
        f"某县新建学校\n全县新建学校12所，招聘教师30名，群众反映良好。\n主站蜘蛛池模板： {names}\n"
    )
    assert {(r.area, r.province) for r in extract(text)} == {(None, None)}


def test_mastheads_above_their_headlines_are_two_contexts() -> None:
    text = "".join(
        f"来源：{county}教育局\n发布时间：{year}-05-01\n{county}扩大学位供给\n"
        f"今年，全县新建学校{n}所，群众反映良好，社会各界满意。\n"
        for county, year, n in (("谷城县", 2023, 12), ("南漳县", 2022, 7))
    )
    assert [(r.area, r.period) for r in extract(text)] == [("谷城县", "2023"), ("南漳县", "2022")]


def test_a_title_glued_to_a_text_under_the_label_of_a_preview() -> None:
    text = (
        "内容预览：\n2012年某镇教育工作汇报xx镇位于xx市东部沿海，交通便利，经济和社会各项事业加快发展，"
        "全镇共有小学6所。\n1、现有教师57人。\n"
    )
    assert {(r.figure, r.period) for r in extract(text)} == {("6所", "2012"), ("57人", "2012")}

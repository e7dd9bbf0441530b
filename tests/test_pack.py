"""Rule packs: reading, merging, checking, finding."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pack_examples import unit_of

import shuangjian_cli as sj
from shuangjian_cli.tag.check import check
from shuangjian_cli.tag.metric import about_topic, metric
from shuangjian_cli.tag.pack import Rules, discover, load_builtin
from shuangjian_cli.tag.pack.form import PackError
from shuangjian_cli.tag.pack.merge import merge
from shuangjian_cli.tag.pack.reader import load_pack
from shuangjian_cli.tag.pillar import title_pillar
from shuangjian_cli.tag.words import Lexicon, size_of, terms

Write = Callable[[str], Path]


@pytest.fixture
def pack(tmp_path: Path) -> Write:
    """Write a pack, give its path."""

    def write(content: str) -> Path:
        path = tmp_path / "pack.toml"
        path.write_text(content, encoding="utf-8")
        return path

    return write


def metric_of(rules: Rules, subject: str, figure: str) -> str | None:
    return metric(
        rules,
        subject=subject,
        unit=unit_of(rules, figure),
        role="level",
        clause=subject + figure,
        sentence=subject + figure,
        topical=True,
    ).metric


# --- words ---------------------------------------------------------------------------------------


def test_terms_multiply_their_alternatives_out() -> None:
    assert list(terms(["课后服务+参与|参加", "作业"])) == [
        ("课后服务", "参与"),
        ("课后服务", "参加"),
        ("作业",),
    ]
    assert size_of(("课后服务", "参与")) == 6


def test_a_lexicon_finds_overlapping_words_with_the_end_of_the_last() -> None:
    lexicon = Lexicon(["课后", "课后服务", "服务", "学校"], {"延时服务": "课后服务"})
    assert lexicon.find("课后服务学校服务") == {"课后服务": 4, "课后": 2, "服务": 8, "学校": 6}
    assert lexicon.find("延时服务") == {"课后服务": 4, "服务": 4}
    assert lexicon.longest("课后服务学校") == {"课后服务", "学校"}


@given(st.lists(st.text("课后服务学校延时", min_size=2, max_size=4)), st.text("课后服务学校延时"))
def test_a_lexicon_finds_just_the_words_that_are_there(words: list[str], text: str) -> None:
    assert Lexicon(words).find(text) == {
        word: text.rfind(word) + len(word) for word in words if word in text
    }


# --- the built-in pack ---------------------------------------------------------------------------


def test_the_built_in_rules_are_read_once_and_travel() -> None:
    rules = load_builtin()
    assert load_builtin() is rules
    copy = pickle.loads(pickle.dumps(rules))
    assert copy.metrics == rules.metrics and copy.units == rules.units


@pytest.mark.parametrize(
    "name",
    [
        "metric/catalogue.toml",
        "metric/spoken.toml",
        "pillar/pillars.toml",
        "quantity/units.toml",
    ],
)
def test_the_built_in_files_are_packs_without_problems(name: str) -> None:
    path = Path(__file__).parent.parent / "shuangjian_cli" / "tag" / name
    assert check(path) == []


def test_units_know_their_family_and_scale() -> None:
    rules = load_builtin()
    assert rules.family("名") == rules.family("人") == "people"
    assert rules.family(None) is None and rules.family("朵") is None
    assert rules.units["小时"].scale == Decimal(60)
    assert [unit_of(rules, words) for words in ("3.4万名", "2个百分点", "86")] == [
        "名",
        "百分点",
        None,
    ]


# --- packs of one's own --------------------------------------------------------------------------

VILLAGE = """
extends = false

[topic]
words = '''乡村 农村 村庄 农户'''
other = '''城区'''

[[pillar]]
id = "livable"
name = "生态宜居"
title = '''宜居 人居环境'''
about = '''垃圾 污水'''

[[metric]]
id = "toilets"
name = "卫生厕所"
name_en = "Sanitary toilets"
pillar = "livable"
subject = '''卫生厕所 户厕+改造'''
units = "things share households"

[[metric.also]]
clause = '''改厕'''

[aliases]
"卫生厕所" = '''卫生户厕'''

[[example]]
metric = "toilets"
subject = "农村卫生厕所普及率"
figure = "91%"
sentence = "农村卫生厕所普及率91%。"

[[example]]
metric = "toilets"
subject = "户厕改造投入"
figure = "3亿元"
sentence = "户厕改造投入3亿元。"
counter = true

[[example]]
pillar = "livable"
title = "整治人居环境"
subject = "污水处理设施"
figure = "80个"
sentence = "建成污水处理设施80个。"
"""


def test_another_field_brings_its_own_taxonomy(pack: Write) -> None:
    path = pack(VILLAGE)
    assert check(path) == []
    rules = merge(load_builtin(), load_pack(path))
    assert list(rules.metrics) == ["toilets"] and list(rules.pillars) == ["livable"]
    assert metric_of(rules, "农村卫生户厕", "60个") == "toilets"
    assert metric_of(rules, "完成改厕", "60户") == "toilets"
    assert metric_of(rules, "新增学位", "60个") is None
    named = title_pillar(rules, "建设宜居乡村")
    assert named is not None and named[0] == "livable"
    topical = [
        about_topic(rules, subject=subject, clause="", sentence="", document_is_topical=False)
        for subject in ("乡村道路", "学校学位")
    ]
    assert topical == [True, False]
    assert "人" in rules.units


def test_an_entry_of_the_same_id_replaces_and_with_extends_adds(pack: Write) -> None:
    base = load_builtin()
    added = merge(
        base,
        load_pack(pack('[[metric]]\nid = "courses"\nextends = true\nsubject = "研习营"\n')),
    )
    assert metric_of(added, "研习营", "6个") == metric_of(added, "校本课程", "6门") == "courses"
    assert added.metrics["courses"].name == base.metrics["courses"].name
    replaced = merge(
        base,
        load_pack(pack('[[metric]]\nid = "courses"\npillar = "quality"\nsubject = "研习营"\n')),
    )
    assert metric_of(replaced, "研习营", "6个") == "courses"
    assert metric_of(replaced, "校本课程", "6门") != "courses"
    assert metric_of(base, "研习营", "6个") is None


def test_what_never_names_a_metric_holds_for_all_its_ways(pack: Write) -> None:
    way = '[[metric]]\nid = "kites"\npillar = "quality"\nsubject = "风筝"\nwithout = "纸鸢"\n'
    also = '[[metric.also]]\nsubject = "陀螺"\n'
    rules = merge(load_builtin(), load_pack(pack(f'{way}never = "展销"\n{also}')))
    assert metric_of(rules, "风筝作品", "12个") == metric_of(rules, "陀螺作品", "12个") == "kites"
    assert metric_of(rules, "纸鸢陀螺作品", "12个") == "kites"
    for subject in ("纸鸢风筝作品", "风筝展销作品", "陀螺展销作品"):
        assert metric_of(rules, subject, "12个") is None


def test_pillars_units_and_uncovered_figures_can_be_added(pack: Write) -> None:
    rules = merge(
        load_builtin(),
        load_pack(
            pack(
                '[[pillar]]\nid = "resources"\nextends = true\ntitle = ["校园焕新"]\n'
                '[[unit]]\nname = "钟头"\nwords = "钟头"\nfamily = "time"\nscale = 60\n'
                '[[none]]\nsubject = "校本课程草案"\n[not_before]\n"钟头" = "多"\n'
            )
        ),
    )
    named = title_pillar(rules, "推进校园焕新")
    assert named is not None and named[0] == "resources"
    assert rules.family("钟头") == "time" and rules.not_before["钟头"] == ("多",)
    assert metric_of(rules, "校本课程草案", "6门") is None


def test_words_may_be_written_in_traditional_characters(pack: Write) -> None:
    path = pack('[[metric]]\nid = "courses"\nextends = true\nsubject = "研習營"\n')
    rules = merge(load_builtin(), load_pack(path))
    assert metric_of(rules, "研习营", "6个") == "courses"


def test_an_alias_counts_as_its_word(pack: Write) -> None:
    path = pack('[aliases]\n"课后服务" = "放学陪伴"\n')
    rules = merge(load_builtin(), load_pack(path))
    assert metric_of(rules, "放学陪伴参与学生", "60人") == "afterschool_participation"


READING = '[[metric]]\nid = "a"\npillar = "quality"\nsubject = "读书"\n'


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        ("a = ", 1, "no valid TOML"),
        ("\nmetrics = 1\n", 2, "unknown key `metrics`"),
        ('[[metric]]\nid = "a"\npillar = "quality"\nsubject = "读书"\npilar = "x"\n', 5, "`pilar`"),
        ('[[metric]]\npillar = "quality"\n', 1, "without `id`"),
        ('[[metric]]\nid = "a"\npillar = "quality"\nsubject = 3\n', 4, "`subject` holds no words"),
        ('[[metric]]\nid = "a"\npillar = "quality"\nsubject = "校"\n', 4, "too short"),
        ('[[metric]]\nid = "a"\npillar = "quality"\n[[metric.also]]\nlast = true\n', 4, "no words"),
        ('[[metric]]\nid = "a"\nsubject = "读书"\nlast = 1\n', 4, "no boolean"),
        (f'[topic]\nwords = "{"+".join(["读书|习字"] * 30)}"\n', 2, "more than 1000 terms"),
        ('[topic]\nword = "读书"\n', 2, "`word`"),
        ('extends = "no"\n', 1, "no boolean"),
        ('pillar = "quality"\n', 1, "no list of tables"),
        ('topic = "quality"\n', 1, "no table"),
        ('[[unit]]\nname = "钟头"\n', 1, "without `words` or `family`"),
        *(
            (f'[[unit]]\nwords = "钟头"\nfamily = "time"\nscale = {scale}\n', 4, "`scale` is no")
            for scale in (
                '"x"',
                "true",
                "nan",
                "inf",
                "0",
                "-3",
                "-0.0",
                "1e400",
                "0x" + "f" * 9999,
            )
        ),
        (READING + READING.replace("读书", "书法"), 6, "metric `a` is there already, in line 2"),
        ('[[pillar]]\nid = "a"\n\n[[pillar]]\nid = "a"\n', 5, "pillar `a` is there already"),
        ('[[unit]]\nwords = "课包"\n' * 2, 1, "without `words` or `family`"),
        (
            '[[unit]]\nwords = "课包"\nfamily = "a"\n[[unit]]\nname = "包"\nwords = """\n课篮\n课包"""\n',
            8,
            "unit `课包` is there already, in line 2",
        ),
        (
            READING + '# [[metric]]\n[[metric]]\nid = "b"\nname = """\n[[metric]]\nsubject = """\n'
            'pillar = "quality"\nsubject = 3\n',
            12,
            "`subject` holds no words",
        ),
        (
            '[[metric]]\nid = "a"\npillar = "quality"\nsubject = [\n  "读书",\n  "校",\n]\n',
            6,
            "`校`",
        ),
        ('metric = [\n  { id = "a", pillar = "quality", subject = 3 }]\n', 2, "no words"),
        (f"\na = {'[' * 500}{']' * 500}\n", 1, "nested more than"),
        (f"\na = {'{a=' * 500}1{'}' * 500}\n", 1, "nested more than"),
        (f"\n{'.'.join('a' * 900)} = 1\n", 2, "unknown key `a`"),
        (f"\n{'.'.join('a' * 5000)} = 1\n", 1, "1000 parts"),
        (f"\n[{'.'.join('a' * 900)}]\n", 2, "unknown key `a`"),
        (f"\na = {'9' * 5000}\n", 1, "no valid TOML"),
        ('[aliases]\n"作业" = "练习"\n"课程" = "练习"\n', 3, "clashes"),
        ('[[example]]\nmetric = "courses"\n', 1, "shows nothing"),
        ('[[example]]\nmetric = "courses"\nsentence = "开课。"\nword = "x"\n', 4, "`word`"),
    ],
)
def test_faults_of_form_are_told_with_line_and_mend(
    pack: Write, content: str, line: int, message: str
) -> None:
    path = pack(content)
    problem, *others = check(path)
    assert (problem.file, problem.line) == (str(path), line)
    assert message in problem.message and problem.mend
    assert all(message in other.message for other in others)
    with pytest.raises(PackError) as caught:
        load_pack(path)
    assert str(caught.value) == f"{path}:{line}: {problem.message}; {problem.mend}"


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        (
            '[[metric]]\nid = "a"\nname = "甲"\npillar = "joy"\nsubject = "读书"\n',
            4,
            "pillar `joy`",
        ),
        ('[[metric]]\nid = "a"\nsubject = "读书"\n', 2, "names no pillar"),
    ],
)
def test_references_are_checked_when_packs_meet(
    pack: Write, content: str, line: int, message: str
) -> None:
    path = pack(content)
    [problem] = check(path)
    assert problem.line == line and message in problem.message
    with pytest.raises(PackError):
        merge(load_builtin(), load_pack(path))


def test_an_alias_that_another_pack_has_clashes(pack: Write) -> None:
    base = merge(load_builtin(), load_pack(pack('[aliases]\n"课程" = "研习"\n')))
    path = pack('\n[aliases]\n"教材" = "研习"\n')
    [problem] = check(path, base)
    assert problem.line == 3 and "研习" in problem.message


def test_an_example_that_fails_is_told_with_its_line(pack: Write) -> None:
    path = pack(
        '[[example]]\nmetric = "courses"\nfigure = "3所"\nsentence = "新建小学3所。"\n'
        '[[example]]\nmetric = "schools_built"\nfigure = "3所"\nsentence = "新建中学3所。"\n'
        "counter = true\n"
        '[[example]]\nmetric = "joy"\nsentence = "读书。"\n'
    )
    problems = check(path)
    assert [problem.line for problem in problems] == [4, 8, 12]
    assert "`schools_built`, not `courses`" in problems[0].message
    assert "must not" in problems[1].message
    assert "unknown metric `joy`" in problems[2].message


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (
            'metric = "school_places"\nfigure = "6万个"\nsentence = "新增学位5万个。"',
            "`6万个` is not",
        ),
        (
            'sentence = "新增学位5万个。"\nmetric = "school_places"\nsubject = "学堂新位"',
            "`堂` of the subject is not",
        ),
        (
            'metric = "schools_built"\nfigure = "5万个"\nsentence = "新增学位5万个。"',
            "gives metric `school_places`, not `schools_built`",
        ),
        ('metric = "schools_built"\nsentence = "今天天气很好。"', "gives no metric, not"),
        (
            'metric = "courses"\nfigure = "2022年"\nsentence = "2022年开设课程。"',
            "`2022年` is read as no figure (date)",
        ),
        ('pillar = "quality"\ntitle = "完善经费保障"', "gives pillar `guarantees`, not"),
        ('pillar = "guarantees"\ntitle = "完善经费保障"\ncounter = true', "which it must not"),
    ],
)
def test_an_example_must_be_one(pack: Write, lines: str, message: str) -> None:
    path = pack(f"[[example]]\n{lines}\n".replace("counter", "# [[example]]\ncounter") * 2)
    problems = check(path)
    at = next(n for n, line in enumerate(lines.splitlines(), 2) if line[:5] in ("sente", "title"))
    size = path.read_text("utf-8").count("\n") // 2
    assert [problem.line for problem in problems] == [at, at + size]
    assert all(message in problem.message for problem in problems)


def test_an_example_is_read_under_its_title(pack: Write) -> None:
    path = pack(
        '[[example]]\npillar = "guarantees"\ntitle = "完善经费保障"\n'
        'figure = "12门"\nsentence = "学校开设课程12门。"\n'
        '[[example]]\npillar = "guarantees"\ntitle = "完善经费保障"\n'
        '[[example]]\nmetric = "family_education"\nsentence = "推进家庭教育指导服务。"\n'
    )
    assert check(path) == []


def test_a_pack_may_begin_with_a_mark(tmp_path: Path) -> None:
    (tmp_path / "p.toml").write_text(READING, encoding="utf-8-sig")
    assert check(tmp_path / "p.toml") == []


def test_what_is_no_readable_pack(tmp_path: Path) -> None:
    assert check(tmp_path / "none.toml")[0].line == 1
    (tmp_path / "latin.toml").write_bytes(b"\xe9")
    assert "UTF-8" in check(tmp_path / "latin.toml")[0].message
    assert check(tmp_path)[0].mend


PIECES = r"""
[[metric]] [[metric.also]] [aliases] [a.b] [[unit]] [[example]] id="a" pillar="quality" scale=nan
subject="读书" a."b".c=1 extends=1 words=''' ''' ' " # [ ] { } = , 读书 \
"""
pieces = st.lists(st.sampled_from([*PIECES.split(), "\n", "\n", "\r\n", '"""'])).map("".join)


@given(content=st.text(max_size=80) | pieces)
def test_no_text_makes_the_check_raise(
    tmp_path_factory: pytest.TempPathFactory, content: str
) -> None:
    path = tmp_path_factory.mktemp("pack") / "p.toml"
    path.write_text(content, encoding="utf-8", errors="replace")
    check(path)


def test_the_nearest_pack_upward_is_found(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "shuangjian.toml").write_text("")
    assert discover(inner) == tmp_path / "shuangjian.toml"
    (tmp_path / "a" / "shuangjian.toml").write_text("")
    assert discover(inner) == tmp_path / "a" / "shuangjian.toml"


def test_a_packs_metric_goes_before_a_known_one_of_the_same_words(tmp_path: Path) -> None:
    pack = tmp_path / "mine.toml"
    pack.write_text(
        '[[metric]]\nid = "vice"\nname = "科学副校长"\nname_en = "Vice"\npillar = "resources"\n'
        'subject = "科学副校长"\n',
        encoding="utf-8",
    )
    rules = merge(load_builtin(), load_pack(pack))
    [record] = sj.extract("2024年，全县聘任科学副校长12名。", rules=rules)
    assert record.metric == "vice"

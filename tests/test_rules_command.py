"""`shuangjian rules` and the list of rules behind it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from shuangjian_cli.__main__ import main
from shuangjian_cli.explain.registry import RegistryError, Rule, load, rules


class Outcome(NamedTuple):
    exit_code: int
    stdout: str
    stderr: str


Run = Callable[..., Outcome]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """`shuangjian rules` in this process."""

    def run(*arguments: object) -> Outcome:
        status = main(["rules", *map(str, arguments)])
        return Outcome(status, *capsys.readouterr())

    return run


def listed(folder: Path, content: str) -> tuple[Rule, ...]:
    """The rules of one package whose examples.toml has this content."""
    package = folder / "period"
    package.mkdir(exist_ok=True)
    (package / "examples.toml").write_text(content)
    (package / "words.toml").write_text(
        '[year]\nlast = ["去年", "上年"]\n[plan]\n"十四五" = "2021/2025"\n'
    )
    return load(folder)


RULE = """
[[rule]]
id = "period.own"
fields = ["period"]
says = "A year of its own."
vocabulary = ["words.toml#year", "words.toml"]
positive = [{ text = "去年建校3所。", published = "2023-08-24", expect = [{ figure = "3所" }] }]
negative = [{ text = "没有。", none = true }, { text = "无" }]
"""


def test_a_room_lists_its_rules(tmp_path: Path) -> None:
    [rule] = listed(tmp_path, RULE)
    assert (rule.id, rule.kind, rule.package, rule.fields) == (
        "period.own",
        "rule",
        "period",
        ("period",),
    )
    assert rule.vocabulary == {
        "words.toml#year": ("去年", "上年"),
        "words.toml": ("去年", "上年", "十四五 = 2021/2025"),
    }
    assert rule.positive[0].context == {"published": "2023-08-24"}
    assert [example.expect for example in rule.negative] == [(), None]


def test_examples_of_a_pack_belong_to_an_entry_of_the_catalogue(tmp_path: Path) -> None:
    [rule] = listed(
        tmp_path,
        """
        [[example]]
        metric = "courses"
        figure = "12门"
        sentence = "学校开设课程12门。"
        [[example]]
        metric = "courses"
        title = "规范培训"
        sentence = "机构有培训课程3门。"
        counter = true
        """,
    )
    assert (rule.id, rule.kind, rule.fields) == ("metric.courses", "metric", ("metric",))
    assert "课程" in rule.says and "课程" in rule.vocabulary["subject"]
    assert rule.positive[0].figure == "12门"
    assert rule.negative[0].text == "一、规范培训\n机构有培训课程3门。"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('[[example]]\nmetric = "nothing"\n', "metric.nothing: KeyError"),
        ("[[rule]", "period/examples.toml: Expected"),
        (RULE + RULE, "period.own is listed twice"),
        (RULE.replace("says", "sais"), "period.own: unknown key sais"),
        (RULE.replace("published", "date"), "period.own: unknown key date"),
        (RULE.replace("id =", "ID ="), "a rule without id"),
        (RULE.replace("#year", "#month"), "period.own: KeyError"),
        (RULE.replace('"words.toml"', '"nothing.toml"'), "period.own: FileNotFoundError"),
    ],
)
def test_a_list_that_breaks_the_format_is_named(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(RegistryError, match=message.replace(".", r"\.")):
        listed(tmp_path, content)


def test_the_list_shows_every_rule_with_its_examples(run: Run) -> None:
    result = run()
    assert result.exit_code == 0
    for rule in rules():
        assert rule.id in result.stdout
    content = json.loads(run("--format", "json").stdout)["rules"]
    assert [entry["id"] for entry in content] == [rule.id for rule in rules()]
    assert all(len(entry["positive"]) >= 3 for entry in content)


@pytest.mark.parametrize("rule", rules()[:: max(1, len(rules()) // 5)], ids=lambda rule: rule.id)
def test_one_rule_shows_what_it_gives(run: Run, rule: Rule) -> None:
    result = run(rule.id)
    assert rule.says in result.stdout.replace("\n", "")
    assert "applies to" in result.stdout and "does not apply to" in result.stdout
    assert "→" in result.stdout
    content = json.loads(run(rule.id, "--format", "json").stdout)
    assert len(content["examples"]) == len(rule.positive) + len(rule.negative)
    assert result.exit_code == any(example["faults"] for example in content["examples"])


def test_an_unknown_rule_brings_the_nearest(run: Run) -> None:
    known = rules()[0].id
    result = run(known[:-1])
    assert result.exit_code == 2
    assert known in result.stderr and len(result.stderr.splitlines()) == 1


def test_check_tells_every_problem_with_line_and_mend(run: Run, tmp_path: Path) -> None:
    pack = tmp_path / "pack.toml"
    pack.write_text(
        '[[metric]]\nid = "rural_roads"\nname = "农村公路"\npilar = "resources"\n'
        'subject = ["农村公路"]\n'
    )
    result = run("check", pack)
    assert result.exit_code == 1
    assert f"{pack}:4: " in result.stdout and "pilar" in result.stdout
    problems = json.loads(run("check", pack, "--format", "json").stdout)["problems"]
    assert problems[0]["line"] == 4 and problems[0]["mend"]


def test_check_of_a_sound_pack(run: Run, tmp_path: Path) -> None:
    pack = tmp_path / "pack.toml"
    pack.write_text(
        '[[metric]]\nid = "rural_roads"\nname = "农村公路"\npillar = "resources"\n'
        'subject = ["农村公路"]\n'
    )
    result = run("check", pack)
    assert (result.exit_code, result.stdout) == (0, f"{pack}: no problems\n")
    assert json.loads(run("check", pack, "--format", "json").stdout) == {"problems": []}


def test_check_of_what_is_no_pack(run: Run, tmp_path: Path) -> None:
    missing = run("check", tmp_path / "none.toml")
    assert missing.exit_code == 1 and "none.toml:1: " in missing.stdout
    binary = tmp_path / "x.toml"
    binary.write_bytes(b"\xff\xfe\x00")
    assert "UTF-8" in run("check", binary).stdout
    hostile = tmp_path / "y.toml"
    hostile.write_text('"[red]\\u001b[2J" = 1\n')
    shown = run("check", hostile)
    assert shown.exit_code == 1 and "\x1b" not in shown.stdout and "[red]" in shown.stdout


def test_wrong_usage(run: Run) -> None:
    assert run("check").exit_code == 2
    assert run("period.sentence", "a.toml").exit_code == 2

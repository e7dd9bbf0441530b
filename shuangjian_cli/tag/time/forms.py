"""The forms that a time with a number has, as patterns over the vocabulary."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from shuangjian_cli.patterns import CLAUSE_STOPS, either

HAN = "〇一二两三四五六七八九十"
NUMBER = r"\d{1,2}|[一二两三四五六七八九十]{1,3}"
YEAR = r"(?:19(?<!\d19)\d\d|20(?<!\d20)\d\d|[一二][〇零九][〇零一二三四五六七八九]{2})"
_HAN_MONTH = r"(?<![一二三四五六七八九十第])(?:十[一二]?|[一二三四五六七八九])"
TO = r"(?: ?[-—–~～]{1,2} ?|至|到)"
_MANY = r"(?:\d{1,3}(?:\.\d)?|[零〇一二三四五六七八九十百两半]{1,3}|十几|数)[多余]?"
"""The number of a duration."""
_UNITS = "年月日天周季学小工世"
"""The first characters of what a time is counted in."""


def numbered_forms(w: Mapping[str, dict[str, list[str]]]) -> tuple[str, str, str, str]:
    """The forms of a time that hold a number, as patterns (`worded`) whose outer groups name them: those
    that begin with a year, plans, those that begin with another number and those that begin with
    a word; compiled apart, since few texts have them all."""
    month_tail, after = "{tail.month}", "{years.after}"
    which = "{years.recent}|{years.past}|{years.coming}"
    tens = r"(?P<tens>[5-9]0|[五六七八九]十)年代(?:初期?|中期|末期?)?"
    plan = {
        "plan": rf"(?<![{HAN}])“?(?P<plan_name>{either(w['plan'])})”?(?:规划)?(?:(?P<plan_part>"
        rf"{either(*w['plan_part'].values())})|(?P<side>[前后])(?P<side_years>{NUMBER})年"
        r"|(?<!规划)(?={form.after_plan})|(?<=规划))"
    }
    worded = {
        "run": rf"(?:{{consecutive.words}})(?P<run_count>{NUMBER})"
        r"(?P<run_unit>{form.run_units})",
        "years": rf"(?P<which>{which})(?P<n>{NUMBER})个?年多?(?:{after})?",
        "era": rf"(?:{{era.dynasty}})?(?P<era_name>{{era.years}})"
        rf"(?:(?P<era_year>{NUMBER}|元)"
        rf"(?:年(?:（(?P<era_is>{YEAR})年?）)?|(?={TO}(?:{NUMBER})年))|(?:{{era.whole}}))",
        "within": rf"(?<![{HAN}\d多几数整周学成青当同全今本去])年内",
        "month": rf"(?=前(?:{NUMBER})个月)",
        "for": rf"(?:{{length.before}}) ?{_MANY} ?个?(?:{{length.lengths}})"
        "(?![级岁])",
        "decade": rf"上个?世纪{tens}",
    }
    dated = {
        "school": rf"(?P<s1>.{{4}})年?(?:{TO}|/)(?:(?P<s2>{YEAR})|(?P<s2_short>\d\d))学年度?",
        "school_year": r"(?P<s3>.{4})学年度?",
        "range": rf"(?P<r1>.{{4}})年?{TO}(?:(?P<r2>{YEAR})|(?P<r2_short>\d\d))年(?:度|底|末)?"
        r"(?![上下一二三四第前\d])",
        "year": r"(?P<y>.{4})(?:年度?|(?=[春秋]季?学?期)"
        rf"|(?=(?:、{YEAR}){{0,6}}[、和及与]{YEAR}年))",
        "date": r"(?<!\d)(?P<iso>20\d\d(?P<sep>[-./])(?:0?[1-9]|1[0-2])(?:(?P=sep)"
        r"(?:3[01]|[12]\d|0?[1-9])|(?=[，。、；） 至到—\-以起]|$)))(?![\d年])",
    }
    counted = {
        # Of whatever era: the year of the common calendar in brackets says which.
        "told": rf"(?:{NUMBER})年（(?={YEAR}年?）)(?P<told_is>.{{4}})年?）",
        "years": rf"(?P<n>{NUMBER})个?年多?(?:{after}|(?={{years.total}}))",
        "decade": rf"(?:(?:20|二十)世纪)?{tens}",
        "month": rf"(?=\d{{1,2}}月?份?(?:{TO}\d{{1,2}}月|月)"
        rf"|{_HAN_MONTH}月(?:{month_tail}|以来|[一二三四五六七八九十]{{1,3}}日))",
        "spent": rf"(?:{NUMBER})年间?(?={{years.spent}})",
        "ago": rf"{_MANY}年前",
        "inside": rf"{_MANY}(?:{{length.within}})(?:{{form.inside}})",
        "after": rf"(?<![^{CLAUSE_STOPS}\s])(?P<after_years>{NUMBER})年后(?=，)",
        "long": rf"{_MANY}(?!个年级)(?:个?(?:{{length.alone}})"
        rf"|年(?:{{length.after_years}})|个?小时制|天制)",
        "on": r"(?:[1-3]?\d|[一二三]?十?[一二三四五六七八九十])日(?!均|常|益|托|间|活)",
        "clock": r"\d{1,2}:\d{2}(?!\d)|\d{1,2}[点时](?:[0-5]?\d分(?!钟)"
        r"|(?=[半整，。至到—前后、“”开左的起]|$|放|下课))",
    }
    return (
        rf"(?={YEAR})(?:{_any(dated)})",
        _any(plan),
        rf"(?<![\d.])(?:{_any(counted)})",
        _any(worded),
    )


def _any(forms: Mapping[str, str]) -> str:
    """A pattern for any of the forms, in their order; the group that matched names the form."""
    return "|".join(f"(?P<{name}>{pattern})" for name, pattern in forms.items())


def finder(words: Collection[str]) -> str:
    """A pattern for where a time may begin, by single characters, at a fraction of the cost of the
    forms: at a word, or at a numeral, in figures or in characters, that a unit of time follows."""
    heads = "".join(sorted({word[0] for word in words}))
    seconds = "".join(sorted({word[1] for word in words if len(word) > 1}))
    alone = "".join(sorted({word for word in words if len(word) == 1}))
    han = f"{HAN}零百半数"
    units = f"{_UNITS}号份点时"
    # All begin with one set of characters, by which the search skips over all others, and go on with
    # one of another.
    others = re.escape(f"{seconds}{han}{units}几多余个0123456789.: -—–~～至到")
    return (
        rf"[{heads}0-9{han}](?=[{others}])(?:"
        rf"(?<=[0-9])(?<![\d.]\d)(?=[\d.]{{0,4}}[多余]? ?个?[{units}]|\d?{TO}\d\d?[年月]|\d?:\d\d"
        rf"|(?<=[12])[09]\d\d[\-./至到 —–~～、和及与春秋])"
        rf"|(?<=[{heads}])(?=[{seconds}])|(?<=[{alone}])(?=[0-9{han} ])"
        rf"|(?<=[{han}])(?=[{han}几]{{0,3}}[多余]?个?[{_UNITS}]))"
    )

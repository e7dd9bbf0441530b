"""The words by which a mention's role is told, compiled."""

from __future__ import annotations

import re
from functools import cache

from shuangjian_cli.data import load
from shuangjian_cli.patterns import CHINESE, either, regex, rest_of, worded

STOPS = "，。；：！？\n"
"""What parts clauses."""
KINDS = "省市县区州盟旗团"
"""With what a full name ends."""


class Patterns:
    """The vocabulary, compiled."""

    def __init__(self) -> None:
        w = load(__file__)
        level, nation, mentioned, name = w["level"], w["national"], w["mentioned"], w["name"]
        self.levels: dict[str, str] = level["kinds"]
        kinds_of_bodies = "省市县区州旗盟"
        begin = (*level["own"], *level["all"], *level["acting"], *nation["words"], "中国")
        firsts = "".join(sorted({word[0] for word in (*begin, *nation["bodies"])}))
        # What begins a body of the nation alone mostly begins some other word: 农业, 公共, 人口.
        others = {word[0] for word in begin}
        bodies = sorted(word[:2] for word in nation["bodies"] if word[0] not in others)
        heads, seconds = ("".join(dict.fromkeys(word[at] for word in bodies)) for at in (0, 1))
        begins = f"(?<![{heads}](?![{seconds}]))"
        not_before = "".join(
            f"(?<![{''.join(level['not_before'])}]{word})" for word in level["all"]
        )
        self.level = worded(
            rf"[{firsts}]{begins}(?:{rest_of(level['own'])}(?P<own_kind>{{level.kinds}})(?!{{level.not_after}})"
            rf"|{rest_of(level['all'])}{not_before}(?P<all_kind>{{level.kinds}})"
            rf"(?!{{level.not_after}})"
            rf"|(?<=(?P<body_kind>[{kinds_of_bodies}]))(?![场{kinds_of_bodies}])"
            rf"(?:（[{kinds_of_bodies}、]{{1,5}}）)?(?={{level.bodies}}"
            rf"|{CHINESE}{{2,6}}(?:{{level.body_ends}}))"
            rf"|(?<=(?P<acting_kind>[{level['acting']}]))(?={{level.acts}})"
            rf"(?<![{level['counts']}].)"
            rf"|(?:国(?<=我国)|(?:{rest_of(nation['words'])}|国(?<=中国)(?={{national.china_before}}))"
            rf"(?!{{national.not_after}}))"
            rf"|(?P<bodies>{rest_of(nation['bodies'])})(?!{{national.not_after}}))",
            __file__,
        )
        self.region = worded(
            r"(?:^|[从据由，。：\n]|{words.region_after})自治区(?:{level.region})", __file__
        )
        self.title_nation = worded(
            r"(?:(?<!次)(?:{national.title})|中国(?={national.china_before}))"
            r"(?!{national.not_after})",
            __file__,
        )
        self.nation_not_before = worded(r"(?:{national.not_before})$", __file__)
        words = either(w["head"]["words"])
        self.head_source = rf"(?:{words}|[\d\s.、\-—~年月日◆◇■□●○▲△※•·★☆“”()（）\[\]【】]|（[^（）]{{0,40}}）|[一二三四五六七八九十]是|第)*"
        self.head = regex(self.head_source)
        # What may come before the clause of the subject that opens a sentence: times, a speaker.
        self.opening = worded(
            rf"(?:(?:{self.head_source}|[^，。；]{{0,30}}(?:{{head.speaks}}))[，：])*", __file__
        )
        self.after = worded(r"(?:{subject.after})", __file__)
        self.not_after = worded(r"(?:{subject.not_after})", __file__)
        self.has = worded("{subject.has}", __file__)
        self.list_end = worded(r"(?:{subject.list_after})(?:{subject.list_kinds})|等省", __file__)
        # 甘肃省、市、县三级财政: a place and the levels below it.
        self.levels_below = worded(
            rf"(?:[、和][{KINDS}])+(?:[、两三（]|{{level.bodies}})", __file__
        )
        self.apart = regex(r"，?分别")
        self.together = worded(rf"[^{STOPS}、\d]{{0,12}}?(?:{{subject.list_together}})", __file__)
        self.goes_on = worded(r"[，；]\s*(?:{subject.goes_on}|{subject.again})", __file__)
        self.again = worded(r"(?:[^，。；]{1,16}，)?(?:{subject.again})", __file__)
        self.sited = worded(r"(?:{subject.sited})$", __file__)
        self.home = worded(r"(?:{subject.home})[^，。；]{0,4}(?:{subject.sited})$", __file__)
        self.of_school = worded(
            r"[^，。；]{0,20}?(?:{name.schools}|{words.universities})", __file__
        )
        self.body = worded(
            rf"(?!的)(?:第{CHINESE}{{1,3}}届)?{CHINESE}{{0,2}}?(?:{{body.after}})", __file__
        )
        self.moved = worded(rf"[^{STOPS}]{{0,4}}?(?:{{mentioned.moved}})", __file__)
        self.source_before = worded(r"(?:{body.source_before})$", __file__)
        self.learned = worded(r"[^，。；、]{2,24}(?:{body.learned})", __file__)
        self.part = worded(r"(?:{words.parts})[，：]?$", __file__)
        self.before: dict[str, re.Pattern[str]] = {
            role: regex(rf"(?:{either(words)})$")
            for role, words in mentioned.items()
            if not role.startswith("award") and role not in ("moved", "aids")
        }
        self.aids = worded("的?(?:{mentioned.aids})", __file__)
        self.aided = worded(rf"[^{STOPS}]{{1,12}}[{KINDS}]的?(?:{{mentioned.aids}})", __file__)
        self.award_after = worded(r"(?:{mentioned.award_after})", __file__)
        self.award_before = worded(r"(?:{mentioned.award_before})[^，。；]{0,12}$", __file__)
        self.labelled = worded(
            rf"(?:(?!中小学){CHINESE}){{0,8}}?(?:{{name.schools}})"
            rf"|(?:(?!{{name.label_verbs}}){CHINESE}){{0,14}}?(?:{{name.labels}}){CHINESE}{{0,6}}\d",
            __file__,
        )
        long = [word for word in name["institutions"] if len(word) > 1]
        short = [word for word in name["institutions"] if len(word) == 1]
        self.institution = worded(
            rf"(?:{{name.origins}})(?![数口均才民社员大事])|[^\W_a-zA-Z]{{0,8}}?(?:{either(long)})"
            rf"|[^\W_a-zA-Z]{{0,3}}?(?:{either(short)})",
            __file__,
        )
        self.company = worded(
            rf"(?:(?!{{name.acts}}){CHINESE}){{0,14}}?(?:{{name.companies}})", __file__
        )
        self.holding = tuple(name["held"])
        self.held = worded(r"[^\W_a-zA-Z]{0,8}?(?:{name.held})", __file__)
        self.press = worded(rf"{CHINESE}{{0,2}}?(?:{{name.press}})", __file__)
        self.dateline_before = worded(r"(?:{name.dateline_before})[^，。讯电]{0,2}$", __file__)
        self.dateline_after = worded(
            r"(?:\d{1,2}月)?(?:\d{1,2}日)?(?:{name.dateline_after})", __file__
        )
        self.stem = (
            tuple(name["stems_before"]),
            worded(r"(?:{name.stems_after})", __file__),
            worded(r"(?:{name.stems_topics})", __file__),
        )
        given = w["given"]
        self.given = worded(
            r"[拟共已]?(?:{words.given_adverbs})?(?:{given.verbs})[^，。；]{0,12}\d", __file__
        )
        self.given_to = tuple(given["preposition"])
        self.gives = worded(r"(?:{given.verbs})给?$", __file__)
        self.schools = tuple(name["schools"])
        self.numbered = worded("{name.numbered}", __file__)
        self.school = worded(r"[^\W_a-zA-Z]{0,4}?(?:{name.schools})", __file__)
        self.verbs = frozenset(w["verb"]["words"])
        self.built = frozenset(w["verb"]["built"])
        self.behind_verb = worded(r"(?:{verb.behind})$|\A$", __file__)
        self.reprint = worded("{reprint.words}", __file__)
        self.where = worded(r"(?:{where.words})\s*：\s*\S+", __file__)
        self.writer = worded(r"(?:{contributor.before})\s*：\s*$", __file__)
        # With a place that is not known behind its province: 江苏省某市网友.
        rest = rf"(?:{CHINESE}{{1,4}}?[{KINDS}])?"
        self.alone = regex(rf"{rest}(?:\s|$)")
        self.contributor = worded(rf"{rest}(?:{{contributor.after}})", __file__)


@cache
def patterns() -> Patterns:
    """The compiled vocabulary."""
    return Patterns()

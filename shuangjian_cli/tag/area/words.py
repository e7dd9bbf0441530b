"""The words by which a mention's role is told, compiled."""

from __future__ import annotations

import re
from functools import cache

from shuangjian_cli.data import load
from shuangjian_cli.patterns import CHINESE, either, regex, rest_of

STOPS = "，。；：！？\n"
"""What parts clauses."""
KINDS = "省市县区州盟旗团"
"""With what a full name ends."""


class Patterns:
    """The vocabulary, compiled."""

    def __init__(self) -> None:
        w = load(__file__)
        level, nation, subject, body = w["level"], w["national"], w["subject"], w["body"]
        mentioned, name = w["mentioned"], w["name"]
        self.levels: dict[str, str] = level["kinds"]
        kinds = either(level["kinds"])
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
        self.level = regex(
            rf"[{firsts}]{begins}(?:{rest_of(level['own'])}(?P<own_kind>{kinds})(?!{either(level['not_after'])})"
            rf"|{rest_of(level['all'])}{not_before}(?P<all_kind>{kinds})"
            rf"(?!{either(level['not_after'])})"
            rf"|(?<=(?P<body_kind>[{kinds_of_bodies}]))(?![场{kinds_of_bodies}])"
            rf"(?:（[{kinds_of_bodies}、]{{1,5}}）)?(?={either(level['bodies'])}"
            rf"|{CHINESE}{{2,6}}(?:{either(level['body_ends'])}))"
            rf"|(?<=(?P<acting_kind>[{level['acting']}]))(?={either(level['acts'])})"
            rf"(?<![{level['counts']}].)"
            rf"|(?:国(?<=我国)|(?:{rest_of(nation['words'])}|国(?<=中国)(?={either(nation['china_before'])}))"
            rf"(?!{either(nation['not_after'])}))"
            rf"|(?P<bodies>{rest_of(nation['bodies'])})(?!{either(nation['not_after'])}))"
        )
        self.region = regex(rf"(?:^|[从据由，。：\n]|日前|近日)自治区(?:{either(level['region'])})")
        self.title_nation = regex(
            rf"(?:(?<!次)(?:{either(nation['title'])})|中国(?={either(nation['china_before'])}))"
            rf"(?!{either(nation['not_after'])})"
        )
        self.nation_not_before = regex(rf"(?:{either(nation['not_before'])})$")
        words = either(w["head"]["words"])
        self.head_source = rf"(?:{words}|[\d\s.、\-—~年月日◆◇■□●○▲△※•·★☆“”()（）\[\]【】]|（[^（）]{{0,40}}）|[一二三四五六七八九十]是|第)*"
        self.head = regex(self.head_source)
        # What may come before the clause of the subject that opens a sentence: times, a speaker.
        self.opening = regex(
            rf"(?:(?:{self.head_source}|[^，。；]{{0,30}}(?:{either(w['head']['speaks'])}))[，：])*"
        )
        self.after = regex(rf"(?:{either(subject['after'])})")
        self.not_after = regex(rf"(?:{either(subject['not_after'])})")
        self.has = regex(either(subject["has"]))
        self.list_end = regex(
            rf"(?:{either(subject['list_after'])})(?:{either(subject['list_kinds'])})|等省"
        )
        # 甘肃省、市、县三级财政: a place and the levels below it.
        self.levels_below = regex(rf"(?:[、和][{KINDS}])+(?:[、两三（]|{either(level['bodies'])})")
        self.apart = regex(r"，?分别")
        self.together = regex(rf"[^{STOPS}、\d]{{0,12}}?(?:{either(subject['list_together'])})")
        again = either(subject["again"])
        self.goes_on = regex(rf"[，；]\s*(?:{either(subject['goes_on'])}|{again})")
        self.again = regex(rf"(?:[^，。；]{{1,16}}，)?(?:{again})")
        self.sited = regex(rf"(?:{either(subject['sited'])})$")
        home = either(subject["home"])
        self.home = regex(rf"(?:{home})[^，。；]{{0,4}}(?:{either(subject['sited'])})$")
        self.of_school = regex(rf"[^，。；]{{0,20}}?(?:{either(name['schools'])}|大学|学院)")
        self.body = regex(
            rf"(?!的)(?:第{CHINESE}{{1,3}}届)?{CHINESE}{{0,2}}?(?:{either(body['after'])})"
        )
        self.moved = regex(rf"[^{STOPS}]{{0,4}}?(?:{either(mentioned['moved'])})")
        self.source_before = regex(rf"(?:{either(body['source_before'])})$")
        self.learned = regex(rf"[^，。；、]{{2,24}}(?:{either(body['learned'])})")
        self.part = regex(r"(?:其中|例如|比如|譬如|如)[，：]?$")
        self.before: dict[str, re.Pattern[str]] = {
            role: regex(rf"(?:{either(words)})$")
            for role, words in mentioned.items()
            if not role.startswith("award") and role != "moved"
        }
        self.award_after = regex(rf"(?:{either(mentioned['award_after'])})")
        self.award_before = regex(rf"(?:{either(mentioned['award_before'])})[^，。；]{{0,12}}$")
        self.labelled = regex(
            rf"(?:(?!中小学){CHINESE}){{0,8}}?(?:{either(name['schools'])})"
            rf"|(?:(?!{either(name['label_verbs'])}){CHINESE}){{0,14}}?(?:{either(name['labels'])}){CHINESE}{{0,6}}\d"
        )
        long = [word for word in name["institutions"] if len(word) > 1]
        short = [word for word in name["institutions"] if len(word) == 1]
        self.institution = regex(
            rf"(?:{either(name['origins'])})(?![数口均才民社员大事])|[^\W_a-zA-Z]{{0,8}}?(?:{either(long)})"
            rf"|[^\W_a-zA-Z]{{0,3}}?(?:{either(short)})"
        )
        acts = either(name["acts"])
        self.company = regex(rf"(?:(?!{acts}){CHINESE}){{0,14}}?(?:{either(name['companies'])})")
        self.holding = tuple(name["held"])
        self.held = regex(rf"[^\W_a-zA-Z]{{0,8}}?(?:{either(name['held'])})")
        self.press = regex(rf"{CHINESE}{{0,2}}?(?:{either(name['press'])})")
        self.dateline_before = regex(rf"(?:{either(name['dateline_before'])})[^，。讯电]{{0,2}}$")
        self.dateline_after = regex(
            rf"(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?(?:{either(name['dateline_after'])})"
        )
        self.stem = (
            tuple(name["stems_before"]),
            regex(rf"(?:{either(name['stems_after'])})"),
            regex(rf"(?:{either(name['stems_topics'])})"),
        )
        given = w["given"]
        self.given = regex(
            rf"[拟共已]?(?:累计|先后|单独)?(?:{either(given['verbs'])})[^，。；]{{0,12}}\d"
        )
        self.given_to = tuple(given["preposition"])
        self.gives = regex(rf"(?:{either(given['verbs'])})给?$")
        self.schools = tuple(name["schools"])
        self.numbered = regex(either(name["numbered"]))
        self.school = regex(rf"[^\W_a-zA-Z]{{0,4}}?(?:{either(name['schools'])})")
        self.verbs = frozenset(w["verb"]["words"])
        self.built = frozenset(w["verb"]["built"])
        self.behind_verb = regex(rf"(?:{either(w['verb']['behind'])})$|\A$")
        self.reprint = regex(either(w["reprint"]["words"]))
        self.where = regex(rf"(?:{either(w['where']['words'])})\s*：\s*\S+")
        who = w["contributor"]
        self.writer = regex(rf"(?:{either(who['before'])})\s*：\s*$")
        # With a place that is not known behind its province: 江苏省某市网友.
        rest = rf"(?:{CHINESE}{{1,4}}?[{KINDS}])?"
        self.alone = regex(rf"{rest}(?:\s|$)")
        self.contributor = regex(rf"{rest}(?:{either(who['after'])})")


@cache
def patterns() -> Patterns:
    """The compiled vocabulary."""
    return Patterns()

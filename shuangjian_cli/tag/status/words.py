"""The words of `vocabulary.toml`, compiled once when first asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from shuangjian_cli.data import load
from shuangjian_cli.patterns import CLAUSE_STOPS, WordList, either, regex, rest_of


def _cue(words: Iterable[str], before: Iterable[str] = (), kind: str = "!") -> str:
    """Words whose first character is read already. They stand behind none of the words `before`
    (`kind` !), or behind one of them (`kind` =).

    The second character comes before what looks back at the first: where it does not stand, the
    rest is not tried.
    """
    found = []
    for word in sorted(words, key=len, reverse=True):
        looks = [f"(?<{kind}{re.escape(other + word)})" for other in before]
        look = f"(?:{'|'.join(looks)})" if looks and kind == "=" else "".join(looks)
        found.append(f"{re.escape(word[1:])}(?<={re.escape(word)}){look}")
    return f"(?:{'|'.join(found)})"


def _one_of(characters: Iterable[str]) -> str:
    return f"[{''.join(sorted(set(characters)))}]"


class Words:
    """Compiled patterns, named after the tables of the vocabulary."""

    def __init__(self) -> None:
        w = load(__file__)
        wish, demand, fact, rule = w["wish"], w["demand"], w["fact"], w["rule"]
        must, future = [demand["must"]], [wish["future"]]
        objects = either(wish["object_verbs"])
        moved = either(wish["moved"], wish["object_verbs"])
        verb = rf"(?={either(wish['verbs'])})(?![^{CLAUSE_STOPS}]{{0,24}}(?:{objects}))"
        own = rf"(?!{either(wish['not_future'])}|[^{CLAUSE_STOPS}]{{1,24}}(?:{moved}))"
        listed = (
            rf"(?=(?:{either(wish['made'])})[^{CLAUSE_STOPS}]{{1,24}}(?:{either(wish['listed'])})"
            rf"[^{CLAUSE_STOPS}]{{0,8}}(?:{either(wish['lists'])}))"
        )
        # 计划实施7年来: what was done since.
        since = rf"(?!(?:{either(wish['made'])}|启动)[^{CLAUSE_STOPS}]{{0,4}}来)"
        modal = rf"(?!{either(demand['not_after'])}|[\d一二三四五六七八九十百千])"
        wishes = [
            _cue((*wish["words"], *demand["words"])),
            _cue(wish["towards"], wish["schemes"]),
            _cue(wish["before_verb"]) + verb,
            _cue(wish["counted"]) + r"(?=[约近超逾]?\d)",
            _cue(wish["plan"], wish["plan_after"], "=")
            + rf"(?:20\d\d年(?:度|内|底前)?)?{since}"
            + verb,
            _cue(future, CLAUSE_STOPS + "、将") + f"(?:{listed}|{own})",
            _cue(wish["undertaken"])
            + rf"(?=[^{CLAUSE_STOPS}\d]{{0,16}}(?:{either(wish['made'])}))",
            _cue(demand["ensure"], demand["ensure_not_before"]) + "(?!了)",
            _cue(must, demand["not_before"]) + modal,
            _cue(demand["verb"], demand["verb_not_before"])
            + rf"(?={either(demand['verb_after'])})",
        ]
        facts = [_cue(fact["words"]) + f"(?!{either(fact['not_after'])})", _cue(fact["done"])]
        lists = [
            *(
                wish[name]
                for name in ("words", "towards", "before_verb", "counted", "plan", "undertaken")
            ),
            *(demand[name] for name in ("words", "ensure", "verb")),
            *(fact[name] for name in ("words", "done")),
            must,
        ]
        # A set of first characters lets the search skip over all others, one of second
        # characters leaves most of what is left untried.
        known = [word for words in lists for word in words]
        heads = _one_of(word[0] for word in known)
        seconds = _one_of(word[1] for word in known if len(word) > 1)
        alone = _one_of(word for word in known if len(word) == 1)
        self.cue = regex(
            f"{heads}(?:(?={seconds})|(?<={alone}))"
            f"(?:(?P<wish>{'|'.join(wishes)})|(?P<fact>{'|'.join(facts)}))"
        )
        self.weak = frozenset(wish["weak"])
        self.firm = WordList(wish["firm"])
        onward = either(wish["onward"], (verb for verb in wish["verbs"] if len(verb) > 1))
        self.carries_on = regex(rf"其中|(?:{either(wish['beside'])})?(?:{onward})(?!有)")
        self.ensure = frozenset(demand["ensure"])
        self.within_year = frozenset(wish["within_year"])
        self.limit = regex(
            rf"(?:{either(rule['before'])})(?:[^\d{CLAUSE_STOPS}、]{{0,6}}[\d.,]+[^\d{CLAUSE_STOPS}]{{1,8}}[、和])*"
            rf"[^{CLAUSE_STOPS}、]{{0,6}}$"
        )
        self.fitting = regex(rf"[^{CLAUSE_STOPS}]{{0,4}}(?:{either(rule['after'])})")
        self.kept = regex(either(rule["kept"]))
        self.setting = regex(either(rule["setting"]))
        self.fee, self.aid = regex(either(w["fee"]["words"])), regex(either(w["fee"]["aid"]))
        goal = w["goal"]
        bounds = (*rule["before"], *rule["after"], *goal["words"])
        heads = "".join(sorted({word[0] for word in bounds}))
        self.bounds = regex(f"[{heads}]{rest_of(bounds)}")
        self.goal = regex(
            rf"(?:[、和及]\d[\d.]*[^\d{CLAUSE_STOPS}]{{1,2}})*(?:(?<=%)(?:[、，][^{CLAUSE_STOPS}、\d“高低超]{{0,20}}(?:20\d\d年底?)?"
            rf"达到\d[\d.]*%)+)?(?:左右|以上|以内|以下)?”?(?:的(?:{either(goal['kinds'])})?(?:{either(goal['words'])})"
            rf"|(?:{either(goal['bare'])})(?!值|人群))"
        )
        begun = w["begun"]
        self.begun = regex(
            rf"[^{CLAUSE_STOPS}、\d]{{0,12}}[，；](?:{either(begun['said'])})[^{CLAUSE_STOPS}\d]{{0,6}}"
            rf"(?:{either(begun['done'])})[^{CLAUSE_STOPS}\d]{{0,10}}(\d+)([^\d{CLAUSE_STOPS}])"
        )
        self.built = regex(rf"(?:{either(begun['built'])})[^{CLAUSE_STOPS}\d]{{0,12}}$")
        self.progress = regex(rf"(?:{either(goal['progress'])})$")
        ahead = w["ahead"]
        scheme = "".join(f"(?<!{each})" for each in wish["schemes"])
        self.ahead = regex(
            rf"(?:{either(ahead['words'])})(?!一段|投资|学校|之星|工匠)"
            rf"|{scheme}(?:{either(wish['plan'])})(?=再?(?:{either(wish['made'])})){since}"
        )
        self.opens_year = regex(
            rf"20\d\d年[^{CLAUSE_STOPS}\d]{{0,6}}，(?=[^{CLAUSE_STOPS}]{{0,12}}将)"
        )
        self.aim = regex(rf"\s*[—\-]{{1,2}} ?(?:{either(ahead['aims'])})更")
        title, document = w["plan_title"], w["plan_document"]
        self.plan = regex(
            rf"(?:{either(title['words'])})"
            rf"|(?:{either(title['ends'])})(?=$|[（(：:、；。 ]|[和及与暨](?!家|社))"
        )
        self.entered = regex(r"(?:纳入|列入|写入|编入|写进)(?:了|到)?")
        self.proposal = regex(r"关于.{1,80}的(?:建议|提案|议案)")
        self.work = regex(either(title["work"]))
        review = w["review_title"]
        self.review = regex(
            rf"^(?![^，、：]{{0,4}}(?:{either(review['not_after'])})).*?"
            rf"(?:{either(review['words'])})(?:汇编|选登|集锦)?(?=$|[（(：:，、；。”》 —\-]|[和及与暨](?!家|社))"
        )
        self.budget = regex(rf"预算(?!.*(?:{either(title['carried_out'])}))")
        self.plan_document = regex(
            rf"(?:{either(document['ends'])})(?:（[^）]{{0,20}}）|[（(【“\[][^）)】”\]]{{0,20}}[）)】”\]])*$"
        )
        calls, calling = either(document["calls"]), either(document["calling"])
        self.call = regex(rf"(?:{calls})[^，。；]{{0,12}}(?:{calling})(?:（[^）]{{0,20}}）)?$")
        self.calls = regex(
            rf"(?:{either(document['resolves'])})[^。；]{{0,24}}(?:{calls})[^。；]{{0,40}}[，。]?[^。；]{{0,16}}"
            rf"(?:{calling}|通知)如下"
        )
        self.reached = regex(either(document["reached"]))
        self.out = regex(either(w["handed"]["out"]))
        self.handed = regex(rf"(?:{either(w['handed']['out'])})[^{CLAUSE_STOPS}]{{0,40}}$")
        self.told = regex(
            rf"(?:(20\d\d)年[^。；，《》]{{0,24}}(?:{either(document['told'])})"
            rf"|今年的?《?(?:{either(document['said_this_year'])})》?)[^。；]{{0,8}}?，?"
            rf"(?:{either(document['tells'])})"
        )
        question = w["question"]
        self.speaker = regex(rf"[^：，。]{{0,24}}(?:{either(question['speakers'])})：")
        self.asked = regex(either(question["ahead"]))
        self.proposes = regex(rf"(?:{either(document['tells'])})$")
        self.horizon = regex(r"到(?<![年\d]到)(20\d\d)年")  # not 2012年到2021年
        # 以“…更要吃得安全”为宗旨; the whole of a share (占年度计划投资的|75%)
        self.unsaid = regex(
            rf"“[^”\d]{{0,60}}”|占[^{CLAUSE_STOPS}\d]{{0,24}}的(?=[约近超]?(?:\d[\d.]*%|.成|.分之))"
        )
        over = w["over"]
        self.over = regex(
            rf"[，；](?:{either(over['all'])})[^{CLAUSE_STOPS}\d]{{0,6}}(?:{either(over['done'])})"
        )
        self.actor = regex(rf"[^{CLAUSE_STOPS}、\d]{{1,14}}")
        self.later = regex(
            rf"(?<![到至—\-\d])(20\d\d)年(?![^{CLAUSE_STOPS}]{{0,8}}(?:{either(w['later']['not_before'])}))"
        )
        self.exact = regex(r"\d\.\d\d|累计(?:达|完成|建成|有|实现)")
        self.year = regex(r"(20\d\d)年")
        self.quoted = regex(r"《[^》]{0,80}》|“[^”]{0,80}”")


@cache
def words() -> Words:
    """The compiled vocabulary."""
    return Words()

"""The words of `vocabulary.toml`, compiled once when first asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from shuangjian_cli.data import load
from shuangjian_cli.patterns import CLAUSE_STOPS, WordList, either, regex, rest_of, worded


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
        self.carries_on = worded(rf"其中|(?:{{wish.beside}})?(?:{onward})(?!有)", __file__)
        self.ensure = frozenset(demand["ensure"])
        self.within_year = frozenset(wish["within_year"])
        self.limit = worded(
            rf"(?:{{rule.before}})(?:[^\d{CLAUSE_STOPS}、]{{0,6}}[\d.,]+[^\d{CLAUSE_STOPS}]{{1,8}}[、和])*"
            rf"[^{CLAUSE_STOPS}、]{{0,6}}$",
            __file__,
        )
        self.fitting = worded(rf"[^{CLAUSE_STOPS}]{{0,4}}(?:{{rule.after}})", __file__)
        self.kept = worded("{rule.kept}", __file__)
        self.setting = worded("{rule.setting}", __file__)
        self.fee, self.aid = worded("{fee.words}", __file__), worded("{fee.aid}", __file__)
        goal = w["goal"]
        bounds = (*rule["before"], *rule["after"], *goal["words"])
        heads = "".join(sorted({word[0] for word in bounds}))
        self.bounds = regex(f"[{heads}]{rest_of(bounds)}")
        self.goal = worded(
            rf"(?:[、和及]\d[\d.]*[^\d{CLAUSE_STOPS}]{{1,2}})*(?:(?<=%)(?:[、，][^{CLAUSE_STOPS}、\d“高低超]{{0,20}}(?:20\d\d年底?)?"
            rf"达到\d[\d.]*%)+)?(?:{{common.about}})?”?(?:的(?:{{goal.kinds}})?(?:{{goal.words}})"
            rf"|(?:{{goal.bare}})(?!值|人群))",
            __file__,
        )
        self.begun = worded(
            rf"[^{CLAUSE_STOPS}、\d]{{0,12}}[，；](?:{{begun.said}})[^{CLAUSE_STOPS}\d]{{0,6}}"
            rf"(?:{{begun.done}})[^{CLAUSE_STOPS}\d]{{0,10}}(\d+)([^\d{CLAUSE_STOPS}])",
            __file__,
        )
        self.built = worded(rf"(?:{{begun.built}})[^{CLAUSE_STOPS}\d]{{0,12}}$", __file__)
        self.progress = worded(r"(?:{goal.progress})$", __file__)
        scheme = "".join(f"(?<!{each})" for each in wish["schemes"])
        self.ahead = worded(
            rf"(?:{{ahead.words}})(?!{{ahead.not_after}})"
            rf"|{scheme}(?:{{wish.plan}})(?=再?(?:{{wish.made}})){since}",
            __file__,
        )
        self.opens_year = regex(
            rf"20\d\d年[^{CLAUSE_STOPS}\d]{{0,6}}，(?=[^{CLAUSE_STOPS}]{{0,12}}将)"
        )
        self.aim = worded(r"\s*[—\-]{1,2} ?(?:{ahead.aims})更", __file__)
        self.plan = worded(
            r"(?:{plan_title.words})"
            r"|(?:{plan_title.ends})(?=$|[（(：:、；。 ]|[和及与暨](?!家|社))",
            __file__,
        )
        self.entered = worded(r"(?:{around.entered})(?:了|到)?", __file__)
        self.proposal = worded(r"关于.{1,80}的(?:{around.proposals})", __file__)
        self.work = worded("{plan_title.work}", __file__)
        self.review = worded(
            r"^(?![^，、：]{0,4}(?:{review_title.not_after})).*?"
            r"(?:{review_title.words})(?:{around.collections})?(?=$|[（(：:，、；。”》 —\-]|[和及与暨](?!家|社))",
            __file__,
        )
        self.budget = worded(r"预算(?!.*(?:{plan_title.carried_out}))", __file__)
        self.plan_document = worded(
            r"(?:{plan_document.ends})(?:（[^）]{0,20}）|[（(【“\[][^）)】”\]]{0,20}[）)】”\]])*$",
            __file__,
        )
        self.call = worded(
            r"(?:{plan_document.calls})[^，。；]{0,12}(?:{plan_document.calling})(?:（[^）]{0,20}）)?$",
            __file__,
        )
        self.calls = worded(
            r"(?:{plan_document.resolves})[^。；]{0,24}(?:{plan_document.calls})[^。；]{0,40}[，。]?[^。；]{0,16}"
            r"(?:{plan_document.calling}|通知)如下",
            __file__,
        )
        self.reached = worded("{plan_document.reached}", __file__)
        self.out = worded("{handed.out}", __file__)
        self.handed = worded(rf"(?:{{handed.out}})[^{CLAUSE_STOPS}]{{0,40}}$", __file__)
        self.told = worded(
            r"(?:(20\d\d)年[^。；，《》]{0,24}(?:{plan_document.told})"
            r"|今年的?《?(?:{plan_document.said_this_year})》?)[^。；]{0,8}?，?"
            r"(?:{plan_document.tells})",
            __file__,
        )
        self.speaker = worded(r"[^：，。]{0,24}(?:{question.speakers})：", __file__)
        self.asked = worded("{question.ahead}", __file__)
        self.proposes = worded(r"(?:{plan_document.tells})$", __file__)
        self.horizon = regex(r"到(?<![年\d]到)(20\d\d)年")  # not 2012年到2021年
        # 以“…更要吃得安全”为宗旨; the whole of a share (占年度计划投资的|75%)
        self.unsaid = regex(
            rf"“[^”\d]{{0,60}}”|占[^{CLAUSE_STOPS}\d]{{0,24}}的(?=[约近超]?(?:\d[\d.]*%|.成|.分之))"
        )
        self.over = worded(
            rf"[，；](?:{{over.all}})[^{CLAUSE_STOPS}\d]{{0,6}}(?:{{over.done}})", __file__
        )
        between = f"[^{CLAUSE_STOPS}、\\d]"
        self.behind = worded(
            rf"{between}{{1,14}}将|{between}{{0,14}}?(?:{{wish.behind}})", __file__
        )
        self.later = worded(
            rf"(?<![到至—\-\d])(20\d\d)年(?![^{CLAUSE_STOPS}]{{0,8}}(?:{{later.not_before}}))",
            __file__,
        )
        self.exact = worded(r"\d\.\d\d|累计(?:{around.exact})", __file__)
        self.year = regex(r"(20\d\d)年")
        self.quoted = regex(r"《[^》]{0,80}》|“[^”]{0,80}”")


@cache
def words() -> Words:
    """The compiled vocabulary."""
    return Words()

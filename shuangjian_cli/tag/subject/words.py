"""The vocabulary of subjects as compiled patterns."""

from __future__ import annotations

import re
from functools import cache

from shuangjian_cli.tag.vocabulary import alternation, load

_YEAR = r"(?:(?:19|20)\d\d|[今去本当前同上次明后每])年度?"
_PART = (
    r"(?:\d{1,2}月(?:\d{1,2}日|份|底|末|初)?|底|末|初|年底|上半年|下半年|[春秋]季?(?:学期)?|"
    r"第?[一二三四]季度|全年)"
)
_TIME = (
    rf"(?:{_YEAR}(?:\s?[—\-至到~]\s?(?:{_YEAR})?)?{_PART}?(?:[—\-至到]\d{{1,2}}月)?"
    r"|\d{1,2}月(?:份|底|末|\d{1,2}日)?(?:\s?[—\-至到~]\s?\d{1,2}月)?|\d{1,2}[—\-]\d{1,2}月|[上下]半年|本学期|上学期|新学期|年末|年底|目前|日前|当前|期末|同期"
    r"|近年来?|近[一二三两四五六七八九十\d]{1,2}年来?|过去[一二三两四五六七八九十\d]{1,2}年|这?[一二三两四五六七八九十]{1,2}年(?:来|间|多来|以来|共|累计)|这[一二三五]年|过去一年|[一二三两四五六七八九十]年间?(?=共|累计|免)|连续[一二三两四五六七八九十\d]{1,2}年"
    r"|近期|前[两二三]季度|“?十?[一二三四五]五”?(?:时期|期间|以来|末)?(?:前[一二三四]年)?|“双减”(?:政策)?(?:实施|启动|以来)+[^，]{0,6}?(?:以来|来))"
    r"(?:以来|来|起|开始|期间|末|底|初|为止|止|，|、|\s|累计|间)*"
)
TIME = rf"(?:截至|截止到?|到|自|从|在|于|每)?{_TIME}"


class Words:
    """Patterns over the vocabulary; each is anchored by its use (match, or `$` in itself)."""

    def __init__(self) -> None:
        data = load(__package__, "vocabulary.toml")
        verbs, lead, tail = data["verbs"], data["lead"], data["tail"]
        change, parts = data["change"], data["parts"]
        one_verb = alternation(verbs["light"] + " " + verbs["kept"])
        plain = " ".join(
            w for w in lead["words"].split() if w not in lead["before_verb"].split()
        )
        guard = "比重|总量|时间|时长|用时|达标|意见|方案|细则|办法|计划书|奖|率|度(?!假)|量|额|值|性|者|力(?!度)|费|比例|占比|强度|水平|规模|用地|周期|年限|门槛|情况|数(?!字|学)|项目|单位|期"
        self.lead = re.compile(
            rf"(?:[、\s”’）—]+|[一二三四五六七八九十]{{1,2}}(?:是|要)|义务教育阶段(?=学科类)|{TIME}|(?!{alternation(lead['protected'])})"
            rf"(?:{alternation(plain)}|(?:{alternation(lead['before_verb'])})(?={one_verb})"
            rf"|(?:{alternation(lead['place'])})(?!级|属|性)))"
        )
        self.light = re.compile(rf"(?:{alternation(verbs['light'])})(?:了|出(?![台版口])|好|起)?(?!{guard})(?=.{{2}})")
        self.light_all = re.compile(rf"(?:{alternation(verbs['light'])})(?:了|出|好)?$")
        self.strong = re.compile(rf"(?:{alternation(verbs['strong'])})(?:了)?(?!{guard}|的|中(?![小学职央国部心华高层医文等])|工作|完成)(?=.{{2}})")
        self.kept = re.compile(alternation(verbs["kept"]))
        self.kept_end = re.compile(rf"(?:{alternation(verbs['kept'])})$")
        self.verb = re.compile(one_verb)
        self.only_verbs = re.compile(rf"(?:(?:{one_verb})[、和及]?)+$")
        self.cut = re.compile(alternation(verbs["cut"]))
        self.attributive = re.compile(alternation(verbs["attributive"]))
        self.purpose = re.compile(alternation(verbs["purpose"]))
        self.tail = re.compile(rf"(?:{alternation(tail['words'])})$")
        self.tail_protected = re.compile(rf"(?:{alternation(tail['protected'])})$")
        self.time_end = re.compile(rf"(?:由|从|自|在|于|截至|截止到?)?{_TIME}的?$")
        self.change = re.compile(
            rf"(?P<noun>{alternation(change['noun'])})$|(?P<up>{alternation(change['up'])})了?$|(?P<down>{alternation(change['down'])})了?$"
        )
        self.gap = re.compile(
            rf"(?:(?P<up>{alternation(change['above'])})|(?P<down>{alternation(change['below'])}))[^，。；、\d]{{1,14}}$"
        )
        self.compare = re.compile(
            r"(?:同比|环比|(?:分别|均|都)?(?:[比较]|(?<!参)与)(?=上|去年|前|同期|[12]\d{3}|起步|政策|“|全[国省市县]|年度|年初|往年|启动|试点|改革|双减|标准|预期|计划|十|一|三|五|2|国家)).*$"
        )
        verbs_of_motion = (
            "增加|增长|增|扩大|扩充|扩展|扩|拓展|提高|提升|提|上升|升|跃升|跃|攀升|发展|壮大|恢复|回升|延长|"
            "缩短|缩小|缩减|压缩|压减|压降|减少|减|下降|降低|降|回落|控减|精简|整合|优化|调整|撤并|变|改|转|压"
        )
        self.moved_end = re.compile(rf"(?:{verbs_of_motion})了?[到至为成]$")
        self.moving = re.compile(
            r"(?:平均|累计|净)?(?:(?P<up>增加|提高|提升|扩大|延长)|(?P<down>压减|减少|降低|压缩|削减|缩减|缩短|精简))(?=[^率到至的].)"
        )
        self.inner = re.compile(alternation(verbs["inner"]))
        self.outcome = frozenset(verbs["outcome"].split())
        self.kept_start = re.compile(rf"(?:(?:{alternation(verbs['kept'])})[、和]?)+")
        self.predicated = re.compile(alternation(verbs["predicated"]))
        self.no_cut = re.compile("教育|午餐|师范|营养|政策|的|率|类|型|区|者|意见|方案|细则|办法|计划|主体|课程|中心|平台|基地|项目|活动室|机构")
        self.for_what = re.compile("专项用于|重点用于|主要用于|用于|支持|以|为")
        self.tied = re.compile("(?:惠及|帮扶|覆盖|带动|服务|吸引|受益)$")
        self.moved = re.compile(
            r"(?:左右|以上|以下|以内)?(?:的)?[增减提升降压缩扩拓跃发调恢回延上下壮]\S{0,3}[到至为](?!位)"
        )
        self.cut_end = re.compile(rf"(?:{alternation(verbs['cut_end'])})$")
        self.rank = re.compile(rf"(?:{alternation(data['rank']['words'])})$")
        self.kind = re.compile(alternation(parts["kinds"]))
        self.kinds = frozenset(parts["kinds"].split())
        self.head_end = re.compile(rf"(?:{alternation(parts['heads'])})$")
        self.head = re.compile(alternation(parts["heads"]))
        self.bare = frozenset(parts["bare"].split())
        self.topics = re.compile(alternation(parts["topics"]))
        self.event = re.compile(
            rf"在?(?:第?[\d一二三四五六七八九十]+届)?([^，。；在]{{2,24}}?(?:{alternation(parts['events'])}))(?:评选|活动)?(?:中|上|里)"
        )
        self.prize = re.compile(alternation(parts["prizes"]))


@cache
def words() -> Words:
    """The vocabulary, compiled once."""
    return Words()

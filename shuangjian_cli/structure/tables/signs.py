"""What the words of a head are, told from their form."""

from __future__ import annotations

from shuangjian_cli.patterns import regex, worded

HAN = regex(r"[\u4e00-\u9fff]")
BRACKETED = regex(r"（[^（）]{0,10}）")
UNIT = regex(
    r"（[^（）]{0,10}）|[百千万亿]*[人所个名元项件次册间台套班位家户]|%|[百千]?[万亿][人元名]|平方米|万平方米|百分点|个百分点"
)
"""A unit alone."""
MEASURED = regex(
    r"[（(](?!总计|合计|小计|续|第|\d|[一二三四五六七八九十上中下][）)])(?:[十百千万亿]*[^（()）：]{1,4})?[）)]$"
)
"""A name and its unit."""
TOTAL = regex(r"(?:合|总|小)? ?计|总数")
PART = regex(r"[#＃]|其 ?中")
WHOLE = regex(r"[校学园计数级中人生师班所额率比重]$")
"""How a name ends that nothing below goes on with."""
SEVERAL = regex(r"代[办收管购]|其[他它余](?!中)|各[项类种]|服务性")
"""How the name of several things together begins: 代办费 over 课本费 | 作业本费."""
CAPTION = worded(
    r"(?:计量)?单 ?位 ?[：:]|（?(?:19|20)\d\d年?(?:[-—–~至](?:19|20)?\d\d年?)?(?:度|学年|底|末)?）?$|^（[^（）]*）$"
    r"|^(?:{signs.numbered}) ?\d|^\d+[-—.．]\d+|^(?!其 ?中)[^：]{2,8}：.+|来源：|(?:{signs.issued})(?:{signs.dates})|续 ?表"
    r"|^Continued|^（ ?(?:in )?\w+ ?）$",
    __file__,
)
"""A unit, year, number or issuer that stands over a table."""
KEYED = regex(r"(?!其 ?中)[^：（）]{2,8}：.")
"""How a line above a table begins that tells of it: 来源：, 发布日期：."""
TITLE = worded(r"(?:{signs.titles})(?:（[^（）]*）)?$", __file__)
"""How a title ends that names a document or what a table shows."""
DATED = regex(r"(?:19|20)\d\d年")
"""How a title may begin: 2023年各类学校招生及其增长速度, beside other years a head."""
TITLE_LEAST = 7
"""How many characters a title has at least that nothing but its last word tells from a head."""
STUB = worded(
    r"(?:项|指|地|类|年|单|学|县|市|区|名|镇|省|科|序)? *(?:目|标|区|别|份|度|位|段|型|称|市|街|次|号|年|校)(?:名称|（[^）]*）)?"
    r"|(?:{signs.stub_things})(?!数).{0,4}|{signs.stubs}|[市区县州（）、]+"
    r"|.{0,4}(?:{signs.codes})",
    __file__,
)
"""What heads the heads of rows."""
UNIT_HEADS = ("单位", "计量单位", "（单位）")
"""What heads the column of each row's unit."""
BARE_UNIT = regex(
    r"[百千万亿]*(?:人次|[人所个名元项件次册间台套班位家户年]|平方米)|[%％‰]|个?百分点"
)
"""A unit alone, without brackets."""
INSTITUTIONS = regex(r"(?:校|园|院|所|机构)(?:总|个)? *数(?:（[^（）]*）)?$")
"""A name of how many institutions there are."""
REMARK = regex(r"备 *注|说 *明|附 *注|注")
"""What heads a column of remarks, which may hold none."""

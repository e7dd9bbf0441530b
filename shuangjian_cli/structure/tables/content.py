"""What a cell holds, told from its folded words alone."""

from __future__ import annotations

from shuangjian_cli.patterns import regex

NUMBER, BLANK, YEAR, TEXT, PROSE = "n", "b", "y", "t", "p"
"""What a cell holds: letters, so that a row's cells are told by one word."""
MISSING = "m"
"""No cell: what a row that is too short lacks, somewhere."""

_BLANK = regex(r"[-—–_－…·/\\.．*×xX○◯ ]{0,6}|\[…\]|NaN|#N/A|#DIV/0!")
_FOOTNOTE = r"(?: ?(?:[①-⑳*]|[（\[]\d[）\]]|[¹²³⁴⁵]))*"
_DIGITS = r"\d{1,3}(?:[,， ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
_SCALE = r"(?:[十百千]?万亿|[十百千]?[万亿]|[千百](?=[余多]|$))?"
_BOUND = r"(?:最[高低多少])?(?:[≥≤><=~≈＞＜±约近超逾达]|不低于|不少于|不足|不超过|超过|突破|大于|小于|高于|低于|至少|达到|控制在|大于等于|小于等于)?"
_UNIT = r"[^\d，。；：、（）|]{0,5}"
_AFTER = r"(?:[余多]?" + _UNIT + r"(?:以上|以下|以内|左右|及以上)?)"
_RANGE = rf"(?: ?[-—–~～至:：∶] ?(?:{_DIGITS}){_SCALE}{_AFTER})?"
_NUMBER = regex(
    rf"[（\[]?{_BOUND} ?[-+]?(?:{_DIGITS}){_SCALE}{_AFTER}{_RANGE}[）\]]?(?:（[^（）]{{0,8}}）)?{_FOOTNOTE}"
)
HAN_NUMBER = regex(
    r"(?:[零〇一二两三四五六七八九十百千万亿]{2,}|[一二两三四五六七八九十百千](?=[多余]?[人名所个门次元万亿套册台间班]))[多余]?"
    r"(?:[万亿]?[人名所个门次元套册台间班])?"
)
"""A number in words that fills its cell, of more than one character or with a unit."""
_YEAR = regex(
    r"[（(]?(?:19|20)\d\d ?(?:年(?:度|底|末|[上下]半年|[春秋]季(?:学期)?)?|[-—–~～/至](?:19|20)?\d\d(?:学年度?|年度?)?|学年度?)?[）)]?"
)
_MEASURED = r"\d[\d.,]*[余多]?(?:[万亿]?(?:个班|人次|平方米|[人名个所间册台套座栋班门元亩件本家项辆张])|[%㎡])"
_SEVERAL = regex(rf"{_MEASURED}(?:[，、；] ?{_MEASURED})+|(?:{_DIGITS}|{_MEASURED}) \d[\d.]*%")
"""Several values in one cell, each with its unit: 102人，39册; 178 94.1%."""
_CODE = regex(
    r"\d{4}[-./年]\d{1,2}[-./月](?:\d{1,2}日?)?|\d{4}年\d{1,2}月.*|\d{1,2}月(?:\d{1,2}日)?|0\d{2,3}[-—]?\d{7,8}"
    r"|1[3-9]\d{9}|\d{12,}|\d{1,2}:\d{2}(?:-\d{1,2}:\d{2})?|0\d+"
    r"|(?:\d{1,3}\.){2,}\d{1,3}|\d+、.*|\d{1,2}[.．](?!\d).*"
)
_DATED = regex(r"(?:19|20)\d\d年[^\d]{1,8}")
_RATIO = regex(
    r"(?:1[:：∶] ?\d+(?:\.\d+)?|\d+(?:\.\d+)?[:：∶] ?1)(?: ?[-—–~～至] ?(?:1[:：∶] ?\d+(?:\.\d+)?|\d+(?:\.\d+)?[:：∶] ?1))?"
)
_NUMERAL = regex(r"[\d零〇一二两三四五六七八九十百千万亿岁]")
"""What every number, year, code and age holds."""
_AGE = regex(r".*岁.*")
_STOP = regex(r"[。！？；]")
_CLAUSES = regex(r"[，。；！？]")
_LONG = 11
"""From how many digits on a number may be a code."""
PROSE_LENGTH = 60
"""From how many characters on words with stops are sentences."""


def kind(words: str) -> str:
    """The kind of a cell's folded words: number, blank, year, text, or prose (sentences)."""
    if words.isdecimal() and _is_count(words):
        return NUMBER
    if not words or (len(words) <= 7 and _BLANK.fullmatch(words)):
        return BLANK
    if len(words) <= 30 and _NUMERAL.search(words):
        if _YEAR.fullmatch(words) or _DATED.fullmatch(words):
            return YEAR
        if _RATIO.fullmatch(words):
            return NUMBER
        if _CODE.fullmatch(words) or _AGE.match(words):
            return TEXT
        if _NUMBER.fullmatch(words) or HAN_NUMBER.fullmatch(words) or _SEVERAL.fullmatch(words):
            return NUMBER
    if len(words) > PROSE_LENGTH and _CLAUSES.search(words):
        return PROSE
    return PROSE if len(words) > 20 and _STOP.search(words) else TEXT


def _is_count(digits: str) -> bool:
    """Whether digits alone can be no year and no code, as those of most cells."""
    size = len(digits)
    return (
        size < _LONG and (digits[0] != "0" or size == 1) and not (size == 4 and digits[0] in "12")
    )


_FIRST = regex(rf"{_DIGITS}")


def number(words: str) -> tuple[float, int] | None:
    """How large the first number of a cell is, and how many decimals it has."""
    found = _FIRST.search(words)
    if found is None:
        return None
    digits = found.group().replace(",", "").replace("，", "").replace(" ", "")
    return float(digits), len(digits.partition(".")[2])

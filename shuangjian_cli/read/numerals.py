"""Numbers in the forms of Word's lists."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def numeral(number: int, form: str) -> str:
    """A number in a form of ST_NumberFormat; in Arabic digits where the form is unknown or does
    not go so far."""
    spell = _FORMS.get(form, str)
    return spell(number) or str(number)


def _counting(digits: str, ten: str, *, short: bool) -> Callable[[int], str]:
    """Numbers below 100 in words; `short` leaves out the one of 11 to 19 (十一)."""

    def spell(number: int) -> str:
        tens, ones = divmod(number, 10)
        if not 0 <= number < 100:
            return ""
        head = "" if not tens else ten if short and tens == 1 else digits[tens] + ten
        return head + (digits[ones] if ones or not tens else "")

    return spell


def _digitwise(digits: str) -> Callable[[int], str]:
    return lambda number: str(number).translate(str.maketrans("0123456789", digits))


def _series(members: str) -> Callable[[int], str]:
    """The members of a series of signs, of which there is one for each number from 1 on."""
    return lambda number: members[number - 1] if 1 <= number <= len(members) else ""


def _letter(number: int) -> str:
    """a to z, then aa, bb, …, as Word goes on."""
    return chr(0x61 + (number - 1) % 26) * ((number + 25) // 26) if 1 <= number <= 780 else ""


def _roman(number: int) -> str:
    out = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        out += sign * min(count, 9)
    return out


def _signs(first: int, count: int) -> Callable[[int], str]:
    return _series("".join(map(chr, range(first, first + count))))


_CHINESE = _counting(_DIGITS, "十", short=True)
_CIRCLED = _signs(0x2460, 20)
_FORMS: dict[str, Callable[[int], str]] = {
    "chineseCounting": _CHINESE,
    "chineseCountingThousand": _CHINESE,
    "japaneseCounting": _CHINESE,
    "taiwaneseCounting": _CHINESE,
    "taiwaneseCountingThousand": _CHINESE,
    "chineseLegalSimplified": _counting(_LEGAL, "拾", short=False),
    "ideographLegalTraditional": _counting(_LEGAL_TRADITIONAL, "拾", short=False),
    "ideographDigital": _digitwise(_DIGITS),
    "japaneseDigitalTenThousand": _digitwise(_DIGITS),
    "taiwaneseDigital": _digitwise(_DIGITS),
    "ideographTraditional": _series(_STEMS),
    "ideographZodiac": _series(_BRANCHES),
    "decimalZero": "{:02}".format,
    "decimalFullWidth": _digitwise("０１２３４５６７８９"),
    "decimalFullWidth2": _digitwise("０１２３４５６７８９"),
    "decimalEnclosedCircle": _CIRCLED,
    "decimalEnclosedCircleChinese": _CIRCLED,
    "decimalEnclosedParen": _signs(0x2474, 20),
    "decimalEnclosedFullstop": _signs(0x2488, 20),
    "ideographEnclosedCircle": _signs(0x3280, 10),
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
}

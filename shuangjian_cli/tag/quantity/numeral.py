"""Reads numerals, Arabic and Chinese, to exact decimals.

Chinese numerals follow the usual grammar (二百六十四, 一万五千, 九十八点五, 两千三); a run of plain
digits is read digit by digit (二〇二二). Two neighbouring digits before a magnitude are a range
(三四千 is 3000 to 4000, 十五六 15 to 16).
"""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

HAN = "零〇○一二三四五六七八九十百千万亿两廿卅"
"""The characters of Chinese numerals."""
FORMAL = "壹贰叁肆伍陆柒捌玖拾佰仟"
"""Those of cheques and contracts, beside 零, 万 and 亿."""
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_INFORMAL = str.maketrans(FORMAL, "一二三四五六七八九十百千")
_TENS = {"廿": "二十", "卅": "三十"}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
LONGEST, LONGEST_WORDS = 20, 40
"""How many characters a numeral may have, in digits and in words; longer ones are codes."""
MAGNITUDES = {"十": 10, "百": 10**2, "千": 10**3, "万": 10**4, "亿": 10**8}


def arabic(word: str) -> Decimal:
    """An Arabic numeral, thousands set apart by commas or spaces."""
    return Decimal(word.replace(",", "").replace(" ", ""))


def magnitude(word: str) -> int:
    """The factor of 万, 亿, 百万, 万亿, …; 1 for the empty word."""
    out = 1
    for c in word:
        out *= MAGNITUDES[c]
    return out


def chinese(word: str) -> Decimal | None:
    """A Chinese numeral, or None where the characters do not make one."""
    if len(word) > LONGEST_WORDS:
        return None
    for short, tens in _TENS.items():
        word = word.replace(short, tens)
    whole, point, fraction = word.partition("点")
    value = _integer(whole)
    if value is None or not point:
        return None if value is None else Decimal(value)
    if not fraction or any(c not in _DIGITS for c in fraction):
        return None
    return Decimal(f"{value}." + "".join(str(_DIGITS[c]) for c in fraction))


def formal(word: str) -> Decimal | None:
    """A numeral in the capitals of cheques (叁佰贰拾万), or None where it is not well formed."""
    return chinese(word.translate(_INFORMAL))


def chinese_range(word: str) -> tuple[Decimal, Decimal] | None:
    """三四千, 七八十, 十五六, 两三百, 三五 as (low, high); None for anything else."""
    for i in range(len(word) - 1):
        low, high = _DIGITS.get(word[i]), _DIGITS.get(word[i + 1])
        if low is None or high is None:
            continue
        if not 0 < low < high <= 9 or (high - low > 1 and (low, high) != (3, 5)):
            return None
        one, two = chinese(word[: i + 1] + word[i + 2 :]), chinese(word[:i] + word[i + 1 :])
        return None if one is None or two is None else (one, two)
    return None


def _in_steps(digits: list[int]) -> bool:
    """Whether digits enumerate (一二三产业) and do not spell a number."""
    return all(b - a == 1 for a, b in pairwise(digits))


def _integer(word: str) -> int | None:
    if not word:
        return None
    if all(c in _DIGITS for c in word):
        digits = [_DIGITS[c] for c in word]
        if len(word) > 1 and 0 not in digits and (len(word) == 2 or _in_steps(digits)):
            return None
        return int("".join(map(str, digits)))
    total = section = digit = 0
    last_unit = 10**16
    large = 10**16
    pending = fresh = False
    for i, c in enumerate(word):
        if c in _DIGITS:
            if pending and _DIGITS[c] != 0 and digit != 0:
                return None
            digit, pending = _DIGITS[c], True
            fresh = digit == 0
        elif c in _SMALL:
            unit = _SMALL[c]
            if unit >= last_unit or (pending and digit == 0 and i):
                return None
            if not pending and i and word[i - 1] not in "万亿零〇":
                return None
            section += (digit if pending else 1) * unit
            last_unit, digit, pending, fresh = unit, 0, False, False
        elif c in _LARGE:
            unit = _LARGE[c]
            section += digit if pending else 0
            if section == 0:
                if i == 0:
                    section = 1
                elif total and unit > large:
                    total *= unit
                    large = unit
                    continue
                else:
                    return None
            if unit > large:
                total = (total + section) * unit
            else:
                total += section * unit
            large, section, last_unit, digit, pending, fresh = unit, 0, 10**16, 0, False, False
        else:
            return None
    if pending and digit:
        if not fresh and word[-2:-1] in ("百", "千", "万", "亿") and len(word) > 2:
            section += digit * MAGNITUDES[word[-2]] // 10  # 两千三 is 2300
        else:
            section += digit
    return total + section

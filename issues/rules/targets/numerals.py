"""Figures as they are written in a target: 1,673, 327.12, 百分之九十七, 三十二, 一百零五."""

import re
from decimal import Decimal
from functools import reduce

_DIGITS = {sign: place for place, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_LOTS = {"万": 10**4, "亿": 10**8}
_HAN = "零〇一二两三四五六七八九"
HAN = rf"[{_HAN}十百千][{_HAN}十百千万亿]*(?:点[{_HAN}]+)?"
ARABIC = r"(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,15})?"
FIGURE = rf"(?:{ARABIC}|{HAN})"
_HAN_ALONE = re.compile(HAN)


def figure(words: str) -> Decimal | None:
    """None for signs in an order that is no numeral, as 一十百."""
    if not _HAN_ALONE.fullmatch(words):
        return Decimal(words.replace(",", ""))
    whole, _, parts = words.partition("点")
    number = _whole(whole)
    if number is None:
        return None
    decimals = "".join(str(_DIGITS[sign]) for sign in parts)
    return Decimal(f"{number}.{decimals}" if decimals else number)


def _whole(words: str) -> int | None:
    """三百二十七万 is 3270000, 二零 is 20; each place is smaller than the one before."""
    if len(words) > 1 and all(sign in _DIGITS for sign in words):
        return reduce(lambda number, sign: number * 10 + _DIGITS[sign], words, 0)
    total = part = 0
    digit: int | None = None
    last_place = last_lot = 10**12
    for sign in words:
        if sign in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[sign]
        elif sign in _PLACES:
            place = _PLACES[sign]
            if place >= last_place or (digit is None and place != _PLACES["十"]):
                return None
            part += (1 if digit is None else digit) * place
            digit, last_place = None, place
        else:
            part += digit or 0
            if not part or _LOTS[sign] >= last_lot:
                return None
            total += part * _LOTS[sign]
            part, digit, last_place, last_lot = 0, None, 10**12, _LOTS[sign]
    return total + part + (digit or 0)

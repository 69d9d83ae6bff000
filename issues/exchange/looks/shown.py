"""A number of a cell as a person sees it, beside what the file keeps of it."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

from issues.exchange.looks.formats import Format, Grain, Section

Value = str | Decimal | date | bool | None
EXACT_DIGITS = 15
LONG_DIGITS, SHOWN_DIGITS = 12, 6
"""From how many digits on General shows a power of ten, and how many it then shows."""
LONG_NUMBER = "长数字在表格中只保留15位，请把单元格设为文本后重新填写"
LOST_DIGITS = "这个数以科学计数法显示，后面的位数可能已经丢失，请把单元格设为文本后按原件重新填写"
NO_DAY = "日期格式的单元格里存的不是日历上的日子，请把单元格设为文本，写成2025年6月30日的样子"
HIDDEN = "这一格的内容被数字格式隐藏，表中看不见，已按存的内容读取，请核对"
_POWER = re.compile(r"\d(?:\.\d{1,14})?E\+\d{2}", re.IGNORECASE)
_START, _START_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - days of a sheet
_LEAP_DAY_THAT_WAS_NOT = 60
_LAST_SERIAL = 2_958_466
_DAY = Decimal(86_400)


@dataclass(frozen=True, slots=True)
class Look:
    """What the format adds to a value or hides of it.

    `words`: how the number reads, where that is more than its digits. `unit`: words of the format
    behind them, % among them. `kept`: the day behind a cell that shows a month or a year.
    `is_scaled`: its size as shown is another. `told`: what a person is to know of it.
    """

    words: str = ""
    unit: str = ""
    kept: date | None = None
    is_scaled: bool = False
    told: str = ""


PLAIN = Look()


@dataclass(frozen=True, slots=True)
class Seen:
    value: Value = None
    fault: str = ""
    look: Look = PLAIN


def number_of(text: str) -> Decimal | None:
    """The digits a spreadsheet itself shows of what the file says."""
    try:
        return Decimal(f"{float(text):.15g}")
    except (ValueError, InvalidOperation):
        return None


def seen(text: str, style: Format, *, is_1904: bool = False) -> Seen:
    """A number's cell. A day may come as its ISO text."""
    value = number_of(text)
    if value is None:
        return _iso(text, style)
    if not value.is_finite():
        return Seen(fault=LONG_NUMBER)
    section = style.section(value)
    if section.date_letters or section.is_elapsed:
        return _day(value, section, is_1904=is_1904)
    if value.adjusted() >= EXACT_DIGITS:
        return Seen(fault=LONG_NUMBER)
    value = value.quantize(Decimal(1)) if value == value.to_integral_value() else value
    return _number(value, style, section)


def is_power(text: str) -> bool:
    """A text that was a long number before some program shortened it."""
    return bool(_POWER.fullmatch(text))


def plain_number(value: Decimal) -> str:
    return format(value.normalize(), "f") if value else "0"


def _iso(text: str, style: Format) -> Seen:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return Seen(fault=NO_DAY)
    section = style.sections[0]
    grain = section.grain if section.date_letters else Grain.DAY
    return _moment(moment.replace(tzinfo=None), grain)


def _day(value: Decimal, section: Section, *, is_1904: bool) -> Seen:
    if not abs(value) < _LAST_SERIAL:
        return Seen(fault=NO_DAY)
    if section.is_elapsed or (0 <= value < 1 and _is_time(section)):
        return Seen(_clock(value))
    whole = int(value)
    is_none = value < 0 or (not is_1904 and (whole < 1 or whole == _LEAP_DAY_THAT_WAS_NOT))
    if is_none:
        return Seen(fault=NO_DAY)
    start = _START_1904 if is_1904 else _START
    early = 1 if not is_1904 and whole < _LEAP_DAY_THAT_WAS_NOT else 0
    seconds = int(((value - whole) * _DAY).to_integral_value())
    try:
        moment = start + timedelta(days=whole + early, seconds=seconds)
    except OverflowError:
        return Seen(fault=NO_DAY)
    return _moment(moment, section.grain)


def _is_time(section: Section) -> bool:
    return all(run[0] in "hns" for run in section.date_letters)


def _clock(value: Decimal) -> str:
    seconds = int((abs(value) * _DAY).to_integral_value())
    sign = "-" if value < 0 else ""
    return f"{sign}{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _moment(moment: datetime, grain: Grain) -> Seen:
    day = moment.date()
    called = f"{day.year}年{day.month}月{day.day}日"
    if grain in {Grain.MONTH, Grain.MONTH_ALONE}:
        hidden = "年月" if grain is Grain.MONTH else "月份，不显示年份"
        told = f"这一格只显示{hidden}，存的是{called}，按{day.year}年{day.month}月读取"
        return Seen(f"{day.year}年{day.month}月", look=Look(kept=day, told=told))
    if grain is Grain.YEAR:
        told = f"这一格只显示年份，存的是{called}，按{day.year}年读取"
        return Seen(f"{day.year}年", look=Look(kept=day, told=told))
    kept = day if moment.time() == time() else moment
    if grain is Grain.DAY:
        return Seen(kept)
    hidden = "不显示年份" if grain is Grain.DAY_OF_YEAR else "不显示是哪年哪月哪日"
    return Seen(kept, look=Look(told=f"这一格{hidden}，按存的{called}读取，请核对"))


def _number(value: Decimal, style: Format, section: Section) -> Seen:
    if section.is_empty:
        return Seen(value, look=Look(told=HIDDEN))
    if style.is_plain or section.power:
        return _long(value, style, section)
    before, behind = section.around()
    if not section.pattern and not section.is_general:
        if not section.literal.strip("-—/"):
            return Seen(value)
        words = section.literal
        told = f"这一格显示为“{words}”，存的是{plain_number(value)}，文字按显示的读取"
        return Seen(value, look=Look(words, told=told))
    if section.thousands or section.is_broken:
        return Seen(value, look=_scaled(value, section))
    digits = plain_number(value * 100**section.percents)
    if "." not in digits and "-" not in digits:
        digits = digits.zfill(section.least_digits)
    unit = "%" * bool(section.percents) + behind
    is_bare = digits == plain_number(value) and not before and not unit
    words = "" if is_bare else f"{before}{digits}{unit}"
    return Seen(value, look=Look(words, unit or before, told=_rounded(value, style, section)))


def _long(value: Decimal, style: Format, section: Section) -> Seen:
    """Digits that a power of ten hides, and may have taken away before."""
    if value.adjusted() < LONG_DIGITS - 1:
        return Seen(value, look=Look(told=_rounded(value, style, section)))
    if len(value.normalize().as_tuple().digits) <= SHOWN_DIGITS:
        return Seen(fault=LOST_DIGITS)
    told = f"这一格以科学计数法显示，按存的{plain_number(value)}读取，请与原件核对"
    return Seen(value, look=Look(told=told))


def _scaled(value: Decimal, section: Section) -> Look:
    """Shown smaller than it is, as 12.3万 for 123000; or with words among its digits."""
    before, behind = section.around()
    is_scaled = bool(section.thousands) or "." in section.literal
    told = f"这一格的数字格式改变了数的大小，按存的{plain_number(value)}读取，请核对"
    return Look(unit=behind or before, is_scaled=is_scaled, told=told if is_scaled else "")


def _rounded(value: Decimal, style: Format, section: Section) -> str:
    """What a person is told where the digits shown are not those kept."""
    kept = value * 100**section.percents
    mark = "%" * bool(section.percents)
    if section.is_fraction and kept != int(kept):
        return f"这一格以分数显示，按存的{plain_number(kept)}读取，请核对"
    shown = section.rounded(value)
    if style.loses_sign(section, value):
        shown = abs(shown)
    if section.is_general or section.is_fraction or shown == kept:
        return ""
    return f"这一格显示为{plain_number(shown)}{mark}，按存的{plain_number(kept)}{mark}读取，请核对"

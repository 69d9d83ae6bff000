"""Number formats: which part of a code shows a number, and what it hides, for any number at all."""

import re
from decimal import Decimal

import pytest
from hypothesis import example, given, settings, strategies as st

from issues.exchange.looks import shown
from issues.exchange.looks.formats import Format, Grain
from issues.exchange.looks.shown import seen
from issues.exchange.workbook.amounts import amount
from issues.exchange.workbook.sheet import Cell

CODES = [
    "General", "0", "0.00", "#,##0.00", "0%", '0"座"', "0.00E+00", "# ?/?", ";;;", "0;-0;;@",
    '[>=10000]0!.0,"万";0', '_ ¥* #,##0.00_ ;_ ¥* \\-#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ', "yyyy-mm-dd",
    'yyyy"年"m"月"', "[h]:mm", "h:mm", "mm:ss.0", "aaaa", '"是";;"否"', '0"座', "[", "\\", "_", "*",
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "grain"),
    [
        ("yyyy-mm-dd", Grain.DAY), ("d/m/yy", Grain.DAY), ('yyyy"年"m"月"', Grain.MONTH),
        ("mmm-yy", Grain.MONTH), ("mmmm", Grain.MONTH_ALONE), ("yyyy", Grain.YEAR),
        ("m/d", Grain.DAY_OF_YEAR), ("h:mm", Grain.OTHER), ("mm:ss", Grain.OTHER),
        ("ddd", Grain.OTHER), ("yyyy-mm dddd", Grain.MONTH), ('yyyy"d"mm', Grain.MONTH),
        ("yyyy-mm-dd hh:mm", Grain.DAY), ("yyyy hh:mm", Grain.YEAR), ("ggge", Grain.YEAR),
        ("[$-804]yyyy\\-mm;@", Grain.MONTH), ("[Red]yyyy/mm", Grain.MONTH),
    ],
)  # fmt: skip
def test_what_a_date_s_format_shows_of_it(code, grain):
    assert Format(code).sections[0].grain is grain


@pytest.mark.parametrize(
    ("code", "value", "words"),
    [
        ("0;-0;;@", 0, None), ('"是";"负";"否"', 0, "否"), ('"是";"负";"否"', -1, "负"),
        ('[=1]"一";[=2]"二";"三"', 2, "二"), ('[=1]"一";[=2]"二";"三"', 9, "三"),
        ('[<10]"少";"多"', 3, "少"), ('[<10]"少";"多"', 30, "多"), ('0"座";"无"', 3, "3座"),
        ("000", 7, "007"), ("0%", 0.5, "50%"), ('"第"0"项"', 3, "第3项"), ("#,##0", 12345, ""),
    ],
)  # fmt: skip
def test_which_part_of_a_code_shows_a_number(code, value, words):
    look = seen(str(value), Format(code)).look

    assert look.told == shown.HIDDEN if words is None else look.words == words


@pytest.mark.parametrize(
    ("code", "heading", "fault"),
    [
        ('0"元"', "罚款（万元）", "这一格的单位是“元”，这一栏是“万元”，请换算后填写"),
        ('"¥"0.00', "罚款", "这一格的单位是“¥”，这一栏是“万元”，请换算后填写"),
        ('0"万元"', "罚款（元）", "这一格的单位是“万元”，这一栏是“元”，请换算后填写"),
        ('0"元"', "罚款（元）", ""), ('0"万元"', "罚款（万元）", ""), ("0", "罚款", ""),
    ],
)  # fmt: skip
def test_a_sum_of_money_is_never_taken_in_another_unit(code, heading, fault):
    cell = seen("3", Format(code))

    found = amount(Cell(5, 1, cell.value, look=cell.look), "fine", heading)

    assert (found.value, found.fault) == (None if fault else 3, fault)


@settings(max_examples=150, deadline=None)
@given(st.floats(allow_nan=True), st.sampled_from(CODES), st.booleans())
@example(1e15, "0", False)
@example(-0.0, "yyyy-mm-dd", True)
def test_a_number_is_kept_to_the_digit_or_in_error(value, code, is_1904):
    """Never another number, never silent: what a format turns into words says the number."""
    cell = seen(repr(value), Format(code), is_1904=is_1904)

    if isinstance(cell.value, Decimal):
        assert float(cell.value) == pytest.approx(value, rel=1e-14)
        shown_digits = re.sub(r"[^0-9]", "", cell.look.words).strip("0")
        kept = re.sub(r"[^0-9]", "", shown.plain_number(cell.value)).strip("0")
        assert cell.look.told or not shown_digits or shown_digits == kept
    else:
        assert bool(cell.fault) == (cell.value is None)


@settings(max_examples=100, deadline=None)
@given(st.text('0#?,.%;[]"\\_*@$-ymdhsaegEG+/<>=1 年', max_size=30), st.integers(-60_000, 60_000))
def test_any_code_at_all_is_taken_apart(code, value):
    cell = seen(str(value), Format(code))

    assert cell.value is not None or cell.fault
    assert cell.look.told == "" or cell.look.told.startswith("这一格")


@settings(max_examples=100, deadline=None)
@given(st.integers(61, 73_050))
def test_a_day_shown_whole_is_the_day_of_its_number(number):
    whole, month = seen(str(number), Format("yyyy-mm-dd")), seen(str(number), Format("yyyy-mm"))

    assert (whole.value.toordinal() - number) == 693594
    assert month.look.kept == whole.value
    assert month.value == f"{whole.value.year}年{whole.value.month}月"

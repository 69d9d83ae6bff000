"""Deadlines in the words of a ledger (docs/rules.md)."""

from datetime import date, datetime

import pytest
from hypothesis import given, strategies as st
from paper import DEFAULT, DUE

from issues.rules.dates.deadlines import Deadline, UnreadableDeadline, read_day, read_deadline
from issues.rules.dates.windows import extension_limit
from issues.rules.policy import Policy
from issues.vocabulary import DeadlineKind as Kind

ASSIGNED = date(2025, 4, 10)
JUNE_30, AUGUST_31 = date(2025, 6, 30), date(2025, 8, 31)
NEW_YEARS_EVE = date(2025, 12, 31)

DAYS = {
    "2025年6月30日前": JUNE_30,
    "2025年6月30日": JUNE_30,
    "2025年6月30日之前": JUNE_30,
    "2025年6月30日以前": JUNE_30,
    "2025年6月30日前完成": JUNE_30,
    "2025年06月30日前": JUNE_30,
    "2025年6月30号前": JUNE_30,
    "2025年6月30前": JUNE_30,
    "２０２５年６月３０日前": JUNE_30,
    "２０２５年6月30日前": JUNE_30,
    " 2025 年 6 月 30 日前 ": JUNE_30,
    "2025年\n6月30日前": JUNE_30,
    "2025年6月30日\u3000前。": JUNE_30,
    "2025 6月30日前": JUNE_30,
    "20256月30日前": JUNE_30,
    "2025.6.30前": JUNE_30,
    "2025.6.30": JUNE_30,
    "2025．6．30前": JUNE_30,
    "2025/6/30": JUNE_30,
    "2025／6／30": JUNE_30,
    "2025-06-30": JUNE_30,
    "2025－6－30前": JUNE_30,
    "2025–6–30": JUNE_30,
    "2025-06-30 00:00:00": JUNE_30,
    "2025-06-30T00:00:00": JUNE_30,
    "20250630": JUNE_30,
    "于2025年6月30日前完成整改": JUNE_30,

    "2025年8月底前": AUGUST_31,
    "2025年8月底": AUGUST_31,
    "2025年8月末": AUGUST_31,
    "2025年8月底前完成": AUGUST_31,
    "2025年8月": AUGUST_31,
    "2025年8月份": AUGUST_31,
    "2025年08月": AUGUST_31,
    "2025.8月底前": AUGUST_31,
    "2025.8底前": AUGUST_31,
    "2025/8月底": AUGUST_31,
    "2025-8": AUGUST_31,
    "2025 8月底前": AUGUST_31,
    "２０２５年８月底前": AUGUST_31,
    "2025年2月底前": date(2025, 2, 28),
    "2024年2月底前": date(2024, 2, 29),
    "2024年2月29日前": date(2024, 2, 29),
    "2025年12月": NEW_YEARS_EVE,
    "202512月底前": NEW_YEARS_EVE,
    "2025年底前": NEW_YEARS_EVE,
    "2025年底": NEW_YEARS_EVE,
    "2025年年底前": NEW_YEARS_EVE,
    "2025年年底以前": NEW_YEARS_EVE,
    "2025底前": NEW_YEARS_EVE,
    "2025年末": NEW_YEARS_EVE,
    "2025年内": NEW_YEARS_EVE,
    "2025年底前完成": NEW_YEARS_EVE,
}  # fmt: skip


@pytest.mark.parametrize(("text", "day"), DAYS.items())
def test_a_dated_deadline(text, day):
    assert read_deadline(text, ASSIGNED, DEFAULT) == Deadline(Kind.FIXED, day, text)


IN_FIFTEEN_DAYS = date(2025, 4, 25)
OTHERS = {
    "立行立改": (Kind.IMMEDIATE, IN_FIFTEEN_DAYS),
    " 立行立改。": (Kind.IMMEDIATE, IN_FIFTEEN_DAYS),
    "长期坚持": (Kind.STANDING, None),
    "长期 坚持": (Kind.STANDING, None),
    "按序时进度": (Kind.BY_MEASURES, None),
    "按序时进度推进": (Kind.BY_MEASURES, None),
    "立行立改，长期坚持": (Kind.IMMEDIATE_THEN_STANDING, IN_FIFTEEN_DAYS),
    "立行立改,长期坚持": (Kind.IMMEDIATE_THEN_STANDING, IN_FIFTEEN_DAYS),
    "立行立改、长期坚持": (Kind.IMMEDIATE_THEN_STANDING, IN_FIFTEEN_DAYS),
    "立行立改并长期坚持": (Kind.IMMEDIATE_THEN_STANDING, IN_FIFTEEN_DAYS),
    "2024年底前完成，长期坚持": (Kind.FIXED_THEN_STANDING, date(2024, 12, 31)),
    "2024年底前完成,长期坚持": (Kind.FIXED_THEN_STANDING, date(2024, 12, 31)),
    "2021年12月底前，长期坚持": (Kind.FIXED_THEN_STANDING, date(2021, 12, 31)),
    "2025年8月底前完成，长期坚持": (Kind.FIXED_THEN_STANDING, AUGUST_31),
    "2025年6月30日前完成；长期坚持": (Kind.FIXED_THEN_STANDING, JUNE_30),
}


@pytest.mark.parametrize(("text", "meaning"), OTHERS.items())
def test_a_deadline_in_words(text, meaning):
    assert read_deadline(text, ASSIGNED, DEFAULT) == Deadline(*meaning, text)


UNREADABLE = {
    "": "没有填写时限",
    "  ": "没有填写时限",
    "2025年2月30日前": "不是日历上有的日子",
    "2025年2月29日": "不是日历上有的日子",
    "2025年13月": "不是日历上有的日子",
    "2025.6.31前": "不是日历上有的日子",
    "2025年0月底前": "不是日历上有的日子",
    "2205年6月30日": "年份",
    "6月30日前": "没有写四位数的年份",
    "25年6月30日前": "没有写四位数的年份",
    "25.6.30": "没有写四位数的年份",
    "年底前": "没有写四位数的年份",
    "今年年底前": "没有写四位数的年份",
    "2025年6月前": "不明确",
    "2025.6前": "不明确",
    "2025年": "不明确",
    "2025年前": "不明确",
    "尽快": "认不出时限",
    "待定": "认不出时限",
    "2025年6月30日后": "认不出时限",
    "2025年6月或7月": "认不出时限",
    "2025年6": "认不出时限",
    "20256.30": "认不出时限",
    "202506": "认不出时限",
    "45838": "认不出时限",
    "6/30/2025": "没有写四位数的年份",
    "①2025年6月30日": "认不出时限",
    "٢٠٢٥年6月30日": "认不出时限",
}


@pytest.mark.parametrize(("text", "says"), UNREADABLE.items())
def test_what_cannot_be_read_is_refused(text, says):
    with pytest.raises(UnreadableDeadline) as refused:
        read_deadline(text, ASSIGNED, DEFAULT)
    assert says in refused.value.sentence


@pytest.mark.parametrize("value", [45838, 2025.1, None, True])
def test_a_bare_number_is_no_deadline(value):
    with pytest.raises(UnreadableDeadline):
        read_deadline(value, ASSIGNED, DEFAULT)
    with pytest.raises(UnreadableDeadline):
        read_day(value)


def test_a_paragraph_in_the_wrong_cell_is_not_quoted_whole():
    with pytest.raises(UnreadableDeadline) as refused:
        read_deadline("整改" * 5000, ASSIGNED, DEFAULT)
    assert len(refused.value.sentence) < 120


@given(st.text(max_size=30))
def test_no_text_does_anything_but_read_or_refuse(text):
    try:
        read = read_deadline(text, ASSIGNED, DEFAULT)
    except UnreadableDeadline as refused:
        assert refused.sentence  # noqa: PT017 - either outcome is right
    else:
        assert read.text == text


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_in_every_spelling(day):
    for pattern in ("{}年{}月{}日前", "{}.{}.{}", "{}/{}/{}前", "{}-{:02}-{:02}"):
        text = pattern.format(day.year, day.month, day.day)
        assert read_deadline(text, None, DEFAULT).on == day
    assert read_day(f"{day.year}年{day.month}月{day.day}日") == day


@pytest.mark.parametrize("cell", [JUNE_30, datetime(2025, 6, 30, 8, 30)])  # noqa: DTZ001 - Excel's
def test_a_date_cell_is_written_out(cell):
    assert read_deadline(cell, ASSIGNED, DEFAULT) == Deadline(Kind.FIXED, JUNE_30, "2025年6月30日")
    assert read_day(cell) == JUNE_30


def test_immediate_has_no_day_before_assignment_and_follows_the_policy():
    assert read_deadline("立行立改", None, DEFAULT).on is None
    week = Policy.from_document({"immediate_days": 7})
    assert read_deadline("立行立改", ASSIGNED, week).on == date(2025, 4, 17)


@pytest.mark.parametrize("text", ["2025年6月底", "2025年6月", "2025年6月30日前", "于2025年6月30日"])
def test_a_plain_day_is_nothing_less_exact(text):
    with pytest.raises(UnreadableDeadline, match="认不出日期"):
        read_day(text)


@pytest.mark.parametrize(
    ("assigned", "due", "times", "latest"),
    [
        (date(2024, 12, 31), DUE, 0, date(2026, 3, 31)),  # half of 365 is more than 90
        (date(2025, 11, 1), DUE, 0, date(2026, 1, 30)),  # half of 60
        (date(2025, 11, 1), date(2026, 1, 10), 1, date(2026, 1, 30)),
        (date(2025, 11, 1), date(2026, 1, 10), 2, None),
        (date(2025, 11, 1), date(2026, 1, 30), 1, None),
    ],
)
def test_how_far_a_city_level_deadline_may_move(assigned, due, times, latest):
    limit = extension_limit(assigned, DUE, due, times, DEFAULT)

    assert limit.latest == latest
    assert bool(limit.refusal) == (latest is None)
    if latest is None:
        assert limit.why_not(due, date(2026, 2, 1)) == limit.refusal
    else:
        assert limit.why_not(due, latest) is None
        assert "最晚" in limit.why_not(due, date(2027, 1, 1))
        assert "晚于" in limit.why_not(due, due)

"""公示: the days that are named hold as many working days as are said, counted as written."""

import re
from datetime import date, timedelta
from types import SimpleNamespace

import chinese_calendar
import pytest
from hypothesis import HealthCheck, given, settings, strategies as days

from issues.city.words import words
from issues.colour.policies import workdays
from issues.notices.facts.publicity import (
    PublicNotice,
    _how_to_object,
    document_of,
    period,
    public_notice,
)
from issues.notices.page.gongwen import render
from issues.vocabulary import Status

NAMED = re.compile(
    r"(\d+)年(\d+)月(\d+)日至(\d+)年(\d+)月(\d+)日（共(\d+)个工作日，(\d+)年(\d+)月(\d+)日发布"
)


def counted(first, last):
    """Another count than the product's: a walk over the days with the State Council's table."""
    found = 0
    while first <= last:
        try:
            found += chinese_calendar.is_workday(first)
        except NotImplementedError:
            found += first.weekday() < 5
        first += timedelta(days=1)
    return found


@pytest.mark.both
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days.dates(date(2024, 1, 1), date(2027, 12, 20)), days.integers(1, 20))
def test_the_days_named_and_their_number_agree_on_any_day(app, begin, count):
    until = workdays().add(begin, count)

    told = period(begin, until)
    numbers = [int(part) for part in NAMED.match(told).groups()]
    first, last, said = date(*numbers[:3]), date(*numbers[3:6]), numbers[6]

    assert counted(first, last) == said == count
    assert (first, last) == (begin + timedelta(days=1), until)
    assert date(*numbers[7:]) == begin
    assert ("放假安排未公布" in told) is (2027 in {begin.year, until.year})


def test_the_published_case_names_ten(app):
    told = period(date(2025, 11, 18), date(2025, 12, 2))

    assert told == (
        "2025年11月19日至2025年12月2日（共10个工作日，2025年11月18日发布公示，当日不计入）。"
    )


def test_it_bears_no_number_and_waits_for_none(drawn, faces):
    notice = PublicNotice(
        "BZ-AF-2025-001", "关于某问题整改完成情况的公示", [("问题概况", ["编号。"])],
        "巴中市生态环境保护委员会办公室", date(2025, 11, 18), date(2025, 12, 2),
    )  # fmt: skip
    document = document_of(notice, is_example=False)

    assert "签发时编号" not in drawn(document).text
    assert render(document, faces).pdf.startswith(b"%PDF")


def test_who_accepted_is_where_to_object_and_the_office_where_nobody_did(app):
    said = words()
    accepted = SimpleNamespace(acceptance_unit=SimpleNamespace(name="市生态环境局"))

    told = _how_to_object(accepted, said)
    assert "向验收单位市生态环境局或者市环委办督办组反映" in told
    assert "向市环委办督办组反映" in _how_to_object(SimpleNamespace(acceptance_unit=None), said)


def test_a_unit_is_named_under_the_part_it_has_by_the_record(make_issue):
    """Who leads or accepts is not therefore responsible."""
    parts = dict(public_notice(make_issue(Status.PUBLICITY)).parts)

    assert parts["整改责任单位"] == [
        "巴州区；牵头单位：巴中市生态环境局；验收单位：巴中市生态环境局。"
    ]

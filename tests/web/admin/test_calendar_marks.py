"""What a date field marks is what working days are counted by."""

from datetime import date, timedelta

import pytest

from issues.colour.policies import workdays


@pytest.mark.parametrize("year", [2000, 2025, 2026, 2099])
def test_the_marks_of_a_year_are_the_days_that_are_counted(browser, year):
    told = browser.as_("chen").get(f"/calendar/{year}").json
    known = workdays()
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]

    for day in days:
        is_counted = (day.weekday() < 5 or day.isoformat() in told["work"]) and (
            day.isoformat() not in told["off"]
        )
        assert is_counted == known.is_workday(day), day
    assert told["published"] is not known.guessed(days[0], days[-1])


def test_a_year_of_no_calendar_is_nowhere(browser):
    for year in (1999, 2100, 10**12):
        browser.as_("chen").get(f"/calendar/{year}", 404)

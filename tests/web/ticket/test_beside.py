"""What lies beside a ticket stands on its page, as many statements however much there is."""

from datetime import UTC, date, datetime, timedelta

from extensions import db, transaction
from issues.models import Card, Extension, Lookback, Objection, SiteCheck
from issues.vocabulary import Conclusion, Status


def beside(issue, count):
    """So many rows of each kind that lie beside a ticket, one after the other in time."""
    for n in range(count):
        day = date(2025, 11, 1) + timedelta(days=n)
        at = datetime(2025, 11, 1 + n, 4, 0, tzinfo=UTC)
        seen = {"issue_id": issue.id, "place": f"现场之{n}", "inspectors": ["林督察", "林二"]}
        yield Card(
            issue_id=issue.id, round=1, colour="yellow", raised_on=day, lifted_on=day,
            reason=f"挂牌之{n}", lift_reason="已整改",
        )  # fmt: skip
        yield Extension(
            issue_id=issue.id, round=1, asked_on=day, cause=f"延期之{n}", progress="在建",
            old_deadline=day, deadline=day + timedelta(days=9), state="refused", opinion="不予延期",
        )  # fmt: skip
        yield Objection(
            issue_id=issue.id, who="居民", text=f"异议之{n}", on=day, is_upheld=bool(n % 2),
            reason="已核实", decided_on=day,
        )  # fmt: skip
        yield SiteCheck(round=1, at=at, recorded_at=at, conclusion=Conclusion.PASS, **seen)
        yield Lookback(planned_on=day, why=f"回看之{n}", **seen)


def test_many_rows_of_every_kind_beside_it_ask_no_more_of_the_database(browser, make_issue):
    tickets = [make_issue(Status.RECTIFYING) for _ in range(3)]
    for issue, count in zip(tickets, (1, 1, 9), strict=True):
        with transaction():
            db.session.add_all(beside(issue, count))
    lin = browser.as_("lin")
    _, few, many = (lin.get(f"/issues/{issue.number}") for issue in tickets)

    for word in ("挂牌之", "延期之", "异议之", "现场之", "回看之"):
        assert [word + str(n) in many.text for n in (0, 8)] == [True, True], word
    assert "黄牌9次" in many.text
    assert "不予延期" in few.text
    assert "不成立" in few.text
    assert "林督察、林二" in few.text
    assert len(many.statements) == len(few.statements) <= 30

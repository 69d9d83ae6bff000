"""A unit says how far it is (填报进展)."""

import io
from decimal import Decimal

import samples
from act_cases import Case, StandardCases
from people import BUREAU
from sqlalchemy import select

from extensions import db
from issues.colour.facts_of import measures_of
from issues.models import Event, Evidence, ProgressReport
from issues.vocabulary import Action, EvidenceKind, Status


class TestReportProgress(StandardCases):
    case = Case(
        action=Action.REPORT_PROGRESS,
        at=Status.RECTIFYING,
        by="chen",
        ends=Status.RECTIFYING,
        wrong_role="liu",
        wrong_status=Status.PLANNING,
        form={"text": "管网排查完成。", "measures-0-done": "true", "measures-1-reported": "0.8"},
        bad={"measures-1-reported": "-1"},
        said="完成值不能小于0",
    )

    def test_the_word_of_the_unit_stands_apart_from_what_is_confirmed(self, browser, make_issue):
        issue = make_issue(Status.RECTIFYING)

        browser.as_("chen").post(self.case.url(issue), **self.case.form)

        first, second = measures_of(issue)
        assert (first.is_reported_done, first.is_done) == (True, False)
        assert (second.reported, second.confirmed) == (Decimal("0.8"), None)

    def test_measures_left_alone_are_no_part_of_the_report(self, browser, make_issue):
        issue = make_issue(Status.RECTIFYING)

        browser.as_("chen").post(self.case.url(issue), text="排查进行中。")

        report = db.session.scalars(select(ProgressReport)).one()
        assert report.lines == []

    def test_who_has_checked_does_not_report(self, browser, make_issue):
        issue = make_issue(Status.RECTIFYING, supporting_units=[BUREAU], lead_unit=BUREAU)
        make_issue.act(Action.REPORT_PROGRESS, issue, "chen", text="排查完成。")
        make_issue.act(Action.CONFIRM_PROGRESS, issue, "liu", opinion="属实")

        browser.as_("liu").post(self.case.url(issue), expect=403, text="我局已完成。")

        assert len(db.session.scalars(select(ProgressReport)).all()) == 1


def _sent(browser, issue, expect=200, **more):
    visitor, url = browser.as_("chen"), f"/issues/{issue.number}/acts/report_progress"
    form = visitor.get(url).form(url).filled({"text": "管网已清淤两公里。"})
    return visitor.send(url, expect, **form | more)


def test_photos_come_with_the_report_or_not_at_all(browser, make_issue):
    issue = make_issue(Status.RECTIFYING)

    wrong = _sent(browser, issue, 422, file=(io.BytesIO(b"MZ"), "现场.exe"))
    assert "现场.exe" in wrong.error("file")
    assert "管网已清淤两公里。" in wrong.html
    assert db.session.scalars(select(ProgressReport)).all() == []

    bad = _sent(browser, issue, 422, text="", file=(io.BytesIO(samples.png()), "现场.png"))
    assert bad.error("text")
    assert db.session.scalars(select(Evidence)).all() == []

    _sent(browser, issue, file=(io.BytesIO(samples.png()), "现场.png"), file_kind="after")
    row = db.session.scalars(select(Evidence)).one()
    assert (row.kind, row.name, row.unit_id) == (
        EvidenceKind.AFTER,
        "现场.png",
        issue.primary_unit_id,
    )
    told = db.session.scalars(select(Event.action).where(Event.subject_id == issue.id)).all()
    assert {"report_progress", "upload"} <= set(told)


def test_a_photo_of_no_known_kind_is_refused(browser, make_issue):
    issue = make_issue(Status.RECTIFYING)
    photo = (io.BytesIO(samples.png()), "现场.png")

    page = _sent(browser, issue, 422, file=photo, file_kind="conclusion")

    assert "请选择照片的类别" in page.error("file")

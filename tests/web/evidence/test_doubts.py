"""Doubts about evidence: what raises one, who sees it, and that a person rules it."""

from datetime import date, datetime, time, timedelta

import pytest
import samples
from sqlalchemy import select

from extensions import db
from issues.evidence.flags import examine
from issues.ground import clock
from issues.models import Event, Evidence, FlagRuling
from issues.vocabulary import Action, EvidenceKind, FlagKind, Ruling, Status

SOON = ({"text": "修复破损管网", "deadline": "2025-11-15"},)
SHORT, LONG = (
    "正在推进。",
    "已完成场镇管网排查3.2公里，发现破损点17处，正在编制修复方案并落实资金。",
)


def at(day, hour=10):
    return datetime.combine(day, time(hour), clock.SHANGHAI)


def photo(taken=None, **more):
    return ("照片.jpg", samples.jpeg(exif=samples.exif(taken=taken, point=False, **more)))


def rows_of(issue):
    rows = select(Evidence).where(Evidence.issue_id == issue.id).order_by(Evidence.id)
    return db.session.scalars(rows).all()


def kinds(issue, reader):
    flags = examine.all_flags(issue, rows_of(issue), reader)
    return [flag.kind for flag in flags]


def report(make_issue, issue, text, day):
    make_issue.act(Action.REPORT_PROGRESS, issue, "chen", on=at(day), text=text, measures=[])
    make_issue.act(Action.CONFIRM_PROGRESS, issue, "liu", on=at(day, 11), opinion="属实")


def test_a_photo_of_work_taken_after_the_claimed_finish(make_issue, people):
    issue = make_issue(Status.SITE_CHECK)
    late = f"{issue.claimed_on + timedelta(days=2):%Y:%m:%d} 09:30:00"
    make_issue.evidence(issue, EvidenceKind.AFTER, "sun", file=photo(late))
    make_issue.evidence(issue, EvidenceKind.SITE_CHECK, "lin", file=photo(late, software="相机"))

    found = examine.all_flags(issue, rows_of(issue), people.liu)

    after = [flag for flag in found if flag.kind is FlagKind.TAKEN_AFTER_FINISH]
    assert len(after) == 1
    assert "晚于申报完成之日" in after[0].because


def test_a_finish_claimed_before_the_first_proof_of_work(make_issue, people):
    issue = make_issue(Status.SITE_CHECK)
    work = [
        row for row in rows_of(issue) if row.kind in {EvidenceKind.AFTER, EvidenceKind.COMPLETION}
    ]
    assert FlagKind.FINISH_BEFORE_WORK not in kinds(issue, people.liu)

    later = (issue.claimed_on + timedelta(days=1)).isoformat()
    for row in work:
        row.taken_at = f"{later}T09:30:00"

    assert kinds(issue, people.liu).count(FlagKind.FINISH_BEFORE_WORK) == 1
    db.session.rollback()


def test_most_of_the_proof_in_the_last_three_days(make_issue, people):
    issue = make_issue(Status.RECTIFYING, deadline="2025-11-20", measures=SOON)
    make_issue.evidence(issue, on=at(date(2025, 11, 1)))
    for day in (17, 18, 19, 20):
        make_issue.evidence(issue, on=at(date(2025, 11, day)))

    assert kinds(issue, people.liu).count(FlagKind.LAST_MINUTE) == 4


def test_proof_that_came_over_the_weeks_is_no_burst(make_issue, people):
    issue = make_issue(Status.RECTIFYING, deadline="2025-11-20", measures=SOON)
    for day in (1, 8, 19, 20):
        make_issue.evidence(issue, on=at(date(2025, 11, day)))

    assert FlagKind.LAST_MINUTE not in kinds(issue, people.liu)


def test_the_very_same_photo_as_before_and_after(make_issue, people):
    issue = make_issue(Status.RECTIFYING)
    for kind in (EvidenceKind.BEFORE, EvidenceKind.AFTER):
        make_issue.evidence(issue, kind, file=photo())

    assert kinds(issue, people.liu) == [FlagKind.NEAR_IDENTICAL] * 2


def test_a_copied_report_of_progress(make_issue, people):
    issue, other = make_issue(Status.RECTIFYING), make_issue(Status.RECTIFYING)
    report(make_issue, other, LONG, date(2025, 11, 3))
    report(make_issue, issue, SHORT, date(2025, 11, 3))
    report(make_issue, issue, SHORT, date(2025, 11, 10))
    report(make_issue, issue, LONG.replace("17处", "18处") + "请审核。", date(2025, 11, 18))

    (flag,) = examine.all_flags(issue, [], people.liu)

    assert (flag.kind, flag.twin) == (FlagKind.REPEATED_TEXT, other.number)
    assert "2025年11月18日" in flag.because
    assert kinds(other, people.liu) == []


def test_a_copied_report_stands_at_the_files_of_its_day(make_issue, people):
    issue = make_issue(Status.RECTIFYING)
    report(make_issue, issue, LONG, date(2025, 11, 3))
    early = make_issue.evidence(issue, on=at(date(2025, 11, 3)))
    report(make_issue, issue, LONG, date(2025, 11, 18))
    late = make_issue.evidence(issue, on=at(date(2025, 11, 18)))

    flags = examine.flags_of(issue, rows_of(issue), people.liu)

    assert [flag.kind for flag in flags[late.id]] == [FlagKind.REPEATED_TEXT]
    assert early.id not in flags


def test_a_place_in_either_datum_is_no_contradiction(make_issue, people):
    """Written in GCJ-02 by the phone: 560 m off as WGS-84, on the spot once converted."""
    from issues.evidence.places import wgs84_to_gcj02  # noqa: PLC0415 - beside what it says

    issue = make_issue(Status.RECTIFYING, lon="106.75", lat="31.86")
    row = make_issue.evidence(issue, EvidenceKind.AFTER, file=photo())
    row.lon, row.lat = wgs84_to_gcj02(106.75, 31.86)

    assert FlagKind.FAR_FROM_PLACE not in kinds(issue, people.liu)
    row.lon = 106.77
    assert FlagKind.FAR_FROM_PLACE in kinds(issue, people.liu)
    db.session.rollback()


@pytest.fixture
def doubtful(make_issue):
    """A ticket whose photo stands on another one too."""
    other, issue = make_issue(Status.RECTIFYING), make_issue(Status.RECTIFYING)
    make_issue.evidence(other, EvidenceKind.AFTER, file=photo())
    row = make_issue.evidence(issue, EvidenceKind.AFTER, file=photo())
    return issue, other, row


def page(issue):
    return f"/issues/{issue.number}/flags"


def test_the_two_sides_stand_beside_each_other_for_reviewers_alone(browser, doubtful):
    issue, other, _ = doubtful

    shown = browser.as_("liu").get(page(issue))

    assert f"与{other.number}的文件逐字节相同" in shown.text
    pictures = {image["src"] for image in shown.tree.all("img", alt="整改后照片：照片.jpg")}
    assert {url.split("/evidence/")[0] for url in pictures} == {
        f"/issues/{issue.number}", f"/issues/{other.number}",
    }  # fmt: skip
    browser.as_("chen").get(page(issue), expect=403)
    browser.as_("wu").get(page(issue), expect=404)
    assert "待复核" not in browser.as_("chen").get(f"/issues/{issue.number}/evidence").text


def send(browser, who, issue, key, expect=200, **form):
    visitor = browser.as_(who)
    return visitor.send(page(issue), expect=expect, **visitor.bare({"flag": key} | form))


def test_a_person_rules_with_a_reason_and_the_history_keeps_it_from_units(
    browser, doubtful, people
):
    issue, _, _ = doubtful
    (flag,) = examine.all_flags(issue, rows_of(issue), people.liu)

    refused = send(browser, "liu", issue, flag.key, expect=422, ruling="upheld", reason=" ")
    assert "请写明判断的理由" in refused.text
    send(browser, "liu", issue, flag.key, ruling="dismissed", reason="同一管网的两处措施")
    shown = send(browser, "lin", issue, flag.key, ruling="upheld", reason="两地相距20公里")

    assert "属实 两地相距20公里" in shown.text
    rulings = db.session.scalars(select(FlagRuling).order_by(FlagRuling.id)).all()
    assert [row.ruling for row in rulings] == [Ruling.DISMISSED, Ruling.UPHELD]
    events = db.session.scalars(select(Event).where(Event.action == "rule_flag")).all()
    assert [event.is_covert for event in events] == [True, True]
    assert "复核佐证疑点" not in browser.as_("chen").get(f"/issues/{issue.number}").text
    assert "复核佐证疑点" in browser.as_("lin").get(f"/issues/{issue.number}").text
    (flag,) = examine.all_flags(issue, rows_of(issue), people.liu)
    assert flag.document()["ruling"] == "upheld"


def test_nobody_rules_what_the_own_unit_sent_in_nor_what_is_not_flagged(
    browser, make_issue, people
):
    other, issue = make_issue(Status.RECTIFYING), make_issue(Status.RECTIFYING)
    make_issue.evidence(other, EvidenceKind.AFTER, "liu", file=photo())
    make_issue.evidence(issue, EvidenceKind.AFTER, "liu", file=photo())
    (flag,) = examine.all_flags(issue, rows_of(issue), people.liu)

    send(browser, "liulead", issue, flag.key, expect=403, ruling="upheld", reason="重复")
    send(browser, "chen", issue, flag.key, expect=403, ruling="upheld", reason="重复")
    send(browser, "lin", issue, "same_bytes-e999-1", expect=404, ruling="upheld", reason="重复")
    assert db.session.scalars(select(FlagRuling)).all() == []


def test_a_covert_twin_is_not_told_to_a_unit_that_reviews(make_issue, people, browser):
    other, issue = make_issue(Status.CLOSED), make_issue(Status.RECTIFYING)
    make_issue.evidence(other, EvidenceKind.SITE_CHECK, "lin", file=photo())
    make_issue.evidence(issue, EvidenceKind.AFTER, file=photo())

    assert kinds(issue, people.liu) == []
    assert kinds(issue, people.lin) == [FlagKind.SAME_BYTES]


def test_only_inspectors_see_the_counts_by_unit(browser, doubtful, people):
    issue, _, _ = doubtful
    (flag,) = examine.all_flags(issue, rows_of(issue), people.lin)
    send(browser, "lin", issue, flag.key, ruling="upheld", reason="重复使用")

    shown = browser.as_("lin").get("/flags")

    assert ["巴州区", "2 份", "1 处", "0 处"] in shown.rows()
    for name in ("sun", "zhou", "chen", "liu", "zhao"):
        browser.as_(name).get("/flags", expect=403)

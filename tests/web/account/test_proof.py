"""Before an act that weighs the person proves again who they are; what was typed waits for it."""

import contextvars
from datetime import timedelta

import pytest
from people import PASSWORD, add_device, with_settings
from pressed import planned
from sqlalchemy import select, update

from auth import people as accounts
from auth.actor import SYSTEM
from auth.models import SignIn
from auth.proofs.models import ProofTry
from extensions import db, transaction
from issues.ground import clock
from issues.models import (
    AssessmentRound,
    Clearance,
    Event,
    Notice,
    OnceKey,
    PolicyDraft,
    PolicyVersion,
)
from issues.vocabulary import NoticeStatus, Role, Status
from issues.web.account.proof import PROVEN
from issues.web.door import turns

WEIGH = {
    "notice_sign.sign", "clearances.grant", "rounds.close", "county_rounds.close", "policy.publish",
    "grants.give_role", "grants.take_role", "admin.add_account", "admin.reset_password",
    "reviews.ask", "reviews.confirm", "factor.begin",
    "identities.link", "access.link", "grants.confirm_identity", "undoing.undo",
    "addresses.add", "feed.make", "webhooks.add", "asked_roles.decide", "rosters.confirm_people",
    "slips.every", "disable.do", "handover.do", "merge.do", "split.do", "score_publishing.publish",
    "score_sheets.sign", "score_signing.sign", "notice_batch.sign",
}  # fmt: skip
ASKED = "请再次验证身份"


@pytest.fixture
def window(app, monkeypatch):
    with_settings(app, monkeypatch, proof_minutes=10)


def long_ago():
    """Every session began, and was proven, too long ago."""
    with transaction():
        for row in db.session.scalars(select(SignIn)):
            row.started_at -= timedelta(minutes=11)
            if row.proven_at:
                row.proven_at -= timedelta(minutes=11)


def proves(visitor, page, url, proof=PASSWORD, expect=200):
    assert page.heading == ASKED
    return visitor.send(url, expect, **page.form(url).filled({"proof": proof}))


def test_the_views_that_ask_are_these(app):
    asking = {name for name, view in app.view_functions.items() if getattr(view, PROVEN, False)}

    assert asking == WEIGH


def test_a_notice_is_signed_with_what_was_typed_before_the_proof(browser, people, window):
    issue = planned(people)
    browser.as_("sun").post("/notices", via="/notices/new", kind="N3", issues=issue.number)
    notice = db.session.scalars(select(Notice).order_by(Notice.id.desc())).first()
    url, zhou = f"/notices/{notice.id}", browser.as_("zhou")
    typed = "逾期不改的，提请约谈\r\n主要负责同志"
    zhou.get(url)
    long_ago()
    paper = zhou.send(
        f"{url}/sign/confirm", **zhou.get(url).form(f"{url}/edit").filled({"consequence": typed})
    )
    page = zhou.send(f"{url}/sign", 403, **paper.form(f"{url}/sign").drawn())
    assert db.session.get(Notice, notice.id).status is NoticeStatus.DRAFT
    wrong = proves(zhou, page, f"{url}/sign", "guessed-it", 422)
    assert "不正确" in wrong.error("proof")
    assert "guessed-it" not in wrong.html
    proves(zhou, wrong, f"{url}/sign")

    signed = db.session.get(Notice, notice.id)
    assert signed.status is NoticeStatus.SIGNED
    assert "提请约谈" in str(signed.facts)
    kept = " ".join(db.session.scalars(select(OnceKey.answer)))
    assert PASSWORD not in kept


def test_a_sign_in_counts_for_the_window_and_a_proof_for_another(browser, people, window):
    visitor, url = browser.as_("secadmin"), f"/admin/grants/{people.he.id}"
    visitor.post(url, role="office")
    assert Role.OFFICE in people.he.roles
    long_ago()
    page = visitor.post(url, 403, role="head")
    assert Role.HEAD not in people.he.roles
    proves(visitor, page, url)
    assert Role.HEAD in people.he.roles
    visitor.post(url, role="inspector")
    told = select(Event.action).where(Event.subject_id == people.secadmin.id)
    assert db.session.scalars(told.order_by(Event.id)).all() == ["sign_in", "prove_again"]


def test_who_finds_no_turn_to_compare_loses_nothing_and_has_not_tried(
    browser, people, window, monkeypatch
):
    visitor, url = browser.as_("secadmin"), f"/admin/grants/{people.he.id}"
    visitor.get(url)
    long_ago()
    page = visitor.post(url, 403, role="head")
    with monkeypatch.context() as crowded:
        crowded.setattr(turns.PASSWORDS, "inside", turns.PASSWORDS.most_inside)
        page = proves(visitor, page, url, expect=429)
    assert int(page.answer.headers["Retry-After"]) >= 1
    assert db.session.scalars(select(ProofTry)).all() == []
    proves(visitor, page, url)

    assert Role.HEAD in people.he.roles


def test_without_the_window_an_old_session_goes_on(browser, people):
    visitor, url = browser.as_("secadmin"), f"/admin/grants/{people.he.id}"
    visitor.get(url)
    long_ago()
    visitor.post(url, role="office")

    assert Role.OFFICE in people.he.roles


def test_the_rules_a_round_and_a_clearance_wait_for_the_proof(browser, people, make_issue, window):
    browser.as_("sun").post("/policy/drafts", via="/policy")
    draft = f"/policy/drafts/{db.session.scalars(select(PolicyDraft)).one().id}"
    said = {"name": "放宽临期", "reason": "年底集中到期", "effective_from": "2025-11-25"}
    browser.as_("sun").post(draft, follow=False, expect=303, **said)
    issue = make_issue(Status.RECTIFYING, source="YX", case_number="X2BZ202509010001")
    browser.as_("sun").post("/rounds", via="/rounds")
    meeting = f"/rounds/{db.session.scalars(select(AssessmentRound)).one().id}"
    originals = f"/issues/{issue.number}/originals"
    zhou = browser.as_("zhou")
    for via, url, form, kind in (
        (draft, f"{draft}/publish", {"sure": "true"}, PolicyVersion),
        (
            originals, f"{originals}/clearance",
            {"user": "lin", "reason": "核实\r\n情况", "until": "2025-12-20"}, Clearance,
        ),
    ):  # fmt: skip
        zhou.get(via)
        long_ago()
        page = zhou.post(url, 403, via=via, **form)
        assert db.session.scalars(select(kind)).all() == []
        proves(zhou, page, url)
        assert len(db.session.scalars(select(kind)).all()) == 1
    assert db.session.scalars(select(Clearance)).one().reason.split() == ["核实", "情况"]
    long_ago()
    page = zhou.post(f"{meeting}/close", 403, via=meeting, sure="true")
    assert db.session.scalars(select(AssessmentRound)).one().closed_on is None
    proves(zhou, page, f"{meeting}/close")
    assert db.session.scalars(select(AssessmentRound)).one().closed_on is not None


@pytest.mark.both
def test_a_code_proves_too_and_wrong_ones_are_bounded(browser, people, window):
    visitor, url = browser.as_("secadmin"), f"/admin/grants/{people.he.id}"
    visitor.get(url)
    device = add_device("secadmin")
    with transaction():
        db.session.execute(update(SignIn).values(ended_at=None))
    long_ago()
    page = visitor.post(url, 403, role="office")
    page = proves(visitor, page, url, device.now())
    assert Role.OFFICE in people.he.roles
    long_ago()
    page = visitor.post(url, 403, role="head")
    for _ in range(5):
        page = proves(visitor, page, url, "wrong", 422)
    page = proves(visitor, page, url, PASSWORD, 429)
    assert "暂停验证" in page.text
    assert Role.HEAD not in people.he.roles


def test_a_program_with_a_token_is_not_asked_and_one_with_a_session_is_refused(
    browser, people, window
):
    issue = planned(people)
    sun = browser.as_("sun")
    sun.post("/notices", via="/notices/new", kind="N1", issues=issue.number)
    notice = db.session.scalars(select(Notice).order_by(Notice.id.desc())).first()
    url = f"/api/v1/notices/{notice.id}/actions/sign"
    with transaction():
        secret = accounts.issue_token(SYSTEM, people.sun.id)
    long_ago()
    token = sun.bare({})["csrf_token"]
    alone = contextvars.Context()
    db.session.rollback()
    answer = alone.run(sun.client.post, url, json={}, headers={"X-CSRFToken": token})
    assert answer.status_code == 403
    assert "再次验证身份" in answer.get_json()["detail"]
    bearer = {"Authorization": f"Bearer {secret}"}
    program = browser.stranger.client
    answer = contextvars.Context().run(program.post, url, json={}, headers=bearer)

    assert answer.status_code == 200, answer.get_json()
    assert db.session.get(Notice, notice.id).status is NoticeStatus.SIGNED


def test_a_role_taken_away_while_the_proof_is_asked_for_stays_taken(browser, people, window):
    with transaction():
        second = accounts.add(SYSTEM, "second", "安全管理员丁").id
        accounts.grant(SYSTEM, second, Role.SECADMIN)
    visitor, url = browser.as_("secadmin"), f"/admin/grants/{people.he.id}"
    visitor.get(url)
    long_ago()
    page = visitor.post(url, 403, role="office")
    with transaction():
        accounts.revoke(people["second"], people.secadmin.id, Role.SECADMIN)
    sent = visitor.send(url, 302, follow=False, **page.form(url).filled({"proof": PASSWORD}))

    assert sent.location.startswith("/login")
    assert people.he.roles == {Role.PERFORMANCE}


def test_the_window_holds_over_midnight(browser, people, window, monkeypatch):
    late = clock.real_now().astimezone(clock.SHANGHAI).replace(hour=23, minute=58)
    monkeypatch.setattr(clock, "real_now", lambda: late)
    visitor, url = browser.as_("secadmin"), f"/admin/grants/{people.he.id}"
    visitor.get(url)
    monkeypatch.setattr(clock, "real_now", lambda: late + timedelta(minutes=9))
    visitor.post(url, role="office")
    monkeypatch.setattr(clock, "real_now", lambda: late + timedelta(minutes=11))
    visitor.post(url, 403, role="head")

    assert people.he.roles == {Role.PERFORMANCE, Role.OFFICE}

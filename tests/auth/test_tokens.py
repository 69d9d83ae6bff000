"""Tokens: how long they live, what is written of their use, what ends them."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from auth import changing, people as acts, signin, tokens
from auth.actor import SYSTEM
from auth.models import ApiToken, User
from extensions import db, transaction
from issues.ground import clock
from issues.ground.refusals import Incomplete
from issues.models import Event
from issues.vocabulary import TokenScope

pytestmark = pytest.mark.both


def run(app, *words):
    return app.test_cli_runner().invoke(args=["users", "token", "chen", *words])


def only():
    return db.session.scalars(select(ApiToken)).one()


def test_a_token_of_the_command_line_has_every_right_and_a_year(app):
    ran = run(app)

    assert signin.actor_of_token(ran.stdout.strip()).token.scope is TokenScope.FULL
    row = only()
    assert row.digest == signin.digest_of(ran.stdout.strip())
    assert ran.stdout.strip() not in str(vars(row))
    assert timedelta(days=364) < row.expires_at - clock.real_now() < timedelta(days=366)


def test_scope_and_last_day_are_as_told(app):
    tomorrow = clock.local(clock.real_now()).date() + timedelta(days=1)
    ran = run(app, "--scope", "leads", "--until", tomorrow.isoformat(), "--note", "无人机")

    assert ran.exit_code == 0, ran.output
    row = only()
    assert (row.scope, row.note) == (TokenScope.LEADS, "无人机")
    end = clock.local(row.expires_at)
    assert (end.date(), end.hour, end.minute) == (tomorrow + timedelta(days=1), 0, 0)
    told = db.session.scalars(select(Event.detail).where(Event.action == "issue_token")).one()
    assert told["scope"] == "leads"


@pytest.mark.parametrize(
    "words",
    [
        ("--scope", "king"),
        ("--until", "2020-01-01"),
        ("--until", "soon"),
        ("--until", "9999-12-31"),
    ],
)
def test_what_cannot_be_is_told_and_makes_no_token(app, words):
    ran = run(app, *words)

    assert ran.exit_code != 0
    assert ran.stderr.strip()
    assert db.session.scalars(select(ApiToken)).all() == []


def test_a_token_from_before_scopes_keeps_every_right_and_no_end(app, people):
    with transaction():
        secret = acts.issue_token(SYSTEM, people.chen.id)
        db.session.execute(update(ApiToken).values(expires_at=None))

    assert signin.actor_of_token(secret).token.scope is TokenScope.FULL
    assert len(tokens.tokens_of(people.chen.id)) == 1


def test_a_token_ends_by_the_clock(app, people):
    with transaction():
        secret = acts.issue_token(SYSTEM, people.chen.id)
    assert signin.actor_of_token(secret).name == "chen"
    with transaction():
        db.session.execute(update(ApiToken).values(expires_at=clock.real_now()))

    assert signin.actor_of_token(secret) is None
    assert tokens.tokens_of(people.chen.id) == []
    with pytest.raises(Incomplete), transaction():
        acts.issue_token(SYSTEM, people.chen.id, until=clock.real_now())


@pytest.mark.parametrize("act", [changing.reset_by_link, acts.disable])
def test_a_reset_or_disabled_account_has_no_tokens_and_another_keeps_its_own(app, people, act):
    with transaction():
        secret = acts.issue_token(SYSTEM, people.chen.id)
        other = acts.issue_token(SYSTEM, people.wu.id)
        act(people.sysadmin, people.chen.id)
        db.session.execute(update(User).values(is_active=True))

    assert signin.actor_of_token(secret) is None
    assert signin.actor_of_token(other).name == "wu"


def test_its_last_use_is_written_once_a_minute_and_shown(app, browser, people):
    with transaction():
        secret = acts.issue_token(SYSTEM, people.chen.id, "每日汇总", TokenScope.READ)
    account = browser.as_("chen").get("/account")
    assert "从未使用" in account.text
    assert "只能查看" in account.text
    bearer = {"Authorization": f"Bearer {secret}"}

    pages = [browser.stranger.get("/api/v1/units", headers=bearer) for _ in range(3)]

    assert [len(page.statements.of_use) for page in pages] == [1, 0, 0]
    assert "从未使用" not in browser.as_("chen").get("/account").text


def test_the_keeper_of_accounts_sees_and_ends_tokens(browser, people):
    with transaction():
        secret = acts.issue_token(SYSTEM, people.chen.id, "每日汇总")
    access = f"/admin/accounts/{people.chen.id}/access"
    revoke = f"/admin/accounts/{people.chen.id}/access/tokens/{only().id}/revoke"
    assert "每日汇总" in browser.as_("sysadmin").get(access).text
    browser.as_("secadmin").get(access, 403)
    browser.as_("secadmin").post(revoke, 403, via="/account")

    page = browser.as_("sysadmin").post(revoke, via=access)

    assert "接口令牌已吊销" in page.text
    assert signin.actor_of_token(secret) is None

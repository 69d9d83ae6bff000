"""文号 under many signers at once: no gap, no repetition, one effect."""

import contextvars
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from pressed import noon, overdue, press
from sqlalchemy import select

from extensions import db, transaction
from issues.evidence.refusals import NoSpace
from issues.evidence.storage.store import open_store
from issues.ground.refusals import Refusal
from issues.models import Counter, Issue, Notice
from issues.notices import acts, drafting
from issues.vocabulary import NoticeAct, NoticeKind

pytestmark = pytest.mark.both
TODAY = noon("2025-11-25")
SIGNERS, EACH = 16, 2


def drafts(people, count):
    issue = overdue(people)
    with transaction():
        fresh = db.session.get(Issue, issue.id)
        made = [
            drafting.draft_by_hand(NoticeKind.N1, [fresh.number], people.sun, TODAY)
            for _ in range(count)
        ]
        return [notice.id for notice in made]


def sign(app, actor, notice_id, **more):
    """As another request would: a context, a session and a transaction of its own."""

    def run():
        with app.app_context():
            try:
                with transaction():
                    return acts.do(
                        NoticeAct.SIGN, notice_id, actor, {}, press(), at=TODAY, **more
                    ).number
            except Refusal:
                return None
            finally:
                db.session.remove()

    return contextvars.Context().run(run)


def test_sixteen_signers_at_once_take_thirty_two_numbers_without_gap(app, people):
    sun, ids = people.sun, drafts(people, SIGNERS * EACH)
    db.session.remove()

    with ThreadPoolExecutor(SIGNERS) as pool:
        numbers = list(pool.map(lambda notice: sign(app, sun, notice), ids))

    assert sorted(numbers) == sorted(
        f"巴环委办提〔2025〕{n}号" for n in range(1, SIGNERS * EACH + 1)
    )


def test_one_notice_signed_by_sixteen_at_once_is_signed_once(app, people):
    sun, (notice,) = people.sun, drafts(people, 1)
    db.session.remove()

    with ThreadPoolExecutor(SIGNERS) as pool:
        numbers = list(pool.map(lambda _: sign(app, sun, notice), range(SIGNERS)))

    assert [number for number in numbers if number] == ["巴环委办提〔2025〕1号"]
    assert db.session.scalars(select(Counter.last).where(Counter.last > 1)).all() == []


def test_a_trigger_asked_for_by_sixteen_at_once_drafts_once(app, people):
    sun, issue = people.sun, overdue(people).id
    db.session.remove()

    def ask(_):
        def run():
            with app.app_context():
                try:
                    with transaction():
                        ticket = db.session.get(Issue, issue)
                        made = drafting.draft(
                            NoticeKind.N3, [ticket], "held_red", "2025-11-01", sun, TODAY
                        )
                        return made is not None
                finally:
                    db.session.remove()

        return contextvars.Context().run(run)

    with ThreadPoolExecutor(SIGNERS) as pool:
        assert sorted(pool.map(ask, range(SIGNERS))) == [False] * (SIGNERS - 1) + [True]


def test_a_number_is_given_back_where_the_bytes_are_not_kept(app, people, tmp_path):
    sun, ids = people.sun, drafts(people, 2)
    full = open_store(tmp_path.as_uri(), {}, reserve=2**60)

    with pytest.raises(NoSpace), transaction():
        acts.do(NoticeAct.SIGN, ids[0], sun, {}, replace(press(), store=full), at=TODAY)
    db.session.remove()

    assert sign(app, sun, ids[1]) == "巴环委办提〔2025〕1号"
    assert db.session.get(Notice, ids[0]).number is None

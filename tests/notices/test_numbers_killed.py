"""文号 when a signing process is killed in the middle: nothing half done, no gap, no repetition."""

import time

import pytest
import signing_killed
from pressed import noon, overdue, press
from sqlalchemy import select
from tally import tell
from trials import trials

from extensions import db, transaction
from issues.imprints import checking
from issues.models import Counter, Notice
from issues.notices import acts, drafting
from issues.vocabulary import NoticeAct, NoticeKind, NoticeStatus
from tools.own_process import OwnProcess

pytestmark = pytest.mark.both
TODAY = noon("2025-11-25")
STAGES = ("number", "page", "kept", "written") * trials(1, 13)
NOTICES = 2 * len(STAGES)


def drafts(people):
    issue = overdue(people)
    with transaction():
        made = [
            drafting.draft_by_hand(NoticeKind.N1, [issue.number], people.sun, TODAY)
            for _ in range(NOTICES)
        ]
        return [notice.id for notice in made]


def kill_in_the_middle(place, people, notice, stage):
    """A process of its own signs and is killed when it has come so far."""
    process = OwnProcess(signing_killed.sign, place.config(), people.sun.id, notice, stage)
    assert process.next() == "in the middle"
    assert process.kill() == []


def signed_when_free(notice, actor):
    """A database takes a moment to see that a killed writer is gone."""
    until = time.monotonic() + 15
    while True:
        try:
            with transaction():
                return acts.do(NoticeAct.SIGN, notice, actor, {}, press(), at=TODAY).number
        except Exception:
            if time.monotonic() > until:
                raise


def test_signers_killed_at_every_stage_leave_no_gap_and_nothing_half_signed(
    place, people, database
):
    ids = drafts(people)
    numbers = []
    for stage, victim in zip(STAGES, ids[: len(STAGES)], strict=True):
        db.session.remove()
        kill_in_the_middle(place, people, victim, stage)
        row = db.session.get(Notice, victim)
        assert (row.status, row.number, row.sha256) == (NoticeStatus.DRAFT, None, None), stage
        numbers.append(signed_when_free(ids[len(numbers) + len(STAGES)], people.sun))
    numbers += [signed_when_free(victim, people.sun) for victim in ids[: len(STAGES)]]

    assert numbers == [f"巴环委办提〔2025〕{n}号" for n in range(1, NOTICES + 1)]
    series = select(Counter.last).where(Counter.series.like("notice %"))
    assert db.session.scalars(series).all() == [NOTICES]
    assert list(checking.faults()) == []
    tell(8, f"签发中被强制终止，{NOTICES}个文号", len(STAGES), [], database)

"""What is told to the owner of an account: what others did to it, and that their work is over."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import and_, exists, select

from auth.models import User
from extensions import db
from issues.messages.happening import Happening, one_person
from issues.models import Event, LongWork
from issues.rights.holders import have_any
from issues.rights.words import Right
from issues.vocabulary import (
    BY_A_LINK,
    BY_NOBODY,
    OF_OTHERS,
    AccountAct,
    MessageEvent,
    Subject,
)

SIGNED_IN = AccountAct.SIGN_IN.value
REVIEWS, WORKS = "/admin/reviews", "/works"
ASKED = "/admin/grants/asked"


def happenings(row: Event) -> Iterator[Happening]:
    """Tries that failed and roles asked for are told once a day, however many there are."""
    act = AccountAct.of(row.action)
    if act is AccountAct.ASK_PAIR:
        others = and_(have_any([Right.REVIEW_ACCOUNTS]), User.id != row.subject_id)
        yield Happening(
            MessageEvent.DECISION, act.label, REVIEWS, row.on,
            f"pair-{row.subject_id}-{row.seq}", others, for_systems=False,
        )  # fmt: skip
    elif act is AccountAct.ASK_ROLE:
        yield Happening(
            MessageEvent.DECISION, act.label, ASKED, row.on, f"asked-{row.on.isoformat()}",
            have_any([Right.GRANTS]), for_systems=False,
        )  # fmt: skip
    elif act is not None and _is_told(act, row):
        mark = f"{act}-{row.on.isoformat()}" if act in BY_NOBODY else str(row.seq)
        yield Happening(
            MessageEvent.ACCOUNT, act.label, "/account", row.on, f"account-{mark}",
            one_person(row.subject_id), for_systems=False,
        )  # fmt: skip


def _is_told(act: AccountAct, row: Event) -> bool:
    """Who has never signed in is told nothing of how the account came to be."""
    if act in BY_A_LINK or (act in OF_OTHERS and row.actor_id != row.subject_id):
        signed_in = Event.is_about(Subject.ACCOUNT, row.subject_id), Event.action == SIGNED_IN
        return bool(db.session.scalar(select(exists().where(*signed_in))))
    return False


def work_over(work: LongWork, on: date) -> Happening:
    return Happening(
        MessageEvent.WORK, f"{work.kind.label}：{work.state.label}", WORKS, on,
        f"work-{work.id}-{work.tries}", one_person(work.user_id), for_systems=False,
    )  # fmt: skip

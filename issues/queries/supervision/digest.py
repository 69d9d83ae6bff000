"""A leader's week in one document: what changed, what is about to turn, what waits for a word."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Text, cast, select

from auth.actor import Actor
from auth.models import Grant, User
from extensions import db
from issues.models import Digest, Instruction, Preference
from issues.personal import DIGEST
from issues.queries.board import changes, outlook, page as board
from issues.queries.board.outlook import Turn
from issues.queries.ground.day import Standing
from issues.queries.notices import inbox
from issues.queries.worklist import minute, sponsored
from issues.queries.worklist.instructions import instructions, unanswered
from issues.vocabulary import Colour, Role

WEEK = timedelta(days=7)
LISTED = 8
KEPT = 52
NO = "false"
"""How the switched-off choice stands in the table."""


def week_of(day: date) -> date:
    """The Monday a digest is dated by."""
    return day - timedelta(days=day.weekday())


def owed(on: date) -> list[int]:
    """Leaders who want a digest and have none of this week yet. One statement."""
    has = select(Digest.user_id).where(Digest.week_on == week_of(on))
    refused = select(Preference.user_id).where(
        Preference.key == DIGEST, cast(Preference.value, Text) == NO
    )
    leads = select(Grant.user_id).where(Grant.role == Role.LEADER, Grant.revoked_at.is_(None))
    rows = select(User.id).where(
        User.id.in_(leads), User.is_active, User.id.not_in(has), User.id.not_in(refused)
    )
    return list(db.session.scalars(rows.order_by(User.id)))


def written(actor: Actor, on: date, today: date) -> dict[str, Any]:
    """Within what the person may see; plain words and days only."""
    since = on - WEEK
    shown = board.board(actor, today, on, since, WEEK.days)
    words = db.session.scalars(instructions(actor)).all()
    mine = sponsored.sponsored(actor, today)
    late = unanswered(actor, today)
    return {
        "since": since.isoformat(),
        "on": on.isoformat(),
        "sentence": minute.state(actor, on, today).sentence,
        "now": shown.total.document(),
        "before": shown.total_before.document(),
        "newly": shown.counts["newly"],
        "late": shown.counts["late"],
        "reds": [
            {"number": one.number, "title": one.title, "unit": one.unit, "why": one.why}
            for one in shown.newly[:LISTED]
        ],
        "turning": [
            {
                "number": turn.number, "title": turn.title, "unit": turn.unit,
                "on": turn.on.isoformat(), "rule": turn.rule.label if turn.rule else "",
            }
            for turn in _reddening(actor, on, today)
        ],
        "turning_count": shown.counts["red"],
        **_closed(actor, since, on, today),
        "sponsored": [
            {"number": one.number, "title": one.title, "unit": one.unit,
             "colour": one.colour.value, "need": one.need, "asks": one.asks}
            for one in mine.lines
        ],
        "sponsored_count": mine.total,
        "unanswered": [_instruction(row) for row in late.rows],
        "unanswered_count": late.total,
        "instructions": [_instruction(row) for row in _told(words, since)],
        "letters": len(inbox.letters(actor, today)),
    }  # fmt: skip


def _reddening(actor: Actor, on: date, today: date) -> list[Turn]:
    found = outlook.turning(actor, Standing.on(on, today), WEEK.days)
    return [turn for turn in found if turn.colour is Colour.RED][:LISTED]


def _closed(actor: Actor, since: date, on: date, today: date) -> dict[str, Any]:
    """What the board began to count as struck off in the week. Two statements."""
    days = changes.days_of(since, on, today, is_seen=False)
    found = changes.struck_off(actor, days, LISTED)
    listed = [{"number": one.number, "title": one.title, "unit": one.unit} for one in found.listed]
    return {"closed": listed, "closed_count": found.total, "closed_back": found.back}


def _told(rows: Sequence[Instruction], since: date) -> list[Instruction]:
    """Those that wait for an answer, and those answered in the week."""
    return [row for row in rows if row.replied_on is None or row.replied_on > since]


def _instruction(row: Instruction) -> dict[str, str]:
    return {
        "number": row.issue.number,
        "text": row.text,
        "unit": row.unit.short_name if row.unit else "市环委办",
        "due_on": row.due_on.isoformat(),
        "reply": row.reply,
        "replied_on": row.replied_on.isoformat() if row.replied_on else "",
    }


def make(actor: Actor, on: date, today: date, at: datetime) -> Digest:
    """Never commits. A second one of a week is refused by the table."""
    row = Digest(
        user_id=actor.id, week_on=week_of(on), document=written(actor, on, today), made_at=at
    )
    db.session.add(row)
    db.session.flush()
    return row


def of(actor: Actor) -> list[Digest]:
    """A person's own, the newest first. One statement."""
    rows = select(Digest).where(Digest.user_id == actor.id)
    return list(db.session.scalars(rows.order_by(Digest.week_on.desc()).limit(KEPT)))

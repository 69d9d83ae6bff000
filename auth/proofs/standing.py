"""How an open session stands: the age of its password, its second factor, its last proof.

Asked only where a setting makes it matter.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import and_, select, update

from auth.models import SignIn, User
from auth.proofs.models import SecondFactor
from extensions import db, plain_rows
from issues.ground import clock

WARNING = timedelta(days=14)


class Standing(NamedTuple):
    """Of one session."""

    started_at: datetime
    proven_at: datetime | None
    password_changed_at: datetime | None
    is_by_password: bool
    has_factor: bool

    def is_fresh(self, minutes: int) -> bool:
        """Whether the person signed in, or proved again who they are, so lately."""
        last = max(self.started_at, self.proven_at or self.started_at)
        return clock.real_now() - last < timedelta(minutes=minutes)

    def is_too_old(self, days: int) -> bool:
        """Judged at the session's start: no form is lost because a day ends meanwhile."""
        ends = self.password_ends(days)
        return ends is not None and ends <= self.started_at

    def password_ends(self, days: int) -> datetime | None:
        """None where no age is set, or where another system said who it is."""
        if not (days and self.is_by_password and self.password_changed_at):
            return None
        return self.password_changed_at + timedelta(days=days)

    def days_left(self, days: int) -> int | None:
        """How many days before it must be changed, while that is near; None before and after."""
        ends, now = self.password_ends(days), clock.real_now()
        if ends is None or not ends - WARNING <= now < ends:
            return None
        return (clock.day_of(ends) - clock.day_of(now)).days


def standing_of(sign_in_id: int) -> Standing:
    """One statement."""
    factor = select(SecondFactor.id).where(
        SecondFactor.user_id == User.id,
        SecondFactor.ended_at.is_(None),
        SecondFactor.confirmed_at.is_not(None),
    )
    rows = plain_rows(
        select(
            SignIn.started_at,
            SignIn.proven_at,
            User.password_changed_at,
            and_(User.password_hash != "", SignIn.door == "").label("is_by_password"),
            factor.exists().label("has_factor"),
        )
        .join(User, User.id == SignIn.user_id)
        .where(SignIn.id == sign_in_id)
    )
    row = rows.one()
    return Standing(
        row.started_at, row.proven_at, row.password_changed_at, row.is_by_password, row.has_factor
    )


def prove(sign_in_id: int) -> None:
    """Write down that the person proved again who they are. Never commits."""
    db.session.execute(
        update(SignIn).where(SignIn.id == sign_in_id).values(proven_at=clock.real_now())
    )

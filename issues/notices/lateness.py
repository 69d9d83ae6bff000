"""What a unit still owes on a notice, or did late, as of a day."""

from datetime import date
from typing import NamedTuple

from issues.ground import clock
from issues.models import Notice
from issues.vocabulary import NoticeKind, NoticeStatus


class Owed(NamedTuple):
    """`label` says it in Chinese; `is_late` where the day has passed."""

    label: str
    is_late: bool


def owed(notice: Notice, today: date) -> list[Owed]:
    """Nothing for a draft or a void notice."""
    if notice.status is not NoticeStatus.SIGNED:
        return []
    answered = "报送方案" if notice.kind is NoticeKind.N0 else "答复"
    steps = [
        ("签收", notice.sign_due, _day(notice, "acknowledged_at")),
        (answered, notice.reply_due, _day(notice, "replied_at")),
    ]
    return [_step(label, due, done, today) for label, due, done in steps if due is not None]


def _day(notice: Notice, name: str) -> date | None:
    moment = getattr(notice, name)
    return clock.day_of(moment) if moment else None


def _step(label: str, due: date, done: date | None, today: date) -> Owed:
    late = ((done or today) - due).days
    if done is not None:
        return Owed(f"逾期{late}天{label}" if late > 0 else f"已{label}", is_late=late > 0)
    if late > 0:
        return Owed(f"未{label}，逾期{late}天", is_late=True)
    return Owed(f"待{label}，还有{-late}天" if late else f"待{label}，今天到期", is_late=False)

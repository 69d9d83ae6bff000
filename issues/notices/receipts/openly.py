"""What a stranger who holds the paper is told of it: what stands on the paper, and no more.

Of a paper with a 密级 nothing is told beside its number and digest, of a referral of clues neither
its points: whoever checks such a paper holds it, and whoever does not learns nothing here.
"""

from datetime import date
from typing import NamedTuple, cast

from issues.ground.secrecy.persons import masked
from issues.models import Notice
from issues.notices.kinds import compose
from issues.notices.kinds.shape import NoticeFactsDoc
from issues.notices.receipts.points import Point, points_of
from issues.vocabulary import NoticeKind


class Told(NamedTuple):
    """`is_secret`: the paper has a 密级; then `title` and all behind it are empty."""

    is_secret: bool
    title: str = ""
    unit: str = ""
    sign_due: date | None = None
    reply_due: date | None = None
    points: tuple[Point, ...] = ()


def told_of(notice: Notice) -> Told:
    """From the frozen facts, as they were printed."""
    facts = cast("NoticeFactsDoc", notice.facts)
    document = compose(facts)
    if document.secrecy:
        return Told(is_secret=True)
    points = () if notice.kind is NoticeKind.N7 else points_of(notice)
    return Told(
        is_secret=False,
        title=notice.title,
        unit=document.recipients,
        sign_due=_day(facts.get("sign_due")),
        reply_due=_day(facts.get("reply_due")),
        points=tuple(one._replace(text=masked(one.text)) for one in points),
    )


def _day(text: str | None) -> date | None:
    """As printed: what was set anew since is not what the paper says."""
    return date.fromisoformat(text) if text else None

"""What lies beside a ticket, as rows: spans of colour, notices, and everything of one ticket."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from issues.vocabulary import NoticeKind, NoticeStatus, Status


@dataclass(frozen=True, slots=True)
class Span:
    """A ticket's colour facts over some days, as `colouring_of` reads them."""

    valid_from: date
    valid_to: date
    yellow_from: date
    red_from: date
    card: str
    status: Status
    firings: list[dict[str, Any]]
    policy: int


@dataclass(frozen=True, slots=True)
class NoticeLine:
    id: int
    kind: NoticeKind
    status: NoticeStatus
    number: str
    unit: str
    signed_on: date | None
    sign_due: date | None
    reply_due: date | None
    acknowledged_at: datetime | None
    is_replied: bool


@dataclass(slots=True)
class Papers:
    """Rows as read: `a` to `d` days, `at` a moment, `n` a number, `t` texts."""

    cards: list[Any] = field(default_factory=list)
    extensions: list[Any] = field(default_factory=list)
    objections: list[Any] = field(default_factory=list)
    checks: list[Any] = field(default_factory=list)
    lookbacks: list[Any] = field(default_factory=list)
    notices: list[NoticeLine] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    reports: list[Any] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)
    has_contact: bool = False
    readings: list[tuple[date, int | None]] = field(default_factory=list)
    checklist: Any = None
    layers: list[tuple[str, str]] = field(default_factory=list)

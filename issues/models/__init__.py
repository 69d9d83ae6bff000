"""The tables and what the database itself refuses."""

from issues.models.covert import CovertNote, CovertPhoto
from issues.models.event import Anchor, Event
from issues.models.evidence import (
    Evidence,
    EvidenceBand,
    EvidenceTwin,
    FlagRuling,
    Reading,
)
from issues.models.issue import NO_CARD, ColourSpan, Issue, IssueFiring, IssueUnit
from issues.models.measure import (
    Claim,
    Extension,
    Measure,
    Objection,
    PartTaken,
    ProgressReport,
)
from issues.models.notice import (
    Counter,
    Notice,
    NoticeIssue,
    NoticeTemplate,
    Outbox,
    ReplyReview,
)
from issues.models.policy import (
    CalendarDay,
    CalendarYear,
    PolicyDraft,
    PolicyVersion,
    Setting,
)
from issues.models.running import (
    Clearance,
    Complainant,
    JobFailure,
    JobLease,
    JobMark,
    LedgerImport,
    OnceKey,
)
from issues.models.search import SearchText
from issues.models.supervision import (
    AssessmentRound,
    Card,
    Exposure,
    Finding,
    Instruction,
    Lookback,
    RoundItem,
    SiteCheck,
)
from issues.models.wall import MapSheet, WallPass

__all__ = [
    "NO_CARD",
    "Anchor",
    "AssessmentRound",
    "CalendarDay",
    "CalendarYear",
    "Card",
    "Claim",
    "Clearance",
    "ColourSpan",
    "Complainant",
    "Counter",
    "CovertNote",
    "CovertPhoto",
    "Event",
    "Evidence",
    "EvidenceBand",
    "EvidenceTwin",
    "Exposure",
    "Extension",
    "Finding",
    "FlagRuling",
    "Instruction",
    "Issue",
    "IssueFiring",
    "IssueUnit",
    "JobFailure",
    "JobLease",
    "JobMark",
    "LedgerImport",
    "Lookback",
    "MapSheet",
    "Measure",
    "Notice",
    "NoticeIssue",
    "NoticeTemplate",
    "Objection",
    "OnceKey",
    "Outbox",
    "PartTaken",
    "PolicyDraft",
    "PolicyVersion",
    "ProgressReport",
    "Reading",
    "ReplyReview",
    "RoundItem",
    "SearchText",
    "Setting",
    "SiteCheck",
    "WallPass",
]

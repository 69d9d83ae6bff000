"""The tables and what the database itself refuses."""

from issues.models.complaint import ComplaintOriginal
from issues.models.covert import CovertNote, CovertPhoto
from issues.models.dossier import DossierBatch, DossierItem
from issues.models.event import Anchor, Event
from issues.models.evidence import (
    Evidence,
    EvidenceBand,
    EvidenceTwin,
    FlagRuling,
    Reading,
)
from issues.models.imprint import Imprint, ImprintRow, RecordFault, RefusalTally
from issues.models.issue import NO_CARD, ColourSpan, Issue, IssueFiring, IssueUnit
from issues.models.measure import (
    Claim,
    Extension,
    Measure,
    Objection,
    PartTaken,
    ProgressReport,
    ReportKey,
    ReportTwin,
)
from issues.models.notice import (
    Counter,
    Notice,
    NoticeIssue,
    NoticeTemplate,
    Outbox,
    ReplyReview,
)
from issues.models.personal import Digest, Preference, SavedView
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
    ExampleMark,
    ImportIdentity,
    JobFailure,
    JobLease,
    JobMark,
    JobRun,
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
from issues.models.wall import IssueLayer, MapSheet, WallPass

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
    "ComplaintOriginal",
    "Counter",
    "CovertNote",
    "CovertPhoto",
    "Digest",
    "DossierBatch",
    "DossierItem",
    "Event",
    "Evidence",
    "EvidenceBand",
    "EvidenceTwin",
    "ExampleMark",
    "Exposure",
    "Extension",
    "Finding",
    "FlagRuling",
    "ImportIdentity",
    "Imprint",
    "ImprintRow",
    "Instruction",
    "Issue",
    "IssueFiring",
    "IssueLayer",
    "IssueUnit",
    "JobFailure",
    "JobLease",
    "JobMark",
    "JobRun",
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
    "Preference",
    "ProgressReport",
    "Reading",
    "RecordFault",
    "RefusalTally",
    "ReplyReview",
    "ReportKey",
    "ReportTwin",
    "RoundItem",
    "SavedView",
    "SearchText",
    "Setting",
    "SiteCheck",
    "WallPass",
]

"""The tables and what the database itself refuses."""

from issues.models.city.county_round import CountyRound, CountyRoundItem
from issues.models.city.keeper import Keeper, Keeping
from issues.models.city.polluter import LeadTie, Polluter, PolluterTie
from issues.models.city.proposal import CardProposal
from issues.models.city.region import Region
from issues.models.city.roster import RoleRequest, Roster
from issues.models.city.score import ScoreAppeal, ScoreEntry, ScoreQuarter, ScoreSheet
from issues.models.city.task import CountyTask
from issues.models.city.text import TextDocument, TextItem
from issues.models.complaint import Callback, ComplaintOriginal
from issues.models.covert import Capture, CovertNote, CovertPhoto
from issues.models.dossier import DossierBatch, DossierItem
from issues.models.event import Anchor, Event
from issues.models.evidence import (
    Contradiction,
    ContradictionRuling,
    Evidence,
    EvidenceBand,
    EvidenceTwin,
    FlagRuling,
    Reading,
    Waiver,
)
from issues.models.imprint import Imprint, ImprintRow, RecordFault, RefusalTally
from issues.models.intake.lead import Lead, LeadPicture
from issues.models.intake.likeness import IssueLink, LeadKey, LikenessKey
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
    Target,
)
from issues.models.messages.address import Address, FeedPass, Webhook
from issues.models.messages.message import Message, MessageChoice
from issues.models.notice import (
    Counter,
    Notice,
    NoticeCopy,
    NoticeIssue,
    NoticeRecipient,
    NoticeTemplate,
    Outbox,
    ReplyDraft,
    ReplyReview,
)
from issues.models.papers.draft import DraftPicture, DraftTyping, DraftVersion
from issues.models.personal import Digest, KeptForm, Preference, SavedView
from issues.models.policy import (
    CalendarDay,
    CalendarYear,
    ExportProfile,
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
    LedgerLayout,
    LongWork,
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
from issues.models.upkeep.backup_run import BackupRun
from issues.models.wall import IssueLayer, MapSheet, WallPass

__all__ = [
    "NO_CARD",
    "Address",
    "Anchor",
    "AssessmentRound",
    "BackupRun",
    "CalendarDay",
    "CalendarYear",
    "Callback",
    "Capture",
    "Card",
    "CardProposal",
    "Claim",
    "Clearance",
    "ColourSpan",
    "Complainant",
    "ComplaintOriginal",
    "Contradiction",
    "ContradictionRuling",
    "Counter",
    "CountyRound",
    "CountyRoundItem",
    "CountyTask",
    "CovertNote",
    "CovertPhoto",
    "Digest",
    "DossierBatch",
    "DossierItem",
    "DraftPicture",
    "DraftTyping",
    "DraftVersion",
    "Event",
    "Evidence",
    "EvidenceBand",
    "EvidenceTwin",
    "ExampleMark",
    "ExportProfile",
    "Exposure",
    "Extension",
    "FeedPass",
    "Finding",
    "FlagRuling",
    "ImportIdentity",
    "Imprint",
    "ImprintRow",
    "Instruction",
    "Issue",
    "IssueFiring",
    "IssueLayer",
    "IssueLink",
    "IssueUnit",
    "JobFailure",
    "JobLease",
    "JobMark",
    "JobRun",
    "Keeper",
    "Keeping",
    "KeptForm",
    "Lead",
    "LeadKey",
    "LeadPicture",
    "LeadTie",
    "LedgerImport",
    "LedgerLayout",
    "LikenessKey",
    "LongWork",
    "Lookback",
    "MapSheet",
    "Measure",
    "Message",
    "MessageChoice",
    "Notice",
    "NoticeCopy",
    "NoticeIssue",
    "NoticeRecipient",
    "NoticeTemplate",
    "Objection",
    "OnceKey",
    "Outbox",
    "PartTaken",
    "PolicyDraft",
    "PolicyVersion",
    "Polluter",
    "PolluterTie",
    "Preference",
    "ProgressReport",
    "Reading",
    "RecordFault",
    "RefusalTally",
    "Region",
    "ReplyDraft",
    "ReplyReview",
    "ReportKey",
    "ReportTwin",
    "RoleRequest",
    "Roster",
    "RoundItem",
    "SavedView",
    "ScoreAppeal",
    "ScoreEntry",
    "ScoreQuarter",
    "ScoreSheet",
    "SearchText",
    "Setting",
    "SiteCheck",
    "Target",
    "TextDocument",
    "TextItem",
    "Waiver",
    "WallPass",
    "Webhook",
]

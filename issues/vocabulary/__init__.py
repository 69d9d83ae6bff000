"""Every word the product stores, with the Chinese it is shown as.

No other package spells a domain word. Nothing here decides anything.
"""

from issues.vocabulary.evidence import (
    Conclusion,
    EvidenceKind,
    FlagKind,
    LookbackResult,
    ReturnCode,
    Ruling,
    Standard,
)
from issues.vocabulary.people import (
    ADMINISTRATORS,
    UNIT_ROLES,
    AccountAct,
    Relation,
    Role,
    UnitAct,
)
from issues.vocabulary.supervision import (
    CARDS,
    WORST_FIRST,
    Colour,
    ExposureLevel,
    FindingResult,
    NoticeAct,
    NoticeKind,
    NoticeStatus,
    Rule,
)
from issues.vocabulary.ticket import (
    COMPLAINT_SOURCES,
    ENDED,
    GRAVE,
    INSPECTION_SOURCES,
    LASTING,
    OFF_BOARD,
    OPEN,
    STRUCK_OFF,
    Action,
    DeadlineKind,
    ProblemType,
    Source,
    Status,
)
from issues.vocabulary.word import Word

__all__ = [
    "ADMINISTRATORS",
    "CARDS",
    "COMPLAINT_SOURCES",
    "ENDED",
    "GRAVE",
    "INSPECTION_SOURCES",
    "LASTING",
    "OFF_BOARD",
    "OPEN",
    "STRUCK_OFF",
    "UNIT_ROLES",
    "WORST_FIRST",
    "AccountAct",
    "Action",
    "Colour",
    "Conclusion",
    "DeadlineKind",
    "EvidenceKind",
    "ExposureLevel",
    "FindingResult",
    "FlagKind",
    "LookbackResult",
    "NoticeAct",
    "NoticeKind",
    "NoticeStatus",
    "ProblemType",
    "Relation",
    "ReturnCode",
    "Role",
    "Rule",
    "Ruling",
    "Source",
    "Standard",
    "Status",
    "UnitAct",
    "Word",
]

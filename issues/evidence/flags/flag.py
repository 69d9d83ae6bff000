"""One thing a reviewer should look at twice, and what was ruled of it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Self

from issues.vocabulary import FlagKind, Ruling


@dataclass(frozen=True, slots=True)
class Ruled:
    ruling: Ruling
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Flag:
    """Of a file (`evidence_id`) or of a progress report (`report_id`).

    `twin` is the number of the other ticket, empty where the reader does not see it; `twin_id` is
    the other file or report; `on` is the day of the report.
    """

    kind: FlagKind
    because: str
    twin: str = ""
    evidence_id: int | None = None
    report_id: int | None = None
    twin_id: int | None = None
    on: date | None = None
    ruled: Ruled | None = None

    @property
    def key(self) -> str:
        """Names the flag, whoever reads it and whatever is ruled.

        A copied report is one flag, beside however many files it stands.
        """
        of, twin = (self.report_id or self.evidence_id), self.twin_id or 0
        return f"{self.kind.value}-{'r' if self.report_id else 'e'}{of}-{twin}"

    @property
    def is_open(self) -> bool:
        return self.ruled is None

    def of(self, evidence_id: int) -> Self:
        return replace(self, evidence_id=evidence_id)

    def document(self) -> dict[str, str | None]:
        return {
            "kind": self.kind.value, "with": self.twin or None, "because": self.because,
            "ruling": self.ruled.ruling.value if self.ruled else None,
        }  # fmt: skip

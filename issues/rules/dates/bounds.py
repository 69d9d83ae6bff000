"""Between which days a day may lie, with the sentences that say so."""

from dataclasses import dataclass
from datetime import date

from issues.rules.dates.days import written


@dataclass(frozen=True, slots=True)
class Bound:
    """The first and the last day that are taken, each with the sentence that refuses beyond it.

    `now` says what stands today, `source` by what rule the last day is the last.
    """

    first: date | None = None
    last: date | None = None
    early: str = ""
    late: str = ""
    now: str = ""
    source: str = ""

    def why_not(self, day: date) -> str:
        """The sentence that refuses this day; "" where it is taken."""
        if self.first is not None and day < self.first:
            return self.early
        return self.late if self.last is not None and day > self.last else ""

    @property
    def hint(self) -> str:
        """What a person is told beside the field: what stands now, and from when until when."""
        said = [self.now] if self.now else []
        if self.first is not None:
            said.append(f"最早{written(self.first)}")
        if self.last is not None:
            said.append(f"最迟{written(self.last)}")
        return "，".join(said) + (f"（{self.source}）" if self.source else "") + "。"


def until_today(called: str, today: date) -> Bound:
    return Bound(last=today, late=f"{called}不能晚于今天")


def from_today(called: str, today: date) -> Bound:
    return Bound(today, early=f"{called}不能早于今天")

"""Lengths made from a deadline: the days it counts as near, and how far it may be extended."""

from dataclasses import dataclass
from datetime import date

from issues.rules.dates.days import days_after, written
from issues.rules.policy import Policy

WHOLE = 100


def near_days(assigned: date, due: date, policy: Policy) -> int:
    """Days before `due` from which it is near (Y1, docs/rules.md)."""
    share = -(-policy.near_share * (due - assigned).days // WHOLE)
    return min(policy.near_max, max(policy.near_min, share))


@dataclass(frozen=True, slots=True)
class ExtensionLimit:
    """The last day a city-level ticket may be moved to; None with a `refusal` where it may not."""

    latest: date | None
    refusal: str = ""

    def why_not(self, due: date, wanted: date) -> str | None:
        """The sentence that refuses this new day, or None where it may be granted."""
        if self.latest is None:
            return self.refusal
        if wanted <= due:
            return f"新时限应晚于现时限{written(due)}"
        if wanted > self.latest:
            return f"新时限最晚为{written(self.latest)}"
        return None


def extension_limit(
    assigned: date, first_due: date, due: date, times: int, policy: Policy
) -> ExtensionLimit:
    """How far `due` may go after `times` granted extensions (docs/rules.md, city-level sources).

    `assigned` and `first_due` bound the first window of the round.
    """
    if times >= policy.extension_times:
        return ExtensionLimit(None, f"已延期{times}次，不能再延（最多{policy.extension_times}次）")
    share = max(0, (first_due - assigned).days) * policy.extension_share // WHOLE
    latest = days_after(first_due, min(share, policy.extension_days))
    if latest <= due:
        return ExtensionLimit(
            None,
            f"累计延期已到上限：首个办理期限的{policy.extension_share}%且不超过{policy.extension_days}天",
        )
    return ExtensionLimit(latest)

"""What the history of a ticket tells of an act on it."""

from collections.abc import Sequence

from issues import audit
from issues.vocabulary import Action, Subject
from issues.workflow.act import Act, recorded

COVERT = frozenset({Action.PLAN_LOOKBACK, Action.RECORD_LOOKBACK})
_SECRET = frozenset({"complainant"})


def write_history(act: Act, before: str) -> None:
    """What was done, of a ticket that is settled already."""
    write_histories([(act, before)])


def write_histories(acts: Sequence[tuple[Act, str]]) -> None:
    """The same of one act each on many tickets: (act, status before)."""
    audit.record_each([_told_of(act, before) for act, before in acts])


def _told_of(act: Act, before: str) -> audit.Told:
    issue, detail = act.issue, act.detail
    told = {
        name: recorded(value)
        for name, value in detail.items()
        if name not in _SECRET and value not in (None, [], "")
    }
    return audit.Told(
        Subject.TICKET,
        issue.id,
        act.called or act.action,
        act.actor,
        at=act.at,
        before=before,
        after=issue.status.value,
        reason=detail.get("reason") or detail.get("opinion") or detail.get("note") or act.because,
        detail=told | {name: recorded(value) for name, value in act.noted.items()},
        is_covert=act.action in COVERT,
    )

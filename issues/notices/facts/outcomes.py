"""What an N8 tells: the last of closing, sending back and lifting a card, unless it is said."""

from issues.models import Issue
from issues.notices.facts.past import past_of
from issues.notices.kinds import CLOSED, LIFTED, RETURNED
from issues.notices.kinds.past import DoneFacts
from issues.notices.kinds.shape import OutcomeFacts
from issues.vocabulary import STRUCK_OFF


def outcome_facts(issue: Issue, what: str = "") -> OutcomeFacts:
    """The named outcome as the records tell it, or the last one there was.

    One that no record tells has neither day nor reason.
    """
    past = past_of([issue])[issue.id]
    found: dict[str, OutcomeFacts | None] = {
        CLOSED: {"what": CLOSED, "on": past["closed_on"]} if past["closed_on"] else None,
        LIFTED: _last(LIFTED, past["lifts"]),
        RETURNED: _last(RETURNED, past["returns"]),
    }
    if what in found:
        return found[what] or {"what": what}
    if issue.status in STRUCK_OFF:
        return found[CLOSED] or {"what": CLOSED}
    told = [facts for facts in found.values() if facts]
    return max(told, key=lambda facts: facts["on"], default=OutcomeFacts(what=RETURNED))


def _last(what: str, done: list[DoneFacts]) -> OutcomeFacts | None:
    if not done:
        return None
    last = done[-1]
    facts: OutcomeFacts = {"what": what, "on": last["on"], "reason": last["reason"]}
    if what == LIFTED:
        facts["card"] = last["card"]
    return facts

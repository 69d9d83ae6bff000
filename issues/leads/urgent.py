"""What is told of a lead at once: that one came in which is to be decided within hours."""

from auth.actor import Actor
from issues.ground import clock
from issues.messages.happening import Happening
from issues.messages.telling import tell_of
from issues.models import Lead
from issues.rights.holders import have_any
from issues.rights.words import Right
from issues.vocabulary import MessageEvent


def tell(lead: Lead, actor: Actor) -> None:
    """A task, and no decision that waits: what waits for the day's digest comes too late."""
    one = Happening(
        MessageEvent.TASK, f"急办线索第{lead.id}号", f"/leads/{lead.id}",
        clock.day_of(lead.received_at), f"urgent-lead-{lead.id}",
        have_any([Right.TRIAGE_LEADS]), for_systems=False,
    )  # fmt: skip
    tell_of(one, but=actor.id)

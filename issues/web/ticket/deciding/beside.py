"""What stands beside the form of an act: what is at hand, what differs, pictures, arithmetic."""

from typing import Any

from auth.actor import Actor
from issues.city import opinions
from issues.evidence.flags.examine import file_flags
from issues.ground import clock
from issues.models import Evidence, Issue
from issues.queries.evidence import files
from issues.queries.evidence.contradictions import open_of
from issues.queries.evidence.flags import Doubt, doubts_of
from issues.queries.ground.colouring import colouring_of
from issues.queries.ticket.at_hand import at_hand
from issues.queries.worklist.following import NOTHING, following
from issues.rights.table import Right, may
from issues.vocabulary import Action
from issues.web.ticket.deciding.ways import PAIR_OF, ways_of

DECIDING = frozenset(
    {
        Action.CONFIRM_PROGRESS, Action.RETURN_PROGRESS, Action.PASS_FIRST_ACCEPTANCE,
        Action.RETURN_ACCEPTANCE, Action.RECORD_SITE_CHECK, Action.APPROVE_CLOSURE,
        Action.RETURN_CLOSURE, Action.CLOSE,
    }
)  # fmt: skip
"""Acts that rest upon what the sources say: what differs in them, and the pictures, stand there."""
OF_COLOUR = frozenset(
    {
        Action.RAISE_CARD, Action.LIFT_CARD, Action.PROPOSE_CARD, Action.DECLINE_PROPOSAL,
        Action.WITHDRAW_PROPOSAL,
    }
)  # fmt: skip
"""Acts upon a card: by what rules the colour is what it is stands there."""
MOST_PICTURES = 6
_NOTHING: dict[str, Any] = {
    "papers": [], "contradictions": [], "doubts": [], "picture_pairs": [], "pictures": [],
    "colouring": None,
    "ways": [], "following": NOTHING, "phrases": None,
}  # fmt: skip


def beside(act: Action, issue: Issue | None, person: Actor) -> dict[str, Any]:
    """By the names the page of the act reads them by."""
    if issue is None:
        return _NOTHING
    ways = ways_of(act, issue, person)
    pair = PAIR_OF[act] if ways else ()
    reviews = act in DECIDING and may(person, Right.SEE_FLAGS, issue)
    today = clock.today()
    return _NOTHING | {
        "papers": at_hand(act, issue, person),
        "contradictions": open_of(issue, person) if reviews else [],
        **(_files(issue, person, reviews=reviews) if act in DECIDING else {}),
        "colouring": colouring_of(issue, today) if act in OF_COLOUR else None,
        "ways": ways,
        "following": following(pair, person, today, beside=issue.number) if pair else NOTHING,
        "phrases": opinions.of(person, way_of(act)) if pair else None,
    }


def way_of(act: Action) -> str:
    """Whether this act lets the matter go on."""
    return opinions.YES if PAIR_OF[act][0] is act else opinions.NO


def _files(issue: Issue, person: Actor, *, reviews: bool) -> dict[str, Any]:
    """Before and after side by side, or else the newest pictures; and what is doubted of a file."""
    rows = files.seen_by(person, issue, files.rows_of(issue))
    shown = files.newest(rows)
    pairs = files.pairs_of(shown)
    others = [] if pairs else [one for one in shown if one.is_picture][-MOST_PICTURES:]
    doubts = _doubts(issue, rows, person) if reviews else []
    return {"picture_pairs": pairs, "pictures": others, "doubts": doubts}


def _doubts(issue: Issue, rows: list[Evidence], person: Actor) -> list[Doubt]:
    """Of files, ruled by nobody yet; a copied report's doubt stands above the report itself."""
    found = [one for one in file_flags(issue, rows, person) if one.is_open]
    return doubts_of(issue, found, rows, person) if found else []

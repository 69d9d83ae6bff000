"""The tickets of a round as its page lists them: by which rules each was proposed."""

from sqlalchemy import select

from extensions import db
from issues.models import AssessmentRound, ColourSpan
from issues.rules.colour import folded
from issues.rules.firings import Firing
from issues.rules.listing import coded


def rules_of(row: AssessmentRound) -> dict[int, list[str]]:
    """By the id of the item, as its ticket stood at the end of the round's day. One statement."""
    issues = [item.issue_id for item in row.items]
    spans = select(ColourSpan.issue_id, ColourSpan.firings).where(
        ColourSpan.issue_id.in_(issues), ColourSpan.valid_from <= row.on,
        ColourSpan.valid_to > row.on,
    )  # fmt: skip
    kept = {row.issue_id: row.firings for row in db.session.execute(spans)}
    return {
        item.id: coded(
            folded(map(Firing.from_document, kept.get(item.issue_id, ())), row.on), item.rules
        )
        for item in row.items
    }

"""What the database is asked of tickets for their facts: each statement is made once."""

from sqlalchemy import select

from issues.colour.targets_of import TARGETS as STANDING
from issues.ground.batches import Reads, narrowed
from issues.models import (
    AssessmentRound,
    Claim,
    Exposure,
    Finding,
    Measure,
    Notice,
    NoticeIssue,
    RoundItem,
    Target,
)
from issues.rules.each.notices_lapsed import TO_BE_ANSWERED
from issues.vocabulary import NoticeStatus

MEASURES = narrowed(
    select(
        Measure.issue_id, Measure.round, Measure.no, Measure.start, Measure.deadline,
        Measure.target, Measure.unit_of_target, Measure.confirmed,
        Measure.sense_of_target,
    )
    .where(Measure.dropped_at.is_(None), Measure.is_done.is_(False))
    .order_by(Measure.issue_id, Measure.no),
    Measure.issue_id,
)  # fmt: skip
"""A measure confirmed done colours nothing any more, and most are."""
TARGETS = narrowed(STANDING, Target.issue_id)
CLAIMS = narrowed(
    select(
        Claim.issue_id, Claim.round, Claim.claimed_on, Claim.ended_on, Claim.ended_at,
        Claim.is_return, Claim.first_passed_on,
    ).order_by(Claim.id),
    Claim.issue_id,
)  # fmt: skip
NOTICES = narrowed(
    select(
        NoticeIssue.issue_id, Notice.kind, Notice.number, Notice.signed_on, Notice.sign_due,
        Notice.acknowledged_at, Notice.reply_due, Notice.replied_at,
    )
    .join(NoticeIssue, NoticeIssue.notice_id == Notice.id).where(Notice.centre_id.is_(None))
    .where(Notice.status == NoticeStatus.SIGNED, Notice.kind.in_(TO_BE_ANSWERED))
    .order_by(Notice.id),
    NoticeIssue.issue_id,
)  # fmt: skip
EXPOSURES = narrowed(
    select(Exposure.issue_id, Exposure.on, Exposure.level, Exposure.medium)
    .where(Exposure.ended_on.is_(None))
    .order_by(Exposure.id),
    Exposure.issue_id,
)
FINDINGS = narrowed(
    select(Finding.issue_id, Finding.on, Finding.result)
    .where(Finding.ended_on.is_(None))
    .order_by(Finding.id),
    Finding.issue_id,
)
UNABLE = narrowed(
    select(RoundItem.issue_id, AssessmentRound.closed_on)
    .join(AssessmentRound, AssessmentRound.id == RoundItem.round_id)
    .where(RoundItem.is_unable, AssessmentRound.closed_on.is_not(None))
    .order_by(AssessmentRound.closed_on),
    RoundItem.issue_id,
)
ALL = Reads(
    {
        "measures": MEASURES, "targets": TARGETS, "claims": CLAIMS, "notices": NOTICES,
        "exposures": EXPOSURES, "findings": FINDINGS, "unable": UNABLE,
    }
)  # fmt: skip

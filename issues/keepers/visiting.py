"""A keeper's visits, kept in the history of the ticket, with photos where there are any.

A photo is asked for only where the checklist of the ticket asks for photos of visits and fewer
stand on it (issues/rules/required.py); it is evidence like any other. Never commits.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from auth.actor import Actor
from extensions import db
from issues import audit
from issues.evidence.intake.taking import Proven
from issues.evidence.rows import About, write
from issues.ground import clock
from issues.ground.refusals import Incomplete, NotFound, WrongStatus
from issues.keepers.inherited import kept_by
from issues.models import Issue
from issues.vocabulary import OFF_BOARD, OPEN, BesideAct, EvidenceKind
from issues.workflow.changes.accepting import held_kinds, required_kinds

LONGEST = 200
MOST_PHOTOS = 9


def find(actor: Actor, issue_id: int, *, for_change: bool = False) -> Issue:
    """A ticket that the person keeps now. Raises NotFound for any other."""
    rows = select(Issue).where(
        Issue.id == issue_id, kept_by(actor.id), Issue.status.not_in(OFF_BOARD)
    )
    if for_change:
        rows = rows.with_for_update(of=Issue).execution_options(populate_existing=True)
    issue = db.session.scalars(rows).first()
    if issue is None:
        raise NotFound
    return issue


def photos_short(issue: Issue) -> int:
    """How many photos of visits the checklist of the ticket still asks for."""
    kind = EvidenceKind.KEEPER_VISIT
    asked = required_kinds(issue).get(kind, 0)
    return max(0, asked - held_kinds(issue)[kind]) if asked else 0


def visit(
    actor: Actor, issue_id: int, said: Mapping[str, str], proven: Sequence[Proven] = ()
) -> Issue:
    """One line of what was seen; the same bytes twice are one photo.

    Raises NotFound, WrongStatus, Incomplete, OverQuota.
    """
    issue = find(actor, issue_id, for_change=True)
    if issue.status not in OPEN:
        raise WrongStatus("这个问题已销号，不再登记查看。")
    text, photos = said.get("text", "").strip(), _each_once(proven)
    errors = _faults_of(issue, photos)
    if not 0 < len(text) <= LONGEST:
        errors["text"] = [f"请写明查看情况，最多{LONGEST}个字"]
    if errors:
        raise Incomplete(errors)
    at, about = clock.now(), About(EvidenceKind.KEEPER_VISIT)
    kept = [write(issue, actor, one, about, at).id for one in photos]
    audit.record_beside(
        issue, BesideAct.VISIT, actor, at=at, reason=text, detail={"photos": kept} if kept else None
    )
    return issue


def _each_once(proven: Sequence[Proven]) -> list[Proven]:
    """The first of the same bytes."""
    first: dict[str, Proven] = {}
    for one in proven:
        first.setdefault(one.sha256, one)
    return list(first.values())


def _faults_of(issue: Issue, photos: Sequence[Proven]) -> dict[str, list[str]]:
    if len(photos) > MOST_PHOTOS:
        return {"photos": [f"一次最多附{MOST_PHOTOS}张照片"]}
    if any(one.facts is None for one in photos):
        return {"photos": ["请上传照片，其他文件由办理单位在佐证材料中上传"]}
    if not photos and (short := photos_short(issue)):
        return {"photos": [f"必备材料要求包保查看照片，还差{short}张，请附现场照片"]}
    return {}

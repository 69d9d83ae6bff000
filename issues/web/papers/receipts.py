"""What a paper asks and how far it is answered, on its page; the unit's form, point by point."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from issues.ground import clock
from issues.ground.refusals import Refusal
from issues.models import Notice, ReplyDraft, ReplyReview
from issues.notices import acts
from issues.notices.receipts import drafts
from issues.notices.receipts.points import is_answered_by_points, points_of
from issues.notices.receipts.standing import lines
from issues.notices.rights import may_answer
from issues.queries.notices.files import evidence_of
from issues.vocabulary import NoticeAct, NoticeStatus
from issues.web.door.drawing import Drawn
from issues.web.door.guards import actor
from issues.web.notices.forms import standing
from issues.web.notices.typed import is_sent
from issues.web.papers import points

MOST_LISTED = 30
"""Of the files already there so many, the newest, are offered at each point."""


def shown(
    notice: Notice,
    open_acts: Collection[NoticeAct],
    told: Sequence[ReplyReview],
    refusal: Refusal | None,
) -> dict[str, Any]:
    """What the template reads: the points, their form where it is this person's, the draft."""
    person, draft = actor(), drafts.of(notice)
    asked = lines(notice, draft, told, clock.today())
    waits = acts.waits_for_leader(notice, person)
    found: dict[str, Any] = {"asked": asked, "waits_for_leader": waits, "point_rows": []}
    found |= {"begun": None, "begins_only": False, "point_files": [], "most_files": MOST_LISTED}
    if notice.status is not NoticeStatus.SIGNED or not may_answer(person, notice):
        return found
    found["begun"] = draft
    signed_for = notice.acknowledged_at is not None or notice.sign_due is None
    found["begins_only"] = bool(waits) and signed_for and is_answered_by_points(notice)
    if asked and (NoticeAct.REPLY in open_acts or found["begins_only"]):
        found["point_rows"] = points.drawn(asked, *_given(notice, draft, refusal))
        found["point_files"] = evidence_of(notice)[:MOST_LISTED]
    return found


def _given(
    notice: Notice, draft: ReplyDraft | None, refusal: Refusal | None
) -> tuple[Sequence[Mapping[str, Any]], Mapping[str, list[str]]]:
    """What the rows of the form hold, and what was wrong with it."""
    if is_sent(NoticeAct.REPLY):
        return points.sent(), refusal.errors if refusal else {}
    if draft is not None:
        return draft.words.get("points", []), {}
    known = standing(NoticeAct.REPLY, notice).get(points.NAME)
    return (known.value if known else []), {}


def without_points(act: NoticeAct, form: list[Drawn], notice: Notice) -> list[Drawn]:
    """The points are drawn by themselves; beside them the text need say nothing."""
    if act is NoticeAct.RETURN_REPLY:
        return form if points_of(notice) else [one for one in form if one.name != points.NAME]
    if act is not NoticeAct.REPLY:
        return form
    for one in form:
        if one.name == "text" and points_of(notice):
            one.label, one.required = "补充说明", False
            said = "逐项填写了的可以不填；只填此处的，视为对各项一并答复"
            one.hint = "；".join(filter(None, (said, one.hint)))
    return [one for one in form if one.name != points.NAME]

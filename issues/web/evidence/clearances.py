"""Taking back that a person may read who complained of a ticket; the fields of giving it."""

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from auth.models import User
from extensions import db
from issues.act_fields import CLEARANCE, REVOCATION
from issues.evidence import clearances
from issues.ground import clock
from issues.ground.refusals import NotFound, Refusal
from issues.models import Issue
from issues.rights.table import Right
from issues.web.door import drawing, forms
from issues.web.door.guards import acting, actor, with_issue

blueprint = Blueprint("clearances", __name__)
SEE_OTHER = 303
PAGE = "complaint_originals.page"
GRANT = tuple(replace(field, limit=500) for field in CLEARANCE)
REVOKE = tuple(replace(field, limit=500) for field in REVOCATION if field.name == "reason")
LONGEST = f"最长{clearances.LONGEST.days}天"


def fields_of(issue: Issue, refusal: Refusal | None) -> list[drawing.Drawn]:
    """The fields of the head's word, with everybody whom it may be said of."""
    everybody = {"user": clearances.clearable(issue, actor())}
    table = [replace(one, hint=LONGEST) if one.name == "until" else one for one in GRANT]
    return list(drawing.drawn(table, refusal, choices=everybody).values())


@blueprint.get("/issues/<number>/originals/clearance/<name>/revoke")
@with_issue(Right.GRANT_CLEARANCE)
def ask(issue: Issue, name: str, refusal: Refusal | None = None) -> str:
    return _asked(issue, name, refusal)


def _asked(issue: Issue, name: str, refusal: Refusal | None = None) -> str:
    field = drawing.drawn(REVOKE, refusal)["reason"]
    return render_template(
        "evidence/revoke_clearance.html", issue=issue, user=_user(name), field=field
    )


@blueprint.post("/issues/<number>/originals/clearance/<name>/revoke")
@with_issue(Right.GRANT_CLEARANCE)
@acting(lambda refusal, issue, name: _asked(issue, name, refusal))
def revoke(issue: Issue, name: str) -> ResponseReturnValue:
    user = _user(name)
    clearances.revoke(issue, actor(), user, forms.read(REVOKE)["reason"], clock.now())
    flash(f"已收回{user.display_name}查看本事项举报人信息的授权，即时生效。", "success")
    return redirect(url_for(PAGE, number=issue.number), SEE_OTHER)


def _user(name: str) -> User:
    """Raises NotFound."""
    user = db.session.scalar(select(User).where(User.name == name))
    if user is None:
        raise NotFound
    return user

"""The head's word that a person may read who complained of a ticket, and taking it back."""

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from auth.models import User
from extensions import db
from issues.act_fields import REVOCATION
from issues.evidence import clearances
from issues.ground import clock
from issues.ground.refusals import NotFound, Refusal
from issues.models import Issue
from issues.rights.table import Right
from issues.web.account.proof import proven
from issues.web.door import drawing, forms
from issues.web.door.guards import acting, actor, with_issue
from issues.web.evidence.originals import GRANT, page

blueprint = Blueprint("clearances", __name__)
SEE_OTHER = 303
PAGE = "complaint_originals.page"
REVOKE = tuple(replace(field, limit=500) for field in REVOCATION if field.name == "reason")


@blueprint.post("/issues/<number>/originals/clearance")
@with_issue(Right.GRANT_CLEARANCE)
@proven
@acting(lambda refusal, issue: page(number=issue.number, refusal=refusal))
def grant(issue: Issue) -> ResponseReturnValue:
    given = forms.read(GRANT)
    clearances.grant(issue, actor(), given["user"], given["reason"], given["until"], clock.now())
    flash(f"已授权{given['user'].display_name}查看至{given['until']}。", "success")
    return redirect(url_for(PAGE, number=issue.number), SEE_OTHER)


@blueprint.get("/issues/<number>/originals/clearance/<name>/revoke")
@with_issue(Right.GRANT_CLEARANCE)
def ask(issue: Issue, name: str, refusal: Refusal | None = None) -> str:
    return _asked(issue, name, refusal)


def _asked(issue: Issue, name: str, refusal: Refusal | None = None) -> str:
    field = drawing.drawn(REVOKE, refusal)["reason"]
    return render_template(
        "evidence/originals/revoke.html", issue=issue, user=_user(name), field=field
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

"""每周提要: what a leader is told of the week; read, kept, and switched off by each alone."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from extensions import db, transaction
from issues import personal
from issues.ground import clock
from issues.ground.refusals import NotFound
from issues.models import Digest
from issues.queries.supervision import digest
from issues.rights.table import Right
from issues.web.door import forms
from issues.web.door.guards import actor, requires

blueprint = Blueprint("digests", __name__)


@blueprint.get("/digests")
@requires(Right.DIGESTS)
def page() -> str:
    """The newest, or the one asked for."""
    rows = digest.of(actor())
    asked = request.args.get("week", "")
    shown = next((row for row in rows if row.week_on.isoformat() == asked), None)
    if asked and shown is None:
        raise NotFound
    return render_template(
        "supervision/digests.html",
        rows=rows,
        kept=digest.KEPT,
        shown=shown or (rows[0] if rows else None),
        is_wanted=personal.chosen(actor(), personal.DIGEST, default=True),
    )


@blueprint.post("/digests/<int:digest_id>/read")
@requires(Right.DIGESTS)
def read(digest_id: int) -> ResponseReturnValue:
    with transaction():
        row = db.session.get(Digest, digest_id)
        if row is None or row.user_id != actor().id:
            raise NotFound
        row.read_at = row.read_at or clock.real_now()
        week = row.week_on
    return redirect(url_for("digests.page", week=week), 303)


@blueprint.post("/digests/switch")
@requires(Right.DIGESTS)
def switch() -> ResponseReturnValue:
    is_wanted = forms.carried("wanted") == "1"
    with transaction():
        personal.choose(actor(), personal.DIGEST, is_wanted)
    flash("每周一生成提要" if is_wanted else "不再生成每周提要", "success")
    return redirect(url_for("digests.page"), 303)

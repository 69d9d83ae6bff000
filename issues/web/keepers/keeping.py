"""What the person who is signed in keeps: the tickets, one of them, and a visit to it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from issues.act_fields import Field
from issues.evidence.intake.taking import Proven
from issues.ground import clock
from issues.ground.refusals import Incomplete, Refusal
from issues.keepers import visiting
from issues.queries.ground.names import region_words
from issues.queries.ground.paging import page_asked
from issues.queries.keepers import own as queries
from issues.rights.table import Right
from issues.vocabulary import OPEN
from issues.web.door import drawing, forms
from issues.web.door.files import staged
from issues.web.door.guards import acting, actor, requires

blueprint = Blueprint("keeping", __name__, url_prefix="/keeping")
PHOTOS = "photos"
ACCEPT = ".jpg,.jpeg,.jfif,.png,.heic,.heif,.webp"
SEEN = (Field("text", "text", "查看情况", limit=visiting.LONGEST, hint="写明看到什么，一句话。"),)


@blueprint.get("")
@requires(Right.KEEPING)
def page() -> str:
    return render_template(
        "keepers/own.html",
        rows=queries.own(actor(), clock.today(), page_asked(request.args.get("page", ""))),
        today=clock.today(),
        link=lambda to: url_for(".page", page=to),
    )


@blueprint.get("/<int:kept_id>")
@requires(Right.KEEPING)
def one(kept_id: int) -> str:
    return _one(kept_id)


def _one(kept_id: int, refusal: Refusal | None = None) -> str:
    issue = visiting.find(actor(), kept_id)
    return render_template(
        "keepers/own_ticket.html",
        issue=issue,
        line=queries.line_of(issue, actor(), clock.today()),
        region=region_words()(issue.township or issue.region),
        visits=queries.visits_of(issue),
        most=queries.MOST_VISITS,
        today=clock.today(),
        may_visit=issue.status in OPEN,
        short=visiting.photos_short(issue),
        most_photos=visiting.MOST_PHOTOS,
        accept=ACCEPT,
        form=drawing.drawn(SEEN, refusal),
        errors=refusal.errors if refusal else {},
        labels={"text": SEEN[0].label, PHOTOS: "现场照片"},
    )


@blueprint.post("/<int:kept_id>")
@requires(Right.KEEPING)
def visit(kept_id: int) -> ResponseReturnValue:
    """The line and its photos together, or neither; bytes are kept before the transaction."""
    visiting.find(actor(), kept_id)
    try:
        return _visit(kept_id=kept_id, proven=_proven())
    except Incomplete as refused:
        return _one(kept_id, refused), refused.status


@acting(lambda refusal, kept_id, **_: _one(kept_id, refusal))
def _visit(kept_id: int, proven: list[Proven]) -> ResponseReturnValue:
    visiting.visit(actor(), kept_id, forms.worded(SEEN), proven)
    flash("已登记查看。", "success")
    return redirect(url_for(".one", kept_id=kept_id), 303)


def _proven() -> list[Proven]:
    """Every sent photo, proven and kept. Raises Incomplete at the first that is refused."""
    most = visiting.MOST_PHOTOS
    return staged.proven(PHOTOS, most, f"一次最多附{most}张照片")

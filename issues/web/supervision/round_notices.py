"""All notices of a round in one PDF: made in pieces while the page is sent, gone on with later."""

from collections.abc import Iterator
from pathlib import Path

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    send_file,
    stream_template,
    url_for,
)
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from extensions import db
from issues.evidence.refusals import Damaged
from issues.ground import clock
from issues.ground.present import present
from issues.ground.refusals import Later, NotFound
from issues.models import Notice
from issues.notices.delivery.volume import Volume, drawn
from issues.notices.signing import Press
from issues.queries.notices.pages import of_round
from issues.rights.table import Right
from issues.web.door import forms, turns
from issues.web.door.guards import actor, requires
from issues.web.door.turns import builds_file
from issues.web.notices.pdf import PDF, pdf_answer, press

blueprint = Blueprint("notice_volume", __name__)
FOLDER = "volumes"
MOST_AT_ONCE = 60
"""As many as are put together while somebody waits; for more there is a page with its progress."""


def volume_of(round_id: int) -> Volume:
    user_id = present(actor().id, "the account")
    return Volume(Path(current_app.instance_path) / FOLDER, round_id, user_id)


def _notices_of(round_id: int) -> list[int]:
    """Those this person sees now. Raises NotFound where there are none."""
    found = [notice.id for notice in of_round(round_id, actor())]
    if not found:
        raise NotFound
    return found


class Run:
    """The steps of a volume while its page is sent; `fault` says what broke them off."""

    def __init__(self, volume: Volume, made: Press) -> None:
        self._volume, self._press = volume, made
        self.fault = "排印已停止，没有合并。"

    def __iter__(self) -> Iterator[tuple[int, int]]:
        try:
            with turns.FILES.turn():
                yield from self._volume.steps(self._press)
        except Later as later:
            self.fault = later.sentence
        except Damaged as damaged:
            number = db.session.scalar(select(Notice.number).where(Notice.sha256 == damaged.sha256))
            self.fault = f"{number}的签发原件已损坏，不能合并，请联系系统管理员从备份恢复。"

    @property
    def is_finished(self) -> bool:
        return self._volume.whole is not None


@blueprint.get("/rounds/<int:round_id>/notices")
@requires(Right.SEE_ROUNDS)
def page(round_id: int) -> str:
    notices, volume = _notices_of(round_id), volume_of(round_id)
    plan = volume.plan
    return render_template(
        "notices/of_round.html",
        round_id=round_id,
        total=len(notices),
        plan=plan,
        done=volume.done(plan) if plan else 0,
        whole=volume.whole,
        is_current=plan is not None and plan.notices == notices,
        steps=None,
    )


@blueprint.post("/rounds/<int:round_id>/notices")
@requires(Right.SEE_ROUNDS)
def make(round_id: int) -> ResponseReturnValue:
    """Goes on with what was begun, or begins anew; the page is sent while notices are drawn."""
    notices, volume = _notices_of(round_id), volume_of(round_id)
    plan = volume.plan
    if plan is None or plan.notices != notices or forms.carried("anew"):
        volume.begin(notices, clock.now())
    db.session.rollback()
    sent = stream_template(
        "notices/of_round.html", round_id=round_id, total=len(notices), steps=Run(volume, press())
    )
    return Response(sent, content_type="text/html; charset=utf-8")


@blueprint.post("/rounds/<int:round_id>/notices/drop")
@requires(Right.SEE_ROUNDS)
def drop(round_id: int) -> ResponseReturnValue:
    """A run that is on its way stops before its next piece."""
    volume_of(round_id).drop()
    flash("已停止，已排印的部分不再保留", "success")
    return redirect(url_for(".page", round_id=round_id), 303)


@blueprint.get("/rounds/<int:round_id>/notices/whole.pdf")
@requires(Right.SEE_ROUNDS)
def whole(round_id: int) -> ResponseReturnValue:
    """Only while the person still sees every notice in it."""
    volume = volume_of(round_id)
    plan, path = volume.plan, volume.whole
    if plan is None or path is None or not set(plan.notices) <= set(_notices_of(round_id)):
        raise NotFound
    name = f"调度文书-{round_id}.pdf"
    answer = send_file(path, mimetype=PDF, as_attachment=True, download_name=name, max_age=0)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@blueprint.get("/rounds/<int:round_id>/notices.pdf")
@requires(Right.SEE_ROUNDS)
@builds_file
def at_once(round_id: int) -> ResponseReturnValue:
    """The bulletin first, then the rest by number, the drafts last."""
    found = of_round(round_id, actor())
    if not found:
        raise NotFound
    if len(found) > MOST_AT_ONCE:
        return redirect(url_for(".page", round_id=round_id), 303)
    content = drawn([notice.id for notice in found], clock.now(), press())
    return pdf_answer(content, f"调度文书-{round_id}")

"""Notices: the list of what is out, one notice, its draft, its signing, its answer, its PDF."""

from typing import Any

from flask import (
    Blueprint,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from issues.ground import clock
from issues.ground.refusals import Incomplete, NotAllowed, Refusal
from issues.models import Notice
from issues.notices import acts, drafting, signing
from issues.notices.fields import fields_for
from issues.notices.kinds import REPORT, form_of, name_of
from issues.notices.lateness import owed
from issues.notices.reviewing import reviews
from issues.notices.rights import may_sign_any
from issues.queries.ground import record
from issues.queries.notices import pages as queries, signing as signing_queries
from issues.queries.notices.files import files_of_replies
from issues.queries.notices.pages import NoticeFilters
from issues.queries.notices.points import phrases
from issues.rights.table import Right, holds
from issues.vocabulary import NoticeAct, NoticeKind, NoticeStatus
from issues.web.courses.beside import beside, seen_of
from issues.web.desk.shown import desk_of
from issues.web.door import drawing, forms
from issues.web.door.drawing import Drawn
from issues.web.door.guards import acting, actor, requires
from issues.web.notices import story
from issues.web.notices.forms import (
    NEW,
    addressed,
    as_drawn,
    kinds_of,
    kinds_to_find,
    sent,
    standing,
)
from issues.web.notices.ofd import seal_of
from issues.web.notices.pdf import press
from issues.web.notices.typed import as_kept, as_typed, form_as_sent, is_sent
from issues.web.papers import receipts

blueprint = Blueprint("notices", __name__)
FORMS = (
    NoticeAct.ACKNOWLEDGE,
    NoticeAct.REPLY,
    NoticeAct.ACCEPT_REPLY,
    NoticeAct.RETURN_REPLY,
)


@blueprint.get("/notices")
@requires(Right.NOTICES)
def listed() -> str:
    filters = NoticeFilters.from_args(request.args)
    person, today = actor(), clock.today()
    found = queries.find(filters, person, today)
    return render_template(
        "notices/list.html",
        filters=filters,
        found=found,
        points=phrases(found.notices, today),
        owed=lambda notice: owed(notice, today),
        name_of=name_of,
        addressed=addressed,
        kinds=kinds_to_find(),
        statuses=NoticeStatus.choices(),
        states=queries.STATES.items(),
        link=lambda page: _link(filters, page),
        kinds_to_draft=kinds_of(person),
        sees_templates=holds(person, Right.TEMPLATES),
        to_sign=signing_queries.count(person) if may_sign_any(person) else 0,
    )


def _link(filters: NoticeFilters, page: int) -> str:
    asked: dict[str, Any] = filters.to_args(page=str(page), after="")
    return url_for(".listed", **asked)


@blueprint.get("/notices/new")
@requires(Right.NOTICES)
def new(refusal: Refusal | None = None) -> str:
    """Which kind, on which tickets: the numbers come from the ticket's page or are written."""
    person = actor()
    kinds = kinds_of(person)
    if not kinds:
        raise NotAllowed("您没有起草督办文书的权限。")
    asked = request.args
    current = {
        "kind": asked.get("kind", ""),
        "issues": asked.get("issues", "") or asked.get("issue", ""),
    }
    form = drawing.drawn(NEW, refusal, current, {"kind": kinds})
    return render_template("notices/new.html", form=form, refusal=refusal)


@blueprint.post("/notices")
@requires(Right.NOTICES)
@acting(new)
def draft() -> ResponseReturnValue:
    said = forms.read(NEW)
    numbers = (said["issues"] or "").replace("、", " ").replace(",", " ").split()
    kind, _, form = said["kind"].partition("-")
    notice = drafting.draft_by_hand(NoticeKind(kind), numbers, actor(), clock.now(), form)
    flash("草稿已起草，请核对后签发", "success")
    return redirect(url_for(".page", notice_id=notice.id), 303)


@blueprint.get("/notices/<int:notice_id>")
@requires(Right.NOTICES)
def page(notice_id: int, refusal: Refusal | None = None) -> str:
    person, today = actor(), clock.today()
    notice = queries.whole(notice_id, person)
    open_acts = acts.available(notice, person)
    more: dict[str, Any] = {"ready": None, "edit": []}
    more |= {"is_refused": False, "is_unsaved": False}
    told = reviews(notice)
    asked = receipts.shown(notice, open_acts, told, refusal)
    open_forms = [*open_acts, *([NoticeAct.REPLY] if asked["begins_only"] else [])]
    if notice.status is NoticeStatus.DRAFT:
        more |= _draft(notice, open_acts, refusal)
    kept = {"kind": notice.kind, **notice.facts}  # of a draft that was dropped little is kept
    facts: Any = more["ready"].facts if more["ready"] else kept
    return render_template(
        "notices/page.html",
        notice=notice,
        acts=open_acts,
        act_labels=NoticeAct,
        owed=owed(notice, today),
        history=[
            story.line_of(event) for event in seen_of(queries.history(notice), notice, person)
        ],
        answers=[(act, _answer(act, notice, refusal)) for act in FORMS if act in open_forms],
        **asked,
        refusal=refusal,
        reviews=told,
        reply_files=files_of_replies(notice, (one.reply_evidence for one in told)),
        name_of=name_of,
        signature=signing.signature(notice, press()) if notice.sha256 else None,
        ofd_seal=seal_of(notice) if notice.sha256 else None,
        form=form_of(facts),
        addressee="" if form_of(facts) == REPORT else facts.get("unit_name") or addressed(notice),
        doubt=record.of_notice(person, notice.id),
        **beside(notice, person, today),
        **more,
    )


def _draft(notice: Notice, open_acts: list[NoticeAct], refusal: Refusal | None) -> dict[str, Any]:
    """Judged as it stands on the screen; a refusal with its errors is the judgement already."""
    kept = ready = as_kept(notice)
    is_refused = bool(refusal and refusal.errors)
    if is_sent(NoticeAct.EDIT) and not is_refused:
        try:
            ready = as_typed(notice, kept)
        except Incomplete:  # typed wrong, and refused for something else
            is_refused = True
    if NoticeAct.EDIT not in open_acts:
        return {"ready": ready, "edit": []}
    edit = form_as_sent(NoticeAct.EDIT, notice, as_drawn(kept), refusal)
    return {
        "ready": ready, "edit": edit, "is_refused": is_refused, "is_unsaved": ready is not kept,
        "desk": desk_of(notice, kept, actor(), refusal, {one.name for one in edit}),
    }  # fmt: skip


def _answer(act: NoticeAct, notice: Notice, refusal: Refusal | None) -> list[Drawn]:
    """A form of the unit's, filled with what is known, each such field saying whence."""
    known = standing(act, notice)
    form = form_as_sent(act, notice, {name: one.value for name, one in known.items()}, refusal)
    return receipts.without_points(act, drawing.with_sources(form, known), notice)


def _do(act: NoticeAct, notice_id: int, said: str) -> ResponseReturnValue:
    notice = queries.whole(notice_id, actor())
    raw, drawn_with = sent(fields_for(act, notice)), standing(act, notice).keys()
    version = forms.number("version")
    acts.do(act, notice_id, actor(), raw, press(), version=version, drawn=drawn_with)
    flash(said, "success")
    return redirect(url_for(".page", notice_id=notice_id), 303)


@blueprint.post("/notices/<int:notice_id>/edit")
@requires(Right.NOTICES)
@acting(page)
def edit(notice_id: int) -> ResponseReturnValue:
    return _do(NoticeAct.EDIT, notice_id, "草稿已保存")


@blueprint.post("/notices/<int:notice_id>/acknowledge")
@requires(Right.NOTICES)
@acting(page)
def acknowledge(notice_id: int) -> ResponseReturnValue:
    return _do(NoticeAct.ACKNOWLEDGE, notice_id, "文书已签收")


@blueprint.post("/notices/<int:notice_id>/accept_reply")
@requires(Right.NOTICES)
@acting(page)
def accept_reply(notice_id: int) -> ResponseReturnValue:
    return _do(NoticeAct.ACCEPT_REPLY, notice_id, "答复已认可")


@blueprint.post("/notices/<int:notice_id>/return_reply")
@requires(Right.NOTICES)
@acting(page)
def return_reply(notice_id: int) -> ResponseReturnValue:
    return _do(NoticeAct.RETURN_REPLY, notice_id, "答复已退回，单位须在新的时限前重新答复")


@blueprint.get("/notices/<int:notice_id>/void")
@requires(Right.NOTICES)
def ask_void(notice_id: int, refusal: Refusal | None = None) -> str:
    notice, person = queries.whole(notice_id, actor()), actor()
    acts.refuse_unless_may(NoticeAct.VOID, notice, person)
    fields = form_as_sent(NoticeAct.VOID, notice, {}, refusal)
    return render_template("notices/void.html", notice=notice, fields=fields)


@blueprint.post("/notices/<int:notice_id>/void")
@requires(Right.NOTICES)
@acting(ask_void)
def void(notice_id: int) -> ResponseReturnValue:
    return _do(NoticeAct.VOID, notice_id, "文书已作废")

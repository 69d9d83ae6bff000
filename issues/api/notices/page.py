"""Notices: what is out, a draft by hand, the acts on one, and its PDF."""

from collections.abc import Mapping
from dataclasses import fields, replace
from io import BytesIO
from typing import Any

from flask import Blueprint, Response, request, send_file, url_for

from issues.act_fields import Field
from issues.act_fields.details import read_details
from issues.api.door import sent
from issues.api.door.answers import acting, after, limit, page, shaped, versioned
from issues.api.notices import shapes
from issues.api.openapi import bodies
from issues.api.openapi.components import Listing
from issues.api.openapi.described import PDF, describes, listed
from issues.ground import clock
from issues.ground.refusals import NotAllowed, NotFound
from issues.models import Notice
from issues.notices import acts, drafting, signing
from issues.notices.docx.writing import MEDIA_TYPE as DOCX
from issues.notices.fields import fields_of
from issues.notices.ofd.writing import MEDIA_TYPE as OFD
from issues.queries.notices import pages as queries
from issues.queries.notices.pages import NoticeFilters
from issues.rights.table import Right, holds
from issues.vocabulary import NoticeAct, NoticeKind
from issues.web.account.proof import require_fresh
from issues.web.door import turns
from issues.web.door.guards import NOT_YOURS, actor, requires
from issues.web.notices import docx as docx_pages, ofd as ofd_pages
from issues.web.notices.forms import WRITTEN
from issues.web.notices.pdf import press

blueprint = Blueprint("notices", __name__)

TAG = "督办文书"
ACTS = {act.value: act for act in NoticeAct if act is not NoticeAct.DRAFT}
OF_KIND = frozenset({NoticeAct.EDIT, NoticeAct.REPLY, NoticeAct.SIGN})
KNOWN = frozenset(field.name for field in fields(NoticeFilters))
QUERY = listed(
    {
        "status": ("string", "状态"),
        "kind": ("string", "种类"),
        "state": ("string", "unsigned 待签收，unanswered 待答复，overdue 已逾期"),
        "issue": ("string", "所涉事项的编号"),
        "round": ("string", "调度的序号：其通报和挂牌形成的文书"),
    }
)
DRAFT_FIELDS = (
    Field("kind", "choice", "文书种类", choices=(*NoticeKind.choices(), *WRITTEN)),
    Field("issues", "names", "事项编号", required=False),
)


def _asked(act: NoticeAct, kind: NoticeKind) -> tuple[tuple[str, bool], ...]:
    return tuple((field.name, field.required) for field in fields_of(act, kind))


BODIES = list(
    {
        (act, _asked(act, kind)): bodies.of_fields(fields_of(act, kind))
        | {"title": f"{act.label}{kind.value}" if act in OF_KIND else act.label}
        for act in ACTS.values()
        for kind in NoticeKind
    }.values()
)


@blueprint.get("/notices")
@describes(TAG, "文书清单，新的在前", answer=Listing(shapes.Notice), query=QUERY)
@requires(Right.NOTICES)
def index() -> Response:
    sent.refuse_unknown(KNOWN)
    begin, size = after(), limit()
    filters = replace(NoticeFilters.from_args(request.args), limit=str(size), after="")
    filters = replace(filters, after=str(begin or filters.offset))
    found = queries.find(filters, actor(), clock.today())
    return page([shape(notice) for notice in found.notices], found.next, found.total)


def shape(notice: Notice) -> shapes.Notice:
    numbers = [issue.number for issue in notice.issues]
    facts = notice.facts
    told = {name: list(facts.get(name) or []) for name in ("recipients", "partners")}
    unit = notice.unit.code
    return shapes.Notice.of(notice, issues=numbers, unit=unit, form=facts.get("form"), **told)


def _answer(notice: Notice, status: int = 200) -> Response:
    answer = versioned(shaped(shape(notice), status), notice.version)
    if status == 201:  # noqa: PLR2004 - HTTP's own
        answer.headers["Location"] = url_for("api.notices.show", notice_id=notice.id)
    return answer


@blueprint.post("/notices")
@describes(
    TAG, "手工起草一份文书", status=201, answer=shapes.Notice,
    body=bodies.of_fields(DRAFT_FIELDS),
)  # fmt: skip
@requires(Right.NOTICES)
@acting
def draft() -> Response:
    if not (holds(actor(), Right.DRAFT_NOTICE) or holds(actor(), Right.DRAFT_REFERRAL)):
        raise NotAllowed(NOT_YOURS)
    given = read_details(DRAFT_FIELDS, sent.body(), None)
    kind, _, form = given["kind"].partition("-")
    made = drafting.draft_by_hand(NoticeKind(kind), given["issues"], actor(), clock.now(), form)
    return _answer(made, 201)


@blueprint.get("/notices/<int:notice_id>")
@describes(TAG, "一份文书", answer=shapes.Notice, is_versioned=True)
@requires(Right.NOTICES)
def show(notice_id: int) -> Response:
    return _answer(queries.whole(notice_id, actor()))


@blueprint.post("/notices/<int:notice_id>/actions/<action>")
@describes(
    TAG, "修改、签发、作废、签收、答复一份文书", answer=shapes.Notice, is_versioned=True,
    body={"anyOf": BODIES},
)  # fmt: skip
@requires(Right.NOTICES)
@acting
def do(notice_id: int, action: str) -> Response:
    if action not in ACTS:
        raise NotFound
    if ACTS[action] is NoticeAct.SIGN:
        require_fresh()
    version = sent.known_version(queries.whole(notice_id, actor()).version)
    raw = _as_words(sent.body())
    notice = acts.do(ACTS[action], notice_id, actor(), raw, press(), version=version)
    return _answer(notice)


def _as_words(raw: Any) -> Any:
    """Files and points are named by numbers, which JSON writes as such."""
    if not isinstance(raw, Mapping):
        return raw
    return {
        name: _each_as_word(value) if name in {"evidence", "points"} else value
        for name, value in raw.items()
    }


def _each_as_word(given: Any) -> Any:
    if not isinstance(given, list):
        return given
    return [str(one) if type(one) is int else _files_as_words(one) for one in given]


def _files_as_words(row: Any) -> Any:
    files = row.get("evidence") if isinstance(row, Mapping) else None
    return row if not isinstance(files, list) else {**row, "evidence": _each_as_word(files)}


@blueprint.get("/notices/<int:notice_id>.pdf")
@describes(TAG, "签发的文件；草稿为标明“草稿”的预览", answers=PDF)
@requires(Right.NOTICES)
def pdf(notice_id: int) -> Response:
    notice = queries.whole(notice_id, actor())
    if notice.sha256 is None:
        with turns.FILES.turn():
            content = signing.preview(notice, clock.now(), press())
        name = f"草稿-{notice.id}"
    else:
        content, name = signing.frozen(notice, press()), str(notice.number)
    return send_file(
        BytesIO(content), mimetype=PDF, as_attachment=True, download_name=f"{name}.pdf"
    )


@blueprint.get("/notices/<int:notice_id>.ofd")
@describes(TAG, "签发的文书的 OFD；草稿为标明“草稿”的预览", answers=OFD)
@requires(Right.NOTICES)
def ofd(notice_id: int) -> Response:
    return ofd_pages.answer_of(queries.whole(notice_id, actor()))


@blueprint.get("/notices/<int:notice_id>.docx")
@describes(TAG, "草稿的 DOCX，可在 Word、WPS 中修改；已签发的没有", answers=DOCX)
@requires(Right.NOTICES)
def docx(notice_id: int) -> Response:
    return docx_pages.answer_of(queries.whole(notice_id, actor()))

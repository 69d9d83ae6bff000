"""The forms that files may be put aside for, and who may: whoever may send the form just now.

Deny by default: a form that does not stand here takes its files along as a browser sends them.
"""

from collections.abc import Callable, Mapping
from typing import Any

from flask import current_app
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from issues.evidence import rows as keeping
from issues.ground.refusals import NotAllowed, NotFound
from issues.keepers import visiting
from issues.models import Issue
from issues.notices import acts as notice_acts
from issues.notices.acts import refuse_unless_may
from issues.notices.rights import may_answer
from issues.queries.evidence import files as queries
from issues.queries.notices.pages import whole
from issues.rights.table import holds, may
from issues.supervision import covert
from issues.vocabulary import Action, NoticeAct
from issues.web.door.guards import NOT_YOURS, actor, need_of
from issues.web.rosters import drawn
from issues.web.ticket import photos
from issues.workflow import load
from issues.workflow.perform import check


def _anybody() -> None:
    """The right alone, which the view of the form declares."""


def _act(issue: Issue, action: str) -> None:
    act = next((one for one in photos.KINDS if one.value == action), None)
    if act is None:
        raise NotFound
    check(issue, act, actor(), None)


def _draft(notice_id: int) -> None:
    refuse_unless_may(NoticeAct.EDIT, whole(notice_id, actor()), actor())


def _note(note_id: int) -> None:
    covert.refuse_unless_open(covert.find(note_id, actor()), actor())


def _kept(kept_id: int) -> None:
    visiting.find(actor(), kept_id)


def _answer(notice_id: int) -> None:
    notice = whole(notice_id, actor())
    may_send = notice_acts.RIGHTS[NoticeAct.REPLY]
    if not may_send(actor(), notice) and not may_answer(actor(), notice):
        raise NotAllowed(NOT_YOURS)


def _new_version(issue: Issue, evidence_id: int) -> None:
    old = queries.one(issue, evidence_id, actor())
    keeping.refuse_unless_open(issue, actor(), Action.REPLACE)
    if not keeping.is_own(actor(), old):
        raise NotAllowed(NOT_YOURS)


FORMS: Mapping[str, Callable[..., None]] = {
    "acts.do": _act,
    "covert.write": _anybody,
    "covert.add": _note,
    "evidence.replace": _new_version,
    "exchange.upload": _anybody,
    "keeping.visit": _kept,
    "lead_form.report": _anybody,
    "notice_reply.reply": _answer,
    "notice_take_in.preview": _draft,
    "region_import.bring_in": _anybody,
    "texts.bring_in": _anybody,
    **dict.fromkeys(drawn.UPLOAD.values(), _anybody),
}
"""By the view that takes the form in: what it asks beside the right it declares."""


def refuse_unless_open(path: str) -> None:
    """`path`: where the form is sent to. Raises NotFound, NotAllowed, WrongStatus."""
    endpoint, given = view_of(path)
    need = need_of(endpoint)
    power = need.power if need else None
    if need is None or power is None:
        raise NotFound
    if need.kind == "with_issue":
        issue = load(given.pop("number"), actor())
        if not may(actor(), power, issue):
            raise NotAllowed(NOT_YOURS)
        given["issue"] = issue
    elif not holds(actor(), power):
        raise NotAllowed(NOT_YOURS)
    FORMS[endpoint](**given)


def view_of(path: str) -> tuple[str, dict[str, Any]]:
    """Raises NotFound for what is no form that takes files."""
    try:
        endpoint, given = current_app.url_map.bind("").match(path, method="POST")
    except (HTTPException, RequestRedirect):
        raise NotFound from None
    if endpoint not in FORMS:
        raise NotFound
    return endpoint, dict(given)

"""A draft as it is kept, and as it stands on the screen with what was typed and not saved."""

from collections.abc import Mapping
from typing import Any

from flask import current_app, request

from issues.ground import clock
from issues.ground.refusals import Refusal
from issues.models import Notice
from issues.notices.editing import edited
from issues.notices.fields import fields_for
from issues.notices.readiness import Draft, draft_now, draft_with
from issues.vocabulary import NoticeAct
from issues.web.door.drawing import Drawn
from issues.web.notices.forms import drawn, sent, typed_into

DRAFT_ENDS = ("/edit", "/sign", "/sign/confirm", "/sign/layout", "/sign/back")


def is_sent(act: NoticeAct) -> bool:
    """Whether the form of this act was sent: that of a draft signs it as well."""
    ends = DRAFT_ENDS if act is NoticeAct.EDIT else (f"/{act}", f"/{act}/draft")
    return request.method == "POST" and request.path.endswith(ends)


def as_kept(notice: Notice) -> Draft:
    settings, faces = current_app.extensions["settings"], current_app.extensions["faces"]()
    return draft_now(notice, clock.now(), faces, is_example=settings.demo)


def as_typed(notice: Notice, kept: Draft) -> Draft:
    """The paper as the act would freeze it now. Raises Incomplete."""
    settings, faces = current_app.extensions["settings"], current_app.extensions["faces"]()
    raw, values = typed_into(kept, notice)
    if not raw:
        return kept
    words = edited(notice, clock.now(), raw, values)
    return draft_with(notice, words, clock.now(), faces, is_example=settings.demo)


def form_as_sent(
    act: NoticeAct, notice: Notice, values: Mapping[str, Any], refusal: Refusal | None
) -> list[Drawn]:
    """What was typed stays where this very form was sent."""
    if not is_sent(act):
        return drawn(act, notice, values, {})
    errors = refusal.errors if refusal else {}
    return drawn(act, notice, {**values, **sent(fields_for(act, notice))}, errors)

"""What is typed into a paragraph and not sent, kept every few seconds."""

from flask import Blueprint, Response, jsonify

from extensions import transaction
from issues.ground import clock
from issues.notices.acts import refuse_unless_may
from issues.notices.desk import typing
from issues.queries.notices.pages import whole
from issues.rights.table import Right
from issues.vocabulary import NoticeAct
from issues.web.door import forms
from issues.web.door.guards import actor, requires

blueprint = Blueprint("notice_typing", __name__)


@blueprint.post("/notices/<int:notice_id>/desk/typing")
@requires(Right.NOTICES)
def keep(notice_id: int) -> Response:
    """What is typed and not sent, every few seconds; nothing of the draft is changed."""
    refuse_unless_may(NoticeAct.EDIT, whole(notice_id, actor()), actor())
    key = forms.carried("key")
    if forms.carried("drop"):
        with transaction():
            typing.drop(notice_id, actor(), key)
        return jsonify(at="")
    with transaction():
        at = typing.keep(notice_id, actor(), key, forms.carried("base"), forms.carried("text"))
    return jsonify(at=f"{clock.local(at):%H:%M:%S}")

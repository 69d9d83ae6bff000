"""The paragraphs of a draft: read, and put in their order with what a program made of them."""

from typing import cast

from flask import Blueprint, Response

from issues.act_fields import Field, optional
from issues.act_fields.details import read_details
from issues.api.door import sent
from issues.api.door.answers import acting, shaped, versioned
from issues.api.notices import shapes
from issues.api.openapi import bodies
from issues.api.openapi.described import describes
from issues.ground import clock
from issues.ground.refusals import NotAllowed, Stale, WrongStatus
from issues.models import Notice
from issues.notices.acts import RIGHTS
from issues.notices.desk import acts as desk
from issues.notices.desk.departures import departures_of
from issues.notices.desk.origins import source_of
from issues.notices.desk.overlay import DEPARTING, Standing
from issues.notices.desk.shape import DeskFacts
from issues.notices.desk.steps import MOST_PARAGRAPH
from issues.notices.desk.whole import Row, arranged
from issues.notices.kinds import composed
from issues.queries.notices.pages import whole
from issues.rights.table import Right
from issues.vocabulary import NoticeAct, NoticeStatus
from issues.vocabulary.desk import DeskAct
from issues.web.door.guards import NOT_YOURS, actor, requires

blueprint = Blueprint("paragraphs", __name__)
TAG = "督办文书"
PARAGRAPH = (
    optional("id", "text", "标识", limit=20, hint="不填为新增的一段"),
    Field("text", "long_text", "文字", limit=MOST_PARAGRAPH),
    optional("level", "integer", "层级", least=0, most=4),
    optional("struck", "flag", "删去"),
)
FIELDS = (Field("paragraphs", "rows", "各段", fields=PARAGRAPH),)


def _shape(notice: Notice) -> Response:
    stands = desk.stands_now(notice, clock.now())
    own = departures_of([], cast("DeskFacts", notice.facts.get("desk") or {}))
    shown = shapes.Paragraphs(
        items=[_one(one) for one in stands], annexes=[one.token for one in own]
    )
    return versioned(shaped(shown), notice.version)


def _one(one: Standing) -> shapes.Paragraph:
    return shapes.Paragraph(
        id=one.id, level=one.level.value, text=one.text, record=one.record,
        state=one.state.value, struck=one.is_struck, source=source_of(one),
        confirm=one.token if one.state in DEPARTING else None,
    )  # fmt: skip


@blueprint.get("/notices/<int:notice_id>/paragraphs")
@describes(TAG, "草稿的各段及其与记录的不同", answer=shapes.Paragraphs, is_versioned=True)
@requires(Right.NOTICES)
def show(notice_id: int) -> Response:
    notice = whole(notice_id, actor())
    if notice.status is not NoticeStatus.DRAFT:
        raise WrongStatus("本文书已不是草稿。")
    return _shape(notice)


@blueprint.patch("/notices/<int:notice_id>/paragraphs")
@describes(
    TAG, "整份写入草稿各段的次序、文字和层级；原有各段都须列出，不要的写明删去",
    answer=shapes.Paragraphs, is_versioned=True, body=bodies.of_fields(FIELDS),
)  # fmt: skip
@requires(Right.NOTICES)
@acting
def put(notice_id: int) -> Response:
    notice = whole(notice_id, actor())
    if not RIGHTS[NoticeAct.EDIT](actor(), notice):
        raise NotAllowed(NOT_YOURS)
    version = sent.known_version(notice.version)
    if version is not None and version != notice.version:
        raise Stale("草稿已被他人更新，请重新读取。", known=version, current=notice.version)
    given = read_details(FIELDS, sent.body(), None)["paragraphs"]
    rows = [Row(one["id"] or "", one["text"], one["level"], bool(one["struck"])) for one in given]
    made = desk.changed(
        notice_id, actor(), DeskAct.WRITE, lambda facts, now: arranged(composed(facts), now, rows)
    )
    return _shape(made)

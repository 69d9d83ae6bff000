"""The door of the desk: right → status → the step upon the words of now → version → history."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, cast

from auth.actor import Actor
from extensions import db
from issues import audit
from issues.ground import clock
from issues.ground.refusals import Incomplete, Stale
from issues.models import Notice
from issues.notices.acts import refuse_unless_may
from issues.notices.desk import typing, versions
from issues.notices.desk.overlay import Standing, id_of, standing, tidied
from issues.notices.desk.shape import DeskFacts
from issues.notices.desk.steps import Step, taken
from issues.notices.editing import retitled
from issues.notices.facts.gather import facts_for
from issues.notices.kinds import composed
from issues.notices.kinds.shape import NoticeFactsDoc
from issues.notices.rights import load_for_change
from issues.vocabulary import NoticeAct, Subject
from issues.vocabulary.desk import DeskAct

Change = Callable[[NoticeFactsDoc, DeskFacts], tuple[DeskFacts, str]]


def take(notice_id: int, actor: Actor, step: Step, at: datetime | None = None) -> Notice:
    """One step on a paragraph. Never commits.

    Raises NotFound, NotAllowed, WrongStatus, Incomplete, Conflict.
    """

    def change(facts: NoticeFactsDoc, desk: DeskFacts) -> tuple[DeskFacts, str]:
        return taken(composed(facts), desk, step)

    notice = changed(notice_id, actor, step.act, change, at)
    key = f"{typing.NEW}{step.id}" if step.act is DeskAct.ADD else step.id
    typing.forget(notice.id, actor, key)
    return notice


def changed(
    notice_id: int, actor: Actor, act: DeskAct, change: Change, at: datetime | None = None
) -> Notice:
    """The draft with its desk as `change` leaves it, upon what it says now."""
    at = at or clock.now()
    notice = load_for_change(notice_id, actor)
    refuse_unless_may(NoticeAct.EDIT, notice, actor)
    before = dict(notice.facts)
    facts = facts_now(notice, at)
    desk, what = change(facts, cast("DeskFacts", before.get("desk") or {}))
    words = {name: value for name, value in before.items() if name != "desk"}
    if kept := tidied(composed(facts), desk):
        words["desk"] = kept
    _put(notice, words, before, actor, at, (act, what))
    return notice


def facts_now(notice: Notice, at: datetime) -> NoticeFactsDoc:
    return facts_for(notice.kind, notice.issues, notice.unit, at, notice.facts)


def stands_now(notice: Notice, at: datetime) -> list[Standing]:
    """Its paragraphs beside what the record says of each."""
    facts = facts_now(notice, at)
    return standing(composed(facts), facts.get("desk") or {})


def step_back(
    notice_id: int, actor: Actor, act: DeskAct, seen: int, at: datetime | None = None
) -> Notice:
    """Undo or redo the one act that the person saw on the button. Never commits.

    `seen`: the number of the version it leads to. Raises Incomplete, Stale.
    """
    at = at or clock.now()
    notice = load_for_change(notice_id, actor)
    refuse_unless_may(NoticeAct.EDIT, notice, actor)
    found = versions.of_notice(notice)
    stack = found.undo if act is DeskAct.UNDO else found.redo
    if not stack:
        raise Incomplete(
            {}, "没有可以撤销的修改。" if act is DeskAct.UNDO else "没有可以重做的修改。"
        )
    if stack[-1] != seen:
        raise Stale(
            "您打开后，草稿又有人修改，请看过最新内容后再撤销或重做。",
            known=seen,
            current=stack[-1],
        )
    other = versions.one(notice, cast("int", found.now) if act is DeskAct.UNDO else seen)
    what = f"{other.act.label}{other.what}"
    _put(notice, versions.one(notice, seen).words, dict(notice.facts), actor, at, (act, what))
    return notice


def bring_back(notice_id: int, actor: Actor, number: int, at: datetime | None = None) -> Notice:
    """The words of an earlier version, as a new one. Never commits."""
    at = at or clock.now()
    notice = load_for_change(notice_id, actor)
    refuse_unless_may(NoticeAct.EDIT, notice, actor)
    words, before = versions.one(notice, number).words, dict(notice.facts)
    _put(notice, words, before, actor, at, (DeskAct.RETURN, f"第{number}版"))
    return notice


def _put(
    notice: Notice,
    words: Mapping[str, Any],
    before: Mapping[str, Any],
    actor: Actor,
    at: datetime,
    said: tuple[DeskAct, str],
) -> None:
    act, what = said
    notice.facts = dict(words)
    notice.title = retitled(notice, at)
    row = versions.keep(notice, before, actor, at, act, what)
    if row is None:
        return
    db.session.flush()
    status = notice.status.value
    audit.record(
        Subject.NOTICE, notice.id, NoticeAct.EDIT, actor, at=at, before=status, after=status,
        detail={"text": f"{act.label}{what}（第{row.number}版）", "version": row.number,
                "desk": notice.facts.get("desk") or {}},
    )  # fmt: skip


def newest(notice: Notice) -> str:
    """The id of the paragraph that was added last."""
    desk = cast("DeskFacts", notice.facts.get("desk") or {})
    own = [key for key, entry in (desk.get("paragraphs") or {}).items() if entry.get("own")]
    return id_of(own[-1]) if own else ""

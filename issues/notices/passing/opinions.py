"""核稿 and 会签 of a draft: who said what of which text, kept in its history and nowhere else."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from auth.actor import Actor
from extensions import db
from issues.ground import clock
from issues.ground.refusals import Incomplete
from issues.models import Event, Notice
from issues.notices.fields import AGREED, COSIGN, STEPS
from issues.notices.kinds.shape import NoticeFactsDoc
from issues.rules.dates.bounds import Bound, until_today
from issues.vocabulary import NoticeAct, Subject

PARTNERS = "partners"


class Opinion(NamedTuple):
    """`step`: review or cosign. `text`: the words, `recorded`: who wrote it down, and when.

    `is_of_now`: the draft has not been edited since.
    """

    step: str
    organ: str
    name: str
    on: date
    is_agreed: bool
    text: str
    recorded: str
    at: datetime
    is_of_now: bool

    @property
    def label(self) -> str:
        return dict(STEPS)[self.step]


def days_of(notice: Notice, today: date) -> Bound:
    """On which days an opinion on this draft may have been given."""
    drafted = clock.day_of(notice.drafted_at)
    return replace(
        until_today("意见的日期", today), first=drafted, early="意见的日期不能早于起草的日期"
    )


def refuse_unfit(notice: Notice, at: datetime, values: Mapping[str, Any]) -> None:
    """Raises Incomplete."""
    wrong: dict[str, list[str]] = {}
    if said := days_of(notice, clock.day_of(at)).why_not(values["on"]):
        wrong["on"] = [said]
    if values["agreed"] == "no" and not values.get("text"):
        wrong["text"] = ["不同意的请写明意见"]
    if wrong:
        raise Incomplete(wrong)


def kept(notice: Notice, values: Mapping[str, Any]) -> dict[str, Any]:
    """As the history keeps it, with the print of the words it was given on."""
    return {
        "step": values["step"],
        "organ": values.get("organ") or "",
        "name": values["name"],
        "given_on": values["on"].isoformat(),
        "agreed": values["agreed"],
        "text": values.get("text") or "",
        "words": words_print(notice.facts),
    }


def words_print(words: Mapping[str, Any]) -> str:
    """Of what people wrote into a draft, without what changes by itself from day to day."""
    text = json.dumps(words, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def said_in(told: Mapping[str, Any]) -> str:
    """One opinion of the history in a line."""
    who = " ".join(filter(None, (told["organ"], told["name"])))
    agreed = dict(AGREED)[told["agreed"]]
    return "，".join(filter(None, (f"{dict(STEPS)[told['step']]}：{who}", agreed, told["text"])))


def opinions_of(notice: Notice) -> list[Opinion]:
    """The oldest first. One statement."""
    acts = (NoticeAct.OPINE.value, NoticeAct.EDIT.value)
    rows = select(Event).where(Event.is_about(Subject.NOTICE, notice.id), Event.action.in_(acts))
    past = list(db.session.scalars(rows.order_by(Event.seq)))
    edits = [row for row in past if row.action == NoticeAct.EDIT.value]
    last = (edits[-1].seq, words_print(edits[-1].detail)) if edits else (0, "")
    return [_opinion(row, last) for row in past if row.action == NoticeAct.OPINE.value]


def _opinion(row: Event, last: tuple[int, str]) -> Opinion:
    """`last`: the place of the last edit in the history, and the print of what it left."""
    told, (edited, words) = row.detail, last
    return Opinion(
        told["step"], told["organ"], told["name"], date.fromisoformat(told["given_on"]),
        told["agreed"] == "yes", told["text"], f"{row.unit} {row.actor}".strip(), row.at,
        row.seq > edited or told["words"] == words,
    )  # fmt: skip


def _last_of(notice: Notice) -> dict[str, Opinion]:
    """What each organ said last."""
    return {one.organ: one for one in opinions_of(notice) if one.step == COSIGN}


def unsigned_partners(notice: Notice, facts: NoticeFactsDoc) -> list[str]:
    """A sentence for each organ of a joint paper that has not agreed."""
    partners = facts.get("partners") or []
    if not partners:
        return []
    last = _last_of(notice)
    return [
        f"{organ}{'会签不同意' if organ in last else '尚未会签'}，不能签发。"
        for organ in partners
        if organ not in last or not last[organ].is_agreed
    ]


def changed_since(notice: Notice, facts: NoticeFactsDoc) -> list[str]:
    """Organs that agreed to an earlier text of a joint paper."""
    if not facts.get("partners"):
        return []
    last = _last_of(notice)
    stale = [organ for organ in facts["partners"] if organ in last and not last[organ].is_of_now]
    return [f"{'、'.join(stale)}会签后草稿又有修改，请核对是否需要重新会签。"] if stale else []


def signers(notice: Notice, facts: NoticeFactsDoc, actor: Actor) -> NoticeFactsDoc:
    """签发人 of a paper upward: who signs it, then who agreed for each organ beside."""
    if "signers" not in facts:
        return {}
    last = _last_of(notice) if facts.get("partners") else {}
    others = [last[organ].name for organ in facts.get("partners") or []]
    return {"signers": [actor.display_name, *others]}

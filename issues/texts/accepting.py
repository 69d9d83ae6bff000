"""Drafts of a text registered as tickets, with the paragraphs they come from; and taken back."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from auth.actor import Actor
from extensions import db
from issues import acts
from issues.ground.refusals import Incomplete, WrongStatus
from issues.models import Issue, TextDocument, TextItem
from issues.texts.paragraphs import digest_of
from issues.texts.record import Draft, Read, Step
from issues.vocabulary import Action, Status

LONGEST_NAME = 60
EDITED = (
    "title", "region", "township", "primary_unit", "lead_unit", "acceptance_unit", "deadline_text",
)  # fmt: skip
"""What a person may say otherwise before a draft is registered."""


def taken(document: TextDocument) -> list[TextItem]:
    """What stands of it in the register, with its tickets; those withdrawn are none."""
    rows = select(TextItem).join(Issue).where(TextItem.document_id == document.id)
    rows = rows.where(Issue.status.not_in([Status.WITHDRAWN, Status.TAKEN_BACK]))
    return list(db.session.scalars(rows.options(joinedload(TextItem.issue)).order_by(TextItem.id)))


def by_place(document: TextDocument) -> dict[tuple[int, int], TextItem]:
    """The same by their paragraphs."""
    return {(item.first, item.last): item for item in taken(document)}


def accept(
    document: TextDocument, read: Read, draft: Draft, actor: Actor, edited: Mapping[str, Any]
) -> Issue:
    """The caller holds the document. Never commits. Raises WrongStatus, NotAllowed, Incomplete."""
    if (draft.first, draft.last) in by_place(document):
        raise WrongStatus("这一件已经登记，没有重复登记。")
    issue = acts.register(actor, detail_of(document, draft, edited))
    db.session.add(
        TextItem(
            document_id=document.id, issue_id=issue.id, first=draft.first, last=draft.last,
            digest=digest_of(read.source_of(draft)),
        )
    )  # fmt: skip
    db.session.flush()
    return issue


def accept_all(
    document: TextDocument, read: Read, actor: Actor
) -> tuple[list[Issue], dict[int, str]]:
    """Every draft that is complete; of the others why not, by their place. Never commits."""
    done, why = [], {}
    here = by_place(document)
    for draft in read.drafts:
        if (draft.first, draft.last) in here:
            continue
        try:
            with db.session.begin_nested():
                done.append(accept(document, read, draft, actor, {}))
        except Incomplete as wrong:
            why[draft.place] = "；".join(told for said in wrong.errors.values() for told in said)
    return done, why


def withdraw(document: TextDocument, actor: Actor, reason: str) -> list[Issue]:
    """Its tickets that are drafts still. Never commits. Raises WrongStatus, NotAllowed."""
    drafts = [one.issue for one in taken(document) if one.issue.status is Status.DRAFT]
    if not drafts:
        raise WrongStatus("没有可以撤销的草稿。")
    for issue in drafts:
        acts.do(Action.WITHDRAW, issue, actor, {"reason": reason})
    return drafts


def detail_of(document: TextDocument, draft: Draft, edited: Mapping[str, Any]) -> dict[str, Any]:
    """A draft as the form of a ticket says it; a name somebody emptied is empty."""
    said: dict[str, Any] = {
        "source": document.source.value,
        "source_ref": f"{_called(document)}第{draft.place}项",
        "title": draft.title, "problem": draft.problem, "region": draft.region,
        "township": draft.township, "types": [one.value for one in draft.types],
        "goal": draft.goal, "criteria": draft.criteria, "deadline_text": draft.deadline_text,
        "primary_unit": draft.primary_unit, "lead_unit": draft.lead_unit,
        "acceptance_unit": draft.acceptance_unit, "supervising_unit": draft.supervising_unit,
    } | {name: edited[name] for name in EDITED if name in edited}  # fmt: skip
    first = said["primary_unit"]
    said |= {
        "responsible_units": [code for code in draft.responsible_units if code != first],
        "supporting_units": [code for code in draft.supporting_units if code != first],
        "measures": _measures(draft.measures),
        "targets": [
            {
                "name": one.name, "sense": one.sense.value, "value": str(one.value),
                "unit": one.unit, "nature": one.nature.value, "quote": one.quote,
            }
            for one in draft.targets if one.nature is not None
        ],
    }  # fmt: skip
    return {name: value for name, value in said.items() if value not in ("", [])}


def _measures(steps: Sequence[Step]) -> list[dict[str, Any]]:
    rows = [
        {
            "text": one.text, "unit": one.unit, "deadline_text": one.deadline_text,
            "target": "" if one.target is None else str(one.target),
            "unit_of_target": one.unit_of_target,
        }
        for one in steps
    ]  # fmt: skip
    return [{name: value for name, value in row.items() if value} for row in rows]


def _called(document: TextDocument) -> str:
    return document.name.rpartition(".")[0][:LONGEST_NAME]

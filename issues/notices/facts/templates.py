"""The words of each kind as a clerk may edit them: versions, each by somebody and for a reason."""

from datetime import datetime
from difflib import SequenceMatcher
from itertools import zip_longest

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from auth.actor import Actor
from extensions import db
from issues import audit
from issues.ground.refusals import Incomplete, NotAllowed, NotFound, Stale
from issues.models import NoticeTemplate
from issues.notices.fonts.faces import Faces
from issues.notices.kinds import TEMPLATES, shipped
from issues.notices.kinds.checking import template_faults
from issues.rights.table import Right, holds
from issues.vocabulary import Subject, TemplateAct

SHIPPED = 0
"""The number of the text in force where nobody saved one."""
LONGEST_REASON = 500


def in_force(name: str) -> tuple[int, str]:
    """The number and the text of what is written from now. One statement."""
    row = db.session.execute(
        select(NoticeTemplate.number, NoticeTemplate.text)
        .where(NoticeTemplate.name == name)
        .order_by(NoticeTemplate.number.desc())
        .limit(1)
    ).first()
    return (row.number, row.text) if row else (SHIPPED, shipped(name))


def numbers() -> dict[str, NoticeTemplate]:
    """The newest version of each template somebody saved. One statement."""
    rows = db.session.scalars(
        select(NoticeTemplate)
        .options(joinedload(NoticeTemplate.saved_by))
        .order_by(NoticeTemplate.number)
    )
    return {row.name: row for row in rows}


def versions(name: str) -> list[NoticeTemplate]:
    """The newest first."""
    rows = (
        select(NoticeTemplate)
        .where(NoticeTemplate.name == name)
        .options(joinedload(NoticeTemplate.saved_by))
        .order_by(NoticeTemplate.number.desc())
    )
    return list(db.session.scalars(rows))


def text_of(name: str, number: int) -> str:
    """Raises NotFound."""
    if number == SHIPPED:
        return shipped(name)
    text = db.session.scalar(
        select(NoticeTemplate.text).where(
            NoticeTemplate.name == name, NoticeTemplate.number == number
        )
    )
    if text is None:
        raise NotFound
    return text


def known(name: str) -> None:
    """Raises NotFound."""
    if name not in TEMPLATES:
        raise NotFound


def tidy(text: str) -> str:
    """As it is kept: line ends of one kind, no blanks behind a line."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n") + "\n"


def save(
    name: str, text: str, reason: str, base: int, actor: Actor, at: datetime, faces: Faces
) -> NoticeTemplate:
    """A new version upon `base`. Never commits. Raises NotAllowed, NotFound, Incomplete, Stale."""
    known(name)
    if not holds(actor, Right.EDIT_TEMPLATE):
        raise NotAllowed("文书模板由市环委办经办人修改。")
    text, reason = tidy(text), reason.strip()
    number, before = in_force(name)
    errors: dict[str, list[str]] = {}
    faults = [str(fault) for fault in template_faults(text, faces)]
    if faults:
        errors["text"] = faults
    elif text == tidy(before):
        errors["text"] = ["内容没有变化"]
    if not reason:
        errors["reason"] = ["请填写修改理由"]
    elif len(reason) > LONGEST_REASON:
        errors["reason"] = [f"理由超过{LONGEST_REASON}字"]
    if errors:
        raise Incomplete(errors)
    if base != number:
        sentence = "您打开后，本模板已被他人修改。请核对最新内容后再保存，您填写的内容已保留。"
        raise Stale(sentence, known=base, current=number)
    return _keep(name, number + 1, text, reason, actor, at)


def _keep(
    name: str, number: int, text: str, reason: str, actor: Actor, at: datetime
) -> NoticeTemplate:
    row = NoticeTemplate(
        name=name, number=number, text=text, reason=reason, saved_at=at, saved_by_id=actor.id
    )
    db.session.add(row)
    db.session.flush()
    audit.record(
        Subject.TEMPLATE, row.id, TemplateAct.SAVE, actor, at=at, reason=reason,
        detail={"template": TEMPLATES[name].label, "number": number},
    )  # fmt: skip
    return row


def differences(one: str, other: str) -> list[tuple[str, str]]:
    """The lines of two texts that differ, side by side; what only one of them has stands alone."""
    left, right = one.splitlines(), other.splitlines()
    steps = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    return [
        pair
        for what, a0, a1, b0, b1 in steps
        if what != "equal"
        for pair in zip_longest(left[a0:a1], right[b0:b1], fillvalue="")
    ]

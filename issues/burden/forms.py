"""Which acts of a unit 基层减负 counts as forms, which give one back, and which are no forms.

A form is what a unit is asked to fill with words or figures of its own.
Every other act that a unit may do stands in LEFT_OUT; `docs/manual/办事/减负.md` says it too.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, false, or_

from issues.models import Event
from issues.vocabulary import (
    Action,
    BesideAct,
    LeadAct,
    NoticeAct,
    ScoreAct,
    Subject,
    Word,
)

Deed = tuple[Subject, Word]
"""An act and what it is done to: two subjects may call different acts by one code."""


class Form(NamedTuple):
    """`label` is what a person calls it, where the button's own word would not say of what."""

    subject: Subject
    act: Action | NoticeAct
    label: str

    @property
    def key(self) -> str:
        """What an address and the API call it."""
        is_of_ticket = self.subject is Subject.TICKET
        return self.act.value if is_of_ticket else f"{self.subject.value}.{self.act.value}"


def _of_ticket(act: Action) -> Form:
    return Form(Subject.TICKET, act, act.label)


PLAN, REPORT, EXTENSION, ACCEPTANCE, TASK, INSTRUCTION = map(
    _of_ticket,
    (
        Action.SUBMIT_PLAN, Action.REPORT_PROGRESS, Action.REQUEST_EXTENSION,
        Action.REQUEST_ACCEPTANCE, Action.ANSWER_TASK, Action.REPLY_INSTRUCTION,
    ),
)  # fmt: skip
RECEIPT = Form(Subject.NOTICE, NoticeAct.ACKNOWLEDGE, "签收督办文书")
REPLY = Form(Subject.NOTICE, NoticeAct.REPLY, "答复督办文书")
FORMS = (PLAN, REPORT, EXTENSION, ACCEPTANCE, TASK, INSTRUCTION, RECEIPT, REPLY)
BY_KEY: Mapping[str, Form] = {form.key: form for form in FORMS}
BY_CODE: Mapping[tuple[str, str], Form] = {
    (form.subject.value, form.act.value): form for form in FORMS
}
"""By how a row of the history names subject and act."""
RETURNED: Mapping[Deed, Form] = {
    (Subject.TICKET, Action.RETURN_PLAN): PLAN,
    (Subject.TICKET, Action.RETURN_PROGRESS): REPORT,
    (Subject.TICKET, Action.RETURN_ACCEPTANCE): ACCEPTANCE,
    (Subject.TICKET, Action.RETURN_CLOSURE): ACCEPTANCE,
    (Subject.TICKET, Action.RETURN_TASK): TASK,
    (Subject.NOTICE, NoticeAct.RETURN_REPLY): REPLY,
}
"""By the act that gives a form back: the one that filed it. Two subjects share no such code."""
GIVEN_BACK: Mapping[str, Form] = {act.value: form for (_, act), form in RETURNED.items()}


class LeftOut(NamedTuple):
    """Acts that are no forms; `said` is what the page calls them, the reason stands beside each."""

    said: str
    acts: frozenset[Word]


LEFT_OUT = (
    # A button and nothing to fill in.
    LeftOut("没有栏目要填的签收事项", frozenset({Action.ACKNOWLEDGE})),
    # Nobody asked for it: a unit wants another one named, a point back, something known.
    LeftOut(
        "单位自己提出的申请改派、留言、申诉和线索",
        frozenset({Action.DECLINE, Action.COMMENT, ScoreAct.APPEAL, LeadAct.TAKE}),
    ),
    # A line of who keeps something on the ground: of a person, leaders too, and of no unit.
    LeftOut("包保人本人的查看", frozenset({BesideAct.VISIT})),
    # The proof itself, a row for each file or value, however many go with one form. Counted too,
    # twenty photographs of one report would weigh as much as twenty reports.
    LeftOut(
        "上传的材料和监测数据，它们随所附的表计一份",
        frozenset(
            {
                Action.UPLOAD, Action.REPLACE, BesideAct.WITHDRAW_EVIDENCE,
                BesideAct.RECORD_READING, BesideAct.CORRECT_READING, BesideAct.WITHDRAW_READING,
            }
        ),
    ),
    # What a lead or accepting unit, or a county's centre, says to others: its work, no demand.
    LeftOut(
        "审核和交办别的单位",
        frozenset(
            {
                Action.APPROVE_PLAN, Action.RETURN_PLAN, Action.CONFIRM_PROGRESS,
                Action.RETURN_PROGRESS, Action.PASS_FIRST_ACCEPTANCE, Action.RETURN_ACCEPTANCE,
                Action.HAND_TASK, Action.CONFIRM_TASK, Action.RETURN_TASK, Action.PROPOSE_CARD,
                Action.WITHDRAW_PROPOSAL, BesideAct.CONFIRM_READING, BesideAct.RETURN_READING,
            }
        ),
    ),
)  # fmt: skip


def is_one_of(deeds: Iterable[Deed]) -> ColumnElement[bool]:
    """The condition on Event that it is one of these acts."""
    by_subject: dict[Subject, list[str]] = {}
    for subject, act in deeds:
        by_subject.setdefault(subject, []).append(act.value)
    return or_(
        false(),
        *(and_(Event.subject == subject.value, Event.action.in_(codes))
          for subject, codes in by_subject.items()),
    )  # fmt: skip


def is_form(forms: Iterable[Form] = FORMS) -> ColumnElement[bool]:
    return is_one_of((form.subject, form.act) for form in forms)


def is_return(forms: Iterable[Form] = FORMS) -> ColumnElement[bool]:
    """The condition on Event that it gives back one of these forms."""
    wanted = set(forms)
    return is_one_of(deed for deed, form in RETURNED.items() if form in wanted)


def form_of(row: Any) -> Form:
    """Of a row that names a subject and the act that files the form, or gives it back."""
    return GIVEN_BACK.get(row.action) or BY_CODE[row.subject, row.action]

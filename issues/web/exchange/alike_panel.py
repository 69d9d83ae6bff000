"""The panel that asks of each row like a ticket of the register whether it is that ticket."""

from collections.abc import Callable
from typing import NamedTuple

from flask import request, url_for

from issues.act_fields import Field, optional
from issues.exchange.asking_alike.answers import Unanswered
from issues.exchange.asking_alike.question import ANSWERS, NEW, Question
from issues.exchange.reading.items import Understood
from issues.ground.refusals import Refusal
from issues.queries.ground.paging import page_asked, pages_of, within
from issues.web.door import drawing, forms

A_PAGE = 50
REST = optional(
    "rest", "choice", "其余没有答复的各行", choices=ANSWERS,
    hint="不选的仍待答复；选“是同一问题”的，按最相似的一个",
)  # fmt: skip


class Asked(NamedTuple):
    """A question with its field as it was sent, or as it was answered before."""

    question: Question
    field: drawing.Drawn


class Panel(NamedTuple):
    """One page of the questions: those that are open come first."""

    asked: list[Asked]
    rest: drawing.Drawn
    open: int
    total: int
    page: int
    pages: int
    link: Callable[[int], str]


def field_of(question: Question) -> Field:
    same = [(one.number, f"是同一问题（与{one.number}比对）") for one in question.likes]
    choices = (*same, (NEW, dict(ANSWERS)[NEW]))
    return optional(question.field, "choice", f"第{question.row}行", choices=choices)


def draw(understood: Understood, upload_id: int, refusal: Refusal | None) -> Panel | None:
    """None where nothing is asked."""
    if not understood.alike:
        return None
    questions = sorted(understood.alike, key=lambda one: (bool(one.answer), one.row))
    wrong = set(refusal.errors) if refusal else set()
    questions.sort(key=lambda one: one.field not in wrong)
    total = len(questions)
    at = within(page_asked(request.args.get("alike", "")), total, A_PAGE)
    shown = questions[(at - 1) * A_PAGE : at * A_PAGE]
    fields = [field_of(one) for one in shown]
    is_ours = refusal is not None and forms.is_shown(REST)
    current = {one.field: one.answer for one in shown}
    drawn = drawing.drawn((*fields, REST), refusal if is_ours else None, current)
    for one in shown:
        if isinstance(refusal, Unanswered):
            drawn[one.field].errors = [] if one.answer else ["请答复"]
    return Panel(
        asked=[Asked(one, drawn[one.field]) for one in shown],
        rest=drawn[REST.name],
        open=len(understood.unanswered),
        total=total,
        page=at,
        pages=pages_of(total, A_PAGE),
        link=lambda to: url_for("exchange.show", upload_id=upload_id, alike=to) + "#alike",
    )

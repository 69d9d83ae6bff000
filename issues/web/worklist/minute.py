"""今日要情: a leader's minute on a phone or one sheet, and an instruction in two taps."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from extensions import db
from issues import acts
from issues.act_fields import FIELDS, Field
from issues.city import phrases
from issues.ground import clock
from issues.ground.refusals import NotFound, Refusal
from issues.models import Issue
from issues.queries.worklist import minute as queries
from issues.queries.worklist.instructions import INSTRUCTED
from issues.rights.table import Right, reach
from issues.vocabulary import Action
from issues.web.door import drawing, forms
from issues.web.door.guards import acting, actor, requires
from issues.web.door.once import form_key
from issues.web.ticket import values
from issues.workflow import load
from issues.workflow.perform import check

blueprint = Blueprint("minute", __name__)
TEXT, UNIT, DUE = FIELDS[Action.INSTRUCT]
SHOWN = (
    replace(TEXT, required=False, hint="自己写；点常用语时，写在它后面。"),
    replace(UNIT, hint=""),
    DUE,
)
PHRASES = (
    Field("phrases", "long_text", "常用语",
          hint=f"每行一句，最多{phrases.MOST}句，每句最多{phrases.LONGEST}字。"),
    Field("workdays", "integer", "答复期限（工作日）", least=1, most=phrases.MOST_DAYS,
          hint="批示时先填好的办结期限，批示时可改。"),
)  # fmt: skip


@blueprint.get("/minute")
@requires(Right.MINUTE)
def page() -> str:
    found = queries.minute(actor(), clock.today())
    return render_template(
        "worklist/minute.html",
        **found._asdict(),
        mine=queries.MINE,
        listed=queries.LISTED,
        instructed=INSTRUCTED,
    )


@blueprint.get("/minute/<int:issue_id>")
@requires(Right.MINUTE)
def ask(issue_id: int, refusal: Refusal | None = None) -> str:
    issue = load(_number(issue_id), actor())
    if refusal is None:
        check(issue, Action.INSTRUCT, actor(), None)
    current = values.current(Action.INSTRUCT, issue, actor())
    kept = phrases.of(actor())
    return render_template(
        "worklist/instruct.html",
        issue=issue,
        said=kept,
        form=drawing.drawn(SHOWN, refusal, current, {"unit": _units(issue)}),
        errors=refusal.errors if refusal else {},
        labels={one.name: one.label for one in (TEXT, UNIT, DUE)},
        refused="" if refusal is None or refusal.errors else refusal.sentence,
        once=form_key(),
    )


def _number(issue_id: int) -> str:
    """Raises NotFound for what is out of sight."""
    seen = select(Issue.number).where(Issue.id == issue_id, reach(actor(), Action.INSTRUCT))
    number = db.session.scalar(seen)
    if number is None:
        raise NotFound
    return number


def _units(issue: Issue) -> list[tuple[str, str]]:
    """Who stands to the ticket, in the order of its list; nobody of them is the office."""
    related = {reach.unit.code: reach.unit.short_name for reach in issue.reaches}
    return [("", "市环委办"), *related.items()]


@blueprint.post("/minute/<int:issue_id>")
@requires(Right.MINUTE)
@acting(ask)
def instruct(issue_id: int) -> ResponseReturnValue:
    fresh = load(_number(issue_id), actor(), for_change=True)
    version = forms.number("version")
    acts.do(Action.INSTRUCT, fresh, actor(), _said(), version=version)
    flash(f"已批示，{fresh.number}的办理单位收到后答复。", "success")
    return redirect(url_for(".page"), 303)


def _said() -> dict[str, Any]:
    """A phrase that was pressed, and behind it what was written beside it."""
    given = forms.given((TEXT, UNIT, DUE))
    told = (forms.carried("phrase").strip(), given.get("text", ""))
    return {**given, "text": "".join(filter(None, told))}


@blueprint.get("/minute/phrases")
@requires(Right.MINUTE)
def own(refusal: Refusal | None = None) -> str:
    kept = phrases.of(actor())
    current = {"phrases": "\n".join(kept.texts), "workdays": str(kept.workdays)}
    return render_template(
        "worklist/phrases.html",
        form=drawing.drawn(PHRASES, refusal, current),
        errors=refusal.errors if refusal else {},
        labels={one.name: one.label for one in PHRASES},
        is_own=kept.is_own,
    )


@blueprint.post("/minute/phrases")
@requires(Right.MINUTE)
@acting(own)
def keep() -> ResponseReturnValue:
    if forms.carried("usual"):
        phrases.give_up(actor())
        flash("已改用本市的常用语。", "success")
    else:
        said = forms.read(PHRASES)
        phrases.keep(actor(), said["phrases"], said["workdays"])
        flash("常用语已保存。", "success")
    return redirect(url_for(".own"), 303)

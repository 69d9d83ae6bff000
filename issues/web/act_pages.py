"""One page an act: its form, and doing it. Drawn, read and refused by the table of fields."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from extensions import transaction
from issues import acts, clock, once
from issues.act_fields import Field, fields_of
from issues.models import Issue
from issues.permissions import Right, may
from issues.queries.telling import change_of, label_of, lines_of
from issues.queries.ticket import events_of, last_seq
from issues.refusals import Incomplete, NotFound, Refusal, Stale
from issues.vocabulary import GRAVE, Action
from issues.web import act_draw, act_form, act_values
from issues.web.guards import actor, requires, with_issue
from issues.workflow import TRANSITIONS, load
from issues.workflow.perform import check

blueprint = Blueprint("acts", __name__)

SEE_OTHER, CONFLICT, UNPROCESSABLE = 303, 409, 422
APART = frozenset({"csrf_token", "once", "version", "seen"})
"""What a form carries beside what is typed: a form sent again after a correction is the same."""
UNCONFIRMED = {act_draw.CONFIRMED: ["请勾选确认后再办理"]}
WIDE = frozenset({Action.REGISTER, Action.EDIT, Action.AMEND, Action.SUBMIT_PLAN})
"""Forms with a table of whole measures in them."""
ADVICE = {
    Action.ASSIGN: ("修改草稿", "edit"),
    Action.REQUEST_ACCEPTANCE: ("上传佐证材料", "evidence"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened since the form was drawn."""

    who: str
    at: Any
    label: str
    step: str
    lines: list[str]


@dataclass(frozen=True, slots=True)
class Conflict:
    sentence: str
    known: int
    current: int
    changes: list[Change]


@blueprint.get("/issues/new")
@requires(Action.REGISTER)
def new() -> ResponseReturnValue:
    return _page(Action.REGISTER, None)


@blueprint.post("/issues/new")
@requires(Action.REGISTER)
def register() -> ResponseReturnValue:
    fields = fields_of(Action.REGISTER)
    said = act_form.typed(fields, request.form)
    given = act_form.detail(Action.REGISTER, fields, said, {})

    def do() -> str:
        issue = acts.register(actor(), given)
        flash(f"已登记,编号{issue.number},现为草稿;内容齐全后由市环委办交办。", "success")
        return url_for("ticket.page", number=issue.number)

    try:
        return redirect(_once(do), SEE_OTHER)
    except Incomplete as refused:
        return _page(Action.REGISTER, None, said, refused)


@blueprint.get("/issues/<number>/edit", defaults={"action": Action.EDIT.value})
@blueprint.get("/issues/<number>/acts/<action>")
@with_issue()
def form(issue: Issue, action: str) -> ResponseReturnValue:
    act = _known(action)
    check(issue, act, actor(), None)
    return _page(act, issue)


@blueprint.post("/issues/<number>/edit", defaults={"action": Action.EDIT.value})
@blueprint.post("/issues/<number>/acts/<action>")
@with_issue()
def do(issue: Issue, action: str) -> ResponseReturnValue:
    act, number, person = _known(action), issue.number, actor()
    fields = act_draw.fields_for(act, issue)
    said = act_form.typed(fields, request.form)

    def perform() -> str:
        fresh = load(number, person, for_change=True)
        check(fresh, act, person, _integer("version"))
        standing = act_values.standing(act, fresh, person)
        given = act_form.detail(act, fields, said, standing)
        acts.do(act, fresh, person, given, version=_integer("version"))
        if act in GRAVE and not request.form.get(act_draw.CONFIRMED):
            raise Incomplete(UNCONFIRMED)
        flash(f"已办理“{act.label}”,{fresh.number}现为“{fresh.status.label}”。", "success")
        return _after(fresh)

    try:
        return redirect(_once(perform), SEE_OTHER)
    except (Incomplete, Stale) as refused:
        return _page(act, load(number, person), said, refused)


def _known(action: str) -> Action:
    """Raises NotFound for what is no act on a standing ticket."""
    act = next((known for known in TRANSITIONS if known.value == action), None)
    if act is None or act is Action.REGISTER:
        raise NotFound
    return act


def _after(issue: Issue) -> str:
    """A ticket may leave the sight of who acted: a unit that declined no longer sees the draft."""
    if may(actor(), Right.VIEW, issue):
        return url_for("ticket.page", number=issue.number)
    return "/"


def _once(do: Callable[[], str]) -> str:
    """Where the act led; the same form sent twice leads there twice and acts once."""
    key, person = request.form.get("once", ""), actor()
    with transaction():
        if not key:
            return do()
        first = once.replay(person.id, key, _digest())
        if first is not None:
            return first.text
        url = do()
        once.remember(person.id, key, SEE_OTHER, url)
    return url


def _digest() -> str:
    said = sorted((name, value) for name, value in request.form.items(multi=True)
                  if name not in APART)  # fmt: skip
    return hashlib.sha256(json.dumps([request.path, said]).encode()).hexdigest()


def _integer(name: str) -> int | None:
    raw = request.form.get(name, "")
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 10 else None  # noqa: PLR2004 - fits a column


def _page(
    act: Action,
    issue: Issue | None,
    said: Mapping[str, Any] | None = None,
    refused: Refusal | None = None,
) -> ResponseReturnValue:
    """The form, empty or with everything that was typed and what is wrong with it."""
    person = actor()
    fields = act_draw.fields_for(act, issue)
    standing = act_values.standing(act, issue, person) if issue is not None else {}
    values = act_values.with_labels(fields, said, standing) if said is not None else standing
    errors = _at_their_fields(act, refused.errors if refused else {})
    drawn = act_draw.draw(fields, issue, person, values, errors)
    known = {one.name for one in drawn} | {act_draw.CONFIRMED}
    html = render_template(
        "ticket/act.html",
        act=act,
        issue=issue,
        sections=act_draw.in_sections(drawn),
        summary=_summary(fields, errors, known),
        others=[said for path, told in errors.items() if _head(path) not in known
                for said in told],
        advice=ADVICE.get(act),
        is_grave=act in GRAVE,
        is_wide=act in WIDE,
        is_confirmed=bool(request.form.get(act_draw.CONFIRMED)),
        conflict=_conflict(issue, refused) if isinstance(refused, Stale) else None,
        hidden=_hidden(issue, refused),
    )  # fmt: skip
    return html, refused.status if refused else 200


def _hidden(issue: Issue | None, refused: Refusal | None) -> dict[str, Any]:
    """The one-time key stays with a form that is sent again; the version is what was read."""
    carried = {"once": request.form.get("once") or once.new_key()}
    if issue is None:
        return carried
    if refused is not None and not isinstance(refused, Stale):
        version, seen = _integer("version"), _integer("seen")
        carried |= {"version": version or issue.version, "seen": seen or last_seq(issue)}
    else:
        carried |= {"version": issue.version, "seen": last_seq(issue)}
    return carried


def _at_their_fields(act: Action, errors: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Some faults of an amendment are found where drafts are checked, and named as there."""
    if act is not Action.AMEND:
        return dict(errors)
    own = ("fields", "reason", "note")
    return {path if _head(path) in own else f"fields.{path}": said
            for path, said in errors.items()}  # fmt: skip


def _head(path: str) -> str:
    return path.split(".", maxsplit=1)[0]


def _summary(
    fields: tuple[Field, ...], errors: Mapping[str, list[str]], known: set[str]
) -> tuple[dict[str, list[str]], dict[str, str]]:
    """(sentences by the id their field ends in, labels by the same)."""
    by_name = {one.name: one for one in fields}
    told, labels = {}, {act_draw.CONFIRMED: "确认"}
    for path, said in errors.items():
        if _head(path) not in known:
            continue
        anchor = path.replace(".", "-")
        told[anchor] = said
        if _head(path) in by_name:
            labels[anchor] = act_draw.place_of(by_name[_head(path)], path)
    return told, labels


def _conflict(issue: Issue, stale: Stale) -> Conflict:
    person = actor()
    see_covert = may(person, Right.SEE_COVERT, issue)
    events = events_of(issue, see_covert=see_covert, after=_integer("seen") or 0)
    return Conflict(
        stale.sentence,
        stale.known,
        stale.current,
        [
            Change(f"{e.unit} {e.actor}".strip(), clock.local(e.at), label_of(e), change_of(e),
                   lines_of(e))
            for e in events
        ],
    )  # fmt: skip

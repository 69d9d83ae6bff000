"""One act on many tickets of the register: a preview of the exact numbers, then each by itself.

Each ticket is its own transaction. What is refused is explained at its row and harms no other;
the same form sent twice does each ticket once.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from auth.actor import Actor
from extensions import db, rehearsal, transaction
from issues import acts, clock, once
from issues.act_details import read_details
from issues.act_fields import FIELDS, Field
from issues.models import Issue
from issues.notices import drafting
from issues.permissions import Power, Right, holds
from issues.queries.lookbacks import inspectors
from issues.refusals import Incomplete, NotAllowed, NotFound, Refusal
from issues.vocabulary import Action, NoticeKind
from issues.web import act_draw, act_form
from issues.web.guards import actor, requires
from issues.workflow import load

blueprint = Blueprint("bulk", __name__)

MOST = 200
DONE = 200
Details = Mapping[str, Any]


class Kind(NamedTuple):
    """`do` acts on one ticket; `sample` stands for what is not typed yet in the preview."""

    label: str
    power: Power
    fields: tuple[Field, ...]
    do: Callable[[Issue, Actor, Details, int | None, datetime], object]
    sample: Callable[[], dict[str, Any]] = dict


class Row(NamedTuple):
    """One ticket of the choice. `why` is empty where it can be, or was, done."""

    number: str
    title: str
    version: int
    said: str
    why: str


def _by_act(action: Action) -> Callable[..., object]:
    return lambda issue, person, given, version, at: acts.do(
        action, issue, person, given, version=version, at=at
    )


def _remind(issue: Issue, person: Actor, _given: Details, _version: Any, at: datetime) -> object:
    return drafting.draft_by_hand(NoticeKind.N1, [issue.number], person, at)


def _change_inspector(
    issue: Issue, person: Actor, given: Details, version: int | None, at: datetime
) -> object:
    said = {"fields": {"inspector": given["inspector"]}, "reason": given["reason"]}
    return acts.do(Action.AMEND, issue, person, said, version=version, at=at)


def _some_inspector() -> dict[str, Any]:
    return {"inspector": next(iter(inspectors()), ("", ""))[0], "reason": "预览"}


INSPECTOR = (Field("inspector", "account", "督察员"), Field("reason", "long_text", "理由"))
KINDS: dict[str, Kind] = {
    "assign": Kind("交办", Action.ASSIGN, (), _by_act(Action.ASSIGN)),
    "confirm": Kind(
        "确认进展", Action.CONFIRM_PROGRESS, FIELDS[Action.CONFIRM_PROGRESS],
        _by_act(Action.CONFIRM_PROGRESS), lambda: {"opinion": "预览"},
    ),
    "remind": Kind("催办(起草提示函)", Right.DRAFT_NOTICE, (), _remind),
    "inspector": Kind(
        "调整督察员", Action.AMEND, INSPECTOR, _change_inspector, _some_inspector
    ),
}  # fmt: skip


def offered(person: Actor) -> list[tuple[str, str]]:
    """(code, label) of what this person may do to many tickets at once."""
    return [(code, kind.label) for code, kind in KINDS.items() if holds(person, kind.power)]


def _kind() -> Kind:
    kind = KINDS.get(request.form.get("act", ""))
    if kind is None:
        raise Incomplete({"act": ["请选择要办理的事"]}, "请选择要办理的事。")
    if not holds(actor(), kind.power):
        raise NotAllowed(f"您没有“{kind.label}”的权限。")
    return kind


@blueprint.post("/issues/bulk")
@requires(Right.VIEW)
def preview() -> ResponseReturnValue:
    """What would be done to which of the chosen tickets; nothing is kept of it."""
    kind = _kind()
    numbers = list(dict.fromkeys(request.form.getlist("number")))
    if not 0 < len(numbers) <= MOST:
        raise Incomplete({"number": [f"请勾选1至{MOST}件事项"]}, f"请勾选1至{MOST}件事项。")
    return _previewed(kind, numbers)


def _previewed(
    kind: Kind, numbers: Sequence[str], refusal: Incomplete | None = None
) -> ResponseReturnValue:
    person = actor()
    rows = _rehearsed(kind, numbers, person)
    said = act_form.typed(kind.fields, request.form)
    errors = refusal.errors if refusal else {}
    html = render_template(
        "bulk/preview.html",
        act=request.form["act"],
        label=kind.label,
        able=[row for row in rows if not row.why],
        unable=[row for row in rows if row.why],
        fields=act_draw.draw(kind.fields, None, person, said, errors),
        errors=errors,
        labels={field.name: field.label for field in kind.fields},
        key=request.form.get("once") or once.new_key(),
    )
    return html, refusal.status if refusal else 200


def _rehearsed(kind: Kind, numbers: Sequence[str], person: Actor) -> list[Row]:
    """Each ticket done for trial in one transaction that is taken back."""
    rows, sample, at = [], kind.sample(), clock.now()
    with rehearsal():
        for number in numbers:
            try:
                with db.session.begin_nested():
                    issue = load(number, person)
                    told = (issue.number, issue.title, issue.version)
                    kind.do(issue, person, sample, None, at)
                rows.append(Row(*told, issue.status.label, ""))
            except NotFound as refusal:
                rows.append(Row(number, "", 0, "", refusal.sentence))
            except Refusal as refusal:
                rows.append(Row(*told, "", _sentence(refusal)))
    return rows


def _sentence(refusal: Refusal) -> str:
    inner = (sentence for said in refusal.errors.values() for sentence in said)
    return ";".join([refusal.sentence, *inner])


@blueprint.post("/issues/bulk/do")
@requires(Right.VIEW)
def do() -> ResponseReturnValue:
    """Each ticket in its own transaction; the answer says of every one what became of it."""
    kind, person = _kind(), actor()
    chosen = [_chosen(raw) for raw in request.form.getlist("row")[:MOST]]
    given = act_form.changed(kind.fields, act_form.typed(kind.fields, request.form), {})
    with db.session.no_autoflush:
        try:
            read_details(kind.fields, given, None)
        except Incomplete as refusal:
            return _previewed(kind, [number for number, _ in chosen], refusal)
    rows = [_done(kind, number, version, given, person) for number, version in chosen]
    return render_template(
        "bulk/result.html",
        label=kind.label,
        rows=rows,
        done=sum(not row.why for row in rows),
        refused=sum(bool(row.why) for row in rows),
    )


def _chosen(raw: str) -> tuple[str, int]:
    number, _, version = raw.rpartition(":")
    fits = version.isascii() and version.isdigit() and len(version) < 10  # noqa: PLR2004 - a column
    return number, int(version) if fits else 0


def _done(kind: Kind, number: str, version: int, given: Details, person: Actor) -> Row:
    key = f"{request.form.get('once', '')[:60]}:{number}"
    asked = json.dumps([request.form["act"], number, given], sort_keys=True, default=str)
    digest, title = hashlib.sha256(asked.encode()).hexdigest(), ""
    try:
        with transaction():
            first = once.replay(person.id, key, digest)
            issue = load(number, person, for_change=first is None)
            title = issue.title
            if first is not None:
                return Row(number, title, version, first.text, "")
            kind.do(issue, person, given, version, clock.now())
            said = f"已办理,现为“{issue.status.label}”"
            once.remember(person.id, key, DONE, said)
            return Row(number, title, version, said, "")
    except Refusal as refusal:
        return Row(number, title, version, "", _sentence(refusal))

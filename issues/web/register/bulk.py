"""One act on many tickets of the register: a preview of the exact numbers, then each by itself.

Each ticket is its own transaction. What is refused is explained at its row and harms no other;
the same form sent twice does each ticket once.
"""

import json
from collections.abc import Sequence
from typing import NamedTuple

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from auth.actor import Actor
from extensions import db, rehearsal, transaction
from issues import once
from issues.act_fields.details import read_details
from issues.ground import clock
from issues.ground.numbers import LARGEST_ID, whole
from issues.ground.refusals import Incomplete, NotAllowed, NotFound, Refusal
from issues.rights.table import Right, holds
from issues.web.door import forms
from issues.web.door.drawing import draw
from issues.web.door.guards import actor, requires
from issues.web.door.once import Kept, digest_of, form_key, once_only, sent_key
from issues.web.register.bulk_kinds import KINDS, Details, Kind, Undo
from issues.workflow import load

blueprint = Blueprint("bulk", __name__)

MOST = 200
DONE = 200
LONGEST = 80
KEY_PART = 60


class Row(NamedTuple):
    """One ticket of the choice. `why` is empty where it can be, or was, done.

    `before` is what taking it back needs to know.
    """

    number: str
    title: str
    version: int
    said: str
    why: str
    before: str = ""


def offered(person: Actor) -> list[tuple[str, str]]:
    """(code, label) of what this person may do to many tickets at once."""
    return [(code, kind.label) for code, kind in KINDS.items() if holds(person, kind.power)]


def _kind() -> Kind:
    kind = KINDS.get(forms.carried("act"))
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
    numbers = list(dict.fromkeys(forms.marked("number")))
    if not 0 < len(numbers) <= MOST:
        raise Incomplete({"number": [f"请勾选1至{MOST}件事项"]}, f"请勾选1至{MOST}件事项。")
    return _previewed(kind, numbers)


def _previewed(
    kind: Kind, numbers: Sequence[str], refusal: Incomplete | None = None
) -> ResponseReturnValue:
    person = actor()
    rows = _rehearsed(kind, numbers, person)
    said = forms.typed(kind.fields)
    errors = refusal.errors if refusal else {}
    html = render_template(
        "register/bulk/preview.html",
        act=forms.carried("act"),
        label=kind.label,
        able=[row for row in rows if not row.why],
        unable=[row for row in rows if row.why],
        fields=draw(kind.fields, None, person, said, errors),
        errors=errors,
        labels={field.name: field.label for field in kind.fields},
        key=form_key(),
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
    return "；".join([refusal.sentence, *inner])


@blueprint.post("/issues/bulk/do")
@requires(Right.VIEW)
def do() -> ResponseReturnValue:
    """Each ticket in its own transaction; the answer says of every one what became of it."""
    kind, person = _kind(), actor()
    chosen = [_chosen(raw) for raw in forms.marked("row")[:MOST]]
    given = forms.given(kind.fields)
    with db.session.no_autoflush:
        try:
            read_details(kind.fields, given, None)
        except Incomplete as refusal:
            return _previewed(kind, [number for number, _ in chosen], refusal)
    rows = [_done(kind, number, version, given, person) for number, version in chosen]
    return _told(kind, rows, kind.label, may_undo=kind.undo is not None)


def _told(kind: Kind, rows: Sequence[Row], label: str, *, may_undo: bool) -> str:
    return render_template(
        "register/bulk/result.html",
        act=forms.carried("act"),
        label=label,
        rows=rows,
        done=sum(not row.why for row in rows),
        refused=sum(bool(row.why) for row in rows),
        may_undo=may_undo,
        stays=kind.undo is None,
        key=once.new_key(),
    )


@blueprint.post("/issues/bulk/undo")
@requires(Right.VIEW)
def undo() -> ResponseReturnValue:
    """Each taken back by itself, where nobody has acted on it since."""
    kind, person = _kind(), actor()
    if kind.undo is None:
        raise NotAllowed(f"“{kind.label}”办理后不能撤回。")
    rows = []
    for raw in forms.marked("row")[:MOST]:
        told, _, before = raw.partition("=")
        number, version = _chosen(told)
        rows.append(_taken_back(kind.undo, number, version, before[:LONGEST], person))
    return _told(kind, rows, f"{kind.label}撤回", may_undo=False)


def _taken_back(undo: Undo, number: str, version: int, before: str, person: Actor) -> Row:
    title = ""
    try:
        with transaction():
            issue = load(number, person, for_change=True)
            title = issue.title
            undo(issue, person, before, version, clock.now())
            return Row(number, title, issue.version, "已撤回", "")
    except Refusal as refusal:
        return Row(number, title, version, "", _sentence(refusal))


def _chosen(raw: str) -> tuple[str, int]:
    number, _, version = raw.rpartition(":")
    return number, whole(version, 0, LARGEST_ID) or 0


def _done(kind: Kind, number: str, version: int, given: Details, person: Actor) -> Row:
    title = ""

    def act() -> Row:
        nonlocal title
        issue = load(number, person, for_change=True)
        title = issue.title
        before = kind.do(issue, person, given, version, clock.now())
        told = f"已办理，现为“{issue.status.label}”"
        return Row(number, title, issue.version, told, "", before)

    def again(first: once.Answer) -> Row:
        return Row(number, load(number, person).title, *json.loads(first.text))

    kept = Kept(lambda row: once.Answer(DONE, json.dumps(row[2:], ensure_ascii=False)), again)
    what, key = digest_of(forms.carried("act"), number, given), sent_key()
    try:
        return once_only(act, kept, key=f"{key[:KEY_PART]}:{number}" if key else "", what=what)
    except Refusal as refusal:
        return Row(number, title, version, "", _sentence(refusal))

"""Units and people by workbook: the upload, what would come of it, and the confirming.

Who keeps the accounts brings people in without any right: the roles go to who gives them.
"""

from flask import Blueprint, current_app, flash, redirect
from flask.typing import ResponseReturnValue

from issues.ground import clock
from issues.ground.refusals import Refusal
from issues.rights.table import Right
from issues.rosters import kept
from issues.vocabulary import RosterKind
from issues.web.account.proof import proven
from issues.web.door import forms
from issues.web.door.guards import acting, requires
from issues.web.door.turns import builds_file
from issues.web.rosters import drawn

UNITS, PEOPLE = RosterKind.UNITS, RosterKind.PEOPLE
blueprint = Blueprint("rosters", __name__, url_prefix="/admin")


@blueprint.get("/units/import")
@requires(Right.UNITS)
def units() -> str:
    return drawn.start(UNITS)


@blueprint.get("/accounts/import")
@requires(Right.ACCOUNTS)
def people() -> str:
    return drawn.start(PEOPLE)


@blueprint.post("/units/import")
@requires(Right.UNITS)
@builds_file
def upload_units() -> ResponseReturnValue:
    return drawn.take(UNITS)


@blueprint.post("/accounts/import")
@requires(Right.ACCOUNTS)
@builds_file
def upload_people() -> ResponseReturnValue:
    return drawn.take(PEOPLE)


def _units_again(units_id: int, refusal: Refusal | None = None) -> str:
    return drawn.show(UNITS, units_id, refusal)


def _people_again(people_id: int, refusal: Refusal | None = None) -> str:
    return drawn.show(PEOPLE, people_id, refusal)


@blueprint.get("/units/import/<int:units_id>")
@requires(Right.UNITS)
def show_units(units_id: int) -> str:
    return _units_again(units_id)


@blueprint.get("/accounts/import/<int:people_id>")
@requires(Right.ACCOUNTS)
def show_people(people_id: int) -> str:
    return _people_again(people_id)


@blueprint.post("/units/import/<int:units_id>")
@requires(Right.UNITS)
@acting(_units_again)
def confirm_units(units_id: int) -> ResponseReturnValue:
    return _confirm(UNITS, units_id)


@blueprint.post("/accounts/import/<int:people_id>")
@requires(Right.ACCOUNTS)
@proven
@acting(_people_again)
def confirm_people(people_id: int) -> ResponseReturnValue:
    return _confirm(PEOPLE, people_id)


def _confirm(kind: RosterKind, roster_id: int) -> ResponseReturnValue:
    row = kept.load(kind, roster_id, for_change=True)
    reason = forms.worded((drawn.REASON,))["reason"]
    store = current_app.extensions["evidence"]
    outcome = kept.confirm(row, store, drawn.actor(), reason, clock.now())
    flash(f"已导入：{outcome.in_words(kept.COUNTED[kind])}", "success")
    return redirect(drawn.at(drawn.SHOWN, kind, roster_id), 303)

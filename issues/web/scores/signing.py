"""The score sheets of a published quarter signed together: one proof, each told what became of it.

Each sheet is its own transaction and held against the record as if it were signed by itself. What
is refused harms no other; the same form sent twice signs each once.
"""

from typing import NamedTuple

from flask import Blueprint, make_response, render_template
from flask.typing import ResponseReturnValue

from issues import once
from issues.ground import clock
from issues.ground.refusals import Incomplete, Refusal
from issues.queries.scores import figures, points
from issues.rights.table import Right
from issues.scores.sheets import gathering, signing as one_sheet
from issues.scores.tallying import Period
from issues.web.account.proof import proven
from issues.web.door import forms
from issues.web.door.guards import actor, requires
from issues.web.door.once import Kept, digest_of, once_only, sent_key
from issues.web.door.turns import builds_file
from issues.web.notices.pdf import press
from issues.web.scores.sheets import period_asked

blueprint = Blueprint("score_signing", __name__, url_prefix="/scores/signing")
MOST, KEY_PART, DONE = 60, 60, 200
"""A sheet takes about a third of a second: this many end before a browser gives up."""


class Row(NamedTuple):
    """One unit of the choice: the number of its sheet, or why there is none."""

    code: str
    name: str
    number: str
    why: str = ""


@blueprint.get("")
@requires(Right.PUBLISH_SCORES)
def ask(refusal: Refusal | None = None) -> str:
    """Of a published quarter alone: every unit, those not signed yet to be chosen."""
    period = period_asked()
    gathering.quarter_of_sheet(period)
    signed = figures.sheets(period, actor())
    found = figures.figures(period, actor())
    waiting = [one for _, units in found.groups() for one in units if one.code not in signed]
    ticked = forms.marked("unit") if refusal else [one.code for one in waiting[:MOST]]
    return render_template(
        "scores/signing/choose.html",
        period=period,
        found=found,
        waiting=waiting,
        signed=signed,
        ticked=frozenset(ticked),
        most=MOST,
        errors=refusal.errors if refusal else {},
    )


@blueprint.post("")
@requires(Right.PUBLISH_SCORES)
@proven
@builds_file
def sign() -> ResponseReturnValue:
    period = period_asked()
    gathering.quarter_of_sheet(period)
    codes = list(dict.fromkeys(forms.marked("unit")))
    if not 0 < len(codes) <= MOST:
        refusal = Incomplete({"unit": [f"请勾选1至{MOST}个单位"]})
        return make_response(ask(refusal=refusal), refusal.status)
    named = {one.code: one.name for one in figures.figures(period, actor()).units}
    rows = [_signed(code, named.get(code, code), period) for code in codes]
    return render_template(
        "scores/signing/result.html", period=period, rows=rows, key=once.new_key(),
        done=sum(not row.why for row in rows), refused=sum(bool(row.why) for row in rows),
    )  # fmt: skip


def _signed(code: str, name: str, period: Period) -> Row:
    def act() -> Row:
        unit = points.unit_of(code, actor())
        sheet = one_sheet.sign(unit, period, actor(), clock.now(), press())
        return Row(code, name, sheet.number)

    kept = Kept(
        lambda row: once.Answer(DONE, row.number), lambda first: Row(code, name, first.text)
    )
    what, key = digest_of("score sheet", period, code), sent_key()
    try:
        return once_only(act, kept, key=f"{key[:KEY_PART]}:{code}" if key else "", what=what)
    except Refusal as refusal:
        inner = [sentence for said in refusal.errors.values() for sentence in said]
        return Row(code, name, "", "；".join([refusal.sentence.rstrip("。"), *inner]))

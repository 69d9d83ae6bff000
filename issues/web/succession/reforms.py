"""What merging and splitting share: told before it is done, done at once or later, told after."""

import hashlib
import json

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from issues import units
from issues.ground import clock
from issues.ground.refusals import Incomplete
from issues.queries.admin.reforms import LABELS, done_to
from issues.rights.table import Right
from issues.succession.reforming import Foretold, foretell, reform
from issues.succession.wanted import Wanted
from issues.vocabulary import UnitAct, WorkKind
from issues.web.door import forms
from issues.web.door.guards import actor, requires
from issues.web.door.long_work import want_worker
from issues.works import asking

blueprint = Blueprint("reforms", __name__, url_prefix="/admin/units")
LARGE = 200
"""Tickets that a page waits for: more are moved in the background."""
SEEN = "seen"
MOVED_ON = "核对以后数量或去向有变动，请重新核对。"
BESIDE = frozenset({"csrf_token", "once", SEEN})
SEE_OTHER = 303


def checked(wanted: Wanted, to: str) -> str:
    """The page that says what exactly would change; its form goes to `to`. Raises Refusal."""
    asking.refuse_beside(WorkKind.REFORM)
    found = foretell(actor(), wanted)
    return render_template(
        "succession/check.html",
        unit=found.old,
        title=title(found, wanted),
        counted=found.counted,
        shares=found.shares,
        reason=found.reason,
        is_split=wanted.is_split,
        is_large=_is_large(found),
        to=to,
        back=url_for("split.page" if wanted.is_split else "merge.page", code=found.old.code),
        seen=_digest(found, wanted),
        sent=[(name, value) for name, value in forms.everything() if name not in BESIDE],
    )


def done(wanted: Wanted) -> ResponseReturnValue:
    """To what has been done, or to how far it is. Raises Refusal."""
    asking.refuse_beside(WorkKind.REFORM)
    found = foretell(actor(), wanted)
    if forms.carried(SEEN) != _digest(found, wanted):
        raise Incomplete({wanted.field: [MOVED_ON]}, MOVED_ON)
    if _is_large(found):
        work = asking.begin(actor(), WorkKind.REFORM, wanted.document())
        work.name = work.name or title(found, wanted)
        want_worker()
        return redirect(url_for("works.page", work_id=work.id), SEE_OTHER)
    went = reform(actor(), wanted, clock.now())
    flash(f"已办理：未办结事项{went.tickets}件、账号{went.people}个。", "success")
    return redirect(url_for("reforms.result", code=wanted.code), SEE_OTHER)


def title(found: Foretold, wanted: Wanted) -> str:
    """What is done, as its work is called."""
    if wanted.is_split:
        return f"{found.old.short_name}分设为{len(found.heirs)}个单位"
    return f"{found.old.short_name}并入{found.usual.short_name}"


def _is_large(found: Foretold) -> bool:
    return len(found.moves) > LARGE


def _digest(found: Foretold, wanted: Wanted) -> str:
    """Of all that the page says, and where each ticket and person goes."""
    went = {unit.code: count for unit, *count in found.shares}
    told = json.dumps([wanted.document(), found.counted, went], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


@blueprint.get("/<code>/reformed")
@requires(Right.UNITS)
def result(code: str) -> str:
    """What a reform has done, by its record."""
    unit = units.find(code)
    done = done_to(unit.id)
    return render_template(
        "succession/done.html",
        unit=unit,
        done=done,
        act=UnitAct(done.row.action).label if done else "",
        labels=LABELS,
    )

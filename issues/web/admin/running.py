"""管理·后台和存储: what each job did last, what failed, how full the store is, and the quota."""

import shutil

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from issues.act_fields import Field
from issues.evidence import quota
from issues.ground import clock
from issues.ground.refusals import Refusal
from issues.jobs.timetable import JOBS, TIMETABLE
from issues.queries.admin import running as queries
from issues.queries.admin.stored import stored as stored_files
from issues.queries.evidence.files import written_size
from issues.rights.table import Right, holds
from issues.web.door import drawing, forms
from issues.web.door.guards import acting, actor, requires

blueprint = Blueprint("running", __name__)
SEE_OTHER = 303
FIELDS = (
    Field("quota", "integer", "每件事项的额度（MB）", least=quota.LEAST, most=quota.MOST),
    Field("reason", "text", "更改的理由", limit=quota.LONGEST_REASON),
)


@blueprint.get("/admin/running")
@requires(Right.JOBS)
def page(refusal: Refusal | None = None) -> str:
    found, stored = queries.running(), stored_files()
    store = current_app.extensions["evidence"]
    store.waiting.mkdir(parents=True, exist_ok=True)
    return render_template(
        "admin/running.html",
        jobs=[(job, found.runs.get(job.name)) for job in TIMETABLE],
        failures=[(row, _label(row.name)) for row in found.failures],
        backups=found.backups,
        has_folder=current_app.extensions["settings"].backup_dir is not None,
        is_alive=found.is_alive,
        done_through=found.done_through,
        stored=stored,
        free=written_size(shutil.disk_usage(store.waiting).free),
        reserve=written_size(store.reserve),
        written_size=written_size,
        quota=quota.in_force(),
        may_set=holds(actor(), Right.SET_QUOTA),
        sees_figures=holds(actor(), Right.OPERATIONS),
        form=drawing.drawn(FIELDS, refusal, {"quota": quota.in_force()}),
        errors=refusal.errors if refusal else {},
    )


def _label(name: str) -> str:
    """A job that was taken out of the timetable keeps its name."""
    return JOBS[name].label if name in JOBS else name


@blueprint.post("/admin/running/quota")
@requires(Right.SET_QUOTA)
@acting(page)
def put_quota() -> ResponseReturnValue:
    said = forms.worded(FIELDS)
    quota.put(said["quota"].strip(), said["reason"], actor(), at=clock.now())
    flash("已采用新的存储额度。", "success")
    return redirect(url_for(".page"), SEE_OTHER)

"""Files of a ticket: sending them in, looking at them, taking the original out."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import (
    Blueprint,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from issues.act_fields import Field
from issues.colour.facts_of import measures_of
from issues.evidence import rows as keeping, sealed as complaint_originals
from issues.evidence.flags import examine
from issues.evidence.intake.by_hand import kinds_for
from issues.ground import clock
from issues.ground.refusals import Incomplete, NotFound, Refusal
from issues.models import Issue, Measure
from issues.queries.evidence import files as queries
from issues.queries.ground import record
from issues.queries.ticket.page import named
from issues.rights.table import Right, may
from issues.vocabulary import EvidenceKind
from issues.web.door import forms, uploads as sending
from issues.web.door.files import staged
from issues.web.door.guards import actor, with_issue
from issues.web.door.once import (
    ADDRESS,
    SEE_OTHER,
    FormReused,
    form_key,
    lead_back,
    once_only,
    what_was_sent,
)
from issues.workflow import load

blueprint = Blueprint("evidence", __name__)

MOST_FILES = 30
REASONS = (
    Field("reason", "long_text", "更换的理由"),
    Field("withdraw_reason", "long_text", "撤回的理由"),
)
Errors = Mapping[str, list[str]]


@blueprint.get("/issues/<number>/evidence")
@with_issue()
def gallery(issue: Issue) -> ResponseReturnValue:
    return _gallery(issue)


def _gallery(issue: Issue, errors: Errors | None = None, status: int = 200) -> ResponseReturnValue:
    person = actor()
    every = queries.seen_by(person, issue, queries.every_row_of(issue))
    rows = [row for row in every if row.withdrawn_at is None]
    shown = queries.newest(rows)
    measures = measures_of(issue)
    flags = examine.flags_of(issue, [file.row for file in shown], person) if _reviews(issue) else {}
    html = render_template(
        "evidence/page.html",
        issue=issue,
        shown=shown,
        pairs=queries.pairs_of(shown),
        by=request.args.get("by", "kind"),
        groups=_groups(shown, measures),
        withdrawn=queries.tombstones(every),
        flags=flags,
        reviews=_reviews(issue),
        knows_originals=complaint_originals.is_known_to(issue, person),
        may_upload=keeping.is_open_to(issue, person),
        kinds=kinds_for(person),
        measures=[(str(m.id), named(m)) for m in measures],
        said=forms.typed(sending.ABOUT),
        errors=_each(errors, "kind", "file", "measure", "note"),
        key=form_key(),
    )
    return html, status


def _each(errors: Errors | None, *names: str) -> dict[str, list[str]]:
    return {name: list((errors or {}).get(name, [])) for name in names}


def _groups(
    shown: list[queries.File], measures: Sequence[Measure]
) -> list[tuple[str, list[queries.File]]]:
    """The files under headings: by kind, by measure, or by before, during and after."""
    by = request.args.get("by")
    heads: list[tuple[Any, str]]
    of: list[Any]
    if by == "measure":
        heads = [(measure.id, f"措施{named(measure)}") for measure in measures]
        heads.append((None, "整个事项"))
        known = {id_ for id_, _ in heads}
        of = [(file.row.measure_id if file.row.measure_id in known else None) for file in shown]
    elif by == "stage":
        heads = [("before", "整改前"), ("during", "整改中"), ("after", "整改后"), ("", "其他材料")]
        stages = {head for head, _ in heads}
        of = [file.row.kind.value if file.row.kind.value in stages else "" for file in shown]
    else:
        heads = [(kind, kind.label) for kind in EvidenceKind]
        of = [file.row.kind for file in shown]
    groups = [
        (label, [file for file, place in zip(shown, of, strict=True) if place == head])
        for head, label in heads
    ]
    return [(label, files) for label, files in groups if files]


def _reviews(issue: Issue) -> bool:
    return may(actor(), Right.SEE_FLAGS, issue)


@blueprint.post("/issues/<number>/evidence")
@with_issue()
def upload(issue: Issue) -> ResponseReturnValue:
    """Several files of one kind: all of them are kept, or none."""
    number = issue.number
    try:
        url = _take(issue, number)
    except (Incomplete, sending.NotTaken, FormReused) as refused:
        return _refused(number, refused)
    if _wants_json():
        return jsonify(url=url)
    return redirect(url, SEE_OTHER)


def _take(issue: Issue, number: str) -> str:
    person = actor()
    keeping.refuse_unless_open(issue, person)
    sent = forms.files("file")
    about = sending.about(issue)
    if not sent:
        raise Incomplete({"file": ["请选择要上传的文件"]})
    if len(sent) > MOST_FILES:
        raise Incomplete({"file": [f"一次最多上传{MOST_FILES}个文件，请分几次上传"]})
    proven = [sending.proven(file.stream, file.filename or "") for file in sent]

    def add() -> str:
        fresh = load(number, person, for_change=True)
        for one in proven:
            keeping.add(fresh, person, one, about, at=clock.now())
        if not _wants_json():
            flash(f"已保存{len(proven)}份{about.kind.label}。", "success")
        return url_for("evidence.gallery", number=number)

    return once_only(
        sending.told_at_its_field(add), ADDRESS, what=what_was_sent(sending.TOLD_BY_THE_DEVICE)
    )


def _refused(number: str, refused: Refusal) -> ResponseReturnValue:
    if _wants_json():
        sentences = [sentence for said in refused.errors.values() for sentence in said]
        return jsonify(sentence=" ".join(sentences) or refused.sentence), refused.status
    lead_back(refused)
    return _gallery(load(number, actor()), refused.errors, refused.status)


def _wants_json() -> bool:
    return request.accept_mimetypes.best == "application/json"


@blueprint.get("/issues/<number>/evidence/<int:evidence_id>")
@with_issue()
def one(issue: Issue, evidence_id: int) -> ResponseReturnValue:
    return draw_one(issue, evidence_id)


def draw_one(
    issue: Issue, evidence_id: int, errors: Errors | None = None, status: int = 200
) -> ResponseReturnValue:
    person = actor()
    every = queries.seen_by(person, issue, queries.every_row_of(issue))
    file = next((file for file in queries.files_of(every) if file.row.id == evidence_id), None)
    if file is None:
        raise NotFound
    row = file.row
    rows = [other for other in every if other.withdrawn_at is None]
    flags = examine.flags_of(issue, rows, person).get(row.id, []) if _reviews(issue) else []
    is_stranger = row.withdrawn_at is not None or not keeping.is_own(person, row)
    may_change = file.is_newest and not is_stranger and keeping.is_open_to(issue, person)
    html = render_template(
        "evidence/one.html",
        issue=issue,
        file=file,
        row=row,
        versions=queries.versions_of(row, every),
        doubt=record.of_file(issue, person, row.id),
        measure=next((m for m in measures_of(issue) if m.id == row.measure_id), None),
        flags=flags,
        reviews=_reviews(issue),
        may_replace=may_change,
        errors=_each(errors, "file", "reason", "withdraw_reason"),
        **forms.typed(REASONS),
        key=form_key(),
    )
    return html, status


@blueprint.post("/issues/<number>/evidence/<int:evidence_id>/replace")
@with_issue()
def replace(issue: Issue, evidence_id: int) -> ResponseReturnValue:
    number = issue.number
    try:
        return redirect(_replace(issue, number, evidence_id), SEE_OTHER)
    except (Incomplete, sending.NotTaken, FormReused) as refused:
        lead_back(refused)
        return draw_one(load(number, actor()), evidence_id, refused.errors, refused.status)


def _replace(issue: Issue, number: str, evidence_id: int) -> str:
    person, reason = actor(), forms.worded(REASONS)["reason"]
    old = queries.one(issue, evidence_id, person)
    keeping.refuse_unless_replaceable(issue, person, old, reason)
    sent = staged.file("file")
    if sent is None:
        raise Incomplete({"file": ["请选择新版本的文件"]})
    (proven,) = staged.taken([sent])

    def add() -> str:
        fresh = load(number, person, for_change=True)
        old = queries.one(fresh, evidence_id, person)
        row = keeping.replace(fresh, person, old, proven, reason, at=clock.now())
        flash(f"已保存第{row.version}版，原版本保留。", "success")
        return url_for("evidence.one", number=number, evidence_id=row.id)

    return once_only(sending.told_at_its_field(add), ADDRESS)

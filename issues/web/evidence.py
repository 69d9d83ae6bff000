"""Files of a ticket: sending them in, looking at them, taking the original out."""

import hashlib
import json
from collections.abc import Callable, Mapping

from flask import (
    Blueprint,
    current_app,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from extensions import transaction
from issues import clock, once
from issues.evidence import examine, files, keeping
from issues.evidence.refusals import EvidenceRefused
from issues.models import Issue
from issues.permissions import Right, may
from issues.queries import evidence as queries
from issues.queries.ticket import named
from issues.records import measures_of
from issues.refusals import Incomplete, NotFound, Refusal
from issues.vocabulary import EvidenceKind
from issues.web.guards import actor, with_issue
from issues.workflow import load

blueprint = Blueprint("evidence", __name__)

SEE_OTHER = 303
MOST_FILES = 30
Errors = Mapping[str, list[str]]


class NotTaken(Refusal):
    """A file that is not taken, named among those sent with it."""

    def __init__(self, name: str, refused: EvidenceRefused) -> None:
        sentence = f"“{files.safe_name(name)}”:{refused}"
        super().__init__(sentence, {"file": [sentence]})
        self.status = refused.status


@blueprint.get("/issues/<number>/evidence")
@with_issue()
def gallery(issue: Issue) -> ResponseReturnValue:
    return _gallery(issue)


def _gallery(issue: Issue, errors: Errors | None = None, status: int = 200) -> ResponseReturnValue:
    person = actor()
    rows = queries.seen_by(person, issue, queries.rows_of(issue))
    shown = queries.newest(rows)
    flags = examine.flags_of(issue, [file.row for file in shown], person) if _reviews(issue) else {}
    html = render_template(
        "evidence/gallery.html",
        issue=issue,
        shown=shown,
        pairs=_pairs(shown),
        flags=flags,
        may_upload=keeping.is_open_to(issue, person),
        kinds=EvidenceKind.choices(),
        measures=[(str(m.id), named(m)) for m in measures_of(issue)],
        said={name: request.form.get(name, "") for name in ("kind", "measure", "note")},
        errors=_each(errors, "kind", "file", "measure", "note"),
        key=request.form.get("once") or once.new_key(),
    )
    return html, status


def _each(errors: Errors | None, *names: str) -> dict[str, list[str]]:
    return {name: list((errors or {}).get(name, [])) for name in names}


def _pairs(shown: list[queries.File]) -> list[tuple[queries.File, queries.File]]:
    """Pictures before and after, side by side in the order they came."""
    sides = [
        [file for file in shown if file.row.kind is kind and file.is_picture]
        for kind in (EvidenceKind.BEFORE, EvidenceKind.AFTER)
    ]
    return list(zip(*sides, strict=False))


def _reviews(issue: Issue) -> bool:
    return may(actor(), Right.SEE_FLAGS, issue)


@blueprint.post("/issues/<number>/evidence")
@with_issue()
def upload(issue: Issue) -> ResponseReturnValue:
    """Several files of one kind: all of them are kept, or none."""
    number = issue.number
    try:
        url = _take(issue, number)
    except (Incomplete, NotTaken) as refused:
        return _refused(number, refused.errors, refused.status)
    if _wants_json():
        return jsonify(url=url)
    return redirect(url, SEE_OTHER)


def _take(issue: Issue, number: str) -> str:
    person = actor()
    keeping.refuse_unless_open(issue, person)
    sent = [file for file in request.files.getlist("file") if file.filename]
    about = keeping.read_about(
        issue, request.form.get("kind", ""), _measure(), request.form.get("note", "")
    )
    if not sent:
        raise Incomplete({"file": ["请选择要上传的文件"]})
    if len(sent) > MOST_FILES:
        raise Incomplete({"file": [f"一次最多上传{MOST_FILES}个文件,请分几次上传"]})
    proven = [_proven(file) for file in sent]

    def add() -> str:
        fresh = load(number, person, for_change=True)
        for one in proven:
            keeping.add(fresh, person, one, about, at=clock.now())
        if not _wants_json():
            flash(f"已保存{len(proven)}份{about.kind.label}。", "success")
        return url_for("evidence.gallery", number=number)

    return _once(add, [one.sha256 for one in proven])


def _measure() -> int | None:
    raw = request.form.get("measure", "")
    if raw and not (raw.isascii() and raw.isdigit() and len(raw) < 10):  # noqa: PLR2004 - fits a column
        raise Incomplete({"measure": ["没有这项措施"]})
    return int(raw) if raw else None


def _proven(file: FileStorage) -> keeping.Proven:
    name = file.filename or ""
    try:
        return keeping.take_in(file.stream, name, store=current_app.extensions["evidence"])
    except EvidenceRefused as refused:
        raise NotTaken(name, refused) from refused


def _once(add: Callable[[], str], digests: list[str]) -> str:
    key, person = request.form.get("once", ""), actor()
    said = [request.path, *(request.form.get(name, "") for name in ("kind", "measure", "note"))]
    digest = hashlib.sha256(json.dumps([*said, *digests]).encode()).hexdigest()
    with transaction():
        first = once.replay(person.id, key, digest) if key else None
        if first is not None:
            return first.text
        url = add()
        if key:
            once.remember(person.id, key, SEE_OTHER, url)
    return url


def _refused(number: str, errors: Errors, status: int) -> ResponseReturnValue:
    if _wants_json():
        sentences = [sentence for said in errors.values() for sentence in said]
        return jsonify(sentence=" ".join(sentences)), status
    return _gallery(load(number, actor()), errors, status)


def _wants_json() -> bool:
    return request.accept_mimetypes.best == "application/json"


@blueprint.get("/issues/<number>/evidence/<int:evidence_id>")
@with_issue()
def one(issue: Issue, evidence_id: int) -> ResponseReturnValue:
    return _one(issue, evidence_id)


def _one(
    issue: Issue, evidence_id: int, errors: Errors | None = None, status: int = 200
) -> ResponseReturnValue:
    person = actor()
    rows = queries.seen_by(person, issue, queries.rows_of(issue))
    file = next((file for file in queries.files_of(rows) if file.row.id == evidence_id), None)
    if file is None:
        raise NotFound
    row = file.row
    flags = examine.flags_of(issue, rows, person).get(row.id, []) if _reviews(issue) else []
    html = render_template(
        "evidence/one.html",
        issue=issue,
        file=file,
        row=row,
        versions=queries.versions_of(row, rows),
        measure=next((m for m in measures_of(issue) if m.id == row.measure_id), None),
        flags=flags,
        may_replace=file.is_newest
        and keeping.is_own(person, row)
        and keeping.is_open_to(issue, person),
        errors=_each(errors, "file", "reason"),
        reason=request.form.get("reason", ""),
        key=request.form.get("once") or once.new_key(),
    )
    return html, status


@blueprint.post("/issues/<number>/evidence/<int:evidence_id>/replace")
@with_issue()
def replace(issue: Issue, evidence_id: int) -> ResponseReturnValue:
    number = issue.number
    try:
        return redirect(_replace(issue, number, evidence_id), SEE_OTHER)
    except (Incomplete, NotTaken) as refused:
        return _one(load(number, actor()), evidence_id, refused.errors, refused.status)


def _replace(issue: Issue, number: str, evidence_id: int) -> str:
    person, reason = actor(), request.form.get("reason", "")
    old = queries.one(issue, evidence_id, person)
    keeping.refuse_unless_replaceable(issue, person, old, reason)
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise Incomplete({"file": ["请选择新版本的文件"]})
    proven = _proven(sent)

    def add() -> str:
        fresh = load(number, person, for_change=True)
        old = queries.one(fresh, evidence_id, person)
        row = keeping.replace(fresh, person, old, proven, reason, at=clock.now())
        flash(f"已保存第{row.version}版,原版本保留。", "success")
        return url_for("evidence.one", number=number, evidence_id=row.id)

    return _once(add, [proven.sha256, reason])

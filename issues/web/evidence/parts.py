"""Files sent piece by piece: begin, ask how much came, send a piece, finish. Answers are JSON."""

from pathlib import Path

from flask import Blueprint, Response, current_app, jsonify, make_response, request, url_for

from issues.evidence import quota, rows as keeping
from issues.evidence.decoding.preview_cache import keep_still
from issues.evidence.intake import parts
from issues.evidence.refusals import EvidenceRefused
from issues.evidence.storage.store import Store
from issues.ground import clock
from issues.ground.numbers import LARGEST_ID, whole
from issues.ground.refusals import Incomplete, Refusal
from issues.models import Issue
from issues.web.door import forms, uploads as sending
from issues.web.door.guards import actor, with_issue
from issues.web.door.once import (
    ADDRESS,
    digest_of,
    first_time,
    once_only,
    sent_key,
    what_was_said,
)
from issues.workflow import load

blueprint = Blueprint("parts", __name__)
CREATED = 201
NOWHERE = -1


def _store() -> Store:
    return current_app.extensions["evidence"]


def _folder() -> Path:
    return _store().waiting


def _secret() -> str:
    return current_app.extensions["settings"].secret_key


@blueprint.errorhandler(Refusal)
def refused(refusal: Refusal) -> Response:
    """With the seconds to wait where all turns go: the sender then goes on by itself."""
    said = [sentence for each in refusal.errors.values() for sentence in each]
    answer = make_response(jsonify(sentence=" ".join(said) or refusal.sentence), refusal.status)
    if wait := getattr(refusal, "wait", 0):
        answer.headers["Retry-After"] = str(wait)
    return answer


@blueprint.errorhandler(EvidenceRefused)
def not_taken(refusal: EvidenceRefused) -> tuple[Response, int]:
    at = {"at": refusal.at} if isinstance(refusal, parts.Displaced) else {}
    return jsonify(sentence=str(refusal), **at), refusal.status


@blueprint.post("/issues/<number>/evidence/parts")
@with_issue()
def begin(issue: Issue) -> tuple[Response, int]:
    """Refused here, a wrong kind or size costs nobody the sending."""
    keeping.refuse_unless_open(issue, actor())
    name, size = forms.carried("name"), forms.carried("size")
    part = parts.begin(parts.of_ticket(issue), actor(), name, size, folder=_folder())
    quota.refuse_over(issue, part.size)
    return jsonify(part=parts.sign(part, _secret()), at=0), CREATED


@blueprint.get("/issues/<number>/evidence/parts/<signed>")
@with_issue()
def come(issue: Issue, signed: str) -> Response:
    part = parts.read(signed, _secret(), parts.of_ticket(issue), actor())
    return jsonify(at=parts.come(part, _folder()))


@blueprint.post("/issues/<number>/evidence/parts/<signed>")
@with_issue()
def add(issue: Issue, signed: str) -> Response:
    """The body is the piece; `at` is where it belongs."""
    part = parts.read(signed, _secret(), parts.of_ticket(issue), actor())
    at = whole(request.args.get("at", ""), 0, LARGEST_ID)
    at = NOWHERE if at is None else at
    return jsonify(at=parts.add(part, at, request.stream, folder=_folder(), store=_store()))


@blueprint.post("/issues/<number>/evidence/parts/<signed>/finish")
@with_issue()
def finish(issue: Issue, signed: str) -> Response:
    """Proven, kept and written down; only this answer means that the file is kept."""
    number, person = issue.number, actor()
    part = parts.read(signed, _secret(), parts.of_ticket(issue), person)
    digest, key = forms.carried("sha256").lower(), sent_key()
    what = digest_of(number, what_was_said(sending.TOLD_BY_THE_DEVICE), part.name, digest)
    if url := first_time(ADDRESS, key, what):  # kept, and only the answer was lost
        return jsonify(url=url, sha256=digest, size=part.size)
    keeping.refuse_unless_open(issue, person)
    about = sending.about(issue)
    if len(digest) != len("0" * 64):
        raise Incomplete({"sha256": ["应是文件的 SHA-256"]})
    with parts.whole(part, folder=_folder()) as stream:
        proven = sending.proven(stream, part.name, part.size, digest)
    still = forms.file("still")
    if still is not None and proven.media_type.startswith("video/"):
        proven = keep_still(proven, still.stream, _store())

    def write() -> str:
        fresh = load(number, person, for_change=True)
        row = keeping.add(fresh, person, proven, about, at=clock.now())
        return url_for("evidence.one", number=number, evidence_id=row.id)

    url = once_only(sending.told_at_its_field(write), ADDRESS, key=key, what=what)
    parts.drop(part, folder=_folder())
    return jsonify(url=url, sha256=proven.sha256, size=proven.size)

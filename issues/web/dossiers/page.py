"""一题一档 on a page: what it will hold, the archive, several of them, and how one proves true."""

import tempfile
from pathlib import Path

from flask import (
    Blueprint,
    Response,
    current_app,
    make_response,
    render_template,
    request,
    send_file,
)
from flask.typing import ResponseReturnValue

from extensions import transaction
from issues import audit
from issues.dossiers import package
from issues.dossiers.content import Content, content_of, edition_of, held_of
from issues.dossiers.sealing import PAGE
from issues.ground import clock
from issues.models import Issue
from issues.queries.evidence.files import written_size
from issues.rights.table import Right
from issues.tickets.fields import INSIDE_ALONE
from issues.vocabulary import BesideAct
from issues.web.door.guards import actor, public, requires, with_issue
from issues.web.door.turns import builds_file
from issues.workflow import load

blueprint = Blueprint("dossier", __name__)

MOST = 200
ZIP = "application/zip"
PYTHON = "text/x-python; charset=utf-8"


@blueprint.get("/issues/<number>/dossier")
@with_issue()
def page(issue: Issue) -> ResponseReturnValue:
    held = held_of(issue, actor())
    return render_template(
        "evidence/dossier.html",
        issue=issue,
        held=held,
        edition=edition_of(is_inside=held.is_inside),
        left_out=[] if held.is_inside else [field.label for field in INSIDE_ALONE],
        size=written_size(int(held.size)),
    )


@blueprint.post("/issues/<number>/dossier")
@with_issue()
@builds_file
def export(issue: Issue) -> ResponseReturnValue:
    """Who took the file along, and when, stands in the history, and so in the dossier itself."""
    number, person = issue.number, actor()
    with transaction():
        issue = load(number, person, for_change=True)
        audit.record_beside(issue, BesideAct.EXPORT_DOSSIER, person, at=clock.now(), is_covert=True)
    return _archive(content_of(load(number, person), person))


def _archive(content: Content) -> Response:
    faces, store = current_app.extensions["faces"](), current_app.extensions["evidence"]
    seal = current_app.extensions["seal"]
    folder = Path(tempfile.gettempdir())
    package.refuse_without_room(content, folder)
    file = tempfile.NamedTemporaryFile(dir=folder, suffix=".zip")  # noqa: SIM115 - sent, then gone
    try:
        package.write(content, faces, store, Path(file.name), seal)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    name = package.name_of(content)
    answer = send_file(file, ZIP, as_attachment=True, download_name=name, etag=False)
    answer.content_length = Path(file.name).stat().st_size
    answer.call_on_close(file.close)
    return answer


@blueprint.get("/dossiers")
@requires(Right.VIEW)
def several() -> ResponseReturnValue:
    """A list of numbers, each with its own archive; script fetches them in turn."""
    asked = request.args.get("numbers", "")[: MOST * 40].split()
    numbers = list(dict.fromkeys(asked))[:MOST]
    return render_template("evidence/dossiers.html", numbers=numbers, asked=asked, most=MOST)


@blueprint.get(PAGE)
@public
def key() -> str:
    """The public key by which anybody tells that a dossier is ours."""
    extensions = current_app.extensions
    return render_template(
        "evidence/dossier_key.html",
        key=extensions["seal"].public_key,
        is_certified=extensions["settings"].sign_cert is not None,
    )


@blueprint.get(f"{PAGE}/program")
@public
def program() -> Response:
    """verify.py, for every dossier the same: who distrusts the copy in theirs takes this one."""
    answer = make_response(current_app.extensions["seal"].verifier())
    answer.headers["Content-Type"] = PYTHON
    answer.headers["Content-Disposition"] = "attachment; filename=verify.py"
    return answer

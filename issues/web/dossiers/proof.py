"""How anybody tells that a dossier is ours: the public key, and the program that checks with it."""

from flask import Blueprint, Response, current_app, make_response, render_template

from issues.dossiers.sealing import PAGE
from issues.web.door.guards import public

blueprint = Blueprint("dossier_proof", __name__)
PYTHON = "text/x-python; charset=utf-8"


@blueprint.get(PAGE)
@public
def page() -> str:
    extensions = current_app.extensions
    return render_template(
        "evidence/dossier_key.html",
        key=extensions["seal"].public_key,
        is_certified=extensions["settings"].sign_cert is not None,
    )


@blueprint.get(f"{PAGE}/verify.py")
@public
def program() -> Response:
    """The same for every dossier; whoever distrusts the copy in theirs takes it from here."""
    answer = make_response(current_app.extensions["seal"].verifier())
    answer.headers["Content-Type"] = PYTHON
    answer.headers["Content-Disposition"] = "attachment; filename=verify.py"
    return answer

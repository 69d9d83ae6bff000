"""Is this notice genuine? Public: its number, title, date, state, and the digest of its file."""

import hashlib
import hmac
from typing import IO

from flask import Blueprint, render_template

from issues.evidence.intake.incoming import CHUNK
from issues.ground.present import present
from issues.ground.refusals import Incomplete
from issues.queries.notices.pages import by_token
from issues.web.door import forms
from issues.web.door.guards import public

blueprint = Blueprint("verify", __name__)


@blueprint.get("/verify/<token>")
@public
def page(token: str) -> str:
    return render_template("notices/verify.html", notice=by_token(token), outcome="", refusal=None)


@blueprint.post("/verify/<token>")
@public
def compare(token: str) -> str | tuple[str, int]:
    """Without script the file comes here; it is hashed as it comes and not kept."""
    notice, file = by_token(token), forms.file("file")
    if file is None:
        refusal = Incomplete({"file": ["请选择要核对的 PDF 文件"]})
        answer = render_template("notices/verify.html", notice=notice, outcome="", refusal=refusal)
        return answer, refusal.status
    kept = present(notice.sha256, f"the print of notice {notice.id}")
    same = hmac.compare_digest(_digest(file.stream), kept)
    outcome = "same" if same else "different"
    return render_template("notices/verify.html", notice=notice, outcome=outcome, refusal=None)


def _digest(stream: IO[bytes]) -> str:
    found = hashlib.sha256()
    while piece := stream.read(CHUNK):
        found.update(piece)
    return found.hexdigest()

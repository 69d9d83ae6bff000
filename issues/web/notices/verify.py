"""Is this notice genuine? Public: its number, title, date, state, and the digest of its file."""

import hashlib
import hmac
from typing import IO

from flask import Blueprint, render_template

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
    same = hmac.compare_digest(_digest(file.stream), notice.sha256)
    outcome = "same" if same else "different"
    return render_template("notices/verify.html", notice=notice, outcome=outcome, refusal=None)


def _digest(stream: IO[bytes]) -> str:
    return hashlib.file_digest(stream, "sha256").hexdigest()

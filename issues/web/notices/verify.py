"""Is this notice genuine? Public: what the paper says of itself, and the digest of its file."""

import hashlib
import hmac
from typing import IO

from flask import Blueprint, render_template

from issues.evidence.intake.incoming import CHUNK
from issues.ground.present import present
from issues.ground.refusals import Incomplete
from issues.models import Notice
from issues.notices.receipts.openly import told_of
from issues.queries.notices.pages import by_token
from issues.web.door import forms
from issues.web.door.guards import public

blueprint = Blueprint("verify", __name__)


@blueprint.get("/verify/<token>")
@public
def page(token: str) -> str:
    return _drawn(by_token(token))


@blueprint.post("/verify/<token>")
@public
def compare(token: str) -> str | tuple[str, int]:
    """Without script the file comes here; it is hashed as it comes and not kept."""
    notice, file = by_token(token), forms.file("file")
    if file is None:
        refusal = Incomplete({"file": ["请选择要核对的 PDF 文件"]})
        return _drawn(notice, refusal=refusal), refusal.status
    kept = present(notice.sha256, f"the print of notice {notice.id}")
    same = hmac.compare_digest(_digest(file.stream), kept)
    return _drawn(notice, "same" if same else "different")


def _drawn(notice: Notice, outcome: str = "", refusal: Incomplete | None = None) -> str:
    told = told_of(notice)
    return render_template(
        "notices/verify.html", notice=notice, told=told, outcome=outcome, refusal=refusal
    )


def _digest(stream: IO[bytes]) -> str:
    found = hashlib.sha256()
    while piece := stream.read(CHUNK):
        found.update(piece)
    return found.hexdigest()

"""Is this notice genuine? Public: what the paper says of itself, and the digest of its file."""

import hashlib
import hmac
from datetime import date
from threading import Lock
from typing import IO

from cachetools import LRUCache
from flask import Blueprint, current_app, render_template

from issues.evidence.intake.incoming import CHUNK
from issues.ground import clock
from issues.ground.present import present
from issues.ground.refusals import Incomplete
from issues.models import Notice
from issues.notices import signing
from issues.notices.pdf.signature import Finding
from issues.notices.receipts.openly import told_of
from issues.queries.notices.pages import by_token
from issues.web.door import forms
from issues.web.door.guards import public
from issues.web.notices.pdf import press

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
        refusal = Incomplete({"file": ["请选择要核对的 PDF 或 OFD 文件"]})
        return _drawn(notice, refusal=refusal), refusal.status
    kept = [present(notice.sha256, f"the print of notice {notice.id}")]
    kept += [notice.copy.sha256] if notice.copy is not None else []
    found = _digest(file.stream)
    same = any(hmac.compare_digest(found, one) for one in kept)
    return _drawn(notice, "same" if same else "different")


def _drawn(notice: Notice, outcome: str = "", refusal: Incomplete | None = None) -> str:
    told = told_of(notice)
    return render_template(
        "notices/verify.html", notice=notice, told=told, outcome=outcome, refusal=refusal,
        signature=_looked_at(notice),
    )  # fmt: skip


def _looked_at(notice: Notice) -> Finding | None:
    """Where papers are stamped, once a day and paper: anybody may ask for this page."""
    digest, day = notice.sha256, clock.real_now().date()
    if not current_app.extensions["settings"].tsa_url or digest is None:
        return None
    with _LOCK:
        if (digest, day) not in _LOOKED:
            _LOOKED[digest, day] = signing.signature(notice, press())
        return _LOOKED[digest, day]


_LOCK = Lock()
_LOOKED: LRUCache[tuple[str, date], Finding | None] = LRUCache(512)


def _digest(stream: IO[bytes]) -> str:
    found = hashlib.sha256()
    while piece := stream.read(CHUNK):
        found.update(piece)
    return found.hexdigest()

"""Pictures of annexes: proven and decoded when the file came in as evidence, here only brought."""

import shutil
import tempfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from PIL import Image
from sqlalchemy import select

from extensions import db
from issues.evidence.decoding.decode import sheet_of
from issues.evidence.decoding.preview_cache import preview_of
from issues.evidence.decoding.previews import EDGES
from issues.evidence.refusals import BrokenFile
from issues.evidence.storage.store import Store
from issues.ground.refusals import Incomplete
from issues.models import DraftPicture, Evidence, Notice
from issues.notices.page.document import Attachment, Block, Document, Picture

LARGEST = 2 * 1024 * 1024
PICTURE, PDF = "image/", "application/pdf"
MOST_PAGES = 20
SHEET_EDGE = 1800
"""Points of a page's longer side: 160 to the inch of A4."""
UNREADABLE = "这份 PDF 打不开、设有密码或排不出版面，不能作附件，请重新打印为 PDF 后上传"


def with_pictures(document: Document, store: Store) -> Document:
    """The document with the bytes of its pictures. Raises Damaged, Missing."""
    body = tuple(
        replace(one, picture=_with_bytes(one.picture, store)) if one.picture else one
        for one in document.body
    )
    attachments = tuple(
        Attachment(one.title, tuple(_brought(block, store) for block in one.blocks))
        for one in document.attachments
    )
    return replace(document, body=body, attachments=attachments)


def _brought(block: Block, store: Store) -> Block:
    return _with_bytes(block, store) if isinstance(block, Picture) else block


def _with_bytes(block: Picture, store: Store) -> Picture:
    with store.read_verified(block.sha256) as file:
        return replace(block, jpeg=file.read())


def pages_taken(notice: Notice, evidence_id: int, store: Store) -> list[DraftPicture]:
    """Every page of a PDF on a ticket of the paper, each once. Never commits. Raises Incomplete.

    They are drawn by the decoder that proves files, in a process of its own: nothing of the PDF
    itself, which may be hostile, comes into the paper.
    """
    row = _evidence(notice, evidence_id, PDF)
    known = _known(notice, evidence_id)
    if known:
        return known
    with tempfile.NamedTemporaryFile() as copy:
        with store.read_verified(row.sha256) as kept:
            shutil.copyfileobj(kept, copy)
        copy.flush()
        faces = _drawn(Path(copy.name))
    return [_kept(notice, row, face, store, page) for page, face in enumerate(faces, 1)]


def _drawn(path: Path) -> list[bytes]:
    try:
        first, pages = sheet_of(path, 0, SHEET_EDGE)
        if pages > MOST_PAGES:
            said = f"这份 PDF 有{pages}页，作附件最多{MOST_PAGES}页，请只打印所需各页后上传"
            raise Incomplete({"annex": [said]})
        faces = [first, *(sheet_of(path, place, SHEET_EDGE)[0] for place in range(1, pages))]
    except BrokenFile as broken:
        raise Incomplete({"annex": [UNREADABLE]}) from broken
    whole = [face for face in faces if face is not None]
    if not whole or len(whole) < len(faces):
        raise Incomplete({"annex": [UNREADABLE]})
    return whole


def page_again(notice: Notice, evidence_id: int, page: int) -> DraftPicture:
    """One that was taken before. Raises Incomplete."""
    for row in _known(notice, evidence_id):
        if row.page == page:
            return row
    raise Incomplete({"annex": ["这一页已不在草稿中，请重新加这份 PDF"]})


def _known(notice: Notice, evidence_id: int) -> list[DraftPicture]:
    rows = select(DraftPicture).where(
        DraftPicture.notice_id == notice.id,
        DraftPicture.evidence_id == evidence_id,
        DraftPicture.page > 0,
    )
    return list(db.session.scalars(rows.order_by(DraftPicture.page)))


def taken_from(notice: Notice, evidence_id: int, store: Store) -> DraftPicture:
    """The picture of a file on a ticket of the paper, once. Never commits. Raises Incomplete.

    It is the face that the intake's own decoder makes: upright, in RGB, without metadata.
    """
    known = db.session.scalars(
        select(DraftPicture).where(
            DraftPicture.notice_id == notice.id, DraftPicture.evidence_id == evidence_id,
            DraftPicture.page == 0,
        )
    ).first()  # fmt: skip
    if known is not None:
        return known
    row = _evidence(notice, evidence_id)
    face = preview_of(row, max(EDGES), store)
    if face is None:
        raise Incomplete({"picture": ["这份材料没有图像，请选照片"]})
    return _kept(notice, row, face, store)


def _kept(notice: Notice, row: Evidence, face: bytes, store: Store, page: int = 0) -> DraftPicture:
    with Image.open(BytesIO(face)) as image:
        width, height = image.size
    kept = store.put(BytesIO(face), limit=LARGEST)
    made = DraftPicture(
        notice_id=notice.id, evidence_id=row.id, page=page, sha256=kept.sha256, width=width,
        height=height,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    return made


def _evidence(notice: Notice, evidence_id: int, kind: str = PICTURE) -> Evidence:
    """One that may go with a paper: on its ticket, not withdrawn, not covert, of this kind."""
    row = db.session.scalars(
        select(Evidence).where(
            Evidence.id == evidence_id,
            Evidence.issue_id.in_([issue.id for issue in notice.issues]),
            Evidence.withdrawn_at.is_(None),
            Evidence.is_covert.is_(False),
            Evidence.media_type.startswith(kind),
        )
    ).first()
    if row is None:
        said = "照片" if kind == PICTURE else "PDF"
        raise Incomplete({"annex": [f"请选择本件事项名下的{said}"]})
    return row

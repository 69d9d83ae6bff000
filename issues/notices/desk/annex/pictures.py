"""Pictures of annexes: proven and decoded when the file came in as evidence, here only brought."""

from dataclasses import replace
from io import BytesIO

from PIL import Image
from sqlalchemy import select

from extensions import db
from issues.evidence.decoding.preview_cache import preview_of
from issues.evidence.decoding.previews import EDGES
from issues.evidence.storage.store import Store
from issues.ground.refusals import Incomplete
from issues.models import DraftPicture, Evidence, Notice
from issues.notices.page.document import Attachment, Block, Document, Picture

LARGEST = 2 * 1024 * 1024


def with_pictures(document: Document, store: Store) -> Document:
    """The document with the bytes of its pictures. Raises Damaged, Missing."""
    if not any(isinstance(b, Picture) for one in document.attachments for b in one.blocks):
        return document
    attachments = tuple(
        Attachment(one.title, tuple(_brought(block, store) for block in one.blocks))
        for one in document.attachments
    )
    return replace(document, attachments=attachments)


def _brought(block: Block, store: Store) -> Block:
    if not isinstance(block, Picture):
        return block
    with store.read_verified(block.sha256) as file:
        return replace(block, jpeg=file.read())


def taken_from(notice: Notice, evidence_id: int, store: Store) -> DraftPicture:
    """The picture of a file on a ticket of the paper, once. Never commits. Raises Incomplete.

    It is the face that the intake's own decoder makes: upright, in RGB, without metadata.
    """
    known = db.session.scalars(
        select(DraftPicture).where(
            DraftPicture.notice_id == notice.id, DraftPicture.evidence_id == evidence_id
        )
    ).first()
    if known is not None:
        return known
    face = preview_of(_evidence(notice, evidence_id), max(EDGES), store)
    if face is None:
        raise Incomplete({"picture": ["这份材料没有图像，请选照片"]})
    with Image.open(BytesIO(face)) as image:
        width, height = image.size
    kept = store.put(BytesIO(face), limit=LARGEST)
    row = DraftPicture(
        notice_id=notice.id, evidence_id=evidence_id, sha256=kept.sha256, width=width,
        height=height,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row


def _evidence(notice: Notice, evidence_id: int) -> Evidence:
    """One that may go with a paper: on its ticket, not withdrawn, not covert, a picture."""
    row = db.session.scalars(
        select(Evidence).where(
            Evidence.id == evidence_id,
            Evidence.issue_id.in_([issue.id for issue in notice.issues]),
            Evidence.withdrawn_at.is_(None),
            Evidence.is_covert.is_(False),
            Evidence.media_type.startswith("image/"),
        )
    ).first()
    if row is None:
        raise Incomplete({"picture": ["请选择本件事项名下的照片"]})
    return row

"""Dossiers of many tickets: asked for, written one by one, called off, gone on with.

Each archive is kept under its digest for KEPT_DAYS and is its asker's alone, who must still see
the ticket when they fetch it.
"""

import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Select, select, update
from sqlalchemy.orm import joinedload, selectinload

from auth.actor import Actor
from auth.signin import actor_for
from extensions import db, transaction
from issues import audit
from issues.dossiers import package
from issues.dossiers.content import content_of
from issues.dossiers.sealing import Seal
from issues.evidence.refusals import Damaged, EvidenceRefused, NoSpace
from issues.evidence.storage.store import Store
from issues.ground import clock
from issues.ground.refusals import Incomplete, NotFound, Refusal, WrongStatus
from issues.imprints.writing import touch
from issues.models import DossierBatch, DossierItem, Issue
from issues.notices.fonts.faces import Faces
from issues.rights.table import Right, may
from issues.vocabulary import BesideAct
from issues.workflow import load

MOST = 500
MOST_RUNNING = 3
KEPT_DAYS = 7
LARGEST = 1 << 40
FELL_OVER = "未能写成，已告知系统管理员"


def begin(actor: Actor, issue_ids: Sequence[int], *, at: datetime) -> DossierBatch:
    """Never commits. Raises Incomplete."""
    if not issue_ids:
        raise Incomplete({"numbers": ["没有可导出的事项，请放宽筛选范围"]})
    if len(issue_ids) > MOST:
        raise Incomplete({"numbers": [f"一次最多导出{MOST}件，现有{len(issue_ids)}件，请缩小范围"]})
    if len([one for one in batches_of(actor) if is_running(one)]) >= MOST_RUNNING:
        raise Incomplete({"numbers": [f"已有{MOST_RUNNING}批正在导出，请等其中一批完成"]})
    batch = DossierBatch(made_at=at, made_by_id=actor.id)
    batch.items = [DossierItem(issue_id=id_) for id_ in issue_ids]
    db.session.add(batch)
    db.session.flush()
    return batch


def batches_of(actor: Actor) -> Sequence[DossierBatch]:
    """The person's own that are still kept, the latest first. Two statements."""
    kept = select(DossierBatch).where(
        DossierBatch.made_by_id == actor.id, DossierBatch.made_at > _oldest()
    )
    rows = kept.options(selectinload(DossierBatch.items)).order_by(DossierBatch.id.desc())
    return db.session.scalars(rows).all()


def find(batch_id: int, actor: Actor) -> DossierBatch:
    """Raises NotFound unless it is the person's own and still kept."""
    row = db.session.scalars(
        select(DossierBatch)
        .where(
            DossierBatch.id == batch_id,
            DossierBatch.made_by_id == actor.id,
            DossierBatch.made_at > _oldest(),
        )
        .options(selectinload(DossierBatch.items).joinedload(DossierItem.issue))
    ).first()
    if row is None:
        raise NotFound
    return row


def is_running(batch: DossierBatch) -> bool:
    return batch.cancelled_at is None and any(is_waiting(item) for item in batch.items)


def is_waiting(item: DossierItem) -> bool:
    return item.sha256 is None and not item.failure


def cancel(batch: DossierBatch, *, at: datetime) -> None:
    """What is written stays; the rest waits. Never commits."""
    if not is_running(batch):
        raise WrongStatus("这一批已经导出完毕或已取消。")
    batch.cancelled_at = at


def go_on(batch: DossierBatch) -> None:
    """With what is missing, failed ones too. Never commits."""
    if is_running(batch) or all(item.sha256 for item in batch.items):
        raise WrongStatus("这一批正在导出或已全部完成。")
    batch.cancelled_at = None
    for item in batch.items:
        item.failure = ""


def waiting() -> list[int]:
    """What is to be written now, in the order it was asked for."""
    rows = (
        select(DossierItem.id)
        .join(DossierBatch, DossierBatch.id == DossierItem.batch_id)
        .where(
            DossierItem.sha256.is_(None),
            DossierItem.failure == "",
            DossierBatch.cancelled_at.is_(None),
            DossierBatch.made_at > _oldest(),
        )
        .order_by(DossierItem.id)
    )
    return list(db.session.scalars(rows))


def kept() -> Select[str | None]:
    """The digests of archives that may still be fetched."""
    return (
        select(DossierItem.sha256)
        .join(DossierBatch, DossierBatch.id == DossierItem.batch_id)
        .where(DossierItem.sha256.is_not(None), DossierBatch.made_at > _oldest())
    )


def write(item_id: int, store: Store, faces: Callable[[], Faces], seal: Seal) -> bool:
    """Write one archive with its asker's rights as they are now; False where it is not wanted.

    Opens its own transactions, so that no writer waits for a large archive.
    """
    if item_id not in waiting():
        return False
    item = db.session.scalars(
        select(DossierItem).where(DossierItem.id == item_id).options(joinedload(DossierItem.issue))
    ).one()
    batch = db.session.get_one(DossierBatch, item.batch_id)
    person, number = actor_for(batch.made_by), item.issue.number
    try:
        done = _written(number, person, store, faces, seal)
    except (Refusal, EvidenceRefused, Damaged) as refused:
        done = {"failure": getattr(refused, "sentence", "") or str(refused)}
    except BaseException:  # told to the administrator by the runner; not tried for ever
        _put(item_id, {"failure": FELL_OVER})
        raise
    with transaction():
        changed = _put(item_id, done)
        if changed and "sha256" in done:
            _tell(number, person)
    return changed


def _put(item_id: int, done: Mapping[str, object]) -> bool:
    with transaction():
        unwritten = (DossierItem.id == item_id) & DossierItem.sha256.is_(None)
        touch(DossierItem, unwritten)
        written = update(DossierItem).where(unwritten).values(**done)
        return db.session.connection().execute(written).rowcount > 0


def _written(
    number: str, person: Actor, store: Store, faces: Callable[[], Faces], seal: Seal
) -> dict[str, object]:
    content = content_of(load(number, person), person)
    store.waiting.mkdir(parents=True, exist_ok=True)
    package.refuse_without_room(content, store.waiting)
    with tempfile.NamedTemporaryFile(dir=store.waiting, suffix=".part") as file:
        package.write(content, faces(), store, Path(file.name), seal)
        file.seek(0)
        kept = store.put(file, limit=LARGEST)
    return {
        "sha256": kept.sha256, "size": kept.size, "is_inside": content.is_inside,
        "done_at": clock.real_now(),
    }  # fmt: skip


def _tell(number: str, person: Actor) -> None:
    issue = load(number, person, for_change=True)
    audit.record_beside(issue, BesideAct.EXPORT_DOSSIER, person, at=clock.now(), is_covert=True)


def refuse_unfetchable(item: DossierItem, person: Actor) -> Issue:
    """The ticket, which the person must still see, and all that the archive shows of it."""
    issue = load(item.issue.number, person)
    if item.sha256 is None or (item.is_inside and not may(person, Right.SEE_COVERT, issue)):
        raise NotFound
    return issue


def progress(batch: DossierBatch) -> tuple[int, int, int]:
    """Written, failed, of how many."""
    written = sum(item.sha256 is not None for item in batch.items)
    return written, sum(bool(item.failure) for item in batch.items), len(batch.items)


def _oldest() -> datetime:
    return clock.real_now() - timedelta(days=KEPT_DAYS)


def refuse_without_room(items: Sequence[DossierItem], folder: Path) -> None:
    """Raises NoSpace unless the folder's disk takes the archives a second time."""
    if shutil.disk_usage(folder).free < 2 * sum(item.size or 0 for item in items):
        raise NoSpace

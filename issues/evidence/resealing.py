"""What is kept sealed, sealed anew with the key of today; what still lies plain, sealed at last.

Row by row and each whole, so that it may be stopped and run again; what is sealed with the key of
today is left alone. What no key opens is counted and stays as it is.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import IO, Any, cast

from sqlalchemy import ColumnElement, func, select

from auth.proofs import factors
from auth.proofs.models import SecondFactor
from extensions import db, transaction
from issues.evidence import complainants, sealed
from issues.evidence.complaints import callbacks
from issues.evidence.intake.sealing_in import WORKBOOK, keep_parts, place_of
from issues.evidence.refusals import Damaged
from issues.evidence.storage.named import is_named
from issues.evidence.storage.store import Store
from issues.ground import clock
from issues.ground.flowing import Flowing
from issues.ground.secrecy import sealing
from issues.kept import content as kept_content
from issues.messages import addresses, webhooks
from issues.models import (
    Address,
    Callback,
    Complainant,
    ComplaintOriginal,
    KeptForm,
    LedgerImport,
    Roster,
    TextDocument,
    Webhook,
)

AT_ONCE = 100
TABLES: dict[type[Any], str] = {
    Complainant: "举报人信息", ComplaintOriginal: "信访件原件", LedgerImport: "导入的台账",
    SecondFactor: "动态口令", Roster: "导入的单位和人员名册",
    TextDocument: "识别的文件", Address: "接收地址", Webhook: "事件推送地址",
    Callback: "满意度回访的群众意见", KeptForm: "没有提交的填写",
}  # fmt: skip
ROWS: dict[type[Any], Callable[[Any], None]] = {
    SecondFactor: factors.reseal, Address: addresses.reseal, Webhook: webhooks.reseal,
    Callback: callbacks.reseal, KeptForm: kept_content.reseal,
}  # fmt: skip
"""Short texts in rows; each knows how it is sealed."""


@dataclass(slots=True)
class Done:
    """How much was sealed anew, and a sentence for each row that no key opens."""

    count: int = 0
    failures: list[str] = field(default_factory=list)


def faults() -> Iterator[str]:
    """A sentence for every key that something is sealed with and that is not here."""
    for table, called in TABLES.items():
        for key_id, count in _by_key(table):
            if key_id and not sealing.knows(key_id):
                yield (
                    f"有{count}条{called}用另一把密钥（编号{key_id}）封存：请把当时的 SECRET_KEY "
                    "填入 SECRET_KEY_PREVIOUS，再运行 flask secrets rotate。"
                )
    row = db.session.scalars(select(Complainant).where(Complainant.key_id == "").limit(1)).first()
    try:
        if row is not None:
            complainants.opened(row)
    except sealing.CannotOpen as refused:
        yield f"举报人信息：{refused.sentence}"


def hints() -> Iterator[str]:
    behind = sum(
        count
        for table in TABLES
        for key_id, count in _by_key(table)
        if key_id != sealing.current_key()
    )
    if behind:
        yield f"有{behind}条封存的内容没有用现在的密钥封存，请运行 flask secrets rotate。"


def _by_key(table: type[Any]) -> list[tuple[str, int]]:
    rows = select(table.key_id, func.count()).group_by(table.key_id).order_by(table.key_id)
    if table in ROWS:
        rows = rows.where(_is_kept(table))
    return [(key_id, count) for key_id, count in db.session.execute(rows)]


def reseal(store: Store) -> Iterator[Done]:
    """How far it is, after each lot."""
    done = Done()
    yield from _complainants(done)
    for table in ROWS:
        yield from _rows(done, table)
    yield from _files(done, store, ComplaintOriginal)
    yield from _files(done, store, LedgerImport)
    yield from _files(done, store, Roster)
    yield from _files(done, store, TextDocument)


def _complainants(done: Done) -> Iterator[Done]:
    after = 0
    while True:
        behind = (Complainant.issue_id > after, Complainant.key_id != sealing.current_key())
        rows = select(Complainant).where(*behind).order_by(Complainant.issue_id).limit(AT_ONCE)
        with transaction():
            found = db.session.scalars(rows.with_for_update()).all()
            for row in found:
                _one(done, f"第{row.issue_id}号事项的举报人信息", partial(complainants.reseal, row))
            after = found[-1].issue_id if found else after
        if not found:
            return
        yield done


def _rows(done: Done, table: type[Any]) -> Iterator[Done]:
    with transaction():
        behind = select(table).where(_is_kept(table), table.key_id != sealing.current_key())
        for row in db.session.scalars(behind.with_for_update()):
            _one(done, _called(row), partial(ROWS[table], row))
    yield done


def _is_kept(table: type[Any]) -> ColumnElement[bool]:
    """That a row holds something sealed which is still of use."""
    if table is KeptForm:
        return table.until > clock.real_now()
    return table.sealed.is_not(None) if table is Callback else table.ended_at.is_(None)


def _called(row: Any) -> str:
    if isinstance(row, SecondFactor):
        return f"第{row.user_id}号账号的动态口令"
    return f"第{row.id}号{TABLES[type(row)]}"


def _one(done: Done, called: str, reseal_row: Callable[[], None]) -> None:
    try:
        reseal_row()
    except sealing.CannotOpen as refused:
        done.failures.append(f"{called}：{refused.sentence}")
    else:
        done.count += 1


def _files(done: Done, store: Store, table: type[Any]) -> Iterator[Done]:
    behind = select(table.id).where(table.key_id != sealing.current_key()).order_by(table.id)
    for row_id in db.session.scalars(behind).all():
        try:
            done.count += _file(row_id, store, table)
        except (sealing.CannotOpen, Damaged) as refused:
            said = refused.sentence if isinstance(refused, sealing.CannotOpen) else str(refused)
            done.failures.append(f"第{row_id}号{TABLES[table]}：{said}")
        yield done


def _file(row_id: int, store: Store, table: type[Any]) -> bool:
    """The bytes are kept anew before the row names them, and the old ones go after it does not."""
    row = db.session.get_one(table, row_id)
    is_original = table is ComplaintOriginal
    old, name = row.sha256, sealed.name_of(row) if is_original else row.name
    place = place_of(row.issue_id) if is_original else WORKBOOK
    plain = Flowing(sealed.opened(store, old, place))
    db.session.rollback()  # a film takes a while, and nobody waits for it
    parts = sealing.sealing(cast("IO[bytes]", plain), place)
    kept = keep_parts(parts, store, size=store.size(old))
    with transaction():
        row = db.session.get_one(table, row_id, with_for_update=True)
        if row.sha256 != old:
            return False
        row.sha256, row.key_id = kept.sha256, sealing.current_key()
        if is_original:
            row.name, row.sealed_name = "", sealing.seal(name.encode(), place)
    _discard(old, store)
    return True


def _discard(sha256: str, store: Store) -> None:
    """What was sealed with an old key, or lay plain, unless another row still names the bytes."""
    with transaction():
        if is_named(sha256):
            return
    store.remove_orphan(sha256, older_than=clock.real_now())

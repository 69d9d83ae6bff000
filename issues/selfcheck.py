"""Whether this installation can be relied on: one sentence for each thing that is wrong."""

import io
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import Select, func, select, text

from config import Config
from extensions import db
from issues import quarantine, tried_out
from issues.city.items import lacks
from issues.evidence import resealing
from issues.evidence.refusals import Damaged, EvidenceRefused
from issues.evidence.storage.store import Store
from issues.ground import clock
from issues.ground.secrecy import owner_only
from issues.logs import folder
from issues.models import Event, Issue
from issues.notices.fonts.faces import Faces
from issues.notices.fonts.files import NoFonts
from issues.operations.passing import passed
from issues.operations.readings import Ground, Signing, readings
from issues.operations.told_dates import Grade
from issues.vocabulary import Subject

PROBE = "自检文件，可删除。\n".encode()
SEARCHED: Mapping[str, Callable[[], Select[int]]] = {
    "ix_issue_board": lambda: select(Issue.id).where(
        Issue.status == "rectifying", Issue.red_from <= clock.today()
    ),
    "uq_event_chain": lambda: select(Event.id).where(
        Event.is_about(Subject.TICKET, 1), Event.seq == 1
    ),
}
"""Statements of every page, and the index each is to be answered from."""
PYTHON = (3, 11)
NO_LOG_DIR = "LOG_DIR 没有设置，日志只写到标准错误，请由系统日志保存至少{days}天，或设置 LOG_DIR。"


def faults(store: Store, faces: Callable[[], Faces], migrations: str) -> Iterator[str]:
    yield from _machine()
    yield from _tables(migrations)
    yield from _query_shapes()
    yield from _storage(store)
    yield from _fonts(faces)
    yield from resealing.faults()
    yield from _clock()


def faults_of_operation(settings: Config, signer: Signing = lambda: None) -> Iterator[str]:
    """How it is run: bounds that are passed, nothing tried out, nothing open to others."""
    yield from _bounds(settings, Grade.FAULT, signer)
    yield from tried_out.faults(settings)
    if quarantine.is_on():
        yield quarantine.FAULT
    for path in owner_only.open_to_others(settings):
        yield f"“{path}”对本机其他账号开放，请改为只有本系统的账号可读（chmod go-rwx）。"
    yield from folder.faults(settings.log_dir, settings.log_days)
    yield from (told.sentence for told in lacks())


def hints_of_operation(settings: Config, signer: Signing = lambda: None) -> Iterator[str]:
    """Bounds that are passed and need not be put right at once."""
    yield from _bounds(settings, Grade.HINT, signer)


def _bounds(settings: Config, grade: Grade, signer: Signing) -> Iterator[str]:
    """The same table as the administrator's page."""
    ground = Ground(settings, current_app.extensions["figures"], signer)
    found = passed(ground, readings(ground))
    yield from (str(one) for one in found if one.grade is grade)


def _machine() -> Iterator[str]:
    if sys.version_info < PYTHON:
        yield "Python 版本低于 3.11，请升级。"


def _tables(migrations: str) -> Iterator[str]:
    head = ScriptDirectory(migrations).get_current_head()
    current = MigrationContext.configure(db.session.connection()).get_current_revision()
    if current != head:
        yield f"数据库版本是“{current or '空'}”，应为“{head}”，请运行 make migrate。"


def _query_shapes() -> Iterator[str]:
    """SQLite only: PostgreSQL rightly reads a small table from end to end."""
    if db.engine.dialect.name != "sqlite":
        return
    journal = db.session.scalar(text("PRAGMA journal_mode"))
    if journal != "wal":
        yield f"SQLite 日志方式是 {journal}，应为 wal。"
    for index, statement in SEARCHED.items():
        query = statement().compile(db.engine, compile_kwargs={"literal_binds": True})
        plan = " ".join(row[3] for row in db.session.execute(text(f"EXPLAIN QUERY PLAN {query}")))
        if index not in plan:
            yield f"查询没有用上索引 {index}：{plan}"


def _storage(store: Store) -> Iterator[str]:
    """A small file is kept and read back."""
    try:
        stored = store.put(io.BytesIO(PROBE), limit=len(PROBE))
        store.verify(stored.sha256)
    except (EvidenceRefused, Damaged, OSError) as wrong:
        yield f"佐证材料存储不可用：{wrong}"


def _fonts(faces: Callable[[], Faces]) -> Iterator[str]:
    try:
        faces()
    except NoFonts as wrong:
        yield str(wrong)


def hints(faces: Callable[[], Faces], settings: Config) -> list[str]:
    """What is not wrong but should be known: a face in another one's place, a log not kept."""
    unkept = not settings.demo and settings.log_dir is None
    told = [NO_LOG_DIR.format(days=settings.log_days)] if unkept else []
    try:
        return told + faces().notices()
    except NoFonts:
        return told


def key_hints() -> list[str]:
    return list(resealing.hints())


def _clock() -> Iterator[str]:
    """The newest act may not lie in the future, and the wall clock may not run backwards."""
    newest = db.session.scalar(select(func.max(Event.at)))
    is_held = clock.today() != clock.day_of(clock.real_now())  # then the hour is not of that day
    is_late = newest is not None and newest > clock.now() + timedelta(minutes=5)
    if newest and is_late and not (is_held and clock.day_of(newest) == clock.today()):
        yield "历史记录中有晚于现在的办理时间，请核对服务器时钟。"
    before, ticked = clock.real_now(), time.monotonic()
    drift = (clock.real_now() - before).total_seconds() - (time.monotonic() - ticked)
    if abs(drift) > 1:
        yield "服务器时钟走时不稳，请核对时间同步。"

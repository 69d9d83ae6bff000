"""Whether this installation can be relied on: one sentence for each thing that is wrong."""

import io
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Select, func, make_url, select, text

from config import Config
from extensions import db
from issues import quarantine, tried_out
from issues.backups import daily, drills
from issues.city.items import lacks
from issues.colour.policies import workdays
from issues.evidence import resealing
from issues.evidence.refusals import Damaged, EvidenceRefused
from issues.evidence.storage.store import Store
from issues.ground import clock
from issues.ground.refusals import Refusal
from issues.ground.secrecy import owner_only
from issues.logs import folder
from issues.models import Event, Issue
from issues.notices.fonts.faces import Faces
from issues.notices.fonts.files import NoFonts
from issues.notices.pdf.signature import Signer
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
MEBIBYTE = 1024 * 1024
LEAST_FREE = 2048 * MEBIBYTE
"""Some days of photos of a busy city; uploads stop long after."""
RENEWED_AHEAD = timedelta(days=14)
Signing = Callable[[], Signer | None]
NO_BACKUP_DIR = "BACKUP_DIR 没有设置，不自动备份，请另行安排 backup 命令每天执行。"
NO_LOG_DIR = "LOG_DIR 没有设置，日志只写到标准错误，请由系统日志保存至少{days}天，或设置 LOG_DIR。"


def faults(store: Store, faces: Callable[[], Faces], migrations: str) -> Iterator[str]:
    yield from _machine()
    yield from _tables(migrations)
    yield from _query_shapes()
    yield from _storage(store)
    yield from _fonts(faces)
    yield from _calendar()
    yield from resealing.faults()
    yield from _clock()


def faults_of_operation(settings: Config, signer: Signing = lambda: None) -> Iterator[str]:
    """How it is run: nothing tried out or open to others, room left, what signs still trusted."""
    yield from _room(settings)
    yield from _certificate(signer)
    yield from tried_out.faults(settings)
    if quarantine.is_on():
        yield quarantine.FAULT
    else:
        yield from daily.faults(settings.backup_dir)
        yield from drills.faults(settings.backup_dir)
    for path in owner_only.open_to_others(settings):
        yield f"“{path}”对本机其他账号开放，请改为只有本系统的账号可读（chmod go-rwx）。"
    yield from folder.faults(settings.log_dir, settings.log_days)
    yield from (told.sentence for told in lacks())


def _room(settings: Config) -> Iterator[str]:
    """On every disk that is written to; each is told once, by the first that lies on it."""
    told = set()
    for name, path in places(settings):
        try:
            disk, free = path.stat().st_dev, shutil.disk_usage(path).free
        except OSError:
            continue  # what is not there is told by who needs it
        if free < LEAST_FREE and disk not in told:
            told.add(disk)
            yield (
                f"{name}所在磁盘只剩{free // MEBIBYTE}MB（“{path}”），"
                f"少于{LEAST_FREE // MEBIBYTE}MB，请腾出空间或扩容。"
            )


def places(settings: Config) -> Iterator[tuple[str, Path]]:
    """The folders of this machine that are written to, by what is kept there."""
    url = make_url(settings.database_url)
    if url.get_backend_name() == "sqlite" and url.database:
        yield "数据库", Path(url.database).parent
    if settings.evidence_url.startswith("file:"):
        yield "佐证材料", Path(url2pathname(urlsplit(settings.evidence_url).path))
    yield "instance", settings.instance
    yield from (
        (name, path)
        for name, path in (("备份", settings.backup_dir), ("日志", settings.log_dir))
        if path is not None
    )


def _certificate(signer: Signing) -> Iterator[str]:
    try:
        found = signer()
        until = found.holds_until() if found else None
    except Refusal as wrong:
        yield wrong.sentence
        return
    if until is not None and until <= clock.now() + RENEWED_AHEAD:
        over = "已于{}到期，签发的文书不受信任" if until <= clock.now() else "将于{}到期"
        yield f"签名证书 SIGN_CERT {over.format(clock.day_of(until))}，请更换证书。"


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
    if not settings.demo and settings.backup_dir is None:
        told.append(NO_BACKUP_DIR)
    try:
        return told + faces().notices()
    except NoFonts:
        return told


def key_hints() -> list[str]:
    return list(resealing.hints())


def _calendar() -> Iterator[str]:
    today = clock.today()
    if workdays().guessed(today, today):
        yield f"{today.year}年的节假日安排没有录入，工作日按周一至周五推算。"


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

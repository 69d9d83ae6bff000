"""What a database that cannot go on means: no room left, two who wait for each other, a queue.

SQLite tells by its result codes, PostgreSQL by its SQLSTATE; both are read here alone.
"""

import errno
import shutil
import time
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError

from extensions import db
from issues.ground.refusals import Later, Refusal

FULL_STATES = frozenset({"53100"})
READ_ONLY_STATES = frozenset({"25006"})
COLLISION_STATES = frozenset({"40P01", "40001"})
QUEUE_STATES = frozenset({"53300", "55P03"})
SQLITE_FULL, SQLITE_BUSY, SQLITE_READONLY, SQLITE_NO_ROOM_FOR_INDEX = 13, 5, 8, 4874
RESERVE = 32 * 1024 * 1024
"""Less room than this beside an SQLite database is none: its log has to grow before it is read."""
REMEMBERED_SECONDS = 60
QUEUE_SECONDS = 5
LOST_STATES = ("08", "57P")
"""What the states begin with of a connection that broke, and of a server that stops or starts."""


class NoRoom(Refusal):
    status = 507

    def __init__(self) -> None:
        super().__init__(
            "服务器存储空间不足，本次没有保存，已有的内容仍可查看。"
            "请联系系统管理员腾出空间，再重新办理。"
        )


class ReadOnly(Refusal):
    status = 503
    heading = "现在不能保存"

    def __init__(self) -> None:
        super().__init__(
            "服务器存储现在只能读取，本次没有保存，已有的内容仍可查看。"
            "请联系系统管理员处理后，再重新办理。"
        )


class Collided(Refusal):
    status = 409

    def __init__(self) -> None:
        super().__init__("刚才有人同时办理相关的内容，本次没有保存。请核对后再提交一次。")


class Queued(Later):
    status = 503

    def __init__(self) -> None:
        super().__init__("正在办理的人过多，本次没有保存。请稍后再提交一次。", QUEUE_SECONDS)


class Away(Later):
    """Whether what was being committed is kept, nobody here knows."""

    status = 503
    heading = "数据库暂时连接不上"

    def __init__(self) -> None:
        super().__init__(
            "数据库暂时连接不上，请稍后再试。"
            "如正在办理，请先打开原页面核对是否已经保存，没有保存的再提交一次。",
            QUEUE_SECONDS,
        )


class Fullness:
    """When this process was last told that there is no room; never, to begin with."""

    told_at = float("-inf")


def refusal_of(error: DBAPIError | OSError) -> Refusal | None:
    """What the person is told; nothing where it is a failure of ours."""
    if isinstance(error, OSError):
        is_full_disk = error.errno in (errno.ENOSPC, errno.EDQUOT)
        return NoRoom() if is_full_disk else ReadOnly() if error.errno == errno.EROFS else None
    if is_full(error):
        return NoRoom()
    if is_read_only(error):
        return ReadOnly()
    if is_collision(error):
        return Collided()
    if is_queue(error):
        return Queued()
    return Away() if is_away(error) else None


def is_full(error: DBAPIError) -> bool:
    """Nothing can be written. Remembered, so that is_room_left() knows it of PostgreSQL too."""
    code = _sqlite_code(error)
    full = code in (SQLITE_FULL, SQLITE_NO_ROOM_FOR_INDEX) or _state(error) in FULL_STATES
    if full:
        Fullness.told_at = time.monotonic()
    return full


def is_read_only(error: DBAPIError) -> bool:
    """It takes no change at all: its disk, or the server itself, can only be read."""
    code = _sqlite_code(error)
    is_of_sqlite = code is not None and code & 0xFF == SQLITE_READONLY
    return is_of_sqlite or _state(error) in READ_ONLY_STATES


def is_collision(error: DBAPIError) -> bool:
    """Two transactions waited for each other, and this one was taken back whole."""
    return _state(error) in COLLISION_STATES


def is_queue(error: DBAPIError) -> bool:
    """Others hold what this one needs, for longer than it may wait."""
    code = _sqlite_code(error)
    return (code is not None and code & 0xFF == SQLITE_BUSY) or _state(error) in QUEUE_STATES


def is_away(error: DBAPIError) -> bool:
    """The server is not there, or went away at work: told with a state, or by the driver alone."""
    if _sqlite_code(error) is not None or not isinstance(error, OperationalError):
        return False
    return not _state(error) or _state(error).startswith(LOST_STATES)


def is_room_left() -> bool:
    """As far as can be told without writing anything."""
    if db.engine.dialect.name != "sqlite":
        return time.monotonic() - Fullness.told_at > REMEMBERED_SECONDS
    pages, free, most = (
        db.session.scalar(text(f"PRAGMA {name}")) or 0
        for name in ("page_count", "freelist_count", "max_page_count")
    )
    file = db.engine.url.database
    has_disk = not file or shutil.disk_usage(Path(file).parent).free > RESERVE
    return pages - free < most and has_disk


def _state(error: DBAPIError) -> str:
    return getattr(error.orig, "sqlstate", None) or ""


def _sqlite_code(error: DBAPIError) -> int | None:
    return getattr(error.orig, "sqlite_errorcode", None)

"""Every figure of operation: its name in a scrape, its Chinese, its unit, what it is told of.

`/metrics` and the administrator's page are both drawn from this table, so that neither knows a
figure the other does not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from issues.jobs.timetable import JOBS

PREFIX = "rectification_"
REQUESTS, BUILD = "http_request_duration_seconds", "build_info"


class Unit(Enum):
    """A MOMENT is in seconds since 1970."""

    COUNT = "count"
    SECONDS = "seconds"
    BYTES = "bytes"
    DAYS = "days"
    MOMENT = "moment"


class Area(Enum):
    """A part of the page, in this order."""

    REQUESTS = "网页和接口"
    LANES = "排队"
    WORKS = "后台工作"
    MESSAGES = "站外通知和消息"
    JOBS = "后台任务"
    STORAGE = "存储"
    DATABASE = "数据库"
    BACKUPS = "备份"
    DATES = "日历和证书"


@dataclass(frozen=True, slots=True)
class Family:
    """One figure; with a label it has a value for each. `only`: of this kind of database alone."""

    name: str
    words: str
    area: Area
    unit: Unit = Unit.COUNT
    labels: tuple[str, ...] = ()
    kind: str = "gauge"
    only: str = ""

    @property
    def told(self) -> str:
        """Its whole name in a scrape."""
        return PREFIX + self.name


SQLITE, POSTGRESQL = "sqlite", "postgresql"
_OF_REQUESTS = ("route", "method", "status")
FAMILIES = (
    Family(REQUESTS, "请求的次数和用时", Area.REQUESTS, Unit.SECONDS, _OF_REQUESTS, "histogram"),
    Family("web_processes", "本机的网页进程", Area.REQUESTS),
    Family("web_started_timestamp_seconds", "最早的网页进程启动于", Area.REQUESTS, Unit.MOMENT),
    Family("web_counted_since_timestamp_seconds", "次数从此时起累计", Area.REQUESTS, Unit.MOMENT),
    Family(
        BUILD, "版本", Area.REQUESTS, labels=("version", "schema", "python", "database")
    ),
    Family("lane_running", "正在办理", Area.LANES, labels=("lane",)),
    Family("lane_waiting", "排队等候", Area.LANES, labels=("lane",)),
    Family("lane_places", "可以排队的人数", Area.LANES, labels=("lane",)),
    Family(
        "lane_refused_total", "因排队已满请人稍后再来", Area.LANES, labels=("lane",),
        kind="counter",
    ),
    Family("works", "后台工作", Area.WORKS, labels=("state",)),
    Family("works_broken", "七天内中断的", Area.WORKS),
    Family("works_oldest_wait_seconds", "排队最久的已等", Area.WORKS, Unit.SECONDS),
    Family("outbox_lines", "待发送", Area.MESSAGES, labels=("state",)),
    Family("outbox_oldest_wait_seconds", "待发送最久的已等", Area.MESSAGES, Unit.SECONDS),
    Family("job_lease_age_seconds", "调度进程上次报到距今", Area.JOBS, Unit.SECONDS),
    Family("jobs_days_behind", "每日任务落后", Area.JOBS, Unit.DAYS),
    Family("job_last_end_timestamp_seconds", "上次完成", Area.JOBS, Unit.MOMENT, ("job",)),
    Family("job_last_success_timestamp_seconds", "上次成功", Area.JOBS, Unit.MOMENT, ("job",)),
    Family("job_last_duration_seconds", "上次用时", Area.JOBS, Unit.SECONDS, ("job",)),
    Family("job_last_done", "上次办成", Area.JOBS, labels=("job",)),
    Family("job_last_failed", "上次失败", Area.JOBS, labels=("job",)),
    Family("evidence_files", "佐证材料原件", Area.STORAGE),
    Family("evidence_bytes", "佐证材料共", Area.STORAGE, Unit.BYTES),
    Family("disk_free_bytes", "所在磁盘剩余", Area.STORAGE, Unit.BYTES, ("place",)),
    Family("disk_bytes", "所在磁盘容量", Area.STORAGE, Unit.BYTES, ("place",)),
    Family("database_up", "数据库可用（1 可用，0 不可用）", Area.DATABASE),
    Family("database_bytes", "数据库大小", Area.DATABASE, Unit.BYTES),
    Family("database_wal_bytes", "SQLite 日志（WAL）大小", Area.DATABASE, Unit.BYTES, only=SQLITE),
    Family("database_pool_in_use", "网页进程占用的数据库连接", Area.DATABASE),
    Family("database_pool_limit", "网页进程最多占用的数据库连接", Area.DATABASE),
    Family(
        "database_connections", "PostgreSQL 连接", Area.DATABASE, labels=("state",), only=POSTGRESQL
    ),
    Family("database_connections_limit", "PostgreSQL 最多连接", Area.DATABASE, only=POSTGRESQL),
    Family(
        "database_longest_transaction_seconds", "最久的事务已开", Area.DATABASE, Unit.SECONDS,
        only=POSTGRESQL,
    ),
    Family("backup_last_success_timestamp_seconds", "最近的备份", Area.BACKUPS, Unit.MOMENT),
    Family("drill_last_success_timestamp_seconds", "最近的恢复演练", Area.BACKUPS, Unit.MOMENT),
    Family("calendar_until_timestamp_seconds", "节假日安排录到", Area.DATES, Unit.MOMENT),
    Family("certificate_until_timestamp_seconds", "签名证书到期", Area.DATES, Unit.MOMENT),
)  # fmt: skip
BY_NAME: Mapping[str, Family] = {family.name: family for family in FAMILIES}
PLACES = {
    "database": "数据库", "evidence": "佐证材料", "instance": "程序数据（instance）",
    "backup": "备份", "log": "日志",
}  # fmt: skip
WORDS: Mapping[str, Mapping[str, str]] = {
    "lane": {"sign_in": "登录", "files": "导出、导入和生成文件", "uploads": "上传"},
    "state": {
        "queued": "排队", "running": "进行中", "waiting": "待发送", "failing": "未送达、正在重发",
        "active": "正在执行", "idle": "空闲", "in_transaction": "事务中空闲",
    },
    "place": PLACES,
    "job": {name: job.label for name, job in JOBS.items()},
}  # fmt: skip
"""What the value of a label is called on the page; one that has no word stands as it is."""


def words_of(label: str, value: str) -> str:
    return WORDS.get(label, {}).get(value, value)

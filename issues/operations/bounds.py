"""The bounds of the figures: one table, read by the administrator's page and by selfcheck.

A bound that is passed says what to do. Where the sentence is told elsewhere too (a backup too old,
a drill that failed), that function is asked.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from issues.operations import told_dates
from issues.operations.families import BY_NAME, REQUESTS, Family
from issues.operations.readings import Ground, Readings, Sample
from issues.operations.routes import MOST, SERVER, quantile, together
from issues.operations.told_dates import Grade

MEBIBYTE = 1024 * 1024
LEAST_FREE = 2048 * MEBIBYTE
"""Some days of photos of a busy city; uploads stop long after."""
FEWEST = 100
"""Fewer requests tell nothing of a share."""
TOO_FEW = f"不足 {FEWEST} 次请求"
SLOW = 1.0
FAILING = ("failing",)


Measure = Callable[[Readings], list[Sample]]
Judge = Callable[[Ground], Iterator[tuple[Grade, str]]]


@dataclass(frozen=True, slots=True)
class Bound:
    """What a family may reach at most, or has to reach at least.

    `words` say the bound as the page and the manual print it; `measure` is what is compared where
    it is not the figure itself, `called` and `unit` are its name and unit then; `judge` compares by
    itself and says the whole sentence; `absent` is said where there is no figure, and `none` stands
    in its place.
    """

    family: Family
    words: str
    remedy: str
    limit: float = 0.0
    is_least: bool = False
    grade: Grade = Grade.HINT
    called: str = ""
    unit: str = ""
    measure: Measure | None = None
    judge: Judge | None = None
    absent: str = ""
    none: str = "还没有"

    @property
    def title(self) -> str:
        return self.called or self.family.words

    def figures(self, found: Readings) -> list[Sample]:
        if self.measure is not None:
            return self.measure(found)
        return found.samples.get(self.family.name, [])

    def is_passed(self, value: float) -> bool:
        return value < self.limit if self.is_least else value > self.limit


def _share_failed(found: Readings) -> list[Sample]:
    every = sum(one.count for one in found.routes)
    failed = sum(one.count for one in found.routes if one.status == SERVER)
    return [Sample((), 100 * failed / every)] if every >= FEWEST else []


def _slowest(found: Readings) -> list[Sample]:
    classes = together(found.routes)
    return [Sample((), quantile(MOST, classes))] if sum(classes) >= FEWEST else []


def _queue_taken(found: Readings) -> list[Sample]:
    places = dict(found.samples.get("lane_places", []))
    return [
        Sample(labels, 100 * waiting / places[labels])
        for labels, waiting in found.samples.get("lane_waiting", [])
        if places.get(labels)
    ]


def _pool_taken(found: Readings) -> list[Sample]:
    used, most = found.one("database_pool_in_use"), found.one("database_pool_limit")
    return [Sample((), 100 * used / most)] if most and used is not None else []


def _server_taken(found: Readings) -> list[Sample]:
    most = found.one("database_connections_limit")
    used = sum(one.value for one in found.samples.get("database_connections", []))
    return [Sample((), 100 * used / most)] if most else []


_LOOK = "日志中用“编号”可查到每个出错的请求"
BOUNDS = (
    Bound(
        BY_NAME[REQUESTS], "不多于 1%",
        f"在“运行情况”页看“出错”一列是哪个页面，再看日志。{_LOOK}。",
        1.0, called="出错（5xx）的请求", unit="%", measure=_share_failed,
        none=TOO_FEW,
    ),
    Bound(
        BY_NAME[REQUESTS], "不超过 1 秒",
        "在“运行情况”页看最慢的页面；同时看磁盘、数据库连接和排队，机器忙时增加处理器或 WORKERS。",
        SLOW, called="95% 的请求用时", unit=" 秒", measure=_slowest, none=TOO_FEW,
    ),
    Bound(
        BY_NAME["lane_waiting"], "不多于可排队的 50%",
        "过一会儿再看；经常如此的，增加处理器，或再开一个网页进程。",
        50.0, called="排队占用", unit="%", measure=_queue_taken,
    ),
    Bound(
        BY_NAME["works_oldest_wait_seconds"], "不超过 10 分钟",
        "网页进程会自行启动后台工作进程；没有启动的，看网页进程的日志，或执行 flask works run。",
        600.0,
    ),
    Bound(
        BY_NAME["works_broken"], "为 0",
        "中断的工作没有写入任何内容，由提出的人重新开始；再次中断的，看日志，多为内存不足。",
    ),
    Bound(
        BY_NAME["outbox_oldest_wait_seconds"], "不超过 12 小时",
        "确认 jobs run 在运行，没有设置 SILENT，出口能到达邮件服务器和 OUTBOUND_HOSTS。", 43_200.0,
    ),
    Bound(
        BY_NAME["outbox_lines"], "未送达的不多于 20 条",
        "在“站外通知”中看是哪个渠道；核对地址、账号和出口。",
        20.0, called="未送达、正在重发的", unit=" 条",
        measure=lambda found: [
            one for one in found.samples.get("outbox_lines", []) if one.labels == FAILING
        ],
    ),
    Bound(
        BY_NAME["job_lease_age_seconds"], "不超过 60 秒",
        "启动 jobs run，并让服务管理器在它退出后重新启动。",
        60.0, absent="调度进程还没有运行过", none="还没有运行过",
    ),
    Bound(
        BY_NAME["jobs_days_behind"], "不多于 1 天",
        "确认 jobs run 在运行；它会把落下的各日补做。", 1.0,
    ),
    Bound(
        BY_NAME["job_last_failed"], "为 0",
        "在“后台和存储”的“失败而搁置的”中看原因；处理后下一次自动再做。",
    ),
    Bound(
        BY_NAME["disk_free_bytes"], "不少于 2 GB", "请腾出空间或扩容。",
        LEAST_FREE, is_least=True, grade=Grade.FAULT,
    ),
    Bound(
        BY_NAME["database_up"], "为 1",
        "查看数据库是否在运行、DATABASE_URL 是否正确、磁盘是否已满。",
        1.0, is_least=True, grade=Grade.FAULT,
    ),
    Bound(
        BY_NAME["database_wal_bytes"], "不超过 1 GB",
        "有读取长时间没有结束。重新启动最早的网页进程；仍不缩小的，停下各进程后再启动。",
        1024.0 * MEBIBYTE,
    ),
    Bound(
        BY_NAME["database_pool_in_use"], "不多于上限的 90%",
        "请求在等数据库连接。查看最慢的页面；经常如此的，再开一个网页进程。",
        90.0, called="网页进程占用的连接", unit="%", measure=_pool_taken,
    ),
    Bound(
        BY_NAME["database_connections"], "不多于上限的 90%",
        "调大 max_connections，或减少 WORKERS 和网页进程。",
        90.0, called="PostgreSQL 连接占用", unit="%", measure=_server_taken,
    ),
    Bound(
        BY_NAME["database_longest_transaction_seconds"], "不超过 5 分钟",
        "在 pg_stat_activity 中查是谁；备份和后台工作之外的，可以结束它。", 300.0,
    ),
    Bound(
        BY_NAME["backup_last_success_timestamp_seconds"], "不早于昨天", "",
        judge=told_dates.of_backup, none="还没有备份",
    ),
    Bound(
        BY_NAME["drill_last_success_timestamp_seconds"], "不早于 40 天前", "",
        judge=told_dates.of_drill, none="还没有演练",
    ),
    Bound(
        BY_NAME["calendar_until_timestamp_seconds"], "不早于今年年底，12 月起不早于明年年底", "",
        judge=told_dates.of_calendar,
    ),
    Bound(
        BY_NAME["certificate_until_timestamp_seconds"], "不早于两周后", "",
        judge=told_dates.of_certificate, none="没有设置证书",
    ),
)  # fmt: skip

"""Each bound is passed by its fault, said on the page and by selfcheck, with what to do."""

import os
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from planted import planted

from extensions import db, transaction
from issues import selfcheck
from issues.backups import daily
from issues.backups.manifest import NAME
from issues.figures import here
from issues.figures.kept import Kept
from issues.ground import clock
from issues.models import CalendarYear, JobLease, JobMark, JobRun, LongWork
from issues.notices.fonts.files import NoFonts
from issues.operations import shown
from issues.operations.bounds import BOUNDS, LEAST_FREE
from issues.operations.families import BY_NAME, FAMILIES, REQUESTS
from issues.operations.passing import passed
from issues.operations.readings import Ground, Readings, Sample, readings
from issues.operations.routes import Route
from issues.operations.told_dates import Grade
from issues.vocabulary import WorkKind, WorkState

URL = "/admin/operations"


@pytest.fixture
def ground(app, tmp_path):
    """A machine where all is well: jobs run, nothing waits, nothing was counted."""
    kept = Kept(tmp_path / "figures", "1")
    settings = replace(app.extensions["settings"], demo=True)
    now = clock.real_now()
    with transaction():
        db.session.add(
            JobLease(name="jobs", holder="a", fence=1, until=now + timedelta(seconds=30))
        )
        db.session.add(JobMark(name="jobs", done_through=clock.today()))
    yield Ground(settings, kept, lambda: None)
    kept.close()


def said(ground):
    return [str(one) for one in passed(ground, readings(ground))]


def with_figures(ground, **changed):
    """What is said of figures that are put in place of what was read."""
    found = readings(ground)
    samples = found.samples | {
        name: [Sample(*one) for one in values] for name, values in changed.items()
    }
    return [str(one) for one in passed(ground, Readings(found.at, found.routes, samples))]


def test_where_all_is_well_nothing_is_said(ground):
    assert said(ground) == []


@pytest.mark.parametrize(
    ("name", "labels", "within", "beyond", "words"),
    [
        ("lane_waiting", ("files",), 5, 6, "导出、导入和生成文件排队占用 60%"),
        ("works_oldest_wait_seconds", (), 600, 601, "10 分 1 秒"),
        ("works_broken", (), 0, 1, "由提出的人重新开始"),
        ("outbox_oldest_wait_seconds", (), 43_200, 43_300, "SILENT"),
        ("outbox_lines", ("failing",), 20, 21, "未送达、正在重发的 21 条"),
        ("job_lease_age_seconds", (), 60, 61, "启动 jobs run"),
        ("jobs_days_behind", (), 1, 2, "每日任务落后 2 天"),
        ("job_last_failed", ("backup",), 0, 1, "每日备份上次失败 1"),
        ("disk_free_bytes", ("evidence",), LEAST_FREE, LEAST_FREE - 1, "佐证材料所在磁盘剩余"),
        ("database_up", (), 1, 0, "DATABASE_URL"),
        ("database_wal_bytes", (), 2**30, 2**30 + 1, "日志（WAL）"),
        ("database_pool_in_use", (), 9, 10, "网页进程占用的连接 100%"),
        ("database_connections", ("active",), 9, 10, "max_connections"),
        ("database_longest_transaction_seconds", (), 300, 301, "pg_stat_activity"),
    ],
)
def test_a_bound_is_passed_just_beyond_it(ground, name, labels, within, beyond, words):
    limits = {
        "lane_places": [(("files",), 10.0)],
        "database_pool_limit": [((), 10.0)],
        "database_connections_limit": [((), 10.0)],
    }
    assert with_figures(ground, **limits | {name: [(labels, within)]}) == []
    (told,) = with_figures(ground, **limits | {name: [(labels, beyond)]})
    assert words in told
    assert told.endswith("。")


def test_requests_are_judged_once_there_are_enough(ground):
    def judged(many, failed, seconds):
        place = 10 if seconds > 5 else 0
        classes = tuple(float(many) if n == place else 0.0 for n in range(11))
        wrong = Route("/a", "GET", "5xx", (float(failed), *[0.0] * 10), 0.0)
        found = readings(ground)
        routes = [Route("/a", "GET", "2xx", classes, 0.0), wrong]
        return [str(one) for one in passed(ground, Readings(found.at, routes, found.samples))]

    assert judged(90, 9, 20) == []
    assert judged(990, 10, 0) == []
    (told,) = judged(980, 20, 0)
    assert "出错（5xx）的请求 2%，应不多于 1%" in told
    (told,) = judged(1000, 0, 20)
    assert "95% 的请求用时 10 秒，应不超过 1 秒" in told


def test_every_bound_that_compares_a_figure_is_tried_above():
    tried = {
        mark.args[1][n][0]
        for mark in test_a_bound_is_passed_just_beyond_it.pytestmark
        for n in range(len(mark.args[1]))
    }
    assert {bound.family.name for bound in BOUNDS if bound.judge is None} == tried | {REQUESTS}


def test_rows_are_what_is_judged(ground, people):
    long_ago = clock.real_now() - timedelta(hours=13)
    with transaction():
        db.session.add(LongWork(kind=next(iter(WorkKind)), user_id=people.sun.id, asked={},
                                same="a", made_at=long_ago))  # fmt: skip
        db.session.add(LongWork(
            kind=next(iter(WorkKind)), user_id=people.sun.id, asked={}, same="b",
            made_at=long_ago, ended_at=clock.real_now(), state=WorkState.BROKEN,
        ))  # fmt: skip
        db.session.add(JobRun(name="scrub-evidence", on=clock.today(), began_at=long_ago,
                              ended_at=long_ago, done=1, failed=2))  # fmt: skip
        db.session.get_one(JobLease, "jobs").until = long_ago
        db.session.get_one(JobMark, "jobs").done_through = clock.today() - timedelta(days=3)
    told = "\n".join(said(ground))
    for words in ("排队最久的已等 13 小时", "七天内中断的 1", "核验佐证材料上次失败 2",
                  "调度进程上次报到距今 13 小时", "每日任务落后 3 天"):  # fmt: skip
        assert words in told, words


def test_a_calendar_is_expired_in_its_year_and_told_of_a_month_before(ground):
    clock.stand_still(date(2031, 11, 30))
    with transaction():
        db.session.add(CalendarYear(year=2031, document="通知"))
        db.session.get_one(JobMark, "jobs").done_through = date(2032, 1, 1)
    assert said(ground) == []
    clock.stand_still(date(2031, 12, 1))
    (hint,) = passed(ground, readings(ground))
    assert (hint.grade, "2032年的节假日安排没有录入" in str(hint)) == (Grade.HINT, True)
    clock.stand_still(date(2032, 1, 1))
    (fault,) = passed(ground, readings(ground))
    assert (fault.grade, "请在“工作日历”中录入" in str(fault)) == (Grade.FAULT, True)
    with transaction():
        db.session.add(CalendarYear(year=2032, document="通知"))
    assert said(ground) == []
    (until,) = readings(ground).samples["calendar_until_timestamp_seconds"]
    assert clock.day_of(datetime.fromtimestamp(until.value, UTC)) == date(2032, 12, 31)


def test_a_backup_that_is_too_old_and_none_at_all(ground, tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    kept = Ground(replace(ground.settings, backup_dir=folder), ground.kept, ground.signer)
    assert daily.NONE_YET in said(kept)
    (folder / "2024-01-01").mkdir()
    (folder / "2024-01-01" / NAME).write_text("{}")
    os.utime(folder / "2024-01-01" / NAME, (1_704_100_000, 1_704_100_000))
    told = "\n".join(said(kept))
    assert "最近的备份是 2024-01-01，已超过一天" in told
    assert "还没有做过恢复演练" in told
    (ended,) = readings(kept).samples["backup_last_success_timestamp_seconds"]
    assert ended.value == 1_704_100_000


def test_without_backups_the_real_city_is_told_and_the_example_is_not(ground):
    real = Ground(replace(ground.settings, demo=False), ground.kept, ground.signer)
    (hint,) = passed(real, readings(real))
    assert (hint.grade, "BACKUP_DIR 没有设置" in str(hint)) == (Grade.HINT, True)


def test_selfcheck_and_the_page_say_the_same(app, browser, monkeypatch):
    settings = replace(app.extensions["settings"], demo=True)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: (1 << 40, 0, 1024))
    own = [str(one) for one in passed(Ground(settings, app.extensions["figures"], lambda: None),
                                      readings(Ground(settings, app.extensions["figures"],
                                                      lambda: None)))]  # fmt: skip
    checked = [*selfcheck.faults_of_operation(settings), *selfcheck.hints_of_operation(settings)]
    page = browser.as_("sysadmin").get(URL).text.replace("\n", "")
    assert any("所在磁盘剩余 1 KB" in one for one in own)
    assert any("调度进程还没有运行过" in one for one in own)
    for sentence in own:
        assert sentence in checked
        assert sentence.split("。")[0] in page


def test_without_fonts_selfcheck_fails(app):
    def none():
        raise NoFonts("没有字体")

    faults = selfcheck.faults(app.extensions["evidence"], none, "migrations")
    assert "没有字体" in list(faults)


def test_every_figure_of_the_scrape_stands_on_the_page(app, browser):
    here.move(2.0, "lane_waiting", "files")
    page = browser.as_("sysadmin").get(URL)
    found = readings(Ground(app.extensions["settings"], app.extensions["figures"], lambda: None))
    for family in FAMILIES:
        if family.name != REQUESTS and found.samples.get(family.name):
            assert family.told in page.text, family.name
    parts = {part.title: part for part in shown.parts(found)}
    (lanes,) = parts["排队"].grids
    assert dict(lanes.lines)["导出、导入和生成文件"][1] == "2"
    here.move(-2.0, "lane_waiting", "files")
    assert f"{found.samples['disk_bytes'][0].value / 2**30:.1f} GB" in page.text
    assert BY_NAME["disk_bytes"].told in page.text


def test_routes_are_ordered_by_what_was_asked_and_cut_until_all_are(app, place, tmp_path):
    with planted(place, instance=tmp_path) as visitor_of:
        visitor = visitor_of("sysadmin")
        kept = visitor.app.extensions["figures"]
        for number in range(shown.MOST_ROUTES + 5):
            for _ in range(number + 1):
                kept.time(0.001 * number, f"/made/{number:02}", "GET", "5xx")
        _ordered(visitor)


def _ordered(visitor):
    page = visitor.get(URL)
    assert "，此处为前 20 个" in page.text
    by_failed = visitor.get(URL, sort="failed", all="1")
    made = [row[0] for row in by_failed.rows(1) if row[0].startswith("/made/")]
    assert made == sorted(made, reverse=True)
    assert len(made) == shown.MOST_ROUTES + 5
    assert visitor.get(URL, sort="no such").status == 200


@pytest.mark.parametrize("name", ["secadmin", "auditor", "sun", "zhou", "chen", "zhao"])
def test_nobody_else_opens_the_page(browser, name):
    browser.as_(name).get(URL, 403)


def test_the_page_says_why_there_is_nothing_yet(browser):
    text = browser.as_("sysadmin").get(URL).text
    for words in ("后台任务还没有运行过", "还没有备份过", "没有设置证书", "还没有演练"):
        assert words in text

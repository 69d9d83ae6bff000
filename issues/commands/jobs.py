"""`jobs list`, `jobs once`, `jobs run`."""

import signal
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from types import FrameType

import click
from apscheduler.schedulers.blocking import BlockingScheduler
from flask import Flask, current_app
from flask.cli import AppGroup

from issues import tried_out
from issues.backups.course import Step, listening
from issues.ground import clock
from issues.jobs.job import Copies, Outside
from issues.jobs.runner import Runner, run_once, tools_for
from issues.jobs.timetable import JOBS, TIMETABLE

LOOK_EVERY = 5
"""Seconds between two looks at whether anything is due: a missed day is caught up within 40 s."""

jobs = AppGroup("jobs", help="后台任务。")


@jobs.command("list", help="列出全部任务，每行一个，名称在前。")
def list_jobs() -> None:
    for job in TIMETABLE:
        click.echo(f"{job.name}  {job.label}  {'随时' if job.is_all_day else '每日一次'}")


@jobs.command(help="把一项任务在某一天该做的做完。")
@click.argument("name", type=click.Choice(sorted(JOBS)))
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="业务日期，默认今天。")
def once(name: str, on: datetime | None) -> None:
    job = JOBS[name]
    day: date = on.date() if on else clock.today()
    store, secret = current_app.extensions["evidence"], current_app.config["SECRET_KEY"]
    urls = current_app.extensions["settings"].notify_urls
    faces, seal = current_app.extensions["faces"], current_app.extensions["seal"]
    kept = _kept_outside(), _copies()
    outcome = run_once(job, tools_for(day, store, secret, urls, faces, seal, *kept))
    click.echo(f"{job.name} {day}：{outcome.done} {job.counts}")
    if outcome.failed:
        raise click.ClickException(f"{outcome.failed} 个单元失败，已记录，其余已完成。")


def _kept_outside() -> Outside:
    settings = current_app.extensions["settings"]
    return Outside(settings.anchor_dir, settings.anchor_urls)


def _copies() -> Copies:
    settings = current_app.extensions["settings"]
    return Copies(settings.backup_dir, settings.backups_kept, settings.earlier_secrets)


@jobs.command(help="运行调度进程；可同时开几个，只有一个在干活。")
def run() -> None:
    _refuse_try_out()
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - the proxy's documented way out
    urls = app.extensions["settings"].notify_urls
    store, faces = app.extensions["evidence"], app.extensions["faces"]
    seal, kept = app.extensions["seal"], (_kept_outside(), _copies())
    runner = Runner(store, app.config["SECRET_KEY"], urls, faces, seal, *kept)

    def look() -> None:
        with (
            app.app_context(), runner.lease.renewed(app), listening(_stopping(runner)),
            suppress(SystemExit),
        ):  # fmt: skip
            if runner.take_lease() and (done := runner.catch_up() + runner.speak()):
                click.echo(f"{clock.today()}：{done} 个单元")

    scheduler = BlockingScheduler(timezone=clock.SHANGHAI)
    scheduler.add_job(
        look, "interval", seconds=LOOK_EVERY, next_run_time=clock.local(clock.real_now()),
        coalesce=True, max_instances=1, misfire_grace_time=None,
    )  # fmt: skip
    click.echo("任务调度已启动，按 Ctrl-C 停止。")
    signal.signal(signal.SIGTERM, _stop)
    try:
        scheduler.start()
    except (KeyboardInterrupt, SystemExit):
        runner.lease.stop()
        scheduler.shutdown()  # the unit in hand is ended first
        with app.app_context():
            runner.lease.give_up()


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


def _stopping(runner: Runner) -> Callable[[Step], None]:
    """A backup is no unit that a stop could wait for: it is given up, and taken anew later."""

    def hear(_step: Step) -> None:
        if runner.lease.is_stopping:
            raise SystemExit(0)

    return hear


def _refuse_try_out() -> None:
    """What was tried out sends nothing to anybody and counts nobody's days."""
    if faults := list(tried_out.faults(current_app.extensions["settings"])):
        raise click.ClickException("\n".join(faults))

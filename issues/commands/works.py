"""`works run`: what a web process begins by itself; by hand only to look what goes wrong."""

import os
import signal
import sys
from types import FrameType

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from issues.commands.typed import TYPED
from issues.works.worker import run_all

KINDER = 5
"""Who waits for a page goes before who waits for a file."""

works = AppGroup("works", help="后台工作。")


@works.command(help="办完排队的后台工作（识别、比对、导入、导出），然后退出。网页进程会自行启动。")
@click.option("--holder", type=TYPED, default="", help="持有者标识，由网页进程给出。")
def run(holder: str) -> None:
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - the proxy's documented way out
    signal.signal(signal.SIGTERM, _stop)
    os.nice(KINDER)
    done = run_all(app, app.extensions["evidence"], holder)
    click.echo(f"后台工作：办完{done}项")


def _stop(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(0)

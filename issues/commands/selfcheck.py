"""`selfcheck` and `audit verify`."""

import sys

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from config import ROOT
from issues import audit as history, selfcheck as installation

MIGRATIONS = str(ROOT / "migrations")

audit = AppGroup("audit", help="办理历史。")


@audit.command(help="核验全部历史链和锚点；有不符的逐条列出，以 1 退出。")
def verify() -> None:
    settings = current_app.extensions["settings"]
    _report(list(history.faults(settings.secret_key, *settings.earlier_secrets)), "历史记录完整。")


@click.command(
    help="自检数据库、存储、字体、日历、时钟、示例数据和日志；每个问题一句话，以 1 退出。"
)
@with_appcontext
def selfcheck() -> None:
    store, faces = current_app.extensions["evidence"], current_app.extensions["faces"]
    settings = current_app.extensions["settings"]
    for hint in [*installation.hints(faces, settings), *installation.key_hints()]:
        click.echo(f"提示：{hint}")
    faults = [
        *installation.faults(store, faces, MIGRATIONS),
        *installation.faults_of_operation(settings),
    ]
    _report(faults, "自检通过。")


def _report(faults: list[str], sound: str) -> None:
    for fault in faults:
        click.echo(fault)
    if faults:
        sys.exit(1)
    click.echo(sound)

"""`selfcheck`, `audit verify` and `setup check`: what is wrong, and what is still missing."""

import sys
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from config import ROOT
from extensions import one_moment
from issues import anchors, audit as history, selfcheck as installation
from issues.city.items import State, items
from issues.imprints import checking as rows

MIGRATIONS = str(ROOT / "migrations")
_FILE = click.Path(path_type=Path)

audit = AppGroup("audit", help="办理历史。")


@audit.command(help="核验全部历史链、锚点和数据行；有不符的逐条列出，以 1 退出。")
@click.option("--against", type=_FILE, help="与保存在别处的锚点文件比对")
def verify(against: Path | None) -> None:
    """Exit 0 where all of it holds. A day without an anchor is told, and is no fault by itself."""
    settings = current_app.extensions["settings"]
    secrets = (settings.secret_key, *settings.earlier_secrets)
    kept = None if against is None else _text(against)
    with one_moment():
        found = [*history.faults(*secrets), *(fault.sentence for fault in rows.faults())]
        if kept is not None:
            found += anchors.faults_against(secrets, kept)
        days = anchors.missing_days()
    if days:
        click.echo(f"提示：以下日期没有锚点：{'、'.join(map(str, days))}。")
    _report(found, "历史记录完整，数据行与印记相符。")


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeError):
        raise click.ClickException(f"读不到锚点文件{file}，请检查路径和权限。") from None


@click.command(
    help="自检数据库、存储、字体、时钟、示例数据、日志和运行限度（磁盘、备份、日历、证书等）；"
    "一个问题一句，以 1 退出。"
)
@with_appcontext
def selfcheck() -> None:
    store, faces = current_app.extensions["evidence"], current_app.extensions["faces"]
    settings = current_app.extensions["settings"]
    signer = current_app.extensions["signer"]
    hints = [
        *installation.hints(faces, settings),
        *installation.key_hints(),
        *installation.hints_of_operation(settings, signer),
    ]
    for hint in hints:
        click.echo(f"提示：{hint}")
    faults = [
        *installation.faults(store, faces, MIGRATIONS),
        *installation.faults_of_operation(settings, signer),
    ]
    _report(faults, "自检通过。")


def _report(faults: list[str], sound: str) -> None:
    for fault in faults:
        click.echo(fault)
    if faults:
        sys.exit(1)
    click.echo(sound)


setup = AppGroup("setup", help="设置")


@setup.command(help="列出还缺的设置和填写的网址；登记、导入和签发文书所需的缺一项，以 1 退出。")
def check() -> None:
    address = current_app.extensions["settings"].public_url.rstrip("/")
    told = items()
    missing = [one for one in told if one.state is State.MISSING]
    for one in missing:
        click.echo(f"未完成　{one.item.label}　{address}{one.item.page}")
    for one in told:
        if one.state is State.OPTIONAL:
            click.echo(f"选填　　{one.item.label}　{address}{one.item.page}")
    if missing:
        sys.exit(1)
    click.echo("登记、导入和签发文书所需的设置都已完成。")

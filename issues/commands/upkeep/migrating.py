"""`migrate` and `rollback` on the command line: the structure forward, with a way back."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from config import ROOT, Config
from issues.backups.manifest import BackupRefused
from issues.backups.upgrades import going

MIGRATIONS = str(ROOT / "migrations")
FAILED = "升级失败，数据库没有变化：{}"
LOST = "退回到 {} 的副本（结构 {}），其后的 {} 条办理记录将不在其中。继续吗？"
BACK = "已退回。请换回升级前的程序再启动；现在的程序启动时会再次升级。"


@click.command("migrate", help="把数据库升级到最新结构；有数据的，先存一份副本。")
@with_appcontext
def migrate() -> None:
    try:
        made = going.upgrade(home(), MIGRATIONS, click.echo)
    except BackupRefused as refused:
        raise click.ClickException(refused.sentence) from refused
    except Exception as wrong:
        raise click.ClickException(FAILED.format(wrong)) from wrong
    if made is not None:
        click.echo(f"已升级。要退回升级前，停止各进程后运行 flask --app app rollback {made}")


@click.command("rollback", help="退回升级前的副本 DIR（缺省为最近一份）；现在的数据先存一份副本。")
@click.argument("folder", metavar="DIR", required=False, type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="不再询问。")
@with_appcontext
def rollback(folder: Path | None, *, yes: bool) -> None:
    try:
        chosen = folder or going.newest(home())
        told = going.read(chosen)
        if not yes:
            words = LOST.format(told.taken_at, told.revision, going.acts_since(told))
            click.confirm(words, abort=True)
        going.go_back(chosen, home(), MIGRATIONS, click.echo)
    except BackupRefused as refused:
        raise click.ClickException(refused.sentence) from refused
    click.echo(BACK)


def home() -> Path:
    """Where the copies are kept."""
    settings: Config = current_app.extensions["settings"]
    return settings.backup_dir or settings.instance

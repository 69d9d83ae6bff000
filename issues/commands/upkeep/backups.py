"""`backup DIR` and `restore DIR` on the command line."""

import sys
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from config import ROOT
from extensions import transaction
from issues import access, quarantine
from issues.backups import putting_back, runs, taking
from issues.backups.manifest import BackupRefused
from issues.commands.upkeep.progress import bars
from issues.ground import clock
from issues.ground.secrecy import sealing
from issues.vocabulary import BackupKind

RELEASE = "release"
OTHER_KEY = "备份时的密钥（编号{}）不是现在的：请设置当时的 SECRET_KEY，否则封存的内容打不开。"


@click.command("backup", help="把某一时刻的数据库和材料存入新的文件夹 DIR，不影响使用。")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--since", "earlier", type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="上一次的备份：其中已有的材料用硬链接，不再复制。",
)  # fmt: skip
@with_appcontext
def backup(folder: Path, earlier: Path | None) -> None:
    store = current_app.extensions["evidence"]
    try:
        with bars(), runs.noted(BackupKind.TAKE, str(folder)) as run:
            found = taking.take(folder, store, earlier=earlier, say=click.echo)
            run.result = found.summary
    except BackupRefused as refused:
        raise click.ClickException(refused.sentence) from refused
    except OSError as wrong:
        raise click.ClickException(f"写不下或读不出，没有备份：{wrong}") from wrong
    with transaction():
        access.note_command("backup", clock.now())
    click.echo(f"已备份到“{folder}”：{found.summary}。密钥 SECRET_KEY 不在备份中，请另行保存。")
    for sha256 in found.missing:
        click.echo(f"材料 {sha256} 缺失或已损坏，没有备份。")
    if found.missing:
        sys.exit(1)


@click.command(
    "restore",
    help="把备份 DIR 恢复到空的数据库和存储，并隔离；restore release 解除隔离。",
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@with_appcontext
def restore(folder: Path) -> None:
    if str(folder) == RELEASE and not folder.exists():
        with transaction():
            is_released = quarantine.release()
        click.echo("已解除隔离，恢复向外发送。" if is_released else "没有隔离，不需要解除。")
        return
    try:
        with bars():
            found = putting_back.put_back(
                folder, current_app.extensions["evidence"], str(ROOT / "migrations"), click.echo
            )
    except BackupRefused as refused:
        raise click.ClickException(refused.sentence) from refused
    click.echo(f"已恢复 {found.taken_at} 的备份：{found.summary}。")
    if not sealing.knows(found.key):
        click.echo(OTHER_KEY.format(found.key))
    click.echo(quarantine.FAULT)

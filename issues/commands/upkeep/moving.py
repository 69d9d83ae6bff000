"""`move --to DATABASE_URL [--evidence-to EVIDENCE_URL]` on the command line."""

import sys

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import SQLAlchemyError

import config_values
from config import ROOT
from extensions import transaction
from issues import access
from issues.backups import moving
from issues.backups.manifest import BackupRefused
from issues.backups.moving import Compared, Moved
from issues.commands.typed import TYPED
from issues.commands.upkeep.progress import bars
from issues.evidence.refusals import StoreUnavailable
from issues.evidence.storage.store import Store, open_store
from issues.ground import clock


@click.command("move", help="把全部数据和材料搬到另一个空的数据库和存储，逐表核对；现在的不动。")
@click.option("--to", required=True, type=TYPED, metavar="DATABASE_URL", help="空数据库的地址。")
@click.option(
    "--evidence-to", type=TYPED, metavar="EVIDENCE_URL", help="空的存储的地址；不写，材料不搬。"
)
@with_appcontext
def move(to: str, evidence_to: str | None) -> None:
    settings = current_app.extensions["settings"]
    database = config_values.database({"DATABASE_URL": to}, settings.instance)
    other = None if evidence_to is None else _store(evidence_to)
    with transaction():  # before it begins, so that it stands on both sides
        access.note_command("move", clock.now())
    try:
        with bars():
            found = moving.move(
                database, current_app.extensions["evidence"], other, str(ROOT / "migrations"),
                click.echo,
            )  # fmt: skip
    except BackupRefused as refused:
        raise click.ClickException(refused.sentence) from refused
    except (OSError, SQLAlchemyError, StoreUnavailable) as wrong:
        raise click.ClickException(f"写不下或读不出，没有搬完：{wrong}") from wrong
    _tell(found)


def _store(address: str) -> Store:
    settings = current_app.extensions["settings"]
    url = config_values.evidence({"EVIDENCE_URL": address}, settings.instance)
    if url == settings.evidence_url:
        raise click.ClickException("目标存储就是现在的存储，请换用另一个空的文件夹或前缀。")
    try:
        return open_store(url, settings.s3_options)
    except ValueError as wrong:
        raise click.ClickException(str(wrong)) from wrong


def _tell(found: Moved) -> None:
    """Exits with 1 where the two sides differ."""
    for line in found.tables:
        click.echo(_told(line, "行"))
    if found.files:
        click.echo(_told(found.files, "份"))
    for sha256 in found.missing:
        click.echo(f"材料 {sha256} 缺失或已损坏，没有搬。")
    if not found.is_whole:
        click.echo("两边不一致：请停用系统后，换用空的数据库和存储重新搬迁。")
        sys.exit(1)
    click.echo("两边一致。把 DATABASE_URL、EVIDENCE_URL 改为新的地址，再启动。")


def _told(line: Compared, of: str) -> str:
    here, there = (f"{side.rows}{of} {side}" for side in (line.here, line.there))
    return f"{line.name}：{here}｜{there}｜{'一致' if line.is_same else '不一致'}"

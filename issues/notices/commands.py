"""`notices render NUMBER -o FILE`: a signed notice drawn again from its frozen facts."""

import hashlib
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from extensions import db
from issues.models import Notice
from issues.notices.signing import redrawn

FAILED = 1


@click.group(help="督办文书。")
def notices() -> None: ...


@notices.command("render", help="按签发时冻结的事实重新排印文号为 NUMBER 的文书。")
@click.argument("number")
@click.option("-o", "output", type=click.Path(dir_okay=False, path_type=Path), required=True)
@with_appcontext
def render_notice(number: str, output: Path) -> None:
    notice = db.session.scalars(select(Notice).where(Notice.number == number)).first()
    if notice is None:
        raise click.ClickException(f"没有文号为“{number}”的文书")
    content = redrawn(notice, current_app.extensions["faces"]())
    output.write_bytes(content)
    same = hashlib.sha256(content).hexdigest() == notice.sha256
    click.echo(f"{number}:{len(content)} 字节,{'与签发原件一致' if same else '与签发原件不一致'}")
    if not same:
        raise SystemExit(FAILED)

"""`notices render`: a signed notice drawn again; `notices round`: all of a round in one file."""

import hashlib
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from extensions import db
from issues import clock
from issues.models import Notice
from issues.notices.faces import Faces
from issues.notices.gongwen import render
from issues.notices.merging import merged
from issues.notices.readiness import draft_now
from issues.notices.signing import redrawn
from issues.queries.notices import of_round

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
    same = _is_original(content, notice)
    click.echo(f"{number}:{len(content)} 字节,{'与签发原件一致' if same else '与签发原件不一致'}")
    if not same:
        raise SystemExit(FAILED)


@notices.command("round", help="把调度 ID 形成的通报和文书合并为一个 PDF,未签发的为草稿。")
@click.argument("round_id", metavar="ID", type=int)
@click.option("-o", "output", type=click.Path(dir_okay=False, path_type=Path), required=True)
@with_appcontext
def render_round(round_id: int, output: Path) -> None:
    found = of_round(round_id, None)
    if not found:
        raise click.ClickException(f"调度 {round_id} 没有形成文书")
    faces = current_app.extensions["faces"]()
    with click.progressbar(found, label=f"合并 {len(found)} 份") as shown:
        output.write_bytes(merged(_bytes_of(notice, faces) for notice in shown))
    click.echo(f"{output}:{len(found)} 份")


def _bytes_of(notice: Notice, faces: Faces) -> bytes:
    if notice.sha256 is None:
        is_example = current_app.extensions["settings"].demo
        ready = draft_now(notice, clock.now(), faces, is_example=is_example)
        return render(ready.document, faces).pdf
    with current_app.extensions["evidence"].read_verified(notice.sha256) as kept:
        return kept.read()


def _is_original(content: bytes, notice: Notice) -> bool:
    """Whether the kept file is these bytes, or begins with them and goes on with a signature."""
    if hashlib.sha256(content).hexdigest() == notice.sha256:
        return True
    with current_app.extensions["evidence"].read_verified(notice.sha256) as kept:
        return kept.read(len(content)) == content and bool(kept.read(1))

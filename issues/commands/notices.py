"""`notices render`: a signed notice drawn again; `notices round`: all of a round in one file."""

import hashlib
import shutil
import tempfile
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from extensions import db, transaction
from issues import access
from issues.commands.typed import TYPED
from issues.ground import clock
from issues.ground.numbers import LARGEST_ID
from issues.models import Notice
from issues.notices.delivery.volume import Volume
from issues.notices.signing import Press, is_of_this_setting, redrawn
from issues.queries.notices.pages import of_round

FAILED = 1


@click.group(help="督办文书。")
def notices() -> None: ...


@notices.command("render", help="按签发时冻结的事实重新排印文号为 NUMBER 的文书。")
@click.argument("number", type=TYPED)
@click.option("-o", "output", type=click.Path(dir_okay=False, path_type=Path), required=True)
@with_appcontext
def render_notice(number: str, output: Path) -> None:
    notice = db.session.scalars(select(Notice).where(Notice.number == number)).first()
    if notice is None:
        raise click.ClickException(f"没有文号为“{number}”的文书")
    if notice.sha256 and not is_of_this_setting(notice):
        _give_original(notice, output)
        return
    content = redrawn(notice, current_app.extensions["faces"](), current_app.extensions["evidence"])
    output.write_bytes(content)
    _tell(f"notices render {number}")
    same = _is_original(content, notice)
    click.echo(f"{number}：{len(content)} 字节，{'与签发原件一致' if same else '与签发原件不一致'}")
    if not same:
        raise SystemExit(FAILED)


def _give_original(notice: Notice, output: Path) -> None:
    """What was signed under older rules of setting is not drawn anew: the kept file is checked."""
    with current_app.extensions["evidence"].read_verified(notice.sha256) as kept:
        content = kept.read()
    output.write_bytes(content)
    _tell(f"notices render {notice.number}")
    told = "按签发时的排印规则印成，现行规则不同，取出的是签发原件，校验值相符"
    click.echo(f"{notice.number}：{len(content)} 字节，{told}")


@notices.command("round", help="把调度 ID 形成的通报和文书合并为一个 PDF，未签发的为草稿。")
@click.argument("round_id", metavar="ID", type=click.IntRange(1, LARGEST_ID))
@click.option("-o", "output", type=click.Path(dir_okay=False, path_type=Path), required=True)
@with_appcontext
def render_round(round_id: int, output: Path) -> None:
    found = [notice.id for notice in of_round(round_id, None)]
    if not found:
        raise click.ClickException(f"调度 {round_id} 没有形成文书")
    extensions = current_app.extensions
    press = Press(extensions["evidence"], extensions["faces"], str, extensions["settings"].demo)
    with tempfile.TemporaryDirectory() as folder:
        volume = Volume(Path(folder), round_id, 0)
        volume.begin(found, clock.now())
        with click.progressbar(length=len(found), label=f"合并 {len(found)} 份") as shown:
            for done, _all in volume.steps(press):
                shown.update(done - shown.pos)
        if volume.whole is None:
            raise click.ClickException("合并文件没有写成，请重试")
        shutil.copyfile(volume.whole, output)
    _tell(f"notices round {round_id}")
    click.echo(f"{output}：{len(found)} 份")


def _tell(what: str) -> None:
    with transaction():
        access.note_command(what, clock.now())


def _is_original(content: bytes, notice: Notice) -> bool:
    """Whether the kept file is these bytes, or begins with them and goes on with a signature."""
    if hashlib.sha256(content).hexdigest() == notice.sha256:
        return True
    with current_app.extensions["evidence"].read_verified(notice.sha256) as kept:
        return kept.read(len(content)) == content and bool(kept.read(1))

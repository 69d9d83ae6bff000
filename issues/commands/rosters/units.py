"""`units import`, and `units merge` where a reform has more tickets than a page waits for."""

from pathlib import Path

import click
from flask.cli import AppGroup

from auth.actor import SYSTEM
from extensions import transaction
from issues.commands.rosters.bringing import bring
from issues.commands.typed import TYPED
from issues.ground import clock
from issues.ground.refusals import NotFound, Refusal
from issues.rosters.outcome import Outcome
from issues.succession.reforming import merge
from issues.vocabulary import RosterKind

units = AppGroup("units", help="单位。")
TARGET = click.Path(dir_okay=False, writable=True, path_type=Path)


@units.command("import", help="按工作簿新建、修改单位：全部写入，或逐格指出错误、一个也不写入。")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="只检查，不写入。")
@click.option("--reason", type=TYPED, default="", help="修改单位的理由，如机构改革文件号。")
@click.option("--errors", "marked", type=TARGET, help="把标红批注的工作簿写到这里。")
def import_units(file: Path, *, dry_run: bool, reason: str, marked: Path | None) -> None:
    bring(RosterKind.UNITS, file, reason, marked, dry_run=dry_run, before=_nothing)


@units.command("merge", help="把一个单位并入另一个：未办结的事项、账号和文书归新单位，原单位停用。")
@click.argument("code", type=TYPED)
@click.option("--into", type=TYPED, required=True, help="新单位的代码。")
@click.option("--reason", type=TYPED, required=True, help="理由和文号。")
def merge_units(code: str, into: str, reason: str) -> None:
    try:
        with transaction():
            done = merge(SYSTEM, code, into, reason, clock.now())
    except NotFound:
        raise click.ClickException(f"没有代码为 {code} 的单位。") from None
    except Refusal as refusal:
        said = [sentence for errors in refusal.errors.values() for sentence in errors]
        raise click.ClickException(" ".join(said) or refusal.sentence) from None
    click.echo(f"已并入：未办结事项{done.tickets}件、账号{done.people}个")


def _nothing(_outcome: Outcome) -> None:
    """Units take nothing else along."""

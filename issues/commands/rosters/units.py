"""`units import`."""

from pathlib import Path

import click
from flask.cli import AppGroup

from issues.commands.rosters.bringing import bring
from issues.commands.typed import TYPED
from issues.rosters.outcome import Outcome
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


def _nothing(_outcome: Outcome) -> None:
    """Units take nothing else along."""

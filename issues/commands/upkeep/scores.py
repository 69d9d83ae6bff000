"""`scores recount`, `scores book`, `scores preview`."""

from pathlib import Path

import click
from flask.cli import AppGroup

from auth.actor import SYSTEM
from extensions import transaction
from issues.commands.policy import read_document, refusals
from issues.ground import clock
from issues.rules.scores.figures import spelled
from issues.rules.scores.points import signed
from issues.scores import booking, comparing, recounting
from issues.supervision import rulebook

scores = AppGroup("scores", help="考核：从办理记录核算记分、复算全部得分。")
_YEAR = click.option(
    "--year", type=click.IntRange(2000, 2999), required=True, help="考核年度，如2025。"
)


@scores.command(help="从办理记录重新核算一个年度的每一分，只看不写；有不符的逐条列出，退出码为1。")
@_YEAR
def recount(year: int) -> None:
    found = list(recounting.faults(year))
    for fault in found:
        click.echo(fault)
    if found:
        raise click.exceptions.Exit(1)
    count, total = recounting.counted(year)
    click.echo(f"{year}年度：{count}条记分，合计{signed(total)}分，与办理记录一致。")


@scores.command(help="把一个年度尚未记入的分按办理记录记入；已记入的不改，有变化的另记一条。")
@_YEAR
def book(year: int) -> None:
    with transaction():
        lines = booking.book(year, SYSTEM, clock.now())
    click.echo(f"{year}年度：记入{lines}条。")


@scores.command(help="比对：按文件中的规则，上一季度各单位会得多少分。只看不写。")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def preview(file: Path) -> None:
    with refusals():
        rules = rulebook.read_policy(read_document(file))
    found = comparing.compared(rules)
    click.echo(found.period.label)
    for before, after in found.units:
        click.echo(f"{before.name}  {spelled(before.total.total)}→{spelled(after.total.total)}")

"""`ledger undo`: a whole import is taken back, or what stands in the way is told."""

import sys

import click
from flask.cli import with_appcontext

from auth.actor import SYSTEM
from extensions import transaction
from issues.act_fields.details import read_details
from issues.commands.typed import TYPED
from issues.exchange import uploads
from issues.exchange.undoing.hindrances import in_words
from issues.exchange.undoing.taking_back import ALREADY, REASON, plan, take_back
from issues.ground import clock
from issues.ground.refusals import NotFound, Refusal


@click.command("undo", help="整批撤回一次导入：此后还没有办理的才能撤回，编号保留")
@click.argument("number", metavar="IMPORT", type=click.IntRange(min=1))
@click.option("--reason", type=TYPED, default="", help="撤回理由，写入每个问题的办理过程")
@click.option("--dry-run", is_flag=True, help="只看会撤回什么、有什么妨碍，不写入")
@with_appcontext
def undo(number: int, reason: str, *, dry_run: bool) -> None:
    """IMPORT is the number in the address of the import's page. Exit 1 where it is refused."""
    try:
        if dry_run:
            _show(number)
        else:
            _undo(number, reason)
    except NotFound:
        _fail(f"没有第{number}号导入")
    except Refusal as refused:
        inner = (sentence for said in refused.errors.values() for sentence in said)
        _fail("；".join(dict.fromkeys([refused.sentence, *inner])))


def _show(number: int) -> None:
    row = uploads.load(number)
    if row.taken_back_at is not None:
        click.echo(ALREADY)
        return
    found = plan(row)
    told = "、".join(f"{name}{count}个" for name, count in found.units)
    click.echo(f"{row.name}：{len(found.tickets)}个问题（{told}），没有写入")
    click.echo("、".join(found.numbers))
    if found.hindrances:
        _fail(f"导入后已有办理，不能撤回：{in_words(found.hindrances)}")


def _undo(number: int, reason: str) -> None:
    told = read_details((REASON,), {"reason": reason} if reason else {}, None)
    with transaction():
        row = uploads.load(number, for_change=True)
        gone = take_back(row, told["reason"], SYSTEM, at=clock.now())
    click.echo(f"已撤回第{number}号导入的{len(gone.tickets)}个问题" if gone else ALREADY)


def _fail(sentence: str) -> None:
    click.echo(sentence)
    sys.exit(1)

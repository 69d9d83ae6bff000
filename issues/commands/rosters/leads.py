"""`leads import`: a workbook of leads, in the name of an account that may tell of them."""

from pathlib import Path

import click
from flask.cli import AppGroup

from auth.acting import named
from auth.signin import actor_for
from extensions import rehearsal, transaction
from issues.commands.rosters.bringing import content_of, fail, refuse
from issues.commands.rosters.units import TARGET
from issues.commands.typed import TYPED
from issues.exchange.import_report import RowsRefused
from issues.exchange.workbook.package import UnreadableWorkbook
from issues.ground.refusals import NotAllowed
from issues.ground.secrecy import marking
from issues.rosters import kept
from issues.vocabulary import RosterKind

leads = AppGroup("leads", help="线索。")
LEADS = RosterKind.LEADS


@leads.command("import", help="按工作簿收入线索：全部写入，或逐格指出错误、一条也不写入。")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--by", "name", type=TYPED, required=True, help="以哪个账号报送。")
@click.option("--dry-run", is_flag=True, help="只检查，不写入。")
@click.option("--errors", "marked", type=TARGET, help="把标红批注的工作簿写到这里。")
def import_leads(file: Path, *, name: str, dry_run: bool, marked: Path | None) -> None:
    content = content_of(file)
    try:
        with rehearsal() if dry_run else transaction():
            user = named(name)
            if user is None or not user.is_active:
                fail(f"没有账号{name}，或已停用")
            outcome = kept.bring(LEADS, content, actor_for(user), "")
            kept.refuse_errors(outcome)
    except (UnreadableWorkbook, NotAllowed) as wrong:
        fail(wrong.sentence)
    except marking.Marked as refused:
        fail(f"{refused.sentence}没有写入。")
    except RowsRefused as refused:
        refuse(refused, content, marked)
    else:
        counted = outcome.in_words(kept.COUNTED[LEADS])
        click.echo(f"检查通过，没有写入：{counted}" if dry_run else f"已导入：{counted}")

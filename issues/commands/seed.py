"""`seed example`, `seed volume` and `seed clear` on the command line."""

import sys

import click
from flask import current_app
from flask.cli import AppGroup

from config import demo_password_file
from issues import tried_out
from issues.ground.refusals import Refusal
from seed import clear, example, volume

seed = AppGroup("seed", help="示例城市和性能测试数据")
MOST = 1_000_000


@seed.command("example", help="把示例城市装入空的数据库，并列出账号")
def load_example() -> None:
    """The example city into an empty database; prints the accounts."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - the proxy's documented way out
    try:
        password = example.load(app, print)
    except example.NotEmpty as refused:
        click.echo(str(refused))
        sys.exit(1)
    click.echo(f"账号：{' '.join((*example.city.CAST, *example.city.COUNTY_CAST))}")
    click.echo(f"密码：{password}")


@seed.command("volume", help="写入指定数量的测试问题，每次结果相同")
@click.option("--issues", type=click.IntRange(1, MOST), required=True, help="问题数量")
def load_volume(issues: int) -> None:
    """So many tickets with measures, history and evidence rows; the same every time."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - as above
    password = example.chosen_password(app)
    is_new = example.is_empty()
    volume.load(issues, print, password)
    if is_new:
        click.echo(f"账号：{' '.join(example.city.CAST)}")
        click.echo(f"密码：{password}")


@seed.command("clear", help="清除示例数据：全部清除，或一样不动；另有自行登记的内容时先说明")
@click.option("--dry-run", is_flag=True, help="只列出将清除的内容，什么都不改")
@click.option("--yes", is_flag=True, help="不再询问")
@click.option("--with-entered", is_flag=True, help="连同在示例之外登记的内容一起清除，不能恢复")
def clear_example(*, dry_run: bool, yes: bool, with_entered: bool) -> None:
    """The example out of the database again, with all that hangs on it."""
    plan = clear.plan()
    for kind, rows in (("示例数据", plan.example), ("自行登记", plan.beside)):
        for one in rows:
            click.echo(f"{kind}：{one}")
    try:
        plan.refuse(with_beside=with_entered)
        if dry_run:
            click.echo("以上是将清除的内容，什么都没有改。")
            return
        if not yes:
            click.confirm("清除后不能恢复，请先备份数据库。现在清除吗？", abort=True)
        clear.clear(with_beside=with_entered)
    except Refusal as refused:
        raise click.ClickException(refused.sentence) from None
    settings = current_app.extensions["settings"]
    demo_password_file(settings.instance).unlink(missing_ok=True)
    click.echo("示例数据已清除。原件由 sweep-orphans 任务在一天后清理。")
    for fault in tried_out.faults(settings):
        click.echo(fault)

"""`seed example` and `seed volume` on the command line."""

import sys

import click
from flask import current_app
from flask.cli import AppGroup

from seed import example, volume

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
    click.echo(f"账号：{' '.join(example.city.CAST)}")
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

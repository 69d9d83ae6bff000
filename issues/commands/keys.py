"""`secrets rotate` on the command line."""

import sys

import click
from flask import current_app
from flask.cli import AppGroup

from issues.evidence import resealing

secrets = AppGroup("secrets", help="封存举报人信息的密钥。")


@secrets.command(help="用现在的密钥重新封存举报人信息和信访件原件；可中断，再运行即接着办。")
def rotate() -> None:
    """Exit 1 where something is sealed with a key that is not here."""
    done = resealing.Done()
    for done in resealing.reseal(current_app.extensions["evidence"]):
        click.echo(f"已重新封存{done.count}条")
    for failure in done.failures:
        click.echo(failure)
    if done.failures:
        click.echo(f"有{len(done.failures)}条打不开，保持原样")
        sys.exit(1)
    if not done.count:
        click.echo("都已用现在的密钥封存")

"""`setup check`: what this installation still lacks before its first import and first notice."""

import sys

import click
from flask import current_app
from flask.cli import AppGroup

from issues.city.items import State, items

setup = AppGroup("setup", help="设置")


@setup.command(help="列出还缺的设置和填写的网址；登记、导入和签发文书所需的缺一项，以 1 退出。")
def check() -> None:
    address = current_app.extensions["settings"].public_url.rstrip("/")
    told = items()
    missing = [one for one in told if one.state is State.MISSING]
    for one in missing:
        click.echo(f"未完成　{one.item.label}　{address}{one.item.page}")
    for one in told:
        if one.state is State.OPTIONAL:
            click.echo(f"选填　　{one.item.label}　{address}{one.item.page}")
    if missing:
        sys.exit(1)
    click.echo("登记、导入和签发文书所需的设置都已完成。")

"""The pictures of a workbook on the command line: counted, taken in, told at their cells."""

import click
from flask import current_app

from issues.exchange.pictures.choosing import EVERY
from issues.exchange.pictures.keeping import Brought
from issues.exchange.pictures.taking import Taken, take
from issues.exchange.reading.items import Understood


def proven(content: bytes, understood: Understood, *, is_asked: bool) -> list[Taken]:
    """All of them, kept durably before any row is written; none where nobody asked."""
    if not is_asked:
        return []
    return take(content, EVERY.of(understood.pictures), current_app.extensions["evidence"])


def tell_what_waits(understood: Understood, *, is_asked: bool) -> None:
    """How many pictures there are, and how they come in."""
    if count := len(understood.pictures):
        way = "将收入为佐证" if is_asked else "没有收入，加上 --pictures 收入为佐证"
        click.echo(f"表中有{count}张图片，{way}")


def tell(brought: Brought) -> None:
    """What became of them, each that was left at its cell."""
    click.echo(brought.in_words())
    for cell, why in brought.left:
        click.echo(f"{cell} 图片没有收入：{why}")

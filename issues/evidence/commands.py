"""`evidence verify` on the command line."""

import sys
from collections.abc import Iterator
from itertools import groupby

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select

from extensions import db
from issues.evidence.refusals import Damaged
from issues.models import Evidence, Issue

evidence = AppGroup("evidence", help="佐证材料的原件")


@evidence.command("verify")
def verify() -> None:
    """Read every original again: exit 1 with ticket number and digest of each that is damaged."""
    store = current_app.extensions["evidence"]
    checked, damaged = 0, 0
    for sha256, numbers in every_digest():
        checked += 1
        try:
            store.verify(sha256)
        except Damaged:
            damaged += 1
            for number in numbers:
                click.echo(f"{number} {sha256}")
    click.echo(f"共核验原件 {checked} 份,损坏 {damaged} 份")
    if damaged:
        sys.exit(1)


def every_digest() -> Iterator[tuple[str, list[str]]]:
    """Each digest that a row names, with the numbers of its tickets."""
    rows = db.session.execute(
        select(Evidence.sha256, Issue.number)
        .join(Issue, Issue.id == Evidence.issue_id)
        .distinct()
        .order_by(Evidence.sha256, Issue.number)
    ).all()
    for sha256, group in groupby(rows, key=lambda row: row.sha256):
        yield sha256, [row.number for row in group]

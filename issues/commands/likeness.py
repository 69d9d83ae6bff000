"""`ledger import --likeness`: one answer for every row that may be a ticket of the register."""

import sys

import click

from issues.exchange.asking_alike.answers import Unanswered, kept, refuse_open, settled
from issues.exchange.importing import understand_workbook
from issues.exchange.reading.constants import profile_of
from issues.exchange.reading.items import Understood
from issues.ground import clock
from issues.ground.refusals import Incomplete

SAY_IT = "都是新问题的加上--likeness new，都是同一问题的加上--likeness same。"


def answered(content: bytes, told: str, which: str | None) -> str:
    """The profile with the answer in it. Exit 1 where one ticket would be several rows."""
    if which is None:
        return told
    asked = understand_workbook(content, profile_of(told), clock.today(), is_apart_left=True).alike
    try:
        return kept(told, settled(asked, {}, which))
    except Incomplete as refused:
        click.echo(refused.sentence)
    sys.exit(1)


def mind(understood: Understood) -> None:
    """Exit 1 with each row that nobody has answered; bad cells are told before them."""
    if understood.errors:
        return
    try:
        refuse_open(understood.alike)
    except Unanswered as refused:
        for cell in refused.cells:
            click.echo(f"{cell.cell} {cell.heading} {cell.sentence}")
        click.echo(f"{refused.sentence}{SAY_IT}")
        sys.exit(1)

"""A ledger that the command line brings in, with its pictures: tried out, or for good."""

from pathlib import Path

import click
from flask import current_app

from auth.actor import SYSTEM
from extensions import rehearsal, transaction
from issues.exchange import uploads
from issues.exchange.import_report import RowsRefused, Workbook
from issues.exchange.importing import import_ledger
from issues.exchange.pictures import bringing
from issues.exchange.pictures.choosing import EVERY
from issues.exchange.pictures.keeping import Brought
from issues.exchange.pictures.taking import Taken, take
from issues.exchange.reading.items import Understood
from issues.ground import clock


def rehearse(understood: Understood, file: Path) -> None:
    """The whole import, taken back: what it would refuse is refused here."""
    with rehearsal():
        report = import_ledger(understood, SYSTEM, at=clock.now(), workbook=Workbook(file.name, ""))
    click.echo(f"检查通过，没有写入：{report.in_words()}")


def bring(understood: Understood, file: Path, told: str, *, is_with_pictures: bool) -> None:
    """All of it, or nothing. Raises RowsRefused, EvidenceRefused, Marked."""
    if understood.errors:
        raise RowsRefused(understood.errors)
    with file.open("rb") as stream:
        content, sha256 = uploads.receive(current_app.extensions["evidence"], stream, file.name)
    taken = _proven(content, understood, is_asked=is_with_pictures)
    at = clock.now()
    with transaction():
        row = uploads.note(file.name, sha256, told, SYSTEM, at, content=content)
        report, brought = bringing.bring(row, understood, taken, SYSTEM, at=at, is_apart_left=False)
        number = row.id
    click.echo(f"已导入：{report.in_words()}")
    if brought is not None:
        _tell(brought)
    if report.numbers:
        click.echo(f"有误时可整批撤回：ledger undo {number} --reason 理由")


def _proven(content: bytes, understood: Understood, *, is_asked: bool) -> list[Taken]:
    """All of them, kept durably before any row is written; none where nobody asked."""
    if not is_asked:
        return []
    return take(content, EVERY.of(understood.pictures), current_app.extensions["evidence"])


def tell_what_waits(understood: Understood, *, is_asked: bool) -> None:
    """How many pictures there are, and how they come in."""
    if count := len(understood.pictures):
        way = "将收入为佐证" if is_asked else "没有收入，加上 --pictures 收入为佐证"
        click.echo(f"表中有{count}张图片，{way}")


def _tell(brought: Brought) -> None:
    """What became of them, each that was left at its cell."""
    click.echo(brought.in_words())
    for cell, why in brought.left:
        click.echo(f"{cell} 图片没有收入：{why}")

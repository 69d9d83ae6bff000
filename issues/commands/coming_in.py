"""A ledger that the command line brings in: tried out and taken back, or for good."""

from pathlib import Path

import click
from flask import current_app

from auth.actor import SYSTEM
from extensions import rehearsal, transaction
from issues.commands import pictures
from issues.exchange import uploads
from issues.exchange.import_report import RowsRefused, Workbook
from issues.exchange.importing import import_ledger
from issues.exchange.pictures import bringing
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
    taken = pictures.proven(content, understood, is_asked=is_with_pictures)
    at = clock.now()
    with transaction():
        row = uploads.note(file.name, sha256, told, SYSTEM, at, content=content)
        report, brought = bringing.bring(row, understood, taken, SYSTEM, at=at, is_apart_left=False)
        number = row.id
    click.echo(f"已导入：{report.in_words()}")
    if brought is not None:
        pictures.tell(brought)
    if report.numbers:
        click.echo(f"有误时可整批撤回：ledger undo {number} --reason 理由")

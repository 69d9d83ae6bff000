"""`evidence verify` and `dossier` on the command line."""

import json
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext
from sqlalchemy import select, union

from auth.actor import SYSTEM
from extensions import db, transaction
from issues import access
from issues.commands.typed import TYPED
from issues.dossiers import package
from issues.dossiers.content import INSIDE, OUTSIDE, Content, content_of
from issues.evidence import checklists
from issues.evidence.refusals import Damaged, EvidenceRefused
from issues.ground import clock
from issues.ground.documents import Unreadable, json_of
from issues.ground.refusals import Incomplete
from issues.models import ComplaintOriginal, Evidence, Issue

MOST_CHECKLIST = 1024 * 1024

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
    click.echo(f"共核验原件 {checked} 份，损坏 {damaged} 份")
    if damaged:
        sys.exit(1)


@evidence.command("checklist")
@click.argument(
    "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False
)
def checklist(file: Path | None) -> None:
    """Show the city's checklist of required evidence, or set it from a JSON file."""
    if file is None:
        click.echo(json.dumps(checklists.in_force(), ensure_ascii=False, indent=1))
        return
    try:
        document = json_of(file.read_bytes(), MOST_CHECKLIST)
    except Unreadable as wrong:
        raise click.ClickException(f"不是 JSON 文件：{wrong.sentence}") from wrong
    try:
        with transaction():
            checklists.put(document, SYSTEM, "", at=clock.now())
    except Incomplete as refused:
        raise click.ClickException("；".join(refused.errors["document"])) from refused
    click.echo("已采用新的必备材料清单")


def every_digest() -> Iterator[tuple[str, list[str]]]:
    """Each digest that a row names, with the numbers of its tickets."""
    named = (
        select(table.sha256, Issue.number).join(Issue, Issue.id == table.issue_id)
        for table in (Evidence, ComplaintOriginal)
    )
    rows = sorted(db.session.execute(union(*named)))
    for sha256, group in groupby(rows, key=lambda row: row.sha256):
        yield sha256, [row.number for row in group]


@click.command("dossier")
@click.argument("numbers", metavar="ISSUE...", nargs=-1, required=True, type=TYPED)
@click.option("-o", "output", type=click.Path(path_type=Path), required=True)
@click.option("--inside", is_flag=True, help="内部版：含暗访、回头看等内容，不得外传")
@with_appcontext
def dossier(numbers: tuple[str, ...], output: Path, *, inside: bool) -> None:
    """One ticket's dossier to the file, or each of several into the folder, told as they come."""
    if len(numbers) > 1:
        output.mkdir(parents=True, exist_ok=True)
    failed = []
    with click.progressbar(numbers, label="一题一档", file=sys.stderr) as bar:
        for number in bar:
            try:
                _write(number, output, several=len(numbers) > 1, inside=inside)
            except (Damaged, EvidenceRefused, LookupError) as error:
                failed.append(f"{number}：{error}")
            db.session.rollback()
    for said in failed:
        click.echo(said)
    if failed:
        sys.exit(1)


def _write(number: str, output: Path, *, several: bool, inside: bool) -> None:
    content = _content(number, inside=inside)
    target = output / package.name_of(content) if several else output
    package.refuse_without_room(content, target.resolve().parent)
    faces, store = current_app.extensions["faces"](), current_app.extensions["evidence"]
    manifest = package.write(content, faces, store, target, current_app.extensions["seal"])
    with transaction():
        access.note_command(f"dossier {number}", clock.now())
    click.echo(f"{number}：{len(manifest['files'])} 个文件，{target.stat().st_size} 字节")


def _content(number: str, *, inside: bool) -> Content:
    issue = db.session.scalars(select(Issue).where(Issue.number == number)).first()
    if issue is None:
        raise LookupError("没有这个编号的事项")
    return content_of(issue, INSIDE if inside else OUTSIDE)

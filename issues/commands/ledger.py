"""`ledger import` and `ledger export` on the command line."""

import sys
from pathlib import Path
from typing import NoReturn

import click
from flask import current_app
from flask.cli import AppGroup

from auth.actor import SYSTEM
from extensions import rehearsal, transaction
from issues import access
from issues.colour.policies import policy_on, setting
from issues.covering import cover_rows
from issues.exchange import uploads
from issues.exchange.earlier_imports import fill_past
from issues.exchange.importing import (
    RowsRefused,
    Workbook,
    import_ledger,
    understand_workbook,
    unit_names,
)  # fmt: skip
from issues.exchange.reading.constants import NOT_TOML, profile_of
from issues.exchange.reading.items import CellError, Understood
from issues.exchange.reading.profile import ProfileError
from issues.exchange.reading.unit_names import LEADING_BODY, Directory
from issues.exchange.workbook.mark_errors import mark_errors
from issues.exchange.workbook.package import MEGABYTE, MOST_BYTES, UnreadableWorkbook
from issues.exchange.writing.colour_rows import colour_rows
from issues.exchange.writing.register_rows import register_rows
from issues.exchange.writing.responsibility_list import write_register
from issues.ground import clock

ledger = AppGroup("ledger", help="台账的导入和导出")
_FILE = click.Path(path_type=Path)
_TARGET = click.Path(dir_okay=False, writable=True, path_type=Path)


@ledger.command("import", help="导入一份台账：全部写入，或逐格指出错误、一条也不写入")
@click.argument("file", type=_FILE)
@click.option("--dry-run", is_flag=True, help="只检查，不写入")
@click.option("--errors", "marked", type=_TARGET, help="把标红批注的工作簿写到这里")
@click.option("--profile", type=_FILE, help="补齐表中没有的栏目的配置，默认用工作簿旁同名的.toml")
def import_file(file: Path, *, dry_run: bool, marked: Path | None, profile: Path | None) -> None:
    """Every ticket of the workbook, or none: exit 1 with each bad cell named."""
    content = _content(file)
    beside = profile or file.with_suffix(".toml")
    if profile and not profile.is_file():
        _fail(f"读不到配置{profile}")
    try:
        told = beside.read_text(encoding="utf-8") if beside.is_file() else ""
        understood = understand_workbook(content, profile_of(told), clock.today())
    except (UnreadableWorkbook, ProfileError) as wrong:
        _fail(wrong.sentence)
    except UnicodeDecodeError:
        _fail(NOT_TOML)
    for notice in understood.notices:
        click.echo(f"提示 {notice.cell} {notice.heading} {notice.sentence}".replace("  ", " "))
    try:
        if dry_run:
            _rehearse(understood, file)
        else:
            _import(understood, file, told)
    except RowsRefused as refused:
        _refuse(refused.cells, content, understood, marked)


@ledger.command("export", help="按责任清单的格式导出看板上的全部问题")
@click.argument("file", type=_TARGET)
def export_file(file: Path) -> None:
    """Every ticket on the board in the layout of the responsibility list."""
    directory = Directory(unit_names())
    rows = register_rows(directory, policy_on(clock.today())[1])
    unit = next((u.name for u in directory.units.values() if u.kind == LEADING_BODY), "")
    file.write_bytes(
        write_register(
            rows,
            city=setting("city", directory.city),
            unit=unit,
            filled_on=clock.today(),
            colours=colour_rows(clock.today()),
        )
    )
    with transaction():
        access.note_command("ledger export", clock.now())
    click.echo(f"已导出{len(rows)}个问题")


@ledger.command(
    "backfill",
    help="补记此前导入的问题在导入以前各日的颜色，并把数据行纳入核验；可再运行",
)
def backfill() -> None:
    """What an import has written by itself since it does; a lot at a time, each whole."""
    filled = 0
    for filled in fill_past():
        click.echo(f"已补记{filled}个问题")
    if not filled:
        click.echo("没有需要补记的问题")
    if covered := cover_rows():
        click.echo(f"已把{covered}行数据纳入核验")


def _content(file: Path) -> bytes:
    """A file too large to be a ledger is not even read."""
    try:
        if file.stat().st_size > MOST_BYTES:
            _fail(f"文件超过{MOST_BYTES // MEGABYTE}MB，请分成几份导入")
        return file.read_bytes()
    except OSError:
        _fail(f"读不到文件{file}，请检查路径和权限")


def _rehearse(understood: Understood, file: Path) -> None:
    """The whole import, taken back: what it would refuse is refused here."""
    with rehearsal():
        report = import_ledger(understood, SYSTEM, at=clock.now(), workbook=Workbook(file.name, ""))
    click.echo(f"检查通过，没有写入：{report.in_words()}")


def _import(understood: Understood, file: Path, told: str) -> None:
    if understood.errors:
        raise RowsRefused(understood.errors)
    with file.open("rb") as stream:
        _, sha256 = uploads.receive(current_app.extensions["evidence"], stream)
    at = clock.now()
    with transaction():
        row = uploads.note(file.name, sha256, told, SYSTEM, at)
        report = import_ledger(understood, SYSTEM, at=at, workbook=uploads.workbook_of(row))
        uploads.confirm(row, report, at)
    click.echo(f"已导入：{report.in_words()}")


def _refuse(
    cells: tuple[CellError, ...], content: bytes, understood: Understood, marked: Path | None
) -> None:
    for error in cells:
        click.echo(f"{error.cell} {error.heading} {error.sentence}")
    if marked is not None:
        marked.write_bytes(mark_errors(content, cells, understood.sheet))
        click.echo(f"标红批注的工作簿已写到{marked}")
    _fail(f"有{len(cells)}处错误，没有导入任何内容")


def _fail(sentence: str) -> NoReturn:
    click.echo(sentence)
    sys.exit(1)

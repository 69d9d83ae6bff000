"""`regions import` on the command line."""

import sys
from pathlib import Path

import click
from flask.cli import AppGroup

from auth.actor import SYSTEM
from extensions import transaction
from issues.exchange.import_report import RowsRefused
from issues.exchange.reading.items import CellError
from issues.exchange.workbook.package import UnreadableWorkbook
from issues.territory import sheet
from issues.territory.sheet import Read

regions = AppGroup("regions", help="区域")


@regions.command("import", help="导入区域工作簿：全部写入，或逐格指出错误、一个也不写入")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="只检查，不写入")
def import_file(file: Path, *, dry_run: bool) -> None:
    """Every place of the workbook, or none: exit 1 with each bad cell named."""
    try:
        read = _read(file.read_bytes(), is_kept=not dry_run)
    except UnreadableWorkbook as wrong:
        click.echo(wrong.sentence, err=True)
        sys.exit(1)
    except RowsRefused as refused:
        _refuse(refused.cells)
    click.echo(f"检查无误：{read.told}" if dry_run else f"导入完成：{read.told}")


def _read(content: bytes, *, is_kept: bool) -> Read:
    if is_kept:
        with transaction():
            return sheet.bring_in(SYSTEM, content)
    read = sheet.understand(content)
    if read.errors:
        raise RowsRefused(tuple(read.errors))
    return read


def _refuse(cells: tuple[CellError, ...]) -> None:
    for one in cells:
        click.echo(f"{one.cell}（{one.heading}）：{one.sentence}", err=True)
    click.echo(f"有{len(cells)}处需要改正，一个区域也没有写入。", err=True)
    sys.exit(1)

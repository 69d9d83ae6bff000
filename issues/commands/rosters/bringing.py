"""What both workbooks have in common: the file read, wrong cells named, nothing or all of it."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import click

from auth.actor import SYSTEM
from extensions import rehearsal, transaction
from issues.exchange.import_report import RowsRefused
from issues.exchange.workbook.mark_errors import mark_errors
from issues.exchange.workbook.package import MEGABYTE, MOST_BYTES, UnreadableWorkbook
from issues.ground.secrecy import marking
from issues.rosters import kept
from issues.rosters.outcome import Outcome
from issues.vocabulary import RosterKind

Before = Callable[[Outcome], None]
"""What is still done within the transaction: if that fails, nothing has been brought in."""


def bring(
    kind: RosterKind, file: Path, reason: str, marked: Path | None, *, dry_run: bool, before: Before
) -> None:
    """Exit 1 with each wrong cell named."""
    content = content_of(file)
    try:
        with rehearsal() if dry_run else transaction():
            outcome = kept.bring(kind, content, SYSTEM, reason or kept.by_default(file.name))
            kept.refuse_errors(outcome)
            if not dry_run:
                kept.refuse_without_reason(outcome, reason)
                before(outcome)
    except UnreadableWorkbook as wrong:
        fail(wrong.sentence)
    except marking.Marked as refused:
        fail(f"{refused.sentence}没有写入。")
    except kept.NoReason:
        fail("有修改的内容，请用 --reason 写明理由，如机构改革文件号")
    except RowsRefused as refused:
        refuse(refused, content, marked)
    else:
        _tell(outcome, kind, dry_run=dry_run)


def _tell(outcome: Outcome, kind: RosterKind, *, dry_run: bool) -> None:
    for line in outcome.lines:
        if line.told:
            click.echo(f"第{line.row}行 {line.name}：{'；'.join(line.told)}")
    counted = outcome.in_words(kept.COUNTED[kind])
    click.echo(f"检查通过，没有写入：{counted}" if dry_run else f"已导入：{counted}")


def refuse(refused: RowsRefused, content: bytes, marked: Path | None) -> NoReturn:
    for error in refused.cells:
        click.echo(f"{error.cell} {error.heading} {error.sentence}")
    if marked is not None:
        try:
            marked.write_bytes(mark_errors(content, refused.cells))
            click.echo(f"标红批注的工作簿已写到{marked}")
        except UnreadableWorkbook as wrong:
            click.echo(wrong.sentence)
        except OSError:
            click.echo(f"写不了文件{marked}，请检查路径和权限")
    fail(f"有{len(refused.cells)}处错误，没有导入任何内容")


def content_of(file: Path) -> bytes:
    try:
        if file.stat().st_size > MOST_BYTES:
            fail(f"文件超过{MOST_BYTES // MEGABYTE}MB，请分成几份导入")
        return file.read_bytes()
    except OSError:
        fail(f"读不到文件{file}，请检查路径和权限")


def fail(sentence: str) -> NoReturn:
    click.echo(sentence)
    sys.exit(1)

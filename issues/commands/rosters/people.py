"""`users import`: accounts with their roles; the one-time passwords go into a file of the owner's.

The file is whole on the disk before anything is committed: where it cannot be written nobody is
imported, and where the commit fails it is taken away again.
"""

import io
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click
import xlsxwriter

from auth import changing
from auth.acting import named
from issues.commands.rosters.bringing import bring, fail
from issues.commands.rosters.units import TARGET
from issues.commands.typed import TYPED
from issues.ground.present import present
from issues.rosters.outcome import MADE, Outcome
from issues.vocabulary import RosterKind

HEADS = (("账号", 16), ("姓名", 14), ("单位", 24), ("一次性密码", 26))
OWNER_ONLY = 0o600


@click.command(
    "import", help="按工作簿新建、修改账号并授予角色：全部写入，或逐格指出错误、一个也不写入。"
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="只检查，不写入。")
@click.option("--passwords", "out", type=TARGET, help="新账号的一次性密码写到这个新文件。")
@click.option("--reason", type=TYPED, default="", help="修改账号的理由。")
@click.option("--errors", "marked", type=TARGET, help="把标红批注的工作簿写到这里。")
def import_people(
    file: Path, *, dry_run: bool, out: Path | None, reason: str, marked: Path | None
) -> None:
    """Nothing is written to the file of passwords where nobody is new."""
    written: list[int] = []

    def write(outcome: Outcome) -> None:
        lines = [_line(one.key) for one in outcome.lines if one.outcome == MADE]
        if not lines:
            return
        if out is None:
            fail(f"有{len(lines)}个新账号，请用 --passwords 写明一次性密码写到哪个文件")
        _write(out, _workbook(lines))
        written.append(len(lines))

    with _taken_away_on_failure(out, written):
        bring(RosterKind.PEOPLE, file, reason, marked, dry_run=dry_run, before=write)
    if written:
        click.echo(f"{written[0]}个一次性密码已写到{out}，首次登录须修改；交到本人后请删除该文件")


@contextmanager
def _taken_away_on_failure(out: Path | None, written: Sequence[int]) -> Iterator[None]:
    try:
        yield
    except BaseException:
        if written:
            present(out, "the file that was written").unlink(missing_ok=True)
        raise


def _line(name: str) -> tuple[str, str, str, str]:
    user = present(named(name), "an account that was just made")
    unit = user.unit.short_name if user.unit else ""
    return user.name, user.display_name, unit, changing.once_password(user)


def _workbook(lines: Sequence[tuple[str, ...]]) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("一次性密码")
    text = book.add_format({"border": 1, "quote_prefix": True})
    bold = book.add_format({"border": 1, "bold": True})
    for place, (heading, width) in enumerate(HEADS):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, heading, bold)
    for row, line in enumerate(lines, start=1):
        for place, words in enumerate(line):
            sheet.write_string(row, place, words, text)
    book.close()
    return target.getvalue()


def _write(out: Path, content: bytes) -> None:
    """A new file that its owner alone can read; one that is there is not overwritten."""
    try:
        number = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    except FileExistsError:
        fail(f"文件{out}已经存在，请换一个名称，没有导入")
    except OSError:
        fail(f"写不了文件{out}，请检查路径和权限，没有导入")
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        out.unlink(missing_ok=True)
        fail(f"写不了文件{out}，请检查磁盘，没有导入")

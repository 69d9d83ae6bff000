"""`ledger import` and `ledger export` on the command line."""

import sys
from pathlib import Path
from typing import NoReturn

import click
from flask import current_app
from flask.cli import AppGroup

from extensions import transaction
from issues import access
from issues.city.lines import NotSetUp
from issues.commands import coming_in, differences, likeness
from issues.commands.typed import TYPED
from issues.covering import cover_rows
from issues.evidence.contradictions import keeping as contradictions
from issues.exchange import profiles, uploads
from issues.exchange.asking_alike.question import NEW, SAME
from issues.exchange.earlier_imports import fill_past, seal_persons
from issues.exchange.import_report import RowsRefused
from issues.exchange.importing import read_workbook, understand_workbook
from issues.exchange.matching import kept
from issues.exchange.old.texts import clean_texts
from issues.exchange.reading.constants import NOT_TOML, laid_over, profile_of
from issues.exchange.reading.items import CellError, Understood
from issues.exchange.reading.profile import ProfileError
from issues.exchange.workbook.mark_errors import mark_errors
from issues.exchange.workbook.package import MEGABYTE, MOST_BYTES, UnreadableWorkbook
from issues.ground import clock
from issues.ground.refusals import Refusal
from issues.ground.secrecy import marking
from issues.likeness import index as keys, lead_keys
from issues.queries.ledger.paper import file_of
from issues.queries.ledger.plain import plain_file
from issues.queries.ledger.stood import COMMAND
from issues.queries.register.filters import Filters
from issues.queries.register.narrowing import read_day
from issues.search.rebuilding import rebuild

ledger = AppGroup("ledger", help="台账的导入和导出")
NO_FILE = "-"
_FILE = click.Path(path_type=Path)
_TARGET = click.Path(dir_okay=False, writable=True, path_type=Path)


@ledger.command("import", help="导入一份台账：全部写入，或逐格指出错误、一条也不写入")
@click.argument("file", type=_FILE)
@click.option("--dry-run", is_flag=True, help="只检查，不写入")
@click.option("--errors", "marked", type=_TARGET, help="把标红批注的工作簿写到这里")
@click.option("--profile", type=_FILE, help="补齐表中没有的栏目的配置，默认用工作簿旁同名的.toml")
@click.option("--pictures", "is_with_pictures", is_flag=True, help="把单元格中的图片收入为佐证")
@click.option("--not-secret", is_flag=True, help="已核对带密级字样的单元格，确认不涉密")
@click.option(
    "--likeness",
    "alike",
    type=click.Choice((NEW, SAME)),
    help="可能与台账中的问题相同的各行：都是新问题（new），或都是最相似的那一个（same）",
)
@click.option(
    "--diff",
    "compared",
    is_flag=False,
    flag_value=NO_FILE,
    type=_TARGET,
    metavar="[OUT.xlsx]",
    help="只与台账比对，不写入：逐处列出差异，可写到工作簿供标“接受”",
)
@click.option(
    "--accept",
    "accepted",
    type=TYPED,
    metavar="all|OUT.xlsx",
    help="接受全部差异，或 --diff 写出的工作簿中标为接受的差异",
)
def import_file(
    file: Path,
    *,
    dry_run: bool,
    marked: Path | None,
    profile: Path | None,
    is_with_pictures: bool,
    not_secret: bool,
    alike: str | None,
    compared: Path | None,
    accepted: str | None,
) -> None:
    """Every ticket of the workbook, or none: exit 1 with each bad cell named."""
    if (compared is not None) + (accepted is not None) + dry_run > 1:
        _fail("--dry-run、--diff和--accept一次只能用一个")
    content = _content(file)
    is_compared = compared is not None or accepted is not None
    understood, told = _understood(content, file, profile, alike, is_compared=is_compared)
    if layout := kept.named(understood.recognised):
        told = laid_over(layout.document, told)
        click.echo(f"按《{layout.name}》识别")
    _mind_marking(understood, not_secret=not_secret)
    if compared is not None:
        return differences.show(understood, None if compared.name == NO_FILE else compared)
    if accepted is not None:
        return differences.accept(understood, accepted, file.name)
    for notice in understood.notices:
        click.echo(f"提示 {notice.cell} {notice.heading} {notice.sentence}".replace("  ", " "))
    coming_in.tell_what_waits(understood, is_asked=is_with_pictures)
    likeness.mind(understood)
    try:
        if dry_run:
            coming_in.rehearse(understood, file)
        else:
            coming_in.bring(understood, file, told, is_with_pictures=is_with_pictures)
    except RowsRefused as refused:
        _refuse(refused.cells, content, understood, marked)


def _understood(
    content: bytes, file: Path, profile: Path | None, which: str | None, *, is_compared: bool
) -> tuple[Understood, str]:
    """The sheet as read, and the text of its profile: the one named, or the one beside it."""
    beside = profile or file.with_suffix(".toml")
    if profile and not profile.is_file():
        _fail(f"读不到配置{profile}")
    read = read_workbook if is_compared else understand_workbook
    try:
        told = beside.read_text(encoding="utf-8") if beside.is_file() else ""
        told = likeness.answered(content, told, which)
        return read(content, profile_of(told), clock.today()), told
    except (UnreadableWorkbook, ProfileError, NotSetUp) as wrong:
        _fail(wrong.sentence)
    except UnicodeDecodeError:
        _fail(NOT_TOML)


@ledger.command("export", help="按责任清单的格式，或按导出样式，导出看板上的全部问题")
@click.argument("file", type=_TARGET)
@click.option(
    "--profile",
    type=TYPED,
    default="",
    help="导出样式：list dispatch bulletin complaints flat，或自建样式的名称",
)
@click.option(
    "--on", "day", type=TYPED, default="", help="按哪一天的颜色和状态，如 2025-11-25；默认今天"
)
def export_file(file: Path, profile: str, day: str) -> None:
    """Every ticket on the board; without a profile as an import reads it again."""
    if day and read_day(day) is None:
        _fail(f"认不出日期“{day}”，应写成 2025-11-25")
    filters, today = Filters(on=day, sort="number" if day else ""), clock.today()
    try:
        if profile:
            chosen = profiles.named(profile, COMMAND)
            content, count = file_of(chosen, filters, COMMAND, today)
        else:
            content, count = plain_file(filters, COMMAND, today)
    except Refusal as refused:
        _fail(refused.sentence)
    _write(file, content)
    with transaction():
        access.note_command(" ".join(filter(None, ("ledger export", profile, day))), clock.now())
    click.echo(f"已导出{count}个问题")


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError:
        _fail(f"写不了文件{file}，请检查路径和权限")


@ledger.command(
    "backfill",
    help="清理以前存下的文字中看不见的字符，补记此前导入的问题在导入以前各日的颜色，"
    "封存其补充信息中的举报人信息，重写检索文字，比对各项来源，并把数据行纳入核验；可中断，再运行即接着做",
)
@click.option("--search", "anew", is_flag=True, help="从第一个问题起重写全部检索文字")
def backfill(*, anew: bool) -> None:
    """What every door and an import do by themselves since they do; a lot at a time, each whole."""
    cleaned = filled = 0
    for cleaned in clean_texts(current_app.extensions["evidence"]):
        click.echo(f"已清理{cleaned}个问题或暗访记录的文字")
    for filled in fill_past():
        click.echo(f"已补记{filled}个问题")
    for work, told in (
        (seal_persons(), "已封存{}个问题补充信息中的举报人信息"),
        (rebuild(anew=anew), "已重写{}段检索文字"),
        (contradictions.rebuild(), "已找出{}处矛盾线索"),
        (keys.rebuild(), "已为{}个问题建立查重索引"),
        (lead_keys.rebuild(), "已为{}条线索建立查重索引"),
    ):
        if count := max(work, default=0):
            click.echo(told.format(count))
    if not cleaned:
        click.echo("没有需要清理的文字")
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


def _mind_marking(understood: Understood, *, not_secret: bool) -> None:
    marking.confirm(confirmed=not_secret)
    try:
        uploads.refuse_marked(understood)
    except marking.Marked as refused:
        told = [said for name, each in refused.errors.items() for said in each
                if name != marking.CONFIRMED]  # fmt: skip
        _fail(f"{'；'.join(told)}。没有写入；确认不涉密的，加上 --not-secret 再导入。")


def _refuse(
    cells: tuple[CellError, ...], content: bytes, understood: Understood, marked: Path | None
) -> None:
    for error in cells:
        click.echo(f"{error.cell} {error.heading} {error.sentence}")
    if marked is not None:
        try:
            marked.write_bytes(mark_errors(content, cells, understood.sheet))
            click.echo(f"标红批注的工作簿已写到{marked}")
        except UnreadableWorkbook as wrong:
            click.echo(wrong.sentence)
    _fail(f"有{len(cells)}处错误，没有导入任何内容")


def _fail(sentence: str) -> NoReturn:
    click.echo(sentence)
    sys.exit(1)

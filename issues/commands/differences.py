"""`ledger import --diff` and `--accept`: what a ledger says otherwise, and taking that over."""

import sys
from dataclasses import replace
from pathlib import Path

import click

from auth.actor import SYSTEM
from extensions import transaction
from issues.colour.policies import policy_on
from issues.exchange.aliases import unit_names
from issues.exchange.differences.accepting import take_over
from issues.exchange.differences.comparing import compare_with_register
from issues.exchange.differences.difference import Comparison
from issues.exchange.differences.marked import marked_workbook, read_marks
from issues.exchange.reading.items import Understood
from issues.exchange.reading.unit_names import Directory
from issues.exchange.workbook.package import UnreadableWorkbook
from issues.ground import clock
from issues.vocabulary import Role

ALL = "all"
DIFFERENT, REFUSED = 3, 1
OFFICE = replace(SYSTEM, roles=frozenset({Role.OFFICE}))
"""Who runs commands has the database already; the acts are those of the office."""


def show(understood: Understood, out: Path | None) -> None:
    """One line a difference. Exit 0 where there is none, 3 where there are, 1 for bad cells."""
    found = _compared(understood)
    for one in found.differences:
        click.echo(one.line)
    for item in found.new:
        click.echo(f"提示 第{item.row}行的问题不在台账中，不比对：{item.title}")
    for error in found.errors:
        click.echo(f"{error.cell} {error.heading} {error.sentence}")
    click.echo(f"共比对{found.tickets}个问题，{len(found.differences)} 处差异")
    if out is not None and found.differences:
        out.write_bytes(marked_workbook(found))
        click.echo(f"差异已写到{out}，在“是否接受”一栏标“接受”后用 --accept {out} 写入")
    if found.errors:
        click.echo(f"有{len(found.errors)}处单元格读不懂，所在的问题没有比对")
        sys.exit(REFUSED)
    if found.differences:
        sys.exit(DIFFERENT)


def accept(understood: Understood, which: str, name: str) -> None:
    """All differences, or those marked in a workbook. Exit 1 where any of them is refused."""
    marks = None if which == ALL else _marks(Path(which))
    with transaction():
        found = _compared(understood)
        codes = {one.code for one in found.differences}
        chosen = [one for one in found.differences if marks is None or one.code in marks]
        taken = take_over(chosen, OFFICE, name, clock.now())
    for one in taken.done:
        click.echo(f"已接受 {one.line}")
    for one, why in taken.refused:
        click.echo(f"未写入 {one.line}：{why}")
    gone = len((marks or frozenset()) - codes)
    if gone:
        click.echo(f"标为接受的有{gone}处与现在的台账或文件对不上，没有写入，请重新比对")
    for error in found.errors:
        click.echo(f"{error.cell} {error.heading} {error.sentence}")
    left = len(found.differences) - len(taken.done)
    click.echo(f"接受{len(taken.done)}处，还有{left}处差异没有写入")
    if gone or found.errors or (taken.refused and marks is not None):
        sys.exit(REFUSED)


def _marks(path: Path) -> frozenset[str]:
    try:
        return read_marks(path.read_bytes())[0]
    except OSError:
        click.echo(f"读不到文件{path}：--accept 后写 all，或写 --diff 生成并标过的工作簿")
    except UnreadableWorkbook as wrong:
        click.echo(wrong.sentence)
    sys.exit(REFUSED)


def _compared(understood: Understood) -> Comparison:
    policy = policy_on(clock.today())[1]
    return compare_with_register(understood, Directory(unit_names()), policy)

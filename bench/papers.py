"""`python -m bench.papers`: each profile's file of a whole register, beside its bare writing.

Bare is the same cells by the same library without a form, a merged cell or a question to the
database. Seconds are of this process alone; the ratio of the two says what a paper costs.
"""

import argparse
import csv
import io
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import xlsxwriter
from sqlalchemy import func, select

from app import create_app
from auth.models import User
from auth.signin import actor_for
from bench.data import PERSON, prepare
from config import Config
from extensions import db
from issues.exchange.writing.profiles.flat_file import flat_file, said
from issues.exchange.writing.profiles.paper import Paper
from issues.exchange.writing.profiles.profile import READY, Profile
from issues.exchange.writing.profiles.workbook import workbook
from issues.ground import clock
from issues.models import Issue
from issues.queries.ledger.paper import paper
from issues.queries.ledger.plain import plain_file
from issues.queries.register.filters import Filters

RESULTS = Path(__file__).parent / "papers.json"
ISSUES = 10_000
MEBIBYTE = 1024


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.papers", description=__doc__)
    parser.add_argument("--issues", type=int, default=ISSUES, help="问题数量")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Config.from_env(dict(prepare(Path(folder), asked.issues).environ)))
        with app.app_context():
            told = measure()
    RESULTS.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


def measure() -> dict[str, Any]:
    person = actor_for(db.session.scalars(select(User).where(User.name == PERSON)).one())
    today, total = clock.today(), db.session.scalar(select(func.count(Issue.id)))
    print(f"{total} 个问题")
    found: dict[str, Any] = {"issues": total, "profiles": {}}
    _, plain = _timed(lambda: plain_file(Filters(), person, today))
    found["plain_seconds"] = plain
    print(f"  可再导入的清单 {plain:.1f} 秒")
    for profile in READY:
        one = _of(profile, lambda profile=profile: paper(profile, Filters(), person, today))
        found["profiles"][profile.name] = one
        print(
            f"  {profile.label} 取数 {one['read_seconds']:.1f} 秒，"
            f"成文 {one['write_seconds']:.1f} 秒，"
            f"为裸写（{one['bare_seconds']:.1f} 秒）的 {one['of_bare']:.1f} 倍，{one['bytes']} 字节"
        )
        db.session.rollback()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEBIBYTE
    print(f"  内存最多 {most:.0f} MiB")
    return found | {"most_mib": most}


def _of(profile: Profile, read: Callable[[], Paper]) -> dict[str, float]:
    drawn, reading = _timed(read)
    content, writing = _timed(lambda: (flat_file if profile.is_csv else workbook)(drawn))
    _, bare = _timed(lambda: (_bare_csv if profile.is_csv else _bare_workbook)(drawn))
    return {
        "read_seconds": reading, "write_seconds": writing, "bare_seconds": bare,
        "of_bare": (reading + writing) / bare, "bytes": len(content),
    }  # fmt: skip


def _bare_workbook(drawn: Paper) -> None:
    book = xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True})
    for table in drawn.tables:
        sheet, at = book.add_worksheet(table.name), 0
        for line in table.lines:
            for cells in line.steps or [line.cells]:
                for place, column in enumerate(table.columns):
                    value = (cells if column.of_measure else line.cells).get(column.key)
                    sheet.write_string(at, place, said(value))
                at += 1
    book.close()


def _bare_csv(drawn: Paper) -> None:
    table, writer = drawn.tables[0], csv.writer(io.StringIO())
    for line in table.lines:
        writer.writerow(str(line.cells.get(column.key)) for column in table.columns)


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    begun = time.process_time()
    outcome = work()
    return outcome, time.process_time() - begun


if __name__ == "__main__":
    sys.exit(main())

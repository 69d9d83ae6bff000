"""The working-day calendar of a year, filled from the State Council's notice, and what it moves."""

import csv
import io
import re
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import and_, delete, select

from auth.actor import Actor
from extensions import db
from issues import audit
from issues.colour.facts_of import in_chunks
from issues.colour.policies import policy_on, workdays
from issues.colour.settle import COLOURED, settle_all
from issues.ground import clock
from issues.ground.present import present
from issues.ground.refusals import Incomplete, NotAllowed
from issues.imprints.writing import touch
from issues.models import CalendarDay, CalendarYear, Issue, IssueFiring
from issues.rights.table import Right, holds
from issues.rules.dates.deadlines import UnreadableDeadline, read_day
from issues.vocabulary import OPEN, CalendarAct, Rule, Status, Subject

FIRST_YEAR, LAST_YEAR = 2000, 2099
LONGEST_DOCUMENT = 80
MOST_LINES = 60
LONGEST_SPAN = 31
SATURDAY = 5
MARKS = ("休", "班")
LARGEST_FILE = 64 * 1024
_LINE = re.compile(
    r"(?P<first>\S+?)(?:至(?P<last>\S+?))?[\s,，]+(?P<kind>休|班)(?:[\s,，]+(?P<name>\S.*))?"
)


class Day(NamedTuple):
    day: date
    is_workday: bool
    name: str


def read_lines(text: str, year: int) -> list[Day]:
    """One day or span a line: 2027-01-01至2027-01-03 休 元旦. Raises Incomplete, line by line."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    wrong: list[str] = []
    known: dict[date, int] = {}
    days: list[Day] = []
    if not lines or len(lines) > MOST_LINES:
        raise Incomplete({"days": [f"请逐行填写放假和调休上班的日子，不超过{MOST_LINES}行"]})
    for place, line in enumerate(lines, start=1):
        try:
            found = _read_line(line, year)
        except ValueError as error:
            wrong.append(f"第{place}行“{line[:40]}”：{error}")
            continue
        for day in found:
            if day.day in known:
                wrong.append(f"第{place}行：{day.day}与第{known[day.day]}行重复")
            known.setdefault(day.day, place)
        days += found
    if wrong:
        raise Incomplete({"days": wrong})
    return sorted(days)


def lines_of_file(data: bytes) -> str:
    """A CSV file as the lines one would type. Raises Incomplete."""
    if len(data) > LARGEST_FILE:
        raise Incomplete({"file": ["表格过大，不像是一年的放假安排"]})
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:  # as a spreadsheet of an older office saves it
        text = data.decode("gb18030", errors="replace")
    rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""))]
    if rows and not any(mark in rows[0] for mark in MARKS):
        rows = rows[1:]  # the headings
    return "\n".join(_typed(row) for row in rows if any(row))


def _typed(row: list[str]) -> str:
    is_span = len(row) > 2 and row[1] not in MARKS and row[2] in MARKS  # noqa: PLR2004 - 起,止,类
    return " ".join([f"{row[0]}至{row[1]}", *row[2:]] if is_span else row).strip()


def _read_line(line: str, year: int) -> list[Day]:
    """Raises ValueError with a Chinese sentence."""
    match = _LINE.fullmatch(line)
    if match is None:
        raise ValueError("应写作“日期 休 名称”或“日期至日期 休 名称”，上班的写“班”")
    try:
        first = read_day(match["first"])
        last = read_day(match["last"]) if match["last"] else first
    except UnreadableDeadline as wrong:
        raise ValueError(wrong.sentence) from None
    if first.year != year or last.year != year:
        raise ValueError(f"不在{year}年内")
    length = (last - first).days
    if not 0 <= length < LONGEST_SPAN:
        raise ValueError("起止日期颠倒，或一次超过一个月")
    is_workday, name = match["kind"] == "班", match["name"] or ""
    days = [Day(first + timedelta(days=n), is_workday, name) for n in range(length + 1)]
    idle = next((day.day for day in days if is_workday and day.day.weekday() < SATURDAY), None)
    if idle is not None:
        raise ValueError(f"{idle}本是工作日，不需要写“班”")
    return days


def fill_year(year: int, document: str, text: str, actor: Actor, at: datetime) -> int:
    """Replace a year's calendar and recompute what it touches; how many tickets. Never commits."""
    if not holds(actor, Right.FILL_CALENDAR):
        raise NotAllowed("您没有维护工作日历的权限。")
    errors = {}
    if not FIRST_YEAR <= year <= LAST_YEAR:
        errors["year"] = [f"年份应在{FIRST_YEAR}至{LAST_YEAR}之间"]
    if not document.strip() or len(document.strip()) > LONGEST_DOCUMENT:
        errors["document"] = [f"请填写放假通知的文号，不超过{LONGEST_DOCUMENT}字"]
    if errors:
        raise Incomplete(errors)
    days = read_lines(text, year)
    first, last = date(year, 1, 1), date(year, 12, 31)
    old = CalendarDay.day.between(first, last)
    touch(CalendarDay, old)
    db.session.execute(delete(CalendarDay).where(old))
    db.session.merge(CalendarYear(year=year, document=document.strip()))
    db.session.add_all(CalendarDay(**day._asdict()) for day in days)
    db.session.flush()
    touched = _recompute(at)
    audit.record(
        Subject.CALENDAR, year, CalendarAct.FILL, actor, at=at, reason=document.strip(),
        detail={"days": [[day.day, day.is_workday, day.name] for day in days],
                "recomputed": touched},
    )  # fmt: skip
    return touched


def _recompute(at: datetime) -> int:
    """Publicity ends and missed reports are counted in working days; notices keep their dates."""
    calendar = workdays()
    policy = policy_on(clock.day_of(at))
    for issue in db.session.scalars(select(Issue).where(Issue.status == Status.PUBLICITY)):
        since = present(issue.publicity_from, f"the publicity of {issue.number}")
        issue.publicity_until = calendar.add(since, policy[1].publicity_workdays)
    counted = select(IssueFiring.issue_id).where(IssueFiring.rule == Rule.Y4)
    asked = and_(Issue.status.in_(OPEN), Issue.id.in_(counted))
    lots = in_chunks(*COLOURED, where=asked, is_locked=True)
    return sum(settle_all(rows, at, policy, calendar) for rows in lots)


def years() -> list[CalendarYear]:
    return list(db.session.scalars(select(CalendarYear).order_by(CalendarYear.year.desc())))


def days_of(year: int) -> list[CalendarDay]:
    rows = select(CalendarDay).where(CalendarDay.day.between(date(year, 1, 1), date(year, 12, 31)))
    return list(db.session.scalars(rows.order_by(CalendarDay.day)))

"""The whole history for the auditor, who reads it, takes it along and does nothing else."""

import io
from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import Any

from flask import Blueprint, current_app, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from issues.exchange.writing.tables import Cells, Tables
from issues.ground import clock, signs
from issues.ground.numbers import LARGEST_ID, whole as whole_number
from issues.ground.refusals import Incomplete
from issues.notices.page.gongwen import EXAMPLE_NOTE
from issues.queries.admin.history import LOOKS, Line, Wanted, count, every, records
from issues.queries.ground.record import doubted
from issues.rights.table import Right
from issues.vocabulary import Subject
from issues.web.door.guards import requires
from issues.web.door.navigation import moment
from issues.web.door.turns import builds_file
from issues.web.exchange.imports import XLSX

blueprint = Blueprint("history", __name__)
NARROWED = ("subject", "act", "actor", "name", "since", "until")
"""What of an address goes on to the older page and into the file."""
LONGEST = 80
MOST = 100_000
"""Rows of one file: about twenty seconds."""
NAME = "历史"
HEADS = (
    "时间", "办理人", "单位", "事项类别", "事项", "第几条", "办理", "原状态", "新状态", "理由",
    "摘要",
)  # fmt: skip
WIDTHS = (20, 12, 20, 12, 24, 8, 20, 14, 14, 40, 68)


@blueprint.get("/history")
@requires(Right.HISTORY)
def whole() -> ResponseReturnValue:
    """Newest first. A filter that cannot be read finds nothing less: it is left out."""
    wanted, asked = _wanted(), _asked()
    found, total = records(wanted), count(wanted)
    return render_template(
        "admin/history.html",
        found=found,
        wanted=wanted,
        total=total,
        most=MOST,
        subjects=Subject.choices(),
        looks=[(act.value, act.label) for act in LOOKS],
        acts=_acts(),
        doubted=doubted(),
        older_link=url_for("history.whole", **asked, before=found.next),
        newest_link=url_for("history.whole", **asked) if wanted.before is not None else "",
        file=url_for("history.workbook", **asked) if 0 < total <= MOST else "",
    )


@blueprint.get("/history.xlsx")
@requires(Right.HISTORY)
@builds_file
def workbook() -> ResponseReturnValue:
    """All that the filter finds, with each row's digest. Raises Incomplete where it is too much."""
    wanted = _wanted()
    if (total := count(wanted)) > MOST:
        raise Incomplete({"since": [f"一份文件至多{MOST}条，现有{total}条，请缩小日期范围。"]})
    book, today = Tables(is_long=True), clock.today()
    book.turn_to(NAME, WIDTHS)
    book.say(f"{NAME}，{_words(wanted)}，导出于{moment(clock.now())}")
    if current_app.extensions["settings"].demo:
        book.say(EXAMPLE_NOTE)
    book.table(HEADS, _rows(wanted))
    answer = send_file(
        io.BytesIO(book.bytes()), XLSX, as_attachment=True, max_age=0,
        download_name=f"{NAME}-{today}.xlsx",
    )  # fmt: skip
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _rows(wanted: Wanted) -> Iterator[Cells]:
    return (_cells(line) for lines in every(wanted) for line in lines)


def _cells(line: Line) -> Cells:
    return (
        moment(line.at), line.actor, line.unit, line.subject, line.name, line.seq, line.act,
        line.before, line.after, line.reason, line.digest,
    )  # fmt: skip


def _words(wanted: Wanted) -> str:
    """The filter as the head of the file says it."""
    subject, code = Subject.of(wanted.subject), wanted.act.rpartition(".")[2]
    label = next((label for _, group in _acts() for key, label in group if key == wanted.act), "")
    look = next((act.label for act in LOOKS if act.value == code), code)
    said = (
        subject and f"事项类别“{subject.label}”",
        wanted.act and f"办理“{label or look}”",
        wanted.actor and f"办理人“{wanted.actor}”",
        wanted.name and f"事项“{wanted.name}”",
        wanted.since and f"自{wanted.since}",
        wanted.until and f"至{wanted.until}",
    )
    return "、".join(one for one in said if one) or "全部"


def _acts() -> list[tuple[str, list[tuple[str, str]]]]:
    """What can have been done, by what it is done to."""
    return [
        (one.label, [(f"{one.value}.{act.value}", act.label) for act in chain(*one.acts)])
        for one in Subject
    ]


def _asked() -> dict[str, Any]:
    return {name: request.args[name] for name in NARROWED if request.args.get(name)}


def _wanted() -> Wanted:
    asked = request.args
    return Wanted(
        subject=asked.get("subject", ""),
        act=asked.get("act", ""),
        actor=_text("actor"),
        name=_text("name"),
        since=_day(asked.get("since", "")),
        until=_day(asked.get("until", "")),
        before=whole_number(asked.get("before", ""), 0, LARGEST_ID),
    )


def _text(name: str) -> str:
    return signs.bare(request.args.get(name, "")).strip()[:LONGEST]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

"""The two pages of a workbook: the upload, and what would come of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from auth.models import User
from extensions import transaction
from issues.act_fields import Field, optional
from issues.ground import clock
from issues.ground.refusals import Incomplete, Refusal
from issues.models import Roster
from issues.queries.admin import rosters as queries
from issues.queries.ground.paging import page_asked, pages_of, within
from issues.rosters import kept
from issues.rosters.columns import COLUMNS
from issues.rosters.outcome import CHANGED, MADE, WORDS, Outcome
from issues.vocabulary import RosterKind
from issues.web.door import drawing
from issues.web.door.files import staged
from issues.web.door.guards import actor

UNITS, PEOPLE = RosterKind.UNITS, RosterKind.PEOPLE
POLLUTERS, LEADS, KEEPERS = RosterKind.POLLUTERS, RosterKind.LEADS, RosterKind.KEEPERS
ALL_OF = {UNITS: "单位", PEOPLE: "账号", POLLUTERS: "污染源", LEADS: "线索", KEEPERS: "包保"}
NAMED = {
    UNITS: ("代码", "名称"), PEOPLE: ("账号", "名称"), POLLUTERS: ("代码", "名称"),
    LEADS: ("来源编号", "线索"), KEEPERS: ("区域或问题", "姓名"),
}  # fmt: skip
"""What the two columns are called that tell what a row is about."""
A_PAGE, MOST_ERRORS_SHOWN = 50, 200
SHOWN = {
    UNITS: "rosters.show_units",
    PEOPLE: "rosters.show_people",
    POLLUTERS: "polluter_import.show",
    LEADS: "lead_import.show",
    KEEPERS: "keeper_import.show",
}
CONFIRM = {
    UNITS: "rosters.confirm_units",
    PEOPLE: "rosters.confirm_people",
    POLLUTERS: "polluter_import.confirm",
    LEADS: "lead_import.confirm",
    KEEPERS: "keeper_import.confirm",
}
UPLOAD = {
    UNITS: "rosters.upload_units",
    PEOPLE: "rosters.upload_people",
    POLLUTERS: "polluter_import.upload",
    LEADS: "lead_import.upload",
    KEEPERS: "keeper_import.upload",
}
START = {
    UNITS: "rosters.units",
    PEOPLE: "rosters.people",
    POLLUTERS: "polluter_import.start",
    LEADS: "lead_import.start",
    KEEPERS: "keeper_import.start",
}
SAMPLE = {
    UNITS: "roster_files.units_sample",
    PEOPLE: "roster_files.people_sample",
    POLLUTERS: "polluter_import.sample_xlsx",
    LEADS: "lead_import.sample_xlsx",
    KEEPERS: "keeper_import.sample_xlsx",
}
MARKED = {
    UNITS: "roster_files.marked_units",
    PEOPLE: "roster_files.marked_people",
    POLLUTERS: "polluter_import.marked",
    LEADS: "lead_import.marked",
    KEEPERS: "keeper_import.marked",
}
PLACE = {
    UNITS: "units_id",
    PEOPLE: "people_id",
    POLLUTERS: "roster_id",
    LEADS: "leads_id",
    KEEPERS: "keepers_id",
}
LISTED = {
    UNITS: "units.listed",
    PEOPLE: "admin.account_list",
    POLLUTERS: "polluters.listed",
    LEADS: "leads.listed",
    KEEPERS: "keepers.listed",
}
FILE = Field("workbook", "file", "工作簿", hint="按样表填写")
REASON = optional(
    "reason", "text", "理由", limit=kept.LONGEST_REASON,
    hint="如机构改革文件号；只有新建的可不填。",
)  # fmt: skip
ASKED = {
    UNITS: (REASON,), PEOPLE: (REASON,), POLLUTERS: (REASON,), LEADS: (), KEEPERS: (REASON,),
}  # fmt: skip
"""A lead is never changed by a workbook, so nobody is asked why."""


def start(kind: RosterKind, refusal: Refusal | None = None) -> str:
    return render_template(
        "rosters/import.html",
        kind=kind,
        is_people=kind is PEOPLE,
        is_units=kind is UNITS,
        all_of=ALL_OF[kind],
        form=drawing.drawn((FILE,), refusal),
        columns=COLUMNS[kind],
        upload=url_for(UPLOAD[kind]),
        sample=url_for(SAMPLE[kind]),
        back=url_for(LISTED[kind]),
        earlier=queries.earlier(kind, page_asked(request.args.get("page", ""))),
        shown=lambda row: at(SHOWN, kind, row.id),
        link=lambda to: url_for(START[kind], page=to),
        told=told_of,
    )


def at(which: Mapping[RosterKind, str], kind: RosterKind, number: int, **more: Any) -> str:
    """The address of one of its pages."""
    values: dict[str, Any] = {PLACE[kind]: number, **more}
    return url_for(which[kind], **values)


def told_of(row: Roster) -> str:
    """What became of one, in a few words."""
    outcome = Outcome.of(row.report)
    counted = outcome.in_words(kept.COUNTED[row.kind])
    if row.confirmed_at is not None:
        return f"已导入：{counted}"
    if outcome.errors:
        return f"{len(outcome.errors)}处错误，没有导入"
    return "已过期，没有导入" if kept.is_over(row, clock.now()) else "待确认"


def take(kind: RosterKind) -> ResponseReturnValue:
    """The workbook is read and tried out before it is kept; a wrong cell keeps none of it out."""
    try:
        file = _chosen()
        store, name = current_app.extensions["evidence"], file.filename
        digest, outcome = kept.receive(kind, store, file.stream, name, actor())
        with transaction():
            row = kept.note(kind, name, digest, outcome, actor())
            return redirect(at(SHOWN, kind, row.id), 303)
    except Incomplete as refusal:
        return make_response(start(kind, refusal), refusal.status)


def _chosen() -> staged.Sent:
    """Raises Incomplete."""
    file = staged.file("workbook")
    if file is None:
        raise Incomplete({"workbook": ["请选择要导入的工作簿"]})
    return file


def show(kind: RosterKind, roster_id: int, refusal: Refusal | None = None) -> str:
    """After a refusal it is tried out anew: something else may have come between."""
    row = kept.load(kind, roster_id)
    if refusal is not None and row.confirmed_at is None:
        kept.look_again(row, current_app.extensions["evidence"], actor())
        row = kept.load(kind, roster_id)
    outcome = Outcome.of(row.report)
    total = len(outcome.lines)
    page = within(page_asked(request.args.get("page", "")), total, A_PAGE)
    return render_template(
        "rosters/preview.html",
        kind=kind,
        is_people=kind is PEOPLE,
        all_of=ALL_OF[kind],
        row=row,
        outcome=outcome,
        words=WORDS,
        refusal=refusal,
        form=drawing.drawn(ASKED[kind], refusal),
        named=NAMED[kind],
        last=kept.last_moment(row),
        is_over=kept.is_over(row, clock.now()),
        is_reason_needed=bool(outcome.count(CHANGED)),
        counted=outcome.in_words(kept.COUNTED[kind]),
        made=outcome.count(MADE),
        errors=outcome.errors[:MOST_ERRORS_SHOWN],
        lines=outcome.lines[(page - 1) * A_PAGE : page * A_PAGE],
        page=page,
        pages=pages_of(total, A_PAGE),
        link=lambda to: at(SHOWN, kind, roster_id, page=to),
        confirm=at(CONFIRM, kind, roster_id),
        marked=at(MARKED, kind, roster_id),
        start=url_for(START[kind]),
        back=url_for(LISTED[kind]),
        slips=_new(outcome) if kind is PEOPLE and row.confirmed_at else [],
    )


def _new(outcome: Outcome) -> Sequence[User]:
    """Whom a slip may be printed for: made by it, and without a password still."""
    return queries.without_password([one.key for one in outcome.lines if one.outcome == MADE])

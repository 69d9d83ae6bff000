"""The page of one ticket."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from flask import Blueprint, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from auth.actor import Actor
from issues import once
from issues.act_fields import FIELDS
from issues.evidence.flags.examine import report_flags
from issues.evidence.intake.by_hand import kinds_for
from issues.evidence.rows import is_open_to
from issues.evidence.sealed import is_known_to
from issues.ground import clock
from issues.models import Issue
from issues.notices.rights import may_draft_on
from issues.queries.complaints.answering import clock_of
from issues.queries.evidence import contradictions
from issues.queries.ground import record
from issues.queries.ground.remembered import moment, remembered, scope
from issues.queries.keepers.of_ticket import keepers_of
from issues.queries.likeness.alike import tied_to
from issues.queries.polluters import page as polluters
from issues.queries.register.narrowing import read_day
from issues.queries.ticket.page import MOST_EVENTS, TicketPage, page_of
from issues.queries.ticket.reporting import parts_of, reporting_of
from issues.queries.ticket.story import KINDS, Item, Run, folded
from issues.queries.ticket.told import lines_of
from issues.rights.table import Right, may
from issues.vocabulary import COMPLAINT_SOURCES, GRAVE, OPEN, Action, Relation
from issues.web.door.guards import actor, with_issue
from issues.web.ticket.taken_back import or_taken_back
from issues.workflow.hindrances import offers

blueprint = Blueprint("ticket", __name__)

GO_ON = frozenset(
    {
        Action.ASSIGN, Action.ACKNOWLEDGE, Action.SUBMIT_PLAN, Action.APPROVE_PLAN,
        Action.REPORT_PROGRESS, Action.CONFIRM_PROGRESS, Action.GRANT_EXTENSION,
        Action.REQUEST_ACCEPTANCE, Action.PASS_FIRST_ACCEPTANCE, Action.RECORD_SITE_CHECK,
        Action.APPROVE_CLOSURE, Action.DISMISS_OBJECTION, Action.CLOSE, Action.REOPEN,
    }
)  # fmt: skip
"""The acts that bring a ticket on: only one of them is offered as the next step."""


PARTS = ("state", "more", "why", "body", "who", "files", "story")


class Drawn(NamedTuple):
    """What one person is shown of one ticket, without any token: kept until the next act."""

    seen: int
    measure_choices: Sequence[tuple[Any, ...]]
    primary: Action | None
    state: Markup
    more: Markup
    why: Markup
    body: Markup
    who: Markup
    files: Markup
    story: Markup


@blueprint.get("/issues/<number>")
@or_taken_back
@with_issue()
def page(issue: Issue) -> ResponseReturnValue:
    """The right to see was asked for by `with_issue`; only then is anything kept looked up."""
    person, today = actor(), clock.today()
    day = read_day(request.args.get("on", "")) or today
    kind = request.args.get("show", "")
    kind = kind if kind in KINDS else ""
    key = ("ticket", moment(), scope(person), today, issue.id, day, kind)
    shown = remembered(key, lambda: _drawn(issue, person, day, today, kind))
    primary = shown.primary
    return render_template(
        "ticket/page.html",
        page=shown,
        issue=issue,
        is_plain=primary is not None and not FIELDS[primary] and primary not in GRAVE,
        hidden={"once": once.new_key(), "version": issue.version, "seen": shown.seen},
        address=address,
        may_upload=is_open_to(issue, person),
        doubt=record.of_ticket(issue, person),
        kinds=kinds_for(person),
    )


def _drawn(issue: Issue, person: Actor, day: date, today: date, kind: str) -> Drawn:
    shown = page_of(issue, person, day, today)
    reviews = may(person, Right.SEE_FLAGS, issue)
    flags = report_flags(issue, person) if reviews else {}
    reporting = reporting_of(issue, shown.papers, flags)
    offered, still = offers(issue, person)
    primary = next((action for action in offered if action in GO_ON), None)
    context = {
        "page": shown,
        "issue": issue,
        "day": day,
        "today": today,
        "is_today": day == today,
        "unit_name": next((unit.short_name for unit in issue.units(Relation.PRIMARY)), ""),
        "is_letter": issue.source in COMPLAINT_SOURCES,
        "answering": clock_of(issue, today),
        "others": [action for action in offered if action is not primary],
        "still": still,
        "may_draft": may_draft_on(person, issue) and issue.status in OPEN,
        "address": address,
        "about": lines_of(issue, "about", shown.region),
        "persons": lines_of(issue, "who", shown.region),
        "knows_complainant": _knows_complainant(issue, person, shown),
        "story": _told(shown, kind),
        "most_events": MOST_EVENTS,
        "chips": _chips(issue, shown, kind, day, today),
        "reporting": reporting,
        "contradictions": contradictions.of_ticket(issue, person) if reviews else [],
        **_tied(issue, person, shown.papers.own),
        "parts": parts_of(issue, [line.row for line in shown.measures], reporting.last_by_unit),
    }
    parts = {
        name: Markup(  # noqa: S704 - rendered by a template that escapes
            current_app.jinja_env.get_template(f"ticket/_{name}.html").render(context)
        )
        for name in PARTS
    }
    return Drawn(shown.seen, shown.measure_choices, primary, **parts)


def _told(shown: TicketPage, kind: str) -> Sequence[Item | Run]:
    """One kind is told item by item; the whole story with its routine folded."""
    return [item for item in shown.story if item.kind == kind] if kind else folded(shown.story)


def _tied(issue: Issue, person: Actor, own: Any) -> dict[str, Any]:
    """What hangs on the ticket. Nothing is asked for where `own` says that there is none."""
    return {
        "tied": tied_to(issue, person) if own.is_tied else [],
        "polluters": polluters.of_ticket(issue, person) if own.has_polluters else [],
        "may_tie": may(person, Right.KEEP_POLLUTERS, issue),
        "keepers": keepers_of(issue, person, is_kept=own.has_keepers),
    }


def _knows_complainant(issue: Issue, person: Actor, shown: TicketPage) -> bool:
    """Whether the page leads to what is sealed of the ticket."""
    is_any = issue.source in COMPLAINT_SOURCES or shown.papers.own.has_contact
    return is_any and is_known_to(issue, person)


def address(issue: Issue, action: Action) -> str:
    """Where an act is done."""
    return url_for("acts.form", number=issue.number, action=action.value)


def _chips(
    issue: Issue, shown: TicketPage, kind: str, day: date, today: date
) -> list[tuple[str, str, int, bool]]:
    """(label, address, how many, whether it is the one chosen) of each filter of the story."""
    kept: dict[str, Any] = {"number": issue.number, "_anchor": "story"}
    if day != today:
        kept["on"] = day.isoformat()
    whole = ("全部", url_for("ticket.page", **kept), len(shown.story), not kind)
    return [whole] + [
        (label, url_for("ticket.page", show=name, **kept),
         sum(item.kind == name for item in shown.story), kind == name)
        for name, label in KINDS.items()
    ]  # fmt: skip

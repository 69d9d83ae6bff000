"""The page of one ticket."""

from datetime import date

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from issues import acts, clock, once
from issues.act_fields import FIELDS
from issues.evidence.keeping import is_open_to
from issues.models import Issue
from issues.queries.narrowing import read_day
from issues.queries.story import KINDS
from issues.queries.ticket import TicketPage, page_of
from issues.vocabulary import GRAVE, Action, EvidenceKind, Relation
from issues.web.guards import actor, with_issue

blueprint = Blueprint("ticket", __name__)


@blueprint.get("/issues/<number>")
@with_issue()
def page(issue: Issue) -> ResponseReturnValue:
    person, today = actor(), clock.today()
    day = read_day(request.args.get("on", "")) or today
    shown = page_of(issue, person, day, today)
    primary, *others = _ordered(acts.available(issue, person), shown) or [None]
    kind = request.args.get("show", "")
    return render_template(
        "ticket/page.html",
        page=shown,
        issue=issue,
        day=day,
        is_today=day == today,
        primary=primary,
        others=others,
        is_plain=primary is not None and not FIELDS[primary] and primary not in GRAVE,
        hidden={"once": once.new_key(), "version": issue.version, "seen": shown.seen},
        address=address,
        primary_unit=next(iter(issue.units(Relation.PRIMARY)), None),
        story=[item for item in shown.story if kind not in KINDS or item.kind == kind],
        chips=_chips(issue, shown, kind, day, today),
        may_upload=is_open_to(issue, person),
        kinds=EvidenceKind.choices(),
    )


def address(issue: Issue, action: Action) -> str:
    """Where an act is done."""
    return url_for("acts.form", number=issue.number, action=action.value)


def _ordered(found: list[Action], shown: TicketPage) -> list[Action]:
    """Acceptance is asked for first only once everything it needs is there."""
    asked = Action.REQUEST_ACCEPTANCE
    if asked not in found or shown.is_complete:
        return found
    return [action for action in found if action is not asked] + [asked]


def _chips(
    issue: Issue, shown: TicketPage, kind: str, day: date, today: date
) -> list[tuple[str, str, int, bool]]:
    """(label, address, how many, whether it is the one chosen) of each filter of the story."""
    kept = {"number": issue.number, "_anchor": "story"}
    if day != today:
        kept["on"] = day.isoformat()
    whole = ("全部", url_for("ticket.page", **kept), len(shown.story), kind not in KINDS)
    return [whole] + [
        (label, url_for("ticket.page", show=name, **kept),
         sum(item.kind == name for item in shown.story), kind == name)
        for name, label in KINDS.items()
    ]  # fmt: skip

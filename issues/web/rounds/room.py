"""A round in the room: one case at a time for the projector, and by phone for who holds it."""

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from issues import personal, rounds
from issues.ground import clock
from issues.ground.refusals import Refusal
from issues.models import AssessmentRound, RoundItem
from issues.queries.evidence.files import File
from issues.queries.supervision import room as queries
from issues.rights.table import Right, holds
from issues.rules.colour import is_worse
from issues.supervision.rounds.deciding import DECISIONS, held_last, mark_of
from issues.vocabulary import CARDS, Colour, RoundAct, WorkKind
from issues.web.door import forms
from issues.web.door.guards import acting, actor, requires
from issues.web.supervision.rounds import DECIDED, NOTHING
from issues.works import asking

blueprint = Blueprint("room", __name__)
LABELS = {act.value: act.label for act in DECISIONS}
ONLY = "undecided"
PLACE = "room"
"""Under which a person's place is kept: what one device of theirs shows, another turns to."""
SEE_OTHER = 303


@blueprint.get("/rounds/<int:round_id>/room")
@requires(Right.SEE_ROUNDS)
def page(round_id: int, refusal: Refusal | None = None) -> str:
    row = queries.whole(round_id)
    items = queries.in_order(row)
    number = forms.carried("number") or request.args.get("number", "")[:32]
    only = (forms.carried("only") or request.args.get("only", "")) == ONLY
    place = queries.place_of(items, number, only_undecided=only)
    return render_template(
        "rounds/room.html",
        round=row,
        place=place,
        case=queries.case_of(row, place.item, actor()) if place else None,
        ahead=_ahead(items, place),
        undecided=sum(not item.decision for item in items),
        items=items,
        only=ONLY if only else "",
        state=queries.state_of(row),
        labels=LABELS,
        colours={colour.value: colour.label for colour in Colour},
        mark_of=mark_of,
        last=_last(items),
        may_decide=holds(actor(), Right.ROUNDS) and row.closed_on is None,
        may_close=holds(actor(), Right.CLOSE_ROUND) and row.closed_on is None,
        may_hold=_may_hold(row, place.item) if place else False,
        heavier=_heavier(place.item) if place else [],
        refusal=refusal,
        said=forms.typed(DECIDED) if refusal else NOTHING,
        nothing=NOTHING,
    )


def _ahead(items: list[RoundItem], place: queries.Place | None) -> list[tuple[str, File]]:
    """The pictures of the next case, to be there before it is turned to. One statement more."""
    following = next((one for one in items if place and one.issue.number == place.after), None)
    if following is None:
        return []
    before, after = queries.pictures_of(following.issue, actor())
    return [(following.issue.number, file) for file in (*before[-1:], *after[-1:])]


def _last(items: list[RoundItem]) -> RoundItem | None:
    """The row that was just decided here, while it is."""
    number = request.args.get("last", "")
    return next((one for one in items if one.issue.number == number and one.decision), None)


def _may_hold(row: AssessmentRound, item: RoundItem) -> bool:
    return item.computed == Colour.YELLOW.value and item.issue_id not in held_last(row)


def _heavier(item: RoundItem) -> list[tuple[str, str]]:
    """The cards a row may be raised to: heavier than what stands and what is proposed."""
    return [
        (card.value, card.label)
        for card in CARDS
        if is_worse(card.value, item.card) and is_worse(card.value, item.computed)
    ] or [(Colour.RED.value, Colour.RED.label)]


@blueprint.get("/rounds/<int:round_id>/room/state")
@requires(Right.SEE_ROUNDS)
def state(round_id: int) -> ResponseReturnValue:
    """What the pages of a round ask for while they are open: was anything decided, and my place.

    Its rows alone, without their tickets.
    """
    row = rounds.find(round_id)
    kept = personal.chosen(actor(), PLACE, {})
    answer = jsonify(
        state=queries.state_of(row),
        undecided=sum(not item.decision for item in row.items),
        place=kept.get("number", "") if kept.get("round") == round_id else "",
        turn=kept.get("turn", 0) if kept.get("round") == round_id else 0,
    )
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@blueprint.post("/rounds/<int:round_id>/room/place")
@requires(Right.SEE_ROUNDS)
@acting(page)
def turn(round_id: int) -> ResponseReturnValue:
    """One's other devices that show this room turn to the same case."""
    items = queries.whole(round_id).items
    wanted = forms.carried("number")
    number = next((one.issue.number for one in items if one.issue.number == wanted), "")
    kept = personal.chosen(actor(), PLACE, {})
    told = {"round": round_id, "number": number, "turn": kept.get("turn", 0) + 1}
    personal.choose(actor(), PLACE, told)
    return redirect(_to(round_id, number), SEE_OTHER)


def _to(round_id: int, number: str, last: str = "") -> str:
    only = ONLY if forms.carried("only") == ONLY else None
    return url_for(
        "room.page", round_id=round_id, number=number or None, only=only, last=last or None
    )


@blueprint.post(f"/rounds/<int:round_id>/room/<any({', '.join(LABELS)}):decision>")
@requires(Right.ROUNDS)
@acting(lambda decision, **given: page(**given))  # noqa: ARG005 - the route's own
def decide(round_id: int, decision: str) -> ResponseReturnValue:
    """On to the next undecided case."""
    asking.refuse_beside(WorkKind.ROUND)
    given = forms.worded(DECIDED) | {"seen": forms.carried("seen")}
    item = rounds.decide(round_id, RoundAct(decision), actor(), given, clock.now())
    number = item.issue.number
    items = queries.in_order(queries.whole(round_id))
    return redirect(_to(round_id, queries.next_undecided(items, number), number), SEE_OTHER)


@blueprint.post("/rounds/<int:round_id>/room/back")
@requires(Right.ROUNDS)
@acting(page)
def take_back(round_id: int) -> ResponseReturnValue:
    asking.refuse_beside(WorkKind.ROUND)
    given = forms.worded(DECIDED) | {"seen": forms.carried("seen")}
    item = rounds.take_back(round_id, actor(), given, clock.now())
    return redirect(_to(round_id, item.issue.number), SEE_OTHER)

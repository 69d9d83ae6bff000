"""The leads that came in: list and map side by side, one of them, and what is decided of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from extensions import db
from issues.act_fields import Field
from issues.ground import clock, signs
from issues.ground.present import present
from issues.ground.refusals import Incomplete, NotFound, Refusal
from issues.leads import triage
from issues.leads.fields import DISMISS, LINK
from issues.models import Lead, LeadPicture
from issues.queries.board.map import Area, Place
from issues.queries.ground import names as units
from issues.queries.ground.names import Names
from issues.queries.ground.paging import Page, cut, page_asked
from issues.queries.leads import alike, counts, listing
from issues.queries.polluters import page as polluters
from issues.queries.polluters.suggested import suggested_for
from issues.rights.table import Right, holds
from issues.vocabulary import Colour, LeadAct, LeadOrigin, LeadState
from issues.web.board.map import ground
from issues.web.board.map_drawing import Drawing, draw
from issues.web.board.placing.views import LEADS
from issues.web.door import drawing, forms
from issues.web.door.guards import acting, actor, requires, signed_in
from issues.web.evidence.files import lead_preview_of, original_of

blueprint = Blueprint("leads", __name__)

PER_PAGE = 50
ACTS: dict[LeadAct, tuple[Field, ...]] = {LeadAct.LINK: LINK, LeadAct.DISMISS: DISMISS}


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the views beside each other."""

    label: str
    url: str
    count: int | None
    is_current: bool


@blueprint.get("/leads")
@requires(Right.SEE_LEADS)
def listed() -> str:
    asked = listing.LeadFilter.read(request.args.to_dict())
    shown, page, total = cut(
        listing.rows(asked), page_asked(request.args.get("page", "")), PER_PAGE
    )
    leads = db.session.scalars(shown).all()
    names, now = units.names(), clock.now()
    counted = counts.counts(now)
    return render_template(
        "leads/leads.html",
        leads=Page(leads, page, PER_PAGE, total),
        counted=counted,
        states=tuple(LeadState),
        tabs=_tabs(asked, counted[-1]),
        origins=LeadOrigin.choices(),
        asked=asked,
        sorts=_sorts(asked),
        link=lambda page: url_for(".listed", page=page, **asked.changed()),
        drawing=_drawing(leads, names),
        placed=sum(one.lon is not None for one in leads),
        names=names,
        now=now,
        may_triage=holds(actor(), Right.TRIAGE_LEADS),
    )


def _tabs(asked: listing.LeadFilter, everything: counts.OriginCount) -> list[Tab]:
    """Counts of all origins; the filter by origin stays."""
    found = [Tab("全部", _at(asked, state=""), everything.total, not asked.state)]
    for state in LeadState:
        is_current = asked.state == state.value
        count = everything.states[state]
        found.append(Tab(state.label, _at(asked, state=state.value), count, is_current))
    return found


def _sorts(asked: listing.LeadFilter) -> list[Tab]:
    """The nearest where the address holds a point."""
    there = listing.SORTS if asked.lon is not None and asked.lat is not None else listing.SORTS[:2]
    return [
        Tab(listing.SORT_LABELS[sort], _at(asked, sort=sort), None, asked.sort == sort)
        for sort in there
    ]


def _at(asked: listing.LeadFilter, **changes: str) -> str:
    return url_for(".listed", **asked.changed(**changes))


def _drawing(leads: Sequence[Lead], names: Names) -> Drawing | None:
    """The leads of the page at their places, over the outlines of the counties."""
    areas = [Area(one.code, one.name, is_zone=False, asked={}) for one in names.counties]
    places = [
        Place(str(one.id), one.text, "", Colour.GREY, one.lon, one.lat)
        for one in leads
        if one.lon is not None and one.lat is not None
    ]
    return draw(areas, ground().shapes, [], places, (), LEADS)


@blueprint.get("/leads/<int:lead_id>")
@signed_in
def page(lead_id: int) -> str:
    """For who triages leads, and for who told of this one."""
    lead = triage.find(lead_id, actor())
    sees_all = holds(actor(), Right.SEE_LEADS)
    may_tie = sees_all and holds(actor(), Right.KEEP_POLLUTERS)
    return render_template(
        "leads/lead.html",
        beside=alike.beside(lead, actor()) if sees_all else None,
        polluters=polluters.of_leads([lead.id], actor()).get(lead.id, []) if sees_all else [],
        offered=suggested_for(lead, actor()) if may_tie else [],
        may_tie=may_tie,
        lead=lead,
        names=units.names(),
        now=clock.now(),
        reading=triage.reading_of(lead),
        may_triage=lead.state is LeadState.NEW and holds(actor(), Right.TRIAGE_LEADS),
        sees_all=sees_all,
    )


@blueprint.get("/leads/<int:lead_id>/link")
@requires(Right.TRIAGE_LEADS)
def ask_link(lead_id: int) -> str:
    """`to`, `why`: the ticket a person chose beside the lead, and what spoke for it."""
    chosen = {"to": request.args.get("to", "")[:30], "reason": request.args.get("why", "")[:200]}
    return _ask(lead_id, LeadAct.LINK, chosen={k: signs.clean(v) for k, v in chosen.items()})


@blueprint.get("/leads/<int:lead_id>/dismiss")
@requires(Right.TRIAGE_LEADS)
def ask_dismiss(lead_id: int) -> str:
    return _ask(lead_id, LeadAct.DISMISS)


def _ask(
    lead_id: int, act: LeadAct, refusal: Refusal | None = None,
    chosen: Mapping[str, str] | None = None,
) -> str:  # fmt: skip
    lead = triage.find(lead_id, actor())
    triage.refuse_unless_new(lead, actor())
    wrong = refusal if isinstance(refusal, Incomplete) else None
    form = drawing.drawn(ACTS[act], wrong, chosen)
    for name, said in (refusal.errors if refusal else {}).items():
        if name in form:
            form[name].errors = list(said)
    return render_template(
        "leads/act.html",
        lead=lead,
        act=act,
        form=form,
        errors=dict(refusal.errors) if refusal else {},
        labels={one.name: one.label for one in ACTS[act]},
    )


@blueprint.post("/leads/<int:lead_id>/link")
@requires(Right.TRIAGE_LEADS)
@acting(lambda refusal, lead_id: _ask(lead_id, LeadAct.LINK, refusal))
def link(lead_id: int) -> ResponseReturnValue:
    lead = triage.link(lead_id, forms.given(LINK), actor(), clock.now())
    into = present(lead.issue, "the ticket").number
    pictures = "，图片已作为佐证材料收入该事项" if lead.pictures else ""
    flash(f"线索已并入{into}{pictures}。", "success")
    return redirect(url_for("leads.page", lead_id=lead_id), 303)


@blueprint.post("/leads/<int:lead_id>/dismiss")
@requires(Right.TRIAGE_LEADS)
@acting(lambda refusal, lead_id: _ask(lead_id, LeadAct.DISMISS, refusal))
def dismiss(lead_id: int) -> ResponseReturnValue:
    triage.dismiss(lead_id, forms.given(DISMISS), actor(), clock.now())
    flash("线索不予登记，理由已记录。", "success")
    return redirect(url_for("leads.page", lead_id=lead_id), 303)


@blueprint.get("/leads/<int:lead_id>/pictures/<int:picture_id>/file")
@signed_in
def original(lead_id: int, picture_id: int) -> ResponseReturnValue:
    """The bytes as they came, after all of them were checked."""
    return original_of(_picture(lead_id, picture_id))


@blueprint.get("/leads/<int:lead_id>/pictures/<int:picture_id>/preview")
@signed_in
def preview(lead_id: int, picture_id: int) -> ResponseReturnValue:
    return lead_preview_of(_picture(lead_id, picture_id))


def _picture(lead_id: int, picture_id: int) -> LeadPicture:
    lead = triage.find(lead_id, actor())
    found = next((one for one in lead.pictures if one.id == picture_id), None)
    if found is None:
        raise NotFound
    return found

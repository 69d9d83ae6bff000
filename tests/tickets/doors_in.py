"""The ways in: each sends what it takes of a ticket, all filled, and looks what came to be held."""

from brought import bring
from filled import (
    IN_LEDGER,
    held,
    in_json,
    none_dropped,
    not_held,
    says,
    spellings,
    value,
    workbook,
)
from sheets import read
from sqlalchemy import select

from extensions import db
from issues.models import Event, Issue
from issues.queries.ticket.words import lines_of
from issues.tickets.fields import AMENDED, DRAFTED, READ
from issues.vocabulary import Action, Status

DRAFT = {field.name: value(field) for field in DRAFTED}
REQUIRED = {field.name: value(field) for field in DRAFTED if field.is_required}
ARROW = " → "


def the_ticket():
    """The latest."""
    return db.session.scalars(select(Issue).order_by(Issue.id.desc())).first()


def in_form(fields, prefix=""):
    """As a browser sends it: a ticked box says so, a list is the same name many times."""
    said = {prefix + field.name: value(field) for field in fields}
    return {name: "true" if one is True else one for name, one in said.items()}


def as_drawn(field):
    """The boxes of a list stand in the order of what may be chosen; a place by its name."""
    sent = in_form([field])[field.name]
    if field.type == "place":
        return spellings(field)[0]
    order = [code for code, _ in field.choices]
    return sorted(sent, key=order.index) if field.type == "choices" else sent


def not_answered(answer, fields):
    return [field.name for field in fields if answer.json.get(field.name) != in_json(field)]


def not_told(fields, action, mark="："):
    """The fields that no line of the history names by their label, with what was given."""
    rows = select(Event).where(Event.action == action.value).order_by(Event.id.desc())
    lines = lines_of(db.session.scalars(rows).first())
    told = {line.partition("：")[0]: line.partition(mark)[2] for line in lines}
    named = [field for field in fields if field.history is True]
    return [field.name for field in named if not says(told.get(field.label, ""), field)]


def new_form(doors):
    doors.browser.as_("sun").post("/issues/new", **in_form(DRAFTED))

    none_dropped(not_held(DRAFTED, the_ticket()))


def api_create(doors):
    answer = doors.api.sun.post("/issues", DRAFT, 201)

    none_dropped(not_held(DRAFTED, the_ticket()))
    none_dropped(not_answered(answer, DRAFTED))


def api_change(doors):
    sun, rest = doors.api.sun, [field for field in DRAFTED if field.name not in REQUIRED]
    url = f"/issues/{sun.post('/issues', REQUIRED, 201)['number']}"
    body = {field.name: value(field) for field in rest}
    answer = sun.patch(url, body, headers={"If-Match": sun.get(url).headers["ETag"]})

    none_dropped(not_held(DRAFTED, the_ticket()))
    none_dropped(not_answered(answer, DRAFTED))
    none_dropped(not_told(rest, Action.EDIT))


def edit_form(doors):
    """It is drawn with all that stands there."""
    doors.api.sun.post("/issues", DRAFT, 201)
    url = f"/issues/{the_ticket().number}/edit"
    drawn = doors.browser.as_("sun").get(url).form(url).drawn()

    none_dropped([f.name for f in DRAFTED if drawn.get(f.name) != as_drawn(f)])


def amending(doors):
    issue = doors.make_issue(Status.ASSIGNED, measures=())
    none_dropped([field.name for field in AMENDED if held(field, issue) == value(field)])
    url = f"/issues/{issue.number}/acts/amend"
    doors.browser.as_("sun").post(url, **in_form(AMENDED, "fields-"), reason="更正登记内容")

    none_dropped(not_held(AMENDED, the_ticket()))
    none_dropped(not_told(AMENDED, Action.AMEND, ARROW))


def ledger(_doors):
    """And the same by every other heading that a column may bear."""
    bring(workbook())

    none_dropped(not_held(IN_LEDGER, the_ticket()))
    most = max(len(ledger.headings) for ledger in READ.values())
    once, *others = (read(workbook(called)).items for called in range(most))
    assert others == [once] * (most - 1)


EACH = (new_form, api_create, api_change, edit_form, amending, ledger)

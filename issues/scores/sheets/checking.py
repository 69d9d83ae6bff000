"""A score sheet held against the record before it is signed: each figure, line and event again."""

from collections.abc import Iterator
from decimal import Decimal

from sqlalchemy import select

from auth.models import Unit
from extensions import db
from issues.ground.batches import among
from issues.models import Event, Issue, PolicyVersion
from issues.rules.policy import Policy
from issues.rules.scores.figures import HUNDRED
from issues.rules.scores.totals import Entry, total_of
from issues.scores import booking, publishing
from issues.scores.sheets.gathering import Facts
from issues.vocabulary import EntryKind, ScoreRule, Subject


def faults(facts: Facts, unit: Unit) -> list[str]:
    """A Chinese sentence for each thing that the record does not bear out."""
    return [*_arithmetic(facts), *_events(facts), *_record(facts, unit)]


def _arithmetic(facts: Facts) -> Iterator[str]:
    for line in facts["lines"]:
        base, share, weight, value = (
            Decimal(line[name]) for name in ("base", "share", "weight", "value")
        )
        is_first = line["kind"] == EntryKind.BOOKING.value
        if is_first and base * share / HUNDRED * weight != value:
            yield f"{line['on']} {line['issue']}的得数与基数、比例、权重不符"
    entries = [Entry(ScoreRule(line["rule"]), Decimal(line["value"])) for line in facts["lines"]]
    total = total_of(entries, _policy(facts["version"]).scores)
    sides = (
        ("总分", total.total, facts["total"]), ("过程分", total.process, facts["process"]),
        ("结果分", total.result, facts["result"]),
    )  # fmt: skip
    for name, counted, said in sides:
        if counted != Decimal(said):
            yield f"{name}与每一分之和不符"
    if total.formula != facts["formula"]:
        yield "算法与每一分之和不符"


def _policy(number: int) -> Policy:
    row = db.session.get(PolicyVersion, number)
    return Policy.from_document(row.document if row else {})


def _events(facts: Facts) -> Iterator[str]:
    """Each named row of the history is there, of that ticket and day."""
    ids = [line["event"] for line in facts["lines"] if line["event"]]
    rows = (
        select(Event.id, Event.seq, Event.on, Issue.number)
        .join(Issue, Issue.id == Event.subject_id)
        .where(Event.subject == Subject.TICKET.value, among(Event.id, ids))
    )
    known = {row.id: (row.number, row.seq, row.on.isoformat()) for row in db.session.execute(rows)}
    for line in facts["lines"]:
        told = line["issue"], line["seq"], line["on"]
        if line["event"] and known.get(line["event"]) != told:
            yield f"{line['on']} {line['issue']}所依据的办理记录不符"


def _record(facts: Facts, unit: Unit) -> Iterator[str]:
    """The book of the unit is what the history says, and the quarter what was published."""
    if any(one.spot.unit == unit.id for one in booking.differences(facts["year"])):
        yield "有的分与办理记录不一致，请先核算记分"
    yield from publishing.faults(facts["year"], facts["quarter"])

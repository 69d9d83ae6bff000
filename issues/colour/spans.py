"""For each ticket one row for each time in which nothing that colours it changed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select

from extensions import db
from issues.ground.batches import asked, prepared
from issues.models import ColourSpan, Issue
from issues.rules.colour import NEVER

SPANNED = ("yellow_from", "red_from", "card", "status", "region", "source", "policy", "firings")


def span_each(issues: Sequence[Issue], on: date) -> None:
    """One row for each time in which nothing that colours a ticket changed, days whole."""
    known, new = _last_spans(issues), []
    for issue in issues:
        last = known.get(issue.id)
        state = {name: getattr(issue, name) for name in SPANNED}
        state["unit_id"] = issue.primary_unit_id
        if last is not None and all(getattr(last, name) == one for name, one in state.items()):
            continue
        if last is not None and last.valid_from >= on:  # a second change that day replaces it
            for name, value in state.items():
                setattr(last, name, value)
            continue
        if last is not None:
            last.valid_to = on
        new.append(ColourSpan(issue_id=issue.id, valid_from=on, valid_to=NEVER, **state))
    db.session.flush()  # what ends is written before what begins
    db.session.add_all(new)
    db.session.flush()


def _last_spans(issues: Sequence[Issue]) -> dict[int, ColourSpan]:
    rows = db.session.scalars(_newest(), {"ids": [issue.id for issue in issues]})
    return {row.issue_id: row for row in rows}


@prepared
def _newest() -> Select[*tuple[Any, ...]]:
    newest = (
        select(ColourSpan.issue_id, func.max(ColourSpan.valid_from).label("valid_from"))
        .where(asked(ColourSpan.issue_id))
        .group_by(ColourSpan.issue_id)
        .subquery()
    )
    same = (ColourSpan.issue_id == newest.c.issue_id) & (
        ColourSpan.valid_from == newest.c.valid_from
    )
    return select(ColourSpan).join(newest, same)

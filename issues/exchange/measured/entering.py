"""Readings that come in with a ticket: entered by who imports, and waiting for their review."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from auth.actor import Actor
from issues.evidence.measured import live_targets
from issues.evidence.readings import bring
from issues.exchange.measured.holding import held, of_rows, readings_of
from issues.exchange.pictures.keeping import BROUGHT_BY
from issues.exchange.reading.items import ItemRead
from issues.models import Issue


def enter(
    issue: Issue, item: ItemRead, actor: Actor, at: datetime, noted: Mapping[str, Any]
) -> None:
    """Whoever confirmed one elsewhere has not done so here. Never commits."""
    lines = readings_of(item)
    targets = of_rows(live_targets(issue)) if lines else []
    source = {"workbook": noted["workbook"], BROUGHT_BY: noted["sha256"], "sheet": noted["sheet"]}
    for line in lines:
        bring(issue, actor, held(line, targets), at=at, source=source)
